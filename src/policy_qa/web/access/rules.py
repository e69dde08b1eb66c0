"""The rules of one server's gate, and what keeps them: accounts, sessions, failed logins, pace."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TypeAlias

from policy_qa.errors import BadSettings
from policy_qa.office.attempts import Attempts
from policy_qa.office.database import Database
from policy_qa.office.sessions import Sessions
from policy_qa.office.users import Users
from policy_qa.web.access.pace import Pace

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
"""What a browser on this machine calls the server; another name is another site's, made to lead here (DNS rebinding)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the gate goes by.

    `hosts` are the names by which the server may be called, empty for any: those of this machine where only this
    machine reaches the server. `alone` says that only this machine reaches it, so that without users whoever sits there may do
    everything. `proxies` are the machines whose word about the visitor's address and about TLS is taken. `refusals_logged` is how many refusals of one kind from one address are
    written to the audit log in a minute; more would only push out the rest.
    """

    session_hours: int = 12
    idle_minutes: int = 120
    ask_per_minute: int = 30
    upload_mb: int = 100
    hosts: frozenset[str] = THIS_MACHINE
    alone: bool = True
    proxies: tuple[Network, ...] = ()
    mcp: bool = False
    refusals_logged: int = 20


class Access:
    """The accounts of an office and the rules that its server goes by."""

    def __init__(self, database: Database, rules: Rules) -> None:
        self.rules = rules
        self.users = Users(database.folder)
        self.sessions = Sessions(database, self.users, rules.session_hours, rules.idle_minutes)
        self.attempts = Attempts(database)
        self.pace = Pace(rules.ask_per_minute)
        self._guarded = False

    @property
    def open_to_local(self) -> bool:
        """Whether whoever sits at this machine needs no login: the office has no users, and has had none since the start.

        Raises:
            UsersUnreadable: it cannot be told; nobody is let in.
        """
        # A file of users that vanishes must not open the doors of a server that runs.
        self._guarded = self._guarded or bool(self.users.accounts())
        return self.rules.alone and not self.rules.proxies and not self._guarded


def networks(words: str) -> tuple[Network, ...]:
    """Addresses and networks, with commas between them; raises BadSettings."""
    try:
        return tuple(ipaddress.ip_network(word.strip()) for word in words.split(",") if word.strip())
    except ValueError as error:
        raise BadSettings(
            f"Thiết lập 'trusted_proxy' sai: {words!r} không phải địa chỉ IP hay mạng. Ghi như 127.0.0.1 hoặc 10.0.0.0/24, cách nhau bằng dấu phẩy."
        ) from error
