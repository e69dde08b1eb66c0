"""What was measured, written down as it comes: everything needed to look again without asking again.

A results file is JSON Lines: first `{"run": …}`, then `{"result": …}` for every question in the order in which they were
answered, at last `{"end": …}`. A run that was killed leaves a file without an end, which the next run with the same head goes on with.
"""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from policy_qa.answer import Answer
from policy_qa.document import JSON, to_json
from policy_qa.errors import PolicyQAError, reason
from policy_qa.evaluation.questions import Question
from policy_qa.stored import from_json

RESULTS_NAME = "results.jsonl"
"""The name of the results in the folder of a run."""


class BadResults(PolicyQAError):
    """A results file that cannot be read or written; the sentence begins with the file."""


@dataclass(frozen=True, slots=True)
class Support:
    """Whether what a statement cites holds what it claims, found by our grounding checks and not by the system itself.

    `score`, 0 to 1, is the share of the claims that the cited provisions hold; `why` is one Vietnamese sentence where they
    do not hold all. `needed` says of each of the statement's citations whether it bears the statement: it supports it
    alone, or the others no longer do without it.
    """

    supported: bool
    score: float
    needed: tuple[bool, ...]
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """One question with what the system made of it.

    `answer` is None when the question failed, with `error` saying how. `ranked` are the ids of the provisions found, best
    first, each once. `verbatim` says of each citation whether its quote stands in the provision that it names, `support`
    of each statement whether its citations hold it. `probability`, 0 to 1, is how likely the index answers the question.
    `texts` has the words of the provisions that are gold or cited, by id; long ones are cut.
    """

    question: Question
    answer: Answer | None
    ranked: tuple[str, ...]
    verbatim: tuple[bool, ...]
    milliseconds: float
    error: str | None = None
    probability: float | None = None
    support: tuple[Support, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of the provisions cited, in order, each once."""
        citations = self.answer.citations if self.answer else ()
        return tuple(dict.fromkeys(f"{c.key}#{c.address}" for c in citations))

    @property
    def refused(self) -> bool:
        """Whether the assistant said that the documents do not answer; a failure is no refusal."""
        return self.answer is not None and self.answer.status == "not_found"


@dataclass(frozen=True, slots=True)
class Run:
    """What was asked, when, where, and of what: the head of a results file.

    `questions` is the path of the set, `sha256` that of its bytes, `count` how many of its questions are asked. `started`
    is ISO 8601 in UTC; `versions` are those of policy-qa, its code, Python and the encoder; `documents` maps the keys of
    the index's documents to the SHA-256 of their files, `digests` are the keys of our own summaries. `perturbation` names
    how the questions were changed; `threads` is how many questions were asked at a time.
    """

    questions: str
    sha256: str
    count: int
    started: str
    machine: str
    commit: str | None
    versions: Mapping[str, str]
    index: str
    documents: Mapping[str, str]
    perturbation: str | None = None
    model: str | None = None
    threads: int = 1
    digests: tuple[str, ...] = ()

    def continues(self, other: Run) -> bool:
        """Whether results of both may stand in one file: the same questions asked of the same system."""
        same = ("sha256", "count", "versions", "index", "documents", "perturbation", "model", "threads")
        return all(getattr(self, name) == getattr(other, name) for name in same)


@dataclass(frozen=True, slots=True)
class Results:
    """A results file: its head, its results as they came, and when the run ended (None: it was broken off)."""

    run: Run
    results: tuple[Result, ...]
    ended: str | None = None


def now() -> str:
    """The time as it stands in results: ISO 8601, UTC, whole seconds."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def results_file(place: Path) -> Path:
    """The results file at `place`: the file itself, or the one in this folder of a run."""
    return place / RESULTS_NAME if place.is_dir() else place


def read_results(place: Path) -> Results:
    """The results in a file, or in the folder of a run; a last line that was torn off when the run was killed is left out.

    Raises:
        BadResults: there are none, or a line is not of the form.
    """
    path = results_file(place)
    results, _ = _read(path)
    return results


def by_id(results: Sequence[Result]) -> dict[str, Result]:
    """The results by the id of their question."""
    return {result.question.id: result for result in results}


class ResultsWriter:
    """Writes results as they come, each line at once; `done` are those that an earlier, broken run has left there."""

    def __init__(self, path: Path, run: Run) -> None:
        """Opens `path`, going on with what a broken run of the same head left there; other results are set aside.

        Raises:
            BadResults: the file cannot be written, or what is there is no results file.
        """
        self.path, self.run = path, run
        self.done: tuple[Result, ...] = ()
        self.set_aside: Path | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            size = self._take_up()
            self._file = path.open("ab")
            self._file.truncate(size)
        except OSError as error:
            raise _unwritable(path, error) from error
        if not size:
            self._write({"run": to_json(run)})

    def _take_up(self) -> int:
        """How many bytes of the file are kept."""
        if not self.path.exists() or not self.path.stat().st_size:
            return 0
        try:
            found, size = _read(self.path)
        except _Headless:
            return 0  # killed before its first line was whole
        if found.ended is None and self.run.continues(found.run):
            self.run, self.done = found.run, found.results
            return size
        self.set_aside = _free_name(self.path, found.run.started)
        self.path.rename(self.set_aside)
        return 0

    def add(self, result: Result) -> None:
        """Writes one result; it is on its way to the disk when this returns."""
        self._write({"result": to_json(result)})

    def end(self) -> None:
        """Says that all questions were asked."""
        self._write({"end": {"at": now()}})

    def _write(self, line: Mapping[str, JSON]) -> None:
        try:
            self._file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
            self._file.flush()
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            os.fsync(self._file.fileno())
        finally:
            self._file.close()


class _Headless(BadResults):
    """A file without one whole line."""


def _read(path: Path) -> tuple[Results, int]:
    """The results of a file, and how many of its bytes are whole lines before the end of the run."""
    run: Run | None = None
    results: list[Result] = []
    ended: str | None = None
    size = 0
    for number, (line, raw) in enumerate(_lines(path), start=1):
        size += len(raw)
        try:
            what, value = _one_item(line)
            if run is None:
                run = from_json(Run, value) if what == "run" else None
                if run is None:
                    raise ValueError("dòng đầu của tệp kết quả phải là run")
            elif what == "result":
                results.append(from_json(Result, value))
            elif what == "end" and isinstance(value, Mapping):
                ended = str(value.get("at"))
            else:
                raise ValueError(f"không rõ dòng {what!r}")
        except (ValueError, RecursionError) as slip:
            raise BadResults(
                f"{path}:{number}: đây không phải tệp kết quả đánh giá đọc được ({slip!s:.200})."
            ) from slip
    if run is None:
        raise _Headless(f"{path}: tệp kết quả trống; hãy chạy lại `policy-qa eval run`.")
    return Results(run, tuple(results), ended), size


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    """The whole lines of the file, as text and as bytes."""
    try:
        with path.open("rb") as file:
            for raw in file:
                if raw.endswith(b"\n"):
                    yield raw.decode("utf-8"), raw
    except UnicodeDecodeError as error:
        raise BadResults(f"{path}: tệp kết quả không phải UTF-8; hãy chạy lại `policy-qa eval run`.") from error
    except OSError as error:
        raise BadResults(
            f"{path}: không mở được tệp kết quả ({reason(error)}); hãy kiểm tra đường dẫn, hoặc chạy `policy-qa eval run` trước."
        ) from error


def _one_item(line: str) -> tuple[str, JSON]:
    value: JSON = json.loads(line)
    if not isinstance(value, Mapping) or len(value) != 1:
        raise ValueError("mỗi dòng phải là một đối tượng JSON có đúng một trường")
    return next(iter(value.items()))


def _free_name(path: Path, started: str) -> Path:
    """A name beside `path` that tells when its run started and is not taken."""
    stem = f"{path.stem}-{''.join(c for c in started if c.isdigit())[:14]}"
    names = (path.with_name(f"{stem}{f'-{n}' if n else ''}{path.suffix}") for n in range(10_000))
    return next(name for name in names if not name.exists())


def _unwritable(path: Path, error: OSError) -> BadResults:
    return BadResults(
        f"{path}: không ghi được kết quả ({reason(error)}); hãy kiểm tra quyền ghi và chỗ trống, hoặc chọn thư mục khác bằng --report."
    )
