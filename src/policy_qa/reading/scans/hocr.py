"""What Tesseract says of a page (hOCR with a box for every character), as plain values that can be kept in a file.

Source: "The hOCR Embedded OCR Workflow and Output Format", 1.2; Tesseract 5, `hocrrenderer.cpp`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, Self, TypeAlias, cast

from lxml import etree

from policy_qa.document import JSON

Edges: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels, origin top left."""

_LINES = frozenset({"ocr_line", "ocr_caption", "ocr_header", "ocr_textfloat"})
_STEEP, _UPRIGHT = 0.5, 100.0
_PRINTED = 0.8  # mean confidence; print of any quality has more
_PROPERTY = re.compile(r"(\w+)((?: -?[\d.]+(?:e[+-]?\d+)?)+)")


class Recognised(Protocol):
    """A word with the confidence (0 to 1) with which it was recognised."""

    @property
    def text(self) -> str: ...  # noqa: D102

    @property
    def confidence(self) -> float: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word: its confidence (0 to 1), and the places in it of glyphs that stand above the line."""

    text: str
    confidence: float
    box: Edges
    raised: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """The words of a line, the height of its letters from descender to ascender, and the line they stand on.

    All in pixels: at `x` its baseline is `base + slope * x` from the top.
    """

    words: tuple[Word, ...]
    size: float
    base: float
    slope: float

    @property
    def is_level(self) -> bool:
        """Whether it is written across the page; lines that run along its side have slopes in the hundreds."""
        return abs(self.slope) < _STEEP


@dataclass(frozen=True, slots=True)
class Sheet:
    """A recognised picture of `width` by `height` pixels: lines in Tesseract's order, and the rules drawn on it."""

    width: int
    height: int
    lines: tuple[TextLine, ...]
    rules: tuple[Edges, ...]

    @property
    def words(self) -> list[Word]:
        """All words, line by line."""
        return [word for line in self.lines for word in line.words]

    @property
    def confidence(self) -> float:
        """The mean over the characters of all words; 0 for none."""
        return mean_confidence(self.words)

    @property
    def stamps(self) -> list[Edges]:
        """The stamps of incoming mail: ruled boxes in the upper half, less than half as wide as the page, filled in by hand.

        Their lines do not meet, so what lies near each other is taken together.
        """
        near = max(self.width // 200, 2)
        groups: list[list[Edges]] = []
        for rule in self.rules:
            touching = [group for group in groups if any(_touch(rule, other, near) for other in group)]
            groups = [group for group in groups if group not in touching]
            groups.append([rule, *(other for group in touching for other in group)])
        frames = []
        for group in groups:
            lefts, tops, rights, bottoms = zip(*group, strict=True)
            left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
            is_frame = 0 < sum(is_lying(rule) for rule in group) < len(group)
            is_small = right - left < 0.45 * self.width and bottom - top < 0.2 * self.height
            if is_frame and is_small and top + bottom < self.height and self._is_stamp((left, top, right, bottom)):
                frames.append((left, top, right, bottom))
        return frames

    def _is_stamp(self, frame: Edges) -> bool:
        """Whether what stands in a frame was hardly read, or says that mail came in; a form's number is read well."""
        inside = [word for word in self.words if _is_in(word.box, frame)]
        return bool(inside) and (mean_confidence(inside) < _PRINTED or any("ĐẾN" in word.text for word in inside))

    @property
    def lies_on_its_side(self) -> bool:
        """Whether most of it is not written across the page."""
        level = sum(len(word.text) for line in self.lines if line.is_level for word in line.words)
        return 2 * level < sum(len(word.text) for word in self.words)

    def to_json(self) -> JSON:
        """Plain values, from which `from_json` makes an equal sheet."""
        lines: JSON = [
            [line.size, line.base, line.slope, [[w.text, w.confidence, *w.box, *w.raised] for w in line.words]]
            for line in self.lines
        ]
        return {"size": [self.width, self.height], "lines": lines, "rules": [list(rule) for rule in self.rules]}

    @classmethod
    def from_json(cls, plain: JSON) -> Self:
        """Raises ValueError, TypeError or KeyError for what `to_json` has not written."""
        values = cast(Mapping[str, Sequence[Sequence[float]]], plain)
        width, height = (int(cast(float, value)) for value in values["size"])
        if min(width, height) < 1:
            raise ValueError("a sheet without a size")
        lines = [
            TextLine(tuple(map(_word, words)), float(size), float(base), float(slope))
            for size, base, slope, words in cast(
                Sequence[tuple[float, float, float, Sequence[Sequence[JSON]]]], values["lines"]
            )
        ]
        rules = tuple(cast(Edges, tuple(map(int, rule))) for rule in values["rules"])
        return cls(width, height, tuple(lines), rules)


def _word(values: Sequence[JSON]) -> Word:
    text, confidence, *numbers = values
    whole = [int(cast(int, number)) for number in numbers]
    if not isinstance(text, str) or len(whole) < 4:
        raise ValueError("not a word")
    return Word(text, float(cast(float, confidence)), cast(Edges, tuple(whole[:4])), tuple(whole[4:]))


def mean_confidence(words: Iterable[Recognised]) -> float:
    """The mean over the characters of words, 0 to 1; 0 for no words."""
    weights = [(word.confidence * len(word.text), len(word.text)) for word in words]
    return sum(value for value, _ in weights) / max(sum(length for _, length in weights), 1)


def is_lying(rule: Edges) -> bool:
    """Whether a rule is drawn across the page."""
    return rule[2] - rule[0] > rule[3] - rule[1]


def _is_in(box: Edges, frame: Edges) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3]


