"""A second look at drafts: accepted, edited or rejected one by one, each decision written before the next is made.

A file under review is a question set, or one in the making: its lines are questions as in a set, and thumbs-down of the chat
that have no gold yet. The latter bear a field `feedback`, which no set may have, so that what nobody has reviewed is never
measured. What is rejected goes to a file beside it, and nothing is thrown away.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from policy_qa.document import JSON
from policy_qa.errors import PolicyQAError, reason
from policy_qa.evaluation.questions import Question, as_line, read_line

FEEDBACK: Final = "feedback"
"""The field with what a user complained of."""
EDITABLE: Final = ("question", "kind", "style", "gold", "key_facts", "unanswerable", "reason")
"""The fields that a reviewer may change."""
_STAND_IN: Final = "?#điều=0"
"""Gold in the place of what a complaint has not got yet, so that the rest of the line can be checked."""


class BadReview(PolicyQAError):
    """A file that cannot be reviewed, or a decision that cannot be taken on a line as it stands."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a thumb-down tells: the provisions cited, the words of the answer, the user's comment, when (ISO, UTC)."""

    cited: tuple[str, ...]
    answer: str
    comment: str
    created: str


@dataclass(frozen=True, slots=True)
class Item:
    """One line under review.

    `question` is None where the line is not a whole question yet, `flaw` then says in Vietnamese what it lacks.
    """

    record: Mapping[str, JSON]
    question: Question | None
    flaw: str | None

    @property
    def id(self) -> str:
        """The id of the question."""
        return str(self.record.get("id", ""))

    @property
    def words(self) -> str:
        """The question as it is asked."""
        return str(self.record.get("question", ""))

    @property
    def is_pending(self) -> bool:
        """Whether nobody has decided on it yet."""
        return self.record.get("state") == "draft"

    @property
    def gold(self) -> tuple[tuple[str, ...], ...]:
        """The groups of gold, as far as they are there."""
        groups = self.record.get("gold")
        return tuple(tuple(map(str, group)) for group in groups) if isinstance(groups, list) else ()

    @property
    def complaint(self) -> Complaint | None:
        """What the user complained of, where the line comes from the chat."""
        said = self.record.get(FEEDBACK)
        if not isinstance(said, Mapping):
            return None
        cited = said.get("cited")
        listed = tuple(map(str, cited)) if isinstance(cited, list) else ()
        return Complaint(listed, *(str(said.get(name) or "") for name in ("answer", "comment", "created")))


