"""The benchmark of retrieval: what it takes, what it refuses by line, and the figures it ends with."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import numpy as np
import pytest

FOLDER = Path(__file__).parents[2] / "evals" / "retrieval"
sys.path.insert(0, str(FOLDER))

from articles import Asked, BadFile, documents, places, read_articles, read_questions  # noqa: E402
from cases import Case, load, save  # noqa: E402
from measures import Ranking, auroc, miscalibration, reliability, scores, summary  # noqa: E402
from run import PERTURBATIONS  # noqa: E402

from policy_qa.retrieval.features import NAMES  # noqa: E402
from policy_qa.retrieval.ranker import Trees  # noqa: E402

LINES = [
    {"id": "Luật Cây xanh#1", "law": "Luật Cây xanh", "article": "1", "heading": "Phạm vi", "text": "Luật này về cây xanh."},
    {
        "id": "Luật Cây xanh#2", "law": "Luật Cây xanh", "article": "2", "heading": "Trồng cây",
        "text": "1. Phường trồng cây bóng mát.\n2. Người chặt cây bóng mát trái phép bị phạt tiền.",
    },
    {"id": "Luật Hồ nước#1", "law": "Luật Hồ nước", "article": "1", "heading": "", "text": "Hồ nước do xã trông coi."},
]  # fmt: skip
ASKED = [
    {"id": "q1", "question": "chặt cây bóng mát bị phạt thế nào", "relevant": ["Luật Cây xanh#2"]},
    {"id": "q2", "question": "ai trông coi hồ nước", "relevant": ["Luật Hồ nước#1"]},
]


def written(path: Path, lines: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "Luật Cây xanh#1", "law": "x", "text": "y"}', "4: the id 'Luật Cây xanh#1' occurs twice"),
        ("[1]", "4: not a JSON object"),
        ("{", "4: not JSON"),
        ('{"id": "", "law": "x", "text": "y"}', "4: “id” is missing or empty"),
        ('{"id": "a", "law": "x", "text": 5}', "4: “text” is not a text"),
        ('{"id": "b#1", "law": "x", "text": "' + "chữ " * 51 + '"}', "4: 203 characters in one article, more than 200"),
    ],
    ids=["twice", "list", "broken", "no id", "no text", "too long"],
)
def test_bad_lines_are_refused_by_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, said: str) -> None:
    monkeypatch.setattr("articles.MOST_CHARACTERS", 200)
    path = written(tmp_path / "a.jsonl", LINES)
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        read_articles(path)
    assert said in str(refused.value)


def test_odd_articles_are_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = [
        {"id": "L#1", "law": "L", "article": "1", "heading": None, "text": unicodedata.normalize("NFD", "Điều kiện")},
        {"id": "L#2", "law": "L", "article": "2", "heading": "A\u0000B", "text": "một\u0007hai\r\nba"},
        {"id": "L#3", "law": "L", "article": "3", "heading": "", "text": " \n"},
        {"id": "L#4", "law": "L", "article": "4", "heading": "", "text": "chữ " * 300_000},
    ]
    first, second, long = read_articles(written(tmp_path / "a.jsonl", odd))
    assert first.text == "Điều kiện"
    assert (second.heading, second.text) == ("A B", "một hai \nba")
    assert len(long.text) > 1_100_000
    assert "1 articles without a word" in capsys.readouterr().err


def test_questions_without_answers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="1: “relevant”"):
        read_questions(written(tmp_path / "q.jsonl", [{"id": "q", "question": "gì?", "relevant": []}]))
    with pytest.raises(BadFile, match="no questions"):
        read_questions(written(tmp_path / "q.jsonl", []))


def test_articles_become_documents_with_clauses(tmp_path: Path) -> None:
    articles = read_articles(written(tmp_path / "a.jsonl", LINES))
    trees, lake = documents(articles)
    assert [str(p.address) for p in trees.walk()] == ["điều=1", "điều=2", "điều=2;khoản=1", "điều=2;khoản=2"]
    clause = list(trees.walk())[-1]
    assert clause.span.of(trees.source.text).startswith("2. Người chặt cây")
    assert set(places(articles).values()) == {line["id"] for line in LINES}
    assert lake.key == "Luật Hồ nước"


def test_measures_worked_by_hand() -> None:
    rankings = [Ranking(("a", "b", "c"), 1.0), Ranking(("x", "y"), 1.0), Ranking((), 1.0)]
    found = scores(rankings, [{"b"}, {"x", "z"}, {"q"}])
    assert found["R@1"].tolist() == [0, 1, 0]
    assert found["R@5"].tolist() == [1, 1, 0]
    assert found["MRR@10"].tolist() == [0.5, 1, 0]
    assert found["nDCG@10"] == pytest.approx([1 / np.log2(3), 1 / (1 + 1 / np.log2(3)), 0])
    means, intervals = summary(found)
    assert means["MRR@10"] == pytest.approx(0.5)
    assert intervals["MRR@10"][0] <= 0.5 <= intervals["MRR@10"][1]


def test_probabilities_worked_by_hand() -> None:
    said, truth = np.array([0.95, 0.9, 0.35, 0.3]), np.array([1, 0, 1, 0])
    # Of the four pairs of one that is answered and one that is not, three are in order.
    assert auroc(said, truth) == pytest.approx(0.75)
    assert auroc(np.array([0.5, 0.5]), np.array([1, 0])) == pytest.approx(0.5)
    assert reliability(said, truth) == [
        (pytest.approx(0.325), 0.5, 2),
        (pytest.approx(0.925), 0.5, 2),
    ]
    assert miscalibration(said, truth) == pytest.approx((0.175 + 0.425) / 2)


@pytest.mark.parametrize(
    ("law", "asked"),
    [
        ("Bộ luật Dân sự", "Theo BLDS: ai ký?"),
        ("Luật Hôn nhân và gia đình", "Theo Luật HNGĐ: ai ký?"),
        ("Hiến pháp", "Theo Hiến pháp: ai ký?"),
        ("91/2015/qh13", "Theo 91/2015/qh13: ai ký?"),
    ],
)
def test_questions_that_name_their_law_by_a_short_form(law: str, asked: str) -> None:
    assert PERTURBATIONS["short-form"](Asked("q", "ai ký?", frozenset({f"{law}#1"}), "")) == asked


def test_cases_are_written_and_read_again(tmp_path: Path) -> None:
    rows = np.arange(3 * len(NAMES), dtype=np.float32).reshape(3, -1)
    one = Case(rows, np.array([4, 4, 7]), np.array([True, False, False]), "zalo", held=False, hidden=False)
    none = Case(rows[:0], np.zeros(0, np.int64), np.zeros(0, bool), "officer english", held=True, hidden=True)
    save([one, none], tmp_path / "cases.npz")
    first, second = load(tmp_path / "cases.npz")
    assert first.rows.tolist() == rows.tolist()
    assert (first.articles.tolist(), first.right.tolist()) == ([4, 4, 7], [True, False, False])
    assert (first.kind, first.held, first.hidden) == ("zalo", False, False)
    assert (len(second.rows), second.kind, second.held, second.hidden) == (0, "officer english", True, True)


def test_cases_of_other_features_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.zeros((1, len(NAMES)), np.float32)
    save([Case(rows, np.array([1]), np.array([True]), "zalo", held=False, hidden=False)], tmp_path / "cases.npz")
    monkeypatch.setattr("cases.NAMES", NAMES[1:])
    with pytest.raises(SystemExit, match="holds other features"):
        load(tmp_path / "cases.npz")


def test_trees_are_exported_as_they_were_fitted() -> None:
    lightgbm = pytest.importorskip("lightgbm", reason="of the extra `bench`")
    from fit import exported, rank

    dice = np.random.default_rng(1)
    rows = dice.random((400, 5)).astype(np.float32)
    truth = rows[:, 0] * rows[:, 1] + (rows[:, 2] > 0.5)
    model = lightgbm.train({"verbosity": -1, "num_leaves": 6}, lightgbm.Dataset(rows, truth), 12)
    # Rows that lie on a threshold, too: they must go the way they went in LightGBM.
    plain = exported(model)
    edges = np.array([t for tree in plain["threshold"] for t in tree], np.float32)[:60]
    rows = np.concatenate([rows, np.repeat(edges[:, None], 5, axis=1)])
    assert Trees(plain).scores(rows) == pytest.approx(model.predict(rows), abs=1e-4)
    case = Case(rows[:3], np.array([4, 5, 5]), np.array([True, False, False]), "zalo", held=False, hidden=False)
    assert rank(case, np.array([0.5, 0.7, 0.9], np.float32)) == 2  # two passages of one article count once


def test_a_run_ends_with_the_figures_of_each_system(tmp_path: Path) -> None:
    command = [sys.executable, str(FOLDER / "run.py"), "--systems", "ours", "bm25", "--json", "--hide"]
    command += ["--articles", str(written(tmp_path / "a.jsonl", LINES))]
    command += ["--questions", str(written(tmp_path / "q.jsonl", ASKED))]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert list(figures) == ["ours", "bm25"]
    wanted = {"R@1", "R@5", "R@10", "R@20", "MRR@10", "nDCG@10", "p50_ms", "p95_ms", "index_s", "peak_mb", "intervals"}
    for system in figures.values():
        assert wanted <= set(system)
        assert system["R@5"] == 1.0
    assert figures["ours"]["auroc"] == 1.0  # with its law, each question is likelier to be answered than without
    assert sum(count for _, _, count in figures["ours"]["reliability"]) == 2 * len(ASKED)
