"""The head of an official document: số, ngày, tên loại, cơ quan, trích yếu, người ký, căn cứ.

What is printed decides; the ký hiệu helps only where it names kind or issuer beyond doubt. A number in running text
(a news report that tells of a decision) never becomes the document's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policy_qa.document import Metadata, Relation, SourceText
from policy_qa.structure import grammar
from policy_qa.structure.paragraphs import Paragraph, paragraphs
from policy_qa.structure.parts import Zone, divide, head_lines, kind_of_line, number_of_line

TITLE_SEARCH = 20_000
"""How far into the text the name of a law or body is looked for in ordinary letters."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says, and the offset (code points) where it ends; 0 for a text without a head."""

    metadata: Metadata
    end: int


def recognise(source: SourceText) -> Head:
    """Reads the head of `source`; a text without one gets its first line as title and nothing else."""
    found, _ = paragraphs(source)
    return recognise_in(source, found, divide(found))


def recognise_in(source: SourceText, found: Sequence[Paragraph], zones: Sequence[Zone]) -> Head:
    """The same for a text that is already cut into paragraphs and zones."""
    head = _zone(found, zones, "thể thức")
    if not head:
        first = found[0].text if found else ""
        return Head(Metadata(title=first if 0 < len(first) <= 300 else None), 0)
    signature = _zone(found, zones, "chữ ký")
    kind_at, _ = head_lines(head)
    number = _number(head) or _number(signature)
    kind, title = _kind_and_title(head, kind_at, number)
    if number and "/VBHN-" in number and kind and kind != "Văn bản hợp nhất":
        title = " ".join(part for part in (kind, title[0].lower() + title[1:] if title else "") if part)
        kind = "Văn bản hợp nhất"  # it is certified and cited under its own number, and names the text it consolidates
    start = source.text[:TITLE_SEARCH]
    metadata = Metadata(
        number=number,
        date=_date(head) or _passed(signature) or _date(signature),
        kind=kind,
        issuer=_issuer(head, kind_at, number, signature, start),
        title=_ordinary_case(title, start) if title else None,
        signer=_signer(signature),
        relations=tuple(_relations(found, zones, number)),
    )
    return Head(metadata, head[-1].end)


def _zone(found: Sequence[Paragraph], zones: Sequence[Zone], label: str) -> list[Paragraph]:
    return [p for zone in zones if zone.label == label for p in found[zone.first : zone.last]]


def _number(head: Sequence[Paragraph]) -> str | None:
    for paragraph in head:
        number = number_of_line(paragraph.text)
        if number is not None:
            return number
    named = (grammar.LAW_WITH_NUMBER.match(p.text) for p in head)
    return next((match["number"] for match in named if match), None)


def _date(head: Sequence[Paragraph]) -> str | None:
    for paragraph in head:
        place = grammar.DATE_LINE.search(paragraph.text)
        if place and len(paragraph.text) <= 200:
            date = grammar.DATE.match(paragraph.text, place.end())
            if date and not paragraph.text[date.end() :].strip(" ._-–"):
                return grammar.iso_date(date[0])
    return None


def _passed(signature: Sequence[Paragraph]) -> str | None:
    for paragraph in signature:
        formula = grammar.PASSED.match(paragraph.text)
        if formula:
            return grammar.iso_date(paragraph.text[formula.end() :])
    return None


def _kind_and_title(
    head: Sequence[Paragraph], kind_at: int | None, number: str | None
) -> tuple[str | None, str | None]:
    if kind_at is None:
        return _kind_of_number(number), _subject(head)
    kind, rest = kind_of_line(head[kind_at].text) or (None, "")
    lines = [rest] if rest else []
    for paragraph in head[kind_at + 1 :]:
        text = paragraph.text
        is_law = kind in {"Luật", "Bộ luật", "Pháp lệnh"}
        repeats_issuer = grammar.ISSUER_WORD.match(text) and grammar.is_capitals(text) and not is_law
        ends = grammar.RULE_LINE.match(text) or grammar.ADDRESSEES.match(text) or text.startswith("(") or repeats_issuer
        if ends and lines:
            break
        if not ends:
            lines.append(text)
    return kind, " ".join(lines).strip(" _-*") or None


def _subject(head: Sequence[Paragraph]) -> str | None:
    """The trích yếu of a công văn stands under its number: `V/v …`."""
    for paragraph in head:
        for sign in ("V/v", "Về việc"):
            if paragraph.text.startswith(sign):
                return paragraph.text
    return None


def _kind_of_number(number: str | None) -> str | None:
    """Tên loại by the ký hiệu; a state number that names none (`5768/BTTTT-TTĐN`) is a công văn's."""
    if number is None:
        return None
    parts = [part for part in number.replace("-", "/").split("/")[1:] if not part.isdigit()]
    for part in parts:
        kind = grammar.KIND_BY_SIGN.get(part.rstrip("0123456789"))
        if kind:
            return kind
    return "Công văn" if parts else None


