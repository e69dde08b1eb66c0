"""Footnotes and endnotes of a Word file: where they are marked, the marks as printed, their texts (ECMA-376 part 1, 17.11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml.etree import _Element

from policy_qa.document import Marginal
from policy_qa.reading.source import note_place
from policy_qa.reading.word.numbering import formatted
from policy_qa.reading.word.package import W, WordPackage
from policy_qa.reading.word.styles import Settings, number, settings_in, value

_FORMS: Final = {"footnotes": "decimal", "endnotes": "lowerRoman"}
_SETTINGS: Final = {"footnotes": "footnotePr", "endnotes": "endnotePr"}


@dataclass(frozen=True, slots=True)
class _Marked:
    part: str
    name: str
    mark: str | None  # where it is not counted
    section: int


class Notes:
    """The notes of one document in the order in which the text marks them."""

    def __init__(self, package: WordPackage) -> None:
        self._package = package
        self._document = _counting(package.related("settings"))
        self._sections: list[dict[str, Settings]] = []
        self._marked: list[_Marked] = []

    def place(self, part: str, name: str, mark: str | None) -> str:
        """What stands in the text where a note is marked; `mark` where it has one of its own."""
        self._marked.append(_Marked(part, name, mark, len(self._sections)))
        return note_place(len(self._marked) - 1)

    def end_section(self, properties: _Element) -> None:
        """Ends a section with `w:sectPr`, which says how its notes are counted."""
        self._sections.append(_counting(properties))

    def marginals(self, text_of: Callable[[_Element], str]) -> list[Marginal]:
        """All notes that were marked, in the order of their indexes; `text_of` reads one."""
        marked = list(self._marked)  # a note that is marked in a note would go on for ever
        texts: dict[tuple[str, str], str] = {}
        for part in {note.part for note in marked}:
            root = self._package.related(part)
            for element in root if root is not None else ():
                texts[part, element.get(f"{W}id") or ""] = text_of(element)
        marks = self._marks(marked)
        return [
            Marginal("footnote", texts.get((note.part, note.name), ""), mark=mark)
            for note, mark in zip(marked, marks, strict=True)
        ]

    def _marks(self, marked: list[_Marked]) -> Iterator[str]:
        counts: dict[str, int] = {}
        sections: dict[str, int] = {}
        for note in marked:
            if note.mark is not None:
                yield note.mark
                continue
            part = note.part
            anew = sections.get(part) != note.section and self._said(note, "numRestart") == "eachSect"
            if part not in counts or anew:
                counts[part] = number(self._said(note, "numStart"), 1) - 1
            sections[part] = note.section
            counts[part] += 1
            yield formatted(counts[part], self._said(note, "numFmt") or _FORMS[part])

    def _said(self, note: _Marked, name: str) -> str | None:
        """What the note's section says of counting, or else the document."""
        own = self._sections[note.section] if note.section < len(self._sections) else self._document
        return value(own[note.part], name) or value(self._document[note.part], name)


def _counting(element: _Element | None) -> dict[str, Settings]:
    """How notes are counted, by their part, as the document's settings or a section say it."""
    said = settings_in(element)
    return {part: dict(settings_in(said.get(name))) for part, name in _SETTINGS.items()}
