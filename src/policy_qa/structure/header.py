"""The head of an official document: số, ngày, tên loại, cơ quan, trích yếu, người ký, căn cứ; and how sure each is.

What is printed decides; the ký hiệu helps only where it names kind or issuer beyond doubt. A number in running text
(a news report that tells of a decision) never becomes the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from policy_qa.document import Metadata, SourceText
from policy_qa.reading.vietnamese import fold
from policy_qa.structure import grammar
from policy_qa.structure.confidence import (
    BESIDE_NUMBER,
    BY_FILE_NAME,
    DOUBTFUL,
    FILLED_IN,
    FIRST_LINE,
    IN_ANNEX,
    IN_CERTIFICATION,
    IN_DATE_LINE,
    IN_FORMULA,
    IN_NAME,
    IN_NUMBER_LINE,
    IN_SIGNATURE,
    KIND_BY_SIGN,
    KIND_PRINTED,
    LETTER,
    SUBJECT,
    TITLE_BELOW_KIND,
)
from policy_qa.structure.correcting import Corrections, set_right
from policy_qa.structure.paragraphs import Paragraph, paragraphs
from policy_qa.structure.parts import Zone, divide, head_lines, kind_of_line, number_of_line
from policy_qa.structure.relations import relations
from policy_qa.structure.signing import Value, issuer, ordinary_case, signer

TITLE_SEARCH = 20_000
"""How far into the text the name of a law or body is looked for in ordinary letters."""

LONGEST_LINE = 400
"""Code points of a line of number or date, both columns of a head on it; a law's name with its number among them."""

_LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
_CONSOLIDATED = "Văn bản hợp nhất"
_BY_HAND = re.compile(r"\bsố\s*:?\s*\d+\s+[/-]|\bngày(?:\d|\s{2,})|\btháng(?:\d|\s{2,})|\d(?:tháng|năm)\b", re.I)
"""Digits that stand too near or too far from what is printed around them."""
_AFTER_DATE = re.compile(r"[\s._–-]*(?:(?:Số|V/v|Về việc)\b.*)?$", re.S)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says, the offset (code points) where it ends (0 for a text without one), and what is doubtful in it."""

    metadata: Metadata
    end: int
    warnings: tuple[str, ...] = ()


def recognise(source: SourceText) -> Head:
    """Reads the head of `source`; a text without one gets its first line as title and nothing else."""
    found, _ = paragraphs(source)
    return recognise_in(source, found, divide(found))


def recognise_in(
    source: SourceText, found: Sequence[Paragraph], zones: Sequence[Zone], given: Corrections | None = None
) -> Head:
    """The same for a text that is already cut into paragraphs and zones; what is `given` stands in the place of what is read."""
    given = given or {}
    head = _zone(found, zones, "thể thức")
    if not head:
        first = found[0].text if found else ""
        told = 0 < len(first) <= 300
        read = Metadata(title=first if told else None, confidence={"title": FIRST_LINE} if told else {})
        return Head(corrected(read, given), 0)
    signature = _zone(found, zones, "chữ ký")
    annexes = [found[zone.first : zone.last] for zone in zones if zone.label == "phụ lục"]
    values = _values(source, head, signature, annexes)
    text = {field: value.text for field, value in values.items()}
    printed, filled_in = _legibility(source, head)
    read = Metadata(
        number=text.get("number"),
        date=text.get("date"),
        kind=text.get("kind"),
        issuer=text.get("issuer"),
        title=text.get("title"),
        signer=text.get("signer"),
        confidence={
            field: round(value.confidence * (filled_in if field in ("number", "date") else printed), 3)
            for field, value in values.items()
        },
    )
    about = corrected(read, given)
    told_of_others = relations(
        source,
        found,
        zones,
        number=about.number,
        title=about.title,
        name=f"{about.kind} {about.title}" if about.kind in _LAWS else None,
        is_consolidated=about.kind == _CONSOLIDATED,
    )
    doubts = (*_doubts(about), *_missing(about, _lines([*head, *signature]), given))
    return Head(replace(about, relations=told_of_others), head[-1].end, doubts)


def corrected(read: Metadata, given: Corrections) -> Metadata:
    """What was read, with what a person corrected in its place; a kind that is not printed follows the number."""
    about = set_right(read, given)
    follows = read.kind is None or read.confidence.get("kind") in (KIND_BY_SIGN, LETTER)
    kind = _kind_of_number(about.number) if follows and "number" in given else None
    if kind is None:
        return about
    return replace(about, kind=kind.text, confidence={**about.confidence, "kind": kind.confidence})


def _values(
    source: SourceText,
    head: Sequence[Paragraph],
    signature: Sequence[Paragraph],
    annexes: Sequence[Sequence[Paragraph]],
) -> dict[str, Value]:
    """The fields that are found, by name."""
    start = source.text[:TITLE_SEARCH]
    kind_at, _ = head_lines(head)
    issued = _issued_with(annexes)
    lines, signed = _lines(head), _lines(signature)
    number = _number(lines) or _certified(signed) or (issued[0] if issued else None)
    sign = number.text if number else _sign([*lines, *signed])
    number = number or _in_file_name(source.file, sign)
    kind, title = _kind_and_title(head, kind_at, sign)
    certified = "/VBHN-" in (sign or "") or any(grammar.CERTIFIED.match(p.text) for p in signature)
    if certified and kind and kind.text != _CONSOLIDATED:
        words = title.text[0].lower() + title.text[1:] if title else ""
        title = Value(f"{kind.text} {words}".strip(), TITLE_BELOW_KIND)
        # Certified under its own number, it names the text it consolidates.
        kind = Value(_CONSOLIDATED, KIND_PRINTED)
    name = kind.text if kind else None
    joint = "liên tịch" in (name or "").lower() or "TTLT" in (sign or "")
    above = head[: kind_at if kind_at is not None else len(head)]
    found = {
        "number": number,
        "date": _date(lines, signed) or (issued[1] if issued else None),
        "kind": kind,
        "issuer": issuer(above, signature, number=sign, kind=name, text=start),
        "title": Value(ordinary_case(title.text, start), title.confidence) if title else None,
        "signer": signer(signature, joint=joint),
    }
    return {field: value for field, value in found.items() if value is not None}


def _zone(found: Sequence[Paragraph], zones: Sequence[Zone], label: str) -> list[Paragraph]:
    return [p for zone in zones if zone.label == label for p in found[zone.first : zone.last]]


def _lines(zone: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs that may be a line of number or date: longer ones are text."""
    return [paragraph for paragraph in zone if len(paragraph.text) <= LONGEST_LINE]


