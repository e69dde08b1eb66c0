"""A document made ready to be asked about: its names, and its provisions with the words that they say themselves."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from policy_qa.answering.sentences import sentences
from policy_qa.citing.kinds import KINDS, NAMED_LAWS
from policy_qa.citing.naming import law_name
from policy_qa.citing.style import document_name
from policy_qa.document import Document, Level, Metadata, Provision
from policy_qa.reading.vietnamese import SMALL, fold, nfc
from policy_qa.retrieval.lexicon import word_set

_LABEL: Final = re.compile(
    r"^\s*(?:(?:Điều|Khoản|Mục|Chương|Phần)\s+[\dIVXLC]+[a-zđ]?\s*[.:]?|\d{1,3}(?:\.\d{1,2})*\s*[.)]|[IVXLC]{1,6}[.)-]|[a-zđ]\d?\s*\)|[-–+•])\s*"
)
_AMENDS: Final = re.compile(
    r"(?:sửa đổi|bổ sung|bãi bỏ|thay thế|đính chính|huỷ bỏ|hủy bỏ)\b.*(?:điều|khoản|điểm|cụm từ|luật|nghị định|thông tư|quyết định|mục|chương)",
    re.IGNORECASE | re.DOTALL,
)
"""What begins so speaks of the words of another document."""
_WORD: Final = re.compile(r"[^\W_]+")
_POINTS: Final = re.compile(
    r"\b(?:này|nêu trên|nói trên|trên đây|sau đây|dưới đây|tương ứng|đó)\b|\b(?:khoản|điểm|điều|mục) (?:\d|[a-zđ]\b|trên)",
    re.IGNORECASE,
)
_LEAST_WORDS: Final = 4
_ALIKE: Final = 0.85

LEGAL_LEVELS: Final = (Level.DIEU, Level.KHOAN, Level.DIEM, Level.MUC)
_LONGEST_NAME: Final = 10
"""A law whose name has more words is called by its number."""

EMPTY: Final = frozenset(
    map(
        fold,
        word_set(
            """là gì nào ai thì mà và của có không được những các cho về với trong theo tại từ đến ở do bị bởi này đó
            như thế sao bao nhiêu lâu mấy hay hoặc quy định ra vào khi để một số phải ngày việc gồm đối thực hiện"""
        ),
    )
)
"""Words, folded, that most provisions and most questions have."""


def content_words(text: str) -> frozenset[str]:
    """The words of `text`, folded, but the `EMPTY` ones."""
    return frozenset(_WORD.findall(fold(text))) - EMPTY


def points_elsewhere(words: str) -> bool:
    """Whether the words point to where they stand, so that outside nobody knows what they mean: "khoản này", "nêu trên"."""
    return _POINTS.search(words) is not None


def without_label(text: str) -> str:
    """`text` without the label that it begins with: "2.", "a)", "Điều 5."."""
    return _LABEL.sub("", text)


@dataclass(frozen=True)
class Part:
    """A provision with those above it, outermost first; `own` are its words before its first child, label included."""

    provision: Provision
    above: tuple[Part, ...]
    own: str
    amends: bool
    """Whether it, or what it stands in, tells what another document shall say."""

    @cached_property
    def address(self) -> str:
        """The address, as in a gold id."""
        return str(self.provision.address)

    @cached_property
    def heading(self) -> str:
        """The heading on one line; capitals throughout become a sentence's. Empty where there is none."""
        words = " ".join((self.provision.heading or "").split()).rstrip(" .:;")
        return words[:1] + words[1:].lower() if words.isupper() and len(words) > 4 else words

    @cached_property
    def topic(self) -> str:
        """The heading of the innermost điều, khoản or mục that it stands in, or its own."""
        return next((part.heading for part in (self, *reversed(self.above)) if part.heading), "")

    @cached_property
    def words(self) -> frozenset[str]:
        """Its content words, those of the headings above included."""
        return content_words(" ".join((self.own, *(part.heading for part in self.above))))

    @cached_property
    def folded(self) -> str:
        """Its own words, folded, on one line."""
        return " ".join(fold(self.own).split())

    def sentences(self) -> Iterator[str]:
        """The sentences of its own words without labels and headings, on one line each."""
        for span in sentences(self.own, 0, len(self.own)):
            sentence = " ".join(without_label(span.of(self.own)).split())
            if sentence and sentence.rstrip(" .:;") != " ".join((self.provision.heading or "").split()).rstrip(" .:;"):
                yield sentence

    def is_beside(self, other: Part) -> bool:
        """Whether neither stands within the other."""
        mine, its = self.provision.address, other.provision.address
        return not mine.is_within(its) and not its.is_within(mine)


