"""Claims that stand in the sources, but in another sentence than the one a statement speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from policy_qa.answering.claims import Claims, holds_date, holds_figure
from policy_qa.answering.figures import Figure
from policy_qa.answering.modality import STOP
from policy_qa.answering.readings import FULL, SHORTEST, Reading, Sentence, fit
from policy_qa.answering.tokens import Kind

_CLEARLY: Final = 0.75
"""A claim stands in the wrong sentence where the one that holds it fits the clause so much worse than another."""
_CLEARLY_NAMED: Final = 0.8
"""The same for names."""
_CLOSELY: Final = 0.95
"""The same, where the other states something else of the same sort."""
_FITS: Final = 0.4
"""A clause speaks of a sentence only where it fits so well."""
_BEFORE: Final = 2
_ISSUED: Final = (" ban hành ", " ký ", " số ", " công bố ", " dated ", " issued ")
_LABELS: Final = ("", "ngày", "tháng")
_NO_AGENT: Final = ("tại", "ở", "ông", "bà", "chí")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a statement, and all that it may speak of."""

    claims: Claims
    start: int
    end: int
    words: Sentence
    sources: Sequence[Sentence]
    around: Sequence[Sentence]

    def has(self, at: int) -> bool:
        return self.start <= at < self.end


def misplaced(claims: Claims, span: tuple[int, int], clause: Sentence, readings: Sequence[Reading]) -> Iterator[str]:
    """One Vietnamese sentence for each claim of a clause that the sources make of something else.

    Where the sentence that fits states something else of the same sort (another share, date or body), a claim from
    elsewhere is wrong even if that other place fits nearly as well.
    """
    if len(clause.words) < SHORTEST:
        return
    sources = [source for reading in readings for source in reading.sentences]
    around = [source for reading in readings for source in reading.around]
    here = _Clause(claims, *span, clause, sources, around)
    yield from _figures(here)
    yield from _dates(here)
    yield from _names(here)
    yield from _issued(here)


def _issued(clause: _Clause) -> Iterator[str]:
    """When and by whom a document was issued, where the sources say it of another: "Kết luận A do B ban hành ngày C"."""
    claims, said = clause.claims, clause.claims.sentence.tokens
    numbers = [(at, number) for at, number in claims.numbers if clause.has(at)]
    if len(numbers) != 1 or not _issues(clause.words):
        return
    at, number = numbers[0]
    told = [source for source in (*clause.sources, *clause.around) if number in source.numbers]
    for start, end in claims.names:
        name = f" {claims.name(start, end)} "
        issuer = clause.has(start) and at < start and said[start - 1].text == "do"
        if issuer and told and not any(name in source.spaced for source in told):
            yield f"Trong nguồn dẫn, “{claims.said(start, end)}” gắn với văn bản khác."
    for when, date, way in claims.dates:
        whole = clause.has(when) and len(date) == FULL and " hành ngày " in clause.words.spaced
        if whole and told and not any(holds_date(source, date, way) for source in told):
            yield f"Trong nguồn dẫn, ngày “{claims.said(when, when + 1)}” gắn với văn bản khác."


def _figures(clause: _Clause) -> Iterator[str]:
    inside = [figure for figure in clause.claims.figures if clause.has(figure.at) and figure.label in _LABELS]
    for figure in inside:
        alone = sum(other.unit == figure.unit for other in inside) == 1
        parts = [part for source in clause.sources for part in _parts(source, _count(source, figure), alone=alone)]
        holds = [holds_figure(part, figure) for part in parts]
        other = [not held and _count(part, figure) > 0 for part, held in zip(parts, holds, strict=True)]
        alike = _alike(clause.claims.sentence, figure, parts)
        mine = (figure.value, figure.unit)
        if alike == {mine} or not ((alike and mine not in alike) or _elsewhere(clause.words, parts, holds, other)):
            continue
        if not any(holds_figure(source, figure) for source in clause.around):
            yield f"Trong nguồn dẫn, số liệu “{clause.claims.said(figure.at, figure.end)}” nói về việc khác."


