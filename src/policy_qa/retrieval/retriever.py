"""From a question to ranked passages: understand, gather candidates from both halves of the index, rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from policy_qa.citing.naming import NameTable
from policy_qa.document import Passage
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.index import Index, ProvisionRecord
from policy_qa.retrieval.lexicon import Lexicon, load_lexicon
from policy_qa.retrieval.query import Query, understand
from policy_qa.retrieval.ranking import Features, Words, coverage, pair_coverage, score

CANDIDATES = 60
"""Passages taken from each half of the index."""

Vector = NDArray[np.float32]
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage."""

    passage: Passage
    score: float
    features: Features


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage with its words cut, kept because the same passages come up again and again."""

    passage: Passage
    body: Words
    own_heading: Words
    around: tuple[Words, ...]
    reported: bool
    bare: bool


class Searcher:
    """Searches one index; may be shared by threads."""

    def __init__(self, index: Index, encoder: Encoder, lexicon: Lexicon | None = None) -> None:
        self.index = index
        self.encoder = encoder
        self._lexicon = lexicon
        self._read: dict[int, _Read] = {}

    @cached_property
    def lexicon(self) -> Lexicon:
        """Abbreviations, everyday wordings and English terms."""
        return self._lexicon or load_lexicon()

    @cached_property
    def names(self) -> NameTable:
        """The names by which the documents of the index are called."""
        return NameTable((record.key, record.metadata) for record in self.index.documents())

    @cached_property
    def _titles(self) -> dict[str, Words]:
        return {
            record.key: Words.of(
                " ".join((record.metadata.title or "", record.metadata.number or "", *record.metadata.nicknames))
            )
            for record in self.index.documents()
        }

    def title_words(self, key: str) -> Words:
        """The words of a document's title and nicknames; none for an unknown key."""
        return self._titles.get(key) or Words.of("")

    def understand(self, question: str, documents: Sequence[str] = ()) -> Query:
        """Reads the question; `documents` are keys to stay within."""
        return understand(question, self.index.documents(), self.lexicon, names=self.names, narrow=documents)

    def search(self, query: Query, k: int = 10, documents: Sequence[str] | None = None) -> list[Hit]:
        """The `k` best passages, best first; `documents` overrides the documents that the query is narrowed to.

        Of the documents that a question names, all passages count; of others, those that mention one of them.
        """
        inside = list(documents if documents is not None else query.documents) or None
        vector = self.encoder.encode([query.dense_text])[0]
        lexical, dense = self._candidates(query, vector, inside)
        if query.named and inside is None:
            more_lexical, more_dense = self._candidates(query, vector, list(query.named))
            lexical, dense = lexical | more_lexical, dense | more_dense
        rowids = list(dict.fromkeys((*lexical, *dense)))
        self._remember(rowids)
        best = max(lexical.values(), default=1.0) or 1.0
        hits = []
        for rowid in rowids:
            read = self._read.get(rowid)
            if read is None or not self._eligible(query, read):
                continue
            cosine = dense.get(rowid)
            if cosine is None:
                cosine = float(vector @ self.index.vector(rowid))
            features = self._features(query, read, lexical.get(rowid, 0.0) / best, cosine)
            hits.append(Hit(read.passage, score(features), features))
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        return hits[:k]

    def put_first(self, query: Query, hits: Sequence[Hit], provisions: Sequence[ProvisionRecord]) -> list[Hit]:
        """The hits with the passages of looked-up provisions before them: what is named is not searched for."""
        rows = [row for p in provisions for row in self._passages_at(p)]
        self._remember([rowid for rowid, _ in rows])
        best = hits[0].score if hits else 0.0
        first = []
        for rowid, passage in rows:
            read = self._read[rowid]
            features = self._features(query, read, 1.0, 1.0)
            first.append(Hit(passage, best + score(features), features))
        inside = {hit.passage.id for hit in first}
        return sorted(first, key=lambda hit: hit.passage.span) + [hit for hit in hits if hit.passage.id not in inside]

    def _passages_at(self, provision: ProvisionRecord) -> list[tuple[int, Passage]]:
        """The passages of a provision; where it is part of a larger passage, that one."""
        rows = self.index.passages_of(provision.document, provision.address)
        if rows:
            return rows
        return [row for row in self.index.passages_of(provision.document) if provision.span in row[1].span][-1:]

    def _candidates(
        self, query: Query, vector: Vector, inside: list[str] | None
    ) -> tuple[dict[int, float], dict[int, float]]:
        lexical = dict(self.index.lexical(query.weighted, CANDIDATES, inside))
        return lexical, dict(self.index.dense(vector, CANDIDATES, inside)) if vector.any() else {}

    @staticmethod
    def _eligible(query: Query, read: _Read) -> bool:
        """A question that names documents is not answered from one that neither is nor mentions any of them."""
        if query.documents or not (query.named or query.unknown):
            return True
        return read.passage.document in query.named or any(number in read.body.plain for number in query.numbers)

    def _features(self, query: Query, read: _Read, bm25: float, cosine: float) -> Features:
        return Features(
            bm25=bm25,
            cosine=max(0.0, cosine),
            coverage=coverage(query, read.body, read.around),
            pairs=pair_coverage(query, read.body, read.around),
            heading=coverage(query, read.own_heading),
            named=float(read.passage.document in query.named),
            reported=float(read.reported),
            bare=float(read.bare),
        )

    def _remember(self, rowids: Sequence[int]) -> None:
        if len(self._read) > _REMEMBERED:
            self._read.clear()
        missing = [rowid for rowid in rowids if rowid not in self._read]
        for rowid, passage in self.index.passages(missing).items():
            self._read[rowid] = self._cut(passage)

    def _cut(self, passage: Passage) -> _Read:
        own = passage.heading_path[-1] if passage.heading_path else ""
        provision = self.index.provision(passage.document, passage.address)
        reported = provision is not None and provision.reported
        bare = len(passage.text) <= len(own) + 12
        around = (Words.of(" ".join(passage.heading_path)), self.title_words(passage.document))
        return _Read(passage, Words.of(passage.text), Words.of(own), around, reported, bare)
