"""What a removed user leaves behind: nobody who bears the name later finds it."""

from __future__ import annotations

from pathlib import Path

from policy_qa.office.database import Database
from policy_qa.office.departed import delete_left, set_apart
from policy_qa.office.history import History
from policy_qa.office.packs import Packs
from policy_qa.office.users import User
from policy_qa.packs.pack import Pack

LAN, NAM = User("lan", frozenset({"trainer"})), User("nam", frozenset({"trainer"}))


def asked(folder: Path) -> tuple[Database, History, Packs]:
    database = Database(folder)
    history, packs = History(database), Packs(database)
    for user in (LAN, NAM):
        history.ask(user, None, "Vườn ươm tưới khi nào?")
        packs.make(user, Pack.of(["Ai tưới cây?"]))
    return database, history, packs


def test_a_new_user_of_the_name_finds_nothing_and_the_office_keeps_it(tmp_path: Path) -> None:
    database, history, packs = asked(tmp_path)
    apart = User(set_apart(database, LAN), frozenset())
    assert history.conversations(LAN) == packs.listed(LAN) == [] and history.left_open(LAN) is None
    assert history.conversations(LAN, "tưới") == []
    assert len(history.conversations(apart)) == len(packs.listed(apart)) == 1
    assert len(history.conversations(NAM, "tưới")) == len(packs.listed(NAM)) == 1
    database.close()


def test_what_is_deleted_is_gone_for_good_and_nothing_else(tmp_path: Path) -> None:
    database, history, packs = asked(tmp_path)
    delete_left(database, LAN)
    assert history.conversations(LAN) == packs.listed(LAN) == []
    left = {table: database.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"] for table in ("turns", "pack_items", "conversation_words", "open_conversations")}  # fmt: skip
    assert left["turns"] == left["pack_items"] == left["open_conversations"] == 1
    assert len(history.conversations(NAM, "tưới")) == 1 and left["conversation_words"] == 1
    database.close()
