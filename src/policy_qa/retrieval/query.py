"""What a question asks for: the documents and places it names, and its words with what they may also be called."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from policy_qa.citing.naming import NameTable
from policy_qa.citing.resolution import Found, KnownDocument, find
from policy_qa.document import Address
from policy_qa.reading.syllables import is_syllable
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.initials import clarified
from policy_qa.retrieval.lexical import Field, Weighted, terms, weigh
from policy_qa.retrieval.lexicon import WEIGHTS, Expansion, Lexicon, Word, word_set, words
from policy_qa.retrieval.spelling import speller

FREQUENCIES = Path(__file__).parents[1] / "data" / "frequencies.tsv"
UNKNOWN_ENGLISH = 0.25
_FOREIGN = 0.4
"""The share of words that no Vietnamese syllable is spelled like, from which a question may be English."""

_RAREST = 20.0  # parts per million: what an unknown word counts as

# Words that only make a sentence a question, or that every sentence has: they say nothing of the subject.
_EMPTY = word_set(
    """là gì nào ai thì mà và của có không được những các cho về với trong theo tại từ đến ở do bị bởi này đó kia ấy
    như thế sao vậy bao nhiêu mấy hay hoặc nói quy định ra vào khi lúc hỏi xin biết cụ rằng để một số
    bạn tôi em anh chị mình cần phải hãy ạ à nhỉ nhé vì tại đâu chưa đã đang sẽ cũng còn nữa lên xuống điều khoản điểm
    mục văn bản nội dung gồm bao liệt kê nêu trả lời giúp với trên dưới ngoài bằng nhằm việc"""
)
_EMPTY_FOLDED = frozenset(map(fold, _EMPTY)) - {"dang", "do", "phai", "khi", "bi", "can", "so", "bang", "viec", "dinh"}
_EMPTY_ENGLISH = word_set(
    """the a an of to in on for by with from at as and or is are was were be been being do does did has have had what
    which who whom whose when where why how many much it its this that these those there their they must should can
    could may might will would shall under about into over per any all each other than then so such not no if i you we
    say says said state states stated mention mentions mentioned according set sets out does tell me please list give
    article section clause point paragraph document called named get gets got per cent"""
)
_ENGLISH_SIGNS = word_set(
    """the of what which who when where why how does did is are was were must should and for with from under by many
    much percent that this has have been"""
)
_DIACRITIC = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to say a concept: its syllables (folded when the question is), and how far a match counts, 0 to 1."""

    syllables: tuple[str, ...]
    credit: float


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of the question that a passage should speak of; `weight` grows with its rarity in law text."""

    weight: float
    wordings: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `documents` are the keys that the user narrowed it to (empty: all), `named` those that the question names;
    `places` are the addresses it names, each with its document where it says so, `unknown` the names of documents that the index lacks, `numbers` the digits
    of every document named. `content` are its words that
    say what is asked, `concepts` the same with what they may be called, `pairs` its neighbouring content words,
    `weighted` the lexical query, `dense_text` what the encoder reads, `phrases` its
    words with what they are called officially. `folded`: matching ignores diacritics.
    """

    text: str
    words: tuple[Word, ...]
    documents: tuple[str, ...]
    named: tuple[str, ...]
    numbers: tuple[str, ...]
    places: tuple[tuple[str | None, Address], ...]
    unknown: tuple[str, ...]
    ambiguous: tuple[str, ...]
    content: tuple[Word, ...]
    concepts: tuple[Concept, ...]
    pairs: tuple[tuple[str, str], ...]
    weighted: tuple[Weighted, ...]
    dense_text: str
    phrases: tuple[tuple[str, str], ...]
    folded: bool
    english: bool

    @property
    def said(self) -> str:
        """What is asked in the words that were meant, without the name of the one document that it is asked of."""
        return " ".join(word.lower for word in self.words)

    @property
    def official(self) -> str:
        """The likeliest official wording of each of its words that has one."""
        first: dict[str, str] = {}
        for said, official in self.phrases:
            first.setdefault(said, official)
        return " ".join(first.values())

    @property
    def subject(self) -> tuple[str, ...]:
        """The keys of the documents that the question is about: those it names, within those chosen; else those chosen."""
        return tuple(key for key in self.named if not self.documents or key in self.documents) or self.documents


