"""What an export says, whatever the file: each question with its words, what they stand on, and the provisions cited.

A document is named in full where the pack first cites it and short afterwards (NĐ 30/2020/NĐ-CP, phụ lục I).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_qa.answer import Answer, Citation
from policy_qa.answering.citations import headings_above
from policy_qa.citing.address import legal
from policy_qa.citing.rendering import REPORTED_MARK, cited_place, forms
from policy_qa.citing.style import QUOTATION_MARKS, document_name
from policy_qa.document import DIGEST_MARK, Address, Metadata
from policy_qa.packs.editing import Said, is_shortened, paragraphs, seen
from policy_qa.packs.pack import Item, Pack
from policy_qa.retrieval.index import Index, ProvisionRecord

NOT_ASKED = "Chưa có câu trả lời."
AS_BEFORE = "Như đã lưu ý ở Câu {number}."
CHANGED = "(Văn bản trong kho đã thay đổi sau khi trả lời; dưới đây là đoạn đã trích.)"


@dataclass(frozen=True, slots=True)
class Entry:
    """One question as it is handed out, numbered from 1.

    `remark` stands before the words: why there is no answer, or what is lacking. `sources` are the citations in the
    legal form, each place once; `marks` gives for each of `said` the numbers of its sources, from 1. `related` are
    the nearest provisions where there is no answer. `notes` are about texts and versions. `has_edits` and
    `is_shortened` tell whether the trainer added words of their own, and whether some of the answer were left out.
    """

    number: int
    item: Item
    question: str
    remark: str | None
    said: tuple[Said, ...]
    marks: tuple[tuple[int, ...], ...]
    sources: tuple[str, ...]
    cited: tuple[Citation, ...]
    related: tuple[str, ...]
    notes: tuple[str, ...]
    has_edits: bool
    is_shortened: bool


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision of the annex: its heading, its words a paragraph each, and what must be said of them.

    The heading is its place, or its own first line where that names the place ("Điều 2. Giải thích từ ngữ").
    """

    heading: str
    lines: tuple[str, ...]
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A document of the annex with the provisions that the pack cites, in the order of the document."""

    name: str
    provisions: tuple[Provision, ...]


def entries(pack: Pack) -> list[Entry]:
    """The questions that are handed out."""
    shown = list(pack.shown())
    named = [c for item in shown if item.answer for c in (*_places(item.answer), *item.answer.related)]
    written = iter(forms(named))
    noted: dict[str, int] = {}
    return [_entry(number, item, written, noted) for number, item in enumerate(shown, 1)]


def annex(pack: Pack, index: Index) -> list[Cited]:
    """The provisions that the pack cites, whole and verbatim, by document in the order in which they are first cited.

    Where the index no longer holds the text that was cited, the words that were quoted stand in for it.
    """
    cited: dict[tuple[str, str], list[Citation]] = {}
    for item in pack.shown():
        for citation in item.answer.citations if item.answer else ():
            cited.setdefault((citation.key, citation.sha256), []).append(citation)
    return [_document(index, citations) for citations in cited.values()]


# --- questions ----------------------------------------------------------------------------------------------------


def _places(answer: Answer) -> list[Citation]:
    """The first citation of each place that an answer cites."""
    found: dict[tuple[str, Address], Citation] = {}
    for citation in answer.citations:
        found.setdefault((citation.key, citation.address), citation)
    return list(found.values())


def _entry(number: int, item: Item, written: Iterator[str], noted: dict[str, int]) -> Entry:
    """The entry of an item; `written` goes on with the form of each place and of each related provision, in order."""
    answer = item.answer
    cited = _places(answer) if answer else []
    said = paragraphs(answer, item.edited) if answer else []
    numbers = {(c.key, c.address): n for n, c in enumerate(cited, 1)}
    by_id = {c.id: numbers[c.key, c.address] for c in answer.citations} if answer else {}
    return Entry(
        number=number,
        item=item,
        question=seen(item.question),
        remark=_remark(item),
        said=tuple(said),
        marks=tuple(tuple(sorted({by_id[c] for c in s.citations if c in by_id})) for s in said),
        sources=tuple(seen(cited_place(c, next(written))) for c in cited),
        cited=tuple(cited),
        related=tuple(seen(cited_place(c, next(written))) for c in answer.related) if answer else (),
        notes=tuple(_notes(number, answer, noted)),
        has_edits=any(run.is_edited for paragraph in said for run in paragraph.runs),
        is_shortened=answer is not None and is_shortened(answer, item.edited),
    )


def _remark(item: Item) -> str | None:
    if item.answer is None:
        return seen(item.error) if item.error else NOT_ASKED
    return seen(item.answer.message) if item.answer.message and item.edited is None else None


def _notes(number: int, answer: Answer | None, noted: dict[str, int]) -> Iterator[str]:
    """What is to be noted, in full the first time; a pack over one document would repeat it with every question."""
    before = []
    for note in answer.notes if answer else ():
        first = noted.setdefault(note, number)
        if first == number:
            yield seen(note)
        else:
            before.append(first)
    yield from (AS_BEFORE.format(number=first) for first in dict.fromkeys(before))


# --- annex --------------------------------------------------------------------------------------------------------


def _document(index: Index, citations: Sequence[Citation]) -> Cited:
    name = document_name(_metadata(citations[0]), file=citations[0].file)
    return Cited(f"{name[:1].upper()}{name[1:]}", tuple(_provisions(index, citations)))


def _provisions(index: Index, citations: Sequence[Citation]) -> Iterator[Provision]:
    record = index.document(citations[0].key)
    if record is None or record.sha256 != citations[0].sha256:
        for citation in {(c.address, c.quote): c for c in citations}.values():
            yield _provision(citation, citation.quote, ())
        return
    found: dict[int, tuple[Citation, ProvisionRecord]] = {}
    for citation in citations:
        provision = _enclosing(index, citation)
        if provision is not None:
            found.setdefault(provision.ordinal, (citation, provision))
    last_end = 0
    for _, (citation, provision) in sorted(found.items()):
        # What lies inside a provision that stands here already is not repeated.
        if provision.span.end > last_end:
            headings = headings_above(index, provision)
            yield _provision(citation, index.text(citation.key, provision.span), headings, changed=False)
            last_end = provision.span.end


def _enclosing(index: Index, citation: Citation) -> ProvisionRecord | None:
    """The provision that was cited; where its address is repeated in the document, the one that holds the quote."""
    found = index.provision(citation.key, citation.address)
    if found is not None and citation.span in found.span:
        return found
    return index.provision_at(citation.key, citation.span)


def _provision(citation: Citation, text: str, headings: Sequence[str], *, changed: bool = True) -> Provision:
    is_digest = citation.text_kind == "digest"
    words = [seen(QUOTATION_MARKS.sub("", line) if is_digest else line) for line in text.split("\n")]
    lines = list(filter(None, words))
    place = legal(citation.address, headings)
    place = f"{place[:1].upper()}{place[1:]}"
    if lines and place and lines[0].startswith(place):
        place = lines.pop(0)
    elif lines and lines[0].casefold() in place.casefold():
        lines.pop(0)  # a label or heading that the place repeats
    remarks = [
        DIGEST_MARK if is_digest else "",
        REPORTED_MARK if citation.reported else "",
        CHANGED if changed else "",
    ]
    return Provision(place, tuple(lines), " ".join(filter(None, remarks)) or None)


def _metadata(citation: Citation) -> Metadata:
    name = citation.document
    return Metadata(name.number, name.date, name.kind, name.issuer, name.title, text_kind=citation.text_kind)
