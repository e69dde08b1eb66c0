"""Finds references in a text: documents, provisions, and both together. Which document is meant is left to `resolution`."""

from __future__ import annotations

import bisect
import itertools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from policy_qa.citing.chains import Chain, chains
from policy_qa.citing.dates import date_after
from policy_qa.citing.kinds import (
    BARE_SYMBOL,
    CODE_KINDS,
    COUNTED,
    COUNTED_CONTENT,
    KINDS,
    MONEY,
    THIS_DOCUMENT,
    WITH_KIND,
)
from policy_qa.citing.patterns import JOIN, typed
from policy_qa.document import Address, Span

_NEVER_DONE = frozenset({"Nghị quyết", "Nghị định", "Thông tư", "Công văn"})
"""Kinds whose names are no verbs: "quyết định 12.50 ha" decides on a figure."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What a text says of a document, of a place in one, or of both; `span` covers the words that say it.

    `number` is as typed, without spaces ("1079", "57-kl/tw"). `date` is ISO, or its beginning where only a month or
    year is said ("2022"). `kind` is the kind's full name ("Quyết định"). `relative` is the word that points to
    where the reference stands: "điều này", "nghị định này". Of a list ("khoản 1 và 2 Điều 5") every item is a
    reference with the span of the whole.
    """

    span: Span
    address: Address | None = None
    number: str | None = None
    date: str | None = None
    kind: str | None = None
    relative: str | None = None


def extract(text: str) -> list[Reference]:
    """All references in `text`, in order; spans count code points of `text` as given, NFC or not.

    Laws cited by name alone ("Luật Trẻ em") need the list of known documents: see `resolution.named`.
    """
    composed, offsets = _composed(text)
    documents = _documents(composed)
    starts = frozenset(document.span.start for document in documents)
    runs = chains(composed, [document.span for document in documents], starts)
    documents = [d for d in documents if not any(d.span in heading for run in runs for heading in run.headings)]
    return [
        replace(found, span=Span(offsets[found.span.start], offsets[found.span.end])) if offsets else found
        for found in _joined(composed, documents, runs)
    ]


# --- documents ----------------------------------------------------------------------------------------------------


def _documents(text: str) -> list[Reference]:
    """Documents named by kind and number, by symbol, or as "Nghị định này"; no two overlap."""
    found: list[Reference] = []
    for match in WITH_KIND.finditer(text):
        document = _with_kind(text, match)
        if document:
            found.append(document)
    covered = {offset for reference in found for offset in range(reference.span.start, reference.span.end)}
    bare = (match for match in BARE_SYMBOL.finditer(text) if match.start() not in covered)
    found.extend(_dated(text, match, _kind_of_symbol(match["symbol"])) for match in bare)
    for match in THIS_DOCUMENT.finditer(text):
        kind = _kind_named(match["kind"])
        relative = f"{(kind or 'văn bản').lower()} này"
        found.append(Reference(Span(match.start(), match.end()), kind=kind, relative=relative))
    return sorted(found, key=lambda reference: reference.span)


def _with_kind(text: str, match: re.Match[str]) -> Reference | None:
    """The document of a match of `WITH_KIND`; None where the words are a figure or a year."""
    kind = KINDS[next(i for i in range(len(KINDS)) if match[f"k{i}"])]
    name = kind.name
    document = _dated(text, match, name)
    word = match["kind"].strip()
    if match["symbol"] or match["year"] or match["no"]:
        return document
    short = any(re.match(typed(form), word, re.IGNORECASE) for form in kind.short) and " " not in word
    if (short and not kind.small and word.islower()) or not (kind.short or kind.english):
        return None
    capital = next((e for e in kind.english if e.lower() == word.lower()), "")[:1].isupper()
    if capital and word[0].islower():
        return None
    if name in ("Luật", "Bộ luật", "Pháp lệnh", "Báo cáo", "Quy chế", "Lệnh"):
        return None
    digits = match["digits"]
    if MONEY.match(text, match.end()) or (len(digits) == 4 and 1945 <= int(digits) <= 2049):
        return None
    spoken = not short and word[0].islower() and document.date is None
    if spoken and "." in match["number"] and name not in _NEVER_DONE:
        return None
    counted = spoken and (
        (len(digits) <= 2 and COUNTED.match(text, match.end()))
        or (len(digits) == 1 and COUNTED_CONTENT.match(text, match.end()))
    )
    return None if counted else document


