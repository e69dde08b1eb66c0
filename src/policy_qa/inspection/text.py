"""The text of a document as nested blocks, a provision in its parent's, each with its label at the left."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from policy_qa.citing.address import legal
from policy_qa.citing.style import document_name, first_mention
from policy_qa.document import Document, Provision, Span
from policy_qa.inspection.defects import Defect
from policy_qa.inspection.lines import LineWriter
from policy_qa.inspection.links import Link
from policy_qa.inspection.markup import escaped, level_class, shown, tag

REPORTED = "Chỉ theo báo chí, hồ sơ tra cứu"
_HEADING_LINES = 6
_BARE_LABEL = 3  # words: "Điều 5.", "Phần thứ hai"


def text_html(document: Document, links: Sequence[Link], defects: Sequence[Defect]) -> str:
    """The whole text; provision number n in reading order is the block `p<n>`."""
    return _TextWriter(document, links, defects).write()


class _TextWriter:
    def __init__(self, document: Document, links: Sequence[Link], defects: Sequence[Defect]) -> None:
        self._document = document
        self._text = document.source.text
        self._writer = LineWriter(document, links, defects)
        self._numbers = itertools.count()
        self._name = document_name(document.metadata, file=document.source.file)

    def write(self) -> str:
        html: list[str] = []
        at = 0
        for provision in self._document.provisions:
            html += [self._outside(Span(at, provision.span.start)), self._provision(provision, (), 1)]
            at = provision.span.end
        html += [self._outside(Span(min(at, len(self._text)), len(self._text))), self._writer.rest()]
        return "".join(html)

    def _outside(self, span: Span) -> str:
        """Words that belong to no provision; there are none where the parser did its work."""
        if not span.of(self._text).strip():
            return ""
        return f'<div class="p none"><span class="tag">ngoài cây</span>{self._writer.lines(span)}</div>'

    def _provision(self, provision: Provision, above: tuple[str, ...], depth: int) -> str:
        headings = (*above, provision.heading) if provision.heading else above
        own = provision.own_span.of(self._text)
        html = [self._writer.breaks(provision.span.start), self._opening(provision, headings, bare=not own.strip())]
        at, lines = provision.span.start, _heading_lines(own, provision.heading)
        for child in provision.children:
            html.append(self._writer.lines(Span(at, child.span.start), lines, depth))
            html.append(self._provision(child, headings, depth + 1))
            at, lines = child.span.end, 0
        html += [self._writer.lines(Span(at, provision.span.end), lines, depth), "</div>"]
        return "".join(html)

    def _opening(self, provision: Provision, headings: Sequence[str], *, bare: bool) -> str:
        """The block's start tag and label; a `bare` provision has no line of its own beside which the label could stand.

        For the script the block bears its address, its page, and the words before the document's name in a citation.
        """
        number = next(self._numbers)
        address, metadata = provision.address, self._document.metadata
        cited = first_mention(address, metadata, file=self._document.source.file, headings=headings)
        place = cited.removesuffix(self._name).rstrip()
        page = self._document.source.page_at(provision.span.start)
        reported = f'<aside class="reported">{REPORTED}</aside>' if provision.reported else ""
        return (
            f'<div class="p {level_class(address)}{" bare" if bare else ""}" id="p{number}" data-a="{escaped(str(address))}" '
            f'data-l="{escaped(place)}" data-g="{page or ""}">'
            f'<a class="tag" href="#t{number}" title="{escaped(legal(address, headings))}">{shown(tag(address))}'
            f"{f'<small>tr. {page}</small>' if page else ''}</a>{reported}"
        )


def _heading_lines(own: str, heading: str | None) -> int:
    """How many of a provision's first lines are its label and heading: those up to the heading's end, or a bare label."""
    lines = [" ".join(line.split()) for line in own.split("\n") if line.strip()]
    if heading:
        wanted = " ".join(heading.split())
        for count in range(1, min(len(lines), _HEADING_LINES) + 1):
            if " ".join(lines[:count]).endswith(wanted):
                return count
    return int(bool(lines) and len(lines[0].split()) <= _BARE_LABEL)
