"""Word's automatic numbers, counted as Word counts them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from lxml.etree import _Element

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # numFmt: decimal, lowerLetter, upperRoman, bullet …
    pattern: str  # lvlText: "Điều %1."
    start: int


class Numbering:
    """Counts the numbered paragraphs of one document, in reading order."""

    def __init__(self, document: WordDocument) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles: dict[str | None, tuple[str, int] | None] = {}
        try:
            root: _Element = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {_value(a, "abstractNumId"): _levels(a) for a in root.findall(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            link = number.find(qn("w:abstractNumId"))
            key = (link.get(qn("w:val")) if link is not None else "") or ""
            levels = dict(abstract.get(key, {}))
            for change in number.findall(qn("w:lvlOverride")):
                restart, at = change.find(qn("w:startOverride")), int(_value(change, "ilvl") or 0)
                if restart is not None and at in levels:
                    old = levels[at]
                    levels[at] = _Level(old.form, old.pattern, int(restart.get(qn("w:val")) or 1))
                    key = f"{key}/{_value(number, 'numId')}"  # counts for itself
            self._lists[_value(number, "numId")] = (key, levels)

    def label(self, paragraph: Paragraph) -> str:
        """The number Word prints before `paragraph`, with a blank after it; empty where it has none."""
        where = self._place(paragraph)
        if where is None or where[0] not in self._lists:
            return ""
        key, levels = self._lists[where[0]]
        at = where[1]
        if at not in levels:
            return ""
        counts = self._counts.setdefault(key, {})
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]
        if levels[at].form == "bullet":
            return "- "
        if levels[at].form == "none":
            return ""
        printed = re.sub(r"%(\d)", lambda found: _printed(int(found[1]) - 1, counts, levels), levels[at].pattern)
        return f"{printed} " if printed.strip() else ""

    def _place(self, paragraph: Paragraph) -> tuple[str, int] | None:
        """List id and level, from the paragraph or from its style; id 0 switches numbering off."""
        if not self._lists:
            return None
        properties: _Element | None = paragraph._p.find(qn("w:pPr"))
        own = _reference(properties)
        if own is None:
            key = paragraph._p.style
            if key not in self._styles:
                self._styles[key] = _of_style(paragraph)
            own = self._styles[key]
        return None if own is None or own[0] == "0" else own


def _of_style(paragraph: Paragraph) -> tuple[str, int] | None:
    style = paragraph.style
    while style is not None:
        found = _reference(style.element.pPr)
        if found is not None:
            return found
        style = getattr(style, "base_style", None)
    return None


def _reference(properties: _Element | None) -> tuple[str, int] | None:
    """What `w:numPr` says: list id and level."""
    numbered = properties.find(qn("w:numPr")) if properties is not None else None
    number = numbered.find(qn("w:numId")) if numbered is not None else None
    if numbered is None or number is None:
        return None
    level = numbered.find(qn("w:ilvl"))
    return _value(number, "val"), int(_value(level, "val") or 0) if level is not None else 0


def _printed(at: int, counts: Mapping[int, int], levels: Mapping[int, _Level]) -> str:
    if at not in levels:
        return ""
    return _FORMS.get(levels[at].form, str)(counts.get(at, levels[at].start))


def _value(element: _Element, name: str) -> str:
    return element.get(qn(f"w:{name}")) or ""


def _levels(abstract: _Element) -> dict[int, _Level]:
    levels = {}
    for level in abstract.findall(qn("w:lvl")):
        form, pattern, start = (level.find(qn(f"w:{name}")) for name in ("numFmt", "lvlText", "start"))
        levels[int(_value(level, "ilvl") or 0)] = _Level(
            (form.get(qn("w:val")) if form is not None else None) or "decimal",
            (pattern.get(qn("w:val")) if pattern is not None else None) or "",
            int((start.get(qn("w:val")) if start is not None else None) or 1),
        )
    return levels


def _letter(count: int) -> str:
    """A … z, aa, bb …: Word repeats the letter; đ is not in its list."""
    return _LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        text += sign * (count // value)
        count %= value
    return text


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
}
