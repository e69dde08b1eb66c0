"""How a document stands to others, by its own words: căn cứ, thực hiện, thay thế, bãi bỏ, sửa đổi and the like.

Only what the document itself does counts: what it quotes, or tells of other documents ("đã được sửa đổi bởi …"), is no
relation. A document of which only a provision is repealed or replaced is amended (`sửa đổi`); one that expires because of
this one is replaced (`thay thế`).
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from policy_qa.document import Relation, SourceText
from policy_qa.reading.vietnamese import fold
from policy_qa.structure import grammar
from policy_qa.structure.commands import COMMAND, LABEL, THROUGH
from policy_qa.structure.mentions import Mention, mentions
from policy_qa.structure.paragraphs import Paragraph
from policy_qa.structure.parts import Zone
from policy_qa.structure.quoted import quoted_pieces
from policy_qa.structure.shorthand import Shorthand

KINDS: Final = (
    "căn cứ", "thực hiện", "tiếp tục", "hướng dẫn", "hợp nhất", "sửa đổi", "thay thế", "bãi bỏ", "đính chính",
)  # fmt: skip
"""The kinds of relations, in the order in which they are listed."""

# --- patterns -----------------------------------------------------------------------------------------------------

_AND: Final = re.compile(r"\s*(?:,|;|và|,\s*và|;\s*và)\s*(?:(?:tại|theo|căn cứ)\s+)?(?:các\s+)?", re.I)
"""Between two documents of one list."""

_CONNECTS: Final = re.compile(r"(?:^|[,;]|\bvà)\s*(?:căn cứ\s+)?(?:các\s+)?$", re.I)
"""The end of the words before a document (or a place in it) with which a list goes on."""

_LEVEL = r"(?:điều|khoản|điểm|mục|chương|phần|phụ lục|mẫu|tiểu mục|biểu|bảng)"
_NUMBER = r"(?:số\s+)?(?:\d[\w.-]{0,8}|[IVXLC]{1,6}|[a-zđ]\d?)(?!\w)"
_PLACE: Final = re.compile(
    rf"(?:(?:các\s+)?{_LEVEL}\s+{_NUMBER}(?:(?:\s*[,;]\s*|\s+(?:và\s+|đến\s+)?)(?:các\s+)?(?:{_LEVEL}\s+)?{_NUMBER}){{0,60}}"
    rf"|(?:một số|các|những)\s+(?:{_LEVEL}|quy định|nội dung|biểu mẫu)(?:,\s*{_LEVEL}){{0,3}}"
    rf"|(?:cụm từ|quy định|nội dung|{_LEVEL})(?:\s+tại)?)"
    r"\s+(?:(?:của|tại|trong|thuộc|(?:ban hành\s+)?kèm theo)\s+)?(?:các\s+)?$",
    re.I,
)
"""A provision named right before a document: then only that part of the document is meant."""

_PARTLY: Final = re.compile(
    rf"(?:[\s,]*(?:và\s+)?(?:sửa đổi|bổ sung|bãi bỏ|thay thế)\b)*\s*(?:toàn bộ\s+)?(?:các\s+|những\s+|một số\s+)?"
    rf"(?:(?P<rules>quy định|nội dung)|{_LEVEL}|cụm từ|từ|tên|tiêu đề)\s",
    re.I,
)
"""The words after a verb where it changes a part: "bãi bỏ các quy định về … tại Thông tư số …"."""

_ACT: Final = re.compile(
    rf"(?:^{LABEL}|\bnày\s+|\bvà\s+|[,;]\s*|\.\s+)(?P<verb>thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)\s+(?:cho\s+)?(?:toàn bộ\s+)?(?:các\s+)?",
    re.I,
)
"""A verb that ends a document, not in the passive: "Nghị định này thay thế …", "… và bãi bỏ …"."""

_EXPIRES: Final = re.compile(r"(?<!VB )(?<!đã )(?<!trước khi )(?<!đến khi )(?<!khi )\bhết hiệu lực\b", re.I)
_ENDING: Final = re.compile(r"hiệu lực|thay thế|bỏ", re.I)
_LIST_LEAD: Final = re.compile(
    r"(?:văn bản|quy định|luật|pháp lệnh|nghị định|thông tư|quyết định)[^.;:]{0,120}(?P<verb>hết hiệu lực|thay thế|bãi bỏ)"
    r"[^.;:]{0,160}:?\s*$|(?P<act>thay thế|bãi bỏ|hủy bỏ|huỷ bỏ)\s[^.;:]{0,160}:\s*$",
    re.I,
)
"""The lead of a list of documents that this one ends: "Các văn bản sau đây hết hiệu lực …:"."""

_LONGEST_PLACE = 600
_MOST_NAMED = 300
"""Documents that one paragraph names; none but a hostile one has more."""
_BARE: Final = re.compile(rf"(?:{'|'.join(grammar.KINDS)})\s+số\s", re.I)
"""A document named by kind and number alone: "Luật số 57/2024/QH15"."""

_ENACTS_CHANGE: Final = re.compile(r"ban hành\s+\S+(?:\s+\S+){0,2}?\s+sửa đổi", re.I)
_ENACTS: Final = re.compile(rf"\bban hành\s+(?:{'|'.join(grammar.KINDS)})\b", re.I)
_CARRIES_OUT: Final = re.compile(
    r"(?<!hướng dẫn )(?P<on>tiếp tục\s+)?(?:(?:tổ chức\s+)?(?:thực hiện|triển khai)|cụ thể (?:hóa|hoá))\b", re.I
)
_GUIDES: Final = re.compile(
    r"(?:quy định|hướng dẫn)\s+(?:chi tiết|cụ thể|thi hành|thực hiện|áp dụng|một số (?:điều|nội dung))", re.I
)
_OF: Final = re.compile(r"(?:của|thi hành|thực hiện|áp dụng|triển khai|theo|hướng dẫn|chi tiết)\s+(?:các\s+)?$", re.I)
_ABOUT: Final = re.compile(r"^(?:V/v:?|Về việc|Về)\s+", re.I)


# --- reading ------------------------------------------------------------------------------------------------------


def relations(
    source: SourceText,
    found: Sequence[Paragraph],
    zones: Sequence[Zone],
    *,
    number: str | None,
    title: str | None,
    name: str | None,
    is_consolidated: bool = False,
) -> tuple[Relation, ...]:
    """The relations that the document declares, each once, ordered by kind and then as they are read.

    Args:
        source: its text.
        found: its paragraphs.
        zones: its zones; căn cứ, opening and body are read, annexes are not.
        number: its own number; it has no relation to itself.
        title: its title in ordinary letters.
        name: its own name ("Luật Trẻ em") if it is a law.
        is_consolidated: whether it is a văn bản hợp nhất, which opens with the documents that it consolidates.
    """
    seen: dict[tuple[str, str], Relation] = {}
    for kind, mention in _Relations(source, title or "").read(found, zones, is_consolidated=is_consolidated):
        called = fold(mention.name or "")
        itself = mention.number == number if mention.number else bool(name) and called == fold(name or "")
        if mention.own or itself or not (mention.number or called):
            continue
        identity = mention.number or f"{called} {mention.date or ''}"
        seen.setdefault((kind, identity), Relation(kind, mention.number, mention.date, mention.name))
    return tuple(sorted(seen.values(), key=lambda relation: KINDS.index(relation.kind)))


@dataclass(frozen=True, slots=True)
class _Listed:
    """A document of a list: `placed` where only a part of it is meant, `through` where it only amended another of the list."""

    mention: Mention
    placed: bool = False
    through: bool = False


class _Relations:
    """Reads one document."""

    def __init__(self, source: SourceText, title: str) -> None:
        self.text = source.text
        named = mentions(self.text)
        shorthand = Shorthand(named)
        self.mentions = [shorthand.whole(m) for m in named]
        self.starts = [m.span.start for m in named]
        self.title = title
        self.in_title = [shorthand.whole(m) for m in mentions(title)]

    def read(
        self, found: Sequence[Paragraph], zones: Sequence[Zone], *, is_consolidated: bool
    ) -> Iterator[tuple[str, Mention]]:
        """Kind and document of each relation, in reading order; the same may come again."""
        yield from self._title()
        for zone in zones:
            paragraphs = [p for p in found[zone.first : zone.last] if not p.quoted]
            if zone.label in ("mở đầu", "căn cứ"):
                for paragraph in paragraphs:
                    yield from self._before_body(paragraph, is_consolidated=is_consolidated and zone.label == "mở đầu")
            elif zone.label == "thân":
                yield from self._body(paragraphs)

    def _of(self, paragraph: Paragraph) -> list[Mention]:
        """The documents named in a paragraph outside of quotations."""
        first = bisect.bisect_left(self.starts, paragraph.start)
        last = bisect.bisect_left(self.starts, paragraph.end)
        if first == last:
            return []
        named = self.mentions[first : min(last, first + _MOST_NAMED)]
        pieces = list(quoted_pieces(paragraph.text))
        starts = [start for start, _, _ in pieces]

        def is_quoted(mention: Mention) -> bool:
            offset = mention.span.start - paragraph.start
            at = bisect.bisect_right(starts, offset) - 1
            return at >= 0 and offset < pieces[at][1]

        return [m for m in named if not is_quoted(m)]

    # --- lists of documents ---------------------------------------------------------------------------------------

    def _list(self, text: str, named: Sequence[Mention], start: int) -> Iterator[_Listed]:
        """The documents that a sentence lists from the first of `named` on, without those that only stand in titles.

        `start` is where the words before the first one begin.
        """
        part = _PARTLY.match(text, start)
        rules = part is not None and part["rules"] is not None
        through = False
        listed = numbered = True
        end = start
        for i, mention in enumerate(m for m in named if not m.own):
            gap = text[end : mention.span.start][-_LONGEST_PLACE:]
            place = _PLACE.search(gap)
            words = mention.span.of(text)
            if i == 0:
                yield _Listed(mention, placed=place is not None or part is not None)
            elif THROUGH.search((gap[: place.start()] if place else gap)[-80:]):
                listed = through = True
            elif _AND.fullmatch(gap):
                # "… của Luật X và Nghị định số N …": what follows a law of a title goes on with the list.
                through = through and _BARE.match(words) is not None
                listed = listed or (not numbered and "/" in words)
                place = place if rules else None
            else:
                before = gap[: place.start()] if place else gap
                listed = _CONNECTS.search(before) is not None and ("/" in words or before.rstrip().endswith(";"))
                through = False
            if i and listed:
                yield _Listed(mention, placed=place is not None or rules, through=through)
            numbered, end = "/" in words, mention.span.end

    # --- before the body ------------------------------------------------------------------------------------------

    def _before_body(self, paragraph: Paragraph, *, is_consolidated: bool) -> Iterator[tuple[str, Mention]]:
        named = self._of(paragraph)
        if not named:
            return
        if is_consolidated and named[0].span.start == paragraph.start:
            yield "hợp nhất", named[0]
            return
        change = _ENACTS_CHANGE.search(paragraph.text)
        if paragraph.text.lstrip("-–+• ").startswith("Căn cứ"):
            yield from (("căn cứ", item.mention) for item in self._list(self.text, named, paragraph.start))
        elif change:
            changed = [m for m in named if m.span.start >= paragraph.start + change.end()]
            items = self._list(self.text, changed, paragraph.start + change.end())
            yield from (("sửa đổi", item.mention) for item in items if not item.through)
        elif not _ENACTS.search(paragraph.text):
            yield from self._carried_out(named, paragraph)

    def _carried_out(self, named: Sequence[Mention], paragraph: Paragraph) -> Iterator[tuple[str, Mention]]:
        """What is carried out: "Thực hiện Nghị quyết số …", "Sau mười năm tiếp tục thực hiện Chỉ thị số …"."""
        kind: str | None = None
        end = paragraph.start
        for mention in named:
            between = self.text[end : mention.span.start]
            kind = _carried(between) or (kind if kind and _AND.fullmatch(between) else None)
            if kind:
                yield kind, mention
            end = mention.span.end

    # --- title ----------------------------------------------------------------------------------------------------

    def _title(self) -> Iterator[tuple[str, Mention]]:
        """What the title says that the document does to others."""
        if not self.in_title:
            return
        about = _ABOUT.match(self.title)
        start = about.end() if about else 0
        lead = self.title[start : self.in_title[0].span.start]
        command = COMMAND.match(f"{lead}{self.in_title[0].span.of(self.title)} ")
        if command:
            yield from self._commanded(self.title, self.in_title, start + command.end("verb"), command["verb"])
        elif _GUIDES.search(lead) and _OF.search(lead):
            yield from (("hướng dẫn", item.mention) for item in self._list(self.title, self.in_title, start))
        elif kind := _carried(lead):
            yield kind, self.in_title[0]

    def _commanded(self, text: str, named: Sequence[Mention], start: int, verb: str) -> Iterator[tuple[str, Mention]]:
        """What a command does: to a document as a whole, or to a part of it."""
        whole = {"bãi": "bãi bỏ", "hủy": "bãi bỏ", "huỷ": "bãi bỏ", "thay thế": "thay thế"}
        kind = whole.get(verb.lower(), whole.get(verb.lower()[:3], "sửa đổi"))
        if verb.lower() == "đính chính":
            yield "đính chính", named[0]
            return
        for item in self._list(text, named, start):
            if not item.through:
                yield ("sửa đổi" if item.placed else kind), item.mention

    # --- body -----------------------------------------------------------------------------------------------------

    def _body(self, paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, Mention]]:
        listing: str | None = None
        for paragraph in paragraphs:
            named = self._of(paragraph)
            if not named and not _ENDING.search(paragraph.text[-400:]):
                listing = None
                continue
            label = re.match(LABEL, paragraph.text)
            start = paragraph.start + (label.end() if label else 0)
            if listing and named and self._begins(start, named[0]):
                yield from self._commanded(self.text, named, start, listing)
                continue
            lead = _LIST_LEAD.search(paragraph.text[-400:])
            listing = _verb_of(lead) if lead else None
            if not named:
                continue
            command = COMMAND.match(paragraph.text)
            if command and not named[0].own:
                yield from self._commanded(self.text, named, paragraph.start + command.end("verb"), command["verb"])
            else:
                yield from self._ended(named, paragraph, start)
            yield from self._detailed(named, paragraph)

    def _begins(self, start: int, mention: Mention) -> bool:
        """Whether the words from `start` begin with the document, or with a part of it."""
        lead = self.text[start : mention.span.start]
        return not lead.strip() or (
            len(lead) <= _LONGEST_PLACE and _PARTLY.match(lead) is not None and ". " not in lead
        )

    def _ended(self, named: Sequence[Mention], paragraph: Paragraph, start: int) -> Iterator[tuple[str, Mention]]:
        """What is ended: "Nghị định này thay thế Nghị định số …", "Quyết định số … hết hiệu lực kể từ ngày …"."""
        expiry = _EXPIRES.search(paragraph.text)
        if expiry:
            end = paragraph.start + expiry.start()
            sentence = max(start, self.text.rfind(". ", start, end) + 2)
            before = [m for m in named if sentence <= m.span.start < end]
            if before and not before[0].own and self._begins(sentence, before[0]):
                yield from self._commanded(self.text, before, sentence, "thay thế")
        for act in _ACT.finditer(paragraph.text):
            after = paragraph.start + act.end()
            following = [m for m in named if m.span.start >= after]
            if following and not following[0].own and self._begins(after, following[0]):
                yield from self._commanded(self.text, following, after, act["verb"])

    def _detailed(self, named: Sequence[Mention], paragraph: Paragraph) -> Iterator[tuple[str, Mention]]:
        """What is guided: "Thông tư này quy định chi tiết khoản 2 Điều 5 của Luật X"."""
        if not named[0].own or len(named) == 1:
            return
        start = named[0].span.end
        lead = self.text[start : named[1].span.start]
        guides = _GUIDES.match(lead.lstrip()) or re.match(r"\s*hướng dẫn\s", lead)
        if guides and (_PLACE.search(lead) or _OF.search(lead)) and not re.search(r"\.\s", lead):
            yield from (("hướng dẫn", item.mention) for item in self._list(self.text, named[1:], start))


def _carried(words: str) -> str | None:
    """`thực hiện` or `tiếp tục` where the words before a document end with such a verb and at most a few words more."""
    verbs = list(_CARRIES_OUT.finditer(words[-120:]))
    rest = words[-120:][verbs[-1].end() :] if verbs else ""
    if not verbs or len(rest) > 40 or re.search(r"[.;:“”]|\bquy định\b|\btheo\b|\bvề\b", rest):
        return None
    return "tiếp tục" if verbs[-1]["on"] else "thực hiện"


def _verb_of(lead: re.Match[str]) -> str:
    verb = (lead["verb"] or lead["act"]).lower()
    return "thay thế" if verb == "hết hiệu lực" else verb
