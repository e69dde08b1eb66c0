"""The pages that a pack cites, out of the official PDF files, with the quotes highlighted and an outline entry a citation."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.document import Box
from policy_qa.errors import PolicyQAError
from policy_qa.packs.content import entries
from policy_qa.packs.editing import seen
from policy_qa.retrieval.placing import Placer, Printed, SourceUnavailable, check_unchanged

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter

    from policy_qa.answer import Citation
    from policy_qa.packs.pack import Pack

COLOUR = "fff200"
"""Of the highlights: the yellow of a marker pen."""
_ACTIONS = ("/A", "/AA", "/Dest", "/PA")


class NoPages(PolicyQAError):
    """No page can be copied: nothing is cited from a PDF file, or none of the files is there as it was."""


@dataclass(frozen=True, slots=True)
class MarkedPages:
    """The PDF, how many pages it has, and which citations or files are not in it, a Vietnamese sentence each."""

    data: bytes
    pages: int
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Copies:
    """The pages copied so far: by file (SHA-256) and number the page in the new file, and what was left out."""

    writer: PdfWriter
    readers: dict[str, PdfReader] = field(default_factory=dict)
    placed: dict[tuple[str, int], int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    unpaged: dict[str, None] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    marked: set[tuple[int, tuple[Printed, ...]]] = field(default_factory=set)


def to_pages(pack: Pack, placer: Placer) -> MarkedPages:
    """Each cited page once, in the order in which they are first cited; the same pack gives the same bytes.

    Files that are gone, changed or cannot be copied are named in `notes` and at the end of the outline, and so are files
    without pages.

    Raises:
        NoPages: there would be none.
    """
    from pypdf import PdfWriter

    copies = _Copies(PdfWriter())
    found = entries(pack)
    for entry in found:
        by_place: dict[str, list[Citation]] = {}
        for citation in entry.item.answer.citations if entry.item.answer else ():
            by_place.setdefault(citation.formatted_short, []).append(citation)
        for place, citations in by_place.items():
            _cite(copies, placer, f"Câu {entry.number}: {seen(place)}", citations)
    if copies.unpaged:
        names = ", ".join(f"“{name}”" for name in copies.unpaged)
        copies.notes.append(f"Không chép trang của {names} vì không phải tệp PDF.")
    if not copies.placed:
        why = " ".join(dict.fromkeys(copies.notes)) or "Bộ hỏi đáp này không có trích dẫn nào."
        raise NoPages(f"Không có trang PDF nào để chép. {why}")
    for note in dict.fromkeys(copies.notes):
        copies.writer.add_outline_item(title=note, page_number=None)
    copies.writer.add_metadata(
        {"/Title": seen(pack.title) or "Trang văn bản được viện dẫn", "/Author": seen(pack.author)}
    )
    copies.writer.page_mode = "/UseOutlines"
    out = io.BytesIO()
    copies.writer.write(out)
    return MarkedPages(out.getvalue(), len(copies.placed), tuple(dict.fromkeys(copies.notes)))


def _cite(copies: _Copies, placer: Placer, name: str, citations: Sequence[Citation]) -> None:
    """Copies the pages of citations of one place, marks their quotes, and adds the outline entry."""
    first: int | None = None
    for citation in citations:
        file = Path(citation.file)
        if file.suffix.lower() != ".pdf":
            copies.unpaged[file.name] = None
            continue
        if citation.sha256 in copies.refused:
            continue
        try:
            lines = placer.places(citation)
            pages = sorted({line.page for line in lines} or {citation.page or 1})
            places = {page: _page(copies, file, citation.sha256, page) for page in pages}
        except PolicyQAError as error:
            copies.refused.add(citation.sha256)
            copies.notes.append(str(error))
            continue
        for page, place in places.items():
            on_page = tuple(line for line in lines if line.page == page)
            # A quote that several answers cite is marked once.
            if on_page and (place, on_page) not in copies.marked:
                copies.marked.add((place, on_page))
                _highlight(copies.writer, place, on_page)
        first = places[pages[0]] if first is None else first
    if first is not None:
        copies.writer.add_outline_item(title=name, page_number=first)


def _page(copies: _Copies, file: Path, sha256: str, number: int) -> int:
    """The place in the new file of page `number` (from 1) of `file`, copied now if it was not before."""
    if (sha256, number) not in copies.placed:
        try:
            page = _reader(copies, file, sha256).pages[number - 1]
            copies.writer.add_page(page)
            place = len(copies.writer.pages) - 1
            _disarm(copies.writer.pages[place])
        except Exception as error:  # pypdf raises whatever a broken file makes of its objects
            raise SourceUnavailable(
                f"Không chép được trang {number} của tệp “{file.name}” ({type(error).__name__}): mở tệp bằng trình xem PDF và in lại ra PDF."
            ) from error
        copies.placed[sha256, number] = place
    return copies.placed[sha256, number]


def _reader(copies: _Copies, file: Path, sha256: str) -> PdfReader:
    if sha256 not in copies.readers:
        from pypdf import PdfReader

        check_unchanged(file, sha256)
        copies.readers[sha256] = PdfReader(io.BytesIO(file.read_bytes()))
    return copies.readers[sha256]


def _disarm(page: PageObject) -> None:
    """Takes off what a page would do when it is opened or clicked; what is seen (stamps, signatures) stays."""
    page.pop("/AA", None)
    for annotation in page.annotations or ():
        held = annotation.get_object()
        for action in _ACTIONS:
            held.pop(action, None)


def _highlight(writer: PdfWriter, place: int, lines: Sequence[Printed]) -> None:
    """One highlight over the printed lines of a quote."""
    from pypdf.annotations import Highlight
    from pypdf.generic import ArrayObject, FloatObject

    page = writer.pages[place]
    boxes = [_on_sheet(line, page) for line in lines]
    corners = [corner for b in boxes for corner in (b.left, b.top, b.right, b.top, b.left, b.bottom, b.right, b.bottom)]
    around = (
        min(b.left for b in boxes), min(b.bottom for b in boxes), max(b.right for b in boxes), max(b.top for b in boxes),
    )  # fmt: skip
    highlight = Highlight(
        rect=around,
        quad_points=ArrayObject([FloatObject(round(corner, 2)) for corner in corners]),
        highlight_color=COLOUR,
        printing=True,
    )
    writer.add_annotation(place, highlight)


def _on_sheet(line: Printed, page: PageObject) -> Box:
    """A box on the page as it is shown, in the coordinates of the file: before its turn, from the corner of the sheet."""
    width, height, box = line.width, line.height, line.box
    match page.rotation % 360:
        case 90:
            box = Box(height - box.top, box.left, height - box.bottom, box.right)
        case 180:
            box = Box(width - box.right, height - box.top, width - box.left, height - box.bottom)
        case 270:
            box = Box(box.bottom, width - box.right, box.top, width - box.left)
    left, bottom = float(page.cropbox.left), float(page.cropbox.bottom)
    return Box(box.left + left, box.bottom + bottom, box.right + left, box.top + bottom)
