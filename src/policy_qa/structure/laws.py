"""Where the name of a law ends in running text: "Luật Thi đua, khen thưởng và Nghị định số …".

Names contain commas, "và" and prepositions, so grammar alone cannot tell. A list of names (`data/law_names.txt`), and the
names that the text itself gives with a number, settle most; for others a name ends at a mark or at a word that names do
not go on with.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from policy_qa.reading.vietnamese import CAPITALS, SMALL, fold

LIST: Final = Path(__file__).parents[1] / "data" / "law_names.txt"

WORD: Final = re.compile(
    r"(?<![\w-])(?<!PHÁP )(?:[Bb]ộ luật|Luật(?! [Ll]uật sư\b)|Pháp lệnh|Hiến pháp|BỘ LUẬT|LUẬT|PHÁP LỆNH|HIẾN PHÁP)(?!\w)"
)
"""The word with which the name of a law begins."""

_LONGEST = 220
"""Code points; the longest name of a law in force has 140."""

_STATE = re.compile(r"\s+nước\s+Cộng\s+(?:hòa|hoà)\s+xã\s+hội\s+chủ\s+nghĩa\s+Việt\s+Nam", re.I)
_SPACE = r"[^\S\n]+"
_WORDS = re.compile(rf"[{CAPITALS}{SMALL}]+")
_NEXT = re.compile(rf"{_SPACE}([{CAPITALS}{SMALL}]+)")
_DATED = re.compile(
    r"(?:[^\S\n]+[^\W\d_]{1,12}){1,10}?[^\S\n]+(?:ngày[^\S\n]+\d{1,2}[^\S\n]*(?:/|tháng)|năm[^\S\n]+(?:19|20)\d\d)"
)
"""A name in small letters, told by the date that follows it."""
# Words with which no name of a law goes on: what follows speaks of the law, or names another thing.
_STOPS = frozenset(
    """và hoặc hay số ngày năm này đó khác có được đã thì là để về theo khi trong tại của do bởi với cho từ mà nhưng như chưa
    không phải hướng bằng đối trừ nêu trên cũng nếu còn cùng sẽ bị gồm bao đến kể thay hết mới cũ hiện lần trước sau tới
    sửa quy ban điều yêu làm nhằm vẫn đang luật nghị thông""".split()
)


class LawNames:
    """The names that are listed and those that one text gives; asked for the end of the name at a place."""

    def __init__(self, given: Iterable[str] = ()) -> None:
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for name in {*_listed(), *(fold(" ".join(name.split())) for name in given)}:
            self._by_start[_start(name)].append(name)
        for names in self._by_start.values():
            names.sort(key=len, reverse=True)

    def end(self, text: str, start: int) -> int | None:
        """Where the name that begins at `start` (at a match of `WORD`) ends; None where the word begins no name."""
        line = text[start : start + _LONGEST].split("\n", 1)[0]
        length = self._known(line) or _free(line)
        return start + length if length else None

    def _known(self, line: str) -> int | None:
        """The length of the longest known name with which the line begins."""
        folded = fold(line)
        spaced = re.sub(r"\s", " ", folded)
        for name in self._by_start.get(_start(spaced), ()):
            end = _matched(spaced, name)
            if end is not None and not spaced[end : end + 1].isalnum():
                return end
        return None


def _matched(line: str, name: str) -> int | None:
    """The length of `name` at the start of `line`, whatever the number of spaces between its words."""
    if line.startswith(name):
        return len(name)
    if "  " not in line[: len(name) + 4]:
        return None
    pattern = r"\s+".join(map(re.escape, name.split(" ")))
    match = re.match(pattern, line)
    return match.end() if match else None


def _free(line: str) -> int | None:
    """The length of a name that is not known: a capital after the word, then words up to a mark or a stop."""
    word = WORD.match(line)
    if word is None or word[0].isupper():
        return None
    end = word.end()
    if line[: word.end()].casefold() == "hiến pháp":
        state = _STATE.match(line, end)
        return state.end() if state else end
    count = 0
    while count < 14:
        following = _NEXT.match(line, end)
        if following is None or (count == 0 and not _opens_name(following[1]) and not _DATED.match(line, word.end())):
            break
        # A capital inside a name is rare ("Việt Nam"); a kind of document is another document.
        if count and (
            following[1].lower() in _STOPS or following[1] in ("Nghị", "Luật", "Thông", "Quyết", "Bộ", "Pháp")
        ):
            break
        end, count = following.end(), count + 1
    return end if count else None


def _opens_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in ("sư", "gia", "này")


def _start(folded: str) -> str:
    """The first three words (or fewer): names are looked up by them."""
    return " ".join(_WORDS.findall(folded)[:2])


@cache
def _listed() -> frozenset[str]:
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(fold(line.strip()) for line in lines if line.strip() and not line.startswith("#"))
