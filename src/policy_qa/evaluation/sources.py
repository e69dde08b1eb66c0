"""Which files a question set is about: put into an index, or found to be missing from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.corpus import digest_files
from policy_qa.evaluation.questions import BadQuestionSet, NeededFile, Question, split_id

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
    """The questions whose files and documents the index holds, files in the very version asked for, and those left out."""
    held = {document.sha256 for document in index.documents()}
    asked: list[Question] = []
    left_out: list[Question] = []
    for question in questions:
        is_there = all(file.sha256 in held for file in question.files)
        is_there = is_there and all(index.document(version.key) for version in question.versions)
        (asked if is_there else left_out).append(question)
    return asked, left_out


def other_version(question: Question, index: Index) -> str | None:
    """Why the question cannot be asked of this index: it was written for another version of a document; None if it can."""
    for version in question.versions:
        record = index.document(version.key)
        if record is not None and record.sha256 != version.sha256:
            return (
                f"câu hỏi viết cho một phiên bản khác của {version.key}: SHA-256 trong bộ câu hỏi là "
                f"{version.sha256[:12]}…, trong chỉ mục là {record.sha256[:12]}…; hãy xem lại câu hỏi theo bản mới."
            )
    return None


def unknown_gold(question: Question, index: Index) -> Iterator[str]:
    """A sentence for each gold provision that the index does not have."""
    for provision in sorted(question.gold_ids):
        key, address = split_id(provision)
        if index.document(key) is None:
            yield f"chỉ mục không có văn bản {key}; hãy sửa mã điều khoản, hoặc nạp văn bản này trước."
        elif index.provision(key, address) is None:
            yield f"văn bản {key} không có điều khoản {address}; hãy sửa mã điều khoản này."


def askable(path: Path, lines: Sequence[tuple[int, Question]], index: Index) -> tuple[list[Question], list[Question]]:
    """As `split`, for the set at `path`: its questions by the number of their line.

    Raises:
        BadQuestionSet: a question was written for another version of a document, or one that would be asked has gold that
            is not there: nobody could answer it, and the figures would tell of the set and not of the system.
    """
    asked, left_out = split([question for _, question in lines], index)
    missing = set(left_out)
    for number, question in lines:
        why = other_version(question, index)
        if why is None and question not in missing:
            why = next(unknown_gold(question, index), None)
        if why:
            raise BadQuestionSet(f"{path}:{number}: {why}")
    return asked, left_out
