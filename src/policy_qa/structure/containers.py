"""Lines that open a phần, chương, mục or tiểu mục."""

from __future__ import annotations

import re

from policy_qa.document import Level
from policy_qa.structure import grammar
from policy_qa.structure.tree import Rank

CONTAINERS = (
    (grammar.PART, Level.PHAN, Rank.PART),
    (grammar.CHAPTER, Level.CHUONG, Rank.CHAPTER),
    (grammar.SECTION, Level.MUC, Rank.SECTION),
    (grammar.SUBSECTION, Level.TIEU_MUC, Rank.SUBSECTION),
)
"""The pattern, level and rank of each, outermost first."""


def is_container(text: str) -> bool:
    """Whether a paragraph opens a phần, chương, mục or tiểu mục."""
    return text[0] in "PpCcMmTt" and any(match_container(pattern, text) for pattern, _, _ in CONTAINERS)


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
    if not label.isdigit() and grammar.roman_value(label) is None:
        label = label.lower()  # "PHẦN THỨ NHẤT" and "Phần thứ nhất" are one address
    return None if title.endswith((";", ",")) else (label, title.strip())
