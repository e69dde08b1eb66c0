"""Where what is attached begins, and its numbering: Phụ lục, Quy chế, lists, forms, repealed forms."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from sample_texts import STATE_END, STATE_HEAD, assert_tiles, make_source

from policy_qa.document import Page, SourceText, Span
from policy_qa.structure import parse

Addresses = Callable[[str], list[str]]
BEFORE = STATE_HEAD + "Điều 1. Ban hành\nMột câu.\nĐiều 2. Hiệu lực\nHai câu." + STATE_END
OWN = ["điều=1", "điều=2", "đề mục=chữ ký"]


def attached(addresses: Addresses, annexes: str) -> list[str]:
    found = addresses(BEFORE + annexes)
    assert found[2:5] == OWN
    return found[5:]


def paged(text: str, *page_starts: str) -> SourceText:
    """The text on pages that begin with the first line, and with each of `page_starts`."""
    cuts = [0, *(text.index(f"\n{start}\n") + 1 for start in page_starts), len(text)]
    pages = (Page(n, Span(a, b), 595, 842) for n, (a, b) in enumerate(pairwise(cuts), start=1))
    return SourceText(text, "vi-du.pdf", "0" * 64, "pdf", pages=tuple(pages))


def test_a_regulation_with_chapters_and_articles_of_its_own_and_an_annex(addresses: Addresses) -> None:
    annexes = (
        "QUY CHẾ\nTRỒNG HOA TRÊN ĐẢO\n(Ban hành kèm theo Quyết định số 4321/QĐ-TTg ngày 03 tháng 02 năm 2031)\n"
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Một\n1. Hoa.\nChương II\nTỔ CHỨC\nĐiều 2. Hai\nHết.\n"
        "PHỤ LỤC\nMỨC HỖ TRỢ\n1. Cúc.\n2. Lan."
    )
    assert attached(addresses, annexes) == [
        "phụ lục=1", "phụ lục=1;chương=I", "phụ lục=1;điều=1", "phụ lục=1;điều=1;khoản=1", "phụ lục=1;chương=II",
        "phụ lục=1;điều=2", "phụ lục=2", "phụ lục=2;mục=1", "phụ lục=2;mục=2",
    ]  # fmt: skip


def test_two_annexes_of_one_label_are_both_kept_and_told(addresses: Addresses) -> None:
    annexes = "PHỤ LỤC I\nHOA\n1. Cúc.\nPHỤ LỤC I\nLÁ\n1. Tre.\nPHỤ LỤC II\nQUẢ\n1. Na."
    assert attached(addresses, annexes) == [
        "phụ lục=I", "phụ lục=I;mục=1", "phụ lục=I (lần 2)", "phụ lục=I (lần 2);mục=1", "phụ lục=II", "phụ lục=II;mục=1",
    ]  # fmt: skip
    warnings = parse(make_source(BEFORE + annexes)).warnings
    assert warnings == ("Nhãn “phụ lục I” lặp lại trong cùng một phần; vẫn giữ cả hai.",)


@pytest.mark.parametrize("word", ["được bãi bỏ", "đã bãi bỏ", "bị bãi bỏ", "bãi bỏ"])
@pytest.mark.parametrize("name", ["", ". Đơn xin trồng hoa"])
def test_repealed_forms_one_a_line(addresses: Addresses, word: str, name: str) -> None:
    annexes = f"Mẫu số 01{name} ({word})\nMẫu số 02{name} ({word})\nMẫu số 03. TỜ KHAI\n1. Họ tên:\n2. Tuổi:\n3. Nghề:"
    assert attached(addresses, annexes) == [
        "phụ lục=01", "phụ lục=02", "phụ lục=03", "phụ lục=03;mục=1", "phụ lục=03;mục=2", "phụ lục=03;mục=3",
    ]  # fmt: skip


def test_a_list_of_forms_is_no_form(addresses: Addresses) -> None:
    annexes = "PHỤ LỤC\nDANH MỤC MẪU\nMẫu số 01. Đơn xin\nMẫu số 02. Tờ khai\nMẫu số 03. Biên bản\n1. Một.\n2. Hai."
    assert attached(addresses, annexes) == ["phụ lục=1", "phụ lục=1;mục=1", "phụ lục=1;mục=2"]


LIST = "DANH SÁCH CÁC XÃ TRỒNG HOA"


def test_a_list_attached_on_a_page_of_its_own() -> None:
    text = f"{BEFORE}{LIST}\n1. Xã Cúc.\n2. Xã Lan."
    document = parse(paged(text, LIST))
    assert_tiles(document)
    assert [str(p.address) for p in document.walk()][2:] == [*OWN, "phụ lục=1", "phụ lục=1;mục=1", "phụ lục=1;mục=2"]
    assert document.provisions[-1].heading == LIST


@pytest.mark.parametrize(
    ("after", "new_page"),
    [("1. Xã Cúc.\n2. Xã Lan.", False), ("Một câu về hoa.", True), ("2. Xã Cúc.", True)],
    ids=["on the page of the signature", "no list", "no first item"],
)
def test_capitals_after_the_signature_are_no_annex_of_themselves(after: str, new_page: bool) -> None:
    text = f"{BEFORE}{LIST}\n{after}"
    document = parse(paged(text, LIST) if new_page else paged(text))
    assert_tiles(document)
    assert [str(p.address) for p in document.walk()][2:] == OWN


@pytest.mark.parametrize(
    "line",
    [
        "Phụ lục I ban hành kèm theo Quyết định này được sửa đổi;",
        "PHỤ LỤC II của Nghị định này được áp dụng.",
        "Mẫu số 01 của Quyết định này",
        "“PHỤ LỤC III”",
    ],
)
def test_a_mention_of_an_annex_opens_none(addresses: Addresses, line: str) -> None:
    found = addresses(STATE_HEAD + f"Điều 1. Ban hành\n{line}\nĐiều 2. Hiệu lực\nHai câu." + STATE_END)
    assert found[2:] == OWN


def test_articles_that_begin_again_after_the_signature(addresses: Addresses) -> None:
    assert attached(addresses, "NỘI QUY\nVƯỜN HOA\nĐiều 1. Một\nA.\nĐiều 2. Hai\nB.") == [
        "phụ lục=1",
        "phụ lục=1;điều=1",
        "phụ lục=1;điều=2",
    ]


def test_title_lines_of_an_annex() -> None:
    annex = "PHỤ LỤC II\nDANH MỤC\nCÁC LOÀI HOA\n(Kèm theo Quyết định số 4321/QĐ-TTg)\n____\n1. Cúc."
    root = parse(make_source(BEFORE + annex)).provisions[-1]
    assert root.heading == "DANH MỤC CÁC LOÀI HOA"
    assert [str(child.address) for child in root.children] == ["phụ lục=II;mục=1"]
