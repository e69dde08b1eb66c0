"""The names by which documents are called: nicknames, names of laws, titles; found in a text as whole words."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from policy_qa.citing.kinds import NAMED_LAWS
from policy_qa.document import Metadata, Span
from policy_qa.reading.syllables import is_syllable

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_YEAR = re.compile(r"[^\S\n]+(?:n\S{1,4}[^\S\n]+)?((?:19|20)\d\d)(?![\w/-])")
# The five tones; what other marks (^ ˘ ơ ư đ) make is another letter.
_TONES = dict(zip("\u0300\u0301\u0303\u0309\u0323", "fsxrj", strict=True))
_LEADS = ("về việc", "về", "v/v", "phê duyệt", "ban hành", "quy định về", "quy định")
_LEAST_TITLE, _LEAST_NAME, _LEAST_AFTER_KIND = 12, 5, 3
"""Syllables that make a mention unmistakable: of a bare title, of a named scheme in it, of a title after the kind's name."""
_LEAST_INITIALS, _LEAST_NICKNAME = 2, 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word for comparing: bare letters, letters with their marks, and tone apart, so that `hoà` equals `hòa`."""

    bare: str
    marked: str
    tone: str

    def may_be(self, right: Word) -> bool:
        """Whether this, as typed, may be `right`: each letter right or bare, the tone right or left out."""
        pairs = zip(self.marked, right.marked, right.bare, strict=True)
        return self.tone in ("", right.tone) and all(typed in (whole, bare) for typed, whole, bare in pairs)


@lru_cache(maxsize=50_000)
def word_of(text: str) -> Word:
    """The word for comparing; `text` is one word in any normal form."""
    marked, bare, tone = "", "", ""
    for c in unicodedata.normalize("NFC", text.lower()):
        letter, *marks = list(unicodedata.normalize("NFD", c))
        tone += "".join(_TONES.get(m, "") for m in marks)
        marked += unicodedata.normalize("NFC", letter + "".join(m for m in marks if m not in _TONES))
        bare += "d" if letter == "đ" else letter
    return Word(bare, marked, tone) if len(marked) == len(bare) else Word(text, text, "")


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[Word, ...]
    key: str
    year: str | None
    is_law: bool


@dataclass(slots=True)
class NameTable:
    """All names of the known documents; built once, asked often."""

    documents: Iterable[tuple[str, Metadata]]
    _names: dict[tuple[str, ...], list[_Name]] = field(default_factory=lambda: defaultdict(list), init=False)
    _lengths: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set), init=False)

    def __post_init__(self) -> None:
        for key, metadata in self.documents:
            for name in sorted(names_of(metadata)):
                words = tuple(word_of(m.group()) for m in _WORD.finditer(unicodedata.normalize("NFC", name)))
                if words:
                    self._names[tuple(w.bare for w in words)].append(
                        _Name(words, key, year_of(metadata), metadata.kind in NAMED_LAWS)
                    )
                    self._lengths[words[0].bare].add(len(words))
        self.documents = ()

    def find(self, text: str) -> list[tuple[Span, str]]:
        """Names in `text` with the key of the one document that bears each; longest first, none within another."""
        matches = list(_WORD.finditer(text))
        words = [word_of(match.group()) for match in matches]
        found: list[tuple[Span, str]] = []
        at = 0
        while at < len(words):
            step = 1
            for length in sorted(self._lengths.get(words[at].bare, ()), reverse=True):
                run = words[at : at + length]
                borne = self._borne(run)
                if len(run) < length or not borne:
                    continue
                span, keys = _dated(text, Span(matches[at].start(), matches[at + length - 1].end()), borne)
                if len(keys) == 1:
                    found.append((span, keys.pop()))
                step = length
                break
            at += step
        return found

    def _borne(self, run: list[Word]) -> list[_Name]:
        names = self._names.get(tuple(word.bare for word in run), ())
        return [n for n in names if all(typed.may_be(right) for typed, right in zip(run, n.words, strict=True))]


def _dated(text: str, span: Span, names: list[_Name]) -> tuple[Span, set[str]]:
    """The documents left when a year follows the name: "Luật Đất đai năm 2013"."""
    year = _YEAR.match(text, span.end)
    if year and any(name.is_law for name in names):  # only laws bear a year in their name
        kept = {name.key for name in names if name.year == year[1]}
        # A year that no law of this name bears speaks of a law that is not known; one whose year is not known may be it.
        return Span(span.start, year.end()), kept or {name.key for name in names if name.year is None}
    return span, {name.key for name in names}


def year_of(metadata: Metadata) -> str | None:
    """The year of a law, by its number ("45/2013/QH13"), else its date; None for kinds that bear no year in their name."""
    if metadata.kind not in NAMED_LAWS:
        return None
    numbered = re.search(r"/((?:19|20)\d\d)(?:/|$)", metadata.number or "")
    return numbered[1] if numbered else (metadata.date or "")[:4] or None


def names_of(metadata: Metadata) -> set[str]:
    """Every name by which the document is unmistakably called, without its number."""
    names = {name for name in metadata.nicknames if _is_nickname(name)}
    title = " ".join((metadata.title or "").split())
    if not title:
        return names
    kind = metadata.kind or ""
    if kind in NAMED_LAWS:
        name = law_name(kind, title)
        return names | {name} | _initials(kind, name)
    lead, rest = _without_lead(title)
    if len(rest.split()) >= _LEAST_AFTER_KIND and kind:
        names |= {f"{kind} {title}", f"{kind} về {rest}", f"{kind} {rest}"}
    if len(title.split()) >= _LEAST_TITLE:
        names |= {title, rest} if len(rest.split()) >= _LEAST_TITLE else {title}
    if lead and rest[:1].isupper() and len(rest.split()) >= _LEAST_NAME:
        names.add(rest)
    return names


def _is_nickname(words: str) -> bool:
    """Whether words can name one document: everyday ones ("ban hành") would draw all questions that have them."""
    begins = words.strip()[:1].isupper()
    return begins and (any(map(str.isdigit, words)) or len(words.split()) >= _LEAST_NICKNAME)


def law_name(kind: str, title: str) -> str:
    """`Luật Trẻ em` of kind and title, whether or not the title begins with the kind; the year is left out."""
    title = re.sub(r"[^\S\n]+(?:năm[^\S\n]+)?(?:19|20)\d\d$", "", title)
    if title.isupper():
        title = title[:1] + title[1:].lower()
    if title.lower() == kind.lower() or title.lower().startswith(kind.lower() + " "):
        rest = title[len(kind) :].strip()
        return f"{kind} {rest[:1].upper()}{rest[1:]}".strip()
    return f"{kind} {title[:1].upper()}{title[1:]}"


def _initials(kind: str, name: str) -> set[str]:
    """As people write it: `BLDS` for Bộ luật Dân sự, `Luật BVMT` for Luật Bảo vệ môi trường, `Luật HN&GĐ` and `Luật HNGĐ`."""
    parts = [part.split() for part in re.split(r"[\s,]+(?:và|của)\s+|,\s*", name[len(kind) :].strip()) if part.strip()]
    runs = ["".join(word[0] for word in part).upper() for part in parts]
    joined = "".join(runs)
    if len(joined) < _LEAST_INITIALS or is_syllable(word_of(joined).bare):
        return set()  # "luat da …" of a question without diacritics is not Luật Điện ảnh
    found = {f"{kind} {joined}", f"{kind} {' '.join(runs)}"}
    return found | ({f"BL{joined}"} if kind == "Bộ luật" else set())


def _without_lead(title: str) -> tuple[str, str]:
    for lead in _LEADS:
        if title.lower().startswith(lead + " "):
            return lead, title[len(lead) + 1 :]
    return "", title
