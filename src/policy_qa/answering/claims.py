"""What a statement claims that can be looked up: figures, dates, document numbers, names; and whether sources hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from policy_qa.answering.figures import DOCUMENT_LABELS, Figure, bounds_agree, figures
from policy_qa.answering.names import names
from policy_qa.answering.readings import Reading, Sentence, dated, direction, directions_agree, points, same_names
from policy_qa.answering.sentences import sentences
from policy_qa.answering.tokens import Kind, tokens
from policy_qa.retrieval.lexicon import word_set

_PLACE_LABELS: Final = word_set("điều khoản điểm mục chương phần phụ_lục")
_NEAR: Final = 8


@dataclass(frozen=True)
class Claims:
    """What one sentence of a statement claims; positions are of its tokens."""

    sentence: Sentence
    figures: tuple[Figure, ...]
    dates: tuple[tuple[int, str, str], ...]
    """(at, date, direction)."""
    numbers: tuple[tuple[int, str], ...]
    names: tuple[tuple[int, int], ...]
    """(start, end)."""
    points: frozenset[str]

    def __len__(self) -> int:
        return len(self.figures) + len(self.dates) + len(self.numbers) + len(self.names) + len(self.points)

    def said(self, start: int, end: int) -> str:
        """The words of the tokens, as near to what was written as is known."""
        said = self.sentence.tokens[start:end]
        return " ".join(t.text.capitalize() if t.capital and t.kind is Kind.WORD else t.text for t in said)

    def name(self, start: int, end: int) -> str:
        """A name as words in one form."""
        return same_names(f" {' '.join(token.text for token in self.sentence.tokens[start:end])} ").strip()


def claims_of(said: str, *, english: bool = False) -> tuple[Claims, ...]:
    """The claims of a statement that is `spelled`, sentence by sentence.

    Args:
        said: the statement.
        english: whether it is English: what is counted, and bodies, have other names in the sources.
    """
    parts = (span.of(said) for span in sentences(said, 0, len(said)))
    return tuple(_claims(Sentence(found), part, english=english) for part in parts if (found := tuple(tokens(part))))


def _claims(sentence: Sentence, said: str, *, english: bool) -> Claims:
    counted = (
        figure
        for figure in figures(sentence.tokens)
        if (figure.value, figure.unit) != _ONCE and not (figure.at and sentence.tokens[figure.at - 1].text == "cả")
    )
    placed = tuple(enumerate(sentence.tokens))
    return Claims(
        sentence,
        tuple(replace(figure, noun="") if english else figure for figure in counted),
        tuple((at, t.text, direction(sentence.tokens, at)) for at, t in placed if t.kind is Kind.DATE),
        tuple((at, t.text) for at, t in placed if t.kind is Kind.NUMBER),
        () if english else tuple(names(sentence.tokens)),
        frozenset(points(said)),
    )


_ONCE: Final = (1, "lần")  # "ba tháng một lần" claims the three months; "cả hai văn bản" counts what is cited


def not_held(claims: Claims, readings: Sequence[Reading]) -> Iterator[str]:
    """One Vietnamese sentence for every claim that no source holds."""
    every = [sentence for reading in readings for sentence in reading.all]
    for figure in claims.figures:
        if not any(holds_figure(sentence, figure) for sentence in every) and not _labelled(figure, readings):
            yield f"Nguồn dẫn không có số liệu “{claims.said(figure.at, figure.end + bool(figure.noun))}”."
    yield from _dates_not_held(claims, every)
    yield from _numbers_not_held(claims, readings)
    for start, end in claims.names:
        name = claims.name(start, end)
        if not any(reading.has(name) for reading in readings) and not _apart(name, every):
            yield f"Nguồn dẫn không nhắc đến “{claims.said(start, end)}”."
    for letter in sorted(claims.points):
        if not any(("điểm", letter) in reading.labels or ("", letter) in reading.labels for reading in readings):
            yield f"Nguồn dẫn không có điểm {letter}."


def _dates_not_held(claims: Claims, every: Sequence[Sentence]) -> Iterator[str]:
    for _, date, way in claims.dates:
        if not any(holds_date(sentence, date, way) for sentence in every):
            yield f"Nguồn dẫn không có mốc thời gian “{_written(date)}” như câu trả lời nêu."
    for (_, start, one), (_, end, other) in pairwise(claims.dates):
        period = (one, other) == ("from", "until")
        if period and not any(_holds_period(sentence, start, end) for sentence in every):
            yield f"Nguồn dẫn không có khoảng thời gian từ {_written(start)} đến {_written(end)}."


def _holds_period(sentence: Sentence, start: str, end: str) -> bool:
    """Whether the sentence states the period: as one, or by these two dates alone."""
    ways = {"from": {start}, "until": {end}}
    said = [date for date, way in sentence.dates if any(date.startswith(day) for day in ways.get(way, (start, end)))]
    whole = len(said) == len(sentence.dates) or any(
        (one, other) == ("from", "until") and first.startswith(start) and last.startswith(end)
        for (first, one), (last, other) in pairwise(sentence.dates)
    )
    return whole and all(any(date.startswith(day) for date in said) for day in (start, end))


def _numbers_not_held(claims: Claims, readings: Sequence[Reading]) -> Iterator[str]:
    numbers = {number for reading in readings for number in reading.numbers}
    for _, number in claims.numbers:
        if number not in numbers and not any(other.startswith(f"{number}-") for other in numbers):
            yield f"Nguồn dẫn không có số, ký hiệu văn bản “{number.upper()}”."
    dates = {pair for reading in readings for pair in reading.dated}
    for number, date in dated(claims.sentence.tokens):
        if (number, date) not in dates and any(number == other for other, _ in dates):
            yield f"Trong nguồn dẫn, văn bản “{number.upper()}” mang ngày khác."


_POSTS: Final = (
    "phó chủ tịch", "chủ tịch", "phó giám đốc", "giám đốc", "phó trưởng ban", "trưởng ban", "bộ trưởng", "thứ trưởng",
)  # fmt: skip


def _apart(name: str, every: Sequence[Sentence]) -> bool:
    """Whether a sentence names post and body apart: "Hội đồng … do ông A làm Chủ tịch"."""
    post = next((post for post in _POSTS if name.startswith(f"{post} ")), None)
    if post is None:
        return False
    body = name.removeprefix(post).strip()
    return any(f" {post} " in sentence.spaced and f" {body} " in sentence.spaced for sentence in every)


def _written(iso: str) -> str:
    return "/".join(part.lstrip("0") for part in reversed(iso.split("-")) if part)


def holds_figure(sentence: Sentence, figure: Figure) -> bool:
    """Whether the sentence states the figure: value, unit and bound, or the label that makes it a name."""
    if figure.label in DOCUMENT_LABELS:
        digits = f"{figure.value:.0f}"
        return any(re.match(rf"0*{digits}(?!\d)", number) for number in sentence.numbers) or any(
            other.value == figure.value and other.label in DOCUMENT_LABELS for other in sentence.figures
        )
    if figure.label in ("ngày", "tháng"):
        part = f"-{figure.value:02.0f}"
        whole = [date for date, _ in sentence.dates if len(date) > 4]
        if any(date.endswith(part) if figure.label == "ngày" else part in date for date in whole):
            return True
    if 1900 <= figure.value < 2100 and any(date.startswith(f"{figure.value:.0f}") for date, _ in sentence.dates):
        return True
    return any(_same(sentence, figure, other) for other in sentence.figures)


def _same(sentence: Sentence, figure: Figure, other: Figure) -> bool:
    if other.value != figure.value or other.unit != figure.unit or not bounds_agree(figure.bound, other.bound):
        return False
    if figure.label:
        return other.label == figure.label
    if other.label or figure.unit or not figure.noun:
        return not other.label
    # what is counted stands near the figure in the source, too
    near = sentence.tokens[other.end : other.end + _NEAR]
    return any(token.text == figure.noun or token.text in _COUNTED_ALIKE.get(figure.noun, ()) for token in near)


_COUNTED_ALIKE: Final = {
    "địa": ("tỉnh", "thành"),
    "tỉnh": ("địa",),
    "nhiệm": ("giải", "nhóm"),
    "nhóm": ("nhiệm",),
    "cán": ("người", "công"),
    "người": ("cán", "thành", "đồng", "trẻ"),
    "thành": ("tỉnh", "người"),
    "hình": ("cách", "phương"),
    "nội": ("điểm",),
    "cuốn": ("đầu",),
    "văn": ("căn",),
}


def _labelled(figure: Figure, readings: Sequence[Reading]) -> bool:
    """Whether a line of a source bears the label: "2." for khoản 2."""
    if figure.label not in _PLACE_LABELS or figure.label == "điều":
        return False
    label = f"{figure.value:g}"
    return any(("", label) in reading.labels or ("", _roman(figure.value)) in reading.labels for reading in readings)


def _roman(value: float) -> str:
    rest, written = int(value), ""
    for amount, letters in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        written += letters * (rest // amount)
        rest %= amount
    return written


def holds_date(sentence: Sentence, date: str, way: str) -> bool:
    """Whether the sentence states the date, or a fuller one, in the same direction."""
    for other, its_way in sentence.dates:
        same = other == date or other.startswith(f"{date}-") or (date.startswith("--") and other.endswith(date[1:]))
        if same and directions_agree(way, its_way):
            return True
    if len(date) == 4:
        return any(f"/{date}/" in number for number in sentence.numbers)
    return False
