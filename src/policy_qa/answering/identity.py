"""Who issued, signed or dated a document: read from its head and its signature, where an official text has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policy_qa.document import Metadata, Span
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import Index, ProvisionRecord
from policy_qa.retrieval.query import Query

_SIGNED = re.compile(r"\b(ai ky|nguoi ky|do ai ky|ai la nguoi ky|who signed|signer)\b")
_DATED = re.compile(
    r"\b(ban hanh (ngay|vao|khi|nam|tu)|ngay ban hanh|(ngay|khi|nam) nao (duoc )?(ban hanh|ky)|ky (ngay|khi) nao|"
    r"when was .* (issued|signed|adopted)|date of issu)"
)
_ISSUED = re.compile(r"\b(ai ban hanh|co quan nao ban hanh|do ai ban hanh|cua co quan nao|who issued|issued by)\b")
_HEAD, _SIGNATURE = "thể thức", "chữ ký"


def identify(query: Query, index: Index) -> tuple[ProvisionRecord, Span] | None:
    """The line that says what was asked of an official document's identity; None where that is not asked or not found."""
    if len(query.documents) != 1:
        return None
    record = index.document(query.documents[0])
    if record is None or record.metadata.text_kind != "official":
        return None
    bare = fold(query.text)
    part, value = _asked_for(bare, record.metadata)
    if value is None:
        return None
    for provision in index.provisions(record.key):
        if provision.address.steps and provision.address.last.label == part:
            for span in _lines(index.text(record.key), provision.span):
                if fold(value) in fold(span.of(index.text(record.key))):
                    return provision, span
    return None


def _asked_for(bare: str, metadata: Metadata) -> tuple[str, str | None]:
    if _SIGNED.search(bare):
        return _SIGNATURE, metadata.signer
    if _DATED.search(bare) and metadata.date:
        year, month, day = metadata.date.split("-")
        return _HEAD, f"ngày {day} tháng {int(month)} năm {year}"
    if _ISSUED.search(bare):
        return _HEAD, metadata.issuer
    return _HEAD, None


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for line in text[span.start : span.end].split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1
