"""From a question to ranked passages: understand, gather candidates from both halves of the index, rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from policy_qa.citing.naming import NameTable
from policy_qa.document import Passage
from policy_qa.retrieval import rereading
from policy_qa.retrieval.cross_encoder import cross_encoder
from policy_qa.retrieval.encoder import Encoder, word_encoder
from policy_qa.retrieval.features import NAMES, Asked, Candidates, features, likeliest
from policy_qa.retrieval.index import Index, ProvisionRecord
from policy_qa.retrieval.lexicon import Lexicon, load_lexicon
from policy_qa.retrieval.matching import Rows
from policy_qa.retrieval.passages import embedding_text
from policy_qa.retrieval.query import Query, understand
from policy_qa.retrieval.ranker import ranker
from policy_qa.retrieval.ranking import Features, Words, coverage, pair_coverage, score
from policy_qa.retrieval.reranker import Reranker

CANDIDATES, CANDIDATES_OF_MANY = 60, 200
WEIGHED, WEIGHED_OF_MANY = 64, 160
MANY = 50_000
"""Passages taken from each half of the index, and how many of both are weighed; more of an index of more than `MANY`."""

READ = 16
"""How many of the best candidates are read and looked at once more: by the words of passage, headings and title, and by trees
that learned which passage answers."""
FIT = 2.0
"""How much those words count beside the ranker's score. The ranker learned from laws; over digests, whose titles say more
and whose provisions are shorter, and over laws that it never saw, the sum is better than either (docs/retrieval.md)."""

READ_TOGETHER = 5
"""How many of the best the small cross-encoder reads: sixteen would bring one question in a hundred more, for three times the
time. Over many passages only what is typed without diacritics is looked at again: the trees learned from small indexes,
and questions in the words of laws lose by them there (docs/retrieval.md)."""

RERANKED = 10
"""How many an office's own cross-encoder reads; without a GPU each takes a second or more."""

NAMED = 3.0
"""What a passage of a document gains that the question names, in the ranker's scores."""

