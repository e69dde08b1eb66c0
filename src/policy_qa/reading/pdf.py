"""PDF files: text in reading order with pages, lines and their boxes."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

import numpy as np
import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from policy_qa.document import JSON, Box, Line, Marginal, Page, SourceText, Span
from policy_qa.errors import UnreadableFile
from policy_qa.reading import legacy
from policy_qa.reading.characters import characters, turned_boxes
from policy_qa.reading.layout import printed_lines
from policy_qa.reading.marginals import MarkPlace, PrintedPage, lift, tied
from policy_qa.reading.paragraphs import Paragraph, paragraphs
from policy_qa.reading.printed import PrintedLine
from policy_qa.reading.recoding import encoding_of
from policy_qa.reading.source import RawFile, ReadOptions

MAX_PAGES = 3000
"""No document of the gazette has more; a minute of reading, a quarter of a gigabyte."""

_FEW = 40  # characters; a page of text has at least a line
_CELLS = " | "


def read_pdf(file: RawFile, options: ReadOptions | None = None) -> SourceText:
    """The text of a PDF with a text layer.

    Raises:
        UnreadableFile: corrupt, encrypted, without pages, or scanned without a text layer.
    """
    document = _open(file)
    try:
        pages = []
        encodings: set[legacy.Encoding] = set()
        for i in range(len(document)):
            pages.append(_page(document, i, file, encodings))
            if options is not None and options.alive is not None:
                options.alive()
        metadata = _metadata(document)
        marginals = lift(pages)
        scanned = [page.number for page in pages if _is_scanned(page, document)]
    finally:
        document.close()
    _refuse_scan(file, pages, scanned)
    text, spans = _assemble(paragraphs(pages))
    return SourceText(
        text=text,
        file=str(file.path),
        sha256=file.sha256,
        media="pdf",
        pages=_pages(pages, spans, len(text)),
        lines=tuple(Line(span, line.page, _as_shown(line.box, pages[line.page - 1])) for line, span in spans),
        marginals=tuple(_marginal(marginal, pages) for marginal in tied(marginals, _mark_places(spans))),
        metadata=metadata,
        warnings=(
            *(legacy.warning(file.name, encoding) for encoding in sorted(encodings)),
            *(f"Trang {number} là ảnh, không có lớp văn bản nên không đọc được." for number in scanned),
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
    document: pypdfium2.PdfDocument, index: int, file: RawFile, encodings: set[legacy.Encoding]
) -> PrintedPage:
    """One page; `encodings` gets the old encoding that its text is in."""
    try:
        page = document[index]
        try:
            found = characters(page)
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile(
            f"Trang {index + 1} của tệp PDF “{file.name}” bị hỏng nên không đọc được; hãy tải lại bản gốc."
        ) from error
    encoding = encoding_of(found.text)
    if encoding is not None:
        encodings.add(encoding)
        found = dataclasses.replace(found, encoding=encoding)
    return PrintedPage(index + 1, found.width, found.height, printed_lines(found, index + 1), found.turn)


def _as_shown(box: Box, page: PrintedPage) -> Box:
    """The place on the page as it is shown."""
    if not page.turn:
        return box
    width, height = _shown_size(page)
    corners = np.array([[box.left, box.top, box.right, box.bottom]])
    left, top, right, bottom = turned_boxes(corners, -page.turn, width, height)[0].tolist()
    return Box(left, bottom, right, top)


def _marginal(marginal: Marginal, pages: Sequence[PrintedPage]) -> Marginal:
    if marginal.box is None or marginal.page is None:
        return marginal
    return dataclasses.replace(marginal, box=_as_shown(marginal.box, pages[marginal.page - 1]))


def _shown_size(page: PrintedPage) -> tuple[float, float]:
    return (page.height, page.width) if page.turn in {90, 270} else (page.width, page.height)


def _metadata(document: pypdfium2.PdfDocument) -> dict[str, JSON]:
    return {key: value for key, value in document.get_metadata_dict().items() if value}


def _is_scanned(page: PrintedPage, document: pypdfium2.PdfDocument) -> bool:
    """A page with hardly a letter whose larger part is a picture."""
    if sum(len(line.text) for line in page.lines) >= 5 * _FEW:
        return False
    handle = document[page.number - 1]
    try:
        for picture in handle.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
            left, bottom, right, top = picture.get_bounds()
            if (right - left) * (top - bottom) > 0.4 * page.width * page.height:
                return True
    except pypdfium2.PdfiumError:
        return False
    finally:
        handle.close()
    return False


def _refuse_scan(file: RawFile, pages: Sequence[PrintedPage], scanned: Sequence[int]) -> None:
    text = "".join(line.text for page in pages for line in page.lines)
    if len(text) < _FEW * len(pages) and (scanned or len(text) < _FEW):
        raise UnreadableFile(
            f"Tệp “{file.name}” là bản chụp (scan), không có lớp văn bản để đọc; cần nhận dạng chữ (OCR): "
            "cài phần mở rộng “ocr” rồi thêm lại, hoặc dùng bản PDF có chữ."
        )
    # A font without a Unicode map gives private-use or missing code points in place of letters.
    if len(re.findall(r"[\ufffd\ue000-\uf8ff]", text)) > 0.2 * len(text):
        raise UnreadableFile(
            f"Tệp “{file.name}” dùng phông chữ không có bảng mã nên chữ lấy ra không đọc được; "
            "cần nhận dạng chữ (OCR) hoặc một bản PDF khác."
        )


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
                joint = _CELLS if i in cells else "" if paragraph.lines[i - 1].hyphenated else " "
            pieces.append(joint + line.text)
            spans.append((line, Span(length + len(joint), length + len(joint) + len(line.text))))
            length += len(pieces[-1])
    return "".join(pieces), spans


def _mark_places(spans: Sequence[tuple[PrintedLine, Span]]) -> list[MarkPlace]:
    return [MarkPlace(m.mark, line.page, span.start + m.offset) for line, span in spans for m in line.marks]


def _pages(pages: Sequence[PrintedPage], spans: Sequence[tuple[PrintedLine, Span]], length: int) -> tuple[Page, ...]:
    """Pages follow each other without gaps: one ends where the first line of the next begins."""
    starts: dict[int, int] = {}
    for line, span in spans:
        starts.setdefault(line.page, span.start)
    result: list[Page] = []
    end = length
    for page in reversed(pages):
        start = 0 if page.number == 1 else min(starts.get(page.number, end), end)
        result.append(Page(page.number, Span(start, end), *_shown_size(page)))
        end = start
    return tuple(reversed(result))
