"""A pack as a Word file in the office layout: head, questions and answers with what they stand on, annex of provisions.

As a handout the questions come first, alone, and the answers on new pages.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from policy_qa.citing.dates import long_date
from policy_qa.packs.content import Cited, Entry, annex, entries
from policy_qa.packs.editing import Said, seen
from policy_qa.packs.layout import TEXT_WIDTH, new_document, set_properties
from policy_qa.packs.stamps import without_times

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

    from policy_qa.packs.pack import Head, Pack
    from policy_qa.retrieval.index import Index

KIND = "TÀI LIỆU HỎI ĐÁP"
STATE_HEAD = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY_HEAD = "ĐẢNG CỘNG SẢN VIỆT NAM"
BLANK = "…" * 12
QUESTIONS, ANSWERS = "CÂU HỎI", "TRẢ LỜI"
ANSWER, BASIS, NOTE = "Trả lời: ", "Căn cứ: ", "Lưu ý: "
RELATED = "Điều khoản gần nhất (để tham khảo, không phải căn cứ):"
EDITED = "Chữ in nghiêng là lời của người biên soạn."
SHORTENED = "Người biên soạn đã lược bớt câu trả lời."
ANNEX = ("PHỤ LỤC", "ĐIỀU KHOẢN ĐƯỢC VIỆN DẪN")
AUTHOR = "NGƯỜI BIÊN SOẠN"

_LEFT = 65  # millimetres of the head's left column
_MOTTO = 58  # millimetres that the motto's words are long
_PARTY = 62  # millimetres of the words above Party documents
_MOST_LETTERS = 24
"""Capitals of 12 points that the left column holds on a line."""
_SHORT_LINE = 24  # millimetres: a third to a half of the words above


def to_word(pack: Pack, index: Index, *, handout: bool = False) -> bytes:
    """The pack as a .docx; the same pack over the same index gives the same bytes. `handout`: questions first, answers after."""
    document = new_document()
    set_properties(
        document,
        title=seen(pack.title) or KIND.capitalize(),
        author=seen(pack.author),
        subject=seen(pack.session),
        date=pack.date,
    )
    writer = _Writer(document)
    writer.head(pack.head, pack.date)
    writer.title(pack)
    found = entries(pack)
    if handout:
        writer.paragraph(QUESTIONS, "Heading1")
        for entry in found:
            writer.paragraph(entry.question, "CauHoiNgan")
        writer.paragraph(ANSWERS, "PhanMoi")
    for entry in found:
        writer.entry(entry)
    writer.signature(pack.author)
    writer.annex(annex(pack, index))
    out = io.BytesIO()
    document.save(out)
    return without_times(out.getvalue())


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._styles = {style.style_id: style for style in document.styles}

    def paragraph(self, text: str = "", style: str = "Normal", lead: str = "") -> Paragraph:
        """A paragraph in a style; `lead` are bold words that it begins with."""
        return self._written(self._document.add_paragraph(), text, style, lead)

    # --- the head

    def head(self, head: Head, date: str | None) -> None:
        """Who issues it, the country's or the Party's words, number, place and date; what was not given stays dotted."""
        row = self._table(_LEFT, TEXT_WIDTH - _LEFT)
        self._issuer(row[0], head)
        if head.is_party:
            self._in(row[1], PARTY_HEAD, "TieuNgu")
            self._line(row[1], TEXT_WIDTH - _LEFT, _PARTY)
        else:
            self._in(row[1], STATE_HEAD[0], "QuocHieu")
            self._in(row[1], STATE_HEAD[1], "TieuNgu")
            self._line(row[1], TEXT_WIDTH - _LEFT, _MOTTO)
        where = seen(head.place or "") or BLANK
        when = long_date(date) if date else "ngày … tháng … năm …"
        self._in(row[1], f"{where}, {when}", "DiaDanh")
        for cell in row:
            cell._tc.remove(cell._tc.p_lst[0])  # the empty paragraph that every cell begins with

    def _issuer(self, cell: _Cell, head: Head) -> None:
        if head.superior:
            self._in(cell, _balanced(seen(head.superior).upper()), "CoQuanChuQuan")
        self._in(cell, _balanced(seen(head.office or "").upper()) or BLANK, "CoQuan")
        number = seen(head.number or "") or "…" * 6
        if head.is_party:
            self._in(cell, "*", "CoQuan")
            self._in(cell, f"Số {number}", "SoKyHieu")
        else:
            self._line(cell, _LEFT, _SHORT_LINE)
            self._in(cell, f"Số: {number}", "SoKyHieu")

    def title(self, pack: Pack) -> None:
        """What it is, what it is about, for which session."""
        self.paragraph(KIND, "Title")
        if seen(pack.title):
            self.paragraph(seen(pack.title), "Subtitle")
        self._rule(self.paragraph(style="KeNgang"), TEXT_WIDTH, 40)
        if seen(pack.session):
            self.paragraph(f"({seen(pack.session)})", "ThongTin")
        self.paragraph(style="KeNgang")

    # --- questions and answers

    def entry(self, entry: Entry) -> None:
        """One question with its answer, what it stands on, and what is to be noted."""
        self.paragraph(entry.question, "CauHoi")
        lead = ANSWER
        if entry.remark:
            self.paragraph(entry.remark, "TraLoi", lead)
            lead = ""
        for said, marks in zip(entry.said, entry.marks, strict=True):
            self._said(said, marks if len(entry.sources) > 1 else (), lead)
            lead = ""
        if entry.said and entry.sources:
            self._document.paragraphs[-1].paragraph_format.keep_with_next = True
        self._sources(entry.sources)
        if entry.related:
            self.paragraph(RELATED, "CanCu")
            for place in entry.related:
                self.paragraph(f"-\t{place}", "CanCuMuc")
        edits = (EDITED if entry.has_edits else "", SHORTENED if entry.is_shortened else "")
        for note in filter(None, (*entry.notes, *edits)):
            self.paragraph(note, "LuuY", NOTE)

    def _said(self, said: Said, marks: Sequence[int], lead: str) -> None:
        paragraph = self.paragraph(style="TraLoi", lead=lead)
        for run in said.runs:
            added = paragraph.add_run(run.text)
            if run.is_edited:
                added.style = self._styles["LoiBienSoan"]
        if marks:
            paragraph.add_run(" " + "".join(f"[{mark}]" for mark in marks))

    def _sources(self, sources: Sequence[str]) -> None:
        if len(sources) == 1:
            self.paragraph(f"{sources[0]}.", "CanCu", BASIS)
        elif sources:
            self.paragraph(style="CanCu", lead=BASIS.rstrip()).paragraph_format.keep_with_next = True
            for number, place in enumerate(sources, 1):
                self.paragraph(f"[{number}]\t{place}{'.' if number == len(sources) else ';'}", "CanCuMuc")

    # --- the end

    def signature(self, author: str) -> None:
        """Who made it, on the right, to be signed."""
        cell = self._table(TEXT_WIDTH // 2, TEXT_WIDTH // 2)[1]
        self._written(cell.paragraphs[0], AUTHOR, "ChucVu")
        self._in(cell, seen(author) or BLANK, "HoTen")

    def annex(self, documents: Iterable[Cited]) -> None:
        """The provisions cited, verbatim, by document."""
        documents = list(documents)
        if not documents:
            return
        self.paragraph(ANNEX[0], "PhuLuc").paragraph_format.space_after = 0
        self.paragraph(ANNEX[1], "Heading1").paragraph_format.space_before = 0
        for document in documents:
            self.paragraph(document.name, "Heading2")
            for provision in document.provisions:
                if provision.heading:
                    self.paragraph(provision.heading, "Heading3")
                for line in provision.lines:
                    self.paragraph(line, "DieuKhoan")
                if provision.remark:
                    self.paragraph(provision.remark, "DieuKhoan")

    # --- pieces

    def _table(self, *widths: float) -> list[_Cell]:
        """A row of cells without borders, of these widths in millimetres, that does not break over pages."""
        table = self._document.add_table(1, len(widths))
        table.autofit = False
        table._tbl.tblPr.append(parse_xml(_NO_MARGINS))
        cells = table.rows[0].cells
        for cell, column, width in zip(cells, table.columns, widths, strict=True):
            cell.width = column.width = Mm(width)
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        return list(cells)

    def _in(self, cell: _Cell, text: str, style: str) -> Paragraph:
        return self._written(cell.add_paragraph(), text, style)

    def _written(self, paragraph: Paragraph, text: str, style: str, lead: str = "") -> Paragraph:
        paragraph.style = self._styles[style]
        if lead:
            paragraph.add_run(lead).bold = True
        if text:
            paragraph.add_run(text)
        return paragraph

    def _line(self, cell: _Cell, width: float, length: float) -> None:
        self._rule(self._in(cell, "", "KeNgang"), width, length)

    def _rule(self, paragraph: Paragraph, width: float, length: float) -> None:
        """A line of `length` in the middle of `width`, both in millimetres: the border of an empty paragraph."""
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm((width - length) / 2)
        border = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'
        )
        settings = paragraph._p.get_or_add_pPr()
        settings.insert_element_before(border, *_AFTER_BORDER)


def _balanced(name: str) -> str:
    """A name that one line of the head does not hold, broken into two of much the same length."""
    words = name.split(" ")
    if len(name) <= _MOST_LETTERS or len(name) > 2 * _MOST_LETTERS:
        return name
    lines = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    first, second = min(lines, key=lambda pair: (abs(len(pair[0]) - len(pair[1])), -len(pair[0])), default=(name, ""))
    return f"{first}\n{second}"


_NO_MARGINS = (
    f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
)
_AFTER_BORDER = tuple(f"w:{name}" for name in ("shd", "tabs", "suppressAutoHyphens", "spacing", "ind", "jc", "rPr"))
