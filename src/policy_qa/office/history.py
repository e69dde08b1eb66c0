"""The conversations of each user: questions with their whole answers, kept, searched, renamed, deleted.

Every function takes the user, and knows of no conversation or turn that is not that user's.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from policy_qa.answer import Answer
from policy_qa.errors import PolicyQAError
from policy_qa.office.database import Database
from policy_qa.office.users import User
from policy_qa.reading.invisible import without_invisible
from policy_qa.reading.vietnamese import fold, normalise_tone
from policy_qa.stored import from_json

LONGEST_TITLE = 120
LISTED = 100
"""Conversations shown in a list at most; older ones are found by searching."""
_TITLE_OF_QUESTION = 80
_MOST_WORDS = 12
_WORD = re.compile(r"[^\W_]+")

_GONE = "Không tìm thấy hội thoại này, có thể đã bị xoá ở một cửa sổ khác: mở hội thoại mới để hỏi tiếp, hoặc tải lại trang để xem danh sách hiện có."
_UNREADABLE = "Câu trả lời này do một bản khác của chương trình ghi nên không đọc lại được: hãy hỏi lại."
_NO_TITLE = "Tên hội thoại đang để trống: hãy nhập tên mới."


class NoSuchConversation(PolicyQAError):
    """A conversation or turn that is not there, or is another user's."""


class BadTitle(PolicyQAError):
    """A conversation cannot be named so."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it: an answer (perhaps its first parts only), or the sentence of an error.

    `documents` are the keys that the question was narrowed to. `id` is 0 for a turn that is not kept.
    """

    question: str
    answer: Answer | None = None
    error: str | None = None
    done: bool = False
    documents: tuple[str, ...] = ()
    id: int = 0
    conversation: int = 0
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation in a list; `changed` is when a question was last asked in it, ISO in UTC."""

    id: int
    title: str
    changed: str


def now() -> str:
    """The time as it is kept: ISO in UTC, so fine that no two questions bear the same."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class History:
    """The conversations in one office's database. May be shared by threads.

    All methods raise OfficeDataUnusable where the database fails, and NoSuchConversation for what is not there or is
    another user's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- what is there

    def conversations(self, user: User, wanted: str = "") -> list[Conversation]:
        """The user's conversations, the latest first; with `wanted`, those with a turn or title that has all its words.

        A word typed without diacritics is found however it is spelled; the last word may be the beginning of one.
        """
        match = _match(wanted)
        if wanted.strip() and not match:
            return []
        found = (
            " AND id IN (SELECT coalesce(t.conversation, -w.rowid) FROM conversation_words w"
            " LEFT JOIN turns t ON t.id = w.rowid WHERE conversation_words MATCH ?)"
        )
        rows = self._database.rows(
            f"SELECT id, title, changed FROM conversations WHERE user = ?{found if match else ''}"  # noqa: S608 - our own
            f" ORDER BY changed DESC, id DESC LIMIT {LISTED}",
            (user.name, match) if match else (user.name,),
        )
        return [Conversation(row["id"], row["title"], row["changed"]) for row in rows]

    def conversation(self, user: User, conversation: int) -> Conversation:
        """One conversation of the user."""
        rows = self._database.rows(
            "SELECT id, title, changed FROM conversations WHERE id = ? AND user = ?", (conversation, user.name)
        )
        if not rows:
            raise NoSuchConversation(_GONE)
        return Conversation(rows[0]["id"], rows[0]["title"], rows[0]["changed"])

    def turns(self, user: User, conversation: int) -> list[Turn]:
        """The turns of a conversation, in order."""
        self.conversation(user, conversation)
        rows = self._database.rows("SELECT * FROM turns WHERE conversation = ? ORDER BY id", (conversation,))
        return [_turn(row) for row in rows]

    def turn(self, user: User, turn: int) -> Turn:
        """One turn of one of the user's conversations."""
        rows = self._database.rows(
            "SELECT t.* FROM turns t JOIN conversations c ON c.id = t.conversation WHERE t.id = ? AND c.user = ?",
            (turn, user.name),
        )
        if not rows:
            raise NoSuchConversation(_GONE)
        return _turn(rows[0])

    def questions(self, user: User, conversation: int) -> list[str]:
        """The questions of a conversation that got an answer, in order."""
        self.conversation(user, conversation)
        rows = self._database.rows(
            "SELECT question FROM turns WHERE conversation = ? AND answer IS NOT NULL ORDER BY id", (conversation,)
        )
        return [row["question"] for row in rows]

    def left_open(self, user: User) -> int | None:
        """The conversation that the user had open last; None where none was."""
        rows = self._database.rows("SELECT conversation FROM open_conversations WHERE user = ?", (user.name,))
        return rows[0]["conversation"] if rows else None

    def latest(self, user: User) -> int | None:
        """The conversation in which the user asked last, the first of the list; None where there is none."""
        rows = self._database.rows(
            "SELECT id FROM conversations WHERE user = ? ORDER BY changed DESC, id DESC LIMIT 1", (user.name,)
        )
        return rows[0]["id"] if rows else None

    # --- what is asked and answered

    def ask(
        self,
        user: User,
        conversation: int | None,
        question: str,
        documents: Sequence[str] = (),
        *,
        instead: int | None = None,
    ) -> Turn:
        """Keeps a question, in a new conversation where none is given, which then is the one left open.

        `instead`: the turn of this conversation that makes room for it; both happen, or neither.
        """
        asked = now()
        with self._database.transaction() as connection:
            if conversation is None:
                conversation = _new(connection, user, question, asked)
            elif not _touched(connection, user, conversation, asked):
                raise NoSuchConversation(_GONE)
            _leave_open(connection, user, conversation)
            if instead is not None:
                gone = "DELETE FROM turns WHERE id = ? AND conversation = ?"
                if connection.execute(gone, (instead, conversation)).rowcount:
                    connection.execute("DELETE FROM conversation_words WHERE rowid = ?", (instead,))
            row = connection.execute(
                "INSERT INTO turns (conversation, asked, question, documents, done) VALUES (?, ?, ?, ?, 0) RETURNING id",
                (conversation, asked, question, json.dumps(list(documents), ensure_ascii=False)),
            ).fetchone()
        return Turn(question, documents=tuple(documents), id=row["id"], conversation=conversation, asked=asked)

    def answer(self, user: User, turn: Turn) -> bool:
        """Keeps what came of a question so far; False where the turn was ended (stopped, deleted) meanwhile."""
        answer = json.dumps(turn.answer.to_json(), ensure_ascii=False) if turn.answer else None
        with self._database.transaction() as connection:
            changed = connection.execute(
                "UPDATE turns SET answer = ?, error = ?, done = ? WHERE id = ? AND done = 0"
                " AND conversation IN (SELECT id FROM conversations WHERE user = ?)",
                (answer, turn.error, int(turn.done), turn.id, user.name),
            ).rowcount
            if changed and turn.done:
                _index(connection, turn.id, _words_of(turn))
        return bool(changed)

    # --- what is done with a whole conversation

    def leave_open(self, user: User, conversation: int | None) -> None:
        """Remembers which conversation the user has open; None after "new conversation"."""
        if conversation is not None:
            self.conversation(user, conversation)
        with self._database.transaction() as connection:
            _leave_open(connection, user, conversation)

    def rename(self, user: User, conversation: int, title: str) -> None:
        """Gives a conversation another title, on one line, at most `LONGEST_TITLE` characters; raises BadTitle."""
        named = " ".join(without_invisible(title).split())[:LONGEST_TITLE]
        if not named:
            raise BadTitle(_NO_TITLE)
        self.conversation(user, conversation)
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE conversations SET title = ? WHERE id = ? AND user = ?", (named, conversation, user.name)
            )
            _index(connection, -conversation, [named])

    def delete(self, user: User, conversation: int) -> None:
        """Deletes a conversation with all its turns; what users said of its answers stays."""
        self.conversation(user, conversation)
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM conversation_words WHERE rowid = ? OR rowid IN (SELECT id FROM turns WHERE conversation = ?)",
                (-conversation, conversation),
            )
            connection.execute("DELETE FROM conversations WHERE id = ? AND user = ?", (conversation, user.name))


