"""What the index says of its documents and provisions, and how that stands in rows of the store."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from policy_qa.document import JSON, Address, Gap, Metadata, Relation, Span, TextKind

Value: TypeAlias = str | int | None
Row: TypeAlias = tuple[Value, ...]

DOCUMENT_COLUMNS = "key, metadata, file, sha256, media, page_count, provision_count, passage_count, warnings"
PROVISION_COLUMNS = "d.key, p.ordinal, p.parent, p.address, p.heading, p.start, p.end, p.own_end, p.page, p.reported"


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """A document of the index: `file` as an absolute path at indexing time; `pages`, `provisions`, `passages` count."""

    key: str
    metadata: Metadata
    file: str
    sha256: str
    media: str
    pages: int
    provisions: int
    passages: int
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProvisionRecord:
    """A provision of the index. `ordinal` counts from 0 in reading order, `parent` is an ordinal or None."""

    document: str
    ordinal: int
    parent: int | None
    address: Address
    heading: str | None
    span: Span
    own_span: Span
    page: int | None
    reported: bool


def read_provision(row: Row) -> ProvisionRecord:
    """A row of `PROVISION_COLUMNS`."""
    key, ordinal, parent, address, heading, start, end, own_end, page, reported = cast(
        tuple[str, int, int | None, str, str | None, int, int, int, int | None, int], row
    )
    parsed = Address.parse(address)
    return ProvisionRecord(
        key, ordinal, parent, parsed, heading, Span(start, end), Span(start, own_end), page, bool(reported)
    )


def read_document(row: Row) -> DocumentRecord:
    """A row of `DOCUMENT_COLUMNS`."""
    key, metadata, file, sha256, media, pages, provisions, passages, warnings = cast(
        tuple[str, str, str, str, str, int, int, int, str], row
    )
    found = _metadata(json.loads(metadata))
    return DocumentRecord(key, found, file, sha256, media, pages, provisions, passages, tuple(json.loads(warnings)))


def _metadata(plain: Mapping[str, JSON]) -> Metadata:
    """Reads back what `to_json` made of a Metadata."""
    relations = cast(Sequence[Mapping[str, str]], plain["relations"])
    gaps = cast(Sequence[Mapping[str, JSON]], plain["gaps"])

    def words(value: JSON) -> tuple[str, ...]:
        return tuple(cast(Sequence[str], value))

    def word(name: str) -> str | None:
        return cast("str | None", plain[name])

    return Metadata(
        number=word("number"),
        date=word("date"),
        kind=word("kind"),
        issuer=word("issuer"),
        title=word("title"),
        signer=word("signer"),
        text_kind=cast(TextKind, plain["text_kind"]),
        nicknames=words(plain["nicknames"]),
        relations=tuple(Relation(**relation) for relation in relations),
        gaps=tuple(Gap(cast(str, gap["part"]), words(gap["topics"])) for gap in gaps),
        sources=words(plain["sources"]),
        confidence=cast("Mapping[str, float]", plain.get("confidence") or {}),
    )
