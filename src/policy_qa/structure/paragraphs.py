"""The paragraphs of a text with what the parser must know of each: place, marked heading, inside a quotation."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from policy_qa.document import SourceText
from policy_qa.structure import grammar


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One non-empty line of the source text, trimmed.

    `depth` is set where the file marks it as a heading; `opens_page` where it is the first on its page.
    """

    start: int
    end: int
    text: str
    quoted: bool = False
    depth: int | None = None
    opens_page: bool = False


def paragraphs(source: SourceText) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs in reading order, and warnings about quotations that are never closed."""
    depths = {heading.span.start: heading.depth for heading in source.headings}
    pages = {page.span.start for page in source.pages[1:]}
    found: list[Paragraph] = []
    offset = 0
    for line in source.text.split("\n"):
        text = line.strip()
        if text:
            start = offset + line.index(text[0])
            depth = depths.get(offset, depths.get(start))
            found.append(Paragraph(start, start + len(text), text, depth=depth, opens_page=start in pages))
        offset += len(line) + 1
    quoted, warnings = _quoted([p.text for p in found])
    marked = [dataclasses.replace(p, quoted=q) if q else p for p, q in zip(found, quoted, strict=True)]
    return [piece for p in marked for piece in _split_inline_clause(p)], warnings


def _split_inline_clause(paragraph: Paragraph) -> list[Paragraph]:
    """`Điều 3. 1. Người …` becomes two: the label of the điều, and its khoản 1."""
    match = None if paragraph.quoted else grammar.ARTICLE.match(paragraph.text)
    if match is None or not match["title"] or not grammar.INLINE_CLAUSE.match(match["title"]):
        return [paragraph]
    cut = match.start("title")
    label = paragraph.text[:cut].rstrip()
    return [
        dataclasses.replace(paragraph, end=paragraph.start + len(label), text=label),
        Paragraph(paragraph.start + cut, paragraph.end, paragraph.text[cut:]),
    ]


def _quoted(texts: list[str]) -> tuple[list[bool], list[str]]:
    """For each paragraph whether it begins inside a quotation or opens one.

    A quotation that runs over several paragraphs opens at the start of a paragraph or after a colon, and ends
    with the first paragraph that closes more than it opens. One that never ends quotes its first paragraph
    alone: a forgotten mark must not swallow the rest of a document.
    """
    quoted = [False] * len(texts)
    warnings = []
    opened: int | None = None
    for i, text in enumerate(texts):
        balance = _balance(text, opened is not None)
        starts = text[0] in grammar.OPENING_MARKS + '"'
        if opened is not None and starts and balance > 0:
            warnings.append(_unclosed(texts[opened]))
            opened = None
        if opened is None:
            quoted[i] = starts
            if balance > 0 and grammar.QUOTE_OPENS.search(text):
                opened = i
        elif balance < 0:
            quoted[opened + 1 : i + 1] = [True] * (i - opened)
            opened = None
    if opened is not None:
        warnings.append(_unclosed(texts[opened]))
    return quoted, warnings


def _balance(text: str, is_open: bool) -> int:
    """Marks opened minus marks closed; straight marks open and close in turn."""
    opened = sum(map(text.count, grammar.OPENING_MARKS)) - sum(map(text.count, grammar.CLOSING_MARKS))
    straight = text.count('"') % 2
    return opened + (-straight if is_open else straight)


def _unclosed(text: str) -> str:
    return f"Đoạn trích mở ngoặc kép mà không thấy đóng: “{text[:60].lstrip(grammar.OPENING_MARKS)}…”; chỉ đoạn đầu được coi là đoạn trích."
