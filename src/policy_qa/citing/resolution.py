"""Which known document a reference means: the only candidate that remains, or none."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from policy_qa.citing.extraction import Reference, extract
from policy_qa.citing.kinds import KINDS
from policy_qa.citing.naming import NameTable
from policy_qa.citing.patterns import JOIN
from policy_qa.document import Address, Metadata, Span


class KnownDocument(Protocol):
    """What resolving needs of a document; `document.Document` is one."""

    @property
    def key(self) -> str:
        """Number and date, the document's identity."""

    @property
    def metadata(self) -> Metadata:
        """What its head says."""


@dataclass(frozen=True, slots=True)
class Known:
    """The least that is a `KnownDocument`."""

    key: str
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class Found:
    """A reference with the keys of the documents that it may mean; resolved where exactly one is left."""

    reference: Reference
    candidates: tuple[str, ...]

    @property
    def key(self) -> str | None:
        """The one document meant; None where there is none or more than one."""
        return self.candidates[0] if len(self.candidates) == 1 else None


# --- by number ----------------------------------------------------------------------------------------------------

_PARTS = re.compile(
    r"0*(?P<digits>\d+(?:\.\d{1,2}(?!\d))?)(?P<suffix>[a-z]?)(?![a-z])(?:/(?P<year>(?:19|20)\d\d)(?!\d))?(?P<symbol>.*)"
)


def candidates(reference: Reference, documents: Iterable[KnownDocument]) -> list[KnownDocument]:
    """All documents that the reference may mean, in their order: number, symbol, kind and date must agree as far as said.

    A reference without a number has none. A symbol counts more than the kind's name, which people mix up
    ("Kết luận số 46-TB/TW" is a Thông báo).
    """
    wanted = _parts(reference.number)
    if wanted is None:
        return []
    return [document for document in documents if _agrees(reference, wanted, document.metadata)]


def resolve(reference: Reference, documents: Iterable[KnownDocument]) -> KnownDocument | None:
    """The document that the reference means, if exactly one candidate remains; two texts of one document are one."""
    remaining = candidates(reference, documents)
    if len({document.key for document in remaining}) != 1:
        return None
    return next((d for d in remaining if d.metadata.text_kind == "official"), remaining[0])


def _parts(number: str | None) -> tuple[str, str, str | None, frozenset[str]] | None:
    """Digits without leading zeros, letter after them, year, and the pieces of the symbol, all bare and small."""
    match = _PARTS.match(_bare(number or ""))
    if not match:
        return None
    pieces = frozenset(re.findall(r"[a-z]+\d*", match["symbol"]))
    return match["digits"], match["suffix"], match["year"], pieces


def _agrees(reference: Reference, wanted: tuple[str, str, str | None, frozenset[str]], metadata: Metadata) -> bool:
    known = _parts(metadata.number)
    if known is None or known[:2] != wanted[:2]:
        return False
    year = known[2] or (metadata.date or "")[:4] or None
    if wanted[2] and year and wanted[2] != year:
        return False
    date = metadata.date or known[2]
    if reference.date and date and not (date.startswith(reference.date) or reference.date.startswith(date)):
        return False
    if wanted[3]:
        return wanted[3] <= known[3]
    return reference.kind is None or _same_kind(reference.kind, metadata, known[3])


def _same_kind(kind: str, metadata: Metadata, symbol: frozenset[str]) -> bool:
    """Whether the document is of this kind, by its name or by the code in its number (QĐ is also a Quy định of the Party)."""
    if metadata.kind and _bare(metadata.kind) == _bare(kind):
        return True
    code = next((known.code for known in KINDS if known.name == kind), None)
    if code is None:
        return metadata.kind is None and not any(_bare(k.code) in symbol for k in KINDS if k.code)
    # The name in the head counts; only the doubtful QĐ, and a head without a name, leave it to the code.
    return (metadata.kind is None or _bare(metadata.kind) == "quy dinh") and _bare(code) in symbol


def _bare(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


# --- by name ------------------------------------------------------------------------------------------------------


def named(text: str, documents: Sequence[KnownDocument]) -> list[tuple[Span, str]]:
    """Documents that `text` names by nickname, law name or whole title, with the key of each; spans into `text` as given.

    A name that several documents bear names none, unless the year said with it leaves one. To ask often, keep a
    `naming.NameTable`.
    """
    return NameTable((document.key, document.metadata) for document in documents).find(text)


def find(text: str, documents: Sequence[KnownDocument], names: NameTable | None = None) -> list[Found]:
    """All references in `text`, by number and by name, each with its candidates, in order.

    An address beside a document's name ("khoản 2 Điều 5 Luật Trẻ em") is joined to it. References that name no
    document (an address alone, "điều này") have no candidates.
    """
    table = names or NameTable((document.key, document.metadata) for document in documents)
    spoken = table.find(text)
    found: list[Found] = []
    used: set[int] = set()
    for reference in extract(text):
        keys = tuple(dict.fromkeys(document.key for document in candidates(reference, documents)))
        index = None if reference.relative else _beside(text, reference, spoken)
        if index is not None:
            used.add(index)
            if len(keys) != 1 and _only_a_number(reference):
                span, key = spoken[index]
                whole = Span(min(span.start, reference.span.start), max(span.end, reference.span.end))
                reference, keys = replace(reference, span=whole), (key,)
        found.append(Found(reference, keys))
    found += [Found(Reference(span), (key,)) for i, (span, key) in enumerate(spoken) if i not in used]
    return sorted(found, key=lambda item: item.reference.span)


def _beside(text: str, reference: Reference, names: Sequence[tuple[Span, str]]) -> int | None:
    """The name that says which document `reference` is of: over its words, or (for a bare address) right beside it."""
    here = reference.span
    for i, (span, _) in enumerate(names):
        if span.start < here.end and here.start < span.end:
            return i
    if reference.number or reference.address is None:
        return None
    after = (i for i, (span, _) in enumerate(names) if _joined(text, here.end, span.start))
    before = (i for i, (span, _) in enumerate(names) if _joined(text, span.end, here.start))
    return next(itertools.chain(after, before), None)


def _joined(text: str, end: int, start: int) -> bool:
    return end <= start and JOIN.fullmatch(unicodedata.normalize("NFC", text[end:start])) is not None


def _only_a_number(reference: Reference) -> bool:
    """Whether a nickname may settle what is meant: a date, year or symbol that fits no known document excludes it."""
    parts = _parts(reference.number)
    return reference.date is None and (parts is None or (parts[2] is None and not parts[3]))


def absolute(reference: Reference, within: Address) -> Address | None:
    """The full address of a relative reference that stands in the provision at `within`: "khoản 2 Điều này".

    None where the reference has no address, or `within` has no step of the level that "này" points to.
    """
    if reference.address is None or reference.relative is None:
        return reference.address
    level = reference.relative.removesuffix(" này")
    at = next((i for i, step in enumerate(within.steps) if step.level == level), None)
    if at is None:
        return reference.address if reference.kind or level == "văn bản" else None
    return Address((*within.steps[: at + 1], *reference.address.steps))
