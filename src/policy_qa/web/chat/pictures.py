"""Pictures of pages: drawn when first asked for, kept in the cache folder under the file's SHA-256."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from policy_qa.errors import PolicyQAError
from policy_qa.retrieval.placing import check_unchanged
from policy_qa.web.chat import wording

SECONDS = 20
"""How long a page may take to be drawn; the slowest honest one takes two."""
AT_ONCE = 2
MOST_KEPT = 3000
"""Pictures kept; the oldest go first. One takes about 100 KB."""

_PROGRAM = (
    "import runpy, sys; sys.path[:] = sys.argv[4:]; runpy.run_module('policy_qa.web.chat.drawing', run_name='__main__')"
)


class PageNotDrawn(PolicyQAError):
    """A page of a PDF cannot be shown as a picture."""


class Pictures:
    """Draws pages of PDFs. May be shared by threads; `folder` holds nothing but pictures and may be emptied at any time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._free = threading.BoundedSemaphore(AT_ONCE)

    def picture(self, file: Path, sha256: str, page: int) -> bytes:
        """Page `page` (from 1) of the PDF `file` as PNG.

        Raises:
            SourceUnavailable: the file is gone, or is no longer the one with this SHA-256.
            PageNotDrawn: it has no such page, or cannot be drawn within limits of time and memory.
        """
        check_unchanged(file, sha256)
        kept = self._folder / sha256[:2] / f"{sha256}-{page}.png"
        with suppress(OSError):
            return kept.read_bytes()
        with self._free:
            return self._draw(file, page, kept)

    def _draw(self, file: Path, page: int, kept: Path) -> bytes:
        try:
            with tempfile.TemporaryDirectory(prefix="policy-qa-", ignore_cleanup_errors=True) as folder:
                target = Path(folder) / "page.png"
                subprocess.run(  # noqa: S603 - our own interpreter and program
                    [sys.executable, "-c", _PROGRAM, str(file), str(page), str(target), *map(str, sys.path)],
                    check=True, timeout=SECONDS, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL, creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )  # fmt: skip
                drawn = target.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise PageNotDrawn(wording.NOT_DRAWN.format(page=page, file=file.name)) from error
        self._keep(kept, drawn)
        return drawn

    def _keep(self, kept: Path, drawn: bytes) -> None:
        """Keeps a picture; a full or read-only cache costs time, not the answer."""
        with suppress(OSError):
            kept.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=kept.parent, suffix=".part")
            with os.fdopen(handle, "wb") as stream:
                stream.write(drawn)
            Path(name).replace(kept)
            self._prune()

    def _prune(self) -> None:
        kept = sorted(self._folder.glob("*/*.png"), key=lambda picture: picture.stat().st_mtime)
        for old in kept[: max(0, len(kept) - MOST_KEPT)]:
            old.unlink(missing_ok=True)
