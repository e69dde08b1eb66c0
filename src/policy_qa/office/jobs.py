"""Changes to the index that keepers ordered: a line of jobs on the server's disk, carried out one after another."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal, TypeAlias

from policy_qa.office.database import Database

Kind: TypeAlias = Literal["add", "remove", "restore"]
JobState: TypeAlias = Literal["queued", "running", "done", "failed"]

HOURS_SHOWN: Final = 12
"""How long what was done is still told."""
DAYS_KEPT: Final = 365


@dataclass(frozen=True, slots=True)
class Job:
    """One change. `target` is the key to remove, or the path of the file to restore; what is to be added are uploads.

    `ahead` counts the jobs before it in the line.
    """

    id: int
    created: str
    user: str
    kind: Kind
    target: str
    state: JobState
    why: str
    ahead: int = 0


class Jobs:
    """The line; may be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, user: str, kind: Kind, target: str = "") -> int:
        """Puts a change at the end of the line; gives its number. Where the same change waits already, that one's."""
        with self._database.transaction() as connection:
            same = connection.execute(
                "SELECT id FROM document_jobs WHERE kind = ? AND target = ? AND target <> '' AND state IN ('queued', 'running')",
                (kind, target),
            ).fetchone()
            if same is not None:
                return int(same["id"])
            added = connection.execute(
                "INSERT INTO document_jobs (created, user, kind, target, state) VALUES (?, ?, ?, ?, 'queued')",
                (_ago(), user, kind, target),
            )
            return int(added.lastrowid or 0)

    def add_uploads(self, user: str, uploads: Sequence[str]) -> int | None:
        """Puts the uploads with these ids, as far as they wait for a decision, at the end of the line; None where none does."""
        with self._database.transaction() as connection:
            added = connection.execute(
                "INSERT INTO document_jobs (created, user, kind, target, state) VALUES (?, ?, 'add', '', 'queued')",
                (_ago(), user),
            )
            job = int(added.lastrowid or 0)
            taken = [
                connection.execute(
                    "UPDATE uploads SET state = 'queued', why = '', job = ? WHERE id = ? AND state IN ('ready', 'failed')",
                    (job, upload),
                ).rowcount
                for upload in dict.fromkeys(uploads)
            ]
            if not any(taken):
                connection.execute("DELETE FROM document_jobs WHERE id = ?", (job,))
                return None
            return job

    def next(self) -> Job | None:
        """The job to carry out now, the one that a crash interrupted before all; None where the line is empty."""
        with self._database.transaction() as connection:
            row = connection.execute(
                "SELECT * FROM document_jobs WHERE state IN ('running', 'queued') ORDER BY state = 'queued', id LIMIT 1"
            ).fetchone()
            if row is None:
                return None
            connection.execute("UPDATE document_jobs SET state = 'running' WHERE id = ?", (row["id"],))
            return _job(row)

    def tell(self, job: int, why: str) -> None:
        """Says of a job that is running what it waits for."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE document_jobs SET why = ? WHERE id = ?", (why, job))

    def finish(self, job: int, why: str, *, failed: bool) -> None:
        """Ends a job; `why` is what is to be told of it."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE document_jobs SET state = ?, why = ?, ended = ? WHERE id = ?",
                ("failed" if failed else "done", why, _ago(), job),
            )

    def forget(self, job: int) -> None:
        """No longer tells of a job that has ended."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE document_jobs SET ended = ? WHERE id = ? AND state IN ('done', 'failed')",
                (_ago(hours=HOURS_SHOWN), job),
            )

    def shown(self) -> list[Job]:
        """The line in its order, and after it what was done lately, the latest first."""
        line = self._database.rows(
            "SELECT * FROM document_jobs WHERE state IN ('running', 'queued') ORDER BY state = 'queued', id"
        )
        ended = self._database.rows(
            "SELECT * FROM document_jobs WHERE state IN ('done', 'failed') AND ended > ? ORDER BY ended DESC, id DESC LIMIT 10",
            (_ago(hours=HOURS_SHOWN),),
        )
        return [*(_job(row, ahead) for ahead, row in enumerate(line)), *map(_job, ended)]

    def clear_old(self) -> None:
        """Forgets what was done long ago; the audit log still tells of it."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM document_jobs WHERE ended < ?", (_ago(hours=24 * DAYS_KEPT),))


def _job(row: sqlite3.Row, ahead: int = 0) -> Job:
    return Job(row["id"], row["created"], row["user"], row["kind"], row["target"], row["state"], row["why"], ahead)


def _ago(hours: int = 0) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).isoformat(timespec="seconds")
