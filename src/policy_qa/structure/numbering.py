"""What can be said of a numbering only when the whole scope is seen."""

from __future__ import annotations

from collections.abc import Sequence

from policy_qa.structure import grammar
from policy_qa.structure.containers import is_container
from policy_qa.structure.paragraphs import Paragraph

LOOK_AHEAD = 300
"""How many paragraphs ahead a missing number is looked for."""


def articles(
    paragraphs: Sequence[Paragraph], first: int, last: int, *, is_annex: bool
) -> tuple[dict[int, tuple[str, str]], list[str]]:
    """The điều among paragraphs `[first, last)`: label and title by paragraph, and warnings.

    A number that was left out or printed twice is kept with a warning; one that goes back is text (an amended điều
    quoted without marks). An annex begins with Điều 1: a cell of a table that names a điều is no provision.
    """
    found = []
    for i in range(first, last):
        match = None if paragraphs[i].quoted else grammar.ARTICLE.match(paragraphs[i].text)
        if match:
            found.append((i, int(match["number"]), match["suffix"], match["title"] or ""))
    where = {number: at for at, (_, number, _, _) in enumerate(found)}  # the last place of each number
    accepted: dict[int, tuple[str, str]] = {}
    warnings = []
    before = 0
    for at, (i, number, suffix, title) in enumerate(found):
        expected = number == before + 1 or (number == before and bool(suffix))
        gap = number > before + 1 and where.get(before + 1, -1) < at and (before > 0 or not is_annex)
        repeated = number == before and not suffix and not is_introduced(paragraphs, i)
        if not (expected or gap or repeated):
            if before:
                warnings.append(
                    f"“Điều {number}{suffix}” không hợp thứ tự sau Điều {before}; coi là lời văn, không phải một điều."
                )
            continue
        if gap and before:
            warnings.append(f"Không thấy Điều {before + 1}: sau Điều {before} là Điều {number}.")
        accepted[i] = (f"{number}{suffix}", title)
        before = number
    return accepted, warnings


def letter_parts(paragraphs: Sequence[Paragraph], first: int, last: int) -> set[int]:
    """The paragraphs that open parts `A.`, `B.` …; a lone letter is an initial, not a part."""
    run: list[int] = []
    expected = "A"
    for i in range(first, last):
        match = None if paragraphs[i].quoted else grammar.LETTER_PART.match(paragraphs[i].text)
        if match and match["label"] == expected:
            run.append(i)
            expected = chr(ord(expected) + 1)
    return set(run) if len(run) > 1 else set()


def is_introduced(paragraphs: Sequence[Paragraph], i: int) -> bool:
    """Whether the paragraph before announces what follows ("… như sau:")."""
    return i > 0 and paragraphs[i - 1].text.endswith(":")


class Clauses:
    """The numbers printed as khoản in a scope, to tell a defect of the numbering from a figure."""

    def __init__(self, paragraphs: Sequence[Paragraph], first: int, last: int) -> None:
        self._first = first
        self._numbers = [_clause_number(paragraph) for paragraph in paragraphs[first:last]]

    def defect(self, i: int, number: int, last: int) -> str | None:
        """A warning where the number at paragraph `i` is a clause though it breaks the sequence after `last`, else None.

        One number may have been left out, where it does not follow later; or printed twice (no warning here: the
        repeated label is told when addresses are given).
        """
        later = self._ahead(i)
        if number == last + 2 and last + 1 not in later:
            return f"Không thấy khoản {last + 1}: sau khoản {last} là khoản {number}."
        return "" if number == last and later[:1] == [last + 1] else None

    def restarts(self, i: int, number: int) -> bool:
        """Whether a list begins again at paragraph `i`: a 1 with a 2 behind it, not a figure at the start of a line."""
        return number == 1 and self._ahead(i)[:1] == [2]

    def _ahead(self, i: int) -> list[int]:
        window = self._numbers[i + 1 - self._first : i + 1 - self._first + LOOK_AHEAD]
        end = window.index(_BOUNDARY) if _BOUNDARY in window else len(window)
        return [number for number in window[:end] if number > 0]


_BOUNDARY = -1


def _clause_number(paragraph: Paragraph) -> int:
    """The number of the khoản that the paragraph may be; 0 for none, `_BOUNDARY` for a điều or container."""
    if paragraph.quoted:
        return 0
    if grammar.ARTICLE.match(paragraph.text) or is_container(paragraph.text):
        return _BOUNDARY
    match = grammar.CLAUSE.match(paragraph.text)
    return int(match["number"]) if match else 0