Vector = NDArray[np.float32]
Together = Literal["always", "in doubt", "never"]
"""When the small cross-encoder reads."""
_REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate: its passage's rowid, the ranker's score, its share of the best BM25 score, its cosine.

    `probability` is the question's, the same for all its candidates: how likely the index answers it at all. `row` is what
    the ranker saw of it (`features.NAMES`); zeros for what was looked up, not searched for.
    """

    rowid: int
    score: float
    lexical: float
    cosine: float
    probability: float
    row: Rows = field(default_factory=lambda: np.zeros(len(NAMES), np.float32), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """A ranked passage. Scores compare the passages of one question only; `fit` is known of the best (see `Searcher.fit`).

    `answers`: what the second look says of the best (`rereading.py`).
    """

    passage: Passage
    score: float
    ranked: Ranked
    fit: Features | None = None
    answers: float = rereading.UNKNOWN


class _Read:
    """A passage that was opened, kept because the same ones come up again and again; its words are cut when asked for."""

    def __init__(self, passage: Passage, title: Words, index: Index) -> None:
        self.passage = passage
        self._title, self._index = title, index

    @cached_property
    def body(self) -> Words:
        return Words.of(self.passage.text)

    @property
    def _heading(self) -> str:
        return self.passage.heading_path[-1] if self.passage.heading_path else ""

    @cached_property
    def own_heading(self) -> Words:
        return Words.of(self._heading)

    @cached_property
    def around(self) -> tuple[Words, ...]:
        return Words.of(" ".join(self.passage.heading_path)), self._title

    @cached_property
    def reported(self) -> bool:
        provision = self._index.provision(self.passage.document, self.passage.address)
        return provision is not None and provision.reported

    @property
    def bare(self) -> bool:
        return len(self.passage.text) <= len(self._heading) + 12


class Searcher:
    """Searches one index; may be shared by threads."""

    def __init__(
        self, index: Index, encoder: Encoder, lexicon: Lexicon | None = None, reranker: Reranker | None = None
    ) -> None:
        self.index = index
        self.encoder = encoder
        self._reranker = reranker
        self._lexicon = lexicon
        self._read: dict[int, _Read] = {}
        self._last: tuple[Query, tuple[str, ...] | None, list[Ranked]] | None = None

    @property
    def reranks(self) -> bool:
        """Whether a cross-encoder has put the best hits in order."""
        return self._reranker is not None

    @cached_property
    def lexicon(self) -> Lexicon:
        """Abbreviations, everyday wordings and English terms."""
        return self._lexicon or load_lexicon()

    @property
    def depth(self) -> int:
        """How many passages each half of the index gives."""
        return CANDIDATES_OF_MANY if self._has_many else CANDIDATES

    @cached_property
    def _encodes_words(self) -> bool:
        return self.encoder.fingerprint == word_encoder().fingerprint

    @property
    def _has_many(self) -> bool:
        return len(self.index) > MANY

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

    def search(
        self, query: Query, k: int = 10, documents: Sequence[str] | None = None, *, together: Together = "always"
    ) -> list[Hit]:
        """The `k` best passages, best first; `documents` overrides the documents that the query is narrowed to.

        `together`: when the small cross-encoder reads; answering lets it read only where there is a doubt.

        Of the documents that a question names, all passages count; of others, those that mention one of them.
        """
        found = list(islice(self._read_hits(query, self.rank(query, documents)), max(k, READ)))
        first = self._weighed(query, found[:READ])
        if query.folded or not self._has_many:
            answers = self._answers(query, first, together)
            first = [replace(hit, answers=score) for hit, score in zip(first, answers.tolist(), strict=True)]
            first = _placed(first, np.argsort(-answers, kind="stable").tolist())
        if self._reranker:
            few, rest = first[:RERANKED], first[RERANKED:]
            few = _placed(few, self._reranker.order(query.text, [embedding_text(hit.passage) for hit in few]))
            # That model has the last word.
            first = [replace(hit, answers=rereading.UNKNOWN) for hit in few + rest]
        lowest = first[-1].score if first else 0.0
        return (first + [replace(hit, score=min(hit.score, lowest)) for hit in found[READ:]])[:k]

    def first(self, query: Query, documents: Sequence[str] | None = None) -> list[Hit]:
        """The best few, weighed by their words, in the order in which the second look finds them."""
        return self._weighed(query, list(islice(self._read_hits(query, self.rank(query, documents)), READ)))

    def _answers(self, query: Query, hits: Sequence[Hit], together: Together) -> Rows:
        """What the second look says of each of the hits that come first."""
        trees, seen = rereading.rereader(), rereading.rows(hits, [self.fit(query, hit) for hit in hits])
        if together == "always":
            return trees.scores(self._read_together(query, hits, seen))
        answers = trees.scores(seen)
        if together == "in doubt" and rereading.leaves_doubt(answers):
            answers = trees.scores(self._read_together(query, hits, seen))
        return answers

    def evidence(self, query: Query, hits: Sequence[Hit]) -> Rows:
        """What the second look sees of hits that were read together, shape (n, len(rereading.NAMES))."""
        return self._read_together(query, hits, rereading.rows(hits, [self.fit(query, hit) for hit in hits]))

    def _read_together(self, query: Query, hits: Sequence[Hit], seen: Rows) -> Rows:
        """The rows with what the small cross-encoder says of the first few."""
        rowids = np.array([hit.ranked.rowid for hit in hits[:READ_TOGETHER]], np.int64)
        said = cross_encoder().scores(Asked.of(query), rowids, self.index.pieces)
        return rereading.with_what_was_read(seen, said)

    def _weighed(self, query: Query, hits: Sequence[Hit]) -> list[Hit]:
        """The hits in order of their scores and of how well their words fit."""
        fits = [self.fit(query, hit) for hit in hits]
        weighed = [
            replace(hit, score=hit.score + FIT * score(fit), fit=fit) for hit, fit in zip(hits, fits, strict=True)
        ]
        return sorted(weighed, key=lambda hit: (-hit.score, hit.ranked.rowid))

    def _read_hits(self, query: Query, ranked: Sequence[Ranked]) -> Iterator[Hit]:
        """The candidates that may answer, with their passages, in order; texts are read when they are wanted."""
        for at in range(0, len(ranked), READ):
            batch = ranked[at : at + READ]
            opened = self._remember([item.rowid for item in batch])
            for item in batch:
                read = opened.get(item.rowid)
                if read is not None and self._eligible(query, read):
                    yield Hit(read.passage, item.score, item)

    def rank(self, query: Query, documents: Sequence[str] | None = None) -> list[Ranked]:
        """All candidates, best first, without opening a text; as `search`, but for what only texts tell."""
        within = tuple(documents) if documents is not None else None
        last = self._last
        # Who measures asks and then searches: the same question twice, one after the other.
        if last is None or (last[0], last[1]) != (query, within):
            self._last = last = (query, within, self._ranked(query, documents))
        return last[2]

    def _ranked(self, query: Query, documents: Sequence[str] | None) -> list[Ranked]:
        found, rows = self.candidates(query, documents)
        if not len(rows):
            return []
        named = frozenset(self.index.rowids(query.named)) if query.named else frozenset[int]()
        shares, cosines = rows[:, NAMES.index("lexical")].tolist(), rows[:, NAMES.index("cosine")].tolist()
        scores = ranker().scores(rows)
        scores[[rowid in named for rowid in found.rowids.tolist()]] += NAMED
        probability = ranker().probability(rows, scores, self.index.pieces.articles(found.rowids))
        ranked = [
            Ranked(rowid, score, share, cosine, probability, row)
            for rowid, score, share, cosine, row in zip(
                found.rowids.tolist(), scores.tolist(), shares, cosines, rows, strict=True
            )
        ]
        return sorted(ranked, key=lambda item: (-item.score, item.rowid))

    def candidates(self, query: Query, documents: Sequence[str] | None = None) -> tuple[Candidates, Rows]:
        """What both halves of the index find, and what the ranker sees of it, shape (n, len(NAMES))."""
        inside = list(documents if documents is not None else query.documents) or None
        asked, table = Asked.of(query), self.index.pieces
        # The question as it was meant and with its official words: each alone finds what the other misses.
        vector = asked.directions[0]
        if not self._encodes_words:
            vector = self.encoder.encode([query.said, query.dense_text]).sum(axis=0)
        lexical, dense = self._halves(query, vector, inside)
        if query.named and inside is None:
            more_lexical, more_dense = self._halves(query, vector, list(query.named))
            lexical, dense = lexical | more_lexical, dense | more_dense
        found = Candidates.of(lexical, dense)
        if not len(found):
            return found, np.zeros((0, len(NAMES)), np.float32)
        favoured = self.index.rowids(query.named) if query.named else ()
        found = likeliest(asked, found, table, WEIGHED_OF_MANY if self._has_many else WEIGHED, favoured)
        return found, features(asked, found, table)

    def fit(self, query: Query, hit: Hit) -> Features:
        """How well a hit fits the question, each part a share: what answering weighs, whatever the ranker thinks."""
        if hit.fit:
            return hit.fit
        read = self._remember([hit.ranked.rowid])[hit.ranked.rowid]
        return Features(
            bm25=hit.ranked.lexical,
            cosine=min(1.0, max(0.0, hit.ranked.cosine)),
            coverage=coverage(query, read.body, read.around),
            pairs=pair_coverage(query, read.body, read.around),
            heading=coverage(query, read.own_heading),
            named=float(read.passage.document in query.named),
            reported=float(read.reported),
            bare=float(read.bare),
        )

    def put_first(self, query: Query, hits: Sequence[Hit], provisions: Sequence[ProvisionRecord]) -> list[Hit]:
        """The hits with the passages of looked-up provisions before them: what is named is not searched for."""
        rows = [row for p in provisions for row in self._passages_at(p)]
        self._remember([rowid for rowid, _ in rows])
        best = hits[0].score if hits else 0.0
        first = [Hit(passage, best + 1.0, Ranked(rowid, best + 1.0, 1.0, 1.0, 1.0)) for rowid, passage in rows]
        inside = {hit.passage.id for hit in first}
        return sorted(first, key=lambda hit: hit.passage.span) + [hit for hit in hits if hit.passage.id not in inside]

    def _passages_at(self, provision: ProvisionRecord) -> list[tuple[int, Passage]]:
        """The passages of a provision; where it is part of a larger passage, that one."""
        rows = self.index.passages_of(provision.document, provision.address)
        if rows:
            return rows
        return self.index.passages_around(provision.document, provision.span)[-1:]

    def _halves(
        self, query: Query, vector: Vector, inside: list[str] | None
    ) -> tuple[dict[int, float], dict[int, float]]:
        lexical = dict(self.index.lexical(query.weighted, self.depth, inside))
        return lexical, dict(self.index.dense(vector, self.depth, inside)) if vector.any() else {}

    @staticmethod
    def _eligible(query: Query, read: _Read) -> bool:
        """A question that names documents is not answered from one that neither is nor mentions any of them."""
        if query.documents or not (query.named or query.unknown):
            return True
        return read.passage.document in query.named or any(number in read.body.plain for number in query.numbers)

    def _remember(self, rowids: Sequence[int]) -> dict[int, _Read]:
        """These passages, opened; another thread may let go of all that is remembered at any time."""
        found = {rowid: read for rowid in rowids if (read := self._read.get(rowid))}
        missing = [rowid for rowid in rowids if rowid not in found]
        for rowid, passage in self.index.passages(missing).items():
            found[rowid] = _Read(passage, self.title_words(passage.document), self.index)
        if len(self._read) > _REMEMBERED:
            self._read.clear()
        self._read.update(found)
        return found


def _placed(hits: Sequence[Hit], order: Sequence[int]) -> list[Hit]:
    """The hits in another order; the scores stay: what answering makes of a score and of a lead depends on no model."""
    return [replace(hits[at], score=hit.score) for at, hit in zip(order, hits, strict=True)]
