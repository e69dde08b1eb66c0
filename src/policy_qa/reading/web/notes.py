"""The footnotes of a web page: what marks them in the text, and where their words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from policy_qa.reading.web.container import Element

_REF: Final = re.compile(r"#_?(ftn|edn|fn|note)-?(\d{1,4})$")
_BACK: Final = re.compile(r"#_?(ftn|edn|fn|note)-?ref-?(\d{1,4})$")
_MARK: Final = re.compile(r"[\[(]?\s*(\d{1,3}|\*{1,3})\s*[\])]?")
_UNIT: Final = re.compile(r"(?:^|[\W\d])(?:[kcdm]?m|ha|s|CO|H|O|\d)$")  # m², km², CO₂ …: the figure belongs to it
_PARAGRAPHS: Final = frozenset(("p", "li"))
_HOLDERS: Final = frozenset(("div", "td", "blockquote"))
_LONG: Final = 3000
"""Characters beyond which such an element is no paragraph but holds a good part of the document."""
_FAR: Final = 6  # elements between a mark and the paragraph that holds the note


@dataclass(frozen=True, slots=True)
class PageNote:
    """A note: its mark as printed, without brackets; the element that marks it in the text; the paragraph that is the note."""

    mark: str
    ref: Element
    back: Element
    body: Element


def find_notes(root: Element) -> list[PageNote]:
    """The notes of a page in the order of their marks: those that are linked to and fro, else those in small raised print."""
    return list(_linked(root)) or list(_raised(root))


def _linked(root: Element) -> Iterator[PageNote]:
    """Notes as Word and most portals write them: a link to the note, and one back."""
    refs: dict[tuple[str, str], Element] = {}
    backs: dict[tuple[str, str], Element] = {}
    for link in root.iter("a"):
        target = link.get("href") or ""
        for pattern, found in ((_BACK, backs), (_REF, refs)):
            place = pattern.search(target)
            if place:
                found.setdefault((place[1], place[2]), link)
                break
    for key, ref in refs.items():
        back = backs.get(key)
        body = _paragraph(back, "".join(key)) if back is not None else None
        if back is not None and body is not None and not _is_inside(ref, body):
            text = _plain(ref)
            mark = _MARK.fullmatch(text)
            yield PageNote(str(mark[1]) if mark else text or key[1], ref, back, body)


def _raised(root: Element) -> Iterator[PageNote]:
    """Notes whose marks are only set in `sup`: 1, 2, 3 … in the text, and again each at the head of a paragraph after it."""
    refs: dict[str, Element] = {}
    bodies: dict[str, tuple[Element, Element]] = {}
    for sup in root.iter("sup"):
        mark = _MARK.fullmatch(_plain(sup))
        if mark is None:
            continue
        label = str(mark[1])
        body = _headed_by(sup)
        if body is not None and label in refs:
            bodies.setdefault(label, (sup, body))
        elif body is None and not _UNIT.search(_before(sup)):
            refs.setdefault(label, sup)
    expected = [str(number) for number in range(1, len(bodies) + 1)]
    if list(bodies) == expected or all(set(label) == {"*"} for label in bodies):
        for label, (sup, body) in bodies.items():
            yield PageNote(label, refs[label], sup, body)


def _paragraph(back: Element, name: str) -> Element | None:
    """The element that is the note: the one named after it, else the paragraph that the link stands in."""
    near = [element for element, _ in zip(back.iterancestors(), range(_FAR), strict=False)]
    named = [element for element in near if (element.get("id") or "") == name]
    return next(iter(named + [element for element in near if _is_paragraph(element)]), None)


def _headed_by(sup: Element) -> Element | None:
    """The paragraph whose first words `sup` is."""
    element = sup
    for _ in range(_FAR):
        parent = element.getparent()
        if parent is None or element.getprevious() is not None or (parent.text or "").strip():
            return None
        if _is_paragraph(parent):
            return parent if (sup.tail or "").strip() or len(_plain(parent)) > len(_plain(sup)) else None
        element = parent
    return None


def _is_paragraph(element: Element) -> bool:
    if element.tag not in _HOLDERS:
        return element.tag in _PARAGRAPHS
    length = 0
    for words in element.itertext():
        length += len(words)
        if length > _LONG:
            return False
    return True


def _before(element: Element) -> str:
    """The words right before an element, in its parent."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        return (previous.tail or previous.text or "").rstrip()[-20:]
    return ((parent.text if parent is not None else None) or "").rstrip()[-20:]


def _plain(element: Element) -> str:
    """The first words of an element; no more, since elements may lie in each other a thousandfold."""
    return " ".join("".join(str(words) for words in islice(element.itertext(), 12)).split())[:200]


def _is_inside(element: Element, outer: Element) -> bool:
    return any(up is outer for up, _ in zip((element, *element.iterancestors()), range(64), strict=False))
