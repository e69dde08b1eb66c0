"""What an answer says of the texts and versions that it cites."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from flowers import decree, law

from policy_qa.answer import Answer, Citation, Statement
from policy_qa.answering.citations import citation
from policy_qa.answering.versions import Versions, notes
from policy_qa.document import Address

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant
    from policy_qa.retrieval.index import Index

TODAY = datetime.date(2026, 6, 1)

DIGEST = """---
number: 40/KL-HOA
kind: Kết luận
issuer: Ban Hoa
date: "{year}-05-06"
title: về vườn hoa
text_kind: digest
gaps: []
---

# Điều 1. Phạm vi

Bản tóm lược nói về vườn hoa của năm {year}.
"""

FILES = {
    "nd-7.txt": decree("7/2020/NĐ-CP", "01 tháng 02 năm 2020"),
    "nd-8.txt": decree(
        "8/2021/NĐ-CP",
        "03 tháng 02 năm 2021",
        effect="Nghị định này có hiệu lực từ ngày 01 tháng 3 năm 2021 và thay thế Nghị định số 7/2020/NĐ-CP.",
    ),
    "nd-9.txt": decree(
        "9/2022/NĐ-CP",
        "03 tháng 02 năm 2022",
        title="Sửa đổi, bổ sung một số điều của Nghị định số 8/2021/NĐ-CP ngày 03 tháng 02 năm 2021",
    ),
    "nd-10.txt": decree(
        "10/2026/NĐ-CP",
        "03 tháng 02 năm 2026",
        effect="1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026.\n"
        "2. Nghị định số 9/2022/NĐ-CP ngày 03 tháng 02 năm 2022 hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.",
    ),
    "qd-5.txt": decree("5/QĐ-TTg", "04 tháng 02 năm 2020", effect="Quyết định này có hiệu lực từ ngày ký."),
    "qd-5-moi.txt": decree(
        "5/QĐ-TTg", "04 tháng 02 năm 2021", effect="Quyết định này có hiệu lực từ ngày ký đến hết ngày 31/12/2025."
    ),
    "luat-cu.txt": law(number="12/2009/QH12", date="14 tháng 6 năm 2009"),
    "luat-moi.txt": law(number="12/2019/QH14", date="14 tháng 6 năm 2019"),
    "kl-40-cu.md": DIGEST.format(year=2020),
    "kl-40.md": DIGEST.format(year=2021),
}
ND7, ND8, ND9, ND10 = (
    "7/2020/NĐ-CP@2020-02-01", "8/2021/NĐ-CP@2021-02-03", "9/2022/NĐ-CP@2022-02-03", "10/2026/NĐ-CP@2026-02-03",
)  # fmt: skip
QD5, QD5_NEW = "5/QĐ-TTg@2020-02-04", "5/QĐ-TTg@2021-02-04"
LAW_2009, LAW_2019 = "12/2009/QH12@2009-06-14", "12/2019/QH14@2019-06-14"
KL40 = "40/KL-HOA@2021-05-06"


@pytest.fixture(scope="module")
def index(opened: Callable[[str, dict[str, str]], Assistant]) -> Index:
    return opened("versions", FILES).index


def cite(index: Index, key: str, address: str = "điều=1") -> Citation:
    provision = index.provision(key, Address.parse(address))
    assert provision is not None, (key, [p.address for p in index.provisions(key)])
    return citation(index, provision, provision.span, f"{key}{address}")


def answer(index: Index, *keys: str, question: str = "Vườn hoa là gì?") -> Answer:
    cited = tuple(cite(index, key) for key in keys)
    return Answer(question, "answered", statements=(Statement("Lời.", tuple(c.id for c in cited)),), citations=cited)


def said(index: Index, *keys: str, question: str = "Vườn hoa là gì?") -> tuple[str, ...]:
    return notes(index, answer(index, *keys, question=question), TODAY)


def test_replaced_by_a_document_of_the_index(index: Index) -> None:
    assert said(index, ND7) == (
        "Nghị định số 7/2020/NĐ-CP đã được thay thế bằng Nghị định số 8/2021/NĐ-CP ngày 03 tháng 02 năm 2021 (có trong kho).",
    )


def test_amended(index: Index) -> None:
    assert said(index, ND8) == (
        "Nghị định số 8/2021/NĐ-CP đã được sửa đổi bởi Nghị định số 9/2022/NĐ-CP ngày 03 tháng 02 năm 2022 (có trong kho): "
        "đối chiếu quy định sửa đổi trước khi dùng.",
    )


def test_an_amendment_that_does_not_count_yet_and_many_of_them(
    opened: Callable[[str, dict[str, str]], Assistant],
) -> None:
    title = "Sửa đổi, bổ sung một số điều của Nghị định số 30/2020/NĐ-XY"
    files = {"goc.txt": decree("30/2020/NĐ-XY", "01 tháng 02 năm 2020")}
    files |= {f"{n}.txt": decree(f"{n}/2021/NĐ-XY", "01 tháng 02 năm 2021", title=title) for n in range(31, 36)}
    later = "Nghị định này có hiệu lực từ ngày 15/8/2026."
    files["sau.txt"] = decree("40/2026/NĐ-XY", "01 tháng 02 năm 2026", title=title, effect=later)
    (note,) = said(opened("amended", files).index, "30/2020/NĐ-XY@2020-02-01")
    assert "31/2021" not in note and "32/2021" in note
    assert (
        "40/2026/NĐ-XY ngày 01 tháng 02 năm 2026 (có trong kho, hiệu lực từ ngày 15/8/2026) và 1 văn bản trước đó:"
        in note
    )


def test_what_will_be_replaced_is_in_force_until_then(index: Index) -> None:
    (now,) = said(index, ND9)
    assert now.endswith(
        "sẽ được thay thế bằng Nghị định số 10/2026/NĐ-CP ngày 03 tháng 02 năm 2026 (có trong kho) từ ngày 01/7/2026."
    )
    (later,) = notes(index, answer(index, ND9), datetime.date(2026, 7, 1))
    assert later.startswith("Nghị định số 9/2022/NĐ-CP đã được thay thế bằng")


def test_not_yet_in_force_and_no_longer(index: Index) -> None:
    assert said(index, ND10) == (
        "Nghị định số 10/2026/NĐ-CP chưa có hiệu lực: văn bản ghi có hiệu lực từ ngày 01/7/2026.",
    )
    assert notes(index, answer(index, ND10), datetime.date(2026, 7, 1)) == ()
    over = said(index, QD5_NEW, question="Quyết định 5 năm 2021 nói gì?")
    assert over == ("Quyết định số 5/QĐ-TTg đã hết hiệu lực: văn bản ghi có hiệu lực đến ngày 31/12/2025.",)


CONSOLIDATED = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
NGHỊ ĐỊNH
Quy định về vườn ươm
Nghị định số 50/2018/NĐ-XY ngày 01 tháng 02 năm 2018 của Chính phủ, được sửa đổi, bổ sung bởi:
Nghị định số 51/2019/NĐ-XY ngày 02 tháng 3 năm 2019 của Chính phủ.
Điều 1. Phạm vi
Một câu về vườn ươm.
BỘ HOA CỎ
XÁC THỰC VĂN BẢN HỢP NHẤT
Số: {number}/VBHN-BHC
Hà Nội, ngày 21 tháng 6 năm {year}
BỘ TRƯỞNG
Trần Văn Hoa
"""
BASE, OLDER, NEWER = "50/2018/NĐ-XY@2018-02-01", "3/VBHN-BHC@2020-06-21", "9/VBHN-BHC@2021-06-21"
NAMED = "Nghị định số 50/2018/NĐ-XY ngày 01 tháng 02 năm 2018"
CHANGING = {
    "goc.txt": decree("50/2018/NĐ-XY", "01 tháng 02 năm 2018", "Về vườn ươm"),
    "sua-truoc.txt": decree("51/2019/NĐ-XY", "02 tháng 3 năm 2019", "Về vườn ươm"),
    "sua-sau.txt": decree("52/2023/NĐ-XY", "02 tháng 3 năm 2023", f"Sửa đổi, bổ sung một số điều của {NAMED}"),
    "dinh-chinh.txt": decree("53/2018/NĐ-XY", "02 tháng 3 năm 2018", f"Đính chính {NAMED}"),
    "hop-nhat-cu.txt": CONSOLIDATED.format(number=3, year=2020),
    "hop-nhat.txt": CONSOLIDATED.format(number=9, year=2021),
}


