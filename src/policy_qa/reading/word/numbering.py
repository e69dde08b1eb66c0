"""Word's automatic numbers, counted as Word counts them (ECMA-376 part 1, 17.9)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from policy_qa.reading.legacy import Run, joined
from policy_qa.reading.word.package import W
from policy_qa.reading.word.styles import (
    ListPlace,
    Look,
    Settings,
    Style,
    Styles,
    is_on,
    look_of,
    number,
    place_of,
    settings_in,
    value,
)

_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"
_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)  # fmt: skip
_COUNTER: Final = re.compile(r"%(\d)")
_LONGEST: Final = 60
"""Characters of a label's pattern. Word allows fewer; a pattern of megabytes on every paragraph would fill the memory."""
_LEVELS: Final = range(9)
_PLUS: Final = re.compile(r"[+*]")

_PLAIN: Final = Look()


@dataclass(frozen=True, slots=True)
class _Level:
    form: str = "decimal"  # numFmt: decimal, lowerLetter, upperRoman, bullet …
    pattern: str = ""  # lvlText: "Điều %1."
    start: int = 1
    legal: bool = False  # isLgl: all counters as figures
    glued: bool = False  # suff: nothing between label and text
    restart: int | None = None  # lvlRestart: after which level (from 1) it counts anew; 0: never
    style: str | None = None  # pStyle: paragraphs of this style stand on this level
    look: Look = _PLAIN


@dataclass(slots=True)
class _List:
    """One `w:num`: the list whose count it shares, its levels, and where it sets the count back."""

    count: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the numbered paragraphs of one document, in reading order; `root` is the part `numbering.xml`."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._set_back: set[tuple[str, int]] = set()
        if root is None:
            return
        kinds = {kind.get(f"{W}abstractNumId") or "": kind for kind in root.findall(f"{W}abstractNum")}
        levels = {name: _levels(kind) for name, kind in kinds.items()}
        linked: dict[str, str] = {}  # lists that take their levels from a numbering style
        for name, kind in kinds.items():
            style = value(settings_in(kind), "numStyleLink")
            if style is not None:
                linked[name] = styles[style].place.number or ""
        numbers = {element.get(f"{W}numId") or "": element for element in root.findall(f"{W}num")}
        for name, element in numbers.items():
            kind_name = value(settings_in(element), "abstractNumId") or ""
            other = numbers.get(linked.get(kind_name, ""))
            source = value(settings_in(other), "abstractNumId") or "" if other is not None else kind_name
            self._lists[name] = _overridden(element, _List(kind_name, dict(levels.get(source, {}))))

    def label(self, settings: Settings, style: Style, look: Look) -> str:
        """The number that Word prints before a paragraph with this `w:pPr` and style, with a blank after it; "" for none.

        `look` is that of the paragraph's mark, by which the number looks unless its list says otherwise.
        """
        place = place_of(settings).over(style.place)
        used = self._lists.get(place.number or "")
        if used is None or place.number is None:
            return ""
        at = self._level(place, used, style)
        level = used.levels.get(at)
        if level is None:
            return ""
        counts = self._count(place.number, used, at)
        look = level.look.over(look)
        if look.hidden:
            return ""
        if level.form == "bullet":
            return "+ " if _PLUS.fullmatch(level.pattern.strip()) else "- "
        printed = _COUNTER.sub(
            lambda found: _printed(int(found[1]) - 1, counts, used.levels, legal=level.legal), level.pattern
        )
        printed, _ = joined([Run.in_font(printed, look.font, capitals=bool(look.capitals))])
        return printed if level.glued or not printed.strip() else f"{printed} "

    @staticmethod
    def _level(place: ListPlace, used: _List, style: Style) -> int:
        if place.level is not None:
            return place.level
        # Numbering by style says which list; the list says which of its levels the style stands for.
        by_style = {level.style: at for at, level in used.levels.items() if level.style is not None}
        return next((by_style[name] for name in style.line if name in by_style), 0)

    def _count(self, name: str, used: _List, at: int) -> Mapping[int, int]:
        """Counts one paragraph on level `at`; lists of one kind share their count, and one may set it back once."""
        counts = self._counts.setdefault(used.count, {})
        for outer in range(at):  # one that no paragraph stood on counts as begun
            if outer not in counts and outer in used.levels:
                counts[outer] = used.starts.get(outer, used.levels[outer].start)
        start = used.starts.get(at)
        if start is not None and (name, at) not in self._set_back:
            self._set_back.add((name, at))
            counts[at] = start
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = used.levels[at].start if start is None else start
        for deeper in [level for level in counts if level > at]:
            restart = used.levels[deeper].restart if deeper in used.levels else None
            if restart is None or at < restart:
                del counts[deeper]
        return counts


def _overridden(element: _Element, used: _List) -> _List:
    for change in element.findall(f"{W}lvlOverride"):
        at = number(change.get(f"{W}ilvl"), 0)
        if at not in _LEVELS:
            continue
        said = settings_in(change)
        own = said.get("lvl")
        if own is not None:
            used.levels[at] = _read_level(own)
        start = value(said, "startOverride")
        if start is not None:
            used.starts[at] = number(start, 1)
    return used


def _levels(kind: _Element) -> dict[int, _Level]:
    levels = {number(level.get(f"{W}ilvl"), 0): level for level in kind.findall(f"{W}lvl")}
    return {at: _read_level(level) for at, level in levels.items() if at in _LEVELS}


def _read_level(level: _Element) -> _Level:
    said = settings_in(level)
    restart, legal = value(said, "lvlRestart"), said.get("isLgl")
    return _Level(
        form=value(said, "numFmt") or "decimal",
        pattern=(value(said, "lvlText") or "")[:_LONGEST],
        start=number(value(said, "start"), 0),
        legal=legal is not None and is_on(legal.get(f"{W}val")),
        glued=value(said, "suff") == "nothing",
        restart=None if restart is None else number(restart, 0),
        style=value(said, "pStyle"),
        look=look_of(said.get("rPr")),
    )


def _printed(at: int, counts: Mapping[int, int], levels: Mapping[int, _Level], *, legal: bool) -> str:
    level = levels.get(at)
    if level is None or level.form == "none":
        return ""
    count = counts.get(at, level.start)
    if legal and level.form != "decimalZero":
        return str(count)
    return _FORMS.get(level.form, str)(count)


def _letter(count: int) -> str:
    """A … z, aa, bb …: Word repeats the letter; đ is not in its list."""
    if not 1 <= count <= 780:
        return str(count)
    return _LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)


def roman(count: int) -> str:
    """The small Roman number up to 3999, a figure beyond."""
    if not 1 <= count < 4000:
        return str(count)
    text = ""
    for worth, sign in _ROMAN:
        text += sign * (count // worth)
        count %= worth
    return text


_FORMS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda count: roman(count).upper(),
    "numberInDash": lambda count: f"- {count} -",
    "chicago": lambda count: "*†‡§"[(count - 1) % 4] * ((count - 1) // 4 + 1) if 1 <= count <= 40 else str(count),
}


def formatted(count: int, form: str) -> str:
    """A count in one of Word's number forms; a figure in a form that is not known."""
    return _FORMS.get(form, str)(count)
