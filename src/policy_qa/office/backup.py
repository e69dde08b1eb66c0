"""Copies of what an office keeps: made while the web app runs, checked before they are put back.

A backup is a folder: `data/` (with the database copied by SQLite itself, page by page, as of one moment), `official/`
(the office's own documents) and `manifest.json` with the SHA-256 of every file. The index is not in it: it is built
again from the documents.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from policy_qa.errors import PolicyQAError
from policy_qa.office.database import FILE_NAME as DATABASE

MANIFEST = "manifest.json"
SCHEMA = 1
LARGEST_MANIFEST = 100_000_000


class BackupFailed(PolicyQAError):
    """A backup could not be made, or cannot be put back (damaged, the web app is running, no rights, disk full)."""


def back_up(data: Path, official: Path, target: Path, now: datetime | None = None) -> Path:
    """Copies `data` and `official` into a new folder inside `target`, named by the time; returns it.

    Raises:
        BackupFailed: nothing is left behind then.
    """
    if not data.is_dir():
        raise BackupFailed(f"Chưa có dữ liệu nào ở {data}: kiểm tra thiết lập POLICY_QA_DATA rồi sao lưu lại.")
    if target.resolve().is_relative_to(data.resolve()) or target.resolve().is_relative_to(official.resolve()):
        raise BackupFailed(
            f"Không sao lưu vào trong chính thư mục dữ liệu ({target}): chọn thư mục khác, tốt nhất ở ổ đĩa khác."
        )
    place = _free(target / f"policy-qa-{(now or datetime.now()).strftime('%Y%m%d-%H%M%S')}")
    unfinished = target / f".{place.name}-{secrets.token_hex(3)}"
    try:
        # It holds conversations: for the program's own account alone, where the system knows such rights.
        unfinished.mkdir(parents=True, mode=0o700)
        if (data / DATABASE).exists():
            _copy_database(data / DATABASE, unfinished / "data" / DATABASE)
        for kind, folder in (("data", data), ("official", official)):
            for file in _files(folder, without_database=True):
                _copy(folder / file, unfinished / kind / file)
        sums = {file.as_posix(): _sha256(unfinished / file) for file in _files(unfinished)}
        manifest = {"schema": SCHEMA, "files": sums}
        (unfinished / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")
        unfinished.rename(place)
    except (OSError, sqlite3.Error) as error:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise BackupFailed(
            f"Không sao lưu được vào {target} ({_why(error)}): kiểm tra quyền ghi và chỗ trống trên đĩa rồi làm lại."
        ) from error
    return place


def restore(backup: Path, data: Path, official: Path) -> list[Path]:
    """Puts a backup in the place of `data` and `official`; returns the folders to which what was there has been moved.

    Raises:
        BackupFailed: nothing has been changed then.
    """
    _check(backup)
    _check_unused(data / DATABASE)
    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    aside: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        for kind, folder in (("data", data), ("official", official)):
            fresh = folder.with_name(f".{folder.name}-{secrets.token_hex(3)}")
            made.append(fresh)
            fresh.mkdir(parents=True, mode=0o700)
            for file in _files(backup / kind):
                _copy(backup / kind / file, fresh / file)
        for folder, fresh in zip((data, official), made, strict=True):
            if folder.exists():
                old = _free(folder.with_name(f"{folder.name}-truoc-{stamp}"))
                folder.rename(old)
                aside.append((folder, old))
            fresh.rename(folder)
    except OSError as error:
        for folder, old in reversed(aside):
            # Whatever stands there is a part of the copy; the office's own folder goes back to its place.
            shutil.rmtree(folder, ignore_errors=True)
            with contextlib.suppress(OSError):
                old.rename(folder)
        for fresh in made:
            shutil.rmtree(fresh, ignore_errors=True)
        raise BackupFailed(
            f"Không khôi phục được từ {backup} ({_why(error)}); dữ liệu hiện có giữ nguyên: dừng trang web, kiểm tra quyền ghi và chỗ trống rồi làm lại."
        ) from error
    return [old for _, old in aside]


def _check(backup: Path) -> None:
    """Raises BackupFailed unless every file is there as it was copied, and no other."""
    try:
        file = backup / MANIFEST
        if file.stat().st_size > LARGEST_MANIFEST:
            raise ValueError("manifest.json quá lớn")
        manifest = json.loads(file.read_text(encoding="utf-8"))
        if manifest["schema"] != SCHEMA:
            raise ValueError("bản sao lưu của phiên bản khác")
        found = {file.as_posix(): file for file in _files(backup) if file.as_posix() != MANIFEST}
        if found.keys() != manifest["files"].keys():
            raise ValueError("thiếu hoặc thừa tệp")
        changed = next((n for n, file in found.items() if _sha256(backup / file) != manifest["files"][n]), None)
        if changed:
            raise ValueError(f"tệp {changed} đã bị thay đổi")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupFailed(
            f"Bản sao lưu {backup} không dùng được ({_why(error)}): chọn thư mục policy-qa-… do `policy-qa office backup` tạo."
        ) from error


def _check_unused(database: Path) -> None:
    """Raises BackupFailed while another program has the database open: SQLite leaves the log mode only to the last one."""
    if not database.exists():
        return
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise BackupFailed("Trang web đang chạy trên dữ liệu này: dừng trang web rồi khôi phục lại.") from error
        # A damaged database is just what one restores for.


def _copy_database(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.touch(mode=0o600)
    with (
        contextlib.closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=rw", uri=True, timeout=30)) as old,
        contextlib.closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)
        problem = new.execute("PRAGMA quick_check").fetchone()[0]
        # One file, whole in itself.
        new.execute("PRAGMA journal_mode = DELETE")
    if problem != "ok":
        raise sqlite3.DatabaseError(problem)


def _files(folder: Path, *, without_database: bool = False) -> Iterator[Path]:
    """The files under `folder`, relative to it, links left out; the live database and its journals only where wanted."""
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        live = without_database and file.parent == folder and file.name.startswith(DATABASE)
        if file.is_file() and not file.is_symlink() and not live:
            yield file.relative_to(folder)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # A file that is taken away meanwhile is not part of what the office keeps.
    with contextlib.suppress(FileNotFoundError):
        shutil.copy2(source, target)


def _free(place: Path) -> Path:
    """`place`, or beside it one with a number where two are made within a second."""
    return next(p for p in (place, *(place.with_name(f"{place.name}-{n}") for n in range(2, 1000))) if not p.exists())


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _why(error: Exception) -> str:
    return (error.strerror or type(error).__name__) if isinstance(error, OSError) else str(error)
