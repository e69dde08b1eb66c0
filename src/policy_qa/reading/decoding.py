"""Bytes to text: Unicode by its marks, and what was written before Unicode by measurement."""

from __future__ import annotations

import codecs
from typing import Final

from policy_qa.reading import legacy
from policy_qa.reading.syllables import syllabic_share
from policy_qa.reading.vietnamese import nfc

WINDOWS_1258: Final = "windows-1258"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_WINDOWS_1252: Final = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_CERTAIN: Final = 0.8
_GAIN: Final = 0.1


def decode_unicode(data: bytes) -> str | None:
    """The text of UTF-8 bytes, or of UTF-16 and UTF-32 ones with their mark; None for others."""
    codec = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError:
        return None


def decode_latin(data: bytes) -> str:
    """Each byte as the character of windows-1252, in which TCVN3 and VNI texts look as they do in their files."""
    return data.decode("latin-1").translate(_WINDOWS_1252)


def decode_1258(data: bytes) -> str:
    """Bytes in Microsoft's own Vietnamese code page (letters and marks apart) as NFC text."""
    return nfc(data.decode("cp1258", "replace"))


def is_windows_1258(latin: str) -> bool:
    """Whether bytes that `decode_latin` made `latin` of are windows-1258: their words become syllables, and more than before."""
    sample = latin[: legacy.SAMPLE]
    other = decode_1258(sample.encode("cp1252", "ignore"))
    share = syllabic_share(legacy.plain_words(other))
    return share >= max(_CERTAIN, syllabic_share(legacy.plain_words(sample)) + _GAIN)


def decode_text(data: bytes) -> tuple[str, str | None] | None:
    """The text of a plain file in Unicode, and the old encoding that it was in (None for Unicode).

    Returns None where the bytes are neither Unicode nor, by measurement, Vietnamese in an old encoding. A valid UTF-8
    file may hold TCVN3 or VNI, too: as the Latin-1 characters that an old font showed as Vietnamese.
    """
    text = decode_unicode(data)
    latin = decode_latin(data) if text is None else text
    encoding = legacy.detect(latin)
    if encoding is not None:
        return "\n".join(legacy.convert_mixed(line, encoding) for line in latin.split("\n")), encoding
    if text is None and is_windows_1258(latin):
        return decode_1258(data), WINDOWS_1258
    return None if text is None else (text, None)
