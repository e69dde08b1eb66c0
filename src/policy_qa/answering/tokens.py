"""Reads a text into words, dates and document numbers, each in one form however it is written.

What two texts claim can then be compared word by word: `UBND` is read as "ủy ban nhân dân", `14/9/2022` and "ngày 14 tháng
9 năm 2022" as one date, `57 – KL/TW` as one number. A language has few syllables, so each is looked up rather than cut anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from policy_qa.citing.dates import dates
from policy_qa.citing.kinds import CODE_KINDS
from policy_qa.document import Span
from policy_qa.reading.vietnamese import nfc, normalise_tone
from policy_qa.retrieval.lexicon import FOLDER, Lexicon, words

_DASHES: Final = re.compile("[‐‑‒–—−]")
_MOST_KNOWN: Final = 50_000

_CODES = "|".join(re.escape(code) for code, _ in CODE_KINDS if len(code) > 1)
# "1079/QĐ-TTg", "72/2015/NĐ-CP", "57-KL/TW", "5768/BTTTT-TTĐN"; the codes of kinds also in small letters.
_NUMBER = (
    r"(?<![\w/.,-])\d{1,5}(?:[a-zđ]|\.\d{1,2}(?=/(?:19|20)\d\d))?(?:/(?:19|20)\d\d)?"
    rf"(?:\s?[/-]\s?(?:[A-ZĐ][A-ZĐa-z]*\d{{0,2}}|(?i:{_CODES}))(?!\w))(?:\s?[/-]\s?(?:[A-ZĐ][A-ZĐa-z]*\d{{0,2}}|(?i:tw|cp|ttg|qh\d\d))(?!\w))*"
)
# What is dated without a day or without a year; full dates are read by `citing.dates`.
_PARTIAL = (
    r"(?<![\w/.,-])(?<!quý )(?P<m>0?[1-9]|1[0-2])(?:\s?/\s?|(?<=tháng \d)\s+năm\s+|(?<=tháng \d\d)\s+năm\s+)"
    r"(?P<y>(?:19|20)\d\d)(?![\w/])(?![.,-]\d)"
    r"|(?<=ngày )(?P<d2>0?[1-9]|[12]\d|3[01])(?:\s?[/-]\s?|\s+tháng\s+)(?P<m2>0?[1-9]|1[0-2])(?![\w/%])(?![.,]\d)"
    r"|(?<![\w/.,])(?P<y3>(?:19|20)\d\d)(?![\w/%])(?![.,]\d)"
)
_TOKEN: Final = re.compile(
    r"(?P<word>[^\W\d_]+)|(?P<mark>[^\w\s])|"
    rf"(?=\d)(?:(?P<number>{_NUMBER})|(?P<partial>{_PARTIAL})|(?P<figure>\d+(?:[.,]\d+)*))"
)


class Kind(StrEnum):
    """What a token is."""

    WORD = "word"
    FIGURE = "figure"
    DATE = "date"
    NUMBER = "number"
    MARK = "mark"


class Token(NamedTuple):
    """One token: `text` is its one form (lower case, new tone placement; ISO of a date), `capital` how it began."""

    kind: Kind
    text: str
    capital: bool


@lru_cache(maxsize=1)
def _abbreviations() -> Lexicon:
    return Lexicon((FOLDER,), ["abbreviation"])


class _Read(dict[str, tuple[str, ...]]):
    """Words as typed → the words they stand for; filled as words come by."""

    def __missing__(self, typed: str) -> tuple[str, ...]:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        lower = normalise_tone(typed.lower())
        found: tuple[str, ...] = (lower,)
        if len(typed) > 1 and typed not in _NO_ABBREVIATION:
            said = words(typed)
            longer = _abbreviations().expansions(said, english=False, folded=False) if len(said) == 1 else ()
            if longer:
                found = tuple(word.lower for word in words(longer[0].alternatives[0]))
        self[typed] = found
        return found


_NO_ABBREVIATION: Final = frozenset({"Tp", "tp"})
_READ: Final = _Read({"Tp": ("thành", "phố"), "tp": ("thành", "phố")})


def spelled(text: str) -> str:
    """NFC with one kind of dash and the commonest broken abbreviation mended; offsets may differ from `text`'s."""
    return _DASHES.sub("-", nfc(text)).replace("T.Ư", "TW").replace("T.W", "TW")


def tokens(text: str) -> list[Token]:
    """All tokens of `text`, which is `spelled`, in order."""
    dated = dates(text)
    found: list[Token] = []
    at = 0
    for span, iso in dated:
        if span.start >= at:
            found += _plain(text, at, span.start)
            found.append(Token(Kind.DATE, iso, False))
            at = span.end
    found += _plain(text, at, len(text))
    return found


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    word_kind, mark_kind = Kind.WORD, Kind.MARK
    for match in _TOKEN.finditer(text, start, end):
        group, typed = match.lastgroup, match[0]
        if group == "word":
            capital = typed[0].isupper()
            for word in _READ[typed]:
                yield Token(word_kind, word, capital)
        elif group == "mark":
            yield Token(mark_kind, typed, False)
        elif match["number"]:
            yield Token(Kind.NUMBER, "".join(typed.split()).lower(), True)
        elif match["partial"]:
            yield Token(Kind.DATE, _partial(match), False)
        else:
            yield Token(Kind.FIGURE, typed, False)


def _partial(match: re.Match[str]) -> str:
    if match["y"]:
        return f"{match['y']}-{int(match['m']):02}"
    if match["d2"]:
        return f"--{int(match['m2']):02}-{int(match['d2']):02}"
    return match["y3"]


# --- quotation marks ----------------------------------------------------------------------------------------------

_QUOTED: Final = re.compile(r"“([^”]*)(?:”|$)|\"([^\"]*)(?:\"|$)|«([^»]*)(?:»|$)|‘([^’]*)’")


def quotations(text: str) -> Iterator[tuple[Span, str]]:
    """What stands in quotation marks, a mark that is never closed quoting all that follows."""
    for match in _QUOTED.finditer(text):
        yield Span(match.start(), match.end()), next(group for group in match.groups() if group is not None)
