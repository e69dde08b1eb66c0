"""The systems that the benchmark compares. Each is built over the same articles and asked the same questions."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import faiss
from articles import Article, documents
from searching import ArticleIndex, build

from policy_qa.retrieval.build import index_documents
from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.features import NAMES
from policy_qa.retrieval.lexical import Field, terms, weigh
from policy_qa.retrieval.lexicon import FILES, Kind, Lexicon
from policy_qa.retrieval.query import Query, understand
from policy_qa.retrieval.retriever import READ, Hit, Ranked, Searcher, Together, Vector

_PASSAGES = 100
_CHUNK, _OVERLAP = 1000, 200
_BATCH = 2048


class System(Protocol):
    """Finds articles."""

    def search(self, question: str, k: int) -> list[str]:
        """The ids of the `k` best articles, best first, each once."""


Make = Callable[[Sequence[Article], Path], System]


def ours(articles: Sequence[Article], folder: Path) -> ArticleIndex:
    """The search of the product, over an index in `folder`, which is built unless it is there."""
    if not (folder / "CURRENT").exists():
        build(articles, folder)
    return ArticleIndex(folder, articles)


class BM25:
    """Plain BM25 over syllables and bigrams of the same passages; an article is as good as its best passage."""

    def __init__(self, articles: Sequence[Article], folder: Path) -> None:
        self._over = ours(articles, folder)

    def search(self, question: str, k: int) -> list[str]:
        """As `System.search`."""
        query = weigh(terms(question), {Field.SYLLABLES: 1.0, Field.BIGRAMS: 1.0})
        return self._over.articles_of([rowid for rowid, _ in self._over.index.lexical(query, _PASSAGES)], k)


class Without:
    """Ours without a part of it."""

    def __init__(self, part: str, articles: Sequence[Article], folder: Path) -> None:
        self._over = ours(articles, folder)
        self._over.assistant.searcher = _Lessened(self._over, part)

    def search(self, question: str, k: int) -> list[str]:
        """As `System.search`."""
        return self._over.search(question, k)


PARTS = (
    "lexicon",
    "abbreviation",
    "everyday",
    "english",
    "spelling",
    "vectors",
    "terms",
    "ranker",
    "second-look",
    "cross-encoder",
)


class _Lessened(Searcher):
    def __init__(self, over: ArticleIndex, part: str) -> None:
        kinds: list[Kind] = [kind for kind in FILES if part not in ("lexicon", kind)]
        super().__init__(over.index, load_encoder(), Lexicon(kinds=kinds))
        self._part = part

    def understand(self, question: str, documents: Sequence[str] = ()) -> Query:
        known, mend = self.index.documents(), self._part != "spelling"
        return understand(question, known, self.lexicon, names=self.names, narrow=documents, mend=mend)

    def _halves(
        self, query: Query, vector: Vector, inside: list[str] | None
    ) -> tuple[dict[int, float], dict[int, float]]:
        lexical, dense = super()._halves(query, vector, inside)
        return {} if self._part == "terms" else lexical, {} if self._part == "vectors" else dense

    def search(
        self, query: Query, k: int = 10, documents: Sequence[str] | None = None, *, together: Together = "always"
    ) -> list[Hit]:
        hits = super().search(query, k, documents, together="never" if self._part == "cross-encoder" else together)
        return [*self.first(query, documents), *hits[READ:]][:k] if self._part == "second-look" else hits

    def rank(self, query: Query, documents: Sequence[str] | None = None) -> list[Ranked]:
        """Without the ranker: BM25 as a share of the best, and cosine, added."""
        if self._part != "ranker":
            return super().rank(query, documents)
        found, rows = self.candidates(query, documents)
        scores = rows[:, NAMES.index("lexical")] + rows[:, NAMES.index("cosine")]
        ranked = [Ranked(int(r), float(s), 0.0, 0.0, 0.0) for r, s in zip(found.rowids, scores, strict=True)]
        return sorted(ranked, key=lambda item: (-item.score, item.rowid))


class LangChain:
    """LangChain's stock recipe: its recursive splitter at 1,000 and 200 characters, our encoder, exact search in FAISS."""

    def __init__(self, articles: Sequence[Article], folder: Path) -> None:
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=_CHUNK, chunk_overlap=_OVERLAP)
        texts, self._ids = [], []
        for article in articles:
            chunks = splitter.split_text(f"{article.heading}\n{article.text}")
            texts += chunks
            self._ids += [article.id] * len(chunks)
        encoder = load_encoder()
        self._index = faiss.IndexFlatIP(encoder.dimensions)
        for at in range(0, len(texts), _BATCH):
            self._index.add(encoder.encode(texts[at : at + _BATCH]))

    def search(self, question: str, k: int) -> list[str]:
        """As `System.search`."""
        _, found = self._index.search(load_encoder().encode([question]), min(_PASSAGES, len(self._ids)))
        return list(dict.fromkeys(self._ids[n] for n in found[0]))[:k]


class Txtai:
    """txtai's hybrid search (its BM25 and vectors, half and half) over articles, with our encoder."""

    def __init__(self, articles: Sequence[Article], folder: Path) -> None:
        from txtai import Embeddings

        encoder = load_encoder()
        self._embeddings = Embeddings(
            method="external", transform=lambda texts: encoder.encode(texts), hybrid=True, content=False
        )
        self._embeddings.index((article.id, f"{article.heading}\n{article.text}", None) for article in articles)

    def search(self, question: str, k: int) -> list[str]:
        """As `System.search`."""
        return [id_ for id_, _ in self._embeddings.search(question, k)]


def _without(part: str) -> Make:
    return lambda articles, folder: Without(part, articles, folder)


SYSTEMS: Mapping[str, Make] = {
    "ours": ours,
    "bm25": BM25,
    "langchain": LangChain,
    "txtai": Txtai,
    **{f"ours-without-{part}": _without(part) for part in PARTS},
}
"""Those that are ours share one index; the others build their own."""


def add_one(folder: Path) -> float:
    """Seconds to add one more document to the index of ours in `folder`; it is taken back afterwards."""
    before = (folder / "CURRENT").read_bytes()
    article = Article("thêm", "1", "Một văn bản nữa", "1. Khoản thứ nhất.\n2. Khoản thứ hai.")
    started = time.perf_counter()
    made = index_documents(documents([article]), folder, load_encoder())
    seconds = time.perf_counter() - started
    (folder / "CURRENT").write_bytes(before)
    shutil.rmtree(folder / made.generation)
    return seconds
