"""Text in the encodings of before Unicode: TCVN3 (ABC) and VNI-Windows, recognised by measurement and converted.

Files of the nineties and two-thousands hold Latin-1 characters that only a font such as .VnTime or VNI-Times shows as
Vietnamese: "Céng hßa" is "Cộng hòa" in TCVN3, "Coäng hoøa" in VNI. Both reuse ordinary characters (TCVN3 has ư at the
soft hyphen, VNI ơ at ô), so no character decides: what does is whether the words become syllables.

Sources: TCVN 5712:1993 table 3; the keyboard tables of VNI-Windows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal, Self, TypeAlias

from policy_qa.reading.syllables import syllabic_share, words
from policy_qa.reading.vietnamese import nfc

Encoding: TypeAlias = Literal["TCVN3", "VNI"]
ENCODINGS: Final[tuple[Encoding, ...]] = ("TCVN3", "VNI")

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
_FEW: Final = 3  # such characters; a text with fewer has at most a foreign name in it
_CERTAIN: Final = 0.8  # share of syllables in real text; names, labels and abbreviations are the rest
_GAIN: Final = 0.1
_CAPITALS_NEEDED: Final = 4  # letters; fewer may be an abbreviation
_SIGN: Final = re.compile(r"[\d/]")
SAMPLE: Final = 20_000
"""Characters by which `detect` goes."""

_VNI_FONT: Final = re.compile(r"vni[\s_-]", re.IGNORECASE)
_TCVN3_FONT: Final = re.compile(r"\.vn", re.IGNORECASE)
_TCVN3_IN_PDF: Final = re.compile(
    r"Vn(?:Time|Arial|Helvet|Courier|Century|Book-?Antiqua|Avant|Univer|Times)", re.IGNORECASE
)
_CAPITALS: Final = re.compile(r"H(?:[,-]|$)", re.IGNORECASE)


def detect(text: str) -> Encoding | None:
    """The old encoding that `text` (Latin-1 characters as they stand in the file) is in; None for Unicode text.

    Each is tried: it must turn nearly all words into syllables, and clearly more of them than there were before.
    """
    sample = text[:SAMPLE]
    suspect = len(_SUSPECT.findall(sample))
    # Of the accented letters of Unicode Vietnamese about half are such that only Unicode has.
    if suspect < _FEW or len(_UNICODE_ONLY.findall(sample)) > 0.25 * suspect:
        return None
    best: Encoding | None = None
    share = max(_CERTAIN, syllabic_share(plain_words(sample)) + _GAIN)
    if share >= 1:
        return None
    # Letters that only Unicode has are converted as well as the others: they stay what they are.
    for encoding in ENCODINGS:
        converted = syllabic_share(plain_words(convert(sample, encoding)))
        if converted > share:
            best, share = encoding, converted
    return best


def of_font(name: str | None) -> Encoding | None:
    """The encoding that a font's name stands for: .VnTime, .VnArialH … TCVN3; VNI-Times … VNI.

    The prefix of a subset ("ABCDEF+.VnTime") may stand before it.
    """
    bare = (name or "").rsplit("+", 1)[-1].strip()
    if _VNI_FONT.match(bare):
        return "VNI"
    return "TCVN3" if _TCVN3_FONT.match(bare) or _TCVN3_IN_PDF.match(bare) else None


def is_capital_font(name: str | None) -> bool:
    """Whether a TCVN3 font shows small letters as capitals (.VnTimeH)."""
    return of_font(name) == "TCVN3" and bool(_CAPITALS.search(name or ""))


def convert(text: str, encoding: Encoding) -> str:
    """`text` in Unicode (NFC); what is not of the encoding stays."""
    if encoding == "TCVN3":
        converted = nfc(text.translate(_TCVN3))
        return converted.upper() if is_in_capitals(text) else converted
    return nfc(_VNI_PATTERN.sub(lambda pair: _VNI[pair[0]], text))


def is_in_capitals(text: str) -> bool:
    """Whether a line of TCVN3 is meant in capitals: it has no capitals with tones, so "CéNG HßA" is typed for "CỘNG HÒA"."""
    words_alone = " ".join(word for word in text.split() if not _SIGN.search(word))  # "Sè: 12/Q§-UB" is no such line
    enough = sum(c.isascii() and c.isalpha() for c in words_alone) >= _CAPITALS_NEEDED
    return enough and not any(c.isascii() and c.islower() for c in text)


def letter_by_letter(text: str, encoding: Encoding) -> list[str]:
    """The Unicode letter for each character of `text`; the mark that VNI writes after its letter becomes an empty string."""
    result = list(text)
    if encoding == "TCVN3":
        converted = [_TCVN3.get(ord(c), c) for c in text]
        return [c.upper() for c in converted] if is_in_capitals(text) else converted
    for pair in _VNI_PATTERN.finditer(text):
        result[pair.start() : pair.end()] = [_VNI[pair[0]], *[""] * (len(pair[0]) - 1)]
    return result


def fits(text: str, encoding: Encoding) -> bool:
    """Whether one paragraph of a document in `encoding` is in it, too, and not in Unicode already.

    Such a paragraph has no letter that only Unicode has, and no fewer syllables when converted.
    """
    if _UNICODE_ONLY.search(text) or not _SUSPECT.search(text):
        return False
    sample = text[:SAMPLE]
    converted = convert(sample, encoding)
    if is_in_capitals(sample):  # all its words are capitals, so they have to tell
        return syllabic_share(_long_words(converted)) >= syllabic_share(_long_words(sample))
    return syllabic_share(plain_words(converted)) >= syllabic_share(plain_words(sample))


def convert_mixed(text: str, encoding: Encoding) -> str:
    """The same for one paragraph of a document in `encoding`, some of which may be Unicode: those stay as they are."""
    return convert(text, encoding) if fits(text, encoding) else text


@dataclass(frozen=True, slots=True)
class Run:
    """Words set in one font: the encoding its name stands for, and whether it shows small letters as capitals."""

    text: str
    encoding: Encoding | None = None
    capitals: bool = False

    @classmethod
    def in_font(cls, text: str, font: str | None, *, capitals: bool = False) -> Self:
        """A run in the font of this name; `capitals` where the file asks for them whatever the font."""
        return cls(text, of_font(font), capitals or is_capital_font(font))


def joined(runs: Sequence[Run]) -> tuple[str, set[Encoding]]:
    """The runs of one paragraph as one text in Unicode, and the encodings that some of it was in.

    Old fonts are often left on text that was converted long ago: what is evidently Unicode stays as it is.
    """
    if not any(run.encoding or run.capitals for run in runs):
        return "".join(run.text for run in runs), set()
    # A letter and its mark may stand in two runs.
    groups = groupby(runs, lambda run: (run.encoding, run.capitals))
    merged = [Run("".join(run.text for run in group), *key) for key, group in groups]
    named = {run.encoding for run in merged if run.encoding is not None}
    found = {name for name in named if fits(" ".join(run.text for run in merged if run.encoding == name), name)}
    texts = [convert(run.text, run.encoding) if run.encoding and run.encoding in found else run.text for run in merged]
    return "".join(text.upper() if run.capitals else text for run, text in zip(merged, texts, strict=True)), found


def warning(name: str, encoding: str) -> str:
    """What is said of a file whose text was converted."""
    return f"Chữ trong tệp “{name}” đã chuyển từ bảng mã {encoding} sang Unicode; hãy đối chiếu bản gốc khi trích dẫn."


def plain_words(text: str) -> list[str]:
    """The words that tell whether a text is Vietnamese: longer than a label, not all capitals."""
    return [word for word in _long_words(text) if not word.isupper()]


def _long_words(text: str) -> list[str]:
    return [word for word in words(text) if len(word) > 1]
