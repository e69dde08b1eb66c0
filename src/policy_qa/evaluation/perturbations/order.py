"""The clauses of a question in another order, as people put them who think of something else first."""

from __future__ import annotations

import random
import re
from typing import Final

from policy_qa.answering.asked import typed
from policy_qa.citing.reference import extract
from policy_qa.evaluation.perturbations.fixed import fixed, is_fixed
from policy_qa.retrieval.lexicon import word_set

_END: Final = re.compile(r"[\s?!.…]*$")
_ASKS: Final = typed(
    r"\b(ai|gì|nào|đâu|mấy|bao nhiêu|bao giờ|bao lâu|sao|thế nào|không|who|what|which|when|where|how)\b"
)
_LEAD: Final = typed(r"\b(theo|đến|trong|khi|nếu|đối với|từ|tại|để|sau|trước|căn cứ|under|according to|by|in)\b")
_TAIL: Final = typed(r"\s(?P<lead>theo|trong|tại|under|according to)\s+(?P<named>\S.*)$")
_WHEN: Final = typed(
    r"\s(?P<when>(?:(?:vào|từ|trước|đến|kể từ) )?(?:ngày|tháng|năm) nào|khi nào|bao giờ|vào lúc nào|từ khi nào)$"
)
_WHO: Final = typed(r"\s(?:là) (?P<who>ai|cơ quan nào|đơn vị nào)$")
_BY: Final = typed(
    r"^(?P<what>\S.*\S) (?:do) (?P<who>ai|(?:cơ quan|đơn vị|bộ|người|cấp) nào) (?P<does>\S+(?: \S+){0,3})$"
)
_JOINS: Final = typed(
    r"\b(của|theo|trong|về|tại|với|cho|và|hoặc|hay|bằng|khi|từ|đến|vào|là|số|các|những|cả|of|by|in|under|on|to|and|the|for|with)$"
)
"""Words that belong to what follows them."""
_CUT_OFF: Final = typed(r"\b(là|đầu|cuối|giữa|tới|hết)$")
"""Words that a time must follow: "tính từ đầu tháng nào"."""
_LEAST_WORDS: Final = 3
_MOST_WORDS: Final = 5
"""More words than these leave a document named first without its clause."""
_CAPITALS: Final = word_set("Luật Bộ Đề Nghị Quyết Thông Chỉ Kết Ban Sở Ủy Chính Thủ Đảng Hội Đoàn Cục")
"""First words of names that keep their capital inside a sentence."""


def reordered(question: str, _: random.Random) -> str | None:
    """The question with the clause it begins or ends with, or what it asks for, at the other end; None where none moves."""
    end = _END.search(question)
    mark = end[0] if end else ""
    body = question[: len(question) - len(mark)].strip()
    moved = _lead_last(body) or _tail_first(body) or _asked_first(body) or _named_first(body)
    return f"{moved[:1].upper() if body[:1].isupper() else moved[:1]}{moved[1:]}{mark}" if moved else None


def _lead_last(body: str) -> str | None:
    """Moves the first clause: "Đến năm 2030, tỷ lệ phải đạt bao nhiêu" → "Tỷ lệ phải đạt bao nhiêu đến năm 2030"."""
    kept = fixed(body)
    commas = [m.start() for m in re.finditer(r",\s", body) if not is_fixed(m.start(), m.end(), kept)]
    if len(commas) != 1:  # of several, one may be within an enumeration
        return None
    lead, rest = body[: commas[0]].strip(), body[commas[0] + 1 :].strip()
    said = lead.lower()
    if not _LEAD.match(said) or _ASKS.search(said) or not _ASKS.search(rest.lower()) or _few(rest):
        return None
    return f"{rest} {lead[:1].lower()}{lead[1:]}"


def _tail_first(body: str) -> str | None:
    """Moves what is said last: "Ai kiểm tra theo Nghị định 30/2020/NĐ-CP" → "Theo Nghị định 30/2020/NĐ-CP, ai kiểm tra"."""
    for match in reversed(list(_TAIL.finditer(body))):
        rest = body[: match.start()].rstrip(" ,")
        named = match.start("named")
        if any(span.start <= named < span.end == len(body) for span in fixed(body)) and not _few(rest):
            return f"{match['lead']} {match['named']}, {_small(rest)}"
    return None


def _asked_first(body: str) -> str | None:
    """Moves what is asked: "Nghị định ban hành ngày nào" → "Ngày nào Nghị định ban hành"; "X do ai ký" → "Ai ký X"; "X là ai" → "Ai là X"."""
    if len(_ASKS.findall(body.lower())) > 1:
        return None
    by = _BY.match(body)
    if by:
        return f"{by['who']} {by['does']} {_small(by['what'])}"
    when = _WHEN.search(body)
    if when and not _few(body[: when.start()]) and not _CUT_OFF.search(body[: when.start()].lower()):
        return f"{when['when']} {_small(body[: when.start()])}"
    who = _WHO.search(body)
    if who and not _few(body[: who.start()]):
        return f"{who['who']} là {_small(body[: who.start()])}"
    return None


def _named_first(body: str) -> str | None:
    """Moves the document that is asked about: "Ai ký Nghị định 30/2020/NĐ-CP" → "Nghị định 30/2020/NĐ-CP ai ký"."""
    for found in extract(body):
        rest = body[: found.span.start].rstrip()
        if (
            found.kind
            and found.span.end == len(body)
            and 1 < len(rest.split()) <= _MOST_WORDS
            and not _JOINS.search(rest.lower())
        ):
            return f"{body[found.span.start :]} {_small(rest)}" if _ASKS.search(rest.lower()) else None
    return None


def _few(words: str) -> bool:
    return len(words.split()) < _LEAST_WORDS


def _small(clause: str) -> str:
    """The clause as it stands inside a sentence: small, unless its first word belongs to a name."""
    if _LEAD.match(clause.lower()):
        return clause[:1].lower() + clause[1:]
    named = any(span.start == 0 for span in fixed(clause))
    first, _, rest = clause.partition(" ")
    name = named or (len(first) > 1 and first.isupper()) or rest[:1].isupper() or first in _CAPITALS
    return clause if name else clause[:1].lower() + clause[1:]
