"""A pack as an Excel file: a sheet of questions with their answers, a sheet of citations with the words quoted."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from policy_qa.citing.rendering import quoted
from policy_qa.document import DIGEST_MARK
from policy_qa.packs.content import Entry, entries
from policy_qa.packs.editing import seen
from policy_qa.packs.stamps import without_times

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from policy_qa.packs.pack import Pack, State

QUESTION_COLUMNS: Final = (
    ("STT", 6), ("Câu hỏi", 40), ("Trả lời", 70), ("Căn cứ", 50), ("Lưu ý", 40), ("Trạng thái", 14), ("Lời gốc (nếu đã sửa)", 50),
)  # fmt: skip
CITATION_COLUMNS: Final = (
    ("Câu", 6), ("Căn cứ", 60), ("Đoạn được trích", 70), ("Loại lời văn", 22), ("Trang", 8), ("Tệp", 30),
)  # fmt: skip
STATES: Final[dict[State, str]] = {"proposed": "Chưa duyệt", "accepted": "Đã duyệt", "rejected": "Đã loại"}
EDITED = "Người biên soạn đã sửa câu trả lời; lời gốc ở cột cuối."
CUT = "… (đã cắt bớt: một ô chỉ chứa được 32.767 ký tự)"

_LONGEST = 32_767
"""Characters that a cell may hold."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CREATED = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def to_excel(pack: Pack) -> bytes:
    """The pack as an .xlsx of values only; the same pack gives the same bytes."""
    from openpyxl import Workbook

    found = entries(pack)
    book = Workbook()
    book.properties.title, book.properties.creator = seen(pack.title) or "Bộ hỏi đáp", seen(pack.author)
    book.remove(book.worksheets[0])
    _fill(book.create_sheet("Hỏi đáp"), QUESTION_COLUMNS, (_question_row(entry) for entry in found))
    _fill(book.create_sheet("Viện dẫn"), CITATION_COLUMNS, (row for entry in found for row in _citation_rows(entry)))
    out = io.BytesIO()
    book.save(out)
    return without_times(out.getvalue(), {"docProps/core.xml": lambda words: _CREATED.sub(b"", words)})


def _question_row(entry: Entry) -> Sequence[str | int]:
    several = len(entry.sources) > 1
    paragraphs = [entry.remark] if entry.remark else []
    for said, marks in zip(entry.said, entry.marks, strict=True):
        paragraphs.append(" ".join((said.text, *(f"[{mark}]" for mark in marks if several))))
    sources = [f"[{n}] {source}" if several else source for n, source in enumerate(entry.sources, 1)]
    answer = entry.item.answer
    was = (
        "\n".join(" ".join(s.text.split()) for s in answer.statements)
        if answer and entry.item.edited is not None
        else ""
    )
    return (
        entry.number,
        entry.question,
        "\n".join(paragraphs),
        "\n".join(sources),
        "\n".join((*entry.notes, *((EDITED,) if entry.item.edited is not None else ()))),
        STATES[entry.item.state],
        was,
    )


def _citation_rows(entry: Entry) -> Iterable[Sequence[str | int]]:
    answer = entry.item.answer
    for citation in answer.citations if answer else ():
        is_digest = citation.text_kind == "digest"
        yield (
            entry.number,
            citation.formatted,
            f"{quoted(citation)} {DIGEST_MARK}" if is_digest else quoted(citation),
            "Bản tóm lược" if is_digest else "Nguyên văn",
            citation.page or "",
            citation.file.replace("\\", "/").rsplit("/", 1)[-1],
        )


def _fill(sheet: Worksheet, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str | int]]) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    thin = Side(style="thin")
    for n, line in enumerate([[name for name, _ in columns], *rows], 1):
        for m, value in enumerate(line, 1):
            cell = sheet.cell(n, m)
            cell.font = Font(name="Times New Roman", size=12, bold=n == 1)
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            centred = n == 1 or isinstance(value, int)
            cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if centred else None)
            if isinstance(value, int):
                cell.value = value
                continue
            text = _cell_text(value)
            if not text:
                continue
            cell.value = text
            # Otherwise Excel would take it for a formula, here or when the cell is typed into again.
            cell.data_type = "s"
            cell.quotePrefix = text.startswith(_FORMULA)
    for m, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(m)].width = width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _cell_text(text: str) -> str:
    text = "\n".join(map(seen, text.split("\n")))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - len(CUT)]}{CUT}"
