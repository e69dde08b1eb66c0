"""A thread that is there while there is something to do."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

logger = logging.getLogger(__name__)


class Hand:
    """A thread that does step after step while there is something to do, and is gone in between."""

    def __init__(self, step: Callable[[], bool]) -> None:
        """`step` does one thing and says whether there was one."""
        self._step, self._lock = step, threading.Lock()
        self._runs = self._again = False

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return self._runs

    def wake(self) -> None:
        """Looks whether there is something to do; returns at once."""
        with self._lock:
            self._again = True
            if not self._runs:
                self._runs = True
                threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._again:
                    self._runs = False
                    return
                self._again = False
            try:
                while self._step():
                    pass
            except Exception:
                # Without the office's data nothing can be noted; the next order tries again.
                logger.exception("the work on the documents was interrupted")
