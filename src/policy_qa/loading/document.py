"""Reading and parsing as one step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_qa.document import Document
    from policy_qa.reading.source import ReadOptions


def load_document(path: Path, options: ReadOptions | None = None) -> Document:
    """Reads and parses one file in this process, without limits; raises UnreadableFile, BadCorpus for a wrong digest."""
    from policy_qa.reading import read
    from policy_qa.structure import parse

    source = read(path, options)
    return parse(source, options.corrected.get(source.sha256) if options else None)
