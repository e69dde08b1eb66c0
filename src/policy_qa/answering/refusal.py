"""When the documents do not answer, and how that is said: a reason, and one sentence for the user."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policy_qa.answer import Reason
from policy_qa.answering.asked import is_about_us, is_opinion
from policy_qa.answering.extractive import NAMES, Choice
from policy_qa.answering.ordinals import Item, asked_item, is_item, with_figures
from policy_qa.answering.stated import denies, takes_for_granted
from policy_qa.citing.joining import listed
from policy_qa.citing.style import document_name
from policy_qa.document import Address, Gap
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import DocumentRecord, Index
from policy_qa.retrieval.passages import article_of
from policy_qa.retrieval.query import Query

THRESHOLD, SURELY = 0.4, 0.75
"""Below the first probability that the best words answer, the question is refused: a wrong provision is worse than none. From
the second on no gap is claimed."""

_OUT_OF_SCOPE = "Câu hỏi nằm ngoài phạm vi các văn bản trong kho."
_COUNTING = frozenset({"cac", "nhung", "may", "bao", "nhieu"})
_OF_DOCUMENT = re.compile(
    r" cua (?:de an|quyet dinh|chi thi|ket luan|nghi quyet|nghi dinh|thong bao|cong van|huong dan)(?: \d+)?(?= )"
)
_WORD = re.compile(r"[^\W_]+")
_ORDERED = re.compile(r"\bthu \d+\b")
BIAS = -5.17
WEIGHTS: Mapping[str, float] = {
    "coverage": 1.43, "pairs": 0.32, "cosine": 1.25, "lead": 0.91, "rank": 0.22, "length": 0.01, "fits": 1.00, "exact": 1.07,
    "named": 0.64, "english": 0.63, "wholly": 0.54, "presumed": -0.14, "answers": 0.15, "found": 0.38,
}  # fmt: skip
"""What each of `signs` counts: a logistic regression on questions over laws, half of them about laws that are not there, and on
the sets of `evals/`, both counting alike (`evals/answered.py`). Over laws kept out it is calibrated within .05."""
_MOST_WORDS, _WHOLLY, _TOLD = 10, 0.95, 0.55
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
    logit = BIAS + sum(WEIGHTS[name] * value for name, value in signs(query, choices).items())
    return 1 / (1 + math.exp(-logit))


def signs(query: Query, choices: Sequence[Choice]) -> dict[str, float]:
    """What tells whether the words of the first choice answer, by the names of `WEIGHTS`."""
    best = choices[0]
    return {
        "coverage": best.coverage,
        "pairs": best.pairs,
        "cosine": max(0.0, best.cosine),
        "lead": lead(choices),
        "rank": best.rank,
        "length": min(len(query.content), _MOST_WORDS),
        "fits": float(best.fits),
        "exact": float(best.exact),
        "named": float(bool(query.named)),
        "english": float(query.english),
        # Short questions leave little for the other signs to tell.
        "wholly": float(bool(query.named) and best.fits and best.coverage >= _WHOLLY),
        # Who asks why states what is so: the words that answer say most of it again.
        "presumed": float(takes_for_granted(query.text) and not query.english and best.coverage < _TOLD),
        "answers": best.answers,
        "found": best.found,
    }


def lead(choices: Sequence[Choice]) -> float:
    """By how much the first choice leads the first of another article, at most 3."""
    best, place = choices[0], _article(choices[0])
    leads = [best.score - c.score for c in choices[1:] if c.states == best.states and _article(c) != place]
    return min(_MOST_LEAD, *leads) if leads else _MOST_LEAD


def _article(choice: Choice) -> tuple[str, Address]:
    return choice.provision.document, article_of(choice.provision.address)


def before_search(query: Query, index: Index) -> Refusal | None:
    """Refusals that need no search: opinions, what is asked of the assistant itself, documents that are not here, a number that several bear."""
    if is_opinion(query.text):
        return Refusal(
            "opinion",
            "Câu hỏi cần một ý kiến đánh giá. Trợ lý chỉ thuật lại nội dung văn bản, không đưa ra ý kiến riêng.",
        )
    if is_about_us(query.text) and not query.subject:
        return Refusal("out_of_scope", _OUT_OF_SCOPE)
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


def known_gap(query: Query, index: Index, choices: Sequence[Choice]) -> Refusal | None:
    """The part of a named document that is asked for and that the text here is known to lack, unless words surely answer.

    However sure they are, other words do not answer for an item asked for by its number.
    """
    best = choices[0] if choices else None
    surely = best is not None and probability(query, choices) >= SURELY
    item = asked_item(query)
    asked = f"{query.text} {' | '.join(said for _, said in query.phrases)}" if query.english else query.text
    question = _spaced(f"{asked} | {item.spelled}" if item else asked)
    keys = query.named or ((best.provision.document,) if best else query.documents[:1])
    for key in keys:
        record = index.document(key)
        for gap in record.metadata.gaps if record else ():
            topic = _topic(gap, question)
            if record is None or topic is None:
                continue
            if best is not None and _ORDERED.search(topic):
                if item is None or not is_item(item, index, best):
                    lacking = _item_message(record, item, gap) if item else _gap_message(record, gap)
                    return Refusal("no_text", lacking)
            elif best is None or not (surely or _speaks_of(index, best, topic)):
                return Refusal("no_text", _gap_message(record, gap))
    return None


def no_item(query: Query, index: Index, choices: Sequence[Choice]) -> Refusal | None:
    """The item of a list that is asked for by its number is not among the words found: another one does not answer."""
    item = asked_item(query)
    if item is None or not choices or is_item(item, index, choices[0]):
        return None
    record = index.document(query.named[0] if query.named else choices[0].provision.document)
    if record is not None and record.metadata.text_kind == "digest":
        return Refusal("no_text", _item_message(record, item))
    where = _name(record) if record is not None and query.named else "các văn bản hiện có"
    return Refusal("no_text", f"Không tìm thấy “{item.said}” trong {where}.")


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


def denied(query: Query, index: Index, choices: Sequence[Choice]) -> Refusal | None:
    """The best words say that what the question takes for granted of a document is not so."""
    best = choices[0] if choices else None
    for record in filter(None, map(index.document, query.named)):
        number = record.metadata.number
        if best and denies(query.text, index.text(best.provision.document, best.quote), number):
            return Refusal("false_premise", _premise_message([record]))
    return None


def too_weak(query: Query, index: Index, choices: Sequence[Choice]) -> Refusal | None:
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
        return Refusal("out_of_scope", _OUT_OF_SCOPE)
    return Refusal("no_text", "Không tìm thấy quy định trả lời câu hỏi này trong các văn bản hiện có.")


def _premise_message(records: Sequence[DocumentRecord]) -> str:
    about = "; ".join(f"{_name(r)}: {r.metadata.title}" for r in records if r.metadata.title)
    said = f"{listed([_name(r) for r in records])} trong kho không nói điều mà câu hỏi nêu ra."
    return said + (f" Văn bản có tên: {about}." if about else "")


def _topic(gap: Gap, question: str) -> str | None:
    """The topic of the gap that the question has, as written first, else without its counting words."""
    spoken = [_spaced(topic) for topic in gap.topics]
    first = sorted(spoken, key=lambda topic: (_ORDERED.search(topic) is None, -len(topic)))
    topics = first + [_essence(topic) for topic in spoken]
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


def _item_message(record: DocumentRecord, item: Item, gap: Gap | None = None) -> str:
    kind = "bản tóm lược" if record.metadata.text_kind == "digest" else "bản"
    return (
        f"Kho chỉ có {kind} của {_name(record)} và {kind} này không có “{item.said}”"
        f"{f': thiếu {gap.part}' if gap else ''}. Hãy nạp bản chính thức để tra cứu phần này."
    )


def _name(record: DocumentRecord) -> str:
    return document_name(record.metadata, first=False, file=record.file)


def _spaced(text: str) -> str:
    return with_figures(f" {' '.join(_WORD.findall(fold(text)))} ")
