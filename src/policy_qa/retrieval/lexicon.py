"""The bridge from how people ask to how documents speak: abbreviations, everyday wordings, English terms.

Three TSV files lie in `data/lexicon`; an office can add a folder of its own with files of the same names.
A question is expanded, never rewritten: what the user typed always stays, and weighs most.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from policy_qa.reading.vietnamese import fold, nfc, normalise_tone

Kind: TypeAlias = Literal["abbreviation", "everyday", "english"]

FOLDER = Path(__file__).parents[1] / "data" / "lexicon"
FILES: dict[Kind, str] = {"abbreviation": "abbreviations.tsv", "everyday": "synonyms.tsv", "english": "en_vi.tsv"}
WEIGHTS: dict[Kind, float] = {"abbreviation": 0.9, "everyday": 0.5, "english": 1.0}
MOST_ALTERNATIVES: dict[Kind, int] = {"abbreviation": 2, "everyday": 4, "english": 3}

_WORD = re.compile(r"[^\W_]+(?:[./&-][^\W_]+)*")
_VOWEL = re.compile(r"[aeiouy]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question: as typed, in lower case with the new tone placement, and without diacritics."""

    typed: str
    lower: str
    folded: str


def words(text: str) -> list[Word]:
    """The words of `text`, numbers and `UBND/TW`-like compounds kept whole."""
    return [
        Word(match[0], lower := normalise_tone(match[0].lower()), fold(lower)) for match in _WORD.finditer(nfc(text))
    ]


def word_set(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Expansion:
    """Words `[start, end)` of the question also stand as one of `alternatives`, likeliest first."""

    start: int
    end: int
    kind: Kind
    alternatives: tuple[str, ...]


@dataclass(slots=True)
class _Table:
    """Keys of one file, grouped by their first word so that a lookup costs nothing for most words."""

    entries: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = field(default_factory=dict)

    def add(self, key: tuple[str, ...], alternatives: tuple[str, ...]) -> None:
        if not key:
            return
        entry = self.entries.setdefault(key[0], {})
        entry[key] = tuple(dict.fromkeys((*entry.get(key, ()), *alternatives)))

    def longest(self, forms: Sequence[str], start: int) -> tuple[int, tuple[str, ...]] | None:
        """The end and alternatives of the longest key that begins at `start`."""
        entry = self.entries.get(forms[start])
        if not entry:
            return None
        for end in range(min(len(forms), start + 8), start, -1):
            if found := entry.get(tuple(forms[start:end])):
                return end, found
        return None


class Lexicon:
    """Looks words up in the three files, longest match first, whole words only."""

    def __init__(self, folders: Sequence[Path] = (FOLDER,), kinds: Collection[Kind] = tuple(FILES)) -> None:
        """Reads the files of each folder when first needed, of these kinds; a later folder adds to an earlier one."""
        self._folders = tuple(folders)
        self._kinds = frozenset(kinds)

    @cached_property
    def _abbreviations(self) -> _Table:
        table = _Table()
        for key, alternatives in self._rows("abbreviation"):
            table.add(tuple(_WORD.findall(key)), alternatives)
        return table

    @cached_property
    def _loose_abbreviations(self) -> _Table:
        """Typed in lower case ("ubnd", "qcn"), but only what no syllable could be."""
        table = _Table()
        for key, alternatives in self._rows("abbreviation"):
            bare = fold(key)
            if len(key) >= 3 and _WORD.fullmatch(key) and not _VOWEL.search(bare):
                table.add((bare,), alternatives)
        return table

    def is_abbreviation(self, word: Word) -> bool:
        """Whether the word alone, as typed or in lower case, stands for something longer."""
        return (word.typed,) in self._abbreviations.entries.get(
            word.typed, {}
        ) or word.folded in self._loose_abbreviations.entries

    def meanings(self, abbreviation: str) -> tuple[str, ...]:
        """What an abbreviation of one word stands for, likeliest first; none where it is not listed."""
        return self._abbreviations.entries.get(abbreviation, {}).get((abbreviation,), ())

    @cached_property
    def _everyday(self) -> _Table:
        table = _Table()
        for key, alternatives in self._rows("everyday"):
            table.add(tuple(_WORD.findall(normalise_tone(key).lower())), alternatives)
        return table

    @cached_property
    def _folded_everyday(self) -> _Table:
        """Without diacritics; a single folded syllable is too ambiguous."""
        table = _Table()
        for key, alternatives in self._rows("everyday"):
            parts = tuple(_WORD.findall(fold(key)))
            if len(parts) > 1:
                table.add(parts, alternatives)
        return table

    @cached_property
    def _english(self) -> _Table:
        table = _Table()
        for key, alternatives in self._rows("english"):
            table.add(tuple(_WORD.findall(key.lower())), alternatives)
        return table

    def _rows(self, kind: Kind) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Keys with their alternatives; lines without both, and comments, are passed over."""
        for folder in self._folders if kind in self._kinds else ():
            file = folder / FILES[kind]
            for line in nfc(file.read_text(encoding="utf-8")).splitlines() if file.is_file() else ():
                key, _, rest = line.partition("\t")
                alternatives = tuple(filter(None, map(str.strip, rest.split("\t", 1)[0].split(" | "))))
                if alternatives and not key.startswith("#"):
                    yield key.strip(), alternatives

    def expansions(self, question: Sequence[Word], *, english: bool, folded: bool) -> list[Expansion]:
        """What the words of a question may also be called.

        `english`: the question is in English; `folded`: it bears no diacritics at all. Short English keys in
        capitals (CAT, Party) are names, and expand only when typed so.
        """
        found = list(self._matches(question, self._abbreviations, "abbreviation", [w.typed for w in question]))
        taken = {expansion.start for expansion in found}
        loose = self._matches(question, self._loose_abbreviations, "abbreviation", [w.folded for w in question])
        found += [expansion for expansion in loose if expansion.start not in taken]
        if english:
            found += self._english_matches(question)
        else:
            found += self._matches(question, self._everyday, "everyday", [word.lower for word in question])
            if folded:
                found += self._matches(question, self._folded_everyday, "everyday", [w.folded for w in question])
        return found

    def _english_matches(self, question: Sequence[Word]) -> list[Expansion]:
        singular = [_singular(word.lower) for word in question]
        position, found = 0, []
        plain = [word.lower for word in question]
        while position < len(question):
            hits = [hit for forms in (plain, singular) if (hit := self._english.longest(forms, position))]
            hit = max(hits, key=lambda item: item[0], default=None)
            if hit is None:
                position += 1
                continue
            found.append(Expansion(position, hit[0], "english", hit[1][: MOST_ALTERNATIVES["english"]]))
            position = hit[0]
        return found

    @staticmethod
    def _matches(question: Sequence[Word], table: _Table, kind: Kind, forms: list[str]) -> Iterator[Expansion]:
        position = 0
        while position < len(question):
            hit = table.longest(forms, position)
            if hit is None:
                position += 1
                continue
            yield Expansion(position, hit[0], kind, hit[1][: MOST_ALTERNATIVES[kind]])
            position = hit[0]


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@lru_cache(maxsize=4)
def load_lexicon(extra: Path | None = None) -> Lexicon:
    """The shipped lexicon, with the office's own folder added; loaded once."""
    return Lexicon((FOLDER, extra) if extra else (FOLDER,))
