"""Must, may, must not, not, not yet: what a sentence says of which of its words, and where two sentences disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from policy_qa.answering.tokens import Kind, Token
from policy_qa.retrieval.lexicon import word_set


class Mode(StrEnum):
    """How a word is meant; `PLAIN` is stated as it is."""

    PLAIN = ""
    MUST = "phải"
    NEED = "cần"
    DUTY = "có trách nhiệm"
    MAY = "có thể"
    GETS = "được"
    SHOULD = "nên"
    MUST_NOT = "không được"
    NOT = "không"
    NEED_NOT = "không phải"
    NOT_YET = "chưa"


_PHRASES: Final = (
    ("không được phép", Mode.MUST_NOT), ("không được", Mode.MUST_NOT), ("nghiêm cấm", Mode.MUST_NOT),
    ("bị nghiêm cấm", Mode.MUST_NOT), ("bị cấm", Mode.MUST_NOT), ("cấm", Mode.MUST_NOT),
    ("không cho phép", Mode.MUST_NOT), ("không có quyền", Mode.MUST_NOT),
    ("không phải", Mode.NEED_NOT), ("không bắt buộc", Mode.NEED_NOT), ("không nhất thiết", Mode.NEED_NOT),
    ("không cần", Mode.NEED_NOT), ("không thể", Mode.NOT), ("không còn", Mode.NOT), ("không nên", Mode.NOT), ("không", Mode.NOT),
    ("chẳng", Mode.NOT), ("chưa được", Mode.NOT_YET), ("chưa", Mode.NOT_YET),
    ("phải", Mode.MUST), ("bắt buộc", Mode.MUST), ("buộc", Mode.MUST), ("cần phải", Mode.MUST),
    ("có nghĩa vụ", Mode.MUST), ("cần", Mode.NEED),
    ("có trách nhiệm", Mode.DUTY), ("chịu trách nhiệm", Mode.DUTY), ("có nhiệm vụ", Mode.DUTY),
    ("yêu cầu", Mode.DUTY), ("nguyên tắc", Mode.DUTY),
    ("có thể", Mode.MAY), ("được phép", Mode.MAY), ("chỉ được", Mode.GETS), ("được quyền", Mode.MAY), ("có quyền", Mode.MAY),
    ("cho phép", Mode.MAY), ("được", Mode.GETS), ("nên", Mode.SHOULD), ("khuyến khích", Mode.SHOULD),
    # No modes: bounds of figures, and words that only look so.
    ("không quá", None), ("không được quá", None), ("không được vượt quá", None), ("không dưới", None), ("không trên", None), ("không ít hơn", None), ("không thấp hơn", None),
    ("không vượt quá", None), ("không nhiều hơn", None), ("không lớn hơn", None), ("không cao hơn", None),
    ("chưa đến", None), ("chưa đầy", None), ("không chỉ", None), ("không những", None), ("không gian", None),
    ("không quân", None), ("không khí", None), ("không lưu", None), ("không ngừng", None), ("hàng không", None),
    ("phòng không", None), ("bên phải", None), ("lẽ phải", None), ("phải trái", None), ("khối phải", None),
    ("trở nên", None), ("tạo nên", None), ("làm nên", None), ("gây nên", None), ("dựng nên", None),
    ("hay không", None), ("hoặc không", None), ("được mùa", None), ("đạt được", None), ("có được", None),
    ("nhận được", None), ("cần thiết", None), ("nhu cầu", None), ("buộc tội", None), ("ràng buộc", None),
)  # fmt: skip


def _table() -> dict[str, list[tuple[tuple[str, ...], Mode | None]]]:
    table: dict[str, list[tuple[tuple[str, ...], Mode | None]]] = {}
    for phrase, mode in sorted(_PHRASES, key=lambda item: -len(item[0].split())):
        parts = tuple(phrase.split())
        table.setdefault(parts[0], []).append((parts, mode))
    return table


_TABLE: Final = _table()
# After these the mode of what stood before is over.
_ENDS: Final = word_set("nhưng song còn mà để nhằm nếu khi thì trừ trong_khi")
_SAME: Final = {
    frozenset(pair)
    for pair in (
        (Mode.PLAIN, Mode.DUTY), (Mode.PLAIN, Mode.GETS), (Mode.MAY, Mode.GETS), (Mode.MUST, Mode.DUTY),
        (Mode.MUST, Mode.NEED), (Mode.NEED, Mode.DUTY), (Mode.DUTY, Mode.GETS), (Mode.NOT, Mode.MUST_NOT),
        (Mode.NOT, Mode.NEED_NOT),
    )
}  # fmt: skip
_WEAK: Final = frozenset({Mode.PLAIN, Mode.DUTY, Mode.GETS})
_NEGATIVE: Final = frozenset({Mode.NOT, Mode.NOT_YET, Mode.MUST_NOT})
_HEADS: Final = 3

STOP: Final = word_set(
    "và là của có các những cho tại trong với do từ đến theo về này đó khi thì mà để ở vào ra như cũng đã sẽ đang bằng trên"
    " vòng tối đa thiểu khoảng kể"
    " bởi hoặc hay được việc nhằm cùng rằng một gồm bao nêu rõ ghi văn bản nội dung đối còn nếu vì nên sự lại đây"
)
"""Words that carry no claim of their own."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One word of modality: where it stands, and the content words that it says something of, nearest first."""

    mode: Mode
    at: int
    parts: tuple[tuple[str, ...], ...]
    """The words by the items of the list that they make: "không được A, B và C"."""

    @property
    def scope(self) -> tuple[str, ...]:
        """All the words."""
        return tuple(word for part in self.parts for word in part)

    @property
    def heads(self) -> tuple[str, ...]:
        """The words that follow at once."""
        return self.scope[:_HEADS]


