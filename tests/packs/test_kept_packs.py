"""Packs in the office's database: kept question by question, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from quoting import answered, cited

from policy_qa.office.database import Database
from policy_qa.office.packs import MOST_PACKS, NoSuchPack, Packs, TooMany
from policy_qa.office.users import User
from policy_qa.packs.pack import Head, Item, Pack
from policy_qa.packs.questions import MOST

ANH, BINH = User("anh", frozenset({"trainer"})), User("bình", frozenset({"trainer"}))
PACK = Pack("Về vườn ươm", "Lớp A", "2031-06-01", "Bà Đước", Head("Ban Vườn ươm", is_party=True), ("7/QĐ-VU",))


@pytest.fixture
def packs(tmp_path: Path) -> Iterator[Packs]:
    database = Database(tmp_path)
    yield Packs(database)
    database.close()


def test_a_pack_is_what_was_kept(packs: Packs, tmp_path: Path) -> None:
    items = (Item("Ai tưới?", answered(cited("Chủ vườn tưới."))), Item("Khi nào?"), Item("Gì?\ud800"))
    made = packs.make(ANH, replace(PACK, items=items))
    kept = Packs(Database(tmp_path)).pack(ANH, made)
    assert kept.pack == replace(PACK, items=(*items[:2], Item("Gì??")))
    assert len(set(kept.items)) == 3
    assert kept.item(kept.items[1]) == items[1]


def test_packs_are_listed_the_latest_first_with_how_far_they_are(packs: Packs, tmp_path: Path) -> None:
    def yesterday() -> None:
        with Database(tmp_path).transaction() as connection:
            connection.execute("UPDATE packs SET changed = '2001-06-01T00:00:00.000+00:00'")

    first = packs.make(ANH, replace(PACK, items=(Item("a"), Item("b"))))
    second = packs.make(ANH, replace(PACK, title="Khác"))
    yesterday()
    packs.set_item(ANH, first, packs.pack(ANH, first).items[0], Item("a", answered(cited("Tưới."))))
    assert [(p.id, p.title, p.questions, p.pending) for p in packs.listed(ANH)] == [
        (first, "Về vườn ươm", 2, 1),
        (second, "Khác", 0, 0),
    ]
    yesterday()
    packs.set_head(ANH, second, replace(PACK, title="Mới", items=(Item("không thêm"),)))
    assert [(p.title, p.questions) for p in packs.listed(ANH)] == [("Mới", 0), ("Về vườn ươm", 2)]


@pytest.mark.parametrize(
    ("item", "places", "order"),
    [(0, 1, "bacd"), (3, -1, "abdc"), (0, -1, "abcd"), (3, 1, "abcd"), (0, 99, "bcda"), (3, -99, "dabc")],
)
def test_questions_change_places(packs: Packs, item: int, places: int, order: str) -> None:
    made = packs.make(ANH, replace(PACK, items=tuple(map(Item, "abcd"))))
    packs.move(ANH, made, packs.pack(ANH, made).items[item], places)
    assert "".join(i.question for i in packs.pack(ANH, made).pack.items) == order


def test_questions_are_added_at_the_end_up_to_the_limit(packs: Packs) -> None:
    made = packs.make(ANH, replace(PACK, items=(Item("a"),)))
    packs.add(ANH, made, [Item("b"), Item("c")])
    assert [item.question for item in packs.pack(ANH, made).pack.items] == ["a", "b", "c"]
    with pytest.raises(TooMany, match="tối đa 500 câu"):
        packs.add(ANH, made, [Item(str(n)) for n in range(MOST - 2)])
    assert len(packs.pack(ANH, made).items) == 3


def test_a_user_keeps_no_more_packs_than_allowed(packs: Packs) -> None:
    for _ in range(MOST_PACKS):
        packs.make(ANH, PACK)
    with pytest.raises(TooMany, match=f"Đã có {MOST_PACKS} bộ"):
        packs.make(ANH, PACK)
    packs.make(BINH, PACK)


def test_what_is_not_ones_own_is_not_there(packs: Packs) -> None:
    made = packs.make(ANH, replace(PACK, items=(Item("a"),)))
    own = packs.make(BINH, replace(PACK, items=(Item("b"),)))
    item = packs.pack(ANH, made).items[0]
    assert [p.id for p in packs.listed(BINH)] == [own]
    for refused in (
        lambda: packs.pack(BINH, made),
        lambda: packs.item(BINH, made, item),
        lambda: packs.item(BINH, own, item),
        lambda: packs.add(BINH, made, [Item("x")]),
        lambda: packs.set_head(BINH, made, Pack("x")),
        lambda: packs.set_item(BINH, made, item, Item("x")),
        lambda: packs.set_item(BINH, own, item, Item("x")),
        lambda: packs.move(BINH, made, item, 1),
        lambda: packs.move(BINH, own, item, 1),
        lambda: packs.delete(BINH, made),
        lambda: packs.pack(BINH, 999),
        lambda: packs.pack(BINH, own).item(item),
    ):
        with pytest.raises(NoSuchPack, match="Không tìm thấy bộ hỏi đáp"):
            refused()
    assert packs.pack(ANH, made).pack == replace(PACK, items=(Item("a"),))


def test_a_deleted_pack_leaves_nothing(packs: Packs, tmp_path: Path) -> None:
    made = packs.make(ANH, replace(PACK, items=(Item("a"),)))
    packs.delete(ANH, made)
    assert packs.listed(ANH) == []
    assert Database(tmp_path).rows("SELECT * FROM pack_items") == []


def test_a_pack_that_another_release_wrote_is_a_sentence(packs: Packs, tmp_path: Path) -> None:
    made = packs.make(ANH, replace(PACK, items=(Item("a"),)))
    with Database(tmp_path).transaction() as connection:
        connection.execute("""UPDATE pack_items SET item = '{"question": 5}'""")
    with pytest.raises(NoSuchPack, match="bản khác của chương trình"):
        packs.pack(ANH, made)
