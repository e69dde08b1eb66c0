"""What users think of answers: a thumb and a comment, kept with the whole answer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, cast, get_args

from policy_qa.answer import Answer
from policy_qa.office.database import Database
from policy_qa.office.history import Turn, now
from policy_qa.office.users import User
from policy_qa.reading.invisible import without_invisible
from policy_qa.stored import from_json

Verdict: TypeAlias = Literal["up", "down"]
LONGEST_COMMENT = 2000
"""Characters of a comment that are kept."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict on one answer. `created` is when it was last given, ISO in UTC."""

    id: int
    created: str
    user: str
    question: str
    answer: Answer
    verdict: Verdict
    comment: str
    conversation: int
    turn: int


def give_feedback(database: Database, user: User, turn: Turn, verdict: Verdict, comment: str = "") -> None:
    """Keeps what `user` thinks of the answer of `turn`, in place of what was said of it before.

    The turn comes from `History.turn`, which hands out only the user's own.

    Raises:
        ValueError: the turn has no answer, or the verdict is none.
        OfficeDataUnusable: it cannot be written.
    """
    if turn.answer is None or verdict not in get_args(Verdict):
        raise ValueError(f"no feedback: turn {turn.id}, {verdict!r}")
    kept = without_invisible(comment).strip()[:LONGEST_COMMENT]
    answer = json.dumps(turn.answer.to_json(), ensure_ascii=False)
    with database.transaction() as connection:
        connection.execute(
            "INSERT INTO feedback (created, user, question, answer, verdict, comment, conversation, turn)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user, turn) DO UPDATE SET created = excluded.created,"
            " verdict = excluded.verdict, comment = excluded.comment, answer = excluded.answer",
            (now(), user.name, turn.question, answer, verdict, kept, turn.conversation, turn.id),
        )


def withdraw_feedback(database: Database, user: User, turn: int) -> None:
    """Takes back what `user` said of the answer of turn `turn`; raises OfficeDataUnusable."""
    with database.transaction() as connection:
        connection.execute("DELETE FROM feedback WHERE user = ? AND turn = ?", (user.name, turn))


def verdicts(database: Database, user: User, turns: Iterable[int]) -> Mapping[int, tuple[Verdict, str]]:
    """What `user` said of the answers of these turns: verdict and comment by turn; raises OfficeDataUnusable."""
    wanted = json.dumps(list(turns))
    rows = database.rows(
        "SELECT turn, verdict, comment FROM feedback WHERE user = ? AND turn IN (SELECT value FROM json_each(?))",
        (user.name, wanted),
    )
    return {row["turn"]: (row["verdict"], row["comment"]) for row in rows}


def feedback_items(database: Database, verdict: Verdict | None = None) -> list[Feedback]:
    """What all users said, the newest first; of one verdict where it is given.

    Answers of another release that can no longer be read are left out. Raises OfficeDataUnusable.
    """
    rows = database.rows(
        "SELECT * FROM feedback WHERE verdict = coalesce(?, verdict) ORDER BY created DESC, id DESC", (verdict,)
    )
    return [item for row in rows if (item := _item(row))]


def _item(row: sqlite3.Row) -> Feedback | None:
    try:
        answer = from_json(Answer, json.loads(row["answer"]))
    except ValueError:
        return None
    verdict = cast(Verdict, row["verdict"])
    return Feedback(
        row["id"], row["created"], row["user"], row["question"], answer, verdict, row["comment"], row["conversation"],
        row["turn"],
    )  # fmt: skip
