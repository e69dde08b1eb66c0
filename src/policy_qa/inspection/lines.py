"""The lines of a text as HTML, with what belongs to them: page breaks, notes, links, warnings.

What is not text stands in elements without words where it breaks into a line, so that the words of the paragraphs are
the words of the source text, nothing added or left out.
"""

from __future__ import annotations

import bisect
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Generic, TypeVar

from policy_qa.document import Address, Document, Note, Page, Span
from policy_qa.inspection.defects import Defect
from policy_qa.inspection.links import Link
from policy_qa.inspection.markup import escaped, percent, shown
from policy_qa.structure.paragraphs import paragraphs

CELL = " | "
"""Between the cells of a table row."""

_LONG_NOTES = 450  # characters of HTML; beside one line, a longer note would leave a hole in the text

_Item = TypeVar("_Item")


@dataclass(slots=True)
class _Queue(Generic[_Item]):
    """Things in reading order, each shown once, as soon as the text has come to its offset."""

    items: Sequence[tuple[int, _Item]]
    done: int = 0

    def before(self, offset: int) -> Iterator[tuple[int, _Item]]:
        """What is left with an offset below `offset`."""
        while self.done < len(self.items) and self.items[self.done][0] < offset:
            self.done += 1
            yield self.items[self.done - 1]


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of HTML; `quoted`: new text that an amending provision quotes; `row`: of a table."""

    html: str
    quoted: bool = False
    row: bool = False


class LineWriter:
    """Writes a text line by line. Its methods are called in reading order: what has been passed is not shown again."""

    def __init__(self, document: Document, links: Sequence[Link], defects: Sequence[Defect]) -> None:
        source = document.source
        self._text = source.text
        self._pages = _Queue(
            sorted(((page.span.start, page) for page in source.pages), key=lambda item: item[1].number)
        )
        notes = sorted(document.notes, key=lambda note: note.anchor)
        self._notes = _Queue([(note.anchor, (n, note)) for n, note in enumerate(notes)])
        placed = ((at, (n, defect)) for n, defect in enumerate(defects) for at in defect.places)
        self._defects = _Queue(sorted(placed, key=lambda item: (item[0], item[1][0])))
        self._of_page: dict[int, str] = {}
        for n, defect in enumerate(defects):
            if defect.page is not None:
                self._of_page[defect.page] = self._of_page.get(defect.page, "") + _warning(n, defect)
        self._links = links
        self._link_ends = [link.span.end for link in self._links]
        self._targets: dict[Address, int] = {}
        for n, provision in enumerate(document.walk()):
            self._targets.setdefault(provision.address, n)
        self._quoted = {paragraph.start for paragraph in paragraphs(source)[0] if paragraph.quoted}

    def breaks(self, offset: int) -> str:
        """The page breaks up to `offset`, and the warnings before it: what stands above a provision that begins there."""
        pages = self._pages.before(offset + 1)
        breaks = "".join(_page_break(page, "div") + self._of_page.get(page.number, "") for _, page in pages)
        return breaks + "".join(_warning(*numbered) for _, numbered in self._defects.before(offset))

    def lines(self, span: Span, headings: int = 0, depth: int = 1) -> str:
        """The lines of `span`; the first `headings` of them are the heading of a provision `depth` levels down."""
        blocks: list[_Block] = []
        waiting = ""  # the notes of a table stand below it
        for n, line in enumerate(self._trimmed(span)):
            row, quoted = CELL in line.of(self._text), line.start in self._quoted
            above = self.breaks(line.start) + "".join(_warning(*d) for _, d in self._defects.before(line.end + 1))
            if above or (waiting and not row):
                blocks.append(_Block(waiting + above, quoted))
                waiting = ""
            html, notes = self._line(line, row=row)
            if row:
                blocks.append(_Block(f'<p class="row" role="row">{html}</p>', quoted, row=True))
                waiting += notes
            else:
                paragraph = f"<p{_heading(n, depth) if n < headings else ''}>{html}</p>"
                blocks.append(_Block(_noted(paragraph, notes), quoted))
        return _grouped([*blocks, _Block(waiting)])

    def rest(self) -> str:
        """What has found no place when the text is at its end: pages without text, notes marked beyond it."""
        notes = "".join(_note(*numbered) for _, numbered in self._notes.before(sys.maxsize))
        return self.breaks(sys.maxsize) + notes

    def _trimmed(self, span: Span) -> Iterator[Span]:
        """The lines of `span` that are not blank, without the blanks around them."""
        at = span.start
        for words in span.of(self._text).split("\n"):
            bare = words.strip()
            if bare:
                start = at + words.index(bare)
                yield Span(start, start + len(bare))
            at += len(words) + 1

    # --- inside a line --------------------------------------------------------------------------------------------

    def _line(self, line: Span, *, row: bool) -> tuple[str, str]:
        """The line with the marks in it, and what stands below it for them: notes, warnings of a page."""
        notes = [numbered for _, numbered in self._notes.before(line.end + 1)]
        marks = [(max(note.anchor, line.start), _note_mark(n, note)) for n, note in notes]
        pages = list(self._pages.before(line.end))
        marks += [(at, _page_break(page, "span")) for at, page in pages]
        marks.sort(key=lambda mark: mark[0])
        html = "".join(self._cells(line, marks)) if row else self._words(line, marks)
        warnings = "".join(self._of_page.get(page.number, "") for _, page in pages)
        return html, warnings + "".join(_note(n, note) for n, note in notes)

    def _cells(self, line: Span, marks: Sequence[tuple[int, str]]) -> Iterator[str]:
        """The cells of a table row; the bar between two is no cell's, and a mark that stands there is of the cell before it."""
        at = line.start
        for n, words in enumerate(line.of(self._text).split(CELL)):
            cell = Span(at, at + len(words))
            at = cell.end + len(CELL)
            own = [(min(offset, cell.end), mark) for offset, mark in marks if cell.start <= offset < at]
            bar = f'<span class="sep">{CELL}</span>' if n else ""
            yield f'{bar}<span class="cell" role="cell">{self._words(cell, own)}</span>'

    def _words(self, span: Span, marks: Sequence[tuple[int, str]]) -> str:
        """The words of `span`, cut where a mark stands and where a link begins or ends."""
        links = list(self._links_in(span))
        edges = (edge for link in links for edge in (link.span.start, link.span.end) if span.start < edge < span.end)
        cuts = sorted({span.start, span.end, *edges, *(at for at, _ in marks)})
        html: list[str] = []
        for start, end in pairwise(cuts):
            html += [mark for at, mark in marks if at == start]
            link = next((link for link in links if Span(start, end) in link.span), None)
            words = shown(self._text[start:end])
            html.append(self._linked(link, words) if link else words)
        return "".join((*html, *(mark for at, mark in marks if at == span.end)))

    def _links_in(self, span: Span) -> Iterator[Link]:
        at = bisect.bisect_right(self._link_ends, span.start)
        while at < len(self._links) and self._links[at].span.start < span.end:
            yield self._links[at]
            at += 1

    def _linked(self, link: Link, words: str) -> str:
        target = self._targets.get(link.address) if link.address else None
        if target is None:
            return f'<span class="ref{" lost" if link.lost else ""}" title="{escaped(link.title)}">{words}</span>'
        return f'<a class="ref" href="#p{target}" title="{escaped(link.title)}">{words}</a>'


