"""The documents of an index as a keeper looks for them: filtered, sorted, with their relations to each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from policy_qa.answering.declared import AMENDED, CONSOLIDATED, CORRECTED, REPEALED, REPLACED, Changes, told
from policy_qa.citing.style import document_name
from policy_qa.document import Metadata, Relation
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import DocumentRecord, Index
from policy_qa.web.documents import words

_TOLD_BY_CHANGES: Final = frozenset({REPLACED, REPEALED, AMENDED, CORRECTED, CONSOLIDATED})
_FIRST: Final = (REPLACED, REPEALED, AMENDED, CORRECTED, CONSOLIDATED, "thực hiện", "tiếp tục", "hướng dẫn", "căn cứ")
_PARTS = re.compile(r"\d+|\D+")


@dataclass(frozen=True, slots=True)
class Related:
    """Another document and what it has to do with this one; `key` where it is in the index.

    `kind` is that of the relation (thực hiện, thay thế …), `says` how it is written from this document's side.
    """

    kind: str
    says: str
    name: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the list. `recognised` counts the pages recognised (OCR), `sureness` (0 to 1) is the lowest of theirs."""

    record: DocumentRecord
    recognised: int
    sureness: float | None
    searched: str


class Catalogue:
    """The documents of one generation of the index, without holding on to its files."""

    def __init__(self, index: Index) -> None:
        self.generation = index.manifest.generation
        self.shape = index.manifest.shape
        self._entries = {record.key: _entry(index, record) for record in index.documents()}
        self._relations: dict[str, tuple[Related, ...]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: str) -> Entry | None:
        """The document with this key."""
        return self._entries.get(key)

    def select(self, wanted: str = "", kind: str = "all", order: str = "date") -> list[Entry]:
        """The documents in which all words of `wanted` occur (without regard to case and diacritics), in this order."""
        tokens = fold(wanted).split()
        fits = _SELECTIONS.get(kind, _SELECTIONS["all"])
        found = [e for e in self._entries.values() if fits(e) and all(token in e.searched for token in tokens)]
        return in_order(found, order)

    # --- relations

    def relations(self, key: str) -> tuple[Related, ...]:
        """What a document has to do with others: what it says, and what they say of it; the gravest first."""
        if key not in self._relations:
            self._relations[key] = self._related(self._entries[key].record) if key in self._entries else ()
        return self._relations[key]

    @cached_property
    def _changes(self) -> Changes:
        return Changes(entry.record for entry in self._entries.values())

    @cached_property
    def _said_of(self) -> dict[str, list[tuple[str, str]]]:
        """By key: who names a document how; what `Changes` tells better is left out."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key, entry in self._entries.items():
            for relation in entry.record.metadata.relations:
                named = (
                    None if relation.kind in _TOLD_BY_CHANGES else self._changes.find(relation, entry.record.metadata)
                )
                if named is not None:
                    found[named.key].append((relation.kind, key))
        return found

    def _related(self, record: DocumentRecord) -> tuple[Related, ...]:
        found = [self._outgoing(relation, record.metadata) for relation in record.metadata.relations]
        for change in self._changes.of(record):
            name = self._name(change.key) or _dated(change.by)
            found.append(Related(change.kind, words.INCOMING[change.kind], name, change.key))
        for kind, key in self._said_of.get(record.key, ()):
            found.append(Related(kind, words.INCOMING.get(kind, kind), self._name(key) or key, key))
        rank = {kind: at for at, kind in enumerate(_FIRST)}
        return tuple(sorted(dict.fromkeys(found), key=lambda related: rank.get(related.kind, len(rank))))

    def _outgoing(self, relation: Relation, said_by: Metadata) -> Related:
        says = words.OUTGOING.get(relation.kind, relation.kind[:1].upper() + relation.kind[1:])
        known = self._changes.find(relation, said_by)
        key = known.key if known else None
        return Related(relation.kind, says, self._name(key) or _dated(told(relation)), key)

    def _name(self, key: str | None) -> str | None:
        entry = self._entries.get(key or "")
        return document_name(entry.record.metadata, first=False, file=entry.record.file) if entry else None


def in_order(entries: Sequence[Entry], order: str) -> list[Entry]:
    """The entries in one of the orders of `words.ORDERS`; an unknown one is by date."""
    by, backwards = _ORDERS.get(order, _ORDERS["date"])
    alphabetic = sorted(entries, key=lambda entry: natural(entry.record.key))
    return sorted(alphabetic, key=by, reverse=backwards)


def natural(text: str) -> tuple[tuple[bool, int, str], ...]:
    """For sorting numbers of documents as people do: 9/QĐ before 57/QĐ."""
    parts = _PARTS.findall(fold(text))
    return tuple((False, int(p[:18]), "") if p[0].isdecimal() else (True, 0, p) for p in parts)


def day(iso: str | None) -> str:
    """`2022-09-14` as `14/9/2022`; a dash where there is none."""
    return "/".join(part.lstrip("0") for part in reversed(iso[:10].split("-"))) if iso else words.NOT_DATED


def _entry(index: Index, record: DocumentRecord) -> Entry:
    pages = index.source_pages(record.key) if record.media == "pdf" else ()
    sure = [page.ocr for page in pages if page.ocr is not None]
    about = record.metadata
    searched = (
        about.number, about.kind, about.title, about.issuer, about.signer, *about.nicknames, about.date, day(about.date),
        _file_name(record),
    )  # fmt: skip
    return Entry(record, len(sure), min(sure, default=None), fold(" ".join(part for part in searched if part)))


def _file_name(record: DocumentRecord) -> str:
    return record.file.replace("\\", "/").rsplit("/", 1)[-1]


def _dated(metadata: Metadata) -> str:
    name = document_name(metadata, first=False)
    return f"{name} ngày {day(metadata.date)}" if metadata.number and metadata.date else name


def _text(field: str) -> Callable[[Entry], tuple[bool, str]]:
    def key(entry: Entry) -> tuple[bool, str]:
        value = getattr(entry.record.metadata, field)
        return not value, fold(value or "")

    return key


_SELECTIONS: Final[dict[str, Callable[[Entry], bool]]] = {
    "all": lambda entry: True,
    "official": lambda entry: entry.record.metadata.text_kind == "official",
    "digest": lambda entry: entry.record.metadata.text_kind == "digest",
    "recognised": lambda entry: entry.recognised > 0,
    "warned": lambda entry: bool(entry.record.warnings),
}
_ORDERS: Final[dict[str, tuple[Callable[[Entry], Any], bool]]] = {
    "date": (lambda entry: entry.record.metadata.date or "", True),
    "-date": (lambda entry: entry.record.metadata.date or "9999", False),
    "number": (lambda entry: natural(entry.record.key), False),
    "title": (_text("title"), False),
    "issuer": (_text("issuer"), False),
    "pages": (lambda entry: entry.record.pages, True),
    "provisions": (lambda entry: entry.record.provisions, True),
    "warnings": (lambda entry: len(entry.record.warnings), True),
}
