"""Answers without a language model: the sentences of the best provisions, verbatim, each with its citation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_qa.answer import Statement
from policy_qa.answering.asked import (
    Asked,
    asked,
    bodies,
    compares,
    defines,
    effects,
    fits,
    listed_noun,
    tells_sum,
    wants_whole,
)
from policy_qa.answering.citations import Citer
from policy_qa.answering.sentences import sentences
from policy_qa.document import Span
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import Index, ProvisionRecord
from policy_qa.retrieval.query import Query
from policy_qa.retrieval.ranking import Words, coverage, pair_coverage, score
from policy_qa.retrieval.retriever import NAMED, Hit, Searcher

LONGEST_WHOLE = 600
"""A provision of up to so many characters is quoted whole; of a longer one, the sentences that answer."""

LONGEST_LIST = 4000
LONGEST_HEADING = 300
PASSAGES_READ = 16
UNFIT = 0.8
"""What a passage without any date, figure or body loses where the question asks for one."""

NAMES = ("thể thức", "tên văn bản", "số, ngày, cơ quan ban hành")
"""The parts that only tell what a document is called."""

LEADING = 0.25
"""What a passage gains that is headed by the body the question names."""

RANKED = 0.1
"""How much the ranker's score counts beside the words of a passage and of its best sentence."""

LISTED = 0.5
"""What a heading that names what is listed adds to a passage's score."""
_NEAR = 0.86
"""A neighbouring sentence is quoted too when it fits the question nearly as well as the best."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Words that may answer: where they stand, how well they fit, and how the ranker saw their passage.

    `states`: they have the bodies, figures and legal effects that the question states; `rank` is the ranker's score
    without what a document gains that is named.
    """

    provision: ProvisionRecord
    quote: Span
    score: float
    coverage: float
    pairs: float
    fits: bool
    cosine: float
    states: bool
    rank: float


class Extractor:
    """Finds what to quote from ranked passages."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    @property
    def _index(self) -> Index:
        return self._searcher.index

    def choose(self, query: Query, hits: Sequence[Hit]) -> list[Choice]:
        """The best words of each of the first passages, best first."""
        kind = asked(query.text)
        choices = [choice for hit in hits[:PASSAGES_READ] if (choice := self._best_of(query, hit, kind))]
        if self._searcher.reranks:
            return sorted(choices, key=lambda choice: not choice.states)  # a model that read them has the last word
        return sorted(choices, key=lambda choice: (not choice.states, -choice.score))

    def _best_of(self, query: Query, hit: Hit, kind: Asked) -> Choice | None:
        fit = self._searcher.fit(query, hit)
        if fit.bare and fit.reported:
            return None  # the heading over what the press says names a source, and no subject
        key, text = hit.passage.document, self._index.text(hit.passage.document)
        body = self._body(hit, text)
        scored = self._scored(query, hit, body, kind)
        if not scored:
            return None
        best = max(range(len(scored)), key=lambda i: (scored[i][0], -i))
        _, merit, covered, paired, suits, _ = scored[best]
        quote = _extended([(item[0], item[-1]) for item in scored], best)
        provision = self._index.provision_at(key, quote)
        if provision is None:
            return None
        if kind is Asked.LIST and provision.address and provision.address.last.label in NAMES[1:]:
            suits = False  # a title that mentions what is listed does not list it
        total = score(fit) + 1.5 * merit + RANKED * hit.ranked.score - (0.0 if suits else UNFIT)
        path = fold(" ".join(hit.passage.heading_path))
        if kind is Asked.LIST and (noun := " ".join(listed_noun(query.text))) and noun in path:
            total += LISTED
        lead = path + fold(hit.passage.text[:60])
        stated = bodies(query.text)
        if stated and all(body in lead for body in stated):
            total += LEADING  # "5. Bộ Nội vụ: a) …" is what that body has to do
        named = self._names_what_is_named(query, hit)
        rank = hit.ranked.score - (NAMED if fit.named else 0.0)
        return Choice(provision, quote, total, covered, paired, suits, fit.cosine, named, rank)

    def _scored(
        self, query: Query, hit: Hit, body: Span, kind: Asked
    ) -> list[tuple[float, float, float, float, bool, Span]]:
        """Each sentence of a passage: (rank within it, merit, coverage, pairs, whether it has what is asked, span)."""
        text = self._index.text(hit.passage.document)
        around = (*map(Words.of, hit.passage.heading_path), self._searcher.title_words(hit.passage.document))
        defining, stated = defines(query.text), bodies(query.text)
        scored = []
        for span in sentences(text, body.start, body.end):
            words = Words.of(span.of(text))
            covered, paired = coverage(query, words, around), pair_coverage(query, words, around)
            suits = fits(span.of(text), kind)
            said = fold(span.of(text))
            here = 0.5 * sum(name in said for name in stated) / len(stated) if stated else 0.0
            begins = coverage(query, Words.of(_defined(span.of(text)))) if defining else 0.0
            merit = covered + 0.4 * paired + (0.25 if suits else 0.0) + 0.4 * begins
            scored.append((merit + here, merit, covered, paired, suits, span))
        return scored

    def _names_what_is_named(self, query: Query, hit: Hit) -> bool:
        """Whether the passage has the bodies, places, figures and legal effects that the question states."""
        record = self._index.document(hit.passage.document)
        title = f"{record.metadata.issuer} {record.metadata.title}" if record else ""
        said = _whole_words(f"{hit.passage.text} {' '.join(hit.passage.heading_path)} {title}")
        figures = [word.lower for word in query.content if word.lower.isdigit() and len(word.lower) > 1]
        needed = (*bodies(query.text), *figures, *effects(query.text))
        return all(_whole_words(need) in said for need in needed) and tells_sum(query.text, hit.passage.text)

    def _body(self, hit: Hit, text: str) -> Span:
        """The passage without its heading line, where it has words of its own."""
        span = hit.passage.span
        provision = self._index.provision(hit.passage.document, hit.passage.address)
        if provision is None or provision.span.start != span.start:
            return span
        return _without_heading(provision, span, text)

    def own_words(self, provision: ProvisionRecord) -> Span:
        """A provision with all below it, without its heading line; cut at a sentence's end when it is very long."""
        text = self._index.text(provision.document)
        span = _without_heading(provision, provision.span, text)
        if len(span) <= LONGEST_LIST:
            return span
        ends = [s.end for s in sentences(text, span.start, span.start + LONGEST_LIST)]
        return Span(span.start, ends[-2] if len(ends) > 1 else ends[-1])

    def list_of(self, query: Query, best: Choice) -> list[tuple[ProvisionRecord, Span]]:
        """All items of the list that the question asks for, in order: the parent's heading names what is listed."""
        noun = " ".join(listed_noun(query.text))
        if asked(query.text) is not Asked.LIST or not noun:
            return []
        for parent in (best.provision, self._index.parent(best.provision)):
            if parent is None or noun not in fold(parent.heading or ""):
                continue
            items = self._index.children(parent)
            if len(items) < 2:
                continue
            text = self._index.text(parent.document)
            intro = _without_heading(parent, parent.own_span, text)
            own = (
                [(parent, _stripped(intro, text))]
                if intro.start > parent.own_span.start and intro.of(text).strip()
                else []
            )
            return own + [(item, self.own_words(item)) for item in items]
        return []


