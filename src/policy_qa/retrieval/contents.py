"""Writes what a generation holds: rows, vectors and terms, copied from the last one where a document is unchanged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence, Sized
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from policy_qa.document import Address, Document, Metadata, Passage
from policy_qa.retrieval.dense import VectorIndex
from policy_qa.retrieval.encoder import normalised, word_encoder
from policy_qa.retrieval.generations import LEXICAL, STORE, VECTORS, share
from policy_qa.retrieval.lexical import LexicalIndex, LexicalWriter
from policy_qa.retrieval.passages import article_of, embedding_text, heading_text, passages
from policy_qa.retrieval.pieces import MOST_TOPIC, PieceTable, PieceWriter
from policy_qa.retrieval.sources import Progress
from policy_qa.retrieval.store import Store, StoreWriter

if TYPE_CHECKING:
    from policy_qa.retrieval.encoder import Encoder

Counts: TypeAlias = tuple[int, int]
"""Provisions and passages of one document."""

_BATCH = 512
_REWRITE_SHARE = 0.1


def write_contents(
    folder: Path,
    base: Path | None,
    copied: Mapping[str, str],
    fresh: Iterable[tuple[Document, str]],
    encoder: Encoder,
    progress: Progress,
) -> dict[str, Counts]:
    """Fills the generation in `folder`; returns the counts of each document by key.

    `base` is the generation to copy from, `copied` names the documents to copy and their files, `fresh` are the
    documents to add, with their files; they are taken one at a time, so that they need not all be in memory.
    Raises OSError or sqlite3.Error when something cannot be written.
    """
    store = StoreWriter(folder / STORE)
    done = False
    with ExitStack() as stack:
        try:
            gone = store.copy(base / STORE, copied) if base else []
            parts = _Parts(folder, base, gone, encoder)
            stack.callback(parts.abandon)
            total = len(fresh) if isinstance(fresh, Sized) else 0
            for at, (document, file) in enumerate(fresh):
                progress("Ghi chỉ mục", at, total)
                cut = passages(document)
                parts.add(store.add(document, cut, file), cut, document.metadata)
            progress("Ghi chỉ mục", total, total)
            done = True
        finally:
            store.close(commit=done)
        parts.finish()
    with closing(Store(folder / STORE)) as written:
        return written.counts()


def intact(folder: Path, passages_held: int) -> bool:
    """Whether the generation in `folder` opens and its parts hold as many passages as its manifest says."""
    try:
        with closing(Store(folder / STORE)) as store:
            rows = sum(record.passages for record in store.documents())
            if rows and len(PieceTable.open(folder)) <= store.last_rowid():
                return False
        held = {rows, len(VectorIndex.load(folder / VECTORS)), len(LexicalIndex.open(folder / LEXICAL))}
    except (OSError, sqlite3.Error):
        return False
    return held == {passages_held}


class _Parts:
    """Vectors, terms and pieces of a generation that is being written, on top of what `base` has."""

    def __init__(self, folder: Path, base: Path | None, gone: Sequence[int], encoder: Encoder) -> None:
        self._folder, self._encoder, self._reader = folder, encoder, word_encoder()
        self._vectors = VectorIndex.load(base / VECTORS) if base else VectorIndex(encoder.dimensions)
        self._vectors.remove(gone)
        self._pieces = PieceWriter(PieceTable.open(base) if base else None)
        # tantivy counts removed passages in its document frequencies until their segment is merged, so scores would
        # drift: when much is gone all terms are written anew.
        rewrite = base is not None and len(gone) > _REWRITE_SHARE * (len(self._vectors) + len(gone))
        if base and not rewrite:
            share(base / LEXICAL, folder / LEXICAL)
        self._terms = LexicalWriter(folder / LEXICAL)
        self._waiting: list[tuple[int, Passage, int, int]] = []
        if base and rewrite:
            self._copy_terms(base / STORE, set(gone))
        else:
            self._terms.remove(gone)

    def add(self, rowids: Sequence[int], cut: Sequence[Passage], metadata: Metadata) -> None:
        """Adds the passages of one document."""
        if cut:
            topic = f"{metadata.title or ''}\n{embedding_text(cut[0])}"
            self._pieces.add_topic(rowids[0], self._reader.pieces([topic])[0][:MOST_TOPIC])
        first: dict[Address, int] = {}
        for rowid, passage in zip(rowids, cut, strict=True):
            self._terms.add(rowid, passage, metadata)
            article = first.setdefault(article_of(passage.address), rowid)
            self._waiting.append((rowid, passage, article, rowids[0]))
        if len(self._waiting) >= _BATCH:
            self._encode()

    def finish(self) -> None:
        """Writes everything to disk."""
        self._encode()
        with ThreadPoolExecutor(1) as beside:  # both are large and mostly wait for the disk
            vectors = beside.submit(self._vectors.save, self._folder / VECTORS)
            self._pieces.save(self._folder)
            self._terms.commit()
            vectors.result()

    def abandon(self) -> None:
        """Lets go of the folder; what was finished stays."""
        self._terms.abandon()

    def _encode(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        heads = self._reader.pieces([heading_text(passage) for _, passage, _, _ in waiting])
        bodies = self._reader.pieces([passage.text for _, passage, _, _ in waiting])
        for (rowid, _, article, document), head, body in zip(waiting, heads, bodies, strict=True):
            self._pieces.add(rowid, head, body, article=article, document=document)
        rowids = [rowid for rowid, _, _, _ in waiting]
        vectors = normalised(self._reader.sums([[*head, *body] for head, body in zip(heads, bodies, strict=True)]))
        self._pieces.add_vectors(rowids, vectors)
        if self._encoder.fingerprint != self._reader.fingerprint:
            vectors = self._encoder.encode([embedding_text(passage) for _, passage, _, _ in waiting])
        self._vectors.add(rowids, vectors)

    def _copy_terms(self, base: Path, gone: set[int]) -> None:
        with closing(Store(base)) as store:
            for record in store.documents():
                for rowid, passage in store.passages_of(record.key):
                    if rowid not in gone:
                        self._terms.add(rowid, passage, record.metadata)
