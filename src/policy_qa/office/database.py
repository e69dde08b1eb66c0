"""The office's SQLite file: opened once, its tables brought up to date by numbered migrations that are only ever added.

A migration is a file `migrations/NNN_name.sql`. Each runs once, in the order of the numbers, all in one transaction.
"""

from __future__ import annotations

import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from policy_qa.errors import PolicyQAError

MIGRATIONS = Path(__file__).parent / "migrations"
FILE_NAME = "office.sqlite"
SECONDS_TO_WAIT = 10
"""How long a writer waits for another process's (the command line beside the web app) before it gives up."""


class OfficeDataUnusable(PolicyQAError):
    """The office's data cannot be opened or written (no rights, disk full, damaged, made by a newer release)."""


class Database:
    """The office's tables. One connection serves all threads, a transaction at a time; others may read the file meanwhile.

    Raises:
        OfficeDataUnusable: the folder or file cannot be made or opened, is no SQLite file, or is of a newer release.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            # SQLite would let every user of the machine read it; its journals take over the rights of the file.
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(
                self.path, timeout=SECONDS_TO_WAIT, isolation_level=None, check_same_thread=False
            )
            self._connection.row_factory = sqlite3.Row
            for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "secure_delete = ON"):
                self._connection.execute(f"PRAGMA {setting}")
            self._migrate()
        except (OSError, sqlite3.Error) as error:
            raise _unusable(self.path, error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection for one transaction: committed at the end of the block, rolled back when it raises.

        Raises:
            OfficeDataUnusable: SQLite failed (disk full, locked for too long, damaged).
        """
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield self._connection
                except BaseException:
                    self._connection.execute("ROLLBACK")
                    raise
                self._connection.execute("COMMIT")
            except sqlite3.Error as error:
                raise _unusable(self.path, error) from error

    def rows(self, sql: str, parameters: tuple[object, ...] = ()) -> list[sqlite3.Row]:
        """The rows of one SELECT; raises OfficeDataUnusable."""
        with self._lock:
            try:
                return self._connection.execute(sql, parameters).fetchall()
            except sqlite3.Error as error:
                raise _unusable(self.path, error) from error

    def close(self) -> None:
        """Lets the file go; the database cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    def _migrate(self) -> None:
        files = {int(file.name[:3]): file for file in MIGRATIONS.glob("[0-9][0-9][0-9]_*.sql")}
        with self.transaction() as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY) STRICT")
            done = {int(row["number"]) for row in connection.execute("SELECT number FROM migrations")}
            if done - files.keys():
                raise OfficeDataUnusable(
                    f"Dữ liệu của cơ quan ({self.path}) do một bản mới hơn của chương trình ghi: cài bản mới, hoặc dùng thư mục dữ liệu khác."
                )
            for number in sorted(files.keys() - done):
                for statement in _statements(files[number].read_text(encoding="utf-8")):
                    connection.execute(statement)
                connection.execute("INSERT INTO migrations VALUES (?)", (number,))


def _statements(script: str) -> Iterator[str]:
    """The statements of a script: `executescript` would commit in the midst of the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if re.sub(r"--[^\n]*", "", statement).strip():
        raise sqlite3.OperationalError(f"an unfinished statement: {statement.strip()[:60]}")


def _unusable(path: Path, error: OSError | sqlite3.Error) -> OfficeDataUnusable:
    why = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    return OfficeDataUnusable(
        f"Không dùng được dữ liệu của cơ quan ở {path} ({why}): kiểm tra quyền ghi và chỗ trống trên đĩa, hoặc khôi phục từ bản sao lưu."
    )
