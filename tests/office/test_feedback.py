"""Thumbs and comments: one for each user and answer, kept with the whole answer."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from policy_qa.answer import Answer
from policy_qa.office.database import Database
from policy_qa.office.feedback import (
    LONGEST_COMMENT,
    feedback_items,
    give_feedback,
    verdicts,
    withdraw_feedback,
)
from policy_qa.office.history import History, Turn
from policy_qa.office.users import User

AN, BINH = User("an", frozenset()), User("bình", frozenset())
ANSWER = Answer("Ai tưới cây?", "not_found", "no_text", "Văn bản không nói.")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "data")
    yield database
    database.close()


def answered(database: Database, user: User) -> Turn:
    history = History(database)
    turn = dataclasses.replace(history.ask(user, None, "Ai tưới cây?"), answer=ANSWER, done=True)
    assert history.answer(user, turn)
    return turn


def test_feedback_is_kept_with_the_whole_answer_though_the_conversation_goes(database: Database) -> None:
    turn = answered(database, AN)
    give_feedback(database, AN, turn, "down", "  Thiếu khoản 2.\u200b ")
    History(database).delete(AN, turn.conversation)
    (item,) = feedback_items(database)
    assert (item.user, item.question, item.answer, item.verdict) == ("an", "Ai tưới cây?", ANSWER, "down")
    assert (item.comment, item.conversation, item.turn) == ("Thiếu khoản 2.", turn.conversation, turn.id)


def test_a_user_may_change_and_withdraw_it_but_has_one_for_an_answer(database: Database) -> None:
    turn, other = answered(database, AN), answered(database, BINH)
    give_feedback(database, AN, turn, "down")
    give_feedback(database, AN, turn, "up", "x" * (LONGEST_COMMENT + 5))
    give_feedback(database, BINH, other, "down")
    assert verdicts(database, AN, [turn.id, other.id]) == {turn.id: ("up", "x" * LONGEST_COMMENT)}
    assert [item.user for item in feedback_items(database)] == ["bình", "an"]
    assert [item.user for item in feedback_items(database, "down")] == ["bình"]
    withdraw_feedback(database, BINH, turn.id)
    assert len(feedback_items(database)) == 2, "one withdraws only one's own"
    withdraw_feedback(database, AN, turn.id)
    assert [item.user for item in feedback_items(database)] == ["bình"]


def test_there_is_no_feedback_on_what_has_no_answer(database: Database) -> None:
    turn = answered(database, AN)
    with pytest.raises(ValueError, match="no feedback"):
        give_feedback(database, AN, dataclasses.replace(turn, answer=None), "up")
    with pytest.raises(ValueError, match="no feedback"):
        give_feedback(database, AN, turn, "sideways")  # type: ignore[arg-type]
    assert feedback_items(database) == []


def test_answers_that_can_no_longer_be_read_are_left_out(database: Database) -> None:
    give_feedback(database, AN, answered(database, AN), "up")
    with database.transaction() as connection:
        connection.execute("UPDATE feedback SET answer = '[]'")
    assert feedback_items(database) == []
