"""One item of a list, asked for by its place in it: "nguyên tắc thứ năm", "the third task"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from policy_qa.answering.asked import spoken, typed
from policy_qa.answering.extractive import Choice
from policy_qa.answering.quoting import own_words
from policy_qa.citing.patterns import ORDINALS
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import Index, ProvisionRecord
from policy_qa.retrieval.query import Query

_LISTS_READ: Final = 4
"""So many of the first choices are looked at for the list."""
_NUMBERS: Final = {**{word: n for n, word in enumerate(ORDINALS, 1)}, "bốn": 4, "bẩy": 7}
_FOLDED: Final = {fold(word): n for word, n in _NUMBERS.items()}
_ORDINAL: Final = re.compile(
    r"(?P<noun>(?:[^\W\d_]+ ){1,3})(?P<th>thứ|thu) "
    + typed(rf"(?P<number>\d{{1,2}}|{'|'.join(_NUMBERS)})\b(?! (?:\d|nay|trước|sau|ngoái|hằng|hàng))").pattern
)
_ENGLISH_NUMBERS: Final = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ENGLISH: Final = re.compile(rf"\b(?P<number>{'|'.join(_ENGLISH_NUMBERS)}) (?P<noun>[a-z]+)")
_SPELLED: Final = re.compile(rf"(?<!\bso )(?<!\btheo )\bthu (?P<number>{'|'.join(_FOLDED)})\b(?! \d)")
_NOT_LISTED: Final = frozenset(
    "lan ky hop khoa ngay sang chieu toi trua tuan tu den vao phien ben nguoi nuoc nghi gia nam so theo hang cap".split()
)
"""After these "thứ" tells a weekday, an order of rank ("số thứ tự") or which time it is, and no item of a list."""
_GROUPS: Final = frozenset({"nhom", "cum"})
"""Whose number is not that of what they hold."""
_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class Item:
    """The item asked for: what is listed, folded (its last words; empty where unknown), the number, and as it is said."""

    noun: tuple[str, ...]
    number: int
    said: str

    @property
    def spelled(self) -> str:
        """As `with_figures` writes it: "nguyen tac thu 5"."""
        return " ".join((*self.noun, "thu", str(self.number)))

    def told_in(self, words: str) -> bool:
        """Whether the words say that they are of this item: "nguyên tắc thứ năm", of a first one also "đầu tiên"."""
        folded = with_figures(fold(words))
        before = re.findall(rf"(?:\b(\w+)\W+)?\bthu {self.number}\b", folded)
        return any(word not in _NOT_LISTED for word in before) or (self.number == 1 and "dau tien" in folded)


def asked_item(query: Query) -> Item | None:
    """The item of a list that the question asks for by its number in words; None where it asks for none."""
    said = spoken(query.text)
    for match in _ORDINAL.finditer(said):
        noun = tuple(fold(match["noun"]).split())
        if noun[-1] in _NOT_LISTED or (match["th"] == "thu" and not said.isascii()):
            continue
        number = match["number"]
        value = int(number) if number.isdigit() else _FOLDED[fold(number)]
        kept = noun if _GROUPS & set(noun) else noun[-2:]
        return Item(kept, value, " ".join(match[0].split()[-len(kept) - 2 :]))
    english = _ENGLISH.search(said) if query.english else None
    if english is None:
        return None
    official = (to for phrase, to in query.phrases if phrase.split()[0].startswith(english["noun"].removesuffix("s")))
    noun = tuple(fold(next(official, "")).split())
    return Item(noun, _ENGLISH_NUMBERS.index(english["number"]) + 2, english[0])


def with_figures(folded: str) -> str:
    """Folded words with the number after "thu" in figures: "nguyen tac thu nam" is "nguyen tac thu 5"."""
    return _SPELLED.sub(lambda match: f"thu {_FOLDED[match['number']]}", folded)


def item_first(query: Query, index: Index, choices: Sequence[Choice]) -> list[Choice]:
    """The choices with the item of the list first that the question asks for by its number, where the list is found."""
    item = asked_item(query)
    if item is None or not choices or item.told_in(index.text(choices[0].provision.document, choices[0].quote)):
        return list(choices)
    best = choices[0]
    for choice in choices[:_LISTS_READ]:
        if choice.provision.document != best.provision.document:
            continue
        for parent in (choice.provision, index.parent(choice.provision)):
            found = _numbered(index, parent, item) if parent is not None else None
            if found is not None:
                return [replace(best, provision=found, quote=own_words(index, found)), *choices]
    return list(choices)


def is_item(item: Item, index: Index, choice: Choice) -> bool:
    """Whether the words chosen are those of the item asked for."""
    parent = index.parent(choice.provision)
    numbered = _numbered(index, parent, item) if parent is not None else None
    return choice.provision == numbered or item.told_in(index.text(choice.provision.document, choice.quote))


def _numbered(index: Index, parent: ProvisionRecord, item: Item) -> ProvisionRecord | None:
    """The provision right below `parent` with the item's number, if what stands there is what is asked for."""
    noun = " ".join(item.noun)
    children = index.children(parent)
    opens = [fold(index.text(parent.document, own_words(index, child))[:60]) for child in children]
    listed = noun in fold(parent.heading or "") or sum(noun in said for said in opens) > 1
    if not noun or not listed:
        return None
    labels = {str(item.number), _LETTERS[item.number - 1 : item.number]} - {""}
    return next((child for child in children if child.address.last.label in labels), None)
