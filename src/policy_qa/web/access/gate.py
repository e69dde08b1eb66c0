"""The gate before every route: nobody comes in without a session or token, but for the login page and a sign of life.

Plain ASGI, outside of FastAPI and Gradio, so that a route added later, by us or by Gradio, is closed until someone is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote

import anyio
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policy_qa.errors import PolicyQAError
from policy_qa.office.audit import Audit
from policy_qa.office.users import LOCAL, User
from policy_qa.web import texts
from policy_qa.web.access import bodies
from policy_qa.web.access.bodies import Owners, Refused
from policy_qa.web.access.pace import Window
from policy_qa.web.access.requests import called_by, cleared, from_elsewhere, speaks_for_another, wants_page
from policy_qa.web.access.rules import Access
from policy_qa.web.visitor import PROXIED_KEY, SCOPE_KEY, Presence

PUBLIC = frozenset({"/login", "/login.css", "/logout", "/healthz", "/readyz", "/metrics"})
"""Open to strangers, for whom `/logout` only leads to the login page; `/healthz` and `/readyz` tell them a bare status, `/metrics` looks itself who asks."""

NEVER = re.compile(
    r"/(?:monitoring|gradio_api/(?:proxy=|file=[\x00-\x20]*[a-z][a-z0-9+.-]+:/|file/|deep_link|token|dev/|vibe-|undo-vibe|process_recording"
    r"|runs|run-history|custom_component|profiling))",
    re.IGNORECASE,
)
"""Routes of Gradio's that the app has no use for: what they fetch, store or show is nobody's business here. One letter is a drive of Windows."""

MCP = re.compile(r"/gradio_api/mcp(?:/|/http/?|/schema/?)?$")
"""Where programs speak MCP; a browser is shown no page of Gradio's about it."""

UPLOADS_PER_MINUTE = 60
"""Requests of one user that bring files for Gradio to keep."""
COOKIE = "policy_qa_session"
REFUSED_KEY = "policy_qa.refused"
NOTED = frozenset({401, 403, 404, 413, 429})
"""Answers of the routes themselves that are written to the audit log: what is another user's is "not there". The login page writes its own."""
TOLD = {400: texts.BAD_REQUEST, 403: texts.REFUSED, 404: texts.NOT_THERE, 413: texts.TOO_LARGE, 429: texts.TOO_OFTEN}


def cookie_name(secure: bool) -> str:
    """Over https no other host and no plain-http page of this host can set the cookie of this name."""
    return f"__Host-{COOKIE}" if secure else COOKIE


class Gate:
    """ASGI middleware that lets through whoever may come in, and tells the handlers who that is.

    `seen` is told the status of every answer.
    """

    def __init__(self, app: ASGIApp, access: Access, audit: Audit, seen: Callable[[int], None]) -> None:
        self._app, self._access, self._audit, self._seen = app, access, audit, seen
        self._owners = Owners()
        self._uploads = Window(UPLOADS_PER_MINUTE)
        self._lines = Window(access.rules.refusals_logged)
        # Of its own: threads that answer questions must not keep visitors at the gate.
        self._threads = anyio.CapacityLimiter(4)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets one request through, or answers it here."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        through_proxy = speaks_for_another(scope)
        scope = cleared(scope, self._access.rules.proxies)
        scope[PROXIED_KEY] = through_proxy
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._seen(message["status"])
                if message["status"] in NOTED and REFUSED_KEY not in scope and scope["path"] not in PUBLIC:
                    self._record(scope, f"status {message['status']}")
            await send(message)

        try:
            await self._enter(scope, receive, watched)
        except ClientDisconnect:
            pass  # who goes away while still sending is told nothing
        except Refused as refusal:
            self._record(scope, refusal.why)
            if not started:
                await _answer(scope, receive, watched, refusal.status, TOLD[refusal.status])
        except PolicyQAError as error:
            # A stranger is not told what is wrong with the office's data; whoever keeps the server reads it in the log.
            known = SCOPE_KEY in scope
            self._record(scope, str(error))
            if not started:
                await _answer(scope, receive, watched, 503, str(error) if known else texts.CANNOT_TELL_WHO)

    async def _enter(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not called_by(scope, self._access.rules.hosts):
            raise Refused(403, "called by another name")
        if from_elsewhere(scope):
            raise Refused(403, "sent by another site's page")
        public = scope["path"] in PUBLIC
        user = await self._known(scope)
        if user is None and not public:
            await self._send_away(scope, receive, send)
            return
        if user is not None:
            scope[SCOPE_KEY] = Presence(user, _address(scope))
            self._check_route(scope, user)
        if scope["type"] == "http":
            receive = bodies.limited(scope, receive, bodies.largest(scope["path"], self._access.rules.upload_mb))
            if user is not None and not public:
                receive = await bodies.inspected(scope, receive, self._owners, user.name)
        await self._app(scope, receive, send)

    def _check_route(self, scope: Scope, user: User) -> None:
        path = scope["path"]
        if NEVER.match(path):
            raise Refused(404, "a route that is closed")
        if MCP.match(path) and scope.get("method") == "GET" and b"text/event-stream" not in _accepted(scope):
            raise Refused(404, "Gradio's page about its MCP server")
        if path.rstrip("/") == bodies.UPLOAD and not user.roles - {"officer"}:
            raise Refused(403, "an upload without a role for it")
        if path.rstrip("/") == bodies.UPLOAD and self._uploads.wait(user.name):
            raise Refused(429, "too many uploads")

    async def _known(self, scope: Scope) -> User | None:
        connection = HTTPConnection(scope)
        secure = scope.get("scheme") in ("https", "wss")
        if token := connection.cookies.get(cookie_name(secure)):
            user = await anyio.to_thread.run_sync(self._access.sessions.user, token, limiter=self._threads)
            if user is not None:
                return user
        kind, _, token = connection.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and token:
            user = await anyio.to_thread.run_sync(
                self._access.sessions.token_user, token.strip(), limiter=self._threads
            )
            if user is not None:
                return user
        if self._access.open_to_local:
            if scope[PROXIED_KEY]:
                raise Refused(403, "a proxy before a server without users")
            return LOCAL
        return None

    async def _send_away(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._record(scope, "not logged in")
        if scope["type"] == "http" and wants_page(scope):
            target = scope["path"] + (
                f"?{scope['query_string'].decode('latin-1')}" if scope.get("query_string") else ""
            )
            response = RedirectResponse(f"/login?next={quote(target, safe='')}" if target != "/" else "/login", 303)
            await response(scope, receive, send)
        else:
            await _answer(scope, receive, send, 401, texts.LOG_IN_AGAIN)

    def _record(self, scope: Scope, why: str) -> None:
        scope[REFUSED_KEY] = True
        address, present = _address(scope), scope.get(SCOPE_KEY)
        name = present.user.name if isinstance(present, Presence) else ""
        if not self._lines.wait(f"{address} {name} {why}"):
            route = f"{scope.get('method', scope['type'])} {scope['path']}"
            self._audit.record(name, "refused", address, why=why, route=route[:300])


def _address(scope: Scope) -> str:
    return str(scope["client"][0]) if scope.get("client") else ""


def _accepted(scope: Scope) -> bytes:
    return b",".join(value for name, value in scope["headers"] if name.lower() == b"accept")


async def _answer(scope: Scope, receive: Receive, send: Send, status: int, sentence: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    response: Response = JSONResponse({"detail": sentence}, status, headers)
    await response(scope, receive, send)
