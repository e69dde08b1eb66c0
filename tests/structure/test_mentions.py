import time

import pytest

from policy_qa.structure.laws import LIST, LawNames
from policy_qa.structure.mentions import Mention, mentions
from policy_qa.structure.shorthand import Shorthand


def told(text: str) -> list[str]:
    """Each mention with what is known of it, in one line."""
    return [" · ".join(str(part) for part in (m.kind, m.number, m.date, m.name) if part) for m in mentions(text)]


def words(text: str) -> list[str]:
    return [m.span.of(text) for m in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("theo Nghị định số 7/2030/NĐ-CP ngày 09 tháng 5 năm 2030 của Chính phủ", "Nghị định · 7/2030/NĐ-CP · 2030-05-09"),
        ("theo Nghị định 7/2030/NĐ-CP.", "Nghị định · 7/2030/NĐ-CP"),
        ("theo nghị định số: 7/2030/ NĐ-CP (ngày 9/5/2030)", "Nghị định · 7/2030/NĐ-CP · 2030-05-09"),
        ("tại Công văn số 4698/BHC-VP ngày 22/8/2030", "Công văn · 4698/BHC-VP · 2030-08-22"),
        ("tại Văn bản số 33/BHC-VP", "Công văn · 33/BHC-VP"),
        ("tại số 12/CT-TTg", "Chỉ thị · 12/CT-TTg"),
        ("Kết luận số 34-KL/TW, ngày 18/5/2031 của Bộ Chính trị", "Kết luận · 34-KL/TW · 2031-05-18"),
        ("Nghị định số 30 và", "Nghị định · 30"),
        ("Luật số 12/2029/QH17;", "Luật · 12/2029/QH17"),
        ("Luật Hoa cỏ số 12/2029/QH17 ngày 20 tháng 6 năm 2029", "Luật · 12/2029/QH17 · 2029-06-20 · Luật Hoa cỏ"),
        ("Luật Hoa cỏ ngày 20 tháng 6 năm 2029;", "Luật · 2029-06-20 · Luật Hoa cỏ"),
        ("Luật hoa cỏ ngày 20 tháng 6 năm 2029;", "Luật · 2029-06-20 · Luật hoa cỏ"),
        ("Bộ luật Hoa năm 2029 quy định", "Bộ luật · 2029 · Bộ luật Hoa"),
        ("Bộ luật Hoa 2029", "Bộ luật · 2029 · Bộ luật Hoa"),
        ("Pháp lệnh Cây cảnh", "Pháp lệnh · Pháp lệnh Cây cảnh"),
        ("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;", "Hiến pháp · Hiến pháp"),
        ("QCVN 01:2019/BXD, TCVN số 5/2019/TT", ""),
        ("Nghị định quy định về hoa; Thông tư hướng dẫn", ""),
        ("tỷ lệ 12/2029 và 5/7", ""),
        ("pháp luật về hoa, luật sư Nguyễn Văn A, Luật sư", ""),
    ],
)  # fmt: skip
def test_one_document(text: str, expected: str) -> None:
    assert "; ".join(told(text)) == expected


def test_the_span_covers_kind_number_name_and_date() -> None:
    assert words("Căn cứ Luật Hoa cỏ số 12/2029/QH17 ngày 20 tháng 6 năm 2029; và Thông tư 5/2030/TT-BHC (ngày 1/2/2030).") == [
        "Luật Hoa cỏ số 12/2029/QH17 ngày 20 tháng 6 năm 2029", "Thông tư 5/2030/TT-BHC (ngày 1/2/2030)",
    ]  # fmt: skip


def test_own_documents_are_marked() -> None:
    found = mentions("Nghị định này và Quy chế này thay cho Luật Hoa; văn bản này.")
    assert [(m.kind, m.own) for m in found] == [
        ("Nghị định", True), ("Quy chế", True), ("Luật", False), ("Công văn", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("theo Luật Thi đua, khen thưởng, Nghị định số 1/2030/NĐ-CP", "Luật Thi đua, khen thưởng"),
        ("theo Luật Tổ chức chính quyền địa phương và các quy định", "Luật Tổ chức chính quyền địa phương"),
        ("theo Luật Cán bộ, công chức và Luật Viên chức", "Luật Cán bộ, công chức"),
        ("theo Luật Hoa dại trong rừng", "Luật Hoa dại"),
        ("theo Luật Hoa cỏ quy định", "Luật Hoa cỏ"),
        ("theo LUẬT VIÊN CHỨC", "LUẬT VIÊN CHỨC"),
    ],
)
def test_where_the_name_of_a_law_ends(text: str, name: str) -> None:
    assert mentions(text)[0].name == name


