"""What the tabs share in how they are laid out: parts written as HTML, and how the page's own events are called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gradio as gr

from policy_qa.web.style import script

AT_ONCE = 4
"""Events of one tab that are answered at the same time."""


def html(value: str, elem_id: str, scripted: Path | None = None) -> gr.HTML:
    """A part of a tab that is written as HTML; `scripted` is the file of the script that it runs."""
    return gr.HTML(value, elem_id=elem_id, js_on_load=script(scripted) if scripted else None, apply_default_css=False)


def quietly(name: str, tab: str | None = None) -> dict[str, Any]:
    """How an event is called: under `name`, by its own page alone; with the other events of `tab`, a few at a time."""
    called = {"api_name": name, "api_visibility": "private", "show_progress": "hidden"}
    return called | ({"concurrency_limit": AT_ONCE, "concurrency_id": tab} if tab else {})


def whole_number(text: str | None) -> int:
    """The number that a button of the page says; 0 for anything that is none."""
    return int(text[:9]) if text and text.isascii() and text.isdecimal() else 0
