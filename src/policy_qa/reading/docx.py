"""Word files (.docx): paragraphs and tables in order, headings by style, automatic numbers as printed."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime

import docx
from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from policy_qa.document import JSON, SourceText
from policy_qa.errors import UnreadableFile
from policy_qa.reading.numbering import Numbering
from policy_qa.reading.source import RawFile, TextBuilder

_MAX_UNPACKED = 500 * 1024 * 1024
_MAX_RATIO = 200  # Word's own XML packs to a tenth or a twentieth; a bomb to a thousandth
# What python-docx, lxml and zipfile raise over broken packages; python-docx leaves missing parts to KeyError and the like.
_BROKEN = (
    OpcError, PythonDocxError, etree.LxmlError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, AttributeError, TypeError,
    IndexError, NotImplementedError, RecursionError,
)  # fmt: skip
_HEADING = re.compile(r"(?:heading|tiêu đề|đề mục)\s*(\d)", re.IGNORECASE)


def read_docx(file: RawFile) -> SourceText:
    """The text of a Word file; a line break inside a paragraph begins a new one.

    Raises:
        UnreadableFile: corrupt, without text, or unpacking to an unreasonable size.
    """
    _check_archive(file)
    try:
        document = docx.Document(io.BytesIO(file.data))
        builder = TextBuilder()
        numbering = Numbering(document)
        depths = _depths(document)
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                builder.add_table([list(row) for row in _rows(block, numbering)])
            else:
                builder.add(numbering.label(block) + _text(block), depths.get(block._p.style or ""))
        metadata = _metadata(document)
    except _BROKEN as error:
        raise UnreadableFile(
            f"Tệp Word “{file.name}” bị hỏng nên không đọc được; hãy tải hoặc lưu lại bản gốc."
        ) from error
    if not builder.text:
        raise UnreadableFile(f"Tệp Word “{file.name}” không có chữ nào (có thể chỉ có ảnh chụp); hãy dùng bản có chữ.")
    return SourceText(
        text=builder.text,
        file=str(file.path),
        sha256=file.sha256,
        media="docx",
        headings=tuple(builder.headings),
        metadata=metadata,
    )


def _check_archive(file: RawFile) -> None:
    """Looks at the directory of the archive before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(f"Tệp Word “{file.name}” bị hỏng hoặc tải chưa đủ; hãy tải lại bản gốc.") from error
    if any(part.flag_bits & 0x1 for part in parts):
        raise UnreadableFile(f"Tệp Word “{file.name}” được bảo vệ bằng mật khẩu; hãy gỡ mật khẩu rồi thêm lại.")
    unpacked = sum(part.file_size for part in parts)
    # Small parts may pack very well; only what fills memory matters.
    bomb = any(part.file_size > 2**20 and part.file_size > _MAX_RATIO * max(part.compress_size, 1) for part in parts)
    if unpacked > _MAX_UNPACKED or bomb or len(parts) > 20_000:
        raise UnreadableFile(
            f"Tệp Word “{file.name}” khi giải nén phình to bất thường ({unpacked // 2**20} MB) nên không mở; hãy dùng bản gốc khác."
        )


def _text(paragraph: Paragraph) -> str:
    """The words as shown: text, links and accepted insertions; a line break as a newline, a tab as a space."""
    pieces: list[str] = []
    for node in paragraph._p.iter(qn("w:t"), qn("w:br"), qn("w:cr"), qn("w:tab"), qn("w:noBreakHyphen")):
        if node.tag == qn("w:t"):
            pieces.append(node.text or "")
        elif node.tag == qn("w:tab"):
            # Tab stops in the paragraph's settings bear the same name.
            parent = node.getparent()
            pieces.append("" if parent is not None and parent.tag == qn("w:tabs") else " ")
        elif node.tag == qn("w:noBreakHyphen"):
            pieces.append("-")
        else:
            pieces.append("\n")
    return "".join(pieces)


def _depths(document: WordDocument) -> dict[str, int]:
    """Heading depth by style id; looking a paragraph's style up each time would take most of the reading."""
    found: dict[str, int] = {}
    for style in document.styles:
        name = (style.name or "").lower()
        heading = _HEADING.match(name)
        if heading or name == "title":
            found[style.style_id] = int(heading[1]) if heading else 1
    return found


def _rows(table: Table, numbering: Numbering) -> Iterator[Iterator[str]]:
    for row in table.rows:
        yield (_cell(cell, numbering) for cell in _distinct(row.cells))


def _distinct(cells: tuple[_Cell, ...]) -> Iterator[_Cell]:
    """A merged cell is listed once for every column it covers."""
    last = None
    for cell in cells:
        if cell._tc is not last:
            yield cell
        last = cell._tc


def _cell(cell: _Cell, numbering: Numbering) -> str:
    parts: list[str] = []
    for block in cell.iter_inner_content():
        if isinstance(block, Table):
            parts.extend(" | ".join(inner) for inner in _rows(block, numbering))
        else:
            parts.append(numbering.label(block) + _text(block))
    return "\n".join(parts)


def _metadata(document: WordDocument) -> dict[str, JSON]:
    properties = document.core_properties
    found: dict[str, JSON] = {
        name: value
        for name in ("title", "subject", "author", "keywords")
        if isinstance(value := getattr(properties, name), str) and value.strip()
    }
    for name in ("created", "modified"):
        value = getattr(properties, name)
        if isinstance(value, datetime):
            found[name] = value.isoformat()
    return found
