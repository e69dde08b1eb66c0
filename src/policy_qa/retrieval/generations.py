"""How an index lies on disk, and how one generation replaces another without a reader ever seeing half of it.

index/CURRENT                 one line: the name of the generation in use, replaced as the last step of a build
index/.lock                   held by the build that is running
index/000007/manifest.json    what the generation was made of, and by what
index/000007/passages.sqlite  lexical/  vectors.faiss  pieces.npy  places.npy
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from policy_qa.document import TextKind
from policy_qa.errors import IndexBusy, IndexMismatch, NoIndex

SCHEMA = 5
"""Raised whenever what lies in a generation changes its form or meaning."""

STORE, VECTORS, LEXICAL, MANIFEST = "passages.sqlite", "vectors.faiss", "lexical", "manifest.json"
CONTENTS = (STORE, VECTORS, LEXICAL, "pieces.npy", "places.npy", "vectors.npy")
"""What a generation consists of beside its manifest."""
_CURRENT, _LOCK = "CURRENT", ".lock"
_GENERATION = re.compile(r"\d{6,}")
_LOCKED_BYTE = 1 << 30
_REPLACE_TRIES = 20


@dataclass(frozen=True, slots=True)
class FileEntry:
    """What a build knows of one file; enough to decide about it again without reading it again.

    `key`, `text_kind` and `text_sha256` (of the text with spaces collapsed) are None for a file that could not be read.
    """

    path: str
    sha256: str
    key: str | None = None
    text_kind: TextKind | None = None
    text_sha256: str | None = None
    indexed: bool = False
    provisions: int = 0
    passages: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of: `shape` is a hash of the code that reads and cuts, `roots` the paths to refresh."""

    generation: str
    previous: str | None
    encoder: str
    fingerprint: str
    dimensions: int
    shape: str
    roots: tuple[str, ...] = ()
    corpus: str | None = None
    exclude: tuple[str, ...] = ()
    files: tuple[FileEntry, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    schema: int = SCHEMA


def read_current(index_dir: Path) -> Manifest:
    """The manifest of the generation in use.

    Raises:
        NoIndex: there is none.
        IndexMismatch: it is damaged, closed to this user, or of another version of this software.
    """
    try:
        name = (index_dir / _CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise NoIndex(
            f"Chưa có chỉ mục trong thư mục {index_dir}: hãy chạy lệnh `policy-qa index` để lập chỉ mục, rồi hỏi lại."
        ) from None
    except PermissionError as error:
        raise closed(index_dir) from error
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(index_dir) from error
    if not _GENERATION.fullmatch(name):
        raise damaged(index_dir)
    try:
        plain = json.loads((index_dir / name / MANIFEST).read_text(encoding="utf-8"))
        if plain.get("schema") != SCHEMA:
            raise IndexMismatch(
                f"Chỉ mục trong thư mục {index_dir} do một phiên bản khác của phần mềm lập nên, phiên bản này không đọc "
                "được: hãy chạy lệnh `policy-qa index` để lập lại."
            )
        return _manifest(plain)
    except PermissionError as error:
        raise closed(index_dir) from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise damaged(index_dir) from error


def remembered(index_dir: Path) -> tuple[tuple[Path, ...], frozenset[str]]:
    """The roots and the excluded keys of the index in use, even of another version's; empty where none can be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        name = current_name(index_dir) or ""
        plain = json.loads((index_dir / name / MANIFEST).read_text(encoding="utf-8"))
        return tuple(Path(root) for root in plain["roots"]), frozenset(plain["exclude"])
    return (), frozenset()


def current_name(index_dir: Path) -> str | None:
    """The name of the generation in use, without looking into it."""
    with suppress(OSError, UnicodeDecodeError):
        return (index_dir / _CURRENT).read_text(encoding="utf-8").strip()
    return None


def new_generation(index_dir: Path) -> Path:
    """Makes the folder of the next generation."""
    taken = [int(p.name) for p in _generations(index_dir)]
    folder = index_dir / f"{max(taken, default=0) + 1:06d}"
    folder.mkdir(parents=True)
    return folder


def publish(index_dir: Path, manifest: Manifest) -> None:
    """Writes the manifest, makes the generation's files durable and puts it in use: the last step of a build."""
    folder = index_dir / manifest.generation
    # `asdict` and an indented file would take half a second where there are ten thousand documents.
    plain = {name: getattr(manifest, name) for name in Manifest.__slots__}
    plain["files"] = [{name: getattr(entry, name) for name in FileEntry.__slots__} for entry in manifest.files]
    (folder / MANIFEST).write_text(json.dumps(plain, ensure_ascii=False) + "\n", encoding="utf-8")
    usual = stat.S_IMODE((folder / MANIFEST).stat().st_mode)
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        path.chmod(usual)  # tantivy closes its lists to everyone else, whatever the umask says
        _flush(path)
    beside = index_dir / f"{_CURRENT}.new"
    beside.write_text(manifest.generation + "\n", encoding="utf-8")
    _flush(beside)
    _replace(beside, index_dir / _CURRENT)


def discard(folder: Path) -> None:
    """Removes a half-made generation; what Windows still holds open is left for the next build to remove."""
    shutil.rmtree(folder, ignore_errors=True)


def sweep(index_dir: Path, keep: set[str]) -> None:
    """Removes all generations except those named in `keep`, half-made ones of dead builds included."""
    for folder in _generations(index_dir):
        if folder.name not in keep:
            discard(folder)


def share(old: Path, new: Path) -> None:
    """Makes `new` the same as `old` (a file, or a folder of files that are never changed in place).

    Hard links where the file system has them, else copies. tantivy replaces its two lists (`meta.json`,
    `.managed.json`), so links to them would do; copies leave no doubt.
    """
    if old.is_dir():
        new.mkdir(parents=True, exist_ok=True)
        for path in sorted(old.iterdir()):
            if not path.name.endswith(".lock"):
                share(path, new / path.name)
        return
    if old.suffix != ".json":
        with suppress(OSError, NotImplementedError):
            new.hardlink_to(old)
            return
    shutil.copyfile(old, new)


@contextmanager
def locked(index_dir: Path) -> Iterator[None]:
    """Holds the index for one build.

    The operating system's own lock, on a file that stays: it is free again the moment its holder dies, so none is
    ever stale.

    Raises:
        IndexBusy: another build holds it.
    """
    index_dir.mkdir(parents=True, exist_ok=True)
    path = index_dir / _LOCK
    path.touch()
    with path.open("r+b") as file:
        if not _try_lock(file):
            holder = file.read(20).decode("ascii", "replace").strip()
            who = f" (tiến trình {holder})" if holder.isdigit() else ""
            raise IndexBusy(
                f"Một lần lập chỉ mục khác{who} đang chạy trong thư mục {index_dir}: hãy đợi lần đó xong rồi chạy lại."
            )
        file.truncate(0)
        file.write(str(os.getpid()).encode("ascii"))
        file.flush()
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: BinaryIO) -> bool:
        # Far behind the end, so that others can still read who holds it. Closing the file frees it.
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(0)
        return True

else:
    import fcntl

    def _try_lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _generations(index_dir: Path) -> list[Path]:
    return [p for p in index_dir.iterdir() if _GENERATION.fullmatch(p.name) and p.is_dir()]


def damaged(index_dir: Path) -> IndexMismatch:
    """The error to raise when a part of the index in use is missing or cannot be read."""
    return IndexMismatch(f"Chỉ mục trong thư mục {index_dir} bị hỏng: hãy chạy lệnh `policy-qa index` để lập lại.")


def closed(index_dir: Path) -> IndexMismatch:
    """The error to raise when the user may not read the index in use."""
    return IndexMismatch(f"Không có quyền đọc chỉ mục trong thư mục {index_dir}: hãy xin quyền đọc rồi hỏi lại.")


def _manifest(plain: dict[str, Any]) -> Manifest:
    entries = plain.pop("files")
    files = tuple(FileEntry(**entry) for entry in entries)
    roots, exclude = tuple(plain.pop("roots")), tuple(plain.pop("exclude"))
    return Manifest(**plain, roots=roots, exclude=exclude, files=files)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _replace(new: Path, old: Path) -> None:
    """`os.replace`, tried again while a reader on Windows has the old file open, which takes it a moment."""
    for attempt in range(_REPLACE_TRIES):
        try:
            new.replace(old)
        except PermissionError:
            if attempt == _REPLACE_TRIES - 1:
                raise
            time.sleep(0.05)
        else:
            return
