"""Which files an index is made of, and which file stands for a document when several claim to be it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

from policy_qa.document import Document, document_key
from policy_qa.errors import ConflictingFiles, PolicyQAError
from policy_qa.reading.dispatch import MAX_BYTES
from policy_qa.retrieval.generations import FileEntry, Manifest

SUFFIXES = frozenset(
    {".pdf", ".docx", ".docm", ".dotx", ".dotm", ".doc", ".rtf", ".odt", ".html", ".htm", ".md", ".markdown", ".txt"}
)
"""What is looked for in folders; a file named outright is tried whatever its suffix."""

_UNSUPPORTED = frozenset(
    {".xls", ".xlsx", ".ppt", ".pptx", ".mht", ".mhtml", ".epub", ".djvu"} | {".jpg", ".jpeg", ".png", ".tif", ".tiff"}
)
_NOT_DOCUMENTS = frozenset({"readme.md"})

FileStatus: TypeAlias = Literal["read", "unchanged", "kept", "duplicate", "replaced", "conflict", "removed", "skipped"]
Load: TypeAlias = Callable[[Path], Document]
Progress: TypeAlias = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file; `why` is a Vietnamese sentence where it did not simply go in.

    read: parsed and indexed now; unchanged: indexed before, as it was; kept: cannot be reached now, indexed as
    before; duplicate: the same text as another file; replaced: a digest of which the official text is there;
    conflict: another file of this document, with other words, is in the index; removed: taken out by the user;
    skipped: could not be read.
    """

    path: str
    status: FileStatus
    why: str = ""
    document: str | None = None
    provisions: int = 0
    passages: int = 0
    requested: bool = True


@dataclass(slots=True)
class Candidate:
    """A file that holds a document. `document` is None while nothing made parsing it necessary."""

    path: Path
    entry: FileEntry
    key: str
    requested: bool
    document: Document | None = None
    kept: str = ""


@dataclass(slots=True)
class Survey:
    """What was found: one chosen file a document key, and a report on every other file."""

    chosen: dict[str, Candidate] = field(default_factory=dict)
    entries: list[FileEntry] = field(default_factory=list)
    reports: list[FileReport] = field(default_factory=list)
    exclude: frozenset[str] = frozenset()


