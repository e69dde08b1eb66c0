"""Drafts and complaints under review: which come next, what is shown of them, and what a reviewer's form says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from policy_qa.document import JSON
from policy_qa.evaluation.checking import against
from policy_qa.evaluation.gold import document_of, gold_of_line, gold_on_a_line
from policy_qa.evaluation.page.records import document_label
from policy_qa.evaluation.questions import split_id
from policy_qa.evaluation.reviewing import BadReview, Complaint, Item, Review
from policy_qa.retrieval.index import Index
from policy_qa.web.markup import escaped, in_lines
from policy_qa.web.review import words

LONGEST_TEXT: Final = 3_000
"""Characters of a provision that are shown."""


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in the reviewer's form; `reason` is empty where the documents do answer."""

    question: str = ""
    kind: str = "content"
    style: str = "plain"
    gold: str = ""
    facts: str = ""
    reason: str = ""

    @classmethod
    def of(cls, item: Item) -> Form:
        """The form as an item fills it."""
        facts = item.record.get("key_facts")
        return cls(
            item.words, str(item.record.get("kind")), str(item.record.get("style")), gold_on_a_line(item.gold),
            "; ".join(map(str, facts)) if isinstance(facts, list) else "", str(item.record.get("reason") or ""),
        )  # fmt: skip

    def changes(self, item: Item) -> dict[str, JSON]:
        """What the form changes of the item, by field.

        Raises:
            BadReview: a provision cannot be read.
        """
        said: dict[str, JSON] = {
            "question": " ".join(self.question.split()),
            "kind": self.kind,
            "style": self.style,
            "gold": [] if self.reason else self._gold(item),
            "key_facts": [] if self.reason else [fact.strip() for fact in self.facts.split(";") if fact.strip()],
            "unanswerable": bool(self.reason),
            "reason": self.reason or None,
        }
        return {name: value for name, value in said.items() if value != item.record.get(name)}

    def _gold(self, item: Item) -> JSON:
        try:
            return gold_of_line(self.gold, document_of(item))
        except ValueError as slip:
            raise BadReview(words.CANNOT_ACCEPT.format(why=slip)) from slip


def next_item(review: Review, later: Collection[str]) -> tuple[Item | None, int, int]:
    """The next item to decide on, its place and how many there are; those put off (`later`) come when no other is left."""
    pending = review.pending()
    at = next((n for n, item in enumerate(pending) if item.id not in later), 0)
    return (pending[at], at + 1, len(pending)) if pending else (None, 0, 0)


def find(review: Review, item_id: str) -> Item:
    """The item with this id. Raises BadReview where it is there no longer."""
    for item in review.items():
        if item.id == item_id:
            return item
    raise BadReview(f"{review.path.name}: không còn câu {item_id}; có thể người khác đã loại câu này.")


def flaws(item: Item, index: Index) -> tuple[str, ...]:
    """Why the item cannot be accepted as it is, in sentences; empty where nothing speaks against it."""
    if item.question is None:
        return (item.flaw or "",)
    return tuple(against(item.question, index))


# --- what is shown ------------------------------------------------------------------------------------------------


def shown(item: Item, at: int, count: int, index: Index) -> str:
    """What a reviewer needs to decide: the complaint, the words of the provisions, what is wrong."""
    return (
        f'<article class="pqr-item"><p class="pqr-quiet">{words.PLACE.format(at=at, count=count)} · {escaped(item.id)}</p>'
        f"{_complaint(item.complaint, index)}{_flaws(flaws(item, index))}{_texts(words.GOLD_TEXTS, _ids(item), index)}</article>"
    )


def _ids(item: Item) -> tuple[str, ...]:
    return tuple(dict.fromkeys(provision for group in item.gold for provision in group))


def _complaint(complaint: Complaint | None, index: Index) -> str:
    if complaint is None:
        return ""
    comment = in_lines(complaint.comment) if complaint.comment else words.NO_COMMENT
    return (
        f'<div class="pqr-complaint"><h4>{words.COMPLAINT}</h4><p>{comment}</p>'
        f"<h4>{words.ANSWERED}</h4><p>{in_lines(complaint.answer)}</p></div>"
        f"{_texts(words.WAS_CITED, complaint.cited, index)}"
    )


def _flaws(found: Sequence[str]) -> str:
    if not found:
        return ""
    items = "".join(f"<li>{escaped(flaw)}</li>" for flaw in found)
    return f'<div class="pqr-flaws"><h4>{words.MUST_MEND}</h4><ul>{items}</ul></div>'


def _texts(heading: str, ids: Sequence[str], index: Index) -> str:
    if not ids:
        return ""
    return f"<h4>{heading}</h4>{''.join(_provision(provision, index) for provision in ids)}"


def _provision(provision: str, index: Index) -> str:
    """The words of a provision, said to be a digest's where they are."""
    text = "".join(_words(provision, index)) or f'<p class="pqr-quiet">{words.NOT_HELD}</p>'
    return f'<div class="pqr-provision"><p><code>{escaped(provision)}</code></p>{text}</div>'


def _words(provision: str, index: Index) -> Iterator[str]:
    try:
        key, address = split_id(provision)
    except ValueError:
        return
    record = index.document(key)
    found = index.provision(key, address) if record else None
    if record is None or found is None:
        return
    if record.metadata.text_kind == "digest":
        yield f'<p class="pqr-quiet">{escaped(document_label(key))} <span class="pq-badge pq-digest">Bản tóm lược</span></p>'
    text = index.text(key, found.span)
    yield f'<p class="pqr-words">{in_lines(text[:LONGEST_TEXT] + ("…" if len(text) > LONGEST_TEXT else ""))}</p>'
