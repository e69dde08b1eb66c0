"""Vietnamese spelling: NFC, folding to bare letters, the two ways of placing a tone mark.

`fold` and `strip_diacritics` keep the length of NFC text, so that a span found in the folded text is the span
in the text itself.
"""

from __future__ import annotations

import re
import unicodedata

_TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng


_LETTERS = [chr(code) for code in (*range(0xC0, 0x250), *range(0x1EA0, 0x1EFA))]
CAPITALS = "A-Z" + "".join(filter(str.isupper, _LETTERS))
SMALL = "a-z" + "".join(filter(str.islower, _LETTERS))
"""Letters for a character class; a range over the code points would mix capital and small ones."""


def nfc(text: str) -> str:
    """`text` with every letter composed with its marks (Unicode NFC)."""
    return unicodedata.normalize("NFC", text)


_LOOKALIKES = str.maketrans({"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ", "\u0256": "đ"})


def compose(text: str) -> str:
    """NFC of a document's text, with the one đ of Vietnamese in place of its look-alikes (Ð of Icelandic, Ɖ of Ewe).

    Old keyboards and converters typed those; they print the same, and no search would find "Ðiều 5" otherwise. One code
    point for each of the NFC text.
    """
    return nfc(text).translate(_LOOKALIKES)


class _Letters(dict[int, str]):
    """A table for `str.translate` that fills itself; every code point maps to exactly one."""

    def __init__(self, *, lower: bool) -> None:
        super().__init__()
        self._lower = lower

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        bare = {"đ": "d", "Đ": "D"}.get(letter) or unicodedata.normalize("NFD", letter)[0]
        # A mark that stands alone has no letter to fall back on; Hangul syllables decompose but are no marked letters.
        if unicodedata.combining(bare) or 0xAC00 <= code <= 0xD7A3:
            bare = letter
        lowered = bare.lower() if self._lower else bare
        result = lowered if len(lowered) == 1 else bare
        self[code] = result
        return result


_FOLDED = _Letters(lower=True)
_STRIPPED = _Letters(lower=False)


def fold(text: str) -> str:
    """Lower case without diacritics, đ as d; one code point for each of the NFC text."""
    return nfc(text).translate(_FOLDED)


def strip_diacritics(text: str) -> str:
    """`text` without diacritics, đ as d, case kept; one code point for each of the NFC text."""
    return nfc(text).translate(_STRIPPED)


def _open_syllables() -> dict[str, str]:
    """Old placement to new: `òa` → `oà`, `ỏe` → `oẻ`, `úy` → `uý`, in every mix of cases."""
    table = {}
    for first, second in ("oa", "oe", "uy"):
        for a in (first, first.upper()):
            for b in (second, second.upper()):
                table.update({nfc(a + tone) + b: a + nfc(b + tone) for tone in _TONES})
    return table


_NEW_STYLE = _open_syllables()
# The tone moves only where the two vowels end the syllable (hòa, not hoàn); after q the u is no vowel (quý).
_OLD_STYLE = re.compile(rf"(?<![qQ])(?:{'|'.join(_NEW_STYLE)})(?!\w)")


def normalise_tone(text: str) -> str:
    """NFC text with the tone marks of open oa, oe, uy on the second vowel: hòa → hoà, khỏe → khoẻ, thủy → thuỷ.

    The length of NFC text stays. Both placements are in use; for matching one must be chosen.
    """
    return _OLD_STYLE.sub(lambda match: _NEW_STYLE[match[0]], nfc(text))
