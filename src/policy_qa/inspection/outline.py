"""The tree of a document as nested lists that open and close, one link a provision."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from policy_qa.document import Document, Level, Provision, Span
from policy_qa.inspection.defects import Defect
from policy_qa.inspection.markup import label, level_class, shown

_FEW = 60  # provisions: so many are all shown open
_WORDS = 90  # code points of a provision's words in the tree
_CONTAINERS = frozenset({Level.PHU_LUC, Level.PHAN, Level.CHUONG, Level.MUC, Level.TIEU_MUC})


def outline_html(document: Document, defects: Sequence[Defect]) -> str:
    """The tree; the link to block `p<n>` of the text has the id `t<n>`."""
    if not document.provisions:
        return '<p class="empty">Không nhận ra điều khoản nào trong văn bản này.</p>'
    return f'<ul id="tree">{"".join(_Outline(document, defects).items(document.provisions))}</ul>'


class _Outline:
    def __init__(self, document: Document, defects: Sequence[Defect]) -> None:
        self._document = document
        self._numbers = itertools.count()
        self._all_open = sum(1 for _ in itertools.islice(document.walk(), _FEW + 1)) <= _FEW
        length = len(document.source.text)
        places = {Span(at, min(at + 1, length)) for defect in defects for at in defect.places if at < length}
        self._defective = {id(document.provision_at(place)) for place in places}

    def items(self, provisions: Sequence[Provision]) -> Iterator[str]:
        """A list item a provision, with those below it."""
        for provision in provisions:
            link = self._link(provision)
            if not provision.children:
                yield f"<li>{link}</li>"
                continue
            opened = " open" if self._all_open or provision.address.last.level in _CONTAINERS else ""
            below = "".join(self.items(provision.children))
            yield f"<li><details{opened}><summary>{link}</summary><ul>{below}</ul></details></li>"

    def _link(self, provision: Provision) -> str:
        number = next(self._numbers)
        page = self._document.source.page_at(provision.span.start)
        name = provision.heading if provision.address.last.level is Level.DE_MUC else None
        mark = '<i class="flag" title="Có lưu ý">⚠</i>' if id(provision) in self._defective else ""
        page_number = f"<small>{page}</small>" if page else ""
        return (
            f'<a id="t{number}" class="{level_class(provision.address)}" href="#p{number}"><span>{mark}'
            f"<b>{shown(name or label(provision.address.last))}</b> {shown(self._words(provision))}</span>{page_number}</a>"
        )

    def _words(self, provision: Provision) -> str:
        """The heading, or the first words after the label; nothing for an unnumbered heading, whose words are its label."""
        step = provision.address.last
        if step.level is Level.DE_MUC:
            return ""
        words = " ".join((provision.heading or self._without_label(provision, step.label)).split())
        return words if len(words) <= _WORDS else words[: _WORDS - 1].rstrip() + "…"

    def _without_label(self, provision: Provision, label: str) -> str:
        own = provision.own_span.of(self._document.source.text).lstrip()[: 4 * _WORDS]
        printed = re.escape(label.partition(" (lần ")[0])
        level = provision.address.last.level
        rest = re.sub(rf"^(?:{level}\s+)?{printed}\b[\s.):/–-]*|^[-–—+•●*]\s*", "", own, count=1, flags=re.IGNORECASE)
        return rest.lstrip().split("\n")[0]
