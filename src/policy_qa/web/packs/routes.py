"""The downloads of the tab: a pack of the trainer's own as Word, Excel, PDF or JSON, made when it is asked for."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from policy_qa.errors import PolicyQAError
from policy_qa.office.packs import KeptPack
from policy_qa.packs.pages import to_pages
from policy_qa.web.markup import error_note
from policy_qa.web.packs import words
from policy_qa.web.packs.keeping import Keeping
from policy_qa.web.packs.listing import PREFIX
from policy_qa.web.services import Services
from policy_qa.web.visitor import presence_of

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
_FORMS: Final = {
    "docx": (".docx", f"{_OFFICE}.wordprocessingml.document"),
    "phat-tay": ("-phat-tay.docx", f"{_OFFICE}.wordprocessingml.document"),
    "xlsx": (".xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    "pdf": (".pdf", "application/pdf"),
    "json": (".pack.json", "application/json"),
}


class NoSuchForm(PolicyQAError):
    """A pack is not exported as that."""


def routes(services: Services) -> APIRouter:
    """The routes of one office."""
    served = _Served(Keeping(services))
    router = APIRouter(prefix=f"/{PREFIX}")
    router.add_api_route("/{pack}/{form}", served.export)
    return router


class _Served:
    """What the routes of one office answer."""

    def __init__(self, kept: Keeping) -> None:
        self._kept = kept
        # A pack of hundreds of pages takes seconds and memory: one at a time.
        self._lock = threading.Lock()

    def export(self, request: Request, pack: int, form: str) -> Response:
        """The pack as a file to be saved."""
        try:
            who = presence_of(request.scope)
            kept = self._kept.pack(who, pack)
            if form not in _FORMS:
                raise NoSuchForm(words.EXPORT_GONE)
            with self._lock:
                data = _made(self._kept, kept, form)
        except PolicyQAError as error:
            return HTMLResponse(_page(str(error)), status_code=404)
        suffix, media = _FORMS[form]
        self._kept.services.audit.record(
            who.user.name, "exported", who.address, pack=kept.pack.title, form=form, questions=len(kept.items)
        )
        name = f"bo-hoi-dap-{kept.id}{suffix}"
        headers = {
            "content-disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "cache-control": "private, no-store",
        }
        return Response(data, media_type=media, headers=headers)


def _made(keeping: Keeping, kept: KeptPack, form: str) -> bytes:
    makers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: _word(keeping, kept, handout=False),
        "phat-tay": lambda: _word(keeping, kept, handout=True),
        "xlsx": lambda: _excel(kept),
        "pdf": lambda: to_pages(kept.pack, keeping.placer).data,
        "json": lambda: json.dumps(kept.pack.to_json(), ensure_ascii=False).encode("utf-8", "replace"),
    }
    return makers[form]()


def _word(keeping: Keeping, kept: KeptPack, *, handout: bool) -> bytes:
    from policy_qa.packs.word import to_word

    with keeping.services.desk.assistant() as assistant:
        return to_word(kept.pack, assistant.index, handout=handout)


def _excel(kept: KeptPack) -> bytes:
    from policy_qa.packs.excel import to_excel

    return to_excel(kept.pack)


def _page(sentence: str) -> str:
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{words.TAB}</title>{error_note(sentence)}</html>'
    )
