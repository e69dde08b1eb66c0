"""Packs: order, what is pending, and the stored form."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from quoting import answered, cited

from policy_qa.packs.pack import MAX_BYTES, BadPack, Head, Item, Pack, read_pack, write_pack

PACK = Pack(
    title="Về trồng cây",
    date="2031-06-01",
    head=Head(office="Ban Vườn ươm", is_party=True),
    documents=("7/QĐ-VU",),
    items=(
        Item("Ai tưới?", answered(cited("Chủ vườn tưới.")), state="accepted", edited="Chủ vườn tưới cây."),
        Item("Khi nào?", error="Mô hình không trả lời."),
        Item("Ở đâu?", state="rejected"),
        Item("Vì sao?"),
    ),
)


def test_what_was_asked_without_an_answer_is_pending_and_the_rejected_are_not() -> None:
    assert PACK.pending == [1, 3]
    assert [item.question for item in PACK.shown()] == ["Ai tưới?", "Khi nào?", "Vì sao?"]


def test_items_change_places_and_are_replaced() -> None:
    turned = PACK.in_order([3, 2, 1, 0])
    assert [item.question for item in turned.items] == ["Vì sao?", "Ở đâu?", "Khi nào?", "Ai tưới?"]
    assert turned.with_item(0, Item("Thế nào?")).items[0].question == "Thế nào?"
    for wrong in ([0, 1, 2], [0, 0, 1, 2], [1, 2, 3, 4]):
        with pytest.raises(ValueError, match="not an order"):
            PACK.in_order(wrong)


def test_the_words_to_edit_are_the_answers_own_until_they_are_edited() -> None:
    assert PACK.items[0].words == "Chủ vườn tưới cây."
    assert replace(PACK.items[0], edited=None).words == "Chủ vườn tưới."
    assert Item("Ai?").words == ""


def test_a_stored_pack_is_the_pack(tmp_path: Path) -> None:
    file = tmp_path / "bộ.json"
    write_pack(Pack.of(["Ai?"]), file)
    write_pack(PACK, file)
    assert read_pack(file) == PACK
    assert [path.name for path in tmp_path.iterdir()] == ["bộ.json"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"form": "policy-qa pack 1"}',
        b'{"form": "policy-qa pack 2", "pack": {}}',
        b'{"form": "policy-qa pack 1", "pack": {"items": [{"question": 5}]}}',
        b'{"form": "policy-qa pack 1", "pack": {"items": [{}]}}',
        b'{"form": "policy-qa pack 1", "pack": {"date": "31/12/2031"}}',
        b'{"form": "policy-qa pack 1", "pack": {"items": [{"question": "a", "state": "maybe"}]}}',
    ],
)
def test_what_is_no_pack_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "bộ.json"
    file.write_bytes(data)
    with pytest.raises(BadPack, match="không phải bộ hỏi đáp"):
        read_pack(file)


def test_files_that_cannot_be_opened_or_written_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadPack, match=r"Không mở được bộ hỏi đáp .*không có\.json"):
        read_pack(tmp_path / "không có.json")
    with pytest.raises(BadPack, match="Không ghi được bộ hỏi đáp"):
        write_pack(PACK, tmp_path / "không có" / "bộ.json")
    huge = tmp_path / "bộ.json"
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(BadPack, match="không phải bộ hỏi đáp"):
        read_pack(huge)


def test_a_pack_of_another_release_is_read(tmp_path: Path) -> None:
    file = tmp_path / "bộ.json"
    stored = {"form": "policy-qa pack 1", "pack": {"items": [{"question": "Ai?", "colour": "red"}], "later": 1}}
    file.write_text(json.dumps(stored), encoding="utf-8")
    assert read_pack(file) == Pack.of(["Ai?"])