class Material:
    """What can be asked of a document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.metadata = document.metadata
        self.text = nfc(document.source.text)
        self.name = plain_name(document.metadata, document.source.file)
        self.short_name = short_name(document.metadata) or self.name
        parts = [part for root in document.provisions for part in self._parts(root, ())]
        seen = Counter(part.address for part in parts)
        self.parts: Sequence[Part] = [part for part in parts if seen[part.address] == 1 and part.address]
        """The provisions whose address leads to one place only; what stands twice cannot be gold."""

    def _parts(self, provision: Provision, above: tuple[Part, ...]) -> Iterator[Part]:
        own = provision.own_span.of(self.document.source.text)
        said = without_label(own)
        part = Part(provision, above, own, bool(above and above[-1].amends) or bool(_AMENDS.match(said[:400])))
        yield part
        for child in provision.children:
            yield from self._parts(child, (*above, part))

    @cached_property
    def folded(self) -> str:
        """The whole text, folded, on one line."""
        return " ".join(fold(self.text).split())

    def children(self, part: Part) -> list[Part]:
        """The parts directly below that can be gold."""
        return self._below[part.address]

    @cached_property
    def _below(self) -> dict[str, list[Part]]:
        found: dict[str, list[Part]] = defaultdict(list)
        for part in self.parts:
            if part.above:
                found[part.above[-1].address].append(part)
        return found

    @cached_property
    def own(self) -> dict[str, str]:
        """Address → the provision's own words."""
        return {part.address: part.own for part in self.parts}

    def inside(self, words: str) -> str:
        """`words`, with which a sentence or heading begins, as they stand inside one: small, unless they are a name."""
        first, _, rest = words.partition(" ")
        second = rest.split(" ")[0]
        if not second or (len(first) > 1 and first.isupper()):
            return words
        small = f"{first.lower()} {second}"
        capital = re.search(rf"[{SMALL},] {re.escape(first)} {re.escape(second)}\b", self.text)
        if capital and small not in self.text:
            return words
        return words[:1].lower() + words[1:]

    def is_plain(self, question: str, gold: Part) -> bool:
        """Whether no other provision fits the question as well: has most of the words by which gold fits it."""
        asked = (content_words(question) - content_words(self.name)) & gold.words
        if len(asked) < _LEAST_WORDS:
            return False
        most = math.ceil(_ALIKE * len(asked))
        # Who has most of the words has one of the rarest: nobody else need be looked at.
        rarest = sorted(asked, key=lambda word: len(self._with_word[word]))[: len(asked) - most + 1]
        others = {other.address: other for word in rarest for other in self._with_word[word]}
        return not any(len(asked & other.words) >= most and other.is_beside(gold) for other in others.values())

    def tells_alone(self, gold: Part, phrase: str, answer: re.Pattern[str], topic: str = "") -> bool:
        """Whether no other provision has the phrase and an `answer`; with a topic, none that stands under such a heading."""
        said, about = " ".join(fold(phrase).split()), fold(topic)
        return not any(
            said in other.folded and other.is_beside(gold) and answer.search(other.own) and about in fold(other.topic)
            for other in self.parts
        )

    @cached_property
    def _with_word(self) -> dict[str, list[Part]]:
        """Word → the parts that have it."""
        found: dict[str, list[Part]] = defaultdict(list)
        for part in self.parts:
            for word in part.words:
                found[word].append(part)
        return found

    def find(self, words: str) -> list[Part]:
        """The parts whose own words have `words`, letter by letter but for case."""
        return [part for part in self.parts if words.casefold() in part.own.casefold()]


def plain_name(metadata: Metadata, file: str) -> str:
    """The document as an officer names it: "Luật Trẻ em", "Nghị định 30/2020/NĐ-CP"."""
    if metadata.kind in NAMED_LAWS and metadata.title:
        name = law_name(metadata.kind or "", " ".join(metadata.title.split()))
        if len(name.split()) <= _LONGEST_NAME and "sửa đổi" not in name.lower():
            return name
    if metadata.number:
        return f"{metadata.kind or 'Văn bản'} {metadata.number}"
    return document_name(metadata, first=False, file=file)


def short_name(metadata: Metadata) -> str | None:
    """The same in the short form of its kind, with the year in place of the symbol: "NĐ 30/2020", "KL 57-KL/TW"."""
    short = next((kind.short[0] for kind in KINDS if kind.name == metadata.kind and kind.short), None)
    if short is None or not metadata.number:
        return None
    dated = re.match(r"\d+[a-z]?/(?:19|20)\d\d(?=/)", metadata.number)
    return f"{short} {dated[0] if dated else metadata.number}"
