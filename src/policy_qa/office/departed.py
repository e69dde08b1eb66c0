"""What a user leaves behind when the account is taken away: kept apart, so that nobody of the same name finds it, or deleted."""

from __future__ import annotations

from policy_qa.office.database import Database
from policy_qa.office.history import now
from policy_qa.office.users import User


def set_apart(database: Database, user: User) -> str:
    """Keeps conversations, packs and feedback under a name that nobody can bear ("lan (đã gỡ 2026-…)"); returns it.

    Raises:
        OfficeDataUnusable: the database failed; nothing is changed.
    """
    # No name of a user has spaces or brackets.
    apart = f"{user.name} (đã gỡ {now()})"
    with database.transaction() as connection:
        connection.execute("UPDATE conversations SET user = ? WHERE user = ?", (apart, user.name))
        connection.execute("UPDATE packs SET user = ? WHERE user = ?", (apart, user.name))
        connection.execute("UPDATE feedback SET user = ? WHERE user = ?", (apart, user.name))
        connection.execute("DELETE FROM open_conversations WHERE user = ?", (user.name,))
    return apart


def delete_left(database: Database, user: User) -> None:
    """Deletes conversations, packs and feedback of a user; what the audit log tells stays.

    Raises:
        OfficeDataUnusable: the database failed; nothing is changed.
    """
    with database.transaction() as connection:
        connection.execute(
            "DELETE FROM conversation_words WHERE rowid IN (SELECT -id FROM conversations WHERE user = :name"
            " UNION ALL SELECT t.id FROM turns t JOIN conversations c ON c.id = t.conversation WHERE c.user = :name)",
            {"name": user.name},
        )
        for table in ("open_conversations", "conversations", "packs", "feedback"):
            connection.execute(f"DELETE FROM {table} WHERE user = ?", (user.name,))  # noqa: S608 - our own names
