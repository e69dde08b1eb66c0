"""Which pages have their text as text: measured on drawn pages, in every language and encoding that is not garbage."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from printed import LONG, Sheet
from scanned import picture_pdf

from policy_qa.reading.pdf.characters import characters
from policy_qa.reading.pdf.layout import printed_lines
from policy_qa.reading.pdf.recoding import encoding_of
from policy_qa.reading.pdf.text_layer import Flaw, flaw, pictured_share, text_length

ENGLISH = (
    "The department shall report every year on the seedlings that were planted along the coast, on the land that was "
    "given back to the villages, and on the money that was spent for both, before the fifteenth of December. "
)
GERMAN = (
    "Die Behörde berichtet jährlich über die an der Küste gepflanzten Setzlinge, über die zurückgegebenen Flächen und "
    "über die Rechtsdurchsetzung sowie die dafür verausgabten Mittel bis zum fünfzehnten Dezember. "
)
FRENCH = (
    "Le service rend compte chaque année des plants mis en terre le long de la côte, des terrains rendus aux villages et "
    "des sommes dépensées à cet effet, au plus tard le quinze décembre de chaque année. "
)
SHIFTED = "".join(chr(ord(c) + 1) if c.isalpha() else c for c in LONG)
GLYPHS = "".join(chr(ord(c) - 29) if 33 < ord(c) - 29 < 127 else c for c in ENGLISH)
MISREAD = (
    "Cac cc quan, don vj c6 tr3ch nhiem l4p ke hoach hang nam, ph3n cOng ngudi phu tr4ch v5 b4o c4o kdt qu4 trudc ngiy "
)


def judge(path: Path, number: int = 1) -> Flaw | None:
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        page = document[number - 1]
        found = characters(page)
        if encoding_of(found.text) is not None:
            import dataclasses

            found = dataclasses.replace(found, encoding=encoding_of(found.text))
        return flaw(page, found, printed_lines(found, number))
    finally:
        document.close()


def written(sheet: Sheet, text: str, folder: Path, times: int = 4) -> Path:
    y = 100.0
    for _ in range(times):
        y = sheet.paragraph(y, text) + 10
    return sheet.save(folder / "a.pdf")


@pytest.mark.parametrize(
    "text", [LONG, ENGLISH, GERMAN, FRENCH, LONG.upper(), ENGLISH.upper(), "12,5 30,7 1.250 44,1 " * 20]
)
def test_text_is_text(sheet: Sheet, tmp_path: Path, text: str) -> None:
    assert judge(written(sheet, text, tmp_path)) is None


@pytest.mark.parametrize("text", [SHIFTED, GLYPHS, "\ue012\ue034\ue055 \ue071\ue089 " * 40, "\ufffd\ufffd a " * 60])
def test_letters_that_mean_nothing(sheet: Sheet, tmp_path: Path, text: str) -> None:
    assert judge(written(sheet, text, tmp_path)) == "letters"


def test_bullets_of_symbol_fonts_are_few(sheet: Sheet, tmp_path: Path) -> None:
    assert judge(written(sheet, "\uf0b7 " + LONG, tmp_path)) is None


@pytest.mark.parametrize("encoding", ["TCVN3", "VNI"])
def test_old_encodings_are_converted_not_recognised(sheet: Sheet, tmp_path: Path, encoding: str) -> None:
    from old_encodings import tcvn3, vni

    text = tcvn3(LONG) if encoding == "TCVN3" else vni(LONG)
    assert judge(written(sheet, text, tmp_path)) is None


def gray(width: int = 827, height: int = 1169) -> Image.Image:
    return Image.new("L", (width, height), 200)


def head(sheet: Sheet) -> None:
    sheet.text(200, 35, "CÔNG BÁO/Số 10 + 11/Ngày 01-02-2024")
    sheet.text(520, 35, "7")


def few(sheet: Sheet) -> None:
    sheet.paragraph(60, LONG)


def much(sheet: Sheet) -> None:
    for y in range(60, 700, 80):
        sheet.paragraph(y, LONG)


def misread(sheet: Sheet) -> None:
    for y in range(60, 700, 80):
        sheet.paragraph(y, MISREAD)


@pytest.mark.parametrize(
    ("text", "what"),
    [(lambda _: None, "picture"), (head, "picture"), (few, "picture"), (much, None), (misread, "layer")],
)
def test_a_page_that_is_a_picture(tmp_path: Path, text: Callable[[Sheet], None], what: Flaw | None) -> None:
    assert judge(picture_pdf(tmp_path / "a.pdf", [gray()], [text])) == what


def test_misread_letters_without_a_picture_are_left(sheet: Sheet, tmp_path: Path) -> None:
    misread(sheet)
    assert judge(sheet.save(tmp_path / "a.pdf")) is None


def test_an_emblem_is_no_scan(sheet: Sheet, tmp_path: Path) -> None:
    sheet.canvas.drawInlineImage(gray(60, 60), 250, 700, 90, 90)
    few(sheet)
    assert judge(sheet.save(tmp_path / "a.pdf")) is None


def test_a_strip_without_a_letter_is_one(sheet: Sheet, tmp_path: Path) -> None:
    sheet.canvas.drawInlineImage(gray(500, 60), 50, 700, 480, 50)
    assert judge(sheet.save(tmp_path / "a.pdf")) == "picture"


def test_letters_drawn_as_outlines(sheet: Sheet, tmp_path: Path) -> None:
    for i in range(200):
        sheet.canvas.circle(50 + i % 20 * 25, 100 + i // 20 * 60, 5)
    assert judge(sheet.save(tmp_path / "a.pdf")) == "picture"


def test_blank_and_nearly_blank_pages(sheet: Sheet, tmp_path: Path) -> None:
    sheet.next_page()
    sheet.canvas.rect(0, 0, 500, 700, fill=1)
    path = sheet.save(tmp_path / "a.pdf")
    assert (judge(path), judge(path, 2)) == (None, None)


def test_pictures_side_by_side_are_added_up(sheet: Sheet, tmp_path: Path) -> None:
    for i in range(4):
        sheet.canvas.drawInlineImage(gray(100, 100), 0, i * 842 / 4, 595, 842 / 4)
    sheet.canvas.drawInlineImage(gray(100, 100), 0, 0, 595, 842 / 4)
    document = pypdfium2.PdfDocument(sheet.save(tmp_path / "a.pdf").read_bytes())
    assert pictured_share(document[0]) == pytest.approx(1, abs=0.02)
    document.close()


def test_the_gazettes_head_is_no_text(sheet: Sheet, tmp_path: Path) -> None:
    head(sheet)
    document = pypdfium2.PdfDocument(sheet.save(tmp_path / "a.pdf").read_bytes())
    assert text_length(printed_lines(characters(document[0]), 1)) == 1
    document.close()
