"""Sheets whose letters are drawn in odd ways: out of order from two fonts, or in an encoding of before Unicode."""

from collections.abc import Callable
from typing import Literal

from printed import HEIGHT, Sheet

When = Literal["run", "line", "page"]


class TwoFonts(Sheet):
    """Draws the letters that only Vietnamese has from another font into gaps: after each run, line or page."""

    def __init__(self, when: When) -> None:
        super().__init__()
        self.when = when
        self.later: list[tuple[float, float, str, float]] = []

    def text(self, x: float, y: float, words: str, size: float = 12) -> None:
        run, start = "", x
        for letter in words:
            width = self.width_of(letter, size)
            if letter in "ăâđêôơưĂÂĐÊÔƠƯ" or letter >= "\u1ea0":
                self._run(start, y, run, size)
                self.later.append((x, y, letter, size))
                run, start = "", x + width
            else:
                run += letter
            x += width
            if self.when == "run" and letter == " ":
                self._run(start, y, run, size)
                run, start = "", x
                self._draw_later()
        self._run(start, y, run, size)
        if self.when != "page":
            self._draw_later()

    def _run(self, x: float, y: float, words: str, size: float) -> None:
        if words:
            super().text(x, y, words, size)

    def _draw_later(self) -> None:
        for x, y, letter, size in self.later:
            # Another font: the same outlines, a little smaller, so that its letters have another height.
            self.canvas.setFont("vn", 0.95 * size)
            self.canvas.drawString(x, HEIGHT - y, letter)
        self.later = []

    def next_page(self) -> None:
        self._draw_later()
        super().next_page()

    def finish(self) -> None:
        """Draws what is left to be drawn."""
        self._draw_later()


class OldFont(Sheet):
    """Draws in Helvetica the Latin-1 characters that `typed` gives for a text, as programs of the nineties did."""

    def __init__(self, typed: Callable[[str], str]) -> None:
        from reportlab.pdfbase import pdfmetrics

        super().__init__()
        self.typed = typed
        self.width_of = lambda text, size: pdfmetrics.stringWidth(typed(text), "Helvetica", size)

    def text(self, x: float, y: float, words: str, size: float = 12) -> None:
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(x, HEIGHT - y, self.typed(words))
