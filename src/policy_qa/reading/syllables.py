"""Whether a word is a Vietnamese syllable, by its sounds alone: an onset, a rime, a tone that the rime allows.

No dictionary: every syllable of the language is built of these few pieces, so that text in a wrong encoding or with
broken words can be told from Vietnamese by measurement.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_TONES = {"\u0300": "huyền", "\u0301": "sắc", "\u0309": "hỏi", "\u0303": "ngã", "\u0323": "nặng"}
_ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split())
_RIMES = frozenset(
    """a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet ooc oong
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uân uâng uât uây
    uê uêch uên uênh uêt uêu uơ uy uya uych uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu
    ươc ươi ươm ươn ương ươp ươt ươu y ya yêm yên yêng yêt yêu ych ynh yt""".split()
)
_SPLIT = re.compile(r"^(ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdđghklmnpqrstvx])?(.*)$")
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Whether `word` (any case, either tone placement) can be a Vietnamese syllable."""
    tone = ""
    letters: list[str] = []
    for c in unicodedata.normalize("NFD", word.lower()):
        if c in _TONES:
            if tone:
                return False
            tone = _TONES[c]
        else:
            letters.append(c)
    bare = unicodedata.normalize("NFC", "".join(letters))
    match = _SPLIT.match(bare)
    if match is None or not bare:
        return False
    onset, rime = match[1] or "", match[2]
    # The i of gi is also the rime's own: gì, gìn, giếng.
    pairs = [(onset, rime)] if onset != "gi" else [("gi", rime), ("g", "i" + rime)]
    return any(_fits(first, last, tone) for first, last in pairs)


def _fits(onset: str, rime: str, tone: str) -> bool:
    if (onset and onset not in _ONSETS) or rime not in _RIMES:
        return False
    stopped = rime.endswith(("c", "ch", "p", "t"))
    return not stopped or tone in {"", "sắc", "nặng"}  # bare letters are typed, too


@lru_cache(maxsize=50_000)
def has_vowel(word: str) -> bool:
    """Whether a word has a vowel letter, with or without marks."""
    return any(c in _VOWELS for c in unicodedata.normalize("NFD", word.lower()))


def words(text: str) -> list[str]:
    """The runs of letters in NFC `text`."""
    return _WORD.findall(text)


def syllabic_share(found: Iterable[str]) -> float:
    """The share of words that are Vietnamese syllables; 0 for no words."""
    total = fitting = 0
    for word in found:
        total += 1
        fitting += is_syllable(word)
    return fitting / total if total else 0.0


_BROKEN = re.compile(r"(?<![^\W_])(?P<head>[bcdđghklmnpqrstvx]{1,3}) (?P<tail>[^\W\d_]+)", re.IGNORECASE)
_LABEL_BEFORE = re.compile(r"(?:\d|điểm|khoản|mục|và|hoặc|,|;|\()\s*$", re.IGNORECASE)
_BROKEN_SHARE = 0.02
"""A text truly has one word without a vowel in a hundred or two: the letters of điểm. Of a broken one it is one in ten."""
_ENOUGH = 20


def is_broken(text: str) -> bool:
    """Whether an extractor has broken the words of `text`: too many have no vowel."""
    found = [word for word in words(text) if word.islower()]
    odd = sum(not has_vowel(word) for word in found)
    return len(found) >= _ENOUGH and odd > _BROKEN_SHARE * len(found)


def mended(text: str) -> str:
    """A broken `text` with syllables joined again after their first consonants: "Ng ười" → "Người".

    Only what is certain: the first part has no vowel, the second begins with one, and both together are a syllable. The
    letter of a điểm stays alone. What a break left readable on both sides ("hi ểm") is not certain and stays.
    """

    def join(match: re.Match[str]) -> str:
        head, tail = match["head"], match["tail"]
        certain = has_vowel(tail[0]) and is_syllable(head + tail) and (tail.islower() or head.isupper())
        if len(head) == 1:
            certain = certain and not _LABEL_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
        return head + tail if certain else match[0]

    return _BROKEN.sub(join, text)
