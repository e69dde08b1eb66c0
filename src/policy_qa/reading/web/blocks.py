"""The blocks of a web page's document: paragraphs, headings, tables, numbered lists, notes, in one pass without recursion."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml import etree

from policy_qa.reading.legacy import Encoding, Run, is_capital_font, joined, of_font
from policy_qa.reading.source import Block, TableBlock, TextBlock, note_place
from policy_qa.reading.web.container import Element, is_left_out
from policy_qa.reading.word.numbering import formatted

_BLOCKS: Final = frozenset(
    ("address", "article", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
     "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "ol", "p", "pre", "section",
     "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
_HEADING: Final = re.compile(r"h([1-6])")
_FAMILY: Final = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)", re.IGNORECASE)
_NO_MARKER: Final = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_LABELLED: Final = re.compile(
    r"\s*(?:[-–—+•*●]|\(?\d{1,3}[.)/]|\(?[a-zđ]\d?[.)]|[IVX]+[.)]|(?:Điều|Chương|Mục|Phần)\s)"
)
_FORMS: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_UPPERCASE: Final = re.compile(r"text-transform\s*:\s*uppercase", re.IGNORECASE)
_COUNT: Final = re.compile(r"\d{1,6}")
_Font: TypeAlias = tuple[Encoding | None, bool]
_SPACES: Final = re.compile(r"\s+")


@dataclass(slots=True)
class _Table:
    """A table whose end is not reached: its rows, in each the runs of the cells; what stands before the first cell."""

    rows: list[list[list[Run]]] = field(default_factory=list)
    before: list[Run] = field(default_factory=list)

    @property
    def runs(self) -> list[Run]:
        """Where words go now."""
        return self.rows[-1][-1] if self.rows and self.rows[-1] else self.before


@dataclass(slots=True)
class _List:
    form: str  # of the numbers; "" for dashes, "none" for no labels
    count: int

    def label(self, item: Element) -> str:
        """What is printed before the next item."""
        own = item.get("value") or ""
        self.count = int(own) if _COUNT.fullmatch(own) else self.count + 1
        if self.form == "none" or _NO_MARKER.search(item.get("style") or ""):
            return ""
        return f"{formatted(self.count, self.form)}. " if self.form else "- "


class PageBlocks:
    """Reads elements into blocks; `refs` are the elements that mark notes, with their index, `skipped` what is left out."""

    def __init__(self, refs: dict[Element, int], skipped: AbstractSet[Element]) -> None:
        self._refs, self._skipped = refs, skipped
        self.converted: set[Encoding] = set()
        """The old encodings that fonts told of so far."""
        self._start()

    def _start(self) -> None:
        self._blocks: list[Block] = []
        self._runs: list[Run] = []
        self._depth: int | None = None
        self._kinds: list[bool] = []  # for each open table whether it is one, and no frame around text
        self._tables: list[_Table] = []
        self._lists: list[_List] = []
        self._label = ""
        self._fonts: list[_Font] = [(None, False)]

    def read(self, top: Element) -> list[Block]:
        """The blocks of `top`, whatever its own name."""
        self._start()
        read: list[bool] = []  # for each open element whether it is read
        walk = etree.iterwalk(top, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                out = element in self._skipped or is_left_out(element)
                read.append(element is top or not (out or element in self._refs))
                self._fonts.append(_font(element, self._fonts[-1]))
                if read[-1]:
                    self._begin(element)
                    self._say(element.text, keep=element.tag == "pre")
                    continue
                if not out:
                    self._out.append(Run(note_place(self._refs[element])))
                walk.skip_subtree()
            else:
                self._fonts.pop()
                if read.pop():
                    self._end(element)
                if element is not top:
                    self._say(element.tail)
        self._flush()
        return self._blocks

    @property
    def _out(self) -> list[Run]:
        return self._tables[-1].runs if self._tables else self._runs

    def _say(self, text: str | None, *, keep: bool = False) -> None:
        if not text:
            return
        text = text if keep else _SPACES.sub(" ", text)  # line ends in the file are blanks
        if self._label and not text.isspace():
            if not _LABELLED.match(text):
                self._out.append(Run(self._label))
            self._label = ""
        self._out.append(Run(text, *self._fonts[-1]))

    def _begin(self, element: Element) -> None:
        tag = element.tag
        if tag == "br":
            self._out.append(Run("\n"))
        elif tag == "table":
            self._break()
            self._kinds.append(not _is_frame(element))
            if self._kinds[-1]:
                self._tables.append(_Table())
        elif tag in {"tr", "td", "th"} and self._kinds and self._kinds[-1]:
            rows = self._tables[-1].rows
            if tag == "tr" or not rows:
                rows.append([])
            if tag != "tr":
                rows[-1].append([])
        elif tag in _BLOCKS:
            self._break()
            self._begin_list_or_heading(element)

    def _begin_list_or_heading(self, element: Element) -> None:
        tag = element.tag
        heading = _HEADING.fullmatch(tag)
        if heading:
            self._depth = int(heading[1])
        elif tag in {"ol", "ul"}:
            start = element.get("start") or ""
            form = _FORMS.get(element.get("type") or "", "decimal") if tag == "ol" else ""
            form = "none" if _NO_MARKER.search(element.get("style") or "") else form
            self._lists.append(_List(form, int(start) - 1 if _COUNT.fullmatch(start) else 0))
        elif tag == "li" and self._lists:
            self._label = self._lists[-1].label(element)

    def _end(self, element: Element) -> None:
        tag = element.tag
        if tag == "table" and self._kinds:
            if self._kinds.pop():
                self._end_table(self._tables.pop())
            else:
                self._break()
        elif tag in _BLOCKS and not (tag in {"tr", "td", "th"} and self._kinds and self._kinds[-1]):
            self._break()
            self._label = ""
            if _HEADING.fullmatch(tag):
                self._depth = None
            elif tag in {"ol", "ul"} and self._lists:
                self._lists.pop()

    def _end_table(self, table: _Table) -> None:
        rows = [[self._joined(cell) for cell in row] for row in table.rows]
        before = self._joined(table.before)
        if self._tables:  # the rows of a table in a cell are lines of it
            lines = (" | ".join(cell.replace("\n", " ") for cell in row if cell.strip()) for row in rows)
            self._out.append(Run("\n".join(["", before, *lines, ""])))
        else:
            self._blocks += [TextBlock(before), TableBlock(rows)]

    def _break(self) -> None:
        if self._tables:
            self._out.append(Run("\n"))
        else:
            self._flush()

    def _flush(self) -> None:
        if not self._runs:
            return
        text = self._joined(self._runs)
        self._runs = []
        if text.strip():
            self._blocks.append(TextBlock(text, self._depth))

    def _joined(self, runs: list[Run]) -> str:
        text, found = joined(runs)
        self.converted |= found
        return text


def _is_frame(table: Element) -> bool:
    """Whether every row of a table has one cell at most: it frames text."""
    parts = [part for child in table for part in (child if child.tag in {"tbody", "thead", "tfoot"} else [child])]
    return all(sum(cell.tag in {"td", "th"} for cell in part) <= 1 for part in parts if part.tag == "tr")


def _font(element: Element, outer: _Font) -> _Font:
    """What the font that an element names stands for, and whether its words are printed as capitals."""
    style = element.get("style") or ""
    named = _FAMILY.search(style)
    name = named[1] if named else (element.get("face") or "").split(",")[0]
    capitals = bool(_UPPERCASE.search(style)) or (outer[1] and not name)
    return (of_font(name), capitals or is_capital_font(name)) if name else (outer[0], capitals)
