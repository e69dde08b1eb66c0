"""A file on its way in, piece by piece, within limits."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from policy_qa.errors import PolicyQAError, reason
from policy_qa.reading.invisible import without_invisible

LONGEST_NAME: Final = 200


class UploadRefused(PolicyQAError):
    """A file that is not taken in: too large, of no kind that can be read, here already, or one too many."""


class Incoming:
    """A file coming into `folder` as `file`; its owner calls it `name`, and it may have `largest` bytes.

    A context manager that clears away what is not kept. Raises UploadRefused where it cannot be written.
    """

    def __init__(self, folder: Path, user: str, name: str, file: str, largest: int) -> None:
        self.folder, self.user, self.name, self.file = folder, user, name, file
        self.size = 0
        self._largest, self._hash, self._kept = largest, hashlib.sha256(), False
        try:
            folder.mkdir(parents=True)
            self._stream = (folder / file).open("xb")
        except OSError as error:
            raise self._unwritten(error) from error

    @property
    def sha256(self) -> str:
        """Of what has come in so far."""
        return self._hash.hexdigest()

    def write(self, piece: bytes) -> None:
        """The next bytes; UploadRefused where they are too many or cannot be written."""
        self.size += len(piece)
        if self.size > self._largest:
            most = self._largest // 1_000_000
            raise UploadRefused(f"Tệp “{self.name}” lớn hơn {most} MB; hãy tách nhỏ tệp rồi tải lại.")
        self._hash.update(piece)
        try:
            self._stream.write(piece)
        except OSError as error:
            raise self._unwritten(error) from error

    def complete(self) -> None:
        """Says that nothing more comes; UploadRefused where nothing came."""
        if not self.size:
            raise UploadRefused(f"Tệp “{self.name}” rỗng (0 byte); hãy chọn lại bản gốc.")
        try:
            self._stream.close()
        except OSError as error:
            raise self._unwritten(error) from error

    def keep(self) -> None:
        """Lets the file stay when the block ends."""
        self._kept = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._kept:
            with suppress(OSError):
                self._stream.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _unwritten(self, error: OSError) -> UploadRefused:
        return UploadRefused(
            f"Không lưu được tệp “{self.name}” trên máy chủ ({reason(error)}); hãy báo người quản trị kiểm tra chỗ trống và quyền ghi."
        )


def shown_name(name: str) -> str:
    """A name from a stranger's machine as it is shown: its last part, on one line, without what prints nothing, not too long."""
    last = without_invisible(name.replace("\\", "/").rsplit("/", 1)[-1])
    words = " ".join("".join(c if c.isprintable() else " " for c in last).split())
    stem, dot, suffix = words.rpartition(".")
    if len(words) > LONGEST_NAME:
        words = f"{stem[: LONGEST_NAME - len(suffix) - 2]}…{dot}{suffix}"[-LONGEST_NAME:]
    return words or "(không tên)"
