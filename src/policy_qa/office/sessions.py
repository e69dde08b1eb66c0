"""Who is logged in: sessions of browsers and tokens of programs, kept in the office's database.

A token is 256 random bits. Only its SHA-256 is kept, so that a stolen copy of the data opens nothing. A session ends
when it grows old, when it lies idle, and when its account is removed, disabled or given another password.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from policy_qa.office.database import Database
from policy_qa.office.users import Account, User, Users, folded

SECONDS_UNWRITTEN = 60
"""How long a session may have been used before that is written down; a write for every request would wear the disk."""
TOKEN_MARK = "pqa_"  # noqa: S105 - what tokens of programs begin with, so that one in a log or mail is recognised


@dataclass(frozen=True, slots=True)
class Session:
    """One login: whose, with which password, since when, and when it was last used (seconds since 1970)."""

    name: str
    stamp: str
    opened: float
    seen: float


class Sessions:
    """The sessions and tokens of one office; one server at a time keeps them.

    Args:
        database: where they are kept.
        users: whose they are.
        hours: how old a session may grow.
        idle_minutes: how long it may lie unused.
        now: the clock, seconds since 1970.

    Raises, in all methods:
        OfficeDataUnusable, UsersUnreadable.
    """

    def __init__(
        self, database: Database, users: Users, hours: float, idle_minutes: float, now: Callable[[], float] = time.time
    ) -> None:
        self._database, self._users, self._now = database, users, now
        self._oldest, self._idle = hours * 3600, idle_minutes * 60
        self._lock = threading.Lock()
        rows = database.rows("SELECT digest, name, stamp, opened, seen FROM sessions")
        # All are held here, too: every request asks for one, and must not wait for a writer.
        self._open = {bytes(r["digest"]): Session(r["name"], r["stamp"], r["opened"], r["seen"]) for r in rows}
        self._written = {digest: session.seen for digest, session in self._open.items()}

    def open(self, account: Account) -> str:
        """A new session; returns the token for the browser."""
        token = secrets.token_urlsafe(32)
        now = self._now()
        session = Session(folded(account.user.name), account.stamp, now, now)
        self._sweep()
        self._store(_digest(token), session)
        return token

    def user(self, token: str) -> User | None:
        """Whose session this is, None where it is none or has ended; it counts as used now."""
        digest = _digest(token)
        session = self._open.get(digest)
        if session is None:
            return None
        account = self._users.find(session.name)
        if account is None or account.disabled or account.stamp != session.stamp or self._over(session):
            self._forget(digest)
            return None
        session = replace(session, seen=self._now())
        with self._lock:
            if digest in self._open:
                self._open[digest] = session
        if session.seen - self._written.get(digest, 0) > SECONDS_UNWRITTEN:
            self._store(digest, session)
        return account.user

    def close(self, token: str) -> None:
        """Ends a session; nothing happens where it is none."""
        self._forget(_digest(token))

    def count(self) -> int:
        """How many sessions are open."""
        with self._lock:
            return sum(not self._over(session) for session in self._open.values())

    def make_token(self, account: Account, purpose: str) -> str:
        """A token with which a program may ask in the user's name; the caller shows it once, it cannot be read again."""
        token = TOKEN_MARK + secrets.token_urlsafe(32)
        row = (_digest(token), folded(account.user.name), account.stamp, purpose[:100], self._now())
        with self._database.transaction() as connection:
            connection.execute("INSERT INTO tokens VALUES (?, ?, ?, ?, ?)", row)
        return token

    def token_user(self, token: str) -> User | None:
        """In whose name a program asks; None where the token is none, or its account or password is no longer the same."""
        if not token.startswith(TOKEN_MARK):
            return None
        rows = self._database.rows("SELECT name, stamp FROM tokens WHERE digest = ?", (_digest(token),))
        account = self._users.find(rows[0]["name"]) if rows else None
        if account is None or account.disabled or account.stamp != rows[0]["stamp"]:
            return None
        return account.user

    def revoke_tokens(self, name: str) -> int:
        """Ends all tokens of a user; returns how many there were."""
        with self._database.transaction() as connection:
            return connection.execute("DELETE FROM tokens WHERE name = ?", (folded(name),)).rowcount

    def _over(self, session: Session) -> bool:
        now = self._now()
        # A clock that was set back must not make sessions immortal.
        aged, idle = now - session.opened, now - session.seen
        return not (-self._idle <= aged < self._oldest and -self._idle <= idle < self._idle)

    def _store(self, digest: bytes, session: Session) -> None:
        with self._lock:
            self._open[digest] = session
            self._written[digest] = session.seen
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO sessions VALUES (?, ?, ?, ?, ?)",
                (digest, session.name, session.stamp, session.opened, session.seen),
            )

    def _forget(self, *digests: bytes) -> None:
        with self._lock:
            for digest in digests:
                self._open.pop(digest, None)
                self._written.pop(digest, None)
        with self._database.transaction() as connection:
            connection.executemany("DELETE FROM sessions WHERE digest = ?", [(digest,) for digest in digests])

    def _sweep(self) -> None:
        with self._lock:
            ended = [digest for digest, session in self._open.items() if self._over(session)]
        if ended:
            self._forget(*ended)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
