"""A document as the index holds it, put together again."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal, cast

from policy_qa.document import Document, Provision, SourceText
from policy_qa.retrieval.index import Index
from policy_qa.retrieval.records import ProvisionRecord


def indexed_document(index: Index, key: str) -> Document:
    """The document with this key, with its text and tree; pages, lines and notes are left out.

    Raises:
        KeyError: the index has no such document.
    """
    record = index.document(key)
    if record is None:
        raise KeyError(key)
    below: dict[int | None, list[ProvisionRecord]] = defaultdict(list)
    for provision in index.provisions(key):
        below[provision.parent].append(provision)

    def tree(parent: int | None) -> tuple[Provision, ...]:
        return tuple(
            Provision(p.address, p.span, p.heading, tree(p.ordinal), p.reported) for p in below.get(parent, ())
        )

    media = cast(Literal["pdf", "docx", "html", "markdown", "text"], record.media)
    source = SourceText(index.text(key), record.file, record.sha256, media)
    return Document(record.metadata, source, tree(None))
