from __future__ import annotations

from pathlib import Path

import pytest

from policy_qa.answering.chain import LONGEST_QUESTION, Assistant
from policy_qa.web import texts
from policy_qa.web.chat.conversation import LONGEST_TALK, Chat, Turns
from policy_qa.web.chat.panel import empty_panel
from policy_qa.web.chat.transcript import Turn
from policy_qa.web.desk import Desk


@pytest.fixture
def chat(index_dir: Path) -> Chat:
    return Chat(Desk(lambda: Assistant.open(index_dir)))


def asked(
    chat: Chat, question: str, turns: Turns | None = None, within: tuple[str, ...] = ()
) -> tuple[Turns, str, str]:
    return list(chat.ask(question, within, turns or []))[-1]


def test_an_answer_comes_with_its_first_citation_opened(chat: Chat) -> None:
    turns, shown, source = asked(chat, "Khoản 1 Điều 2 Luật Vườn ươm quy định gì?")
    answer = turns[0].answer
    assert answer and answer.status == "answered" and turns[0].done
    assert "[1]" in shown and "<mark>" in source


def test_the_question_is_shown_before_the_answer_is_there(chat: Chat) -> None:
    turns, shown, source = next(chat.ask("Chủ vườn làm gì?", (), []))
    assert turns[0].answer is None and texts.WORKING in shown and source == empty_panel()


@pytest.mark.parametrize("question", ["", "  ?!", "a" * (LONGEST_QUESTION + 1)])
def test_a_bad_question_gets_a_sentence(chat: Chat, question: str) -> None:
    turns, shown, _ = asked(chat, question)
    assert turns[0].error and 'role="alert"' in shown


def test_a_document_that_is_gone_gets_a_sentence(chat: Chat) -> None:
    turns, _, _ = asked(chat, "Chủ vườn làm gì?", within=("77/QĐ-X@2030-01-01",))
    assert turns[0].error and "77/QĐ-X" in turns[0].error


def test_documents_can_be_narrowed_by_what_the_list_offers(chat: Chat) -> None:
    offered = dict(chat.documents())
    assert offered == {"Luật 12/2031/QH19": "12/2031/QH19", "Quyết định 9/QĐ-VU (2031)": "9/QĐ-VU@2031-05-04"}
    turns, _, _ = asked(chat, "Điều 1 quy định gì?", within=("9/QĐ-VU@2031-05-04",))
    answer = turns[0].answer
    assert answer and {c.key for c in (*answer.citations, *answer.related)} <= {"9/QĐ-VU@2031-05-04"}


def test_a_long_talk_loses_its_oldest_turns(chat: Chat) -> None:
    earlier = [Turn(f"câu {n}", done=True) for n in range(LONGEST_TALK)]
    turns, _, _ = asked(chat, "Chủ vườn làm gì?", earlier)
    assert len(turns) == LONGEST_TALK and turns[0].question == "câu 1"


def test_examples_are_questions_about_documents_that_are_there(chat: Chat) -> None:
    assert chat.examples() == [
        "Luật số 12/2031/QH19 quy định về việc gì?",
        "Quyết định số 9/QĐ-VU quy định về việc gì?",
    ]


@pytest.mark.parametrize(("turn", "citation"), [(-1, 0), (5, 0), (0, 9), (0, -1)])
def test_opening_what_is_not_there_shows_the_empty_panel(chat: Chat, turn: int, citation: int) -> None:
    turns, _, _ = asked(chat, "Khoản 1 Điều 2 Luật Vườn ươm quy định gì?")
    assert chat.open(turn, citation, turns) == empty_panel()


def test_stopping_ends_the_turn_under_way_and_no_other() -> None:
    turns, shown = Chat.stop([Turn("một", done=True), Turn("hai")], "như cũ")
    assert turns[1].done and turns[1].error == texts.STOPPED and texts.STOPPED in shown
    assert Chat.stop(turns, "như cũ") == (turns, "như cũ")
