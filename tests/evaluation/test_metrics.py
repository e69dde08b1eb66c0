from __future__ import annotations

import pytest

from policy_qa.answer import Answer, Citation, DocumentName, Statement
from policy_qa.document import Address, Span
from policy_qa.evaluation.metrics import METRICS, Result, interval
from policy_qa.evaluation.questions import Question

NAMED = {metric.name: metric for metric in METRICS}
DOCUMENT = "1/QĐ-A@2024-01-01"
ONE, TWO, THREE = (f"{DOCUMENT}#điều={n}" for n in (1, 2, 3))


def question(*gold: tuple[str, ...], facts: tuple[str, ...] = ()) -> Question:
    refused = not gold
    reason = "no_text" if refused else None
    return Question("q", "Hỏi gì?", "content", "plain", gold, facts, refused, reason, "tests", "draft")


def cited(number: str, provision: str) -> Citation:
    key, _, address = provision.partition("#")
    name = DocumentName("1/QĐ-A", "2024-01-01", None, None, None)
    return Citation(number, name, key, Address.parse(address), "", "", "lời", Span(0, 3), None, "a.txt", "", "official")


def result(
    asked: Question, *provisions: str, said: str = "lời", ranked: tuple[str, ...] = (), verbatim: tuple[bool, ...] = ()
) -> Result:
    citations = tuple(cited(str(n), provision) for n, provision in enumerate(provisions, 1))
    statements = (Statement(said, tuple(c.id for c in citations)),) if citations else ()
    status = "answered" if citations else "not_found"
    answer = Answer(asked.question, status, statements=statements, citations=citations)
    return Result(asked, answer, ranked, verbatim, 1.0)


def failed(asked: Question) -> Result:
    return Result(asked, None, (), (), 1.0, "hỏng")


# Worked by hand: four answerable questions (right; right and one wrong citation; refused; failed), two that are not.
RESULTS = [
    result(
        question((ONE,), facts=("5%", "hai vườn")), ONE, said="Góp 5% cho HAI VƯỜN.", ranked=(ONE,), verbatim=(True,)
    ),
    result(
        question((ONE, TWO), (THREE,), facts=("5%", "ba vườn")),
        TWO,
        THREE,
        f"{DOCUMENT}#điều=9",
        said="Góp 5%.",
        ranked=(f"{DOCUMENT}#điều=9", ONE),
        verbatim=(True, True, False),
    ),
    result(question((ONE,)), ranked=(ONE, TWO)),
    failed(question((TWO,), facts=("9%",))),
    result(question()),
    result(question(), ONE, verbatim=(True,)),
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("first", 2 / 4),
        ("cited", 2 / 4),
        ("precision", 3 / 4),  # of 1 + 3 provisions cited for answerable questions
        ("facts", (1 + 0.5 + 0) / 3),
        ("verbatim", 4 / 5),
        ("refused", 1 / 2),
        ("wrongly_refused", 1 / 4),  # a failure is no refusal
    ],
)
def test_the_shares_over_a_small_set(name: str, expected: float) -> None:
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
    ("said", "share"),
    [("Góp 5% cho hai vườn", 1.0), ("gop 5% cho HAI VUON", 1.0), ("Góp 5%", 0.5), ("Góp", 0.0), ("Góp 5 %", 0.0)],
)
def test_facts_are_found_without_case_and_diacritics(said: str, share: float) -> None:
    assert NAMED["facts"].over([result(question((ONE,), facts=("5%", "hai vườn")), ONE, said=said)]) == share


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_nothing_to_score_gives_no_share(metric) -> None:
    assert metric.over([]) is None


@pytest.mark.parametrize("name", ["first", "cited", "facts"])
def test_a_failure_scores_nothing_and_still_counts(name: str) -> None:
    good = result(question((ONE,), facts=("5%",)), ONE, said="5%", ranked=(ONE,))
    assert NAMED[name].over([good]) == 1.0
    assert NAMED[name].over([good, failed(question((ONE,), facts=("5%",)))]) == 0.5


def test_a_provision_cited_twice_counts_once() -> None:
    twice = result(question((ONE,)), ONE, ONE, TWO)
    assert twice.cited == (ONE, TWO)
    assert NAMED["precision"].over([twice]) == 0.5


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.name)
def test_no_result_scores_more_than_its_chances(metric) -> None:
    for one in RESULTS:
        assert 0 <= metric.hits(one) <= metric.chances(one)


@pytest.mark.parametrize(
    ("share", "count", "low", "high"),
    # By Wilson's formula, worked apart from the code; 10 of 10: 1 / (1 + 1.96² / 10).
    [(0.5, 10, 0.2366, 0.7634), (1.0, 10, 0.7225, 1.0), (0.0, 10, 0.0, 0.2775), (0.95, 200, 0.9104, 0.9726)],
)
def test_the_interval_of_a_share(share: float, count: int, low: float, high: float) -> None:
    assert interval(share, count) == pytest.approx((low, high), abs=5e-5)


def test_the_count_is_that_of_what_is_counted() -> None:
    assert [NAMED[name].count(RESULTS) for name in ("cited", "precision", "refused")] == [4, 4, 2]
