"""One run over a question set: what is measured where, asked and written down, a broken run gone on with."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import policy_qa
from policy_qa.evaluation.questions import Question
from policy_qa.evaluation.results import Result, Results, ResultsWriter, Run, by_id, now
from policy_qa.evaluation.runner import SECONDS, System, run

if TYPE_CHECKING:
    from policy_qa.retrieval.index import Index

THREADS: Final = 2
"""Questions asked at a time: what two cores bear, and a chat has to bear, too."""


def head(
    path: Path,
    questions: Sequence[Question],
    index: Index,
    *,
    threads: int = THREADS,
    perturbation: str | None = None,
    model: str | None = None,
    reranker: str | None = None,
) -> Run:
    """What a run over these questions of the set at `path` is, as it stands at the head of its results."""
    manifest = index.manifest
    versions = {
        "policy-qa": policy_qa.__version__,
        "code": code_hash(),
        "python": platform.python_version(),
        "encoder": f"{manifest.encoder} {manifest.fingerprint[:12]}",
    }
    return Run(
        questions=str(path),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        count=len(questions),
        started=now(),
        machine=machine(),
        commit=commit(),
        versions=versions | ({"reranker": reranker} if reranker else {}),
        index=manifest.generation,
        documents={document.key: document.sha256 for document in index.documents()},
        perturbation=perturbation,
        model=model,
        threads=threads,
        digests=tuple(d.key for d in index.documents() if d.metadata.text_kind == "digest"),
    )


def measure(
    system: System,
    questions: Sequence[Question],
    index: Index,
    run_head: Run,
    place: Path,
    *,
    seconds: float = SECONDS,
    progress: Callable[[int, int], None] = lambda done, total: None,
    note: Callable[[str], None] = lambda sentence: None,
) -> Results:
    """Asks every question that a broken run of the same head has not asked yet, and writes each result as it comes.

    `place` is the results file. `progress` gets (done, total); `note` sentences about what was found there.

    Raises:
        BadResults: the results cannot be written.
    """
    with ResultsWriter(place, run_head) as writer:
        if writer.set_aside:
            note(f"Kết quả của lần chạy trước được giữ ở {writer.set_aside}.")
        done = by_id(writer.done)
        results = [done[question.id] for question in questions if question.id in done]
        if results:
            note(f"Chạy tiếp lần chạy dở: đã có {len(results)} trên {len(questions)} câu.")
        progress(len(results), len(questions))
        left = [question for question in questions if question.id not in done]
        for result in run(system, left, index, threads=run_head.threads, seconds=seconds):
            writer.add(result)
            results.append(result)
            progress(len(results), len(questions))
        writer.end()
    return Results(writer.run, _in_order(results, questions), now())


def _in_order(results: Sequence[Result], questions: Sequence[Question]) -> tuple[Result, ...]:
    place = {question.id: n for n, question in enumerate(questions)}
    return tuple(sorted(results, key=lambda result: place[result.question.id]))


def machine() -> str:
    """The machine, so far as times depend on it, and nothing by which it could be known."""
    import psutil

    memory = psutil.virtual_memory().total / 2**30
    return f"{platform.system()} {platform.machine()}, {psutil.cpu_count() or 1} CPU, {memory:.0f} GiB"


@cache
def commit() -> str | None:
    """The commit of the clone that the program runs from, with `-dirty` where files differ from it; None outside one."""
    git, folder = shutil.which("git"), Path(policy_qa.__file__).parent
    if git is None:
        return None
    command = [git, "-C", str(folder), "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603 - our own
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None if done.returncode == 0 else None


@cache
def code_hash() -> str:
    """A hash of the program's own files but the weights of the encoder: results of other code are another run's."""
    folder = Path(policy_qa.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and "__pycache__" not in name and not name.startswith("data/encoder/"):
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:12]
