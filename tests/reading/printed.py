"""Draws small official-looking PDFs for the tests, with whatever Vietnamese-capable font the machine has."""

import io
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from policy_qa.document import SourceText

FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
    "/System/Library/Fonts/Supplemental/Times New Roman.ttf",
    "C:/Windows/Fonts/times.ttf",
)
WIDTH, HEIGHT = 595.0, 842.0
LEFT, RIGHT, INDENT = 85.0, 540.0, 115.0

LONG = (
    "Các cơ quan, đơn vị có trách nhiệm lập kế hoạch hằng năm, phân công người phụ trách và báo cáo kết quả trước ngày "
    "mười lăm tháng mười hai để tổng hợp chung trong phạm vi cả tỉnh theo hướng dẫn của văn phòng."
)


class Sheet:
    """A PDF under construction; `y` runs down from the top of the page."""

    def __init__(self) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        font = next((path for path in FONTS if Path(path).is_file()), None)
        if font is None:
            pytest.skip("no font with Vietnamese letters on this machine")
        pdfmetrics.registerFont(TTFont("vn", font))
        self.bytes = io.BytesIO()
        self.canvas = Canvas(self.bytes, pagesize=(WIDTH, HEIGHT))
        self.width_of = lambda text, size: pdfmetrics.stringWidth(text, "vn", size)

    def text(self, x: float, y: float, words: str, size: float = 12) -> None:
        self.canvas.setFont("vn", size)
        self.canvas.drawString(x, HEIGHT - y, words)

    def centred(self, y: float, words: str, size: float = 12) -> None:
        self.text((LEFT + RIGHT) / 2 - self.width_of(words, size) / 2, y, words, size)

    def paragraph(self, y: float, words: str, indent: float = INDENT, size: float = 12) -> float:
        """Justified text with a first-line indent; returns the y of the next line."""
        line: list[str] = []
        left = indent
        for word in [*words.split(), ""]:
            wide = self.width_of(" ".join([*line, word]), size) > RIGHT - left
            if line and (wide or not word):
                self._justified(left, y, line, size, last=not word)
                y, left, line = y + 18, LEFT, []
            line.append(word)
        return y

    def _justified(self, left: float, y: float, words: list[str], size: float, *, last: bool) -> None:
        room = RIGHT - left - sum(self.width_of(word, size) for word in words)
        gap = self.width_of(" ", size) if last or len(words) == 1 else room / (len(words) - 1)
        for word in words:
            self.text(left, y, word + ("" if word is words[-1] else " "), size)
            left += self.width_of(word, size) + gap

    def next_page(self) -> None:
        self.canvas.showPage()

    def save(self, path: Path, password: str | None = None) -> Path:
        if password:
            from reportlab.lib.pdfencrypt import StandardEncryption

            self.canvas._doc.encrypt = StandardEncryption(password, canPrint=0)
        self.canvas.save()
        path.write_bytes(self.bytes.getvalue())
        return path


def check_invariants(source: SourceText) -> None:
    """What must hold of every PDF that was read."""
    assert unicodedata.is_normalized("NFC", source.text)
    assert "  " not in source.text
    assert "\n\n" not in source.text
    spans = [line.span for line in source.lines]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(line.span.of(source.text).strip() for line in source.lines)
    assert [page.number for page in source.pages] == list(range(1, len(source.pages) + 1))
    assert source.pages[0].span.start == 0
    assert source.pages[-1].span.end == len(source.text)
    assert all(a.span.end == b.span.start for a, b in pairwise(source.pages))
    for line in source.lines:
        page = source.pages[line.page - 1]
        assert line.span in page.span
        assert 0 <= line.box.left < line.box.right <= page.width
        assert 0 <= line.box.bottom < line.box.top <= page.height