def _legibility(source: SourceText, head: Sequence[Paragraph]) -> tuple[float, float]:
    """How sure recognised letters of the head are: of what is printed, and of number and date; 1 for text that was not recognised."""
    seen = [page.ocr for page in source.pages if page.span.start < head[-1].end and page.ocr is not None]
    if not seen:
        return 1.0, 1.0
    by_hand = any(_BY_HAND.search(p.text) or _is_left_open(p.text) for p in _lines(head))
    return min(seen), min(seen) * (FILLED_IN if by_hand else 1.0)


def _doubts(metadata: Metadata) -> tuple[str, ...]:
    """One sentence for a number or date that is not sure."""
    sentences = {
        "number": f"Số, ký hiệu “{metadata.number}” đọc được chưa chắc chắn; hãy kiểm tra lại với bản gốc.",
        "date": f"Ngày ban hành {_written(metadata.date)} đọc được chưa chắc chắn; hãy kiểm tra lại với bản gốc.",
    }
    return tuple(words for field, words in sentences.items() if metadata.confidence.get(field, 1.0) < DOUBTFUL)


def _missing(metadata: Metadata, lines: Sequence[Paragraph], given: Corrections) -> tuple[str, ...]:
    """What is not known: a sentence for a number or date that is left open on its line, and one for all that has no line."""
    wanted: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
        ("number", "số, ký hiệu", lambda text: grammar.NUMBER_LEFT_OPEN.match(text) is not None),
        ("date", "ngày ban hành", _is_left_open),
        ("issuer", "cơ quan ban hành", lambda _: False),
    )
    sentences: list[str] = []
    absent: list[str] = []
    for field, what, is_open in wanted:
        if field in given or getattr(metadata, field) is not None:
            continue
        line = next((p.text for p in lines if is_open(p.text)), None)
        if line is None:
            absent.append(what)
        else:
            words = f"{what[0].upper()}{what[1:]} để trống hoặc không đọc được ở dòng"
            sentences.append(f"{words} “{' '.join(line.split())[:80]}”; hãy xem bản gốc.")
    if absent:
        sentences.append(f"Không tìm thấy {', '.join(absent)} của văn bản; hãy xem bản gốc.")
    return tuple(sentences)


