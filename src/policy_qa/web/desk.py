"""Who answers: one assistant for all visitors, replaced between questions when the index has been rebuilt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from policy_qa.answer import Answer
from policy_qa.retrieval.index import Index
from policy_qa.retrieval.retriever import Hit


class Answering(Protocol):
    """What the page needs of `policy_qa.answering.chain.Assistant`."""

    @property
    def index(self) -> Index:
        """The generation it answers from."""

    def ask(self, question: str, documents: Sequence[str] = (), history: Sequence[str] = ()) -> Answer:
        """One answer; raises PolicyQAError."""

    def stream(self, question: str, documents: Sequence[str] = (), history: Sequence[str] = ()) -> Iterable[Answer]:
        """Parts of one answer, in order; their sum is the answer."""

    def search(self, question: str, k: int = 10, documents: Sequence[str] = ()) -> list[Hit]:
        """The `k` passages that fit a question best; raises PolicyQAError."""


class Desk:
    """Lends the assistant to one visitor's request at a time per thread, over the current index.

    After a rebuild whoever asks first opens the new one; until that is done, a second or so, the others get the one before,
    so that nobody waits for somebody else. An assistant whose index has been rebuilt is let go once its last borrower is done, so that a build never
    disturbs an answer under way and old files do not stay open.
    """

    def __init__(self, open_assistant: Callable[[], Answering]) -> None:
        """Opens the first assistant at once; raises what `open_assistant` raises."""
        self._open = open_assistant
        self._lock = threading.Lock()
        self._current = open_assistant()
        self._opening = False
        self._borrowed: dict[int, int] = {}

    @contextmanager
    def assistant(self) -> Iterator[Answering]:
        """The assistant over the current index, for as long as the block runs.

        Raises:
            PolicyQAError: the index was rebuilt and cannot be opened again.
        """
        with self._lock:
            mine = not self._opening and not self._current.index.is_current
            self._opening = self._opening or mine
        if mine:
            self._renew()
        with self._lock:
            lent = self._current
            self._borrowed[id(lent)] = self._borrowed.get(id(lent), 0) + 1
        try:
            yield lent
        finally:
            with self._lock:
                self._borrowed[id(lent)] -= 1
                if lent is not self._current:
                    self._close_if_free(lent)

    def _renew(self) -> None:
        try:
            fresh = self._open()
            with self._lock:
                stale, self._current = self._current, fresh
                self._close_if_free(stale)
        finally:
            self._opening = False

    def _close_if_free(self, assistant: Answering) -> None:
        if not self._borrowed.get(id(assistant)):
            self._borrowed.pop(id(assistant), None)
            assistant.index.close()
