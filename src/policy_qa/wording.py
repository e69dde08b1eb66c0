"""Whether a text of ours repeats the words of another: runs of words that two texts share.

Words are compared folded (lower case, no diacritics) and without punctuation, so that neither typography nor the
placement of tone marks hides a copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from policy_qa.reading.vietnamese import fold

_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    """The folded words of `text`, punctuation left out: `57-KL/TW` is three words."""
    return _WORD.findall(fold(text))


class SharedRuns:
    """Finds the runs of at least `length` words that a text shares with any of `sources`.

    Names in `exempt` (titles, mottos) are taken out of both sides first. What stood around a name moves together,
    so that a title in the middle does not hide that the words on both sides of it were copied.
    """

    def __init__(self, sources: Sequence[str], length: int, exempt: Sequence[str] = ()) -> None:
        self._length = length
        self._exempt: dict[str, list[list[str]]] = {}
        # Longest first: a nickname inside a title must not break the title apart.
        for name in sorted(filter(None, map(words_of, exempt)), key=len, reverse=True):
            self._exempt.setdefault(name[0], []).append(name)
        self._known = {run for source in sources for run in self._runs(self._without_names(words_of(source)))}

    def within(self, text: str) -> Iterator[list[str]]:
        """The longest shared stretches of `text`, as folded words, in reading order."""
        words = self._without_names(words_of(text))
        start: int | None = None
        for position, run in enumerate(self._runs(words)):
            if run in self._known:
                start = position if start is None else start
            elif start is not None:
                yield words[start : position + self._length - 1]
                start = None
        if start is not None:
            yield words[start:]

    def _runs(self, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        return (tuple(words[start : start + self._length]) for start in range(len(words) - self._length + 1))

    def _without_names(self, words: list[str]) -> list[str]:
        kept: list[str] = []
        position = 0
        while position < len(words):
            names = self._exempt.get(words[position], ())
            name = next((n for n in names if words[position : position + len(n)] == n), None)
            if name is None:
                kept.append(words[position])
            position += 1 if name is None else len(name)
        return kept
