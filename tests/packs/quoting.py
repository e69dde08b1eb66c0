"""Citations and answers made by hand."""

from __future__ import annotations

from policy_qa.answer import Answer, Citation, DocumentName, Statement
from policy_qa.document import Address, Span, TextKind

OFFICIAL = DocumentName("7/QĐ-VU", "2031-05-04", "Quyết định", "Ban Vườn ươm", "phê duyệt Kế hoạch trồng cây")
DIGEST = DocumentName("9/KL-VU", "2032-01-02", "Kết luận", "Hội Vườn", "về công tác tưới cây")


def cited(
    words: str, citation_id: str = "1", address: str = "điều=2", kind: TextKind = "official", page: int | None = 3
) -> Citation:
    name = OFFICIAL if kind == "official" else DIGEST
    place = f"Điều {Address.parse(address).steps[0].label}"
    return Citation(
        id=citation_id,
        document=name,
        key=f"{name.number}@{name.date}",
        address=Address.parse(address),
        formatted=f"{place} {name.kind} số {name.number} của {name.issuer}",
        formatted_short=f"{place} {name.kind} số {name.number}",
        quote=words,
        span=Span(0, len(words)),
        page=page if kind == "official" else None,
        file="/kho/tep.pdf" if kind == "official" else "/kho/tep.md",
        sha256="ab" * 32,
        text_kind=kind,
    )


def answered(*citations: Citation, question: str = "Hỏi gì?", notes: tuple[str, ...] = ()) -> Answer:
    """An answer with a statement a citation, each its citation's own words."""
    statements = tuple(Statement(c.quote, (c.id,)) for c in citations)
    return Answer(question, "answered", statements=statements, citations=citations, notes=notes)
