"""What the chat fetches beside Gradio: the source panel's parts, pictures of pages, files, conversations as Word files.

All are GET requests that change nothing. Files are found by their document's key and SHA-256 in the index, never by a path.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeAlias
from urllib.parse import quote as percent_encoded

from fastapi import APIRouter, Request
from fastapi import Path as InPath
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response

from policy_qa.document import Span
from policy_qa.errors import PolicyQAError
from policy_qa.office.documents import read_options
from policy_qa.office.history import History, NoSuchConversation
from policy_qa.retrieval.index import DocumentRecord, Index
from policy_qa.retrieval.placing import Placer, SourceUnavailable, check_unchanged
from policy_qa.web.chat import wording
from policy_qa.web.chat.export import conversation_document
from policy_qa.web.chat.outline import outline
from policy_qa.web.chat.pages import page_view
from policy_qa.web.chat.panel import empty_panel, panel, reading
from policy_qa.web.chat.pictures import Pictures
from policy_qa.web.chat.references import References
from policy_qa.web.markup import error_note
from policy_qa.web.services import Services
from policy_qa.web.visitor import presence_of

logger = logging.getLogger(__name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Id: TypeAlias = Annotated[int, InPath(ge=0, le=2**53)]
_KEEP = {"Cache-Control": "private, max-age=86400"}
_FRESH = {"Cache-Control": "no-store"}


class SourceGone(PolicyQAError):
    """A document or file that is asked for is not in the index, or no longer the one that was shown."""


def routes(services: Services) -> APIRouter:
    """The routes of the chat over one office's services; whoever mounts them sees to it that strangers are kept out."""
    router, served = APIRouter(), _Served(services)
    router.add_api_route("/sources/cited/{turn}/{citation}", served.cited)
    router.add_api_route("/sources/provision", served.provision)
    router.add_api_route("/sources/outline", served.outline)
    router.add_api_route("/sources/page", served.page)
    router.add_api_route("/sources/picture", served.picture)
    router.add_api_route("/sources/file", served.file)
    router.add_api_route("/conversations/{conversation}.docx", served.export)
    return router


class _Served:
    """What the routes of one office answer."""

    def __init__(self, services: Services) -> None:
        folders = services.folders
        self._desk, self._audit, self._history = services.desk, services.audit, History(services.database)
        self._references = References()
        self._placer = Placer(lambda: read_options(folders.data, folders.cache))
        self._pictures = Pictures(folders.cache / "pictures")

    def cited(self, request: Request, turn: Id, citation: Id) -> Response:
        """The panel with one citation of an answer."""
        who = presence_of(request.scope)

        def make(index: Index) -> str:
            answer = self._history.turn(who.user, turn).answer
            return panel(index, self._references, answer, turn, citation) if answer else empty_panel()

        return self._fragment(make)

    def provision(self, document: str, sha256: str, at: int | None = None) -> Response:
        """The panel with a provision to read on; without `at`, with the tree of its document."""

        def make(index: Index) -> str:
            record = _record(index, document, sha256)
            provisions = index.provisions(record.key)
            if at is not None and not 0 <= at < len(provisions):
                raise SourceGone(wording.GONE)
            return reading(index, self._references, record, None if at is None else provisions[at])

        return self._fragment(make)

    def outline(self, document: str, sha256: str, below: int | None = None, towards: int | None = None) -> Response:
        """A level of a document's tree."""
        return self._fragment(lambda index: outline(index, _record(index, document, sha256), below, towards))

    def page(
        self, document: str, sha256: str, number: int, start: int | None = None, end: int | None = None
    ) -> Response:
        """A page of a PDF with a quote, the code points from `start` to `end`, marked."""

        def make(index: Index) -> str:
            record = _record(index, document, sha256)
            quote = _span(start, end, len(index.text(record.key)))
            return page_view(index, self._placer, record, number, quote)

        return self._fragment(make)

    def picture(self, document: str, sha256: str, number: int) -> Response:
        """The picture of a page."""

        def make() -> Response:
            record = self._record(document, sha256)
            if record.media != "pdf" or not 1 <= number <= record.pages:
                raise SourceGone(wording.NO_PAGES)
            drawn = self._pictures.picture(Path(record.file), sha256, number)
            return Response(drawn, media_type="image/png", headers=_KEEP)

        return _or_sentence(make)

    def file(self, request: Request, document: str, sha256: str) -> Response:
        """The file of a document: a PDF to be shown, anything else to be saved."""
        who = presence_of(request.scope)

        def make() -> Response:
            record = self._record(document, sha256)
            file = Path(record.file)
            check_unchanged(file, sha256)
            self._audit.record(who.user.name, "opened", who.address, document=record.key, file=file.name)
            # Nothing but a PDF is shown: a web page from elsewhere would run as one of ours.
            pdf = record.media == "pdf"
            kind = "application/pdf" if pdf else "application/octet-stream"
            named = {"Content-Disposition": disposition(file.name, inline=pdf)}
            return FileResponse(file, media_type=kind, headers=_KEEP | named)

        return _or_sentence(make)

    def export(self, request: Request, conversation: Id) -> Response:
        """A conversation as a Word file."""
        who = presence_of(request.scope)

        def make() -> Response:
            kept = self._history.conversation(who.user, conversation)
            body = conversation_document(kept, self._history.turns(who.user, conversation))
            self._audit.record(who.user.name, "exported", who.address, conversation=conversation)
            named = {"Content-Disposition": disposition(f"{kept.title}.docx", inline=False)}
            return Response(body, media_type=WORD, headers=_FRESH | named)

        return _or_sentence(make)

    def _fragment(self, make: Callable[[Index], str]) -> Response:
        """A part of the page over the current index; every error is a sentence in it."""
        try:
            with self._desk.assistant() as assistant:
                return HTMLResponse(make(assistant.index), headers=_FRESH)
        except PolicyQAError as error:
            return HTMLResponse(error_note(str(error)), _status(error), headers=_FRESH)
        except Exception as error:
            logger.exception("unforeseen while showing a source")
            note = wording.UNFORESEEN.format(name=type(error).__name__)
            return HTMLResponse(error_note(note), 500, headers=_FRESH)

    def _record(self, document: str, sha256: str) -> DocumentRecord:
        with self._desk.assistant() as assistant:
            return _record(assistant.index, document, sha256)


def disposition(name: str, *, inline: bool) -> str:
    """A `Content-Disposition` for a file of any name (RFC 6266): no quote, line end or letter beyond ASCII stands raw."""
    clean = "".join("_" if c in '<>:"/\\|?*' or not c.isprintable() else c for c in name).strip(". ") or "tep"
    return (
        f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{percent_encoded(clean, safe='', errors='replace')}"
    )


def _span(start: int | None, end: int | None, length: int) -> Span | None:
    return Span(start, end) if start is not None and end is not None and 0 <= start < end <= length else None


def _or_sentence(make: Callable[[], Response]) -> Response:
    try:
        return make()
    except PolicyQAError as error:
        return PlainTextResponse(str(error), _status(error), headers=_FRESH)


def _record(index: Index, document: str, sha256: str) -> DocumentRecord:
    record = index.document(document)
    if record is None or record.sha256 != sha256:
        raise SourceGone(wording.GONE)
    return record


def _status(error: PolicyQAError) -> int:
    return 404 if isinstance(error, (SourceGone, SourceUnavailable, NoSuchConversation)) else 503