def _written(date: str | None) -> str:
    return "/".join(reversed((date or "").split("-")))


# --- number -------------------------------------------------------------------------------------------------------


def _number(head: Sequence[Paragraph]) -> Value | None:
    for paragraph in head:
        number = number_of_line(paragraph.text)
        if number is not None:
            return Value(number, IN_NUMBER_LINE)
    dated = _number_and_date(head)
    if dated:
        return Value(dated[0], IN_NUMBER_LINE)
    named = (grammar.LAW_WITH_NUMBER.match(p.text) for p in head)
    return next((Value(match["number"], IN_NAME) for match in named if match), None)


def _sign(lines: Sequence[Paragraph]) -> str | None:
    """The letters of a number whose digits are left out or cannot be read, which name kind and issuer all the same: `/TTg-KTN`."""
    open_lines = (grammar.NUMBER_LEFT_OPEN.match(p.text) for p in lines)
    return next((f"/{line['sign']}" for line in open_lines if line), None)


def _in_file_name(file: str, sign: str | None) -> Value | None:
    """The number that a file's name has before the letters of a head whose digits cannot be read: `115-nq-cp` for `/NQ-CP`.

    Portals name their files so, often with no more than the first letters of the sign.
    """
    letters = re.findall(r"[a-z]+\d*", fold(sign or ""))
    if not letters or sign is None:
        return None
    name = fold(re.split(r"[/\\]", file)[-1])
    further = "".join(f"(?:[-_. ]{word})?" for word in letters[1:])
    found = set(re.findall(rf"(?<![\da-z])0*(\d{{1,5}})[-_. ]{letters[0]}{further}(?![\da-z])", name))
    return Value(f"{found.pop()}{sign}", BY_FILE_NAME) if len(found) == 1 else None


def _certified(signature: Sequence[Paragraph]) -> Value | None:
    numbers = (number_of_line(paragraph.text) for paragraph in signature)
    return next((Value(number, IN_CERTIFICATION) for number in numbers if number), None)


def _issued_with(annexes: Sequence[Sequence[Paragraph]]) -> tuple[Value, Value | None] | None:
    """Number and date of "(Kèm theo Quyết định số … ngày …)"; None where annexes say nothing, or not one and the same."""
    told: set[tuple[str, str | None]] = set()
    for annex in annexes:
        for paragraph in annex[:8]:
            number = grammar.NUMBER.search(paragraph.text) if grammar.ISSUED_WITH.match(paragraph.text) else None
            if number:
                date = grammar.DATE.search(paragraph.text, number.end())
                told.add(("".join(number[0].split()), grammar.iso_date(date[0]) if date else None))
    if len({number for number, _ in told}) != 1:
        return None
    number_text = next(iter(told))[0]
    dates = {date for _, date in told if date}
    return Value(number_text, IN_ANNEX), Value(dates.pop(), IN_ANNEX) if len(dates) == 1 else None


# --- date ---------------------------------------------------------------------------------------------------------


def _date(head: Sequence[Paragraph], signature: Sequence[Paragraph]) -> Value | None:
    """The date of the head, else of a law's closing formula, else above the signature; a date left blank is unknown."""
    printed = _date_line(head)
    if printed:
        return Value(printed, IN_DATE_LINE)
    passed = _passed(signature)
    if passed:
        return Value(passed, IN_FORMULA)
    if any(_is_left_open(p.text) for p in head):
        return None
    dated = _number_and_date(head)
    if dated:
        return Value(dated[1], BESIDE_NUMBER)
    signed = _date_line(signature)
    certified = any(grammar.CERTIFIED.match(p.text) for p in signature)
    return Value(signed, IN_CERTIFICATION if certified else IN_SIGNATURE) if signed else None