class Surveyor:
    """Goes through files against what the last generation knows of them (`old`, None where nothing can be reused)."""

    def __init__(self, old: Manifest | None, load: Load, progress: Progress) -> None:
        self._load, self._progress = load, progress
        entries = old.files if old else ()
        self._by_path = {entry.path: entry for entry in entries}
        self._by_hash = {e.sha256: e for e in entries if e.key and not _named_by_file(e.key, e.path)}
        self._indexed = {e.key: e for e in entries if e.key and e.indexed}
        self._candidates: list[Candidate] = []
        self._survey = Survey()
        self._skipped: set[Path] = set()

    def survey(
        self,
        roots: Sequence[Path],
        requested: Collection[Path],
        exclude: Collection[str],
        index_dir: Path,
    ) -> Survey:
        """Reads what is new below `roots` and `requested`, and chooses a file for each document key.

        `exclude` are the keys and the paths of files that stay out. A requested file (not a folder) comes back.
        """
        files: dict[Path, bool] = {}
        for root in dict.fromkeys((*requested, *roots)):
            asked = root in requested
            if not root.exists():
                self._missing(root, asked)
                continue
            found = list(self._below(root, index_dir, asked))
            if asked and not found:
                self._skip(root, f"Trong thư mục {root} không có tệp PDF, Word, HTML, Markdown hay .txt nào.", asked)
            for path in found:
                files[path] = files.get(path, False) or any(path.is_relative_to(r) for r in requested)
        for done, (path, asked) in enumerate(sorted(files.items())):
            self._progress("Đọc tệp", done, len(files))
            self._look_at(path, asked)
        self._progress("Đọc tệp", len(files), len(files))
        groups: dict[str, list[Candidate]] = {}
        for candidate in self._candidates:
            groups.setdefault(candidate.key, []).append(candidate)
        named = [c for c in self._candidates if c.path in requested]
        self._survey.exclude = frozenset(exclude) - {c.key for c in named} - {str(c.path) for c in named}
        for key, group in groups.items():
            staying: list[Candidate] = []
            for candidate in group:
                if self._survey.exclude.isdisjoint((key, str(candidate.path))):
                    staying.append(candidate)
                else:
                    self._report(candidate, "removed", f"Văn bản {key} đã được gỡ khỏi chỉ mục theo yêu cầu.")
            self._choose(key, staying)
        return self._survey

    def reusable(self, candidate: Candidate) -> bool:
        """Whether the last generation holds exactly this file's document."""
        entry = self._indexed.get(candidate.key)
        return entry is not None and entry.sha256 == candidate.entry.sha256

    def _below(self, root: Path, index_dir: Path, asked: bool) -> Iterator[Path]:
        if root.is_file():
            yield root
            return

        def no_rights(error: OSError) -> None:
            where = Path(error.filename or root)
            why = f"Không mở được thư mục {where}: hãy kiểm tra quyền đọc rồi chạy lại."
            if not self._keep_below(where, asked, why):
                self._skip(where, why, asked)

        for folder, folders, names in os.walk(root, onerror=no_rights):
            folders[:] = sorted(f for f in folders if not f.startswith(".") and Path(folder, f) != index_dir)
            for name in sorted(names):
                path = Path(folder, name)
                suffix = path.suffix.lower()
                if name.startswith((".", "~$")) or name.lower() in _NOT_DOCUMENTS:
                    continue
                if suffix in _UNSUPPORTED:
                    self._skip(path, _unsupported(path), asked)
                elif suffix in SUFFIXES:
                    yield path

    def _missing(self, root: Path, asked: bool) -> None:
        if not self._keep_below(root, asked, f"Không thấy {root} nữa."):
            self._skip(root, f"Không tìm thấy {root}: hãy kiểm tra lại đường dẫn.", asked)

    def _keep_below(self, root: Path, asked: bool, why: str) -> int:
        kept = [e for e in self._indexed.values() if Path(e.path).is_relative_to(root)]
        for entry in kept:
            self._keep(entry, asked, why)
        return len(kept)

    def _keep(self, entry: FileEntry, asked: bool, why: str) -> None:
        note = f"{why} Văn bản {entry.key} vẫn được giữ trong chỉ mục như trước; muốn bỏ hãy dùng `policy-qa corpus remove`."
        self._candidates.append(Candidate(Path(entry.path), entry, entry.key or "", asked, kept=note))

    def _look_at(self, path: Path, asked: bool) -> None:
        if not is_text(path):
            path = Path(str(path).encode("utf-8", "replace").decode("utf-8"))
            self._skip(path, f"Tên tệp {path} có ký tự hỏng: hãy đổi tên tệp rồi lập lại chỉ mục.", asked)
            return
        known = self._by_path.get(str(path))
        try:
            # A pipe would be waited for without end, and hashing a hundred gigabytes takes an hour: the reader refuses both.
            if path.exists() and (not path.is_file() or path.stat().st_size > MAX_BYTES):
                self._read(path, "", asked)
                return
            with path.open("rb") as file:
                sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            why = f"Không mở được tệp {path}: hãy kiểm tra quyền đọc, hoặc đóng chương trình đang dùng tệp."
            if known and known.indexed:
                self._keep(known, asked, why)
            else:
                self._skip(path, why, asked)
            return
        if known is None or known.sha256 != sha256:
            known = self._by_hash.get(sha256)
        if known is not None and known.key is not None:
            self._candidates.append(Candidate(path, replace(known, path=str(path)), known.key, asked))
            return
        document = self._read(path, sha256, asked)
        if document is not None:
            entry = FileEntry(
                path=str(path),
                sha256=sha256,
                key=document.key,
                text_kind=document.metadata.text_kind,
                text_sha256=hashlib.sha256(" ".join(document.source.text.split()).encode("utf-8")).hexdigest(),
            )
            self._candidates.append(Candidate(path, entry, document.key, asked, document))

    def _read(self, path: Path, sha256: str, asked: bool) -> Document | None:
        try:
            return self._load(path)
        except PolicyQAError as error:
            self._skip(path, str(error), asked, sha256)
        except Exception as error:  # one odd file must not cost the user all the others
            name = type(error).__name__
            why = f"Không đọc được tệp {path} (lỗi {name} bên trong phần mềm): hãy gửi tệp này kèm báo lỗi."
            self._skip(path, why, asked, sha256)
        return None

    def _choose(self, key: str, group: list[Candidate]) -> None:
        """One file for the document: official before digest, then the one indexed before, then by path."""
        before = self._indexed[key].path if key in self._indexed else None
        ranked = sorted(group, key=lambda c: (c.entry.text_kind != "official", c.entry.path != before, c.entry.path))
        while ranked:
            winner = ranked.pop(0)
            if winner.document is None and not self.reusable(winner):
                winner.document = self._read(winner.path, winner.entry.sha256, winner.requested)
            if winner.document is not None or self.reusable(winner):
                self._survey.chosen[key] = winner
                for loser in ranked:
                    self._lose(loser, winner)
                return

    def _lose(self, loser: Candidate, winner: Candidate) -> None:
        if loser.entry.text_sha256 == winner.entry.text_sha256:
            why = f"Tệp {loser.path} có cùng nội dung với {winner.path}; chỉ mục giữ một bản, là {winner.path}."
            self._report(loser, "duplicate", why)
        elif (loser.entry.text_kind, winner.entry.text_kind) == ("digest", "official"):
            why = f"Đã có bản chính thức của văn bản {loser.key} ({winner.path}), nên không dùng bản tóm lược này nữa."
            self._report(loser, "replaced", why)
        else:
            self._report(loser, "conflict", str(_conflict(loser, winner)))

    def _report(self, candidate: Candidate, status: FileStatus, why: str) -> None:
        entry = replace(candidate.entry, indexed=False, provisions=0, passages=0)
        self._survey.entries.append(entry)
        self._survey.reports.append(
            FileReport(entry.path, status, why, document=candidate.key, requested=candidate.requested)
        )

    def _skip(self, path: Path, why: str, asked: bool, sha256: str = "") -> None:
        if path in self._skipped:
            return
        self._skipped.add(path)
        self._survey.entries.append(FileEntry(str(path), sha256))
        self._survey.reports.append(FileReport(str(path), "skipped", why, requested=asked))


