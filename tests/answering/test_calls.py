"""How a model is asked: how often, how long, and how much is read of what it writes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from policy_qa.answering.calls import LONGEST_WRITTEN, MOST_PIECES, TRIES, ModelFailed, written
from policy_qa.answering.models import Piece

END = Piece("", end="stop")


class Refused(Exception):
    """As packages of providers raise it: with the status, and the headers of the response."""

    def __init__(self, status: int, headers: dict[str, str] | None = None) -> None:
        self.status_code = status
        self.response = type("Response", (), {"headers": headers or {}})


@dataclass
class Script:
    """A model that does at each try what is written for it, the last again and again."""

    tries: list[Callable[[], Iterator[Piece]]]
    seconds: float = 30.0
    asked: list[bool] = field(default_factory=list)

    def stream(self, system: str, user: str, left: threading.Event, *, whole: bool = False) -> Iterator[Piece]:
        self.asked.append(whole)
        return self.tries[min(len(self.asked), len(self.tries)) - 1]()


def pieces(*given: Piece) -> Callable[[], Iterator[Piece]]:
    return lambda: iter(given)


def failing(error: Exception, *before: Piece) -> Callable[[], Iterator[Piece]]:
    def stream() -> Iterator[Piece]:
        yield from before
        raise error

    return stream


def fault(model: Script) -> str:
    with pytest.raises(ModelFailed) as raised:
        list(written(model, "", "", backoff=0.0))
    return raised.value.fault


def test_what_is_longer_than_was_allowed_is_endless() -> None:
    assert fault(Script([pieces(Piece("a" * (LONGEST_WRITTEN + 1)), END)])) == "endless"
    assert fault(Script([pieces(*[Piece("a")] * (MOST_PIECES + 2), END)])) == "endless"
    assert fault(Script([pieces(Piece("a", end="length"))])) == "endless"
    assert len(list(written(Script([pieces(*[Piece("a")] * MOST_PIECES, END)]), "", ""))) == MOST_PIECES + 1


def test_it_is_asked_again_while_nothing_has_come_and_the_whole_of_one_that_wrote_nothing() -> None:
    model = Script([failing(Refused(503)), pieces(END), pieces(Piece("a"), END)])
    assert "".join(piece.text for piece in written(model, "", "", backoff=0.0)) == "a"
    assert model.asked == [False, False, True]
    busy = Script([failing(Refused(429))])
    assert (fault(busy), len(busy.asked)) == ("busy", TRIES)
    broken = Script([failing(ConnectionResetError(), Piece("a"))])
    assert (fault(broken), len(broken.asked)) == ("cut off", 1)
    # The end of one try is not that of the next.
    assert fault(Script([pieces(END), pieces(Piece("a"))])) == "cut off"


@pytest.mark.parametrize("seconds", ["3", "999999"])
def test_a_server_that_asks_for_more_time_than_there_is_is_not_asked_again(seconds: str) -> None:
    model = Script([failing(Refused(429, {"retry-after": seconds}))], seconds=2.0)
    assert (fault(model), len(model.asked)) == ("busy", 1)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (401, "no access"),
        (403, "no access"),
        (404, "no such model"),
        (400, "refused request"),
        (307, "refused request"),
    ],
)
def test_what_will_not_help_is_not_tried_again(status: int, expected: str) -> None:
    model = Script([failing(Refused(status))])
    assert (fault(model), len(model.asked)) == (expected, 1)
