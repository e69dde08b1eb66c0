"""The routes of logging in and out."""

from __future__ import annotations

import math
import re
from urllib.parse import quote

import anyio
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from policy_qa.office.audit import Audit
from policy_qa.office.passwords import NOT_A_HASH, verified
from policy_qa.office.users import Account
from policy_qa.web import texts
from policy_qa.web.access.forms import (
    TICKET_COOKIE,
    address,
    duration,
    fields,
    form_page,
    has_ticket,
    new_ticket,
    secure,
    set_cookie,
)
from policy_qa.web.access.gate import cookie_name
from policy_qa.web.access.page import login_page, login_styles
from policy_qa.web.access.password import add_password
from policy_qa.web.access.rules import Access
from policy_qa.web.visitor import SCOPE_KEY, Presence

MOST_WAITING = 60
"""Logins that wait for a core; further ones are asked to come again."""
_OURS = re.compile(r"/(?![/\\])[^\s\\\x00-\x1f\x7f]{0,1000}")


def add_login(app: FastAPI, access: Access, audit: Audit) -> None:
    """Adds `/login`, `/login.css`, `/logout` and `/password` to `app`."""
    doors = _Doors(access, audit)
    app.add_route("/login", doors.form, methods=["GET"])
    app.add_route("/login", doors.log_in, methods=["POST"])
    app.add_route("/login.css", lambda _: PlainTextResponse(login_styles(), media_type="text/css"), methods=["GET"])
    app.add_route("/logout", doors.log_out, methods=["POST"])
    add_password(app, access, audit)


def local_target(target: str) -> str:
    """Where to go after the login: a path of this server; the start page for anything else."""
    return target if _OURS.fullmatch(target) else "/"


class _Doors:
    def __init__(self, access: Access, audit: Audit) -> None:
        self._access, self._audit = access, audit
        self._threads = anyio.CapacityLimiter(2)
        self._waiting = 0

    async def form(self, request: Request) -> Response:
        """The login page; whoever needs no login is led on."""
        target = local_target(request.query_params.get("next", "/"))
        if self._access.open_to_local:
            return RedirectResponse(target, 303)
        return self._page(request, target)

    async def log_in(self, request: Request) -> Response:
        """Checks name and password; on success a new session, whatever token the browser brought (no fixation)."""
        sent = fields(await request.body())
        target, name = local_target(sent.get("next", "/")), sent.get("name", "")
        if not has_ticket(request, sent):
            self._audit.record(name, "refused", address(request), why="login form without its ticket")
            return self._page(request, target, name, texts.LOGIN_EXPIRED, 403)
        if self._waiting >= MOST_WAITING:
            return self._page(request, target, name, texts.LOGIN_BUSY, 503)
        self._waiting += 1
        try:
            found = await anyio.to_thread.run_sync(
                self._tried, name, sent.get("password", ""), address(request), limiter=self._threads
            )
        finally:
            self._waiting -= 1
        if isinstance(found, str):
            return self._page(request, target, name, found, 401)
        old = request.cookies.get(cookie_name(secure(request)))
        token = await anyio.to_thread.run_sync(self._opened, found, old, address(request), limiter=self._threads)
        # A path with Vietnamese letters must be ASCII in a header.
        response = RedirectResponse(quote(target, safe="/?&=%#+:;,@!~*()'$-._"), 303)
        response.delete_cookie(TICKET_COOKIE, path="/login")
        set_cookie(response, request, cookie_name(secure(request)), token, "/")
        return response

    async def log_out(self, request: Request) -> Response:
        """Ends the session."""
        name = cookie_name(secure(request))
        present = request.scope.get(SCOPE_KEY)
        if isinstance(present, Presence) and (token := request.cookies.get(name)):
            await anyio.to_thread.run_sync(self._access.sessions.close, token, limiter=self._threads)
            self._audit.record(present.user.name, "logout", present.address)
        response = RedirectResponse("/login", 303)
        response.delete_cookie(name, path="/", secure=secure(request), httponly=True, samesite="lax")
        return response

    def _tried(self, name: str, password: str, address: str) -> Account | str:
        """The account, or what to tell. An unknown name costs the same time and gets the same words as a wrong password."""
        wait = self._access.attempts.begin(name, address)
        if wait:
            self._audit.record(name, "login failed", address, why=f"locked for {math.ceil(wait)} s")
            return texts.LOGIN_WAIT.format(wait=duration(wait))
        account = self._access.users.find(name)
        right = verified(account.password if account else NOT_A_HASH, password)
        if account is None or not right or account.disabled:
            why = "no such user" if account is None else "disabled" if right else "wrong password"
            self._audit.record(name, "login failed", address, why=why)
            return texts.LOGIN_WRONG
        self._access.attempts.succeeded(name, address)
        return account

    def _opened(self, account: Account, old: str | None, address: str) -> str:
        if old:
            self._access.sessions.close(old)
        token = self._access.sessions.open(account)
        self._audit.record(account.user.name, "login", address)
        return token

    @staticmethod
    def _page(request: Request, target: str, name: str = "", problem: str = "", status: int = 200) -> Response:
        ticket = new_ticket()
        return form_page(request, login_page(ticket, target, name[:100], problem), ticket, "/login", status)
