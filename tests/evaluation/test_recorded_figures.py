"""Recorded figures: what the README says is what was measured last, and a record holds no text of a document."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from asked import ONE, question, result

from policy_qa.errors import PolicyQAError
from policy_qa.evaluation.metrics import NAMED
from policy_qa.evaluation.results import Results, Run

EVALS = Path(__file__).parents[2] / "evals"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"evals_{name}", EVALS / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_readme_says_what_was_measured_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["readme_figures.py", "--check"])
    assert script("readme_figures").main() == 0, "run: python evals/readme_figures.py"


def test_a_drift_of_the_readme_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figures = script("readme_figures")
    page = figures.README.read_text(encoding="utf-8")
    cell = next(line for line in page.split("\n") if line.startswith("| right provision cited |"))
    drifted = tmp_path / "README.md"
    drifted.write_text(page.replace(cell, cell.replace(" % ", " %  ")), encoding="utf-8")
    monkeypatch.setattr(figures, "README", drifted)
    monkeypatch.setattr(sys, "argv", ["readme_figures.py", "--check"])
    assert figures.main() == 1
    monkeypatch.setattr(sys, "argv", ["readme_figures.py"])
    assert figures.main() == 0 and drifted.read_text(encoding="utf-8") == page
    with pytest.raises(ValueError, match="lacks"):
        figures.page_with_figures("no marks", "x")


@pytest.mark.parametrize("path", sorted((EVALS / "results").glob("*.json")), ids=lambda path: path.name)
def test_a_record_names_its_run_and_no_text(path: Path) -> None:
    record = json.loads(path.read_text(encoding="utf-8"))
    assert path.stem == f"{record['started'][:10]}-{record['set'].removesuffix('.jsonl')}"
    assert {"machine", "commit", "versions", "sha256", "documents", "threads"} <= record.keys()
    assert record["figures"].keys() <= NAMED.keys() and record["questions"] > 0
    assert all(len(sha256) == 64 for sha256 in record["documents"].values())
    assert not {"question", "answer", "texts", "quote"} & keys(record)


def keys(value: object) -> set[str]:
    if not isinstance(value, dict):
        return set()
    return value.keys() | {key for item in value.values() for key in keys(item)}


def test_a_run_is_recorded_under_its_day_and_set(tmp_path: Path) -> None:
    record = script("record")
    run = Run("bo/vuon.jsonl", "0" * 64, 1, "2026-11-26T10:00:00+00:00", "Linux x, 2 CPU, 8 GiB", "abc", {}, "1", {})
    one = replace(result(question((ONE,), id_="q1"), ONE, said="Góp 5%."), texts={ONE: "Điều 1. Góp 5%."})
    path = record.write(Results(run, (one,), "2026-11-26T10:01:00+00:00"), tmp_path)
    assert path.name == "2026-11-26-vuon.json"
    text = path.read_text(encoding="utf-8")
    assert json.loads(text)["figures"]["cited"] == [1.0, 0.20655, 1.0, 1.0]
    assert "Góp" not in text and "Hỏi gì" not in text
    with pytest.raises(PolicyQAError, match="đã xong"):
        record.write(Results(run, (one,)), tmp_path)
    with pytest.raises(PolicyQAError, match="nguyên văn"):
        record.write(Results(replace(run, perturbation="typo"), (one,), "x"), tmp_path)
