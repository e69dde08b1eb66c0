"""Conversations kept for each user: whole answers, search, names, deletion, and walls between users."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_qa.answer import Answer, Citation, DocumentName, Statement
from policy_qa.document import Address, Span
from policy_qa.office.database import Database
from policy_qa.office.history import BadTitle, History, NoSuchConversation, Turn
from policy_qa.office.users import User

AN, BINH = User("an", frozenset()), User("bình", frozenset())

CITED = Citation(
    "1", DocumentName("12/2031/QH19", None, "Luật", "Quốc hội", "Vườn ươm"), "12/2031/QH19", Address.parse("điều=2;khoản=1"),
    "khoản 1 Điều 2 Luật Vườn ươm", "khoản 1 Điều 2 Luật Vườn ươm", "Chủ vườn tưới cây.", Span(10, 28), 3, "/x/luat.pdf",
    "ab" * 32, "official",
)  # fmt: skip
ANSWER = Answer(
    "Ai tưới cây?", "answered", statements=(Statement("Chủ vườn tưới cây.", ("1",)),), citations=(CITED,), notes=("Một.",)
)  # fmt: skip


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "data")
    yield database
    database.close()


@pytest.fixture
def history(database: Database) -> History:
    return History(database)


def asked(history: History, user: User, question: str, conversation: int | None = None) -> Turn:
    turn = history.ask(user, conversation, question)
    done = dataclasses.replace(turn, answer=dataclasses.replace(ANSWER, question=question), done=True)
    assert history.answer(user, done)
    return done


def titles(history: History, user: User, wanted: str = "") -> list[str]:
    return [conversation.title for conversation in history.conversations(user, wanted)]


def test_an_answer_comes_back_whole_after_a_restart(history: History, tmp_path: Path) -> None:
    first = asked(history, AN, "Ai tưới cây?")
    second = asked(history, AN, "Bao lâu một lần?", first.conversation)
    again = Database(tmp_path / "data")
    assert History(again).turns(AN, first.conversation) == [first, second]
    assert History(again).turn(AN, first.id).answer == ANSWER
    assert History(again).questions(AN, first.conversation) == ["Ai tưới cây?", "Bao lâu một lần?"]
    assert History(again).left_open(AN) == first.conversation
    again.close()


def test_the_latest_conversation_is_the_one_asked_in_last(history: History) -> None:
    assert history.latest(AN) is None
    first = asked(history, AN, "Ai tưới cây?")
    second = asked(history, AN, "Tưới lúc nào?")
    asked(history, BINH, "Ai trồng?")
    assert history.latest(AN) == second.conversation
    history.rename(AN, first.conversation, "Tưới")
    assert history.latest(AN) == second.conversation
    assert history.latest(AN) == history.conversations(AN)[0].id


def test_the_latest_conversation_stands_first_and_bears_its_first_question(history: History) -> None:
    first = asked(history, AN, "Câu  một\nở đây?")
    asked(history, AN, "Một câu dài " * 20)
    assert titles(history, AN)[0].endswith("…") and len(titles(history, AN)[0]) <= 80
    asked(history, AN, "Câu hai?", first.conversation)
    assert titles(history, AN)[0] == "Câu một ở đây?"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", ["Mưa thuỷ lợi", "Mua giống cây"]),
        ("mua", ["Mưa thuỷ lợi", "Mua giống cây"]),
        ("mưa", ["Mưa thuỷ lợi"]),
        ("THỦY LOI", ["Mưa thuỷ lợi"]),
        ("giong ca", ["Mua giống cây"]),
        ("gion cay", []),
        ("chủ vườn", ["Mưa thuỷ lợi", "Mua giống cây"]),
        ("vuon tuoi", ["Mưa thuỷ lợi", "Mua giống cây"]),
        ('"', []),
        ('cay" OR "x', []),
        ("NEAR(", []),
        ("cây* -giống", ["Mua giống cây"]),
    ],
)
def test_words_are_found_with_and_without_diacritics(history: History, wanted: str, found: list[str]) -> None:
    asked(history, AN, "Mua giống cây")
    asked(history, AN, "Mưa thuỷ lợi")
    assert titles(history, AN, wanted) == found


def test_a_conversation_is_renamed_and_found_by_its_new_name_only(history: History) -> None:
    turn = history.ask(AN, None, "Ai tưới cây?")
    history.ask(AN, turn.conversation, "Ai bón phân?", instead=turn.id)
    history.rename(AN, turn.conversation, "  Tập huấn\nquý\u200b I ")
    assert titles(history, AN) == titles(history, AN, "tap huan") == ["Tập huấn quý I"]
    assert titles(history, AN, "tưới") == []
    with pytest.raises(BadTitle, match="để trống"):
        history.rename(AN, turn.conversation, " \u200b ")


def test_what_is_deleted_is_gone_with_its_words(history: History, database: Database) -> None:
    turn = asked(history, AN, "Ai tưới cây?")
    asked(history, AN, "Mua giống cây")
    history.delete(AN, turn.conversation)
    assert titles(history, AN) == titles(history, AN, "cây") == ["Mua giống cây"]
    assert history.left_open(AN) is not None
    assert database.rows("SELECT count(*) AS n FROM turns")[0]["n"] == 1
    assert database.rows("SELECT count(*) AS n FROM conversation_words")[0]["n"] == 2
    with pytest.raises(NoSuchConversation):
        history.turn(AN, turn.id)


def test_the_conversation_left_open_is_forgotten_with_it_or_by_a_new_one(history: History) -> None:
    first = asked(history, AN, "Ai tưới cây?").conversation
    history.leave_open(AN, None)
    assert history.left_open(AN) is None
    history.leave_open(AN, first)
    history.delete(AN, first)
    assert history.left_open(AN) is None and history.left_open(BINH) is None


def test_an_ended_turn_takes_no_more_answers(history: History) -> None:
    turn = history.ask(AN, None, "Ai tưới cây?")
    stopped = dataclasses.replace(turn, error="Đã dừng.", done=True)
    assert history.answer(AN, stopped)
    assert not history.answer(AN, dataclasses.replace(turn, answer=ANSWER, done=True))
    assert history.turn(AN, turn.id) == stopped


def test_a_turn_asked_again_takes_the_place_of_the_first(history: History, database: Database) -> None:
    turn = asked(history, AN, "Ai tưới cây?")
    elsewhere = asked(history, AN, "Ai trồng rừng?")
    again = history.ask(AN, turn.conversation, "Ai tưới cây?", instead=turn.id)
    assert [t.id for t in history.turns(AN, turn.conversation)] == [again.id]
    with pytest.raises(NoSuchConversation):
        history.ask(BINH, turn.conversation, "Ai tưới cây?", instead=again.id)
    history.ask(AN, turn.conversation, "Ai tưới cây?", instead=elsewhere.id)  # of another conversation: it stays
    assert history.turns(AN, elsewhere.conversation)
    assert next(t.id for t in history.turns(AN, turn.conversation)) == again.id
    assert database.rows("SELECT count(*) AS n FROM conversation_words WHERE rowid = ?", (turn.id,))[0]["n"] == 0


def test_nobody_reaches_what_is_another_users(history: History) -> None:
    turn = asked(history, AN, "Ai tưới cây?")
    assert titles(history, BINH) == titles(history, BINH, "cây") == []
    assert history.left_open(BINH) is None
    for reach in (
        lambda: history.conversation(BINH, turn.conversation),
        lambda: history.turns(BINH, turn.conversation),
        lambda: history.turn(BINH, turn.id),
        lambda: history.questions(BINH, turn.conversation),
        lambda: history.ask(BINH, turn.conversation, "Chen vào?"),
        lambda: history.ask(BINH, turn.conversation, "Chen vào?", instead=turn.id),
        lambda: history.leave_open(BINH, turn.conversation),
        lambda: history.rename(BINH, turn.conversation, "Của tôi"),
        lambda: history.delete(BINH, turn.conversation),
    ):
        with pytest.raises(NoSuchConversation, match="Không tìm thấy hội thoại"):
            reach()
    waiting = history.ask(AN, turn.conversation, "Rồi sao?")
    assert not history.answer(BINH, dataclasses.replace(waiting, answer=ANSWER, done=True))
    assert [t.question for t in history.turns(AN, turn.conversation)] == ["Ai tưới cây?", "Rồi sao?"]
    assert titles(history, AN) == ["Ai tưới cây?"]


def test_an_answer_of_another_release_is_told_not_guessed(history: History, database: Database) -> None:
    turn = asked(history, AN, "Ai tưới cây?")
    with database.transaction() as connection:
        connection.execute("""UPDATE turns SET answer = '{"status": 7}'""")
    kept = history.turn(AN, turn.id)
    assert kept.answer is None and kept.error and "hỏi lại" in kept.error
