"""Cuts a document into passages: what is indexed, embedded, ranked and cited.

The unit is the provision of khoản size. What stands below a khoản stays with it while the whole is short enough
to be read at a glance; a longer one is cut into its own words and its children. A passage never crosses a điều.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from policy_qa.document import Address, Document, Level, Passage, Provision, Span

WHOLE_LIMIT = 1500
"""A khoản with its điểm stays one passage up to this many code points."""
LEAF_LIMIT = 3000
"""Words without inner structure are cut only beyond this many code points."""
PIECE_LIMIT = 1500
"""The size of the pieces that an overlong leaf is cut into."""

_BELOW_KHOAN = frozenset({Level.DIEM, Level.GACH, Level.DOAN})
_FOLDABLE = frozenset({Level.KHOAN, Level.DIEM, Level.GACH, Level.DOAN})
_SIGNATURE = "chữ ký"
_SENTENCE_END = re.compile(r"[.;:!?…]['\"”’)\]]*\s+")


def passages(document: Document) -> list[Passage]:
    """The passages of `document` in reading order; ids are unique within it.

    Every provision lies inside some passage, or is covered by several; only the signature block of an official
    text is left out, because it answers nothing and matches every name. A document without any provision is cut
    by paragraphs, under the empty address.
    """
    text = document.source.text
    found: list[Passage] = []
    seen: Counter[str] = Counter()
    for address, span, path in _units(document):
        for piece in _pieces(text, span):
            seen[str(address)] += 1
            repeat = seen[str(address)]
            suffix = f"~{repeat}" if repeat > 1 else ""
            found.append(
                Passage(
                    id=f"{document.key}#{address}{suffix}",
                    document=document.key,
                    address=address,
                    span=piece,
                    text=piece.of(text),
                    heading_path=path,
                    page=document.source.page_at(piece.start),
                )
            )
    return found


def heading_text(passage: Passage) -> str:
    """The innermost heading above a passage that it does not repeat itself; empty where there is none."""
    own = _one_line(passage.text)
    return next((heading for heading in reversed(passage.heading_path) if heading not in own), "")


def embedding_text(passage: Passage) -> str:
    """What the encoder sees of a passage: its words, after the heading above them."""
    heading = heading_text(passage)
    return f"{heading}\n{passage.text}" if heading else passage.text


def article_of(address: Address) -> Address:
    """The điều in which an address lies; where there is none, the outermost provision."""
    for at, step in enumerate(address.steps):
        if step.level is Level.DIEU:
            return Address(address.steps[: at + 1])
    return Address(address.steps[:1])


_Unit = tuple[Address, Span, tuple[str, ...]]


def _units(document: Document) -> Iterator[_Unit]:
    text = document.source.text
    if not document.provisions:
        yield Address(), Span(0, len(text)), ()
    digest = document.metadata.text_kind == "digest"
    for provision in document.provisions:
        if not digest and _is_signature(provision):
            continue
        yield from _cut(provision, text, ())


def _is_signature(provision: Provision) -> bool:
    address = provision.address
    return bool(address) and address.last.level is Level.DE_MUC and address.last.label == _SIGNATURE


def _cut(provision: Provision, text: str, above: tuple[str, ...]) -> Iterator[_Unit]:
    heading = _printed_heading(provision, text)
    path = (*above, heading) if heading else above
    if not provision.children or (_stays_whole(provision) and len(provision.span) <= WHOLE_LIMIT):
        yield provision.address, provision.span, path
        return
    at = provision.span.start
    for child in provision.children:
        # Words between two children, or after the last, belong to the parent: a closing sentence of a khoản.
        yield provision.address, Span(at, child.span.start), path
        yield from _cut(child, text, path)
        at = child.span.end
    yield provision.address, Span(at, provision.span.end), path


def _stays_whole(provision: Provision) -> bool:
    level = provision.address.last.level
    return level in _FOLDABLE or (
        level is Level.DIEU and all(child.address.last.level in _BELOW_KHOAN for child in provision.children)
    )


def _printed_heading(provision: Provision, text: str) -> str | None:
    """Label and heading as printed, on one line: `Điều 1. Phê duyệt …`; None for a provision without a heading."""
    if not provision.heading:
        return None
    own = provision.own_span.of(text)
    at = own.find(provision.heading)
    # A parser may have joined the lines of a heading; then its first line is still as printed.
    return _one_line(own[: at + len(provision.heading)] if at >= 0 else own.strip().split("\n", 1)[0])


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _pieces(text: str, span: Span) -> Iterator[Span]:
    """The span without outer space, cut where paragraphs or sentences end when it is overlong; nothing for mere space."""
    start, end = _trim(text, span.start, span.end)
    if not any(c.isalnum() for c in text[start:end]):
        return
    limit = PIECE_LIMIT if end - start > LEAF_LIMIT else LEAF_LIMIT
    while end - start > limit:
        cut = _cut_point(text, start, start + limit)
        piece_start, piece_end = _trim(text, start, cut)
        if piece_end > piece_start:
            yield Span(piece_start, piece_end)
        start = cut
    start, end = _trim(text, start, end)
    if end > start:
        yield Span(start, end)


def _cut_point(text: str, start: int, limit: int) -> int:
    """Where to cut before `limit`: after the last paragraph of the second half, else sentence, else word, else there."""
    half = (start + limit) // 2
    newline = text.rfind("\n", half, limit)
    if newline >= 0:
        return newline + 1
    sentence = max((m.end() for m in _SENTENCE_END.finditer(text, half, limit)), default=-1)
    if sentence >= 0:
        return sentence
    space = text.rfind(" ", half, limit)
    return space + 1 if space >= 0 else limit


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
