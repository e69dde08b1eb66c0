"""What happens when a visitor asks, opens a citation, stops or clears; knows nothing of how the page is laid out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from policy_qa.answer import Answer
from policy_qa.errors import PolicyQAError
from policy_qa.retrieval.index import DocumentRecord, Index
from policy_qa.web import texts
from policy_qa.web.chat.panel import empty_panel, panel
from policy_qa.web.chat.transcript import Turn, transcript
from policy_qa.web.desk import Desk
from policy_qa.web.markup import error_note

logger = logging.getLogger(__name__)

Turns: TypeAlias = list[Turn]
LONGEST_TALK = 50
"""Turns kept on the page; older ones leave it, so that a page left open all week stays quick."""


class Chat:
    """The behaviour of one chat tab: pure functions from what is on the page to what it shows next."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def examples(self) -> list[str]:
        """Questions to begin with that the indexed documents can answer."""
        with self._desk.assistant() as assistant:
            return example_questions(assistant.index)

    def documents(self) -> list[tuple[str, str]]:
        """The documents to narrow a search to: (label, key)."""
        with self._desk.assistant() as assistant:
            return sorted((document_label(record), record.key) for record in assistant.index.documents())

    def start(self) -> str:
        """The transcript of an empty conversation."""
        return transcript([], self.examples())

    def ask(self, question: str, documents: Sequence[str], turns: Turns) -> Iterator[tuple[Turns, str, str]]:
        """Answers a question: yields (turns, transcript, source panel) as the parts come in.

        Every error becomes a sentence in the conversation.
        """
        earlier = turns[-LONGEST_TALK + 1 :]
        answer: Answer | None = None
        yield _shown([*earlier, Turn(question)], empty_panel())
        history = [turn.question for turn in earlier if turn.answer]
        try:
            with self._desk.assistant() as assistant:
                for part in assistant.stream(question, documents, history):
                    answer = part if answer is None else answer + part
                    yield _shown([*earlier, Turn(question, answer)], empty_panel())
                opened = empty_panel()
                # What is merely related is opened only by hand: it must not look like the source of an answer.
                if answer and answer.citations:
                    opened = panel(assistant.index, answer, len(earlier), 0)
            yield _shown([*earlier, Turn(question, answer, done=True)], opened)
        except PolicyQAError as error:
            yield _shown([*earlier, Turn(question, answer, str(error), done=True)], empty_panel())
        except Exception as error:
            # Whatever else fails, the visitor gets a sentence; the trace goes to the server's log.
            logger.exception("unforeseen while answering")
            yield _shown([*earlier, Turn(question, answer, _unforeseen(error), done=True)], empty_panel())

    def open(self, turn: int, citation: int, turns: Turns) -> str:
        """The source panel with one citation of one answer opened; the empty one where there is no such citation."""
        answer = turns[turn].answer if 0 <= turn < len(turns) else None
        if answer is None:
            return empty_panel()
        try:
            with self._desk.assistant() as assistant:
                return panel(assistant.index, answer, turn, citation)
        except PolicyQAError as error:
            return error_note(str(error))

    @staticmethod
    def stop(turns: Turns, shown: str) -> tuple[Turns, str]:
        """What remains of a conversation stopped in the middle of an answer."""
        if not turns or turns[-1].done:
            return turns, shown
        last = turns[-1]
        stopped = [*turns[:-1], Turn(last.question, last.answer, texts.STOPPED, done=True)]
        return stopped, transcript(stopped)


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


def _shown(turns: Turns, source: str) -> tuple[Turns, str, str]:
    return turns, transcript(turns), source


def _unforeseen(error: Exception) -> str:
    return texts.UNFORESEEN.format(name=type(error).__name__)