@lru_cache(maxsize=1)
def _frequencies() -> tuple[dict[str, float], dict[str, float]]:
    """Parts per million of articles that have a syllable, as written and folded."""
    plain: dict[str, float] = {}
    folded: dict[str, float] = {}
    for line in FREQUENCIES.read_text(encoding="utf-8").splitlines():
        word, _, count = line.partition("\t")
        plain[word] = float(count)
        bare = fold(word)
        folded[bare] = min(1e6, folded.get(bare, 0.0) + float(count))
    return plain, folded


def rarities(syllables: Iterable[str], *, folded: bool = False) -> NDArray[np.float32]:
    """`rarity` of many at once."""
    table = _frequencies()[1 if folded else 0]
    shares = np.array([table.get(syllable, _RAREST) for syllable in syllables])
    return np.asarray(np.log(1e6 / np.maximum(shares, _RAREST)) + 0.1, np.float32)


def rarity(syllable: str, *, folded: bool = False) -> float:
    """How much a syllable tells, in nats: the logarithm of one over its share of articles in law text."""
    table = _frequencies()[1 if folded else 0]
    return math.log(1e6 / max(table.get(syllable, _RAREST), _RAREST)) + 0.1


def understand(
    question: str,
    documents: Sequence[KnownDocument],
    lexicon: Lexicon,
    *,
    names: NameTable | None = None,
    narrow: Sequence[str] = (),
    mend: bool = True,
) -> Query:
    """Reads a question against the known documents; `narrow` are keys that the user chose to stay within.

    `mend`: restore diacritics and put slips of a key right.
    """
    found = find(question, documents, names)
    rest, others = _without_its_document(question, found)
    typed = tuple(words(rest))
    bare = _bare_numbers(typed, documents)
    named = dict.fromkeys((*(key for item in found if (key := item.key)), *bare.values()))
    english = _is_english(typed)
    folded = not english and not _DIACRITIC.search(question)
    spoken = typed if english or not mend else meant(typed, lexicon, folded=folded)
    expansions = lexicon.expansions(spoken, english=english, folded=folded)
    if not english:
        expansions = clarified(spoken, expansions, lexicon, folded=folded)
    # Restored words tell more: "bao chi" is báo chí, and neither "bao" of "bao nhieu" nor "chi" for chị.
    content = _content(question, spoken, others, bare, english=english, folded=folded and not mend)
    weighted, dense_text = _search_terms(question, spoken, content, expansions, english=english, folded=folded)
    return Query(
        text=question,
        words=spoken,
        documents=tuple(narrow),
        named=tuple(named),
        numbers=tuple(dict.fromkeys((*filter(None, map(_digits, found)), *bare))),
        places=tuple(dict.fromkeys((item.key, item.reference.address) for item in found if item.reference.address)),
        unknown=tuple(question[i.reference.span.start : i.reference.span.end] for i in found if _is_unknown(i)),
        ambiguous=tuple(dict.fromkeys(key for item in found if len(item.candidates) > 1 for key in item.candidates)),
        content=tuple(spoken[position] for position in content),
        concepts=(
            *_concepts(spoken, content, expansions, english=english, folded=folded or english),
            *_mentions(found),
        ),
        pairs=tuple(_pairs(spoken, content, folded=folded or english)),
        weighted=tuple(weighted),
        dense_text=dense_text,
        phrases=tuple(
            (" ".join(word.lower for word in spoken[e.start : e.end]), alternative)
            for e in expansions
            for alternative in e.alternatives
        ),
        folded=folded or english,
        english=english,
    )


def meant(typed: Sequence[Word], lexicon: Lexicon, *, folded: bool) -> tuple[Word, ...]:
    """The words with diacritics restored and slips mended; names, numbers and abbreviations stay as typed."""
    known = _frequencies()[0]
    fixed = [_is_fixed(word, lexicon) or word.lower in known or is_syllable(word.lower) for word in typed]
    if folded:
        fixed = [_is_fixed(word, lexicon) for word in typed]
    elif all(fixed):
        return tuple(typed)  # most questions are spelled rightly, and need no counts
    spelled = speller()
    said = spelled.meant([word.lower for word in typed], bare=folded, fixed=fixed)
    return tuple(
        word if form == word.lower else Word(word.typed, form, fold(form))
        for word, form in zip(typed, said, strict=True)
    )


