"""Word's older and sister formats through LibreOffice; the conversion itself where LibreOffice is installed."""

import hashlib
import sys
from pathlib import Path

import psutil
import pytest
from old_encodings import tcvn3
from word import item, kind, level, number, p, r, table, word_file

from policy_qa.errors import UnreadableFile
from policy_qa.reading import office, read

RTF = (
    r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}\u272?i\u7873?u 1. Ph\u7841?m vi\par "
    r"{\field{\*\fldinst INCLUDETEXT \"SECRET\"}{\fldrslt x}}\par}"
)
posix = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a shell script")
installed = pytest.mark.skipif(office.find_office() is None, reason="LibreOffice is not on this machine")


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None) -> None:
    """Puts a program in LibreOffice's place, or none."""
    folder = tmp_path / "bin"
    folder.mkdir()
    if script is not None:
        program = folder / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setattr(office, "_PLACES", ())
    monkeypatch.setattr(office, "_WINDOWS_FOLDERS", ())
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin" if script is not None else str(folder))


def old_file(tmp_path: Path, name: str = "cũ -x.rtf") -> Path:
    path = tmp_path / name
    path.write_text(RTF, encoding="ascii")
    return path


@pytest.mark.parametrize(
    ("name", "data", "called"),
    [
        ("a.rtf", RTF.encode(), "tệp RTF"),
        (
            "a.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            r"tệp Word đời cũ \(\.doc\)",
        ),
        ("a.doc", RTF.encode(), "tệp RTF"),
    ],
)
def test_without_libreoffice_a_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, called: str
) -> None:
    stand_in(tmp_path, monkeypatch, None)
    path = tmp_path / name
    path.write_bytes(data)
    assert office.find_office() is None
    with pytest.raises(UnreadableFile, match=rf"“{name}” là {called}: .*\.docx.*cài LibreOffice.*\.$"):
        read(path)


@posix
@pytest.mark.parametrize("script", ["exit 1", "exit 0", 'echo no > "$0.docx"'])
def test_a_conversion_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    stand_in(tmp_path, monkeypatch, script)
    with pytest.raises(UnreadableFile, match=r"“cũ -x\.rtf” \(tệp RTF\) LibreOffice không đọc được.*\.docx"):
        read(old_file(tmp_path))


@posix
def test_one_that_takes_too_long_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(tmp_path, monkeypatch, f'sleep 61.25 & echo $! > "{tmp_path}/child"; wait')
    monkeypatch.setattr(office, "_SECONDS", 1)
    with pytest.raises(UnreadableFile, match="chưa xong sau 1 giây"):
        read(old_file(tmp_path))
    child = int((tmp_path / "child").read_text())
    assert not psutil.pid_exists(child) or psutil.Process(child).status() == psutil.STATUS_ZOMBIE


@posix
def test_what_it_is_asked_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = word_file(tmp_path / "made.docx", p("Đã chuyển"))
    profile = "${1#-env:UserInstallation=file://}"
    stand_in(
        tmp_path,
        monkeypatch,
        f'echo "$@" > "{tmp_path}/asked"; cat "{profile}/user/registrymodifications.xcu" > "{tmp_path}/profile"; '
        f'for last; do :; done; cat "$last" > "{tmp_path}/given"; mkdir out; cat "{made}" > out/document.docx',
    )
    path = old_file(tmp_path)
    source = read(path)
    assert source.text == "Đã chuyển"
    assert source.file == str(path)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (tmp_path / "given").read_bytes() == path.read_bytes()
    asked = (tmp_path / "asked").read_text()
    assert "--headless" in asked
    assert "cũ" not in asked  # no name of the user's reaches the command line
    settings = (tmp_path / "profile").read_text()
    assert "DisableMacrosExecution" in settings
    assert "BlockUntrustedRefererLinks" in settings


@installed
@pytest.mark.slow
def test_rtf_through_libreoffice_follows_no_links(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP", encoding="utf-8")
    path = tmp_path / "a.rtf"
    path.write_text(RTF.replace("SECRET", secret.as_posix()), encoding="ascii")
    assert read(path).text.split("\n") == ["Điều 1. Phạm vi", "x"]


@installed
@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_numbers_tables_notes_and_old_fonts_through_libreoffice(tmp_path: Path, suffix: str) -> None:
    lists = kind(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)")) + number(1, 0)
    old = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    body = (
        item("Phạm vi", 1)
        + item("điểm một", 1, 1)
        + p(r("Chủ trì") + r('<w:footnoteReference w:id="1"/>') + r(" là bộ"))
        + table(["TT", "Việc", "Hạn"], ["1", "Làm", "gấp"])
        + p(tcvn3("Nước chuyển đổi tư liệu"), run=old)
    )
    notes = f'<w:footnote w:id="1">{p("Được sửa đổi.")}</w:footnote>'
    made = word_file(tmp_path / "made.docx", body, numbering=lists, footnotes=notes)
    program = office.find_office()
    assert program is not None
    converted = tmp_path / f"made.{suffix}"
    command = [
        str(program),
        f"-env:UserInstallation={(tmp_path / 'p').as_uri()}",
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(tmp_path),
    ]
    psutil.Popen([*command, str(made)]).wait(120)
    source = read(converted)
    assert source.text.split("\n") == [
        "1. Phạm vi", "a) điểm một", "Chủ trì là bộ", "TT | Việc | Hạn", "1 | Làm | gấp", "Nước chuyển đổi tư liệu",
    ]  # fmt: skip
    assert [(m.mark, m.text, source.text[: m.anchor].split("\n")[-1]) for m in source.marginals] == [
        ("1", "Được sửa đổi.", "Chủ trì")
    ]
