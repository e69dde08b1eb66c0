"""Who issued, signed or dated a document: read from its head and its signature, where an official text has them."""

from __future__ import annotations

import re
from itertools import pairwise

from policy_qa.answering.asked import Asked, asks_signer, fits, spoken, typed
from policy_qa.answering.sentences import sentences
from policy_qa.document import Metadata, Span
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import Index, ProvisionRecord
from policy_qa.retrieval.lexicon import word_set, words
from policy_qa.retrieval.query import Query

# The most telling one decides.
_ATTRIBUTES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "date",
        typed(
            r"\b(ban hành (ngày|vào|khi|năm|từ)|ngày ban hành|(ngày|khi|năm) nào|ngày bao nhiêu|ngày tháng năm|bao giờ|"
            r"when was|date of issu|issued on|what date)\b"
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
            r"what is .* about|là văn bản gì)\b"
        ),
    ),
)
_IN_FORCE = typed(r"\b(hiệu lực|in force|into force|takes? effect|effective)\b")
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
    thuc su chinh xac bang vao luc do cua va la gi ho who when what which was is the issued issue signed sign date number
    name full title by on of body agency adopted decision directive conclusion resolution decree notice guidance quyet dinh
    chi thi ket luan nghi thong bao huong dan cong nao hom bao nhieu gio vay the cho biet thu tuong de an viec van chuyen
    lanh dao dong chi ong ba ten hoi xin noi dung about"""
)


def identify(query: Query, index: Index) -> tuple[ProvisionRecord, Span] | None:
    """The words that say what was asked of a document's identity; None where that is not asked or not found.

    It is asked where the question names one document and, beside its name, has only words of such a question.
    """
    keys = query.subject
    record = index.document(keys[0]) if len(keys) == 1 else None
    if record is None:
        return None
    said = spoken(query.text)
    if _IN_FORCE.search(said):
        return None
    attribute = "signer" if asks_signer(query.text) else None
    attribute = attribute or next((name for name, pattern in _ATTRIBUTES if pattern.search(said)), None)
    if attribute is None and query.named and not query.content:
        attribute = "title"  # "Đề án 1079 là gì?"
    if attribute is None or _asks_more(query, record.metadata):
        return None
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


def _asks_more(query: Query, metadata: Metadata) -> bool:
    named = " ".join((metadata.title or "", metadata.number or "", metadata.kind or "", *metadata.nicknames))
    known = _VOCABULARY | {word.folded for word in words(named)}
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
        return fits(sentence, Asked.SIGNER)
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