# --- issuer and signer --------------------------------------------------------------------------------------------


def _issuer(
    head: Sequence[Paragraph], kind_at: int | None, number: str | None, signature: Sequence[Paragraph], text: str
) -> str | None:
    for sign, issuer in grammar.ISSUER_BY_SIGN:
        if number and sign.search(number):
            return issuer
    if number and number.endswith("/TW"):
        signed_for = _signed_for(signature)
        if signed_for:
            return _ordinary_case(signed_for, text)
    printed = _printed_issuer(head[: kind_at if kind_at is not None else len(head)]) or _printed_issuer(
        [line for line in signature if not grammar.OFFICE.match(line.text) and not grammar.SIGNING.match(line.text)]
    )
    return _ordinary_case(printed, text) if printed else None


def _signed_for(signature: Sequence[Paragraph]) -> str | None:
    """The body in whose name a Party document is signed: `T/M BỘ CHÍNH TRỊ`."""
    for paragraph in signature:
        match = grammar.SIGNING.match(paragraph.text)
        if match and paragraph.text[:3] in {"T/M", "TM.", "TM "}:
            return paragraph.text[match.end() :].strip(" .*") or None
    return None


def _printed_issuer(lines: Sequence[Paragraph]) -> str | None:
    """The name in capitals above the number, its printed lines joined; of parent and child body the child."""
    names: list[str] = []
    for paragraph in lines:
        motto = grammar.STATE_MOTTO.search(paragraph.text)
        text = paragraph.text[: motto.start()] if motto else paragraph.text
        text = text.split(" Số")[0].strip(" *_.").lstrip("-–")
        is_noise = grammar.HEAD_NOISE.match(text) or grammar.PARTY_TITLE.match(text) or grammar.CERTIFIED.match(text)
        if not grammar.is_capitals(text) or is_noise or text.startswith("SỐ"):
            continue
        if grammar.ISSUER_WORD.match(text):
            names.append(text)
        elif names and not (names[-1].endswith(text)):
            names[-1] += f" {text}"
    return names[-1].strip(" -–") if names else None


def _signer(signature: Sequence[Paragraph]) -> str | None:
    name = None
    for paragraph in signature:
        text = grammar.SIGNED.split(paragraph.text)[-1].strip()
        # Columns of the block may stand on one line: the name is then what follows the office in capitals.
        words = grammar.RANKS.sub("", text).split()
        while words and not words[0][1:].islower():
            words.pop(0)
        candidate = " ".join(words)
        if grammar.is_name(candidate) and not candidate.startswith(("Nơi", "Như", "Các", "Lưu")):
            name = candidate
    return name


def _ordinary_case(capitals: str, text: str) -> str:
    """A name printed in capitals, as the text writes it elsewhere; else with one capital."""
    if not grammar.is_capitals(capitals):
        return capitals
    wanted = capitals.lower()
    lowered = text.lower()
    if len(lowered) == len(text):
        at = lowered.find(wanted)
        while at >= 0:
            found = text[at : at + len(wanted)]
            if not grammar.is_capitals(found):
                return found[0].upper() + found[1:]
            at = lowered.find(wanted, at + 1)
    return wanted[0].upper() + wanted[1:]


# --- relations ----------------------------------------------------------------------------------------------------


def _relations(found: Sequence[Paragraph], zones: Sequence[Zone], own: str | None) -> Iterator[Relation]:
    """Documents named by number in the căn cứ and the opening, each once."""
    seen: set[tuple[str, str | None]] = set()
    for zone in zones:
        if zone.label not in {"căn cứ", "mở đầu"}:
            continue
        for paragraph in found[zone.first : zone.last]:
            for relation in _named(paragraph.text, zone.label):
                if relation.number != own and (relation.kind, relation.number) not in seen:
                    seen.add((relation.kind, relation.number))
                    yield relation


def _named(text: str, zone: str) -> Iterator[Relation]:
    verbs = [(match.end(), match["verb"].lower()) for match in grammar.BASIS_VERB.finditer(text)]
    for match in grammar.NUMBER.finditer(text):
        if not text[: match.start()].rstrip(" :").lower().endswith("số"):
            continue
        before = [verb for end, verb in verbs if end <= match.start()]
        # Only the căn cứ and a sentence "thực hiện …" state a relation; other numbers are merely mentioned.
        verb = before[-1] if before else None
        if zone == "căn cứ" and text.lstrip("-–+• ").startswith("Căn cứ"):
            verb = "căn cứ"
        if verb is None:
            continue
        kind = {"tiếp tục thực hiện": "tiếp tục"}.get(verb, verb)
        date = grammar.DATE.match(text[match.end() :].lstrip(" ,"))
        yield Relation(kind, "".join(match[0].split()), grammar.iso_date(date[0]) if date else None)
