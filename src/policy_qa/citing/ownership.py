"""Whose provisions a text names: of a document named beside them, of one told before them, or of the text itself."""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from policy_qa.citing.amendments import INSERTED, LONGEST_GAP
from policy_qa.citing.chains import Chain
from policy_qa.citing.patterns import SPACE
from policy_qa.citing.trees import Tree
from policy_qa.document import Level, Span
from policy_qa.structure import grammar
from policy_qa.structure.mentions import Mention

_S: Final = f"{SPACE}*"
_NOUNS: Final = "Quy chế|Quy định|Điều lệ|Danh mục|Chương trình|Kế hoạch|Quy trình|Nội quy|Quy tắc|Hướng dẫn|Đề án|Chiến lược|Quy chuẩn|Biểu"

ISSUED: Final = rf"(?:được{SPACE}+)?(?:ban hành{SPACE}+)?(?:đính{SPACE}+)?kèm{SPACE}+(?:theo{SPACE}+)?(?:của{SPACE}+)?"
"""Between what is attached and the document to which it is."""

_OF: Final = re.compile(
    rf"{_S},?{_S}(?:(?:của|thuộc|trong|tại|ở){SPACE}+)?(?:các{SPACE}+)?"
    rf"|{SPACE}+{ISSUED}|{SPACE}+(?:(?:tại|thuộc|của|theo){SPACE}+)?phụ lục{SPACE}+(?:của{SPACE}+|{ISSUED})",
    re.I,
)
"""Between a provision and its document."""

_OF_ATTACHED: Final = re.compile(rf"{_S},?{_S}(?:của{SPACE}+)?(?:{_NOUNS})\b[^.;:“”\n]{{0,200}}?{ISSUED}", re.I)
"""Between a provision and the document to which its own is attached: "Điều 5 Quy chế … ban hành kèm theo Quyết định số …"."""

_UNNAMED: Final = re.compile(
    rf"{_S}(?:của{SPACE}+)?(?P<kind>{_NOUNS}|{'|'.join(grammar.KINDS)}|Công ước|Hiệp định|Nghị định thư|Hiến chương|Hợp đồng|Thỏa thuận)(?!\w)(?!{SPACE}+này)"
)
"""A document that is named in words only, right after a provision: "Điều 5 Điều lệ Đảng"."""

_FORM_OF: Final = re.compile(
    rf"{SPACE}+(?:(?:quy định|nêu|ban hành){SPACE}+)?(?:tại|theo|trong|thuộc|của){SPACE}+(?:các{SPACE}+)?", re.I
)
"""Between a form and the phụ lục that has it: "Mẫu số 02 quy định tại Phụ lục III"."""

_DETAILS: Final = re.compile(
    r"quy định (?:chi tiết|cụ thể)|hướng dẫn (?:chi tiết |thi hành |thực hiện )|biện pháp thi hành", re.I
)
_OF_LAW: Final = re.compile(rf"(?:của|tại|theo|trong){SPACE}+$", re.I)
_LABEL_BEFORE: Final = re.compile(
    r"^\s*(?:\d{1,3}[a-zđ]?\s*[.)]|[a-zđ]\d?\s*[.)]|[-+•])?\s*(?:Tại\s+|Các\s+|Quy định tại\s+)?$", re.I
)
_LONGEST_OF, _LONGEST_LINE = 260, 6000


@dataclass(frozen=True, slots=True)
class Owner:
    """The document of a run of places: `mention` is None for the document itself; `joined` where the two make one reference.

    `known` is False for a document of which nothing is said that would identify it; `attached` where the provision is one
    of an annex.
    """

    mention: Mention | None = None
    joined: bool = False
    known: bool = True
    attached: bool = False
    kind: str | None = None