@dataclass(slots=True)
class Modality:
    """What a sentence says of its words: the markers in order, and for every content word, figure or date how it is meant."""

    markers: list[Marker] = field(default_factory=list)
    meant: dict[str, set[Mode]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    """The tokens that are markers, not content."""


def modality(said: Sequence[Token]) -> Modality:
    """Reads the negation and modality of one sentence."""
    return _Reader(said).read()


class _Reader:
    """Goes through a sentence once; what a marker says holds until the next one, or until a word that ends it."""

    def __init__(self, said: Sequence[Token]) -> None:
        self._said = said
        self._found = Modality()
        self._mode = Mode.PLAIN
        self._parts: list[list[str]] = [[]]
        self._marker: tuple[Mode, int] | None = None

    def read(self) -> Modality:
        said = self._said
        if not any(token.text in _TABLE for token in said):
            self._found.meant = {t.text: {Mode.PLAIN} for t in said if t.kind is not Kind.MARK and t.text not in STOP}
            return self._found
        at = 0
        while at < len(said):
            phrase = _phrase(said, at) if said[at].text in _TABLE and said[at].kind is Kind.WORD else None
            if phrase is not None:
                length, mode = phrase
                if mode is not None:
                    self._mark(at, length, mode)
                at += length
                continue
            self._word(at)
            at += 1
        self._close()
        return self._found

    def _mark(self, at: int, length: int, mode: Mode) -> None:
        self._found.taken.update(range(at, at + length))
        # "phải được", "có thể được"; "không yêu cầu", "phải chịu trách nhiệm": the first one tells
        denies = mode in _NEGATIVE and self._mode not in _NEGATIVE  # "phải chưa có nhà ở"
        beside = self._marker is not None and not self._parts[0] and not denies
        word = self._said[at].text
        if self._mode not in _WEAK and (mode is Mode.GETS or beside) and word != "chỉ":
            return
        self._close()
        self._mode, self._marker = mode, (mode, at)
        if word == "bị":  # "Việc cản trở kiểm định viên bị nghiêm cấm"
            before = [t.text for t in self._said[:at] if t.kind is Kind.WORD and t.text not in STOP]
            self._parts = [before, []]
            self._found.meant.update((word, {mode}) for word in before)

    def _word(self, at: int) -> None:
        token = self._said[at]
        following = self._said[at + 1] if at + 1 < len(self._said) else None
        new_subject = token.text == "," and following is not None and following.capital
        if token.text in _ENDS or token.text == ";" or new_subject:
            self._close()
            self._mode = Mode.PLAIN
        elif token.text in (",", "và", "hoặc"):
            self._parts.append([])
        elif token.kind is not Kind.MARK and token.text not in STOP:
            self._parts[-1].append(token.text)
            self._found.meant.setdefault(token.text, set()).add(self._mode)

    def _close(self) -> None:
        parts = tuple(tuple(part) for part in self._parts if part)
        if self._marker is not None and parts:
            self._found.markers.append(Marker(*self._marker, parts))
        self._marker = None
        self._parts = [[]]


def _phrase(said: Sequence[Token], at: int) -> tuple[int, Mode | None] | None:
    for parts, mode in _TABLE.get(said[at].text, ()):
        if all(at + i < len(said) and said[at + i].text == part for i, part in enumerate(parts)):
            return len(parts), mode
    return None


def agree(one: Mode, other: Mode) -> bool:
    """Whether two modes may stand for each other: "phải" and "có trách nhiệm", not "phải" and "có thể"."""
    return one is other or frozenset((one, other)) in _SAME


def disagreement(statement: Modality, source: Modality, lead: Mode = Mode.PLAIN) -> Mode | None:
    """The mode that only one of two sentences gives to words that both have; None where they agree.

    `lead` may be what the words above the source's sentence give to it.
    """
    for marker in statement.markers:
        if marker.mode not in _WEAK and not _given(marker, source, lead):
            return marker.mode
    for marker in source.markers:
        if marker.mode not in _WEAK and not all(_kept(marker.mode, part, statement, source) for part in marker.parts):
            return marker.mode
    return None


def _given(marker: Marker, source: Modality, lead: Mode) -> bool:
    """Whether the source gives the mode to the words right behind the marker, else to most that it governs."""

    def right(word: str) -> bool:
        return any(agree(marker.mode, mode) for mode in (*source.meant[word], lead))

    heads = [word for word in marker.heads if word in source.meant]
    if heads and (right(heads[0]) or 2 * sum(map(right, heads)) >= len(heads)):
        return True
    if any(not right(word) and Mode.PLAIN not in source.meant[word] for word in heads):
        return False
    # "cấm đảng viên chia sẻ thông tin": who it is said to may stand between
    scope = [word for word in marker.scope if word in source.meant]
    return bool(scope) and 2 * sum(map(right, scope)) >= len(scope)


def _kept(mode: Mode, part: Sequence[str], statement: Modality, source: Modality) -> bool:
    """Whether the statement, where it has the part's first words, means them as the source does."""
    heads = part[:_HEADS]
    shared = [word for word in heads if word in statement.meant]
    if 2 * len(shared) <= len(heads) or heads[0] not in statement.meant:
        return True

    told = [word for word in shared if len(source.meant[word]) == 1]
    if not told:  # meant in two ways by the source: "Người được ủy quyền không được ủy quyền lại"
        return any(agree(marker.mode, mode) for marker in statement.markers if marker.mode not in _WEAK)
    every = [word for word in part if word in statement.meant and len(source.meant[word]) == 1]

    def kept(words: Sequence[str]) -> int:
        return sum(any(agree(mode, other) for other in statement.meant[word]) for word in words)

    return kept(told[:1]) == 1 or 2 * kept(told) > len(told) or 2 * kept(every) > len(every)
