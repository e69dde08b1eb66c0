"""When the documents do not answer, and how that is said: a reason, and one sentence for the user."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from policy_qa.answer import Reason
from policy_qa.answering.asked import is_opinion
from policy_qa.answering.extractive import NAMES, Choice
from policy_qa.citing.joining import listed
from policy_qa.citing.style import document_name
from policy_qa.document import Address, Gap
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import DocumentRecord, Index
from policy_qa.retrieval.passages import article_of
from policy_qa.retrieval.query import Query

THRESHOLD = 0.5
"""Below this probability that the best words answer, the question is refused."""

_COUNTING = frozenset({"cac", "nhung", "may", "bao", "nhieu"})
_OF_DOCUMENT = re.compile(
    r" cua (?:de an|quyet dinh|chi thi|ket luan|nghi quyet|nghi dinh|thong bao|cong van|huong dan)(?: \d+)?(?= )"
)
_WORD = re.compile(r"[^\W_]+")
_BIAS, _COVERAGE, _PAIRS, _COSINE, _LEAD, _RANK = -5.4, 3.4, 0.6, 5.4, 0.5, 0.28
_FITS, _UNFIT, _NAMED, _ENGLISH, _AMBIGUOUS = 0.45, 1.5, 1.2, 0.5, 0.35
"""Halfway between weights fitted on public questions over sixty laws at a time, half of them about other laws, in which lead
and rank tell most, and weights set by hand for the digests, in which words do (`evals/answered.py`, docs/architecture.md)."""
_MOST_LEAD = 3.0


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, and what the user is told."""

    reason: Reason
    message: str


def probability(query: Query, choices: Sequence[Choice]) -> float:
    """How likely the words of the first choice answer the question, 0 to 1; the others tell by how much it leads."""
    best = choices[0]
    if not best.states:  # a body or figure that the question states must be in the words that answer
        return 0.0
    logit = _BIAS + _COVERAGE * best.coverage + _PAIRS * best.pairs + _COSINE * max(0.0, best.cosine)
    logit += _LEAD * lead(choices) + _RANK * best.rank + (_FITS if best.fits else -_UNFIT)
    logit += (_NAMED if query.named else 0.0) + (_ENGLISH if query.english else 0.0)
    if query.folded and not query.english and not query.named:
        logit -= _AMBIGUOUS  # without diacritics, words are matched that were not meant
    return 1 / (1 + math.exp(-logit))


def lead(choices: Sequence[Choice]) -> float:
    """By how much the first choice leads the first of another article, at most 3."""
    best, place = choices[0], _article(choices[0])
    leads = [best.score - other.score for other in choices[1:] if _article(other) != place]
    return min(_MOST_LEAD, *leads) if leads else _MOST_LEAD


def _article(choice: Choice) -> tuple[str, Address]:
    return choice.provision.document, article_of(choice.provision.address)


def before_search(query: Query, index: Index) -> Refusal | None:
    """Refusals that need no search: opinions, documents that are not here, a number that several bear."""
    if is_opinion(query.text):
        return Refusal(
            "opinion",
            "Câu hỏi cần một ý kiến đánh giá. Trợ lý chỉ thuật lại nội dung văn bản, không đưa ra ý kiến riêng.",
        )
    outside = [key for key in query.named if query.documents and key not in query.documents]
    if outside and len(outside) == len(query.named):
        names = [_name(record) for key in outside if (record := index.document(key))]
        return Refusal(
            "no_text", f"Câu hỏi nêu {listed(names)}, nhưng đang chỉ tìm trong văn bản khác: hãy bỏ giới hạn văn bản."
        )
    if query.places and not query.subject and not query.unknown and not query.content:
        return Refusal(
            "no_text", "Câu hỏi nêu điều khoản nhưng chưa nói của văn bản nào: hãy thêm số, ký hiệu văn bản."
        )
    if query.ambiguous and not query.documents and not query.named:
        records = (record for key in query.ambiguous if (record := index.document(key)))
        # In full, since only the dates tell them apart.
        names = [document_name(record.metadata, file=record.file) for record in records]
        return Refusal(
            "no_text", f"Có nhiều văn bản cùng số: {listed(names)}. Hãy nêu rõ số, ký hiệu và ngày ban hành."
        )
    return None


