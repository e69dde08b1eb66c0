"""Says of what was quoted whole, or as a list, that the text here is known to lack a part of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from policy_qa.answer import Citation
from policy_qa.citing.joining import listed
from policy_qa.citing.reference import extract
from policy_qa.document import Address, Gap, Metadata
from policy_qa.reading.vietnamese import nfc
from policy_qa.retrieval.index import Index

_LEAST_OF_WHOLE: Final = 0.5
"""Who quotes so much of a provision is taken to tell all of it."""
_AFTER: Final = re.compile(r"\b(?:sau (?!của\b)|tiếp theo|trở đi)")
"""What is lacking stands beside the place that is named, not in it: "các điểm sau điểm d"."""


def incomplete(index: Index, metadata: Metadata, name: str, citations: Sequence[Citation]) -> Iterator[str]:
    """A sentence if what the citations of one document quote together has a gap.

    Args:
        index: where their provisions are looked up.
        metadata: the document's head, with the gaps of its text.
        name: what the document is called.
        citations: all those of the document in one answer.
    """
    wholes = list(_told_whole(index, citations)) if metadata.gaps else []
    parts = [part for gap in metadata.gaps for part in _lacking(gap, wholes)]
    if parts:
        kind = "bản tóm lược" if metadata.text_kind == "digest" else "bản"
        yield f"Nội dung dẫn từ {name} chưa đầy đủ: {kind} trong kho không có {listed(parts)}."


def _told_whole(index: Index, citations: Sequence[Citation]) -> Iterator[Address]:
    """The provisions quoted for the most part, and those of which several are quoted that stand in them."""
    quoted: set[Address] = set()
    for citation in citations:
        provision = index.provision(citation.key, citation.address)
        if provision is not None and len(citation.span) >= _LEAST_OF_WHOLE * len(provision.span):
            quoted.add(citation.address)
    above = Counter(address.parent for address in quoted if len(address) > 1)
    yield from quoted
    yield from (parent for parent, count in above.items() if count > 1)


def _lacking(gap: Gap, wholes: Sequence[Address]) -> list[str]:
    """The gap in words, with the provisions besides by which it is asked for, if it is in one of `wholes`."""
    inside = [text for text in (gap.part, *gap.topics) if _is_in(_place(text), wholes)]
    if not inside:
        return []
    besides = inside if _AFTER.search(nfc(gap.part)) is None else []
    return [gap.part, *(topic for topic in besides if topic != gap.part and _is_only_a_place(topic))]


@lru_cache(maxsize=512)  # the gaps of a document are looked at whenever it is quoted
def _place(text: str) -> Address | None:
    """The provision that holds what is lacking; None where `text` names none."""
    address = next((reference.address for reference in extract(text) if reference.address), None)
    if address is None:
        return None
    levels = [step.level for step in address.steps]
    again = next((at for at, level in enumerate(levels) if level in levels[:at]), len(levels))
    address = Address(address.steps[:again])  # a level under itself was misread
    return address.parent if _AFTER.search(nfc(text)) else address


def _is_in(place: Address | None, wholes: Sequence[Address]) -> bool:
    return place is not None and any(_within(place, whole) for whole in wholes)


def _within(place: Address, whole: Address) -> bool:
    """Whether `place`, which may leave out what stands above it, lies in `whole`."""
    if not place:
        return False
    at = next((at for at, step in enumerate(whole.steps) if step == place.steps[0]), None)
    return at is not None and place.is_within(Address(whole.steps[at:]))


def _is_only_a_place(topic: str) -> bool:
    found = extract(topic)
    return len(found) == 1 and len(found[0].span) == len(topic)
