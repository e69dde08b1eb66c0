"""Bodies, places, posts and persons that a text names, as runs of words in one form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from policy_qa.answering.tokens import Kind, Token
from policy_qa.citing.kinds import KINDS
from policy_qa.reading.vietnamese import nfc, normalise_tone
from policy_qa.retrieval.lexicon import FILES, FOLDER, Lexicon, Word, word_set, words

_FIELDS: Final = frozenset({"body", "post", "place", "state", "party"})
_LONGEST: Final = 14

# After the last capital of a name these begin something else: "Bộ Công | chủ trì".
_NO_PART: Final = word_set(
    "là và hoặc của có được phải chủ phối về cho tại trong với do từ đến theo không chưa đã sẽ ban các những này thì cùng"
    " giao trình cấp để khi nên gồm tổ ở thuộc như vào còn nếu mà hay đó quy yêu hướng đề chịu thực quản tập công ký gửi"
)
_HEADS: Final = word_set(
    "bộ ban sở cục vụ viện đài tổng phòng trường ủy uỷ tòa toà ngân chi phân liên đại cơ kho chánh người phó giám chủ thủ hội đoàn đảng học trung nhà tạp báo"
)
_PLACES: Final = word_set("tỉnh thành phố huyện xã phường quận thị trấn")
_NO_NAME: Final = word_set(
    "điều khoản điểm mục chương phần luật bộ_luật theo trong mục_tiêu đề_án quyết nghị chỉ kết thông hướng công kế"
)


def names(said: Sequence[Token]) -> list[tuple[int, int]]:
    """The names in `said`, as (start, end) of their tokens, in order: known bodies first, then what bears capitals."""
    found: list[tuple[int, int]] = []
    known = _known()
    at = 0
    while at < len(said):
        end = _known_end(said, at, known) or _capital_end(said, at)
        if end is None:
            at += 1
            continue
        found.append((at, end))
        at = end
    return found


def _known_end(said: Sequence[Token], at: int, known: dict[str, set[tuple[str, ...]]]) -> int | None:
    """Where the longest known name ends that begins at `at`; its first word bears a capital."""
    if not said[at].capital:
        return None
    forms = known.get(said[at].text)
    if not forms:
        return None
    here = [token.text for token in said[at : at + _LONGEST]]
    return next((at + n for n in range(len(here), 1, -1) if tuple(here[:n]) in forms), None)


def _capital_end(said: Sequence[Token], at: int) -> int | None:
    """Where a name in capitals ends: "Võ Ngọc Hiệp", "Ban Quản lý Khu kinh tế"; at the head of a sentence two are needed."""
    if said[at].kind is not Kind.WORD or not said[at].capital or said[at].text in _NO_NAME:
        return None
    end, last, capitals = at + 1, at, 1
    while end < len(said) and said[end].kind is Kind.WORD:
        if said[end].capital:
            last, capitals = end, capitals + 1
        elif not (
            said[at].text in _HEADS
            and end == last + 1
            and end + 1 < len(said)
            and said[end + 1].capital
            and said[end + 1].kind is Kind.WORD
            and said[end].text not in _NO_PART
            and said[end].text not in _PLACES
        ):
            break
        end += 1
    end = last + 1
    head = said[at].text in _HEADS
    following = said[end] if end < len(said) else None
    if head and at + 1 < end and capitals < 4 and following is not None and following.kind is Kind.WORD:
        end += not following.capital and following.text not in _NO_PART
    opens = at == 0 or (said[at - 1].kind is Kind.MARK and said[at - 1].text in '.:;!?-“"')
    return None if capitals == 1 and (opens or head or len(said[at].text) < 2) else end


@lru_cache(maxsize=1)
def _known() -> dict[str, set[tuple[str, ...]]]:
    """The bodies, posts and places that the lexicon spells out, by their first word."""
    known: dict[str, set[tuple[str, ...]]] = {}
    for file in (FILES["abbreviation"], FILES["english"]):
        text = (FOLDER / file).read_text(encoding="utf-8")
        for line in nfc(text).splitlines():
            _, _, rest = line.partition("\t")
            spelled, _, field = rest.partition("\t")
            if field.strip() not in _FIELDS:
                continue
            for name in spelled.split(" | "):
                parts = tuple(word.lower for word in words(name))
                if len(parts) > 1 and name.strip()[:1].isupper() and not name.isupper():
                    known.setdefault(parts[0], set()).add(parts)
    return known


_KINDS: Final = re.compile("|".join(kind.name for kind in KINDS))


# --- names in English ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _english() -> Lexicon:
    return Lexicon((FOLDER,), ["english"])


def english_names(statement: str) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """The bodies that an English statement names, each with the Vietnamese names it may have, as words in one form."""
    said = words(statement)
    for found in _english().expansions(said, english=True, folded=False):
        inside: list[Word] = said[found.start : found.end]
        vietnamese = [name for name in found.alternatives if name[:1].isupper()]
        if any(_KINDS.match(name) for name in found.alternatives):
            continue
        if vietnamese and any(word.typed[:1].isupper() for word in inside):
            spelled = [tuple(word.lower for word in words(normalise_tone(name))) for name in vietnamese]
            yield " ".join(word.typed for word in inside), spelled
