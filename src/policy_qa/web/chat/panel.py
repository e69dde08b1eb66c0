"""The source panel as HTML: what an answer cites, and the provision chosen, to read as text, as a page, as a tree."""

from __future__ import annotations

from collections.abc import Sequence

from policy_qa.answer import Answer, Citation
from policy_qa.answering.citations import citation as citation_of
from policy_qa.citing.style import document_name
from policy_qa.document import Span
from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord
from policy_qa.web import texts
from policy_qa.web.chat import urls, wording
from policy_qa.web.chat.provision import heading_path, neighbours, provision_text
from policy_qa.web.chat.references import References
from policy_qa.web.chat.transcript import cited
from policy_qa.web.markup import badges, escaped, legal_form, legal_form_with_words, page_of

_LONGEST_COPIED = 4000
"""Characters of a provision that is copied with its words; of a longer one only the citation is."""


def empty_panel() -> str:
    """What stands there before anything is chosen."""
    return f'<div class="pq-panel">{_head()}<p class="pq-hint">{escaped(texts.SOURCE_EMPTY)}</p></div>'


def panel(index: Index, references: References, answer: Answer, turn: int, chosen: int) -> str:
    """The citations of `answer` as a list to choose from, and the one at position `chosen` opened.

    Positions count from 0 over `cited(answer)`; `turn` is the id of the answer's turn.
    """
    choices = cited(answer)
    if not 0 <= chosen < len(choices):
        return empty_panel()
    citation = choices[chosen]
    related = chosen >= len(answer.citations)
    note = f'<p class="pq-warning">{escaped(texts.ONLY_RELATED)}</p>' if related else ""
    buttons = "".join(_choice(c, turn, at, len(answer.citations), at == chosen) for at, c in enumerate(choices))
    return (
        f'<div class="pq-panel">{_head()}'
        f'<div class="pq-choices" role="group" aria-label="{texts.SOURCES_OF_ANSWER}">{buttons}</div>'
        f"{note}{_cited(index, references, citation)}</div>"
    )


def reading(index: Index, references: References, record: DocumentRecord, provision: ProvisionRecord | None) -> str:
    """A provision to read on, not cited by an answer; None: the document as a whole, its tree opened."""
    if provision is None:
        head = f'<h3 class="pq-form">{escaped(document_name(record.metadata, file=record.file))}</h3>'
        body = _views(record, (("outline", urls.outline(record)),), "", None)
        return f'<div class="pq-panel">{_head()}<article class="pq-source">{head}{body}{_facts(record)}</article></div>'
    words = index.text(record.key, provision.span)
    span = Span(provision.span.start, provision.span.start + len(words.rstrip()))
    citation = citation_of(index, provision, span, "1")
    return f'<div class="pq-panel">{_head()}{_source(index, references, record, provision, citation, None)}</div>'


def _head() -> str:
    return (
        f'<div class="pq-panelhead"><button type="button" class="pq-return pq-small" data-return hidden>← {wording.RETURN}</button>'
        f"<h2>{texts.SOURCE}</h2>"
        f'<button type="button" class="pq-back pq-small" data-back>↑ {texts.BACK}</button></div>'
    )


def _choice(citation: Citation, turn: int, at: int, citations: int, chosen: bool) -> str:
    number = f"[{at + 1}] " if at < citations else "• "
    return (
        f'<button type="button" class="pq-choice" aria-pressed="{str(chosen).lower()}" '
        f'data-go="{urls.cited(turn, at)}">{number}{escaped(citation.formatted_short)}</button>'
    )


def _cited(index: Index, references: References, citation: Citation) -> str:
    record = index.document(citation.key)
    # Spans belong to the very file that was cited; in another version they would mark other words.
    provision = _provision(index, citation) if record is not None and record.sha256 == citation.sha256 else None
    if record is None or provision is None:
        return f'<article class="pq-source">{_form(citation)}{_quote_alone(citation)}{_facts_of_citation(citation)}</article>'
    return _source(index, references, record, provision, citation, citation.span)


def _source(
    index: Index, references: References, record: DocumentRecord, provision: ProvisionRecord, citation: Citation,
    quote: Span | None,
) -> str:  # fmt: skip
    links = references.within(index, record.key, provision.span)
    text = (
        heading_path(index, record, provision)
        + provision_text(index, provision, quote, links)
        + neighbours(index, record, provision)
    )
    others = [("outline", urls.outline(record, towards=provision.ordinal))]
    if record.media == "pdf" and citation.page is not None:
        others.insert(0, ("page", urls.page(record, citation.page, quote)))
    return f'<article class="pq-source">{_form(citation)}{_views(record, others, text, citation.page)}{_facts(record)}</article>'


