"""Who is behind a request."""

from __future__ import annotations

import gradio as gr

from policy_qa.office.users import LOCAL, User


def visitor(request: gr.Request) -> User:
    """The user who is logged in; `LOCAL` where the office has no users."""
    return LOCAL
