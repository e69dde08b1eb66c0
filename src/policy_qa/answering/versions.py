"""Which text and which version an answer stands on: what a reader must know before repeating it, a sentence each."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from policy_qa.answer import Answer, Citation
from policy_qa.answering.declared import (
    AMENDED,
    CONSOLIDATED,
    CORRECTED,
    ENDS,
    REPLACED,
    YEAR_IN_NUMBER,
    Change,
    Changes,
    digits_of,
)
from policy_qa.answering.effect import Effect, effect
from policy_qa.answering.incomplete import incomplete
from policy_qa.citing.joining import listed
from policy_qa.citing.library import own_name
from policy_qa.citing.naming import year_of
from policy_qa.citing.reference import extract
from policy_qa.citing.style import document_name
from policy_qa.document import Metadata
from policy_qa.reading.invisible import without_invisible
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import DocumentRecord, Index

_MOST_NAMED = 5
"""Documents that one sentence names; of more it tells the newest, and how many there are."""

_HELD, _NOT_HELD = "có trong kho", "chưa có trong kho"


@dataclass(frozen=True, slots=True)
class _Cited:
    """A document that an answer cites, with its citations; `name` is told apart from the others that it cites."""

    key: str
    metadata: Metadata
    file: str
    citations: tuple[Citation, ...]
    name: str = ""


def notes(index: Index, answer: Answer, today: datetime.date | None = None) -> tuple[str, ...]:
    """What must be said of the documents that `answer` cites; to ask often, keep a `Versions`."""
    return Versions(index).notes(answer, today)


class Versions:
    """Says of answers over one index on which texts and versions they stand; may be shared by threads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._effects: dict[str, Effect] = {}

    @cached_property
    def _changes(self) -> Changes:
        return Changes(self._index.documents())

    @cached_property
    def _by_name(self) -> dict[str, list[DocumentRecord]]:
        found: dict[str, list[DocumentRecord]] = defaultdict(list)
        for record in self._index.documents():
            found[_called(record.metadata)].append(record)
        return found

    def notes(self, answer: Answer, today: datetime.date | None = None) -> tuple[str, ...]:
        """One Vietnamese sentence for each thing to know, the gravest first, each once; none for an answer without sources.

        What ended or changed a document; that it is not or no longer in force; another of the same number; what the
        text lacks of a list; a digest's words; pages that were recognised. `today` is the day on which documents are in force or not.
        """
        cited = self._cited(answer)
        day = today or datetime.date.today()
        found: list[str] = []
        for of_document in (self._ended, self._in_force):
            for document in cited:
                found += of_document(document, day)
        for document in cited:
            found += self._changed(document, {other.key for other in cited}, day)
        for document in cited:
            found += self._confusable(document, cited, answer.question)
        for document in cited:
            found += incomplete(self._index, document.metadata, document.name, document.citations)
        found += [*_digests(cited), *_recognised(cited)]
        # What a head says of its document may hold anything.
        return tuple(dict.fromkeys(" ".join(without_invisible(note).split()) for note in found))

    def _cited(self, answer: Answer) -> list[_Cited]:
        by_key: dict[str, list[Citation]] = {}
        for citation in answer.citations:
            by_key.setdefault(citation.key, []).append(citation)
        cited = [self._document(key, citations) for key, citations in by_key.items()]
        names = [document_name(document.metadata, first=False, file=document.file) for document in cited]
        return [
            replace(document, name=name if names.count(name) == 1 else _dated(document.metadata, document.file))
            for document, name in zip(cited, names, strict=True)
        ]

    def _document(self, key: str, citations: Sequence[Citation]) -> _Cited:
        record = self._index.document(key)
        name, first = citations[0].document, citations[0]
        metadata = (
            record.metadata
            if record is not None
            else Metadata(name.number, name.date, name.kind, name.issuer, name.title, text_kind=first.text_kind)
        )
        return _Cited(key, metadata, first.file, tuple(citations))

    # --- ended, in force ------------------------------------------------------------------------------------------

    def _ended(self, document: _Cited, today: datetime.date) -> Iterator[str]:
        """That the document was replaced or repealed, or will be; of a consolidated text, that its base was."""
        base = self._changes.consolidated_by(document.key)
        lead = document.name
        if base is not None:
            lead += f" hợp nhất {document_name(base.metadata, first=False)}; văn bản được hợp nhất"
        for change in self._changes.of(base or document):
            if change.kind not in ENDS:
                continue
            since = self._later(change, today)
            verb = "được thay thế bằng" if change.kind == REPLACED else "bị bãi bỏ bởi"
            if since:
                yield f"{lead} sẽ {verb} {_named(change)} từ ngày {_day(since)}."
            else:
                yield f"{lead} đã {verb} {_named(change)}."

    def _in_force(self, document: _Cited, today: datetime.date) -> Iterator[str]:
        """That the document is not in force yet, or no more, by its own words."""
        own = self._effect(document.key)
        if own.since and own.since > today:
            yield f"{document.name} chưa có hiệu lực: văn bản ghi có hiệu lực từ ngày {_day(own.since)}."
        elif own.until and own.until < today:
            yield f"{document.name} đã hết hiệu lực: văn bản ghi có hiệu lực đến ngày {_day(own.until)}."

    def _later(self, change: Change, today: datetime.date) -> datetime.date | None:
        """From when a change counts that does not count yet."""
        since = self._effect(change.key).since if change.key else None
        return since if since and since > today else None

    def _effect(self, key: str) -> Effect:
        record = self._index.document(key)
        if record is None:
            return Effect()
        if key not in self._effects:
            self._effects[key] = effect(self._index.text(key), record.metadata.date)
        return self._effects[key]

    # --- changed --------------------------------------------------------------------------------------------------

    def _changed(self, document: _Cited, cited: Collection[str], today: datetime.date) -> Iterator[str]:
        """That the document was amended, corrected or consolidated; not said of one that another ended."""

        def told(changes: Sequence[Change]) -> str:
            return _newest([_named(change, self._later(change, today)) for change in changes])

        base = self._changes.consolidated_by(document.key)
        changes = self._changes.of(base or document)
        if any(change.kind in ENDS and not self._later(change, today) for change in changes):
            return
        # A consolidated text has taken up what came before it.
        since = (document.metadata.date or "9999") if base else ""
        amended = [c for c in changes if c.kind == AMENDED and (not base or (c.by.date or "") > since)]
        if amended and base:
            changed = document_name(base.metadata, first=False)
            yield f"Sau {document.name}, {changed} còn được sửa đổi bởi {told(amended)}: đối chiếu trước khi dùng."
        elif amended:
            yield f"{document.name} đã được sửa đổi bởi {told(amended)}: đối chiếu quy định sửa đổi trước khi dùng."
        corrected = [c for c in changes if c.kind == CORRECTED and not base]
        if corrected:
            yield f"{document.name} đã được đính chính bởi {told(corrected)}."
        consolidated = [c for c in changes if c.kind == CONSOLIDATED and not base][-1:]
        if consolidated and consolidated[0].key not in cited:
            yield f"{document.name} đã được hợp nhất trong {told(consolidated)}."

    # --- another of the same number -------------------------------------------------------------------------------

    def _confusable(self, document: _Cited, cited: Sequence[_Cited], question: str) -> Iterator[str]:
        """Other documents that the question may have meant: of the same number or law's name, from another year.

        Not said where the question says which, nor of documents that the answer cites or that another sentence names.
        """
        known = {other.key for other in cited} | {change.key for change in self._changes.of(document)}
        others = [record for record in self._alike(document.metadata) if record.key not in known]
        if not others or _says_which(question, document.metadata):
            return
        names = [_dated(record.metadata, record.file) for record in others[-_MOST_NAMED:]]
        yield f"Kho còn có {listed(names)}; câu trả lời này dẫn {_dated(document.metadata, document.file)}."

    def _alike(self, metadata: Metadata) -> list[DocumentRecord]:
        called = _called(metadata)
        alike = self._by_name.get(called, ()) if called else ()
        others = [r for r in alike if (r.metadata.number, r.metadata.date) != (metadata.number, metadata.date)]
        return sorted(others, key=lambda record: (record.metadata.date or "", record.key))


