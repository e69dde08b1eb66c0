"""The documents of an office: finding one among them, where a file of theirs is kept and under what name, how it is read."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from policy_qa.errors import BadCorpus, BadQuestion, reason

if TYPE_CHECKING:
    from policy_qa.reading.source import ReadOptions
    from policy_qa.retrieval.records import DocumentRecord

RECOGNISE: Final = "recognise.json"
"""In the office's data folder: the SHA-256 of the files that a keeper wants recognised (OCR) though they have text."""

_SHA256 = re.compile(r"[0-9a-f]{64}")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)")
"""Names that Windows keeps for devices, whatever the suffix."""


def find(records: Sequence[DocumentRecord], number: str) -> DocumentRecord:
    """The one document with this number (or number@date); BadQuestion where there is none, or more than one."""
    wanted = number.strip().casefold()
    found = [r for r in records if wanted in (r.key.casefold(), (r.metadata.number or "").casefold())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise BadQuestion(f"Trong chỉ mục không có văn bản {number}. Xem danh sách bằng: policy-qa corpus list")
    keys = ", ".join(record.key for record in found)
    raise BadQuestion(f"Có {len(found)} văn bản cùng số {number}: {keys}. Ghi rõ SỐ@NGÀY.")


def spoken(key: str) -> str:
    """A document's key in words: `7/QĐ-UBND ngày 9/6/2031`; the name of its file where it has no number."""
    number, _, date = key.partition("@")
    return f"{number} ngày {'/'.join(part.lstrip('0') for part in reversed(date.split('-')))}" if date else number


# --- where files are kept -----------------------------------------------------------------------------------------


def safe_name(words: str, suffix: str) -> str:
    """A file's name made of any words: small ASCII letters, digits and hyphens, at home on every file system."""
    from policy_qa.fetching.store import file_name

    name = file_name(words, suffix)
    return f"van-ban-{name}" if _RESERVED.match(name) else name


def place_for(folder: Path, file: Path, name: str) -> Path:
    """Where `file` goes in `folder`: under `name`, or with a part of its SHA-256 where another file has that name."""
    target = folder / name
    if not target.exists() or sha256_of(target) == sha256_of(file):
        return target
    return target.with_name(f"{target.stem}-{sha256_of(file)[:8]}{target.suffix}")


def copy_into(file: Path, folder: Path, name: str | None = None) -> Path:
    """Copies `file` into `folder`, under its own name or the one given; a different file of that name stays as it is.

    Raises:
        BadCorpus: there is such a file, or the system refuses.
    """
    target = folder / (name or file.name)
    try:
        if target.exists():
            if target.samefile(file) or sha256_of(target) == sha256_of(file):
                return target
            raise BadCorpus(f"Trong {folder} đã có tệp {target.name} với nội dung khác. Đổi tên tệp mới rồi thêm lại.")
        folder.mkdir(parents=True, exist_ok=True)
        # A build that runs meanwhile takes hidden files for none, and never sees half of one.
        beside = folder / f".{target.name}.part"
        shutil.copyfile(file, beside)
        return beside.replace(target)
    except OSError as error:
        raise BadCorpus(
            f"Không chép được {file} vào {folder} ({reason(error)}). Kiểm tra quyền ghi và chỗ trống."
        ) from error


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file in hexadecimal; raises OSError."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


# --- how files are read -------------------------------------------------------------------------------------------


def read_options(data: Path, cache: Path, progress: Callable[[int, int], None] | None = None) -> ReadOptions:
    """How the office's files are read: recognised pages kept in `cache`, recognised and corrected what keepers chose.

    Raises:
        CorrectionsUnreadable: what keepers corrected cannot be read.
    """
    from policy_qa.office.corrections import corrected_fields
    from policy_qa.reading.source import ReadOptions

    return ReadOptions(
        cache=cache / "ocr", progress=progress, recognise=to_recognise(data), corrected=corrected_fields(data)
    )


def to_recognise(data: Path) -> frozenset[str]:
    """The SHA-256 of the files to recognise though they have text; none where the list is not there or damaged."""
    try:
        listed = json.loads((data / RECOGNISE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return frozenset()
    return frozenset(s for s in listed if isinstance(s, str) and _SHA256.fullmatch(s)) if isinstance(listed, list) else frozenset()  # fmt: skip


def set_to_recognise(data: Path, sha256: str, *, wanted: bool) -> None:
    """Remembers whether the file with this SHA-256 is to be recognised; raises OSError."""
    before = to_recognise(data)
    after = before | {sha256} if wanted else before - {sha256}
    if after != before:
        data.mkdir(parents=True, exist_ok=True)
        new = data / f".{RECOGNISE}.new"
        new.write_text(json.dumps(sorted(after), indent=1), encoding="utf-8")
        new.replace(data / RECOGNISE)
