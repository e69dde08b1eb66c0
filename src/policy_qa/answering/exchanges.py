"""One word put in another's place: "huyện" for "tỉnh", "mỗi quý" for "mỗi năm", "thu" for "chi", "sau" for "trước"."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from policy_qa.answering.modality import STOP
from policy_qa.answering.readings import Reading, Sentence
from policy_qa.answering.tokens import Kind

# Of each group, terms of which one excludes the others; "," parts terms that mean the same.
_EXCLUDING: Final = """
tối đa, nhiều nhất, không quá, cao nhất, chậm nhất, muộn nhất | tối thiểu, ít nhất, thấp nhất, sớm nhất
tăng, tăng thêm, nâng | giảm, giảm bớt, hạ | miễn
đầu tiên, thứ nhất | cuối cùng
đầu năm | giữa năm | cuối năm
đầu quý | giữa quý | cuối quý
đầu tháng | giữa tháng | cuối tháng
ban ngày | ban đêm
buổi sáng | buổi chiều | buổi tối
mùa xuân | mùa hè, mùa hạ | mùa thu | mùa đông
mùa mưa, mùa lũ | mùa khô, mùa cạn
phía bắc | phía nam | phía đông | phía tây
hộ nghèo | hộ cận nghèo
công lập | tư thục, dân lập, ngoài công lập
nông thôn | thành thị, đô thị
trong nước | nước ngoài, ngoài nước
trực tiếp | gián tiếp | trực tuyến
tự nguyện | bắt buộc
lý thuyết | thực hành
ngắn hạn | trung hạn | dài hạn
bản chính, bản gốc | bản sao
bắt đầu | kết thúc
bằng đại học | bằng cao đẳng | bằng trung cấp | bằng thạc sĩ | bằng tiến sĩ
chủ đầu tư | nhà thầu
người lao động | người sử dụng lao động
định kỳ | đột xuất
công khai | bí mật, mật
"""
# These also mean other things, or stand side by side: they exclude each other only in the same place.
_IN_PLACE: Final = """
giây | phút | giờ | ngày | tuần | tháng | quý | năm
trung ương | tỉnh | thành phố | huyện | quận | xã | phường | thị trấn | thôn | ấp
chủ tịch | phó chủ tịch
giám đốc | phó giám đốc
trưởng ban | phó trưởng ban
trưởng phòng | phó trưởng phòng
đội trưởng | đội phó
hiệu trưởng | phó hiệu trưởng
bộ trưởng | thứ trưởng
thủ tướng | phó thủ tướng
thu | chi
cho vay | vay
mua | bán
nhập | xuất
trước | sau
trên | dưới
trong | ngoài
lớn | nhỏ
cao | thấp
nhiều | ít
đầu | giữa | cuối
sớm | muộn
nam | nữ
cấp | thu hồi
mở | đóng
cá nhân | tổ chức | tập thể
cán bộ | công chức | viên chức
luật | nghị định | nghị quyết | quyết định | thông tư | chỉ thị
đại học | cao đẳng | trung cấp | trung học
chủ trì | phối hợp
trẻ em | người lớn | người cao tuổi
một phần | toàn bộ
mới | cũ
đến | đi
"""
_PER: Final = ("mỗi", "hằng", "hàng", "từng", "/", "theo")
_UNITS: Final = ("giờ", "ngày", "tuần", "tháng", "quý", "năm")
_HALF_YEAR: Final = (("nửa", "năm"), ("sáu", "tháng"), ("6", "tháng"))
_LEAST, _ALIKE, _MOSTLY, _NEARLY, _LONGEST = 0.5, 0.9, 0.75, 0.5, 4
_BEFORE, _FEW, _COPIED = 2, 3, 0.65
_ITS_OWN, _OTHERS, _NOBODYS = "its own", "another's", ""
"""The share of a clause that a sentence must hold to be the one spoken of; how near the best it must come to be that too; how
near its sentence, for a clause to be taken instead; how near, to be heard at all; and how many words may stand in place of others."""


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or several that stand for one of the things that exclude each other; `sort` is "" for all others."""

    text: str
    sort: str = ""
    means: str = ""
    in_place: bool = False

    @property
    def key(self) -> str:
        """What is compared: terms that mean the same are the same."""
        return f"{self.sort}:{self.means}" if self.sort else self.text


