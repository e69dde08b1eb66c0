"""The source panel as HTML: what an answer cites, and the provision chosen, in full, with the words cited marked."""

from __future__ import annotations

from collections.abc import Iterator

from policy_qa.answer import Answer, Citation
from policy_qa.citing.style import document_name
from policy_qa.document import Span
from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord
from policy_qa.web import texts
from policy_qa.web.chat.transcript import cited
from policy_qa.web.markup import badges, escaped, legal_form, legal_form_with_words, page_of

DEEPEST_INDENT = 4


def empty_panel() -> str:
    """What stands there before anything is chosen."""
    return f'<div class="pq-panel"><h2>{texts.SOURCE}</h2><p class="pq-hint">{escaped(texts.SOURCE_EMPTY)}</p></div>'


def panel(index: Index, answer: Answer, turn: int, chosen: int) -> str:
    """The citations of `answer` as a list to choose from, and the one at position `chosen` opened.

    Positions count from 0 over `cited(answer)`; `turn` is the answer's place in the conversation.
    """
    choices = cited(answer)
    if not 0 <= chosen < len(choices):
        return empty_panel()
    related = chosen >= len(answer.citations)
    note = f'<p class="pq-warning">{escaped(texts.ONLY_RELATED)}</p>' if related else ""
    buttons = "".join(_choice(c, turn, at, len(answer.citations), at == chosen) for at, c in enumerate(choices))
    return (
        f'<div class="pq-panel"><div class="pq-panelhead"><h2>{texts.SOURCE}</h2>'
        f'<button type="button" class="pq-back" data-back="1">↑ {texts.BACK}</button></div>'
        f'<div class="pq-choices" role="group" aria-label="{texts.SOURCES_OF_ANSWER}">{buttons}</div>'
        f"{note}{_source(index, choices[chosen])}</div>"
    )


def _choice(citation: Citation, turn: int, at: int, citations: int, chosen: bool) -> str:
    number = f"[{at + 1}] " if at < citations else "• "
    return (
        f'<button type="button" class="pq-choice" aria-pressed="{str(chosen).lower()}" data-turn="{turn}" '
        f'data-citation="{at}">{number}{escaped(citation.formatted_short)}</button>'
    )


def _source(index: Index, citation: Citation) -> str:
    record = index.document(citation.key)
    # Spans belong to the very file that was cited; in another version they would mark other words.
    same = record is not None and record.sha256 == citation.sha256
    provision = _provision(index, citation) if same else None
    path = _heading_path(index, provision) if provision else ""
    body = "".join(_paragraphs(index, citation, provision)) if provision else _quote_alone(citation)
    notes = [texts.DIGEST_NOTE] if citation.text_kind == "digest" else []
    notes += [texts.RECOGNISED_NOTE] if citation.ocr is not None else []
    note = "".join(f'<p class="pq-warning">{escaped(words)}</p>' for words in notes)
    return (
        f'<article class="pq-source"><h3 class="pq-form">{escaped(citation.formatted)}</h3>'
        f'<p class="pq-marks">{badges(citation)}{page_of(citation)}</p>{_copy_buttons(citation)}{note}{path}'
        f'<div class="pq-text" tabindex="0">{body}</div>{_facts(citation, record if same else None)}</article>'
    )


def _copy_buttons(citation: Citation) -> str:
    forms = ((texts.COPY, legal_form(citation)), (texts.COPY_WITH_WORDS, legal_form_with_words(citation)))
    buttons = "".join(
        f'<button type="button" class="pq-copy" data-copy="{escaped(form)}" data-copied="{escaped(texts.COPIED)}" '
        f'data-failed="{escaped(texts.NOT_COPIED)}">{escaped(label)}</button>'
        for label, form in forms
    )
    return f'<div class="pq-copies">{buttons}</div>'