def test_names_that_the_text_gives_with_a_number_are_known() -> None:
    text = "Luật Hoa, cỏ và rau số 12/2029/QH17. Theo Luật Hoa, cỏ và rau hoặc Luật Lá, cành và rễ."
    assert [m.name for m in mentions(text)] == ["Luật Hoa, cỏ và rau", "Luật Hoa, cỏ và rau", "Luật Lá"]
    assert [m.name for m in mentions("Luật Lá, cành và rễ.", ["Luật Lá, cành và rễ"])] == ["Luật Lá, cành và rễ"]


def test_a_law_that_amends_is_one_document() -> None:
    text = (
        "Luật sửa đổi, bổ sung một số điều của Luật Viên chức và Luật Giáo dục ngày 20 tháng 6 năm 2029; Luật Báo chí"
    )
    assert told(text) == [
        "Luật · 2029-06-20 · Luật sửa đổi, bổ sung một số điều của Luật Viên chức và Luật Giáo dục",
        "Luật · Luật Báo chí",
    ]
    numbered = "khoản 2 Điều 1 Luật sửa đổi, bổ sung một số điều của Luật Hoa cỏ số 77/2029/QH17"
    assert [(m.number, m.name) for m in mentions(numbered)] == [
        ("77/2029/QH17", "Luật sửa đổi, bổ sung một số điều của Luật Hoa cỏ")
    ]


def test_the_law_that_is_amended_bears_the_number_where_a_law_is_enacted() -> None:
    text = "Quốc hội ban hành Luật sửa đổi, bổ sung một số điều của Luật Hoa cỏ số 12/2029/QH17."
    assert [(m.number, m.name) for m in mentions(text) if m.number] == [("12/2029/QH17", "Luật Hoa cỏ")]


def test_short_names_stand_for_the_document_that_got_them() -> None:
    text = (
        "Nghị định số 10/2030/NĐ-CP ngày 01 tháng 02 năm 2030 của Chính phủ về hoa (sau đây gọi là Nghị định số 10); "
        "Luật Hoa cỏ số 12/2029/QH17 (sau đây gọi tắt là Luật Hoa); Quyết định số 9/QĐ-BHC (sau đây viết tắt là Quyết định).\n"
        "Theo Điều 5 Nghị định số 10, Luật Hoa và khoản 1 Quyết định; Quyết định thu hồi."
    )
    later = [m for m in mentions(text) if m.span.start > text.index("\n")]
    assert [(m.span.of(text), m.number) for m in later] == [
        ("Nghị định số 10", "10/2030/NĐ-CP"), ("Luật Hoa", "12/2029/QH17"), ("Quyết định", "9/QĐ-BHC"),
    ]  # fmt: skip


def test_a_short_name_is_not_of_the_document_by_which_another_was_amended() -> None:
    text = "Luật Hoa cỏ số 12/2029/QH17 được sửa đổi, bổ sung bởi Luật số 13/2030/QH17 (sau đây gọi là Luật Hoa).\nTheo Luật Hoa."
    assert mentions(text)[-1].number == "12/2029/QH17"


def test_what_the_text_says_elsewhere_completes_a_short_mention() -> None:
    found = mentions(
        "Căn cứ Luật Hoa cỏ số 12/2029/QH17 ngày 20 tháng 6 năm 2029; Nghị định số 30/2030/NĐ-CP ngày 05 tháng 3 năm 2030.\n"
        "Theo Luật Hoa cỏ, Luật Hoa cỏ năm 2020, Nghị định số 30 và Thông tư số 30."
    )
    whole = [Shorthand(found).whole(m) for m in found][2:]
    assert [(m.number, m.date) for m in whole] == [
        ("12/2029/QH17", "2029-06-20"), (None, "2020"), ("30/2030/NĐ-CP", "2030-03-05"), ("30", None),
    ]  # fmt: skip


def test_two_documents_of_one_name_leave_a_short_mention_as_it_is() -> None:
    found = mentions("Luật Hoa số 1/2001/QH10, Luật Hoa số 2/2029/QH17. Theo Luật Hoa.")
    assert Shorthand(found).whole(found[-1]).number is None
    assert Shorthand(found).whole(Mention(found[-1].span, "Luật", None, "2029", "Luật Hoa")).number == "2/2029/QH17"


def test_the_list_of_names_is_in_order_and_each_is_once() -> None:
    names = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert len(names) == len(set(names)) > 200
    known = LawNames()
    assert [name for name in names if known.end(f"{name} và Luật khác", 0) != len(name)] == []


@pytest.mark.parametrize(
    "unit",
    ["Luật ", "Luật A, ", "Luật sửa đổi, bổ sung một số điều của ", "số 1/2029/QH17 ", "Nghị định số 1", "(sau đây gọi là Luật ", "ngày ", "x" * 50, " "],
)  # fmt: skip
def test_long_runs_take_little_time(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    started = time.process_time()
    mentions(text)
    assert time.process_time() - started < 1.5
