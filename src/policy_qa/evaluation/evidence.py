"""What the index itself says of an answer: are its quotes verbatim, do its citations hold its statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from policy_qa.answer import Answer, Citation, Statement
from policy_qa.answering.citations import headings_above
from policy_qa.answering.grounding import Source, Verdict, check, is_quote
from policy_qa.citing.style import first_mention
from policy_qa.document import Address
from policy_qa.evaluation.results import Support
from policy_qa.retrieval.index import Index, ProvisionRecord

LONGEST_KEPT: Final = 20_000
"""Characters of a provision that are kept in the results."""


def is_verbatim(index: Index, citation: Citation) -> bool:
    """Whether the quote stands, letter by letter, in the provision that the citation names."""
    provision = _provision(index, citation.key, citation.address)
    return provision is not None and citation.quote in index.text(citation.key, provision.span)


def supports(index: Index, answer: Answer) -> tuple[Support, ...]:
    """Of each statement, whether the provisions that it cites hold it: their own words, not those that the answer quotes."""
    sources = {citation.id: _source(index, citation) for citation in answer.citations}
    return tuple(_support(statement, sources) for statement in answer.statements)


def texts(index: Index, ids: Iterable[str]) -> dict[str, str]:
    """The words of these provisions, by id; those that the index has not are left out, long ones are cut."""
    found = {}
    for provision_id in dict.fromkeys(ids):
        key, _, place = provision_id.partition("#")
        provision = _provision(index, key, Address.parse(place))
        if provision is not None:
            found[provision_id] = index.text(key, provision.span)[:LONGEST_KEPT]
    return found


def _provision(index: Index, key: str, address: Address) -> ProvisionRecord | None:
    return index.provision(key, address) if index.document(key) else None


def _source(index: Index, citation: Citation) -> Source | None:
    """The words of the cited provision with what stands above them; None where there is no such provision."""
    provision, record = _provision(index, citation.key, citation.address), index.document(citation.key)
    if provision is None or record is None:
        return None
    headings = headings_above(index, provision)
    named = first_mention(provision.address, record.metadata, file=record.file, headings=headings)
    around = "\n".join((*headings, named, record.metadata.date or ""))
    return Source(index.text(record.key, provision.span), around)


def _support(statement: Statement, sources: dict[str, Source | None]) -> Support:
    cited = [sources.get(id_) for id_ in statement.citations]
    verdict = _checked(statement, cited)
    needed = tuple(
        verdict.supported and source is not None and _is_needed(statement, n, cited) for n, source in enumerate(cited)
    )
    return Support(verdict.supported, verdict.score, needed, verdict.why)


def _checked(statement: Statement, cited: Sequence[Source | None]) -> Verdict:
    """Whether these sources hold a statement; one that says it quotes must stand in one of them word for word."""
    held = _held(cited)
    verdict = check(statement.text, held)
    if statement.score is None and verdict.supported and not any(is_quote(statement.text, s.text) for s in held):
        return Verdict(False, min(verdict.score, 0.99), "Lời trích không có nguyên văn trong điều khoản được dẫn.")
    return verdict


def _is_needed(statement: Statement, n: int, cited: Sequence[Source | None]) -> bool:
    """Whether the n-th source of a supported statement holds it alone, or the others do not hold it without that one."""
    if len(cited) == 1:
        return True
    others = [*cited[:n], *cited[n + 1 :]]
    return _checked(statement, cited[n : n + 1]).supported or not _checked(statement, others).supported


def _held(sources: Sequence[Source | None]) -> list[Source]:
    return [source for source in sources if source is not None]
