"""Questions proposed from a document, with the provisions that answer them: drafts for a person to review.

What is asked comes from the structure alone (headings, lists, definitions, the head) and from sentences whose figure, date
or body can be told for certain; what cannot be worded well is left out rather than guessed.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Final, get_args

from policy_qa.document import Document
from policy_qa.evaluation.drafting.choosing import NEAR_MISS, choose, kind_of
from policy_qa.evaluation.drafting.clauses import from_sentences
from policy_qa.evaluation.drafting.head import about_itself, implementation, in_force, to_others
from policy_qa.evaluation.drafting.headings import definitions, from_headings, from_lists, places
from policy_qa.evaluation.drafting.material import Material
from policy_qa.evaluation.drafting.near_misses import near_misses
from policy_qa.evaluation.drafting.wordings import Proposal
from policy_qa.evaluation.perturbations import perturb
from policy_qa.evaluation.questions import DocumentVersion, Kind, Question, Style
from policy_qa.reading.vietnamese import fold, strip_diacritics
from policy_qa.wording import SharedRuns

AUTHOR: Final = "policy-qa draft"
KINDS: Final[tuple[str, ...]] = (*get_args(Kind), NEAR_MISS)
"""What may be asked for: the kinds of questions, and near misses, which are not answerable."""

_SOURCES: Final = (
    about_itself,
    in_force,
    implementation,
    to_others,
    from_headings,
    from_lists,
    definitions,
    places,
    from_sentences,
    near_misses,
)
_TURNS: Final[tuple[Style, ...]] = ("plain", "plain", "plain", "no-diacritics", "abbreviation")
"""The styles of five drafts, in an order that chance decides."""
_LONGEST_COPY: Final = 16
"""A question that shares a run of so many words with the provision that answers repeats its sentence."""
_ROMAN: Final = re.compile(r"[IVXLC]+")


def draft(
    document: Document,
    count: int = 20,
    kinds: Collection[str] = KINDS,
    seed: int = 0,
    styles: Sequence[Style] = _TURNS,
) -> list[Question]:
    """At most `count` draft questions about `document`, spread over its provisions and `kinds`.

    The same document and seed give the same drafts. All are in the state `draft`; gold provisions exist, and hold the key facts.

    Args:
        document: the document, as read and parsed or as the index holds it.
        count: how many are wanted; a short document yields fewer.
        kinds: of `KINDS`, those to draw from.
        seed: another seed, another choice.
        styles: how the questions are written, as often as each is named, in an order that chance decides.
    """
    chance = random.Random(f"{seed} {document.key}")  # noqa: S311 - no secret is made of it
    material = Material(document)
    proposals = [p for p in _proposals(material, chance) if kind_of(p) in kinds and _is_sound(material, p)]
    chosen = choose(proposals, count, chance, apart_from=material.name)
    turns = [turn for _ in range(0, len(chosen), len(styles)) for turn in chance.sample(styles, len(styles))]
    return [_question(material, proposal, style) for proposal, style in zip(chosen, turns, strict=False)]


def _proposals(material: Material, chance: random.Random) -> Iterator[Proposal]:
    seen: set[str] = set()
    for source in _SOURCES:
        for proposal in source(material, chance):
            if fold(proposal.question) not in seen:
                seen.add(fold(proposal.question))
                yield proposal


def _is_sound(material: Material, proposal: Proposal) -> bool:
    """Whether gold exists once and holds the facts, the question gives none of them away, and does not repeat the answer."""
    own = material.own
    if any(address not in own for group in proposal.gold for address in group):
        return False
    asked = proposal.question.casefold()
    for fact in proposal.facts:
        held = any(all(fact.casefold() in own[address].casefold() for address in group) for group in proposal.gold)
        if not held or fact.casefold() in asked:
            return False
    texts = [own[address] for group in proposal.gold for address in group]
    names = [material.name, material.metadata.title or ""]
    return next(SharedRuns(texts, _LONGEST_COPY, names).within(proposal.question), None) is None


def _question(material: Material, proposal: Proposal, turn: Style) -> Question:
    words, style = _styled(material, proposal.question, turn)
    key = material.document.key
    digest = hashlib.sha256(f"{key} {proposal.question}".encode()).hexdigest()
    return Question(
        id=f"draft-{digest[:10]}",
        question=words,
        kind=proposal.kind,
        style=style,
        gold=tuple(tuple(f"{key}#{address}" for address in group) for group in proposal.gold),
        key_facts=proposal.facts,
        unanswerable=proposal.reason is not None,
        reason=proposal.reason,
        author=AUTHOR,
        state="draft",
        versions=(DocumentVersion(key, material.document.source.sha256),),
    )


def _styled(material: Material, question: str, style: Style) -> tuple[str, Style]:
    """The question in this style; plain where it has nothing to abbreviate, or would name another place."""
    if style == "no-diacritics" and perturb(question, style) is None:
        return question, "plain"  # "điểm đ" would be read as điểm d
    if style == "no-diacritics":
        kept = (
            w if any(c.isdigit() for c in w) or _ROMAN.fullmatch(w) else w.lower() for w in question.rstrip("?").split()
        )
        return strip_diacritics(" ".join(kept)), style
    if style == "abbreviation":
        short = question.replace(material.name, material.short_name)
        short = perturb(short, "abbreviation") or short
        return (short, style) if short != question else (question, "plain")
    return question, style
