"""The characters of a page with their boxes: order, direction, turned pages."""

import io
from pathlib import Path

import numpy as np
import pypdf
import pypdfium2
import pytest
from printed import HEIGHT, LONG, WIDTH, Sheet

from policy_qa.reading.pdf.characters import Characters, characters, letters_of, turned_boxes

BOXES = np.array([[10.0, 40.0, 30.0, 25.0]])  # left, top, right, bottom on a page 100 wide and 200 high


def of(data: bytes) -> Characters:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    try:
        return characters(document[0])
    finally:
        document.close()


def drawn(sheet: Sheet) -> Characters:
    sheet.canvas.save()
    return of(sheet.bytes.getvalue())


def places(page: Characters) -> list[tuple[float, ...]]:
    """The boxes of all visible characters, from left to right; blanks that PDFium adds have none."""
    return sorted(map(tuple, page.boxes[page.boxes[:, 2] > page.boxes[:, 0]].round(1).tolist()))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_page_is_turned_so_that_its_text_is_upright(sheet: Sheet, tmp_path: Path, rotation: int) -> None:
    sheet.canvas.translate(WIDTH / 2, HEIGHT / 2)
    sheet.canvas.rotate(rotation)
    sheet.canvas.translate(-WIDTH / 2, -HEIGHT / 2)
    sheet.paragraph(350, LONG)
    page = drawn(sheet)
    assert not page.turned.any()
    assert page.turn == rotation % 360  # clockwise, since reportlab turns against the clock
    assert (page.width, page.height) == ((WIDTH, HEIGHT) if rotation % 180 == 0 else (HEIGHT, WIDTH))
    visible = page.boxes[page.boxes[:, 2] > page.boxes[:, 0]]
    assert (visible[:, 1] > visible[:, 3]).all()
    assert visible[:, 0].min() >= 0 and visible[:, 2].max() <= page.width


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_shown_turned_has_its_boxes_as_shown(sheet: Sheet, tmp_path: Path, rotation: int) -> None:
    sheet.paragraph(100, LONG)
    upright = drawn(sheet)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(sheet.bytes.getvalue()))
    writer.pages[0].rotate(rotation)
    out = io.BytesIO()
    writer.write(out)
    shown = of(out.getvalue())
    # Turned back, it is the upright page again.
    assert places(shown) == places(upright)
    assert (shown.width, shown.height, shown.turn) == (WIDTH, HEIGHT, -rotation % 360)


def test_some_turned_text_beside_upright_text(sheet: Sheet) -> None:
    sheet.paragraph(100, LONG)
    sheet.canvas.translate(30, 300)
    sheet.canvas.rotate(90)
    sheet.canvas.setFont("vn", 10)
    sheet.canvas.drawString(0, 0, "CÔNG BÁO VIẾT DỌC")
    page = drawn(sheet)
    turned = "".join(np.array(list(page.text))[page.turned])
    assert "".join(turned.split()) == "CÔNGBÁOVIẾTDỌC"
    assert page.turn == 0


def test_a_page_without_a_character() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 300)
    out = io.BytesIO()
    writer.write(out)
    page = of(out.getvalue())
    assert (len(page.codes), page.boxes.shape, page.text, page.grid) == (0, (0, 4), "", None)
    assert (page.width, page.height) == (200, 300)


@pytest.mark.parametrize(
    ("degrees", "width", "height", "expected"),
    [
        (0, 100, 200, (10, 40, 30, 25)),
        (90, 200, 100, (25, 90, 40, 70)),
        (180, 100, 200, (70, 175, 90, 160)),
        (270, 200, 100, (160, 30, 175, 10)),
        (450, 200, 100, (25, 90, 40, 70)),
        (-90, 200, 100, (160, 30, 175, 10)),
    ],
)
def test_turned_boxes(degrees: int, width: float, height: float, expected: tuple[float, ...]) -> None:
    assert tuple(turned_boxes(BOXES, degrees, width, height)[0]) == expected


def test_turning_four_times_is_nothing() -> None:
    boxes, width, height = BOXES, 100.0, 200.0
    for _ in range(4):
        width, height = height, width
        boxes = turned_boxes(boxes, 90, width, height)
    assert (boxes == BOXES).all()


def test_code_points_that_are_none_become_blanks() -> None:
    codes = np.array([0x41, 0, -1, 0xD800, 0xDFFF, 0x110000, 0x1F33C, 0x1EA0])
    assert letters_of(codes) == ["A", " ", " ", " ", " ", " ", "\U0001f33c", "Ạ"]
