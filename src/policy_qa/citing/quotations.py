"""Text that an amending provision quotes: where it stands, and which provision of the amended document its words belong to."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from typing import TypeAlias

from policy_qa.document import Address, Level, SourceText, Span, Step
from policy_qa.structure import grammar
from policy_qa.structure.paragraphs import paragraphs
from policy_qa.structure.quoted import quoted_pieces

_OPENS = grammar.OPENING_MARKS + '"'
_CLOSES = grammar.CLOSING_MARKS + '"'
_LABELS = (
    (grammar.ARTICLE, Level.DIEU, ("number", "suffix")),
    (grammar.CLAUSE, Level.KHOAN, ("number", "suffix")),
    (grammar.POINT, Level.DIEM, ("letter", "suffix")),
)
_DEPTH = {Level.DIEU: 0, Level.KHOAN: 1, Level.DIEM: 2}
_Labels: TypeAlias = tuple[list[int], list[tuple[int, tuple[Step, ...]]]]


class Quotations:
    """The quoted stretches of one text, in order; a mark that is never closed quotes the rest of its paragraph."""

    def __init__(self, source: SourceText) -> None:
        self.spans = _merged(source)
        self._text = source.text
        self._starts = [span.start for span in self.spans]
        self._labelled: dict[int, _Labels] = {}

    def around(self, offset: int) -> Span | None:
        """The quotation in which `offset` lies."""
        at = bisect.bisect_right(self._starts, offset) - 1
        return self.spans[at] if at >= 0 and offset < self.spans[at].end else None

    def outside(self, span: Span) -> Iterator[Span]:
        """The parts of `span` that are not quoted."""
        start = span.start
        at = max(bisect.bisect_right(self._starts, span.start) - 1, 0)
        for quoted in self.spans[at:]:
            if quoted.start >= span.end:
                break
            if quoted.end <= start:
                continue
            if quoted.start > start:
                yield Span(start, quoted.start)
            start = max(start, quoted.end)
        if start < span.end:
            yield Span(start, span.end)

    def place(self, offset: int, amended: Address | None) -> Address | None:
        """The provision of the amended document in which the words at `offset` stand; None where that cannot be told.

        The labels quoted before them tell: "“Điều 12. …", "2. …", "a) …"; below `amended`, what the command before the
        quotation says it changes.
        """
        quotation = self.around(offset)
        if quotation is None:
            return None
        offsets, states = self._labels(quotation)
        at = bisect.bisect_right(offsets, offset) - 1
        outermost, labelled = states[at] if at >= 0 else (len(_DEPTH), ())
        given = [s for s in (amended.steps if amended else ()) if _DEPTH.get(s.level, len(_DEPTH)) < outermost]
        steps = (*given, *labelled)
        return Address(steps) if steps and steps[0].level is Level.DIEU else None

    def _labels(self, quotation: Span) -> _Labels:
        """For each label in the quotation its offset; the outermost depth labelled so far, and the steps open there."""
        known = self._labelled.get(quotation.start)
        if known is not None:
            return known
        offsets: list[int] = []
        states: list[tuple[int, tuple[Step, ...]]] = []
        outermost = len(_DEPTH)
        steps: tuple[Step, ...] = ()
        at = quotation.start
        for line in quotation.of(self._text).split("\n"):
            step = _label(line.strip().lstrip(_OPENS).strip())
            if step is not None:
                depth = _DEPTH[step.level]
                outermost = min(outermost, depth)
                steps = (*(s for s in steps if _DEPTH[s.level] < depth), step)
                offsets.append(at)
                states.append((outermost, steps))
            at += len(line) + 1
        self._labelled[quotation.start] = offsets, states
        return offsets, states


def _label(line: str) -> Step | None:
    for pattern, level, groups in _LABELS:
        match = pattern.match(line)
        if match:
            return Step(level, "".join(match[group] or "" for group in groups))
    return None


def _merged(source: SourceText) -> list[Span]:
    found, _ = paragraphs(source)
    spans: list[Span] = []
    goes_on = False
    for paragraph in found:
        if not paragraph.quoted:
            goes_on = False
            for start, end, closed in quoted_pieces(paragraph.text):
                spans.append(Span(paragraph.start + start, paragraph.start + end))
                goes_on = not closed
            continue
        piece = Span(paragraph.start, paragraph.start + _end_of_quoted(paragraph.text))
        if goes_on and paragraph.text[0] not in _OPENS:
            spans[-1] = Span(spans[-1].start, piece.end)
        else:
            spans.append(piece)
        goes_on = True
    return spans


def _end_of_quoted(text: str) -> int:
    """Where the quoted part of a quoted paragraph ends: after the mark that closes it, if only little follows."""
    close = max(map(text.rfind, _CLOSES))
    return close + 1 if close >= 0 and len(text) - close <= 4 else len(text)
