"""The list of documents as HTML: a table that becomes cards on a phone, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policy_qa.citing.style import document_name
from policy_qa.office.documents import spoken
from policy_qa.office.removed import RemovedFile
from policy_qa.web.documents import words
from policy_qa.web.documents.catalogue import Catalogue, Entry, Related, day
from policy_qa.web.documents.fragments import badges, button
from policy_qa.web.markup import escaped

ROWS = 40
"""Documents shown at a time."""
SHOWN_RELATIONS = frozenset(
    {"thực hiện", "tiếp tục", "thay thế", "sửa đổi", "bãi bỏ", "đính chính", "hợp nhất", "hướng dẫn"}
)
MOST_RELATIONS = 3

_COLUMNS = (
    ("number", words.DOCUMENT), ("date", words.DATE), ("pages", words.PAGES), ("provisions", words.PROVISIONS),
    ("warnings", words.WARNINGS),
)  # fmt: skip


def listing(catalogue: Catalogue, found: Sequence[Entry], page: int, order: str, chosen: str = "") -> str:
    """The `page`-th part (from 0) of the documents found."""
    count = words.COUNT if len(found) == len(catalogue) else words.COUNT_OF
    head = f'<p class="pqd-count" role="status">{escaped(count.format(count=len(found), total=len(catalogue)))}</p>'
    if not found:
        return head + f'<p class="pqd-quiet">{escaped(words.NONE_FOUND)}</p>'
    pages = -(-len(found) // ROWS)
    page = min(max(page, 0), pages - 1)
    rows = "".join(_row(catalogue, entry, chosen) for entry in found[page * ROWS : (page + 1) * ROWS])
    columns = "".join(_column(by, label, order) for by, label in _COLUMNS)
    return f'{head}<table class="pqd-table"><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>{_turner(page, pages)}'


def removed_listing(files: Iterable[tuple[str, RemovedFile]]) -> str:
    """The files out of use, each with the token by which it is brought back."""
    rows = "".join(
        f'<li class="pqd-removed"><b>{escaped(spoken(file.key))}</b> '
        f'<span class="pqd-quiet">{escaped(_name(file))} · {escaped(words.REMOVED_ON.format(day=day(file.removed)))}</span> '
        f"{button(words.RESTORE, 'restore', token=token)}</li>"
        for token, file in files
    )
    return f'<ul class="pqd-plain">{rows}</ul>' if rows else f'<p class="pqd-quiet">{escaped(words.NONE_REMOVED)}</p>'


def link(related: Related) -> str:
    """A relation: what it says, and the other document, to be opened where it is in the index."""
    if related.key is None:
        return f"{escaped(related.says)}: {escaped(related.name)}"
    opened = f'<button type="button" class="pqd-link" data-do="open" data-key="{escaped(related.key)}">{escaped(related.name)}</button>'
    return f"{escaped(related.says)}: {opened}"


def _column(by: str, label: str, order: str) -> str:
    sorted_by = order.removeprefix("-") == by
    # The first press on the column by which the list is sorted turns it round where that makes sense.
    then = "-date" if order == "date" and by == "date" else by
    direction = "ascending" if order in ("number", "-date") else "descending"
    return (
        f'<th scope="col"{f" aria-sort={direction}" if sorted_by else ""}><button type="button" class="pqd-sort" data-do="sort" '
        f'data-by="{then}">{escaped(label)}</button></th>'
    )


def _row(catalogue: Catalogue, entry: Entry, chosen: str) -> str:
    record, about = entry.record, entry.record.metadata
    name = document_name(about, first=False, file=record.file)
    below = " · ".join(escaped(part) for part in (about.title, about.issuer) if part)
    shown = [r for r in catalogue.relations(record.key) if r.key and r.kind in SHOWN_RELATIONS][:MOST_RELATIONS]
    relations = "".join(f"<li>{link(related)}</li>" for related in shown)
    warned = str(len(record.warnings)) if record.warnings else words.NOT_DATED
    current = ' aria-current="true"' if record.key == chosen else ""
    return (
        f'<tr data-key="{escaped(record.key)}"{current}><th scope="row"><button type="button" class="pqd-name" data-do="open" '
        f'data-key="{escaped(record.key)}">{escaped(name[:1].upper() + name[1:])}</button> {badges(about.text_kind, entry.recognised)}'
        f'<span class="pqd-about">{below}</span>{f"<ul class=pqd-relations>{relations}</ul>" if relations else ""}</th>'
        f"{_cell(words.DATE, day(about.date))}{_cell(words.PAGES, str(record.pages or words.NOT_DATED))}"
        f"{_cell(words.PROVISIONS, str(record.provisions))}{_cell(words.WARNINGS, warned)}</tr>"
    )


def _cell(label: str, value: str) -> str:
    return f'<td data-label="{escaped(label)}">{escaped(value)}</td>'


def _turner(page: int, pages: int) -> str:
    if pages == 1:
        return ""
    earlier = button(words.EARLIER, "turn", page=str(page - 1)) if page else ""
    later = button(words.LATER, "turn", page=str(page + 1)) if page < pages - 1 else ""
    where = escaped(words.PAGE_OF.format(page=page + 1, pages=pages))
    return f'<nav class="pqd-turner" aria-label="{escaped(words.PAGES)}">{earlier}<span>{where}</span>{later}</nav>'


def _name(file: RemovedFile) -> str:
    return file.path.replace("\\", "/").rsplit("/", 1)[-1]
