"""Answers without a language model: the sentences of the best provisions, verbatim, each with its citation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policy_qa.answering.asked import Asked, bodies, defines, listed_noun
from policy_qa.answering.bands import placed
from policy_qa.answering.declared import digits_of
from policy_qa.answering.fitting import Wanted, wanted
from policy_qa.answering.identity import asks_effect, asks_identity, tells_effect
from policy_qa.answering.quoting import without_heading
from policy_qa.answering.sentences import sentences
from policy_qa.answering.stated import stands, whole_words
from policy_qa.citing.library import own_name
from policy_qa.document import Span
from policy_qa.reading.vietnamese import CAPITALS, SMALL, fold
from policy_qa.retrieval.index import Index, ProvisionRecord
from policy_qa.retrieval.query import Query
from policy_qa.retrieval.ranking import Words, coverage, pair_coverage, score
from policy_qa.retrieval.retriever import NAMED, Hit, Searcher

PASSAGES_READ = 16
UNFIT, UNFIT_STRICTLY = 0.8, 1.5
"""What a passage without any date, figure or body loses where the question asks for one."""

NAMES = ("thể thức", "tên văn bản", "số, ngày, cơ quan ban hành")
"""The parts that only tell what a document is called."""

LEADING = 0.25
"""What a passage gains that is headed by the body the question names."""

RANKED = 0.1
"""How much the ranker's score counts beside the words of a passage and of its best sentence."""

FIRST = 0.4
"""What the passage gains that searching puts first, the second half of it, and so on: a model may have read them."""

LEARNED, FARTHEST = 0.5, 2.0
"""How much it counts by how much a passage falls behind the likeliest when searching looked again (`retrieval/rereading.py`),
and from where on it makes no difference. Over laws kept out the words chosen first then answer in 53 instead of 48 of a
hundred questions; counted in full it would be 54, and over digests and Party documents fewer than without."""

LISTED, ITEMIZED = 1.0, 0.6
"""What a heading that names what is listed adds to a passage's score; and words that list such things without one."""

LEADS = 0.4
"""What a sentence gains that begins with a body and a colon, where it is asked who: "b) Bộ Y tế: …"."""

FORMAL, FORMAL_OF_DIGEST = 1.0, 0.6
"""What the head and the grounds of a text lose: they name what the text is about, and do not rule on it."""

ELSEWHERE = 0.7
"""What a passage of a document loses that the question does not name, where it names one."""

BANDED = 0.5
"""What a sentence gains whose band holds the amount that is asked for, and loses whose band does not."""

GLOSSED = 1.2
"""What a sentence of an article on terms gains, by how much of the term that is asked for stands at its beginning."""

IN_FORCE = 0.8
"""What the sentence gains that tells since when its document is in force, where that is asked."""

COUNTED = 0.4
"""What a sentence gains that has a number before what is counted ("03 kiểm toán viên"), or says that it tells a length of time."""

ANOTHERS_PLACE = 0.6
"""What a passage loses that is headed by a province or city of which the question does not speak."""