def exchanged(clause: Sentence, readings: Sequence[Reading]) -> str | None:
    """The word of a clause that stands where the sentence it speaks of has one that excludes it; None where none does.

    Several sentences may be the one that is meant: one that agrees is enough.
    """
    said = _terms(clause)
    if not any(term.sort for term in said):
        return None
    parts = [part for reading in readings for source in reading.sentences for part in _candidates(said, source)]
    best = max((fit for fit, _ in parts), default=0.0)
    if best < _LEAST:
        return None
    meant = [part for fit, part in parts if fit >= _ALIKE * best]
    near = [part for fit, part in parts if fit >= _NEARLY * best]
    around = {term.key for reading in readings for source in reading.around for term in _terms(source)}
    told = {term.key for part in near for term in part if term.sort} | around
    sorts = {term.sort for part in meant for term in part if term.sort}
    foreign = next((t for t in said if t.sort and not t.in_place and t.key not in told and t.sort in sorts), None)
    if foreign is not None:
        return foreign.text
    firm = {term.key for term in said if term.sort and not term.in_place} - around
    swaps = [next(_swapped(said, part), None) or _excluded(said, part, firm) for part in meant]
    agrees = any(not swap and firm <= {t.key for t in part} for swap, part in zip(swaps, meant, strict=True))
    return None if agrees else next((swap for swap in swaps if swap), None)


def _excluded(said: Sequence[_Term], source: Sequence[_Term], firm: Collection[str]) -> str | None:
    """The term of which the source has another of its sort, and none that the clause has, too."""
    for term in said:
        theirs = {other.key for other in source if other.sort == term.sort}
        if term.key in firm and theirs and not theirs & {other.key for other in said if other.sort == term.sort}:
            return term.text
    return None


def replaced(clause: Sentence, readings: Sequence[Reading]) -> str | None:
    """The word that no source has and that stands in a near copy of a sentence in the place of another; None where none does.

    Who retells in other words also orders them otherwise; who only changes a word tells something else.
    """
    known = {word for r in readings for s in r.all for word in (*s.words, *s.modality.meant)}
    strange = clause.words - known
    if not strange:
        return None
    said = [token.text for token in clause.tokens]
    for source in (source for reading in readings for source in reading.sentences):
        other = [token.text for token in source.tokens]
        matcher = SequenceMatcher(None, said, other, autojunk=False)
        if sum(block.size for block in matcher.get_matching_blocks()) < _COPIED * len(said):
            continue
        for tag, start, end, its_start, its_end in matcher.get_opcodes():
            count, room = sum(word[0].isalnum() for word in said[start:end]), its_end - its_start
            if tag == "replace" and count <= _FEW and (end - start == room or (end >= len(said) - 1 and count <= room)):
                pairs = zip(said[start:end], other[its_start:its_end], strict=False)
                if any(word in strange and its in source.words for word, its in pairs):
                    return " ".join(word for word in said[start:end] if word[0].isalnum())
    return None


def _candidates(said: Sequence[_Term], source: Sentence) -> list[tuple[float, list[_Term]]]:
    """The sentence with how much of the clause it holds; in its place those of its clauses that hold nearly as much."""
    whole = _terms(source)
    fit = _fit(said, whole)
    clauses = [(_fit(said, part), part) for part in map(_terms, source.clauses)]
    return [found for found in clauses if fit and found[0] >= _MOSTLY * fit] or [(fit, whole)]


def _fit(said: Sequence[_Term], source: Sequence[_Term]) -> float:
    keys = _telling(said)
    return len(keys & _telling(source)) / len(keys) if keys else 0.0


def _telling(terms: Sequence[_Term]) -> set[str]:
    return {term.key for term in terms if term.sort or (term.text[0].isalnum() and term.text not in STOP)}


