from __future__ import annotations

import threading
from pathlib import Path

import pytest
from answers import write_corpus

from policy_qa.answering.chain import Assistant
from policy_qa.errors import NoIndex
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.index import build_index
from policy_qa.web.desk import Answering, Desk


def rebuilt(folder: Path, encoder: Encoder, words: str) -> None:
    file = folder / "texts" / "ke-hoach.md"
    file.write_text(file.read_text(encoding="utf-8").replace("một nghìn", words), encoding="utf-8")
    build_index([folder / "texts"], folder / "index", encoder)


@pytest.fixture
def folder(tmp_path: Path, encoder: Encoder) -> Path:
    build_index(write_corpus(tmp_path / "texts"), tmp_path / "index", encoder)
    return tmp_path


def test_the_same_assistant_serves_while_nothing_changes(folder: Path) -> None:
    desk = Desk(lambda: Assistant.open(folder / "index"))
    with desk.assistant() as first, desk.assistant() as second:
        assert first is second


def test_a_rebuilt_index_is_picked_up_between_questions(folder: Path, encoder: Encoder) -> None:
    desk = Desk(lambda: Assistant.open(folder / "index"))
    with desk.assistant() as old:
        rebuilt(folder, encoder, "hai nghìn")
        with desk.assistant() as new:
            assert new is not old
            assert "hai nghìn" in new.index.text("9/QĐ-VU@2031-05-04")
        assert "một nghìn" in old.index.text("9/QĐ-VU@2031-05-04"), "an answer under way keeps its index"
    with desk.assistant() as again:
        assert again is new


def test_while_one_opens_the_rebuilt_index_the_others_get_the_one_before(folder: Path, encoder: Encoder) -> None:
    opening, let_go = threading.Event(), threading.Event()
    let_go.set()

    def opened() -> Assistant:
        opening.set()
        assert let_go.wait(60)
        return Assistant.open(folder / "index")

    desk = Desk(opened)
    with desk.assistant() as old:
        pass
    rebuilt(folder, encoder, "hai nghìn")
    opening.clear()
    let_go.clear()
    got: list[Answering] = []

    def borrow() -> None:
        with desk.assistant() as lent:
            got.append(lent)

    first = threading.Thread(target=borrow)
    first.start()
    assert opening.wait(60)
    with desk.assistant() as meanwhile:
        assert meanwhile is old and got == []
        let_go.set()
        first.join(60)
        assert got[0] is not old and "một nghìn" in meanwhile.index.text("9/QĐ-VU@2031-05-04")


def test_an_index_that_cannot_be_opened_is_tried_again(folder: Path, encoder: Encoder) -> None:
    broken = False

    def opened() -> Assistant:
        if broken:
            raise NoIndex("hỏng")
        return Assistant.open(folder / "index")

    desk = Desk(opened)
    rebuilt(folder, encoder, "hai nghìn")
    broken = True
    with pytest.raises(NoIndex), desk.assistant():
        pass
    broken = False
    with desk.assistant() as lent:
        assert "hai nghìn" in lent.index.text("9/QĐ-VU@2031-05-04")


def test_no_index_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(NoIndex):
        Desk(lambda: Assistant.open(tmp_path / "none"))
