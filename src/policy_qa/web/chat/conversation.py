"""What happens when a visitor asks, stops, asks again, opens or names a conversation; knows nothing of the layout."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_qa.answering.chain import checked
from policy_qa.errors import PolicyQAError
from policy_qa.office.feedback import Verdict, give_feedback, verdicts, withdraw_feedback
from policy_qa.office.history import History, NoSuchConversation, Turn
from policy_qa.retrieval.index import DocumentRecord, Index
from policy_qa.web import texts
from policy_qa.web.chat import wording
from policy_qa.web.chat.kept import kept_list
from policy_qa.web.chat.transcript import one_turn, transcript
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

logger = logging.getLogger(__name__)

LONGEST_TALK = 50
"""Turns shown of a conversation that is opened, and questions that a follow-up may refer to."""
_SECONDS_BETWEEN = 0.05
"""Parts of an answer that come faster than this are shown together: each costs a message to the browser."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the page shows next.

    `log` is HTML of `transcript` or `one_turn`, `kept` the list of conversations, None where they stay; `taken` tells
    that the question is kept and may leave its box; `busy` that more is to come.
    """

    conversation: int | None
    log: str | None
    kept: str | None = None
    taken: bool = False
    busy: bool = False


class Chat:
    """The behaviour of the chat tab over one office's conversations; what it takes of the page are ids and words.

    Methods that yield or return a `Step` after a question turn every error into a sentence in it; the others raise
    PolicyQAError.
    """

    def __init__(self, services: Services) -> None:
        self._desk, self._database, self._history = services.desk, services.database, History(services.database)
        self._audit, self._pace = services.audit, services.access.pace
        self._warm = ""

    def examples(self) -> list[str]:
        """Questions to begin with that the indexed documents can answer."""
        with self._desk.assistant() as assistant:
            return example_questions(assistant.index)

    def documents(self) -> list[tuple[str, str]]:
        """The documents to narrow a search to: (label, key)."""
        with self._desk.assistant() as assistant:
            return sorted((document_label(record), record.key) for record in assistant.index.documents())

    def warm(self) -> None:
        """Loads what answering needs, once for each generation of the index, so that the first question need not wait."""
        with self._desk.assistant() as assistant:
            generation = assistant.index.manifest.generation
            if self._warm != generation:
                self._warm = generation
                # Searching asks no language model.
                assistant.search(next(iter(example_questions(assistant.index)), texts.EXAMPLE_OF_ANY), 1)

    # --- conversations

    def start(self, who: Presence) -> Step:
        """What a visitor finds: the conversation left open, or an empty one."""
        return self._opened(who, self._history.left_open(who.user))

    def open(self, who: Presence, conversation: int | None) -> Step:
        """Another conversation, or a new one."""
        self._history.leave_open(who.user, conversation)
        return self._opened(who, conversation)

    def kept(self, who: Presence, conversation: int | None, wanted: str = "") -> str:
        """The list of conversations, narrowed to those with the words wanted."""
        found = self._history.conversations(who.user, wanted)
        return kept_list(found, conversation, searched=bool(wanted.strip()))

    def rename(self, who: Presence, named: int, title: str) -> None:
        """Gives a conversation another title."""
        self._history.rename(who.user, named, title)

    def delete(self, who: Presence, deleted: int, conversation: int | None) -> Step:
        """Deletes a conversation; where it was the one shown, an empty one follows."""
        self._history.delete(who.user, deleted)
        self._audit.record(who.user.name, "deleted", who.address, conversation=deleted)
        return self._opened(who, None if deleted == conversation else conversation)

    def _opened(self, who: Presence, conversation: int | None) -> Step:
        turns = self._history.turns(who.user, conversation) if conversation is not None else []
        kept = self.kept(who, conversation)
        if not turns:
            return Step(conversation, transcript([], self.examples()), kept)
        shown = [turn if turn.done else _ended(turn, wording.UNFINISHED) for turn in turns[-LONGEST_TALK:]]
        said = verdicts(self._database, who.user, [turn.id for turn in shown])
        note = wording.OLDER_LEFT_OUT.format(count=LONGEST_TALK) if len(turns) > LONGEST_TALK else ""
        return Step(conversation, transcript(shown, verdicts=said, note=note), kept)

    # --- questions

    def ask(
        self, who: Presence, conversation: int | None, question: str, documents: Sequence[str] = ()
    ) -> Iterator[Step]:
        """Answers a question: yields what the page shows as the parts come in. Every error becomes a sentence in it."""
        # Lone halves of characters, which a script can send, stand in no file.
        question = question.encode("utf-8", "replace").decode("utf-8").strip()
        try:
            checked(question)
            self._pace.ask(who.user)
            earlier = self._history.questions(who.user, conversation) if conversation is not None else []
            same = conversation is not None and self._history.latest(who.user) == conversation
            turn = self._history.ask(who.user, conversation, question, documents)
        except PolicyQAError as error:
            # Nothing is kept, and the question stays in the box to be mended.
            failed = Turn(_shortened(question), error=str(error), done=True)
            yield Step(conversation, one_turn(failed))
            return
        yield from self._answered(who, turn, earlier[-LONGEST_TALK + 1 :], same=same)

    def again(self, who: Presence, turn: int) -> Iterator[Step]:
        """Asks the question of a turn once more; the new turn takes its place when it was the last."""
        try:
            self._pace.ask(who.user)
            asked = self._history.turn(who.user, turn)
            last = self._history.turns(who.user, asked.conversation)[-1].id == turn
            instead = turn if last else None
            fresh = self._history.ask(who.user, asked.conversation, asked.question, asked.documents, instead=instead)
            earlier = self._history.questions(who.user, asked.conversation)
        except PolicyQAError as error:
            yield Step(None, one_turn(Turn("", error=str(error), done=True)))
            return
        yield from self._answered(who, fresh, earlier[-LONGEST_TALK + 1 :], dropped=turn if last else 0)

    def stop(self, who: Presence, conversation: int | None) -> Step | None:
        """Ends the answers under way in a conversation and shows the last; None where there is none."""
        if conversation is None:
            return None
        stopped = [_ended(turn, texts.STOPPED) for turn in self._history.turns(who.user, conversation) if not turn.done]
        for turn in stopped:
            self._history.answer(who.user, turn)
        return Step(conversation, one_turn(stopped[-1])) if stopped else None

    def _answered(
        self, who: Presence, turn: Turn, earlier: Sequence[str], dropped: int = 0, *, same: bool = False
    ) -> Iterator[Step]:
        self._audit.record(who.user.name, "asked", who.address, question=turn.question, documents=list(turn.documents))
        # A question in the conversation that stands first already changes nothing in the list, which may be long.
        kept = None if same else self.kept(who, turn.conversation)
        yield Step(turn.conversation, one_turn(turn, dropped=dropped), kept, taken=True, busy=True)
        shown_at = time.monotonic()
        # While it waited in line it may have been ended.
        if (became := self._became(who, turn)).done:
            yield Step(turn.conversation, one_turn(became))
            return
        try:
            with self._desk.assistant() as assistant:
                for part in assistant.stream(turn.question, turn.documents, earlier):
                    turn = dataclasses.replace(turn, answer=turn.answer + part if turn.answer else part)
                    if time.monotonic() - shown_at < _SECONDS_BETWEEN:
                        continue
                    if not self._history.answer(who.user, turn):
                        yield Step(turn.conversation, one_turn(self._became(who, turn)))
                        return
                    yield Step(turn.conversation, one_turn(turn), busy=True)
                    shown_at = time.monotonic()
            turn = dataclasses.replace(turn, done=True)
        except PolicyQAError as error:
            turn = _ended(turn, str(error))
        except Exception as error:
            # Whatever else fails, the visitor gets a sentence; the trace goes to the server's log.
            logger.exception("unforeseen while answering")
            turn = _ended(turn, texts.UNFORESEEN.format(name=type(error).__name__))
        stands = self._history.answer(who.user, turn)
        yield Step(turn.conversation, one_turn(turn if stands else self._became(who, turn)))

    def _became(self, who: Presence, turn: Turn) -> Turn:
        """The turn as it is kept now: it may have been stopped, or deleted with its conversation, here or in another window."""
        try:
            return self._history.turn(who.user, turn.id)
        except NoSuchConversation as gone:
            return _ended(turn, str(gone))

    # --- feedback

    def judge(self, who: Presence, turn: int, verdict: Verdict | None, comment: str = "") -> Step:
        """Keeps what the visitor thinks of an answer; None takes it back."""
        judged = self._history.turn(who.user, turn)
        if verdict is None:
            withdraw_feedback(self._database, who.user, turn)
        elif judged.answer is not None:
            give_feedback(self._database, who.user, judged, verdict, comment)
        self._audit.record(who.user.name, "feedback", who.address, turn=turn, verdict=verdict)
        return Step(judged.conversation, one_turn(judged, verdicts(self._database, who.user, [turn])))


def example_questions(index: Index) -> list[str]:
    """Our examples whose documents are indexed; of other documents a question that any can answer."""
    numbers = {record.metadata.number for record in index.documents()}
    known = [question for number, question in texts.EXAMPLES if number in numbers]
    named = [r for r in index.documents() if r.metadata.number and r.metadata.kind]
    general = [texts.EXAMPLE_OF_ANY.format(name=f"{r.metadata.kind} số {r.metadata.number}") for r in named]
    return known or general[:3]


def document_label(record: DocumentRecord) -> str:
    """A document in a list: kind, number and year, or its file's name."""
    metadata = record.metadata
    if not metadata.number:
        return metadata.title or record.key
    year = f" ({metadata.date[:4]})" if metadata.date else ""
    return f"{metadata.kind or texts.DOCUMENT} {metadata.number}{year}"


def _ended(turn: Turn, why: str) -> Turn:
    return dataclasses.replace(turn, error=why, done=True)


def _shortened(question: str) -> str:
    return question if len(question) <= 300 else question[:299] + "…"
