"""Runs of steps in a text, "khoản 1 và khoản 3 Điều 5", and the addresses that they write."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from policy_qa.citing.patterns import (
    CONJUNCTION,
    FORM_PREFIX,
    FORMAL_CONJUNCTION,
    FORMAL_FORMS,
    FORMAL_JOIN,
    FORMAL_LIST_ITEM,
    FORMAL_STEP,
    FREE_PART,
    GLUED,
    JOIN,
    LIST_ITEM,
    OWN_PART,
    OWN_PARTS,
    RANGE_WORDS,
    STEP,
    STEP_FORMS,
    THIS_STEP,
    StepForm,
    typed,
)
from policy_qa.citing.steps import Written, arrange, compare, label_of, read_step, roman_range, written_of
from policy_qa.document import Address, Level, Span, Step

_LETTERS = "abcdđeghiklmnopqrstuvxy"
_LONGEST_RANGE = 40
_LONGEST_RUN = 80
_LONGEST_HEADING = 160
_LONGEST_GAP = 80
_MOST_LABELS, _MOST_ADDRESSES = 100, 400
"""Bounds that no honest text reaches; they keep a hostile one from taking time and memory."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Addresses written in one run; `believable` is False where only weak forms stand alone ("k 2").

    `relatives` says for each address by which word it is tied to the place where it stands ("điều này"), if by one: in
    "khoản 1 Điều 3 và khoản 2 Điều này" only the second is.
    """

    span: Span
    addresses: tuple[Address, ...]
    relatives: tuple[str | None, ...]
    believable: bool = True
    headings: tuple[Span, ...] = ()

    @property
    def is_relative(self) -> bool:
        """Whether the run ends with "này", so that no document follows it."""
        return any(self.relatives)


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


@dataclass(frozen=True, slots=True)
class Grammar:
    """How steps are written: by people who ask (any spelling, free headings), or in official texts."""

    step: re.Pattern[str]
    forms: Sequence[StepForm]
    list_item: re.Pattern[str]
    join: re.Pattern[str]
    conjunction: re.Pattern[str]
    free: bool
    """Whether unnumbered parts ("phần Mục tiêu cụ thể, Điều 1") are read."""


ASKED: Final = Grammar(STEP, STEP_FORMS, LIST_ITEM, JOIN, CONJUNCTION, free=True)
FORMAL: Final = Grammar(FORMAL_STEP, FORMAL_FORMS, FORMAL_LIST_ITEM, FORMAL_JOIN, FORMAL_CONJUNCTION, free=False)


def chains(
    text: str, documents: Sequence[Span], document_starts: Collection[int], grammar: Grammar = ASKED
) -> list[Chain]:
    """All runs of steps in `text` (NFC) outside the `documents`' names, in order."""
    found: list[Chain] = []
    run: list[_Item] = []
    for item in _items(text, documents, document_starts, grammar):
        between = text[run[-1].end : item.written.start] if run else ""
        near = run and len(run) < _LONGEST_RUN and len(between) <= _LONGEST_GAP
        conjunction = grammar.conjunction.fullmatch(between) if near else None
        if not near or not (conjunction or grammar.join.fullmatch(between)):
            found += _chain(text, run, grammar)
            run = [item]
        elif not (conjunction and _extends_range(run[-1], item, conjunction["word"])):
            item.written = replace(item.written, joined=between)
            item.new = conjunction is not None
            run.append(item)
    return found + _chain(text, run, grammar)


def _grouped(run: Sequence[_Item], *, formal: bool) -> list[list[_Item]]:
    """The items of each address of a list: split at "và" and ";", where a level comes again, and at some commas."""
    groups: list[list[_Item]] = []
    for i, item in enumerate(run):
        levels = {known.level for known in groups[-1]} if groups else set()
        repeated = item.level in levels and item.level not in _NESTING
        listed = formal and "," in item.written.joined and (run[i - 1].level, item.level) not in _GO_ON
        inward = i > 0 and compare(run[i - 1].level, item.level) < 0
        opens = ("," in item.written.joined or inward) and _opens(run, i, levels)
        if not groups or item.new or repeated or listed or opens:
            groups.append([item])
        else:
            groups[-1].append(item)
    return groups


def _opens(run: Sequence[_Item], index: int, levels: set[Level]) -> bool:
    """Whether the item begins an address of its own, and does not go deeper into the one before.

    "khoản 6, điểm c khoản 7": a khoản comes again, so điểm c is not of khoản 6; nor are khoản 1 and 2 of Điều 5 in "Điều 5,
    khoản 1 và khoản 2 Điều 6". "Điều 1, Mục I, khoản 2" goes deeper, and "Điều 5, khoản 1 và Điều 6" does.
    """
    for item in run[index + 1 :]:
        if item.level in levels and item.level not in _NESTING:
            return not item.new and "," not in item.written.joined
    return False


_NESTING = (Level.GACH, Level.DE_MUC)
_GO_ON = frozenset({
    (Level.DIEM, Level.KHOAN), (Level.DIEM, Level.DIEU), (Level.DIEM, Level.MUC), (Level.KHOAN, Level.DIEU),
    (Level.KHOAN, Level.MUC), (Level.DIEU, Level.KHOAN), (Level.KHOAN, Level.DIEM), (Level.TIEU_MUC, Level.MUC),
    (Level.MUC, Level.CHUONG), (Level.MUC, Level.PHAN), (Level.CHUONG, Level.PHAN), (Level.MUC, Level.PHU_LUC),
    (Level.PHAN, Level.PHU_LUC), (Level.CHUONG, Level.PHU_LUC), (Level.GACH, Level.DIEM), (Level.GACH, Level.KHOAN),
    (Level.DOAN, Level.KHOAN), (Level.DOAN, Level.DIEM), (Level.DOAN, Level.DIEU),
})  # fmt: skip
"""Levels that a comma does not part in an official text: "điểm a, khoản 2, Điều 5" is one place, "Mục 2, Điều 4" is two."""


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
    if first.isupper() and last.isupper() and (roman := roman_range(first, last)):
        return roman
    if len(first) == len(last) == 1 and first in _LETTERS and last in _LETTERS:
        start, end = _LETTERS.index(first), _LETTERS.index(last)
        if start < end:
            return list(_LETTERS[start + 1 : end + 1])
    return [last]


