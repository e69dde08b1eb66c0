"""The office layout of a Word file: page, fonts, styles, numbering and page numbers as NĐ 30/2020/NĐ-CP, phụ lục I, has them.

A4; margins 20 mm at the top and bottom, 30 mm left, 15 mm right; Times New Roman 13 to 14, black; the page number in the
middle of the top margin, from the second page on.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from xml.sax.saxutils import quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

if TYPE_CHECKING:
    from docx.document import Document

FONT, LANGUAGE = "Times New Roman", "vi-VN"
TEXT_WIDTH = 165
"""Millimetres between the margins."""

_CM = 567  # twentieths of a point
_INDENT = round(1.27 * _CM)
_LABEL_INDENT = round(1.9 * _CM)
_DROPPED = frozenset(
    {
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
        RELATIONSHIP_TYPE.CUSTOM_XML,
    }
)
"""Parts of python-docx's own template that say something of another document."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style. `size`, `before` and `after` in points, indents in twentieths of one; `list` is its numbering, from 1."""

    id: str
    name: str
    based: str | None = "Normal"
    size: float | None = None
    bold: bool = False
    italic: bool = False
    align: Literal["left", "center", "both"] = "left"
    first: int = 0
    left: int = 0
    hanging: int = 0
    before: float = 0
    after: float = 0
    outline: int | None = None
    keep_next: bool = False
    new_page: bool = False
    list: int = 0


STYLES = (
    Style("Normal", "Normal", None),
    Style("Header", "header", align="center"),
    Style("Title", "Title", size=14, bold=True, align="center", before=18),
    Style("Subtitle", "Subtitle", size=14, bold=True, align="center"),
    Style("Heading1", "heading 1", size=14, bold=True, align="center", before=14, after=8, outline=0, keep_next=True),
    Style("Heading2", "heading 2", size=14, bold=True, align="both", first=_INDENT, before=10, after=6, outline=1, keep_next=True),
    Style("Heading3", "heading 3", size=13, bold=True, italic=True, align="both", first=_INDENT, before=6, after=3, outline=2, keep_next=True),
    Style("CoQuanChuQuan", "Cơ quan chủ quản", size=12, align="center"),
    Style("CoQuan", "Cơ quan ban hành", size=12, bold=True, align="center"),
    Style("QuocHieu", "Quốc hiệu", size=12, bold=True, align="center"),
    Style("TieuNgu", "Tiêu ngữ", size=13, bold=True, align="center"),
    Style("SoKyHieu", "Số, ký hiệu", size=13, align="center", before=6),
    Style("DiaDanh", "Địa danh và thời gian", size=14, italic=True, align="center", before=6),
    Style("KeNgang", "Đường kẻ", size=2, align="center", before=1.5),
    Style("ThongTin", "Thông tin buổi học", size=14, italic=True, align="center", before=4),
    Style("PhuLuc", "Phụ lục", "Heading1", new_page=True),
    Style("PhanMoi", "Phần sang trang", "Heading1", new_page=True),
    Style("CauHoi", "Câu hỏi", "Heading2", list=1),
    Style("CauHoiNgan", "Câu hỏi trong danh sách", size=14, align="both", first=_INDENT, after=6, list=2),
    Style("TraLoi", "Trả lời", size=14, align="both", first=_INDENT, after=6),
    Style("CanCu", "Căn cứ", size=13, align="both", first=_INDENT, after=4),
    Style("CanCuMuc", "Căn cứ (danh mục)", size=13, align="both", left=_LABEL_INDENT, hanging=_LABEL_INDENT - _INDENT, after=3),
    Style("LuuY", "Lưu ý", size=13, align="both", first=_INDENT, after=4),
    Style("DieuKhoan", "Điều khoản", size=13, align="both", first=_INDENT, after=3),
    Style("ChucVu", "Chức vụ người ký", size=14, bold=True, align="center", before=18, keep_next=True),
    Style("HoTen", "Họ tên người ký", size=14, bold=True, align="center", before=56),
)  # fmt: skip


