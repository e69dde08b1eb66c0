"""Draws provisions onto the pages of a PDF, to see that spans and boxes are right: python evals/structure/highlights.py FILE OUT [ADDRESS …]."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import ImageDraw

from policy_qa.document import Address
from policy_qa.reading import read
from policy_qa.structure import parse

SCALE = 1.3  # pixels a point
COLOURS = {"điều": (30, 110, 200), "khoản": (20, 150, 70), "điểm": (210, 120, 0), "mục": (150, 60, 170)}


def main() -> int:
    """Writes a PNG for each page on which one of the provisions (all, where none is named) is printed."""
    path, out, *wanted = sys.argv[1:]
    document = parse(read(Path(path)))
    addresses = {Address.parse(word) for word in wanted}
    chosen = [p for p in document.walk() if p.address in addresses or (not wanted and not p.children)]
    pdf = pypdfium2.PdfDocument(path)
    pages = {}
    for provision in chosen:
        colour = COLOURS.get(str(provision.address.last.level), (200, 40, 40))
        for number, box in document.source.boxes(provision.span):
            if number not in pages:
                pages[number] = pdf[number - 1].render(scale=SCALE).to_pil().convert("RGB")
            height = document.source.pages[number - 1].height
            corners = (box.left, height - box.top, box.right, height - box.bottom)
            draw = ImageDraw.Draw(pages[number], "RGBA")
            draw.rectangle([SCALE * value for value in corners], fill=(*colour, 50), outline=(*colour, 160))
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    for number, image in sorted(pages.items()):
        image.save(folder / f"{Path(path).stem}-{number}.png")
    print(f"{len(chosen)} provisions on {len(pages)} pages in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
