"""An index over a file of articles, and our search over it: what the benchmark and the fitting of the ranker share."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from articles import Article, documents, places, read_articles
from numpy.typing import NDArray

from policy_qa.answering.chain import Assistant
from policy_qa.document import Passage
from policy_qa.retrieval.build import index_documents
from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import open_index
from policy_qa.retrieval.passages import article_of
from policy_qa.retrieval.query import Query
from policy_qa.retrieval.retriever import Searcher, Vector

PASSAGES = 3
"""Passages asked for per article wanted: an article has several among the best."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the ranker sees of a question's candidates, a row each, and the number of each candidate's article."""

    rows: NDArray[np.float32]
    articles: NDArray[np.int64]


class ArticleIndex:
    """Our search, with articles in place of passages."""

    def __init__(self, folder: Path, articles: Sequence[Article]) -> None:
        self.ids = [article.id for article in articles]
        self.index = open_index(folder, load_encoder())
        self.assistant = Assistant(self.index, load_encoder())
        self.searcher = self.assistant.searcher
        number = {id_: n for n, id_ in enumerate(self.ids)}
        at = places(articles)
        self._keys = {article.law: key for (key, _), id_ in at.items() if (article := articles[number[id_]])}
        self._places = {id_: place for place, id_ in at.items()}
        self._article = np.full(len(self.index.pieces), -1, np.int64)
        for rowid, key, address in self.index.passage_addresses():
            self._article[rowid] = number[at[key, article_of(address)]]

    @classmethod
    def over(cls, path: Path, work: Path) -> ArticleIndex:
        """The index of a file, built in a folder of `work` unless it is there."""
        articles = read_articles(path)
        stamp = hashlib.sha256(f"{path.resolve()}:{path.stat().st_size}:{load_encoder().fingerprint}".encode())
        folder = work / f"{path.parent.name}-{stamp.hexdigest()[:12]}"
        if not (folder / "CURRENT").exists():
            build(articles, folder)
        return cls(folder, articles)

    def evidence(self, query: Query, without: Collection[str] = ()) -> Evidence:
        """What ranking a question rests on, as if the laws named by `without` were not in the index."""
        found, rows = self.hiding(without).candidates(query)
        return Evidence(rows, self.articles(found.rowids))

    def articles(self, rowids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the articles of passages."""
        return self._article[np.asarray(rowids, np.int64)]

    def passages_of(self, article: str) -> list[tuple[int, Passage]]:
        """The passages of the article with this id, with their rowids."""
        return self.index.passages_of(*self._places[article])

    @property
    def laws(self) -> list[str]:
        """The laws whose articles are in the index."""
        return list(self._keys)

    def key(self, law: str) -> str:
        """The key of the document that holds a law's articles."""
        return self._keys[law]

    def hiding(self, laws: Collection[str]) -> Searcher:
        """The search as if these laws were not in the index."""
        return Hiding(self.searcher, self.index.rowids(laws)) if laws else self.searcher

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the `k` best articles."""
        return self.articles_of([hit.ranked.rowid for hit in self.assistant.search(question, PASSAGES * k)], k)

    def articles_of(self, rowids: Sequence[int], k: int) -> list[str]:
        """The first `k` articles of ranked passages: an article is as good as its best passage."""
        return [self.ids[n] for n in list(dict.fromkeys(self.articles(rowids).tolist()))[:k]]


class Hiding(Searcher):
    """A search that acts as if some passages were not in the index."""

    def __init__(self, over: Searcher, hidden: Collection[int]) -> None:
        super().__init__(over.index, over.encoder)
        self._hidden = frozenset(hidden)

    def _halves(
        self, query: Query, vector: Vector, inside: list[str] | None
    ) -> tuple[dict[int, float], dict[int, float]]:
        deep = 3 * self.depth
        dense = self.index.dense(vector, deep, inside) if vector.any() else []
        halves = (self.index.lexical(query.weighted, deep, inside), dense)
        kept = ([hit for hit in half if hit[0] not in self._hidden][: self.depth] for half in halves)
        lexical, dense = map(dict, kept)
        return lexical, dense


def build(articles: Sequence[Article], folder: Path) -> float:
    """Writes the index of these articles; returns the seconds it took."""
    started = time.perf_counter()
    index_documents(documents(articles), folder, load_encoder())
    return time.perf_counter() - started
