"""Heavy work in a process of its own, so that answers neither wait for it nor share its memory.

The server names a task and gives it an order as JSON; the process tells how far it is and in the end what came of it, a
JSON object a line. It gives way to those who answer, and ends when nobody listens any more.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, TypeAlias

from policy_qa.document import JSON, to_json
from policy_qa.errors import PolicyQAError
from policy_qa.loading.frames import packed_error, unpacked_error

logger = logging.getLogger(__name__)

Progress: TypeAlias = Callable[[str, int, int], None]
"""Gets (stage, done, total)."""

_PROGRAM: Final = "import sys; sys.path[:] = sys.argv[1:]; from policy_qa.office.apart import serve; serve()"
_COURTESY: Final = 10
"""How much the process gives way (`nice`): a tenth of a core where all are asked for."""


class BrokenDown(PolicyQAError):
    """The process could not be started, died, or met an error that nobody foresaw."""


def run_apart(task: str, order: JSON, progress: Progress) -> JSON:
    """What comes of `task` (a name in `_task`) with this order.

    Raises:
        PolicyQAError: what the task raises; BrokenDown.
    """
    try:
        process = _started()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise BrokenDown(
            f"Không khởi động được tiến trình ({why}): hãy đóng bớt chương trình đang chạy rồi thử lại."
        ) from error
    with process:
        try:
            told = _conversation(process, {"task": task, "order": order}, progress)
        finally:
            process.kill()  # has ended, or has nobody to talk to
    if "result" in told:
        return told["result"]
    if isinstance(told.get("error"), str):
        raise unpacked_error(str(told["error"]).encode("ascii"))
    if "trace" in told:
        logger.error("the task %s broke down: %s", task, told["trace"])
        raise BrokenDown(
            f"Không làm xong vì một lỗi chưa lường trước ({told.get('name')}); hãy thử lại, nếu vẫn vậy thì báo người quản trị."
        )
    raise BrokenDown("Tiến trình dừng đột ngột (có thể máy thiếu bộ nhớ); hãy thử lại, hoặc tách nhỏ tệp.")


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-X", "utf8", "-c", _PROGRAM, *map(str, sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        # One thread for linear algebra: the other processors are for those who answer.
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"},
        # Ctrl-C at the terminal is for the server; without it the process ends, too.
        start_new_session=True,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0) | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
    )  # fmt: skip


def _conversation(process: subprocess.Popen[str], order: JSON, progress: Progress) -> Mapping[str, JSON]:
    """The last thing that the process tells; nothing where it says nothing that makes sense."""
    told: Mapping[str, JSON] = {}
    if process.stdin is None or process.stdout is None:
        return told
    with suppress(OSError):
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.close()
    for line in process.stdout:
        try:
            told = json.loads(line)
        except ValueError:
            return {}
        match told.get("progress"):
            case [str(stage), int(done), int(total)]:
                progress(stage, done, total)
    return told


# --- in the process -----------------------------------------------------------------------------------------------


def serve() -> None:
    """Reads a task and its order from stdin, does it, and tells on stdout."""
    _give_way()
    asked = json.loads(sys.stdin.readline())
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # Libraries that print must not speak for us.
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)

    def progress(stage: str, done: int, total: int) -> None:
        _tell(replies, {"progress": (stage, done, total)})

    try:
        _tell(replies, {"result": _task(asked["task"])(asked["order"], progress)})
    except PolicyQAError as error:
        _tell(replies, {"error": packed_error(error).decode("ascii")})
    except Exception as error:  # the server must learn of it, whatever it is
        _tell(replies, {"name": type(error).__name__, "trace": traceback.format_exc()[-20_000:]})


def _give_way() -> None:
    with suppress(AttributeError, OSError):
        os.nice(_COURTESY)
    # Where Linux weighs sessions against each other before it looks at processes, this one has a session of its own.
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(_COURTESY), encoding="ascii")


def _task(name: str) -> Callable[[JSON, Progress], JSON]:
    if name == "build":
        from policy_qa.office.building import build

        return build
    from policy_qa.office.examination import examine

    return examine


def _tell(replies: IO[str], what: Mapping[str, object]) -> None:
    replies.write(json.dumps(to_json(what)) + "\n")
    replies.flush()
