"""What became of each document, by what the other documents of the index declare: replaced, repealed, amended.

A document says what it does to others ("Nghị định này thay thế Nghị định số …"); here that is turned round. A văn bản
hợp nhất tells besides which documents amended the one that it consolidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from policy_qa.citing.kinds import NAMED_LAWS
from policy_qa.citing.library import own_name
from policy_qa.citing.naming import year_of
from policy_qa.citing.reference import Known, KnownDocument, Reference, candidates, extract
from policy_qa.document import Metadata, Relation, Span, document_key
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import DocumentRecord

REPLACED, REPEALED, AMENDED, CORRECTED, CONSOLIDATED = "thay thế", "bãi bỏ", "sửa đổi", "đính chính", "hợp nhất"
ENDS = (REPLACED, REPEALED)
_TELLING = (*ENDS, AMENDED, CORRECTED, CONSOLIDATED)
YEAR_IN_NUMBER = re.compile(r"/((?:19|20)\d\d)(?=/)")
_DIGITS = re.compile(r"0*(\d+(?:\.\d{1,2}(?!\d))?)")


@dataclass(frozen=True, slots=True)
class Change:
    """What one document did to another: `kind` as in `Relation`; `key` where the one that did it is in the index."""

    kind: str
    by: Metadata
    key: str | None


class Changes:
    """What the documents of an index declare of one another, asked by the document that was changed."""

    def __init__(self, records: Iterable[DocumentRecord]) -> None:
        self._records = {record.key: record for record in records}
        self._known: dict[str, list[Known]] = defaultdict(list)
        self._said: dict[str, list[tuple[DocumentRecord, Relation]]] = defaultdict(list)
        self._answers: dict[str, tuple[Change, ...]] = {}
        for record in self._records.values():
            for token in _tokens(record.metadata.number, own_name(record.metadata)):
                self._known[token].append(Known(record.key, record.metadata))
            for relation in record.metadata.relations:
                if relation.kind in _TELLING:
                    # Where a number is told, the number decides.
                    for token in _tokens(relation.number, None if relation.number else relation.name):
                        self._said[token].append((record, relation))

    def of(self, target: KnownDocument) -> tuple[Change, ...]:
        """What was done to a document, in the index or not; each once, the earliest first."""
        if target.key not in self._answers:
            self._answers[target.key] = self._read(target)
        return self._answers[target.key]

    def _read(self, target: KnownDocument) -> tuple[Change, ...]:
        found: list[Change] = []
        for token in _tokens(target.metadata.number, own_name(target.metadata)):
            for record, relation in self._said.get(token, ()):
                if record.key != target.key and self._means(relation, record.metadata, target):
                    found += self._done(relation, record, target)
        unique = {(c.kind, c.by.number or own_name(c.by), c.by.date): c for c in found}
        return tuple(sorted(unique.values(), key=lambda c: (c.by.date or "", c.by.number or "")))

    def consolidated_by(self, key: str) -> Known | None:
        """The document that the văn bản hợp nhất with this key consolidates, the first it names; it may not be in the index."""
        record = self._records.get(key)
        named = _consolidated(record) if record else []
        if record is None or not named or not named[0].number:
            return None
        metadata = told(named[0])
        return self.find(named[0], record.metadata) or Known(document_key(metadata.number, metadata.date, ""), metadata)

    def _done(self, relation: Relation, record: DocumentRecord, target: KnownDocument) -> Iterator[Change]:
        """What this relation of a document says was done to `target`."""
        if relation.kind != CONSOLIDATED:
            # What a consolidated text ends was ended by the document that it consolidates.
            by = self.consolidated_by(record.key) or Known(record.key, record.metadata)
            older = (by.metadata.date or "9999") < (target.metadata.date or "")  # nothing is changed by what is older
            if by.key != target.key and not older:
                yield self._change(relation.kind, by)
            return
        base, *amending = _consolidated(record)
        if relation == base:
            yield self._change(CONSOLIDATED, Known(record.key, record.metadata))
            for other in amending:
                yield self._change(AMENDED, self.find(other, record.metadata) or Known("", told(other)))

    def _change(self, kind: str, by: Known) -> Change:
        return Change(kind, by.metadata, by.key if by.key in self._records else None)

    def find(self, relation: Relation, said_by: Metadata) -> Known | None:
        """The only document of the index that the relation, declared by the document with the head `said_by`, can mean."""
        listed = [d for token in _tokens(relation.number, relation.name) for d in self._known.get(token, ())]
        return next((document for document in listed if self._means(relation, said_by, document)), None)

    def count(self, number: str) -> int:
        """How many documents of the index bear this number, of whatever year and office."""
        alike = (d for d in self._known.get(digits_of(number), ()) if fold(d.metadata.number or "") == fold(number))
        return sum(1 for _ in alike)

    # --- which document a relation names

    def _means(self, relation: Relation, said_by: Metadata, target: KnownDocument) -> bool:
        """Whether the relation names this document and no other that is known.

        A number without a year ("12/QĐ-UBND") comes again every year and in every office: without its date it is
        believed only of a document of the same issuer.
        """
        token = next(iter(_tokens(relation.number, None if relation.number else relation.name)), "")
        listed = [document for document in self._known.get(token, ()) if document.key != target.key]
        if relation.number is None:
            fitting = [d for d in (target, *listed) if _of_date(d.metadata, relation.date)]
            return [document.key for document in fitting] == [target.key]
        if not re.search(r"[/-]", relation.number):
            return False
        reference = Reference(Span(0, 0), number=relation.number, date=relation.date)
        if {document.key for document in candidates(reference, (target, *listed))} != {target.key}:
            return False
        told_which = relation.date or YEAR_IN_NUMBER.search(relation.number)
        return bool(told_which) or fold(target.metadata.issuer or "") == fold(said_by.issuer or "")


def _consolidated(record: DocumentRecord) -> list[Relation]:
    return [relation for relation in record.metadata.relations if relation.kind == CONSOLIDATED]


def _tokens(number: str | None, name: str | None) -> set[str]:
    """By what a document may be looked up: the digits of its number, and its name."""
    digits = digits_of(number)
    return {*([digits] if digits else []), *([fold(name)] if name else [])}


def digits_of(number: str | None) -> str:
    """The digits with which a document's number begins, without leading zeros; the empty string where there are none."""
    found = _DIGITS.match(number or "")
    return found[1] if found else ""


def told(relation: Relation) -> Metadata:
    """What a relation tells of the document that it names; the kind by the name of a law, else by the code in the number."""
    found = extract(relation.number or "")
    kind = next((k for k in NAMED_LAWS if fold(relation.name or "").startswith(fold(k))), None)
    kind = kind or (found[0].kind if len(found) == 1 else None)
    return Metadata(number=relation.number, date=relation.date, kind=kind, title=relation.name)


def _of_date(metadata: Metadata, date: str | None) -> bool:
    """Whether a law named with this date, or year, may be this one."""
    if date is None:
        return True
    known = metadata.date if len(date) > 4 else year_of(metadata)
    return known is None or known.startswith(date)
