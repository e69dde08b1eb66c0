"""Looks up the places that a question names; what is named is never searched for."""

from __future__ import annotations

from policy_qa.citing.address import readings
from policy_qa.document import Address
from policy_qa.retrieval.index import Index, ProvisionRecord
from policy_qa.retrieval.query import Query


def find_places(query: Query, index: Index) -> list[tuple[Address, ProvisionRecord | None]]:
    """Each address of the question with its provision in the one document named, or None where it has none."""
    provisions = index.provisions((query.named or query.documents)[0])
    return [(address, _find(address, provisions)) for address in query.addresses]


def _find(address: Address, provisions: list[ProvisionRecord]) -> ProvisionRecord | None:
    """The provision at one of the address's readings, else the only one whose address ends so ("Mục II" of Điều 1)."""
    for reading in readings(address):
        for provision in provisions:
            if provision.address == reading:
                return provision
    for reading in readings(address):
        inner = [p for p in provisions if p.address.steps[-len(reading) :] == reading.steps]
        if len(inner) == 1:
            return inner[0]
    return None
