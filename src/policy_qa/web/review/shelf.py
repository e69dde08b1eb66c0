"""Question sets and runs of an office on disk, below `evaluation` in the folder of its data.

`sets/` has the sets that evaluators uploaded or that are being reviewed, `runs/<id>/` one run each: the set as it was, what
is told of the run in lists (`run.json`), results and report. Names that come from a browser are looked up among those
that are there, never made into paths.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeAlias

from policy_qa.document import to_json
from policy_qa.errors import PolicyQAError, reason
from policy_qa.evaluation.metrics import Figure
from policy_qa.evaluation.questions import BadQuestionSet, load
from policy_qa.evaluation.results import now
from policy_qa.stored import from_json
from policy_qa.web.review import words

LARGEST_SET: Final = 5_000_000
"""Bytes of a question set."""
MOST_SETS: Final = 100
SET_NAME: Final = "questions.jsonl"
"""The set as it was when a run began, in the run's folder."""

State: TypeAlias = Literal["running", "done", "stopped", "failed"]

_RUN_NAME: Final = "run.json"
_ID: Final = re.compile(r"\d{14}-[0-9a-f]{8}")
_SUFFIX: Final = ".jsonl"


class NotOnShelf(PolicyQAError):
    """A question set or run that is not there, or cannot be put there."""


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """A set that can be run. `own` ones are the office's and can be reviewed; others came with the program."""

    name: str
    path: Path
    own: bool


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What lists tell of a run. `done` of `total` questions are asked; `left_out` are about documents that are not there.

    `earlier` is the id of the run that it is compared with, `figures` are the main ones by metric.
    """

    id: str
    name: str
    user: str
    started: str
    total: int
    left_out: int = 0
    earlier: str | None = None
    state: State = "running"
    done: int = 0
    why: str = ""
    figures: Mapping[str, Figure] = field(default_factory=dict)


class Shelf:
    """The sets and runs of one office; `shipped` is a folder of sets that come with the program."""

    def __init__(self, data: Path, shipped: Path | None) -> None:
        self._sets = data / "evaluation" / "sets"
        self._runs = data / "evaluation" / "runs"
        self._shipped = shipped

    # --- sets

    def sets(self) -> list[QuestionSet]:
        """All sets; the office's own hides one of the same name that came with the program. What was rejected is none."""
        own = {path.name: QuestionSet(path.name, path, True) for path in _jsonl(self._sets)}
        shipped = {path.name: QuestionSet(path.name, path, False) for path in _jsonl(self._shipped)}
        return sorted({**shipped, **own}.values(), key=lambda found: found.name)

    def own(self) -> list[QuestionSet]:
        """The office's own sets."""
        return [found for found in self.sets() if found.own]

    def find(self, name: str, *, own: bool = False) -> QuestionSet:
        """The set of this name, one of the office's own where that is asked. Raises NotOnShelf."""
        for found in self.own() if own else self.sets():
            if found.name == name:
                return found
        raise NotOnShelf(words.NO_SUCH_SET)

    def place(self, name: str) -> Path:
        """Where a set of the office's own of this name lies or will lie. Raises NotOnShelf where that cannot be made."""
        try:
            self._sets.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise NotOnShelf(words.NOT_STORED.format(name=name, why=reason(error))) from error
        return self._sets / file_name(name)

    def add(self, name: str, content: bytes) -> tuple[str, int]:
        """Keeps a set that an evaluator calls `name`; gives the name it has here, and how many questions it holds.

        Raises:
            NotOnShelf: it is too large, is none, is there already with other content, or cannot be written.
            BadQuestionSet: it breaks a rule of the format; the sentence names it as the evaluator does, and the line.
        """
        if len(content) > LARGEST_SET:
            raise NotOnShelf(words.TOO_LARGE.format(name=name, limit=LARGEST_SET // 1_000_000))
        if not name.lower().endswith(_SUFFIX):
            raise NotOnShelf(words.NOT_JSONL.format(name=name))
        place = self.place(name)
        try:
            if place.exists():
                if place.read_bytes() != content:
                    raise NotOnShelf(words.THERE_ALREADY.format(name=place.name))
                return place.name, len(load(place))
            if len(self.own()) >= MOST_SETS:
                raise NotOnShelf(words.TOO_MANY.format(count=MOST_SETS))
            return place.name, self._kept(place, name, content)
        except OSError as error:
            raise NotOnShelf(words.NOT_STORED.format(name=name, why=reason(error))) from error

    @staticmethod
    def _kept(place: Path, name: str, content: bytes) -> int:
        """How many questions it holds; nothing is left of one that is no good."""
        unread = place.with_name(f".{secrets.token_hex(8)}.part")
        try:
            unread.write_bytes(content)
            count = len(load(unread))
            unread.replace(place)
        except BadQuestionSet as slip:
            raise BadQuestionSet(str(slip).replace(str(unread), name)) from slip
        finally:
            unread.unlink(missing_ok=True)
        return count

    # --- runs

    def runs(self) -> list[RunRecord]:
        """All runs, the latest first; folders in which no run can be made out are passed over."""
        folders = self._runs.iterdir() if self._runs.is_dir() else ()
        found = (_record(folder) for folder in folders if _ID.fullmatch(folder.name))
        return sorted((record for record in found if record), key=lambda record: record.id, reverse=True)

    def run(self, run_id: str) -> RunRecord:
        """The run with this id. Raises NotOnShelf."""
        found = _record(self.folder(run_id))
        if found is None:
            raise NotOnShelf(words.NO_SUCH_RUN)
        return found

    def folder(self, run_id: str) -> Path:
        """The folder of a run. Raises NotOnShelf where the id is none."""
        if not _ID.fullmatch(run_id):
            raise NotOnShelf(words.NO_SUCH_RUN)
        return self._runs / run_id

    def begin(self, chosen: QuestionSet, user: str, total: int, left_out: int, earlier: str | None) -> RunRecord:
        """Makes the folder of a new run, with the set as it is now. Raises NotOnShelf where it cannot be written."""
        started = now()
        run_id = f"{''.join(c for c in started if c.isdigit())[:14]}-{secrets.token_hex(4)}"
        record = RunRecord(run_id, chosen.name, user, started, total, left_out, earlier)
        try:
            self.folder(run_id).mkdir(parents=True)
            shutil.copyfile(chosen.path, self.folder(run_id) / SET_NAME)
        except OSError as error:
            raise NotOnShelf(words.NOT_STORED.format(name=chosen.name, why=reason(error))) from error
        self.note(record)
        return record

    def note(self, record: RunRecord) -> None:
        """Writes what is told of a run. Raises NotOnShelf where it cannot be written."""
        place = self.folder(record.id) / _RUN_NAME
        unfinished = place.with_name(f"{_RUN_NAME}.part")
        try:
            unfinished.write_text(json.dumps(to_json(record), ensure_ascii=False), encoding="utf-8")
            unfinished.replace(place)
        except OSError as error:
            raise NotOnShelf(words.NOT_STORED.format(name=record.name, why=reason(error))) from error

    def delete(self, run_id: str) -> RunRecord:
        """Removes a run with all that belongs to it. Raises NotOnShelf."""
        record = self.run(run_id)
        try:
            shutil.rmtree(self.folder(run_id))
        except OSError as error:
            raise NotOnShelf(words.NOT_STORED.format(name=record.name, why=reason(error))) from error
        return record


def file_name(name: str) -> str:
    """What a set that someone calls `name` is called here: at home on every file system, and never hidden."""
    from policy_qa.office.documents import safe_name

    stem = name.replace("\\", "/").rsplit("/", 1)[-1]
    return safe_name(stem[: -len(_SUFFIX)] if stem.lower().endswith(_SUFFIX) else stem, _SUFFIX)


def _jsonl(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    found = (path for path in folder.glob(f"*{_SUFFIX}") if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in found if not path.name.endswith(f".rejected{_SUFFIX}"))


def _record(folder: Path) -> RunRecord | None:
    try:
        record = from_json(RunRecord, json.loads((folder / _RUN_NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return None
    return record if record.id == folder.name else None
