"""Whether what is said stands in the sources it cites: figures, dates, numbers, names, quotes, negation and modality.

A statement that cannot be shown to stand there is not shown: it is better to drop a right one than to show a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from policy_qa.answering.claims import claims_of, not_held
from policy_qa.answering.comparison import differences, spoken_of
from policy_qa.answering.names import english_names
from policy_qa.answering.readings import Reading, read
from policy_qa.answering.tokens import quotations, spelled
from policy_qa.reading.vietnamese import nfc
from policy_qa.retrieval.lexicon import word_set


@dataclass(frozen=True, slots=True)
class Source:
    """What a citation lets a statement say: the cited words, and what stands above them.

    `around` holds the headings and the document's kind, number, date, title and issuer.
    """

    text: str
    around: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a statement may be shown.

    `score`, 0 to 1, is the share of what it claims that the sources hold; `why` is one Vietnamese sentence where it may not
    be shown.
    """

    supported: bool
    score: float
    why: str | None = None


_LONGEST: Final = 2_000
"""Characters of a statement that is not copied."""
_MOST_READ: Final = 20_000
"""Characters of a source; what is left out can only leave a statement unsupported."""
_ENGLISH: Final = word_set("the of and is are was were in on to for by with must shall may that this its as at from")
_MARKS: Final = frozenset('.,;:!?)”"')
_LEFT_OUT: Final = re.compile(r"\[?(?:…|\.\.\.)\]?")
_CLAUSE_ENDS: Final = re.compile(r"[.;:!?\n](?=\s|$)")
NEGATIVE: Final = re.compile(r"(?<!\w)(?:không(?! (?:gian|quân|khí))|chưa|cấm|chẳng|trừ)(?!\w)", re.IGNORECASE)
_IF: Final = re.compile(
    r"(?<!\w)(?:nếu|với điều kiện|miễn là|trường hợp|chỉ khi|khi có|khi được|sau khi)(?!\w)", re.IGNORECASE
)
_EXCEPT: Final = re.compile(r"(?<!\w)(?<!khấu )(?<!giảm )(?<!loại )trừ(?!\w)", re.IGNORECASE)


def check(statement: str, sources: Sequence[Source]) -> Verdict:
    """Whether the sources hold everything that `statement` claims; several sentences may be checked at once.

    What is copied word for word, from the beginning of a clause to its end, is supported, whatever it says. Of a statement
    in English, figures, dates, numbers, quotes and bodies are checked, not its other words, nor its negation.
    """
    if not statement.strip():
        return Verdict(False, 0.0, "Câu trả lời không có nội dung.")
    if not sources:
        return Verdict(False, 0.0, "Câu trả lời không dẫn nguồn nào.")
    if any(_copied(statement, source.text) for source in sources):
        return Verdict(True, 1.0)
    if len(statement) > _LONGEST:
        return Verdict(False, 0.0, "Câu trả lời quá dài, không thể đối chiếu với nguồn.")
    said = spelled(statement)
    readings = [read(source.text[:_MOST_READ], source.around[:_MOST_READ]) for source in sources]
    english = is_english(statement)
    claims = claims_of(said, english=english)
    if not english:
        readings = spoken_of(claims, readings)
    missing = [*_unquoted(said, sources), *(why for part in claims for why in not_held(part, readings))]
    count = sum(map(len, claims))
    if english:
        missing += _bodies_missing(statement, readings)
        return _verdict(missing, count + 1)
    words, found, wrong = differences(claims, readings)
    missing += wrong
    return _verdict(missing, count + words, words - found)


def _verdict(missing: Sequence[str], total: int, other: int = 0) -> Verdict:
    if not total:
        return Verdict(False, 0.0, "Câu trả lời không nêu điều gì có thể đối chiếu với nguồn.")
    held = max(0, total - len(missing) - other)
    score = round(held / total, 3)
    if missing:
        return Verdict(False, min(score, 0.99), missing[0])
    return Verdict(True, score)


