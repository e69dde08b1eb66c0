"""Cross references as the page shows them: the words, and the provision of this document or the other one they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from policy_qa.citing.address import legal
from policy_qa.citing.cross_references import CrossReference, cross_references
from policy_qa.document import Address, Document, Span
from policy_qa.inspection.markup import date


@dataclass(frozen=True, slots=True)
class Link:
    """Words that refer to something: `title` says in words what is meant.

    `address` is a provision of this document; `lost` marks one that this document should have but lacks.
    """

    span: Span
    title: str
    address: Address | None = None
    lost: bool = False


def links(document: Document) -> list[Link]:
    """The cross references of a document, in reading order, none inside or across another."""
    found = cross_references(document)
    # "Nghị định này" leads nowhere.
    return apart(_link(r, document.key) for r in found if r.address or r.document != document.key)


def apart(found: Iterable[Link]) -> list[Link]:
    """The links in reading order; of those that overlap the first and longest stays.

    The items of a list ("khoản 1 và 2 Điều 5") share their words; they become one link that names them all.
    """
    kept: list[Link] = []
    for link in sorted(found, key=lambda link: (link.span.start, -link.span.end)):
        last = kept[-1] if kept else None
        if last is not None and last.span == link.span:
            kept[-1] = _both(last, link)
        elif len(link.span) and (last is None or link.span.start >= last.span.end):
            kept.append(link)
    return kept


def _both(one: Link, other: Link) -> Link:
    titles = dict.fromkeys((*one.title.split("; "), other.title))
    return Link(one.span, "; ".join(titles), one.address or other.address, one.lost or other.lost)


def _link(reference: CrossReference, key: str) -> Link:
    own = reference.document == key
    place = legal(reference.address) if reference.address else ""
    lost = own and reference.exists is False
    named = "văn bản này" if own else _named(reference)
    title = " ".join(part for part in (place, named) if part)
    return Link(reference.span, f"{title} (không thấy)" if lost else title, reference.address if own else None, lost)


def _named(reference: CrossReference) -> str:
    """What is said of the other document: kind and number or name, date."""
    parts = [reference.name or reference.kind or "văn bản"]
    parts += [f"số {reference.number}"] if reference.number else []
    parts += (
        [f"ngày {date(reference.date)}" if len(reference.date) > 4 else f"năm {reference.date}"]
        if reference.date
        else []
    )
    return " ".join(parts)