_GLOSSARY, _TERM, _LONGEST_TERM = "tu ngu", 120, 200
_FORMAL_PARTS = ("thể thức", "căn cứ", "mở đầu")
_DIVISIONS = ("phần", "chương", "mục", "tiểu mục", "phụ lục")
_NEAR = 0.86
"""A neighbouring sentence is quoted too when it fits the question nearly as well as the best."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Words that may answer: where they stand, how well they fit, and how the ranker saw their passage.

    `fits`: they have what the kind of question asks for; `exact`: so that few sentences do.
    `states`: they have the bodies, figures and legal effects that the question states; `rank` is the ranker's score
    without what a document gains that is named; `answers` is what the second look says of their passage, `found` how
    likely the index answers the question at all.
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
    exact: bool
    answers: float = 0.0
    found: float = 0.0


@dataclass(frozen=True, slots=True)
class _Scored:
    """A sentence of a passage: its rank within it, and what it counts beside other passages."""

    span: Span
    rank: float
    merit: float
    coverage: float
    pairs: float
    suits: bool
    bonus: float


class Extractor:
    """Finds what to quote from ranked passages."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    @property
    def _index(self) -> Index:
        return self._searcher.index

    def choose(self, query: Query, hits: Sequence[Hit]) -> list[Choice]:
        """The best words of each of the first passages, best first."""
        needed = wanted(query.text)
        found = [(hit, self._best_of(query, hit, needed)) for hit in hits[:PASSAGES_READ]]
        likeliest = max((hit.answers for hit, _ in found), default=0.0)
        choices = [
            replace(choice, score=choice.score + FIRST / (1 + at) - LEARNED * min(likeliest - hit.answers, FARTHEST))
            for at, (hit, choice) in enumerate(found)
            if choice
        ]
        if self._searcher.reranks:
            # A model that read them has the last word on what can answer; what shares no word with the question cannot.
            return sorted(choices, key=lambda choice: (not choice.states, not choice.coverage))
        return sorted(choices, key=lambda choice: (not choice.states, -choice.score))

    def _best_of(self, query: Query, hit: Hit, needed: Wanted) -> Choice | None:
        fit = self._searcher.fit(query, hit)
        address = hit.passage.address
        if fit.bare and (fit.reported or (address and address.last.level in _DIVISIONS)):
            return None  # a heading over what the press says, or over a chapter, names what follows and tells nothing
        key, text = hit.passage.document, self._index.text(hit.passage.document)
        scored = self._scored(query, hit, self._body(hit, text), needed)
        if not scored:
            return None
        best = max(range(len(scored)), key=lambda i: (scored[i].rank, -i))
        told = scored[best]
        quote = self._extended(key, scored, best, inside=needed.kind is not Asked.LIST)
        provision = self._index.provision_at(key, quote)
        if provision is None:
            return None
        labels = [step.label for step in provision.address.steps]
        if needed.kind is Asked.LIST and labels and labels[-1] in NAMES[1:]:
            return None  # a title that mentions what is listed does not list it
        total = score(fit) + 1.5 * told.merit + RANKED * hit.ranked.score
        total -= 0.0 if told.suits else UNFIT_STRICTLY if needed.strict else UNFIT
        total += told.bonus + self._headed(query, hit, needed) - self._formal(query, key, labels)
        total -= ELSEWHERE if query.named and key not in query.named else 0.0
        rank = hit.ranked.score - (NAMED if fit.named else 0.0)
        states = self._states(query, hit)
        exact = needed.exactly_in(told.span.of(text))
        return Choice(
            provision, quote, total, told.coverage, told.pairs, told.suits, fit.cosine, states, rank, exact, hit.answers,
            hit.ranked.probability,
        )  # fmt: skip

    def _headed(self, query: Query, hit: Hit, needed: Wanted) -> float:
        """What a passage gains by its headings: they name what is listed, or the body that the question names."""
        path = fold(" ".join(hit.passage.heading_path))
        gained = 0.0
        if needed.kind is Asked.LIST and (noun := " ".join(listed_noun(query.text))):
            gained += LISTED if noun in path else ITEMIZED if _lists(fold(hit.passage.text), noun) else 0.0
            gained += ITEMIZED if any(_begins(heading, noun) for heading in hit.passage.heading_path) else 0.0
        stated = bodies(query.text)
        lead = path + fold(hit.passage.text[:60])
        if stated and all(body in lead for body in stated):
            gained += LEADING  # "5. Bộ Nội vụ: a) …" is what that body has to do
        places = _PLACE.findall(" ".join(hit.passage.heading_path))
        if needed.kind not in (Asked.WHO, Asked.LIST) and any(fold(place) not in fold(query.text) for place in places):
            gained -= ANOTHERS_PLACE
        return gained

    def _formal(self, query: Query, key: str, labels: Sequence[str]) -> float:
        """What the head, the grounds and the opening of a text lose, unless the question asks for what they tell."""
        record = self._index.document(key)
        if record is None or asks_identity(query.text) or not set(labels) & set(_FORMAL_PARTS):
            return 0.0
        of_digest = FORMAL_OF_DIGEST if labels[-1] == "thể thức" else 0.0
        return FORMAL if record.metadata.text_kind == "official" else of_digest

    def _scored(self, query: Query, hit: Hit, body: Span, needed: Wanted) -> list[_Scored]:
        """Each sentence of a passage, weighed."""
        text = self._index.text(hit.passage.document)
        around = (*map(Words.of, hit.passage.heading_path), self._searcher.title_words(hit.passage.document))
        defining, stated = defines(query.text), bodies(query.text)
        told = _told_by_kind(query, needed)
        above = " ".join(hit.passage.heading_path)
        glossary = defining and _GLOSSARY in fold(above)
        of_effect, issued = asks_effect(query.text), self._issued(hit.passage.document)
        scored = []
        for span in sentences(text, body.start, body.end):
            said = span.of(text)
            words = Words.of(said)
            suits = needed.in_(f"{above}: {said}" if needed.kind is Asked.WHO else said)
            seen = told if suits else query
            covered, paired = coverage(seen, words, around), pair_coverage(seen, words, around)
            if needed.exactly_in(said) and not seen.concepts:
                covered = 1.0
            spoken = fold(said)
            here = 0.5 * sum(name in spoken for name in stated) / len(stated) if stated else 0.0
            begins = _defines(query, said) if defining else 0.0
            band = placed(query.text, said)
            bonus = 0.0 if band is None else BANDED if band else -BANDED
            bonus += GLOSSED * max(begins, coverage(query, Words.of(said[:_TERM]))) if glossary else 0.0
            bonus += COUNTED if needed.counts_in(said) or needed.lasts_in(said) else 0.0
            bonus += LEADS if needed.kind is Asked.WHO and _LED.match(said) else 0.0
            bonus += IN_FORCE if of_effect and tells_effect(query.text, said, issued) else 0.0
            merit = covered + 0.4 * paired + (0.25 if suits else 0.0) + 0.4 * begins
            scored.append(_Scored(span, merit + here + bonus, merit, covered, paired, suits, bonus))
        return scored

    def _issued(self, key: str) -> str | None:
        record = self._index.document(key)
        return record.metadata.date if record else None

    def _states(self, query: Query, hit: Hit) -> bool:
        """Whether the passage, of whatever document, has all that the question states."""
        record = self._index.document(hit.passage.document)
        head = record.metadata if record else None
        title = f"{head.issuer} {head.title} {head.number} {head.date}" if head else ""
        if query.named and hit.passage.document not in query.named and not self._mentions(query, hit):
            return False
        return stands(query, hit.passage.text, f"{' '.join(hit.passage.heading_path)} {title}")

    def _mentions(self, query: Query, hit: Hit) -> bool:
        """Whether a passage of another document speaks of one that the question names: by its number in full, or its kind."""
        said = whole_words(hit.passage.text)
        heads = [record.metadata for key in query.named if (record := self._index.document(key))]
        names = [f"{head.kind} {digits_of(head.number)}" for head in heads if head.number]
        names += [f"{head.kind} số {digits_of(head.number)}" for head in heads if head.number]
        names += [name for head in heads for name in (head.number, own_name(head), *head.nicknames) if name]
        return any(whole_words(name) in said for name in names)

    def _extended(self, key: str, scored: Sequence[_Scored], best: int, *, inside: bool) -> Span:
        """The best sentence with up to three neighbours that fit the question nearly as well.

        `inside`: only those of the provision that the best one stands in.
        """
        home = self._index.provision_at(key, scored[best].span) if inside else None
        within = home.span if home else Span(scored[0].span.start, scored[-1].span.end)
        least = scored[best].rank * _NEAR
        first = last = best
        while last + 1 < len(scored) and self._joins(scored[last + 1], within, least) and last - first < 3:
            last += 1
        while first > 0 and self._joins(scored[first - 1], within, least) and last - first < 3:
            first -= 1
        return Span(scored[first].span.start, scored[last].span.end)

    @staticmethod
    def _joins(neighbour: _Scored, within: Span, least: float) -> bool:
        return neighbour.rank >= least and neighbour.span in within

    def _body(self, hit: Hit, text: str) -> Span:
        """The passage without its heading line, where it has words of its own."""
        span = hit.passage.span
        provision = self._index.provision(hit.passage.document, hit.passage.address)
        if provision is None or provision.span.start != span.start:
            return span
        return without_heading(provision, span, text)


