"""The nouns that everything else speaks: texts, provisions, addresses, passages.

All offsets count Unicode code points of `SourceText.text`. Nothing here reads files, searches or prints;
this module imports nothing of ours.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Self, TypeAlias
from urllib.parse import unquote

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
TextKind: TypeAlias = Literal["official", "digest"]

DIGEST_MARK = "(bản tóm lược, không phải nguyên văn)"
"""Ends whatever is copied or exported from a digest."""


# --- places in a text ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range `[start, end)` of code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def __len__(self) -> int:
        return self.end - self.start

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def of(self, text: str) -> str:
        """The words of `text` that the span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points, origin at the bottom left."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the file: its number from 1, the span of text on it, its size in points.

    `ocr` is how sure the recognition of its letters was (0 to 1) where the page is a picture; None for a page with text.
    """

    number: int
    span: Span
    width: float
    height: float
    ocr: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: where its text lies in the source text, and where on which page."""

    span: Span
    page: int
    box: Box


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that the file itself marks as a heading (Markdown `#`, Word style, HTML `h1`…); depth from 1."""

    span: Span
    depth: int


@dataclass(frozen=True, slots=True)
class Marginal:
    """Text lifted out of the reading order: running heads, page numbers, stamps, footnotes.

    A footnote has its `mark` (`1`, `*`) and, where its mark was found in the text, the offset there as `anchor`.
    """

    kind: Literal["running head", "page number", "stamp", "footnote"]
    text: str
    page: int | None = None
    box: Box | None = None
    mark: str | None = None
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document's text in reading order, NFC, one paragraph a line; spans and quotes refer to it.

    Printed lines of one paragraph are joined by a space. Nothing is added or reordered; what is lifted out
    (running heads, page numbers, stamps) stands in `marginals`. `pages` and `lines` are empty for files
    without pages. `metadata` is what the file says of itself: YAML front matter, PDF or Word properties.
    """

    text: str
    file: str
    sha256: str
    media: Literal["pdf", "docx", "html", "markdown", "text"]
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    headings: tuple[Heading, ...] = ()
    marginals: tuple[Marginal, ...] = ()
    metadata: Mapping[str, JSON] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The page (from 1) on which the character at `offset` is printed; None for files without pages."""
        found = None
        for page in self.pages:
            if page.span.start > offset:
                break
            found = page.number
        return found

    def boxes(self, span: Span) -> Iterator[tuple[int, Box]]:
        """Where the characters of `span` are printed, a page and a rectangle (points) for each printed line.

        The edges of a part of a line are estimated by its share of the line's characters.
        """
        for line in self.lines:
            start, end = max(span.start, line.span.start), min(span.end, line.span.end)
            if start >= end:
                continue
            share = (line.box.right - line.box.left) / len(line.span)
            left = line.box.left + share * (start - line.span.start)
            right = line.box.right - share * (line.span.end - end)
            yield line.page, Box(left, line.box.bottom, right, line.box.top)


# --- addresses ----------------------------------------------------------------------------------------------------


class Level(StrEnum):
    """The levels of Vietnamese legal structure, by their Vietnamese names, outermost first."""

    PHU_LUC = "phụ lục"
    PHAN = "phần"
    CHUONG = "chương"
    MUC = "mục"
    TIEU_MUC = "tiểu mục"
    DIEU = "điều"
    DE_MUC = "đề mục"
    KHOAN = "khoản"
    DIEM = "điểm"
    GACH = "gạch"
    DOAN = "đoạn"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an address: a level and the label printed there (`I`, `2`, `a`, `đ`, `1.1`, a heading in lower case)."""

    level: Level
    label: str

    def __str__(self) -> str:
        # Only what would break the notation is escaped, so that ids stay readable.
        label = "".join(f"%{ord(c):02X}" if c in "%;=#" else c for c in self.label)
        return f"{self.level}={label}"


