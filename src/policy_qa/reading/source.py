"""What the readers share: the bytes of one file, blocks of text, and a text that grows paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

from policy_qa.document import JSON, Heading, Marginal, SourceText, Span
from policy_qa.reading.invisible import RANGES
from policy_qa.reading.legacy import Encoding, convert_mixed
from policy_qa.reading.vietnamese import SMALL, compose

_BLANKS = re.compile(r"[\s\u00a0\u2007\u202f]+")
_INVISIBLE = re.compile(f"[{RANGES}]")
_DRAWN = "_-–—=*"
# A line break inside a paragraph is only its width where a small letter goes on, and no label (a), b1), ii) …).
_WRAP = re.compile(
    rf"(?<=[^\W_]|[,\-\ufdd1])[ \u00a0]*\n\s*(?=[{SMALL}])(?!(?:[a-zđ]\d{{0,2}}|[ivx]{{2,4}})[.)](?!\w))"
)
_HEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*-\s*Tự do")
_SIGNATURE = re.compile(r"N[ơƠ][iI] n[hH][ậẬ]n|^(?:TM|KT|TL|TUQ|Q)\.|^\(?(?:Đã ký|Ký tên)", re.MULTILINE)
_SIGNER = re.compile(r"^(?:CHỦ TỊCH|PHÓ CHỦ TỊCH|BỘ TRƯỞNG|THỨ TRƯỞNG|THỦ TƯỚNG|PHÓ THỦ TƯỚNG|TỔNG BÍ THƯ|GIÁM ĐỐC)\b")

# Where a note is marked, its index stands between two code points that are no characters (Unicode, 23.7).
_NOTE_PLACE = re.compile(r"\ufdd0(\d{1,9})\ufdd1")
_PLACE_MARKS = re.compile(r"[\ufdd0\ufdd1]")

PageProgress: TypeAlias = Callable[[int, int], None]
"""Told (pages recognised, pages to recognise)."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How files are read: whether pages without text are recognised (OCR), where recognised pages are kept, who is told.

    `recognise` are the SHA-256 of the files of which every page is recognised, whatever text it has: someone has seen that
    the text is wrong. `corrected` is what someone corrected in the heads of files, by their SHA-256 and the names of fields.
    `alive` is called after every page read: a reader that stays silent for long is taken for stuck.
    """

    ocr: bool = True
    cache: Path | None = None
    progress: PageProgress | None = None
    alive: Callable[[], None] | None = None
    recognise: frozenset[str] = frozenset()
    corrected: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)


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


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph as the file has it; newlines are its line breaks. `depth` from 1 where the file marks it as a heading."""

    text: str
    depth: int | None = None


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table: rows of cells, each cell's paragraphs on lines of their own."""

    rows: Sequence[Sequence[str]]


Block: TypeAlias = TextBlock | TableBlock


def raw_words(blocks: Iterable[Block], limit: int) -> str:
    """The first `limit` characters or so of the blocks, as the file has them."""
    pieces: list[str] = []
    length = 0
    for block in blocks:
        words = block.text if isinstance(block, TextBlock) else "\n".join(cell for row in block.rows for cell in row)
        pieces.append(words[:limit])
        length += len(pieces[-1])
        if length >= limit:
            break
    return "\n".join(pieces)


def note_place(index: int) -> str:
    """What stands in a block's text where the note with this index is marked; `TextBuilder` takes it out."""
    return f"\ufdd0{index}\ufdd1"


@dataclass(slots=True)
class _Paragraph:
    text: str
    depth: int | None
    notes: list[tuple[int, int]]  # index of the note, offset in the paragraph


