"""Where in the document a warning speaks of: read out of its sentence, which names a provision, words or a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from policy_qa.document import Document, Level, Provision

_LEVELS = "|".join(level.value for level in sorted(Level, key=lambda level: -len(level.value)))
_LABEL = r"(?P<label>\w+(?:\.\w+)*)"
# "… trước mục X", "sau khoản 2 là khoản 4", "Nhãn “mục IV” lặp lại", "Mục X … không nối tiếp …"
_NAMED = re.compile(rf"(?:^|trước |là |Nhãn “)(?P<level>{_LEVELS}) {_LABEL}", re.IGNORECASE)
_AFTER = re.compile(rf"sau (?:{_LEVELS}) {_LABEL} là\b", re.IGNORECASE)
_QUOTED = re.compile(r"“(.+?)…?”")
_PAGE = re.compile(r"\btrang (\d{1,6})\b", re.IGNORECASE)
_MOST_SEARCHES = 200  # each goes through the whole text, and a hostile one can earn a warning a line
_AGAIN = " (lần "
"""In the label of a provision whose label is printed more than once: `IV (lần 2)`."""


_Labels: TypeAlias = dict[tuple[str, str], list[tuple[Provision, str | None]]]


@dataclass(frozen=True, slots=True)
class Defect:
    """A warning, and what it speaks of as far as that can be told: offsets in the text, or a page by its number."""

    sentence: str
    places: tuple[int, ...] = ()
    page: int | None = None


def defects(document: Document) -> list[Defect]:
    """What reading and parsing had to say, once each, in their order."""
    locator = _Locator(document)
    return [locator.placed(s) for s in dict.fromkeys((*document.source.warnings, *document.warnings))]


class _Locator:
    def __init__(self, document: Document) -> None:
        self._text = document.source.text
        self._pages = {page.number for page in document.source.pages}
        self._starts = {provision.span.start for provision in document.walk()}
        self._labels = _by_label(document)
        self._searches = _MOST_SEARCHES

    def placed(self, sentence: str) -> Defect:
        """The warning with the places that its sentence names: a provision, else words, else a page."""
        named = self._named(sentence)
        if named:
            return Defect(sentence, tuple(provision.span.start for provision in named))
        quoted, page = _QUOTED.search(sentence), _PAGE.search(sentence)
        place = self._words(quoted[1]) if quoted else None
        if place is not None:
            return Defect(sentence, (place,))
        return Defect(sentence, page=int(page[1]) if page and int(page[1]) in self._pages else None)

    def _named(self, sentence: str) -> list[Provision]:
        """The provisions that the sentence names; none where others of that name could be meant as well."""
        match = _NAMED.search(sentence)
        if match is None:
            return []
        known = self._labels.get((match["level"].lower(), match["label"].casefold()), [])
        again = [provision for provision, _ in known if _AGAIN in provision.address.last.label]
        if "lặp lại" in sentence:
            return again
        after = _AFTER.search(sentence)
        following = [provision for provision, before in known if after and before == after["label"].casefold()]
        # A điều that opens a chapter follows no sibling; of a label printed twice the second is out of order.
        parents = {provision.address.parent for provision, _ in known}
        only = again or [provision for provision, _ in known]
        return following or (only if len(parents) == 1 else [])

    def _words(self, words: str) -> int | None:
        """Where the words stand in the text; those that also open provisions are looked for where they open none."""
        if not self._searches:
            return None
        self._searches -= 1
        found = [m.start() for m in re.finditer(re.escape(words) + r"(?!\w)", self._text)]
        heads = [at for at in found if (at == 0 or self._text[at - 1] == "\n") and at not in self._starts]
        only = found if len(found) == 1 else heads
        return only[0] if len(only) == 1 else None


def _by_label(document: Document) -> _Labels:
    """Provisions by level and printed label, small letters, each with the printed label of the sibling before it."""
    found: _Labels = {}
    for family in (document.provisions, *(provision.children for provision in document.walk())):
        before: str | None = None
        for provision in family:
            step = provision.address.last
            printed = step.label.partition(_AGAIN)[0].casefold()
            found.setdefault((str(step.level), printed), []).append((provision, before))
            before = printed
    return found
