"""Several rounds of retrieval for one question: one for each document that it names, one for each part that it asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from policy_qa.answering.asked import spoken, typed
from policy_qa.answering.citations import headings_above
from policy_qa.answering.composing import list_of
from policy_qa.answering.extractive import Extractor
from policy_qa.answering.refusal import too_weak
from policy_qa.citing.style import first_mention, later_mention
from policy_qa.document import Span
from policy_qa.retrieval.index import Index, ProvisionRecord
from policy_qa.retrieval.query import Query
from policy_qa.retrieval.retriever import Hit, Searcher

HITS_A_ROUND = 4
MOST_PARTS = 4
MOST_EXCERPTS = 12
MOST_CHARACTERS = 9_000
"""What a model is given to read: about 4,000 tokens, which a small model on an office computer takes a minute for."""

LONGEST_UNFOLDED = 1_500

_ASKS = typed(
    r"\b(ai|nào|gì|bao nhiêu|mấy|khi nào|bao giờ|đâu|thế nào|ra sao|tại sao|vì sao|who|what|when|which|how|where|why)\b"
)
_BETWEEN_PARTS = re.compile(r"[?;]\s*|,?\s+(?:và|va|đồng thời|and)\s+|,\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What the model may cite under `id`: words of one provision, and all that a check and a citation need of them."""

    id: str
    provision: ProvisionRecord
    span: Span
    words: str
    source: str
    around: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a question that asks something of its own, with what was found for it and whether that answers it."""

    asked: str
    hits: tuple[Hit, ...]
    answered: bool


def parts_of(question: str) -> list[str]:
    """The parts of a question, each with a question word of its own; empty where it asks one thing."""
    ends = [*_BETWEEN_PARTS.finditer(question), None]
    parts: list[str] = []
    begin = 0
    for end in ends:
        piece = question[begin : end.start() if end else len(question)]
        rest = question[end.end() :] if end else ""
        # "phạm vi và đối tượng là gì" is one question: both sides of a cut must ask.
        if end is None or (_ASKS.search(spoken(piece)) and _ASKS.search(spoken(rest))):
            parts.append(piece.strip())
            begin = end.end() if end else begin
    asking = [part for part in parts if len(part.split()) > 1]
    return asking[:MOST_PARTS] if len(asking) > 1 else []


def search_parts(query: Query, searcher: Searcher, extractor: Extractor) -> list[Part]:
    """One search for each part of the question, in the documents that the question names."""
    found = []
    for asked in parts_of(query.text):
        alone = searcher.understand(asked, query.documents)
        if not alone.named and query.named:
            alone = searcher.understand(asked, query.named)
        hits = searcher.search(alone, HITS_A_ROUND)
        answered = too_weak(alone, searcher.index, extractor.choose(alone, hits)) is None
        found.append(Part(asked, tuple(hits), answered))
    return found


def excerpts(
    query: Query, hits: Sequence[Hit], parts: Sequence[Part], searcher: Searcher, extractor: Extractor
) -> list[Excerpt]:
    """What the model reads: whole lists first, then the best passages of every round in turn, each once."""
    index = searcher.index
    rounds = [list(hits), *(list(part.hits) for part in parts)]
    if len(query.named) > 1:
        rounds += [searcher.search(query, HITS_A_ROUND, [key]) for key in query.named]
    choices = extractor.choose(query, hits)
    listed = list_of(query, choices[0], searcher.index) if choices else []
    found = (words for place in _in_turn(rounds, index) for words in _unfolded(index, *place))
    wanted = [*listed, *found]
    chosen: list[Excerpt] = []
    seen: set[tuple[str, Span]] = set()
    length = 0
    for provision, span in wanted:
        if any(key == provision.document and (span in other or other in span) for key, other in seen):
            continue
        if len(chosen) == MOST_EXCERPTS or (chosen and length + len(span) > MOST_CHARACTERS):
            break
        seen.add((provision.document, span))
        length += len(span)
        chosen.append(_excerpt(index, f"p{len(chosen) + 1}", provision, span))
    return chosen


def _unfolded(index: Index, provision: ProvisionRecord, span: Span) -> list[tuple[ProvisionRecord, Span]]:
    """The words themselves; in place of a heading that stands alone, the provisions below it where they are short."""
    below = index.children(provision) if "\n" not in index.text(provision.document, span).strip() else []
    if not below or len(provision.span) > LONGEST_UNFOLDED:
        return [(provision, span)]
    return [(item, item.span) for item in below]


def _in_turn(rounds: Sequence[Sequence[Hit]], index: Index) -> Iterator[tuple[ProvisionRecord, Span]]:
    for row in zip_longest(*rounds):
        for hit in row:
            provision = index.provision_at(hit.passage.document, hit.passage.span) if hit else None
            if hit and provision:
                yield provision, hit.passage.span


def _excerpt(index: Index, excerpt_id: str, provision: ProvisionRecord, span: Span) -> Excerpt:
    record = index.document(provision.document)
    if record is None:
        raise KeyError(provision.document)
    headings = headings_above(index, provision)
    span = Span(span.start, min(span.end, span.start + MOST_CHARACTERS))
    words = index.text(provision.document, span)
    place = later_mention(provision.address, record.metadata, file=record.file, headings=headings)
    named = first_mention(provision.address, record.metadata, file=record.file, headings=headings)
    date = record.metadata.date or ""
    return Excerpt(excerpt_id, provision, span, words, place, "\n".join((*headings, named, date)))
