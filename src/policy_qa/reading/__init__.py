"""Files in, `SourceText` out: PDF, Word, web pages, Markdown and plain text.

The readers and their libraries are imported by the first call, not with the package.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_qa.document import SourceText
    from policy_qa.reading.source import ReadOptions

__all__ = ["read"]


def read(path: Path, options: ReadOptions | None = None) -> SourceText:
    """The text of the file at `path`, whatever its format; the content decides, not the name.

    Raises:
        UnreadableFile: with one sentence that names the file and says what to do.
    """
    from policy_qa.reading.dispatch import read as read_file

    return read_file(path, options)
