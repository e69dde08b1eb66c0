"""The tab's own routes: files in, files out, pages of ours about them. Files are named by key and SHA-256, never by path."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from policy_qa.errors import PolicyQAError
from policy_qa.office.corrections import corrections
from policy_qa.office.documents import sha256_of, to_recognise
from policy_qa.office.examination import Examination, examine_apart
from policy_qa.office.incoming import shown_name
from policy_qa.office.users import NotAllowed
from policy_qa.retrieval.index import DocumentRecord
from policy_qa.web.access.bodies import TooLarge
from policy_qa.web.documents import words
from policy_qa.web.documents.access import keeper, reader
from policy_qa.web.documents.details import branches
from policy_qa.web.documents.fragments import PREFIX
from policy_qa.web.documents.keeping import Keeping, keeping
from policy_qa.web.markup import error_note
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

PAGES_KEPT: Final = 60
"""Pages about documents of the index that are kept, to be shown again without reading the file."""
ISOLATED: Final = {
    "content-security-policy": "sandbox allow-scripts; frame-ancestors 'self'",
    "cache-control": "private, no-store",
}
"""A page about a document belongs to no origin: whatever it might hold can neither read nor order anything here."""

_MEDIA: Final = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".rtf": "application/rtf",
    ".odt": "application/vnd.oasis.opendocument.text",
}
"""What a browser may be told; anything else, HTML above all, is a stream of bytes to be saved."""


_PARENT = re.compile(r"[0-9]{0,9}")


class _NoFile(PolicyQAError):
    """The file asked for is not there, or no longer the one that was indexed."""


def routes(services: Services) -> APIRouter:
    """The routes of one office."""
    served = _Served(keeping(services))
    router = APIRouter(prefix=f"/{PREFIX}")
    router.add_api_route("/tai-len", served.upload, methods=["POST"])
    router.add_api_route("/cho/{upload_id}", served.waiting_page)
    router.add_api_route("/trang", served.document_page)
    router.add_api_route("/tep", served.file)
    router.add_api_route("/cay", served.tree)
    return router


class _Served:
    """What the routes of one office answer."""

    def __init__(self, kept: Keeping) -> None:
        self._kept, self._pages = kept, _Pages(kept)

    async def upload(self, request: Request, name: str = "") -> Response:
        """Takes a file in: the body is its bytes."""
        try:
            return JSONResponse(await _received(self._kept, keeper(request), request, name))
        except NotAllowed as error:
            return JSONResponse({"error": str(error)}, status_code=403)
        except PolicyQAError as error:
            who = reader(request)
            self._kept.audit.record(who.user.name, "refused", who.address, why=str(error), file=shown_name(name))
            return JSONResponse({"error": str(error)}, status_code=400)
        except TooLarge:
            most = self._kept.holdings.uploads.largest // 1_000_000
            sentence = f"Tệp “{shown_name(name)}” {words.TOO_LARGE.format(limit=most)}"
            return JSONResponse({"error": sentence}, status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody hears it

    def waiting_page(self, request: Request, upload_id: str) -> Response:
        """The page that shows how a file that waits was read."""

        def found() -> Response:
            keeper(request)
            waiting = self._kept.holdings.uploads.get(upload_id)
            page = self._kept.holdings.uploads.page(waiting) if waiting else None
            if page is None or not page.is_file():
                raise _NoFile(words.GONE)
            return _page(page)

        return _or_sentence(found)

    def document_page(self, request: Request, key: str, sha256: str) -> Response:
        """The page that shows how a document of the index was read."""

        def found() -> Response:
            reader(request)
            return _page(self._pages.page(_record(self._kept, key, sha256)))

        return _or_sentence(found)

    def file(self, request: Request, key: str, sha256: str) -> Response:
        """The file of a document of the index, to be saved."""

        def found() -> Response:
            who = reader(request)
            path = _unchanged(_record(self._kept, key, sha256))
            self._kept.audit.record(who.user.name, "exported", who.address, document=key, file=path.name)
            return FileResponse(path, media_type=_media(path), headers={"content-disposition": disposition(path.name)})

        return _or_sentence(found)

    def tree(self, request: Request, key: str, sha256: str, parent: str = "") -> Response:
        """The provisions directly below one, as HTML; `parent` is its ordinal, empty for the outermost."""

        def found() -> Response:
            reader(request)
            with self._kept.desk.assistant() as assistant:
                record = assistant.index.document(key)
                if record is None or record.sha256 != sha256 or not _PARENT.fullmatch(parent):
                    raise _NoFile(words.GONE)
                return HTMLResponse(branches(assistant.index, key, int(parent) if parent else None))

        return _or_sentence(found)


def disposition(name: str) -> str:
    """How a file is offered: to be saved, never to be shown, under a name that cannot leave its quotation marks."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_. ") else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


async def _received(kept: Keeping, who: Presence, request: Request, name: str) -> dict[str, str]:
    """Takes a file in as its bytes come; what comes after the limit is not read."""
    with await run_in_threadpool(kept.holdings.receive, who.user.name, name) as incoming:
        async for piece in request.stream():
            incoming.write(piece)
        upload = await run_in_threadpool(kept.holdings.received, incoming)
    kept.audit.record(who.user.name, "uploaded", who.address, file=upload.name, sha256=upload.sha256, size=upload.size)
    return {"id": upload.id, "name": upload.name}


def _record(kept: Keeping, key: str, sha256: str) -> DocumentRecord:
    entry = kept.catalogue().get(key)
    if entry is None or entry.record.sha256 != sha256:
        raise _NoFile(words.GONE)
    return entry.record


def _unchanged(record: DocumentRecord) -> Path:
    path = Path(record.file)
    try:
        if sha256_of(path) == record.sha256:
            return path
    except OSError as error:
        raise _NoFile(words.FILE_GONE) from error
    raise _NoFile(words.FILE_GONE)


def _page(page: Path) -> Response:
    return FileResponse(page, media_type="text/html; charset=utf-8", headers=ISOLATED)


def _media(path: Path) -> str:
    return _MEDIA.get(path.suffix.lower(), "application/octet-stream")


def _or_sentence(found: Callable[[], Response]) -> Response:
    try:
        return found()
    except PolicyQAError as error:
        return HTMLResponse(
            error_note(str(error)), status_code=404 if isinstance(error, _NoFile) else 403, headers=ISOLATED
        )


class _Pages:
    """Pages about documents of the index, made when asked for, one at a time."""

    def __init__(self, kept: Keeping) -> None:
        self._kept, self._lock = kept, threading.Lock()
        self._folder = kept.folders.cache / "pages"

    def page(self, record: DocumentRecord) -> Path:
        """The page about a document; raises what reading its file raises."""
        path, data = _unchanged(record), self._kept.folders.data
        correction = corrections(data).get(record.sha256)
        # A page that shows the head as it was before is another page.
        said = hashlib.sha256(repr(correction).encode()).hexdigest()[:8] if correction else ""
        way = ("r" if record.sha256 in to_recognise(data) else "t") + said
        place = self._folder / f"{record.sha256}-{way}-{self._kept.catalogue().shape[:16]}.html"
        with self._lock:
            if not place.is_file():
                order = Examination(str(path), record.sha256, str(place), str(data), str(self._kept.folders.cache))
                examine_apart(order, lambda *far: None)
                self._clear()
        return place

    def _clear(self) -> None:
        kept = sorted(self._folder.glob("*.html"), key=lambda page: page.stat().st_mtime, reverse=True)
        for page in kept[PAGES_KEPT:]:
            page.unlink(missing_ok=True)
