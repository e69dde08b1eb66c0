"""Output of the command line: UTF-8 everywhere, results on stdout, everything said about them on stderr."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import traceback
from typing import TYPE_CHECKING

import typer

from policy_qa.document import to_json
from policy_qa.errors import reason as reason
from policy_qa.reading.invisible import RANGES

if TYPE_CHECKING:
    from rich.console import Console


_OBEYED = re.compile(rf"[{RANGES}\x0b-\x0d\x85\u2028\u2029\ufdd0\ufdd1]")


def use_utf8() -> None:
    """Makes stdout and stderr speak UTF-8, on Windows consoles and under `LANG=C`, too.

    What is not a character (half a surrogate pair from a badly encoded argument) is escaped instead of failing.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def harmless(text: str) -> str:
    """`text` with U+FFFD for what a terminal obeys or hides: names of files and arguments may hold it."""
    return _OBEYED.sub("\ufffd", text)


def show_text(text: str) -> None:
    """A result for reading: stdout."""
    typer.echo(harmless(text))


def write_json(value: object) -> None:
    """One object on one line of stdout, handed on at once; letters as they are, escapes for what prints nothing."""
    typer.echo(_OBEYED.sub(_escape, json.dumps(to_json(value), ensure_ascii=False)))


def _escape(character: re.Match[str]) -> str:
    units = character[0].encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def say(text: str) -> None:
    """A message beside the result: stderr."""
    typer.echo(harmless(text), err=True)


def fail(text: str) -> typer.Exit:
    """Says why it could not be done, and gives what to raise to end the command with status 1."""
    say(text)
    return typer.Exit(1)


def unforeseen(error: Exception) -> str:
    """One sentence for an error that nobody foresaw; its trace only where POLICY_QA_DEBUG asks for it."""
    if os.environ.get("POLICY_QA_DEBUG"):
        return "".join(traceback.format_exception(error)).rstrip()
    return (
        f"Không làm được vì một lỗi chưa lường trước ({type(error).__name__}: {error}). "
        "Chạy lại với biến môi trường POLICY_QA_DEBUG=1 rồi gửi kết quả cho người bảo trì."
    )


def rich_console(*, stderr: bool = False) -> Console:
    """A rich console for tables and progress bars; imported late, because most commands need none."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    # Into a file or a pipe a table must not be cut at 80 columns: paths would lose their names.
    width = None if stream.isatty() or os.environ.get("COLUMNS") else 160
    return Console(file=stream, width=width, highlight=False, markup=False)
