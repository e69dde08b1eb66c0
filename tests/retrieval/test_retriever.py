from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from nursery import KEY

from policy_qa.document import Address
from policy_qa.retrieval import rereading, retriever
from policy_qa.retrieval.langchain import EncoderEmbeddings
from policy_qa.retrieval.ranking import score
from policy_qa.retrieval.rereading import NAMES, UNKNOWN, UNREAD
from policy_qa.retrieval.retriever import FIT, READ, READ_TOGETHER, Searcher

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from policy_qa.answering.chain import Assistant
    from policy_qa.retrieval.encoder import Encoder
    from policy_qa.retrieval.features import Asked
    from policy_qa.retrieval.pieces import PieceTable

DECISION = "1079/QĐ-TTg@2022-09-14"


@pytest.fixture
def searcher(assistant: Assistant) -> Searcher:
    return assistant.searcher


def ids(searcher: Searcher, question: str, k: int = 10, documents: tuple[str, ...] = ()) -> list[str]:
    return [hit.passage.id for hit in searcher.search(searcher.understand(question, documents), k)]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Ngân sách tỉnh chi bao nhiêu cho vườn ươm?", f"{KEY}#điều=4;khoản=1"),
        ("ngan sach tinh chi bao nhieu cho vuon uom", f"{KEY}#điều=4;khoản=1"),
        ("Vườn ươm là nơi gieo giống cây gì?", f"{KEY}#điều=2"),
        ("Mục tiêu tổng quát của Đề án 1079", f"{DECISION}#điều=1;đề mục=mục tiêu tổng quát"),
    ],
)
def test_the_passage_that_answers_comes_first(searcher: Searcher, question: str, first: str) -> None:
    assert ids(searcher, question)[0] == first