# --- steps in the text --------------------------------------------------------------------------------------------


def _items(text: str, documents: Sequence[Span], document_starts: Collection[int], grammar: Grammar) -> list[_Item]:
    headings = _headings(text, document_starts) if grammar.free else []
    spans = [*documents, *(Span(heading.written.start, heading.end) for heading in headings)]
    hidden = bytearray(len(text) + 1)
    for span in spans:
        hidden[span.start : span.end] = b"\1" * len(span)
    items: list[_Item] = list(headings)
    for own in OWN_PART.finditer(text) if grammar.free else ():
        label = next(part for part in OWN_PARTS if re.fullmatch(typed(part), own["label"], re.IGNORECASE))
        written = Written(Step(Level.DE_MUC, label), own.start(), own.end())
        items.append(_Item(written, [label], own.end()))
    for match in grammar.step.finditer(text):
        written = written_of(match, grammar.forms)
        items.append(_with_list(text, written, grammar, glued=match.lastgroup in GLUED))
    items.sort(key=lambda item: (item.written.start, -item.end))
    kept: list[_Item] = []
    for item in items:
        inside = hidden[item.written.start] and not item.heading
        if not inside and not (kept and item.written.start < kept[-1].end):
            kept.append(item)
    return kept


def _with_list(text: str, written: Written, grammar: Grammar, *, glued: bool) -> _Item:
    """The step and the further labels of its list: "điểm a, b và c", "khoản 1 đến 3"."""
    item = _Item(written, [written.step.label], written.end)
    prefix = FORM_PREFIX if written.step.label.startswith(FORM_PREFIX) else ""
    kind = _label_kind(written.step.label.removeprefix(prefix))
    single = (Level.PHU_LUC, Level.DOAN) if grammar.free else (Level.DOAN,)
    while not glued and written.step.level not in single and len(item.labels) < _MOST_LABELS:
        more = grammar.list_item.match(text, item.end)
        if not more:
            break
        label = label_of(written.step.level, more["label"])
        if _label_kind(label) != kind:
            break
        ranged = RANGE_WORDS.fullmatch(more["join"])
        more_labels = _range(item.labels[-1].removeprefix(prefix), label) if ranged else [label]
        item.labels += [prefix + one for one in more_labels]
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


_THIS = "này"


def _chain(text: str, items: list[_Item], grammar: Grammar) -> list[Chain]:
    """The run made of `items`; nothing for no items."""
    if not items:
        return []
    join = grammar.join.match(text, items[-1].end)
    this = THIS_STEP.match(text, join.end()) if join else None
    if this:
        # "Điều này" takes its place in the run like any step, so that it completes those before it.
        written = Written(Step(_level(this), _THIS), this.start(), this.end(), joined=join.group() if join else "")
        items = [*items, _Item(written, [_THIS], this.end())]
    groups = _grouped(items, formal=not grammar.free)
    written_addresses = (
        arrange(steps)
        for i, group in enumerate(groups)
        for steps in itertools.product(*(item.each() for item in _completed(groups, i, group)))
    )
    told = map(_relative, itertools.islice(written_addresses, _MOST_ADDRESSES))
    addresses = dict.fromkeys(address for address in told if address[0])
    return [
        Chain(
            Span(items[0].written.start, items[-1].end),
            tuple(address for address, _ in addresses),
            tuple(relative for _, relative in addresses),
            this is not None or len(items) > 1 or not items[0].written.weak,
            tuple(Span(item.written.start, item.end) for item in items if item.heading),
        )
    ]


def _level(match: re.Match[str]) -> Level:
    head = " ".join(match.group().split()[:-1])
    return next(level for level, word in _LEVEL_WORDS if word.fullmatch(head))


_LEVEL_WORDS = tuple((level, re.compile(typed(level.value), re.IGNORECASE)) for level in Level)


def _relative(address: Address) -> tuple[Address, str | None]:
    """The steps inside "Điều này", and "điều này"; an address without such a step as it is."""
    for i, step in enumerate(address.steps):
        if step.label == _THIS:
            return Address(address.steps[i + 1 :]), f"{step.level} {_THIS}"
    return address, None


def _completed(groups: list[list[_Item]], index: int, group: list[_Item]) -> list[_Item]:
    """`group` with the larger steps that it shares: "khoản 1 [Điều 5] và khoản 3 Điều 5", "Điều 5 khoản 1 và [Điều 5] khoản 3"."""
    if any(item.level is Level.DIEU or _is_own_part(item) for item in group):
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


def _is_own_part(item: _Item) -> bool:
    """Whether it is a document's own part, which lies in nothing larger."""
    return item.level is Level.DE_MUC and item.labels[0] in OWN_PARTS


def _larger(other: list[_Item], group: list[_Item]) -> list[_Item]:
    """What `other` says of the place and `group` leaves out; a điều has mục only where `other` says so as well."""
    if all(map(_is_own_part, other)):
        return []
    levels = {item.level for item in group}
    known = {item.level for item in other}
    return [
        item
        for item in other
        if item.level not in levels
        and all(compare(item.level, level) <= 0 for level in levels)
        and not (item.level is Level.DIEU and Level.MUC in levels - known)
    ]
