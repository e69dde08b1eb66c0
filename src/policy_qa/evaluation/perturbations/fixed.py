"""The words of a question, and which of them no perturbation may touch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_qa.citing.reference import extract
from policy_qa.document import Span

_WORD = re.compile(r"[^\W\d_]+")
_WITH_DIGIT = re.compile(r"[\w./-]*\d[\w./-]*")


def fixed(question: str) -> list[Span]:
    """What names a document or a place in one, and whatever bears a digit."""
    named = [found.span for found in extract(question)]
    return [*named, *(Span(*match.span()) for match in _WITH_DIGIT.finditer(question))]


def free_words(question: str) -> Iterator[re.Match[str]]:
    """The words outside of what is `fixed`, in order."""
    kept = fixed(question)
    for match in _WORD.finditer(question):
        if not any(span.start < match.end() and match.start() < span.end for span in kept):
            yield match


def is_fixed(start: int, end: int, kept: list[Span]) -> bool:
    """Whether `[start, end)` lies, in part or whole, in one of the spans kept."""
    return any(span.start < end and start < span.end for span in kept)
