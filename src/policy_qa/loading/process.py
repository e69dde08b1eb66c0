"""The loader's side of a worker: starting it, hearing from it, weighing it, ending it with all that it started."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO

import psutil

from policy_qa.loading import frames
from policy_qa.loading.frames import Kind
from policy_qa.loading.worker import Request

# A plain interpreter with our own import path. `multiprocessing` would run the caller's main module again, and refuses
# to start anything from its daemons, which a web server's workers may be.
_PROGRAM = "import sys; sys.path[:] = sys.argv[3:]; from policy_qa.loading.worker import serve; serve(int(sys.argv[1]), sys.argv[2])"
_RELATIVES_EVERY = 0.5  # seconds; going through all processes of a machine takes milliseconds
_PATIENCE = 10.0  # seconds for the system to clear away what was killed


class WorkerProcess:
    """A running worker. What it says arrives in a queue, since Windows cannot wait for a pipe with a time limit."""

    def __init__(self, memory: int) -> None:
        """Starts a worker; OSError where the system lets no process start."""
        self._folder = tempfile.TemporaryDirectory(prefix="policy-qa-", ignore_cleanup_errors=True)
        folder = self._folder.name
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                [sys.executable, "-c", _PROGRAM, str(memory), folder, *map(str, sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # One thread for linear algebra, since each reserves memory of its own; and temporary files that can be
                # cleared away after it, whatever killed it.
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)},
                # Ctrl-C at the terminal is for the caller, who then ends the worker.
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except BaseException:
            self._folder.cleanup()
            raise
        self._heard: SimpleQueue[tuple[Kind, bytes]] = SimpleQueue()
        self._family: list[psutil.Process] = []
        self._family_seen = -_RELATIVES_EVERY
        self._ear = threading.Thread(target=_listen, args=(self._process.stdout, self._heard), daemon=True)
        self._ear.start()

    def ask(self, request: Request) -> None:
        """Hands over a file; a worker that is gone is heard of by `hear`."""
        if self._process.stdin is not None:
            with suppress(OSError):
                frames.send(self._process.stdin, Kind.READ, pickle.dumps(request))

    def hear(self, seconds: float) -> tuple[Kind, bytes] | None:
        """The next frame; None where none comes in time."""
        try:
            return self._heard.get(timeout=seconds)
        except Empty:
            return None

    def memory(self) -> int:
        """Bytes in use by the worker and by the programs that it started."""
        now = time.monotonic()
        if now - self._family_seen >= _RELATIVES_EVERY:
            self._family, self._family_seen = self._relatives(), now
        return sum(_resident(process) for process in self._family)

    def end(self) -> None:
        """Kills the worker and all that it started, and clears its traces away."""
        for process in {*self._family, *self._relatives()}:
            with suppress(psutil.Error):
                process.kill()
        if sys.platform != "win32":
            # Also finds what lost its parent. The worker is not waited for yet, so its number is still its own.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_PATIENCE)
        self._ear.join(_PATIENCE)
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None and not self._ear.is_alive():
                    pipe.close()
        self._folder.cleanup()

    def _relatives(self) -> list[psutil.Process]:
        return list(_family(self._process.pid))


def _family(pid: int) -> Iterator[psutil.Process]:
    with suppress(psutil.Error):
        head = psutil.Process(pid)
        yield head
        yield from head.children(recursive=True)


def _resident(process: psutil.Process) -> int:
    try:
        return process.memory_info().rss
    except psutil.Error:
        return 0


def _listen(stream: IO[bytes], heard: SimpleQueue[tuple[Kind, bytes]]) -> None:
    while True:
        kind, body = frames.receive(stream)
        heard.put((kind, body))
        if kind is Kind.GONE:
            return
