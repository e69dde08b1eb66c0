"""One file in, its text out: what the bytes are decides the reader, and every refusal is one sentence."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias

from policy_qa.document import SourceText
from policy_qa.errors import UnreadableFile
from policy_qa.reading.archive import open_archive
from policy_qa.reading.source import RawFile, ReadOptions

Content: TypeAlias = Literal[
    "pdf", "docx", "odt", "old word", "rtf", "html", "text", "zip", "picture", "locked", "other office", "unknown"
]  # fmt: skip

MAX_BYTES = 200 * 1024 * 1024
# Word opens its formats whatever the suffix says, and so do we; old systems put web pages into files named .doc, too.
_WORD: frozenset[Content] = frozenset(("docx", "old word", "rtf", "odt"))
_SUFFIXES: dict[str, frozenset[Content]] = {
    ".pdf": frozenset(("pdf",)),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm", ".rtf", ".odt"), _WORD),
    ".doc": _WORD | {"html"},
    **dict.fromkeys((".htm", ".html"), frozenset[Content](("html",))),
    **dict.fromkeys((".md", ".markdown", ".txt"), frozenset[Content](("text",))),
}
_NAMES: dict[Content, str] = {
    "pdf": "tệp PDF",
    "docx": "tệp Word (.docx)",
    "odt": "tệp OpenDocument (.odt)",
    "old word": "tệp Word đời cũ (.doc)",
    "rtf": "tệp RTF",
    "html": "trang web (HTML)",
    "text": "tệp văn bản thuần",
    "zip": "tệp nén (ZIP)",
    "picture": "tệp ảnh",
    "locked": "tệp Office có mật khẩu",
    "other office": "tệp Office đời cũ không phải Word",
    "unknown": "dữ liệu không rõ định dạng",
}
_ACCEPTED = "PDF, Word (.docx, .doc), .rtf, .odt, trang web (.html), Markdown (.md) hoặc văn bản thuần (.txt)"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: tuple[tuple[bytes, Content], ...] = (
    (b"{\\rtf", "rtf"), (b"\x89PNG", "picture"), (b"\xff\xd8\xff", "picture"), (b"GIF8", "picture"), (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
)  # fmt: skip
_HTML = re.compile(r"<!doctype\s+html|<html|<head|<body")
_MARKUP = re.compile(r"\s*<(?:!--|!doctype|\?xml|[a-z][a-z0-9]*[\s>/])", re.IGNORECASE)


def read(path: Path, options: ReadOptions | None = None) -> SourceText:
    """Reads the file at `path` once; see `policy_qa.reading.read`."""
    file = _load(path)
    suffix = path.suffix.lower()
    allowed = _SUFFIXES.get(suffix)
    if allowed is None:
        raise UnreadableFile(f"Tệp “{file.name}” không thuộc loại đọc được; hãy dùng {_ACCEPTED}.")
    content = sniff(file.data)
    if content == "text" and allowed == {"html"} and _MARKUP.match(_head(file.data)):
        content = "html"  # a part of a page, saved without the page around it
    if content not in allowed:
        raise UnreadableFile(_misnamed(file, suffix, content, allowed))
    return _reader(content, suffix, options or ReadOptions())(file)


def _reader(content: Content, suffix: str, options: ReadOptions) -> Callable[[RawFile], SourceText]:
    """Each reader's library is imported only when a file needs it."""
    if content == "pdf":
        from policy_qa.reading.pdf.reader import read_pdf

        return partial(read_pdf, options=options)
    if content in _WORD:
        from policy_qa.reading.word.reader import read_docx

        return read_docx if content == "docx" else partial(_read_converted, content=content)
    if content == "html":
        from policy_qa.reading.web.reader import read_html

        return read_html
    from policy_qa.reading.markdown import read_markdown, read_plain

    return read_plain if suffix == ".txt" else read_markdown


def _read_converted(file: RawFile, content: Content) -> SourceText:
    from policy_qa.reading.office import to_docx
    from policy_qa.reading.word.reader import read_docx

    suffix = {"rtf": ".rtf", "odt": ".odt"}.get(content, ".doc")
    return read_docx(to_docx(file, suffix, _NAMES[content]))


def sniff(data: bytes) -> Content:
    """What the bytes are, by their signature; text is what no signature and no zero byte speaks against."""
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data)
    if head.startswith(_OLE):
        return _compound(data)
    for signature, content in _SIGNATURES:
        if head.startswith(signature):
            return content
    text = _head(data).lstrip().lower()
    if text.startswith("<") and _HTML.search(text):
        return "html"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text"
    return "unknown" if b"\x00" in head else "text"


def _head(data: bytes) -> str:
    """The first characters, as far as they tell text from markup."""
    codec = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return data[:8192].decode(codec, "ignore")


def _compound(data: bytes) -> Content:
    """What an OLE file is: the names of its streams are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "locked"
    return "old word" if "WordDocument".encode("utf-16-le") in data else "other office"


def _packed(data: bytes) -> Content:
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in data[:200]:
        return "odt"
    try:
        with open_archive(data) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        # A truncated archive still names its parts in the order they were packed.
        return "docx" if b"word/" in data else "zip"
    return "docx" if any(name.replace("\\", "/").lower().startswith("word/") for name in parts) else "zip"


def _misnamed(file: RawFile, suffix: str, content: Content, allowed: frozenset[Content]) -> str:
    found, wanted = _NAMES[content], "tệp Word" if "docx" in allowed else _NAMES[next(iter(allowed))]
    remedy = {
        "pdf": "hãy đổi đuôi tên tệp thành .pdf",
        "docx": "hãy đổi đuôi tên tệp thành .docx",
        "html": "hãy đổi đuôi tên tệp thành .html, hoặc tải lại bản gốc (có thể đây là trang báo lỗi hay trang đăng nhập)",
        "text": "hãy đổi đuôi tên tệp thành .txt hoặc tải lại bản gốc",
        "zip": "hãy giải nén rồi thêm từng văn bản",
        "picture": "hãy nhận dạng chữ (OCR) hoặc dùng bản có chữ",
        "locked": "hãy mở tệp, gỡ mật khẩu, lưu lại rồi thêm lại",
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
