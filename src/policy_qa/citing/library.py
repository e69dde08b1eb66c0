"""Which document a mention in an official text means: the text's own, or the one known document that fits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from policy_qa.citing.extraction import Reference
from policy_qa.citing.kinds import NAMED_LAWS
from policy_qa.citing.naming import law_name, year_of
from policy_qa.citing.resolution import KnownDocument, resolve
from policy_qa.document import Document, Metadata
from policy_qa.reading.vietnamese import fold

if TYPE_CHECKING:
    from policy_qa.structure.mentions import Mention

_DIGITS = re.compile(r"0*(\d+)")


class Library:
    """The known documents, asked by number or by the name of a law; built once for a text or for many."""

    def __init__(self, documents: Iterable[KnownDocument] = ()) -> None:
        self._by_digits: dict[str, list[KnownDocument]] = defaultdict(list)
        self._by_name: dict[str, list[KnownDocument]] = defaultdict(list)
        self._by_key: dict[str, KnownDocument] = {}
        for document in documents:
            known = self._by_key.get(document.key)
            if known is not None and not (isinstance(document, Document) and not isinstance(known, Document)):
                continue  # two texts of one document are one
            self._by_key[document.key] = document
            digits = _DIGITS.match(document.metadata.number or "")
            if digits:
                self._by_digits[digits[1]].append(document)
            name = own_name(document.metadata)
            if name:
                self._by_name[fold(name)].append(document)

    def find(self, mention: Mention) -> KnownDocument | None:
        """The one document that the mention means; None where none fits, or more than one."""
        if mention.number is not None:
            digits = _DIGITS.match(mention.number)
            listed = self._by_digits.get(digits[1], []) if digits else []
            kind = None if mention.kind in NAMED_LAWS else mention.kind
            reference = Reference(mention.span, number=mention.number, date=mention.date, kind=kind)
            return resolve(reference, listed)
        if mention.name is None:
            return None
        fitting = [d for d in self._by_name.get(fold(mention.name), []) if _of_year(d.metadata, mention.date)]
        return fitting[0] if len({d.key for d in fitting}) == 1 else None

    def document(self, key: str) -> Document | None:
        """The document with its tree, where that is known."""
        known = self._by_key.get(key)
        return known if isinstance(known, Document) else None


def own_name(metadata: Metadata) -> str | None:
    """`Luật Trẻ em`: the name by which a law is cited; None for other kinds."""
    if metadata.kind not in NAMED_LAWS:
        return None
    return law_name(metadata.kind, metadata.title) if metadata.title else metadata.kind


def _of_year(metadata: Metadata, date: str | None) -> bool:
    if date is None:
        return True
    known = metadata.date if len(date) > 4 else year_of(metadata)
    return known is None or known.startswith(date) or date == known[:4]
