"""Full names put into what officers type for them: common abbreviations, and the English names of bodies and documents."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from policy_qa.citing.kinds import KINDS
from policy_qa.document import Span
from policy_qa.evaluation.perturbations.fixed import fixed, free_words, is_fixed
from policy_qa.reading.vietnamese import nfc, normalise_tone
from policy_qa.retrieval.lexicon import FILES, FOLDER, Lexicon, words

_LONGEST: Final = 12
"""So many words has the longest name that is looked for."""

_ABBREVIATION: Final = re.compile(r"[A-ZĐƯ][A-Za-zĐđƯư&]+")
_DOCUMENT_TYPE: Final = "document-type"
_PLACE: Final = "place"
"""Names of provinces are abbreviated in tables, not in questions."""
_NAMED: Final = frozenset({"state", "party", "body", "post"})
"""The fields of the English lexicon that name bodies and posts."""

_KIND: Final = re.compile(
    rf"(?<!\w)(?P<kind>{'|'.join(kind.name for kind in sorted(KINDS, key=lambda k: -len(k.name)))})\s+"
    r"(?P<no>số\s+)?(?=\d)"
)
"""The kind of a document before its number."""


def abbreviated(question: str, _: random.Random) -> str | None:
    """The question with every name that has a common abbreviation written so: "UBND", "QĐ 1079"."""
    short = {kind.name: kind.short[0] for kind in KINDS if kind.short}
    return _replaced(question, _abbreviations(), lambda kind, _: f"{short[kind]} " if kind in short else None)


def with_english_names(question: str, _: random.Random) -> str | None:
    """The question with bodies and the kinds of documents named in English: "Ministry of Justice", "Decree No. 30"."""
    english = {kind.name: kind.english[0] for kind in KINDS if kind.english}

    def named(kind: str, numbered: bool) -> str | None:
        name = english.get(kind)
        return f"{name[:1].upper()}{name[1:]} {'No. ' if numbered else ''}" if name else None

    return _replaced(question, _english_names(), named)


def _replaced(question: str, names: Mapping[str, str], kind_name: Callable[[str, bool], str | None]) -> str | None:
    """`question` with its names, and the kinds before numbers, replaced; None where it has neither."""
    kinds = ((Span(*m.span()), kind_name(m["kind"], m["no"] is not None)) for m in _KIND.finditer(question))
    found = [*_names(question, names), *((span, name) for span, name in kinds if name)]
    if not found:
        return None
    for span, words_for in sorted(found, key=lambda item: item[0], reverse=True):
        question = question[: span.start] + words_for + question[span.end :]
    return question


def _names(question: str, names: Mapping[str, str]) -> Iterator[tuple[Span, str]]:
    """The longest names of the table, from left to right, outside of what is fixed."""
    kept = fixed(question)
    free = [match.span() for match in free_words(question)]
    at = 0
    while at < len(free):
        for last in range(min(len(free), at + _LONGEST) - 1, at, -1):
            start, end = free[at][0], free[last][1]
            name = names.get(_spelled(question[start:end]))
            # A document's kind in small letters may be a verb: "do ai quyết định".
            if name and not is_fixed(start, end, kept) and not (name in _kind_codes() and question[start].islower()):
                yield Span(start, end), name
                at = last
                break
        at += 1


def _spelled(name: str) -> str:
    return normalise_tone(" ".join(name.split()).lower())


@lru_cache(maxsize=1)
def _kind_codes() -> frozenset[str]:
    return frozenset(key for key, _, field in _rows("abbreviation") if field == _DOCUMENT_TYPE)


@lru_cache(maxsize=1)
def _abbreviations() -> dict[str, str]:
    """Full name → the abbreviation that the lexicon has first for it and reads as it, before all else."""
    lexicon = Lexicon((FOLDER,), ["abbreviation"])
    found: dict[str, str] = {}
    for key, names, field in _rows("abbreviation"):
        full = _spelled(names[0])
        if field == _PLACE or full in found or " " not in full or not _ABBREVIATION.fullmatch(key):
            continue
        read = lexicon.expansions(words(key), english=False, folded=False)
        if len(read) == 1 and _spelled(read[0].alternatives[0]) == full:
            found[full] = key
    return found


@lru_cache(maxsize=1)
def _english_names() -> dict[str, str]:
    """Vietnamese name → English name, of bodies and posts with proper names."""
    found: dict[str, str] = {}
    for key, names, field in _rows("english"):
        if field in _NAMED and names[0][:1].isupper() and key[:1].isupper() and not names[0].isupper():
            found.setdefault(_spelled(names[0]), key)
    return found


def _rows(kind: str) -> Iterator[tuple[str, list[str], str]]:
    """The rows of a lexicon: key, alternatives likeliest first, field."""
    file = FOLDER / (FILES["abbreviation"] if kind == "abbreviation" else FILES["english"])
    for line in nfc(file.read_text(encoding="utf-8")).splitlines():
        key, _, rest = line.partition("\t")
        names, _, field = rest.partition("\t")
        if names and not key.startswith("#"):
            yield key.strip(), [name.strip() for name in names.split(" | ")], field.strip()
