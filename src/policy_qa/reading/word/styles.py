"""Word's styles, as far as they change what is printed: fonts, hidden text, capitals, headings, numbering (ECMA-376 part 1, 17.7)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from lxml.etree import _Element

from policy_qa.reading.word.package import W

_HEADING: Final = re.compile(r"(?:heading|tiêu đề|đề mục)\s*(\d)", re.IGNORECASE)
_CONTENTS: Final = re.compile(r"(?:toc \d|table of figures$|mục lục \d)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"-?\d{1,9}")
_VAL, _FONTS, _VANISH, _CAPS = (f"{W}{name}" for name in ("val", "rFonts", "vanish", "caps"))
_FONT_KINDS: Final = tuple((f"{W}{kind}Theme", f"{W}{kind}") for kind in ("hAnsi", "ascii"))
_MAX_DEPTH: Final = 40
"""Styles that a style may be based on; Word allows eleven."""

Settings: TypeAlias = Mapping[str, _Element]
"""The children of an element that holds settings (`w:pPr`, `w:lvl` …), by their names."""


@dataclass(frozen=True, slots=True)
class Look:
    """How letters look: the name of their font, whether they are hidden, whether small ones are printed as capitals.

    None where nothing is said, and what is said further out holds.
    """

    font: str | None = None
    hidden: bool | None = None
    capitals: bool | None = None

    def over(self, outer: Look) -> Look:
        """This look, and for what it does not say the `outer` one."""
        return Look(
            outer.font if self.font is None else self.font,
            outer.hidden if self.hidden is None else self.hidden,
            outer.capitals if self.capitals is None else self.capitals,
        )


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Which list a paragraph counts in, and on which of its levels (from 0); None where nothing is said."""

    number: str | None = None
    level: int | None = None

    def over(self, outer: ListPlace) -> ListPlace:
        """This place, and for what it does not say the `outer` one."""
        return ListPlace(
            outer.number if self.number is None else self.number, outer.level if self.level is None else self.level
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits. `line` are the ids of the styles it is made of, itself first."""

    line: tuple[str, ...] = ()
    look: Look = Look()
    place: ListPlace = ListPlace()
    depth: int | None = None
    is_contents: bool = False


class Styles:
    """The styles of one document; `root` is the part `styles.xml`, None where there is none."""

    def __init__(self, root: _Element | None) -> None:
        self._elements: dict[str, _Element] = {}
        self._resolved: dict[str, Style] = {}
        self._default: str | None = None
        self.defaults = Look()
        for style in root.iter(f"{W}style") if root is not None else ():
            name = style.get(f"{W}styleId") or ""
            self._elements.setdefault(name, style)
            if style.get(f"{W}type") == "paragraph" and is_on(style.get(f"{W}default"), absent=False):
                self._default = name
        if root is not None:
            self.defaults = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def __getitem__(self, name: str | None) -> Style:
        """The style with this id; for None, or one that is not there, the default of paragraphs."""
        if name is None or name not in self._elements:
            name = self._default
        if name is None:
            return Style()
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str | None) -> Style:
        look, place = Look(), ListPlace()
        depth: int | None = None
        line: list[str] = []
        is_contents = False
        while name in self._elements and name not in line and len(line) < _MAX_DEPTH:
            element = self._elements[name]
            line.append(name)
            said = settings_in(element)
            paragraph = settings_in(said.get("pPr"))
            look = look.over(look_of(said.get("rPr")))
            place = place.over(place_of(paragraph))
            title = value(said, "name") or ""
            is_contents = is_contents or bool(_CONTENTS.match(title))
            if depth is None:
                depth = _depth_by_name(title) or depth_of(paragraph)
            name = value(said, "basedOn")
        return Style(tuple(line), look, place, depth, is_contents)


def _depth_by_name(name: str) -> int | None:
    heading = _HEADING.match(name)
    if heading:
        return int(heading[1]) or None
    return 1 if name.lower() == "title" else None


def depth_of(settings: Settings) -> int | None:
    """The depth of a heading by the outline level in `w:pPr`; 0 for body text, None where nothing is said."""
    level = value(settings, "outlineLvl")
    if level is None:
        return None
    at = number(level, 9)
    return at + 1 if 0 <= at < 9 else 0


def place_of(settings: Settings) -> ListPlace:
    """What `w:numPr` in `w:pPr` says."""
    numbered = settings.get("numPr")
    if numbered is None:
        return ListPlace()
    said = settings_in(numbered)
    level = value(said, "ilvl")
    return ListPlace(value(said, "numId"), None if level is None else number(level, 0))


def look_of(properties: _Element | None) -> Look:
    """What `w:rPr` says."""
    if properties is None or not len(properties):
        return Look()
    font: str | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    for element in properties:
        tag = element.tag
        if tag == _FONTS:
            font = _font(element)
        elif tag == _VANISH:
            hidden = is_on(element.get(_VAL))
        elif tag == _CAPS:
            capitals = is_on(element.get(_VAL))
    return Look(font, hidden, capitals)


def _font(fonts: _Element) -> str | None:
    """The font of Latin letters with marks; one of the theme (which goes before) is never an old one."""
    for theme, kind in _FONT_KINDS:
        if fonts.get(theme):
            return ""
        name = fonts.get(kind)
        if name:
            return name
    return None


def settings_in(element: _Element | None) -> Settings:
    """The children of an element by their names without the namespace; none where there is no element."""
    return {child.tag.rpartition("}")[2]: child for child in element} if element is not None else {}


def value(settings: Settings, name: str) -> str | None:
    """The `w:val` of a setting; None where it is not there or says nothing."""
    setting = settings.get(name)
    return setting.get(_VAL) if setting is not None else None


def number(text: str | None, otherwise: int) -> int:
    """A whole number of at most nine digits; `otherwise` for anything else."""
    return int(text) if text is not None and _NUMBER.fullmatch(text) else otherwise


def is_on(text: str | None, *, absent: bool = True) -> bool:
    """Word's switches: on where they only stand there, off by "0", "false" or "off"; `absent` where they are not there."""
    return absent if text is None else text not in {"0", "false", "off"}