_LABEL_ALONE = re.compile(r"(?:Phần|Chương|Mục|Điều|Khoản|Điểm|Gạch|Đoạn|Phụ lục) [\w.]+")
_WORD = re.compile(r"[^\W_]+")
_COPULA = re.compile(r"\s(?:là|gồm|bao gồm|được hiểu là|nghĩa là)\s")


def _defined(sentence: str) -> str:
    """The term that a sentence defines: what stands before "là" or "gồm", near its beginning."""
    match = _COPULA.search(sentence, 0, 90)
    return sentence[: match.start()] if match else ""


def _extended(scored: Sequence[tuple[float, Span]], best: int) -> Span:
    """The best sentence with up to three neighbours that fit the question nearly as well."""
    first = last = best
    least = scored[best][0] * _NEAR
    while last + 1 < len(scored) and scored[last + 1][0] >= least and last - first < 3:
        last += 1
    while first > 0 and scored[first - 1][0] >= least and last - first < 3:
        first -= 1
    return Span(scored[first][1].start, scored[last][1].end)


def _whole_words(text: str) -> str:
    """The folded words between spaces, so that "10" is not found in "100"; figures without leading zeros."""
    return f" {' '.join(word.lstrip('0') or '0' for word in re.findall(_WORD, fold(text)))} "


def _stripped(span: Span, text: str) -> Span:
    said = span.of(text)
    start = span.start + len(said) - len(said.lstrip())
    return Span(start, start + len(said.strip()))


def _without_heading(provision: ProvisionRecord, span: Span, text: str) -> Span:
    """`span`, which begins with the provision's heading line, without that line if anything follows it."""
    line_end = text.find("\n", span.start, span.end)
    if line_end < 0 or line_end - span.start > LONGEST_HEADING:
        return span
    if not provision.heading and not _LABEL_ALONE.fullmatch(text, span.start, line_end):
        return span
    return Span(line_end + 1, span.end)


def compose(query: Query, choices: Sequence[Choice], citer: Citer, extractor: Extractor) -> Iterator[Statement]:
    """Statements that quote the chosen words; every item of a list, one for each document that is compared."""
    best = choices[0]
    picked = [best]
    if compares(query.text):
        for key in query.named:
            other = next((c for c in choices if c.provision.document == key), None)
            if other is not None and other.provision.document != best.provision.document:
                picked.append(other)
    listed = extractor.list_of(query, best) if len(picked) == 1 else []
    if listed:
        for provision, quote in listed:
            cited = citer.cite(provision, quote)
            yield Statement(cited.quote, (cited.id,))
        return
    whole = asked(query.text) is Asked.LIST or wants_whole(query.text)
    for choice in picked:
        yield _statement(query, choice, citer, extractor, whole=whole)


def _statement(query: Query, choice: Choice, citer: Citer, extractor: Extractor, *, whole: bool) -> Statement:
    quote = choice.quote
    provision = choice.provision
    kind = asked(query.text)
    pointed = kind in (Asked.DATE, Asked.FIGURE, Asked.SHARE, Asked.SIGNER, Asked.WHO) and not wants_whole(query.text)
    if (whole and len(provision.span) <= LONGEST_LIST) or (len(provision.span) <= LONGEST_WHOLE and not pointed):
        quote = extractor.own_words(provision)
    cited = citer.cite(provision, quote)
    return Statement(cited.quote, (cited.id,))
