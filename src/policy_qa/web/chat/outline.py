"""The tree of a document as HTML, a level at a time: what lies below is fetched when it is opened."""

from __future__ import annotations

from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord
from policy_qa.web.chat import urls, wording
from policy_qa.web.chat.provision import first_words
from policy_qa.web.markup import escaped

MOST = 600
"""Provisions shown on one level."""


def outline(index: Index, record: DocumentRecord, below: int | None = None, towards: int | None = None) -> str:
    """The provisions directly below the one numbered `below` (None: the outermost), opened down to `towards`."""
    provisions = index.provisions(record.key)
    path = set(_path(provisions, towards))
    holding = {p.parent for p in provisions}
    html = _level(index, record, provisions, below, path, holding)
    return html or f'<p class="pq-hint">{escaped(wording.NO_OUTLINE)}</p>'


def _path(provisions: list[ProvisionRecord], ordinal: int | None) -> list[int]:
    path = []
    while ordinal is not None and 0 <= ordinal < len(provisions):
        path.append(ordinal)
        ordinal = provisions[ordinal].parent
    return path


def _level(
    index: Index, record: DocumentRecord, provisions: list[ProvisionRecord], parent: int | None, path: set[int],
    holding: set[int | None],
) -> str:  # fmt: skip
    items = []
    for provision in [p for p in provisions if p.parent == parent][:MOST]:
        words, at = escaped(first_words(index, provision)), provision.ordinal
        here = ' aria-current="true"' if at in path and not any(provisions[n].parent == at for n in path) else ""
        label = f'<a href="#" data-go="{escaped(urls.provision(record, at))}"{here}>{words}</a>'
        if at not in holding:
            items.append(f'<li class="pq-leaf">{label}</li>')
        elif at in path:
            inner = _level(index, record, provisions, at, path, holding)
            items.append(f"<li><details open><summary>{label}</summary>{inner}</details></li>")
        else:
            fetch = escaped(urls.outline(record, at))
            items.append(f'<li><details data-fetch="{fetch}"><summary>{label}</summary></details></li>')
    return f'<ul class="pq-outline">{"".join(items)}</ul>' if items else ""
