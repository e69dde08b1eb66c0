"""Pieces of HTML that list, panel and waiting files share, made of escaped words."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from policy_qa.document import Metadata
from policy_qa.inspection.markup import percent
from policy_qa.office.corrections import Correction
from policy_qa.web import texts
from policy_qa.web.documents import words
from policy_qa.web.documents.catalogue import day
from policy_qa.web.markup import escaped

PREFIX = "van-ban"
"""Where the tab's own routes lie; addresses on the page are relative, so that a proxy may put the app under a path."""
UNSURE = 0.8
"""A field recognised with less confidence than this is to be compared with the paper."""


def address(route: str, **query: str) -> str:
    """The address of one of the tab's routes, escaped for an attribute."""
    return escaped(f"{PREFIX}/{route}" + (f"?{urlencode(query)}" if query else ""))


def badges(text_kind: str, recognised: int) -> str:
    """What kind of text a document has."""
    digest = text_kind == "digest"
    found = [_badge("digest", texts.DIGEST) if digest else _badge("official", texts.OFFICIAL)]
    found += [_badge("ocr", words.RECOGNISED)] if recognised else []
    return "".join(found)


def fields(metadata: Metadata, correction: Correction | None = None) -> str:
    """The head of a document, each recognised field with its confidence, each corrected one marked."""
    by_hand = correction.fields if correction else {}
    shown = "".join(_field(metadata, name, label, by_hand=name in by_hand) for name, label in words.FIELDS)
    return shown + (row(words.CORRECTED, escaped(_by_whom(correction))) if correction else "")


def corrected_by(correction: Correction) -> str:
    """`Sửa tay: số, ký hiệu, ngày ban hành (26/11/2031, bởi lan)`."""
    labels = (label.lower() for name, label in words.FIELDS if name in correction.fields)
    return words.CORRECTED_BY.format(fields=", ".join(labels), who=_by_whom(correction))


def row(label: str, value: str) -> str:
    """A row of a list of facts; `value` is HTML."""
    return f"<dt>{escaped(label)}</dt><dd>{value}</dd>"


def warnings(found: Iterable[str]) -> str:
    """What was odd when the document was read."""
    listed = list(found)
    if not listed:
        return f'<p class="pqd-quiet">{escaped(words.NO_WARNINGS)}</p>'
    items = "".join(f"<li>{escaped(warning)}</li>" for warning in listed)
    few = " open" if len(listed) <= 5 else ""
    head = escaped(words.WARNINGS_READ.format(count=len(listed)))
    return f'<details class="pqd-warnings"{few}><summary>{head}</summary><ul>{items}</ul></details>'


def counted(pages: int, provisions: int) -> str:
    """`12 trang, 96 điều khoản`."""
    form = words.COUNTED if pages else words.COUNTED_PAGELESS
    return escaped(form.format(pages=pages, provisions=provisions))


def recognised(count: int, sureness: float | None) -> str:
    """How many pages were recognised, and how well; nothing where none was."""
    if not count:
        return ""
    return f"<br>{escaped(words.RECOGNISED_PAGES.format(count=count, percent=percent(sureness or 0)))}"


def button(label: str, action: str, css: str = "", **data: str) -> str:
    """A button that the tab's script hands on as the event `action` with the data."""
    attributes = "".join(f' data-{name}="{escaped(value)}"' for name, value in data.items())
    return f'<button type="button" class="pqd-button {css}" data-do="{action}"{attributes}>{escaped(label)}</button>'


def asked_first(label: str, question: str, yes: str, action: str, **data: str) -> str:
    """A button that asks before it does what it says."""
    return (
        f'<span class="pqd-ask"><button type="button" class="pqd-button" data-ask="1" aria-expanded="false">{escaped(label)}</button>'
        f'<span class="pqd-sure" role="alertdialog" aria-label="{escaped(label)}" hidden>{escaped(question)} '
        f"{button(yes, action, 'pqd-danger', **data)}"
        f'<button type="button" class="pqd-button" data-unask="1">{escaped(words.NO)}</button></span></span>'
    )


def inspected(source: str) -> str:
    """A page of ours about a document, in a frame that can neither read nor touch anything of the app."""
    return (
        f'<p class="pqd-framehead"><span class="pqd-quiet">{escaped(words.INSPECT_HINT)}</span> '
        f'<a href="{source}" target="_blank" rel="noopener noreferrer">{escaped(words.OPEN_APART)}</a></p>'
        f'<iframe class="pqd-frame" sandbox="allow-scripts" referrerpolicy="no-referrer" loading="lazy" '
        f'title="{escaped(words.INSPECT)}" src="{source}"></iframe>'
    )


def _badge(kind: str, label: str) -> str:
    return f'<span class="pq-badge pq-{kind}">{escaped(label)}</span>'


def _by_whom(correction: Correction) -> str:
    when = day(correction.when)
    return words.ADDED_BY.format(day=when, user=correction.user) if correction.user else when


def _field(metadata: Metadata, name: str, label: str, *, by_hand: bool) -> str:
    value = getattr(metadata, name)
    mark = f' <span class="pqd-byhand">({escaped(words.BY_HAND)})</span>' if by_hand else ""
    if not value:
        said = words.NONE_BY_HAND if by_hand else words.MISSING
        return row(label, f'<span class="pqd-missing">{escaped(said)}</span>{mark}')
    sure = metadata.confidence.get(name)
    shown = escaped(day(value) if name == "date" else value)
    return row(label, shown + mark + ("" if sure is None else _sure(sure)))


def _sure(share: float) -> str:
    unsure = share < UNSURE
    said = (words.UNSURE if unsure else words.SURE).format(percent=percent(share))
    return f' <span class="pqd-sureness{" pqd-unsure" if unsure else ""}">({escaped(said)})</span>'
