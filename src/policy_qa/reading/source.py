"""What the readers share: the bytes of one file, and a text that grows paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from policy_qa.document import Heading, Span
from policy_qa.reading.vietnamese import compose

_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f\u200b\ufeff]+")
_RULE = re.compile(r"\s*[_\-–—=*]{5,}\s*$")
_WRAP = re.compile(r"(?<=[^\W_]|[,-])[ \u00a0]*\n\s*(?=[^\W\d_A-ZĐÀ-ỸƠƯĂÂÊÔ])")
_HEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*-\s*Tự do")
_SIGNATURE = re.compile(r"N[ơƠ][iI] n[hH][ậẬ]n|^(?:TM|KT|TL|TUQ|Q)\.|^\(?(?:Đã ký|Ký tên)", re.MULTILINE)
_SIGNER = re.compile(r"^(?:CHỦ TỊCH|PHÓ CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|TỔNG BÍ THƯ|GIÁM ĐỐC)\b")


PageProgress: TypeAlias = Callable[[int, int], None]
"""Told (pages recognised, pages to recognise)."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read: whether pages without text are recognised (OCR), where recognised pages are kept, who is told."""

    ocr: bool = True
    cache: Path | None = None
    progress: PageProgress | None = None


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file read once: its absolute path, all its bytes, their SHA-256 in hexadecimal."""

    path: Path
    data: bytes
    sha256: str

    @property
    def name(self) -> str:
        """The file's name, as the sentences for the user give it."""
        return self.path.name


@dataclass(slots=True)
class TextBuilder:
    """Collects paragraphs into one text, a paragraph a line, and remembers which are headings."""

    headings: list[Heading] = field(default_factory=list)
    _paragraphs: list[str] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, depth: int | None = None) -> None:
        """Adds the paragraphs of `text` (one a line), tidied; blank ones and printed rules vanish.

        `depth` marks them as headings.
        """
        for line in _WRAP.sub(" ", text).split("\n"):
            paragraph = tidy(line)
            if not paragraph:
                continue
            start = self._length + bool(self._paragraphs)
            self._length = start + len(paragraph)
            self._paragraphs.append(paragraph)
            if depth is not None:
                self.headings.append(Heading(Span(start, self._length), depth))

    def add_table(self, rows: Sequence[Sequence[str]]) -> None:
        """Adds a table: a row is a paragraph, its cells joined by " | "; cells of a layout table are paragraphs."""
        filled = [[cell for cell in row if cell.strip()] for row in rows]
        if is_layout_table(filled):
            for cell in (cell for row in filled for cell in row):
                self.add(cell)
            return
        for row in filled:
            self.add(" | ".join(filter(None, (tidy(cell.replace("\n", " ")) for cell in row))))

    @property
    def text(self) -> str:
        """All paragraphs so far, one a line."""
        return "\n".join(self._paragraphs)


def tidy(text: str) -> str:
    """One line of NFC text with single spaces; a drawn rule at its end is no text."""
    return compose(_BLANKS.sub(" ", _RULE.sub("", text))).strip()


def is_layout_table(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a table only places things side by side: issuer and motto, recipients and signature, a single cell."""
    filled = [row for row in rows if row]
    if not filled or all(len(row) == 1 for row in filled) or max(map(len, filled)) > 2 or len(filled) > 6:
        return not filled or all(len(row) == 1 for row in filled)
    cells = [cell.strip() for row in filled for cell in row]
    return any(_HEAD.search(cell) or _SIGNATURE.search(cell) or _SIGNER.search(cell) for cell in cells)
