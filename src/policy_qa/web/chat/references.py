"""References in a document's text as links: the words, and the indexed provision that they lead to."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

from policy_qa.citing.address import legal
from policy_qa.citing.cross_references import CrossReference, cross_references
from policy_qa.citing.style import document_name
from policy_qa.document import Document, Provision, SourceText, Span
from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord

_KEPT = 64
_LONGEST = 1_000_000
"""Characters of a text that is read for references; two seconds' work."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a provision, or to the document as a whole where `ordinal` is None."""

    span: Span
    record: DocumentRecord
    ordinal: int | None
    title: str


class References:
    """The links of indexed documents, worked out once for each. May be shared by threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._found: OrderedDict[tuple[str, str], tuple[Link, ...]] = OrderedDict()

    def within(self, index: Index, key: str, span: Span) -> list[Link]:
        """The links inside `span` of the document `key`, in order, none inside or across another."""
        return [link for link in self._of(index, key) if link.span in span]

    def _of(self, index: Index, key: str) -> tuple[Link, ...]:
        at = (index.manifest.generation, key)
        with self._lock:
            if at not in self._found:
                self._found[at] = tuple(_apart(_links(index, key)))
            self._found.move_to_end(at)
            while len(self._found) > _KEPT:
                self._found.popitem(last=False)
            return self._found[at]


def _links(index: Index, key: str) -> Iterable[Link]:
    record = index.document(key)
    if record is None or len(index.text(key)) > _LONGEST:
        return
    for reference in cross_references(_document(index, record), index.documents()):
        link = _link(index, key, reference)
        if link is not None:
            yield link


def _link(index: Index, key: str, reference: CrossReference) -> Link | None:
    """The link; None where it leads nowhere that is indexed, or only to the document it stands in."""
    record = index.document(reference.document) if reference.document else None
    if record is None or not len(reference.span):
        return None
    name = document_name(record.metadata, first=False, file=record.file)
    if not reference.address:
        return None if record.key == key else Link(reference.span, record, None, name)
    provision = index.provision(record.key, reference.address)
    if provision is None:
        return None
    return Link(reference.span, record, provision.ordinal, f"{legal(reference.address)} {name}")


def _apart(found: Iterable[Link]) -> Iterable[Link]:
    """The links in reading order; of those that overlap the first and longest stays."""
    end = 0
    for link in sorted(found, key=lambda link: (link.span.start, -link.span.end)):
        if link.span.start >= end:
            end = link.span.end
            yield link


def _document(index: Index, record: DocumentRecord) -> Document:
    """The document as it was parsed, as far as reading its references needs it."""
    below: dict[int | None, list[ProvisionRecord]] = defaultdict(list)
    for provision in index.provisions(record.key):
        below[provision.parent].append(provision)

    def tree(parent: int | None) -> tuple[Provision, ...]:
        return tuple(Provision(p.address, p.span, p.heading, tree(p.ordinal), p.reported) for p in below[parent])

    media = cast(Literal["pdf", "docx", "html", "markdown", "text"], record.media)
    source = SourceText(index.text(record.key), record.file, record.sha256, media)
    return Document(record.metadata, source, tree(None))
