"""From a question to ranked passages: understand, gather candidates from both halves of the index, rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from policy_qa.citing.naming import NameTable
from policy_qa.document import Passage
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.index import Index
from policy_qa.retrieval.lexicon import Lexicon, load_lexicon
from policy_qa.retrieval.query import Query, understand
from policy_qa.retrieval.ranking import Features, Words, coverage, pair_coverage, score

CANDIDATES = 60
"""Passages taken from each half of the index."""

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
            record.key: Words.of(" ".join((record.metadata.title or "", *record.metadata.nicknames)))
            for record in self.index.documents()
        }

    def title_words(self, key: str) -> Words:
        """The words of a document's title and nicknames; none for an unknown key."""
        return self._titles.get(key) or Words.of("")

    def understand(self, question: str, documents: Sequence[str] = ()) -> Query:
        """Reads the question; `documents` are keys to stay within."""
        return understand(question, self.index.documents(), self.lexicon, names=self.names, narrow=documents)

    def search(self, query: Query, k: int = 10, documents: Sequence[str] | None = None) -> list[Hit]:
        """The `k` best passages, best first; `documents` overrides the documents of the query."""
        inside = list(documents) if documents is not None else list(query.documents) or None
        lexical = dict(self.index.lexical(query.weighted, CANDIDATES, inside))
        vector = self.encoder.encode([query.dense_text])[0]
        dense = dict(self.index.dense(vector, CANDIDATES, inside)) if vector.any() else {}
        rowids = list(dict.fromkeys((*lexical, *dense)))
        self._remember(rowids)
        best = max(lexical.values(), default=1.0) or 1.0
        hits = []
        for rowid in rowids:
            read = self._read.get(rowid)
            if read is None:
                continue
            cosine = dense.get(rowid)
            if cosine is None:
                cosine = float(vector @ self.index.vector(rowid))
            features = self._features(query, read, lexical.get(rowid, 0.0) / best, cosine)
            hits.append(Hit(read.passage, score(features), features))
        hits.sort(key=lambda hit: (-hit.score, hit.passage.id))
        return hits[:k]

    def _features(self, query: Query, read: _Read, bm25: float, cosine: float) -> Features:
        return Features(
            bm25=bm25,
            cosine=max(0.0, cosine),
            coverage=coverage(query, read.body, read.around),
            pairs=pair_coverage(query, read.body, read.around),
            heading=coverage(query, read.own_heading),
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
