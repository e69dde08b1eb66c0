"""Where what is attached begins: Phụ lục, Quy chế, Danh mục, Mẫu; each has a numbering of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy_qa.structure import grammar
from policy_qa.structure.containers import is_container
from policy_qa.structure.paragraphs import Paragraph

_REPEALED = re.compile(r"^[^()]{1,40}\((?:được|đã|bị)?\s*bãi bỏ\)$")


def find_annexes(paragraphs: Sequence[Paragraph], signature: int | None) -> list[int]:
    """The first paragraph of each annex, in order."""
    found: list[int] = []
    titled = -1
    seen_article = False
    for i, paragraph in enumerate(paragraphs):
        signed = signature is not None and i > signature
        if not signed and not seen_article:
            seen_article = bool(grammar.ARTICLE.match(paragraph.text) or grammar.CLAUSE.match(paragraph.text))
            continue
        if i <= titled or paragraph.quoted or not _opens_annex(paragraphs, i, signed):
            continue
        found.append(i)
        titled = annex_title_end(paragraphs, i) - 1
    if not found and signature is not None:
        restart = _unnamed_annex(paragraphs, signature)
        found = [restart] if restart is not None else []
    return found


def _opens_annex(paragraphs: Sequence[Paragraph], at: int, signed: bool) -> bool:
    text = paragraphs[at].text
    if len(text) > 250:
        return False
    match = grammar.ANNEX.match(text)
    if match:
        title = match["title"]
        if match["word"].isupper():
            return not title or grammar.is_capitals(title) or bool(grammar.ISSUED_WITH.match(title))
        plain = not title or bool(grammar.ISSUED_WITH.match(title)) or grammar.is_capitals(title)
        return (plain and text[-1] not in ";,") and (signed or (match["label"] is not None and not title))
    form = grammar.FORM.match(text)
    if form and signed:
        if _REPEALED.search(text):
            return True  # a consolidated text keeps the names of repealed forms, one a line
        beside = [p.text for p in (paragraphs[at - 1], *paragraphs[at + 1 : at + 2])]
        neighbours = [grammar.FORM.match(other) for other in beside if not _REPEALED.search(other)]
        # A list of forms repeats the pattern from line to line; a form itself begins on a line of its own.
        listed = any(other and bool(other["title"]) == bool(form["title"]) for other in neighbours)
        return not listed and (len(text) <= 40 or grammar.is_capitals(text))
    if grammar.ATTACHED.match(text) and grammar.is_capitals(text):
        issued = any(grammar.ISSUED_WITH.match(p.text) for p in paragraphs[at + 1 : at + 6])
        return issued or (signed and paragraphs[at].opens_page and _begins_list(paragraphs, at + 1))
    return False


def _begins_list(paragraphs: Sequence[Paragraph], at: int) -> bool:
    match = grammar.CLAUSE.match(paragraphs[at].text) if at < len(paragraphs) else None
    return match is not None and match["number"] == "1"


def annex_title_end(paragraphs: Sequence[Paragraph], first: int) -> int:
    """One past the last title line of the annex that begins at `first`."""
    issued = next(
        (i for i in range(first, min(first + 7, len(paragraphs))) if grammar.ISSUED_WITH.match(paragraphs[i].text)),
        first,
    )
    if grammar.ARTICLE.match(paragraphs[first].text) or is_container(paragraphs[first].text):
        return first  # what is attached has no title
    i = first + 1
    while i < min(first + 9, len(paragraphs)):
        text = paragraphs[i].text
        if is_container(text) or grammar.ARTICLE.match(text):
            break
        labelled = any(p.match(text) for p in (grammar.ROMAN, grammar.CLAUSE, grammar.LETTER_PART))
        title = grammar.is_capitals(text) and not labelled
        if not (i <= issued or title or (text.startswith("(") and text.endswith(")")) or grammar.RULE_LINE.match(text)):
            break
        i += 1
    return i


def _unnamed_annex(paragraphs: Sequence[Paragraph], signature: int) -> int | None:
    """Where articles begin again after the signature without a heading that we know."""
    for i in range(signature + 1, len(paragraphs)):
        article = grammar.ARTICLE.match(paragraphs[i].text)
        if (article and article["number"] == "1") or grammar.CHAPTER.match(paragraphs[i].text):
            opening = next((k for k in range(signature + 1, i) if paragraphs[k].opens_page), None)
            if opening is not None:
                return opening  # its own head stands on the page after the signature
            while (
                i - 1 > signature
                and grammar.is_capitals(paragraphs[i - 1].text)
                and not grammar.SIGNING.match(paragraphs[i - 1].text)
            ):
                i -= 1
            return i
    return None