@pytest.mark.parametrize("k", [0, 1, 3, 1000])
def test_as_many_as_asked_for_best_first_and_each_once(searcher: Searcher, k: int) -> None:
    hits = searcher.search(searcher.understand("quyền con người"), k)
    assert len(hits) <= k and len({hit.passage.id for hit in hits}) == len(hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    if k <= 3:
        assert len(hits) == k


class ByTogether:
    """Trees that believe the cross-encoder alone."""

    def scores(self, seen: NDArray[np.float32]) -> NDArray[np.float32]:
        return seen[:, NAMES.index("together")]


def test_the_first_few_are_read_together_and_looked_at_again(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = searcher.understand("quyền con người")
    first = searcher.first(query)
    few = [hit.passage.id for hit in first[:READ_TOGETHER]]

    class LastFirst:
        def scores(self, asked: Asked, rowids: NDArray[np.int64], table: PieceTable) -> NDArray[np.float32]:
            assert rowids.tolist() == [hit.ranked.rowid for hit in first[:READ_TOGETHER]]
            return np.arange(len(rowids), dtype=np.float32)

    monkeypatch.setattr(retriever, "cross_encoder", LastFirst)
    monkeypatch.setattr(rereading, "rereader", ByTogether)
    read = searcher.search(query, READ)
    assert [hit.passage.id for hit in read] == [*reversed(few), *(hit.passage.id for hit in first[READ_TOGETHER:])]
    assert [hit.score for hit in read] == [hit.score for hit in first]
    assert [hit.answers for hit in read] == [4, 3, 2, 1, 0, *(UNREAD for _ in first[READ_TOGETHER:])]
    assert {hit.answers for hit in searcher.search(query, READ, together="never")} == {UNREAD}
    # Over many passages only who typed without diacritics gets a second look.
    monkeypatch.setattr(retriever, "MANY", 1)
    large = Searcher(searcher.index, searcher.encoder)
    assert large.search(query, READ) == large.first(query)
    monkeypatch.undo()
    monkeypatch.setattr(retriever, "MANY", 1)
    bare = large.search(large.understand("quyen con nguoi"), READ)
    assert len(bare) == READ and UNKNOWN not in {hit.answers for hit in bare}


def test_what_is_seen_again_is_finite_and_the_shipped_trees_tell_passages_apart(searcher: Searcher) -> None:
    query = searcher.understand("Ngân sách tỉnh chi bao nhiêu cho vườn ươm?")
    seen = searcher.evidence(query, searcher.first(query))
    assert seen.shape == (READ, len(NAMES)) and np.isfinite(seen).all()
    assert seen[:, NAMES.index("place")].tolist() == list(range(READ))
    assert len(set(rereading.rereader().scores(seen).tolist())) > READ / 2
    assert rereading.rows([], []).shape == (0, len(NAMES))


def test_only_where_the_second_look_is_in_doubt_passages_are_read_together(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rereading.leaves_doubt(np.array([0.5, 1.4, 0.7], np.float32))
    assert not rereading.leaves_doubt(np.array([0.3, 1.4, 0.3], np.float32))
    assert not rereading.leaves_doubt(np.array([1.4], np.float32))
    read: list[bool] = []

    class Counting:
        def scores(self, asked: Asked, rowids: NDArray[np.int64], table: PieceTable) -> NDArray[np.float32]:
            read.append(True)
            return np.zeros(len(rowids), np.float32)

    monkeypatch.setattr(retriever, "cross_encoder", Counting)
    query = searcher.understand("quyền con người")
    for doubt, count in ((1e-9, 0), (1e9, 1)):
        monkeypatch.setattr(rereading, "DOUBT", doubt)
        searcher.search(query, 3, together="in doubt")
        assert len(read) == count
    assert searcher.search(query, 3) and len(read) == 2
    assert rereading.FILE.stat().st_size < 1_000_000


def test_what_was_read_is_told_beside_how_far_it_falls_behind_the_best() -> None:
    read = rereading.with_what_was_read(np.full((3, len(NAMES)), UNREAD, np.float32), np.array([1, 3], np.float32))
    assert read[:, NAMES.index("together")].tolist() == [1, 3, UNREAD]
    assert read[:, NAMES.index("together_gap")].tolist() == [-2, 0, UNREAD]


def test_trees_of_other_features_are_refused(tmp_path: Path) -> None:
    plain = json.loads(rereading.FILE.read_text(encoding="utf-8"))
    plain["features"][0] = "another"
    other = tmp_path / "rereader.json"
    other.write_text(json.dumps(plain), encoding="utf-8")
    with pytest.raises(ValueError, match=r"other features: run evals/rereading/fit\.py"):
        rereading.load_rereader(other)


def test_the_same_question_finds_the_same(searcher: Searcher, shipped_encoder: Encoder) -> None:
    fresh = Searcher(searcher.index, shipped_encoder)
    assert ids(searcher, "thông tin đối ngoại", 20) == ids(fresh, "thông tin đối ngoại", 20)


def test_features_are_shares(searcher: Searcher) -> None:
    query = searcher.understand("Kinh phí vườn ươm theo QĐ 345")
    for hit in searcher.search(query, 50):
        fit = searcher.fit(query, hit)
        features = {name: getattr(fit, name) for name in fit.__slots__}
        assert all(0 <= value <= 1 + 1e-6 for value in features.values()), features


def test_the_best_are_weighed_once_more_by_their_words(searcher: Searcher) -> None:
    hits = searcher.first(searcher.understand("Ngân sách tỉnh chi bao nhiêu cho vườn ươm?"))
    assert len(hits) > 3
    for hit in hits:
        assert hit.fit is not None
        assert hit.score == pytest.approx(hit.ranked.score + FIT * score(hit.fit))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_passages_are_words_of_their_documents(searcher: Searcher) -> None:
    for hit in searcher.search(searcher.understand("đối ngoại"), 50):
        assert searcher.index.text(hit.passage.document, hit.passage.span) == hit.passage.text


@pytest.mark.parametrize("documents", [(KEY,), (DECISION,), (KEY, "57-KL/TW@2023-06-15")])
def test_a_search_stays_within_the_documents_chosen(searcher: Searcher, documents: tuple[str, ...]) -> None:
    query = searcher.understand("mục tiêu và kinh phí", documents)
    found = searcher.search(query, 100)
    assert found and {hit.passage.document for hit in found} <= set(documents)
    overridden = searcher.search(query, 100, ["47/NQ-CP@2024-04-15"])
    assert {hit.passage.document for hit in overridden} == {"47/NQ-CP@2024-04-15"}


def test_of_other_documents_only_those_that_mention_the_one_named(searcher: Searcher) -> None:
    for hit in searcher.search(searcher.understand("Quyết định 1079/QĐ-TTg có mục tiêu gì?"), 100):
        assert hit.passage.document == DECISION or "1079" in hit.passage.text


@pytest.mark.parametrize("question", ["zzzz qqqq xxxx", "?!", "\x00"])
def test_words_that_no_document_has_are_no_error(searcher: Searcher, question: str) -> None:
    searcher.search(searcher.understand(question))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("điều=4;khoản=2", ["điều=4;khoản=2", "điều=4;khoản=2;điểm=a", "điều=4;khoản=2;điểm=b"]),
        ("điều=2", ["điều=2"]),
    ],
)
def test_what_is_looked_up_comes_first_and_once(searcher: Searcher, address: str, expected: list[str]) -> None:
    query = searcher.understand("kinh phí vườn ươm QĐ 345")
    hits = searcher.search(query)
    provision = searcher.index.provision(KEY, Address.parse(address))
    assert provision is not None
    merged = searcher.put_first(query, hits, [provision])
    assert str(merged[0].passage.address) in expected
    assert merged[0].passage.span in provision.span
    assert len({hit.passage.id for hit in merged}) == len(merged)
    assert {hit.passage.id for hit in hits} <= {hit.passage.id for hit in merged}


@pytest.mark.parametrize("point", ["a", "b"])
def test_a_part_of_a_larger_passage_brings_that_passage(searcher: Searcher, point: str) -> None:
    provision = searcher.index.provision(KEY, Address.parse(f"điều=4;khoản=2;điểm={point}"))
    assert provision is not None
    (hit,) = searcher.put_first(searcher.understand("x"), [], [provision])
    assert provision.span in hit.passage.span


def test_titles_of_documents(searcher: Searcher) -> None:
    assert "ngập" in searcher.title_words(KEY).plain
    assert searcher.title_words("không có").plain == frozenset()


def test_threads_share_a_searcher(searcher: Searcher) -> None:
    questions = ["kinh phí vườn ươm", "mục tiêu tổng quát", "thông tin đối ngoại", "quyền con người"]
    alone = {question: ids(searcher, question) for question in questions}
    found: dict[str, list[str]] = {}

    def ask(question: str) -> None:
        found[question] = ids(searcher, question)

    threads = [threading.Thread(target=ask, args=(question,)) for question in questions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == alone


def test_the_encoder_as_langchain_embeddings(shipped_encoder: Encoder) -> None:
    from langchain_core.embeddings import Embeddings

    embeddings = EncoderEmbeddings(shipped_encoder)
    assert isinstance(embeddings, Embeddings)
    texts = ["vườn ươm", "", "kinh phí"]
    rows = embeddings.embed_documents(texts)
    assert [len(row) for row in rows] == [shipped_encoder.dimensions] * 3
    assert rows == shipped_encoder.encode(texts).tolist()
    assert embeddings.embed_query("vườn ươm") == pytest.approx(rows[0])
    assert not any(rows[1])
    assert embeddings.embed_documents([]) == []
