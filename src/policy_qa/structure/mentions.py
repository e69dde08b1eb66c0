"""Documents that an official text names: by kind and number, by the name of a law, by a short name given to one before.

Official texts spell in full, so the grammar is strict: "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020", "Luật Đầu tư
số 61/2020/QH14", "Bộ luật Lao động năm 2019", "Nghị định số 30", "Nghị định này". What people type in questions is read by
`citing.extraction`.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from policy_qa.document import Span
from policy_qa.reading.vietnamese import fold
from policy_qa.structure import grammar
from policy_qa.structure.laws import WORD, LawNames


@dataclass(frozen=True, slots=True)
class Mention:
    """A document as a text names it; `span` covers kind, number, name and date.

    `number` is without spaces; of a short mention ("Nghị định số 30") it is what is said ("30"). `date` is ISO, or the year
    alone. `name` is a law's ("Luật Đầu tư"). `own` marks "Nghị định này", the document in which the words stand.
    """

    span: Span
    kind: str | None = None
    number: str | None = None
    date: str | None = None
    name: str | None = None
    own: bool = False

    @property
    def is_short(self) -> bool:
        """Whether the number is only its beginning: "Nghị định số 30"."""
        return self.number is not None and "/" not in self.number and "-" not in self.number


# --- patterns -----------------------------------------------------------------------------------------------------

_KIND = "|".join(sorted((re.escape(kind) for kind in grammar.KINDS), key=len, reverse=True))
_KIND_BEFORE: Final = re.compile(
    rf"(?<!\w)(?<!pháp )(?:(?P<kind>{_KIND}|Công văn|Văn bản)\s+)?(?:liên tịch\s+)?(?:số\s*:?\s*)?$", re.I
)
"""What stands before a number: the kind, and "số"."""

_SHORT: Final = re.compile(
    rf"(?<!\w)(?P<kind>(?-i:{_KIND}|Công văn))\s+số\s+(?P<number>\d{{1,5}})(?![\w/,.-]*\d)(?![/-]\w)"
)
"""A number without its symbol, after a kind: "Nghị định số 30"."""

_FOREIGN: Final = re.compile(r"(?:TCVN|QCVN|TCXDVN|TCXD|TCN|ISO|IEC|ĐLVN|QCĐP|CODEX|ASTM)\s*(?:số\s*)?:?\s*$")
"""A technical standard, whose number looks like a document's."""

_OWN: Final = re.compile(rf"(?<!\w)(?P<kind>{_KIND}|Văn bản|Danh mục|Chiến lược)\s+này(?!\w)", re.I)

_LONGEST_NAME, _LONGEST_LEAD, _MOST_ALIASES = 600, 4000, 100

_NO: Final = re.compile(r"\s+số\s*:?\s*$")
_BEFORE_DATE: Final = re.compile(
    r"\s{0,3}(?P<open>[,(])?\s{0,3}(?:được\s+)?(?:ban hành|ký|thông qua)?\s*(?=ngày\s)", re.I
)
_YEAR: Final = re.compile(r"\s+(?:năm\s+)?(?P<year>(?:19|20)\d\d)(?![\w/])(?![.,-]\d)")
_AMENDING_LAW: Final = re.compile(
    r"[^\S\n]+sửa đổi(?:,\s*bổ sung)?\s+(?:một số điều\s+(?:và\s+[^;.,:\n]{1,80}?\s+)?)?của\s+(?:(?:các|\d{1,2})\s+)?"
    r"(?=(?:bộ\s+)?luật|pháp lệnh)",
    re.I,
)
_NEXT_LAW: Final = re.compile(r"\s*(?:,|;|và|,\s*và)\s*(?=(?:bộ\s+)?luật\s|pháp lệnh\s)", re.I)
_NO_NAME: Final = re.compile(r"[;:()“”\d]|\s(?:này|quy định|nghị định|thông tư|quyết định)\s", re.I)
"""What no name of a law has between its first word and its number."""
_ENACTS: Final = re.compile(r"ban hành\s+$", re.I)

_ALIAS: Final = re.compile(
    rf"\((?:(?:sau|dưới) đây\s*,?\s*)?(?:được\s+)?(?:gọi|viết)(?:\s+(?:tắt|gọn|chung))?\s+là\s*:?\s*[“\"]?"
    rf"(?P<alias>(?-i:{_KIND})(?:\s+[^\s()“”\"]+){{0,8}}?)\s*[”\"]?\s*\)",
    re.I,
)
"""A short name that the text gives to the document just named: "(sau đây gọi tắt là Luật Đầu tư)"."""

_THROUGH: Final = re.compile(
    r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ)(?:\s+một số (?:điều|nội dung))?(?:,\s*khoản)?\s+(?:của|bởi|theo|tại|bằng)(?:\s+các)?\s+$",
    re.I,
)
"""What leads from a document to another that is only told beside it: "được sửa đổi, bổ sung bởi Nghị định …"."""


