"""Writes citations: always by code, from the index, never from what a model says."""

from __future__ import annotations

from policy_qa.answer import Citation, DocumentName
from policy_qa.citing.style import first_mention, later_mention
from policy_qa.document import Span
from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord


class Citer:
    """Numbers the citations of one answer, and names a document in full only at its first mention."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._made: dict[tuple[str, str, Span], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations made so far, in order."""
        return tuple(self._made.values())

    def cite(self, provision: ProvisionRecord, quote: Span) -> Citation:
        """The citation of `quote`, a span of the document's text inside the provision.

        Raises:
            ValueError: the quote does not lie in the provision.
        """
        if quote not in provision.span:
            raise ValueError(f"{quote} is outside {provision.address} {provision.span}")
        key = (provision.document, str(provision.address), quote)
        if key not in self._made:
            self._made[key] = citation(self._index, provision, quote, str(len(self._made) + 1))
        return self._made[key]


def headings_above(index: Index, provision: ProvisionRecord) -> tuple[str, ...]:
    """The headings from the outermost provision down to this one, as printed."""
    found: list[str] = []
    at: ProvisionRecord | None = provision
    while at is not None:
        if at.heading:
            found.append(at.heading)
        at = index.parent(at)
    return tuple(reversed(found))


def citation(index: Index, provision: ProvisionRecord, quote: Span, citation_id: str) -> Citation:
    """One citation, with the document's name, both written forms, the words quoted and their page."""
    record = index.document(provision.document)
    if record is None:
        raise KeyError(provision.document)
    headings = headings_above(index, provision)
    page = index.page_of(record.key, quote.start)
    return Citation(
        id=citation_id,
        document=document_name(record),
        key=record.key,
        address=provision.address,
        formatted=first_mention(provision.address, record.metadata, file=record.file, headings=headings),
        formatted_short=later_mention(provision.address, record.metadata, file=record.file, headings=headings),
        quote=index.text(record.key, quote),
        span=quote,
        page=page.number if page is not None else None,
        file=record.file,
        sha256=record.sha256,
        text_kind=record.metadata.text_kind,
        reported=provision.reported,
        ocr=page.ocr if page is not None else None,
    )


def document_name(record: DocumentRecord) -> DocumentName:
    """What a citation says of the document."""
    metadata = record.metadata
    return DocumentName(metadata.number, metadata.date, metadata.kind, metadata.issuer, metadata.title)
