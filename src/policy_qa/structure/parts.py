"""The zones of a document: head, opening, căn cứ, body, signature, annexes, as ranges of paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from policy_qa.reading.vietnamese import fold
from policy_qa.structure import grammar
from policy_qa.structure.annexes import find_annexes
from policy_qa.structure.containers import is_container
from policy_qa.structure.paragraphs import Paragraph

HEAD_LIMIT = 40
"""The head stands in the first paragraphs; a number further down belongs to the text."""


@dataclass(frozen=True, slots=True)
class Zone:
    """Paragraphs `[first, last)`; `label` is `thể thức`, `căn cứ`, `mở đầu`, `chữ ký`, `phụ lục` or `thân`."""

    label: str
    first: int
    last: int


def divide(paragraphs: Sequence[Paragraph]) -> list[Zone]:
    """Cuts the document into zones that cover all its paragraphs, in reading order.

    A text without a head (a news report, a loose passage) has no `thể thức`.
    """
    signature = _signature(paragraphs)
    annexes = find_annexes(paragraphs, signature)
    if annexes and signature is not None and annexes[0] < signature:
        signature = None
    end = min([len(paragraphs), *annexes[:1], *([signature] if signature is not None else [])])
    body = body_start(paragraphs, end)
    zones = _before_body(paragraphs, body)
    zones.append(Zone("thân", body, end))
    if signature is not None:
        zones.append(Zone("chữ ký", signature, annexes[0] if annexes else len(paragraphs)))
    for first, last in pairwise([*annexes, len(paragraphs)]):
        zones.append(Zone("phụ lục", first, last))
    return [zone for zone in zones if zone.first < zone.last]


def head_lines(paragraphs: Sequence[Paragraph]) -> tuple[int | None, int | None]:
    """Where the kind line and the last other mark of a head (number, quốc hiệu, Party title) stand, else None."""
    kind = mark = None
    for i, paragraph in enumerate(paragraphs[:HEAD_LIMIT]):
        text = paragraph.text
        if grammar.LEGAL_BASIS.match(text) or grammar.ARTICLE.match(text):
            break
        if is_mark(text) and kind is None:
            mark = i
        elif kind is None and kind_of_line(text) is not None and (mark is not None or grammar.is_capitals(text)):
            kind = i
    # A kind alone ("HƯỚNG DẪN") may head any page; a head has a mark or the căn cứ of a law behind it.
    if (
        mark is None
        and kind is not None
        and not any(grammar.LEGAL_BASIS.match(p.text) for p in paragraphs[kind : kind + 8])
    ):
        kind = None
    return kind, mark


def is_mark(text: str) -> bool:
    """Whether a line can only stand in the head of an official document."""
    if len(text) > 160:
        return False
    if grammar.STATE_MOTTO.search(text) and not text.endswith((".", ";")):
        return True
    numbered = number_of_line(text) is not None or grammar.NUMBER_LEFT_OPEN.match(text)
    return bool(grammar.PARTY_TITLE.match(text)) or bool(numbered)


def number_of_line(text: str) -> str | None:
    """The số, ký hiệu that a line of the head bears; None for running text that merely names a document."""
    for piece in _columns(text):
        line = grammar.NUMBER_LINE.match(piece)
        found = grammar.NUMBER.match(line["rest"]) if line else None
        if line is None or found is None:
            continue
        rest = line["rest"][found.end() :].strip()
        dated = grammar.DATE_LINE.search(rest) or grammar.DATE_LEFT_OPEN.match(rest)
        is_head = not rest or dated or grammar.STATE_MOTTO.search(rest)
        if is_head and (line["kind"] is None or _is_kind(line["kind"])):
            return "".join(found[0].split())
    return None


def _columns(text: str) -> list[str]:
    """The line itself, and its part from "Số:" on where two columns of the head were joined."""
    at = max(text.find(" Số:"), text.find(" Số "))
    return [text, text[at + 1 :]] if at > 0 and grammar.is_capitals(text[:at]) else [text]


def kind_of_line(text: str) -> tuple[str, str] | None:
    """The tên loại with which a line of capitals begins, and what follows it on the line (a law's name)."""
    for kind in grammar.KINDS:
        if not text.startswith(kind.upper()):
            if len(text) == len(kind) and grammar.is_capitals(text) and fold(text) == fold(kind):
                return kind, ""  # "QUYÉT ĐỊNH": recognition errs in the marks
            continue
        rest = text[len(kind) :].strip(" :_-*")
        if not rest:
            return kind, ""
        is_law = kind in {"Luật", "Bộ luật", "Pháp lệnh"}
        if (is_law and grammar.is_capitals(rest)) or (
            text[len(kind)] == " " and not grammar.is_capitals(rest) and len(rest) > 12
        ):
            return kind, rest
    return None


def _is_kind(text: str) -> bool:
    return text.strip().casefold() in {kind.casefold() for kind in grammar.KINDS}


# --- before the body ----------------------------------------------------------------------------------------------


def body_start(paragraphs: Sequence[Paragraph], end: int) -> int:
    """The first paragraph of the numbered body before `end`; `end` itself where there is none."""
    free = [(i, p.text) for i, p in enumerate(paragraphs[:end]) if not p.quoted]
    articles = [i for i, text in free if grammar.ARTICLE.match(text)]
    if articles:
        return min([articles[0], *(i for i, text in free if i < articles[0] and is_container(text))])
    kind, mark = head_lines(paragraphs)
    head = max(kind if kind is not None else -1, mark if mark is not None else -1)
    marked = [i for i, _ in free if i > head + 1 and paragraphs[i].depth is not None] if head >= 0 else []
    labels = [(i, "chương" if is_container(text) else _item_label(text)) for i, text in free if i > head]
    last = {label: i for i, label in labels}
    # A lone "1." or "A." opens no body; a lone "I." or chương does.
    continued = {"1": last.get("2", -1), "A": last.get("B", -1), "I": end, "chương": end}
    opening = (i for i, label in labels if i < continued.get(label, -1))
    return min([next(opening, end), *marked])


def _item_label(text: str) -> str:
    """The label of the numbering (`I`, `A`, `1`) with which a paragraph begins, else an empty string."""
    for pattern, group in ((grammar.ROMAN, "label"), (grammar.LETTER_PART, "label"), (grammar.CLAUSE, "number")):
        match = pattern.match(text)
        if match and not match.groupdict().get("suffix"):
            return match[group]
    return ""


def _before_body(paragraphs: Sequence[Paragraph], body: int) -> list[Zone]:
    head = _head_end(paragraphs, body)
    bases = [i for i in range(head, body) if grammar.LEGAL_BASIS.match(paragraphs[i].text)]
    if len(bases) == 1 and paragraphs[bases[0]].text.endswith(":"):
        bases = []  # the prose opening of a công văn, not a list of bases
    if not bases:
        return [Zone("thể thức", 0, head), Zone("mở đầu", head, body)]
    last = bases[0]
    for i in range(bases[0], body):
        text = paragraphs[i].text
        formula = grammar.ENACTING.search(text) or grammar.is_capitals(text) or grammar.RULE_LINE.match(text)
        if i in bases or grammar.LEGAL_BASIS_NEXT.match(text) or formula:
            last = i + 1
    return [
        Zone("thể thức", 0, head),
        Zone("mở đầu", head, bases[0]),
        Zone("căn cứ", bases[0], last),
        Zone("mở đầu", last, body),
    ]


def _head_end(paragraphs: Sequence[Paragraph], body: int) -> int:
    kind, mark = head_lines(paragraphs[:body])
    if kind is None and mark is None:
        return 0
    i = (kind if kind is not None else mark or 0) + 1
    addressed = subject = False
    while i < body:
        text = paragraphs[i].text
        addressed = addressed or bool(grammar.ADDRESSEES.match(text))
        listed = addressed and grammar.DASH.match(text) is not None
        subject = bool(grammar.SUBJECT.match(text)) or (subject and text[0].islower())
        # A title whose lines were not joined: "Quy định về hoa," and then "cỏ và cây cảnh".
        broken = kind is not None and i <= kind + 2 and text[-1] == "," and _begins_small(paragraphs[i + 1 : body])
        if not (listed or subject or broken or is_head_line(text)):
            break
        i += 1
    return i


def _begins_small(following: Sequence[Paragraph]) -> bool:
    return bool(following) and following[0].text[0].islower()


def is_head_line(text: str) -> bool:
    """Whether a line below the kind still belongs to the head: trích yếu, issuer, a drawn rule, addressees."""
    if grammar.LEGAL_BASIS.match(text):
        return False
    if grammar.RULE_LINE.match(text) or grammar.is_capitals(text) or grammar.ADDRESSEES.match(text):
        return True
    if text.startswith("(") and text.endswith(")"):
        return True
    return len(text) <= 600 and text[-1] not in grammar.CONTINUES


# --- after the body -----------------------------------------------------------------------------------------------


def _signature(paragraphs: Sequence[Paragraph]) -> int | None:
    """Where the signature block begins: Nơi nhận, the signer's authority, or a law's closing formula."""
    for i, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if i < 2 or paragraph.quoted or len(text) > 500:
            continue
        signing = grammar.SIGNING.match(text) and len(text) <= 160
        office = grammar.OFFICE.match(text) and len(text) <= 120 and _name_follows(paragraphs, i)
        if grammar.PASSED.match(text) or grammar.CERTIFIED.match(text) or signing or office:
            return _with_lines_above(paragraphs, i)
    return None


def _with_lines_above(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Takes the drawn line, and what a consolidated text prints there (issuer, number, date), with the signature."""
    at = first
    while at > max(first - 6, 1):
        text = paragraphs[at - 1].text
        labelled = any(p.match(text) for p in (grammar.ROMAN, grammar.CLAUSE, grammar.LETTER_PART, grammar.DASH))
        capitals = grammar.is_capitals(text) and len(text) <= 120 and not labelled and not is_container(text)
        dated = grammar.DATE_LINE.search(text) and len(text) <= 80 and not text.endswith((".", ";"))
        if paragraphs[at - 1].quoted or not (grammar.RULE_LINE.match(text) or capitals or dated or is_mark(text)):
            break
        at -= 1
    return at


def _name_follows(paragraphs: Sequence[Paragraph], at: int) -> bool:
    if grammar.SIGNED.search(paragraphs[at].text):
        return True
    following = paragraphs[at + 1 : at + 4]
    return any(grammar.is_name(grammar.RANKS.sub("", p.text)) or grammar.SIGNED.match(p.text) for p in following)