def is_quote(words: str, text: str) -> bool:
    """Whether `words` stand in `text` letter by letter, after NFC and with whitespace runs alike; nothing else is forgiven.

    They must not cut through a word or a figure: "5 ngày" is no quote of "15 ngày".
    """
    return next(_places(_even(words), _even(text)), None) is not None


def _even(text: str) -> str:
    return " ".join(nfc(text).split())


def _places(wanted: str, whole: str) -> Iterator[int]:
    """Where `wanted` stands in the text without cutting through a word or a figure."""
    at = whole.find(wanted) if wanted else -1
    while at >= 0:
        if not _cuts(whole, at) and not _cuts(whole, at + len(wanted)):
            yield at
        at = whole.find(wanted, at + 1)


def _cuts(text: str, at: int) -> bool:
    """Whether a cut at `at` goes through a word or a figure."""
    if at in (0, len(text)):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    inside_before = before in ".,/-" and at > 1 and text[at - 2].isdigit() and after.isalnum()
    return inside_before or (before.isdigit() and after in ".,/-%" and text[at + 1 : at + 2].isalnum())


def _copied(statement: str, text: str) -> bool:
    """Whether the statement is copied clause by clause, its end mark aside; "…" says where something is left out.

    A copy that begins behind a negation or a condition, or ends before a condition or an exception, or in the middle of a
    clause, says something else.
    """
    pieces = [_even(piece).rstrip(".;,").rstrip() for piece in _LEFT_OUT.split(statement)]
    lines = [_even(line) for line in nfc(text).splitlines()]
    whole = " ".join(lines)
    ends = set(accumulate(len(line) + 1 for line in lines))
    last = len(pieces) - 1
    return any(pieces) and all(
        any(
            (i > 0 or _begins(whole, at, ends)) and (i < last or _ends(whole, at + len(piece), ends))
            for at in _places(piece, whole)
        )
        for i, piece in enumerate(pieces)
        if piece
    )


def _begins(whole: str, at: int, ends: Collection[int]) -> bool:
    if at and at not in ends and whole[:at].rstrip()[-1:] not in _MARKS:
        return False
    before = _CLAUSE_ENDS.split(whole[:at])[-1]
    return at in ends or not (NEGATIVE.search(before) or _IF.search(before))


def _ends(whole: str, at: int, ends: Collection[int]) -> bool:
    if at < len(whole) and at + 1 not in ends and whole[at : at + 1] not in _MARKS:
        return False
    behind = _CLAUSE_ENDS.split(whole[at:])[0]
    return at + 1 in ends or not (_EXCEPT.search(behind) or _IF.search(behind))


def is_english(statement: str) -> bool:
    """Whether the statement is written in English."""
    said = re.findall(r"[^\W\d_]+", statement.lower())
    return 5 * sum(word in _ENGLISH for word in said) >= len(said) and sum(
        not word.isascii() for word in said
    ) * 4 < len(said)


def _unquoted(said: str, sources: Sequence[Source]) -> Iterator[str]:
    """What the statement puts in quotation marks, and no source says; pieces between … are quotes of their own."""
    for _, quoted in quotations(said):
        pieces = [piece for piece in _LEFT_OUT.split(quoted) if piece.strip()]
        if not pieces or not all(
            any(is_quote(piece, spelled(text)) for source in sources for text in (source.text, source.around))
            for piece in pieces
        ):
            yield f"Lời trong ngoặc kép “{_short(quoted)}” không có nguyên văn trong nguồn dẫn."


def _bodies_missing(statement: str, readings: Sequence[Reading]) -> Iterator[str]:
    for name, vietnamese in english_names(statement):
        if not any(reading.has(" ".join(words)) for words in vietnamese for reading in readings):
            yield f"Nguồn dẫn không nhắc đến “{_short(name)}”."


def _short(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= 80 else said[:79] + "…"
