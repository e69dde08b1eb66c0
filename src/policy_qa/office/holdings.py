"""What keepers do with the documents: hand in, look at, accept, replace, remove, bring back, read anew.

Files are looked at one at a time and changes to the index made one at a time, each by a thread that runs while there is
something to do. How far things are lies in the office's database, so that they go on after a restart.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias

from policy_qa.errors import BuildFailed, IndexBusy, IndexMismatch, NoIndex, PolicyQAError
from policy_qa.office.apart import Progress
from policy_qa.office.audit import Audit
from policy_qa.office.batch import Batch
from policy_qa.office.building import Order, build_apart
from policy_qa.office.corrections import Correction, corrections, differing
from policy_qa.office.database import Database
from policy_qa.office.documents import spoken
from policy_qa.office.examination import Examination, Found, examine_apart
from policy_qa.office.hand import Hand
from policy_qa.office.incoming import Incoming, UploadRefused
from policy_qa.office.jobs import Job, Jobs
from policy_qa.office.removed import RemovedFiles
from policy_qa.office.standing import Standing, other_file, standing_of
from policy_qa.office.uploads import Upload, Uploads
from policy_qa.reading.dispatch import MAX_BYTES
from policy_qa.retrieval import generations
from policy_qa.retrieval.build import BuildReport
from policy_qa.retrieval.generations import Manifest
from policy_qa.retrieval.records import DocumentRecord
from policy_qa.retrieval.sources import FileReport

logger = logging.getLogger(__name__)

SECONDS_BETWEEN: Final = 1.0
"""How often a job looks whether a build of another process has ended."""
LONGEST_WAIT: Final = 3600.0
"""Seconds until it gives up."""

HowFar: TypeAlias = tuple[str, int, int]
"""Stage, done, total."""


class Holdings:
    """The documents of one office under change; may be used from any thread.

    `order` says where index, digests, data and cache lie, and which encoder the index has; `official` is the folder of the
    office's files, `largest` how many bytes a file may have. `changed` is called after each change of the index, in the thread that made it.
    """

    def __init__(
        self,
        database: Database,
        order: Order,
        official: Path,
        audit: Audit | None = None,
        changed: Callable[[], None] = lambda: None,
        build: Callable[[Order, Progress], BuildReport] = build_apart,
        examine: Callable[[Examination, Progress], Found] = examine_apart,
        largest: int = MAX_BYTES,
    ) -> None:
        self.uploads, self.jobs = Uploads(database, Path(order.data) / "incoming", largest), Jobs(database)
        self.removed = RemovedFiles(database)
        self._order, self._official = order, official
        self._audit, self._changed = audit or Audit(Path(order.data)), changed
        self._build, self._examine = build, examine
        self._reader, self._builder = Hand(self._read_next), Hand(self._build_next)
        self._far: dict[str, HowFar] = {}

    def resume(self) -> None:
        """Clears away what is old, and goes on with what a restart interrupted."""
        self.uploads.clear_old()
        self.jobs.clear_old()
        self._reader.wake()
        self._builder.wake()

    @property
    def busy(self) -> bool:
        """Whether something is being read or built, or waits for that."""
        return self._reader.busy or self._builder.busy

    def how_far(self, upload: Upload | None = None) -> HowFar | None:
        """How far the reading of an upload, or (None) the build that is running, has come."""
        return self._far.get(upload.id if upload else "")

    # --- what keepers order

    def receive(self, user: str, name: str) -> Incoming:
        """Takes in a file; hand what came of it to `received`. Raises UploadRefused, OfficeDataUnusable."""
        return self.uploads.begin(user, name)

    def received(self, incoming: Incoming) -> Upload:
        """Takes what has come in whole, and reads it as soon as those before it are read; raises as `Uploads.add`."""
        upload = self.uploads.add(incoming)
        self._reader.wake()
        return upload

    def accept(self, user: str, uploads: Sequence[str]) -> int | None:
        """Puts uploads into the index, in one build; the number of the job, None where none waits for a decision."""
        job = self.jobs.add_uploads(user, uploads)
        self._builder.wake()
        return job

    def correct(self, user: str, upload_id: str, typed: Mapping[str, str]) -> Upload:
        """Corrects what was read in the head of a file that waits; `typed` by field, what is as it was read is no correction.

        Raises:
            UploadRefused: it no longer waits, is a digest, or another document has this number and date.
            BadCorrection: a value that cannot be.
        """
        upload = self.uploads.get(upload_id)
        if upload is None or upload.found is None or upload.state not in ("ready", "failed"):
            raise UploadRefused(
                "Tệp này không còn chờ nhận nên không sửa được nữa: hãy xem lại danh sách tệp đang chờ."
            )
        if upload.metadata.text_kind == "digest":
            raise UploadRefused("Bản tóm lược ghi số, ngày ở đầu tệp: hãy sửa ngay trong tệp rồi tải lại.")
        fields = differing(upload.found.metadata, typed, upload.correction.fields if upload.correction else None)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        after = replace(upload, correction=Correction(fields, user, now) if fields else None)
        other = other_file(after, self.manifest())
        if other is not None:
            raise UploadRefused(
                f"Kho đã có văn bản {spoken(after.key)} ở một tệp khác ({Path(other.path).name}): kiểm tra lại số và ngày, hoặc gỡ văn bản kia trước."
            )
        if not self.uploads.correct(upload, after.correction):
            raise UploadRefused("Tệp này vừa được nhận hoặc bỏ nên không sửa được nữa: hãy tải lại trang.")
        return after

    def remove(self, user: str, key: str) -> int:
        """Takes a document out of the index; its files stay, so that it can be brought back."""
        return self._ordered(self.jobs.add(user, "remove", key))

    def restore(self, user: str, path: str) -> int:
        """Brings back a file that was taken out or replaced; the path is that of one of `removed`."""
        return self._ordered(self.jobs.add(user, "restore", path))

    def read_again(self, user: str, record: DocumentRecord, *, recognise: bool) -> Upload:
        """Reads a document's file anew: every page recognised (OCR), or by its own text. It waits for a decision like an upload.

        Raises:
            UploadRefused: that is under way already.
        """
        upload = self.uploads.add_again(user, Path(record.file), record.sha256, recognise=recognise)
        self._reader.wake()
        return upload

    def _ordered(self, job: int) -> int:
        self._builder.wake()
        return job

    # --- how things stand

    def standing(self, upload: Upload, manifest: Manifest | None = None) -> Standing:
        """How an upload that was read stands to the documents of the index."""
        return standing_of(upload, manifest or self.manifest())

    def manifest(self) -> Manifest | None:
        """What the index in use is made of; None where there is none that can be read."""
        try:
            return generations.read_current(Path(self._order.index))
        except (NoIndex, IndexMismatch):
            return None

    # --- reading

    def _read_next(self) -> bool:
        upload = next(iter(self.uploads.all(("reading",))), None)
        if upload is None:
            return False
        order = Examination(
            str(self.uploads.path(upload)), upload.sha256, str(self.uploads.page(upload)), self._order.data,
            self._order.cache, upload.recognise if upload.origin else None, as_read=True,
        )  # fmt: skip
        try:
            found = self._examine(order, lambda *far: self._far.update({upload.id: far}))
            self.uploads.read(upload, found, corrections(Path(self._order.data)).get(upload.sha256))
        except PolicyQAError as error:
            # The sentence names the file as it is called here.
            self._refuse(upload, str(error).replace(f"“{upload.file}”", f"“{upload.name}”"))
        except Exception as error:
            logger.exception("unforeseen while reading an upload")
            self._refuse(upload, _unforeseen(error))
        finally:
            self._far.pop(upload.id, None)
            if self.uploads.get(upload.id) is None:
                self.uploads.forget(upload)  # cancelled while it was read
        return True

    def _refuse(self, upload: Upload, why: str) -> None:
        if self.uploads.refuse(upload, why):
            self._audit.record(upload.user, "refused", why=why, file=upload.name, sha256=upload.sha256)

    # --- building

    def _build_next(self) -> bool:
        job = self.jobs.next()
        if job is None:
            return False
        before = self.manifest()
        try:
            told = self._carry_out(job)
            self.removed.note(before, self.manifest(), job.user)
            self.jobs.finish(job.id, told, failed=False)
        except PolicyQAError as error:
            self._fail(job, str(error))
        except Exception as error:
            logger.exception("unforeseen while changing the index")
            self._fail(job, _unforeseen(error))
        finally:
            self._far.pop("", None)
        with suppress(PolicyQAError):
            self._changed()
        return True

    def _fail(self, job: Job, why: str) -> None:
        for upload in self.uploads.of_job(job.id):
            self.uploads.finish(upload, why)
        self.jobs.finish(job.id, why, failed=True)
        self._audit.record(job.user, "indexed", job=job.id, kind=job.kind, target=job.target, failed=why)

    def _carry_out(self, job: Job) -> str:
        """Does what the job says; gives what is to be told of it."""
        if job.kind == "remove":
            report = self._built(job, replace(self._order, remove=job.target))
            self._audit.record(job.user, "indexed", job=job.id, kind=job.kind, target=job.target)
            digest = any(file.document == job.target and file.status != "removed" for file in report.files)
            return f"Đã gỡ văn bản {spoken(job.target)} khỏi kho." + (" Từ nay trả lời theo bản tóm lược của văn bản này." if digest else "")  # fmt: skip
        if job.kind == "restore":
            entry = self.removed.get(job.target)
            if entry is None:
                raise BuildFailed("Không còn tệp này trong danh sách đã gỡ: hãy tải lại trang rồi chọn lại.")
            order = replace(
                self._order, sources=(entry.path,), exclude=self._others(entry.key, entry.text_kind, (entry.path,))
            )
            file = _report_on(self._built(job, order), entry.path)
            if not _is_in(file):
                raise BuildFailed(_why(file, entry.path))
            self._audit.record(job.user, "indexed", job=job.id, kind=job.kind, target=entry.key)
            return f"Đã đưa lại văn bản {spoken(entry.key)} vào kho."
        return self._add(job)

    def _built(self, job: Job, order: Order) -> BuildReport:
        """The report of the build, made when no other process builds any more."""
        give_up = time.monotonic() + LONGEST_WAIT
        pause = threading.Event()
        while True:
            try:
                return self._build(order, lambda *far: self._far.update({"": far}))
            except IndexBusy as busy:
                if time.monotonic() > give_up:
                    raise
                self.jobs.tell(job.id, f"Đang đợi: {busy}")
                pause.wait(SECONDS_BETWEEN)

    def _others(self, key: str | None, text_kind: str | None, paths: Collection[str]) -> tuple[str, ...]:
        """The other files of a document that are the same kind of text: of two that differ only one may stay."""
        manifest = self.manifest()
        files = manifest.files if manifest else ()
        return tuple(e.path for e in files if e.key == key and e.text_kind == text_kind and e.path not in paths)

    def _add(self, job: Job) -> str:
        batch = Batch(self.uploads, self._official, Path(self._order.data))
        batch.place([upload for upload in self.uploads.of_job(job.id) if self.uploads.start(upload)])
        if not batch.placed:
            return "Không còn tệp nào để nhận." if not batch.failed else batch.told
        paths = tuple(batch.placed)
        out = {path for upload in batch.placed.values() if upload.found is not None
               for path in self._others(upload.key, upload.metadata.text_kind, paths)}  # fmt: skip
        manifest = self.manifest()
        known = [entry.path for entry in manifest.files if entry.sha256 in batch.corrected] if manifest else []
        again = (*(path for path, upload in batch.placed.items() if upload.origin), *known)
        try:
            report = self._built(job, replace(self._order, sources=paths, exclude=tuple(sorted(out)), reread=again))
        except BaseException:
            batch.undo()
            raise
        for path, upload in batch.placed.items():
            file = _report_on(report, path)
            batch.settle(path, upload, "" if _is_in(file) else _why(file, path))
            self._audit.record(
                job.user, "indexed", job=job.id, kind=job.kind, target=file.document if file else None, file=upload.name,
                sha256=upload.sha256, failed="" if _is_in(file) else _why(file, path),
            )  # fmt: skip
        return batch.told


def _report_on(report: BuildReport, path: str) -> FileReport | None:
    return next((file for file in report.files if Path(file.path) == Path(path)), None)


def _is_in(file: FileReport | None) -> bool:
    return file is not None and file.status in ("read", "unchanged", "kept")


def _why(file: FileReport | None, path: str) -> str:
    return file.why if file is not None and file.why else f"Tệp {path} không vào được chỉ mục; hãy thử lại."


def _unforeseen(error: Exception) -> str:
    return f"Không làm được vì một lỗi chưa lường trước ({type(error).__name__}); hãy thử lại, nếu vẫn vậy thì báo người quản trị."
