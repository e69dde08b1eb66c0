"""Looks up the places that a question names; what is named is never searched for."""

from __future__ import annotations

from dataclasses import dataclass

from policy_qa.citing.address import legal, readings
from policy_qa.document import Address
from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord
from policy_qa.retrieval.query import Query


@dataclass(frozen=True, slots=True)
class Places:
    """The provisions that a question names, in its order, and what its documents do not have."""

    found: tuple[ProvisionRecord, ...] = ()
    missing: tuple[tuple[DocumentRecord, str], ...] = ()


def find_places(query: Query, index: Index) -> Places:
    """Each place of the question in its own document, else in the documents that the question is about.

    Of several documents, those that have the place count; it is missing only where none has it.
    """
    found: dict[tuple[str, int], ProvisionRecord] = {}
    missing: list[tuple[DocumentRecord, str]] = []
    for named, address in query.places:
        keys = (named,) if named and (not query.documents or named in query.documents) else query.subject
        here = [provision for key in keys if (provision := _find(address, key, index))]
        found |= {(provision.document, provision.ordinal): provision for provision in here}
        record = index.document(keys[0]) if keys else None
        if not here and record is not None:
            missing.append((record, legal(address)))
    return Places(tuple(found.values()), tuple(missing))


def _find(address: Address, key: str, index: Index) -> ProvisionRecord | None:
    """The provision at one of the address's readings, else the only one whose address ends so ("Mục II" of Điều 1)."""
    for reading in readings(address):
        if provision := index.provision(key, reading):
            return provision
    for reading in readings(address):
        inner = index.provisions_ending(key, reading)
        if len(inner) == 1:
            return inner[0]
    return None