# --- finding ------------------------------------------------------------------------------------------------------


def mentions(text: str, names: Iterable[str] = ()) -> list[Mention]:
    """All documents that `text` (NFC) names, in order; none lies within another.

    Args:
        text: running text; offsets count its code points.
        names: names of laws known beside those of the list, such as the text's own.
    """
    numbered = [m for match in grammar.NUMBER.finditer(text) if (m := _numbered(text, match))]
    laws = LawNames([*names, *(m.name for m in numbered if m.name)])
    found = _Found(numbered)
    found.add(_named(text, laws, numbered))
    found.add(_short(text))
    found.add(_own(text))
    return _with_aliases(text, found.sorted)


class _Found:
    """Mentions that do not overlap; earlier ones stay."""

    def __init__(self, first: Iterable[Mention]) -> None:
        self.sorted: list[Mention] = []
        self.add(first)

    def add(self, mentions: Iterable[Mention]) -> None:
        kept: list[Mention] = []
        starts = [m.span.start for m in self.sorted]
        for mention in mentions:
            at = bisect.bisect_right(starts, mention.span.start)
            before = at > 0 and self.sorted[at - 1].span.end > mention.span.start
            after = at < len(starts) and starts[at] < mention.span.end
            if not before and not after and not (kept and kept[-1].span.end > mention.span.start):
                kept.append(mention)
        self.sorted = sorted([*self.sorted, *kept], key=lambda m: m.span)


def _numbered(text: str, match: re.Match[str]) -> Mention | None:
    """The document of a number; None where the number is a standard's, a licence's or none at all."""
    number = "".join(match[0].split()).replace("–", "-")
    left = max(0, match.start() - _LONGEST_NAME)
    left = max(left, text.rfind("\n", left, match.start()) + 1)
    before = text[left : match.start()]
    kind_match = _KIND_BEFORE.search(before[-60:])
    kind = _kind(kind_match["kind"]) if kind_match and kind_match["kind"] else None
    start = match.start() - (len(kind_match[0]) if kind_match and kind else 0)
    if _FOREIGN.search(before[-20:]):
        return None
    law = None if kind else _law_before(before)
    if law is not None:
        start = left + law
        name = " ".join(_NO.sub("", before[law:]).split())
        end, date = _date(text, match.end())
        word = WORD.match(name)
        return Mention(Span(start, end), _kind(word[0]) if word else None, number, date, name)
    signed = _kind_of_number(number)
    if kind is None and signed is None and not re.search(r"/(?:19|20)\d\d/", number):
        return None
    end, date = _date(text, match.end())
    return Mention(Span(start, end), kind or signed, number, date)


def _law_before(before: str) -> int | None:
    """Where the name of a law that ends in "số" begins, in the words before its number."""
    if not _NO.search(before):
        return None
    words = list(WORD.finditer(before))
    for word in words:
        # "Quốc hội ban hành Luật sửa đổi … của Luật X số N": there N is the number of the law that is amended.
        amending = _AMENDING_LAW.match(before, word.end())
        if amending and not _ENACTS.search(before[: word.start()]) and not _NO_NAME.search(before, amending.end()):
            return word.start()
    return words[-1].start() if words and not _NO_NAME.search(before, words[-1].start()) else None


def _kind(words: str) -> str | None:
    return _KINDS.get(words.casefold())


_KINDS: Final[Mapping[str, str]] = {
    **{kind.casefold(): kind for kind in (*grammar.KINDS, "Công văn")},
    "văn bản": "Công văn",  # a công văn is cited as "Văn bản số …"
}


def _kind_of_number(number: str) -> str | None:
    """The kind that the symbol of a number names ("NĐ-CP"); None for "QH15", which laws and resolutions share."""
    for part in number.replace("-", "/").split("/")[1:]:
        kind = grammar.KIND_BY_SIGN.get(part.rstrip("0123456789"))
        if kind and kind != "Luật":
            return kind
    return None


def _date(text: str, end: int, *, year: bool = False) -> tuple[int, str | None]:
    """The date that follows a document's number or name, with the end of its words."""
    before = _BEFORE_DATE.match(text, end)
    date = grammar.DATE.match(text, before.end()) if before else None
    iso = grammar.iso_date(date[0]) if date else None
    if before and date and iso:
        closed = 1 if before["open"] == "(" and text[date.end() : date.end() + 1] == ")" else 0
        return date.end() + closed, iso
    only = _YEAR.match(text, end) if year else None
    return (only.end(), only["year"]) if only else (end, None)