# --- pieces -------------------------------------------------------------------------------------------------------


def _heading(line: int, depth: int) -> str:
    """The attributes of a heading line; further lines of one heading are no headings of their own."""
    return f' class="head" role="heading" aria-level="{min(depth + 1, 6)}"' if line == 0 else ' class="head"'


def _page_break(page: Page, element: str) -> str:
    ocr = f" · OCR {percent(page.ocr)}" if page.ocr is not None else ""
    words = f"trang {page.number}{ocr}"
    return f'<{element} class="page" id="g{page.number}" role="doc-pagebreak" aria-label="{words}" data-n="{words}"></{element}>'


def _note_mark(number: int, note: Note) -> str:
    mark = escaped(note.mark)
    return f'<a class="mark" href="#n{number}" aria-label="chú thích {mark}" data-n="{mark}"></a>'


def _note(number: int, note: Note) -> str:
    page = f" (trang {note.page})" if note.page else ""
    return (
        f'<aside class="note" id="n{number}" aria-label="Chú thích {escaped(note.mark)}{page}">'
        f"<b>{shown(note.mark)}</b> {shown(note.text)}</aside>"
    )


def _noted(paragraph: str, notes: str) -> str:
    """A paragraph with its notes: beside it where there is room and they are short, else below."""
    if not notes:
        return paragraph
    return f'<div class="noted{" long" if len(notes) > _LONG_NOTES else ""}">{paragraph}<div class="notes">{notes}</div></div>'


def _warning(number: int, defect: Defect) -> str:
    return f'<aside class="warn"><a href="#w{number}">Lưu ý</a> {shown(defect.sentence)}</aside>'


def _grouped(blocks: Sequence[_Block]) -> str:
    """Rows that follow each other as one table, quoted lines as one quotation."""
    html: list[str] = []
    for quoted, run in groupby(blocks, key=lambda block: block.quoted):
        inside: list[str] = []
        for row, alike in groupby(run, key=lambda block: block.row):
            words = "".join(block.html for block in alike)
            inside.append(f'<div class="table" role="table">{words}</div>' if row else words)
        words = "".join(inside)
        html.append(f"<blockquote>{words}</blockquote>" if quoted else words)
    return "".join(html)
