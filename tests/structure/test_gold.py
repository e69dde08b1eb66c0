"""Gold trees of real documents, where the documents lie beside the repository: what evals/structure measures must stay."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
DATA = ROOT.parent / "shared" / "data"
BAR = 0.98
"""Share of provisions, and of header fields, that must be right over all files."""


@cache
def measuring() -> ModuleType:
    """evals/structure/run.py, by its path: it is no package."""
    spec = importlib.util.spec_from_file_location("structure_measured", ROOT / "evals" / "structure" / "run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


THIRD = slice(None, None, 3)
"""Every third file, of all kinds: what each `make test` has time for; `make test-slow` reads them all."""


def born_digital() -> list[Path]:
    """The gold files that need no OCR."""
    return [p for p in sorted(GOLD.glob("*.json")) if json.loads(p.read_text("utf-8"))["frame"] != "page and height"]


@pytest.fixture(
    scope="module",
    params=[pytest.param(THIRD, id="a third"), pytest.param(slice(None), id="all", marks=pytest.mark.slow)],
)
def measured(request: pytest.FixtureRequest) -> tuple[object, list[str], int]:
    """The score over the files, the header fields that are wrong, and how many there are."""
    run = measuring()
    total = run.Score()
    wrong: list[str] = []
    fields = 0
    for path in born_digital()[request.param]:
        gold = run.Gold(path, DATA)
        if gold.file is None:
            continue
        claims, document, overlay = run.ours(gold, gold.file)
        score = gold.score(claims)
        total.add(score)
        total.missed += [f"{gold.name}: {address}" for address in score.missed]
        wrong += [f"{gold.name}: {field}" for field in gold.wrong_header(document, overlay)]
        fields += len(run.HEADER)
    if not fields:
        pytest.skip("none of the documents that gold trees were made of lies beside the repository")
    return total, wrong, fields


def test_provisions_are_those_of_the_gold(measured) -> None:
    score, _, _ = measured
    assert score.f1 >= BAR, score.missed


def test_every_article_is_found_and_none_invented(measured) -> None:
    score, _, _ = measured
    assert (score.articles_found, score.articles_invented) == (score.articles, 0), score.missed


def test_header_fields_are_those_of_the_gold(measured) -> None:
    _, wrong, fields = measured
    assert 1 - len(wrong) / fields >= BAR, wrong


def test_gold_trees_are_in_order() -> None:
    """Addresses occur once, spans lie in order, and each gold file says what it is of."""
    for path in sorted(GOLD.glob("*.json")):
        plain = json.loads(path.read_text("utf-8"))
        addresses = [address for address, _, _ in plain["provisions"]]
        assert len(set(addresses)) == len(addresses), path.name
        assert all(start <= end for _, start, end in plain["provisions"]), path.name
        assert path.name == f"{plain['file']}.json"
