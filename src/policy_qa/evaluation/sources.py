"""Which files a question set is about: put into an index, or found to be missing from it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.corpus import digest_files
from policy_qa.evaluation.questions import NeededFile, Question

if TYPE_CHECKING:
    from policy_qa.retrieval.encoder import Encoder
    from policy_qa.retrieval.index import Index


def needed_files(questions: Sequence[Question]) -> list[NeededFile]:
    """The files that the questions are about, each once, in the order of the questions."""
    return list(dict.fromkeys(file for question in questions for file in question.files))


def index_sources(questions: Sequence[Question], data: Path, digests: Path, index_dir: Path, encoder: Encoder) -> None:
    """Brings the index in `index_dir` up to date with the folder `digests` and the files of `data` that are needed.

    Files that are not there are left out; `split` then leaves out their questions. What an office keeps beside the
    shipped digests stays out, so that the figures are the same everywhere.

    Raises:
        BuildFailed: another build is running, the disk is full, or there are no rights.
    """
    from policy_qa.loading import Loader
    from policy_qa.retrieval.index import build_index

    files = [data / file.path for file in needed_files(questions)]
    sources = [*digest_files(digests), *(file for file in files if file.is_file())]
    with Loader() as loader:
        build_index(sources, index_dir, encoder, load=loader.load)


def split(questions: Sequence[Question], index: Index) -> tuple[list[Question], list[Question]]:
    """The questions whose files the index holds, in the very version they were written for, and those left out."""
    held = {document.sha256 for document in index.documents()}
    asked: list[Question] = []
    left_out: list[Question] = []
    for question in questions:
        (asked if all(file.sha256 in held for file in question.files) else left_out).append(question)
    return asked, left_out
