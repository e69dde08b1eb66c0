"""What is measured of one question and of many, worked by hand."""

from __future__ import annotations

import math
import random

import ir_measures
import numpy as np
import pytest
from asked import DOCUMENT, ONE, THREE, TWO, failed, question, result

from policy_qa.evaluation.metrics import METRICS, NAMED, figure, figures
from policy_qa.evaluation.results import Result, Support
from policy_qa.evaluation.scores import RETRIEVAL, judged, within_parent

HELD, NOT_HELD = Support(True, 1.0, (True,)), Support(False, 0.5, (False,), "Không có.")

# Worked by hand: four answerable questions (right; right and one wrong citation; refused; failed), two that are not.
RESULTS = [
    result(
        question((ONE,), facts=("5%", "hai vườn")),
        ONE,
        said="Góp 5% cho HAI VƯỜN.",
        ranked=(ONE,),
        verbatim=(True,),
        support=(HELD,),
        probability=0.9,
        milliseconds=10,
    ),
    result(
        question((ONE, TWO), (THREE,), facts=("5%", "ba vườn")),
        TWO,
        THREE,
        f"{DOCUMENT}#điều=9",
        said="Góp 5%.",
        ranked=(f"{DOCUMENT}#điều=9", ONE),
        verbatim=(True, True, False),
        support=(Support(True, 1.0, (True, True, False)), NOT_HELD),
        probability=0.6,
        milliseconds=20,
    ),
    result(question((ONE,)), ranked=(ONE, TWO), probability=0.2, milliseconds=30),
    failed(question((TWO,), facts=("9%",))),
    result(question(), probability=0.3, milliseconds=40),
    result(question(), ONE, verbatim=(True,), support=(HELD,), probability=0.7, milliseconds=50),
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("first", 2 / 4),
        ("cited", 2 / 4),
        ("precision", 3 / 5),  # of 1 + 3 provisions cited for answerable questions, and one for the failure
        ("recall", 2 / 4),
        ("F2", (1 + (5 * 2 / 3) / (4 * 2 / 3 + 1) + 0 + 0) / 4),
        ("facts", (1 + 0.5 + 0) / 3),
        ("verbatim", 4 / 6),  # five citations, and one for the failure
        ("support", (1 + 1 / 2 + 0 + 1) / 4),  # the refusals say nothing
        ("support_precision", (1 + 2 / 4 + 0 + 1) / 4),
        ("refused", 1 / 2),
        ("refusal_precision", 1 / 2),
        ("wrongly_refused", 1 / 4),  # a failure is no refusal
        ("failed", 1 / 6),
        ("p50", (10 + 20) / 2),  # 1, 10, 20, 30, 40, 50: between the third and the fourth
        # Answerable .9 .6 .2 and 0 for the failure, not answerable .3 .7: won 2 + 1 + 0 + 0 of 8 pairs.
        ("AUROC", 3 / 8),
        # Bins of a tenth: .0 true, .2 true, .3 false, .6 true, .7 false, .9 true.
        ("ECE", (1 + 0.8 + 0.3 + 0.4 + 0.7 + 0.1) / 6),
    ],
)
def test_the_figures_over_a_small_set(name: str, expected: float) -> None:
    expected = 25 if name == "p50" else expected
    assert NAMED[name].over(RESULTS) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("gold", "provisions", "hit"),
    [
        ([(ONE,)], [ONE], 1.0),
        ([(ONE,)], [TWO], 0.0),
        ([(ONE,)], [f"{ONE};khoản=1"], 0.0),  # exactly that provision, not one inside it
        ([(f"{ONE};khoản=1",)], [ONE], 0.0),
        ([(ONE, TWO)], [TWO], 1.0),
        ([(ONE,), (TWO,)], [ONE], 0.0),
        ([(ONE,), (TWO,)], [TWO, ONE], 1.0),
        ([(ONE,)], [ONE, TWO], 1.0),
        ([(ONE,)], [], 0.0),
    ],
)
def test_every_group_needs_a_citation(gold: list[tuple[str, ...]], provisions: list[str], hit: float) -> None:
    assert NAMED["cited"].over([result(question(*gold), *provisions)]) == hit


@pytest.mark.parametrize(
    ("provision", "gold", "right"),
    [
        (f"{ONE};khoản=2", f"{ONE};khoản=1", True),  # the neighbour under the same điều
        (ONE, f"{ONE};khoản=1", True),
        (f"{ONE};khoản=1;điểm=a", f"{ONE};khoản=1", True),
        (f"{ONE};khoản=2;điểm=a", f"{ONE};khoản=1;điểm=b", False),
        (f"{ONE};khoản=1;điểm=a", f"{ONE};khoản=1;điểm=b", True),
        (f"{ONE};khoản=1", ONE, True),  # an outermost provision is its own upper level
        (TWO, ONE, False),
        (ONE.replace("1/QĐ-A", "2/QĐ-A"), ONE, False),
        (f"{DOCUMENT}#điều=10", ONE, False),
    ],
)
def test_one_level_up(provision: str, gold: str, right: bool) -> None:
    assert within_parent(provision, gold) == right
    one = [result(question((gold,)), provision)]
    assert [NAMED[name].over(one) for name in ("cited_up", "recall_up", "precision_up", "F2_up")] == [float(right)] * 4


