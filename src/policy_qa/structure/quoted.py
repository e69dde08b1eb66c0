"""The quoted pieces of one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policy_qa.structure import grammar

_MARK: Final = re.compile(f'[{grammar.OPENING_MARKS}{grammar.CLOSING_MARKS}"]')


def quoted_pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of each quoted piece of a paragraph, and whether it is closed; nested ones are part of the outer.

    Straight marks open and close in turn. A piece that is not closed quotes the rest of the paragraph; if the mark is a
    straight one, only where it opens the paragraph or follows a colon.
    """
    depth, start, straight = 0, 0, False
    for mark in _MARK.finditer(text):
        opens = not straight if mark[0] == '"' else mark[0] in grammar.OPENING_MARKS
        straight = straight != (mark[0] == '"')
        if opens:
            start = mark.start() if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, mark.end(), True
    if depth and (text[start] != '"' or text[:start].rstrip()[-1:] in ("", ":")):
        yield start, len(text), False
