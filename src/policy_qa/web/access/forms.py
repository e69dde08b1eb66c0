"""What the pages with a form share: its fields, the ticket that ties it to the browser, cookies."""

from __future__ import annotations

import math
import secrets
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from policy_qa.web.access.bodies import Refused
from policy_qa.web.access.page import POLICY

TICKET_COOKIE = "policy_qa_form"


def fields(body: bytes) -> dict[str, str]:
    """The fields of a form that was sent; raises Refused where it is none."""
    try:
        found = parse_qs(body.decode("ascii"), keep_blank_values=True, max_num_fields=20)
    except ValueError:
        raise Refused(400, "broken form") from None
    return {name: values[0] for name, values in found.items()}


def new_ticket() -> str:
    """What a form and the browser's cookie have in common."""
    return secrets.token_urlsafe(24)


def has_ticket(request: Request, sent: dict[str, str]) -> bool:
    """Whether the form comes from a page that this browser was shown."""
    ticket = request.cookies.get(TICKET_COOKIE, "")
    return bool(ticket) and secrets.compare_digest(ticket.encode(), sent.get("ticket", "").encode("utf-8", "replace"))


def form_page(request: Request, html: str, ticket: str, path: str, status: int = 200) -> Response:
    """A page with a form at `path`, which nobody keeps."""
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    response = HTMLResponse(html, status, headers)
    set_cookie(response, request, TICKET_COOKIE, ticket, path)
    return response


def set_cookie(response: Response, request: Request, name: str, value: str, path: str) -> None:
    """A cookie that neither scripts nor other sites' pages get."""
    response.set_cookie(name, value, path=path, secure=secure(request), httponly=True, samesite="lax")


def secure(request: Request) -> bool:
    """Whether the visitor's connection is encrypted."""
    return request.url.scheme == "https"


def address(request: Request) -> str:
    """Where the request comes from, for the audit log."""
    return request.client.host if request.client else ""


def duration(seconds: float) -> str:
    """`8 giây`, `3 phút`."""
    return f"{math.ceil(seconds)} giây" if seconds < 60 else f"{math.ceil(seconds / 60)} phút"
