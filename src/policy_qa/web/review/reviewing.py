"""What happens when an evaluator reviews: drafts are fetched and proposed, accepted, mended and rejected, and noted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from policy_qa.document import JSON
from policy_qa.evaluation.drafting import draft
from policy_qa.evaluation.drafting.indexed import indexed_document
from policy_qa.evaluation.feedback_drafts import feedback_drafts
from policy_qa.evaluation.questions import as_line
from policy_qa.evaluation.reviewing import BadReview, Review, add_drafts
from policy_qa.office.feedback import feedback_items
from policy_qa.web.review import words
from policy_qa.web.review.drafts import Form, find, flaws, next_item, shown
from policy_qa.web.review.shelf import NotOnShelf, Shelf
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

MOST_DRAFTS: Final = 200


@dataclass(frozen=True, slots=True)
class Desktop:
    """What lies before a reviewer: a file, the question under review ("" for none), those put off, the form, what was said."""

    file: str = ""
    item: str = ""
    later: tuple[str, ...] = ()
    form: Form = field(default_factory=Form)
    html: str = ""
    told: str = ""


class Reviewing:
    """The reviews of one office. Every method gives the desktop as it is afterwards.

    Raises, in all methods:
        NotOnShelf: the file is not there (any longer).
        BadReview: what is asked cannot be done with the question as it stands; nothing is changed then.
        PolicyQAError: the index cannot be opened.
    """

    def __init__(self, services: Services, shelf: Shelf) -> None:
        self._services, self._shelf = services, shelf
        self._reviews: dict[str, Review] = {}

    def files(self) -> list[tuple[str, str]]:
        """The files with drafts, as (label, name); those that cannot be read are left out."""
        found = []
        for kept in self._shelf.own():
            try:
                pending = len(self._review(kept.name).pending())
            except BadReview:
                continue
            if pending:
                found.append((words.FILE_LABEL.format(name=kept.name, count=pending), kept.name))
        return found

    def open(self, file: str, later: tuple[str, ...] = (), told: str = "") -> Desktop:
        """The next question of a file."""
        if not file:
            return Desktop(told=told)
        item, at, count = next_item(self._review(file), later)
        if item is None:
            return Desktop(file, told=told, html=f'<p class="pqr-done">{words.ALL_REVIEWED}</p>')
        with self._services.desk.assistant() as assistant:
            return Desktop(file, item.id, later, Form.of(item), shown(item, at, count, assistant.index), told)

    def put_off(self, now: Desktop) -> Desktop:
        """The next question; this one comes again after all others."""
        left = {item.id for item in self._review(now.file).pending()}
        later = (*now.later, now.item)
        return self.open(now.file, () if left <= set(later) else later)

    def accept(self, who: Presence, now: Desktop) -> Desktop:
        """Takes the question as the form has it into the set, unless the documents speak against it."""
        review = self._review(now.file)
        item = find(review, now.item)
        changes = now.form.changes(item)
        if changes:
            item = review.edit(item.id, changes)
        with self._services.desk.assistant() as assistant:
            for flaw in flaws(item, assistant.index):
                raise BadReview(words.CANNOT_ACCEPT.format(why=flaw))
        review.accept(item.id)
        self._note(who, "accepted", now)
        return self.open(now.file, now.later, words.ACCEPTED.format(question=item.words))

    def save(self, who: Presence, now: Desktop) -> Desktop:
        """Writes what the form says; the question stays a draft."""
        review = self._review(now.file)
        item = find(review, now.item)
        changes = now.form.changes(item)
        if changes:
            item = review.edit(item.id, changes)
            self._note(who, "edited", now)
        pending = [each.id for each in review.pending()]
        with self._services.desk.assistant() as assistant:
            html = shown(item, pending.index(item.id) + 1, len(pending), assistant.index)
        return replace(now, form=Form.of(item), html=html, told=words.SAVED)

    def reject(self, who: Presence, now: Desktop) -> Desktop:
        """Takes the question out of the file."""
        review = self._review(now.file)
        item = find(review, now.item)
        review.reject(item.id)
        self._note(who, "rejected", now)
        return self.open(now.file, now.later, words.REJECTED.format(question=item.words))

    def take_complaints(self) -> Desktop:
        """Puts the thumbs-down of the chat into their file, and opens it."""
        lines = feedback_drafts(feedback_items(self._services.database, "down"))
        return self._added(words.FEEDBACK_FILE, lines) if lines else Desktop(told=words.NO_FEEDBACK)

    def propose(self, key: str, count: int) -> Desktop:
        """Proposes questions about the document of the index with this key, and opens their file."""
        if not key:
            raise NotOnShelf(words.NO_DOCUMENT)
        with self._services.desk.assistant() as assistant:
            if assistant.index.document(key) is None:
                raise NotOnShelf(words.NOT_PROPOSED)
            questions = draft(indexed_document(assistant.index, key), min(max(count, 1), MOST_DRAFTS))
        if not questions:
            raise NotOnShelf(words.NOT_PROPOSED)
        return self._added(
            words.DRAFTS_FILE.format(document=key.replace("/", "-")), [as_line(question) for question in questions]
        )

    def _added(self, name: str, lines: Sequence[dict[str, JSON]]) -> Desktop:
        place = self._shelf.place(name)
        added = add_drafts(place, lines)
        self._reviews.pop(place.name, None)
        told = words.ADDED.format(count=added, name=place.name, known=len(lines) - added)
        return self.open(place.name, told=told)

    def _review(self, name: str) -> Review:
        """One `Review` a file, for all evaluators: its lock keeps two decisions from undoing each other."""
        path = self._shelf.find(name, own=True).path
        return self._reviews.get(name) or self._reviews.setdefault(name, Review(path))

    def _note(self, who: Presence, decision: str, now: Desktop) -> None:
        self._services.audit.record(
            who.user.name, "reviewed", who.address, file=now.file, item=now.item, decision=decision
        )
