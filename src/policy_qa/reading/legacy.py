"""Text in the encodings of before Unicode: TCVN3 (ABC) and VNI-Windows, recognised by measurement and converted.

Files of the nineties and two-thousands hold Latin-1 characters that only a font such as .VnTime or VNI-Times shows as
Vietnamese: "Céng hßa" is "Cộng hòa" in TCVN3, "Coäng hoøa" in VNI. Both reuse ordinary characters (TCVN3 has ư at the
soft hyphen, VNI ơ at ô), so no character decides: what does is whether the words become syllables.

Sources: TCVN 5712:1993 table 3; the keyboard tables of VNI-Windows.
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from policy_qa.reading.syllables import syllabic_share, words
from policy_qa.reading.vietnamese import nfc

Encoding: TypeAlias = Literal["TCVN3", "VNI"]

_TCVN3: Final = {
    code: letter
    for first, letters in (
        (0xA1, "ĂÂÊÔƠƯĐăâêôơưđ"), (0xB5, "àảãáạ"), (0xBB, "ằẳẵắ"), (0xC6, "ặầẩẫấậè"), (0xCE, "ẻẽéẹềểễếệìỉ"), (0xDC, "ĩíịò"),
        (0xE1, "ỏõóọồổỗốộờởỡớợù"), (0xF1, "ủũúụừửữứựỳỷỹýỵ"),
    )
    for code, letter in enumerate(letters, first)
}  # fmt: skip


def _vni() -> dict[str, str]:
    """Pairs of base letter and mark, and the letters that stand alone."""
    tones = dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True))
    circumflex = dict(zip("áàåãä", "\u0301\u0300\u0309\u0303\u0323", strict=True)) | {"â": ""}
    breve = dict(zip("éèúüë", "\u0301\u0300\u0309\u0303\u0323", strict=True)) | {"ê": ""}
    table = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
    for base, letter in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y"), ("ô", "ơ"), ("ö", "ư")):
        table |= {base + mark: nfc(letter + tone) for mark, tone in tones.items()}
    for base in "aeo":
        table |= {base + mark: nfc(base + "\u0302" + tone) for mark, tone in circumflex.items()}
    table |= {"a" + mark: nfc("a\u0306" + tone) for mark, tone in breve.items()}
    capitals = {pair.upper(): letter.upper() for pair, letter in table.items()}
    mixed = {pair[0].upper() + pair[1:]: letter.upper() for pair, letter in table.items() if len(pair) == 2}
    return table | mixed | capitals


_VNI: Final = _vni()
_VNI_PATTERN: Final = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_UNICODE_ONLY: Final = re.compile(
    r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_SUSPECT: Final = re.compile(r"[\u00a1-\u00ff]")
_CERTAIN = 0.8  # share of syllables in real text; names, labels and abbreviations are the rest
_FONTS: Final = ((re.compile(r"\.?vn", re.I), "TCVN3"), (re.compile(r"vni", re.I), "VNI"))
_SAMPLE = 20_000


def detect(text: str) -> Encoding | None:
    """The old encoding that `text` (Latin-1 characters as they stand in the file) is in; None for Unicode text.

    Each is tried: it must turn nearly all words into syllables, and clearly more of them than there were before.
    """
    sample = text[:_SAMPLE]
    if len(_SUSPECT.findall(sample)) < 3:
        return None
    best: Encoding | None = None
    # Letters that only Unicode has are converted as well as the others: they stay what they are.
    share = max(_CERTAIN, syllabic_share(_plain_words(sample)) + 0.1)
    encodings: tuple[Encoding, ...] = ("TCVN3", "VNI")
    for encoding in encodings:
        converted = syllabic_share(_plain_words(convert(sample, encoding)))
        if converted > share:
            best, share = encoding, converted
    return best


def of_font(name: str | None) -> Encoding | None:
    """The encoding that a font's name stands for: .VnTime, .VnArialH … TCVN3; VNI-Times … VNI."""
    if not name:
        return None
    bare = name.rsplit("+", 1)[-1]
    found = next((encoding for pattern, encoding in _FONTS if pattern.match(bare)), None)
    if found == "TCVN3":
        return "TCVN3" if bare.startswith((".Vn", ".VN", "VnTime", "VnArial")) else None
    return "VNI" if found == "VNI" else None


def is_capital_font(name: str | None) -> bool:
    """Whether a TCVN3 font shows small letters as capitals (.VnTimeH)."""
    return of_font(name) == "TCVN3" and bool(re.search(r"H(?:[,-]|$)", name or ""))


def convert(text: str, encoding: Encoding) -> str:
    """`text` in Unicode (NFC); what is not of the encoding stays."""
    if encoding == "TCVN3":
        return nfc(text.translate(_TCVN3))
    return nfc(_VNI_PATTERN.sub(lambda pair: _VNI[pair[0]], text))


def convert_mixed(text: str, encoding: Encoding) -> str:
    """The same for one paragraph of a document in `encoding`, some of which may be Unicode: those stay as they are."""
    return text if _UNICODE_ONLY.search(text) else convert(text, encoding)


def _plain_words(text: str) -> list[str]:
    """The words that tell: longer than a label, not all capitals."""
    return [word for word in words(text) if len(word) > 1 and not word.isupper()]
