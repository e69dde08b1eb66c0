"""An answer to hand on: its statements with their citations, as plain text, Markdown or HTML.

A citation bears one number in the whole answer, its place in `Answer.citations`; a document is named in full where it is
first cited and short afterwards (NĐ 30/2020/NĐ-CP, phụ lục I). Words of an official text stand in “ ”; those of a digest
never do, and end with `DIGEST_MARK`. All that documents and models say is escaped.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from policy_qa.answer import Answer, Citation, Statement
from policy_qa.citing.style import QUOTATION_MARKS, Mentions
from policy_qa.document import DIGEST_MARK, Level, Metadata
from policy_qa.reading.invisible import without_invisible

REPORTED_MARK = "(theo báo chí và hồ sơ tra cứu)"
BASIS, TOGETHER, NOTES = "Căn cứ", "Viện dẫn chung", "Lưu ý"
RELATED = "Điều khoản gần nhất (để tham khảo, không phải căn cứ)"

_QUOTED = re.compile(r"[“„«\"]([^“”„«»\"]*)[”»\"]")


class Form(StrEnum):
    """What an answer is written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"


def render(answer: Answer, form: Form = Form.TEXT) -> str:
    """The answer in this form: message, statements with the numbers of their citations, what they stand on, notes.

    What was dropped is left out: it is not to be handed on. HTML is a fragment without classes or scripts.
    """
    writer = _WRITERS[form]
    given = numbers_of(answer)
    blocks = [writer.paragraph(_lines(answer.message), "")] if answer.message else []
    for statement in answer.statements:
        cited = [given[c] for c in dict.fromkeys(statement.citations) if c in given]
        blocks.append(writer.paragraph(_lines(stated(answer, statement)), writer.marks(cited)))
    if answer.citations:
        blocks += [writer.heading(BASIS), writer.items(_sources(answer), numbered=True)]
        if len({(c.key, c.address) for c in answer.citations}) > 1:
            blocks.append(writer.paragraph([f"{TOGETHER}: {together(answer.citations)}"], ""))
    if answer.related:
        blocks += [writer.heading(RELATED), writer.items([cited_place(c, c.formatted) for c in answer.related])]
    if answer.notes:
        blocks += [writer.heading(NOTES), writer.items(answer.notes)]
    return "\n\n".join(blocks)


def numbers_of(answer: Answer) -> Mapping[str, int]:
    """The number of each citation by its id, from 1; it does not change while an answer grows."""
    return {citation.id: number for number, citation in enumerate(answer.citations, 1)}


def forms(citations: Sequence[Citation]) -> tuple[str, ...]:
    """How each of these citations is written: its document in full where it is first cited, short afterwards.

    Where documents of one number are cited together, only the full form tells them apart.
    """
    bearing = Counter(number for number, _ in {(c.document.number, c.key) for c in citations})
    named: set[str] = set()
    written = []
    for citation in citations:
        told_apart = citation.document.number is None or bearing[citation.document.number] == 1
        short = citation.key in named and told_apart
        written.append(citation.formatted_short if short else citation.formatted)
        named.add(citation.key)
    return tuple(written)


def together(citations: Sequence[Citation]) -> str:
    """All places in one citation: "các điểm a, b khoản 2 Điều 5 Luật …; Điều 1 Quyết định số …"."""
    cited = [(_metadata(citation), citation.address) for citation in citations]
    return _joined(Mentions().cite(cited, [heading for citation in citations for heading in _headings(citation)]))


def quoted(citation: Citation) -> str:
    """The words cited, on one line: an official text's in “ ”, a digest's without any quotation marks."""
    return (
        f"“{_joined(citation.quote)}”"
        if citation.text_kind == "official"
        else QUOTATION_MARKS.sub("", _joined(citation.quote))
    )


# --- what is written ----------------------------------------------------------------------------------------------


def stated(answer: Answer, statement: Statement) -> str:
    """The statement: in “ ” where it is an official text's own words; where it rests on a digest, with its mark."""
    cited = [citation for citation in answer.citations if citation.id in statement.citations]
    official = [_joined(citation.quote) for citation in cited if citation.text_kind == "official"]
    said = _joined(statement.text)
    if said in official:
        return f"“{statement.text.strip()}”"
    # Quotation marks are for words that an official text has.
    text = _QUOTED.sub(lambda m: f"“{m[1]}”" if any(_joined(m[1]) in o for o in official) else m[1], statement.text)
    if not any(citation.text_kind == "digest" for citation in cited):
        return text
    return f"{(text if official else QUOTATION_MARKS.sub('', text)).strip()} {DIGEST_MARK}"


def _sources(answer: Answer) -> list[str]:
    """A line for each citation; its words only where no statement shows them already."""
    shown = {(c, _joined(statement.text)) for statement in answer.statements for c in statement.citations}
    return [
        cited_place(citation, form, with_words=(citation.id, _joined(citation.quote)) not in shown)
        for citation, form in zip(answer.citations, forms(answer.citations), strict=True)
    ]