def is_text(path: Path) -> bool:
    """Whether a name can be written down; names made on an old system may hold bytes that are no characters."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _named_by_file(key: str, path: str) -> bool:
    return key == document_key(None, None, path)


def _conflict(loser: Candidate, winner: Candidate) -> ConflictingFiles:
    if _named_by_file(loser.key, loser.entry.path):
        return ConflictingFiles(
            f"Hai tệp không ghi số hiệu, trùng tên nhưng khác nội dung: {winner.path} (đang dùng) và {loser.path} "
            "(bỏ qua); hãy đổi tên một tệp rồi lập lại chỉ mục."
        )
    return ConflictingFiles(
        f"Hai tệp cùng là văn bản {loser.key} nhưng khác nội dung: {winner.path} (đang dùng) và {loser.path} (bỏ qua); "
        "hãy giữ lại tệp đúng, xoá tệp kia rồi lập lại chỉ mục."
    )


def _unsupported(path: Path) -> str:
    return (
        f"Chưa đọc được định dạng {path.suffix.lower()} của tệp {path}: hãy lưu thành .docx hoặc PDF có lớp chữ rồi "
        "lập lại chỉ mục."
    )


def outermost(paths: Iterable[Path]) -> list[Path]:
    """The paths without repeats, and without those that lie below another of them."""
    found = list(dict.fromkeys(paths))
    return [p for p in found if not any(p != other and p.is_relative_to(other) for other in found)]
