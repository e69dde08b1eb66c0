"""Runs of steps in a text, "khoản 1 và khoản 3 Điều 5", and the addresses that they write."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from policy_qa.citing.patterns import (
    CONJUNCTION,
    FREE_PART,
    GLUED,
    JOIN,
    LIST_ITEM,
    OWN_PART,
    OWN_PARTS,
    RANGE_WORDS,
    STEP,
    THIS_STEP,
    typed,
)
from policy_qa.citing.steps import Written, arrange, compare, label_of, read_step, written_of
from policy_qa.document import Address, Level, Span, Step

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LONGEST_RANGE = 40
_LONGEST_RUN = 80
_LONGEST_HEADING = 160


@dataclass(frozen=True, slots=True)
class Chain:
    """Addresses written in one run; `believable` is False where only weak forms stand alone ("k 2")."""

    span: Span
    addresses: tuple[Address, ...]
    relative: str | None = None
    believable: bool = True
    headings: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Item:
    """A step with all its labels ("điểm a, b"), and how it is joined to the one before."""

    written: Written
    labels: list[str] = field(default_factory=list)
    end: int = 0
    heading: bool = False
    new: bool = False
    """Whether a conjunction before it begins another address."""

    @property
    def level(self) -> Level:
        return self.written.step.level

    def each(self) -> list[Written]:
        return [replace(self.written, step=Step(self.level, label)) for label in self.labels]


def chains(text: str, documents: Sequence[Span], document_starts: Collection[int]) -> list[Chain]:
    """All runs of steps in `text` (NFC) outside the `documents`' names, in order."""
    found: list[Chain] = []
    run: list[_Item] = []
    for item in _items(text, documents, document_starts):
        between = text[run[-1].end : item.written.start] if run else ""
        conjunction = CONJUNCTION.fullmatch(between)
        if not run or len(run) == _LONGEST_RUN or not (conjunction or JOIN.fullmatch(between)):
            found += _chain(text, run)
            run = [item]
        elif not (conjunction and _extends_range(run[-1], item, conjunction["word"])):
            item.written = replace(item.written, joined=between)
            item.new = conjunction is not None
            run.append(item)
    return found + _chain(text, run)


def _grouped(run: Sequence[_Item]) -> list[list[_Item]]:
    """The items of each address of a list: split at "và" and ";", where a level comes again, and at some commas."""
    groups: list[list[_Item]] = []
    for i, item in enumerate(run):
        levels = {known.level for known in groups[-1]} if groups else set()
        repeated = item.level in levels and item.level not in _NESTING
        if not groups or item.new or repeated or ("," in item.written.joined and _opens(run, i, levels)):
            groups.append([item])
        else:
            groups[-1].append(item)
    return groups


def _opens(run: Sequence[_Item], index: int, levels: set[Level]) -> bool:
    """Whether the item after a comma begins an address of its own, and does not go deeper into the one before.

    "khoản 6, điểm c khoản 7": a khoản comes again, so điểm c is not of khoản 6. "Điều 1, Mục I, khoản 2" goes deeper.
    """
    following = itertools.takewhile(lambda item: not item.new, run[index + 1 :])
    return any(item.level in levels and item.level not in _NESTING for item in following)


_NESTING = (Level.GACH, Level.DE_MUC)


def _extends_range(last: _Item, item: _Item, word: str) -> bool:
    """Whether "khoản 1 đến khoản 3" makes one item of two; if so `last` takes the labels."""
    if last.level is not item.level or not RANGE_WORDS.fullmatch(word):
        return False
    last.labels += _range(last.labels[-1], item.labels[0]) + item.labels[1:]
    last.end = item.end
    return True


def _range(first: str, last: str) -> list[str]:
    """The labels after `first` up to `last`, numbers or point letters; `last` alone where that is no range."""
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) <= _LONGEST_RANGE:
        return [str(n) for n in range(int(first) + 1, int(last) + 1)]
    if len(first) == len(last) == 1 and first in _LETTERS and last in _LETTERS:
        start, end = _LETTERS.index(first), _LETTERS.index(last)
        if start < end:
            return list(_LETTERS[start + 1 : end + 1])
    return [last]


# --- steps in the text --------------------------------------------------------------------------------------------


