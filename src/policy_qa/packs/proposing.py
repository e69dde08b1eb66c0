"""Questions proposed from the provisions of a document, for a trainer to choose from and reword."""

from __future__ import annotations

from collections.abc import Sequence

from policy_qa.document import Address
from policy_qa.retrieval.index import Index

MOST_PROPOSED = 50
_DRAWN = 400
"""Drafts of the whole document, of which those about the provisions chosen are kept."""


def propose(index: Index, key: str, within: Sequence[Address] = (), count: int = 20) -> list[str]:
    """At most `count` questions that the document answers; about the provisions at or below `within`, where there are any.

    Raises:
        KeyError: the index has no such document.
    """
    from policy_qa.evaluation.drafting import KINDS, draft
    from policy_qa.evaluation.drafting.choosing import NEAR_MISS
    from policy_qa.evaluation.drafting.indexed import indexed_document

    kinds = [kind for kind in KINDS if kind != NEAR_MISS]
    wanted = min(count, MOST_PROPOSED)
    drafts = draft(indexed_document(index, key), _DRAWN if within else wanted, kinds, styles=("plain",))
    found = []
    for question in drafts:
        places = [Address.parse(gold.partition("#")[2]) for group in question.gold for gold in group]
        if not within or any(place.is_within(chosen) for place in places for chosen in within):
            found.append(question.question)
    return found[:wanted]
