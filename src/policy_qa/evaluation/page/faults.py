"""What was wrong with one answered question, in the words of an evaluator; each is what lowers one of the metrics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

from policy_qa.evaluation.key_facts import missing_facts
from policy_qa.evaluation.results import Result

Fault: TypeAlias = Literal["error", "answered", "refused", "missing", "extra", "facts", "quote", "unsupported"]

FAULTS: Final[dict[Fault, str]] = {
    "error": "hỏng khi trả lời",
    "answered": "trả lời câu phải từ chối",
    "refused": "từ chối câu trả lời được",
    "missing": "thiếu điều khoản đúng",
    "extra": "trích điều khoản khác",
    "facts": "thiếu chi tiết chính",
    "quote": "trích sai lời văn",
    "unsupported": "lời đáp thiếu căn cứ",
}
"""Each fault with the words for it, the gravest first."""


def faults(result: Result) -> tuple[Fault, ...]:
    """What was wrong, the gravest first; empty where nothing was."""
    return tuple(_faults(result))


def unmet(result: Result) -> tuple[tuple[str, ...], ...]:
    """The groups of gold of which no provision was cited."""
    cited = set(result.cited)
    return tuple(group for group in result.question.gold if cited.isdisjoint(group))


def _faults(result: Result) -> Iterator[Fault]:
    question, answer = result.question, result.answer
    if answer is None:
        yield "error"
        return
    if question.unanswerable:
        if not result.refused:
            yield "answered"
    elif result.refused:
        yield "refused"
    else:
        if unmet(result):
            yield "missing"
        if not question.gold_ids.issuperset(result.cited):
            yield "extra"
        if missing_facts(result):
            yield "facts"
    if not all(result.verbatim):
        yield "quote"
    if not all(support.supported for support in result.support):
        yield "unsupported"
