"""Where the page fetches sources from: addresses relative to the page, so that it may be served below any prefix."""

from __future__ import annotations

from urllib.parse import urlencode

from policy_qa.document import Span
from policy_qa.retrieval.index import DocumentRecord


def cited(turn: int, citation: int) -> str:
    """The panel with one citation of the answer of a turn; citations are counted from 0 over `transcript.cited`."""
    return f"sources/cited/{turn}/{citation}"


def provision(record: DocumentRecord, ordinal: int | None = None) -> str:
    """The panel with one provision to read, without an answer that cites it; None: the document as a whole."""
    return _of("provision", record, at=ordinal)


def outline(record: DocumentRecord, below: int | None = None, towards: int | None = None) -> str:
    """The provisions directly below one, or the outermost; those around `towards` are opened down to it."""
    return _of("outline", record, below=below, towards=towards)


def page(record: DocumentRecord, number: int, quote: Span | None = None) -> str:
    """A page as a picture, with the words of `quote` marked."""
    ends = {"start": quote.start, "end": quote.end} if quote else {}
    return _of("page", record, number=number, **ends)


def picture(record: DocumentRecord, number: int) -> str:
    """The picture alone."""
    return _of("picture", record, number=number)


def file(record: DocumentRecord, page_number: int | None = None) -> str:
    """The file itself; a PDF opens at the page."""
    at = f"#page={page_number}" if page_number is not None and record.media == "pdf" else ""
    return _of("file", record) + at


def export(conversation: int) -> str:
    """A conversation as a Word file."""
    return f"conversations/{conversation}.docx"


def _of(view: str, record: DocumentRecord, **further: int | None) -> str:
    given = {name: value for name, value in further.items() if value is not None}
    return f"sources/{view}?{urlencode({'document': record.key, 'sha256': record.sha256, **given})}"
