"""The second look at drafts: every decision is written at once, nothing is lost, and nothing unfinished gets through."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from policy_qa.document import JSON
from policy_qa.evaluation.gold import document_of, gold_of_line, gold_on_a_line
from policy_qa.evaluation.questions import BadQuestionSet, load
from policy_qa.evaluation.reviewing import BadReview, Review, add_drafts

KEY = "5/QĐ-ABC@2020-01-02"
DRAFT: dict[str, JSON] = {
    "id": "d-1",
    "question": "Nhà trẻ mở cửa lúc mấy giờ?",
    "kind": "date",
    "style": "plain",
    "gold": [[f"{KEY}#điều=1;khoản=2"]],
    "key_facts": ["7 giờ"],
    "unanswerable": False,
    "reason": None,
    "author": "policy-qa draft",
    "state": "draft",
}
COMPLAINT: dict[str, JSON] = {
    **DRAFT,
    "id": "feedback-4",
    "question": "Sân sau có mái che không?",
    "gold": [],
    "key_facts": [],
    "feedback": {
        "cited": [f"{KEY}#điều=3"],
        "answer": "Có.",
        "comment": "trích nhầm điều",
        "created": "2026-01-01T00:00:00+00:00",
    },
}
OTHER = {**DRAFT, "id": "d-2", "question": "Cổng nào cho xe đạp?"}
DONE = {**DRAFT, "id": "d-3", "question": "Ai giữ chìa khóa?", "state": "reviewed"}


def written(path: Path, *records: Mapping[str, JSON]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
    return path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(tmp_path / "nhap.jsonl", DRAFT, OTHER, DONE)


def states(path: Path) -> dict[str, str]:
    return {question.id: question.state for question in load(path)}


# --- decisions ----------------------------------------------------------------------------------------------------


def test_drafts_wait_in_their_order(file: Path) -> None:
    assert [item.id for item in Review(file).pending()] == ["d-1", "d-2"]
    assert [item.is_pending for item in Review(file).items()] == [True, True, False]


def test_an_accepted_draft_is_reviewed_and_the_rest_stays(file: Path) -> None:
    before = file.read_text("utf-8").splitlines()
    assert Review(file).accept("d-1").state == "reviewed"
    assert states(file) == {"d-1": "reviewed", "d-2": "draft", "d-3": "reviewed"}
    assert file.read_text("utf-8").splitlines()[1:] == before[1:]


def test_an_edited_draft_waits_on(file: Path) -> None:
    item = Review(file).edit("d-2", {"question": "Cổng nào cho xe ba bánh?", "key_facts": []})
    assert item.is_pending and item.words == "Cổng nào cho xe ba bánh?"
    assert [q.question for q in load(file)][1] == "Cổng nào cho xe ba bánh?"


def test_a_rejected_draft_lies_beside_the_file(file: Path) -> None:
    review = Review(file)
    review.reject("d-2")
    assert [item.id for item in review.items()] == ["d-1", "d-3"]
    review.reject("d-1")
    kept = [json.loads(line)["id"] for line in review.rejected.read_text("utf-8").splitlines()]
    assert kept == ["d-2", "d-1"] and review.rejected.name == "nhap.rejected.jsonl"


def test_what_another_reviewer_did_meanwhile_is_seen(file: Path) -> None:
    mine, other = Review(file), Review(file)
    other.accept("d-1")
    mine.edit("d-2", {"question": "Cổng nào cho xe kéo?"})
    assert states(file) == {"d-1": "reviewed", "d-2": "draft", "d-3": "reviewed"}
    other.reject("d-2")
    with pytest.raises(BadReview, match="không còn câu d-2"):
        mine.accept("d-2")


def test_many_hands_lose_no_decision(tmp_path: Path) -> None:
    records = [{**DRAFT, "id": f"d-{n}", "question": f"câu {n}?"} for n in range(12)]
    review = Review(written(tmp_path / "q.jsonl", *records))
    hands = [threading.Thread(target=review.accept, args=(f"d-{n}",)) for n in range(12)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert review.pending() == []


def test_a_write_that_fails_leaves_the_file_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    review = Review(file)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(BadReview, match="ổ đĩa đã đầy"):
        review.accept("d-1")
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"kind": "other"}, "trường kind"),
        ({"gold": []}, "ít nhất một nhóm"),
        ({"gold": [["điều=1"]]}, "số@ngày#địa chỉ"),
        ({"unanswerable": True, "reason": "no_text"}, "danh sách rỗng"),
        ({"question": "cổng nào cho XE ĐẠP?"}, "trùng với câu d-2"),
        ({"state": "reviewed"}, "không sửa được trường state"),
        ({"id": "d-9"}, "không sửa được trường id"),
    ],
)
def test_a_change_that_breaks_a_rule_is_refused_and_nothing_is_written(
    file: Path, changes: dict[str, JSON], named: str
) -> None:
    before = file.read_bytes()
    with pytest.raises(BadReview, match=named):
        Review(file).edit("d-1", changes)
    assert file.read_bytes() == before


# --- complaints ---------------------------------------------------------------------------------------------------


@pytest.fixture
def complained(tmp_path: Path) -> Path:
    return written(tmp_path / "che.jsonl", COMPLAINT, DRAFT)


def test_a_complaint_is_never_measured_before_it_is_reviewed(complained: Path) -> None:
    with pytest.raises(BadQuestionSet, match=r"che\.jsonl:1: câu lấy từ phản hồi chưa được duyệt.*eval review"):
        load(complained)


def test_a_complaint_tells_what_was_said(complained: Path) -> None:
    item = Review(complained).items()[0]
    assert item.complaint is not None and item.complaint.comment == "trích nhầm điều"
    assert item.complaint.cited == (f"{KEY}#điều=3",)
    assert item.question is None and item.flaw is not None and "gold" in item.flaw
    assert Review(complained).items()[1].complaint is None


def test_a_complaint_without_gold_can_be_reworded_but_not_accepted(complained: Path) -> None:
    review = Review(complained)
    assert review.edit("feedback-4", {"question": "Sân trước có mái che không?"}).complaint is not None
    with pytest.raises(BadReview, match="ít nhất một nhóm"):
        review.accept("feedback-4")
    with pytest.raises(BadReview, match="trường kind"):
        review.edit("feedback-4", {"kind": "?"})
    assert review.items()[0].words == "Sân trước có mái che không?"


def test_a_complaint_with_gold_becomes_a_question(complained: Path) -> None:
    review = Review(complained)
    assert review.edit("feedback-4", {"gold": [[f"{KEY}#điều=4"]]}).complaint is not None
    with pytest.raises(BadQuestionSet):
        load(complained)
    review.accept("feedback-4")
    question = load(complained)[0]
    assert (question.state, question.gold_ids) == ("reviewed", {f"{KEY}#điều=4"})


def test_a_complaint_may_turn_out_not_to_be_answerable(complained: Path) -> None:
    review = Review(complained)
    review.edit("feedback-4", {"unanswerable": True, "reason": "no_text"})
    assert review.accept("feedback-4").unanswerable


# --- the file -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"{", ":1: "),
        (b"[1]\n", "id riêng"),
        (b'{"id": 7}\n', "id riêng"),
        (b'{"id": "a"}\n{"id": "a"}\n', ":2: "),
        (b"[" * 100_000, ":1: "),
        ("é".encode("latin-1"), "UTF-8"),
    ],
)
def test_a_file_that_cannot_be_reviewed_is_refused(tmp_path: Path, content: bytes, named: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(content)
    with pytest.raises(BadReview, match=named):
        Review(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadReview, match=r"none\.jsonl: không mở được"):
        Review(tmp_path / "none.jsonl")


def test_half_a_question_is_an_item_with_its_flaw(tmp_path: Path) -> None:
    (item,) = Review(written(tmp_path / "q.jsonl", {"id": "x", "question": 5, "gold": "?", "feedback": "?"})).items()
    assert (item.question, item.gold, item.complaint, item.is_pending) == (None, (), None, False)
    assert item.flaw is not None and "thiếu trường" in item.flaw


def test_drafts_are_added_once(tmp_path: Path) -> None:
    path = tmp_path / "mới.jsonl"
    assert add_drafts(path, [DRAFT, OTHER]) == 2
    assert add_drafts(path, [DRAFT, {**OTHER, "id": "d-7"}, DONE]) == 1
    Review(path).reject("d-2")
    assert add_drafts(path, [OTHER]) == 0
    assert [item.id for item in Review(path).items()] == ["d-1", "d-3"]


def test_a_torn_file_of_rejected_questions_does_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path / "q.jsonl", DRAFT)
    line = json.dumps(OTHER, ensure_ascii=False)
    Review(path).rejected.write_text(f'{line}\n{line}\n{{"id": "d-', encoding="utf-8")
    assert add_drafts(path, [OTHER, DONE]) == 1


# --- gold on a line -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "gold"),
    [
        (f"{KEY}#điều=1", [[f"{KEY}#điều=1"]]),
        ("điều=5;khoản=2", [[f"{KEY}#điều=5;khoản=2"]]),
        ("khoản 2 Điều 5", [[f"{KEY}#điều=5;khoản=2"]]),
        ("khoản 2 Điều 5 | Điều 5", [[f"{KEY}#điều=5;khoản=2", f"{KEY}#điều=5"]]),
        ("Điều 5 + điểm a khoản 1 Điều 6", [[f"{KEY}#điều=5"], [f"{KEY}#điều=6;khoản=1;điểm=a"]]),
        ("", []),
    ],
)
def test_gold_is_read_as_people_write_it(line: str, gold: JSON) -> None:
    assert gold_of_line(line, KEY) == gold


@pytest.mark.parametrize(("line", "key"), [("Điều 5", ""), ("chỗ kia", KEY), ("Điều 5 và Điều 6", KEY)])
def test_gold_that_cannot_be_told_is_refused(line: str, key: str) -> None:
    with pytest.raises(ValueError, match="hãy viết"):
        gold_of_line(line, key)


def test_gold_comes_back_as_it_was_written() -> None:
    gold = [[f"{KEY}#điều=1", f"{KEY}#điều=2"], [f"{KEY}#điều=3"]]
    assert gold_of_line(gold_on_a_line(gold)) == gold


def test_the_document_of_a_question_is_that_of_its_gold_or_of_what_was_cited(complained: Path) -> None:
    first, second = Review(complained).items()
    assert document_of(first) == document_of(second) == KEY
    (bare,) = Review(written(complained.with_name("b.jsonl"), {**DRAFT, "gold": [], "versions": {"9/X": "0"}})).items()
    assert document_of(bare) == "9/X"
