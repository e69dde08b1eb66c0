"""Thumbs-down of the chat as questions in the making."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from policy_qa.answer import Answer
from policy_qa.evaluation.feedback_drafts import feedback_drafts, kind_of, style_of
from policy_qa.evaluation.reviewing import Review, add_drafts
from policy_qa.office.database import Database
from policy_qa.office.feedback import Feedback, feedback_items, give_feedback
from policy_qa.office.history import History
from policy_qa.office.users import User

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

AN = User("nguyen.van.an", frozenset())


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "data")
    yield database
    database.close()


def said(number: int, question: str, verdict: str = "down", **about: object) -> Feedback:
    created = f"2026-01-01T00:00:{number:02}+00:00"
    values = {"answer": Answer(question), "comment": "", "conversation": 1, "turn": number, **about}
    return Feedback(number, created, "nguyen.van.an", question, verdict=verdict, **values)  # type: ignore[arg-type]


def test_a_complaint_of_the_chat_becomes_an_item_under_review(
    database: Database, assistant: Assistant, tmp_path: Path
) -> None:
    asked = "Vườn ươm cây ngập mặn là gì?"
    history = History(database)
    turn = dataclasses.replace(history.ask(AN, None, asked), answer=assistant.ask(asked), done=True)
    history.answer(AN, turn)
    give_feedback(database, AN, turn, "down", "thiếu cây bần")
    path = tmp_path / "che.jsonl"
    assert add_drafts(path, feedback_drafts(feedback_items(database))) == 1
    (item,) = Review(path).pending()
    assert item.words == asked and item.record["kind"] == "definition" and item.gold == ()
    assert item.complaint is not None and item.complaint.comment == "thiếu cây bần"
    assert item.complaint.cited[0].startswith("345/QĐ-UBND@2021-03-15#điều=2")
    assert "cây đước" in item.complaint.answer
    assert AN.name not in path.read_text("utf-8"), "who complained stays in the office's data"
    assert add_drafts(path, feedback_drafts(feedback_items(database))) == 0


def test_only_thumbs_down_count_and_each_question_once_the_oldest_first() -> None:
    items = [said(3, "Ai  trực cổng?"), said(2, "Cổng mấy giờ mở?"), said(1, "ai trực cổng?"), said(4, "Ai tốt?", "up")]
    lines = feedback_drafts(items)
    assert [(line["id"], line["question"]) for line in lines] == [
        ("feedback-1", "ai trực cổng?"),
        ("feedback-2", "Cổng mấy giờ mở?"),
    ]
    assert all(json.loads(json.dumps(line)) == line for line in lines)


def test_a_refusal_is_told_by_its_message() -> None:
    (line,) = feedback_drafts([said(1, "Ai?", answer=Answer("Ai?", "not_found", "no_text", "Không có."))])
    assert isinstance(line["feedback"], dict)
    assert (line["feedback"]["answer"], line["feedback"]["cited"]) == ("Không có.", [])


@pytest.mark.parametrize(
    ("question", "kind", "style"),
    [
        ("Mức chi là bao nhiêu?", "figure", "plain"),
        ("Ai ký Quyết định 5/2020/QĐ-TTg?", "who", "plain"),
        ("khi nao co hieu luc", "date", "no-diacritics"),
        ("UBND phải theo những nguyên tắc nào?", "list", "abbreviation"),
        ("Thế nào là vườn ươm?", "definition", "plain"),
        ("Khoản 2 Điều 5 nói gì?", "address", "plain"),
        ("What does the decree say about nurseries?", "content", "english"),
    ],
)
def test_kind_and_style_are_guessed_for_the_reviewer(question: str, kind: str, style: str) -> None:
    assert (kind_of(question), style_of(question)) == (kind, style)
