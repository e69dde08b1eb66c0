"""A page of the original as HTML: its picture, the quote marked in place, the way to the other pages and to the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from policy_qa.document import Span
from policy_qa.errors import PolicyQAError
from policy_qa.retrieval.index import DocumentRecord, Index
from policy_qa.retrieval.placing import Placer, Printed
from policy_qa.web.chat import urls, wording
from policy_qa.web.markup import error_note, escaped

_AIR = 0.15
"""How far a mark reaches beyond the printed letters, as a share of the line's height."""


def page_view(index: Index, placer: Placer, record: DocumentRecord, number: int, quote: Span | None = None) -> str:
    """Page `number` (from 1) of the document, the lines of `quote` on it marked.

    Where the lines cannot be found a sentence says why, and the page is shown without marks.
    """
    pages = {page.number: page for page in index.source_pages(record.key)}
    if number not in pages or record.media != "pdf":
        return f'<p class="pq-hint">{escaped(wording.NO_PAGES)}</p>'
    note, places = "", tuple[Printed, ...]()
    if quote is not None:
        try:
            places = _places(index, placer, record, quote)
        except PolicyQAError as error:
            note = error_note(str(error))
    here = [place for place in places if place.page == number]
    if places and not here:
        back = escaped(urls.page(record, places[0].page, quote))
        note += (
            f'<p class="pq-hint">{escaped(wording.NOT_ON_PAGE)} '
            f'<a href="#" data-page="{back}">{escaped(wording.TO_QUOTE)}</a></p>'
        )
    width, height = pages[number].width, pages[number].height
    alt = wording.PAGE_PICTURE.format(page=number, file=_name(record))
    return (
        f'<div class="pq-sheet">{_bar(record, number, max(pages), quote)}{note}'
        f'<div class="pq-paper" style="aspect-ratio:{width:.2f}/{height:.2f}" tabindex="0">'
        f'<img src="{escaped(urls.picture(record, number))}" alt="{escaped(alt)}">{_boxes(here)}</div></div>'
    )


def _places(index: Index, placer: Placer, record: DocumentRecord, quote: Span) -> tuple[Printed, ...]:
    from policy_qa.answering.citations import citation

    provision = index.provision_at(record.key, quote)
    return placer.places(citation(index, provision, quote, "1")) if provision else ()


def _boxes(places: Sequence[Printed]) -> str:
    """Translucent marks over the picture, in shares of the page, so that they fit at every size."""
    html = []
    for place in places:
        box, air = place.box, _AIR * (place.box.top - place.box.bottom)
        left, top = 100 * box.left / place.width, 100 * (place.height - box.top - air) / place.height
        width, height = (
            100 * (box.right - box.left) / place.width,
            100 * (box.top - box.bottom + 2 * air) / place.height,
        )
        html.append(
            f'<span class="pq-box" style="left:{left:.3f}%;top:{top:.3f}%;width:{width:.3f}%;height:{height:.3f}%"></span>'
        )
    label = f'<span class="pq-unseen">{escaped(wording.QUOTED_HERE)}</span>' if html else ""
    return label + "".join(html)


def _bar(record: DocumentRecord, number: int, pages: int, quote: Span | None) -> str:
    def turn(to: int, label: str) -> str:
        if not 1 <= to <= pages:
            return f'<button type="button" class="pq-small" disabled>{label}</button>'
        return f'<button type="button" class="pq-small" data-page="{escaped(urls.page(record, to, quote))}">{label}</button>'

    opened = escaped(urls.file(record, number))
    return (
        f'<div class="pq-sheetbar">{turn(number - 1, f"‹ {wording.PREVIOUS_PAGE}")}'
        f'<span role="status">{escaped(wording.PAGE_OF.format(page=number, pages=pages))}</span>'
        f"{turn(number + 1, f'{wording.NEXT_PAGE} ›')}"
        f'<a class="pq-small" href="{opened}" target="_blank" rel="noopener">{escaped(wording.OPEN_PAGE)}</a></div>'
    )


def _name(record: DocumentRecord) -> str:
    return Path(record.file.replace("\\", "/")).name