# --- rows ---------------------------------------------------------------------------------------------------------


def _new(connection: sqlite3.Connection, user: User, question: str, asked: str) -> int:
    title = _title(question)
    row = connection.execute(
        "INSERT INTO conversations (user, title, created, changed) VALUES (?, ?, ?, ?) RETURNING id",
        (user.name, title, asked, asked),
    ).fetchone()
    conversation = int(row["id"])
    _index(connection, -conversation, [title])
    return conversation


def _touched(connection: sqlite3.Connection, user: User, conversation: int, asked: str) -> bool:
    changed = connection.execute(
        "UPDATE conversations SET changed = ? WHERE id = ? AND user = ?", (asked, conversation, user.name)
    )
    return bool(changed.rowcount)


def _leave_open(connection: sqlite3.Connection, user: User, conversation: int | None) -> None:
    connection.execute(
        "INSERT INTO open_conversations VALUES (?, ?) ON CONFLICT (user) DO UPDATE SET conversation = excluded.conversation",
        (user.name, conversation),
    )


def _turn(row: sqlite3.Row) -> Turn:
    answer, error = None, row["error"]
    if row["answer"] is not None:
        try:
            answer = from_json(Answer, json.loads(row["answer"]))
        except ValueError:
            error = _UNREADABLE
    documents = tuple(str(key) for key in json.loads(row["documents"]))
    return Turn(
        row["question"], answer, error, bool(row["done"]), documents, row["id"], row["conversation"], row["asked"]
    )


def _title(question: str) -> str:
    """The beginning of a question, cut between words."""
    words = " ".join(without_invisible(question).split())
    if len(words) <= _TITLE_OF_QUESTION:
        return words or "…"
    cut = words[: _TITLE_OF_QUESTION - 1]
    return f"{cut.rpartition(' ')[0] or cut}…"


# --- words to search by -------------------------------------------------------------------------------------------


def _words_of(turn: Turn) -> Iterable[str]:
    yield turn.question
    if turn.answer:
        yield turn.answer.message or ""
        yield from (statement.text for statement in turn.answer.statements)


def _index(connection: sqlite3.Connection, row: int, words: Iterable[str]) -> None:
    spelled = " ".join(_words("\n".join(words)))
    connection.execute("DELETE FROM conversation_words WHERE rowid = ?", (row,))
    connection.execute(
        "INSERT INTO conversation_words (rowid, spelled, folded) VALUES (?, ?, ?)", (row, spelled, fold(spelled))
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(normalise_tone(without_invisible(text)).lower())


def _match(wanted: str) -> str:
    """The full-text query for what a user typed; empty where that has no word."""
    words = _words(wanted)[:_MOST_WORDS]
    terms = [f'{"folded" if fold(word) == word else "spelled"} : "{word}"' for word in words]
    return " AND ".join(terms) + ("*" if terms else "")
