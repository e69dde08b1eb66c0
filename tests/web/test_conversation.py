from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from offices import services
from shown import content

from policy_qa.answering.chain import LONGEST_QUESTION, Assistant
from policy_qa.office.feedback import feedback_items
from policy_qa.office.history import History, NoSuchConversation
from policy_qa.office.users import User
from policy_qa.web import texts
from policy_qa.web.access.rules import Rules
from policy_qa.web.chat import wording
from policy_qa.web.chat.conversation import LONGEST_TALK, Chat, Step
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

AN, BINH = Presence(User("an", frozenset()), "10.0.0.7"), Presence(User("bình", frozenset()))
QUESTION = "Khoản 1 Điều 2 Luật Vườn ươm quy định gì?"


@pytest.fixture
def office(tmp_path: Path, index_dir: Path, assistant: Assistant) -> Iterator[Services]:
    made = services(tmp_path, index_dir, assistant)
    yield made
    made.database.close()


@pytest.fixture
def chat(office: Services) -> Chat:
    return Chat(office)


def asked(chat: Chat, question: str = QUESTION, **given: Any) -> Step:
    who, conversation, within = given.get("who", AN), given.get("conversation"), given.get("within", ())
    return last(chat.ask(who, conversation, question, within))


def last(steps: Iterable[Step]) -> Step:
    """How things are in the end."""
    return list(steps)[-1]


def test_the_question_is_shown_before_the_answer_and_both_are_kept(chat: Chat, office: Services) -> None:
    first, *_, done = chat.ask(AN, None, QUESTION, ())
    assert first.busy and first.taken and texts.WORKING in content(first.log) and QUESTION in (first.kept or "")
    assert not done.busy and "[1]" in content(done.log) and "pq-working" not in content(done.log)
    assert done.conversation and done.kept is None
    (turn,) = History(office.database).turns(AN.user, done.conversation)
    assert turn.done and turn.answer and turn.answer.status == "answered"
    assert f'data-first="sources/cited/{turn.id}/0"' in content(done.log)
    assert '"what": "asked", "from": "10.0.0.7"' in office.audit.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("question", ["", "  ?!", "a" * (LONGEST_QUESTION + 1), "\ud800"])
def test_a_bad_question_gets_a_sentence_stays_in_its_box_and_is_not_kept(
    chat: Chat, office: Services, question: str
) -> None:
    (step,) = chat.ask(AN, None, question, ())
    assert not step.taken and not step.busy and 'role="alert"' in content(step.log)
    assert History(office.database).conversations(AN.user) == []


def test_who_asks_too_often_is_told_and_keeps_the_question(
    tmp_path: Path, index_dir: Path, assistant: Assistant
) -> None:
    chat = Chat(services(tmp_path, index_dir, assistant, rules=Rules(ask_per_minute=1)))
    asked(chat)
    (step,) = chat.ask(AN, None, QUESTION, ())
    assert not step.taken and "một phút" in content(step.log)
    assert "[1]" in content(asked(chat, who=BINH).log), "each has a pace of one's own"


def test_a_document_that_is_gone_gets_a_sentence(chat: Chat) -> None:
    shown = content(asked(chat, within=("77/QĐ-X@2030-01-01",)).log)
    assert "pq-error" in shown and "77/QĐ-X" in shown and 'class="pq-small pq-again pq-failed"' in shown


def test_documents_can_be_narrowed_by_what_the_list_offers(chat: Chat, office: Services) -> None:
    assert dict(chat.documents()) == {
        "Luật 12/2031/QH19": "12/2031/QH19",
        "Quyết định 9/QĐ-VU (2031)": "9/QĐ-VU@2031-05-04",
    }
    step = asked(chat, "Điều 1 quy định gì?", within=("9/QĐ-VU@2031-05-04",))
    assert step.conversation
    (turn,) = History(office.database).turns(AN.user, step.conversation)
    assert turn.answer and {c.key for c in (*turn.answer.citations, *turn.answer.related)} <= {"9/QĐ-VU@2031-05-04"}
    assert wording.NARROWED.format(names="9/QĐ-VU") in content(step.log)


def test_a_follow_up_refers_to_the_earlier_question(chat: Chat, office: Services) -> None:
    first = asked(chat)
    asked(chat, "Còn khoản 2?", conversation=first.conversation)
    assert first.conversation
    last = History(office.database).turns(AN.user, first.conversation)[-1]
    assert last.answer and [str(c.address) for c in last.answer.citations] == ["điều=2;khoản=2"]


def test_the_conversation_comes_back_and_a_new_one_is_empty(chat: Chat, office: Services) -> None:
    step = asked(chat)
    again = Chat(office).start(AN)
    assert again.conversation == step.conversation and "[1]" in content(again.log)
    assert QUESTION in (again.kept or "") and "aria-current" in (again.kept or "")
    fresh = chat.open(AN, None)
    assert fresh.conversation is None and "data-example" in content(fresh.log)
    assert "data-example" in content(chat.start(AN).log)
    assert "[1]" in content(chat.open(AN, step.conversation).log)


def test_of_a_long_conversation_the_latest_turns_are_shown(chat: Chat, office: Services) -> None:
    history = History(office.database)
    conversation = history.ask(AN.user, None, "câu 0").conversation
    for number in range(1, LONGEST_TALK + 1):
        history.ask(AN.user, conversation, f"câu {number}")
    shown = content(chat.open(AN, conversation).log)
    assert shown.count("<section") == LONGEST_TALK and "câu 0<" not in shown and f"câu {LONGEST_TALK}<" in shown
    assert wording.OLDER_LEFT_OUT.format(count=LONGEST_TALK) in shown


