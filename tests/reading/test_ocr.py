"""Tesseract itself: found or not, what it reads on turned and stained pages, and that nothing is recognised twice."""

import os
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from printed import LONG, Sheet
from scanned import needs_tesseract, picture_pdf, red_seal, scan

from policy_qa.reading.scans import ocr
from policy_qa.reading.scans.ocr import Recognition, Tesseract, find_tesseract, how_to_install, recognise
from policy_qa.reading.source import ReadOptions


def drawn(sheet: Sheet) -> Sheet:
    y = sheet.paragraph(100, LONG)
    sheet.paragraph(sheet.paragraph(y + 10, LONG) + 10, LONG)
    return sheet


def recognised(
    path: Path, options: ReadOptions | None = None, numbers: tuple[int, ...] = (1,)
) -> dict[int, Recognition]:
    tesseract = find_tesseract()
    assert tesseract is not None
    document = pypdfium2.PdfDocument(path.read_bytes())
    try:
        return recognise(document, numbers, tesseract, options or ReadOptions())
    finally:
        document.close()


def text_of(found: Recognition) -> str:
    return " ".join(word.text for word in found.sheet.words)


def share(text: str) -> float:
    """How many of the words of three paragraphs were read."""
    wanted = (LONG.split()) * 3
    left = text.split()
    hits = 0
    for word in wanted:
        if word in left:
            left.remove(word)
            hits += 1
    return hits / len(wanted)


# --- the program


@needs_tesseract
def test_it_is_found_with_its_data() -> None:
    found = find_tesseract()
    assert found is not None and Path(found.program).is_file()
    assert found.version[0].isdigit() and found.version in found.identity


def test_it_is_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ocr, "_FOLDERS", ())
    assert find_tesseract() is None
    assert how_to_install()


@needs_tesseract
def test_it_is_found_where_its_installer_puts_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = find_tesseract()
    assert found is not None
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("WHERE", str(Path(found.program).parent))
    monkeypatch.setattr(ocr, "_FOLDERS", ("$WHERE",))
    again = find_tesseract()
    assert again is not None and again.program == found.program


@needs_tesseract
def test_without_vietnamese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    found = find_tesseract()
    assert found is not None and not found.knows_vietnamese


@pytest.mark.skipif(os.name == "nt", reason="a shell script stands for the program")
def test_a_program_that_does_not_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/false\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_tesseract() is None


# --- pages


@needs_tesseract
@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_pages_are_turned_upright(sheet: Sheet, tmp_path: Path, turn: int) -> None:
    found = recognised(scan(drawn(sheet), tmp_path / "a.pdf", turn=turn))[1]
    assert found.turn == -turn % 360
    assert share(text_of(found)) > 0.9
    assert not found.is_strange and found.sheet.confidence > 0.85


@needs_tesseract
@pytest.mark.slow
def test_a_red_seal_hides_nothing(sheet: Sheet, tmp_path: Path) -> None:
    assert share(text_of(recognised(scan(drawn(sheet), tmp_path / "a.pdf", over=red_seal))[1])) > 0.9


@needs_tesseract
@pytest.mark.slow
def test_a_stamp_of_incoming_mail_is_taken_out(sheet: Sheet, tmp_path: Path) -> None:
    def stamp(page: Image.Image) -> None:
        pen = ImageDraw.Draw(page)
        pen.rectangle((120, 40, 620, 190), outline=0, width=5)
        pen.line((120, 100, 620, 100), fill=0, width=4)
        pen.text((160, 50), "CONG VAN", fill=0, font_size=40)
        pen.arc((180, 110, 400, 180), 20, 340, fill=0, width=4)
        pen.arc((420, 105, 600, 185), 100, 300, fill=0, width=4)
        pen.text((150, 120), "ĐẾN", fill=0, font_size=44)

    found = text_of(recognised(scan(drawn(sheet), tmp_path / "a.pdf", over=stamp))[1])
    assert share(found) > 0.9
    assert "CONG VAN" not in found


