"""What a supervisor looks at: `/healthz` (the server is alive), `/readyz` (it can answer), `/metrics` (Prometheus)."""

from __future__ import annotations

import ipaddress
import threading
import time

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from policy_qa.errors import PolicyQAError
from policy_qa.web import texts
from policy_qa.web.desk import Desk
from policy_qa.web.services import Services
from policy_qa.web.visitor import PROXIED_KEY, SCOPE_KEY

PROBE = "văn bản nào"
"""What `/readyz` asks; any answer will do, a refusal included."""
SECONDS_TRUE = 5
"""How long a finding is told again: strangers may ask, and must not make the machine answer all day."""


def add_status(app: FastAPI, services: Services) -> None:
    """Adds the routes, and what the metrics look up."""
    desk, metrics, sessions = services.desk, services.metrics, services.access.sessions
    readiness = Readiness(desk)
    metrics.watch("sessions", "Sessions that are open", sessions.count)
    metrics.watch_index(lambda: generation(desk))

    @app.get("/healthz")
    def healthz() -> JSONResponse:
        try:
            services.database.rows("SELECT 1")
        except PolicyQAError:
            return JSONResponse({"status": "error"}, 503)
        return JSONResponse({"status": "ok"})

    @app.get("/readyz")
    def readyz(request: Request) -> JSONResponse:
        known = SCOPE_KEY in request.scope
        problem = readiness.problem(now=known)
        if not problem:
            return JSONResponse({"status": "ok"})
        told = {"message": texts.NOT_READY.format(why=problem)} if known else {}
        return JSONResponse({"status": "error", **told}, 503)

    @app.get("/metrics")
    def page(request: Request) -> Response:
        if SCOPE_KEY not in request.scope and (request.scope.get(PROXIED_KEY, True) or not _from_here(request)):
            return JSONResponse({"detail": texts.LOG_IN_AGAIN}, 401)
        return Response(metrics.page(), media_type=CONTENT_TYPE_LATEST)


class Readiness:
    """Whether questions can be answered, found out by asking one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.Lock()
        self._found: tuple[float, str | None] | None = None

    def problem(self, *, now: bool) -> str | None:
        """Why a question cannot be answered; None when it can. Found out anew where `now`, or after a few seconds."""
        with self._lock:
            if now or self._found is None or time.monotonic() - self._found[0] > SECONDS_TRUE:
                self._found = (time.monotonic(), _problem(self._desk))
            return self._found[1]


def generation(desk: Desk) -> tuple[str, int]:
    """The name of the generation in use, and how many documents it holds; raises PolicyQAError."""
    with desk.assistant() as assistant:
        return assistant.index.manifest.generation, len(assistant.index.documents())


def _from_here(request: Request) -> bool:
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _problem(desk: Desk) -> str | None:
    try:
        with desk.assistant() as assistant:
            if not assistant.index.documents():
                return texts.NO_DOCUMENTS
            assistant.ask(PROBE)
    except PolicyQAError as error:
        return str(error)
    except Exception as error:
        # A check of readiness must answer, whatever has broken.
        return texts.UNFORESEEN.format(name=type(error).__name__)
    return None