def _touch(a: Edges, b: Edges, near: int) -> bool:
    return a[0] - near <= b[2] and b[0] - near <= a[2] and a[1] - near <= b[3] and b[1] - near <= a[3]


def parse_hocr(hocr: bytes) -> Sheet:
    """The lines and rules of a page in hOCR; raises ValueError for what is no hOCR."""
    try:
        root = etree.fromstring(hocr, etree.XMLParser(recover=True, no_network=True, resolve_entities=False))
    except etree.XMLSyntaxError as error:
        raise ValueError("no hOCR") from error
    page = next(_of_class(root, {"ocr_page"}), None) if root is not None else None
    if page is None:
        raise ValueError("no hOCR")
    left, top, right, bottom = _box(page)
    if right <= left or bottom <= top:
        raise ValueError("no hOCR")
    lines = map(_line, _of_class(page, _LINES))
    rules = tuple(_box(rule) for rule in _of_class(page, {"ocr_separator"}))
    return Sheet(right - left, bottom - top, tuple(line for line in lines if line.words), rules)


def _of_class(element: etree._Element, names: set[str] | frozenset[str]) -> Iterator[etree._Element]:
    return (found for found in element.iter() if found.get("class") in names)


def _text(element: etree._Element) -> str:
    return str(element.xpath("string()"))


def _properties(element: etree._Element) -> dict[str, list[float]]:
    return {name: [float(n) for n in numbers.split()] for name, numbers in _PROPERTY.findall(element.get("title", ""))}


def _box(element: etree._Element) -> Edges:
    return _edges(_properties(element).get("bbox", []))


def _edges(numbers: Sequence[float]) -> Edges:
    if len(numbers) != 4:
        raise ValueError("a box without its four edges")
    return cast(Edges, tuple(map(round, numbers)))


def _line(element: etree._Element) -> TextLine:
    found = _properties(element)
    left, top, right, bottom = _edges(found.get("bbox", []))
    slope, offset = found["baseline"][:2] if len(found.get("baseline", [])) > 1 else (0.0, 0.0)
    # A line that runs exactly along the side has no baseline that could be told.
    if "textangle" in found or ("baseline" not in found and bottom - top > right - left):
        slope = _UPRIGHT
    base = bottom + offset - slope * left
    size = (found.get("x_size") or [0.0])[0]
    body = size - sum((found.get(name) or [0.0])[0] for name in ("x_ascenders", "x_descenders"))
    words: list[Word] = []
    for word in _of_class(element, {"ocrx_word"}):
        text = "".join(_text(word).split())
        if not text:
            continue
        glyphs = [(_properties(c).get("x_bboxes", []), _text(c).strip()) for c in _of_class(word, {"ocrx_cinfo"})]
        raised: list[int] = []
        at = 0
        for box, letter in glyphs:
            if len(box) == 4 and _is_raised(box, base + slope * box[0], body):
                raised.extend(range(at, at + len(letter)))
            at += len(letter)
        confidence = (_properties(word).get("x_wconf") or [0.0])[0] / 100
        words.append(Word(text, confidence, _box(word), tuple(raised) if at == len(text) else ()))
    return TextLine(tuple(words), size, round(base, 1), slope)


def _is_raised(box: Sequence[float], baseline: float, body: float) -> bool:
    """Whether a glyph is a small figure above the line; `body` is the height of small letters without ascenders.

    Quotation marks stand there, too, but are lower than 0.6 of a small letter; note marks have nearly its height.
    """
    return baseline - box[3] > 0.4 * body and 0.6 * body < box[3] - box[1] < 1.4 * body
