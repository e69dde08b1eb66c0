from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import gradio as gr
import pytest
from offices import services
from starlette.requests import Request

from policy_qa.answering.chain import Assistant
from policy_qa.evaluation.questions import load
from policy_qa.evaluation.reviewing import BadReview
from policy_qa.office.audit import FILE_NAME
from policy_qa.office.feedback import give_feedback
from policy_qa.office.history import History
from policy_qa.office.users import LOCAL, User
from policy_qa.web.review.drafts import Form
from policy_qa.web.review.page import ReviewTab
from policy_qa.web.review.reviewing import Desktop, Reviewing
from policy_qa.web.review.running import runs_of
from policy_qa.web.review.shelf import NotOnShelf, Shelf
from policy_qa.web.services import Services
from policy_qa.web.visitor import SCOPE_KEY, Presence

WHO = Presence(LOCAL, "127.0.0.1")


@pytest.fixture
def office(tmp_path: Path, index_dir: Path, assistant: Assistant) -> Services:
    return services(tmp_path, index_dir, assistant)


@pytest.fixture
def shelf(office: Services) -> Shelf:
    return runs_of(office).shelf


@pytest.fixture
def reviewing(office: Services, shelf: Shelf) -> Reviewing:
    return Reviewing(office, shelf)


@pytest.fixture
def key(assistant: Assistant) -> str:
    return assistant.index.documents()[0].key


def test_drafts_are_proposed_accepted_mended_put_off_and_rejected(
    reviewing: Reviewing, shelf: Shelf, key: str, tmp_path: Path
) -> None:
    first = reviewing.propose(key, 4)
    assert first.told.startswith("Thêm 4 câu vào ")
    assert reviewing.files() == [(f"{first.file} (còn 4 câu)", first.file)]
    assert "thứ 1 trên 4" in first.html
    assert "pqr-words" in first.html or first.form.reason

    second = reviewing.accept(WHO, first)
    assert second.item != first.item
    assert second.told == f"Đã nhận: {first.form.question}"

    third = reviewing.put_off(second)
    assert third.item not in (first.item, second.item)
    mended = reviewing.save(WHO, replace(third, form=replace(third.form, question="Câu đã sửa lời?")))
    assert (mended.item, mended.form.question) == (third.item, "Câu đã sửa lời?")
    fourth = reviewing.reject(WHO, mended)
    assert fourth.item not in (first.item, second.item, third.item)
    again = reviewing.put_off(fourth)
    assert again.item in (second.item, fourth.item)
    while again.item:
        again = reviewing.accept(WHO, again)
    assert "không còn câu nào chờ duyệt" in again.html
    kept = load(shelf.find(first.file).path)
    assert [question.state for question in kept] == ["reviewed"] * 3
    assert reviewing.files() == []
    logged = [json.loads(line) for line in (tmp_path / "data" / FILE_NAME).read_text("utf-8").splitlines()]
    assert [entry["decision"] for entry in logged] == ["accepted", "edited", "rejected", "accepted", "accepted"]
    assert reviewing.propose(key, 4).told.endswith("4 câu đã có hoặc đã loại từ trước.")


def test_what_the_documents_speak_against_is_not_accepted_and_nothing_typed_is_lost(
    reviewing: Reviewing, shelf: Shelf, key: str
) -> None:
    now = reviewing.propose(key, 3)
    before = shelf.find(now.file).path.read_bytes()
    for form, expected in (
        (replace(now.form, gold="khoản chín mươi"), "không đọc được"),
        (replace(now.form, gold="", reason=""), "gold"),
        (replace(now.form, question=" "), "question"),
    ):
        with pytest.raises(BadReview, match=expected):
            reviewing.accept(WHO, replace(now, form=form))
        assert shelf.find(now.file).path.read_bytes() == before
    with pytest.raises(BadReview, match="không có điều khoản"):
        reviewing.accept(WHO, replace(now, form=replace(now.form, gold=f"{key}#điều=999", reason="", facts="")))
    with pytest.raises(BadReview, match="không còn câu"):
        reviewing.accept(WHO, replace(now, item="khác"))


def test_a_question_that_the_documents_do_not_answer(reviewing: Reviewing, shelf: Shelf, key: str) -> None:
    now = reviewing.propose(key, 2)
    reviewing.accept(WHO, replace(now, form=replace(now.form, reason="opinion")))
    question = next(each for each in load(shelf.find(now.file).path) if each.id == now.item)
    assert (question.unanswerable, question.reason, question.gold, question.key_facts) == (True, "opinion", (), ())


def test_complaints_of_the_chat_become_drafts(reviewing: Reviewing, office: Services, shelf: Shelf, key: str) -> None:
    assert reviewing.take_complaints().told == "Chưa có câu trả lời nào bị chê."
    evil = "<script>window.hit=1</script>"
    complain(office, f"Ai ban hành văn bản {key}?", evil)
    now = reviewing.take_complaints()
    assert now.told == "Thêm 1 câu vào cau-bi-che.jsonl; 0 câu đã có hoặc đã loại từ trước."
    assert "&lt;script&gt;" in now.html
    assert "<script" not in now.html
    with pytest.raises(BadReview):
        reviewing.accept(WHO, now)
    with office.desk.assistant() as assistant:
        provision = next(p for p in assistant.index.provisions(key))
    form = Form(now.form.question, "who", "plain", f"{key}#{provision.address}")
    assert reviewing.accept(WHO, replace(now, form=form)).item == ""
    (question,) = load(shelf.find(now.file).path)
    assert (question.state, question.gold) == ("reviewed", ((f"{key}#{provision.address}",),))


def complain(office: Services, question: str, comment: str) -> None:
    history = History(office.database)
    with office.desk.assistant() as assistant:
        answer = assistant.ask(question)
    turn = replace(history.ask(LOCAL, None, question), answer=answer, done=True)
    history.answer(LOCAL, turn)
    give_feedback(office.database, LOCAL, turn, "down", comment)


def test_other_files_are_not_touched(reviewing: Reviewing) -> None:
    for file in ("core.jsonl", "../../x.jsonl", "khác.jsonl"):
        with pytest.raises(NotOnShelf):
            reviewing.open(file)
    with pytest.raises(NotOnShelf, match="Chưa chọn văn bản"):
        reviewing.propose("", 5)
    with pytest.raises(NotOnShelf):
        reviewing.propose("1/QĐ-X@2001-01-01", 5)
    assert reviewing.open("") == Desktop()


# --- who may --------------------------------------------------------------------------------------------------------


def asking(user: User) -> gr.Request:
    """A request of this user, as the gate hands it on."""
    return gr.Request(request=Request({"type": "http", "headers": [], SCOPE_KEY: Presence(user)}))


def test_only_evaluators_see_anything_of_the_tab(office: Services, reviewing: Reviewing, key: str) -> None:
    drafts = reviewing.propose(key, 2)
    with gr.Blocks():
        tab = ReviewTab(office)
    shown = tab.start(asking(User("minh", frozenset({"officer", "evaluator"}))))
    assert drafts.file in repr([getattr(part, "choices", None) for part in shown])
    for stranger in (User("lan", frozenset({"officer", "trainer", "keeper"})), User("", frozenset())):
        refused = tab.start(asking(stranger))
        assert drafts.file not in repr([getattr(part, "choices", part) for part in refused])
        assert sum("không có quyền đánh giá" in str(part) for part in refused) == 2
    nobody = tab.start(gr.Request(request=Request({"type": "http", "headers": []})))
    assert drafts.file not in repr([getattr(part, "choices", part) for part in nobody])
