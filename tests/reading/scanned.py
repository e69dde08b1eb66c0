"""Makes scans of drawn pages, and recognised sheets of words without Tesseract, for the tests of scanned pages."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw
from printed import HEIGHT, WIDTH, Sheet

from policy_qa.reading.scans.hocr import Sheet as Recognised
from policy_qa.reading.scans.hocr import TextLine, Word

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")

CELL = 14  # pixels of a letter's width in made-up sheets
SIZE = 32.0


def pictures(sheet: Sheet, folder: Path, dpi: int = 200) -> list[Image.Image]:
    """The drawn pages in greys."""
    document = pypdfium2.PdfDocument(sheet.save(folder / "drawn.pdf").read_bytes())
    try:
        return [document[i].render(scale=dpi / 72, grayscale=True).to_pil() for i in range(len(document))]
    finally:
        document.close()


def scan(
    sheet: Sheet,
    path: Path,
    *,
    askew: float = 0.0,
    turn: int = 0,
    noise: float = 12.0,
    over: Callable[[Image.Image], None] | None = None,
) -> Path:
    """A PDF of pictures of the drawn pages: noisy, `askew` by degrees, turned clockwise by `turn`, `over` drawn on each."""
    random = np.random.default_rng(3)
    pages = []
    for picture in pictures(sheet, path.parent):
        picture = picture.rotate(askew, Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(picture).astype(float) + random.normal(0, noise, (picture.height, picture.width))
        page = Image.fromarray(grey.clip(0, 255).astype(np.uint8)).convert("RGB")
        if over is not None:
            over(page)
        pages.append(page.rotate(-turn, expand=True))
    return picture_pdf(path, pages)


def picture_pdf(path: Path, pages: Sequence[Image.Image], texts: Sequence[Callable[[Sheet], None]] = ()) -> Path:
    """A PDF whose pages are pictures as large as the page, with text drawn over them."""
    from reportlab.lib.utils import ImageReader

    sheet = Sheet()
    for i, picture in enumerate(pages):
        upright = picture.height >= picture.width
        width, height = (WIDTH, HEIGHT) if upright else (HEIGHT, WIDTH)
        sheet.canvas.setPageSize((width, height))
        buffer = io.BytesIO()
        picture.save(buffer, "PNG")
        buffer.seek(0)
        sheet.canvas.drawImage(ImageReader(buffer), 0, 0, width, height)
        if i < len(texts):
            texts[i](sheet)
        sheet.next_page()
    return sheet.save(path)


def red_seal(page: Image.Image) -> None:
    """A round red seal with an inner ring over the text in the middle of a page; what is black under it stays black."""
    ink = Image.new("RGB", page.size, "white")
    pen = ImageDraw.Draw(ink)
    x, y, r = page.width * 0.45, page.height * 0.2, page.width * 0.12
    for radius in (r, r * 0.95, r * 0.6):
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), outline=(225, 30, 30), width=6)
    for angle in range(0, 360, 15):
        dx, dy = r * 0.78 * np.cos(np.radians(angle)), r * 0.78 * np.sin(np.radians(angle))
        pen.rectangle((x + dx - 9, y + dy - 12, x + dx + 9, y + dy + 12), fill=(225, 30, 30))
    page.paste(ImageChops.multiply(page, ink))


def line_of(text: str, left: int, base: int, *, size: float = SIZE, slope: float = 0.0, sure: float = 0.95) -> TextLine:
    """A recognised line whose words stand side by side from `left`; `base` is its height from the top, in pixels.

    A word in the form `word@0.3` has that confidence, `^sign` after a word is raised: `lễ^7`.
    """
    words = []
    for part in text.split(" "):
        bare, _, confidence = part.partition("@")
        plain, _, sign = bare.partition("^")
        letters = plain + sign
        right = left + CELL * len(letters)
        y = round(base + slope * left)
        raised = tuple(range(len(plain), len(letters)))
        box = (left, y - round(0.7 * size), right, y)
        words.append(Word(letters, float(confidence or sure), box, raised))
        left = right + CELL // 2
    return TextLine(tuple(words), size, float(base), slope)


def page_of(*lines: TextLine, rules: Sequence[tuple[int, int, int, int]] = ()) -> Recognised:
    """A recognised page of A4 at 175 dpi."""
    return Recognised(1447, 2047, lines, tuple(rules))
