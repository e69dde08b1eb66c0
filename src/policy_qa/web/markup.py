"""HTML made of escaped words: nothing that a document or a visitor says is ever read as markup."""

from __future__ import annotations

import html

from policy_qa.answer import Citation
from policy_qa.document import DIGEST_MARK
from policy_qa.reading.invisible import without_invisible
from policy_qa.web import texts


def escaped(words: str) -> str:
    """`words` as HTML text, also safe inside a quoted attribute; what prints nothing neither hides there nor turns words."""
    return html.escape(without_invisible(words), quote=True)


def in_lines(words: str) -> str:
    """`words` as HTML text that keeps its line breaks."""
    return "<br>".join(escaped(words).split("\n"))


def error_note(sentence: str) -> str:
    """The sentence of an error, announced to screen readers."""
    return f'<p class="pq-error" role="alert">{in_lines(sentence)}</p>'


def badges(citation: Citation) -> str:
    """What kind of text the citation is from: our digest or the official words; and whether it is only reported."""
    digest = citation.text_kind == "digest"
    marks = [_badge("digest", texts.DIGEST) if digest else _badge("official", texts.OFFICIAL)]
    if citation.reported:
        marks.append(_badge("reported", texts.REPORTED))
    return "".join(marks)


def page_of(citation: Citation) -> str:
    """The page the quote begins on, and how sure its letters are where it is a picture; nothing for a file without pages."""
    words = page_words(citation)
    return f'<span class="pq-page">{escaped(words)}</span>' if words else ""


def page_words(citation: Citation) -> str:
    """The same as plain words."""
    if citation.page is None:
        return ""
    page = texts.PAGE.format(page=citation.page)
    if citation.ocr is None:
        return page
    return f"{page} ({texts.RECOGNISED.format(percent=round(100 * citation.ocr))})"


def legal_form(citation: Citation) -> str:
    """The citation as it is copied: the legal form, and what must be said of a text that is not the official one."""
    return _marked(citation, citation.formatted)


def legal_form_with_words(citation: Citation) -> str:
    """The citation with the words cited, in quotation marks only where they are the document's own."""
    words = " ".join(citation.quote.split())
    if citation.text_kind == "official":
        words = f"“{words}”"
    return _marked(citation, f"{citation.formatted}: {words}")


def _marked(citation: Citation, form: str) -> str:
    reported = f" ({texts.REPORTED})" if citation.reported else ""
    digest = f" {DIGEST_MARK}" if citation.text_kind == "digest" else ""
    return form + reported + digest


def _badge(kind: str, words: str) -> str:
    return f'<span class="pq-badge pq-{kind}">{escaped(words)}</span>'
