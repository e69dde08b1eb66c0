"""Who uses the office's assistant, and what each may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

Role: TypeAlias = Literal["officer", "trainer", "keeper", "evaluator"]
"""Asks in the chat (all may); prepares Q&A packs; keeps the documents; measures and reviews."""

ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class User:
    """One user. Without a file of users there is one, `LOCAL`, who may do everything, and only on this machine."""

    name: str
    roles: frozenset[Role]

    def may(self, role: Role) -> bool:
        """Whether the user may do what `role` does; asking is open to every user."""
        return role == "officer" or role in self.roles


LOCAL = User("", frozenset(ROLES))
"""Whoever sits at the machine of an office without users."""
