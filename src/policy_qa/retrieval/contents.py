"""Writes what a generation holds: rows, vectors and terms, copied from the last one where a document is unchanged."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from policy_qa.document import Document, Metadata, Passage
from policy_qa.retrieval.dense import VectorIndex
from policy_qa.retrieval.generations import LEXICAL, STORE, VECTORS, share
from policy_qa.retrieval.lexical import LexicalIndex, LexicalWriter
from policy_qa.retrieval.passages import embedding_text, passages
from policy_qa.retrieval.sources import Progress
from policy_qa.retrieval.store import Store, StoreWriter

if TYPE_CHECKING:
    from policy_qa.retrieval.encoder import Encoder

Counts: TypeAlias = tuple[int, int]
"""Provisions and passages of one document."""

_Fresh: TypeAlias = list[tuple[int, Passage, Metadata]]

_BATCH = 256
_REWRITE_SHARE = 0.1


def write_contents(
    folder: Path,
    base: Path | None,
    copied: Mapping[str, str],
    fresh: Sequence[tuple[Document, str]],
    encoder: Encoder,
    progress: Progress,
) -> dict[str, Counts]:
    """Fills the generation in `folder`; returns the counts of each document by key.

    `base` is the generation to copy from, `copied` names the documents to copy and their files, `fresh` are the
    documents to add, with their files. Raises OSError or sqlite3.Error when something cannot be written.
    """
    entries: _Fresh = []
    gone: list[int] = []
    store = StoreWriter(folder / STORE)
    done = False
    try:
        if base:
            gone = store.copy(base / STORE, copied)
        for document, file in fresh:
            cut = passages(document)
            rowids = store.add(document, cut, file)
            entries.extend((rowid, passage, document.metadata) for rowid, passage in zip(rowids, cut, strict=True))
        done = True
    finally:
        store.close(commit=done)
    _write_vectors(folder, base, gone, entries, encoder, progress)
    with closing(Store(folder / STORE)) as written:
        _write_terms(folder, base, gone, entries, written, progress)
        return {record.key: (record.provisions, record.passages) for record in written.documents()}


def intact(folder: Path, passages_held: int) -> bool:
    """Whether the generation in `folder` opens and its three parts hold as many passages as its manifest says."""
    try:
        with closing(Store(folder / STORE)) as store:
            rows = sum(record.passages for record in store.documents())
        held = {rows, len(VectorIndex.load(folder / VECTORS)), len(LexicalIndex.open(folder / LEXICAL))}
    except (OSError, sqlite3.Error):
        return False
    return held == {passages_held}


def _write_vectors(
    folder: Path, base: Path | None, gone: Sequence[int], fresh: _Fresh, encoder: Encoder, progress: Progress
) -> None:
    vectors = VectorIndex.load(base / VECTORS) if base else VectorIndex(encoder.dimensions)
    vectors.remove(gone)
    for at in range(0, len(fresh), _BATCH):
        progress("Tính vectơ", at, len(fresh))
        batch = fresh[at : at + _BATCH]
        encoded = encoder.encode([embedding_text(passage) for _, passage, _ in batch])
        vectors.add([rowid for rowid, _, _ in batch], encoded)
    progress("Tính vectơ", len(fresh), len(fresh))
    vectors.save(folder / VECTORS)


def _write_terms(
    folder: Path, base: Path | None, gone: Sequence[int], fresh: _Fresh, store: Store, progress: Progress
) -> None:
    """Adds to the last generation's segments, or writes all anew when much of it is gone.

    tantivy counts removed passages in its document frequencies until their segment is merged, so scores would drift.
    """
    total = sum(record.passages for record in store.documents())
    rewrite = base is None or len(gone) > _REWRITE_SHARE * total
    if base and not rewrite:
        share(base / LEXICAL, folder / LEXICAL)
    todo = len(fresh) if not rewrite else total
    writer = LexicalWriter(folder / LEXICAL)
    try:
        writer.remove(gone)
        for added, (rowid, passage, metadata) in enumerate(_all(store) if rewrite else fresh):
            if added % _BATCH == 0:
                progress("Ghi chỉ mục", added, todo)
            writer.add(rowid, passage, metadata)
        writer.commit()
    finally:
        writer.abandon()
    progress("Ghi chỉ mục", todo, todo)


def _all(store: Store) -> _Fresh:
    return [
        (rowid, passage, record.metadata)
        for record in store.documents()
        for rowid, passage in store.passages_of(record.key)
    ]
