"""Forms (mẫu đơn, mẫu quyết định) among the annexes: what is to be filled in or signed there is no provision."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy_qa.structure import grammar
from policy_qa.structure.paragraphs import Paragraph

_LEADER = re.compile(r"\.{4,}|…\s?\.|…{2,}|_{4,}|\.{2,}\s*/\s*\.{2,}")
_SIGN_HERE = re.compile(r"^\(?\s*[Kk]ý\b|\([Kk]ý[, ]")
_DATE_TO_FILL = re.compile(r"(?:\.{2,}|…)\s*,?\s*ngày\s*(?:\.{2,}|…)|^[Nn]gày\s*(?:\.{2,}|…)")
_EMPTY = re.compile(r":\s*(?:;|$)")
_NAMED_FIELD = re.compile(r"^[-–+].{0,120}:\s*(?:;.*)?$")
_FEWEST, _DOTTED, _NAMED = 3, 0.05, 0.2  # lines that make a form, and their share of it
_SENTENCE = 10  # words; a dash with fewer is the name of a field


def is_form(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether an annex is a form: it has a quốc hiệu of its own, or lines of dots to write on."""
    if any(grammar.STATE_MOTTO.search(p.text) and len(p.text) < 120 for p in paragraphs):
        return True
    dotted = sum(bool(_LEADER.search(p.text) or _SIGN_HERE.search(p.text)) for p in paragraphs)
    named = sum(bool(_NAMED_FIELD.search(p.text)) for p in paragraphs)
    return (dotted >= _FEWEST and dotted >= _DOTTED * len(paragraphs)) or (
        dotted + named >= _FEWEST and dotted + named >= _NAMED * len(paragraphs)
    )


def is_field(title: str) -> bool:
    """Whether the words after a dash only name what is to be written there."""
    return bool(_LEADER.search(title) or _EMPTY.search(title)) or len(title.split()) < _SENTENCE


def is_signature(paragraphs: Sequence[Paragraph], i: int, last: int) -> bool:
    """Whether paragraph `i` of an annex that ends at `last` begins the part that is to be signed."""
    text = paragraphs[i].text
    if _SIGN_HERE.match(text) or _DATE_TO_FILL.search(text) or grammar.SIGNING.match(text):
        return True
    below = i + 1 < last and _SIGN_HERE.match(paragraphs[i + 1].text)
    office = grammar.OFFICE.match(text) and grammar.is_capitals(text)
    return len(text) <= 80 and text[-1] not in grammar.CONTINUES and bool(below or office)
