"""Reads a source once: its sentences with all that statements are compared with, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from policy_qa.answering.figures import Figure, figures
from policy_qa.answering.modality import STOP, Modality, Mode, modality
from policy_qa.answering.sentences import sentences
from policy_qa.answering.tokens import Kind, Token, spelled, tokens
from policy_qa.retrieval.lexicon import word_set

_LINE_LABEL: Final = re.compile(r"^\s*(?:(\d{1,3}(?:\.\d{1,2})*|[IVXL]{1,6})[.\-)/]|([a-zđ])\))(?=\s|$)")
_POINT: Final = re.compile(
    r"(?<!thời )(?<!địa )(?<!quan )(?<!đặc )[Đđ]iểm\s+([a-zđ](?:\s*,\s*[a-zđ](?!\w))*(?:\s+và\s+[a-zđ])?)(?!\w)"
)
_LETTER: Final = re.compile(r"(?<!\w)[a-zđ](?!\w)")
_HEADING: Final = re.compile(r"^\s*(?:Điều|Khoản|Mục|Chương|Phần|[IVXL]+\.|\d{1,3}\.)\s")
_PARTED: Final = re.compile(r"(?<=;)\s+(?=[^\W\d])")
SHORTEST: Final = 4
"""So many content words make a clause that can be compared."""


@dataclass(frozen=True)
class Sentence:
    """One sentence, read: its tokens, and what is compared of them."""

    tokens: tuple[Token, ...]
    lead: Mode = Mode.PLAIN
    """What the words above say of it: "Nghiêm cấm các hành vi sau đây:"."""
    above: str = ""
    """The words that its subject may be in, `spaced`: of the line above its list, of the part before a semicolon."""

    @cached_property
    def spaced(self) -> str:
        """The words in one form, each between two spaces."""
        return same_names(f" {' '.join(token.text for token in self.tokens)} ")

    @cached_property
    def modality(self) -> Modality:
        """Its negation and modality."""
        return modality(self.tokens)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The words that carry a claim, in order; figures, dates and numbers are looked up apart."""
        taken = self.modality.taken
        counted = {at for figure in self.figures for at in range(figure.at, figure.end)}
        return tuple(
            token.text
            for at, token in enumerate(self.tokens)
            if token.kind is Kind.WORD and at not in taken and token.text not in STOP and at not in counted
        )

    @cached_property
    def words(self) -> frozenset[str]:
        """The content words as a set."""
        return frozenset(self.content)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring content words."""
        return frozenset(pairwise(self.content))

    @cached_property
    def clauses(self) -> tuple[Sentence, ...]:
        """Its clauses, where it has several."""
        parts = clauses(self.tokens, 2)
        return (
            tuple(Sentence(self.tokens[start:end], self.lead, self.above) for start, end in parts)
            if len(parts) > 1
            else ()
        )

    @cached_property
    def figures(self) -> list[Figure]:
        """All that may be figures in it."""
        return figures(self.tokens, loose=True)

    @cached_property
    def dates(self) -> list[tuple[str, str]]:
        """Its dates with what stands before them: "từ", "đến", "trước", "sau" or ""."""
        return [
            (token.text, direction(self.tokens, at)) for at, token in enumerate(self.tokens) if token.kind is Kind.DATE
        ]

    @cached_property
    def numbers(self) -> list[str]:
        """Its document numbers."""
        return [token.text for token in self.tokens if token.kind is Kind.NUMBER]


def clauses(said: Sequence[Token], shortest: int = SHORTEST) -> list[tuple[int, int]]:
    """The clauses of a sentence as (start, end), parted by marks; ones with fewer words belong to the one before."""
    cuts = [at for at, token in enumerate(said) if token.text in _CUTS or _new_subject(said, at)]
    found: list[tuple[int, int]] = []
    start = 0
    for cut in (*cuts, len(said)):
        counted = sum(token.kind is Kind.WORD and token.text not in STOP for token in said[start:cut])
        if counted < shortest and not found and cut < len(said):
            continue
        if counted < shortest and found:
            found[-1] = (found[-1][0], cut)
        elif cut > start:
            found.append((start, cut))
        start = cut + 1
    return found


_CUTS: Final = frozenset(",;")


def _new_subject(said: Sequence[Token], at: int) -> bool:
    """Whether "và" at the token joins two statements, each with a figure: "A họp 3 tháng một lần và B báo cáo 6 tháng một lần"."""
    return (
        said[at].text == "và"
        and at + 1 < len(said)
        and said[at + 1].capital
        and all(any(t.kind is Kind.FIGURE for t in side) for side in (said[:at], said[at:]))
    )


def fit(clause: Sentence, source: Sentence) -> float:
    """How much of the clause the source's sentence holds, 0 to 1: its words, and its words in pairs."""
    if not clause.words:
        return 0.0
    words = len(clause.words & source.words) / len(clause.words)
    pairs = len(clause.pairs & source.pairs) / len(clause.pairs) if clause.pairs else words
    return (2 * words + pairs) / 3


