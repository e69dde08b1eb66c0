"""The files that keepers took out of the index or replaced: they lie where they lay, and can be brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from policy_qa.office.database import Database
from policy_qa.retrieval.generations import Manifest


@dataclass(frozen=True, slots=True)
class RemovedFile:
    """A file out of use: the document it holds, when (UTC) and by whom it was taken out."""

    path: str
    key: str
    text_kind: str
    removed: str
    user: str


class RemovedFiles:
    """The files out of use of one office."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, before: Manifest | None, after: Manifest | None, user: str) -> None:
        """Remembers what a change took out of the index, and forgets what it brought back.

        A digest that gives way to the official text is not out of use: it would answer again without that.
        """
        now = {entry.path for entry in after.files if entry.indexed} if after else set()
        official = {e.key for e in after.files if e.indexed and e.text_kind == "official"} if after else set()
        out = [
            (
                entry.path,
                entry.key,
                entry.text_kind or "official",
                datetime.now(UTC).isoformat(timespec="seconds"),
                user,
            )
            for entry in (before.files if before else ())
            if entry.indexed and entry.path not in now and not (entry.text_kind == "digest" and entry.key in official)
        ]
        with self._database.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO removed_files VALUES (?, ?, ?, ?, ?)", out)
            connection.executemany("DELETE FROM removed_files WHERE path = ?", [(path,) for path in now])

    def all(self) -> list[RemovedFile]:
        """Those that are still there, the latest first."""
        rows = self._database.rows("SELECT * FROM removed_files ORDER BY removed DESC, path")
        return [RemovedFile(*row) for row in rows if Path(row["path"]).is_file()]

    def get(self, path: str) -> RemovedFile | None:
        """The file out of use at this path."""
        return next((file for file in self.all() if file.path == path), None)