def _dated(text: str, match: re.Match[str], kind: str | None) -> Reference:
    number = re.sub(r"\s+", "", match["number"]).replace("–", "-")
    after = date_after(text, match.end())
    end, date = after or (match.end(), None)
    if text[end : end + 1] == ")" and "(" in text[match.end() : end]:
        end += 1
    return Reference(Span(match.start(), end), number=number, date=date, kind=kind)


def _kind_of_symbol(symbol: str) -> str | None:
    first = re.match(r"\W*(\w+)", symbol or "")
    code = first[1] if first else ""
    return next((name for form, name in CODE_KINDS if re.fullmatch(typed(form), code, re.IGNORECASE)), None)


def _kind_named(words: str) -> str | None:
    return next((k.name for k in KINDS if re.fullmatch(typed(k.name), words.strip(), re.IGNORECASE)), None)


# --- documents and addresses together -----------------------------------------------------------------------------


def _joined(text: str, documents: list[Reference], runs: list[Chain]) -> Iterator[Reference]:
    """Each run of addresses with the document right after it, else the one right before; then what is left over."""
    taken: set[int] = set()
    found: list[Reference] = []
    starts = [document.span.start for document in documents]
    for run in runs:
        index = _neighbour(text, documents, bisect.bisect_left(starts, run.span.end), run, taken)
        if index is None:
            if run.believable and not _is_heading(text, run.span):
                places = zip(run.addresses, run.relatives, strict=True)
                found += [Reference(run.span, address, relative=relative) for address, relative in places]
            continue
        taken.add(index)
        document = documents[index]
        span = Span(min(run.span.start, document.span.start), max(run.span.end, document.span.end))
        found += [
            replace(document, span=span, address=address, relative=relative or document.relative)
            for address, relative in zip(run.addresses, run.relatives, strict=True)
        ]
    for i, document in enumerate(documents):
        # "nghị định này" in passing is no reference; "Nghị định này" is.
        lone_relative = document.relative and text[document.span.start].islower()
        if i not in taken and not lone_relative:
            found.append(document)
    yield from sorted(found, key=lambda reference: reference.span.start)


# "Điều 5. Phạm vi" at the head of a line, or "Chương II" alone on it: the provision itself.
_AFTER_LABEL = re.compile(r"\.[^\S\n]+(?=[^\W\d_])|[^\S\n]*(?:\n|$)")
_BEFORE_LABEL = re.compile(r"(?:^|\n)[^\S\n]*[“\"]?$")


def _is_heading(text: str, span: Span) -> bool:
    """Whether the words head a provision of a document; a text of one line, such as a question, has no headings."""
    if "\n" not in text.strip():
        return False
    return bool(_BEFORE_LABEL.search(text, max(0, span.start - 8), span.start) and _AFTER_LABEL.match(text, span.end))


def _neighbour(text: str, documents: list[Reference], after: int, run: Chain, taken: set[int]) -> int | None:
    """The index of the document that `run` belongs to; `after` is the first that begins behind it."""
    follows = after < len(documents) and JOIN.fullmatch(text[run.span.end : documents[after].span.start])
    if not run.is_relative and follows:
        return after
    before = after - 1
    while before >= 0 and documents[before].span.end > run.span.start:
        before -= 1
    if before >= 0 and before not in taken and documents[before].relative is None:
        gap = text[documents[before].span.end : run.span.start]
        if JOIN.fullmatch(gap) or gap.strip() == ":":
            return before
    return None


# --- text as given ------------------------------------------------------------------------------------------------


def _composed(text: str) -> tuple[str, list[int] | None]:
    """NFC of `text`, and for every offset in it (its end included) the offset in `text`; None where they are the same."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    starts = [i for i, c in enumerate(text) if i == 0 or not unicodedata.combining(c)]
    pieces: list[str] = []
    offsets: list[int] = []
    for start, end in itertools.pairwise([*starts, len(text)]):
        piece = unicodedata.normalize("NFC", text[start:end])
        pieces.append(piece)
        offsets += [start] * len(piece)
    return "".join(pieces), [*offsets, len(text)]
