"""Documents made by hand and an encoder small enough to check by eye."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from policy_qa.document import Address, Document, Level, Metadata, Page, Provision, SourceText, Span, Step
from policy_qa.errors import UnreadableFile


class HashEncoder:
    """A bag of hashed words; counts the texts it was given."""

    name = "hash"
    dimensions = 32

    def __init__(self, fingerprint: str = "hash-1") -> None:
        self.fingerprint = fingerprint
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += len(texts)
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[zlib.crc32(word.encode("utf-8")) % self.dimensions] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)


LEVELS = {str(level): level for level in Level}
CONTAINERS = (Level.PHAN, Level.CHUONG)


def make_document(
    outline: str,
    *,
    number: str | None = "12/QĐ-ABC",
    date: str | None = "2024-05-06",
    text_kind: str = "official",
    file: str = "a.md",
    pages: int = 0,
    **metadata: object,
) -> Document:
    """A document from lines of `<two spaces a depth><level>=<label>[|heading]: printed words`; `|` alone continues."""
    rows: list[tuple[int, Step, str | None, int, int]] = []
    text = ""
    for line in outline.strip("\n").splitlines():
        body = line.lstrip()
        depth = (len(line) - len(body)) // 2
        if body.startswith("| "):
            text += body[2:] + "\n"
            continue
        head, _, words = body.partition(": ")
        path, _, heading = head.partition("|")
        level, _, label = path.partition("=")
        start = len(text)
        text += words + "\n"
        rows.append((depth, Step(LEVELS[level], label), heading or None, start, depth))
    text = text.rstrip("\n")

    def below(at: int, depth: int, end: int, above: Address) -> tuple[tuple[Provision, ...], int]:
        found = []
        while at < len(rows) and rows[at][0] == depth:
            _, step, heading, start, _ = rows[at]
            following = next((r[3] for r in rows[at + 1 :] if r[0] <= depth), end + 1)
            stop = min(following - 1, end)
            base = Address() if step.level is Level.DIEU and not _annex(above) else above
            address = base / step
            children, at = below(at + 1, depth + 1, stop, address)
            found.append(Provision(address, Span(start, stop), heading, children))
        return tuple(found), at

    provisions, _ = below(0, 0, len(text), Address())
    size = -(-len(text) // pages) if pages else 0
    source = SourceText(
        text=text,
        file=file,
        sha256=hashlib.sha256(text.encode("utf-8")).hexdigest(),
        media="markdown",
        pages=tuple(Page(n + 1, Span(n * size, min((n + 1) * size, len(text))), 595.0, 842.0) for n in range(pages)),
    )
    return Document(Metadata(number=number, date=date, text_kind=text_kind, **metadata), source, provisions)  # type: ignore[arg-type]


def _annex(address: Address) -> bool:
    return any(step.level is Level.PHU_LUC for step in address.steps)


def load_outline(path: Path) -> Document:
    """A loader for `build_index`: the first line is `number|date|text_kind`, the rest an outline; "hỏng" cannot be read."""
    text = path.read_text(encoding="utf-8")
    if text.startswith("hỏng"):
        raise UnreadableFile(f"Tệp {path} bị hỏng: hãy mở và lưu lại.")
    if text.startswith("lỗi"):
        raise ZeroDivisionError
    head, _, outline = text.partition("\n")
    number, date, text_kind = [*head.split("|"), "official"][:3]
    return make_document(outline, number=number or None, date=date or None, text_kind=text_kind, file=str(path))
