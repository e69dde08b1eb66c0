"""What one answered question scores by each metric."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, TypeAlias

from policy_qa.document import Address
from policy_qa.evaluation.key_facts import missing_facts
from policy_qa.evaluation.results import Result

Row: TypeAlias = tuple[float, float]
"""Hits and chances; for calibration the probability and the truth; for times the milliseconds and 1."""
Gold: TypeAlias = tuple[tuple[str, ...], ...]

MISSED: Final = (0.0, 1.0)
RETRIEVAL: Final = ("R@1", "R@5", "R@10", "R@20", "RR@10", "nDCG@10")
"""The retrieval metrics, by the names that ir_measures has for them."""

# --- citations


def first(result: Result) -> Row | None:
    """The first passage found is a gold provision."""
    return _yes(any(found in result.question.gold_ids for found in result.ranked[:1])) if _answerable(result) else None


def cited(result: Result) -> Row | None:
    """Every group of gold has a citation at exactly one of its provisions."""
    return _yes(_share_of_groups(result, _exactly) == 1.0) if _answerable(result) else None


def cited_up(result: Result) -> Row | None:
    """As `cited`, one level up."""
    return _yes(_share_of_groups(result, within_parent) == 1.0) if _answerable(result) else None


def recall(result: Result) -> Row | None:
    """The share of the groups of gold that have a citation at exactly one of their provisions."""
    return (_share_of_groups(result, _exactly), 1.0) if _answerable(result) else None


def recall_up(result: Result) -> Row | None:
    """As `recall`, one level up."""
    return (_share_of_groups(result, within_parent), 1.0) if _answerable(result) else None


def precision(result: Result) -> Row | None:
    """Of the provisions cited, those that are gold; counted in provisions, over all answerable questions together."""
    return _right_of_cited(result, _exactly)


def precision_up(result: Result) -> Row | None:
    """As `precision`, one level up."""
    return _right_of_cited(result, within_parent)


def f2(result: Result) -> Row | None:
    """F2 of recall and precision of the one question, in which recall counts four times as much; 0 where none is cited."""
    return (_f2(result, _exactly), 1.0) if _answerable(result) else None


def f2_up(result: Result) -> Row | None:
    """As `f2`, one level up."""
    return (_f2(result, within_parent), 1.0) if _answerable(result) else None


Agrees: TypeAlias = Callable[[str, str], bool]
"""Whether a provision cited (first) is right for a gold one (second)."""


def _exactly(provision: str, gold: str) -> bool:
    return provision == gold


@lru_cache(maxsize=50_000)
def within_parent(provision: str, gold: str) -> bool:
    """Whether a provision lies in what stands one level above a gold one; in the gold one where that is outermost."""
    key, _, place = provision.partition("#")
    gold_key, _, gold_place = gold.partition("#")
    address = Address.parse(gold_place)
    return key == gold_key and Address.parse(place).is_within(address.parent or address)


def _share_of_groups(result: Result, agrees: Agrees) -> float:
    groups = result.question.gold
    met = sum(any(agrees(provision, gold) for gold in group for provision in result.cited) for group in groups)
    return met / len(groups)


def _right(result: Result, agrees: Agrees) -> int:
    gold_ids = result.question.gold_ids
    return sum(any(agrees(provision, gold) for gold in gold_ids) for provision in result.cited)


def _right_of_cited(result: Result, agrees: Agrees) -> Row | None:
    if not _answerable(result):
        return None
    return MISSED if _has_failed(result) else (float(_right(result, agrees)), float(len(result.cited)))


def _f2(result: Result, agrees: Agrees) -> float:
    if not result.cited:
        return 0.0
    found, right = _share_of_groups(result, agrees), _right(result, agrees) / len(result.cited)
    return 5 * right * found / (4 * right + found) if found and right else 0.0


# --- what is said


def facts(result: Result) -> Row | None:
    """The share of key facts that the statements contain, without regard to case and diacritics."""
    count = len(result.question.key_facts)
    return ((count - len(missing_facts(result))) / count, 1.0) if count else None


def items(result: Result) -> Row | None:
    """Of a question for a list: the share of its items that are given: groups of gold cited, and key facts said."""
    question = result.question
    if question.kind != "list" or question.unanswerable:
        return None
    groups, key_facts = len(question.gold), len(question.key_facts)
    given = _share_of_groups(result, _exactly) * groups + key_facts - len(missing_facts(result))
    return given / (groups + key_facts), 1.0


def verbatim(result: Result) -> Row | None:
    """Of the citations, those whose quote stands letter by letter in the provision that they name."""
    return MISSED if _has_failed(result) else (float(sum(result.verbatim)), float(len(result.verbatim)))


def support(result: Result) -> Row | None:
    """Of the statements of an answer, those that their citations hold (citation recall of ALCE, Gao et al. 2023)."""
    if _has_failed(result):
        return MISSED
    return _mean(found.supported for found in result.support)


def support_precision(result: Result) -> Row | None:
    """Of the citations of an answer's statements, those that bear theirs (citation precision of ALCE)."""
    if _has_failed(result):
        return MISSED
    return _mean(needed for found in result.support for needed in found.needed)