def _is_fixed(word: Word, lexicon: Lexicon) -> bool:
    capitals = sum(map(str.isupper, word.typed))
    return capitals > 1 or not word.lower.isalpha() or lexicon.is_abbreviation(word)


def _bare_numbers(spoken: Sequence[Word], documents: Sequence[KnownDocument]) -> dict[str, str]:
    """Numbers said alone ("theo 5768") that are the number of exactly one document; never what may be a year."""
    said = {word.lower for word in spoken if word.lower.isdigit() and len(word.lower) > 2}
    said = {number for number in said if not re.fullmatch(r"(19|20)\d\d", number)}
    if not said:
        return {}
    found: dict[str, list[str]] = {}
    starts = tuple(said)
    for document in documents:
        number = (document.metadata.number or "").lstrip("0")
        if number.startswith(starts) and (match := re.match(r"\d+", number)) and match[0] in said:
            found.setdefault(match[0], []).append(document.key)
    return {number: keys[0] for number, keys in found.items() if len(keys) == 1}


def _without_its_document(question: str, found: Sequence[Found]) -> tuple[str, list[Found]]:
    """The question without mentions of the one document that it is about, which say nothing of what is asked there.

    With the mentions that are left. Where nothing else would tell what is asked, or several documents are named, all stay.
    """
    rest, others = question, []
    several = len({item.key for item in found if item.key}) > 1
    for item in found:
        if several or not item.key:
            others.append(item)
        else:
            span = item.reference.span
            rest = rest[: span.start] + " " * len(span) + rest[span.end :]
    plain = _DIACRITIC.search(rest) is None
    empty = _EMPTY_FOLDED | _EMPTY_ENGLISH if plain else _EMPTY
    told = any((word.folded if plain else word.lower) not in empty for word in words(rest))
    return (rest, others) if told else (question, list(found))


def _digits(item: Found) -> str:
    match = re.match(r"0*(\d+)", item.reference.number or "")
    return match[1] if match else ""


def _is_unknown(item: Found) -> bool:
    return item.reference.number is not None and not item.candidates


def _is_english(spoken: Sequence[Word]) -> bool:
    """A question is English when its words bear no diacritics and enough of them are English function words."""
    if any(_DIACRITIC.search(word.typed) for word in spoken):
        return False
    signs = sum(word.lower in _ENGLISH_SIGNS for word in spoken)
    syllables = _frequencies()[1]
    foreign = sum(word.folded.isalpha() and word.folded not in syllables for word in spoken)
    if signs and foreign >= _FOREIGN * len(spoken):
        return True
    return signs >= 2 or (signs == 1 and len(spoken) <= 6 and any(w.lower in {"what", "who", "which"} for w in spoken))


def _content(
    question: str, spoken: Sequence[Word], found: Sequence[Found], bare: Iterable[str], *, english: bool, folded: bool
) -> list[int]:
    """Positions of the words that say what is asked: not the question words, not the names of documents."""
    named = set(bare)
    for item in found:
        if item.candidates or item.reference.address or item.reference.number:
            span = item.reference.span
            named.update(word.folded for word in words(question[span.start : span.end]))
    empty = _EMPTY_ENGLISH if english else _EMPTY_FOLDED if folded else _EMPTY
    # "bao nhiêu phần trăm" asks for a sign: texts write 70%, and have neither word.
    shares = {at + i for at, pair in enumerate(pairwise(spoken)) if _is_percent(*pair) for i in (0, 1)}
    kept = []
    for position, word in enumerate(spoken):
        form = word.folded if folded else word.lower
        if form not in empty and word.folded not in named and position not in shares:
            kept.append(position)
    return kept


def _is_percent(first: Word, second: Word) -> bool:
    return (first.folded, second.folded) == ("phan", "tram")


