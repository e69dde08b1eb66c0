"""Several places of one document in one phrase: "điểm a khoản 1, các điểm b, c khoản 2 Điều 5 và Điều 7".

Places go from small to large and say the điều (NQ 351/2017/UBTVQH14, Điều 24 khoản 3 and 4). What provisions have in
common is written once, after them, as laws do: their level's word where they are neighbours under one parent, and
the điều that all of a group lie in. Two labels are parted by a comma, more of them end with "và".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence

from policy_qa.citing.address import legal
from policy_qa.citing.patterns import OWN_PARTS
from policy_qa.citing.steps import roman_range
from policy_qa.document import Address, Level, Step

_LISTED = (Level.DIEU, Level.MUC, Level.KHOAN, Level.DIEM, Level.GACH)
"""Levels whose labels share one word: "các điểm a, b"."""
_WITHIN = (*_LISTED, Level.TIEU_MUC)
"""Levels that may leave the điều to the last of a group; paragraphs and unnumbered headings are written whole."""
_ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_LEVELS = tuple(Level)


def places(addresses: Iterable[Address], headings: Sequence[str] = ()) -> str:
    """The places in the order of the document, each once; the empty string where there is none but the whole document.

    `headings`, as printed, give unnumbered headings their capitals.
    """
    groups = _groups(addresses)
    phrases: list[str] = []
    for (level, _above), group in itertools.groupby(groups, key=_run):
        alike = list(group)
        if level in _LISTED and len(alike) > 1:
            phrases.append(_labelled([members[0] for _, members in alike], headings))
        else:
            phrases += itertools.chain.from_iterable(_inside(head, members, headings) for head, members in alike)
    # "Điều 1, Phụ lục I" would be one place.
    comma = ", " if len({(head.parent, head.last.level) for head, _ in groups}) == 1 else "; "
    return listed(phrases, comma)


def in_order(addresses: Iterable[Address]) -> list[Address]:
    """The addresses as the document has them, each once: by number, by the Vietnamese alphabet, what is attached last.

    Unnumbered headings tell no order: they come before numbered provisions, as they were given among themselves.
    """
    given = list(dict.fromkeys(addresses))
    seen = {step: at for at, step in enumerate(dict.fromkeys(s for address in given for s in address.steps))}
    return sorted(given, key=lambda address: [_rank(step, seen[step]) for step in address.steps])


def is_open_ended(address: Address) -> bool:
    """Whether the phrase ends in a free heading, whose end only a comma shows; "phần thể thức" does not."""
    return bool(address) and address.steps[0].level is Level.DE_MUC and address.steps[0].label not in OWN_PARTS


# --- groups -------------------------------------------------------------------------------------------------------


def _groups(addresses: Iterable[Address]) -> list[tuple[Address, list[Address]]]:
    """The places in order, those of one điều together under its address; one that shares nothing under its own."""
    ordered = in_order(address for address in addresses if address)
    return [(head, list(members)) for head, members in itertools.groupby(ordered, key=_head)]


def _head(address: Address) -> Address:
    """What the place may leave to the last of its group: its điều, without one its outermost provision."""
    at = next((i for i, step in enumerate(address.steps) if step.level is Level.DIEU), 0)
    inner = address.steps[at + 1 :]
    free = any(step.level is Level.DE_MUC for step in address.steps)
    return address if free or any(step.level not in _WITHIN for step in inner) else Address(address.steps[: at + 1])


def _run(group: tuple[Address, list[Address]]) -> tuple[Level | None, Address]:
    """Groups with the same run are whole neighbours, listed under one word; other groups stand alone."""
    head, members = group
    return (head.last.level, head.parent) if members == [head] else (None, head)


def _inside(head: Address, members: Sequence[Address], headings: Sequence[str]) -> list[str]:
    """The phrases for the places of one group: the head itself, and what lies in it."""
    inner = [member for member in members if member != head]
    phrases = [legal(head, headings)] if len(inner) < len(members) else []
    if not inner:
        return phrases
    lists: list[str] = []
    for (_parent, level), alike in itertools.groupby(inner, key=lambda member: (member.parent, member.last.level)):
        listed = list(alike)
        lists += [_labelled(listed, ())] if level in _LISTED else [legal(member) for member in listed]
    rest = f" {legal(head, headings)}"
    shorter = [*(phrase.removesuffix(rest) for phrase in lists[:-1]), lists[-1]]
    return [*phrases, _labels(shorter)]


# --- words --------------------------------------------------------------------------------------------------------


def _labelled(alike: Sequence[Address], headings: Sequence[str]) -> str:
    """Provisions of one level under one parent: "các điểm a, b khoản 2 Điều 5"."""
    if len(alike) == 1:
        return legal(alike[0], headings)
    label = alike[0].last.label
    word = legal(Address((alike[0].last,))).removesuffix(f" {label}")
    rest = legal(alike[0], headings).removeprefix(f"{word} {label}")
    return f"các {word} {_labels([address.last.label for address in alike])}{rest}"


def listed(words: Sequence[str], comma: str = ", ") -> str:
    """`a`; `a và b`; `a, b và c`; the empty string of none."""
    return f"{comma.join(words[:-1])} và {words[-1]}" if len(words) > 1 else "".join(words)


def _labels(labels: Sequence[str]) -> str:
    """`a, b`; `1, 2 và 3`."""
    return ", ".join(labels) if len(labels) < 3 else listed(labels)


# --- order --------------------------------------------------------------------------------------------------------


def _rank(step: Step, seen: int) -> tuple[int, tuple[tuple[int, int, str], ...]]:
    level = _LEVELS.index(step.level)
    if step.level is Level.PHU_LUC or (step.level is Level.DE_MUC and step.label == OWN_PARTS[-1]):
        level += len(_LEVELS)  # the signature and what is attached come last
    elif step.level is Level.DE_MUC:
        level = -1
    return level, _label_rank(step, seen)


def _label_rank(step: Step, seen: int) -> tuple[tuple[int, int, str], ...]:
    if step.level is Level.DE_MUC:
        own = OWN_PARTS.index(step.label) if step.label in OWN_PARTS else len(OWN_PARTS)
        return ((own, seen, ""),)
    roman = len(roman_range("I", step.label))
    if roman or step.label == "I":
        return ((0, roman + 1, ""),)
    pieces = re.findall(r"\d+|[^\W\d_]+", step.label)
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, *_letters(piece.lower())) for piece in pieces) or (
        (2, seen, ""),
    )


def _letters(piece: str) -> tuple[int, str]:
    """Points run a, b, … y, then doubled; đ comes after d."""
    return len(piece), "".join(chr(_ALPHABET.find(letter) + 1) for letter in piece)
