"""A user's own password, changed on a page without scripts: the old one is asked, all other sessions end."""

from __future__ import annotations

import math

import anyio
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from policy_qa.errors import PolicyQAError
from policy_qa.office.audit import Audit
from policy_qa.office.passwords import check_new, verified
from policy_qa.office.users import User
from policy_qa.web import texts
from policy_qa.web.access import words
from policy_qa.web.access.forms import duration, fields, form_page, has_ticket, new_ticket, set_cookie
from policy_qa.web.access.forms import secure as is_secure
from policy_qa.web.access.gate import REFUSED_KEY, cookie_name
from policy_qa.web.access.pace import Window
from policy_qa.web.access.page import password_changed_page, password_page
from policy_qa.web.access.rules import Access
from policy_qa.web.visitor import Presence, presence

PATH = "/password"
MOST_PER_MINUTE = 10
"""Forms that one user may send; every one costs two hashes."""


class Unchanged(PolicyQAError):
    """The password stays as it was; the sentence says why."""


def add_password(app: FastAPI, access: Access, audit: Audit) -> None:
    """Adds `/password` to `app`."""
    changing = _Changing(access, audit)
    app.add_route(PATH, changing.form, methods=["GET"])
    app.add_route(PATH, changing.change, methods=["POST"])


class _Changing:
    def __init__(self, access: Access, audit: Audit) -> None:
        self._access, self._audit = access, audit
        self._threads = anyio.CapacityLimiter(2)
        self._sent = Window(MOST_PER_MINUTE)

    async def form(self, request: Request) -> Response:
        """The page with the form; nobody to change anything for is led to the start page."""
        who = await self._logged_in(request)
        return RedirectResponse("/", 303) if who is None else self._page(request, who.user)

    async def change(self, request: Request) -> Response:
        """Changes the password; this browser gets a new session, all others and the tokens of programs end."""
        who = await self._logged_in(request)
        if who is None:
            return RedirectResponse("/", 303)
        sent = fields(await request.body())
        if not has_ticket(request, sent):
            self._refused(request, who, "password form without its ticket")
            return self._page(request, who.user, words.PASSWORD_EXPIRED, 403)
        if self._sent.wait(who.user.name):
            self._refused(request, who, "too many password forms")
            return self._page(request, who.user, texts.TOO_OFTEN, 429)
        try:
            token = await anyio.to_thread.run_sync(self._changed, who, sent, limiter=self._threads)
        except PolicyQAError as error:
            return self._page(request, who.user, str(error), 400)
        response = form_page(request, password_changed_page(), new_ticket(), PATH)
        set_cookie(response, request, cookie_name(is_secure(request)), token, "/")
        return response

    async def _logged_in(self, request: Request) -> Presence | None:
        """Who is logged in with a browser: a program's token must not open the account for good."""
        token = request.cookies.get(cookie_name(is_secure(request)))
        user = await anyio.to_thread.run_sync(self._access.sessions.user, token) if token else None
        who = presence(request)
        return who if user is not None and user.name == who.user.name else None

    def _changed(self, who: Presence, sent: dict[str, str]) -> str:
        """Changes it; the token of a new session. Raises PolicyQAError with what is wrong."""
        old, new = sent.get("old", ""), sent.get("new", "")
        name, access = who.user.name, self._access
        # Before the old one is looked at, which costs a try: what cannot be is told first.
        if new != sent.get("again", ""):
            raise Unchanged(words.PASSWORDS_DIFFER)
        check_new(new, name)
        wait = access.attempts.begin(name, who.address)
        if wait:
            self._audit.record(name, "refused", who.address, why=f"password change, locked for {math.ceil(wait)} s")
            raise Unchanged(words.PASSWORD_WAIT.format(wait=duration(wait)))
        account = access.users.known(name)
        if not verified(account.password, old):
            self._audit.record(name, "refused", who.address, why="password change with a wrong password")
            raise Unchanged(words.OLD_PASSWORD_WRONG)
        access.attempts.succeeded(name, who.address)
        if verified(account.password, new):
            raise Unchanged(words.PASSWORD_SAME)
        access.users.set_password(name, new)
        self._audit.record(name, "password changed", who.address, user=name)
        return access.sessions.open(access.users.known(name))

    def _refused(self, request: Request, who: Presence, why: str) -> None:
        request.scope[REFUSED_KEY] = True
        self._audit.record(who.user.name, "refused", who.address, why=why)

    @staticmethod
    def _page(request: Request, user: User, problem: str = "", status: int = 200) -> Response:
        ticket = new_ticket()
        return form_page(request, password_page(ticket, user.name, problem), ticket, PATH, status)
