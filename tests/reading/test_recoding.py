"""PDFs in TCVN3 and VNI: text, hyphens, capitals, boxes; and PDFs in other languages left as they are."""

from collections.abc import Callable
from pathlib import Path

import pytest
from lettered import OldFont
from old_encodings import tcvn3, vni
from printed import LONG, Sheet, check_invariants

from policy_qa.reading import read
from policy_qa.reading.legacy import Encoding
from policy_qa.reading.pdf.recoding import encoding_of, recoded

SAYINGS = [
    "Điều 1. Người lao động - Thương binh",
    f"1. {LONG}",
    "2. Thông tư này và các thông tư trước: dân cư, thư ký, đầu tư, ưu tiên, hươu, như sau.",
    "a) Bà Rịa-Vũng Tàu, Thừa Thiên-Huế; đại học-cao đẳng; từ 24-36 tháng theo số 19/2001/QĐ-UB.",
    "- Người nghèo được trợ cấp; gương mẫu, chương trình, dưỡng lão, trưởng ban.",
]


def old(typed: Callable[[str], str]) -> OldFont:
    sheet = OldFont(typed)
    sheet.text(90, 70, "ỦY BAN TỈNH")
    sheet.text(275, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11)
    sheet.text(320, 86, "Độc lập - Tự do - Hạnh phúc", 11)
    sheet.text(100, 110, "Số: 19/2001/QĐ-UB")
    sheet.text(320, 110, "Hà Nội, ngày 02 tháng 3 năm 2001", 11)
    sheet.centred(150, "QUYẾT ĐỊNH")
    y = 200.0
    for words in SAYINGS:
        y = sheet.paragraph(y, words) + 2
    return sheet


@pytest.mark.parametrize(("typed", "encoding"), [(tcvn3, "TCVN3"), (vni, "VNI")])
def test_a_document_in_an_old_encoding(tmp_path: Path, typed: Callable[[str], str], encoding: Encoding) -> None:
    source = read(old(typed).save(tmp_path / "cu.pdf"))
    check_invariants(source)
    assert source.text.split("\n") == [
        "ỦY BAN TỈNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 19/2001/QĐ-UB",
        "Hà Nội, ngày 02 tháng 3 năm 2001",
        "QUYẾT ĐỊNH",
        *SAYINGS,
    ]
    assert len(source.warnings) == 1
    assert f"bảng mã {encoding}" in source.warnings[0] and "“cu.pdf”" in source.warnings[0]


@pytest.mark.parametrize("typed", [tcvn3, vni])
def test_boxes_are_those_of_what_is_printed(tmp_path: Path, typed: Callable[[str], str]) -> None:
    sheet = old(typed)
    source = read(sheet.save(tmp_path / "cu.pdf"))
    (motto,) = (x for x in source.lines if x.span.of(source.text).startswith("CỘNG HÒA"))
    assert (motto.page, motto.box.left) == (1, pytest.approx(275, abs=2))
    width = sheet.width_of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11)
    assert motto.box.right - motto.box.left == pytest.approx(width, abs=3)


FOREIGN = [
    "The Provincial Department shall submit its yearly report to the Ministry before December. The report covers naïve "
    "café cases, résumés of Señor Núñez and well-known long-term matters of the province.",
    "Le président de la République a décidé que les préfets étaient chargés de l'exécution du présent décret, à compter "
    "du premier août. Les sous-préfets sont chargés de l'élaboration des règles à l'échelle nationale, peut-être.",
    "São Tomé e Príncipe não são vizinhos; a reunião do ministério será em março, na região autónoma, com exposição.",
]


@pytest.mark.parametrize("text", FOREIGN, ids=["English", "French", "Portuguese"])
def test_other_languages_stay_as_they_are(tmp_path: Path, text: str) -> None:
    sheet = OldFont(str)
    sheet.paragraph(100, text)
    source = read(sheet.save(tmp_path / "ngoai.pdf"))
    assert source.text == text
    assert source.warnings == ()


def test_a_unicode_page_beside_an_old_one(sheet: Sheet, tmp_path: Path) -> None:
    import pypdf

    sheet.paragraph(100, LONG)
    writer = pypdf.PdfWriter(clone_from=old(tcvn3).save(tmp_path / "cu.pdf"))
    writer.append(sheet.save(tmp_path / "moi.pdf"))
    writer.write(tmp_path / "ghep.pdf")
    source = read(tmp_path / "ghep.pdf")
    assert source.text.split("\n")[-2:] == [SAYINGS[-1], LONG]
    assert source.page_at(len(source.text) - 1) == 2


def spelled(text: str) -> str:
    """What PDFium gives of a TCVN3 line: ư as a hyphen."""
    return "".join(recoded(list(tcvn3(text).replace("\u00ad", "-")), "TCVN3"))


@pytest.mark.parametrize(
    "text",
    [
        "Người nước ngoài được ưu đãi như người trong nước",
        "thư ký, thầy tư, dân cư; định cư.",
        "Tư pháp, Bộ Tư pháp, Thông tư",
        "Ước tính của các xã-phường, thị trấn",
        "Đường bưu điện-văn hóa",
        "Quyết định số 12/QĐ-UB-TC ngày 5-6-2001 về lương 24-36",
        "Lao động - Thương binh và Xã hội",
        "V- Tổ chức thực hiện",
        "b- Các xã",
        "c- Ăn ở",
        "đ - Người dân",
        "tư - Một",
        "chuyên môn- nghiệp vụ",
        "A-B-C, a - b, -, --, - ",
        "cư trú ở đảo",
    ],
)
def test_hyphens_and_the_horned_u(text: str) -> None:
    assert spelled(text) == text


def test_capitals() -> None:
    assert spelled("CỘNG HÒA XÃ HỘI CHỦ NGHĨA - ƯU TIÊN").startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA - ")
    assert "".join(recoded(list("TR-êNG B-U §IÖN H-NG Y£N"), "TCVN3")) == "TRƯỜNG BƯU ĐIỆN HƯNG YÊN"
    assert spelled("Số: 19/2001/QĐ-UB") == "Số: 19/2001/QĐ-UB"


def test_one_letter_for_each_character() -> None:
    typed = vni("Người nước Việt")
    letters = recoded(list(typed), "VNI")
    assert len(letters) == len(typed)
    assert "".join(letters) == "Người nước Việt"


def test_a_page_whose_horned_u_are_all_hyphens() -> None:
    text = tcvn3("Người nước ngoài được hưởng lương như người trong nước, trước đường, dưới vườn, tư cư như thư sư.")
    assert encoding_of(text.replace("\u00ad", "-")) == "TCVN3"
    assert encoding_of("Nguoi lao dong - Thuong binh - Xa hoi: tu 24-36 thang, dai hoc-cao dang") is None
    assert encoding_of(LONG) is None


@pytest.mark.parametrize("run", ["a" * 50_000, "-" * 50_000, "a-" * 25_000, "\u00ad" * 50_000])
def test_long_runs_take_linear_time(run: str) -> None:
    assert len(recoded(list(run), "TCVN3")) == len(run)
