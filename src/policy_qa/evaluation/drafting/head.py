"""Questions about a document as such: number, date, issuer, signer, name, and what it does to other documents."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from typing import Final

from policy_qa.citing.dates import dates
from policy_qa.citing.kinds import NAMED_LAWS
from policy_qa.document import Level
from policy_qa.evaluation.drafting.material import Material, Part
from policy_qa.evaluation.drafting.wordings import Proposal, worded
from policy_qa.evaluation.questions import Kind
from policy_qa.reading.vietnamese import fold
from policy_qa.structure.mentions import mentions

_HEAD: Final = frozenset({"thể thức", "tên văn bản", "số, ngày, cơ quan ban hành", "chữ ký"})
"""The last steps of the addresses at which a document tells of itself."""
_BASIS: Final = "căn cứ"
_CONSOLIDATED: Final = "Văn bản hợp nhất"
_IN_FORCE: Final = re.compile(r"có hiệu lực(?: thi hành)?(?: kể)? từ ngày (?=\d)")
_IMPLEMENTS: Final = re.compile(
    r"chịu trách nhiệm (?:tổ chức |hướng dẫn |triển khai )*(?:thi hành|thực hiện) (?:\w+ ){1,3}này\b"
)
_OWN: Final = re.compile(
    r"^(?:luật|bộ luật|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|quy định|văn bản)\b.{0,25}\bnày\b", re.I
)
_MOST_FACTS: Final = 4
_SHORTEST_TITLE: Final = 10
"""A shorter title may be that of many documents: "về việc điều ước quốc tế có hiệu lực"."""
_LONGEST_TITLE: Final = 25


def about_itself(material: Material, chance: random.Random) -> Iterator[Proposal]:
    """What the head and the signature say."""
    metadata = material.metadata
    head = [part for part in material.parts if part.provision.address.last.label in _HEAD]
    doc = material.name

    def asked(form: str, kind: Kind, fact: str | None, **fields: str) -> Iterator[Proposal]:
        gold = [part for part in head if fact and fact.casefold() in part.own.casefold()]
        if fact and gold:
            group = tuple(part.address for part in gold)
            yield Proposal(form, kind, worded(form, chance, doc=doc, **fields), (group,), (fact,), "head")

    passed = metadata.kind in NAMED_LAWS
    yield from asked("date of passing" if passed else "date of issue", "date", _date_of_issue(head, metadata.date))
    yield from asked("issuer", "identity", metadata.issuer)
    yield from asked("signer", "who", metadata.signer)
    title = " ".join((metadata.title or "").split())
    if (
        title
        and metadata.number
        and _SHORTEST_TITLE <= len(title.split()) <= _LONGEST_TITLE
        and material.name.endswith(metadata.number)
    ):
        named = {"Kind": metadata.kind or "Văn bản", "title": _as_title(title)}
        yield from asked("number", "identity", metadata.number, **named)
        if gold := [part for part in head if title in " ".join(part.own.split())]:
            question = worded("title", chance, doc=doc)
            yield Proposal("title", "identity", question, (tuple(part.address for part in gold),), (), "head")


def _date_of_issue(head: list[Part], iso: str | None) -> str | None:
    """The date of issue as it is written in the head."""
    for part in head:
        for span, found in dates(part.own):
            if found == iso:
                return span.of(part.own)
    return None


def _as_title(title: str) -> str:
    """The title as it follows the kind: "quy định …", "về việc …"."""
    title = re.sub(r"^V/v:?\s+", "về việc ", title)
    verbal = re.match(
        r"(?:về|quy định|ban hành|phê duyệt|hướng dẫn|sửa đổi|bãi bỏ|công bố|tạm|đính chính|phân cấp|cắt giảm)\b",
        title,
        re.I,
    )
    return title[:1].lower() + title[1:] if verbal else f"về {title[:1].lower()}{title[1:]}"


def in_force(material: Material, chance: random.Random) -> Iterator[Proposal]:
    """From when on it is in force, by its own words."""
    for part in () if material.metadata.kind == _CONSOLIDATED else material.parts:
        for sentence in part.sentences():
            start = _IN_FORCE.search(sentence)
            if not start or not _OWN.match(sentence) or part.amends or "trừ" in sentence:
                continue
            stated = [span for span, _ in dates(sentence) if span.start <= start.end() <= span.end]
            if stated:
                fact = stated[0].of(sentence)
                question = worded("in force", chance, doc=material.name)
                yield Proposal("in force", "date", question, ((part.address,),), (fact,), part.address)


def implementation(material: Material, chance: random.Random) -> Iterator[Proposal]:
    """Who has to implement it: any place that says so will do."""
    body = (part for part in material.parts if part.provision.address.steps[0].level is not Level.PHU_LUC)
    said = [part for part in body if _IMPLEMENTS.search(part.own) and not part.amends]
    if said:
        wholes = [part.above[-1].address for part in said if part.above and part.above[-1].address in material.own]
        group = tuple(dict.fromkeys((*(part.address for part in said), *wholes)))
        question = worded("implementation", chance, doc=material.name)
        yield Proposal("implementation", "who", question, (group,), (), said[0].address)


def to_others(material: Material, chance: random.Random) -> Iterator[Proposal]:
    """What it replaces and repeals, and the laws that it rests on."""
    if material.metadata.kind == _CONSOLIDATED:
        return  # all of that was done by the document that it consolidates
    for form, kind in (("replaced", "thay thế"), ("repealed", "bãi bỏ")):
        numbers = [r.number for r in material.metadata.relations if r.kind == kind and r.number]
        found = [n for n in dict.fromkeys(numbers) if re.search(r"[/-]", n)]
        gold = [part for part in material.parts if found and all(_does(part, kind, number) for number in found)]
        if gold and len(found) <= _MOST_FACTS:
            question = worded(form, chance, doc=material.name)
            group = tuple(part.address for part in gold)
            yield Proposal(form, "relation", question, (group,), tuple(found), gold[0].address)
    for part in material.parts:
        if part.provision.address.last.label == _BASIS and not part.above:
            facts = _laws(part.own)
            if facts:
                question = worded("basis", chance, doc=material.name)
                yield Proposal("basis", "relation", question, ((part.address,),), facts, "head")


def _laws(basis: str) -> tuple[str, ...]:
    """The first laws on which a document says that it rests, as they are written; amending ones aside."""
    named: dict[str, str] = {}
    for line in basis.splitlines():
        for mention in mentions(line):
            name = mention.name or ""
            # A law may also be named inside the title of a decree on which the document rests.
            rests = line[: mention.span.start].rstrip().endswith(("Căn cứ", ";"))
            if (
                rests
                and mention.kind in ("Luật", "Bộ luật")
                and name
                and name in line
                and "sửa đổi" not in name.lower()
            ):
                named.setdefault(fold(name), name)
    return tuple(named.values())[:_MOST_FACTS]


def _does(part: Part, kind: str, number: str) -> bool:
    """Whether a provision says of the number that this is done to its document."""
    return any(number in sentence and kind in sentence.lower() for sentence in part.sentences())
