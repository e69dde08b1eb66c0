"""Files of questions: one JSON object a line, answered in order, one answer a line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.cli.console import reason, unforeseen
from policy_qa.errors import BadQuestion, PolicyQAError

if TYPE_CHECKING:
    from collections.abc import Callable

    from policy_qa.answer import Answer
    from policy_qa.document import JSON

    Ask = Callable[[str, tuple[str, ...]], Answer]

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file of questions: a question with its documents, or what is wrong with the line."""

    question: str | None
    documents: tuple[str, ...] = ()
    error: str | None = None


def read_lines(path: str) -> Iterator[bytes]:
    """All lines of the file at `path` (`-`: standard input), empty ones too; BadQuestion where it cannot be opened."""
    if path == STDIN:
        yield from _without_mark(sys.stdin.buffer)
        return
    try:
        with Path(path).open("rb") as file:
            yield from _without_mark(file)
    except OSError as error:
        raise BadQuestion(
            f"Không mở được tệp câu hỏi {path} ({reason(error)}). Kiểm tra đường dẫn và quyền đọc rồi chạy lại."
        ) from error


def read_line(raw: bytes, number: int) -> Line:
    """Reads one line (counted from 1); never raises: what is wrong stands in `error`."""
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Line(None, error=f"Dòng {number} không phải UTF-8. Lưu lại tệp với mã UTF-8.")
    except (ValueError, RecursionError):
        return Line(None, error=f"Dòng {number} không phải JSON hợp lệ. Mỗi dòng là một đối tượng có trường question.")
    question = value.get("question") if isinstance(value, dict) else None
    if not isinstance(question, str):
        return Line(None, error=f'Dòng {number} không có câu hỏi. Cần một đối tượng như {{"question": "…"}}.')
    documents = _documents(value.get("document"))
    if documents is None:
        return Line(question, error=f"Trường document ở dòng {number} phải là chuỗi SỐ hoặc SỐ@NGÀY.")
    return Line(question, documents)


def answers(lines: Iterable[bytes], ask: Ask, documents: tuple[str, ...] = ()) -> Iterator[Answer | Line]:
    """The answers in order; a `Line` with its error stands for a line that has none. Empty lines are passed over.

    `documents` narrows the lines that do not name a document themselves.
    """
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        line = read_line(raw, number)
        if line.question is None or line.error is not None:
            yield line
            continue
        try:
            yield ask(line.question, line.documents or documents)
        except PolicyQAError as error:
            yield Line(line.question, error=str(error))
        except Exception as error:  # one odd question must not cost the user the answers to all the others
            yield Line(line.question, error=unforeseen(error))


def _without_mark(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines without the byte order mark that Windows programs put before the first, in files and in pipes."""
    for number, line in enumerate(lines):
        yield line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line


def _documents(value: JSON) -> tuple[str, ...] | None:
    """The documents of a line: absent, one, or a list of them; None where it is something else."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(str(item) for item in value)
    return None
