"""Word files: order, tables, headings, automatic numbers, and archives that mean harm."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from policy_qa.errors import UnreadableFile
from policy_qa.reading import read


def saved(document: object, path: Path) -> Path:
    document.save(str(path))  # type: ignore[attr-defined]
    return path


def numbered(document: object, levels: list[tuple[str, str]]) -> str:
    """Adds a list definition; returns its id."""
    root = document.part.numbering_part.element  # type: ignore[attr-defined]
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "99")
    for i, (form, pattern) in enumerate(levels):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(i))
        for tag, value in (("start", "1"), ("numFmt", form), ("lvlText", pattern)):
            child = OxmlElement(f"w:{tag}")
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    root.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "99")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "99")
    number.append(link)
    root.append(number)
    return "99"


def in_list(document: object, text: str, number: str, level: int) -> None:
    paragraph = document.add_paragraph(text)  # type: ignore[attr-defined]
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = int(number)


def test_paragraphs_tables_and_headings_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "BỘ THỬ\n-------\nSố: 5/QĐ-BT"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    document.add_heading("Chương I", 2)
    document.add_paragraph("Điều 1.\u00a0Phạm   vi").add_run("\nDòng hai")
    table = document.add_table(2, 3)
    for i, text in enumerate(("TT", "Việc", "Hạn", "1", "Làm\ngấp", "")):
        table.cell(i // 3, i % 3).text = text
    source = read(saved(document, tmp_path / "a.docx"))
    assert source.text.split("\n") == [
        "BỘ THỬ",
        "Số: 5/QĐ-BT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Chương I",
        "Điều 1. Phạm vi",
        "Dòng hai",
        "TT | Việc | Hạn",
        "1 | Làm gấp",
    ]
    assert [(h.span.of(source.text), h.depth) for h in source.headings] == [("Chương I", 2)]
    assert source.pages == ()


def test_automatic_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    number = numbered(document, [("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "•")])
    for text, level in (("Một", 0), ("k", 1), ("p", 2), ("p", 2), ("k", 1), ("p", 2), ("g", 3), ("Hai", 0), ("k", 1)):
        in_list(document, text, number, level)
    document.add_paragraph("Không số")
    source = read(saved(document, tmp_path / "a.docx"))
    assert source.text.split("\n") == [
        "Điều 1. Một", "1. k", "a) p", "b) p", "2. k", "a) p", "- g", "Điều 2. Hai", "1. k", "Không số",
    ]  # fmt: skip


def test_tracked_changes_show_the_accepted_text(tmp_path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("Mức là ")
    for tag, text_tag, text in (("w:del", "w:delText", "mười"), ("w:ins", "w:t", "hai mươi")):
        change, run, word = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        word.text = text
        run.append(word)
        change.append(run)
        paragraph._p.append(change)
    assert read(saved(document, tmp_path / "a.docx")).text == "Mức là hai mươi"


def test_refuses_bombs(tmp_path: Path) -> None:
    path = saved(docx.Document(), tmp_path / "bom.docx")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/big.bin", b"\0" * 8_000_000)
    with pytest.raises(UnreadableFile, match="phình to bất thường"):
        read(path)


def rewritten(path: Path, part: str, content: str) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = content.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_external_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "bi-mat.txt"
    secret.write_text("KHÔNG ĐƯỢC LỘ", encoding="utf-8")
    body = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>Chữ &x; sau</w:t></w:r></w:p></w:body></w:document>"
    )
    path = rewritten(saved(docx.Document(), tmp_path / "a.docx"), "word/document.xml", body)
    try:
        text = read(path).text
    except UnreadableFile:
        return
    assert "KHÔNG ĐƯỢC LỘ" not in text


@pytest.mark.parametrize("content", ["", "<w:document", "<a/>", "<html><body>x</body></html>"])
def test_corrupt_parts(tmp_path: Path, content: str) -> None:
    path = rewritten(saved(docx.Document(), tmp_path / "hong.docx"), "word/document.xml", content)
    with pytest.raises(UnreadableFile, match=r"“hong\.docx”"):
        read(path)


def test_truncated_and_empty(tmp_path: Path) -> None:
    path = saved(docx.Document(), tmp_path / "rong.docx")
    with pytest.raises(UnreadableFile, match="không có chữ nào"):
        read(path)
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(UnreadableFile, match=r"“rong\.docx” bị hỏng"):
        read(path)
