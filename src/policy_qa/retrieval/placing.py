"""Where cited words are printed: pages and boxes of a citation in its file, read again because the index keeps no boxes."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policy_qa.document import Box, SourceText, Span
from policy_qa.errors import PolicyQAError, reason

if TYPE_CHECKING:
    from policy_qa.answer import Citation
    from policy_qa.reading.source import ReadOptions

MOST_KEPT = 16
"""Texts kept with their boxes; one of a hundred pages takes about a megabyte."""


class SourceUnavailable(PolicyQAError):
    """The file that a citation names is gone, cannot be opened, or is no longer the file that was cited."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A line, or a part of one, on a page (from 1).

    `box` is in PDF points from the bottom left of the page as it is shown, `width` and `height` are that page's.
    """

    page: int
    box: Box
    width: float
    height: float


class Placer:
    """Finds the printed lines of citations. May be shared by threads; each file is read once, by one of them.

    `options` tells how files are read now: as they were for the index, recognised pages (OCR) kept.
    """

    def __init__(self, options: Callable[[], ReadOptions] | None = None) -> None:
        self._options = options
        self._lock, self._reading = threading.Lock(), threading.Lock()
        self._sources: OrderedDict[str, SourceText] = OrderedDict()

    def places(self, citation: Citation) -> tuple[Printed, ...]:
        """Where the quote of `citation` is printed, line by line; nothing for a file without pages.

        Raises:
            SourceUnavailable: the file is gone, changed (its SHA-256 is another), or does not read as it did.
            UnreadableFile: it can no longer be read.
        """
        if citation.page is None:
            return ()
        file = Path(citation.file)
        # A file that was replaced since it was read must be noticed, too.
        check_unchanged(file, citation.sha256)
        source = self._kept(citation)
        if source is None:
            with self._reading:
                source = self._kept(citation) or self._read(file, citation.sha256)
        if not _holds(source, citation):
            raise SourceUnavailable(
                f"Không tìm lại được đoạn trích trong tệp “{file.name}” vì nay đọc tệp này khác đi: "
                "hãy chạy lại `policy-qa index` rồi hỏi lại."
            )
        return boxes(source, citation.span)

    def _kept(self, citation: Citation) -> SourceText | None:
        """The text that was read before, if the quote stands in it; it may have been read in another way since."""
        with self._lock:
            source = self._sources.get(citation.sha256)
            if source is None or not _holds(source, citation):
                return None
            self._sources.move_to_end(citation.sha256)
            return source

    def _read(self, file: Path, sha256: str) -> SourceText:
        from policy_qa.loading import Loader

        with Loader(self._options() if self._options else None) as loader:
            source = loader.load(file).source
        with self._lock:
            self._sources[sha256] = source
            while len(self._sources) > MOST_KEPT:
                self._sources.popitem(last=False)
        return source


def boxes(source: SourceText, span: Span) -> tuple[Printed, ...]:
    """Where the characters of `span` are printed, line by line in reading order; nothing for a text without pages."""
    sizes = {page.number: (page.width, page.height) for page in source.pages}
    return tuple(Printed(page, box, *sizes[page]) for page, box in source.boxes(span))


def check_unchanged(file: Path, sha256: str) -> None:
    """Makes sure that `file` still is the file with this SHA-256.

    Raises:
        SourceUnavailable: it is gone, cannot be opened, or is another.
    """
    try:
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise SourceUnavailable(
            f"Không còn tệp “{file.name}” ở {file.parent}: hãy đặt lại tệp vào chỗ cũ, hoặc chạy lại `policy-qa index`."
        ) from error
    except OSError as error:
        raise SourceUnavailable(
            f"Không mở được tệp “{file.name}” ở {file.parent} ({reason(error)}): hãy kiểm tra quyền đọc."
        ) from error
    if found != sha256:
        raise SourceUnavailable(
            f"Tệp “{file.name}” đã thay đổi từ khi lập chỉ mục nên không chỉ được chỗ trích dẫn: "
            "hãy chạy lại `policy-qa index` rồi hỏi lại."
        )


def _holds(source: SourceText, citation: Citation) -> bool:
    return source.sha256 == citation.sha256 and citation.span.of(source.text) == citation.quote
