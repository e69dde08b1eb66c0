"""PDF files: text in reading order with pages, lines and their boxes."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from policy_qa.document import JSON, Line, Marginal, Page, SourceText, Span
from policy_qa.errors import UnreadableFile
from policy_qa.reading import legacy
from policy_qa.reading.pdf.characters import characters
from policy_qa.reading.pdf.layout import printed_lines
from policy_qa.reading.pdf.marginals import MarkPlace, PrintedPage, lift, tied
from policy_qa.reading.pdf.paragraphs import Paragraph, paragraphs
from policy_qa.reading.pdf.printed import PrintedLine
from policy_qa.reading.pdf.recoding import encoding_of
from policy_qa.reading.pdf.text_layer import Flaw, flaw
from policy_qa.reading.scans.pages import Scans, as_shown, read_scans, shown_size
from policy_qa.reading.source import RawFile, ReadOptions

MAX_PAGES = 3000
"""No document of the gazette has more; a minute of reading, a quarter of a gigabyte."""

_CELLS = " | "


def read_pdf(file: RawFile, options: ReadOptions | None = None) -> SourceText:
    """The text of a PDF; pages that are pictures are recognised where that is possible and asked for.

    Raises:
        UnreadableFile: corrupt, encrypted, without pages, or with nothing on them that can be read here.
    """
    options = options or ReadOptions()
    document = _open(file)
    try:
        pages = []
        encodings: set[legacy.Encoding] = set()
        flaws: dict[int, Flaw] = {}
        for i in range(len(document)):
            pages.append(_page(document, i, file, encodings, flaws))
            if options.alive is not None:
                options.alive()
        metadata = _metadata(document)
        if file.sha256 in options.recognise:
            flaws = {page.number: "picture" if flaws.get(page.number) == "picture" else "asked" for page in pages}
        scans = read_scans(document, file, pages, flaws, options)
    finally:
        document.close()
    marginals = sorted([*scans.marginals, *lift(pages)], key=lambda marginal: marginal.page or 0)
    text, spans = _assemble(paragraphs(pages))
    return SourceText(
        text=text,
        file=str(file.path),
        sha256=file.sha256,
        media="pdf",
        pages=_pages(pages, spans, len(text), scans),
        lines=tuple(Line(span, line.page, as_shown(line.box, pages[line.page - 1], scans)) for line, span in spans),
        marginals=tuple(_marginal(marginal, pages, scans) for marginal in tied(marginals, _mark_places(spans))),
        metadata=metadata,
        warnings=(
            *(legacy.warning(file.name, encoding) for encoding in sorted(encodings)),
            *scans.warnings,
        ),
    )


def _open(file: RawFile) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(file.data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFile(
                f"Tệp “{file.name}” được bảo vệ bằng mật khẩu nên không đọc được; hãy gỡ mật khẩu rồi thêm lại."
            ) from error
        raise UnreadableFile(
            f"Tệp PDF “{file.name}” bị hỏng hoặc tải chưa đủ nên không mở được; hãy tải lại bản gốc."
        ) from error
    if len(document) == 0:
        document.close()
        raise UnreadableFile(f"Tệp PDF “{file.name}” không có trang nào; hãy tải lại bản gốc.")
    if len(document) > MAX_PAGES:
        count = len(document)
        document.close()
        raise UnreadableFile(
            f"Tệp PDF “{file.name}” có {count} trang, quá mức {MAX_PAGES} trang; hãy tách nhỏ tệp rồi thêm từng phần."
        )
    return document


def _page(
    document: pypdfium2.PdfDocument,
    index: int,
    file: RawFile,
    encodings: set[legacy.Encoding],
    flaws: dict[int, Flaw],
) -> PrintedPage:
    """One page; `encodings` gets the old encoding that its text is in, `flaws` what is wrong with it."""
    try:
        page = document[index]
        try:
            found = characters(page)
            encoding = encoding_of(found.text)
            if encoding is not None:
                encodings.add(encoding)
                found = dataclasses.replace(found, encoding=encoding)
            lines = printed_lines(found, index + 1)
            what = flaw(page, found, lines)
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(
            f"Trang {index + 1} của tệp PDF “{file.name}” bị hỏng nên không đọc được; hãy tải lại bản gốc."
        ) from error
    if what is not None:
        flaws[index + 1] = what
    return PrintedPage(index + 1, found.width, found.height, lines, found.turn)


def _marginal(marginal: Marginal, pages: Sequence[PrintedPage], scans: Scans) -> Marginal:
    if marginal.box is None or marginal.page is None:
        return marginal
    return dataclasses.replace(marginal, box=as_shown(marginal.box, pages[marginal.page - 1], scans))


def _metadata(document: pypdfium2.PdfDocument) -> dict[str, JSON]:
    return {key: value for key, value in document.get_metadata_dict().items() if value}


def _assemble(found: Sequence[Paragraph]) -> tuple[str, list[tuple[PrintedLine, Span]]]:
    """The text and where each printed line lies in it."""
    pieces: list[str] = []
    spans: list[tuple[PrintedLine, Span]] = []
    length = 0
    for paragraph in found:
        cells = set(paragraph.cells)
        for i, line in enumerate(paragraph.lines):
            joint = "\n" if pieces else ""
            if i:
                above = paragraph.lines[i - 1]
                joint = _CELLS if i in cells else "" if above.hyphenated or above.broken else " "
            pieces.append(joint + line.text)
            spans.append((line, Span(length + len(joint), length + len(joint) + len(line.text))))
            length += len(pieces[-1])
    return "".join(pieces), spans


def _mark_places(spans: Sequence[tuple[PrintedLine, Span]]) -> list[MarkPlace]:
    return [MarkPlace(m.mark, line.page, span.start + m.offset) for line, span in spans for m in line.marks]


def _pages(
    pages: Sequence[PrintedPage], spans: Sequence[tuple[PrintedLine, Span]], length: int, scans: Scans
) -> tuple[Page, ...]:
    """Pages follow each other without gaps: one ends where the first line of the next begins."""
    starts: dict[int, int] = {}
    for line, span in spans:
        starts.setdefault(line.page, span.start)
    result: list[Page] = []
    end = length
    for page in reversed(pages):
        start = 0 if page.number == 1 else min(starts.get(page.number, end), end)
        result.append(Page(page.number, Span(start, end), *shown_size(page), scans.confidence.get(page.number)))
        end = start
    return tuple(reversed(result))
