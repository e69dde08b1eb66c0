"""docs/evaluation.md keeps up with the program: its walk-through is run as it stands, its tables name what there is."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policy_qa.cli.app import app
from policy_qa.evaluation.metrics import METRICS
from policy_qa.evaluation.results import read_results
from policy_qa.retrieval.encoder import DEFAULT_FOLDER

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
WALK = PAGE.partition("## From a set to a gate")[2].partition("\n## ")[0]


def blocks(language: str, text: str = WALK) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def test_the_walk_through_can_be_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POLICY_QA_INDEX", str(tmp_path / "index"))
    monkeypatch.setenv("POLICY_QA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("POLICY_QA_CORPUS", str(ROOT / "corpus"))
    (own_set,), (gate,) = blocks("json"), blocks("toml")
    Path("my-set.jsonl").write_text(own_set, encoding="utf-8")
    Path("gate.toml").write_text(gate, encoding="utf-8")
    commands = [line[2:] for block in blocks("console") for line in block.split("\n") if line.startswith("$ ")]
    assert len(commands) == 6
    said = []
    for command in commands:
        # No hub in a test: the shipped encoder, named by its folder, stands for another one.
        words = [str(DEFAULT_FOLDER) if word == "BAAI/bge-m3" else word for word in shlex.split(command)]
        assert words[0] == "policy-qa"
        done = CliRunner().invoke(app, words[1:], prog_name="policy-qa")
        assert done.exit_code == 0, f"{command}\n{done.output}"
        said.append(done.stdout)
    assert "3 câu chung" in said[4]
    assert Path("before/report.html").is_file() and Path("after/report.html").is_file()
    assert len(read_results(Path("after")).results) == 3
    passed = [json.loads(line)["passed"] for line in said[5].splitlines() if '"threshold"' in line]
    assert passed == [True] * 4


def test_every_metric_is_explained_and_no_other() -> None:
    measured = PAGE.partition("## What is measured")[2].partition("### Intervals")[0]
    named = set(re.findall(r"`([\w@]+)`", measured)) - {"search", "json"}
    assert named == {metric.name for metric in METRICS}


def test_every_field_of_a_set_is_explained() -> None:
    from dataclasses import fields

    from policy_qa.evaluation.questions import Question

    table = PAGE.partition("## The format of a set")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`.*?`) \|", table, flags=re.MULTILINE)
    assert {name for row in rows for name in re.findall(r"`(\w+)`", row)} == {field.name for field in fields(Question)}


def test_every_option_of_a_run_is_explained() -> None:
    help_page = CliRunner().invoke(app, ["eval", "run", "--help"], terminal_width=100).output
    options = set(re.findall(r"--[a-z-]+", help_page)) - {"--help", "--index", "--encoder"}
    assert options <= set(re.findall(r"--[a-z-]+", PAGE))
