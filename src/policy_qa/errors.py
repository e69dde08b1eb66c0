"""Everything that can go wrong for a user, each with one Vietnamese sentence: what happened, to what, what to do."""

from __future__ import annotations

import errno
from typing import Literal, TypeAlias

Stopped: TypeAlias = Literal["memory", "stalled", "overtime", "died", "fault"]
"""Too much memory, too long without a page read, too long in all; the reader crashed; a fault in the program."""

_REASONS = {
    errno.ENOENT: "không tìm thấy",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EISDIR: "đó là một thư mục",
    errno.ENOTDIR: "trên đường dẫn có một tệp, không phải thư mục",
    errno.EEXIST: "tên này đã có",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENAMETOOLONG: "tên quá dài",
}


class PolicyQAError(Exception):
    """The root; `str(error)` is the sentence shown to the user."""


class UnreadableFile(PolicyQAError):
    """A file that cannot be read as a document (corrupt, encrypted, empty, image-only, misnamed, no rights)."""


class ReadingStopped(UnreadableFile):
    """Reading a file passed a limit or broke down; `why` tells which."""

    def __init__(self, sentence: str, why: Stopped) -> None:
        super().__init__(sentence)
        self.why = why


class ConflictingFiles(PolicyQAError):
    """Two files claim to be one document but differ."""


class NoIndex(PolicyQAError):
    """There is no index yet where one is needed."""


class IndexMismatch(PolicyQAError):
    """The index was built by another version or encoder, or is damaged."""


class BuildFailed(PolicyQAError):
    """An index could not be built (disk full, no rights, nothing readable); the old one stays in use."""


class IndexBusy(BuildFailed):
    """Another build is running; this one can be made when that is done."""


class BadQuestion(PolicyQAError):
    """An empty or overlong question, or a document filter that names nothing."""


class BadCorpus(PolicyQAError):
    """A digest whose front matter or addresses are wrong."""


class FetchFailed(PolicyQAError):
    """A document that could not be fetched from its official address, or what came from there is not it."""


class EncoderUnavailable(PolicyQAError):
    """The encoder cannot be loaded (missing folder, missing package)."""


class RerankerUnavailable(PolicyQAError):
    """The cross-encoder that the settings name cannot be loaded."""


class ModelUnavailable(PolicyQAError):
    """The language model that the settings name cannot be opened (unknown provider, no key, missing package)."""


class BadSettings(PolicyQAError):
    """A setting (`POLICY_QA_*` or `policy-qa.toml`) that is unknown or cannot be used."""


class CannotServe(PolicyQAError):
    """The web page cannot be served: the port is taken or forbidden, the address is not this machine's."""


def reason(error: OSError) -> str:
    """In a few Vietnamese words why the system refused; its own words where the reason is a rare one."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