@pytest.fixture(scope="module")
def changed(opened: Callable[[str, dict[str, str]], Assistant]) -> Index:
    return opened("changed", CHANGING).index


def test_amended_corrected_and_consolidated(changed: Index) -> None:
    amended, corrected, consolidated = said(changed, BASE)
    assert "51/2019/NĐ-XY" in amended and "52/2023/NĐ-XY" in amended
    assert corrected == (
        "Nghị định số 50/2018/NĐ-XY đã được đính chính bởi Nghị định số 53/2018/NĐ-XY ngày 02 tháng 3 năm 2018 (có trong kho)."
    )
    assert consolidated == (
        "Nghị định số 50/2018/NĐ-XY đã được hợp nhất trong Văn bản hợp nhất số 9/VBHN-BHC ngày 21 tháng 6 năm 2021 (có trong kho)."
    )
    assert not any("đã được hợp nhất" in note for note in said(changed, BASE, NEWER))
    assert consolidated in said(changed, BASE, OLDER)


def test_a_consolidated_text_lacks_only_what_came_after_it(changed: Index) -> None:
    assert said(changed, NEWER) == (
        "Sau Văn bản hợp nhất số 9/VBHN-BHC, Nghị định số 50/2018/NĐ-XY còn được sửa đổi bởi Nghị định số 52/2023/NĐ-XY ngày "
        "02 tháng 3 năm 2023 (có trong kho): đối chiếu trước khi dùng.",
    )


