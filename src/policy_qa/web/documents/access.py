"""Who may do what in the tab of documents: keepers everything, every user reading."""

from __future__ import annotations

import gradio as gr
from fastapi import Request

from policy_qa.office.users import require
from policy_qa.web.visitor import Presence, presence, presence_of


def keeper(request: Request | gr.Request) -> Presence:
    """The keeper behind a request, and from where; raises NotAllowed for anyone else."""
    found = reader(request)
    require(found.user, "keeper")
    return found


def reader(request: Request | gr.Request) -> Presence:
    """The user behind a request, and from where; raises NotAllowed for nobody."""
    return presence(request) if isinstance(request, gr.Request) else presence_of(request.scope)