_LABEL = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,2})*[.)]|[a-zđ]\))\s")
_PLACE = re.compile(rf"\b(?:[Tt]ỉnh|[Tt]hành phố) ([{CAPITALS}][{SMALL}]*(?: [{CAPITALS}][{SMALL}]*)*)")
_LED = re.compile(
    r"\s*(?:\d{1,3}\.|[a-zđ]\))?\s*(?:Bộ|Ủy ban|UBND|Ban|Sở|Cục|Thanh tra|Viện|Văn phòng|Bảo hiểm|Ngân hàng|Tòa)[^:.;]{2,80}:"
)
_HEADED = re.compile(r"^\s*(?:(?:dieu|muc|chuong|phan)\s)?[\divxlc]+[.:)]\s*")
_COPULA = re.compile(r"\s(?<!gọi tắt )(?:là|Là|gồm|bao gồm|được hiểu là|nghĩa là)\s")


def _defines(query: Query, sentence: str) -> float:
    """How well the term that a sentence defines is the one asked for, 0 to 1: each has the words of the other.

    The term stands before "là" or "gồm", near the beginning.
    """
    match = _COPULA.search(sentence, 0, _LONGEST_TERM)
    term = Words.of(_LABEL.sub("", sentence[: match.start()])) if match else None
    syllables = term.syllables(folded=query.folded) if term else frozenset[str]()
    if term is None or not syllables:
        return 0.0
    said = {syllable for concept in query.concepts for wording in concept.wordings for syllable in wording.syllables}
    return coverage(query, term) * len(syllables & said) / len(syllables)


def _lists(passage: str, noun: str) -> bool:
    """Whether a folded passage lists what the noun names: "các cấp gồm: …", or lines that begin with it."""
    told = re.search(rf"\b{re.escape(noun)}\b[^.;]{{0,80}}(?:\bgom\b|\bsau(?: day)?:|:\s*$)", passage, re.MULTILINE)
    return told is not None or len(re.findall(rf"(?m:^\s*(?:\w{{1,3}}[.)]\s)?{re.escape(noun)}\b)", passage)) > 1


def _begins(heading: str, noun: str) -> bool:
    """Whether a heading begins with what is listed: "Điều 9. Nhiệm vụ của …"."""
    return _HEADED.sub("", fold(heading)).startswith(f"{noun} ")


def _told_by_kind(query: Query, needed: Wanted) -> Query:
    """The question without the words that only say what kind of answer it wants."""
    kept = [at for at, word in enumerate(query.content) if not needed.only_asks(word.lower)]
    if len(kept) == len(query.content):
        return query
    concepts = (*(query.concepts[at] for at in kept), *query.concepts[len(query.content) :])
    only = {form for word in query.content if needed.only_asks(word.lower) for form in (word.lower, word.folded)}
    return replace(query, concepts=concepts, pairs=tuple(p for p in query.pairs if not only.intersection(p)))