def _named(text: str, laws: LawNames, numbered: Sequence[Mention]) -> Iterator[Mention]:
    """Laws by name alone, with the date or year that follows."""
    covered = [m.span for m in numbered]
    starts = [span.start for span in covered]
    position = 0
    for word in WORD.finditer(text):
        at = bisect.bisect_right(starts, word.start()) - 1
        if word.start() < position or (at >= 0 and word.start() < covered[at].end):
            continue
        end = _law_end(text, word, laws)
        if end is None:
            continue
        name = " ".join(text[word.start() : end].split())
        name = "Hiến pháp" if name.startswith("Hiến pháp") else name
        if word[0] == "bộ luật" and fold(name) == "bo luat":
            continue
        end, date = _date(text, end, year=True)
        position = end
        yield Mention(Span(word.start(), end), _kind(word[0]), None, date, name)


def _law_end(text: str, word: re.Match[str], laws: LawNames) -> int | None:
    """Where the name of the law that begins at `word` ends, the laws that it amends included."""
    amending = _AMENDING_LAW.match(text, word.end())
    if amending is None:
        return laws.end(text, word.start())
    end: int | None = None
    at: int | None = amending.end()
    while at is not None:
        inner = WORD.match(text, at)
        stop = laws.end(text, at) if inner else None
        if stop is None:
            return end
        end = stop
        further = _NEXT_LAW.match(text, end)
        at = further.end() if further else None
    return end


def _short(text: str) -> Iterator[Mention]:
    for match in _SHORT.finditer(text):
        end, date = _date(text, match.end())
        yield Mention(Span(match.start(), end), _kind(match["kind"]), match["number"], date)


def _own(text: str) -> Iterator[Mention]:
    for match in _OWN.finditer(text):
        yield Mention(Span(match.start(), match.end()), _kind(match["kind"]), own=True)


# --- short names --------------------------------------------------------------------------------------------------


def _with_aliases(text: str, found: list[Mention]) -> list[Mention]:
    """`found`, and the later places where a short name that the text gave stands for the document."""
    given: dict[str, Mention] = {}
    for match in itertools.islice(_ALIAS.finditer(text), _MOST_ALIASES):
        target = _introduced(text, found, match.start(), match["alias"])
        alias = " ".join(match["alias"].split())
        if target is not None and alias not in given:
            given[alias] = target
    if not given:
        return found
    longest_first = sorted(given, key=len, reverse=True)
    pattern = re.compile(
        r"(?<!\w)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)(?!\s+(?:này|số)\b)(?![\s]*\d)"
    )
    at = [m.span for m in found]
    starts = [span.start for span in at]
    replaced: dict[int, Mention] = {}
    added: list[Mention] = []
    for match in pattern.finditer(text):
        target = given[match[0]]
        if match.start() < target.span.end or (match[0] in _KINDS.values() and not _after_address(text, match.start())):
            continue
        index = bisect.bisect_right(starts, match.start()) - 1
        over = index >= 0 and at[index].end > match.start()
        if (
            over
            and (found[index].number is None or found[index].is_short)
            and not found[index].own
            and found[index].date is None
        ):
            span = Span(at[index].start, max(at[index].end, match.end()))
            replaced[index] = replace(target, span=span)
        elif not over and (index + 1 == len(starts) or starts[index + 1] >= match.end()):
            added.append(replace(target, span=Span(match.start(), match.end())))
    kept = [replaced.get(i, mention) for i, mention in enumerate(found)]
    return sorted([*kept, *added], key=lambda m: m.span)


_ADDRESS_BEFORE: Final = re.compile(
    r"(?:điều|khoản|điểm|mục|chương|phụ lục)\s+(?:số\s+)?[\dIVXa-zđ]{1,6}\s+(?:của\s+)?$", re.I
)


def _after_address(text: str, at: int) -> bool:
    """Whether a provision is named right before: only then does a bare "Nghị định" stand for a document."""
    return _ADDRESS_BEFORE.search(text, max(0, at - 30), at) is not None


def _introduced(text: str, found: Sequence[Mention], at: int, alias: str) -> Mention | None:
    """The mention to which a short name given at `at` belongs: of its digits, else of its kind, else the nearest before."""
    line = text.rfind("\n", max(0, at - _LONGEST_LEAD), at)
    before = [m for m in found if line < m.span.start and m.span.end <= at and not m.own][-12:]
    digits = re.search(r"\d+", alias)
    if digits:
        return next(
            (m for m in reversed(before) if m.number and re.match(rf"0*{int(digits[0])}(?!\d)", m.number)), None
        )
    kind = next((kind for kind in _KINDS.values() if re.match(rf"{kind}\b", alias)), None)
    before = [m for m in before if m.kind == kind] or before
    same = [m for m in before if m.name and fold(m.name) == fold(alias)]
    if same:
        return same[-1]
    while len(before) > 1 and _THROUGH.search(text, max(0, before[-1].span.start - 80), before[-1].span.start):
        before.pop()
    return before[-1] if before else None
