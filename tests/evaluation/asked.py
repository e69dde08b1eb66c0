"""Questions and results made by hand, for tests of what is measured."""

from __future__ import annotations

from policy_qa.answer import Answer, Citation, DocumentName, Statement
from policy_qa.document import Address, Span
from policy_qa.evaluation.questions import Question
from policy_qa.evaluation.results import Result, Support

DOCUMENT = "1/QĐ-A@2024-01-01"
ONE, TWO, THREE = (f"{DOCUMENT}#điều={n}" for n in (1, 2, 3))


def question(*gold: tuple[str, ...], facts: tuple[str, ...] = (), kind: str = "content", id_: str = "q") -> Question:
    refused = not gold
    reason = "no_text" if refused else None
    return Question(id_, "Hỏi gì?", kind, "plain", gold, facts, refused, reason, "tests", "draft")  # type: ignore[arg-type]


def cited(number: str, provision: str) -> Citation:
    key, _, address = provision.partition("#")
    name = DocumentName("1/QĐ-A", "2024-01-01", None, None, None)
    return Citation(number, name, key, Address.parse(address), "", "", "lời", Span(0, 3), None, "a.txt", "", "official")


def result(
    asked: Question,
    *provisions: str,
    said: str = "lời",
    ranked: tuple[str, ...] = (),
    verbatim: tuple[bool, ...] = (),
    probability: float | None = None,
    support: tuple[Support, ...] = (),
    milliseconds: float = 1.0,
) -> Result:
    """An answer of one statement that cites these provisions; a refusal where there are none."""
    citations = tuple(cited(str(n), provision) for n, provision in enumerate(provisions, 1))
    statements = (Statement(said, tuple(c.id for c in citations)),) if citations else ()
    status = "answered" if citations else "not_found"
    answer = Answer(asked.question, status, statements=statements, citations=citations)  # type: ignore[arg-type]
    return Result(asked, answer, ranked, verbatim, milliseconds, probability=probability, support=support)


def failed(asked: Question) -> Result:
    return Result(asked, None, (), (), 1.0, "hỏng")