@pytest.mark.parametrize(
    ("said", "share"),
    [("Góp 5% cho hai vườn", 1.0), ("gop 5% cho HAI VUON", 1.0), ("Góp 5%", 0.5), ("Góp", 0.0), ("Góp 5 %", 0.0)],
)
def test_facts_are_found_without_case_and_diacritics(said: str, share: float) -> None:
    assert NAMED["facts"].over([result(question((ONE,), facts=("5%", "hai vườn")), ONE, said=said)]) == share


@pytest.mark.parametrize(
    ("gold", "facts", "provisions", "said", "share"),
    [
        ([(ONE,), (TWO,), (THREE,)], (), [ONE, THREE], "", 2 / 3),
        ([(ONE,)], ("đước", "bần", "mắm"), [ONE], "đước, bần", 3 / 4),  # the provision and two of three facts
        ([(ONE, TWO), (ONE, THREE)], (), [ONE], "", 1.0),  # the whole stands for its items
    ],
)
def test_a_list_is_complete_when_all_its_items_are_given(
    gold: list[tuple[str, ...]], facts: tuple[str, ...], provisions: list[str], said: str, share: float
) -> None:
    asked = question(*gold, facts=facts, kind="list")
    assert NAMED["items"].over([result(asked, *provisions, said=said)]) == pytest.approx(share)
    assert NAMED["items"].over([failed(asked)]) == 0
    assert NAMED["items"].over([result(question(*gold, facts=facts), *provisions, said=said)]) is None


# --- failures, and nothing to score


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_nothing_to_score_gives_no_figure(metric) -> None:
    assert metric.over([]) is None and figure(metric, []) is None


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_a_failure_is_never_better_than_an_answer(metric) -> None:
    if metric.unit == "milliseconds" or metric.name in ("wrongly_refused", "refusal_precision"):
        return  # how long a failure took is told; it is no refusal
    answerable = question((ONE,), (TWO,), facts=("5%",), kind="list")
    good = [
        result(answerable, ONE, TWO, said="5%", ranked=(ONE, TWO), verbatim=(True,), support=(HELD,), probability=1.0),
        result(question(), probability=0.0),
    ]
    best = metric.over(good)
    worse = metric.over([*good, failed(answerable), failed(question())])
    assert best == (0.0 if metric.lower else 1.0) or metric.name in ("R@1", "MRR@10")
    assert worse is not None and (worse > best if metric.lower else worse < best)


def test_a_provision_cited_twice_counts_once() -> None:
    twice = result(question((ONE,)), ONE, ONE, TWO)
    assert twice.cited == (ONE, TWO)
    assert NAMED["precision"].over([twice]) == 0.5


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_a_share_lies_between_nought_and_one(metric) -> None:
    for one in RESULTS:
        value = metric.value(one)
        assert value is None or metric.unit == "milliseconds" or 0 <= value <= 1


def test_the_count_is_that_of_what_is_counted() -> None:
    counts = [NAMED[name].count(RESULTS) for name in ("cited", "precision", "refused", "verbatim", "AUROC", "support")]
    assert counts == [4, 5, 2, 6, 6, 4]


def test_a_figure_has_an_interval_around_it() -> None:
    made = figures(RESULTS)
    assert list(made) == [metric.name for metric in METRICS if metric.name != "items"]
    assert all(f.low <= f.value <= f.high and f.count > 0 for f in made.values())
    assert all(f.low < f.high for name, f in made.items() if NAMED[name].unit == "share")


def test_a_figure_without_a_miss_still_has_doubt() -> None:
    made = figure(NAMED["verbatim"], [result(question((ONE,)), ONE, verbatim=(True,))] * 10)
    assert made is not None and (made.value, made.high) == (1.0, 1.0) and made.low == pytest.approx(0.7225, abs=5e-5)


def test_a_question_without_a_quote_adds_no_certainty() -> None:
    quoted, refused = result(question((ONE,)), ONE, verbatim=(True,)), result(question((ONE,)))
    alone, beside = (figure(NAMED["verbatim"], [quoted] * 10 + [refused] * more) for more in (0, 50))
    assert alone == beside


# --- retrieval