def _form(citation: Citation) -> str:
    notes = [texts.DIGEST_NOTE] if citation.text_kind == "digest" else []
    notes += [texts.RECOGNISED_NOTE] if citation.ocr is not None else []
    note = "".join(f'<p class="pq-warning">{escaped(words)}</p>' for words in notes)
    return (
        f'<h3 class="pq-form">{escaped(citation.formatted)}</h3>'
        f'<p class="pq-marks">{badges(citation)}{page_of(citation)}</p>{_copy_buttons(citation)}{note}'
    )


def _copy_buttons(citation: Citation) -> str:
    buttons = copy_button(texts.COPY, legal_form(citation))
    if len(citation.quote) <= _LONGEST_COPIED:
        buttons += copy_button(texts.COPY_WITH_WORDS, legal_form_with_words(citation))
    return f'<div class="pq-copies">{buttons}</div>'


def copy_button(label: str, words: str) -> str:
    """A button that copies `words` and says so."""
    return (
        f'<button type="button" class="pq-copy pq-small" data-copy="{escaped(words)}" data-copied="{escaped(texts.COPIED)}" '
        f'data-failed="{escaped(texts.NOT_COPIED)}">{escaped(label)}</button>'
    )


_VIEWS = {"text": wording.AS_TEXT, "page": wording.AS_PAGE, "outline": wording.AS_OUTLINE}


def _views(record: DocumentRecord, others: Sequence[tuple[str, str]], text: str, page: int | None) -> str:
    """The ways to look at a source as tabs: its text, which is there, and others, fetched when they are opened."""
    named = ([("text", "")] if text else []) + list(others)
    tabs, panes = "", ""
    for at, (name, fetch) in enumerate(named):
        chosen = at == 0
        tabs += (
            f'<button type="button" role="tab" id="pq-tab-{name}" aria-controls="pq-view-{name}" data-view="{name}" '
            f'aria-selected="{str(chosen).lower()}" tabindex="{0 if chosen else -1}">{_VIEWS[name]}</button>'
        )
        fetched = f' data-fetch="{escaped(fetch)}"' if fetch else ""
        panes += (
            f'<div role="tabpanel" id="pq-view-{name}" aria-labelledby="pq-tab-{name}" class="pq-view"{fetched}'
            f"{'' if chosen else ' hidden'}>{text if name == 'text' else ''}</div>"
        )
    shown = wording.OPEN_FILE if record.media == "pdf" else wording.DOWNLOAD_FILE
    file = f'<a class="pq-file" href="{escaped(urls.file(record, page))}" target="_blank" rel="noopener">{shown}</a>'
    return (
        f'<div class="pq-viewbar"><div role="tablist" class="pq-tabs" aria-label="{wording.VIEWS}">{tabs}</div>{file}</div>'
        f"{panes}"
    )


def _provision(index: Index, citation: Citation) -> ProvisionRecord | None:
    """The provision cited; where a document repeats its address, the one that holds the quote."""
    found = index.provision(citation.key, citation.address)
    if found is None or citation.span in found.span:
        return found
    alike = (p for p in index.provisions(citation.key) if p.address == citation.address)
    return next((p for p in alike if citation.span in p.span), None)


def _quote_alone(citation: Citation) -> str:
    lines = "".join(f"<p><mark>{escaped(line)}</mark></p>" for line in citation.quote.split("\n") if line.strip())
    return f'<p class="pq-warning">{escaped(texts.CHANGED)}</p><div class="pq-text" tabindex="0">{lines}</div>'


def _facts(record: DocumentRecord) -> str:
    metadata = record.metadata
    name = document_name(metadata, file=record.file)
    return _fact_list(name, metadata.number, metadata.date, metadata.issuer, record.file)


def _facts_of_citation(citation: Citation) -> str:
    name = citation.document
    return _fact_list(name.title, name.number, name.date, name.issuer, citation.file)


def _fact_list(name: str | None, number: str | None, date: str | None, issuer: str | None, file: str) -> str:
    rows = (
        (texts.DOCUMENT, _capital(name) if name else None),
        (texts.NUMBER, number),
        (texts.DATE, _day(date)),
        (texts.ISSUER, issuer),
        # The name alone: where files lie on the server is no visitor's business.
        (texts.FILE, file.replace("\\", "/").rsplit("/", 1)[-1]),
    )
    shown = "".join(f"<dt>{escaped(label)}</dt><dd>{escaped(value)}</dd>" for label, value in rows if value)
    return f'<dl class="pq-facts">{shown}</dl>'


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _day(iso: str | None) -> str | None:
    """`2022-09-14` as `14/9/2022`."""
    return "/".join(part.lstrip("0") for part in reversed(iso.split("-"))) if iso else None
