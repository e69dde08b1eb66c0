"""Who is behind a request: put into its scope by `policy_qa.web.access.gate`, read here by whatever handles it."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr
from starlette.requests import HTTPConnection
from starlette.types import Scope

from policy_qa.office.users import NotAllowed, User
from policy_qa.web import texts

SCOPE_KEY = "policy_qa.presence"
PROXIED_KEY = "policy_qa.proxied"
"""Whether a proxy, known or not, stands between the visitor and this server."""


@dataclass(frozen=True, slots=True)
class Presence:
    """A user and the network address the request comes from ("" where it is not known)."""

    user: User
    address: str = ""


def visitor(request: gr.Request | HTTPConnection) -> User:
    """The user who is logged in; `LOCAL` where the office has no users.

    Raises:
        NotAllowed: the request has not come through the gate.
    """
    return presence(request).user


def presence(request: gr.Request | HTTPConnection) -> Presence:
    """The same with the address, for the audit log. Raises NotAllowed."""
    # Gradio wraps the request of a page or program, but not that of an MCP client.
    plain = request.request if isinstance(request, gr.Request) else request
    if plain is None:
        raise NotAllowed(texts.LOG_IN_AGAIN)
    return presence_of(plain.scope)


def presence_of(scope: Scope) -> Presence:
    """Who is behind the request of this scope. Raises NotAllowed."""
    found = scope.get(SCOPE_KEY)
    if not isinstance(found, Presence):
        raise NotAllowed(texts.LOG_IN_AGAIN)
    return found
