"""The Word file, opened again: the office layout as real styles, fields and numbers, and the words in their places."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.shared import Pt
from quoting import answered, cited

from policy_qa.answer import Answer
from policy_qa.packs.pack import Head, Item, Pack
from policy_qa.packs.word import BLANK, to_word

if TYPE_CHECKING:
    from docx.document import Document

    from policy_qa.answering.chain import Assistant


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def lines(document: Document, style: str | None = None) -> list[str]:
    return [p.text for p in document.paragraphs if style is None or (p.style is not None and p.style.name == style)]


def head_of(document: Document, table: int = 0) -> list[str]:
    """The lines of the first (or another) table's row, left column first."""
    return [p.text for cell in document.tables[table].rows[0].cells for p in cell.paragraphs if p.text]


@pytest.fixture(scope="module")
def written(packed: Pack, office: Assistant) -> bytes:
    return to_word(packed, office.index)


def test_the_page_is_as_the_decree_has_it(written: bytes) -> None:
    document = opened(written)
    section = document.sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    limits = ((20, 25), (20, 25), (30, 35), (15, 20))
    for margin, (least, most) in zip(margins, limits, strict=True):
        assert margin is not None
        assert least <= round(margin.mm) <= most
    # The number in the middle of the top margin, none on the first page.
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    assert "PAGE" in section.header._element.xml
    assert section.header.paragraphs[0].style.paragraph_format.alignment == 1  # type: ignore[union-attr]


def test_every_style_is_times_new_roman_13_to_14_in_vietnamese(written: bytes) -> None:
    styles = zipfile.ZipFile(io.BytesIO(written)).read("word/styles.xml").decode("utf-8")
    assert set(re.findall(r'<w:rFonts[^>]*w:(?:ascii|hAnsi|cs|eastAsia)="([^"]+)"', styles)) == {"Times New Roman"}
    assert "Theme" not in styles
    assert '<w:lang w:val="vi-VN"' in styles
    assert re.findall(r'w:color w:val="(\w+)"', styles) == ["000000"]
    for style in opened(written).styles:
        size = getattr(getattr(style, "font", None), "size", None)
        heads = {"Cơ quan chủ quản", "Cơ quan ban hành", "Quốc hiệu"}
        if size is not None and style.name != "Đường kẻ":
            assert (Pt(12) if style.name in heads else Pt(13)) <= size <= Pt(14), style.name


def test_the_head_names_the_office_and_the_country(written: bytes) -> None:
    assert [line.replace("\n", " ") for line in head_of(opened(written))] == [
        "ỦY BAN NHÂN DÂN TỈNH AN HẢI",
        "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
        "Số: ………………",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "An Hải, ngày 05 tháng 3 năm 2026",
    ]
    assert lines(opened(written))[:4] == [
        "TÀI LIỆU HỎI ĐÁP",
        "Về vườn ươm cây ngập mặn",
        "",
        "(Phục vụ lớp tập huấn tháng 3)",
    ]


def test_what_the_office_did_not_give_is_left_to_be_written(office: Assistant) -> None:
    document = opened(to_word(Pack.of(["Ai ký?"]), office.index))
    assert head_of(document) == [
        BLANK,
        "Số: ………………",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        f"{BLANK}, ngày … tháng … năm …",
    ]
    assert head_of(document, 1) == ["NGƯỜI BIÊN SOẠN", BLANK]
    assert lines(document, "Trả lời") == ["Trả lời: Chưa có câu trả lời."]


def test_party_bodies_have_a_head_of_their_own(office: Assistant) -> None:
    pack = replace(
        Pack.of(["Ai ký?"]),
        head=Head(office="Ban Tuyên giáo", superior="Tỉnh ủy An Hải", number="12-TL/BTGTU", is_party=True),
    )
    assert head_of(opened(to_word(pack, office.index)))[:5] == [
        "TỈNH ỦY AN HẢI",
        "BAN TUYÊN GIÁO",
        "*",
        "Số 12-TL/BTGTU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
    ]


def test_questions_are_numbered_by_word_and_answers_stand_with_their_basis(written: bytes) -> None:
    document = opened(written)
    questions = [p for p in document.paragraphs if p.style is not None and p.style.name == "Câu hỏi"]
    assert len(questions) == 5
    assert 'w:lvlText w:val="Câu %1."' in document.part.numbering_part.element.xml
    assert questions[0].style.base_style.name == "Heading 2"  # type: ignore[union-attr]
    assert lines(document, "Trả lời")[:2] == [
        "Trả lời: “1. Ngân sách tỉnh chi 250 triệu đồng mỗi năm cho vườn ươm.”",
        "Trả lời: “2. Chủ vườn ươm lưu hồ sơ gieo ươm trong thời hạn 07 năm.”",
    ]
    basis = lines(document, "Căn cứ")
    assert basis[0] == (
        "Căn cứ: khoản 1 Điều 3 Quyết định số 345/QĐ-UBND ngày 15 tháng 3 năm 2021 của Ủy ban nhân dân tỉnh An Hải về "
        "việc ban hành Quy định quản lý vườn ươm cây ngập mặn, trang 1."
    )
    assert basis[1] == "Căn cứ: khoản 2 Điều 4 Quyết định số 345/QĐ-UBND, trang 2."
    assert basis[2].endswith("(bản tóm lược, không phải nguyên văn).")


