"""What fingers and keyboards do to a question: diacritics left out, one key hit wrongly, Telex keys left over."""

from __future__ import annotations

import random
import unicodedata
from typing import Final

from policy_qa.evaluation.perturbations.fixed import free_words
from policy_qa.reading.vietnamese import nfc, normalise_tone, strip_diacritics
from policy_qa.retrieval.spelling import telex

_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST: Final = 3
"""In a shorter word a slip leaves nothing to recognise."""

_LETTERS: Final = {"đ": "dd", "ă": "aw", "â": "aa", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_TONES: Final = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_LEFT_OVER: Final = 1 / 3
"""The share of words in which Telex keys are left over: the input method was off for a moment, not for the whole question."""


def _neighbours() -> dict[str, str]:
    """Each key with those beside it, and those below and above, which stand half a key to the side."""
    found: dict[str, set[str]] = {key: set() for row in _ROWS for key in row}
    for number, row in enumerate(_ROWS):
        below = _ROWS[number + 1] if number + 1 < len(_ROWS) else ""
        for at, key in enumerate(row):
            for other in (*row[max(0, at - 1) : at], *row[at + 1 : at + 2], *below[max(0, at - 1) : at + 1]):
                found[key].add(other)
                found[other].add(key)
    return {key: "".join(sorted(others)) for key, others in found.items()}


_NEIGHBOURS: Final = _neighbours()


def no_diacritics(question: str, _: random.Random) -> str:
    """The question typed without any diacritics, đ as d; numbers of documents lose theirs, too, as people type them."""
    return strip_diacritics(question)


def typo(question: str, chance: random.Random) -> str | None:
    """The question with one slip in one word: two letters swapped, or the key beside the one that was meant."""
    words = [match for match in free_words(question) if len(match[0]) >= _SHORTEST and not match[0].isupper()]
    chance.shuffle(words)
    for match in words:
        if slips := _slips(match[0]):
            return question[: match.start()] + chance.choice(slips) + question[match.end() :]
    return None


def _slips(word: str) -> list[str]:
    """What one slip makes of a word; its first letter stays, by which even a hasty typist looks."""
    swapped = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for at in range(1, len(word) - 1)
        if word[at] != word[at + 1]
    ]
    beside = [word[:at] + key + word[at + 1 :] for at in range(1, len(word)) for key in _NEIGHBOURS.get(word[at], "")]
    return swapped + beside


def telex_left_over(question: str, chance: random.Random) -> str | None:
    """The question in which some words stand as their Telex keys: "quyeenf" for "quyền"."""
    typed = [(match, keys) for match in free_words(question) if (keys := telex_keys(match[0]))]
    if not typed:
        return None
    left = [pair for pair in typed if chance.random() < _LEFT_OVER] or [chance.choice(typed)]
    for match, keys in reversed(left):
        question = question[: match.start()] + keys + question[match.end() :]
    return question


def telex_keys(word: str) -> str | None:
    """The keys that type `word`, the tone last; None where it needs none but its letters, or they would type another word."""
    lower = normalise_tone(word.lower())
    keys, tone = "", ""
    for character in nfc(lower):
        marks = [mark for mark in unicodedata.normalize("NFD", character)[1:] if mark in _TONES]
        tone = _TONES[marks[0]] if marks else tone
        bare = nfc("".join(c for c in unicodedata.normalize("NFD", character) if c not in _TONES))
        keys += _LETTERS.get(bare, bare)
    keys = keys.replace("uwow", "uow") + tone
    if keys == lower or telex(keys) != lower or word[1:] != word[1:].lower():
        return None
    return keys[:1].upper() + keys[1:] if word[:1].isupper() else keys
