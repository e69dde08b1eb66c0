"""Lines that open a phần, chương, mục or tiểu mục."""

from __future__ import annotations

import re

from policy_qa.structure import grammar


def is_container(text: str) -> bool:
    """Whether a paragraph opens a phần, chương, mục or tiểu mục."""
    return any(
        match_container(pattern, text)
        for pattern in (grammar.PART, grammar.CHAPTER, grammar.SECTION, grammar.SUBSECTION)
    )


def match_container(pattern: re.Pattern[str], text: str) -> tuple[str, str] | None:
    """Label and title of a container line; None for running text ("Chương II của Luật này …")."""
    match = pattern.match(text)
    if match is None or len(text) > 400:
        return None
    label, title, capitals = match["label"], match["title"], match["caps"]
    if pattern is grammar.PART and not (
        label.isdigit() or grammar.roman_value(label) or label.upper() in grammar.PART_NUMBERS
    ):
        return None
    if capitals is not None and not grammar.is_capitals(capitals):
        return None
    title = title if title is not None else capitals or ""
    return None if title.endswith((";", ",")) else (label, title.strip())
