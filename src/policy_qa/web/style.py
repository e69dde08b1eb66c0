"""How the page looks and what runs in the browser: one theme, one style sheet, a few scripts; nothing from a network."""

from __future__ import annotations

from pathlib import Path

from gradio.themes import Base, sizes
from gradio.themes.utils import colors

_HERE = Path(__file__).parent
FONTS = ("Segoe UI", "Roboto", "Noto Sans", "Helvetica Neue", "Arial", "sans-serif")
"""Fonts that come with Windows, Android, Linux, macOS: all set every Vietnamese letter."""

STYLESHEET = _HERE / "page.css"
STYLESHEETS = (
    STYLESHEET,
    _HERE / "documents" / "documents.css",
    _HERE / "packs" / "packs.css",
    _HERE / "review" / "review.css",
)
"""The page's, then those of the tabs that bring their own."""
PAGE_SCRIPT = _HERE / "page.js"


def script(file: Path) -> str:
    """The text of a script."""
    return file.read_text(encoding="utf-8")


def theme() -> Base:
    """Dark blue on ivory, system fonts."""
    return Base(
        primary_hue=colors.blue, neutral_hue=colors.slate, text_size=sizes.text_md, radius_size=sizes.radius_sm,
        font=FONTS, font_mono=("Consolas", "monospace"),
    ).set(
        body_background_fill="#faf8f3",
        background_fill_primary="#ffffff",
        body_text_color="#1c2530",
        block_label_text_color="#173b66",
        button_primary_background_fill="#173b66",
        button_primary_background_fill_hover="#0f2a4b",
        button_primary_text_color="#ffffff",
        input_background_fill="#ffffff",
        input_border_color="#b9c2cf",
        input_border_color_focus="#173b66",
    )  # fmt: skip
