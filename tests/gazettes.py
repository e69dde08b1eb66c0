"""A small decree in print, invented throughout: a PDF of three pages whose words and places the tests know."""

from __future__ import annotations

from pathlib import Path

import pytest

FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/System/Library/Fonts/Supplemental/Times New Roman.ttf",
    "C:/Windows/Fonts/times.ttf",
)
NUMBER = "31/2031/NĐ-CP"
WATERING = "Người trồng hoa tưới hoa hai lần mỗi ngày, sáng sớm và chiều mát."
PAGES = (
    (
        "CHÍNH PHỦ",
        "Số: 31/2031/NĐ-CP",
        "Hà Nội, ngày 05 tháng 5 năm 2031",
        "NGHỊ ĐỊNH",
        "Quy định việc trồng hoa ở công sở",
        "Điều 1. Phạm vi điều chỉnh",
        "1. Nghị định này quy định việc trồng hoa ở công sở.",
        "2. Vườn hoa của công viên không thuộc Nghị định này.",
    ),
    (
        "Điều 2. Người trồng hoa",
        "1. Công sở cử một người trồng hoa.",
        "2. Người trồng hoa được cấp dụng cụ theo khoản 1 Điều 3 Nghị định này.",
    ),
    (
        "Điều 3. Chăm sóc hoa",
        "1. Dụng cụ gồm bình tưới và xẻng nhỏ.",
        f"2. {WATERING}",
        "Điều 4. Hiệu lực thi hành",
        "Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2031.",
    ),
)
WIDTH, HEIGHT, LEFT, SIZE, STEP = 595.0, 842.0, 70.0, 12, 24


def draw(file: Path) -> Path:
    """Writes the decree to `file`; skips the test where no font has Vietnamese letters."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    font = next((path for path in FONTS if Path(path).is_file()), None)
    if font is None:
        pytest.skip("no font with Vietnamese letters on this machine")
    pdfmetrics.registerFont(TTFont("gazette", font))
    canvas = Canvas(str(file), pagesize=(WIDTH, HEIGHT), invariant=True)
    for lines in PAGES:
        canvas.setFont("gazette", SIZE)
        for at, line in enumerate(lines):
            canvas.drawString(LEFT, HEIGHT - 80 - at * STEP, line)
        canvas.showPage()
    canvas.save()
    return file


def baseline(words: str) -> tuple[int, float]:
    """The page (from 1) and the height above the bottom, in points, on which `words` are printed."""
    for page, lines in enumerate(PAGES, 1):
        for at, line in enumerate(lines):
            if words in line:
                return page, HEIGHT - 80 - at * STEP
    raise KeyError(words)
