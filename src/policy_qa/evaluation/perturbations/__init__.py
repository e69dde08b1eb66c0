"""The questions of a set as other people would type them: without diacritics, with a slip of a key, in abbreviations.

What is asked stays the same, and so do the gold provisions: what a system loses, it loses by the wording alone. A
perturbation never touches the numbers of documents or the addresses that a question names.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from policy_qa.citing.reference import extract
from policy_qa.evaluation.perturbations.keys import no_diacritics, telex_left_over, typo
from policy_qa.evaluation.perturbations.order import reordered
from policy_qa.evaluation.perturbations.terms import abbreviated, with_english_names
from policy_qa.evaluation.questions import Question
from policy_qa.reading.vietnamese import fold, nfc

PERTURBATIONS: Final[Mapping[str, Callable[[str, random.Random], str | None]]] = {
    "no-diacritics": no_diacritics,
    "typo": typo,
    "abbreviation": abbreviated,
    "telex": telex_left_over,
    "english-names": with_english_names,
    "reorder": reordered,
}
"""Every perturbation by its name, in the order in which they are reported."""

_LONGEST: Final = 2000
"""Characters of a question that are looked at; the assistant takes no longer one."""


@dataclass(frozen=True, slots=True)
class Perturbed:
    """A set under one perturbation: the questions that it changed, with their ids, and those in which it found nothing."""

    name: str
    questions: tuple[Question, ...]
    unchanged: tuple[Question, ...]


def perturb(question: str, name: str, seed: int = 0) -> str | None:
    """The question under the perturbation `name`; None where there is nothing to change.

    The same question, name and seed give the same words on every machine.

    Raises:
        KeyError: there is no perturbation of this name.
    """
    change = PERTURBATIONS[name]
    asked = nfc(question)
    if len(asked) > _LONGEST:
        return None
    changed = change(asked, random.Random(f"{seed} {name} {asked}"))  # noqa: S311 - no secret is made of it
    if changed is None or changed == asked or _named(changed) != _named(asked):
        return None
    return changed


def perturbed(questions: Iterable[Question], name: str, seed: int = 0) -> Perturbed:
    """All `questions` under one perturbation, parted into changed and unchanged, each in their order."""
    changed: list[Question] = []
    unchanged: list[Question] = []
    for question in questions:
        words = perturb(question.question, name, seed)
        if words is None:
            unchanged.append(question)
        else:
            changed.append(replace(question, question=words))
    return Perturbed(name, tuple(changed), tuple(unchanged))


def _named(question: str) -> Counter[tuple[str, str]]:
    """The numbers and addresses that the question names, however they are spelled."""
    return Counter((str(found.address or ""), fold(found.number or "")) for found in extract(question))
