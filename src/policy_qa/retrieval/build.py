"""Builds an index: only what changed is read and embedded, and nothing is in use before all of it is there."""

from __future__ import annotations

import errno
import hashlib
import sqlite3
import time
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.errors import BuildFailed, IndexMismatch, NoIndex
from policy_qa.loading import load_document
from policy_qa.retrieval import generations
from policy_qa.retrieval.generations import FileEntry, Manifest
from policy_qa.retrieval.sources import (
    Candidate,
    FileReport,
    FileStatus,
    Load,
    Progress,
    Survey,
    Surveyor,
    is_text,
    outermost,
)

if TYPE_CHECKING:
    from policy_qa.document import Document
    from policy_qa.retrieval.contents import Counts
    from policy_qa.retrieval.encoder import Encoder

_IN_INDEX = frozenset({"read", "unchanged", "kept", "duplicate", "replaced"})
_CUTTING = ("passages", "contents", "lexical", "dense", "pieces", "store", "records")
_SHAPING = ("document.py", "reading", "structure", *(f"retrieval/{name}.py" for name in _CUTTING))


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    `documents`, `provisions`, `passages` count what is in the index now, all roots together. `changed` is False when
    the index was left as it was: nothing new, or none of the requested paths could be read.
    """

    files: tuple[FileReport, ...]
    documents: int
    provisions: int
    passages: int
    seconds: float
    changed: bool

    @property
    def read(self) -> int:
        """How many of the requested files hold a document that the index now has; of all files where none was named."""
        return sum(1 for file in self.files if file.requested and file.status in _IN_INDEX)


def build_index(
    sources: Sequence[Path],
    index_dir: Path,
    encoder: Encoder,
    *,
    corpus: Path | None = None,
    progress: Progress | None = None,
    exclude: Collection[str] = (),
    reread: Collection[str] = (),
    load: Load = load_document,
) -> BuildReport:
    """Brings the index in `index_dir` up to date with its remembered roots, `sources` (files or folders) and `corpus`.

    Files that vanished drop out; a root that is missing as a whole keeps its documents. `corpus` is the shipped
    folder, given anew each time. `exclude` are document keys and absolute paths of files to leave out from now on;
    naming a file outright brings it and its document back. `reread` are absolute paths of files to read anew though they
    have not changed. `progress` gets (stage, done, total). Where files were named and none can be read, the report says
    so (`read` is 0) and the index stays as it is.

    Raises:
        BuildFailed: another build is running, the disk is full, or there are no rights; the old index stays in use.
    """
    started = time.perf_counter()
    index_dir = index_dir.expanduser().resolve()
    asked = [Path(source).expanduser().resolve() for source in sources]
    for source in asked:
        if not is_text(source):
            shown = str(source).encode("utf-8", "replace").decode("utf-8")
            raise BuildFailed(f"Đường dẫn {shown} có ký tự hỏng: hãy đổi tên thư mục hoặc tệp rồi lập lại chỉ mục.")
    build = _Build(index_dir, encoder, load, progress or (lambda stage, done, total: None))
    try:
        with generations.locked(index_dir):
            report = build.run(asked, corpus.expanduser().resolve() if corpus else None, exclude, reread)
    except (OSError, sqlite3.Error) as error:
        raise BuildFailed(_sentence(error, index_dir)) from error
    return replace(report, seconds=time.perf_counter() - started)


def index_documents(
    documents: Iterable[Document], index_dir: Path, encoder: Encoder, *, progress: Progress | None = None
) -> Manifest:
    """Adds documents that lie in no file to the index in `index_dir`, which it makes where there is none.

    For measuring: such an index has no roots, and a build would drop what no file holds.
    """
    from policy_qa.retrieval.contents import write_contents

    index_dir = index_dir.expanduser().resolve()
    with generations.locked(index_dir):
        try:
            old: Manifest | None = generations.read_current(index_dir)
        except NoIndex:
            old = None
        folder = generations.new_generation(index_dir)
        base = index_dir / old.generation if old else None
        kept = {entry.key: entry.path for entry in old.files if entry.key} if old else {}
        fresh = ((document, document.source.file) for document in documents)
        counts = write_contents(folder, base, kept, fresh, encoder, progress or (lambda stage, done, total: None))
        manifest = Manifest(
            generation=folder.name,
            previous=old.generation if old else None,
            encoder=encoder.name,
            fingerprint=encoder.fingerprint,
            dimensions=encoder.dimensions,
            shape=_shape(),
            files=tuple(
                FileEntry(key, "", key, indexed=True, provisions=p, passages=n) for key, (p, n) in counts.items()
            ),
            counts={
                "documents": len(counts),
                "provisions": sum(p for p, _ in counts.values()),
                "passages": sum(n for _, n in counts.values()),
            },
        )
        generations.publish(index_dir, manifest)
    return manifest


def remove(
    key: str,
    index_dir: Path,
    encoder: Encoder,
    *,
    corpus: Path | None = None,
    progress: Progress | None = None,
    load: Load = load_document,
) -> BuildReport:
    """Takes the document with this key out of the index and keeps it out; its files stay where they are.

    Where an official text stood in for a digest, only the official files are taken out, and the digest answers again;
    to keep the digest out, too, remove the key once more.

    Raises:
        NoIndex, IndexMismatch: there is no index to take it from.
        BuildFailed: the index has no such document, or as `build_index`.
    """
    manifest = generations.read_current(index_dir)
    entries = [entry for entry in manifest.files if entry.key == key]
    if not any(entry.indexed for entry in entries):
        raise BuildFailed(f"Trong chỉ mục không có văn bản {key}: hãy xem danh sách bằng `policy-qa corpus list`.")
    if corpus is None and manifest.corpus:
        corpus = Path(manifest.corpus)
    official = [e.path for e in entries if e.text_kind == "official"]
    behind = any(e.text_kind == "digest" and not e.indexed and Path(e.path).is_file() for e in entries)
    out = official if official and behind else [key]
    return build_index((), index_dir, encoder, corpus=corpus, progress=progress, exclude=out, load=load)


class _Build:
    """One run, under the lock."""

    def __init__(self, index_dir: Path, encoder: Encoder, load: Load, progress: Progress) -> None:
        self._index_dir, self._encoder, self._load, self._progress = index_dir, encoder, load, progress
        self._shape = _shape()
        self._current: Manifest | None = None
        try:
            self._current = generations.read_current(index_dir)
            generations.sweep(index_dir, {self._current.generation, self._current.previous or ""})
        except (NoIndex, IndexMismatch):
            pass

    def run(
        self, asked: Sequence[Path], corpus: Path | None, exclude: Collection[str], reread: Collection[str] = ()
    ) -> BuildReport:
        old = self._reusable()
        roots, excluded = generations.remembered(self._index_dir)
        excluded |= frozenset(exclude)
        # A file that was named outright and is taken out again is forgotten, not refreshed and excluded for ever.
        files = self._current.files if self._current else ()
        gone = {e.path for e in files if e.key in exclude or e.path in exclude}
        roots = tuple(root for root in roots if str(root) not in gone)
        known = replace(old, files=tuple(e for e in old.files if e.path not in reread)) if old else None
        surveyor = Surveyor(known, self._load, self._progress)
        survey = surveyor.survey((*((corpus,) if corpus else ()), *roots), asked, excluded, self._index_dir)
        if asked and not any(c.requested for c in survey.chosen.values()) and not _worth_keeping(survey):
            return self._untouched(survey)
        if not survey.chosen and not exclude:
            if asked:
                return self._untouched(survey)
            raise BuildFailed("Không có văn bản nào đọc được để lập chỉ mục: hãy chạy `policy-qa index THƯ_MỤC`.")
        kept_roots = outermost((*roots, *(path for path in asked if path.exists())))
        manifest = Manifest(
            generation=old.generation if old else "",
            previous=old.previous if old else None,
            encoder=self._encoder.name,
            fingerprint=self._encoder.fingerprint,
            dimensions=self._encoder.dimensions,
            shape=self._shape,
            roots=tuple(str(root) for root in kept_roots if root != corpus),
            corpus=str(corpus) if corpus else None,
            exclude=tuple(sorted(survey.exclude)),
        )
        return self._write(manifest, old, survey, surveyor)

    def _reusable(self) -> Manifest | None:
        """The generation in use, if its rows and vectors are what this code and this encoder would make again."""
        current = self._current
        if current is None or current.shape != self._shape:
            return None
        # FAISS and tantivy are imported by a build, not with this module: a reader may need neither.
        same_encoder = (current.fingerprint, current.dimensions) == (
            self._encoder.fingerprint,
            self._encoder.dimensions,
        )
        from policy_qa.retrieval.contents import intact

        folder = self._index_dir / current.generation
        return current if same_encoder and intact(folder, current.counts.get("passages", -1)) else None

    def _write(self, manifest: Manifest, old: Manifest | None, survey: Survey, surveyor: Surveyor) -> BuildReport:
        copied = {key: str(c.path) for key, c in survey.chosen.items() if surveyor.reusable(c)}
        fresh = {key: c for key, c in survey.chosen.items() if key not in copied}
        known = {(e.key, e.sha256, e.path) for e in old.files if e.indexed} if old else set()
        same = not fresh and known == {(c.key, c.entry.sha256, str(c.path)) for c in survey.chosen.values()}
        if old and same:
            counts = {e.key or "": (e.provisions, e.passages) for e in old.files if e.indexed}
            manifest = _with_files(manifest, survey, counts)
            if manifest == old:
                return self._report(manifest, survey, fresh, changed=False)
        from policy_qa.retrieval.contents import write_contents

        folder = generations.new_generation(self._index_dir)
        try:
            if old and same:
                for name in generations.CONTENTS:
                    generations.share(self._index_dir / old.generation / name, folder / name)
            else:
                base = self._index_dir / old.generation if old else None
                counts = write_contents(
                    folder,
                    base,
                    copied,
                    [(c.document, str(c.path)) for c in fresh.values() if c.document],
                    self._encoder,
                    self._progress,
                )
                manifest = _with_files(manifest, survey, counts)
            previous = self._current.generation if self._current else None
            manifest = replace(manifest, generation=folder.name, previous=previous)
            generations.publish(self._index_dir, manifest)
        except BaseException:
            # Ctrl-C included. It may come just after the switch: then the new generation is the one in use.
            if generations.current_name(self._index_dir) != folder.name:
                generations.discard(folder)
            raise
        generations.sweep(self._index_dir, {folder.name, previous or ""})
        return self._report(manifest, survey, fresh, changed=True)

    def _report(
        self, manifest: Manifest, survey: Survey, fresh: Mapping[str, Candidate], *, changed: bool
    ) -> BuildReport:
        by_path = {entry.path: entry for entry in manifest.files}
        nothing_named = not any(c.requested for c in survey.chosen.values()) and not any(
            r.requested for r in survey.reports
        )
        reports = list(survey.reports)
        for key, chosen in survey.chosen.items():
            entry = by_path[str(chosen.path)]
            status: FileStatus = "read" if key in fresh else "kept" if chosen.kept else "unchanged"
            reports.append(
                FileReport(entry.path, status, chosen.kept, key, entry.provisions, entry.passages, chosen.requested)
            )
        if nothing_named:
            reports = [replace(report, requested=True) for report in reports]
        counts = manifest.counts
        return BuildReport(
            files=tuple(sorted(reports, key=lambda report: report.path)),
            documents=counts["documents"],
            provisions=counts["provisions"],
            passages=counts["passages"],
            seconds=0.0,
            changed=changed,
        )

    def _untouched(self, survey: Survey) -> BuildReport:
        counts = self._current.counts if self._current else {}
        return BuildReport(
            files=tuple(sorted((r for r in survey.reports if r.requested), key=lambda report: report.path)),
            documents=counts.get("documents", 0),
            provisions=counts.get("provisions", 0),
            passages=counts.get("passages", 0),
            seconds=0.0,
            changed=False,
        )


def _worth_keeping(survey: Survey) -> bool:
    """Whether a requested file, though not chosen itself, is of a document that the index has."""
    return any(r.requested and r.status in _IN_INDEX for r in survey.reports)


def _with_files(manifest: Manifest, survey: Survey, counts: Mapping[str, Counts]) -> Manifest:
    entries: list[FileEntry] = list(survey.entries)
    for key, chosen in survey.chosen.items():
        provisions, passages = counts[key]
        entries.append(replace(chosen.entry, indexed=True, provisions=provisions, passages=passages))
    totals = {
        "documents": len(survey.chosen),
        "provisions": sum(provisions for provisions, _ in counts.values()),
        "passages": sum(passages for _, passages in counts.values()),
    }
    return replace(manifest, files=tuple(sorted(entries, key=lambda entry: entry.path)), counts=totals)


@cache
def _shape() -> str:
    """A hash of the code that reads, parses and cuts, and of the word pieces: what other code made is made again, not copied.

    The pieces and their vectors lie in every index, whatever encoder makes the vectors that are searched.
    """
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for name in _SHAPING:
        place = package / name
        for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
            digest.update(path.name.encode("utf-8") + b"\0" + path.read_bytes())
    from policy_qa.retrieval.encoder import word_encoder  # with numpy, which a reader of records need not import

    digest.update(word_encoder().fingerprint.encode())
    return digest.hexdigest()


def _sentence(error: OSError | sqlite3.Error, index_dir: Path) -> str:
    stays = "chỉ mục cũ (nếu có) vẫn dùng được."
    full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
    if full or getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return f"Ổ đĩa đã đầy khi lập chỉ mục trong {index_dir}; {stays} Hãy giải phóng dung lượng rồi chạy lại."
    if isinstance(error, FileExistsError | NotADirectoryError):
        return f"Không lập được chỉ mục trong {index_dir} vì đó là một tệp, không phải thư mục: hãy chọn thư mục khác."
    if isinstance(error, PermissionError) or (isinstance(error, OSError) and error.errno == errno.EROFS):
        return f"Không có quyền ghi vào thư mục chỉ mục {index_dir}; {stays} Hãy cấp quyền hoặc chọn thư mục khác."
    return f"Không lập được chỉ mục trong {index_dir} ({error}); {stays} Hãy thử lại, hoặc chọn thư mục khác."
