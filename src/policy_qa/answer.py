"""What an answer is: statements, each with its citations, and what is said where there is none."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from policy_qa.document import JSON, Address, Span, TextKind, to_json

Status: TypeAlias = Literal["answered", "partial", "not_found"]
Reason: TypeAlias = Literal["no_text", "false_premise", "opinion", "out_of_scope"]
Mode: TypeAlias = Literal["extractive", "generative", "mixed"]
"""Who wrote the statements: nobody (they are quoted), a language model, or a model and, where it failed, quotations."""


@dataclass(frozen=True, slots=True)
class DocumentName:
    """What a citation says of its document."""

    number: str | None
    date: str | None
    kind: str | None
    issuer: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands: the exact provision, the words quoted, page and file.

    `quote` is a verbatim substring of the provision at `address`; `span` is its place in the source text. `ocr` is how
    sure the recognition of its page was (0 to 1) where the page is a picture.
    """

    id: str
    document: DocumentName
    key: str
    address: Address
    formatted: str
    formatted_short: str
    quote: str
    span: Span
    page: int | None
    file: str
    sha256: str
    text_kind: TextKind
    reported: bool = False
    ocr: float | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of an answer, with the ids of its citations (at least one).

    `score`, 0 to 1, is the share of what it claims that its citations were found to hold; None where it quotes them.
    """

    text: str
    citations: tuple[str, ...]
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A statement that was not shown, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The one object that CLI, web app, packs and evaluation read.

    Answers add up: a stream yields parts, and their sum is the answer. `notes` are sentences about the texts and versions
    cited so far: those of the last part that has any hold for the whole. `timings` are milliseconds. `rejected` counts the
    ids that a language model cited though they were never given to it.
    """

    question: str
    status: Status = "not_found"
    reason: Reason | None = None
    message: str | None = None
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    related: tuple[Citation, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)
    mode: Mode = "extractive"
    rejected: int = 0

    def __add__(self, other: Answer) -> Answer:
        return dataclasses.replace(
            other,
            statements=self.statements + other.statements,
            citations=self.citations + other.citations,
            related=self.related + other.related,
            dropped=self.dropped + other.dropped,
            notes=other.notes or self.notes,
            timings={**self.timings, **other.timings},
            rejected=self.rejected + other.rejected,
        )

    def citation(self, citation_id: str) -> Citation:
        """The citation with this id; KeyError where there is none."""
        for citation in self.citations:
            if citation.id == citation_id:
                return citation
        raise KeyError(citation_id)

    def to_json(self) -> dict[str, JSON]:
        """The object that `policy-qa ask --json` prints."""
        return {f.name: to_json(getattr(self, f.name)) for f in dataclasses.fields(self)}
