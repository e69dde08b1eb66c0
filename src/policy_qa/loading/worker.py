"""The worker: a process that reads one file after another for a `Loader`, and ends with it."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from policy_qa.errors import PolicyQAError, UnreadableFile
from policy_qa.loading import frames
from policy_qa.loading.document import load_document
from policy_qa.loading.frames import Kind
from policy_qa.reading.source import ReadOptions

_TRACE = 20_000  # characters


@dataclass(frozen=True, slots=True)
class Request:
    """A file to read; `seconds` of processor time after which the system ends the worker, should its loader be gone."""

    path: str
    options: ReadOptions
    seconds: int


def serve(memory: int, folder: str) -> None:
    """Reads what the loader asks for until it closes the pipe.

    `memory` is the loader's limit in bytes, `folder` the one that it made for this worker's temporary files.
    """
    requests, replies = _take_pipes()
    _keep_quiet()
    _limit_memory(memory)
    leave = partial(_leave, folder)
    outbox = Outbox(replies, leave)
    outbox.alive()
    inbox: SimpleQueue[Request] = SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox, leave), daemon=True).start()
    while True:
        request = inbox.get()
        _limit_time(request.seconds)
        outbox.send(*answer(request, outbox))


class Outbox:
    """The pipe to the loader; pages are recognised in several threads, so one frame at a time."""

    def __init__(self, stream: IO[bytes], leave: Callable[[], None]) -> None:
        self._stream, self._leave, self._lock = stream, leave, threading.Lock()

    def send(self, kind: Kind, body: bytes = b"") -> None:
        """Sends one frame; where the loader is gone, the worker goes, too."""
        try:
            with self._lock:
                frames.send(self._stream, kind, body)
        except OSError:
            self._leave()

    def alive(self) -> None:
        """Tells that a page is read."""
        self.send(Kind.ALIVE)

    def recognised(self, done: int, total: int) -> None:
        """Tells how many pages are recognised, of how many."""
        self.send(Kind.RECOGNISED, json.dumps([done, total]).encode("ascii"))


def answer(request: Request, outbox: Outbox) -> tuple[Kind, bytes]:
    """What becomes of one file."""
    options = replace(request.options, progress=outbox.recognised, alive=outbox.alive)
    try:
        path = Path(request.path)
        body = frames.packed_document(load_document(path, options))
        if len(body) > frames.MAX_FRAME:
            raise UnreadableFile(
                f"Tệp “{path.name}” chứa nhiều chữ hơn mọi văn bản; hãy tách nhỏ tệp rồi thêm từng phần."
            )
        return Kind.DOCUMENT, body
    except PolicyQAError as error:
        return Kind.REFUSED, frames.packed_error(error)
    except MemoryError:
        return Kind.EXHAUSTED, b""
    except Exception as error:  # a fault of ours: the loader makes a sentence of it
        trace = "".join(traceback.format_exception(error))[-_TRACE:]
        return Kind.FAULT, json.dumps([type(error).__name__, trace]).encode("ascii")


def _take_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes to the loader, out of the reach of libraries that print, and of the programs that they start."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return requests, replies


def _listen(requests: IO[bytes], inbox: SimpleQueue[Request], leave: Callable[[], None]) -> None:
    while True:
        kind, body = frames.receive(requests)
        if kind is not Kind.READ:
            leave()
        inbox.put(pickle.loads(body))  # noqa: S301 - from the loader, which started us


def _leave(folder: str) -> None:
    """Ends this process at once, whatever it is doing, with all that it started and its temporary files."""
    import psutil

    try:
        for child in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os._exit(1)


def _keep_quiet() -> None:
    """Interrupts are the loader's; a crash leaves no core file and opens no window."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "win32":
        import msvcrt

        msvcrt.SetErrorMode(msvcrt.SEM_FAILCRITICALERRORS | msvcrt.SEM_NOGPFAULTERRORBOX)
    else:
        import resource

        _set_limit(resource.RLIMIT_CORE, 0)


def _limit_memory(memory: int) -> None:
    """A backstop for what grows faster than the loader looks: twice its limit, since this counts reserved memory."""
    if sys.platform != "win32":
        import resource

        _set_limit(resource.RLIMIT_DATA, 2 * memory)


def _limit_time(seconds: int) -> None:
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _set_limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds)


def _set_limit(which: int, value: int) -> None:
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(which)
        try:
            resource.setrlimit(which, (value if most == resource.RLIM_INFINITY else min(value, most), most))
        except (OSError, ValueError):
            return  # not every system has every limit; the loader watches all the same
