"""The audit log: who did what, when, from where; JSON lines in `audit.log`, to which is only ever added.

Each record is one line, written and handed to the system at once. A file that has grown full is put aside as
`audit.log.1`, the earlier ones move up, and the oldest goes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import re
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal, TypeAlias

from policy_qa.reading.invisible import RANGES

logger = logging.getLogger(__name__)

FILE_NAME = "audit.log"
LARGEST_FILE = 10_000_000
FILES_KEPT = 20
LONGEST_DETAIL = 4_000
MOST_ITEMS, LONGEST_ITEM = 50, 200
"""Of a list, the keys of documents: without a limit one question could write what a thousand do."""
_HIDDEN = re.compile(rf"[{RANGES}\x7f-\x9f\u2028\u2029\ud800-\udfff]")

Event: TypeAlias = Literal[
    "login", "login failed", "logout", "refused",
    "asked", "opened", "exported", "deleted", "feedback",
    "uploaded", "corrected", "added", "replaced", "removed", "indexed",
    "ran", "reviewed",
    "user added", "user removed", "user changed", "password changed", "token made", "tokens revoked",
    "backup", "restored", "started", "stopped",
]  # fmt: skip
"""What is recorded. The details say what of: a question, the key of a document, the name of a file."""

Detail: TypeAlias = str | int | float | bool | list[str] | None


class Audit:
    """The audit log of one office.

    Args:
        folder: of the office's data.
        questions: "full" writes what was asked, "hash" only its SHA-256.
        now: the clock; its time is written with the zone.
    """

    def __init__(
        self,
        folder: Path,
        questions: Literal["full", "hash"] = "full",
        largest: int = LARGEST_FILE,
        kept: int = FILES_KEPT,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        self.path = folder / FILE_NAME
        self._questions, self._largest, self._kept, self._now = questions, largest, kept, now
        self._lock = threading.Lock()

    def record(self, who: str, what: Event, address: str = "", **details: Detail) -> None:
        """Adds one record. `who` is the user's name ("" without users), `question` among the details is a question.

        Where the disk is full or forbidden, the record goes to the server's log instead: an office that cannot write
        its log can still read its documents.
        """
        if self._questions == "hash" and "question" in details:
            question = str(details.pop("question"))
            details["question_sha256"] = hashlib.sha256(question.encode("utf-8", "surrogatepass")).hexdigest()
        shortened = {name: _short(value) for name, value in details.items()}
        entry = {
            "when": self._now().isoformat(timespec="milliseconds"),
            "who": who[:100],
            "what": what,
            "from": address[:100],
        }
        # JSON escapes line feeds; what else breaks lines, turns words or prints nothing is escaped, too: no question forges a line.
        line = _HIDDEN.sub(_escaped, json.dumps({**entry, **shortened}, ensure_ascii=False)) + "\n"
        with self._lock:
            try:
                self._rotate()
                with self.path.open("a", encoding="utf-8", newline="\n") as file:
                    file.write(line)
            except OSError:
                logger.exception("the audit log cannot be written: %s", line.rstrip())

    def _rotate(self) -> None:
        try:
            if self.path.stat().st_size < self._largest:
                return
        except FileNotFoundError:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.touch(mode=0o600)
            return
        files = [self.path, *(self.path.with_name(f"{FILE_NAME}.{n}") for n in range(1, self._kept))]
        # On Windows a file that another program reads cannot be moved: the next record tries again.
        with contextlib.suppress(OSError):
            for older, newer in zip(reversed(files), reversed(files[:-1]), strict=False):
                if newer.exists():
                    newer.replace(older)


def _escaped(character: re.Match[str]) -> str:
    units = character[0].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _short(value: Detail) -> Detail:
    if isinstance(value, str):
        return value[:LONGEST_DETAIL]
    if not isinstance(value, list):
        return value
    left_out = [f"… +{len(value) - MOST_ITEMS}"] if len(value) > MOST_ITEMS else []
    return [item[:LONGEST_ITEM] for item in value[:MOST_ITEMS]] + left_out