@dataclass(frozen=True, slots=True)
class Address:
    """The path to a provision inside its document, outermost first: `điều=1;mục=I;khoản=2`.

    Containers of a điều (phần, chương, mục above it) are left out: the điều identifies it
    (NQ 351/2017/UBTVQH14, Điều 24 khoản 3). The empty address is the document as a whole.
    """

    steps: tuple[Step, ...] = ()

    @classmethod
    def of(cls, *steps: tuple[Level, str]) -> Self:
        """`Address.of((Level.DIEU, "1"), (Level.KHOAN, "2"))`."""
        return cls(tuple(Step(level, label) for level, label in steps))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Reads `điều=1;mục=I`; raises ValueError on an unknown level or an empty label."""
        steps = []
        for part in text.split(";") if text else ():
            level, separator, label = part.partition("=")
            if not separator or not label.strip():
                raise ValueError(f"not an address: {text!r}")
            steps.append(Step(Level(level.strip()), unquote(label.strip())))
        return cls(tuple(steps))

    def __str__(self) -> str:
        return ";".join(map(str, self.steps))

    def __len__(self) -> int:
        return len(self.steps)

    def __bool__(self) -> bool:
        return bool(self.steps)

    def __truediv__(self, step: Step) -> Address:
        return Address((*self.steps, step))

    @property
    def last(self) -> Step:
        """The innermost step; IndexError for the empty address."""
        return self.steps[-1]

    @property
    def parent(self) -> Address:
        """One level up; the empty address is its own parent."""
        return Address(self.steps[:-1])

    def is_within(self, other: Address) -> bool:
        """Whether this is `other` or lies below it."""
        return self.steps[: len(other.steps)] == other.steps


# --- documents ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Relation:
    """What this document says of another.

    `kind` is căn cứ, thực hiện, thay thế, sửa đổi, bãi bỏ, đính chính, hợp nhất, tiếp tục, hướng dẫn. Laws are often
    named without a number: then `name` ("Luật Báo chí") and `date` tell which.
    """

    kind: str
    number: str | None
    date: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A part that the document has but this text of it lacks; `topics` are words by which a question asks for it."""

    part: str
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the head of a document says. `date` is `YYYY-MM-DD`; `title` is the trích yếu without the kind.

    `confidence` tells by field name how sure a recognised value is (0 to 1); fields that were given are not in it.
    """

    number: str | None = None
    date: str | None = None
    kind: str | None = None
    issuer: str | None = None
    title: str | None = None
    signer: str | None = None
    text_kind: TextKind = "official"
    nicknames: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    gaps: tuple[Gap, ...] = ()
    sources: tuple[str, ...] = ()
    confidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, tied to the provision whose words bear its mark at `anchor`; its text is not part of that provision."""

    mark: str
    text: str
    anchor: int
    address: Address
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """A node of the document's tree.

    Invariants: `span.of(source.text)` is the provision with its label and heading; children lie inside it,
    in order, and do not overlap. `heading` is the heading without the label; `reported` marks what is only
    reported by press or catalogues, not seen in the document itself.
    """

    address: Address
    span: Span
    heading: str | None = None
    children: tuple[Provision, ...] = ()
    reported: bool = False

    @property
    def own_span(self) -> Span:
        """Label, heading and own words: what stands before the first child."""
        return Span(self.span.start, self.children[0].span.start if self.children else self.span.end)

    def walk(self) -> Iterator[Provision]:
        """This provision and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """A document: its metadata, its text, its tree, and the notes of its provisions in reading order."""

    metadata: Metadata
    source: SourceText
    provisions: tuple[Provision, ...]
    warnings: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def key(self) -> str:
        """Identity: number and date (`1079/QĐ-TTg@2022-09-14`); the file's name where it bears no number."""
        return document_key(self.metadata.number, self.metadata.date, self.source.file)

    def walk(self) -> Iterator[Provision]:
        """All provisions in reading order."""
        for provision in self.provisions:
            yield from provision.walk()

    def provision_at(self, span: Span) -> Provision | None:
        """The innermost provision that contains `span`."""
        found = None
        level: tuple[Provision, ...] = self.provisions
        while True:
            # Siblings stand in order and apart, so only the last that has begun can contain the span.
            begun = bisect_right(level, span.start, key=lambda provision: provision.span.start)
            if not begun or span not in level[begun - 1].span:
                return found
            found = level[begun - 1]
            level = found.children


def document_key(number: str | None, date: str | None, file: str) -> str:
    """`number@date`; two documents may bear one number, so the date belongs to the identity."""
    if number is None:
        return file.replace("\\", "/").rsplit("/", 1)[-1].replace("#", "_").replace("@", "_")
    return f"{number}@{date}" if date else number


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: one provision, or the words of one that stand before its children.

    `id` is `document key#address`; `text == source.text[span]`; `heading_path` leads from the outermost
    heading to the provision's own; it never crosses a điều.
    """

    id: str
    document: str
    address: Address
    span: Span
    text: str
    heading_path: tuple[str, ...] = ()
    page: int | None = None


def to_json(value: object) -> JSON:
    """Plain JSON values of our dataclasses: addresses become their notation, spans `[start, end]`."""
    if isinstance(value, Address):
        return str(value)
    if isinstance(value, Span):
        return [value.start, value.end]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(item) for item in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"not JSON: {type(value).__name__}")