class Review:
    """The review of one file. May be shared by threads; every decision reads the file anew, and replaces it whole."""

    def __init__(self, path: Path) -> None:
        """Opens the file at `path`; raises BadReview where it cannot be read."""
        self.path = path
        self.rejected = rejected_beside(path)
        self._lock = threading.Lock()
        self.items()

    def items(self) -> list[Item]:
        """All lines in their order; raises BadReview where the file cannot be read, or a line is no JSON object."""
        return [_item(record) for record in self._read()]

    def pending(self) -> list[Item]:
        """The lines that nobody has decided on, in their order; raises BadReview."""
        return [item for item in self.items() if item.is_pending]

    def accept(self, item_id: str) -> Question:
        """Marks a question as reviewed, and gives it.

        Raises:
            BadReview: the question is not whole (no gold, say), is not there, or the file cannot be written.
        """
        item = self._change(item_id, {}, accepted=True)
        if item.question is None:
            raise BadReview(f"{self.path}: câu {item_id} chưa dùng được: {item.flaw}")
        return item.question

    def edit(self, item_id: str, changes: Mapping[str, JSON]) -> Item:
        """Changes fields of `EDITABLE`; the question stays a draft, and a complaint may stay without gold.

        Raises:
            BadReview: what comes out breaks a rule of the format (the sentence says which), or see `accept`.
        """
        return self._change(item_id, changes, accepted=False)

    def reject(self, item_id: str) -> None:
        """Moves a question to the file of the rejected; raises BadReview."""
        with self._lock:
            records = self._read()
            at = self._place(records, item_id)
            # First where it goes, then where it leaves: when that is broken off, it stands in both, not in neither.
            self._append(records[at])
            self._write([*records[:at], *records[at + 1 :]])

    def _change(self, item_id: str, changes: Mapping[str, JSON], *, accepted: bool) -> Item:
        if unknown := sorted(changes.keys() - set(EDITABLE)):
            raise BadReview(f"{self.path}: không sửa được trường {', '.join(unknown)} khi duyệt.")
        with self._lock:
            records = self._read()
            at = self._place(records, item_id)
            changed = {name: value for name, value in {**records[at], **changes}.items() if name != FEEDBACK}
            changed["state"] = "reviewed" if accepted else "draft"
            unfinished = FEEDBACK in records[at] and not accepted
            if unfinished and not changed.get("gold") and not changed.get("unanswerable"):
                self._checked({**changed, "gold": [[_STAND_IN]]}, records, at)
                records[at] = {**changed, FEEDBACK: records[at][FEEDBACK]}
            else:
                kept = {FEEDBACK: records[at][FEEDBACK]} if unfinished else {}
                records[at] = {**as_line(self._checked(changed, records, at)), **kept}
            self._write(records)
            return _item(records[at])

    def _checked(self, record: Mapping[str, JSON], records: Sequence[Mapping[str, JSON]], at: int) -> Question:
        """The question of a changed line; raises BadReview where it breaks a rule or repeats another question."""
        try:
            question = read_line(json.dumps(record, ensure_ascii=False))
        except ValueError as slip:
            raise BadReview(f"{self.path}: câu {record.get('id')} chưa dùng được: {slip}") from slip
        asked = question.question.casefold()
        for other in (*records[:at], *records[at + 1 :]):
            if str(other.get("question", "")).casefold() == asked:
                raise BadReview(
                    f"{self.path}: câu này trùng với câu {other.get('id')}; hãy sửa câu chữ hoặc loại một trong hai."
                )
        return question

    def _place(self, records: Sequence[Mapping[str, JSON]], item_id: str) -> int:
        for at, record in enumerate(records):
            if record.get("id") == item_id:
                return at
        raise BadReview(f"{self.path}: không còn câu {item_id}; có thể câu đã được duyệt ở nơi khác, hãy mở lại tệp.")

    # --- the file

    def _read(self) -> list[Mapping[str, JSON]]:
        try:
            lines = self.path.read_text(encoding="utf-8-sig").split("\n")
        except OSError as error:
            raise BadReview(f"{self.path}: không mở được tệp ({reason(error)}); hãy kiểm tra đường dẫn.") from error
        except UnicodeDecodeError as error:
            raise BadReview(f"{self.path}: tệp không phải UTF-8; hãy lưu lại tệp với bảng mã UTF-8.") from error
        return list(self._records(lines))

    def _records(self, lines: Sequence[str]) -> Iterator[Mapping[str, JSON]]:
        seen: set[str] = set()
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                record = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise BadReview(f"{self.path}:{number}: không phải JSON; hãy sửa dòng này rồi mở lại.") from error
            if not isinstance(record, dict) or not isinstance(record.get("id"), str) or record["id"] in seen:
                raise BadReview(
                    f"{self.path}:{number}: mỗi dòng phải là một đối tượng JSON có id riêng; hãy sửa dòng này."
                )
            seen.add(record["id"])
            yield record

    def _write(self, records: Sequence[Mapping[str, JSON]]) -> None:
        """Replaces the file whole or not at all."""
        write_lines(records, self.path)

    def _append(self, record: Mapping[str, JSON]) -> None:
        try:
            with self.rejected.open("ab") as file:
                file.write(_line(record).encode("utf-8", "backslashreplace"))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _unwritable(self.rejected, error) from error


def add_drafts(path: Path, lines: Sequence[Mapping[str, JSON]]) -> int:
    """Adds drafts to the file at `path`, which need not be there yet, and gives how many were new.

    What is there already, by id or by question, or was rejected there before, is passed over.

    Raises:
        BadReview: the file is there but cannot be read, or cannot be written.
    """
    there = [item.record for item in Review(path).items()] if path.exists() else []
    known = [*there, *_rejected_before(rejected_beside(path))]
    ids = {record.get("id") for record in known}
    questions = {str(record.get("question")).casefold() for record in known}
    new = [line for line in lines if line["id"] not in ids and str(line["question"]).casefold() not in questions]
    if new:
        write_lines([*there, *new], path)
    return len(new)


def rejected_beside(path: Path) -> Path:
    """Where the questions go that are rejected from the file at `path`."""
    return path.with_name(f"{path.stem}.rejected.jsonl")


def _rejected_before(path: Path) -> Iterator[Mapping[str, JSON]]:
    """What stands in a file of rejected questions; a decision that was broken off may have left a line twice or torn."""
    try:
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    except OSError:
        return
    for line in lines:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict):
            yield record


def write_lines(records: Sequence[Mapping[str, JSON]], path: Path) -> None:
    """Writes the lines of a set, or of one in the making, whole or not at all.

    Raises:
        BadReview: the file cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("wb") as file:
            file.writelines(_line(record).encode("utf-8", "backslashreplace") for record in records)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        unfinished.unlink(missing_ok=True)


def _line(record: Mapping[str, JSON]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _unwritable(path: Path, error: OSError) -> BadReview:
    return BadReview(f"{path}: không ghi được ({reason(error)}); hãy kiểm tra quyền ghi và chỗ trống rồi duyệt tiếp.")


def _item(record: Mapping[str, JSON]) -> Item:
    names = {field.name for field in fields(Question)}
    try:
        question = read_line(json.dumps({k: v for k, v in record.items() if k in names}, ensure_ascii=False))
    except ValueError as slip:
        return Item(record, None, str(slip))
    return Item(record, question, None)
