"""What the events of the tab share: who is behind one, what it says, and that every error becomes a sentence."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeAlias

import gradio as gr

from policy_qa.errors import PolicyQAError
from policy_qa.office.users import require
from policy_qa.web.markup import error_note
from policy_qa.web.review import words
from policy_qa.web.visitor import Presence, presence

logger = logging.getLogger(__name__)

Page: TypeAlias = tuple[object, ...]
"""What an event puts onto the page: a value for each of its outputs."""


def evaluator(request: gr.Request) -> Presence:
    """The evaluator behind a request; raises NotAllowed for anyone else."""
    who = presence(request)
    require(who.user, "evaluator")
    return who


def said(event: gr.EventData) -> dict[str, str]:
    """What an event of the page's own scripts says."""
    return {name: str(value) for name, value in event._data.items()} if isinstance(event._data, dict) else {}


def sentence(act: Callable[[], object]) -> str | None:
    """None where `act` can be done, else its error as a note."""
    try:
        act()
    except PolicyQAError as error:
        return error_note(str(error))
    except Exception as error:
        # Whatever else fails, the evaluator gets a sentence; the trace goes to the server's log.
        logger.exception("unforeseen in the tab of evaluation")
        return error_note(words.UNFORESEEN.format(name=type(error).__name__))
    return None
