"""Recognised words placed on the page, cut between columns, mended within them."""

import math

import numpy as np
import pytest
from scanned import CELL, line_of, page_of

from policy_qa.document import Box
from policy_qa.reading.pdf.rules import Grid, grid
from policy_qa.reading.scans.fragments import Straightening, fragment_rows, straightening
from policy_qa.reading.scans.hocr import Sheet

WIDTH, HEIGHT = 595.0, 842.0


def rows(sheet: Sheet, borders: Grid | None = None, covered: tuple[Box, ...] = ()) -> list[list[str]]:
    place = straightening(sheet, WIDTH, HEIGHT)
    return [[fragment.text for fragment in row] for row in fragment_rows(sheet, place, borders, covered)]


def test_columns_part_and_words_stay_together() -> None:
    sheet = page_of(line_of("BỘ THỬ", 150, 200), line_of("Độc lập - Tự do", 700, 201), line_of("Điều một", 150, 300))
    assert rows(sheet) == [["BỘ THỬ", "Độc lập - Tự do"], ["Điều một"]]


def test_a_line_is_cut_at_a_gap_as_wide_as_it_is_high() -> None:
    left, right = line_of("BỘ THỬ", 150, 200), line_of("Độc lập", 700, 200)
    joined = type(left)((*left.words, *right.words), left.size, left.base, left.slope)
    assert rows(page_of(joined)) == [["BỘ THỬ", "Độc lập"]]


def test_the_motto_is_parted_from_the_issuer_without_a_gap() -> None:
    assert rows(page_of(line_of("CỤC THỬ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 150, 200))) == [
        ["CỤC THỬ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    ]


def test_parts_of_a_line_that_were_read_apart_are_joined() -> None:
    assert rows(page_of(line_of("quốc", 100, 300), line_of("gia Ba", 100 + 5 * CELL, 302))) == [["quốc gia Ba"]]
    assert rows(page_of(line_of("1.", 160, 300), line_of("Rà soát", 240, 300))) == [["1. Rà soát"]]
    assert rows(page_of(line_of("Số:", 160, 300), line_of("/QĐ-BTN", 330, 300))) == [["Số: /QĐ-BTN"]]


def test_a_number_torn_apart_at_its_hyphen_is_joined() -> None:
    left, right = line_of("86/2016/TT-", 150, 200), line_of("-BQP ngày", 150 + 10 * CELL, 200)
    joined = type(left)((*left.words, *right.words), left.size, left.base, left.slope)
    assert rows(page_of(joined)) == [["86/2016/TT-BQP ngày"]]


def test_words_are_parted_at_a_border_which_is_no_letter() -> None:
    line = line_of("1.5 | Tăng cường|", 150, 400)
    border = (150 + 4 * CELL) * WIDTH / 1447
    down = [[x, 700.0, x, 600.0] for x in (20.0, border, 300.0)]
    borders = grid(np.array([*down, [20.0, 700.0, 300.0, 700.0], [20.0, 600.0, 300.0, 600.0]]))
    assert rows(page_of(line), borders) == [["1.5", "Tăng cường"]]
    assert rows(page_of(line)) == [["1.5 Tăng cường"]]


def test_what_the_page_has_as_text_is_left_out() -> None:
    sheet = page_of(line_of("đã có", 150, 200), line_of("chưa có", 150, 400))
    assert rows(sheet, covered=(Box(50, 740, 300, 780),)) == [["chưa có"]]


@pytest.mark.parametrize("slope", [-0.02, 0.0, 0.015])
def test_a_page_askew_is_set_level(slope: float) -> None:
    lines = [line_of("một hai ba bốn năm sáu bảy tám chín mười", 100, base, slope=slope) for base in (300, 900, 1700)]
    sheet = page_of(*lines)
    place = straightening(sheet, WIDTH, HEIGHT)
    assert place.slope == slope
    found = [row[0] for row in fragment_rows(sheet, place)]
    lefts = [fragment.left for fragment in found]
    # Turned about the page's centre, the same column of a level page would have begun at three places.
    assert all(
        math.isclose(a - b, slope * dy, abs_tol=0.5) for a, b, dy in zip(lefts, lefts[1:], (-247, -329), strict=False)
    )


@pytest.mark.parametrize("slope", [-0.03, 0.0, 0.02])
def test_level_and_back(slope: float) -> None:
    place = Straightening(WIDTH, HEIGHT, slope)
    x, y = place.level(200, 150)
    box = place.scanned(Box(x - 1, y - 1, x + 1, y + 1))
    assert (box.left + box.right) / 2 == pytest.approx(200, abs=0.5)
    assert HEIGHT - (box.bottom + box.top) / 2 == pytest.approx(150, abs=0.5)


def test_boxes_stay_on_the_page() -> None:
    box = Straightening(WIDTH, HEIGHT, 0.1).scanned(Box(0, 0, WIDTH, 10))
    assert (box.left, box.bottom, box.right, box.top) == (0, 0, WIDTH - 0.1 * (HEIGHT / 2 - 10), pytest.approx(39.75))


def test_an_empty_sheet() -> None:
    assert rows(page_of()) == []
