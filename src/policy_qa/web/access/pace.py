"""How often one user may ask: so many questions in any minute, so that one script does not take the machine from all."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from policy_qa.errors import PolicyQAError
from policy_qa.office.users import User

MINUTE = 60.0
MOST_KEPT = 10_000


class TooMany(PolicyQAError):
    """The user asks more often than the office allows."""


class Window:
    """Counts events by key over the last minute."""

    def __init__(self, most: int, now: Callable[[], float] = time.monotonic) -> None:
        self._most, self._now = most, now
        self._lock = threading.Lock()
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def wait(self, key: str) -> float:
        """0 where there is room for one more, which is counted then; otherwise the seconds until there is."""
        with self._lock:
            now = self._now()
            times = self._times.setdefault(key, deque())
            self._times.move_to_end(key)
            while len(self._times) > MOST_KEPT:
                self._times.popitem(last=False)
            while times and now - times[0] >= MINUTE:
                times.popleft()
            if len(times) >= self._most:
                return MINUTE - (now - times[0])
            times.append(now)
            return 0.0


class Pace:
    """The pace of all users' questions."""

    def __init__(self, ask_per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._most = ask_per_minute
        self._asked = Window(ask_per_minute, now)

    def ask(self, user: User) -> None:
        """Counts one question of `user`; raises TooMany. Whoever sits at the machine of an office without users may go on."""
        wait = self._asked.wait(user.name) if user.name else 0
        if wait:
            raise TooMany(
                f"Đã hỏi {self._most} câu trong một phút, là mức nhiều nhất cho mỗi người: đợi {int(wait) + 1} giây rồi hỏi lại."
            )