def _swapped(said: Sequence[_Term], source: Sequence[_Term]) -> Iterator[str]:
    """The terms that stand in the place of one that excludes them: between the same words, or before the same word."""
    one, other = [term.key for term in said], [term.key for term in source]
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for tag, start, end, its_start, its_end in matcher.get_opcodes():
        if tag == "replace" and max(end - start, its_end - its_start) <= _LONGEST:
            yield from _differing(said[start:end], source[its_start:its_end])
    for at, term in enumerate(said):
        if not term.sort or any(its.sort == term.sort and its.key != term.key for its in said):
            continue  # a clause that has both tells of both
        places = {_place(one, at, other, source, way) for way in (-_BEFORE, 1)}
        if places & {_OTHERS} and not places & {_ITS_OWN}:
            yield term.text


def _place(said: Sequence[str], at: int, other: Sequence[str], source: Sequence[_Term], way: int) -> str:
    """Whose place it is in the source that the words beside a term tell (`way` of them, before it where negative)."""
    beside = said[at + way : at] if way < 0 else said[at + 1 : at + 1 + way]
    if way < 0 and at < -way:
        return _NOBODYS
    if len(beside) != abs(way) or not any(word[0].isalnum() and word not in STOP for word in beside):
        return _NOBODYS
    sort = said[at].rpartition(":")[0]
    found = {
        other[its]
        for its, term in enumerate(source)
        if term.sort == sort
        and (other[max(0, its + way) : its] if way < 0 else other[its + 1 : its + 1 + way]) == beside
    }
    return _ITS_OWN if found == {said[at]} else _OTHERS if found and said[at] not in found else _NOBODYS


def _differing(said: Sequence[_Term], source: Sequence[_Term]) -> Iterator[str]:
    """The terms of which both sides have one of a sort, and not the same."""
    for term in said:
        same = [other for other in said if term.sort and other.sort == term.sort]
        theirs = [other for other in source if other.sort == term.sort]
        if len(same) == len(theirs) == 1 and theirs[0].means != term.means:
            yield term.text


def _terms(sentence: Sentence) -> list[_Term]:
    """The words of a sentence, those that belong together as one."""
    texts = [token.text for token in sentence.tokens]
    table, found, at = _table(), [], 0
    while at < len(texts):
        term, taken = _per(texts, at) or _known(texts, at, table) or (_Term(texts[at]), 1)
        following = sentence.tokens[at + 1].kind if at + 1 < len(texts) else Kind.MARK
        if texts[at] in _UNITS and taken == 1 and following in (Kind.FIGURE, Kind.DATE):
            term = _Term(texts[at])  # "năm 2031", "tháng 3"
        found.append(term)
        at += taken
    return found


def _per(texts: list[str], at: int) -> tuple[_Term, int] | None:
    """How often, or for how long, something is so: "mỗi năm", "hằng năm", "/năm", "nửa năm"."""
    pair = tuple(texts[at : at + 2])
    if len(pair) == 2 and pair in _HALF_YEAR and (pair[0] == "nửa" or texts[at + 2 : at + 4] == ["một", "lần"]):
        return _Term(" ".join(pair), "mỗi", "nửa năm"), 2
    if len(pair) == 2 and pair[0] in _PER and pair[1] in _UNITS and not (pair[0] == "theo" and pair[1] == "năm"):
        return _Term(" ".join(pair), "mỗi", pair[1]), 2
    return None


def _known(
    texts: list[str], at: int, table: dict[str, list[tuple[tuple[str, ...], _Term]]]
) -> tuple[_Term, int] | None:
    for parts, term in table.get(texts[at], ()):
        if tuple(texts[at : at + len(parts)]) == parts:
            return term, len(parts)
    return None


@lru_cache(maxsize=1)
def _table() -> dict[str, list[tuple[tuple[str, ...], _Term]]]:
    """The terms by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], _Term]]] = {}
    for groups, in_place in ((_EXCLUDING, False), (_IN_PLACE, True)):
        for line in filter(None, groups.splitlines()):
            for means in line.split(" | "):
                for text in means.split(", "):
                    parts = tuple(text.split())
                    table.setdefault(parts[0], []).append((parts, _Term(text, line, means, in_place)))
    for terms in table.values():
        terms.sort(key=lambda item: -len(item[0]))
    return table
