"""Small tables of word pieces, and questions as ranking sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from policy_qa.retrieval.encoder import normalised, word_encoder
from policy_qa.retrieval.features import Asked, directions
from policy_qa.retrieval.matching import Wordings
from policy_qa.retrieval.pieces import PieceTable, PieceWriter
from policy_qa.retrieval.query import Concept, Wording


def table_of(passages: Sequence[tuple[str, str, int, int]], topics: Mapping[int, str], folder: Path) -> PieceTable:
    """A table of passages (heading, words, article, document), numbered from 1; `topics` by the document's number."""
    writer = PieceWriter()
    heads = word_encoder().pieces([head for head, *_ in passages])
    bodies = word_encoder().pieces([body for _, body, *_ in passages])
    for rowid, (head, body, (_, _, article, document)) in enumerate(zip(heads, bodies, passages, strict=True), 1):
        if rowid in topics:
            writer.add_topic(rowid, word_encoder().pieces([topics[rowid]])[0])
        writer.add(rowid, head, body, article=article, document=document)
        writer.add_vectors([rowid], normalised(word_encoder().sums([[*head, *body]])))
    writer.save(folder)
    return PieceTable.open(folder)


def asked_of(question: str, official: str = "", *, folded: bool = False) -> Asked:
    """A question, each word of which is its own only wording."""
    own, said = word_encoder().pieces([question, official])
    ways = [Concept(1.0, (Wording((word,), 1.0),)) for word in question.split()]
    return Asked(
        np.array(own, np.int64),
        np.array(said, np.int64),
        directions(own, said),
        Wordings.of(ways),
        folded,
        english=False,
    )
