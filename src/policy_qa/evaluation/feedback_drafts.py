"""Thumbs-down of the chat as questions in the making: what was asked, what was cited, what the user said of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from policy_qa.answering.asked import Asked, asked, defines
from policy_qa.citing.reference import extract
from policy_qa.document import JSON
from policy_qa.evaluation.questions import Kind, Style
from policy_qa.evaluation.reviewing import FEEDBACK
from policy_qa.office.feedback import Feedback
from policy_qa.reading.vietnamese import fold, strip_diacritics
from policy_qa.retrieval.lexicon import load_lexicon, words

AUTHOR: Final = "policy-qa feedback"
_LONGEST_ANSWER: Final = 2000
"""Characters of the answer that are kept for the reviewer."""

_KINDS: Final[dict[Asked, Kind]] = {
    Asked.FIGURE: "figure",
    Asked.SHARE: "figure",
    Asked.PERIOD: "date",
    Asked.DATE: "date",
    Asked.SIGNER: "who",
    Asked.WHO: "who",
    Asked.LIST: "list",
    Asked.CONTENT: "content",
}


def feedback_drafts(items: Sequence[Feedback]) -> list[dict[str, JSON]]:
    """The lines that stand for thumbs-down in a file under review, the oldest first; a question asked twice comes once.

    They have no gold: what was cited is a hint, and may be what the user complained of. Who complained is not told.
    """
    seen: set[str] = set()
    lines: list[dict[str, JSON]] = []
    for item in sorted(items, key=lambda one: (one.created, one.id)):
        question = " ".join(item.question.split())
        if item.verdict == "down" and question and fold(question) not in seen:
            seen.add(fold(question))
            lines.append(_line(item, question))
    return lines


def _line(item: Feedback, question: str) -> dict[str, JSON]:
    cited = [f"{citation.key}#{citation.address}" for citation in item.answer.citations]
    said = " ".join(statement.text for statement in item.answer.statements) or item.answer.message or ""
    hint: dict[str, JSON] = {
        "cited": list(dict.fromkeys(cited)),
        "answer": said[:_LONGEST_ANSWER],
        "comment": item.comment,
        "created": item.created,
    }
    return {
        "id": f"feedback-{item.id}",
        "question": question,
        "kind": kind_of(question),
        "style": style_of(question),
        "gold": [],
        "key_facts": [],
        "unanswerable": False,
        "reason": None,
        "author": AUTHOR,
        "state": "draft",
        FEEDBACK: hint,
    }


def kind_of(question: str) -> Kind:
    """The likeliest kind; the reviewer may know better."""
    if defines(question) and asked(question) is Asked.CONTENT:
        return "definition"
    if any(found.address for found in extract(question)) and asked(question) is Asked.CONTENT:
        return "address"
    return _KINDS[asked(question)]


def style_of(question: str) -> Style:
    """The likeliest style; what sounds colloquial only a person can tell."""
    lexicon = load_lexicon()
    said = words(question)
    english = sum(word.folded in _ENGLISH for word in said)
    if english > 1:
        return "english"
    if strip_diacritics(question) == question:
        return "no-diacritics"
    return "abbreviation" if any(lexicon.is_abbreviation(word) for word in said) else "plain"


_ENGLISH: Final = frozenset(("the", "of", "what", "which", "who", "when", "how", "does", "is", "are", "under", "must"))