def _dates(clause: _Clause) -> Iterator[str]:
    numbers = {at for at, _ in clause.claims.numbers}
    inside = [found for found in clause.claims.dates if clause.has(found[0])]
    for at, date, way in inside:
        if _issues(clause.words) or numbers & {at - 1, at - 2, at - 3}:
            continue  # the document's own date
        alone = len(inside) == 1
        parts = [part for source in clause.sources for part in _parts(source, len(source.dates), alone=alone)]
        holds = [holds_date(part, date, way) or f" {date} " in part.above for part in parts]
        before = _words_before(clause.claims.sentence, at)
        if any(held and _date_behind(part, before, date) for part, held in zip(parts, holds, strict=True)):
            continue
        other = [
            alone and not held and any(len(its) == len(date) for its, _ in part.dates)
            for part, held in zip(parts, holds, strict=True)
        ]
        if _elsewhere(clause.words, parts, holds, other, without=True):
            yield f"Trong nguồn dẫn, mốc thời gian “{clause.claims.said(at, at + 1)}” nói về việc khác."


def _names(clause: _Clause) -> Iterator[str]:
    """The same for bodies; the words of the names themselves do not tell which sentence is meant."""
    claims, said = clause.claims, clause.claims.sentence.tokens
    inside = [(start, end) for start, end in claims.names if clause.has(start)]
    words = clause.words.words - {token.text for start, end in inside for token in said[start:end]}
    if len(words) < 2:
        return
    fits = [len(words & source.words) / len(words) for source in clause.sources]
    for start, end in inside:
        name = f" {claims.name(start, end)} "
        before = said[start - 1].text if start else ""
        issuer = before == "của" or _issues(clause.words)
        if before in _NO_AGENT or (issuer and any(name in source.spaced for source in clause.around)):
            continue
        held = [f for f, s in zip(fits, clause.sources, strict=True) if name in s.spaced or name in s.above]
        if held and max(fits) >= _FITS and max(held) < _CLEARLY_NAMED * max(fits):
            yield f"Trong nguồn dẫn, “{claims.said(start, end)}” gắn với việc khác."


def _elsewhere(
    clause: Sentence, parts: Sequence[Sentence], holds: Sequence[bool], other: Sequence[bool], *, without: bool = False
) -> bool:
    """Whether the clause speaks of a sentence that does not hold its claim.

    Args:
        clause: the clause with the claim.
        parts: all that it may speak of.
        holds: which of them hold the claim; none may, where the claim stands around the text.
        other: which of them hold another claim of its sort instead.
        without: whether a claim that none holds is wrong where another stands in its place.
    """
    fits = [fit(clause, part) for part in parts]
    best = max(fits, default=0.0)
    if best < _FITS:
        return False
    held = max((fits for fits, yes in zip(fits, holds, strict=True) if yes), default=None)
    instead = max((fits for fits, yes in zip(fits, other, strict=True) if yes), default=0.0)
    if held is None:
        return without and instead >= max(_FITS, _CLOSELY * best)
    return held < _CLEARLY * best or (instead >= _CLOSELY * best and held < _CLOSELY * best)


def _parts(source: Sentence, claimed: int, *, alone: bool) -> tuple[Sentence, ...]:
    """The source's sentence; or its clauses, where it makes several claims of the sort and the statement's clause one."""
    return source.clauses if alone and claimed > 1 and source.clauses else (source,)


def _issues(clause: Sentence) -> bool:
    """Whether the clause tells who issued a document, and when."""
    return any(word in clause.spaced for word in _ISSUED)


def _count(source: Sentence, figure: Figure) -> int:
    """How many figures of the same sort the sentence states."""
    return sum((other.unit, other.label) == (figure.unit, figure.label) for other in source.figures)


def _alike(sentence: Sentence, figure: Figure, parts: Sequence[Sentence]) -> set[tuple[float, str]]:
    """The figures that stand in the source right behind the words that this one stands behind."""
    before = _words_before(sentence, figure.at)
    if len(before) < _BEFORE:
        return set()
    return {
        (other.value, other.unit)
        for part in parts
        for other in part.figures
        if other.unit == figure.unit and _words_before(part, other.at) == before
    }


def _words_before(sentence: Sentence, at: int) -> tuple[str, ...]:
    """The content words before the token, nearest last; a comma or "và" parts them from it."""
    said: list[str] = []
    for token in reversed(sentence.tokens[:at]):
        if len(said) == _BEFORE or token.text in (",", ";", "và", "hoặc"):
            break
        if token.text[0].isalnum() and token.text not in STOP and token.text != "ngày":
            said.insert(0, token.text)
    return tuple(said)


def _date_behind(sentence: Sentence, before: tuple[str, ...], date: str) -> bool:
    """Whether the date stands in the sentence right behind these words."""
    return len(before) == _BEFORE and any(
        token.kind is Kind.DATE and token.text.startswith(date) and _words_before(sentence, at) == before
        for at, token in enumerate(sentence.tokens)
    )
