"""Files that keepers hand in: received within limits, kept apart from the documents until someone accepts them.

A file lies in a folder of its own below `incoming`, under a name made here; what its owner called it is only data. The
table `uploads` says of each how far it is, so that a restart of the server loses nothing.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal, TypeAlias, cast, get_args

from policy_qa.document import Metadata, document_key, to_json
from policy_qa.office.corrections import Correction, check
from policy_qa.office.database import Database
from policy_qa.office.documents import safe_name
from policy_qa.office.examination import Found
from policy_qa.office.incoming import Incoming, UploadRefused, shown_name
from policy_qa.reading.dispatch import MAX_BYTES
from policy_qa.retrieval.sources import SUFFIXES
from policy_qa.stored import from_json
from policy_qa.structure.correcting import BadCorrection
from policy_qa.structure.header import corrected

MOST_WAITING: Final = 100
"""Files that may wait for a keeper's decision at a time, and their bytes together."""
MOST_BYTES: Final = 2 * 2**30
DAYS_KEPT: Final = 7
"""How long a file waits before it is cleared away."""

State: TypeAlias = Literal["reading", "ready", "refused", "queued", "indexing", "done", "failed"]
"""Being read; read, and waiting for a decision; unreadable; accepted; going into the index; in it; could not go in."""

