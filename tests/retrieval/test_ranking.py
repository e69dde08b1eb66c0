from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.retrieval.lexicon import load_lexicon
from policy_qa.retrieval.query import Concept, Query, Wording, understand
from policy_qa.retrieval.ranking import (
    HEADING_CREDIT,
    WEIGHTS,
    Features,
    Words,
    coverage,
    credit,
    pair_coverage,
    score,
)

NOTHING = Features(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def query(question: str) -> Query:
    return understand(question, (), load_lexicon())


@pytest.mark.parametrize(
    ("wordings", "text", "expected"),
    [
        ([(("ươm",), 1.0)], "vườn ươm", 1.0),
        ([(("ươm",), 1.0)], "vườn cây", 0.0),
        ([(("kinh", "phí"), 0.8)], "kinh phí", 0.8),
        ([(("kinh", "phí"), 1.0)], "học phí", 0.6 * 0.25),  # half of a wording counts far less than half
        ([(("tiền",), 1.0), (("kinh", "phí"), 0.8)], "kinh phí", 0.8),  # the best wording counts
        ([(("tiền",), 1.0), (("kinh", "phí"), 0.8)], "tiền và kinh phí", 1.0),
        ([((), 1.0)], "vườn ươm", 0.0),
        ([], "vườn ươm", 0.0),
    ],
)
def test_how_far_a_text_speaks_of_a_concept(
    wordings: list[tuple[tuple[str, ...], float]], text: str, expected: float
) -> None:
    concept = Concept(1.0, tuple(Wording(*wording) for wording in wordings))
    assert credit(concept, Words.of(text).plain) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("question", "body", "around", "expected"),
    [
        ("vườn ươm", "Vườn ươm ngập mặn.", [], 1.0),
        ("vườn ươm", "Đồng muối.", [], 0.0),
        ("vườn ươm", "vuon uom", [], 0.0),
        ("vuon uom", "Vườn ươm ngập mặn.", [], 1.0),
        ("vườn ươm", "Đồng muối.", ["Vườn ươm"], HEADING_CREDIT),
        ("vườn ươm", "Vườn ươm.", ["Vườn ươm"], 1.0),
        ("là gì và của ai", "Vườn ươm.", [], 0.0),
        ("", "Vườn ươm.", [], 0.0),
    ],
)
def test_coverage(question: str, body: str, around: list[str], expected: float) -> None:
    assert coverage(query(question), Words.of(body), [Words.of(a) for a in around]) == pytest.approx(expected)


def test_a_rare_word_covers_more_than_a_common_one() -> None:
    asked = query("nhà ngập")
    assert coverage(asked, Words.of("ngập")) > coverage(asked, Words.of("nhà"))


@pytest.mark.parametrize(
    ("question", "body", "around", "expected"),
    [
        ("vườn ươm ngập mặn", "vườn ươm ngập mặn", [], 1.0),
        ("vườn ươm ngập mặn", "vườn ươm nước mặn", [], 1 / 3),
        ("vườn ươm", "ươm vườn", [], 0.0),
        ("vườn ươm", "muối", ["vườn ươm"], 1.0),
        ("vườn ươm", "vườn", ["ươm"], 0.0),  # no pair across two texts
        ("vuon uom", "vườn ươm", [], 1.0),
        ("ươm", "ươm", [], 0.0),
        ("", "ươm", [], 0.0),
    ],
)
def test_pair_coverage(question: str, body: str, around: list[str], expected: float) -> None:
    assert pair_coverage(query(question), Words.of(body), [Words.of(a) for a in around]) == pytest.approx(expected)


def test_the_score_is_the_weighted_sum() -> None:
    assert score(NOTHING) == 0.0
    assert score(dataclasses.replace(NOTHING, bm25=1.0)) == pytest.approx(WEIGHTS.bm25)
    all_of_it = Features(*(1.0 for _ in Features.__slots__))
    assert score(all_of_it) == pytest.approx(sum(getattr(WEIGHTS, name) for name in Features.__slots__))


@pytest.mark.parametrize("good", ["bm25", "cosine", "coverage", "pairs", "heading", "named"])
def test_what_speaks_for_a_passage_raises_it(good: str) -> None:
    assert score(dataclasses.replace(NOTHING, **{good: 1.0})) > 0


@pytest.mark.parametrize("bad", ["reported", "bare"])
def test_what_speaks_against_a_passage_lowers_it(bad: str) -> None:
    assert score(dataclasses.replace(NOTHING, **{bad: 1.0})) < 0


TEXT = st.lists(st.sampled_from(["vườn", "ươm", "ngập", "mặn", "của", "kinh", "phí"]), max_size=6).map(" ".join)


@given(TEXT, TEXT, TEXT)
@settings(max_examples=80, deadline=None)
def test_shares_stay_between_none_and_all_and_headings_only_help(question: str, body: str, above: str) -> None:
    asked, inside, around = query(question), Words.of(body), [Words.of(above)]
    for measure in (coverage, pair_coverage):
        alone, within = measure(asked, inside), measure(asked, inside, around)
        assert 0.0 <= alone <= within + 1e-9 <= 1.0 + 2e-9
