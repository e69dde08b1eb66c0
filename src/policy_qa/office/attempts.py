"""Guessing passwords is made slow: after a few failures each further try must wait, twice as long every time.

Failures are counted by name (known or not, all the same) and by address, in the database, so that a restart does not
forgive them. A try counts as failed from the moment it is made; a right password takes that back.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable
from dataclasses import dataclass

from policy_qa.office.database import Database
from policy_qa.office.users import LONGEST_NAME, folded

LONGEST_WAIT = 15 * 60
FORGOTTEN_AFTER = 24 * 3600
"""Seconds without a further failure after which earlier ones no longer count."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many failures are free; the next must wait a second, then two, then four."""

    free: int

    def wait(self, failures: int) -> float:
        """Seconds to wait after so many failures."""
        over = failures - self.free
        return 0 if over < 0 else float(min(2.0 ** min(over, 30), LONGEST_WAIT))


BY_NAME = Allowance(5)
BY_ADDRESS = Allowance(30)
"""More than for a name: a whole office may come from one address."""


class Attempts:
    """The failed logins of one office. All methods raise OfficeDataUnusable."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        self._database, self._now = database, now

    def begin(self, name: str, address: str) -> float:
        """Counts a try; returns 0 where it may go on, otherwise the seconds to wait, and then nothing is counted."""
        keys = _keys(name, address)
        now = self._now()
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM attempts WHERE last < ?", (now - FORGOTTEN_AFTER,))
            left = 0.0
            for key, allowance in keys.items():
                row = connection.execute("SELECT failures, last FROM attempts WHERE key = ?", (key,)).fetchone()
                # A clock that was set back must not lock anyone out for longer than the longest wait.
                waited = max(now - row["last"], 0) if row else 0
                left = max(left, allowance.wait(row["failures"]) - waited if row else 0)
            if left <= 0:
                for key in keys:
                    connection.execute(
                        "INSERT INTO attempts VALUES (?, 1, ?) "
                        "ON CONFLICT (key) DO UPDATE SET failures = failures + 1, last = excluded.last",
                        (key, now),
                    )
        return max(left, 0.0)

    def succeeded(self, name: str, address: str) -> None:
        """The try was right: the name starts afresh, the address keeps what others failed from there."""
        by_name, by_address = _keys(name, address)
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM attempts WHERE key = ?", (by_name,))
            connection.execute(
                "UPDATE attempts SET failures = failures - 1 WHERE key = ? AND failures > 0", (by_address,)
            )


def _keys(name: str, address: str) -> dict[str, Allowance]:
    return {f"name:{folded(name)[: 2 * LONGEST_NAME]}": BY_NAME, f"address:{_place(address)}": BY_ADDRESS}


def _place(address: str) -> str:
    """What one visitor cannot change at will: of an IPv6 address the first half."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:100]
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address
