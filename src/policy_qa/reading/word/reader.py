"""Word files (.docx): paragraphs, tables, text boxes in order, automatic numbers as printed, notes lifted out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from lxml.etree import _Element

from policy_qa.document import JSON, Marginal, SourceText
from policy_qa.errors import UnreadableFile
from policy_qa.reading import legacy
from policy_qa.reading.cover import lift_cover
from policy_qa.reading.source import Block, RawFile, TableBlock, TextBlock, TextBuilder, raw_words
from policy_qa.reading.word.notes import Notes
from policy_qa.reading.word.numbering import Numbering
from policy_qa.reading.word.package import W, WordPackage
from policy_qa.reading.word.styles import Styles, depth_of, look_of, settings_in, value
from policy_qa.reading.word.text import WordText, alternatives

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_TERMS: Final = "{http://purl.org/dc/terms/}"
_CORE: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_PROPERTIES: Final = {
    "title": f"{_DC}title", "subject": f"{_DC}subject", "author": f"{_DC}creator", "keywords": f"{_CORE}keywords",
    "created": f"{_TERMS}created", "modified": f"{_TERMS}modified",
}  # fmt: skip
_DATES: Final = frozenset(("created", "modified"))
_SETTINGS: Final = f"{W}pPr"
_GONE: Final = frozenset((f"{W}del", f"{W}moveFrom"))
_MAX_PARAGRAPHS: Final = 500_000
# What is deleted with tracked changes, or only says how something looks.
_LEFT_OUT: Final = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "trPr", "tcPr", "pPr")
)  # fmt: skip


def read_docx(file: RawFile) -> SourceText:
    """The text of a Word file; a line break inside a paragraph begins a new one.

    Raises:
        UnreadableFile: corrupt, without text, or unpacking to an unreasonable size.
    """
    package = WordPackage(file)
    try:
        reader = _Reader(package, file)
        blocks = list(reader.blocks(package.body()))
        notes = reader.notes()
    except RecursionError as error:
        raise package.refusal(error) from error
    encoding = None if reader.converted else legacy.detect(raw_words(blocks, legacy.SAMPLE))
    builder = TextBuilder(encoding)
    builder.add_blocks(blocks)
    if not builder.text:
        raise UnreadableFile(f"Tệp Word “{file.name}” không có chữ nào (có thể chỉ có ảnh chụp); hãy dùng bản có chữ.")
    lift_cover(builder)
    converted = sorted(reader.converted) or ([encoding] if encoding else [])
    return builder.source(
        file,
        "docx",
        metadata=_metadata(package.properties()),
        notes=notes,
        warnings=[legacy.warning(file.name, name) for name in converted],
    )


def read_blocks(file: RawFile) -> list[Block]:
    """The paragraphs and tables of a Word file as they stand, where they are no official document (lists, forms).

    Raises:
        UnreadableFile: corrupt, or unpacking to an unreasonable size.
    """
    package = WordPackage(file)
    try:
        return list(_Reader(package, file).blocks(package.body()))
    except RecursionError as error:
        raise package.refusal(error) from error


class _Reader:
    """Goes through the body of one document; what is counted (numbers, notes) is counted in reading order."""

    def __init__(self, package: WordPackage, file: RawFile) -> None:
        self._file = file
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"), self._styles)
        self._notes = Notes(package)
        self._text = WordText(self._styles, self._notes.place)
        self._count = 0

    @property
    def converted(self) -> set[legacy.Encoding]:
        """The old encodings that fonts told of."""
        return self._text.converted

    def notes(self) -> list[Marginal]:
        """The notes that were marked so far."""
        return self._notes.marginals(self._note)

    def _note(self, note: _Element) -> str:
        return "\n".join(line for block in self.blocks(note) for line in _lines(block))

    def blocks(self, parent: Iterable[_Element]) -> Iterator[Block]:
        """The paragraphs and tables right below `parent` or its content controls."""
        held: list[str] = []  # what stands before a deleted paragraph mark goes on in the next paragraph
        for element in alternatives(parent):
            if element.tag == f"{W}p":
                yield from self._paragraph(element, held)
            elif element.tag == f"{W}sectPr":
                self._notes.end_section(element)
            elif element.tag not in _LEFT_OUT and isinstance(element.tag, str):
                yield from _closed(held)
                yield from self._table(element) if element.tag == f"{W}tbl" else self.blocks(element)
        yield from _closed(held)

    def _paragraph(self, element: _Element, held: list[str]) -> Iterator[Block]:
        """The blocks of one paragraph with its text boxes; begins with what is `held`, and leaves there what belongs to the next."""
        self._count += 1
        if self._count > _MAX_PARAGRAPHS:
            raise UnreadableFile(
                f"Tệp Word “{self._file.name}” có quá {_MAX_PARAGRAPHS:,} đoạn nên không đọc; hãy tách nhỏ tệp.".replace(
                    ",", ".", 1
                )
            )
        first = next(iter(element), None)
        settings = settings_in(first if first is not None and first.tag == _SETTINGS else None)
        style = self._styles[value(settings, "pStyle")]
        if style.is_contents:
            return  # a table of contents repeats the headings
        look = style.look.over(self._styles.defaults)
        words = self._text.words(element, look)
        for box in words.boxes_before:
            yield from self.blocks(box)
        held.append(words.text)
        mark = settings.get("rPr")
        mark_look = look_of(mark).over(look)
        if not (mark_look.hidden or _is_gone(mark)):
            label = self._numbering.label(settings, style, mark_look)
            depth = depth_of(settings)
            yield from _closed(held, label, (style.depth if depth is None else depth) or None)
        for box in words.boxes_after:
            yield from self.blocks(box)
        if "sectPr" in settings:
            self._notes.end_section(settings["sectPr"])

    def _table(self, table: _Element) -> Iterator[Block]:
        rows = [list(cells) for cells in self._rows(table)]
        if all(len(cells) <= 1 for cells in rows):
            for cells in rows:  # a frame around text
                yield from (block for cell in cells for block in self.blocks(cell))
        else:
            yield TableBlock([[self._cell(cell) for cell in cells] for cells in rows])

    def _rows(self, parent: _Element) -> Iterator[Iterator[_Element]]:
        for element in alternatives(parent):
            if element.tag == f"{W}tr":
                properties = element.find(f"{W}trPr")
                if properties is None or properties.find(f"{W}del") is None:
                    yield self._cells(element)
            elif element.tag not in _LEFT_OUT:
                yield from self._rows(element)

    def _cells(self, parent: _Element) -> Iterator[_Element]:
        for element in alternatives(parent):
            if element.tag == f"{W}tc":
                if not _is_covered(element.find(f"{W}tcPr")):
                    yield element
            elif element.tag not in _LEFT_OUT:
                yield from self._cells(element)

    def _cell(self, cell: _Element) -> str:
        return "\n".join(line for block in self.blocks(cell) for line in _lines(block))


def _closed(held: list[str], label: str = "", depth: int | None = None) -> Iterator[Block]:
    """The paragraph that `held` makes, which is empty then; an empty item has no bullet."""
    text = label + "".join(held)
    held.clear()
    if text and text.strip() not in {"-", "+"}:
        yield TextBlock(text, depth)


def _lines(block: Block) -> list[str]:
    """A block inside a cell or note; the rows of a table are lines."""
    if isinstance(block, TextBlock):
        return [block.text]
    rows = ([cell.replace("\n", " ") for cell in row if cell.strip()] for row in block.rows)
    return [" | ".join(row) for row in rows if row]


def _is_gone(mark: _Element | None) -> bool:
    """Whether the end of a paragraph is deleted or moved away, so that the next one goes on with it."""
    return mark is not None and any(change.tag in _GONE for change in mark)


def _is_covered(properties: _Element | None) -> bool:
    """Whether a cell is deleted, or lies under one that is merged with it."""
    if properties is None:
        return False
    merged = (properties.find(f"{W}{name}") for name in ("vMerge", "hMerge"))
    return properties.find(f"{W}cellDel") is not None or any(
        merge is not None and merge.get(f"{W}val") != "restart" for merge in merged
    )


def _metadata(root: _Element | None) -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    for name, tag in _PROPERTIES.items():
        said = (root.findtext(tag) or "").strip() if root is not None else ""
        if name in _DATES and said:
            try:
                found[name] = datetime.fromisoformat(said).isoformat()
            except ValueError:
                continue
        elif said:
            found[name] = said
    return found
