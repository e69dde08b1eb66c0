"""The index as its readers see it: one generation, opened cheaply, each part loaded when first asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.document import Address, Page, Passage, Span
from policy_qa.errors import IndexMismatch
from policy_qa.retrieval import generations
from policy_qa.retrieval.build import BuildReport, build_index, remove
from policy_qa.retrieval.generations import Manifest
from policy_qa.retrieval.records import DocumentRecord, ProvisionRecord
from policy_qa.retrieval.sources import FileReport
from policy_qa.retrieval.store import Store

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from policy_qa.retrieval.dense import VectorIndex
    from policy_qa.retrieval.encoder import Encoder
    from policy_qa.retrieval.lexical import LexicalIndex, Weighted
    from policy_qa.retrieval.pieces import PieceTable

__all__ = [
    "BuildReport",
    "DocumentRecord",
    "FileReport",
    "Index",
    "ProvisionRecord",
    "build_index",
    "open_index",
    "remove",
]

_RECALLED = 20_000
"""How many provisions are kept in mind."""


def open_index(index_dir: Path, encoder: Encoder) -> Index:
    """Opens the generation in use; later builds do not disturb it.

    Raises:
        NoIndex: there is none yet.
        IndexMismatch: it was built by another version or another encoder, or is damaged.
    """
    index_dir = index_dir.expanduser().resolve()
    manifest = generations.read_current(index_dir)
    if (manifest.fingerprint, manifest.dimensions) != (encoder.fingerprint, encoder.dimensions):
        raise IndexMismatch(
            f"Chỉ mục trong thư mục {index_dir} được lập bằng bộ mã hoá {manifest.encoder}, nay đang dùng bộ "
            f"{encoder.name}: hãy chạy lệnh `policy-qa index` để lập lại, hoặc chọn lại bộ mã hoá cũ."
        )
    folder = index_dir / manifest.generation
    for name in generations.CONTENTS:
        if not (folder / name).exists():
            raise generations.damaged(index_dir)
    try:
        return Index(index_dir, manifest, Store(folder / generations.STORE))
    except (OSError, sqlite3.Error) as error:
        raise generations.damaged(index_dir) from error


class Index:
    """One generation. May be shared by threads; `close` lets go of its files."""

    def __init__(self, index_dir: Path, manifest: Manifest, store: Store) -> None:
        self.manifest = manifest
        self._index_dir = index_dir
        self._folder = index_dir / manifest.generation
        self._store = store
        self._found: dict[tuple[str, Address | Span], ProvisionRecord | None] = {}

    def close(self) -> None:
        """Lets go of the files; nothing can be asked afterwards."""
        self._store.close()
        for name in ("_vectors", "_terms", "pieces"):
            self.__dict__.pop(name, None)

    @property
    def is_current(self) -> bool:
        """Whether no later build has replaced this generation."""
        return generations.current_name(self._index_dir) == self.manifest.generation

    def __len__(self) -> int:
        """How many passages it holds."""
        return self.manifest.counts["passages"]

    # --- documents and their provisions

    @cached_property
    def _documents(self) -> dict[str, DocumentRecord]:
        return {record.key: record for record in self._store.documents()}

    def documents(self) -> list[DocumentRecord]:
        """All documents, by key."""
        return list(self._documents.values())

    def document(self, key: str) -> DocumentRecord | None:
        """The document with this key."""
        return self._documents.get(key)

    def text(self, key: str, span: Span | None = None) -> str:
        """The words of a document that `span` covers, or all of them; KeyError for an unknown key."""
        text = self._store.text(key)
        return text if span is None else span.of(text)

    def source_pages(self, key: str) -> tuple[Page, ...]:
        """The pages of a document's file; none where the file has no pages."""
        return self._store.pages(key)

    def page_of(self, key: str, offset: int) -> Page | None:
        """The page on which the character at `offset` is printed; None for a file without pages."""
        found = None
        for page in self._store.pages(key):
            if page.span.start > offset:
                break
            found = page
        return found

    def provisions(self, key: str) -> list[ProvisionRecord]:
        """All provisions of a document in reading order; empty for an unknown key."""
        return self._store.provisions(key)

    def provisions_ending(self, key: str, address: Address) -> list[ProvisionRecord]:
        """The provisions of a document whose address ends in these steps, in reading order."""
        return self._store.provisions_ending(key, address)

    def provision(self, key: str, address: Address) -> ProvisionRecord | None:
        """The provision at `address`, the first where the document repeats it."""
        try:
            return self._found[key, address]
        except KeyError:
            return self._keep(key, address, self._store.provision(key, address))

    def provision_at(self, key: str, span: Span) -> ProvisionRecord | None:
        """The innermost provision that contains `span`."""
        try:
            return self._found[key, span]
        except KeyError:
            return self._keep(key, span, self._store.provision_at(key, span))

    def _keep(self, key: str, place: Address | Span, found: ProvisionRecord | None) -> ProvisionRecord | None:
        """Keeps what was found in mind: a generation never changes, and an answer looks at the same few provisions often."""
        if len(self._found) >= _RECALLED:
            self._found.clear()
        self._found[key, place] = found
        return found

    def children(self, provision: ProvisionRecord) -> list[ProvisionRecord]:
        """The provisions directly below."""
        return self._store.children(provision.document, provision.ordinal)

    def parent(self, provision: ProvisionRecord) -> ProvisionRecord | None:
        """The provision directly above; containers that the address leaves out count too."""
        if provision.parent is None:
            return None
        return self._store.ancestor(provision.document, provision.parent)

    # --- passages

    def passage(self, rowid: int) -> Passage:
        """The passage under a rowid; KeyError where there is none."""
        return self._store.passages([rowid])[rowid]

    def passages(self, rowids: Sequence[int]) -> dict[int, Passage]:
        """The passages under these rowids, read at once; unknown ones are left out."""
        return self._store.passages(rowids)

    def passages_of(self, key: str, within: Address | None = None) -> list[tuple[int, Passage]]:
        """The passages of a document with their rowids, in reading order; only those at or below `within` if given."""
        return self._store.passages_of(key, within)

    def passages_around(self, key: str, span: Span) -> list[tuple[int, Passage]]:
        """The passages of a document that contain `span`, in reading order, with their rowids."""
        return self._store.passages_around(key, span)

    def rowids(self, documents: Collection[str]) -> list[int]:
        """The rowids of all passages of these documents, ascending."""
        return self._store.rowids(documents)

    def passage_addresses(self) -> Iterator[tuple[int, str, Address]]:
        """Rowid, document and address of every passage, without its text."""
        return ((rowid, key, Address.parse(address)) for rowid, key, address in self._store.addresses())

    def passage_with_id(self, passage_id: str) -> tuple[int, Passage] | None:
        """The passage with this id, with its rowid."""
        return self._store.passage_with_id(passage_id)

    # --- candidates

    def lexical(
        self, query: Sequence[Weighted], k: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` best passages by BM25 as (rowid, score); `documents` are the keys to stay within, None for all."""
        return self._terms.search(query, k, documents)

    def dense(
        self, vector: NDArray[np.float32], k: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` nearest passages as (rowid, inner product); `documents` are the keys to stay within, None for all."""
        rowids = None if documents is None else self._store.rowids(documents)
        return self._vectors.search(vector, k, rowids)

    @property
    def terms(self) -> LexicalIndex:
        """The lexical index itself, for frequencies of terms."""
        return self._terms

    @cached_property
    def _terms(self) -> LexicalIndex:
        from policy_qa.retrieval.lexical import LexicalIndex

        try:
            return LexicalIndex.open(self._folder / generations.LEXICAL)
        except OSError as error:
            raise generations.damaged(self._index_dir) from error

    @cached_property
    def pieces(self) -> PieceTable:
        """The word pieces of every passage."""
        from policy_qa.retrieval.pieces import PieceTable

        try:
            table = PieceTable.open(self._folder)
        except OSError as error:
            raise generations.damaged(self._index_dir) from error
        if len(self) and len(table) <= self._store.last_rowid():
            raise generations.damaged(self._index_dir)
        return table

    @cached_property
    def _vectors(self) -> VectorIndex:
        from policy_qa.retrieval.dense import VectorIndex

        try:
            return VectorIndex.load(self._folder / generations.VECTORS)
        except OSError as error:
            raise generations.damaged(self._index_dir) from error
