"""The tab's own routes: question sets in, reports and results out. A run is named by its id, never by a path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool

from policy_qa.errors import PolicyQAError
from policy_qa.evaluation.page import REPORT_NAME
from policy_qa.evaluation.results import RESULTS_NAME
from policy_qa.office.audit import Audit
from policy_qa.office.incoming import shown_name
from policy_qa.office.users import NotAllowed, require
from policy_qa.web.documents.routes import disposition
from policy_qa.web.markup import error_note
from policy_qa.web.review import words
from policy_qa.web.review.listing import PREFIX
from policy_qa.web.review.running import Runs, runs_of
from policy_qa.web.review.shelf import LARGEST_SET, NotOnShelf
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence, presence_of

ISOLATED: Final = {
    "content-security-policy": "sandbox allow-scripts allow-modals; frame-ancestors 'self'",
    "cache-control": "private, no-store",
}
"""A report belongs to no origin: whatever it might hold can neither read nor order anything here. It may be printed."""


def routes(services: Services) -> APIRouter:
    """The routes of one office."""
    served = _Served(runs_of(services), services.audit)
    router = APIRouter(prefix=f"/{PREFIX}")
    router.add_api_route("/tai-len", served.upload, methods=["POST"])
    router.add_api_route("/bao-cao/{run_id}", served.report)
    router.add_api_route("/ket-qua/{run_id}", served.results)
    return router


class _Served:
    """What the routes of one office answer."""

    def __init__(self, runs: Runs, audit: Audit) -> None:
        self._runs, self._audit = runs, audit

    async def upload(self, request: Request, name: str = "") -> Response:
        """Takes a question set in: the body is its bytes, of which no more than the limit are read."""
        shown = shown_name(name)
        try:
            who = _evaluator(request)
            content = bytearray()
            async for piece in request.stream():
                content += piece
                if len(content) > LARGEST_SET:
                    raise NotOnShelf(words.TOO_LARGE.format(name=shown, limit=LARGEST_SET // 1_000_000))
            kept, count = await run_in_threadpool(self._runs.shelf.add, shown, bytes(content))
        except PolicyQAError as error:
            return JSONResponse({"error": str(error)}, status_code=403 if isinstance(error, NotAllowed) else 400)
        self._audit.record(who.user.name, "uploaded", who.address, file=kept, size=len(content))
        return JSONResponse({"name": kept, "told": words.STORED.format(name=kept, count=count)})

    def report(self, request: Request, run_id: str, tai: str = "") -> Response:
        """The report of a run, to be shown; with `tai` to be saved."""
        return self._file(request, run_id, REPORT_NAME, "text/html; charset=utf-8", saved=bool(tai))

    def results(self, request: Request, run_id: str) -> Response:
        """The results of a run, to be saved."""
        return self._file(request, run_id, RESULTS_NAME, "application/octet-stream", saved=True)

    def _file(self, request: Request, run_id: str, name: str, media: str, *, saved: bool) -> Response:
        def found() -> Response:
            who = _evaluator(request)
            record = self._runs.shelf.run(run_id)
            path = self._runs.shelf.folder(run_id) / name
            if not path.is_file():
                raise NotOnShelf(words.NO_SUCH_RUN)
            headers = dict(ISOLATED)
            if saved:
                headers["content-disposition"] = disposition(f"{Path(record.name).stem}-{record.id[:8]}-{name}")
                self._audit.record(who.user.name, "exported", who.address, file=name, run=record.id)
            return FileResponse(path, media_type=media, headers=headers)

        return _or_sentence(found)


def _evaluator(request: Request) -> Presence:
    """The evaluator behind a request; raises NotAllowed for anyone else."""
    who = presence_of(request.scope)
    require(who.user, "evaluator")
    return who


def _or_sentence(found: Callable[[], Response]) -> Response:
    try:
        return found()
    except PolicyQAError as error:
        status = 403 if isinstance(error, NotAllowed) else 404
        return HTMLResponse(error_note(str(error)), status_code=status, headers=ISOLATED)
