"""Two runs side by side: what was won and lost, and whether that is more than chance."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asked import ONE, TWO, failed, question, result

from policy_qa.evaluation.compare import Change, compare
from policy_qa.evaluation.report import comparison, losses
from policy_qa.evaluation.results import Result


def right(n: int) -> Result:
    return result(question((ONE,), facts=("lời",), id_=f"q{n}"), ONE, ranked=(ONE,), verbatim=(True,), milliseconds=10)


def wrong(n: int) -> Result:
    return replace(
        result(question((ONE,), facts=("lời",), id_=f"q{n}"), TWO, ranked=(TWO,), verbatim=(True,)), milliseconds=30
    )


BEFORE = [*(wrong(n) for n in range(8)), *(right(n) for n in range(8, 20)), result(question(id_="q20"))]
AFTER = [*(right(n) for n in range(8)), *(wrong(n) for n in (8, 9)), *(right(n) for n in range(10, 20)), BEFORE[-1]]


def named(changes: tuple[Change, ...]) -> dict[str, Change]:
    return {change.metric: change for change in changes}


def test_won_and_lost_are_told_question_by_question() -> None:
    found = compare(AFTER, BEFORE)
    assert found.count == 21 and found.only_now == found.only_before == ()
    cited = named(found.changes)["cited"]
    assert (cited.before, cited.after) == (12 / 20, 18 / 20)
    assert cited.won == tuple(f"q{n}" for n in range(8)) and cited.lost == ("q8", "q9")
    assert cited.p == pytest.approx(112 / 1024)  # McNemar, 8 and 2
    assert cited.low < 0.3 < cited.high


def test_shares_that_are_no_yes_or_no_are_resampled() -> None:
    found = named(compare(AFTER, BEFORE).changes)
    assert found["precision"].won == found["cited"].won
    assert 0.001 <= found["precision"].p < 0.2 and found["precision"].low < 0.3 < found["precision"].high
    assert found["verbatim"].p == 1.0 and found["verbatim"].low == found["verbatim"].high == 0.0
    assert found["refused"].won == found["refused"].lost == ()


def test_times_have_a_difference_and_no_winners() -> None:
    times = named(compare(AFTER, BEFORE).changes)["p95"]
    assert times.won == times.lost == () and times.after <= times.before


def test_what_is_better_when_low_is_won_when_it_falls() -> None:
    refusal = result(question((ONE,), facts=("lời",), id_="q0"))
    change = named(compare([right(0)], [refusal]).changes)["wrongly_refused"]
    assert (change.before, change.after, change.won, change.lost) == (1.0, 0.0, ("q0",), ())


def test_changed_citations_are_told_whatever_they_were() -> None:
    both = result(question((ONE,), facts=("lời",), id_="q0"), TWO, ONE)
    (one,) = compare([both, right(1)], [right(0), right(1)]).recited
    assert (one.id, one.before, one.after) == ("q0", (ONE,), (TWO, ONE))
    assert compare([both], [result(both.question, ONE, TWO)]).recited == ()  # the order alone is no change


def test_a_failure_is_lost() -> None:
    asked = right(0).question
    change = named(compare([failed(asked)], [right(0)]).changes)
    assert change["cited"].lost == change["failed"].lost == change["facts"].lost == ("q0",)


def test_only_questions_with_the_same_gold_are_compared() -> None:
    other = result(question((TWO,), id_="q0"), TWO)
    reworded = replace(right(1), question=replace(right(1).question, question="Khác chữ?"))
    found = compare([other, reworded, right(2)], [right(0), right(1), right(3)])
    assert found.count == 1
    assert found.only_now == ("q0", "q2") and found.only_before == ("q0", "q3")
    assert compare([right(1)], []).changes == ()


def test_the_text_names_the_questions() -> None:
    text = comparison(compare(AFTER, BEFORE))
    assert "21 câu chung" in text and "được: q0, q1, q2" in text and "mất: q8, q9" in text
    (line,) = (line for line in text.split("\n") if "[cited]" in line)
    assert "60.0% → 90.0%" in line and "p = 0.109" in line and "được 8, mất 2" in line
    assert "trích dẫn đã đổi ở 10 câu" in text and f"q8: {ONE}\n    → {TWO}\n" in text
    many = compare([right(n) for n in range(12)], [wrong(n) for n in range(12)])
    (line,) = (line for line in comparison(many).split("\n") if "[cited]" in line)
    assert "p < 0.001" in line  # 2 / 4096
    brief = losses("typo", compare(AFTER, BEFORE), 3)
    assert "typo: đổi được 21 câu, 3 câu không có gì để đổi" in brief and "q0" not in brief
