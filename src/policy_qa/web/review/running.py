"""Runs of question sets in the background of the server: one at a time, asking one question after another.

The set is asked of the very assistant that answers the chat. What a run has asked stays when it is stopped or the server
is: it goes on where it was.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from policy_qa.errors import PolicyQAError
from policy_qa.evaluation.bench import head, measure
from policy_qa.evaluation.compare import Comparison, compare
from policy_qa.evaluation.metrics import Figure, figures
from policy_qa.evaluation.page import REPORT_NAME, write_page
from policy_qa.evaluation.questions import BadQuestionSet, Question, load_lines
from policy_qa.evaluation.results import RESULTS_NAME, BadResults, Results, read_results
from policy_qa.evaluation.sources import askable
from policy_qa.office.audit import Audit
from policy_qa.office.database import Database
from policy_qa.retrieval.index import Index
from policy_qa.settings import clone_root
from policy_qa.web.desk import Answering, Desk
from policy_qa.web.review import words
from policy_qa.web.review.shelf import SET_NAME, NotOnShelf, RunRecord, Shelf
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

logger = logging.getLogger(__name__)

SHOWN: Final = ("cited", "precision", "refused", "wrongly_refused")
"""The figures that the list of runs keeps."""


@dataclass(frozen=True, slots=True)
class Far:
    """How far the run under way is; `stopping` once it has been told to stop, `writing` while the report is made."""

    record: RunRecord
    done: int
    stopping: bool = False
    writing: bool = False


_OPENED: WeakKeyDictionary[Database, Runs] = WeakKeyDictionary()
_OPENING = threading.Lock()


def runs_of(services: Services) -> Runs:
    """The one `Runs` of an office: the page and the routes share it."""
    with _OPENING:
        found = _OPENED.get(services.database)
        if found is None:
            root = clone_root()
            shelf = Shelf(services.folders.data, root / "evals" if root else None)
            model = services.model.name if services.model else None
            found = _OPENED[services.database] = Runs(services.desk, shelf, services.audit, model)
        return found


class _Stopped(Exception):
    """Someone stopped the run."""


class Runs:
    """The runs of one office; may be used from any thread."""

    def __init__(self, desk: Desk, shelf: Shelf, audit: Audit, model: str | None = None) -> None:
        self.shelf = shelf
        self._desk, self._audit, self._model = desk, audit, model
        self._lock = threading.Lock()
        self._far: Far | None = None

    @property
    def far(self) -> Far | None:
        """The run under way; None where there is none."""
        return self._far

    def all(self) -> list[RunRecord]:
        """All runs but the one under way, the latest first; one that a restart of the server cut off counts as stopped."""
        far = self._far
        found = (record for record in self.shelf.runs() if far is None or record.id != far.record.id)
        return [self._cut_off(record) if record.state == "running" else record for record in found]

    def _cut_off(self, record: RunRecord) -> RunRecord:
        results = self.shelf.folder(record.id) / RESULTS_NAME
        asked = results.read_bytes().count(b"\n") - 1 if results.is_file() else 0  # the first line is the head
        return replace(record, state="stopped", done=max(asked, 0))

    def start(self, who: Presence, name: str, earlier: str | None = None) -> RunRecord:
        """Begins a run of the set `name`, to be compared with the run `earlier`.

        Raises:
            NotOnShelf: there is no such set or run, another run is under way, or nothing can be written.
            BadQuestionSet: the set breaks a rule, is for another version of a document, or has gold that is not there.
            PolicyQAError: the index cannot be opened.
        """
        chosen = self.shelf.find(name)
        if earlier is not None and self.shelf.run(earlier).state != "done":
            raise NotOnShelf(words.OTHER_SET)
        with self._desk.assistant() as assistant:
            asked, left_out = _fitting(chosen.path, chosen.name, assistant.index)
        with self._lock:
            self._refuse_second()
            record = self.shelf.begin(chosen, who.user.name, len(asked), left_out, earlier)
            self._begin(record, who)
        return record

    def go_on(self, who: Presence, run_id: str) -> RunRecord:
        """Takes up a run that was stopped. Raises as `start`."""
        with self._lock:
            self._refuse_second()
            record = self.shelf.run(run_id)
            if record.state == "done":
                raise NotOnShelf(words.DONE_ALREADY)
            record = replace(record, state="running", why="")
            self._begin(record, who)
        return record

    def stop(self) -> None:
        """Stops the run under way after the question that is being asked."""
        with self._lock:
            if self._far is not None:
                self._far = replace(self._far, stopping=True)

    def delete(self, run_id: str, who: Presence) -> None:
        """Removes a run that is not under way. Raises NotOnShelf."""
        with self._lock:
            if self._far is not None and self._far.record.id == run_id:
                raise NotOnShelf(words.ONE_AT_A_TIME.format(name=self._far.record.name))
            record = self.shelf.delete(run_id)
        self._audit.record(who.user.name, "deleted", who.address, file=record.name, run=record.id)

    def _refuse_second(self) -> None:
        if self._far is not None:
            raise NotOnShelf(words.ONE_AT_A_TIME.format(name=self._far.record.name))

    def _begin(self, record: RunRecord, who: Presence) -> None:
        self._far = Far(record, record.done)
        self._audit.record(who.user.name, "ran", who.address, file=record.name, run=record.id, questions=record.total)
        threading.Thread(target=self._work, args=(record,), name="policy-qa-run", daemon=True).start()

    # --- in the thread

    def _work(self, record: RunRecord) -> None:
        """Carries a run through, and notes what came of it, whatever that is."""
        try:
            ended = self._carried_through(record)
        except _Stopped:
            ended = replace(record, state="stopped", done=self._done())
        except PolicyQAError as error:
            ended = replace(record, state="failed", done=self._done(), why=str(error))
        except Exception as error:
            logger.exception("unforeseen in a run")
            why = words.UNFORESEEN.format(name=type(error).__name__)
            ended = replace(record, state="failed", done=self._done(), why=why)
        try:
            self.shelf.note(ended)
        except PolicyQAError:
            logger.exception("what came of a run cannot be noted")
        finally:
            self._far = None

    def _carried_through(self, record: RunRecord) -> RunRecord:
        folder = self.shelf.folder(record.id)
        path = folder / SET_NAME
        with self._desk.assistant() as assistant:
            asked, left_out = _questions(path, record.name, assistant.index)
            record = replace(record, total=len(asked), left_out=left_out)
            results = self._measured(assistant, asked, record, folder)
        with self._lock:
            self._far = Far(record, len(asked), writing=True)
        measured = figures(results.results)
        write_page(results, folder / REPORT_NAME, self._compared(results, record))
        return replace(record, state="done", done=len(asked), figures=_shown(measured))

    def _measured(self, assistant: Answering, asked: Sequence[Question], record: RunRecord, folder: Path) -> Results:
        run_head = replace(
            head(folder / SET_NAME, asked, assistant.index, threads=1, model=self._model), questions=record.name
        )
        return measure(
            assistant, asked, assistant.index, run_head, folder / RESULTS_NAME,
            progress=lambda done, total: self._told(record, done),
        )  # fmt: skip

    def _told(self, record: RunRecord, done: int) -> None:
        """Notes how far the run is. Raises _Stopped where it is to stop."""
        with self._lock:
            stopping = self._far is not None and self._far.stopping
            self._far = Far(record, done, stopping)
        if stopping:
            raise _Stopped

    def _done(self) -> int:
        return self._far.done if self._far else 0

    def _compared(self, results: Results, record: RunRecord) -> Comparison | None:
        """None where the earlier run is gone or can no longer be read."""
        if record.earlier is None:
            return None
        try:
            return compare(results.results, read_results(self.shelf.folder(record.earlier) / RESULTS_NAME).results)
        except (BadResults, NotOnShelf):
            return None


def _fitting(path: Path, name: str, index: Index) -> tuple[list[Question], int]:
    """The questions that can be asked of the index, and how many cannot. Raises as `Runs.start`."""
    asked, left_out = _questions(path, name, index)
    if not asked:
        raise NotOnShelf(words.NOTHING_TO_ASK.format(name=name))
    return asked, left_out


def _questions(path: Path, name: str, index: Index) -> tuple[list[Question], int]:
    try:
        asked, left_out = askable(path, load_lines(path), index)
    except BadQuestionSet as slip:
        raise BadQuestionSet(str(slip).replace(str(path), name)) from slip
    return asked, len(left_out)


def _shown(measured: dict[str, Figure]) -> dict[str, Figure]:
    return {name: measured[name] for name in SHOWN if name in measured}
