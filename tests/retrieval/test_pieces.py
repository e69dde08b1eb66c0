"""The table of word pieces gives back what was put in, of new passages and of those of the generation before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from policy_qa.retrieval.pieces import NOTHING, PieceTable, PieceWriter


def written(folder: Path, base: PieceTable | None = None, shift: int = 0) -> PieceTable:
    writer = PieceWriter(base)
    writer.add_topic(1 + shift, [17, 18])
    writer.add(1 + shift, [10, 11], [12, 13, 14], article=1 + shift, document=1 + shift)
    writer.add(2 + shift, [], [15], article=1 + shift, document=1 + shift)
    writer.add(3 + shift, [16], [], article=3 + shift, document=1 + shift)
    writer.add_vectors([1 + shift, 2 + shift, 3 + shift], np.array([[0, 1], [1, 0], [0.5, 0.25]], np.float32))
    folder.mkdir()
    writer.save(folder)
    return PieceTable.open(folder)


def test_heads_and_bodies_come_back_and_empty_ones_are_marked(tmp_path: Path) -> None:
    table = written(tmp_path / "a")
    heads, bodies = table.heads(np.array([1, 2, 3]), 9), table.bodies(np.array([1, 2, 3]), 9)
    assert heads.pieces.tolist() == [10, 11, NOTHING, 16]
    assert heads.bounds.tolist() == [0, 2, 3, 4]
    assert bodies.pieces.tolist() == [12, 13, 14, 15, NOTHING]
    assert table.bodies(np.array([1]), 2).pieces.tolist() == [12, 13]


def test_articles_and_their_sizes(tmp_path: Path) -> None:
    table = written(tmp_path / "a")
    assert table.articles(np.array([1, 2, 3])).tolist() == [1, 1, 3]
    assert table.sizes(np.array([1, 3])).tolist() == [2, 1]


def test_a_later_table_holds_the_earlier_one(tmp_path: Path) -> None:
    table = written(tmp_path / "b", written(tmp_path / "a"), shift=10)
    assert table.bodies(np.array([1, 11]), 9).pieces.tolist() == [12, 13, 14, 12, 13, 14]
    assert table.documents(np.array([1, 13])).tolist() == [1, 11]


def test_rows_between_two_tables_belong_to_no_article(tmp_path: Path) -> None:
    table = written(tmp_path / "b", written(tmp_path / "a"), shift=10)
    assert table.articles(np.array([0, 3, 4, 10, 11])).tolist() == [-1, 3, -1, -1, 11]
    assert table.documents(np.array([0, 4])).tolist() == [-1, -1]
    assert table.sizes(np.array([3, 11])).tolist() == [1, 2]


def test_topics_and_vectors_come_back(tmp_path: Path) -> None:
    table = written(tmp_path / "b", written(tmp_path / "a"), shift=10)
    assert table.topics(np.array([2, 13]), 9).pieces.tolist() == [17, 18, 17, 18]
    assert table.topics(np.array([3]), 1).pieces.tolist() == [17]
    assert table.vectors(np.array([1, 13])).tolist() == [[0, 1], [0.5, 0.25]]


def test_a_document_without_a_topic_has_an_empty_one(tmp_path: Path) -> None:
    writer = PieceWriter()
    writer.add(1, [10], [11], article=1, document=1)
    writer.save(tmp_path)
    assert PieceTable.open(tmp_path).topics(np.array([1]), 9).pieces.tolist() == [NOTHING]


def test_a_table_cut_short_is_an_oserror(tmp_path: Path) -> None:
    written(tmp_path / "a")
    np.save(tmp_path / "a" / "pieces.npy", np.zeros(2, np.uint16))
    with pytest.raises(OSError, match="cut short"):
        PieceTable.open(tmp_path / "a")


@pytest.mark.parametrize("content", [b"", b"no array", b"\x93NUMPY garbage"])
def test_a_damaged_table_is_an_oserror(tmp_path: Path, content: bytes) -> None:
    written(tmp_path / "a")
    (tmp_path / "a" / "pieces.npy").write_bytes(content)
    with pytest.raises(OSError):
        PieceTable.open(tmp_path / "a")


@pytest.mark.parametrize(
    ("name", "damaged"),
    [
        ("places.npy", np.full((4, 7), -7)),
        ("places.npy", np.zeros((4, 7))),
        ("places.npy", np.array([[3, 2, 1, 0, 0, 0, 0]] * 4)),
        ("places.npy", np.zeros((2, 7), np.int64)),
        ("vectors.npy", np.zeros((2, 2), np.float16)),
        ("vectors.npy", np.zeros(4, np.float16)),
        ("pieces.npy", np.zeros(9, np.int64)),
    ],
    ids=["below nothing", "floats", "swapped", "too few", "too few vectors", "flat vectors", "other numbers"],
)
def test_tables_that_do_not_fit_are_oserrors(tmp_path: Path, name: str, damaged: np.ndarray) -> None:
    written(tmp_path / "a")
    np.save(tmp_path / "a" / name, damaged)
    with pytest.raises(OSError, match="table of pieces"):
        PieceTable.open(tmp_path / "a")
