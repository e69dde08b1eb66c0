"""What was recognised and is not writing: specks, rules, frames, seals and signatures, told by confidence, form and place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policy_qa.reading.pdf.rules import Grid
from policy_qa.reading.scans.fragments import Fragment, PlacedWord, Straightening
from policy_qa.reading.syllables import is_syllable

_SURE = 0.6  # nine words in ten that were read rightly have more
_DOUBTFUL = 0.3  # hardly any has less
_EVEN = 0.5
_CERTAIN = 0.9  # letters that stand alone are mostly specks
_TALL = 1.6  # of the usual height
_TOP, _BOTTOM = 0.905, 0.08  # parts of the page's height beyond which only page numbers and heads are printed

_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d[\d.,/:-]*%?")
_REFERENCE = re.compile(r"\d{1,5}(?:/\d{4})?/[A-ZĐƯ][A-ZĐƯa-zđ]*\d*(?:-[A-ZĐƯ][A-ZĐƯa-z]*)*")
_ABBREVIATION = re.compile(r"[A-ZĐƯ]{2,}(?:[-/][A-ZĐƯ]+)*|[IVX]{1,5}")
_AROUND = "()“”\"'.,;:…/"
_LABEL = re.compile(r"(?:\(?(?:[a-zđ]{1,2}\d?|\d{1,3}(?:\.\d{1,3})*)[.)]|[IVX]{1,5}[.)-]|[-–+•*])$")
_MAYBE_LABEL = re.compile(r"[-–.,'`]{0,2}[\w©®§&#$¡\[{|!]{1,3}[).,:\]}]{1,2}$")
_HEADING = re.compile(r"(?:Điều|Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN)$")
_DASH = re.compile(r"(?:[-–—~+•*_]|[-–—~_.]{2})$")
_DASHES = frozenset("-–+•*")
_ALIGNED = 4.0  # points
_SIGNS_WITHIN = frozenset("-–—&/=+×%<>≤≥±")


def written(
    rows: Sequence[Sequence[Fragment]], usual: float, place: Straightening, borders: Grid | None = None
) -> list[list[Fragment]]:
    """The rows without what is not writing.

    `usual` is the height of most lines in points, `borders` are those of tables, whose cells may hold a single letter.
    """
    found = [fragment for row in rows for fragment in row]
    for fragment in found:
        fragment.words = _without_noise(fragment.words)
    found = _without_specks([fragment for fragment in found if fragment.words])
    kept = {
        id(fragment)
        for fragment in found
        if _is_writing(fragment, usual) and (is_in_cell(fragment, borders) or not _is_alone(fragment, place))
    }
    cleaned = [[fragment for fragment in row if id(fragment) in kept] for row in rows]
    return [row for row in cleaned if row]


def is_wordlike(text: str) -> bool:
    """Whether a recognised word can be one: syllables, a number, a document's number, an abbreviation."""
    bare = text.strip(_AROUND)
    if not bare:
        return False
    if _NUMBER.fullmatch(bare) or _REFERENCE.fullmatch(bare) or _ABBREVIATION.fullmatch(bare):
        return True
    parts = _LETTERS.findall(bare)
    # Syllables may be joined by hyphens and stops, but by nothing else.
    return bool(parts) and all(map(is_syllable, parts)) and len(bare) - sum(map(len, parts)) < 2


def _without_noise(words: list[PlacedWord]) -> list[PlacedWord]:
    """Without signs that stand alone and words that are none at either end: rules, frames and specks are read as such."""
    while words and _is_end_noise(words[-1]) and not (len(words) == 1 and _is_start(words[0])):
        words = words[:-1]
    while words and not _is_start(words[0]) and _is_end_noise(words[0]):
        words = words[1:]
    return [
        word
        for i, word in enumerate(words)
        if i == 0 or word.raised or _has_letter(word.text) or _is_sign(word, in_middle=i < len(words) - 1)
    ]


def _is_start(word: PlacedWord) -> bool:
    """Whether it may be a label, a dash or the mark of a note, however badly read."""
    return bool(word.raised or _DASH.match(word.text) or _MAYBE_LABEL.match(word.text))


def _is_end_noise(word: PlacedWord) -> bool:
    if not _has_letter(word.text):
        return word.confidence < _SURE or not _is_sign(word, in_middle=False)
    if word.confidence >= _DOUBTFUL or word.text[0].isdigit():
        return False
    return len(word.text.strip(_AROUND)) < 2 or not is_wordlike(word.text)


def _is_sign(word: PlacedWord, *, in_middle: bool) -> bool:
    signs = _SIGNS_WITHIN if in_middle else frozenset("-–—")
    return word.text in signs and word.confidence >= (_DOUBTFUL if word.text in "-–—" else _SURE)


def _has_letter(text: str) -> bool:
    return any(map(str.isalnum, text))


def _without_specks(found: list[Fragment]) -> list[Fragment]:
    """Without what was read as a dash at the beginning of a line and is none.

    Where that is doubtful, a dash stands where other lines or other dashes begin, a speck before where they begin.
    """
    items = [f for f in found if len(f.words) > 1 and _DASH.match(f.words[0].text) and not f.words[0].raised]
    lines = [f.left for f in found if f not in items and len(f.words) > 3]
    sure = [f.left for f in items if f.words[0].confidence >= _SURE and f.words[0].text in _DASHES]
    for fragment in items:
        dash, after = fragment.words[:2]
        doubtful = dash.confidence < _SURE or dash.text not in _DASHES
        begins_there = _near(dash.left, sure) > 0 or (_near(dash.left, lines) > 1 and _near(after.left, lines) < 2)
        if _LABEL.match(after.text) or _HEADING.match(after.text) or (doubtful and not begins_there):
            fragment.words = fragment.words[1:]
        elif dash.text not in _DASHES:
            fragment.words[0] = replace(dash, text="-")
    return [f for f in found if _has_letter(f.text)]


def _near(place: float, others: Sequence[float]) -> int:
    return sum(abs(place - other) < _ALIGNED for other in others)


def _is_writing(fragment: Fragment, usual: float) -> bool:
    """Whether a fragment is more than what a stamp, a signature or dirt was read as."""
    total = sum(len(word.text) for word in fragment.words)
    wordlike = sum(len(word.text) for word in fragment.words if is_wordlike(word.text)) / total
    confidence = fragment.confidence
    if fragment.size > _TALL * usual and confidence < _SURE:
        return False
    return confidence >= _EVEN or (wordlike >= _SURE and (confidence >= _DOUBTFUL or len(fragment.words) > 2))


def is_in_cell(fragment: Fragment, borders: Grid | None) -> bool:
    """Whether it stands in a cell of a table with these borders."""
    if borders is None:
        return False
    return borders.cell((fragment.left + fragment.right) / 2, (fragment.bottom + fragment.top) / 2) is not None


def _is_alone(fragment: Fragment, place: Straightening) -> bool:
    """Whether it is a letter or two by itself, other than a page's number, and not surely read."""
    bare = fragment.text.strip(_AROUND)
    at_edge = not _BOTTOM * place.height < fragment.base < _TOP * place.height
    if bare.isdigit() and at_edge:
        return False
    if len(bare) < 2:
        return fragment.confidence < _CERTAIN
    return len(bare) < 3 and not bare.isdigit() and (at_edge or fragment.confidence < _SURE)