def test_what_was_repealed_is_not_said_to_be_amended_and_a_consolidated_text_goes_with_its_base(
    opened: Callable[[str, dict[str, str]], Assistant],
) -> None:
    ending = decree("54/2024/NĐ-XY", "02 tháng 3 năm 2024", effect=f"Nghị định này bãi bỏ {NAMED}.")
    index = opened("ended", CHANGING | {"bai-bo.txt": ending}).index
    end = "đã bị bãi bỏ bởi Nghị định số 54/2024/NĐ-XY ngày 02 tháng 3 năm 2024 (có trong kho)."
    assert said(index, BASE) == (f"Nghị định số 50/2018/NĐ-XY {end}",)
    assert said(index, NEWER) == (
        f"Văn bản hợp nhất số 9/VBHN-BHC hợp nhất Nghị định số 50/2018/NĐ-XY; văn bản được hợp nhất {end}",
    )


def test_what_will_be_repealed_is_still_said_to_be_amended(
    opened: Callable[[str, dict[str, str]], Assistant],
) -> None:
    effect = "Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2026 và thay thế Nghị định số 50/2018/NĐ-XY."
    later = decree("55/2026/NĐ-XY", "02 tháng 3 năm 2026", "Về vườn ươm", effect)
    index = opened("ending", CHANGING | {"thay.txt": later}).index
    ended, amended, *_ = said(index, BASE)
    assert "sẽ được thay thế bằng Nghị định số 55/2026/NĐ-XY" in ended
    assert "đã được sửa đổi bởi" in amended


def test_the_last_day_in_force_is_a_day_in_force(index: Index) -> None:
    only = answer(index, QD5_NEW, question="Quyết định 5 năm 2021 nói gì?")
    assert notes(index, only, datetime.date(2025, 12, 31)) == ()


def test_a_document_that_another_sentence_names_is_not_named_as_one_of_the_same_number(
    opened: Callable[[str, dict[str, str]], Assistant],
) -> None:
    effect = "Nghị định này thay thế Nghị định số 72/2020/NĐ-XY."
    files = {
        "a.txt": decree("72/2020/NĐ-XY", "01 tháng 02 năm 2020"),
        "b.txt": decree("72/2021/NĐ-XY", "01 tháng 02 năm 2021", effect=effect),
    }
    (note,) = said(opened("renewed", files).index, "72/2020/NĐ-XY@2020-02-01", question="Nghị định 72 nói gì?")
    assert "đã được thay thế bằng" in note


SAME = "Kho còn có Quyết định số 5/QĐ-TTg ngày 04 tháng 02 năm 2021; câu trả lời này dẫn Quyết định số 5/QĐ-TTg ngày 04 tháng 02 năm 2020."


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Vườn hoa là gì?", (SAME,)),
        ("Quyết định 5 nói gì?", (SAME,)),
        ("Quyết định 5/QĐ-TTg nói gì?", (SAME,)),
        ("Quyết định 5/QĐ-TTg năm 2020 nói gì?", ()),
        ("Quyết định số 5/QĐ-TTg ngày 04/02/2020 nói gì?", ()),
    ],
)
def test_another_document_of_the_same_number(index: Index, question: str, expected: tuple[str, ...]) -> None:
    assert said(index, QD5, question=question) == expected


def test_two_of_one_number_that_are_both_cited_are_not_mistaken(index: Index) -> None:
    assert said(index, QD5, QD5_NEW) == (
        "Quyết định số 5/QĐ-TTg ngày 04 tháng 02 năm 2021 đã hết hiệu lực: văn bản ghi có hiệu lực đến ngày 31/12/2025.",
    )


