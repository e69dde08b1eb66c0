"""What the letters of symbol fonts (Symbol, Wingdings) show: Word keeps them as codes that mean nothing in another font.

Sources: Adobe's Symbol encoding and Microsoft's Wingdings, as the Unicode mappings give them.
"""

from __future__ import annotations

import re
from typing import Final

BULLET: Final = "•"
_SYMBOL_LETTERS: Final = dict(
    zip(
        range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))  # fmt: skip
_SYMBOL: Final = _SYMBOL_LETTERS | {
    0xA2: "′", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″",
    0xB3: "≥", 0xB4: "×", 0xB7: BULLET, 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xCE: "∈",
    0xD0: "∠", 0xD1: "∇", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS: Final = {
    0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0xDF: "←", 0xE0: "→", 0xE8: "➔",
    0xF0: "⇨",
}  # fmt: skip
_PICTURES: Final = re.compile(r"wingdings|webdings|zapf ?dingbats", re.IGNORECASE)
_PRIVATE: Final = re.compile(r"[\uf020-\uf0ff]")


def symbol(font: str | None, code: int) -> str:
    """What `code` (with or without the 0xF000 that Word adds) shows in a symbol font; a bullet for other pictures."""
    bare = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if font is not None and _PICTURES.match(font):
        return _WINGDINGS.get(bare, BULLET)
    if bare in _SYMBOL:
        return _SYMBOL[bare]
    return chr(bare) if 0x20 <= bare < 0x7F else BULLET


def shown(text: str, font: str | None) -> str:
    """`text` with what the private codes of symbol fonts show."""
    return _PRIVATE.sub(lambda found: symbol(font, ord(found[0])), text)
