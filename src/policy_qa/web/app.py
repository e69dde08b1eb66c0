"""The web app: the chat page on one small server, and whether it is able to answer."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import logging
import os
import socket
import sys
from dataclasses import replace
from typing import Literal

import gradio as gr
import uvicorn
from fastapi import FastAPI, Request
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policy_qa.answering.chain import Assistant
from policy_qa.answering.models import ChatModel
from policy_qa.errors import CannotServe
from policy_qa.office.audit import Audit
from policy_qa.office.database import Database
from policy_qa.web import texts
from policy_qa.web.access.gate import Gate
from policy_qa.web.access.page import ACCESS_STYLESHEET, session_script
from policy_qa.web.access.routes import add_login
from policy_qa.web.access.rules import THIS_MACHINE, Access, Rules
from policy_qa.web.arenas import limit_arenas
from policy_qa.web.chat.asking import answers_at_once, asking_routes
from policy_qa.web.chat.conversation import Chat
from policy_qa.web.chat.page import talk_script
from policy_qa.web.chat.routes import routes as chat_routes
from policy_qa.web.desk import Desk
from policy_qa.web.documents.routes import routes as documents_routes
from policy_qa.web.metrics import Measured, Metrics
from policy_qa.web.packs.routes import routes as packs_routes
from policy_qa.web.page import build_page
from policy_qa.web.review.routes import routes as review_routes
from policy_qa.web.services import Folders, Services
from policy_qa.web.status import add_status
from policy_qa.web.style import PAGE_SCRIPT, STYLESHEETS, script, theme
from policy_qa.web.tools import demand_mcp, speak_json
from policy_qa.web.visitor import SCOPE_KEY, Presence

SECONDS_TO_FINISH = 1
"""How long Ctrl-C waits for answers under way; pages left open would hold the server for ever."""

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'self'"
)
"""Nothing is fetched from elsewhere, whatever a document or a library may ask for. Gradio needs inline scripts and eval."""


def build(services: Services) -> FastAPI:
    """The app of one office; raises CannotServe where the settings ask for what is not installed."""
    rules = services.access.rules
    if rules.mcp:
        demand_mcp()
    app = FastAPI(title=texts.TITLE, docs_url=None, redoc_url=None, openapi_url=None)
    add_login(app, services.access, services.audit)
    add_status(app, services)
    app.include_router(chat_routes(services))
    app.include_router(asking_routes(Chat(services), answers_at_once(model=services.model is not None)))
    app.include_router(documents_routes(services))
    app.include_router(packs_routes(services))
    app.include_router(review_routes(services))
    # Without a CORS policy of ours Gradio would let every origin read what it answers.
    app.add_middleware(CORSMiddleware, allow_origins=())
    app.add_middleware(Gate, access=services.access, audit=services.audit, seen=services.metrics.responded)
    app.add_middleware(Guard)
    page = build_page(services)
    gr.mount_gradio_app(
        app, page, path="/", theme=theme(), css_paths=[*STYLESHEETS, ACCESS_STYLESHEET], js=script(PAGE_SCRIPT),
        head=f"<script>{session_script()}\n{talk_script()}</script>", footer_links=[], run_history=False, show_error=False,
        ssr_mode=False, mcp_server=rules.mcp, pwa=False, enable_monitoring=False,
        max_file_size=rules.upload_mb * 1_000_000, auth_dependency=_name,
    )  # fmt: skip
    if rules.mcp:
        speak_json(page)
    return app


def _name(request: Request) -> str | None:
    """Who asks, for Gradio: None, which it refuses, for a request that has not come through the gate."""
    present = request.scope.get(SCOPE_KEY)
    return present.user.name if isinstance(present, Presence) else None


class Guard:
    """ASGI middleware: every page says that nothing may be fetched from elsewhere. Streams pass through untouched."""

    HEADERS = (
        (b"content-security-policy", CONTENT_POLICY.encode()),
        (b"x-content-type-options", b"nosniff"),
        # Not "no-referrer": with that browsers send forms of our own pages with the origin "null".
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
    )

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands the request on and adds the headers to what comes back."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self.HEADERS]
            await send(message)

        await self._app(scope, receive, guarded)


def serve(
    folders: Folders,
    host: str,
    port: int,
    encoder_name: str | None = None,
    reranker_name: str | None = None,
    model: ChatModel | None = None,
    rules: Rules | None = None,
    audit_questions: Literal["full", "hash"] = "full",
) -> None:
    """Serves the page until Ctrl-C; says on stderr where it is.

    Raises:
        NoIndex, IndexMismatch, EncoderUnavailable, RerankerUnavailable: there is nothing to answer from.
        OfficeDataUnusable, UsersUnreadable: the office's data cannot be opened.
        CannotServe: the port is taken or forbidden, `host` is no address of this machine, or is open to others
            though the office has no users.
    """
    limit_arenas()
    alone = _is_this_machine(host)
    rules = replace(rules or Rules(), alone=alone, hosts=THIS_MACHINE | {host} if alone else frozenset())
    if rules.proxies:
        rules = replace(rules, hosts=frozenset())
    listening = listen(host, port)
    with listening:
        # Uploads and what Gradio makes for download lie with the office's own things, not where all users of the machine read.
        os.environ.setdefault("GRADIO_TEMP_DIR", str(folders.cache / "web"))
        database, metrics = Database(folders.data), Metrics()
        access = Access(database, rules)
        if not access.open_to_local and not access.users.accounts():
            raise CannotServe(texts.NO_USERS_BEHIND_PROXY if alone else texts.NO_USERS.format(host=host))
        audit = Audit(folders.data, audit_questions)
        desk = Desk(lambda: Measured(Assistant.open(folders.index, encoder_name, reranker_name, model), metrics))
        app = build(Services(desk, database, folders, audit, access, metrics, encoder_name, model))
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=SECONDS_TO_FINISH,
            proxy_headers=False, server_header=False,
        )  # fmt: skip
        logging.getLogger("uvicorn.error").addFilter(_no_farewell)
        said = texts.ONLY_HERE if access.open_to_local else "" if alone else texts.OPEN_TO_ALL
        server = _Server(config, texts.READY.format(url=url(host, port)), said)
        audit.record("", "started", host, port=port)
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
        audit.record("", "stopped")
        sys.stderr.write(f"{texts.CLOSED}\n")


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to `host` and `port`; raises CannotServe with the reason in a sentence."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise CannotServe(texts.BAD_HOST.format(host=host)) from error
    listening = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":
            # On Windows this option would let two servers share the port.
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError as error:
        listening.close()
        raise CannotServe(_why_not(error, host, port)) from error
    return listening


def url(host: str, port: int) -> str:
    """What to type into the browser of this machine."""
    if host in ("0.0.0.0", "::", ""):  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Server(uvicorn.Server):
    """Says where the page is once it is really there."""

    def __init__(self, config: uvicorn.Config, *sentences: str) -> None:
        super().__init__(config)
        self._sentences = sentences

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then announces the address."""
        await super().startup(sockets)
        if self.started:
            sys.stderr.writelines(f"{sentence}\n" for sentence in self._sentences if sentence)
            sys.stderr.flush()


def _no_farewell(record: logging.LogRecord) -> bool:
    """Leaves out that open pages were cut off at the end: every page left open keeps a connection."""
    cancelled = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not cancelled and "graceful shutdown" not in record.getMessage()


def _is_this_machine(host: str) -> bool:
    """Whether only this machine reaches a server on `host`."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return texts.PORT_FORBIDDEN.format(host=host, port=port)
    if error.errno == errno.EADDRINUSE:
        return texts.PORT_BUSY.format(host=host, port=port, other=port + 1 if port < 65535 else port - 1)
    return texts.BAD_HOST.format(host=host)
