"""What a trainer edited is marked, keeps its citations, and gets no quotation marks that are not an official text's."""

from __future__ import annotations

import pytest
from quoting import answered, cited

from policy_qa.answer import Answer, Statement
from policy_qa.document import DIGEST_MARK
from policy_qa.packs.editing import Run, changes, is_shortened, paragraphs

TWO = answered(cited("Chủ vườn tưới cây mỗi ngày."), cited("Ban Vườn ươm kiểm tra hằng quý.", "2", "điều=3"))


def marked(answer: Answer, edited: str | None) -> list[str]:
    """The paragraphs, edited words in braces."""
    return [
        "".join(f"{{{run.text}}}" if run.is_edited else run.text for run in said.runs)
        for said in paragraphs(answer, edited)
    ]


def test_an_answer_as_it_is_stands_in_quotation_marks_or_bears_the_mark_of_a_digest() -> None:
    assert marked(TWO, None) == ["“Chủ vườn tưới cây mỗi ngày.”", "“Ban Vườn ươm kiểm tra hằng quý.”"]
    assert marked(answered(cited("Tưới “đủ”.", kind="digest")), None) == [f"Tưới đủ. {DIGEST_MARK}"]


def test_the_lines_of_a_statement_are_paragraphs_and_the_last_bears_the_citation() -> None:
    said = paragraphs(answered(cited("1. Tưới cây.\n2. Ghi sổ.")))
    assert [(paragraph.text, paragraph.citations) for paragraph in said] == [
        ("“1. Tưới cây.", ()),
        ("2. Ghi sổ.”", ("1",)),
    ]
    assert paragraphs(Answer("Gì?", "answered", statements=(Statement(" \n", ("1",)),), citations=(cited("a"),))) == []


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        # Words are changed, added, left out; a whole line is the trainer's own; a line is left as it was.
        ("Chủ vườn tưới cây hằng ngày.", ["Chủ vườn tưới cây{ hằng} ngày."]),
        ("Mọi chủ vườn tưới cây mỗi ngày.", ["{Mọi chủ} vườn tưới cây mỗi ngày."]),
        ("Chủ vườn tưới cây.", ["Chủ vườn tưới{ cây.}"]),
        ("Xem thêm tài liệu phát tay.", ["{Xem thêm tài liệu phát tay.}"]),
        (
            "Chủ vườn tưới cây mỗi ngày.\n\n Ban Vườn ươm  kiểm tra. ",
            ["“Chủ vườn tưới cây mỗi ngày.”", "Ban Vườn ươm kiểm{ tra.}"],
        ),
        # The order may change.
        ("Ban Vườn ươm kiểm tra hằng quý.\nChủ vườn tưới cây mỗi ngày.", ["“Ban Vườn ươm kiểm tra hằng quý.”", "“Chủ vườn tưới cây mỗi ngày.”"]),
        # Quotation marks stay only around words that the official text has.
        ("Văn bản ghi: “tưới cây mỗi ngày”.", ["{Văn bản ghi:} “tưới cây mỗi ngày”."]),
        ("Chủ vườn “tưới cây” mỗi ngày.", ["Chủ vườn “tưới cây” mỗi ngày."]),
        ("Chủ vườn “chăm cây” mỗi ngày.", ["Chủ vườn{ chăm} cây mỗi ngày."]),
    ],
)  # fmt: skip
def test_what_is_edited_is_marked(edited: str, expected: list[str]) -> None:
    assert marked(TWO, edited) == expected


def test_an_edited_line_keeps_the_citation_of_what_it_was_and_a_new_one_has_none() -> None:
    said = paragraphs(TWO, "Ban Vườn ươm kiểm tra mỗi quý.\nXem tài liệu phát tay.")
    assert [paragraph.citations for paragraph in said] == [("2",), ()]


def test_an_edited_digest_keeps_its_mark_and_gets_no_quotation_marks() -> None:
    answer = answered(cited("Hội Vườn tưới cây mỗi ngày.", kind="digest"))
    assert marked(answer, "Hội Vườn “tưới cây” hằng ngày.") == [f"Hội Vườn tưới cây{{ hằng}} ngày. {DIGEST_MARK}"]


@pytest.mark.parametrize(
    ("edited", "shortened"),
    [
        (None, False),
        ("Chủ vườn tưới cây mỗi ngày.\nBan Vườn ươm kiểm tra hằng quý.", False),
        ("Chủ vườn tưới cây hằng ngày.\nBan Vườn ươm kiểm tra hằng quý.", False),
        ("Chủ vườn tưới cây mỗi ngày.", True),
        ("Chủ vườn tưới cây mỗi ngày.\nBan Vườn ươm kiểm quý.", True),
    ],
)
def test_what_is_left_out_is_noticed(edited: str | None, shortened: bool) -> None:
    assert is_shortened(TWO, edited) is shortened


def test_changes_show_what_was_taken_out_and_what_put_in() -> None:
    assert list(changes("Tưới cây mỗi ngày", "Tưới cây hằng ngày ạ")) == [
        ("Tưới cây", False, False),
        (" mỗi", True, False),
        (" hằng", False, True),
        (" ngày", False, False),
        (" ạ", False, True),
    ]


def test_what_the_trainer_adds_to_no_answer_is_the_trainers() -> None:
    said = paragraphs(Answer("Gì?"), "Liên hệ Ban Vườn ươm.")
    assert said[0].runs == (Run("Liên hệ Ban Vườn ươm.", is_edited=True),)
