"""Puts an answer together from chosen words: short first, lists with every item, one statement for each document compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from policy_qa.answer import Statement
from policy_qa.answering.asked import Asked, asked, compares, listed_noun, lists, names_several, wants_whole
from policy_qa.answering.citations import Citer
from policy_qa.answering.extractive import Choice
from policy_qa.answering.quoting import (
    LONGEST_LIST,
    own_words,
    stripped,
    with_its_table,
    without_heading,
    without_labels,
)
from policy_qa.document import Span
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import Index, ProvisionRecord
from policy_qa.retrieval.query import Query

LONGEST_WHOLE: Final = 600
"""A provision of up to so many characters is quoted whole; of a longer one, the sentences that answer."""
_POINTED: Final = (Asked.DATE, Asked.PERIOD, Asked.FIGURE, Asked.SHARE, Asked.SIGNER, Asked.WHO)
"""These are answered by a sentence."""

Quoted = tuple[ProvisionRecord, Span]


def compose(query: Query, choices: Sequence[Choice], citer: Citer, index: Index) -> Iterator[Statement]:
    """Statements that quote the chosen words; every item of a list, one for each document that is compared."""
    best = choices[0]
    picked = [best]
    if compares(query.text):
        for key in query.named:
            other = next((c for c in choices if c.provision.document == key), None)
            if other is not None and other.provision.document != best.provision.document:
                picked.append(other)
    listed = list_of(query, best, index) if len(picked) == 1 else []
    yield from quoted(listed or [_quoted(query, choice, index) for choice in picked], citer, index)


def quoted(told: Iterable[Quoted], citer: Citer, index: Index) -> Iterator[Statement]:
    """A statement for each piece of the words told that is no mere label."""
    for provision, quote in told:
        for place, piece in without_labels(index, provision, quote):
            cited = citer.cite(place, piece)
            yield Statement(cited.quote, (cited.id,))


def list_of(query: Query, best: Choice, index: Index) -> list[Quoted]:
    """The list that the question asks for, in order, none missing; empty where it asks for none or what is listed is unclear.

    Under a heading that names what is listed every item is quoted; under words that end in a colon, all of it together.
    """
    noun = " ".join(listed_noun(query.text))
    several = lists(query.text) or (wants_whole(query.text) and names_several(query.text))
    if not several or asked(query.text) in _POINTED or not noun:
        return []
    for parent in (best.provision, index.parent(best.provision)):
        items = index.children(parent) if parent is not None else []
        if parent is None or len(items) < 2:
            continue
        text = index.text(parent.document)
        intro = without_heading(parent, parent.own_span, text)
        own = [(parent, stripped(intro, text))] if intro.of(text).strip() else []
        if noun in fold(parent.heading or ""):
            has_own = intro.start > parent.own_span.start
            return (own if has_own else []) + [(item, own_words(index, item)) for item in items]
        chapeau = intro.of(text).strip()
        if chapeau.endswith(":") and noun in fold(chapeau) and len(parent.span) <= LONGEST_LIST:
            return [(parent, own_words(index, parent))]
    return []


def _quoted(query: Query, choice: Choice, index: Index) -> Quoted:
    """The words that answer with the provision they are cited from."""
    provision, quote = choice.provision, choice.quote
    text = index.text(provision.document)
    whole = lists(query.text) or wants_whole(query.text)
    pointed = asked(query.text) in _POINTED and not wants_whole(query.text)
    opens = quote.of(text).rstrip().endswith(":")  # what follows is the answer
    if (whole or opens) and len(provision.span) <= LONGEST_LIST:
        return provision, own_words(index, provision)
    if len(provision.span) <= LONGEST_WHOLE and not pointed:
        told = own_words(index, provision)
        # What stands below under labels of its own is more than was asked for.
        pieces = (piece for _, piece in without_labels(index, provision, told) if quote in piece)
        return provision, next(pieces, told)
    return provision, with_its_table(quote, provision.span, text)
