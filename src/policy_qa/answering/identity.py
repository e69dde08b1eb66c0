"""Who issued, signed or dated a document, and since when it is in force: read from its head, signature and last articles."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from policy_qa.answering.asked import Asked, asked, asks_signer, compares, spoken, typed
from policy_qa.answering.effect import effect
from policy_qa.answering.fitting import Wanted
from policy_qa.answering.sentences import sentences
from policy_qa.citing.joining import listed
from policy_qa.citing.kinds import KINDS
from policy_qa.citing.style import document_name
from policy_qa.document import Metadata, Span
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord
from policy_qa.retrieval.lexicon import word_set, words
from policy_qa.retrieval.query import Query

# The most telling one decides.
_ATTRIBUTES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "date",
        typed(
            r"\b(ban hành (ngày|vào|khi|năm|từ)|ngày ban hành|(ngày|khi|năm) nào|ngày bao nhiêu|ngày tháng năm|bao giờ|"
            r"when (?:was|were)|date of issu|issued on|what date)\b"
        ),
    ),
    ("number", typed(r"\b(số (mấy|bao nhiêu|hiệu|ký hiệu)|ký hiệu|what number|which number|decision number)\b")),
    (
        "issuer",
        typed(
            r"\b(ai ban hành|(cơ quan|nơi|cấp) nào (đã )?(ban hành|ra)|do ai|của (cơ quan nào|ai)|who issued|issued by|"
            r"which (body|agency) issued)\b"
        ),
    ),
    (
        "title",
        typed(
            r"\b(tên (đầy đủ|gọi|văn bản|là gì|của)|trích yếu|về (vấn đề|việc|chuyện|nội dung) gì|về cái gì|full (name|title)|"
            r"what is .* about|là (văn bản|luật|bộ luật|nghị định|nghị quyết|thông tư|quyết định|chỉ thị|pháp lệnh) gì)\b"
        ),
    ),
)
_IN_FORCE = typed(r"\b(hiệu lực|in force|into force|t(?:akes?|ook) effect|effective)\b")
_NO_MORE = typed(r"\b((hết|mất|chấm dứt) hiệu lực|(đến|tới) (khi|ngày|năm|tháng|lúc|bao giờ)|until|expires?|cease)\b")
_JOINS = typed(r"\b(và|với|cùng|lẫn|cũng như|and|as well as)\b|[,;&]")
_CALLED = "|".join(name.lower() for kind in KINDS for name in (kind.name, *kind.short, *kind.english))
_JOINED = typed(rf"(\b(và|với|cùng|lẫn|cũng như|and|as well as)|[,;&]) (đề án|{_CALLED})\b")
"""Two documents side by side: "Chỉ thị 44 và Nghị định 72"."""
_EFFECT_PART = "hiệu lực"
_OF_EFFECT = word_set(
    "hieu luc hl thi hanh ap dung bat dau tu khi den het lay take takes took effect effective force into come came start since from until"
)
_PARTS: dict[str, tuple[str, ...]] = {
    "signer": ("chữ ký",),
    "date": ("thể thức", "số, ngày, cơ quan ban hành", "tên văn bản"),
    "number": ("thể thức", "số, ngày, cơ quan ban hành", "tên văn bản"),
    "issuer": ("thể thức", "số, ngày, cơ quan ban hành", "tên văn bản"),
    "title": ("thể thức", "tên văn bản"),
}
# What may stand beside such a question without asking for anything else.
_VOCABULARY = word_set(
    """ngay thang nam ban hanh ra doi ky nguoi ai co quan nao so may hieu ten day du goi trich yeu van ban phe duyet duoc
    thuc su chinh xac bang vao luc do cua va la gi ho who when what which was were is are the and issued issue signed sign date number
    name full title by on of body agency adopted decision directive conclusion resolution decree notice guidance quyet dinh
    chi thi ket luan nghi thong bao huong dan cong luat bo lenh phap nao hom bao nhieu gio vay the cho biet thu tuong de an viec van chuyen
    lanh dao dong chi ong ba ten hoi xin noi dung about sanh compare"""
)


@lru_cache(maxsize=256)
def asks_effect(question: str) -> bool:
    """Whether the question asks since when, or until when, something is in force."""
    return _IN_FORCE.search(spoken(question)) is not None and asked(question) in (Asked.DATE, Asked.PERIOD)


def tells_effect(question: str, sentence: str, issued: str | None) -> bool:
    """Whether the sentence says since when (until when, where that is asked) the document that it stands in is in force."""
    told = effect(sentence, issued)
    return (told.until if _NO_MORE.search(spoken(question)) else told.since) is not None


@lru_cache(maxsize=256)
def asks_identity(question: str) -> bool:
    """Whether the question asks for something that the head or the signature of a document tells."""
    said = spoken(question)
    return asks_signer(question) or any(pattern.search(said) for _, pattern in _ATTRIBUTES)


@dataclass(frozen=True, slots=True)
class Identity:
    """The words that tell what was asked of the identity of documents; `lacking` says of which ones nothing is told."""

    told: tuple[tuple[ProvisionRecord, Span], ...] = ()
    lacking: str | None = None


def identify(query: Query, index: Index) -> Identity:
    """What was asked of the identity of the documents named; nothing where that is not asked or not found.

    It is asked where the question, beside their names, has only words of such a question; of several documents where it
    joins them ("Chỉ thị 44 và Kết luận 57").
    """
    records = [record for key in query.subject if (record := index.document(key))]
    unknown, not_chosen = query.unknown, _not_chosen(query, index)
    if not (query.named and _JOINS.search(spoken(query.text))):
        unknown, not_chosen = (), []
        records = records if len(records) == 1 else []
    if not records or _asks_more(
        query, [record.metadata for record in records], _OF_EFFECT if _IN_FORCE.search(_said(query)) else ()
    ):
        return Identity()
    found = [(record, _told(query, record, index, alone=len(records) == 1)) for record in records]
    told = [words for _, words in found if words]
    silent = [document_name(r.metadata, first=False, file=r.file) for r, words in found if not words]
    if not told:
        return Identity()
    missing = [f"Kho văn bản chưa có {listed(unknown)}."] if unknown else []
    missing += [f"Câu hỏi nêu cả {listed(not_chosen)}, nhưng đang không tìm trong đó."] if not_chosen else []
    missing += [f"Không tìm thấy thông tin này của {listed(silent)} trong kho."] if silent else []
    return Identity(tuple(told), " ".join(missing) or None)


def left_aside(query: Query, index: Index, answered: Collection[str]) -> str | None:
    """What to say where a question joins several documents, and the words found are of some of them only.

    `answered` are the keys of the documents that are quoted. A comparison quotes all that it can by itself.
    """
    others = [key for key in query.named if key in query.subject and key not in answered]
    if not others or len(others) == len(query.named) or compares(query.text):
        return None
    said = spoken(query.text)
    if not (_JOINED.search(said) or (asks_identity(query.text) and _JOINS.search(said))):
        return None
    names = [document_name(r.metadata, first=False, file=r.file) for key in others if (r := index.document(key))]
    return f"Câu trả lời chưa nói về {listed(names)}: hãy hỏi riêng về từng văn bản."


def _said(query: Query) -> str:
    return spoken(f"{query.text} {query.official}")


def _not_chosen(query: Query, index: Index) -> list[str]:
    """The documents named that are not among those chosen."""
    left = (record for key in query.named if key not in query.subject and (record := index.document(key)))
    return [document_name(record.metadata, first=False, file=record.file) for record in left]


def _told(query: Query, record: DocumentRecord, index: Index, *, alone: bool) -> tuple[ProvisionRecord, Span] | None:
    """The words of one document that tell what is asked."""
    said = _said(query)
    if _IN_FORCE.search(said):
        return _in_force(record, index, said) if asked(query.text) in (Asked.DATE, Asked.PERIOD) else None
    attribute = "signer" if asks_signer(query.text) else None
    attribute = attribute or next((name for name, pattern in _ATTRIBUTES if pattern.search(said)), None)
    if attribute is None and alone and query.named and not query.content and asked(query.text) is Asked.CONTENT:
        attribute = "title"  # "Đề án 1079 là gì?"
    return _attribute(attribute, record, index) if attribute else None


def _attribute(attribute: str, record: DocumentRecord, index: Index) -> tuple[ProvisionRecord, Span] | None:
    """The sentence of the head or the signature that states the attribute."""
    text = index.text(record.key)
    for part in _PARTS[attribute]:
        for provision in index.provisions(record.key):
            if provision.address.steps and provision.address.last.label == part:
                spans = list(sentences(text, provision.own_span.start, provision.own_span.end))
                # A name may run over two lines of the head.
                pairs = [Span(one.start, other.end) for one, other in pairwise(spans)]
                for span in (*spans, *pairs):
                    if _says(" ".join(span.of(text).split()), attribute, record.metadata):
                        return provision, span
    return None


def _in_force(record: DocumentRecord, index: Index, said: str) -> tuple[ProvisionRecord, Span] | None:
    """The sentence that tells since when the document is in force, or until when; of a digest, what it notes of that."""
    text, ends = index.text(record.key), _NO_MORE.search(said) is not None
    digest = record.metadata.text_kind == "digest"
    for span in sentences(text, 0, len(text)):
        words_said = span.of(text)
        if "hiệu lực" not in words_said:
            continue
        provision = index.provision_at(record.key, span)
        noted = provision is not None and bool(provision.address) and provision.address.last.label == _EFFECT_PART
        # A digest names its document where the text itself says "này".
        own = words_said.replace(record.metadata.number, "này") if digest and record.metadata.number else words_said
        told = effect(own, record.metadata.date)
        if provision is not None and ((noted and not ends) or (told.until if ends else told.since)):
            return provision, span
    return None


def _asks_more(query: Query, heads: Sequence[Metadata], besides: Collection[str] = ()) -> bool:
    """Whether the question has words that neither name the documents nor ask for their identity."""
    named = " ".join(
        part or "" for head in heads for part in (head.title, head.number, head.kind, head.issuer, *head.nicknames)
    )
    known = {*_VOCABULARY, *besides, *(word.folded for word in words(named))}
    if query.english:  # its words in official terms, where the title has them, only describe the document
        title = fold(named)
        known |= {w.folded for w in query.content if _translated(w.lower, query, title)}
    return any(w.folded not in known and not any(c.isdigit() for c in w.folded) for w in query.content)


def _translated(word: str, query: Query, title: str) -> bool:
    """Whether every official term for the English phrase with this word stands in the title."""
    terms = [said for english, said in query.phrases if word in english.split()]
    return bool(terms) and any(fold(term) in title for term in terms)


def _says(sentence: str, attribute: str, metadata: Metadata) -> bool:
    """Whether a sentence states the attribute: it has the value that the head gave."""
    if attribute == "signer" and not metadata.signer:  # a digest may tell it without the head saying so
        return Wanted(Asked.SIGNER).in_(sentence)
    sentence = fold(sentence)
    if attribute == "date":
        if not metadata.date:
            return False
        year, month, day = (int(part) for part in metadata.date.split("-"))
        return re.search(rf"\b0?{day}([/.-]0?{month}[/.-]| thang 0?{month} nam ){year}\b", sentence) is not None
    value = {
        "signer": metadata.signer,
        "number": metadata.number,
        "issuer": metadata.issuer,
        "title": metadata.title,
    }[attribute]
    return bool(value) and fold(value or "") in sentence