class Reading:
    """A source, read once: the sentences of its text and of what stands around it."""

    def __init__(self, text: str, around: str) -> None:
        self.sentences = _sentences(spelled(text), _lead(around))
        self.around = _sentences(spelled(around), Mode.PLAIN)
        self.labels = _labels(f"{around}\n{text}")
        self._spaced = " | ".join(sentence.spaced for sentence in (*self.sentences, *self.around))

    @property
    def all(self) -> tuple[Sentence, ...]:
        """Text and surroundings."""
        return (*self.sentences, *self.around)

    def has(self, words: str) -> bool:
        """Whether the words, in one form, follow each other somewhere."""
        return f" {same_names(f' {words} ').strip()} " in self._spaced

    @cached_property
    def dated(self) -> frozenset[tuple[str, str]]:
        """Document numbers with the date right behind them."""
        return frozenset(pair for sentence in self.all for pair in dated(sentence.tokens))

    @cached_property
    def numbers(self) -> frozenset[str]:
        """Every document number."""
        return frozenset(number for sentence in self.all for number in sentence.numbers)


@lru_cache(maxsize=512)
def read(text: str, around: str) -> Reading:
    """The source's reading; several statements are checked against the same sources."""
    return Reading(text, around)


def _sentences(text: str, lead: Mode) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    above, listing, over = lead, False, ""
    for said, first in _parts(text):
        item = bool(_LINE_LABEL.match(said)) or said[:1] in "-+•"
        if listing and not item and not (found and found[-1].tokens[-1].text in ":;,"):
            above, listing, over = lead, False, ""
        before = found[-1].spaced if found and not first and not said[:1].isupper() else ""
        sentence = Sentence(tuple(tokens(said)), above, over + before)
        if not sentence.tokens:
            continue
        found.append(sentence)
        if said.endswith(":") or (_HEADING.match(said) and said[-1] not in ".;"):
            above, listing = _last_mode(sentence) or lead, said.endswith(":") or listing
            over = sentence.spaced if listing else ""
    return tuple(found)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The sentences, parted once more at semicolons, and whether each is the first of its sentence."""
    for span in sentences(text, 0, len(text)):
        parts = [part for part in _PARTED.split(span.of(text)) if part.strip()]
        yield from ((part, at == 0) for at, part in enumerate(parts))


def _lead(around: str) -> Mode:
    """A prohibition that the headings state: "Điều 9. Các hành vi bị nghiêm cấm"."""
    for line in reversed(spelled(around).splitlines()):
        for marker in reversed(modality(tokens(line)).markers):
            if marker.mode in (Mode.MUST_NOT, Mode.NOT):
                return marker.mode
    return Mode.PLAIN


def _last_mode(sentence: Sentence) -> Mode:
    strong = [m.mode for m in sentence.modality.markers if m.mode is not Mode.GETS]
    if not strong and any(phrase in sentence.spaced for phrase in (" yêu cầu ", " trách nhiệm ", " nghĩa vụ ")):
        return Mode.DUTY
    return strong[-1] if strong else Mode.PLAIN


def _labels(text: str) -> frozenset[tuple[str, str]]:
    """Points by letter, and what labels a line: (level or "", label)."""
    found: set[tuple[str, str]] = set()
    for line in text.splitlines():
        if match := _LINE_LABEL.match(line):
            found.add(("", (match[1] or match[2]).lower()))
    found.update(("điểm", letter) for letter in points(text))
    return frozenset(found)


def points(text: str) -> Iterator[str]:
    """The letters of the points that a text names: "các điểm a, b và d"."""
    for letters in _POINT.findall(text):
        yield from _LETTER.findall(letters)


_SAME_NAMES: Final = (
    (" thủ tướng chính phủ ", " thủ tướng "),
    (" nhân dân cấp ", " nhân dân "),
    (" nhân dân các ", " nhân dân "),
    (" tp ", " thành phố "),
)


def same_names(spaced: str) -> str:
    """Spaced words in which bodies that bear a longer and a shorter name have the shorter."""
    for long, short in _SAME_NAMES:
        if long in spaced:
            spaced = spaced.replace(long, short)
    return spaced


_DIRECTIONS: Final = {
    "trước": "before", "before": "before", "sau": "after", "after": "after", "từ": "from", "from": "from",
    "đến": "until", "tới": "until", "until": "until", "-": "until", "to": "until",
}  # fmt: skip
_PASSED: Final = word_set("ngày năm tháng hết cuối đầu quý the year")


def direction(said: Sequence[Token], at: int) -> str:
    """What is said of the date at token `at`: from, until, before, after, latest, or "" for on."""
    before = at - 1
    while before >= 0 and (said[before].text in _PASSED):
        before -= 1
    if before < 0:
        return ""
    word = said[before].text
    if word == "nhất" and said[before - 1].text in ("chậm", "muộn"):
        return "latest"
    if word == "-" and said[before - 1].kind is not Kind.DATE:
        return ""
    found = _DIRECTIONS.get(word, "")
    following = said[at + 1].text if at + 1 < len(said) else ""
    return "from" if not found and following == "-" else found


def dated(said: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Every document number with the full date right behind it: "1079/QĐ-TTg ngày 14/9/2022"."""
    for at, token in enumerate(said):
        if token.kind is Kind.NUMBER:
            behind = next((t.text for t in said[at + 1 : at + 4] if t.kind is Kind.DATE and len(t.text) == FULL), "")
            between = said[at + 1].text if at + 1 < len(said) else ""
            if behind and between in ("ngày", "(", behind):
                yield token.text, behind


FULL: Final = len("2022-09-14")
"""Characters of a date with day, month and year."""
_DIRECTIONS_AGREE: Final = {
    frozenset(pair) for pair in (("", "from"), ("", "until"), ("latest", "until"), ("latest", "before"))
}


def directions_agree(one: str, other: str) -> bool:
    """Whether two directions of a date may stand for each other."""
    return one == other or frozenset((one, other)) in _DIRECTIONS_AGREE
