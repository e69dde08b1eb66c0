"""What Tesseract says of a page (hOCR with a box for every character), as plain values that can be kept in a file.

Source: "The hOCR Embedded OCR Workflow and Output Format", 1.2; Tesseract 5, `hocrrenderer.cpp`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias, cast

from lxml import etree

from policy_qa.document import JSON

Edges: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels, origin top left."""

_LINES = frozenset({"ocr_line", "ocr_caption", "ocr_header", "ocr_textfloat"})
_PROPERTY = re.compile(r"(\w+)((?: -?[\d.]+)+)")


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

    def to_json(self) -> JSON:
        """Plain values, from which `from_json` makes an equal sheet."""
        lines = [
            [line.size, line.base, line.slope, [[w.text, w.confidence, *w.box, *w.raised] for w in line.words]]
            for line in self.lines
        ]
        return {"size": [self.width, self.height], "lines": lines, "rules": [list(rule) for rule in self.rules]}

    @classmethod
    def from_json(cls, plain: JSON) -> Self:
        """Raises ValueError, TypeError or KeyError for what `to_json` has not written."""
        values = cast(Mapping[str, Sequence[Sequence[float]]], plain)
        width, height = (int(cast(float, value)) for value in values["size"])
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


def parse_hocr(hocr: bytes) -> Sheet:
    """The lines that are written horizontally; raises ValueError for what is no hOCR."""
    try:
        root = etree.fromstring(hocr, etree.XMLParser(recover=True, no_network=True, resolve_entities=False))
    except etree.XMLSyntaxError as error:
        raise ValueError("no hOCR") from error
    page = next(_of_class(root, {"ocr_page"}), None) if root is not None else None
    if page is None:
        raise ValueError("no hOCR")
    left, top, right, bottom = _box(page)
    lines = [_line(line) for line in _of_class(page, _LINES) if "textangle" not in _properties(line)]
    rules = tuple(_box(rule) for rule in _of_class(page, {"ocr_separator"}))
    return Sheet(right - left, bottom - top, tuple(line for line in lines if line.words), rules)


def _of_class(element: etree._Element, names: set[str] | frozenset[str]) -> Iterator[etree._Element]:
    return (found for found in element.iter() if found.get("class") in names)


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
    left, _, _, bottom = _edges(found.get("bbox", []))
    slope, offset = (found.get("baseline", []) + [0.0, 0.0])[:2]
    base = bottom + offset - slope * left
    size = (found.get("x_size") or [0.0])[0]
    body = size - sum((found.get(name) or [0.0])[0] for name in ("x_ascenders", "x_descenders"))
    words: list[Word] = []
    for word in _of_class(element, {"ocrx_word"}):
        text = "".join("".join(word.itertext()).split())
        if not text:
            continue
        glyphs = [
            (_properties(c).get("x_bboxes", []), "".join(c.itertext()).strip())
            for c in _of_class(word, {"ocrx_cinfo"})
        ]
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
