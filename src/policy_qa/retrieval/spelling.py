"""What a question was meant to say: diacritics left out, Telex keys left in, slips of one key.

Each word that is no known syllable as typed, and every word of a question without diacritics, may stand for several
syllables; the likeliest sequence is chosen by how often syllables follow each other (Viterbi over bigrams). A known
syllable in a question with diacritics is never changed. Counts are of law text and of questions written by us, made by
`evals/spelling.py`.
"""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from policy_qa.reading.syllables import is_syllable
from policy_qa.reading.vietnamese import fold, nfc, normalise_tone

FILE = Path(__file__).parents[1] / "data" / "bigrams.tsv.gz"

_MOST_FORMS = 16
_SLIP = -5.0
"""Log-probability that a key was hit wrongly, against a word that is spelled as it is meant."""
_KNOWN = 2.0
_BACK_OFF = 0.1
_LETTERS = "abcdefghijklmnopqrstuvwxyzđăâêôơư"
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_TELEX = (
    ("dd", "đ"),
    ("uow", "ươ"),
    ("aw", "ă"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("ow", "ơ"),
    ("uw", "ư"),
    ("w", "ư"),
)
_VOWELS = "aăâeêioôơuưy"


class Speller:
    """Knows how often syllables occur, alone and after one another."""

    def __init__(self, pairs: Iterable[tuple[str, str, float]]) -> None:
        """`pairs` are a syllable, the next one ("" for any: the count of the first alone), and the count."""
        self._alone: dict[str, float] = {}
        self._after: dict[tuple[str, str], float] = {}
        self._forms: dict[str, list[str]] = {}
        for first, second, count in pairs:
            if second:
                self._after[first, second] = count
            else:
                self._alone[first] = count
        self._total = sum(self._alone.values()) or 1.0
        for syllable in sorted(self._alone, key=lambda s: -self._alone[s]):
            self._forms.setdefault(fold(syllable), []).append(syllable)

    def knows(self, word: str) -> bool:
        """Whether the word, in lower case, is a syllable that occurs."""
        return normalise_tone(word) in self._alone

    def meant(self, words: Sequence[str], *, bare: bool, fixed: Sequence[bool] = ()) -> list[str]:
        """The likeliest words for those typed, in lower case.

        `bare`: the question bears no diacritics at all. `fixed` tells which words are not to be touched; none if empty.
        """
        kept = fixed or [False] * len(words)
        lattice = [
            [(word, 0.0)] if keep else list(self._choices(word, bare=bare))
            for word, keep in zip(words, kept, strict=True)
        ]
        best: list[dict[str, tuple[float, str | None]]] = []
        for at, choices in enumerate(lattice):
            column: dict[str, tuple[float, str | None]] = {}
            for form, cost in choices:
                if at == 0:
                    column[form] = (cost + self._log(None, form), None)
                    continue
                score, before = max(
                    (score + self._log(earlier, form), earlier) for earlier, (score, _) in best[-1].items()
                )
                column[form] = (score + cost, before)
            best.append(column)
        said: list[str] = []
        last = max(best[-1], key=lambda form: best[-1][form][0]) if best else None
        for column in reversed(best):
            if last is not None:
                said.append(last)
                last = column[last][1]
        return said[::-1]

    def _choices(self, word: str, *, bare: bool) -> Iterator[tuple[str, float]]:
        typed = normalise_tone(nfc(word).lower())
        if not typed.isalpha() or len(typed) > 7 + 2:
            yield typed, 0.0
            return
        if bare and typed.isascii():
            forms = self._forms.get(typed, [])[:_MOST_FORMS]
            if forms:
                yield from ((form, 0.0) for form in forms)
                return
        if typed in self._alone or is_syllable(typed):
            yield typed, 0.0  # a word that law text lacks may still be one
            return
        meant = telex(typed)
        if meant != typed and meant in self._alone:
            yield meant, 0.0
            return
        yield typed, _SLIP - _KNOWN
        slips = self._slips(fold(typed) if bare else typed, bare=bare)
        yield from ((form, _SLIP) for form in slips)

    def _slips(self, typed: str, *, bare: bool) -> list[str]:
        """The known syllables that one slip of a key away."""
        found: dict[str, None] = {}
        for spelled in dict.fromkeys(_edits(typed)):
            if bare:
                found.update(dict.fromkeys(self._forms.get(spelled, ())[:4]))
            elif spelled in self._alone:
                found[spelled] = None
        if not bare and not found:
            found.update(dict.fromkeys(self._forms.get(fold(typed), ())[:_MOST_FORMS]))
        return sorted(found, key=lambda form: -self._alone[form])[:_MOST_FORMS]

    def _log(self, before: str | None, form: str) -> float:
        alone = self._alone.get(form, 0.3) / self._total
        if before is None:
            return math.log(alone)
        after = self._after.get((before, form), 0.0) / max(self._alone.get(before, 1.0), 1.0)
        return math.log((1 - _BACK_OFF) * min(after, 1.0) + _BACK_OFF * alone)


def telex(word: str) -> str:
    """What a word typed by the Telex rules shows: `quyeenf` → `quyền`, `dduowcj` → `được`; other words as they are."""
    spelled, tone = word, ""
    for at in range(len(word) - 1, 0, -1):
        if word[at] in _TONES and any(c in "aeiouyw" for c in word[:at]):
            rest = word[:at] + word[at + 1 :]
            spelled, tone = rest, _TONES[word[at]]
            break
    for keys, letter in _TELEX:
        spelled = spelled.replace(keys, letter)
    if "đ" not in spelled and spelled.startswith("d") and spelled.count("d") == 2:
        spelled = "đ" + spelled[1:].replace("d", "", 1)
    if not tone:
        return spelled if spelled != word else word
    at = _tone_place(spelled)
    return normalise_tone(nfc(spelled[: at + 1] + tone + spelled[at + 1 :])) if at >= 0 else word


def _tone_place(spelled: str) -> int:
    """Where the tone of a syllable stands: on the marked vowel, else by the number of vowels and what follows."""
    start = 2 if spelled.startswith(("qu", "gi")) and len(spelled) > 2 and spelled[2] in _VOWELS else 0
    vowels = [i for i, c in enumerate(spelled) if c in _VOWELS and i >= start]
    marked = [i for i in vowels if spelled[i] in "ăâêôơư"]
    if marked:
        return marked[-1]
    if not vowels:
        return -1
    closed = vowels[-1] < len(spelled) - 1
    if len(vowels) == 1:
        return vowels[0]
    if len(vowels) > 2 or closed or spelled[vowels[0] : vowels[1] + 1] in ("oa", "oe", "uy"):
        return vowels[1]
    return vowels[0]


def _edits(word: str) -> Iterator[str]:
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
        if at + 1 < len(word):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for letter in _LETTERS:
            yield word[:at] + letter + word[at + 1 :]
    for at in range(len(word) + 1):
        for letter in _LETTERS:
            yield word[:at] + letter + word[at:]


@lru_cache(maxsize=1)
def speller() -> Speller:
    """The shipped counts; loaded once."""
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        return Speller(_rows(file))


def _rows(lines: Iterable[str]) -> Iterator[tuple[str, str, float]]:
    for line in lines:
        pair, _, count = line.rstrip("\n").partition("\t")
        first, _, second = pair.partition(" ")
        yield first, second, float(count)
