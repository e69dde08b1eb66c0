"""What programs call: `ask`, `search` and `documents`, JSON in and out, behind the same gate as the page.

A caller logs in like a browser, or sends `Authorization: Bearer` with a token of `policy-qa user token`.
What comes back: docs/formats.md, as `--json` prints it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import gradio as gr
from gradio.events import api as api_endpoint

from policy_qa.answer import Citation
from policy_qa.document import JSON, to_json
from policy_qa.errors import BadQuestion, PolicyQAError
from policy_qa.web import texts
from policy_qa.web.services import Services
from policy_qa.web.visitor import presence

logger = logging.getLogger(__name__)

T = TypeVar("T")
AT_ONCE = 2
"""Answers to programs made at the same time, beside those to people."""
MOST_PASSAGES = 100
MOST_DOCUMENTS = 200


class Api:
    """The three endpoints over the services of one office."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def ask(self, question: str, documents: list[str], history: list[str], request: gr.Request) -> dict:  # type: ignore[type-arg]
        """Answers a question about the office's documents, with citations to the exact provision of each statement.

        Args:
            question: the question, in Vietnamese; diacritics may be missing.
            documents: only these are asked, each as NUMBER or NUMBER@DATE; an empty list: all.
            history: earlier questions of the same conversation, oldest first; an empty list: none.
            request: the call.

        Returns:
            The answer: status, message, statements, citations.
        """
        return _told(lambda: self._asked(question, documents, history, request))

    def search(self, question: str, top_k: int, documents: list[str], request: gr.Request) -> list[dict]:  # type: ignore[type-arg]
        """Finds the passages of the office's documents that fit a question best.

        Args:
            question: a question or keywords.
            top_k: how many passages, 1 to 100.
            documents: only these are searched, each as NUMBER or NUMBER@DATE; an empty list: all.
            request: the call.

        Returns:
            The passages, best first: rank, id, document, address, score, probability, page, text.
        """
        return _told(lambda: self._searched(question, top_k, documents, request))

    def documents(self, request: gr.Request) -> list[dict]:  # type: ignore[type-arg]
        """Lists the documents that answers are taken from.

        Args:
            request: the call.

        Returns:
            The documents: key, metadata, pages, provisions, passages, warnings.
        """
        return _told(lambda: self._listed(request))

    def _asked(self, question: str, documents: list[str], history: list[str], request: gr.Request) -> dict[str, JSON]:
        who = presence(request)
        question, within, earlier = _text(question), _texts(documents), _texts(history)
        self._services.access.pace.ask(who.user)
        self._services.audit.record(who.user.name, "asked", who.address, question=question, documents=within, by="api")
        with self._services.desk.assistant() as assistant:
            answer = assistant.ask(question, within, earlier)
        # Where a file lies on the server is not the caller's business.
        return _object(replace(answer, citations=_named(answer.citations), related=_named(answer.related)))

    def _searched(self, question: str, top_k: int, documents: list[str], request: gr.Request) -> list[dict[str, JSON]]:
        who = presence(request)
        question, within = _text(question), _texts(documents)
        if isinstance(top_k, bool) or not isinstance(top_k, int) or not 1 <= top_k <= MOST_PASSAGES:
            raise BadQuestion(texts.WRONG_ARGUMENT.format(name="top_k", form=f"1 … {MOST_PASSAGES}"))
        self._services.access.pace.ask(who.user)
        self._services.audit.record(who.user.name, "asked", who.address, question=question, documents=within, by="api search")  # fmt: skip
        with self._services.desk.assistant() as assistant:
            return [
                {
                    "rank": rank, "id": hit.passage.id, "document": hit.passage.document,
                    "address": str(hit.passage.address), "score": float(hit.score),
                    "probability": round(hit.ranked.probability, 4), "page": hit.passage.page, "text": hit.passage.text,
                }
                for rank, hit in enumerate(assistant.search(question, top_k, within), 1)
            ]  # fmt: skip

    def _listed(self, request: gr.Request) -> list[dict[str, JSON]]:
        presence(request)
        with self._services.desk.assistant() as assistant:
            return [_object(replace(record, file=Path(record.file).name)) for record in assistant.index.documents()]


def add_api(services: Services) -> None:
    """Adds the endpoints to the `gr.Blocks` that is open."""
    api = Api(services)
    # Gradio's MCP server reaches what is in the queue as a client of its own, who is not logged in.
    for function in (api.ask, api.search, api.documents):
        api_endpoint(
            function, api_name=function.__name__, api_visibility="public", concurrency_limit=AT_ONCE,
            concurrency_id="api", queue=not services.access.rules.mcp,
        )  # fmt: skip


def _told(act: Callable[[], T]) -> T:
    """What `act` gives; what goes wrong becomes a sentence that Gradio hands to the caller."""
    try:
        return act()
    except PolicyQAError as error:
        raise gr.Error(str(error), print_exception=False) from error
    except Exception as error:
        logger.exception("unforeseen while answering a program")
        raise gr.Error(texts.UNFORESEEN.format(name=type(error).__name__), print_exception=False) from error


def _text(value: str) -> str:
    if not isinstance(value, str):
        raise BadQuestion(texts.WRONG_ARGUMENT.format(name="question", form='"…"'))
    return value


def _texts(values: list[str]) -> list[str]:
    if values is None:
        return []
    if not isinstance(values, list) or len(values) > MOST_DOCUMENTS or not all(isinstance(v, str) for v in values):
        raise BadQuestion(texts.WRONG_ARGUMENT.format(name="documents, history", form='["…", "…"]'))
    return values


def _named(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(replace(citation, file=Path(citation.file).name) for citation in citations)


def _object(value: object) -> dict[str, JSON]:
    plain = to_json(value)
    assert isinstance(plain, dict)  # noqa: S101 - a dataclass of ours
    return plain
