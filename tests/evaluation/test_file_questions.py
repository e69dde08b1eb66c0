"""The questions of the shipped sets that are about official files: their make-up, and that they fit the files."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest

from policy_qa.evaluation.key_facts import states
from policy_qa.evaluation.questions import Question, load
from policy_qa.evaluation.sources import needed_files
from policy_qa.reading.vietnamese import fold

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
QUESTION_WORDS = frozenset(
    "ai bao bi chua co dau duoc gi gio khi khong la lau may nao nhi nhieu nhu phai sao the thi vay".split()
)


@pytest.fixture(scope="module")
def asked() -> list[Question]:
    return [question for question in load(ROOT / "evals" / "core.jsonl") if question.files]


@pytest.fixture(scope="module")
def written(asked: list[Question]) -> list[Question]:
    """Those of core.jsonl and of the set that was held out."""
    return asked + [question for question in load(ROOT / "evals" / "fresh.jsonl") if question.files]


@pytest.fixture(scope="module")
def provisions(written: list[Question]) -> Mapping[str, str]:
    """Provision id → its words with all below it, for every provision of the files."""
    from policy_qa.loading import Loader

    if not DATA.is_dir():
        pytest.skip("needs ../shared/data, which holds the documents")
    found: dict[str, str] = {}
    with Loader() as loader:
        for file in needed_files(written):
            document = loader.load(DATA / file.path)
            for provision in document.walk():
                found.setdefault(f"{document.key}#{provision.address}", provision.span.of(document.source.text))
    return found


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The pairs of neighbouring syllables, folded, but those of question words alone."""
    syllables = re.findall(r"[^\W_]+", fold(text))
    return (pair for pair in pairwise(syllables) if not QUESTION_WORDS.issuperset(pair))


def test_there_are_enough_of_every_style_and_kind(asked: list[Question]) -> None:
    answerable = Counter(question.style for question in asked if not question.unanswerable)
    least = {"colloquial": 32, "english": 11, "no-diacritics": 11, "abbreviation": 11}
    assert {style: answerable[style] for style, count in least.items() if answerable[style] < count} == {}
    assert sum(question.unanswerable for question in asked) >= 12
    assert len({question.kind for question in asked}) == 9
    assert len({path for question in asked for path in question.files}) >= 12
    assert {Path(file.path).suffix for file in needed_files(asked)} == {".pdf", ".docx", ".html"}


def test_the_set_held_out_has_enough_of_every_style(asked: list[Question], written: list[Question]) -> None:
    fresh = written[len(asked) :]
    answerable = Counter(question.style for question in fresh if not question.unanswerable)
    assert answerable == {"colloquial": 24, "english": 14, "no-diacritics": 14, "abbreviation": 10, "plain": 8}
    assert sum(question.unanswerable for question in fresh) == 15


def test_questions_without_diacritics_have_none(written: list[Question]) -> None:
    for question in written:
        if question.style == "no-diacritics":
            decomposed = unicodedata.normalize("NFD", question.question)
            assert not any(unicodedata.combining(c) or c in "đĐ" for c in decomposed), question.id


def test_a_file_has_one_version(written: list[Question]) -> None:
    files = needed_files(written)
    assert len({file.path for file in files}) == len(files)


def test_the_files_are_those_that_the_questions_were_written_for(written: list[Question]) -> None:
    if not DATA.is_dir():
        pytest.skip("needs ../shared/data, which holds the documents")
    for file in needed_files(written):
        assert hashlib.sha256((DATA / file.path).read_bytes()).hexdigest() == file.sha256, file.path


@pytest.mark.slow
def test_every_gold_provision_exists(written: list[Question], provisions: Mapping[str, str]) -> None:
    assert {(q.id, gold) for q in written for gold in q.gold_ids if gold not in provisions} == set()


@pytest.mark.slow
def test_every_key_fact_stands_in_the_gold_provisions(written: list[Question], provisions: Mapping[str, str]) -> None:
    homeless = {
        (question.id, fact)
        for question in written
        for fact in question.key_facts
        if not any(
            all(states(provisions.get(gold, "").casefold(), fact.casefold()) for gold in group)
            for group in question.gold
        )
    }
    assert homeless == set()


@pytest.mark.slow
def test_officers_own_words_share_no_two_syllables_with_the_provision(
    written: list[Question], provisions: Mapping[str, str]
) -> None:
    shared = {
        (question.id, run)
        for question in written
        if question.style == "colloquial"
        for gold in question.gold_ids
        for run in set(runs(question.question)) & set(runs(provisions.get(gold, "")))
    }
    assert shared == set()


def test_runs_of_question_words_do_not_count() -> None:
    assert list(runs("Được bao nhiêu tiền, ở đâu?")) == [("nhieu", "tien"), ("tien", "o"), ("o", "dau")]