@needs_tesseract
def test_a_blank_page_and_a_broken_one(tmp_path: Path) -> None:
    blank = picture_pdf(tmp_path / "a.pdf", [Image.new("L", (600, 800), 255)])
    found = recognised(blank)[1]
    assert (found.sheet.words, found.is_strange, found.turn) == ([], False, 0)
    nowhere = Tesseract(str(tmp_path / "nothing"), "5", True, "x")
    document = pypdfium2.PdfDocument(blank.read_bytes())
    assert recognise(document, [1], nowhere, ReadOptions()) == {}
    document.close()


@needs_tesseract
def test_a_page_of_scribble_is_strange(tmp_path: Path) -> None:
    picture = Image.new("L", (640, 820), 255)
    pen = ImageDraw.Draw(picture)
    for row in range(9):
        for column in range(14):
            x, y = 100 + 35 * column, 100 + 75 * row
            pen.arc(
                (x, y, x + 26, y + 34),
                (row * 37 + column * 61) % 360,
                (row * 37 + column * 61) % 360 + 200,
                fill=0,
                width=4,
            )
            pen.line((x + 5, y + 10, x + 20, y + (row * 7 + column * 11) % 34), fill=0, width=4)
    found = recognised(picture_pdf(tmp_path / "a.pdf", [picture]))[1]
    assert found.is_strange or not found.sheet.words


def test_page_boxes_in_other_units(tmp_path: Path) -> None:
    sheet = Sheet()
    for size in ((2480, 3508), (60, 85), (595, 842), (1191, 842), (14400, 40)):
        sheet.canvas.setPageSize(size)
        sheet.next_page()
    document = pypdfium2.PdfDocument(sheet.save(tmp_path / "a.pdf").read_bytes())
    shapes = [picture.shape for i in range(1, 6) if (picture := ocr._picture(document, i)) is not None]
    document.close()
    assert [max(shape) for shape in shapes] == pytest.approx([2900, 2000, 2047, 2895, 2900], abs=2)
    assert all(min(shape) >= 1 for shape in shapes)


# --- what is kept


@pytest.mark.slow
@needs_tesseract
def test_nothing_is_recognised_twice(sheet: Sheet, tmp_path: Path) -> None:
    sheet.canvas.setPageSize((300, 842))
    sheet.text(20, 100, "Mỗi xã có một vườn hoa,", 13)
    sheet.text(20, 120, "mỗi huyện có một vườn ươm.", 13)
    path = scan(sheet, tmp_path / "a.pdf")
    cache = tmp_path / "sâu" / "cache"
    told: list[tuple[int, int]] = []
    options = ReadOptions(cache=cache, progress=lambda done, total: told.append((done, total)))
    first = recognised(path, options)
    assert [file.suffix for file in cache.iterdir()] == [".json"]
    kept = next(cache.iterdir())
    assert 200 < kept.stat().st_size < 100_000
    found = find_tesseract()
    assert found is not None
    broken = Tesseract(str(tmp_path / "nothing"), found.version, True, found.identity)
    document = pypdfium2.PdfDocument(path.read_bytes())
    assert recognise(document, [1], broken, options) == first
    # Another version, or other data, may read it better.
    assert recognise(document, [1], Tesseract(broken.program, "6", True, "6"), options) == {}
    for damage in (b"", b"{", b"[1]", b'{"sheet": {}, "turn": 0}', b'{"turn": "x"}', b"[" * 100_000):
        kept.write_bytes(damage)
        assert recognise(document, [1], broken, options) == {}
    document.close()
    assert told[:2] == [(0, 1), (1, 1)]
    assert recognised(path, options) == first


@needs_tesseract
def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    found = recognised(picture_pdf(tmp_path / "a.pdf", [Image.new("L", (600, 800), 255)]), ReadOptions(cache=blocked))
    assert found[1].sheet.words == []
