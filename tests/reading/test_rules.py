"""The lines drawn on a page, however a program draws them, and the cells that they enclose."""

import io

import numpy as np
import pypdfium2
import pytest
from printed import HEIGHT, Sheet
from ruled import WAYS, Way, borders

from policy_qa.document import Box
from policy_qa.reading.pdf import rules
from policy_qa.reading.pdf.rules import Grid, drawn_rules, grid

EDGES = [100.0, 200.0, 350.0]


def found(sheet: Sheet) -> np.ndarray:
    if not sheet.bytes.getvalue():
        sheet.canvas.save()
    document = pypdfium2.PdfDocument(io.BytesIO(sheet.bytes.getvalue()))
    try:
        return drawn_rules(document[0])
    finally:
        document.close()


def cells(grid_: Grid | None) -> tuple[Box | None, Box | None, Box | None]:
    assert grid_ is not None
    middle = HEIGHT - 330
    return grid_.cell(150, middle), grid_.cell(300, middle), grid_.cell(400, middle)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_drawing_gives_the_same_cells(sheet: Sheet, way: Way) -> None:
    borders(sheet, EDGES, 300, 360, way)
    first, second, outside = cells(grid(found(sheet)))
    assert first is not None and second is not None
    assert (first.left, first.bottom, first.right, first.top) == pytest.approx((100, 482, 200, 542), abs=0.5)
    assert (second.left, second.right) == pytest.approx((200, 350), abs=0.5)
    assert outside is None


@pytest.mark.parametrize(
    ("moved", "place"),
    [
        (lambda canvas: canvas.translate(30, -200), (130, 282, 230, 342)),
        (lambda canvas: canvas.scale(0.5, 0.5), (50, 241, 100, 271)),
    ],
    ids=["translated", "scaled"],
)
@pytest.mark.parametrize("way", WAYS)
def test_borders_inside_a_form_stand_where_the_form_is_placed(sheet: Sheet, way: Way, moved, place) -> None:
    sheet.canvas.beginForm("table")
    borders(sheet, EDGES, 300, 360, way)
    sheet.canvas.endForm()
    moved(sheet.canvas)
    sheet.canvas.doForm("table")
    found_grid = grid(found(sheet))
    assert found_grid is not None
    cell = found_grid.cell((place[0] + place[2]) / 2, (place[1] + place[3]) / 2)
    assert cell is not None
    assert (cell.left, cell.bottom, cell.right, cell.top) == pytest.approx(place, abs=0.5)


def test_slanted_lines_shadings_and_pictures_of_text_are_no_borders(sheet: Sheet) -> None:
    sheet.canvas.line(100, 100, 300, 300)
    sheet.canvas.rect(100, 400, 200, 50, stroke=0, fill=1)
    sheet.canvas.circle(300, 300, 40)
    sheet.text(100, 300, "Không có bảng nào")
    assert len(found(sheet)) == 0


def test_a_page_without_borders_has_no_grid(sheet: Sheet) -> None:
    sheet.canvas.line(100, 500, 300, 500)
    assert grid(found(sheet)) is None
    assert grid(np.empty((0, 4))) is None
    # Rules under a head and above the footnotes, but none that stands upright.
    assert grid(np.array([[90.0, 500, 200, 499.5]] * 6)) is None


def test_a_drawing_is_given_up(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    borders(sheet, EDGES, 300, 360, "lines")
    for _ in range(30):
        sheet.canvas.line(0, 0, 0, 90)
    assert len(found(sheet)) == 37
    monkeypatch.setattr(rules, "_MOST_OBJECTS", 20)
    assert len(found(sheet)) == 0


def test_forms_within_forms_count_together(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet.canvas.beginForm("inner")
    for x in range(10):
        sheet.canvas.line(x, 0, x, 90)
    sheet.canvas.endForm()
    sheet.canvas.beginForm("outer")
    for _ in range(10):
        sheet.canvas.doForm("inner")
    sheet.canvas.endForm()
    for _ in range(10):
        sheet.canvas.doForm("outer")
    assert len(found(sheet)) == 1000
    monkeypatch.setattr(rules, "_MOST_OBJECTS", 900)
    assert len(found(sheet)) == 0


GRID = Grid(
    across=np.array([[700.0, 100, 400], [650.0, 100, 400], [600.0, 100, 400]]),
    down=np.array([[100.0, 600, 700], [250.0, 600, 650], [253.0, 600, 650], [400.0, 600, 700]]),
)


@pytest.mark.parametrize(
    ("x", "y", "alone"),
    [(200, 675, True), (200, 625, False), (300, 625, False)],
    ids=["across the table", "left cell", "right of a double border"],
)
def test_whether_others_stand_beside_a_cell(x: float, y: float, alone: bool) -> None:
    cell = GRID.cell(x, y)
    assert cell is not None
    assert GRID.is_in_row(cell, y) is not alone


def test_the_strip_of_a_double_border_is_no_neighbour() -> None:
    framed = Grid(
        across=np.array([[700.0, 100, 400], [600.0, 100, 400]]),
        down=np.array([[100.0, 600, 700], [105.0, 600, 700], [395.0, 600, 700], [400.0, 600, 700]]),
    )
    cell = framed.cell(250, 650)
    assert cell == Box(105, 600, 395, 700)
    assert not framed.is_in_row(cell, 650)


def test_a_border_parts_only_what_stands_on_both_its_sides_at_its_height() -> None:
    right, left = np.array([240.0, 240.0, 240.0, 300.0]), np.array([260.0, 260.0, 249.0, 310.0])
    middle = np.array([625.0, 675.0, 625.0, 625.0])
    assert GRID.parts(right, left, middle).tolist() == [True, False, True, False]