def cited_place(citation: Citation, form: str, *, with_words: bool = False) -> str:
    """The citation in this form, with its page, what it is reported by or a digest of, and the words cited if asked for."""
    page = f", trang {citation.page}" if citation.page is not None else ""
    reported = f" {REPORTED_MARK}" if citation.reported else ""
    words = f": {quoted(citation)}" if with_words else ""
    digest = f" {DIGEST_MARK}" if citation.text_kind == "digest" else ""
    return f"{form}{page}{reported}{words}{digest}"


def _metadata(citation: Citation) -> Metadata:
    name = citation.document
    file = citation.file.replace("\\", "/").rsplit("/", 1)[-1]
    title = name.title if name.title or name.number or name.kind else f"văn bản trong tệp {file}"
    return Metadata(name.number, name.date, name.kind, name.issuer, title, text_kind=citation.text_kind)


def _headings(citation: Citation) -> Iterator[str]:
    """Unnumbered headings of the address with the capitals that the citation's own form gives them."""
    written = citation.formatted_short
    for step in citation.address.steps:
        at = written.lower().find(step.label.lower()) if step.level is Level.DE_MUC else -1
        if at >= 0 and len(written.lower()) == len(written):
            yield written[at : at + len(step.label)]


def _joined(words: str) -> str:
    return " ".join(without_invisible(words).split())


def _lines(words: str) -> list[str]:
    return [line for part in words.splitlines() if (line := _joined(part))]


# --- forms --------------------------------------------------------------------------------------------------------


class _Writer(Protocol):
    """Puts plain words into a form; whatever it is given is escaped."""

    def paragraph(self, lines: Sequence[str], marks: str) -> str:
        """Lines of one paragraph; `marks`, which is written already, at its end."""

    def marks(self, given: Sequence[int]) -> str:
        """The numbers of citations."""

    def heading(self, words: str) -> str:
        """A heading over what follows."""

    def items(self, lines: Iterable[str], *, numbered: bool = False) -> str:
        """A list."""


class _Text:
    def paragraph(self, lines: Sequence[str], marks: str) -> str:
        return " ".join(filter(None, ("\n".join(lines), marks)))

    def marks(self, given: Sequence[int]) -> str:
        return "".join(f"[{number}]" for number in given)

    def heading(self, words: str) -> str:
        return f"{words}:"

    def items(self, lines: Iterable[str], *, numbered: bool = False) -> str:
        return "\n".join(f"[{n}] {_joined(s)}" if numbered else f"- {_joined(s)}" for n, s in enumerate(lines, 1))


class _Markdown:
    def paragraph(self, lines: Sequence[str], marks: str) -> str:
        return " ".join(filter(None, ("\\\n".join(map(markdown_escaped, lines)), marks)))

    def marks(self, given: Sequence[int]) -> str:
        return "".join(rf"\[{number}\]" for number in given)

    def heading(self, words: str) -> str:
        return f"**{markdown_escaped(words)}**"

    def items(self, lines: Iterable[str], *, numbered: bool = False) -> str:
        return "\n".join(
            f"{n}. {markdown_escaped(s)}" if numbered else f"- {markdown_escaped(s)}" for n, s in enumerate(lines, 1)
        )


class _Html:
    def paragraph(self, lines: Sequence[str], marks: str) -> str:
        return f"<p>{' '.join(filter(None, ('<br>'.join(map(_html_escaped, lines)), marks)))}</p>"

    def marks(self, given: Sequence[int]) -> str:
        return "".join(f"[{number}]" for number in given)

    def heading(self, words: str) -> str:
        return f"<p><strong>{_html_escaped(words)}</strong></p>"

    def items(self, lines: Iterable[str], *, numbered: bool = False) -> str:
        tag = "ol" if numbered else "ul"
        return f"<{tag}>{''.join(f'<li>{_html_escaped(line)}</li>' for line in lines)}</{tag}>"


_WRITERS: Mapping[Form, _Writer] = {Form.TEXT: _Text(), Form.MARKDOWN: _Markdown(), Form.HTML: _Html()}

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~$&@^])")
_AT_START = re.compile(r"^(\d*)([-+#=:%.)])")
_LINKED = re.compile(r"\b(https?|ftp|mailto|xmpp|www)([:.])", re.IGNORECASE)


def markdown_escaped(words: str) -> str:
    """`words` on one line as Markdown that shows them as they are: no markup, no links, no HTML, no list or heading."""
    text = _SPECIAL.sub(r"\\\1", _joined(words))
    return _LINKED.sub(r"\1\\\2", _AT_START.sub(r"\1\\\2", text))


def _html_escaped(words: str) -> str:
    return html.escape(_joined(words), quote=True)