def _provision(index: Index, citation: Citation) -> ProvisionRecord | None:
    """The provision cited; where a document repeats its address, the one that holds the quote."""
    found = index.provision(citation.key, citation.address)
    if found is None or citation.span in found.span:
        return found
    alike = (p for p in index.provisions(citation.key) if p.address == citation.address)
    return next((p for p in alike if citation.span in p.span), None)


def _heading_path(index: Index, provision: ProvisionRecord) -> str:
    """The heading lines from the outermost provision down to the one shown, that one left out: its own text shows it."""
    names: list[str] = []
    above = index.parent(provision)
    while above is not None:
        first_line = index.text(above.document, above.own_span).strip().split("\n", 1)[0]
        if above.heading or len(first_line) <= 60:
            names.append(first_line)
        above = index.parent(above)
    steps = '<span class="pq-step"> › </span>'.join(escaped(name) for name in reversed(names) if name)
    return f'<p class="pq-path">{steps}</p>' if steps else ""


def _paragraphs(index: Index, citation: Citation, provision: ProvisionRecord) -> Iterator[str]:
    """The provision's paragraphs, indented by their depth, headings set off, the quote inside `<mark>`."""
    text = index.text(provision.document)
    inside = [p for p in index.provisions(provision.document) if p.span in provision.span]
    starts = {p.span.start: p for p in inside}
    at = provision.span.start
    for line in provision.span.of(text).split("\n"):
        span = Span(at, at + len(line))
        at = span.end + 1
        if not line.strip():
            continue
        opened = starts.get(span.start)
        depth = _depth(inside, span) - 1
        heading = " pq-heading" if opened and _is_heading(opened, line) else ""
        words = _marked(text, span, citation.span)
        yield f'<p class="pq-depth{min(max(depth, 0), DEEPEST_INDENT)}{heading}">{words}</p>'


def _is_heading(provision: ProvisionRecord, line: str) -> bool:
    """Whether `line`, the provision's first, holds its heading or its bare label ("Khoản 1") and no words of its own."""
    if provision.heading:
        return line.rstrip().endswith(provision.heading.rstrip())
    return len(line.split()) <= 2


def _depth(provisions: list[ProvisionRecord], span: Span) -> int:
    """How many of `provisions` hold `span`."""
    return sum(span in provision.span for provision in provisions)


def _marked(text: str, line: Span, quote: Span) -> str:
    start, end = max(line.start, quote.start), min(line.end, quote.end)
    if start >= end:
        return escaped(line.of(text))
    before, words, after = text[line.start : start], text[start:end], text[end : line.end]
    return f"{escaped(before)}<mark>{escaped(words)}</mark>{escaped(after)}"


def _quote_alone(citation: Citation) -> str:
    lines = "".join(f"<p><mark>{escaped(line)}</mark></p>" for line in citation.quote.split("\n") if line.strip())
    return f'<p class="pq-warning">{escaped(texts.CHANGED)}</p>{lines}'


def _facts(citation: Citation, record: DocumentRecord | None) -> str:
    name = citation.document
    title = document_name(record.metadata, file=citation.file) if record else name.title
    rows = (
        (texts.DOCUMENT, _capital(title) if title else None),
        (texts.NUMBER, name.number),
        (texts.DATE, _day(name.date)),
        (texts.ISSUER, name.issuer),
        (texts.PAGE_LABEL, str(citation.page) if citation.page else None),
        # The name alone: where files lie on the server is no visitor's business.
        (texts.FILE, citation.file.replace("\\", "/").rsplit("/", 1)[-1]),
    )
    shown = "".join(f"<dt>{escaped(label)}</dt><dd>{escaped(value)}</dd>" for label, value in rows if value)
    return f'<dl class="pq-facts">{shown}</dl>'


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _day(iso: str | None) -> str | None:
    """`2022-09-14` as `14/9/2022`."""
    return "/".join(part.lstrip("0") for part in reversed(iso.split("-"))) if iso else None
