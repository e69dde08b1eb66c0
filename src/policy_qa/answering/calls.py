"""Asks a chat model and reads what it writes, within a time and a length, whatever its server does.

It is tried again where that may help. It ends with the last piece or with one `ModelFailed`: with no other exception, and
never not at all.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Iterator
from typing import Final, Literal, Protocol, TypeAlias

from policy_qa.answering.models import Piece

logger = logging.getLogger(__name__)

TRIES: Final = 3
BACKOFF: Final = 0.5
"""Seconds before the second try; twice as long before the third."""

LONGEST_WAIT: Final = 20.0
"""Seconds that a server may ask to be left alone; of one that asks for more no answer is awaited."""

LONGEST_WRITTEN: Final = 20_000
"""Characters that are read of one answer."""

MOST_PIECES: Final = 1_800
"""More pieces than that hold more tokens than were allowed."""

_AHEAD: Final = 256

Fault: TypeAlias = Literal[
    "unreachable", "busy", "server error", "no access", "no such model", "refused request", "slow", "cut off", "empty",
    "endless", "unforeseen",
]  # fmt: skip

WHY: Final[dict[Fault, str]] = {
    "unreachable": "không kết nối được với máy chủ mô hình",
    "busy": "máy chủ mô hình đang quá tải",
    "server error": "máy chủ mô hình báo lỗi",
    "no access": "máy chủ mô hình từ chối khoá truy cập",
    "no such model": "máy chủ không có mô hình này",
    "refused request": "máy chủ mô hình không nhận yêu cầu, có thể vì quá dài",
    "slow": "mô hình trả lời quá chậm",
    "cut off": "mô hình ngừng giữa chừng",
    "empty": "mô hình không viết gì",
    "endless": "mô hình viết quá dài",
    "unforeseen": "mô hình gặp lỗi chưa lường trước",
}
_TRIED_AGAIN: Final = frozenset({"busy", "server error", "cut off", "empty"})


class Writing(Protocol):
    """What a call needs of `models.ChatModel`."""

    @property
    def seconds(self) -> float:
        """How long the model may take for one answer."""

    def stream(self, system: str, user: str, left: threading.Event, *, whole: bool = False) -> Iterator[Piece]:
        """What it writes, as it writes it, until `left` is set."""


class ModelFailed(Exception):
    """The model gave no answer, or not all of it. `retry_after`: seconds that its server asks for, where it does."""

    def __init__(self, fault: Fault, retry_after: float | None = None) -> None:
        super().__init__(fault)
        self.fault: Fault = fault
        self.retry_after = retry_after


def written(model: Writing, system: str, user: str, *, backoff: float = BACKOFF) -> Iterator[Piece]:
    """The pieces that the model writes. Tried again while nothing has come; what has come is never asked for twice.

    Raises:
        ModelFailed: it failed for good, was too slow, or wrote too much; the pieces before that were given.
    """
    deadline = time.monotonic() + model.seconds
    length, whole = 0, False
    for attempt in range(1, TRIES + 1):
        end = ""
        try:
            for count, piece in enumerate(_read(model, system, user, deadline, whole=whole)):
                length += len(piece.text)
                if length > LONGEST_WRITTEN or count > MOST_PIECES:
                    raise ModelFailed("endless")
                end = piece.end or end
                yield piece
            if length and end in ("stop", "tool_calls", "function_call", "eos", "load", "unload"):
                return
            raise ModelFailed("empty" if not length else "endless" if end == "length" else "cut off")
        except ModelFailed as failed:
            wait = failed.retry_after if failed.retry_after is not None else backoff * 2 ** (attempt - 1)
            hopeless = failed.fault not in _TRIED_AGAIN or wait > min(LONGEST_WAIT, deadline - time.monotonic())
            if length or hopeless or attempt == TRIES:
                raise
            logger.info("model fault, tried again: %s", failed.fault)
            whole = failed.fault == "empty"  # some servers answer in one piece only
            threading.Event().wait(wait)


def _read(model: Writing, system: str, user: str, deadline: float, *, whole: bool) -> Iterator[Piece]:
    """One try. A thread reads, because nothing else ends the wait for a server that sends no more or only keeps alive."""
    pieces: queue.Queue[Piece | ModelFailed | None] = queue.Queue(_AHEAD)
    left = threading.Event()
    arguments = (model, system, user, whole, pieces, left)
    threading.Thread(target=_fill, args=arguments, name="policy-qa model", daemon=True).start()
    try:
        while True:
            try:
                piece = pieces.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise ModelFailed("slow") from None
            if piece is None:
                return
            if isinstance(piece, ModelFailed):
                raise piece
            yield piece
    finally:
        left.set()  # also when the reader goes away: the connection is closed, and the model stops


def _fill(
    model: Writing,
    system: str,
    user: str,
    whole: bool,
    pieces: queue.Queue[Piece | ModelFailed | None],
    left: threading.Event,
) -> None:
    def put(item: Piece | ModelFailed | None) -> None:
        while not left.is_set():
            try:
                return pieces.put(item, timeout=0.2)
            except queue.Full:
                continue
        return None

    begun = False
    try:
        for piece in model.stream(system, user, left, whole=whole):
            begun = True
            put(piece)
            if left.is_set():
                return
        put(None)
    except Exception as error:  # providers raise what they like; to the user it is always one sentence
        put(_failure(error, begun=begun))


def _failure(error: Exception, *, begun: bool) -> ModelFailed:
    """What an exception of a provider's package means; by status and name, because the packages need not be there."""
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status >= 300:
        return ModelFailed(_fault_of(status), _retry_after(error))
    causes = [error]
    while (cause := causes[-1].__cause__ or causes[-1].__context__) is not None and len(causes) < 8:
        if not isinstance(cause, Exception):
            break
        causes.append(cause)
    names = " ".join(type(cause).__name__ for cause in causes)
    if "Timeout" in names and "ConnectTimeout" not in names:
        return ModelFailed("slow")
    if begun:
        return ModelFailed("cut off")
    if (
        any(isinstance(cause, ConnectionResetError) for cause in causes)
        or "ProtocolError" in names
        or "ReadError" in names
    ):
        return ModelFailed("cut off")
    if any(isinstance(cause, OSError) for cause in causes) or "Connect" in names:
        return ModelFailed("unreachable")
    if "No generation" in str(error):
        return ModelFailed("empty")
    logger.info("model raised %s", type(error).__name__)
    return ModelFailed("unforeseen")


def _fault_of(status: int) -> Fault:
    if status == 429:
        return "busy"
    if status in (401, 403):
        return "no access"
    if status == 404:
        return "no such model"
    return "server error" if status >= 500 else "refused request"


def _retry_after(error: Exception) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    try:
        seconds = float(headers["retry-after"]) if headers is not None else None
    except (KeyError, ValueError, TypeError):
        return None  # a date, or nothing
    return seconds if seconds is not None and seconds >= 0 else None
