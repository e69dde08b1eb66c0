"""A provision in its context as HTML: what it belongs to, its text with the quote marked, its neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policy_qa.document import Span
from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord
from policy_qa.web.chat import urls, wording
from policy_qa.web.chat.references import Link
from policy_qa.web.markup import escaped

DEEPEST_INDENT = 4
LONGEST_SHOWN = 60_000
"""Characters of a provision that are shown at once; a chapter of a code can have more."""
_FIRST_WORDS = 90
_BARE_LABEL = 2
"""Words of a first line that is only a label: "Khoản 1", "Gạch 2"."""


def heading_path(index: Index, record: DocumentRecord, provision: ProvisionRecord) -> str:
    """The provisions around this one as links, outermost first; that one left out: its own text shows it."""
    above: list[ProvisionRecord] = []
    parent = index.parent(provision)
    while parent is not None:
        above.insert(0, parent)
        parent = index.parent(parent)
    if not above:
        return ""
    steps = '<span class="pq-step" aria-hidden="true"> › </span>'.join(
        f'<a href="#" data-go="{escaped(urls.provision(record, p.ordinal))}">{escaped(first_words(index, p))}</a>'
        for p in above
    )
    return f'<nav class="pq-path" aria-label="{wording.ABOVE}">{steps}</nav>'


def first_words(index: Index, provision: ProvisionRecord, most: int = _FIRST_WORDS) -> str:
    """The first line of a provision, or its beginning: "Điều 2. Trách nhiệm"; after a bare label its heading or own words, if any."""
    # A chapter without a name is not called by its first article's.
    whole = provision.own_span if len(provision.own_span) else provision.span
    text = index.text(provision.document, Span(whole.start, min(whole.end, whole.start + 4 * most)))
    line, _, rest = text.strip().partition("\n")
    follows = "" if provision.heading and provision.heading.strip() in line else provision.heading or rest
    bare = len(line.split()) <= _BARE_LABEL and follows.strip()
    words = " ".join(f"{line.rstrip('.')}. {follows}".split() if bare else line.split())
    return words if len(words) <= most else words[: most - 1].rpartition(" ")[0] + "…"


def provision_text(
    index: Index, provision: ProvisionRecord, quote: Span | None = None, links: Sequence[Link] = ()
) -> str:
    """The provision's paragraphs, indented by their depth, headings set off, the quote inside `<mark>`, links in place."""
    body = "".join(_paragraphs(index, provision, quote, links))
    cut = f'<p class="pq-warning">{escaped(wording.CUT)}</p>' if len(provision.span) > LONGEST_SHOWN else ""
    return f'<div class="pq-text" tabindex="0" role="region" aria-label="{wording.AS_TEXT}">{body}</div>{cut}'


def neighbours(index: Index, record: DocumentRecord, provision: ProvisionRecord) -> str:
    """The provisions before and after as buttons, and all that have the same parent, folded away."""
    around = siblings(index, provision)
    if len(around) < 2:
        return ""
    at = next((n for n, sibling in enumerate(around) if sibling.ordinal == provision.ordinal), 0)
    steps = ""
    if at > 0:
        steps += _step(index, record, around[at - 1], f"‹ {wording.PREVIOUS}")
    if at + 1 < len(around):
        steps += _step(index, record, around[at + 1], f"{wording.NEXT} ›")
    items = "".join(_sibling(index, record, sibling, sibling.ordinal == provision.ordinal) for sibling in around)
    return (
        f'<div class="pq-neighbours">{steps}</div><details class="pq-siblings">'
        f"<summary>{escaped(wording.SIBLINGS.format(count=len(around)))}</summary><ul>{items}</ul></details>"
    )


def siblings(index: Index, provision: ProvisionRecord) -> list[ProvisionRecord]:
    """The provisions with the same parent, this one among them, in reading order."""
    parent = index.parent(provision)
    if parent is not None:
        return index.children(parent)
    return [p for p in index.provisions(provision.document) if p.parent is None]


def _step(index: Index, record: DocumentRecord, provision: ProvisionRecord, label: str) -> str:
    go, title = escaped(urls.provision(record, provision.ordinal)), escaped(first_words(index, provision))
    return f'<button type="button" class="pq-small" data-go="{go}" title="{title}">{label}</button>'


def _sibling(index: Index, record: DocumentRecord, provision: ProvisionRecord, here: bool) -> str:
    words = escaped(first_words(index, provision))
    if here:
        return f'<li aria-current="true"><strong>{words}</strong> <em>({wording.HERE})</em></li>'
    return f'<li><a href="#" data-go="{escaped(urls.provision(record, provision.ordinal))}">{words}</a></li>'


def _paragraphs(index: Index, provision: ProvisionRecord, quote: Span | None, links: Sequence[Link]) -> Iterator[str]:
    text = index.text(provision.document)
    shown = _shown(provision, quote)
    inside = [p for p in index.provisions(provision.document) if p.span in provision.span and p.span.start < shown.end]
    starts = {p.span.start: p for p in inside}
    at = shown.start
    for line in shown.of(text).split("\n"):
        span = Span(at, at + len(line))
        at = span.end + 1
        if not line.strip():
            continue
        opened = starts.get(span.start)
        depth = sum(span in p.span for p in inside) - 1
        heading = " pq-heading" if opened and _is_heading(opened, line) else ""
        words = _marked(text, span, quote, [link for link in links if link.span in span])
        yield f'<p class="pq-depth{min(max(depth, 0), DEEPEST_INDENT)}{heading}">{words}</p>'


def _shown(provision: ProvisionRecord, quote: Span | None) -> Span:
    """The part of a very long provision that is shown: its beginning, or what stands around the quote."""
    whole = provision.span
    start = whole.start
    if len(whole) > LONGEST_SHOWN and quote is not None:
        start = max(whole.start, min(quote.start - LONGEST_SHOWN // 2, whole.end - LONGEST_SHOWN))
    return Span(start, min(whole.end, start + LONGEST_SHOWN))


def _is_heading(provision: ProvisionRecord, line: str) -> bool:
    """Whether `line`, the provision's first, holds its heading or its bare label ("Khoản 1") and no words of its own."""
    if provision.heading:
        return line.rstrip().endswith(provision.heading.rstrip())
    return len(line.split()) <= _BARE_LABEL


def _marked(text: str, line: Span, quote: Span | None, links: Sequence[Link]) -> str:
    start, end = (max(line.start, quote.start), min(line.end, quote.end)) if quote else (line.end, line.end)
    if start >= end:
        return _linked(text, line, links)
    before, words = _linked(text, Span(line.start, start), links), _linked(text, Span(start, end), links)
    return f"{before}<mark>{words}</mark>{_linked(text, Span(end, line.end), links)}"


def _linked(text: str, part: Span, links: Sequence[Link]) -> str:
    """The words of `part`; a link that leaves it is linked as far as it lies inside."""
    html, at = [], part.start
    for link in links:
        start, end = max(part.start, link.span.start), min(part.end, link.span.end)
        if start >= end:
            continue
        go, title = escaped(urls.provision(link.record, link.ordinal)), escaped(link.title)
        html.append(escaped(text[at:start]))
        html.append(f'<a href="#" class="pq-ref" data-go="{go}" title="{title}">{escaped(text[start:end])}</a>')
        at = end
    return "".join(html) + escaped(text[at : part.end])
