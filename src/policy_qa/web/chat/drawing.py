"""Draws one page of a PDF, in a process of its own: a file that breaks the library breaks nothing else.

`python -m policy_qa.web.chat.drawing FILE PAGE TARGET` writes the page (from 1) as PNG to TARGET.
"""

from __future__ import annotations

import sys
from pathlib import Path

WIDTH = 1240
"""Pixels: 150 a printed inch on A4, sharp on a screen of twice the usual density."""
MOST_PIXELS = 6_000_000
MEMORY = 1024 * 1024 * 1024


def draw(file: Path, page: int, target: Path) -> None:
    """Writes page `page` (from 1) of a PDF as PNG; raises whatever pypdfium2 and the system raise."""
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(file) as document:
        sheet = document[page - 1]
        width, height = sheet.get_size()
        scale = min(WIDTH / width, (MOST_PIXELS / (width * height)) ** 0.5)
        sheet.render(scale=scale).to_pil().convert("P", palette=1, colors=64).save(target, "PNG", optimize=False)


def limit_memory() -> None:
    """Lets the system refuse more than `MEMORY`, where it can."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    limit_memory()
    draw(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
