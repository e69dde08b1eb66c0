"""Unicode text back into the encodings of before Unicode, for the tests: what was typed then."""

import unicodedata

_TCVN3 = {
    "Ă": "¡", "Â": "¢", "Ê": "£", "Ô": "¤", "Ơ": "¥", "Ư": "¦", "Đ": "§", "ă": "¨", "â": "©", "ê": "ª", "ô": "«", "ơ": "¬", "ư": "\u00ad", "đ": "®",
    "à": "µ", "ả": "¶", "ã": "·", "á": "¸", "ạ": "¹", "ằ": "»", "ẳ": "¼", "ẵ": "½", "ắ": "¾", "ặ": "Æ", "ầ": "Ç", "ẩ": "È", "ẫ": "É", "ấ": "Ê",
    "ậ": "Ë", "è": "Ì", "ẻ": "Î", "ẽ": "Ï", "é": "Ð", "ẹ": "Ñ", "ề": "Ò", "ể": "Ó", "ễ": "Ô", "ế": "Õ", "ệ": "Ö", "ì": "×", "ỉ": "Ø", "ĩ": "Ü",
    "í": "Ý", "ị": "Þ", "ò": "ß", "ỏ": "á", "õ": "â", "ó": "ã", "ọ": "ä", "ồ": "å", "ổ": "æ", "ỗ": "ç", "ố": "è", "ộ": "é", "ờ": "ê", "ở": "ë",
    "ỡ": "ì", "ớ": "í", "ợ": "î", "ù": "ï", "ủ": "ñ", "ũ": "ò", "ú": "ó", "ụ": "ô", "ừ": "õ", "ử": "ö", "ữ": "÷", "ứ": "ø", "ự": "ù", "ỳ": "ú",
    "ỷ": "û", "ỹ": "ü", "ý": "ý", "ỵ": "þ",
}  # fmt: skip
_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_WITH_HAT = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_WITH_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_ALONE = {"đ": "ñ", "ơ": "ô", "ư": "ö", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "í": "í", "ì": "ì"}


def tcvn3(text: str) -> str:
    """As .VnTime shows it; capitals with a tone were set in .VnTimeH from small letters."""
    return "".join(_TCVN3.get(c, _TCVN3.get(c.lower(), c)) for c in text)


def vni(text: str) -> str:
    """As VNI-Times shows it."""
    return "".join(_vni(c) for c in text)


def _vni(letter: str) -> str:
    small = letter.lower()
    if small != letter:
        return _vni(small).upper()
    if letter in _ALONE:
        return _ALONE[letter]
    base, *marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in _TONES), "")
    if "\u0302" in marks:
        return base + _WITH_HAT[tone]
    if "\u0306" in marks:
        return base + _WITH_BREVE[tone]
    bare = unicodedata.normalize("NFC", base + "".join(mark for mark in marks if mark not in _TONES))
    return _ALONE.get(bare, bare) + _TONES.get(tone, "")


def windows_1258(text: str) -> bytes:
    """Letters with hat or horn whole, tones apart, as Microsoft's code page has them."""
    data = b""
    for letter in text:
        marks = [mark for mark in unicodedata.normalize("NFD", letter) if mark in _TONES]
        base = "".join(mark for mark in unicodedata.normalize("NFD", letter) if mark not in _TONES)
        data += unicodedata.normalize("NFC", base).encode("cp1258") + "".join(marks).encode("cp1258")
    return data
