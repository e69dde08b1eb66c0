"""A conversation as a Word file: questions, answers, citations in the legal form, digests marked."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from policy_qa.citing.rendering import BASIS, NOTES, RELATED, render
from policy_qa.office.history import Conversation, Turn
from policy_qa.reading.invisible import without_invisible
from policy_qa.web.chat import wording

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle

FONT, SIZE = "Times New Roman", 13
MARGINS = (20, 15, 20, 30)
"""Millimetres: top, right, bottom, left (NĐ 30/2020/NĐ-CP, phụ lục I)."""
_HEADINGS = {f"{words}:" for words in (BASIS, NOTES, RELATED)}


def conversation_document(conversation: Conversation, turns: Sequence[Turn]) -> bytes:
    """The .docx of a conversation: its title, then each question as a heading with what came of it."""
    import docx

    document = docx.Document()
    _page(document)
    document.core_properties.title = _plain(conversation.title)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.add_heading(_plain(conversation.title), 0)
    for number, turn in enumerate(turns, 1):
        document.add_heading(f"{number}. {_plain(turn.question)}", 1)
        document.add_paragraph(_moment(turn.asked)).runs[0].italic = True
        _reply(document, turn)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _reply(document: WordDocument, turn: Turn) -> None:
    for block in render(turn.answer).split("\n\n") if turn.answer else ():
        if block in _HEADINGS:
            document.add_paragraph().add_run(_plain(block)).bold = True
            continue
        for line in block.split("\n"):
            document.add_paragraph(_plain(line))
    if turn.error or not turn.done:
        document.add_paragraph(_plain(turn.error or wording.UNFINISHED)).runs[0].italic = True


def _page(document: WordDocument) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = map(Mm, MARGINS)
    for name, size in (("Normal", SIZE), ("Title", SIZE + 3), ("Heading 1", SIZE + 1)):
        style: ParagraphStyle = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)


def _plain(words: str) -> str:
    """`words` without what XML cannot hold."""
    return without_invisible(words).replace("\x0c", " ").replace("\x0b", " ")


def _moment(iso: str) -> str:
    """`2026-11-26T03:04:05+00:00` as "Hỏi lúc 10:04 ngày 26/11/2026", in this machine's time."""
    return f"Hỏi lúc {datetime.fromisoformat(iso).astimezone():%H:%M ngày %d/%m/%Y}"
