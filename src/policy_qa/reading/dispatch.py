"""One file in, its text out: what the bytes are decides the reader, and every refusal is one sentence."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias

from policy_qa.document import SourceText
from policy_qa.errors import UnreadableFile
from policy_qa.reading.source import RawFile, ReadOptions

Content: TypeAlias = Literal["pdf", "docx", "html", "text", "zip", "old word", "picture", "rtf", "unknown"]

MAX_BYTES = 200 * 1024 * 1024
_SUFFIXES: dict[str, Content] = {
    ".pdf": "pdf", ".docx": "docx", ".htm": "html", ".html": "html", ".md": "text", ".markdown": "text", ".txt": "text",
}  # fmt: skip
_NAMES: dict[Content, str] = {
    "pdf": "tệp PDF",
    "docx": "tệp Word (.docx)",
    "html": "trang web (HTML)",
    "text": "tệp văn bản thuần",
    "zip": "tệp nén (ZIP)",
    "old word": "tệp Word đời cũ (.doc)",
    "picture": "tệp ảnh",
    "rtf": "tệp RTF",
    "unknown": "dữ liệu không rõ định dạng",
}
_ACCEPTED = "PDF, Word (.docx), trang web (.html), Markdown (.md) hoặc văn bản thuần (.txt)"


def read(path: Path, options: ReadOptions | None = None) -> SourceText:
    """Reads the file at `path` once; see `policy_qa.reading.read`."""
    file = _load(path)
    suffix = path.suffix.lower()
    content = sniff(file.data)
    expected = _SUFFIXES.get(suffix)
    if content == "old word" or suffix == ".doc":
        if content == "docx":
            raise UnreadableFile(f"Tệp “{file.name}” thực ra là tệp Word mới; hãy đổi đuôi tên tệp thành .docx.")
        raise UnreadableFile(
            f"Tệp “{file.name}” là Word đời cũ (.doc); hãy mở bằng Word hoặc LibreOffice, lưu lại thành .docx rồi thêm lại."
        )
    if expected is None:
        raise UnreadableFile(f"Tệp “{file.name}” không thuộc loại đọc được; hãy dùng {_ACCEPTED}.")
    if content != expected:
        raise UnreadableFile(_misnamed(file, suffix, content, expected))
    return _reader(content, suffix, options or ReadOptions())(file)


def _reader(content: Content, suffix: str, options: ReadOptions) -> Callable[[RawFile], SourceText]:
    """Each reader's library is imported only when a file needs it."""
    if content == "pdf":
        from policy_qa.reading.pdf import read_pdf

        return partial(read_pdf, options=options)
    if content == "docx":
        from policy_qa.reading.docx import read_docx

        return read_docx
    if content == "html":
        from policy_qa.reading.html import read_html

        return read_html
    from policy_qa.reading.markdown import read_markdown, read_plain

    return read_plain if suffix == ".txt" else read_markdown


def sniff(data: bytes) -> Content:
    """What the bytes are, by their signature; text is what no signature and no zero byte speaks against."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return "docx" if _is_docx(data) else "zip"
    signatures: tuple[tuple[bytes, Content], ...] = (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old word"),
        (b"{\\rtf", "rtf"),
        (b"\x89PNG", "picture"),
        (b"\xff\xd8\xff", "picture"),
        (b"GIF8", "picture"),
        (b"II*\x00", "picture"),
        (b"MM\x00*", "picture"),
    )
    for signature, content in signatures:
        if head.startswith(signature):
            return content
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (text[:1] == b"<" and b"<html" in text):
        return "html"
    return "unknown" if b"\x00" in head else "text"


def _is_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # A truncated archive still names its parts in the order they were packed.
        return b"word/" in data


def _misnamed(file: RawFile, suffix: str, content: Content, expected: Content) -> str:
    found, wanted = _NAMES[content], _NAMES[expected]
    remedy = {
        "pdf": "hãy đổi đuôi tên tệp thành .pdf",
        "docx": "hãy đổi đuôi tên tệp thành .docx",
        "html": "hãy đổi đuôi tên tệp thành .html, hoặc tải lại bản gốc (có thể đây là trang báo lỗi hay trang đăng nhập)",
        "text": "hãy đổi đuôi tên tệp thành .txt hoặc tải lại bản gốc",
        "zip": "hãy giải nén rồi thêm từng văn bản",
        "picture": "hãy nhận dạng chữ (OCR) hoặc dùng bản có chữ",
    }.get(content, f"hãy dùng {_ACCEPTED}")
    return f"Tệp “{file.name}” mang đuôi {suffix} của {wanted} nhưng nội dung là {found}; {remedy}."


def _load(path: Path) -> RawFile:
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise UnreadableFile(f"“{name}” là một thư mục, không phải một tệp; hãy chỉ ra tệp cần đọc.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(
                f"Tệp “{name}” lớn {size // 2**20} MB, quá mức {MAX_BYTES // 2**20} MB; hãy tách nhỏ hoặc nén ảnh trong tệp."
            )
        if path.exists() and not path.is_file():
            raise UnreadableFile(f"“{name}” không phải một tệp thường nên không đọc được.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"Không tìm thấy tệp “{path}”; hãy kiểm tra lại đường dẫn.") from error
    except PermissionError as error:
        raise UnreadableFile(
            f"Không có quyền đọc tệp “{name}”; hãy xin quyền hoặc chép tệp sang thư mục khác."
        ) from error
    except OSError as error:
        raise UnreadableFile(
            f"Không đọc được tệp “{name}” ({error.strerror or error}); hãy thử chép lại tệp."
        ) from error
    if not data:
        raise UnreadableFile(f"Tệp “{name}” rỗng (0 byte); hãy tải lại bản gốc.")
    return RawFile(Path(os.path.abspath(path)), data, hashlib.sha256(data).hexdigest())  # noqa: PTH100 - keeps links