def test_a_digest_is_never_quoted_and_bears_its_mark(written: bytes) -> None:
    document = opened(written)
    at = lines(document).index("Mục tiêu chung của Đề án 1079 là gì?")
    answer = document.paragraphs[at + 1 : at + 4]
    assert not any("“" in p.text or "”" in p.text for p in answer)
    assert any(p.text.endswith("(bản tóm lược, không phải nguyên văn)") for p in answer)


def test_several_sources_are_numbered_and_one_is_not(office: Assistant) -> None:
    answer = answered(cited("Tưới cây."), cited("Ghi sổ.", "2", "điều=3"))
    document = opened(to_word(Pack(items=(Item("Gì?", answer),)), office.index))
    assert lines(document, "Trả lời") == ["Trả lời: “Tưới cây.” [1]", "“Ghi sổ.” [2]"]
    assert lines(document, "Căn cứ (danh mục)") == [
        "[1]\tĐiều 2 Quyết định số 7/QĐ-VU của Ban Vườn ươm, trang 3;",
        "[2]\tĐiều 3 Quyết định số 7/QĐ-VU, trang 3.",
    ]


def test_what_the_trainer_wrote_is_in_italics_and_said_to_be(office: Assistant) -> None:
    item = Item("Gì?", answered(cited("Chủ vườn tưới cây mỗi ngày.")), edited="Chủ vườn tưới cây hằng ngày.")
    document = opened(to_word(Pack(items=(item,)), office.index))
    paragraph = next(p for p in document.paragraphs if p.style is not None and p.style.name == "Trả lời")
    assert [
        run.text for run in paragraph.runs if run.style is not None and run.style.name == "Lời người biên soạn"
    ] == [" hằng"]
    assert lines(document, "Lưu ý") == ["Lưu ý: Chữ in nghiêng là lời của người biên soạn."]


def test_a_handout_has_the_questions_first_and_the_answers_on_new_pages(packed: Pack, office: Assistant) -> None:
    document = opened(to_word(packed, office.index, handout=True))
    assert lines(document, "Câu hỏi trong danh sách") == [item.question for item in packed.items]
    texts = lines(document)
    assert texts.index("TRẢ LỜI") > texts.index(packed.items[-1].question)
    assert "“" not in "".join(texts[: texts.index("TRẢ LỜI")])
    answers = next(p for p in document.paragraphs if p.text == "TRẢ LỜI")
    assert answers.style is not None
    assert answers.style.paragraph_format.page_break_before
    # Both lists count from one: each has a numbering of its own.
    ids = re.findall(r'<w:numId w:val="(\d)"/>', document.styles.element.xml)
    assert sorted(ids) == ["1", "2"]


def test_the_annex_stands_at_the_end_on_a_new_page(written: bytes) -> None:
    document = opened(written)
    texts = lines(document)
    at = texts.index("PHỤ LỤC")
    assert texts[at + 1] == "ĐIỀU KHOẢN ĐƯỢC VIỆN DẪN"
    assert "2. Chủ vườn ươm lưu hồ sơ gieo ươm trong thời hạn 07 năm." in texts[at:]
    assert document.paragraphs[at].style.paragraph_format.page_break_before  # type: ignore[union-attr]


def test_the_same_pack_gives_the_same_bytes_and_the_file_says_what_it_is(
    packed: Pack, office: Assistant, written: bytes
) -> None:
    assert to_word(packed, office.index) == written
    core = opened(written).core_properties
    assert (core.title, core.author, core.subject, core.language) == (
        "Về vườn ươm cây ngập mặn", "Trần Thị Bãi Bồi", "Phục vụ lớp tập huấn tháng 3", "vi-VN",
    )  # fmt: skip
    assert core.comments == ""
    assert {i.date_time for i in zipfile.ZipFile(io.BytesIO(written)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_words_are_only_words(office: Assistant) -> None:
    hostile = "<w:br/> & ]]> \x00\x1b[31m\u202e \ud800 {{7*7}}"
    pack = Pack(
        title=hostile,
        session=hostile,
        author=hostile,
        head=Head(hostile, hostile, hostile, hostile),
        items=(
            Item(hostile, answered(cited("Tưới."), notes=(hostile,))),
            Item("Gì?", error=hostile),
            Item("Gì?", answered(cited("Tưới cây.")), edited=hostile),
            Item("Gì?", Answer("Gì?", "not_found", "no_text", hostile)),
        ),
    )
    document = opened(to_word(pack, office.index, handout=True))
    assert lines(document, "Câu hỏi")[0] == "<w:br/> & ]]> [31m ? {{7*7}}"


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_libreoffice_lays_it_out_as_it_should(tmp_path: Path, written: bytes) -> None:
    file = tmp_path / "bộ.docx"
    file.write_bytes(written)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    from pypdf import PdfReader

    pages = [page.extract_text() for page in PdfReader(tmp_path / "bộ.pdf").pages]
    assert len(pages) >= 3
    assert "Câu 1. Ngân sách" in " ".join(pages[0].split())
    assert not re.match(r"\s*1\s", pages[0])
    assert pages[1].split()[0] == "2"
    assert " ".join(pages[-1].split()).find("Câu 5.") < 0
