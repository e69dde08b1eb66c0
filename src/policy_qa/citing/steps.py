"""Steps as written in a text, and the address that a run of them makes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policy_qa.citing.patterns import GLUED, ORDINALS, ROMAN, STEP, STEP_FORMS, StepForm, typed
from policy_qa.document import Address, Level, Step

_ROMAN_LABEL = re.compile(ROMAN)
_ORDINALS = tuple(re.compile(rf"(?:^|\s){typed(word)}$", re.IGNORECASE) for word in ORDINALS)


@dataclass(frozen=True, slots=True)
class Written:
    """A step as written: `joined` is what stands before it ("của", ","); `weak` needs a neighbour to be believed."""

    step: Step
    start: int
    end: int
    weak: bool = False
    joined: str = ""


def read_step(text: str, position: int) -> Written | None:
    """The numbered step written at `position` of `text` (NFC), if one is."""
    match = STEP.match(text, position)
    return written_of(match) if match else None


def written_of(match: re.Match[str], forms: Sequence[StepForm] = STEP_FORMS) -> Written:
    """The step that a match of `patterns.STEP` stands for, or of another pattern made of `forms`."""
    group = match.lastgroup or ""
    if group in GLUED:
        label_group, level = GLUED[group]
        return Written(Step(level, match[label_group].lower()), match.start(), match.end(), weak=True)
    form = forms[int(group[1:])]
    return Written(
        Step(form.level, form.prefix + label_of(form.level, match[f"l{group[1:]}"])),
        match.start(),
        match.end(),
        form.weak,
    )


def label_of(level: Level, typed_label: str) -> str:
    """The label as documents print it: `ii` of a section is `II`, `A` of a point is `a`, "thứ hai" of a dash is `2`."""
    label = " ".join(typed_label.split())
    spoken = len(label) > 1 and not label[0].isdigit()
    ordinal = next((i for i, word in enumerate(_ORDINALS, 1) if word.search(label)), None) if spoken else None
    if level is Level.PHAN and ordinal:
        return f"thứ {ORDINALS[ordinal - 1]}"
    if level in (Level.GACH, Level.DOAN):
        return str(ordinal) if ordinal else str(int(label))
    if level in (Level.MUC, Level.CHUONG, Level.PHAN, Level.TIEU_MUC) and label.isalpha():
        return label.upper()
    return label if level is Level.PHU_LUC else label.lower()


_ROMANS: Final = tuple(
    tens + ones
    for tens in ("", "X", "XX", "XXX")
    for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
)


def roman_range(first: str, last: str) -> list[str]:
    """The roman labels after `first` up to `last`; empty where that is no range."""
    if first not in _ROMANS or last not in _ROMANS:
        return []
    return list(_ROMANS[_ROMANS.index(first) + 1 : _ROMANS.index(last) + 1])


# --- putting steps in order ---------------------------------------------------------------------------------------

_RANK = {
    Level.PHU_LUC: 0, Level.PHAN: 1, Level.CHUONG: 2, Level.MUC: 3, Level.TIEU_MUC: 4,
    Level.DIEU: 5, Level.KHOAN: 7, Level.DIEM: 8, Level.GACH: 9, Level.DOAN: 9,
}  # fmt: skip
_CONTAINERS = (Level.PHAN, Level.CHUONG, Level.MUC, Level.TIEU_MUC)


def arrange(written: Sequence[Written]) -> Address:
    """The address of steps in the order in which they were written, be it small to large or large to small.

    Which of the two it is follows from pairs of levels whose order is fixed (a khoản never contains a điều). A roman
    Mục beside a điều lies inside it, as in decisions that approve a scheme; any other container of a điều is dropped.
    """
    inward, outward = _votes(written)
    steps = [w.step for w in written]
    if inward and outward:
        steps.sort(key=lambda step: _rank(step))
    elif outward or (not inward and _small_to_large(written)):
        steps.reverse()
    return Address(tuple(_without_containers(_sections_inside(steps))))


def _rank(step: Step) -> int:
    inside = step.level is Level.MUC and _ROMAN_LABEL.fullmatch(step.label)
    return 6 if inside or step.level is Level.DE_MUC else _RANK[step.level]


def _votes(written: Sequence[Written]) -> tuple[int, int]:
    """How many pairs of steps go inward (large to small), how many outward."""
    inward = outward = 0
    for i, first in enumerate(written):
        for second in written[i + 1 :]:
            order = compare(first.step.level, second.step.level)
            inward += order < 0
            outward += order > 0
    # "Điều 7 thuộc phần X" says it in words.
    outward += sum(1 for w in written if w.joined.strip(" ,") and not set(w.joined.strip()) <= set(",;·–- "))
    return inward, outward


def compare(first: Level, second: Level) -> int:
    """Negative when `first` always contains `second`, positive for the reverse, 0 when either may be."""
    pair = {first, second}
    if Level.DE_MUC in pair:
        smallest = {Level.GACH, Level.DOAN}
        if not pair & (smallest | {Level.PHU_LUC}):
            return 0
        return -1 if second in smallest or first is Level.PHU_LUC else 1
    if Level.DIEU in pair and pair & {Level.MUC, Level.TIEU_MUC}:
        return 0
    return _RANK[first] - _RANK[second]


def _small_to_large(written: Sequence[Written]) -> bool:
    """The order where the levels do not tell: "Mục I Điều 1", "phần X, phần Y" outward; "Điều 1 Mục I" inward."""
    return written[0].step.level is not Level.DIEU


def _sections_inside(steps: list[Step]) -> list[Step]:
    """A roman Mục right before the điều lies inside it ("Mục I Điều 1, khoản 2"), unless a chương or phần holds it."""
    for i, (outer, inner) in enumerate(itertools.pairwise(steps)):
        roman = outer.level is Level.MUC and _ROMAN_LABEL.fullmatch(outer.label)
        held = any(step.level in (Level.CHUONG, Level.PHAN) for step in steps[:i])
        if roman and inner.level is Level.DIEU and not held:
            return [*steps[:i], inner, outer, *steps[i + 2 :]]
    return steps


def _without_containers(steps: list[Step]) -> list[Step]:
    article = next((i for i, step in enumerate(steps) if step.level is Level.DIEU), 0)
    return [step for i, step in enumerate(steps) if i >= article or step.level not in _CONTAINERS]
