"""Web pages: the document's text out of a saved page, without menus, scripts and styles."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from policy_qa.document import JSON, Marginal, SourceText
from policy_qa.errors import UnreadableFile
from policy_qa.reading import legacy
from policy_qa.reading.cover import lift_cover
from policy_qa.reading.decoding import WINDOWS_1258, decode_1258, decode_latin, decode_unicode, is_windows_1258
from policy_qa.reading.source import Block, RawFile, TextBlock, TextBuilder, raw_words
from policy_qa.reading.vietnamese import fold
from policy_qa.reading.web.blocks import PageBlocks
from policy_qa.reading.web.container import ENOUGH, Element, find_container
from policy_qa.reading.web.notes import PageNote, find_notes

_MAX_BYTES: Final = 64 * 2**20
_MAX_TAGS: Final = 1_500_000
"""Of a page; each takes some hundred bytes of memory. Annexes of thousands of rows have some hundred thousand."""
_DECLARED_1258: Final = re.compile(rb"charset\s*=\s*[\"']?(?:windows-|cp|x-cp)1258", re.IGNORECASE)
_DECLARED_UTF8: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?utf-?8", re.IGNORECASE)
_DOCUMENT: Final = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN|^Căn cứ\s|^(?:Điều|Chương|Mục|Phần)\s+[\dIVX]+|Số\s*:\s*\d+\s*[-/]"
    r"|^\d{1,3}\.\s|^[IVX]{1,4}[.-]\s",
    re.MULTILINE,
)
_ERROR: Final = re.compile(
    r"\b(?:40[0134]|50[0-4])\b(?=.{0,40}\b(?:not found|khong tim thay|error|loi|forbidden|unavailable|bad (?:gateway|request)))"
    r"|\b(?:error|loi)\s+(?:40[0134]|50[0-4])\b|^\s*40[34]\s*$|\b(?:trang|van ban|noi dung)\b.{0,40}\bkhong ton tai\b"
    r"|khong tim thay trang|page not found|access denied|service unavailable|da xay ra loi"
    r"|just a moment|verify(?:ing)? (?:that )?you are human|checking your browser",
    re.MULTILINE,
)
_LOGIN: Final = re.compile(
    r"(?:can|vui long|hay|phai) dang nhap|dang nhap de |dang nhap he thong|please (?:log|sign) ?in|(?:log|sign) in to "
)


def read_html(file: RawFile) -> SourceText:
    """The document's text in a saved web page.

    Raises:
        UnreadableFile: not HTML, a page without a document (an empty shell, a login or error page), or one of a
            monstrous size or depth.
    """
    text = decode_unicode(file.data)
    if text is None and _DECLARED_UTF8.search(file.data[:4096]):
        text = file.data.decode("utf-8", "replace")  # cut within a letter, or one wrong byte: as browsers show it
    if text is None and _DECLARED_1258.search(file.data[:4096]):
        text = decode_1258(file.data)
    page = _Page(file, decode_latin(file.data) if text is None else text)
    encoding: str | None = None
    if text is None and not page.converted and is_windows_1258(raw_words(page.blocks, legacy.SAMPLE)):
        page, encoding = _Page(file, decode_1258(file.data)), WINDOWS_1258
    return page.source(encoding)


class _Page:
    """One page, read under one decoding of its bytes."""

    def __init__(self, file: RawFile, text: str) -> None:
        self._file = file
        self._root = _parsed(file, text)
        found = find_container(self._root)
        self._notes: list[PageNote] = []
        self._reader = PageBlocks({}, frozenset())
        self.blocks: list[Block] = []
        if found is not None:
            container, noise = found
            self._notes = find_notes(self._root)
            refs = {note.ref: index for index, note in enumerate(self._notes)}
            self._reader = PageBlocks(refs, noise | {note.body for note in self._notes})
            self.blocks = self._reader.read(container)

    @property
    def converted(self) -> set[legacy.Encoding]:
        """The old encodings that fonts told of."""
        return self._reader.converted

    def source(self, encoding: str | None) -> SourceText:
        """The page's text; `encoding` is the one that its bytes were in where it was not Unicode."""
        measured = None if self.converted else legacy.detect(raw_words(self.blocks, legacy.SAMPLE))
        builder = TextBuilder(measured)
        builder.add_blocks(self.blocks)
        self._refuse_without_document(builder.text)
        lift_cover(builder)
        names = {*self.converted, measured, encoding} - {None}
        return builder.source(
            self._file,
            "html",
            metadata=_metadata(self._root),
            notes=[Marginal("footnote", _words(note), mark=note.mark) for note in self._notes],
            warnings=[legacy.warning(self._file.name, str(name)) for name in sorted(map(str, names))],
        )

    def _refuse_without_document(self, text: str) -> None:
        if len(text) >= ENOUGH and _DOCUMENT.search(text):
            return
        name = self._file.name
        seen = fold(f"{self._root.findtext('.//title') or ''}\n{_beginning(self._root)}")
        if _ERROR.search(seen):
            raise UnreadableFile(
                f"Trang web “{name}” không chứa văn bản mà là trang báo lỗi của cổng thông tin; hãy tìm lại địa chỉ của văn bản "
                "rồi lưu trang."
            )
        if _LOGIN.search(seen) or self._root.find(".//input[@type='password']") is not None:
            raise UnreadableFile(
                f"Trang web “{name}” không chứa văn bản mà là trang đăng nhập; hãy đăng nhập, mở văn bản rồi lưu lại trang."
            )
        if len(text) < ENOUGH:
            raise UnreadableFile(
                f"Trang web “{name}” không chứa văn bản (chỉ có khung trang); hãy mở trang, chờ nội dung hiện đủ rồi lưu lại."
            )


def _words(note: PageNote) -> str:
    blocks = PageBlocks({}, {note.back}).read(note.body)
    return "\n".join(block.text for block in blocks if isinstance(block, TextBlock))


def _parsed(file: RawFile, text: str) -> Element:
    if len(file.data) > _MAX_BYTES or text.count("<") > _MAX_TAGS:
        raise UnreadableFile(
            f"Trang web “{file.name}” lớn bất thường nên không đọc; hãy dùng bản Word hoặc PDF của văn bản."
        )
    # huge_tree lets elements lie 2,048 deep; without it a page with some hundred unclosed tags ends in its middle.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableFile(f"Trang web “{file.name}” bị hỏng nên không đọc được; hãy lưu lại trang.") from error
    if root is None:
        raise UnreadableFile(f"Trang web “{file.name}” không chứa văn bản (trang trống); hãy lưu lại trang.")
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UnreadableFile(
            f"Trang web “{file.name}” có các thẻ lồng nhau quá sâu nên không đọc được; hãy dùng bản Word hoặc PDF của văn bản."
        )
    return root


def _beginning(root: Element) -> str:
    """The first words that the page shows, for the recognition of errors."""
    pieces: list[str] = []
    for element in root.iter("h1", "h2", "h3", "p", "div", "span", "td", "b", "strong", "center", "label", "a"):
        if element.text and not element.text.isspace():
            pieces.append(" ".join(element.text[:300].split()))
        if len(pieces) == 60:
            break
    return "\n".join(pieces)


def _metadata(root: Element) -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    title = root.findtext(".//title")
    if title and title.strip():
        found["title"] = " ".join(title.split())
    for meta in root.iter("meta"):
        name, content = meta.get("name") or meta.get("property"), meta.get("content")
        if name in {"vbpl-original-url", "og:url"} and content:
            found["url" if name == "og:url" else "original_url"] = content
    return found