class Ownership:
    """Tells the documents of all runs of places in one text."""

    def __init__(self, text: str, tree: Tree, mentions: Sequence[Mention], runs: Sequence[Chain]) -> None:
        self._text, self._tree, self._mentions, self._runs = text, tree, mentions, runs
        self._starts = [m.span.start for m in mentions]

    def all(self) -> tuple[list[Owner], set[int]]:
        """The owner of each run, in order, and the indices of the mentions that make one reference with a run."""
        owners: list[Owner] = []
        used: set[int] = set()
        # From the last to the first: a place may share the document of the next one.
        for i in range(len(self._runs) - 1, -1, -1):
            owner, index = self._owner(i, owners[-1] if owners else None)
            owners.append(owner)
            if index is not None:
                used.add(index)
        return owners[::-1], used

    def _owner(self, i: int, following: Owner | None) -> tuple[Owner, int | None]:
        """The document of run `i`, and the index of the mention that makes one reference with it."""
        run = self._runs[i]
        if run.is_relative:
            return Owner(), None
        after = bisect.bisect_left(self._starts, run.span.end)
        if after < len(self._mentions):
            mention = self._mentions[after]
            gap = self._text[run.span.end : min(mention.span.start, run.span.end + _LONGEST_OF)]
            reached = mention.span.start - run.span.end <= _LONGEST_OF
            if reached and _OF.fullmatch(gap):
                return Owner(mention, joined=True, attached="kèm" in gap.lower()), after
            if reached and _OF_ATTACHED.fullmatch(gap):
                return Owner(mention, joined=True, attached=True), after
        shared = self._shared(i, following)
        if shared is not None:
            return shared, None
        unnamed = _UNNAMED.match(self._text, run.span.end)
        if unnamed and not (after < len(self._mentions) and self._starts[after] < unnamed.end()):
            return Owner(known=False, kind=unnamed["kind"]), None
        return self._told_before(run, after) or Owner(), None

    def _shared(self, i: int, following: Owner | None) -> Owner | None:
        """The document of the next run, where the two are places in one: "khoản 2a vào sau khoản 2 Điều 5 Luật X"."""
        if following is None:
            return None
        gap = self._text[self._runs[i].span.end : self._runs[i + 1].span.start]
        form = self._runs[i].addresses[0].steps[0].level is Level.PHU_LUC and _FORM_OF.fullmatch(gap)
        if len(gap) <= LONGEST_GAP and (INSERTED.fullmatch(gap) or form) and (following.mention or not following.known):
            return Owner(following.mention, known=following.known, attached=following.attached, kind=following.kind)
        return None

    def _told_before(self, run: Chain, after: int) -> Owner | None:
        """The document said elsewhere in the paragraph: the row's first cell, the law that is told in detail, a lead."""
        line = line_of(self._text, run.span)
        before = [m for m in self._mentions[max(0, after - 6) : after] if m.span.start >= line.start and not m.own]
        if before:
            gap = self._text[before[-1].span.end : run.span.start][:_LONGEST_OF]
            if re.fullmatch(rf"{_S}[:(]{_S}(?:tại{SPACE}+)?", gap):
                return Owner(before[-1])
            cell = self._text.rfind(grammar.CELL, line.start, run.span.start)
            if before[0].span.end <= cell and before[-1].span.end <= cell:
                return Owner(before[0])
        return self._detailed(run, line, after) or self._led(run, line)

    def _detailed(self, run: Chain, line: Span, after: int) -> Owner | None:
        """The law of "quy định chi tiết khoản 2 Điều 5 về …, Điều 7 về … của Luật X"."""
        if not _DETAILS.search(self._text, max(line.start, run.span.start - 400), run.span.start):
            return None
        for mention in self._mentions[after : after + 4]:
            far = mention.span.start >= min(line.end, run.span.end + 400)
            if far or re.search(r"[.]\s", self._text[run.span.end : mention.span.start]):
                return None
            if not mention.own and _OF_LAW.search(self._text, mention.span.start - 8, mention.span.start):
                return Owner(mention)
        return None

    def _led(self, run: Chain, line: Span) -> Owner | None:
        """A list whose lead names the document: "các quy định sau đây của Luật X: 1. Khoản 5 Điều 2 về …"."""
        if run.span.start - line.start > 40 or not _LABEL_BEFORE.match(self._text[line.start : run.span.start]):
            return None
        path = self._tree.path_at(run.span)
        if len(path) < 2:
            return None
        lead = path[-2].own_span
        words = lead.of(self._text).rstrip()
        if not words.endswith(":"):
            return None
        first = bisect.bisect_left(self._starts, lead.start)
        last = bisect.bisect_left(self._starts, lead.end)
        named = [m for m in self._mentions[first:last] if not m.own]
        if len(named) == 1 and _OF_LAW.search(self._text, max(0, named[0].span.start - 8), named[0].span.start):
            return Owner(named[0])
        return None


def line_of(text: str, span: Span) -> Span:
    """The paragraph around `span`, or what is near enough of it."""
    first, last = max(0, span.start - _LONGEST_LINE), min(len(text), span.end + _LONGEST_LINE)
    end = text.find("\n", span.end, last)
    return Span(max(first, text.rfind("\n", first, span.start) + 1), end if end >= 0 else last)