def _is_left_open(text: str) -> bool:
    """Whether a line has place and date without a date, alone or behind the number."""
    line = grammar.NUMBER_LINE.match(text)
    number = grammar.NUMBER.match(line["rest"]) if line else None
    rest = line["rest"][number.end() :] if line and number else text
    return grammar.DATE_LEFT_OPEN.match(rest) is not None and grammar.iso_date(rest) is None


def _date_line(lines: Sequence[Paragraph]) -> str | None:
    for paragraph in lines:
        place = grammar.DATE_LINE.search(paragraph.text)
        if place and len(paragraph.text) <= 200:
            date = grammar.DATE.match(paragraph.text, place.end())
            if date and _AFTER_DATE.match(paragraph.text, date.end()):
                return grammar.iso_date(date[0])
    return None


def _passed(signature: Sequence[Paragraph]) -> str | None:
    for paragraph in signature:
        formula = grammar.PASSED.match(paragraph.text)
        if formula:
            return grammar.iso_date(paragraph.text[formula.end() :])
    return None


def _number_and_date(head: Sequence[Paragraph]) -> tuple[str, str] | None:
    """Both of one line: `Số 44-CT/TW, ngày 20/7/2010`."""
    for paragraph in head:
        line = grammar.NUMBER_LINE.match(paragraph.text)
        number = grammar.NUMBER.match(line["rest"]) if line else None
        gap = re.match(r"\s*,?\s*", line["rest"][number.end() :]) if line and number else None
        if line is None or number is None or gap is None:
            continue
        date = grammar.DATE.match(line["rest"], number.end() + gap.end())
        iso = grammar.iso_date(date[0]) if date and not line["rest"][date.end() :].strip(" .") else None
        if iso:
            return "".join(number[0].split()), iso
    return None


# --- kind and title -----------------------------------------------------------------------------------------------


def _kind_and_title(
    head: Sequence[Paragraph], kind_at: int | None, number: str | None
) -> tuple[Value | None, Value | None]:
    if kind_at is None:
        subject = _subject(head)
        return _kind_of_number(number) or (Value("Công văn", LETTER) if subject else None), subject
    kind, rest = kind_of_line(head[kind_at].text) or ("", "")
    lines = [rest] if rest else []
    for paragraph in head[kind_at + 1 :]:
        text = paragraph.text
        repeats_issuer = grammar.ISSUER_WORD.match(text) and grammar.is_capitals(text) and kind not in _LAWS
        ends = grammar.RULE_LINE.match(text) or grammar.ADDRESSEES.match(text) or text.startswith("(") or repeats_issuer
        if ends and lines:
            break
        if not ends:
            lines.append(text)
    title = " ".join(lines).strip(" _-*")
    return Value(kind, KIND_PRINTED), Value(title, TITLE_BELOW_KIND) if title else None


def _subject(head: Sequence[Paragraph]) -> Value | None:
    """The trích yếu of a công văn stands under its number: `V/v …`, at times on several lines."""
    for i, paragraph in enumerate(head):
        begins = grammar.SUBJECT.match(paragraph.text)
        if begins:
            lines = [paragraph.text, *takewhile(_goes_on, (p.text for p in head[i + 1 :]))]
            words = " ".join(lines)
            return Value(words if words.startswith("Về") else f"V/v {words[begins.end() :]}", SUBJECT)
    return None


def _goes_on(text: str) -> bool:
    """Whether a line of the head is the rest of a sentence: it begins with a small letter."""
    return text[0].islower() and not grammar.DATE.search(text)


def _kind_of_number(number: str | None) -> Value | None:
    """Tên loại by the ký hiệu; a state number that names none (`5768/BTTTT-TTĐN`) is a công văn's."""
    if number is None:
        return None
    parts = [part for part in number.replace("-", "/").split("/")[1:] if not part.isdigit()]
    for part in parts:
        kind = grammar.KIND_BY_SIGN.get(part.rstrip("0123456789"))
        if kind:
            return Value(kind, KIND_BY_SIGN)
    return Value("Công văn", LETTER) if parts else None