def retrieved(gold: tuple[tuple[str, ...], ...], *ranked: str) -> dict[str, float | None]:
    one = [result(question(*gold), ranked=ranked)]
    return {name: NAMED[name].over(one) for name in RETRIEVAL}


def test_retrieval_of_one_provision_by_hand() -> None:
    found = retrieved(((TWO,),), ONE, THREE, TWO)
    assert found == pytest.approx(
        {"R@1": 0, "R@5": 1, "R@10": 1, "R@20": 1, "RR@10": 1 / 3, "nDCG@10": 1 / math.log2(4)}
    )
    assert set(retrieved(((TWO,),)).values()) == {0.0}


def test_retrieval_of_two_groups_by_hand() -> None:
    found = retrieved(((ONE,), (TWO, THREE)), "x#điều=1", THREE, TWO, ONE)
    ideal = 1 + 1 / math.log2(3)
    assert found == pytest.approx(
        {
            **{"R@1": 0, "R@5": 1, "R@10": 1, "R@20": 1, "RR@10": 1 / 2},
            "nDCG@10": (1 / math.log2(3) + 1 / math.log2(5)) / ideal,
        }
    )


def test_a_passage_inside_a_gold_provision_is_that_provision() -> None:
    wanted, found = judged(((ONE,), (TWO, THREE)), (f"{ONE};khoản=2", f"{DOCUMENT}#điều=10", f"{ONE};khoản=1", THREE))
    assert wanted == (ONE, THREE)
    assert found == (ONE, f"{DOCUMENT}#điều=10", THREE)


def test_the_whole_of_a_list_stands_for_its_items() -> None:
    groups = tuple((f"{ONE};khoản={n}", ONE) for n in (1, 2, 3))
    assert retrieved(groups, ONE)["R@1"] == 1.0
    # The first item is found by itself, the two others with the whole: two provisions are wanted.
    assert retrieved(groups, f"{ONE};khoản=1", ONE)["R@1"] == 0.5
    assert retrieved(groups, f"{ONE};khoản=1", ONE)["R@5"] == 1.0


def test_retrieval_equals_ir_measures_over_many_random_rankings() -> None:
    chance = random.Random(6)
    provisions = [f"{DOCUMENT}#điều={n}" for n in range(1, 60)]
    results: list[Result] = []
    qrels: dict[str, dict[str, int]] = {}
    runs: dict[str, dict[str, float]] = {}
    for n in range(120):
        gold = chance.sample(provisions, chance.randint(1, 5))
        ranked = chance.sample(provisions, chance.choice([0, 1, 7, 20]))
        results.append(result(question(*((provision,) for provision in gold), id_=f"q{n}"), ranked=tuple(ranked)))
        qrels[f"q{n}"] = dict.fromkeys(gold, 1)
        if ranked:
            runs[f"q{n}"] = {provision: -float(rank) for rank, provision in enumerate(ranked)}
    measures = [ir_measures.parse_measure(name) for name in RETRIEVAL]
    theirs = ir_measures.calc_aggregate(measures, qrels, runs)
    for measure in measures:
        assert NAMED[str(measure)].over(results) == pytest.approx(theirs[measure], abs=1e-9)
    by_question = {(m.query_id, str(m.measure)): m.value for m in ir_measures.iter_calc(measures, qrels, runs)}
    for one in results:
        for name in RETRIEVAL:
            wanted = by_question.get((one.question.id, name), 0.0)
            assert NAMED[name].value(one) == pytest.approx(wanted, abs=1e-9)


# --- calibration


def test_auroc_equals_counting_all_pairs() -> None:
    chance = np.random.default_rng(3)
    said = chance.random(80).round(1)
    truth = chance.random(80) < 0.6
    results = [
        result(question(*([(ONE,)] if yes else [])), probability=float(p)) for p, yes in zip(said, truth, strict=True)
    ]
    pairs = [(p > q) + (p == q) / 2 for p in said[truth] for q in said[~truth]]
    assert NAMED["AUROC"].over(results) == pytest.approx(sum(pairs) / len(pairs))


def test_a_probability_that_tells_the_truth_has_no_error() -> None:
    sure = [result(question((ONE,)), probability=1.0), result(question(), probability=0.0)]
    assert NAMED["ECE"].over(sure) == 0 and NAMED["AUROC"].over(sure) == 1
    half = [result(question((ONE,)), probability=0.5), result(question(), probability=0.5)]
    assert NAMED["ECE"].over(half) == 0 and NAMED["AUROC"].over(half) == 0.5


def test_a_system_without_a_probability_has_no_calibration() -> None:
    assert NAMED["ECE"].over([result(question((ONE,)))]) is None
    assert NAMED["AUROC"].over([result(question((ONE,)), probability=0.4)]) is None  # all have an answer
