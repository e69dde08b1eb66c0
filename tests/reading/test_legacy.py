"""TCVN3 and VNI: recognised by measurement, converted letter by letter, and nothing else touched."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from old_encodings import tcvn3, vni, windows_1258

from policy_qa.reading import legacy
from policy_qa.reading.decoding import decode_text
from policy_qa.reading.legacy import Run

TEXT = (
    "Căn cứ Luật Tổ chức chính quyền địa phương, ủy ban nhân dân tỉnh ban hành quyết định về việc thành lập tổ công tác; "
    "trưởng phòng nội vụ, thủ trưởng các đơn vị chịu trách nhiệm thi hành, kể từ ngày ký, những nội dung dưới đây: hỗ trợ "
    "người nghèo, giữ gìn vệ sinh, khuyến khích chăn nuôi, quỹ bảo hiểm, xã hội hóa, khoẻ mạnh, kỷ luật, xử lý, ngoằn ngoèo."
)
LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"


@pytest.mark.parametrize(("encoding", "typed"), [("TCVN3", tcvn3(LETTERS)), ("VNI", vni(LETTERS))])
def test_every_letter(encoding: legacy.Encoding, typed: str) -> None:
    assert legacy.convert(typed, encoding) == LETTERS


def test_capitals() -> None:
    assert legacy.convert(vni(LETTERS.upper()), "VNI") == LETTERS.upper()
    assert legacy.convert("Aùo Öùng, AÙO", "VNI") == "Áo Ứng, ÁO"
    assert legacy.convert("¡¢£¤¥¦§", "TCVN3") == "ĂÂÊÔƠƯĐ"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (tcvn3(TEXT), "TCVN3"),
        (vni(TEXT), "VNI"),
        (tcvn3("Cộng hòa xã hội chủ nghĩa"), "TCVN3"),
        (vni("Cộng hòa xã hội"), "VNI"),
        (TEXT, None),
        (unicodedata.normalize("NFD", TEXT), None),
        ("là các bà cà phê và áo", None),  # letters that Latin-1 has, too
        ("Le président de la République a décidé que les préfets étaient chargés de l'exécution", None),
        ("The committee of São Tomé met Señor Núñez in Málaga", None),
        ("Số 12/2020/NĐ-CP, 500 µm × 2, 30 °C ± 1, § 5", None),
        ("C¸", None),
        ("", None),
    ],
    ids=["TCVN3", "VNI", "few words", "few words in VNI", "Unicode", "decomposed", "Latin-1 only", "French", "names", "signs", "one letter", "nothing"],
)  # fmt: skip
def test_detect(text: str, found: str | None) -> None:
    assert legacy.detect(text) == found


@pytest.mark.parametrize("other", ["Đơn vị đã dùng Unicode", "Chapter 1. General provisions", "là các"])
def test_a_unicode_paragraph_of_an_old_document_stays(other: str) -> None:
    assert legacy.convert_mixed(tcvn3("Nội dung chuyển đổi"), "TCVN3") == "Nội dung chuyển đổi"
    if other != "là các":  # that would be words either way, and the document is in TCVN3
        assert legacy.convert_mixed(other, "TCVN3") == other


@pytest.mark.parametrize("line", ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ỦY BAN NHÂN DÂN TỈNH THỬ"])
@pytest.mark.parametrize(("encoding", "typed"), [("TCVN3", tcvn3), ("VNI", vni)])
def test_a_line_in_capitals_is_measured_by_its_own_words(
    line: str, encoding: legacy.Encoding, typed: Callable[[str], str]
) -> None:
    assert legacy.convert_mixed(typed(line), encoding) == line
    assert legacy.convert_mixed(line, encoding) == line


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", "TCVN3", False),
        (".VnTimeH", "TCVN3", True),
        (".vnarial narrowh", "TCVN3", True),
        ("ABCDEF+.VnArialH,Bold", "TCVN3", True),
        ("VnTime", "TCVN3", False),
        ("VNI-Times", "VNI", False),
        ("vni-helve", "VNI", False),
        ("VNI Times", "VNI", False),
        ("Times New Roman", None, False),
        ("VnExpress Sans", None, False),
        ("VNF-Comic Sans", None, False),
        ("", None, False),
        (None, None, False),
    ],
)
def test_fonts(font: str | None, encoding: str | None, capitals: bool) -> None:
    assert legacy.of_font(font) == encoding
    assert legacy.is_capital_font(font) is capitals


def test_runs_of_one_paragraph() -> None:
    runs = [Run.in_font("quyÕt ", ".VnTimeH"), Run.in_font("§iÒu ", ".VnTime"), Run.in_font("các", "Arial"), Run.in_font("o", "VNI-Times"),
            Run.in_font("ä", "VNI-Times")]  # fmt: skip
    assert legacy.joined(runs) == ("QUYẾT Điều cácộ", {"TCVN3", "VNI"})
    assert legacy.joined([Run.in_font("Đã đổi, là các", ".VnTime")]) == ("Đã đổi, là các", set())
    assert legacy.joined([]) == ("", set())


@given(st.text(max_size=200))
def test_any_text_becomes_text(text: str) -> None:
    for encoding in legacy.ENCODINGS:
        assert unicodedata.is_normalized("NFC", legacy.convert(text, encoding))
    legacy.detect(text)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        (TEXT.encode(), TEXT, None),
        (b"\xef\xbb\xbf" + TEXT.encode(), TEXT, None),
        (TEXT.encode("utf-16"), TEXT, None),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, None),
        (TEXT.encode("utf-32"), TEXT, None),
        (tcvn3(TEXT).encode("latin-1"), TEXT, "TCVN3"),
        (tcvn3(TEXT).encode(), TEXT, "TCVN3"),
        (vni(TEXT).encode("latin-1"), TEXT, "VNI"),
        (vni(TEXT).encode("utf-16"), TEXT, "VNI"),
        (windows_1258(TEXT), TEXT, "windows-1258"),
        (tcvn3("Chủ tịch phường nói rằng: ").encode("latin-1") + b"\x93xong\x94", "Chủ tịch phường nói rằng: “xong”", "TCVN3"),
        (b"\xff\xfe\x00", None, None),
        (bytes(range(128, 256)) * 20, None, None),
        ("Le préfet a décidé".encode("latin-1"), None, None),
    ],
    ids=["UTF-8", "UTF-8 with mark", "UTF-16", "UTF-16 BE", "UTF-32", "TCVN3", "TCVN3 in UTF-8", "VNI", "VNI in UTF-16", "1258", "quotes",
         "half a letter", "no text", "French"],
)  # fmt: skip
def test_bytes(data: bytes, text: str | None, encoding: str | None) -> None:
    assert decode_text(data) == (None if text is None else (text, encoding))


def test_paragraphs_are_converted_each_for_itself() -> None:
    lines = [tcvn3(TEXT), "Dòng đã gõ bằng Unicode", tcvn3("Nơi nhận")]
    decoded = decode_text("\r\n".join(lines).encode())
    assert decoded is not None
    assert decoded[0].split("\r\n") == [TEXT, "Dòng đã gõ bằng Unicode", "Nơi nhận"]