def _concepts(
    spoken: Sequence[Word], content: Sequence[int], expansions: Sequence[Expansion], *, english: bool, folded: bool
) -> list[Concept]:
    concepts = []
    for position in content:
        word = spoken[position]
        form = word.folded if folded else word.lower
        wordings = [Wording((form,), 1.0)]
        if "/" in word.typed or "-" in word.typed:
            wordings.append(Wording(terms(form).syllables, 1.0))
        expanded = False
        for expansion in expansions:
            if expansion.start <= position < expansion.end:
                expanded = True
                credit = 0.95 if expansion.kind != "everyday" else 0.8
                wordings += [Wording(_forms(text, folded=folded), credit) for text in expansion.alternatives]
        weight = rarity(form, folded=folded)
        if english and not expanded:  # that the lexicon lacks an English word says nothing of the passage
            weight *= UNKNOWN_ENGLISH
        if expanded:  # an abbreviation or an English word is as rare as what it stands for
            rarest = [max((rarity(s, folded=folded) for s in w.syllables), default=weight) for w in wordings[1:]]
            weight = min(weight, max(rarest, default=weight))
        concepts.append(Concept(weight, tuple(wordings)))
    return concepts


MENTION = 4.0
"""The weight of each document named, where a question names several: what it asks lies between them."""


def _mentions(found: Sequence[Found]) -> list[Concept]:
    numbers = list(dict.fromkeys(filter(None, map(_digits, found))))
    return [Concept(MENTION, (Wording((number,), 1.0),)) for number in numbers] if len(numbers) > 1 else []


def _forms(text: str, *, folded: bool) -> tuple[str, ...]:
    syllables = terms(text).syllables
    return tuple(map(fold, syllables)) if folded else syllables


def _pairs(spoken: Sequence[Word], content: Sequence[int], *, folded: bool) -> list[tuple[str, str]]:
    """Content words that stand side by side; Vietnamese words are mostly two syllables."""
    form = [word.folded if folded else word.lower for word in spoken]
    inside = set(content)
    return [(form[i], form[i + 1]) for i in range(len(form) - 1) if i in inside and i + 1 in inside]


_PLAIN_FIELDS = {Field.SYLLABLES: 1.0, Field.BIGRAMS: 1.0, Field.HEADINGS: 0.5, Field.FOLDED_BIGRAMS: 0.2}
_EVERYWHERE, _EVERYWHERE_FOLDED = 0.5e6, 0.8e6
"""Parts per million of articles."""
_FOLDED_FIELDS = {
    Field.FOLDED: 0.5, Field.FOLDED_BIGRAMS: 0.5, Field.FOLDED_HEADINGS: 0.25,
    Field.SYLLABLES: 0.5, Field.BIGRAMS: 0.7, Field.HEADINGS: 0.25,
}  # fmt: skip
"""Without diacritics: they are restored, and mostly rightly so, but what was typed counts, too."""


def _search_terms(
    question: str,
    spoken: Sequence[Word],
    content: Sequence[int],
    expansions: Sequence[Expansion],
    *,
    english: bool,
    folded: bool,
) -> tuple[list[Weighted], str]:
    """The lexical query, and the text for the encoder: the question with its expansions behind it."""
    fields = _FOLDED_FIELDS if folded else _PLAIN_FIELDS
    said_as = " ".join(word.lower for word in spoken)
    own = " ".join(spoken[i].typed for i in content) if english else said_as
    query: dict[tuple[Field, str], Weighted] = {(w.field, w.term): w for w in weigh(terms(own), fields)}
    said = []
    for expansion in expansions:
        share = WEIGHTS[expansion.kind] / math.sqrt(len(expansion.alternatives))
        for rank, alternative in enumerate(expansion.alternatives):
            scale = share / (1 + 0.5 * rank)
            for item in weigh(terms(alternative), fields):
                key = (item.field, item.term)
                weight = item.weight * scale
                if key not in query or query[key].weight < weight:
                    query[key] = Weighted(item.field, item.term, weight)
        said.append(expansion.alternatives[0])
    dense = " ".join((*said, *(() if english and said else (said_as,))))
    telling = [item for item in query.values() if not _is_everywhere(item)]
    return telling or list(query.values()), dense


def _is_everywhere(item: Weighted) -> bool:
    """Whether the term is a syllable that half of all articles have: long to look up, and it tells nothing.

    Without them BM25 over 400,000 passages takes 9 ms instead of 14, and finds 94 % of the same two hundred.
    """
    if item.field in (Field.FOLDED, Field.FOLDED_HEADINGS):
        return _frequencies()[1].get(item.term, 0.0) > _EVERYWHERE_FOLDED
    return _frequencies()[0].get(item.term, 0.0) > _EVERYWHERE