def _says_which(question: str, metadata: Metadata) -> bool:
    """Whether the question tells the year of the document, by its number, its date or the year alone."""
    year = year_of(metadata) or (metadata.date or "")[:4]
    numbered = YEAR_IN_NUMBER.search(metadata.number or "")
    if own_name(metadata):
        return bool(year) and re.search(rf"(?<!\d){year}(?!\d)", question) is not None
    named = [r for r in extract(question) if r.number and digits_of(r.number) == digits_of(metadata.number)]
    if numbered and not named:
        return True  # a number with its year is never mistaken, unless the question leaves the year out
    return bool(year) and any(f"/{year}" in (r.number or "") or (r.date or "").startswith(year) for r in named)


def _called(metadata: Metadata) -> str:
    """By what documents of several years are mistaken for one another: a law's name, a number without its year."""
    name = own_name(metadata)
    if name and metadata.title:
        return fold(name)
    number = metadata.number
    return YEAR_IN_NUMBER.sub("", number or "").lstrip("0").casefold()


# --- which text ---------------------------------------------------------------------------------------------------


def _digests(cited: Sequence[_Cited]) -> Iterator[str]:
    names = [document.name for document in cited if any(c.text_kind == "digest" for c in document.citations)]
    if names:
        yield f"Lời văn dẫn từ {listed(names)} là bản tóm lược, không phải nguyên văn: đối chiếu với văn bản gốc khi dùng chính thức."


def _recognised(cited: Sequence[_Cited]) -> Iterator[str]:
    for document in cited:
        pages = sorted({c.page for c in document.citations if c.ocr is not None and c.page is not None})
        if pages:
            yield (
                f"Trang {listed([str(page) for page in pages])} của {document.name} được nhận dạng từ ảnh chụp, có thể sai "
                "vài chữ: đối chiếu với bản gốc khi dùng chính thức."
            )


# --- words --------------------------------------------------------------------------------------------------------


def _named(change: Change, since: datetime.date | None = None) -> str:
    """The document that did it, whether the index has it, and from when it counts if it does not yet."""
    later = f", hiệu lực từ ngày {_day(since)}" if since else ""
    return f"{_dated(change.by, None)} ({_HELD if change.key else _NOT_HELD}{later})"


def _newest(names: Sequence[str]) -> str:
    """The names, the newest few of many and how many there are besides."""
    if len(names) <= _MOST_NAMED:
        return listed(names)
    return f"{', '.join(names[-_MOST_NAMED:])} và {len(names) - _MOST_NAMED} văn bản trước đó"


def _dated(metadata: Metadata, file: str | None) -> str:
    """The document by number and date, without issuer and title."""
    bare = replace(metadata, issuer=None, title=None) if metadata.number and not own_name(metadata) else metadata
    return document_name(replace(bare, issuer=None), file=file)


def _day(day: datetime.date) -> str:
    """`01/7/2026`: a leading zero for days below 10 and for the months 1 and 2, as in `long_date`."""
    return f"{day.day:02}/{day.month:02}/{day.year}" if day.month < 3 else f"{day.day:02}/{day.month}/{day.year}"