def test_an_answer_cut_off_by_a_restart_says_so_and_can_be_asked_again(chat: Chat, office: Services) -> None:
    turn = History(office.database).ask(AN.user, None, QUESTION)
    shown = content(chat.start(AN).log)
    assert wording.UNFINISHED in shown and f'data-again="{turn.id}"' in shown
    first, *more = chat.again(AN, turn.id)
    assert f'data-dropped="{turn.id}"' in (first.log or "") and "[1]" in content(last(more).log)
    assert len(History(office.database).turns(AN.user, turn.conversation)) == 1


def test_asking_an_earlier_question_again_adds_a_turn(chat: Chat, office: Services) -> None:
    first = asked(chat)
    assert first.conversation
    asked(chat, "Chủ vườn làm gì?", conversation=first.conversation)
    history = History(office.database)
    earlier = history.turns(AN.user, first.conversation)[0]
    list(chat.again(AN, earlier.id))
    assert [t.question for t in history.turns(AN.user, first.conversation)] == [QUESTION, "Chủ vườn làm gì?", QUESTION]


def test_stopping_ends_the_answer_under_way_and_no_other(chat: Chat, office: Services) -> None:
    done = asked(chat)
    assert chat.stop(AN, done.conversation) is None and chat.stop(AN, None) is None
    under_way = chat.ask(AN, done.conversation, "Chủ vườn làm gì?", ())
    next(under_way)
    stopped = chat.stop(AN, done.conversation)
    assert stopped and texts.STOPPED in content(stopped.log)
    (shown,) = under_way
    assert content(shown.log) == content(stopped.log) and not shown.busy, "what comes after the stop is not shown"
    assert done.conversation
    assert History(office.database).turns(AN.user, done.conversation)[-1].error == texts.STOPPED


def test_stopping_ends_all_that_wait_in_the_conversation(chat: Chat, office: Services) -> None:
    first = chat.ask(AN, None, QUESTION)
    talk = next(first).conversation
    second = chat.ask(AN, talk, "Chủ vườn làm gì?")
    next(second)
    chat.stop(AN, talk)
    assert talk and [t.error for t in History(office.database).turns(AN.user, talk)] == 2 * [texts.STOPPED]
    assert all(texts.STOPPED in content(last(steps).log) for steps in (first, second))


def test_an_answer_whose_conversation_is_deleted_in_another_window_ends_with_a_sentence(chat: Chat) -> None:
    under_way = chat.ask(AN, None, QUESTION)
    talk = next(under_way).conversation
    assert talk
    chat.delete(AN, talk, None)
    (shown,) = under_way
    assert "đã bị xoá ở một cửa sổ khác" in content(shown.log) and not shown.busy


def test_conversations_are_found_named_and_deleted(chat: Chat) -> None:
    step = asked(chat)
    assert step.conversation
    chat.rename(AN, step.conversation, "Tưới <b>cây</b>")
    assert "Tưới &lt;b&gt;cây" in chat.kept(AN, step.conversation, "tuoi cay")
    assert wording.NOTHING_FOUND in chat.kept(AN, None, "máy bay")
    other = asked(chat, "Chủ vườn làm gì?")
    assert chat.delete(AN, step.conversation, other.conversation).conversation == other.conversation
    assert other.conversation
    gone = chat.delete(AN, other.conversation, other.conversation)
    assert gone.conversation is None and wording.NOTHING_KEPT in (gone.kept or "")


def test_a_thumb_and_a_comment_are_kept_with_the_answer_and_taken_back(chat: Chat, office: Services) -> None:
    step = asked(chat)
    assert step.conversation
    (turn,) = History(office.database).turns(AN.user, step.conversation)
    shown = content(chat.judge(AN, turn.id, "down", "Thiếu <khoản> 2").log)
    assert 'data-verdict="down" aria-pressed="true"' in shown and "Thiếu &lt;khoản&gt; 2</textarea>" in shown
    (item,) = feedback_items(office.database, "down")
    assert item.answer == turn.answer and item.comment == "Thiếu <khoản> 2"
    assert 'data-verdict="down" aria-pressed="true"' in content(chat.start(AN).log)
    assert "pq-comment" not in content(chat.judge(AN, turn.id, None).log)
    assert feedback_items(office.database) == []


def test_nobody_reaches_another_users_conversation(chat: Chat, office: Services) -> None:
    step = asked(chat)
    assert step.conversation
    (turn,) = History(office.database).turns(AN.user, step.conversation)
    for reach in (
        lambda: chat.open(BINH, step.conversation),
        lambda: chat.rename(BINH, step.conversation or 0, "x"),
        lambda: chat.delete(BINH, step.conversation or 0, None),
        lambda: chat.judge(BINH, turn.id, "up"),
        lambda: chat.stop(BINH, step.conversation),
    ):
        with pytest.raises(NoSuchConversation):
            reach()
    assert "Không tìm thấy hội thoại" in content(asked(chat, who=BINH, conversation=step.conversation).log)
    assert "Không tìm thấy hội thoại" in content(last(chat.again(BINH, turn.id)).log)
    assert chat.start(BINH).conversation is None and QUESTION not in (chat.start(BINH).kept or "")


def test_examples_are_questions_about_documents_that_are_there(chat: Chat) -> None:
    assert chat.examples() == [
        "Luật số 12/2031/QH19 quy định về việc gì?",
        "Quyết định số 9/QĐ-VU quy định về việc gì?",
    ]