def new_document() -> Document:
    """An empty document in the office layout."""
    document = docx.Document()
    for part in (document.part.package, document.part):
        for name, relation in list(part.rels.items()):
            if relation.reltype in _DROPPED:
                del part.rels[name]
    _set_styles(document)
    _set_numbering(document)
    _set_page(document)
    _set_settings(document)
    return document


def set_properties(document: Document, *, title: str, author: str, subject: str, date: str | None) -> None:
    """What the file says of itself; without a `date` it says nothing of when it was made, so that it is always the same."""
    core = document.core_properties
    element = core._element
    for child in list(element):
        element.remove(child)
    core.title, core.author, core.subject, core.language = title, author, subject, LANGUAGE
    core.revision = 1
    if date:
        core.created = core.modified = datetime.datetime.combine(datetime.date.fromisoformat(date), datetime.time())


def _set_styles(document: Document) -> None:
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    root.append(
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
            f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/><w:color w:val="000000"/>'
            f'<w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        )
    )
    for style in STYLES:
        root.append(parse_xml(_style_xml(style)))
    root.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="character" w:customStyle="1" w:styleId="LoiBienSoan">'
            '<w:name w:val="Lời người biên soạn"/><w:qFormat/><w:rPr><w:i/><w:iCs/></w:rPr></w:style>'
        )
    )
    root.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
            '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
            '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        )
    )


def _style_xml(style: Style) -> str:
    custom = "" if style.name[:1].isascii() and style.id in _BUILT_IN else ' w:customStyle="1"'
    default = ' w:default="1"' if style.based is None else ""
    based = f"<w:basedOn w:val={quoteattr(style.based)}/>" if style.based else ""
    inherits = style.based not in (None, "Normal")
    return (
        f'<w:style {nsdecls("w")} w:type="paragraph"{default}{custom} w:styleId="{style.id}">'
        f"<w:name w:val={quoteattr(style.name)}/>{based}<w:qFormat/>"
        f"<w:pPr>{_paragraph_xml(style, inherits=inherits)}</w:pPr><w:rPr>{_run_xml(style)}</w:rPr></w:style>"
    )


def _paragraph_xml(style: Style, *, inherits: bool) -> str:
    """The properties in the order that the schema prescribes; a style over another says only what it adds."""
    parts = ["<w:keepNext/>" if style.keep_next else "", "<w:pageBreakBefore/>" if style.new_page else ""]
    if style.list:
        parts.append(f'<w:numPr><w:numId w:val="{style.list}"/></w:numPr>')
    if not inherits:
        parts.append(f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"/>')
        hanging = f'w:hanging="{style.hanging}"' if style.hanging else f'w:firstLine="{style.first}"'
        parts.append(f'<w:ind w:left="{style.left}" {hanging}/><w:jc w:val="{style.align}"/>')
    if style.outline is not None:
        parts.append(f'<w:outlineLvl w:val="{style.outline}"/>')
    return "".join(parts)


def _run_xml(style: Style) -> str:
    parts = ["<w:b/><w:bCs/>" if style.bold else "", "<w:i/><w:iCs/>" if style.italic else ""]
    if style.size:
        parts.append(f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>')
    return "".join(parts)


_BUILT_IN = frozenset({"Normal", "Header", "Title", "Subtitle", "Heading1", "Heading2", "Heading3"})


def _set_numbering(document: Document) -> None:
    """A numbering "Câu 1." for each of the styles that are lists, so that each counts from one."""
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    lists = sorted(style.list for style in STYLES if style.list)
    for number in lists:
        root.append(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
                '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
                '<w:lvlText w:val="Câu %1."/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="0" w:firstLine="{_INDENT}"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:lvl></w:abstractNum>'
            )
        )
    for number in lists:
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def _set_page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.style = document.styles["header"]
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>'))


def _set_settings(document: Document) -> None:
    root = document.settings.element
    for setting in root.xpath("//w:compatSetting[@w:name='compatibilityMode']"):
        setting.set(qn("w:val"), "15")
    for setting in root.xpath("//w:themeFontLang"):
        setting.set(qn("w:val"), LANGUAGE)
    for name in ("savePreviewPicture", "rsids", "proofState"):
        for setting in root.xpath(f"//w:{name}"):
            setting.getparent().remove(setting)
