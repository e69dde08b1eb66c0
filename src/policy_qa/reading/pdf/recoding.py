"""The characters of a PDF in TCVN3 or VNI, put into Unicode one by one, so that each keeps its box."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from policy_qa.reading import legacy
from policy_qa.reading.legacy import Encoding
from policy_qa.reading.pdf.characters import HYPHEN
from policy_qa.reading.syllables import is_syllable

_HYPHEN: Final = re.compile(f"[\u00ad\ufffe{chr(HYPHEN)}-]")
_BESIDE_LETTERS: Final = re.compile(rf"(?<=[^\W\d_]){_HYPHEN.pattern}|{_HYPHEN.pattern}(?=[^\W\d_])")
_HEAD: Final = re.compile(r"[^\W\d_]*$")
_TAIL: Final = re.compile(r"[^\W\d_]*")
_LONGEST: Final = 8
"""Letters; no syllable has more."""
_PLAIN_RIMES: Final = frozenset({"a", "i", "u", "ng"})
"""What follows a ư without a tone when no other letter of the word has a mark: "Hưng", but no "B-C"."""


def encoding_of(text: str) -> Encoding | None:
    """The old encoding that the text of a page is in, also where its ư are hyphens; None for Unicode."""
    return legacy.detect(text) or legacy.detect(_BESIDE_LETTERS.sub("\u00ad", text))


def recoded(letters: Sequence[str], encoding: Encoding) -> list[str]:
    """The Unicode letter for each of `letters` (one character each); VNI's marks become empty strings.

    TCVN3 has ư where other encodings have the soft hyphen, and PDFium gives that as a hyphen: it is ư where the word is a
    syllable then ("Ng-êi" → "Người", "nh-" → "như"), and stays a hyphen elsewhere.
    """
    result = legacy.letter_by_letter("".join(letters), encoding)
    if encoding == "TCVN3":
        for hyphen in _HYPHEN.finditer("".join(result)):
            at = hyphen.start()
            before, after = "".join(result[max(0, at - _LONGEST) : at]), "".join(result[at + 1 : at + 1 + _LONGEST])
            head, tail = _HEAD.findall(before)[0], _TAIL.findall(after)[0]
            fits = _ends_word(head, before, after) if not tail else not tail.isascii() or tail.lower() in _PLAIN_RIMES
            if fits and is_syllable(f"{head}ư{tail}"):
                result[at] = "Ư" if tail and (head + tail).isupper() else "ư"
    return result


def _ends_word(head: str, before: str, after: str) -> bool:
    """Whether the ư after `head` can end a word: after a single letter it may be the dash of a label ("V-", "b- Các")."""
    if len(head) > 1:
        return not head.isupper()  # capitals have a Ư of their own
    following = after.strip()[:1] if after[:1].isspace() else ""
    if head.isupper():
        return following.islower()
    return bool(head) and not (before == head and following.isupper())