def _items(text: str, documents: Sequence[Span], document_starts: Collection[int]) -> list[_Item]:
    headings = _headings(text, document_starts)
    spans = [*documents, *(Span(heading.written.start, heading.end) for heading in headings)]
    hidden = {offset for span in spans for offset in range(span.start, span.end)}
    items: list[_Item] = list(headings)
    for own in OWN_PART.finditer(text):
        label = next(part for part in OWN_PARTS if re.fullmatch(typed(part), own["label"], re.IGNORECASE))
        written = Written(Step(Level.DE_MUC, label), own.start(), own.end())
        items.append(_Item(written, [label], own.end()))
    items.extend(_with_list(text, written_of(m), glued=m.lastgroup in GLUED) for m in STEP.finditer(text))
    items.sort(key=lambda item: (item.written.start, -item.end))
    kept: list[_Item] = []
    for item in items:
        inside = item.written.start in hidden and not item.heading
        if not inside and not (kept and item.written.start < kept[-1].end):
            kept.append(item)
    return kept


def _with_list(text: str, written: Written, *, glued: bool) -> _Item:
    """The step and the further labels of its list: "điểm a, b và c", "khoản 1 đến 3"."""
    item = _Item(written, [written.step.label], written.end)
    kind = _label_kind(written.step.label)
    while not glued and written.step.level not in (Level.PHU_LUC, Level.DOAN):
        more = LIST_ITEM.match(text, item.end)
        if not more:
            break
        label = label_of(written.step.level, more["label"])
        if _label_kind(label) != kind:
            break
        ranged = RANGE_WORDS.fullmatch(more["join"])
        item.labels += _range(item.labels[-1], label) if ranged else [label]
        item.end = more.end()
    return item


def _label_kind(label: str) -> str:
    if label[0].isdigit():
        return "number"
    return "roman" if label.isupper() else "letter"


def _headings(text: str, document_starts: Collection[int]) -> list[_Item]:
    """Unnumbered headings as citations write them, "phần Mục tiêu cụ thể, Điều 1": up to a comma before what is larger."""
    found: list[_Item] = []
    for head in FREE_PART.finditer(text):
        if not text[head.end()].isupper() or (found and head.start() < found[-1].end):
            continue
        limit = min(len(text), head.end() + _LONGEST_HEADING)
        for comma in re.finditer(r",[^\S\n]+|\n", text[head.end() : limit]):
            at = head.end() + comma.end()
            if "\n" in comma.group():
                break
            step = read_step(text, at)
            part = FREE_PART.match(text, at)
            larger = (step and not step.weak) or (part and text[part.end()].isupper())
            if at in document_starts or larger or OWN_PART.match(text, at):
                end = head.end() + comma.start()
                label = " ".join(text[head.end() : end].split()).casefold()
                written = Written(Step(Level.DE_MUC, label), head.start(), end)
                found.append(_Item(written, [label], end, heading=True))
                break
    return found


# --- addresses of a run -------------------------------------------------------------------------------------------


def _chain(text: str, items: list[_Item]) -> list[Chain]:
    """The run made of `items`; nothing for no items."""
    if not items:
        return []
    groups = _grouped(items)
    end = items[-1].end
    join = JOIN.match(text, end)
    this = THIS_STEP.match(text, join.end()) if join else None
    addresses = [
        arrange(steps)
        for i, group in enumerate(groups)
        for steps in itertools.product(*(item.each() for item in _completed(groups, i, group)))
    ]
    believable = this is not None or len(items) > 1 or not items[0].written.weak
    return [
        Chain(
            Span(items[0].written.start, this.end() if this else end),
            tuple(dict.fromkeys(addresses)),
            _relative(this) if this else None,
            believable,
            tuple(Span(item.written.start, item.end) for item in items if item.heading),
        )
    ]


def _relative(match: re.Match[str]) -> str:
    head = match.group().split()[:-1]
    level = next(level for level in Level if re.fullmatch(typed(level.value), " ".join(head), re.IGNORECASE))
    return f"{level} này"


def _completed(groups: list[list[_Item]], index: int, group: list[_Item]) -> list[_Item]:
    """`group` with the larger steps that it shares: "khoản 1 [Điều 5] và khoản 3 Điều 5", "Điều 5 khoản 1 và [Điều 5] khoản 3"."""
    if any(item.level is Level.DIEU for item in group):
        return group
    for other in groups[index + 1 :]:
        shared = _larger(other, group)
        if shared:
            return [*group, *shared]
    for other in reversed(groups[:index]):
        shared = _larger(other, group)
        if shared:
            return [*shared, *group]
    return group


def _larger(other: list[_Item], group: list[_Item]) -> list[_Item]:
    levels = {item.level for item in group}
    return [
        item for item in other if item.level not in levels and all(compare(item.level, level) <= 0 for level in levels)
    ]
