"""The characters of a PDF in TCVN3 or VNI, put into Unicode one by one, so that each keeps its box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from policy_qa.reading import legacy
from policy_qa.reading.characters import HYPHEN
from policy_qa.reading.legacy import Encoding
from policy_qa.reading.syllables import is_syllable

_HYPHENS: Final = f"-\u00ad{chr(HYPHEN)}\ufffe"
_HYPHENED: Final = re.compile(rf"[^\W\d_]*[{_HYPHENS}][^\W\d_]+")


def recoded(letters: Sequence[str], encoding: Encoding) -> list[str]:
    """The Unicode letter for each of `letters` (one character each); VNI's marks become empty strings.

    TCVN3 has ư where other encodings have the soft hyphen, and PDFium gives that as a hyphen: it is ư where the word is a
    syllable then ("Ng-êi" → "Người"), and stays a hyphen elsewhere.
    """
    result = legacy.letter_by_letter("".join(letters), encoding)
    if encoding == "TCVN3":
        text = "".join(result)
        for match in _HYPHENED.finditer(text):
            at = next(i for i in range(match.start(), match.end()) if text[i] in _HYPHENS)
            letter = "Ư" if match[0].isupper() else "ư"
            if is_syllable(f"{text[match.start() : at]}{letter}{text[at + 1 : match.end()]}"):
                result[at] = letter
    return result
