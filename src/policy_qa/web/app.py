"""The web app: the chat page on one small server, and whether it is able to answer."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import sys

import gradio as gr
import uvicorn
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from policy_qa.answering.chain import Assistant
from policy_qa.answering.models import ChatModel
from policy_qa.errors import CannotServe, PolicyQAError
from policy_qa.office.database import Database
from policy_qa.web import texts
from policy_qa.web.desk import Desk
from policy_qa.web.page import build_page
from policy_qa.web.services import Folders, Services
from policy_qa.web.style import PAGE_SCRIPT, STYLESHEET, script, theme

PROBE = "văn bản nào"
"""What `/healthz` asks; any answer will do, a refusal included."""

SECONDS_TO_FINISH = 1
"""How long Ctrl-C waits for answers under way; pages left open would hold the server for ever."""

CONTENT_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'self'"
)
"""Nothing is fetched from elsewhere, whatever a document or a library may ask for. Gradio needs inline scripts and eval."""


def build(services: Services) -> FastAPI:
    """The app of one office."""
    desk = services.desk
    app = FastAPI(title=texts.TITLE, docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> JSONResponse:
        problem = _problem(desk)
        if problem:
            return JSONResponse({"status": "error", "message": texts.NOT_READY.format(why=problem)}, status_code=503)
        return JSONResponse({"status": "ok"})

    app.add_middleware(Guard)
    gr.mount_gradio_app(
        app, build_page(services), path="/", theme=theme(), css_paths=[STYLESHEET], js=script(PAGE_SCRIPT),
        footer_links=[], run_history=False, show_error=False, ssr_mode=False, mcp_server=False, pwa=False,
        enable_monitoring=False, max_file_size=1024,
    )  # fmt: skip
    return app


class Guard:
    """ASGI middleware: every page says that nothing may be fetched from elsewhere. Streams pass through untouched."""

    HEADERS = (
        (b"content-security-policy", CONTENT_POLICY.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"no-referrer"),
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
) -> None:
    """Serves the page until Ctrl-C; says on stderr where it is.

    Raises:
        NoIndex, IndexMismatch, EncoderUnavailable, RerankerUnavailable: there is nothing to answer from.
        OfficeDataUnusable: the office's data cannot be opened.
        CannotServe: the port is taken or forbidden, or `host` is no address of this machine.
    """
    listening = listen(host, port)
    with listening:
        desk = Desk(lambda: Assistant.open(folders.index, encoder_name, reranker_name, model))
        app = build(Services(desk, Database(folders.data), folders, encoder_name, model))
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=SECONDS_TO_FINISH)
        logging.getLogger("uvicorn.error").addFilter(_no_farewell)
        server = _Server(config, url(host, port), host)
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
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

    def __init__(self, config: uvicorn.Config, address: str, host: str) -> None:
        super().__init__(config)
        self._address, self._host = address, host

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then announces the address."""
        await super().startup(sockets)
        if self.started:
            sys.stderr.write(texts.READY.format(url=self._address) + "\n")
            if not self._host.startswith("127.") and self._host not in ("localhost", "::1"):
                sys.stderr.write(texts.OPEN_TO_ALL + "\n")
            sys.stderr.flush()


def _no_farewell(record: logging.LogRecord) -> bool:
    """Leaves out that open pages were cut off at the end: every page left open keeps a connection."""
    cancelled = record.exc_info is not None and isinstance(record.exc_info[1], asyncio.CancelledError)
    return not cancelled and "graceful shutdown" not in record.getMessage()


def _problem(desk: Desk) -> str | None:
    """Why a question cannot be answered now; None when it can."""
    try:
        with desk.assistant() as assistant:
            if not assistant.index.documents():
                return texts.NO_DOCUMENTS
            assistant.ask(PROBE)
    except PolicyQAError as error:
        return str(error)
    except Exception as error:
        # A health check must answer, whatever has broken.
        return texts.UNFORESEEN.format(name=type(error).__name__)
    return None


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno in (errno.EACCES, errno.EPERM):
        return texts.PORT_FORBIDDEN.format(host=host, port=port)
    if error.errno == errno.EADDRINUSE:
        return texts.PORT_BUSY.format(host=host, port=port, other=port + 1 if port < 65535 else port - 1)
    return texts.BAD_HOST.format(host=host)
