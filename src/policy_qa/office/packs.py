"""The packs of each trainer: kept question by question, so that an answer is stored as soon as it is there.

Every function takes the user, and knows of no pack that is not that user's.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from policy_qa.document import to_json
from policy_qa.errors import PolicyQAError
from policy_qa.office.database import Database
from policy_qa.office.history import now
from policy_qa.office.users import User
from policy_qa.packs.pack import Item, Pack
from policy_qa.packs.questions import MOST
from policy_qa.stored import from_json

T = TypeVar("T")

MOST_PACKS = 200
"""Packs that one user may keep."""

_GONE = "Không tìm thấy bộ hỏi đáp này, có thể đã bị xoá ở một cửa sổ khác: chọn bộ khác trong danh sách."
_UNREADABLE = "Bộ hỏi đáp này do một bản khác của chương trình ghi nên không đọc lại được: làm bộ mới."


class NoSuchPack(PolicyQAError):
    """A pack or question that is not there, or is another user's."""


class TooMany(PolicyQAError):
    """More packs than a user may keep, or more questions than a pack may have."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A pack in a list; `changed` is ISO in UTC."""

    id: int
    title: str
    changed: str
    questions: int
    pending: int


@dataclass(frozen=True, slots=True)
class KeptPack:
    """A pack, and the id of each of its items in order."""

    id: int
    pack: Pack
    items: tuple[int, ...]

    def item(self, item: int) -> Item:
        """The item with this id; raises NoSuchPack."""
        if item not in self.items:
            raise NoSuchPack(_GONE)
        return self.pack.items[self.items.index(item)]


class Packs:
    """The packs in one office's database. May be shared by threads.

    All methods raise OfficeDataUnusable where the database fails, and NoSuchPack for what is not there or is another user's.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def listed(self, user: User) -> list[Listed]:
        """The user's packs, the one that was changed last first."""
        rows = self._database.rows(
            "SELECT p.id, p.head, p.changed, count(i.id) AS questions, coalesce(sum(i.pending), 0) AS pending"
            " FROM packs p LEFT JOIN pack_items i ON i.pack = p.id WHERE p.user = ? GROUP BY p.id"
            " ORDER BY p.changed DESC, p.id DESC",
            (user.name,),
        )
        return [
            Listed(row["id"], _read(Pack, row["head"]).title, row["changed"], row["questions"], row["pending"])
            for row in rows
        ]

    def pack(self, user: User, pack: int) -> KeptPack:
        """One pack with all its items."""
        heads = self._database.rows("SELECT head FROM packs WHERE id = ? AND user = ?", (pack, user.name))
        if not heads:
            raise NoSuchPack(_GONE)
        rows = self._database.rows("SELECT id, item FROM pack_items WHERE pack = ? ORDER BY position, id", (pack,))
        items = tuple(_read(Item, row["item"]) for row in rows)
        return KeptPack(pack, replace(_read(Pack, heads[0]["head"]), items=items), tuple(row["id"] for row in rows))

    def item(self, user: User, pack: int, item: int) -> Item:
        """One item of a pack as it is now."""
        rows = self._database.rows(
            "SELECT i.item FROM pack_items i JOIN packs p ON p.id = i.pack WHERE i.id = ? AND p.id = ? AND p.user = ?",
            (item, pack, user.name),
        )
        if not rows:
            raise NoSuchPack(_GONE)
        return _read(Item, rows[0]["item"])

    def make(self, user: User, pack: Pack) -> int:
        """Keeps a new pack; gives its id. Raises TooMany."""
        with self._database.transaction() as connection:
            kept = connection.execute("SELECT count(*) FROM packs WHERE user = ?", (user.name,)).fetchone()[0]
            if kept >= MOST_PACKS:
                raise TooMany(f"Đã có {MOST_PACKS} bộ hỏi đáp: xoá bớt bộ cũ (tải về .json nếu cần giữ) rồi làm lại.")
            added = connection.execute(
                "INSERT INTO packs (user, created, changed, head) VALUES (?, ?, ?, ?)",
                (user.name, now(), now(), _written(replace(pack, items=()))),
            )
            made = int(added.lastrowid or 0)
            _add(connection, made, pack.items)
        return made

    def add(self, user: User, pack: int, items: Sequence[Item]) -> None:
        """Adds items at the end of a pack. Raises TooMany."""
        with self._database.transaction() as connection:
            _touch(connection, user, pack)
            _add(connection, pack, items)

    def set_head(self, user: User, pack: int, head: Pack) -> None:
        """Gives a pack the title, head and documents of `head`; its items stay."""
        with self._database.transaction() as connection:
            _touch(connection, user, pack)
            connection.execute("UPDATE packs SET head = ? WHERE id = ?", (_written(replace(head, items=())), pack))

    def set_item(self, user: User, pack: int, item: int, value: Item) -> None:
        """Puts another item in the place of one."""
        with self._database.transaction() as connection:
            _touch(connection, user, pack)
            done = connection.execute(
                "UPDATE pack_items SET item = ?, pending = ? WHERE id = ? AND pack = ?",
                (_written(value), value.is_pending, item, pack),
            )
            if not done.rowcount:
                raise NoSuchPack(_GONE)

    def move(self, user: User, pack: int, item: int, places: int) -> None:
        """Moves an item `places` further down (up where negative), as far as there is room."""
        with self._database.transaction() as connection:
            _touch(connection, user, pack)
            rows = connection.execute("SELECT id FROM pack_items WHERE pack = ? ORDER BY position, id", (pack,))
            order = [row["id"] for row in rows]
            if item not in order:
                raise NoSuchPack(_GONE)
            at = order.index(item)
            order.insert(max(at + places, 0), order.pop(at))
            connection.executemany("UPDATE pack_items SET position = ? WHERE id = ?", list(enumerate(order)))

    def delete(self, user: User, pack: int) -> None:
        """Deletes a pack with its items."""
        with self._database.transaction() as connection:
            _touch(connection, user, pack)
            connection.execute("DELETE FROM packs WHERE id = ?", (pack,))


def _touch(connection: sqlite3.Connection, user: User, pack: int) -> None:
    """Notes that a pack changes now; raises NoSuchPack where it is not the user's."""
    done = connection.execute("UPDATE packs SET changed = ? WHERE id = ? AND user = ?", (now(), pack, user.name))
    if not done.rowcount:
        raise NoSuchPack(_GONE)


def _add(connection: sqlite3.Connection, pack: int, items: Sequence[Item]) -> None:
    row = connection.execute(
        "SELECT count(*), coalesce(max(position), -1) FROM pack_items WHERE pack = ?", (pack,)
    ).fetchone()
    if row[0] + len(items) > MOST:
        raise TooMany(f"Một bộ có tối đa {MOST} câu hỏi: chia thành nhiều bộ nhỏ hơn.")
    connection.executemany(
        "INSERT INTO pack_items (pack, position, pending, item) VALUES (?, ?, ?, ?)",
        [(pack, row[1] + n, item.is_pending, _written(item)) for n, item in enumerate(items, 1)],
    )


def _written(value: Pack | Item) -> str:
    # What is no character (half of a pair) cannot be stored as text.
    return json.dumps(to_json(value), ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def _read(kind: type[T], text: str) -> T:
    try:
        return from_json(kind, json.loads(text))
    except (ValueError, RecursionError) as error:
        raise NoSuchPack(_UNREADABLE) from error
