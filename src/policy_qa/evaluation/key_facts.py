"""Whether a text, or an answer, says a key fact."""

from __future__ import annotations

import re
from functools import lru_cache

from policy_qa.evaluation.results import Result
from policy_qa.reading.vietnamese import fold

_WORD = r"[^\W_]"


def states(text: str, fact: str) -> bool:
    """Whether a fact stands in a text as it is, and not as part of a longer word or number.

    "5%" is not said by "95%", nor "10" by "2010" or "10.000". Case and diacritics are the caller's to fold, in both alike.
    """
    return _pattern(fact).search(text) is not None


def missing_facts(result: Result) -> tuple[str, ...]:
    """The key facts of a question that the statements of the answer do not say, case and diacritics aside."""
    said = fold(" ".join(s.text for s in result.answer.statements)) if result.answer else ""
    return tuple(fact for fact in result.question.key_facts if not states(said, fold(fact)))


@lru_cache(maxsize=4096)
def _pattern(fact: str) -> re.Pattern[str]:
    before, after = "", ""
    if re.match(_WORD, fact[:1]):
        before = rf"(?<!{_WORD})" + (r"(?<!\d[.,])" if fact[0].isdigit() else "")
    if re.match(_WORD, fact[-1:]):
        after = rf"(?!{_WORD})" + (r"(?![.,]\d)" if fact[-1].isdigit() else "")
    return re.compile(f"{before}{re.escape(fact)}{after}")