@pytest.mark.parametrize(
    ("question", "told"),
    [("Luật Hoa cỏ nói gì?", True), ("Luật Hoa cỏ năm 2009 nói gì?", False), ("Luật Hoa cỏ 2009 nói gì?", False)],
)
def test_a_law_of_the_same_name(index: Index, question: str, told: bool) -> None:
    sentence = "Kho còn có Luật Hoa cỏ năm 2019; câu trả lời này dẫn Luật Hoa cỏ năm 2009."
    assert said(index, LAW_2009, question=question) == ((sentence,) if told else ())


def test_a_number_with_its_year_is_mistaken_only_where_the_year_is_left_out(
    opened: Callable[[str, dict[str, str]], Assistant],
) -> None:
    files = {
        "a.txt": decree("72/2020/NĐ-XY", "01 tháng 02 năm 2020"),
        "b.txt": decree("72/2021/NĐ-XY", "01 tháng 02 năm 2021"),
    }
    index = opened("numbers", files).index
    key = "72/2020/NĐ-XY@2020-02-01"
    assert said(index, key) == said(index, key, question="Nghị định 72/2020 nói gì?") == ()
    (note,) = said(index, key, question="Nghị định 72 nói gì?")
    assert note.startswith("Kho còn có Nghị định số 72/2021/NĐ-XY")


def test_digests_are_named_together_and_last(index: Index) -> None:
    found = (
        said(index, KL40, "57-KL/TW@2023-06-15")
        if index.provision("57-KL/TW@2023-06-15", Address.parse("điều=1"))
        else said(index, KL40)
    )
    assert found[-1].startswith("Lời văn dẫn từ Kết luận số 40/KL-HOA")
    assert found[-1].endswith("là bản tóm lược, không phải nguyên văn: đối chiếu với văn bản gốc khi dùng chính thức.")
    assert not set('“”"«»') & set("".join(found))
    assert found[0].startswith("Kho còn có Kết luận số 40/KL-HOA ngày 06 tháng 5 năm 2020")


def test_pages_that_were_recognised(index: Index) -> None:
    one, two = cite(index, LAW_2019), cite(index, LAW_2019)
    pages = (
        dataclasses.replace(one, page=7, ocr=0.9), dataclasses.replace(two, id="2", page=3, ocr=0.8),
        dataclasses.replace(two, id="3", page=3, ocr=0.8), dataclasses.replace(two, id="4", page=5),
    )  # fmt: skip
    found = notes(index, Answer("Luật Hoa cỏ 2019?", "answered", citations=pages), TODAY)
    assert found == (
        "Trang 3 và 7 của Luật Hoa cỏ năm 2019 được nhận dạng từ ảnh chụp, có thể sai vài chữ: đối chiếu với bản gốc khi "
        "dùng chính thức.",
    )


def test_gravest_first_each_once_and_the_same_every_time(index: Index) -> None:
    cited = answer(index, KL40, ND8, ND7, QD5, ND7)
    found = notes(index, cited, TODAY)
    assert [
        words in note
        for words, note in zip(("thay thế", "sửa đổi", "Kho còn có", "Kho còn có", "tóm lược"), found, strict=True)
    ] == [True] * 5
    versions = Versions(index)
    assert versions.notes(cited, TODAY) == versions.notes(cited, TODAY) == found


def test_nothing_to_say(index: Index) -> None:
    assert notes(index, Answer("Gì?", related=(cite(index, ND7),)), TODAY) == ()
    assert said(index, LAW_2019, question="Luật Hoa cỏ 2019") == ()


def test_a_document_that_is_gone_from_the_index(index: Index) -> None:
    gone = dataclasses.replace(cite(index, KL40), key="mất@2020-01-01", page=2, ocr=0.5)
    found = notes(index, Answer("Gì?", "answered", citations=(gone,)), TODAY)
    assert [note.startswith("Lời văn dẫn từ Kết luận") for note in found[-2:]] == [True, False]


def test_a_note_is_one_line_whatever_the_head_says(index: Index) -> None:
    cited = cite(index, KL40)
    odd = dataclasses.replace(cited.document, number=None, kind="Luật", title="Hoa\u200b\n- “cỏ”\u202e")
    (note,) = notes(
        index, Answer("?", "answered", citations=(dataclasses.replace(cited, key="mất", document=odd),)), TODAY
    )
    assert note.startswith("Lời văn dẫn từ Luật Hoa - cỏ năm 2021 là bản tóm lược")


def test_notes_of_the_last_part_hold_for_the_whole() -> None:
    parts = Answer("?", "answered", notes=("một",)) + Answer("?", "answered", notes=("một", "hai"))
    assert parts.notes == ("một", "hai")
    assert (parts + Answer("?", "answered")).notes == ("một", "hai")
    assert parts.to_json()["notes"] == ["một", "hai"]