# --- refusals, calibration, time


def refused(result: Result) -> Row | None:
    """A question that the documents do not answer is refused."""
    return None if _answerable(result) else _yes(result.refused)


def wrongly_refused(result: Result) -> Row | None:
    """A question that the documents answer is refused; a failure is no refusal."""
    return _yes(result.refused) if _answerable(result) else None


def refusal_precision(result: Result) -> Row | None:
    """What was refused is not answered by the documents."""
    return _yes(result.question.unanswerable) if result.refused else None


def sureness(result: Result) -> Row | None:
    """The probability that the index answers the question, and whether it does; the worst one where the question failed."""
    truth = float(_answerable(result))
    if _has_failed(result):
        return 1.0 - truth, truth
    return None if result.probability is None else (result.probability, truth)


def time(result: Result) -> Row | None:
    """Milliseconds from question to answer."""
    return result.milliseconds, 1.0


def failed(result: Result) -> Row | None:
    """The question crashed, or took longer than it may."""
    return _yes(_has_failed(result))


# --- retrieval


def retrieval(name: str) -> Callable[[Result], Row | None]:
    """The score of a question by the measure of ir_measures with this name."""

    def score(result: Result) -> Row | None:
        if not _answerable(result):
            return None
        return _measured(result.question.gold, result.ranked)[name], 1.0

    return score


@lru_cache(maxsize=4096)
def _measured(gold: Gold, ranked: tuple[str, ...]) -> Mapping[str, float]:
    """Every retrieval measure of one question, computed by ir_measures."""
    if not ranked:
        return dict.fromkeys(RETRIEVAL, 0.0)
    import ir_measures

    measures = [ir_measures.parse_measure(name) for name in RETRIEVAL]
    wanted, found = judged(gold, ranked)
    run = {"": {provision: float(-rank) for rank, provision in enumerate(found)}}
    values = ir_measures.iter_calc(measures, {"": dict.fromkeys(wanted, 1)}, run)
    return {str(value.measure): float(value.value) for value in values}


def judged(gold: Gold, ranked: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The relevant provisions, one for each group of gold, and the ranking in which they are looked for.

    A passage inside a gold provision counts as that provision. A group stands for its best-ranked alternative (its first
    where none was found), so that no ranking has to find all of what any one will do for.
    """
    alternatives = list(dict.fromkeys(provision for group in gold for provision in group))
    found = tuple(dict.fromkeys(_as_gold(provision, alternatives) for provision in ranked))
    place = {provision: rank for rank, provision in enumerate(found)}
    wanted = (min(group, key=lambda provision: place.get(provision, len(found))) for group in gold)
    return tuple(dict.fromkeys(wanted)), found


def _as_gold(provision: str, alternatives: Sequence[str]) -> str:
    if provision in alternatives:
        return provision
    return next((gold for gold in alternatives if provision.startswith((f"{gold};", f"{gold}~"))), provision)


def _answerable(result: Result) -> bool:
    return not result.question.unanswerable


def _has_failed(result: Result) -> bool:
    return result.answer is None


def _yes(hit: bool) -> Row:
    return float(hit), 1.0


def _mean(hits: Iterable[bool]) -> Row | None:
    values = list(hits)
    return (sum(values) / len(values), 1.0) if values else None
