"""A batch of files read in a worker process, each within limits; what breaks them is one refused file."""

from __future__ import annotations

import json
import math
import os
import pickle
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from policy_qa.document import Document
from policy_qa.errors import PolicyQAError, ReadingStopped
from policy_qa.loading.document import load_document
from policy_qa.reading.source import ReadOptions

if TYPE_CHECKING:
    from policy_qa.loading.frames import Kind
    from policy_qa.loading.process import WorkerProcess

MEMORY = 2 * 2**30
"""Bytes. The largest gazette takes a tenth; an office PC has four to eight gigabytes for everything."""
SILENCE = 60.0
"""Seconds without a page read or recognised. The slowest honest page takes a few; parsing 3,000 pages takes two."""
TOTAL = 600.0
"""Seconds for a file: 3,000 pages of text take one minute here, and on the slowest office PC perhaps five."""
PER_PAGE = 10.0
"""Seconds more for every page recognised: one takes 2 to 4 seconds of a core, and a scan of 500 pages may take its time."""
IN_PROCESS = 32 * 1024
"""Bytes up to which plain text and Markdown are read in this process, without limits: the largest digest has 18 KB, and
starting a worker takes longer than reading all of them."""

_PLAIN = frozenset({".md", ".markdown", ".txt"})
_TICK = 0.04  # seconds between two looks at the worker: time to fill perhaps a hundred megabytes
_LONGEST_STEP = 1.0  # seconds; a machine that slept in between has not waited for the worker


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: bytes of memory; seconds without progress, in all, and more for each page recognised."""

    memory: int = MEMORY
    silence: float = SILENCE
    total: float = TOTAL
    per_page: float = PER_PAGE


@dataclass(slots=True)
class _Watch:
    """The time that a file has taken, in seconds of waiting for it."""

    limits: Limits
    waited: float = 0.0
    silent: float = 0.0
    pages: int = 0
    looked: float = field(default_factory=time.monotonic)

    def tick(self, *, heard: bool) -> None:
        """Adds the time since the last look."""
        now = time.monotonic()
        step = min(now - self.looked, _LONGEST_STEP)
        self.waited, self.silent, self.looked = self.waited + step, 0.0 if heard else self.silent + step, now

    @property
    def allowed(self) -> float:
        """Seconds that the file may take in all."""
        return self.limits.total + self.limits.per_page * self.pages


class Loader:
    """Reads files one after another, each as `load_document` does, in a worker that is started when a file needs it.

    A context manager; leaving it ends the worker. May be used from any thread (calls wait for each other) and in any
    process. `options.progress` is called in the thread that called `load`.
    """

    def __init__(self, options: ReadOptions | None = None, limits: Limits | None = None) -> None:
        self._options, self._limits = options or ReadOptions(), limits or Limits()
        self._worker: WorkerProcess | None = None
        self._has_spoken = False
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the worker, if there is one; the next file would start another."""
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def load(self, path: Path) -> Document:
        """The document in the file at `path`.

        Raises:
            UnreadableFile: what the readers refuse; ReadingStopped where a limit was passed or the reader broke down.
            BadCorpus: a digest that is wrong.
        """
        name = printable(path.name or str(path))
        with self._lock:
            try:
                if _is_small_text(path):
                    return self._load_here(path, name)
                return self._load_there(path, name)
            except PolicyQAError as error:
                raise _on_one_line(error) from error.__cause__
            except BaseException:  # Ctrl-C included: half-read answers of this worker must not reach the next file
                self.close()
                raise

    def _load_here(self, path: Path, name: str) -> Document:
        try:
            return load_document(path, self._options)
        except PolicyQAError:
            raise
        except Exception as error:
            raise _fault(name, type(error).__name__) from error

    def _load_there(self, path: Path, name: str) -> Document:
        while True:
            is_fresh = self._worker is None
            try:
                return self._answer(path, name)
            except ReadingStopped as stopped:
                self.close()
                # A crash may be the doing of the files before, or of someone who ended the idle worker: once more.
                if is_fresh or stopped.why != "died":
                    raise

    def _answer(self, path: Path, name: str) -> Document:
        from policy_qa.loading.worker import Request

        worker = self._running()
        options = replace(self._options, progress=None, alive=None)
        worker.ask(Request(os.path.abspath(path), options, math.ceil(self._limits.total)))  # noqa: PTH100 - keeps links
        watch = _Watch(self._limits)
        document = None
        while document is None:
            message = worker.hear(_TICK)
            watch.tick(heard=message is not None)
            if message is not None:
                document = self._taken(*message, watch, name)
            if document is None:
                self._check(watch, worker, name)
        # What a library has leaked, or cannot give back to the system, is not the next file's to pay for.
        if worker.memory() > self._limits.memory // 4:
            self.close()
        return document

    def _running(self) -> WorkerProcess:
        if self._worker is None:
            from policy_qa.loading.process import WorkerProcess

            self._has_spoken = False
            try:
                self._worker = WorkerProcess(self._limits.memory)
            except OSError as error:
                raise _not_started(error.strerror) from error
        return self._worker

    def _taken(self, kind: Kind, body: bytes, watch: _Watch, name: str) -> Document | None:
        """The document where the worker's message is one; raises what the message says went wrong."""
        from policy_qa.loading import frames
        from policy_qa.loading.frames import Kind

        if kind is Kind.GONE:
            raise _died(name) if self._has_spoken else _not_started()
        self._has_spoken = True
        if kind is Kind.RECOGNISED:
            watch.pages, total = json.loads(body)
            if self._options.progress is not None:
                self._options.progress(watch.pages, total)
        elif kind is Kind.DOCUMENT:
            try:
                return frames.unpacked_document(body)
            except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError, IndexError) as error:
                raise _died(name) from error
        elif kind is Kind.REFUSED:
            raise frames.unpacked_error(body)
        elif kind is Kind.FAULT:
            failure, trace = json.loads(body)
            fault = _fault(name, failure)
            fault.add_note(trace)
            raise fault
        elif kind is Kind.EXHAUSTED:
            raise _too_large(name, self._limits.memory)
        return None

    def _check(self, watch: _Watch, worker: WorkerProcess, name: str) -> None:
        if worker.memory() > self._limits.memory:
            raise _too_large(name, self._limits.memory)
        if watch.silent > self._limits.silence:
            raise ReadingStopped(
                f"Đã dừng đọc tệp “{name}” vì sau {self._limits.silence:.0f} giây vẫn không đọc thêm được trang nào; "
                "hãy tách nhỏ tệp hoặc dùng bản khác của văn bản.",
                "stalled",
            )
        if watch.waited > watch.allowed:
            raise ReadingStopped(
                f"Đã dừng đọc tệp “{name}” vì đọc quá {watch.allowed / 60:.0f} phút chưa xong; "
                "hãy tách nhỏ tệp hoặc dùng bản khác của văn bản.",
                "overtime",
            )


