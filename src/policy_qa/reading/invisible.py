"""Characters that print nothing: they break words apart, turn their direction, order a terminal about, or hide words.

Instructions can be written in them that no reader sees and a language model obeys (tag characters, variation selectors).
"""

from __future__ import annotations

import re
from typing import Final

RANGES: Final = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters, blanks left out
    r"\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # joiners, directions, zero width
    r"\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters of Korean and Khmer that are blank
    r"\ufdd2-\ufdef\ufff0-\ufffb\ufffe\uffff"  # no characters (but for the readers' own two), and notes between lines
    r"\ufe00-\ufe0f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"  # variants, tags
)
"""The characters as they stand in a class of a regular expression, but for U+FDD0 and U+FDD1, which readers mark notes with."""

INVISIBLE: Final = re.compile(rf"[{RANGES}\ufdd0\ufdd1]")


def without_invisible(text: str) -> str:
    """`text` as it is seen: blanks and line ends stay, all else that prints nothing goes."""
    return INVISIBLE.sub("", text)