@dataclass(slots=True)
class TextBuilder:
    """Collects paragraphs into one text, a paragraph a line; remembers which are headings and where notes are marked.

    `encoding` is the old encoding that paragraphs without a letter of their own in Unicode are in.
    """

    encoding: Encoding | None = None
    _paragraphs: list[_Paragraph] = field(default_factory=list)
    _lifted: list[Marginal] = field(default_factory=list)

    def add(self, text: str, depth: int | None = None) -> None:
        """Adds the paragraphs of `text` (one a line), tidied; blank ones and printed rules vanish.

        `depth` marks them as headings.
        """
        if self.encoding is not None:
            text = convert_mixed(text, self.encoding)
        for line in _WRAP.sub(" ", text).split("\n"):
            words, notes = _without_notes(tidy(line))
            if words:
                self._paragraphs.append(_Paragraph(words, depth, notes))
            elif notes and self._paragraphs:
                last = self._paragraphs[-1]
                last.notes += [(index, len(last.text)) for index, _ in notes]

    def add_table(self, rows: Sequence[Sequence[str]]) -> None:
        """Adds a table: a row is a paragraph, its cells joined by " | "; cells of a layout table are paragraphs."""
        if self.encoding is not None:
            rows = [[convert_mixed(cell, self.encoding) for cell in row] for row in rows]
        filled = [[cell for cell in row if cell.strip()] for row in rows]
        if is_layout_table(filled):
            for cell in (cell for row in filled for cell in row):
                self.add(cell)
            return
        for row in filled:
            self.add(" | ".join(filter(None, (tidy(cell.replace("\n", " ")) for cell in row))))

    def add_blocks(self, blocks: Iterable[Block]) -> None:
        """Adds each block in turn."""
        for block in blocks:
            if isinstance(block, TextBlock):
                self.add(block.text, block.depth)
            else:
                self.add_table(block.rows)

    def first(self, count: int) -> list[str]:
        """The first paragraphs, up to `count`."""
        return [paragraph.text for paragraph in self._paragraphs[:count]]

    def lift(self, count: int, kind: Literal["running head"]) -> None:
        """Takes the first `count` paragraphs out of the text; they stay beside it, as one marginal."""
        self._lifted.append(Marginal(kind, "\n".join(self.first(count))))
        del self._paragraphs[:count]

    @property
    def text(self) -> str:
        """All paragraphs so far, one a line."""
        return "\n".join(paragraph.text for paragraph in self._paragraphs)

    def source(
        self,
        file: RawFile,
        media: Literal["docx", "html", "markdown", "text"],
        *,
        metadata: Mapping[str, JSON] | None = None,
        notes: Sequence[Marginal] = (),
        warnings: Sequence[str] = (),
    ) -> SourceText:
        """The finished text; `notes`, as the file has them, are those that places in the blocks refer to by index."""
        headings: list[Heading] = []
        anchors: dict[int, int] = {}
        start = 0
        for paragraph in self._paragraphs:
            if paragraph.depth is not None:
                headings.append(Heading(Span(start, start + len(paragraph.text)), paragraph.depth))
            for index, offset in paragraph.notes:
                anchors.setdefault(index, start + offset)
            start += len(paragraph.text) + 1
        # Once for each text: a note may be marked a hundred thousand times.
        words = {text: self._note(text) for text in {note.text for note in notes}}
        anchored = (replace(note, text=words[note.text], anchor=anchors.get(i)) for i, note in enumerate(notes))
        return SourceText(
            text=self.text,
            file=str(file.path),
            sha256=file.sha256,
            media=media,
            headings=tuple(headings),
            marginals=(*self._lifted, *anchored),
            metadata=metadata or {},
            warnings=tuple(warnings),
        )

    def _note(self, text: str) -> str:
        text = text if self.encoding is None else convert_mixed(text, self.encoding)
        return "\n".join(filter(None, (_without_notes(tidy(line))[0] for line in text.split("\n"))))


def _without_notes(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A tidied paragraph without its note places, and these as (index, offset)."""
    if not _PLACE_MARKS.search(text):
        return text, []
    notes: list[tuple[int, int]] = []
    words, end = "", 0
    for place in _NOTE_PLACE.finditer(text):
        words = _joined(words, text[end : place.start()])
        notes.append((int(place[1]), len(words)))
        end = place.end()
    words = compose(_joined(words, text[end:])).rstrip()
    return words, [(index, min(offset, len(words))) for index, offset in notes]


def _joined(before: str, after: str) -> str:
    after = _PLACE_MARKS.sub("", after)
    return before + (after.lstrip() if not before or before.endswith(" ") else after)


def tidy(text: str) -> str:
    """One line of NFC text with single spaces, without invisible characters; a drawn rule at its end is no text."""
    # No regular expression looks for the rule: one would take hours over a million dashes that end otherwise.
    line = compose(_INVISIBLE.sub("", _BLANKS.sub(" ", text))).strip()
    bare = line.rstrip(_DRAWN)
    return bare.rstrip() if len(line) - len(bare) >= 5 else line


def is_layout_table(rows: Iterable[Sequence[str]]) -> bool:
    """Whether a table only places things side by side: issuer and motto, recipients and signature, a single cell."""
    filled = [row for row in rows if row]
    if not filled or all(len(row) == 1 for row in filled) or max(map(len, filled)) > 2 or len(filled) > 6:
        return not filled or all(len(row) == 1 for row in filled)
    cells = [cell.strip() for row in filled for cell in row]
    return any(_HEAD.search(cell) or _SIGNATURE.search(cell) or _SIGNER.search(cell) for cell in cells)
