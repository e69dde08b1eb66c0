"""Documents, provisions and passages of one index generation, in SQLite."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import cast

from policy_qa.document import JSON, Address, Document, Page, Passage, Provision, Span, to_json
from policy_qa.retrieval.records import (
    DOCUMENT_COLUMNS,
    PROVISION_COLUMNS,
    DocumentRecord,
    ProvisionRecord,
    Row,
    Value,
    read_document,
    read_provision,
)

_TABLES = """
CREATE TABLE IF NOT EXISTS documents (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, metadata TEXT NOT NULL, text TEXT NOT NULL, pages TEXT NOT NULL,
    file TEXT NOT NULL, sha256 TEXT NOT NULL, media TEXT NOT NULL, text_kind TEXT NOT NULL, warnings TEXT NOT NULL,
    page_count INTEGER NOT NULL, provision_count INTEGER NOT NULL, passage_count INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS provisions (
    doc INTEGER NOT NULL REFERENCES documents(id), ordinal INTEGER NOT NULL, parent INTEGER, address TEXT NOT NULL,
    level TEXT NOT NULL, label TEXT NOT NULL, heading TEXT, start INTEGER NOT NULL, end INTEGER NOT NULL,
    own_end INTEGER NOT NULL, page INTEGER, reported INTEGER NOT NULL, PRIMARY KEY (doc, ordinal)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS provision_addresses ON provisions (doc, address);
CREATE TABLE IF NOT EXISTS passages (
    rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, doc INTEGER NOT NULL REFERENCES documents(id),
    address TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER, heading_path TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS passage_documents ON passages (doc);
"""
_CACHED_TEXTS = 512
_SQL_VARIABLES = 500

_DOCUMENT = f"SELECT {DOCUMENT_COLUMNS} FROM documents"  # noqa: S608 - names of our own
_PROVISION = f"SELECT {PROVISION_COLUMNS} FROM provisions p JOIN documents d ON d.id = p.doc"  # noqa: S608 - our own
_PASSAGE = (
    "SELECT p.rowid, p.id, d.key, p.address, p.start, p.end, p.page, p.heading_path"
    " FROM passages p JOIN documents d ON d.id = p.doc"
)


class StoreWriter:
    """Fills a new SQLite file; `close` ends it. Rowids of copied passages are kept, so that their vectors stay right."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connect()
        self._next_passage = 1

    def _connect(self) -> None:
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(_TABLES)
        self._db.execute("BEGIN")

    def copy(self, old: Path, files: Mapping[str, str]) -> list[int]:
        """Copies the documents named by the keys of `files` from another store; their `file` becomes the value.

        Returns the rowids of the passages that were not copied.
        """
        # Copying the file is many times as fast as copying its rows, and most documents stay.
        self._db.close()
        shutil.copyfile(old, self._path)
        self._connect()
        db = self._db
        self._next_passage = 1 + db.execute("SELECT coalesce(max(rowid), 0) FROM passages").fetchone()[0]
        dropped = [(i,) for i, key in db.execute("SELECT id, key FROM documents").fetchall() if key not in files]
        gone = [r[0] for i in dropped for r in db.execute("SELECT rowid FROM passages WHERE doc = ?", i)]
        for table, column in (("passages", "doc"), ("provisions", "doc"), ("documents", "id")):
            db.executemany(f"DELETE FROM {table} WHERE {column} = ?", dropped)  # noqa: S608 - names of our own
        db.executemany(
            "UPDATE documents SET file = ?1 WHERE key = ?2 AND file <> ?1", [(f, k) for k, f in files.items()]
        )
        return sorted(gone)

    def add(self, document: Document, passages: Sequence[Passage], file: str) -> list[int]:
        """Adds a document with its passages; returns their rowids, in order."""
        source = document.source
        provisions = list(_numbered(document.provisions))
        metadata = cast(Mapping[str, JSON], to_json(document.metadata))
        pages = [(p.number, p.span.start, p.span.end, p.width, p.height, p.ocr) for p in source.pages]
        warnings = (*source.warnings, *document.warnings)
        row = (None, document.key, _dump(metadata), source.text, _dump(pages), file, source.sha256, source.media)
        counts = (len(source.pages), len(provisions), len(passages))
        self._insert("documents", [(*row, document.metadata.text_kind, _dump(warnings), *counts)])
        doc = self._db.execute("SELECT id FROM documents WHERE key = ?", (document.key,)).fetchone()[0]
        self._insert(
            "provisions",
            (
                (doc, n, parent, *_provision_row(p), source.page_at(p.span.start), p.reported)
                for n, parent, p in provisions
            ),
        )
        rowids = list(range(self._next_passage, self._next_passage + len(passages)))
        self._next_passage += len(passages)
        self._insert(
            "passages",
            (
                (rowid, p.id, doc, str(p.address), p.span.start, p.span.end, p.page, _dump(p.heading_path))
                for rowid, p in zip(rowids, passages, strict=True)
            ),
        )
        return rowids

    def close(self, *, commit: bool) -> None:
        """Ends writing; without `commit` the file is of no use."""
        if commit:
            self._db.execute("COMMIT")
        self._db.close()

    def _insert(self, table: str, rows: Iterable[Sequence[Value]]) -> None:
        rows = iter(rows)
        first = next(rows, None)
        if first is None:
            return
        statement = f"INSERT INTO {table} VALUES ({','.join('?' * len(first))})"  # noqa: S608 - names of our own
        self._db.execute(statement, first)
        self._db.executemany(statement, rows)


class Store:
    """Reads one generation. Usable from several threads; texts of documents are read once and kept in memory."""

    def __init__(self, path: Path) -> None:
        # The file of a finished generation never changes: immutable spares SQLite its locks and journals.
        self._db = sqlite3.connect(
            path.resolve().as_uri() + "?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
        )
        # SQLite looks into a file only when asked something: a damaged one is to be noticed here.
        self._db.execute("SELECT 1 FROM documents LIMIT 1").fetchone()
        self._lock = threading.Lock()
        self._texts: dict[str, str] = {}

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()

    def documents(self) -> list[DocumentRecord]:
        """All documents, by key."""
        return [read_document(row) for row in self._rows(f"{_DOCUMENT} ORDER BY key")]

    def counts(self) -> dict[str, tuple[int, int]]:
        """How many provisions and passages each document has, by key."""
        rows = self._rows("SELECT key, provision_count, passage_count FROM documents ORDER BY key")
        return {key: (provisions, passages) for key, provisions, passages in cast(list[tuple[str, int, int]], rows)}

    def document(self, key: str) -> DocumentRecord | None:
        """The document with this key."""
        rows = self._rows(f"{_DOCUMENT} WHERE key = ?", key)
        return read_document(rows[0]) if rows else None

    def text(self, key: str) -> str:
        """The whole text of a document; KeyError where there is none."""
        text = self._texts.get(key)
        if text is None:
            if len(self._texts) >= _CACHED_TEXTS:
                self._texts.clear()
            text = self._texts[key] = self._column("text", key)
        return text

    def pages(self, key: str) -> tuple[Page, ...]:
        """The pages of a document, none for a file without pages; KeyError where there is no such document."""
        return tuple(Page(n, Span(s, e), w, h, ocr) for n, s, e, w, h, ocr in json.loads(self._column("pages", key)))

    def provisions(self, key: str) -> list[ProvisionRecord]:
        """All provisions of a document in reading order; empty for an unknown key."""
        return self._provisions("d.key = ? ORDER BY p.ordinal", key)

    def provision(self, key: str, address: Address) -> ProvisionRecord | None:
        """The provision at `address`, the first where an address is repeated."""
        rows = self._provisions("d.key = ? AND p.address = ? ORDER BY p.ordinal LIMIT 1", key, str(address))
        return rows[0] if rows else None

    def provisions_ending(self, key: str, address: Address) -> list[ProvisionRecord]:
        """The provisions of a document whose address ends in these steps, in reading order."""
        tail = f";{address}"
        where = "d.key = ? AND (p.address = ? OR substr(p.address, ?) = ?) ORDER BY p.ordinal"
        return self._provisions(where, key, str(address), -len(tail), tail)

    def provision_at(self, key: str, span: Span) -> ProvisionRecord | None:
        """The innermost provision that contains `span`."""
        rows = self._provisions(
            "d.key = ? AND p.start <= ? AND p.end >= ? ORDER BY p.ordinal DESC LIMIT 1", key, span.start, span.end
        )
        return rows[0] if rows else None

    def children(self, key: str, ordinal: int | None) -> list[ProvisionRecord]:
        """The provisions directly below the one with this ordinal; the outermost ones for None."""
        return self._provisions("d.key = ? AND p.parent IS ? ORDER BY p.ordinal", key, ordinal)

    def ancestor(self, key: str, ordinal: int) -> ProvisionRecord | None:
        """The provision with this ordinal (as `parent` names it)."""
        rows = self._provisions("d.key = ? AND p.ordinal = ?", key, ordinal)
        return rows[0] if rows else None

    def passages(self, rowids: Sequence[int]) -> dict[int, Passage]:
        """The passages under these rowids; unknown ones are left out."""
        found: dict[int, Passage] = {}
        for at in range(0, len(rowids), _SQL_VARIABLES):
            part = rowids[at : at + _SQL_VARIABLES]
            found |= dict(self._passages(f"p.rowid IN ({','.join('?' * len(part))})", *part))
        return found

    def passages_of(self, key: str, within: Address | None = None) -> list[tuple[int, Passage]]:
        """The passages of a document in reading order, with their rowids; only those at or below `within` if given."""
        if within is None:
            return self._passages("d.key = ? ORDER BY p.rowid", key)
        at, below = str(within), f"{within};"
        where = "d.key = ? AND (p.address = ? OR substr(p.address, 1, ?) = ?) ORDER BY p.rowid"
        return self._passages(where, key, at, len(below), below)

    def passages_around(self, key: str, span: Span) -> list[tuple[int, Passage]]:
        """The passages of a document that contain `span`, in reading order, with their rowids."""
        return self._passages("d.key = ? AND p.start <= ? AND p.end >= ? ORDER BY p.rowid", key, span.start, span.end)

    def passage_with_id(self, passage_id: str) -> tuple[int, Passage] | None:
        """The passage with this id, with its rowid."""
        rows = self._passages("p.id = ?", passage_id)
        return rows[0] if rows else None

    def addresses(self) -> Iterator[tuple[int, str, str]]:
        """Rowid, document and address of every passage, without its text."""
        query = "SELECT p.rowid, d.key, p.address FROM passages p JOIN documents d ON d.id = p.doc ORDER BY p.rowid"
        return iter(cast(list[tuple[int, str, str]], self._rows(query)))

    def last_rowid(self) -> int:
        """The highest rowid of a passage; 0 where there is none."""
        return cast(int, self._rows("SELECT coalesce(max(rowid), 0) FROM passages")[0][0])

    def rowids(self, documents: Collection[str]) -> list[int]:
        """The rowids of all passages of these documents, ascending."""
        query = "SELECT p.rowid FROM passages p JOIN documents d ON d.id = p.doc WHERE d.key = ?"
        return sorted(cast(int, row[0]) for key in documents for row in self._rows(query, key))

    def _rows(self, query: str, *values: Value) -> list[Row]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def _provisions(self, where: str, *values: Value) -> list[ProvisionRecord]:
        return [read_provision(row) for row in self._rows(f"{_PROVISION} WHERE {where}", *values)]

    def _passages(self, where: str, *values: Value) -> list[tuple[int, Passage]]:
        return [self._passage(row) for row in self._rows(f"{_PASSAGE} WHERE {where}", *values)]

    def _passage(self, row: Row) -> tuple[int, Passage]:
        rowid, passage_id, key, address, start, end, page, path = cast(
            tuple[int, str, str, str, int, int, int | None, str], row
        )
        span = Span(start, end)
        text = span.of(self.text(key))
        return rowid, Passage(passage_id, key, Address.parse(address), span, text, tuple(json.loads(path)), page)

    def _column(self, column: str, key: str) -> str:
        rows = self._rows(f"SELECT {column} FROM documents WHERE key = ?", key)  # noqa: S608 - names of our own
        if not rows:
            raise KeyError(key)
        return cast(str, rows[0][0])


def _dump(value: JSON) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _numbered(
    provisions: Sequence[Provision], parent: int | None = None, at: int = 0
) -> Iterable[tuple[int, int | None, Provision]]:
    for provision in provisions:
        below = list(_numbered(provision.children, at, at + 1))
        yield at, parent, provision
        yield from below
        at += 1 + len(below)


def _provision_row(provision: Provision) -> tuple[str, str, str, str | None, int, int, int]:
    address = provision.address
    level, label = (str(address.last.level), address.last.label) if address else ("", "")
    return (
        str(address),
        level,
        label,
        provision.heading,
        provision.span.start,
        provision.span.end,
        provision.own_span.end,
    )