WAITING: Final[tuple[State, ...]] = ("reading", "ready", "refused", "queued", "indexing", "failed")
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file handed in; `name` is what its owner called it, `file` what it is called here.

    `origin` is the file of the index that is to be read anew, where it is not the upload itself; `recognise` whether every
    page of that is to be recognised (OCR). `found` is what was read, `correction` what a keeper corrected in it.
    """

    id: str
    created: str
    user: str
    name: str
    file: str
    size: int
    sha256: str
    recognise: bool
    origin: str | None
    state: State
    why: str
    found: Found | None
    job: int | None
    correction: Correction | None = None

    @property
    def metadata(self) -> Metadata:
        """What its head says, corrected; empty before it is read."""
        read = self.found.metadata if self.found else Metadata()
        return corrected(read, self.correction.fields) if self.correction else read

    @property
    def key(self) -> str:
        """The key of the document in it, corrected; empty before it is read."""
        if self.found is None or not self.correction:
            return self.found.key if self.found else ""
        about = self.metadata
        return document_key(about.number, about.date, self.origin or self.file)


class Uploads:
    """The uploads of one office, those of all keepers together; may be used from any thread. `largest` is in bytes."""

    def __init__(self, database: Database, folder: Path, largest: int = MAX_BYTES) -> None:
        self._database, self._folder = database, folder
        self.largest = min(largest, MAX_BYTES)

    # --- coming in

    def begin(self, user: str, name: str) -> Incoming:
        """Takes in a file that `user` calls `name`; once it has come in, it is for `add`.

        Raises:
            UploadRefused: its name says that it cannot be read, or too many wait already.
            OfficeDataUnusable: the office's data cannot be written.
        """
        shown = shown_name(name)
        suffix = Path(shown).suffix.lower()
        if suffix not in SUFFIXES:
            kinds = "PDF, Word (.docx, .doc), .rtf, .odt, trang web (.html), Markdown (.md) hoặc văn bản thuần (.txt)"
            raise UploadRefused(f"Tệp “{shown}” không thuộc loại đọc được; hãy dùng {kinds}.")
        count, size = self._waiting()
        if count >= MOST_WAITING or size >= MOST_BYTES:
            raise UploadRefused(
                f"Đã có {count} tệp đang chờ ({size // 2**20} MB), chưa nhận thêm được “{shown}”: hãy nhận hoặc bỏ bớt các tệp đang chờ."
            )
        folder = self.folder(secrets.token_hex(16))
        return Incoming(folder, user, shown, safe_name(Path(shown).stem, suffix), self.largest)

    def add(self, incoming: Incoming) -> Upload:
        """Notes a file that has come in whole.

        Raises:
            UploadRefused: it is empty, or waits already.
            OfficeDataUnusable: the office's data cannot be written.
        """
        incoming.complete()
        upload = Upload(
            incoming.folder.name, _now(), incoming.user, incoming.name, incoming.file, incoming.size, incoming.sha256,
            False, None, "reading", "", None, None,
        )  # fmt: skip
        with self._database.transaction() as connection:
            twin = connection.execute(
                "SELECT name FROM uploads WHERE sha256 = ? AND origin IS NULL AND state <> 'done'", (upload.sha256,)
            ).fetchone()
            if twin is not None:
                raise UploadRefused(f"Tệp “{upload.name}” đã tải lên rồi và đang chờ, với tên “{twin['name']}”.")
            _insert(connection, upload)
        incoming.keep()
        return upload

    def add_again(self, user: str, file: Path, sha256: str, *, recognise: bool) -> Upload:
        """Notes that a file of the index is to be read anew, recognised page by page or by its own text.

        Raises:
            UploadRefused: that is under way already.
        """
        upload = Upload(
            secrets.token_hex(16), _now(), user, shown_name(file.name), file.name, 0, sha256,
            recognise, str(file), "reading", "", None, None,
        )  # fmt: skip
        with self._database.transaction() as connection:
            if connection.execute(
                "SELECT 1 FROM uploads WHERE origin = ? AND state <> 'done'", (str(file),)
            ).fetchone():
                raise UploadRefused(f"Tệp “{upload.name}” đang được đọc lại rồi: xem ở danh sách tệp đang chờ.")
            _insert(connection, upload)
        return upload

    # --- waiting

    def all(self, states: Iterable[State] = WAITING) -> list[Upload]:
        """The uploads in these states, the oldest first."""
        rows = self._database.rows(
            "SELECT * FROM uploads WHERE state IN (SELECT value FROM json_each(?)) ORDER BY created, rowid",
            (json.dumps(list(states)),),
        )
        return [_upload(row) for row in rows]

    def get(self, upload_id: str) -> Upload | None:
        """The upload with this id."""
        rows = self._database.rows("SELECT * FROM uploads WHERE id = ?", (upload_id,))
        return _upload(rows[0]) if rows else None

    def of_job(self, job: int) -> list[Upload]:
        """The uploads that a job is still to put into the index."""
        rows = self._database.rows(
            "SELECT * FROM uploads WHERE job = ? AND state IN ('queued', 'indexing') ORDER BY created, rowid", (job,)
        )
        return [_upload(row) for row in rows]

    def original(self, sha256: str) -> Upload | None:
        """The upload by which a file of the index came in."""
        rows = self._database.rows(
            "SELECT * FROM uploads WHERE sha256 = ? AND state = 'done' AND origin IS NULL ORDER BY created DESC LIMIT 1",
            (sha256,),
        )
        return _upload(rows[0]) if rows else None

    def read(self, upload: Upload, found: Found, correction: Correction | None = None) -> bool:
        """Notes what was read, and what was corrected in this file before; False where the upload was cancelled meanwhile."""
        self._correct(upload.id, correction, ("reading",))
        return self._move(upload.id, "ready", ("reading",), found=json.dumps(to_json(found), ensure_ascii=False))

    def correct(self, upload: Upload, correction: Correction | None) -> bool:
        """Notes what a keeper corrected (None: nothing); False where it no longer waits for a decision."""
        return self._correct(upload.id, correction, ("ready", "failed"))

    def _correct(self, upload_id: str, correction: Correction | None, states: tuple[State, ...]) -> bool:
        with self._database.transaction() as connection:
            return bool(
                connection.execute(
                    "UPDATE uploads SET corrected = ? WHERE id = ? AND state IN (SELECT value FROM json_each(?))",
                    (_plain(correction), upload_id, json.dumps(states)),
                ).rowcount
            )

    def refuse(self, upload: Upload, why: str) -> bool:
        """Notes that a file cannot be read, with the sentence that says why."""
        return self._move(upload.id, "refused", ("reading",), why=why)

    def start(self, upload: Upload) -> bool:
        """Notes that the upload is going into the index; it cannot be cancelled from here on."""
        return self._move(upload.id, "indexing", ("queued", "indexing"))

    def finish(self, upload: Upload, why: str = "") -> None:
        """Notes that it is in the index, or with `why` that it could not go in."""
        self._move(upload.id, "failed" if why else "done", ("queued", "indexing"), why=why)
        if not why:
            self._clear(upload.id)

    def cancel(self, upload_id: str) -> Upload | None:
        """Forgets an upload that is not yet going into the index, and its file; None where there is no such one."""
        upload = self.get(upload_id)
        with self._database.transaction() as connection:
            gone = connection.execute(
                "DELETE FROM uploads WHERE id = ? AND state NOT IN ('indexing', 'done')", (upload_id,)
            ).rowcount
        if not gone or upload is None:
            return None
        self._clear(upload_id)
        return upload

    def forget(self, upload: Upload) -> None:
        """Clears away the folder of an upload that is cancelled."""
        self._clear(upload.id)

    def clear_old(self) -> None:
        """Clears away what has waited too long, and folders that no upload owns any more."""
        limit = (datetime.now(UTC) - timedelta(days=DAYS_KEPT)).isoformat(timespec="seconds")
        for upload in self.all(("ready", "refused", "failed")):
            if upload.created < limit:
                self.cancel(upload.id)
        known = {upload.id for upload in self.all()}
        with suppress(OSError):
            for folder in self._folder.iterdir():
                # A file that is just coming in is not noted yet.
                if folder.name not in known and time.time() - folder.stat().st_mtime > 86_400:
                    self._clear(folder.name)

    # --- where they lie

    def path(self, upload: Upload) -> Path:
        """The file."""
        return Path(upload.origin) if upload.origin else self.folder(upload.id) / upload.file

    def page(self, upload: Upload) -> Path:
        """The page that shows how it was read."""
        return self.folder(upload.id) / ".page.html"

    def folder(self, upload_id: str) -> Path:
        """The folder of an upload; ValueError for what is no id."""
        if not _ID.fullmatch(upload_id):
            raise ValueError(upload_id)
        return self._folder / upload_id

    def _clear(self, upload_id: str) -> None:
        with suppress(ValueError):
            shutil.rmtree(self.folder(upload_id), ignore_errors=True)

    def _waiting(self) -> tuple[int, int]:
        row = self._database.rows("SELECT count(*) AS count, total(size) AS size FROM uploads WHERE state <> 'done'")[0]
        return int(row["count"]), int(row["size"])

    def _move(
        self, upload_id: str, state: State, before: tuple[State, ...], why: str = "", found: str | None = None
    ) -> bool:
        ended = _now() if state in ("done", "failed", "refused") else None
        with self._database.transaction() as connection:
            return bool(
                connection.execute(
                    "UPDATE uploads SET state = ?, why = ?, found = coalesce(?, found), ended = ? "
                    "WHERE id = ? AND state IN (SELECT value FROM json_each(?))",
                    (state, why, found, ended, upload_id, json.dumps(before)),
                ).rowcount
            )


def _upload(row: sqlite3.Row) -> Upload:
    state = row["state"]
    if state not in get_args(State):
        state = "failed"
    found: Found | None = None
    if row["found"] is not None:
        with suppress(ValueError):
            found = from_json(Found, json.loads(row["found"]))
    return Upload(
        id=row["id"], created=row["created"], user=row["user"], name=row["name"], file=row["file"], size=row["size"],
        sha256=row["sha256"], recognise=bool(row["recognise"]), origin=row["origin"], state=cast(State, state),
        why=row["why"], found=found, job=row["job"], correction=_correction(row["corrected"]),
    )  # fmt: skip


def _plain(correction: Correction | None) -> str | None:
    return json.dumps(to_json(correction), ensure_ascii=False) if correction and correction.fields else None


def _correction(plain: str | None) -> Correction | None:
    if plain is None:
        return None
    with suppress(ValueError, KeyError, BadCorrection):
        found = from_json(Correction, json.loads(plain))
        check(found.fields)
        return found
    return None


def _insert(connection: sqlite3.Connection, upload: Upload) -> None:
    connection.execute(
        "INSERT INTO uploads (id, created, user, name, file, size, sha256, recognise, origin, state) VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            upload.id, upload.created, upload.user, upload.name, upload.file, upload.size, upload.sha256,
            int(upload.recognise), upload.origin, upload.state,
        ),
    )  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
