"""What a trainer does with packs, whoever shows it: every step checks the role and that the pack is the trainer's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policy_qa.citing.address import legal
from policy_qa.citing.style import document_name
from policy_qa.document import Address
from policy_qa.errors import PolicyQAError
from policy_qa.office.documents import read_options
from policy_qa.office.packs import KeptPack, Listed, Packs
from policy_qa.office.users import require
from policy_qa.packs.pack import Head, Item, Pack, State
from policy_qa.packs.proposing import propose
from policy_qa.packs.questions import Questions, pasted_questions, read_questions
from policy_qa.packs.running import asked
from policy_qa.retrieval.placing import Placer
from policy_qa.web.packs import words
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

LONGEST_WORDS = 20_000
LONGEST_HEAD = 300
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_STATES: tuple[State, ...] = ("proposed", "accepted", "rejected")


class BadEntry(PolicyQAError):
    """Something that a trainer typed or chose cannot be used."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: questions asked, and to ask."""

    done: int
    total: int


class Keeping:
    """The packs of one office, for the trainers behind its requests.

    All methods raise NotAllowed for other users, NoSuchPack for what is not the trainer's, OfficeDataUnusable.
    """

    def __init__(self, services: Services) -> None:
        self.services = services
        self.packs = Packs(services.database)
        folders = services.folders
        self.placer = Placer(lambda: read_options(folders.data, folders.cache))
        self._stops: Counter[int] = Counter()

    # --- what is there

    def listed(self, who: Presence) -> list[Listed]:
        """The trainer's packs, the latest first."""
        require(who.user, "trainer")
        return self.packs.listed(who.user)

    def pack(self, who: Presence, pack: int | None) -> KeptPack:
        """One pack; raises BadEntry where none is open."""
        require(who.user, "trainer")
        if pack is None:
            raise BadEntry(words.NO_PACK)
        return self.packs.pack(who.user, pack)

    def documents(self) -> list[tuple[str, str]]:
        """Name and key of every document that questions can be about."""
        with self.services.desk.assistant() as assistant:
            records = assistant.index.documents()
            return [(document_name(r.metadata, first=False, file=r.file), r.key) for r in records]

    def provisions(self, key: str) -> list[tuple[str, str]]:
        """Name and address of the provisions of a document to choose from: the outermost, and those below them."""
        with self.services.desk.assistant() as assistant:
            index = assistant.index
            chosen = [p for p in index.provisions(key) if p.address and len(p.address) <= 2]
            named = {str(p.address): _named(p.address, p.heading) for p in chosen}
        return [(name, address) for address, name in named.items()]

    # --- new questions

    def read_file(self, who: Presence, file: Path, name: str) -> Questions:
        """The questions in an uploaded file, which is removed."""
        require(who.user, "trainer")
        try:
            return read_questions(file, name)
        finally:
            file.unlink(missing_ok=True)

    def propose(self, who: Presence, key: str | None, within: Sequence[str], count: int) -> list[str]:
        """Questions proposed from a document; raises BadEntry."""
        require(who.user, "trainer")
        if not key:
            raise BadEntry(words.CHOOSE_DOCUMENT)
        try:
            addresses = [Address.parse(address) for address in within]
            with self.services.desk.assistant() as assistant:
                found = propose(assistant.index, key, addresses, count)
        except (KeyError, ValueError) as error:
            raise BadEntry(words.NO_DOCUMENT) from error
        if not found:
            raise BadEntry(words.NOT_PROPOSED)
        return found

    def make(self, who: Presence, text: str) -> tuple[int, Questions]:
        """A new pack of the questions in `text`; what the office and author are is taken from the trainer's last pack."""
        require(who.user, "trainer")
        found = pasted_questions(text)
        last = next((entry.id for entry in self.packs.listed(who.user)), None)
        before = self.packs.pack(who.user, last).pack if last is not None else Pack()
        head = replace(before.head, number=None)
        pack = replace(Pack.of(found.questions), author=before.author, head=head)
        return self.packs.make(who.user, pack), found

    def add(self, who: Presence, pack: int | None, text: str) -> Questions:
        """Adds the questions in `text` to a pack."""
        kept = self.pack(who, pack)
        found = pasted_questions(text)
        self.packs.add(who.user, kept.id, tuple(map(Item, found.questions)))
        return found

    # --- what is decided and edited

    def set_head(self, who: Presence, pack: int | None, given: Pack) -> None:
        """Gives a pack the title, head, date and documents of `given`."""
        kept = self.pack(who, pack)
        said = (given.title, given.session, given.author, given.head.office, given.head.superior, given.head.number, given.head.place)  # fmt: skip
        if any(len(text or "") > LONGEST_HEAD for text in said):
            raise BadEntry(words.TOO_LONG.format(most=LONGEST_HEAD))
        self.packs.set_head(who.user, kept.id, given)

    def edit(self, who: Presence, pack: int | None, item: int, question: str, said: str) -> None:
        """Takes a trainer's question and words; words that are the answer's own are no edit."""
        kept = self.pack(who, pack)
        before = kept.item(item)
        question = " ".join(question.split())
        if not question:
            raise BadEntry(words.NO_QUESTION)
        if len(said) > LONGEST_WORDS or len(question) > LONGEST_WORDS:
            raise BadEntry(words.TOO_LONG.format(most=LONGEST_WORDS))
        tidied = "\n".join(filter(None, (" ".join(line.split()) for line in said.splitlines())))
        own = replace(before, edited=None).words
        self.packs.set_item(
            who.user, kept.id, item, replace(before, question=question, edited=None if tidied in (own, "") else tidied)
        )

    def own_words(self, who: Presence, pack: int | None, item: int) -> None:
        """Goes back to the answer's own words."""
        kept = self.pack(who, pack)
        self.packs.set_item(who.user, kept.id, item, replace(kept.item(item), edited=None))

    def decide(self, who: Presence, pack: int | None, item: int, state: str) -> None:
        """Accepts, rejects or reopens a question."""
        kept = self.pack(who, pack)
        wanted = next((known for known in _STATES if known == state), None)
        if wanted is not None:
            self.packs.set_item(who.user, kept.id, item, replace(kept.item(item), state=wanted))

    def move(self, who: Presence, pack: int | None, item: int, places: int) -> None:
        """Moves a question up or down."""
        self.packs.move(who.user, self.pack(who, pack).id, item, places)

    def delete(self, who: Presence, pack: int | None) -> None:
        """Deletes a pack."""
        kept = self.pack(who, pack)
        self.packs.delete(who.user, kept.id)
        self.services.audit.record(
            who.user.name, "deleted", who.address, pack=kept.pack.title, questions=len(kept.items)
        )

    # --- answers

    def run(self, who: Presence, pack: int | None) -> Iterator[Progress]:
        """Asks what is pending, each answer stored at once, until all are asked or `stop` was called."""
        kept = self.pack(who, pack)
        stops = self._stops[kept.id]
        waiting = [kept.items[position] for position in kept.pack.pending]
        self.services.audit.record(who.user.name, "ran", who.address, pack=kept.pack.title, questions=len(waiting))
        yield Progress(0, len(waiting))
        for done, item in enumerate(waiting, 1):
            before = self.packs.item(who.user, kept.id, item)
            # It may have been decided on, edited or answered in another window meanwhile, or while it was asked.
            if before.is_pending:
                answered = self._asked(who, before, kept.pack.documents)
                if self.packs.item(who.user, kept.id, item) == before:
                    self.packs.set_item(who.user, kept.id, item, answered)
            yield Progress(done, len(waiting))
            if self._stops[kept.id] != stops:
                return

    def stop(self, who: Presence, pack: int | None) -> None:
        """Lets every run of a pack end after the question that it is at."""
        self._stops[self.pack(who, pack).id] += 1

    def ask_again(self, who: Presence, pack: int | None, item: int) -> None:
        """Asks one question again, or for the first time."""
        kept = self.pack(who, pack)
        self.packs.set_item(who.user, kept.id, item, self._asked(who, kept.item(item), kept.pack.documents))

    def _asked(self, who: Presence, item: Item, documents: Sequence[str]) -> Item:
        self.services.audit.record(who.user.name, "asked", who.address, question=item.question)
        with self.services.desk.assistant() as assistant:
            return asked(item, assistant.ask, documents)


def day_of(text: str) -> str | None:
    """`05/3/2026` or `2026-03-05` as `2026-03-05`, None for nothing; raises BadEntry."""
    said = " ".join(text.split())
    if not said:
        return None
    typed = _DAY.fullmatch(said)
    try:
        return (date(*map(int, reversed(typed.groups()))) if typed else date.fromisoformat(said)).isoformat()
    except ValueError as error:
        raise BadEntry(words.BAD_DATE.format(date=said[:40])) from error


def shown_day(iso: str | None) -> str:
    """`2026-03-05` as `05/03/2026`."""
    return "/".join(reversed(iso.split("-"))) if iso else ""


def head_of(superior: str, office: str, number: str, place: str, *, is_party: bool) -> Head:
    """The head as typed; what is blank was not given."""
    return Head(_given(office), _given(superior), _given(number), _given(place), is_party)


def _given(text: str) -> str | None:
    return " ".join(text.split()) or None


def _named(address: Address, heading: str | None) -> str:
    place = legal(address, [heading] if heading else [])
    place = place[:1].upper() + place[1:]
    return place if not heading or heading.casefold() in place.casefold() else f"{place}. {heading[:80]}"