def known_gap(query: Query, index: Index, best: Choice | None) -> Refusal | None:
    """The part of a named document that is asked for and that the text here is known to lack."""
    question = _spaced(f"{query.text} {' | '.join(said for _, said in query.phrases)}" if query.english else query.text)
    keys = query.named or ((best.provision.document,) if best else query.documents[:1])
    for key in keys:
        record = index.document(key)
        for gap in record.metadata.gaps if record else ():
            topic = _topic(gap, question)
            if record is None or topic is None or (best is not None and _speaks_of(index, best, topic)):
                continue
            return Refusal("no_text", _gap_message(record, gap))
    return None


def missing_places(missing: Sequence[tuple[DocumentRecord, str]]) -> Refusal:
    """The documents are here, but have no provision at the addresses asked for."""
    said = []
    for record, place in missing:
        if record.metadata.text_kind == "digest":
            said.append(
                f"Kho chỉ có bản tóm lược của {_name(record)} và bản này không có nội dung của {place}. "
                "Hãy nạp bản chính thức để tra cứu phần này."
            )
        else:
            said.append(f"{_name(record)} trong kho không có {place}.")
    return Refusal("no_text", " ".join(said))


def too_weak(query: Query, choices: Sequence[Choice], index: Index) -> Refusal | None:
    """Nothing found, or nothing that fits the question well enough."""
    if choices and probability(query, choices) >= THRESHOLD:
        return None
    if query.unknown and not query.named:
        return Refusal(
            "no_text", f"Kho văn bản chưa có {listed(query.unknown)}. Hãy nạp văn bản đó rồi hỏi lại, hoặc xem lại số."
        )
    records = [record for key in query.subject if (record := index.document(key))]
    if records and choices and not choices[0].states:
        return Refusal("false_premise", _premise_message(records))
    if records:
        about = "; ".join(f"{_name(record)}: {record.metadata.title}" for record in records if record.metadata.title)
        return Refusal(
            "no_text",
            f"Không tìm thấy nội dung này trong {listed([_name(r) for r in records])}."
            + (f" Văn bản có tên: {about}." if about else ""),
        )
    covered = choices[0].coverage if choices else 0.0
    if covered < 0.35:
        return Refusal("out_of_scope", "Câu hỏi nằm ngoài phạm vi các văn bản trong kho.")
    return Refusal("no_text", "Không tìm thấy quy định trả lời câu hỏi này trong các văn bản hiện có.")


def _premise_message(records: Sequence[DocumentRecord]) -> str:
    about = "; ".join(f"{_name(r)}: {r.metadata.title}" for r in records if r.metadata.title)
    said = f"{listed([_name(r) for r in records])} trong kho không nói điều mà câu hỏi nêu ra."
    return said + (f" Văn bản có tên: {about}." if about else "")


def _topic(gap: Gap, question: str) -> str | None:
    """The topic of the gap that the question has, as written first, else without its counting words."""
    spoken = [_spaced(topic) for topic in gap.topics]
    topics = sorted(spoken, key=len, reverse=True) + [_essence(topic) for topic in spoken]
    return next((topic.strip() for topic in topics if topic.strip() and topic in question), None)


def _essence(topic: str) -> str:
    """A topic without the words that only count or join ("mấy nhiệm vụ" is "nhiệm vụ")."""
    kept = [word for word in _OF_DOCUMENT.sub("", topic).split() if word not in _COUNTING]
    return f" {' '.join(kept)} "


def _speaks_of(index: Index, best: Choice, topic: str) -> bool:
    """Whether the words found do speak of the topic after all."""
    if best.provision.address and best.provision.address.last.label in NAMES:
        return False  # a title that mentions a subject does not tell of it
    inside = f" {topic} " in _spaced(index.text(best.provision.document, best.quote))
    return best.fits and best.coverage >= (0.8 if inside else 0.9)


def _gap_message(record: DocumentRecord, gap: Gap) -> str:
    kind = "bản tóm lược" if record.metadata.text_kind == "digest" else "bản"
    return (
        f"Kho chỉ có {kind} của {_name(record)}; {kind} này không có {gap.part}. "
        "Hãy nạp bản chính thức để tra cứu phần này."
    )


def _name(record: DocumentRecord) -> str:
    return document_name(record.metadata, first=False, file=record.file)


def _spaced(text: str) -> str:
    return f" {' '.join(_WORD.findall(fold(text)))} "
