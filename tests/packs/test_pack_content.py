"""What every export says: mentions in full once, notes once, places once, the provisions whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from quoting import answered, cited

from policy_qa.answer import Answer, Statement
from policy_qa.packs.content import CHANGED, annex, entries
from policy_qa.packs.editing import seen
from policy_qa.packs.pack import Item, Pack

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant


def pack_of(*answers: Answer) -> Pack:
    return Pack(items=tuple(Item(answer.question, answer) for answer in answers))


def test_a_document_is_named_in_full_once_in_the_pack() -> None:
    found = entries(
        pack_of(
            answered(cited("Tưới.")), answered(cited("Ghi sổ.", address="điều=3"), cited("Hội.", "2", kind="digest"))
        )
    )
    assert found[0].sources == ("Điều 2 Quyết định số 7/QĐ-VU của Ban Vườn ươm, trang 3",)
    assert found[1].sources == (
        "Điều 3 Quyết định số 7/QĐ-VU, trang 3",
        "Điều 2 Kết luận số 9/KL-VU của Hội Vườn (bản tóm lược, không phải nguyên văn)",
    )


def test_a_place_is_one_source_however_often_it_is_cited() -> None:
    answer = answered(cited("Tưới."), cited("Ghi sổ.", "2"), cited("Nhổ cỏ.", "3", "điều=3"))
    both = replace(answer, statements=(*answer.statements, Statement("Cả hai.", ("3", "1"))))
    entry = entries(pack_of(both))[0]
    assert entry.marks == ((1,), (1,), (2,), (1, 2))
    assert len(entry.sources) == 2


def test_a_note_stands_in_full_once() -> None:
    found = entries(pack_of(*(answered(cited("Tưới."), notes=notes) for notes in (("A.",), ("B.", "A."), ("B.",)))))
    assert [entry.notes for entry in found] == [
        ("A.",),
        ("B.", "Như đã lưu ý ở Câu 1."),
        ("Như đã lưu ý ở Câu 2.",),
    ]


def test_what_has_no_answer_says_why_and_the_rejected_are_not_there() -> None:
    refused = Answer("Gì?", "not_found", "out_of_scope", "Ngoài phạm vi.", related=(cited("Tưới."),))
    pack = Pack(
        items=(
            Item("Gì?", refused),
            Item("Bỏ?", state="rejected"),
            Item("Lỗi?", error="Mô hình không trả lời."),
            Item("Chưa?"),
            Item("Gì?", refused, edited="Hỏi Ban Vườn ươm."),
        )
    )
    found = entries(pack)
    assert [entry.number for entry in found] == [1, 2, 3, 4]
    assert [entry.remark for entry in found] == [
        "Ngoài phạm vi.",
        "Mô hình không trả lời.",
        "Chưa có câu trả lời.",
        None,
    ]
    assert found[0].related == ("Điều 2 Quyết định số 7/QĐ-VU của Ban Vườn ươm, trang 3",)
    assert found[0].sources == ()
    assert found[3].said[0].text == "Hỏi Ban Vườn ươm."
    assert found[3].has_edits


def test_the_annex_has_the_provisions_whole_in_the_order_of_the_document(office: Assistant) -> None:
    asked = (
        "Hồ sơ gieo ươm phải lưu bao lâu?",
        "Khoản 1 Điều 3 Quyết định 345/QĐ-UBND",
        "Điều 3 Quyết định 345/QĐ-UBND",
    )
    documents = annex(pack_of(*map(office.ask, asked)), office.index)
    assert [document.name for document in documents] == [
        "Quyết định số 345/QĐ-UBND ngày 15 tháng 3 năm 2021 của Ủy ban nhân dân tỉnh An Hải về việc ban hành Quy định "
        "quản lý vườn ươm cây ngập mặn"
    ]
    # The khoản that lies in the điều is not repeated, and the heading is the provision's own.
    assert [(p.heading, p.lines, p.remark) for p in documents[0].provisions] == [
        (
            "Điều 3. Kinh phí",
            (
                "1. Ngân sách tỉnh chi 250 triệu đồng mỗi năm cho vườn ươm.",
                "2. Hợp tác xã muối góp 5% lợi nhuận mỗi năm.",
            ),
            None,
        ),
        ("Khoản 2 Điều 4", ("2. Chủ vườn ươm lưu hồ sơ gieo ươm trong thời hạn 07 năm.",), None),
    ]


def test_a_digest_is_marked_in_the_annex_and_never_quoted(office: Assistant) -> None:
    document = annex(pack_of(office.ask("Mục tiêu chung của Đề án 1079 là gì?")), office.index)[0]
    for provision in document.provisions:
        assert provision.remark is not None
        assert "(bản tóm lược, không phải nguyên văn)" in provision.remark
        assert not set('“”"') & set("".join(provision.lines))


def test_what_was_cited_stays_what_it_was_when_the_document_has_changed(office: Assistant) -> None:
    answer = office.ask("Hồ sơ gieo ươm phải lưu bao lâu?")
    older = replace(answer, citations=tuple(replace(c, sha256="00" * 32) for c in answer.citations))
    provision = annex(pack_of(older), office.index)[0].provisions[0]
    assert provision.lines == ("2. Chủ vườn ươm lưu hồ sơ gieo ươm trong thời hạn 07 năm.",)
    assert provision.remark == CHANGED
    gone = replace(answer, citations=tuple(replace(c, key="999/X@2000-01-01") for c in answer.citations))
    assert annex(pack_of(gone), office.index)[0].provisions[0].remark == CHANGED


def test_what_prints_nothing_is_not_written() -> None:
    assert seen(" a\u202eb\x00\n\ud83d c\u200b ") == "ab ? c"
