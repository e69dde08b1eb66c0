"""Is what came the document that was asked for? The number and the date in its own head decide, nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from policy_qa.document import Document
from policy_qa.errors import FetchFailed, PolicyQAError
from policy_qa.fetching.download import BY_HAND, shown
from policy_qa.reading.dispatch import Content, sniff

Load: TypeAlias = Callable[[Path], Document]

SUFFIXES: Final[dict[Content, str]] = {
    "pdf": ".pdf",
    "docx": ".docx",
    "old word": ".doc",
    "rtf": ".rtf",
    "odt": ".odt",
    "html": ".html",
}
"""What an official address may serve. Plain text is not among it: it is how servers word their errors."""

_HEAD = 2**20  # bytes in which a page says what it is
_PASSWORD = re.compile(r"<input\b[^<>]{0,500}\btype\s{0,9}=\s{0,9}[\"']?password\b", re.IGNORECASE)
_TITLE = re.compile(r"<(title|h1)\b[^<>]{0,300}>([^<]{0,300})<", re.IGNORECASE)
_ERROR = re.compile(
    r"\b(?:(?:40[0134]|50[0234])(?![/-])|lỗi|error|not found|không tìm thấy|không tồn tại|forbidden|denied|từ chối|bảo trì|maintenance|captcha|"
    r"just a moment)\b",
    re.IGNORECASE,
)


def suffix_of(file: Path, address: str) -> str:
    """The suffix that the content of `file` asks for; FetchFailed where it is no PDF, Word file or web page."""
    suffix = SUFFIXES.get(sniff(file.read_bytes()))
    if suffix is None:
        raise FetchFailed(f"Máy chủ không trả về tệp PDF, Word hay trang web ở {shown(address)}; hãy {BY_HAND}")
    return suffix


def recognise(file: Path, key: str, address: str, load: Load) -> Document:
    """The document in `file`, which came from `address` and must be the official text of `key` (number@date).

    Raises:
        FetchFailed: it is another document, a login page, an error page, a page without a document, or unreadable.
    """
    try:
        document = load(file)
    except PolicyQAError as error:
        # The reader names the file by a name that nobody has seen: it is only stored when it is the document.
        why = str(error).replace(f" “{file.name}”", " này")
        unusable = f"Không dùng được bản tải từ {shown(address)}: {why}"
        raise FetchFailed(_odd_page(file, address) or unusable) from error
    found = document.metadata
    if document.key == key and found.number and found.text_kind == "official":
        return document
    if found.number:
        raise FetchFailed(
            f"Văn bản ở {shown(address)} là {document.key}, không phải {key}; hãy kiểm tra lại địa chỉ, hoặc {BY_HAND}"
        )
    raise FetchFailed(
        _odd_page(file, address)
        or f"Không thấy số, ký hiệu {key.partition('@')[0]} ở đầu tài liệu {shown(address)} nên không nhận; "
        f"hãy kiểm tra lại địa chỉ, hoặc {BY_HAND}"
    )


def _odd_page(file: Path, address: str) -> str | None:
    """What a page without the document is, where it says so itself."""
    if file.suffix != ".html":
        return None
    with file.open("rb") as opened:
        page = opened.read(_HEAD).decode("utf-8", errors="replace")
    if _PASSWORD.search(page):
        return f"Trang {shown(address)} đòi đăng nhập thay vì đưa ra văn bản; hãy đăng nhập bằng trình duyệt, {BY_HAND}"
    if any(_ERROR.search(title) for _, title in _TITLE.findall(page)):
        return f"Trang {shown(address)} báo lỗi thay vì đưa ra văn bản; hãy kiểm tra lại địa chỉ, hoặc {BY_HAND}"
    return None
