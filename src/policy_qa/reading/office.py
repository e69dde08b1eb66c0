"""Word's older and sister formats (.doc, .rtf, .odt) through LibreOffice, where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from policy_qa.errors import UnreadableFile
from policy_qa.reading.source import RawFile

_SECONDS: Final = 50  # below the silence after which a loader takes a reader for stuck
_MAX_CONVERTED: Final = 200 * 2**20
_NAMES: Final = ("soffice", "libreoffice")
_PLACES: Final = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice", "/opt/libreoffice/program/soffice", "/usr/lib/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)  # fmt: skip
_WINDOWS_FOLDERS: Final = ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)")
# A document may carry macros, and links that LibreOffice would follow: to files of this machine, or out into the network.
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


def find_office() -> Path | None:
    """LibreOffice's program on this machine; None where there is none."""
    if sys.platform == "win32":
        places = [
            Path(folder, "LibreOffice", "program", "soffice.exe")
            for name in _WINDOWS_FOLDERS
            if (folder := os.environ.get(name))
        ]
    else:
        places = [Path(place) for place in _PLACES]
    # What is installed goes before what the search path finds: on Windows that begins with the current folder.
    installed = next((place for place in places if place.is_file()), None)
    found = installed or next((Path(path) for name in _NAMES if (path := shutil.which(name))), None)
    return found.absolute() if found is not None else None


def to_docx(file: RawFile, suffix: str, kind: str) -> RawFile:
    """The file as LibreOffice saves it as .docx, under the path and the SHA-256 of the original.

    `suffix` is that of what the bytes are (".doc", ".rtf", ".odt"), `kind` how the sentence calls it.

    Raises:
        UnreadableFile: LibreOffice is missing, fails, or takes too long.
    """
    program = find_office()
    if program is None:
        raise UnreadableFile(
            f"Tệp “{file.name}” là {kind}: hãy mở bằng Word, lưu lại thành .docx rồi thêm lại, hoặc cài LibreOffice để phần mềm "
            "đọc thẳng được."
        )
    with tempfile.TemporaryDirectory(prefix="policy-qa-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        original = work / f"document{suffix}"  # names may hold what a command line takes for an option
        original.write_bytes(file.data)
        profile = work / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        finished = _run(
            [
                str(program), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--convert-to",
                "docx:MS Word 2007 XML", "--outdir", str(work / "out"), str(original),
            ],
            work,
        )  # fmt: skip
        converted = work / "out" / "document.docx"
        if not converted.is_file():
            why = "không đọc được" if finished else f"chưa xong sau {_SECONDS} giây"
            raise UnreadableFile(
                f"Tệp “{file.name}” ({kind}) LibreOffice {why}, có thể tệp bị hỏng hoặc có mật khẩu; hãy mở bằng Word, lưu lại thành "
                ".docx rồi thêm lại."
            )
        if converted.stat().st_size > _MAX_CONVERTED:
            raise UnreadableFile(f"Tệp “{file.name}” khi chuyển sang .docx phình to bất thường; hãy dùng bản gốc khác.")
        return RawFile(file.path, converted.read_bytes(), file.sha256)


def _run(command: list[str], folder: Path) -> bool:
    """Runs LibreOffice to its end; False where its time is up, and it and all it started were ended."""
    import psutil

    try:
        process = psutil.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "SAL_USE_VCLPLUGIN": "svp", "TMPDIR": str(folder), "TMP": str(folder), "TEMP": str(folder)},
        )  # fmt: skip
    except OSError:
        return True  # nothing is converted, and that is said
    try:
        process.wait(_SECONDS)
    except psutil.TimeoutExpired:
        return False
    finally:
        with contextlib.suppress(psutil.Error):
            family = [*process.children(recursive=True), process]
            for member in family:
                with contextlib.suppress(psutil.Error):
                    member.kill()
            psutil.wait_procs(family, timeout=5)
    return True
