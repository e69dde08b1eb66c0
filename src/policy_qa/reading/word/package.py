"""The archive of a Word file (ECMA-376 part 2): its parts, unpacked when they are needed and never beyond a limit.

What the archive says of itself (sizes, content types) is not relied on; parts that hold no text are never unpacked, and
nothing outside of the archive is ever opened.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from lxml import etree

from policy_qa.errors import UnreadableFile
from policy_qa.reading.archive import open_archive
from policy_qa.reading.source import RawFile

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ALTERNATE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_RELATIONSHIP: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT: Final = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)  # fmt: skip
_MAX_BODY: Final = 48 * 2**20
_MAX_PART: Final = 24 * 2**20
"""Unpacked bytes. Word writes 5 to 15 KB a page, so that the body may have some four thousand pages."""

BROKEN: Final = (etree.LxmlError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError,
                 OSError, RecursionError)  # fmt: skip
"""What zipfile, its decompressors and lxml raise over broken packages."""


class _Doctype(ValueError):
    """A part declares a document type."""


class WordPackage:
    """A Word file's parts as XML.

    Raises:
        UnreadableFile: from every method: corrupt, encrypted, or unpacking to an unreasonable size.
    """

    def __init__(self, file: RawFile) -> None:
        self._file = file
        try:
            self._archive = open_archive(file.data)
        except BROKEN as error:
            raise self.refusal(error) from error
        # Part names are case-insensitive, and old writers put backslashes.
        self._parts = {_key(info.filename): info for info in self._archive.infolist()}
        if any(info.flag_bits & 0x1 for info in self._parts.values()):
            raise UnreadableFile(f"Tệp Word “{file.name}” được bảo vệ bằng mật khẩu; hãy gỡ mật khẩu rồi thêm lại.")
        roots = self._relationships("")
        self._main = next((part for kind, part in roots if kind == "officeDocument"), "word/document.xml")
        self._properties = next((part for kind, part in roots if kind == "core-properties"), "docprops/core.xml")
        self._related = dict(reversed(self._relationships(self._main)))

    def refusal(self, error: Exception, part: bytes = b"") -> UnreadableFile:
        """The sentence for what is not as Word writes it: `error` was raised over it, in the XML `part` where there is one."""
        why = "bị hỏng hoặc tải chưa đủ; hãy tải hoặc lưu lại bản gốc"
        is_syntax = isinstance(error, etree.XMLSyntaxError)
        if isinstance(error, RecursionError) or (is_syntax and "Excessive depth" in str(error)):
            why = "có các phần lồng nhau quá sâu nên không đọc được; hãy dùng bản gốc khác hoặc bản PDF của văn bản"
        elif isinstance(error, _Doctype) or (is_syntax and b"<!DOCTYPE" in part):
            why = (
                "có khai báo kiểu tài liệu (DTD) hay thực thể XML, thứ mà Word không ghi và có thể gây hại, nên không mở; "
                "hãy lấy lại tệp từ nơi ban hành"
            )
        return UnreadableFile(f"Tệp Word “{self._file.name}” {why}.")

    def body(self) -> Iterator[etree._Element]:
        """The blocks of the body in order; each is freed when the next one is asked for."""
        data = self._unpacked(self._main, _MAX_BODY)
        try:
            yield from _children_of_body(data)
        except BROKEN as error:
            raise self.refusal(error, data) from error

    def related(self, kind: str) -> etree._Element | None:
        """The root of the part that the body refers to as `kind` ("styles", "numbering", "footnotes" …)."""
        return self._root(self._related.get(kind, posixpath.join(posixpath.dirname(self._main), f"{kind}.xml")))

    def properties(self) -> etree._Element | None:
        """The root of the part with title, author and dates."""
        return self._root(self._properties)

    def _root(self, name: str) -> etree._Element | None:
        if name not in self._parts:
            return None
        data = self._unpacked(name, _MAX_PART)
        try:
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
            )
            root = etree.fromstring(data, parser)
            _refuse_doctype(root)
        except BROKEN as error:
            raise self.refusal(error, data) from error
        return root

    def _unpacked(self, name: str, limit: int) -> bytes:
        try:
            with self._archive.open(self._parts[name]) as stream:
                data = stream.read(limit + 1)
        except BROKEN as error:
            raise self.refusal(error) from error
        if len(data) > limit:
            raise UnreadableFile(
                f"Tệp Word “{self._file.name}” khi giải nén phình to bất thường (quá {limit // 2**20} MB) nên không mở; "
                "hãy dùng bản gốc khác."
            )
        if _STRICT in data[:4096]:
            for strict, transitional in _TRANSITIONAL:
                data = data.replace(strict, transitional)
        return data

    def _relationships(self, name: str) -> list[tuple[str, str]]:
        """(kind, part) of what a part refers to inside the package; the package itself is ""."""
        folder, base = posixpath.split(name)
        root = self._root(_key(posixpath.join(folder, "_rels", f"{base}.rels")))
        found = []
        for link in root.iter(_RELATIONSHIP) if root is not None else ():
            if link.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, link.get("Target") or ""))
                found.append(((link.get("Type") or "").rsplit("/", 1)[-1], _key(target)))
        return found


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _children_of_body(data: bytes) -> Iterator[etree._Element]:
    """The elements right below `w:body`; what was handed out is removed from the tree, so that memory stays flat."""
    events = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        tag=[f"{W}{name}" for name in ("body", "p", "tbl", "sdt", "customXml", "sectPr")] + [ALTERNATE],
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    body: etree._Element | None = None
    complete = False
    for _, element in events:
        complete = element.tag == f"{W}body"
        parent = element.getparent()
        if body is None and parent is not None:
            _refuse_doctype(element)
            body = next(element.iterancestors(f"{W}body"), None)
        if parent is body and body is not None:
            yield element
            element.clear()
            while (before := element.getprevious()) is not None:
                body.remove(before)
    if not complete:
        raise ValueError("no body")


def _refuse_doctype(element: etree._Element) -> None:
    # Office files have none (ECMA-376 part 2, 8.1.4); one that has means entities, and harm.
    if element.getroottree().docinfo.internalDTD is not None:
        raise _Doctype
