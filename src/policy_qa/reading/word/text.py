"""The words of one Word paragraph as printed: accepted changes, results of fields, old fonts in Unicode (ECMA-376 part 1, 17.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element

from policy_qa.reading.legacy import Encoding, Run, joined
from policy_qa.reading.word.package import ALTERNATE, W
from policy_qa.reading.word.styles import Look, Styles, is_on, look_of, settings_in, value
from policy_qa.reading.word.symbols import shown, symbol

_RUN, _TEXT, _LOOK, _SYMBOL, _FIELD = (f"{W}{name}" for name in ("r", "t", "rPr", "sym", "fldChar"))
_MATHS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FORMULA, _DENOMINATOR = f"{_MATHS}t", f"{_MATHS}den"
_CHOICE: Final = ALTERNATE.replace("AlternateContent", "Choice")
_FALLBACK: Final = ALTERNATE.replace("AlternateContent", "Fallback")
_BOX: Final = f"{W}txbxContent"
# Deleted or moved away, or no words: settings and what only marks a place.
_LEFT_OUT: Final = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "fldData", "rt")
)  # fmt: skip
_GAPS: Final = {
    f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_NOTES: Final = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_HOLDERS: Final = frozenset((f"{W}drawing", f"{W}pict", f"{W}object", f"{W}ruby", _CHOICE, _FALLBACK))
_MAX_FIELDS: Final = 50
"""Fields inside fields; Word allows about twenty."""

NoteMark = Callable[[str, str, str | None], str]
"""From the part, a note's id, and the mark printed for it where it is not counted: what stands in its place."""


@dataclass(slots=True)
class Words:
    """What a paragraph says, and the text boxes anchored in it: those before its first word, and the others."""

    text: str = ""
    boxes_before: list[_Element] = field(default_factory=list)
    boxes_after: list[_Element] = field(default_factory=list)


class WordText:
    """Reads paragraphs in order; fields may run over several of them."""

    def __init__(self, styles: Styles, note_mark: NoteMark) -> None:
        self._styles, self._note_mark = styles, note_mark
        self._fields: list[bool] = []  # for each open field whether its result has begun
        self._runs: list[Run] = []
        self._words = Words()
        self._outer = Look()
        self._told = False  # whether the paragraph has said anything yet
        self._custom: tuple[str, str] | None = None  # a note whose mark is the text that follows
        self.converted: set[Encoding] = set()
        """The old encodings that fonts told of so far."""

    def words(self, paragraph: _Element, look: Look) -> Words:
        """The words of a `w:p`; `look` is that of its style over the document's."""
        self._runs, self._words, self._outer, self._told = [], Words(), look, False
        self._inline(paragraph)
        self._close_custom_note("")
        # A field whose codes go on into the next paragraph is damaged: it must not swallow the rest of the document.
        while self._fields and not self._fields[-1]:
            self._fields.pop()
        self._words.text, found = joined(self._runs)
        self.converted |= found
        return self._words

    def _inline(self, parent: _Element) -> None:
        for element in alternatives(parent):
            tag = element.tag
            if tag == _RUN:
                self._run(element)
            elif tag == _FORMULA:
                self._add(element.text or "", Look())
            elif tag == _DENOMINATOR:
                self._add("/", Look())
                self._inline(element)
            elif tag == _BOX:
                self._box(element)
            elif tag not in _LEFT_OUT:
                self._inline(element)

    def _run(self, run: _Element) -> None:
        look = self._outer
        for node in alternatives(run):
            tag = node.tag
            if tag == _TEXT:
                self._add(shown(node.text or "", look.font), look)
            elif tag == _LOOK:  # before all words
                style = value(settings_in(node), "rStyle")
                look = look_of(node).over(look if style is None else self._styles[style].look.over(look))
            elif tag in _GAPS:
                self._add(_GAPS[tag], look)
            elif tag == _SYMBOL:
                self._add(_symbol(node), Look(hidden=look.hidden))
            elif tag == _FIELD:
                self._field(node.get(f"{W}fldCharType"))
            elif tag in _NOTES:
                self._note(node, look)
            elif tag in _HOLDERS:
                self._inline(node)

    def _add(self, text: str, look: Look) -> None:
        if not text or look.hidden or not all(self._fields):
            return
        if self._custom is not None:
            text = self._close_custom_note(text)
        self._runs.append(Run.in_font(text, look.font, capitals=bool(look.capitals)))
        self._told = self._told or not text.isspace()

    def _field(self, kind: str | None) -> None:
        if kind == "begin" and len(self._fields) < _MAX_FIELDS:
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _note(self, node: _Element, look: Look) -> None:
        if look.hidden or not all(self._fields):
            return
        part, name = _NOTES[node.tag], node.get(f"{W}id") or ""
        if is_on(node.get(f"{W}customMarkFollows"), absent=False):
            self._close_custom_note("")
            self._custom = part, name
        else:
            self._runs.append(Run(self._note_mark(part, name, None)))

    def _close_custom_note(self, text: str) -> str:
        """Ends a note with a mark of its own, which is the first word of the text after it; returns the rest."""
        if self._custom is None:
            return text
        mark, _, rest = text.strip().partition(" ")
        self._runs.append(Run(self._note_mark(*self._custom, mark)))
        self._custom = None
        return f" {rest}" if rest else ""

    def _box(self, box: _Element) -> None:
        (self._words.boxes_after if self._told else self._words.boxes_before).append(box)


def _symbol(node: _Element) -> str:
    try:
        return symbol(node.get(f"{W}font"), int(node.get(f"{W}char") or "", 16))
    except ValueError:
        return ""


def alternatives(parent: Iterable[_Element]) -> Iterator[_Element]:
    """The children; of what is there in several forms (a drawing, and a picture for older programs) only one."""
    for element in parent:
        if element.tag != ALTERNATE:
            yield element
            continue
        forms = [form for form in element if form.tag in (_CHOICE, _FALLBACK)]
        yield from [form for form in forms if next(form.iter(_TEXT), None) is not None][:1] or forms[:1]
