"""Thresholds: read with care, and held against figures."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from policy_qa.evaluation.gate import BadThresholds, judge, passes, read_thresholds
from policy_qa.evaluation.metrics import NAMED, Figure
from policy_qa.evaluation.report import gate

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "evals" / "results"


def written(folder: Path, text: str) -> Path:
    path = folder / "ngưỡng.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_set_has_the_thresholds_of_all_and_its_own(tmp_path: Path) -> None:
    path = written(tmp_path, 'failed = 0\ncited = 0.5\n[core]\ncited = 0.7\n"R@10" = 0.8\np95 = 2000\n')
    assert read_thresholds(path, "core") == {"failed": 0, "cited": 0.7, "R@10": 0.8, "p95": 2000}
    assert read_thresholds(path, "second") == {"failed": 0, "cited": 0.5}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("cited = 0,7", "TOML"),
        ("cite = 0.7", "'cite'"),
        ("[core]\ncite = 0.7", "'cite'"),
        ("cited = 74", "từ 0 đến 1"),
        ("[second]\ncited = true", "số không âm"),
        ("cited = 'cao'", "số không âm"),
        ("cited = nan", "số không âm"),
        ("cited = -0.1", "số không âm"),
        ("[cited]\nfirst = 0.3", "số không âm"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(BadThresholds) as refused:
        read_thresholds(written(tmp_path, text), "core")
    assert str(refused.value).startswith(f"{tmp_path}") and named in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadThresholds, match="không tìm thấy"):
        read_thresholds(tmp_path / "không.toml", "core")


@pytest.mark.parametrize(
    ("metric", "threshold", "value", "passed"),
    [
        ("cited", 0.7, 0.71, True),
        ("cited", 0.7, 0.7, True),
        ("cited", 0.7, 0.699, False),
        ("wrongly_refused", 0.1, 0.1, True),
        ("wrongly_refused", 0.1, 0.11, False),
        ("p95", 500, 501.0, False),
        ("p95", 500, 20.0, True),
        ("failed", 0, 0.0, True),
        ("failed", 0, 0.01, False),
        ("ECE", 0.2, 0.19, True),
    ],
)
def test_a_figure_is_held_against_its_threshold(metric: str, threshold: float, value: float, passed: bool) -> None:
    judged = judge({metric: threshold}, {metric: Figure(metric, value, value, value, 10)})
    assert passes(judged) == passed
    assert ("KHÔNG ĐẠT" in gate(judged)) != passed


def test_what_was_not_measured_does_not_pass() -> None:
    judged = judge({"items": 0.1}, {})
    assert not passes(judged) and "không đo được" in gate(judged)


def test_the_interval_stands_beside_the_figure() -> None:
    text = gate(judge({"cited": 0.8}, {"cited": Figure("cited", 0.741, 0.686, 0.789, 274)}))
    assert "≥ 80.0%" in text and "74.1%  95 %:  68.6% – 78.9%" in text


def test_the_shipped_thresholds_are_just_below_what_was_measured_last() -> None:
    path = ROOT / "evals" / "thresholds.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    sets = [name for name, value in tables.items() if isinstance(value, dict)]
    assert set(sets) == {path.stem for path in (ROOT / "evals").glob("*.jsonl")}
    for name in sets:
        assert (ROOT / "evals" / f"{name}.jsonl").is_file()
        thresholds = read_thresholds(path, name)
        assert (
            {"verbatim", "failed"} - ({"verbatim"} if "cited" not in thresholds else set())
            <= thresholds.keys()
            <= NAMED.keys()
        )
        recorded = json.loads(max(RESULTS.glob(f"*-{name}.json")).read_text(encoding="utf-8"))["figures"]
        judged = judge(thresholds, {metric: Figure(metric, *figure) for metric, figure in recorded.items()})
        assert [item for item in judged if not item.passed] == []
        # A threshold beyond the interval of the figure would hold nothing back.
        far = [item for item in judged if item.figure and not item.figure.low <= item.threshold <= item.figure.high]
        assert {item.metric for item in far} <= {"p95"}