def printable(text: str) -> str:
    """`text` on one line and without control characters: a file's name may hold them, and a terminal obeys them."""
    return "".join(c if c.isprintable() or c == "\u00a0" else "\ufffd" for c in text)


def _on_one_line(error: PolicyQAError) -> PolicyQAError:
    if error.args:
        error.args = (printable(str(error)), *error.args[1:])
    return error


def _is_small_text(path: Path) -> bool:
    if path.suffix.lower() not in _PLAIN:
        return False
    try:
        return path.is_file() and path.stat().st_size <= IN_PROCESS
    except (OSError, ValueError):
        return False


def _too_large(name: str, memory: int) -> ReadingStopped:
    return ReadingStopped(
        f"Đã dừng đọc tệp “{name}” vì cần hơn {memory // 2**20} MB bộ nhớ; "
        "hãy tách nhỏ tệp hoặc dùng bản khác của văn bản.",
        "memory",
    )


def _died(name: str) -> ReadingStopped:
    return ReadingStopped(
        f"Chương trình đọc tệp dừng đột ngột khi đọc tệp “{name}” (có thể tệp bị hỏng); "
        "hãy tải lại bản gốc hoặc dùng bản khác của văn bản.",
        "died",
    )


def _fault(name: str, failure: str) -> ReadingStopped:
    return ReadingStopped(
        f"Không đọc được tệp “{name}” vì một lỗi bên trong phần mềm ({failure}); hãy gửi tệp này kèm báo lỗi.", "fault"
    )


def _not_started(reason: str | None = None) -> ReadingStopped:
    why = f" ({reason})" if reason else ""
    return ReadingStopped(
        f"Không khởi động được tiến trình đọc tệp{why}; hãy đóng bớt chương trình đang chạy rồi làm lại.", "died"
    )
