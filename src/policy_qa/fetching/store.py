"""The folder of official files: what was fetched into it, and from where; what a person put there is never touched."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from policy_qa.errors import FetchFailed
from policy_qa.reading.vietnamese import fold

RECORDS: Final = ".fetched.json"
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Record:
    """One fetched file: its name, the address it came from in the end, when (UTC), its SHA-256, the server's validators."""

    file: str
    url: str
    date: str
    sha256: str
    etag: str | None = None
    modified: str | None = None


def file_name(key: str, suffix: str) -> str:
    """`72/2015/NĐ-CP@2015-09-07` → `72-2015-nd-cp-2015-09-07.html`: a name for every file system, without a path."""
    return (_NOT_IN_NAMES.sub("-", fold(key)).strip("-")[:100] or "van-ban") + suffix


class OfficialFolder:
    """The folder and its records, one for each document key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._records = _read(folder / RECORDS)

    def record(self, key: str) -> Record | None:
        """What was fetched for `key`, if the file is still there as it came."""
        record = self._records.get(key)
        return record if record and self._is_as_fetched(record) else None

    @contextmanager
    def workplace(self) -> Iterator[Path]:
        """A hidden folder in this one, gone afterwards, from which a finished file moves to its place in one step."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".fetch-", dir=self.folder, ignore_cleanup_errors=True) as place:
            yield Path(place)

    def keep(self, file: Path, key: str, record: Record) -> bool:
        """Moves `file` to where `record` says, and remembers that; False where the same content lies there already.

        Raises:
            FetchFailed: another file of that name is there, which was not fetched or was changed since.
        """
        target = self.folder / record.file
        before = self._records.get(key)
        same = target.is_file() and _hash(target) == record.sha256
        if not same:
            ours = before is not None and before.file == record.file and self._is_as_fetched(before)
            if os.path.lexists(target) and not ours:
                raise FetchFailed(
                    f"Trong {self.folder} đã có tệp {record.file} khác, không do lệnh này tải hoặc đã được sửa; "
                    "hãy chuyển tệp đó đi rồi chạy lại."
                )
            file.replace(target)
        self._records = {**self._records, key: record}
        self._write(file.parent)
        if before and before.file != record.file and self._is_as_fetched(before):
            (self.folder / before.file).unlink()  # the same document in another format
        return not same

    def _is_as_fetched(self, record: Record) -> bool:
        file = self.folder / record.file
        return file.is_file() and _hash(file) == record.sha256

    def _write(self, workplace: Path) -> None:
        new = workplace / RECORDS
        records = {key: asdict(record) for key, record in sorted(self._records.items())}
        new.write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")
        new.replace(self.folder / RECORDS)


def _read(file: Path) -> Mapping[str, Record]:
    try:
        records = json.loads(file.read_text(encoding="utf-8"))
        return {key: _record(fields) for key, fields in records.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise FetchFailed(
            f"Tệp {file} (ghi các văn bản đã tải) bị hỏng; hãy xoá tệp này và các tệp đã tải trong thư mục đó rồi chạy lại."
        ) from error


def _record(fields: Mapping[str, object]) -> Record:
    """A record as it was written; ValueError or TypeError for anything else, a file outside the folder above all."""
    record = Record(**fields)  # type: ignore[arg-type]
    wrong = [value for value in asdict(record).values() if not isinstance(value, str | None)]
    if wrong or not re.fullmatch(r"[a-z0-9-]+\.[a-z]+", record.file):
        raise ValueError(str(fields))
    return record


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
