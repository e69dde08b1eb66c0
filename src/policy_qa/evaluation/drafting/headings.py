"""Questions from what stands over a provision: its heading, the lead of its list, the term it defines."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import Final

from policy_qa.citing.reference import extract
from policy_qa.citing.style import later_mention
from policy_qa.document import Level, Metadata
from policy_qa.evaluation.drafting.material import (
    LEGAL_LEVELS,
    Material,
    Part,
    content_words,
    points_elsewhere,
    without_label,
)
from policy_qa.evaluation.drafting.wordings import Proposal, worded
from policy_qa.evaluation.questions import Kind

_HEADINGS: Final[Sequence[tuple[str, str, Kind]]] = (
    (r"phạm vi điều chỉnh(?:,| và) đối tượng áp dụng", "scope of both", "content"),
    (r"phạm vi điều chỉnh", "scope", "content"),
    (r"đối tượng áp dụng", "scope of persons", "list"),
    (r"(?:các |những )?hành vi bị (?:nghiêm )?cấm|(?:các )?hành vi không được làm", "prohibited", "list"),
    (r"(?:quy định|điều khoản) chuyển tiếp", "transition", "content"),
    (r"xử lý vi phạm", "violations", "content"),
    (r"(?:nguồn )?kinh phí(?: (?:thực hiện|bảo đảm))?(?: (?:nghị định|quyết định|nghị quyết|đề án|chương trình))?", "funds", "content"),
    (r"trách nhiệm của (?P<who>.+)", "duties", "list"),
    (r"(?P<which>(?:quyền|nghĩa vụ|nhiệm vụ|quyền hạn)(?:(?:,| và) (?:quyền|nghĩa vụ|nhiệm vụ|quyền hạn|trách nhiệm))*) của (?P<who>.+)", "rights", "list"),
    (r"hồ sơ (?P<what>(?!và|,).+)", "papers", "list"),
    (r"(?:trình tự|thủ tục|trình tự,? (?:và )?thủ tục) (?P<what>(?!và|,).+)", "steps", "content"),
    (r"điều kiện (?:của|đối với) (?P<who>.+)", "conditions of", "list"),
    (r"điều kiện (?P<what>(?!và|,).+)", "conditions", "list"),
    (r"nguyên tắc(?: chung)?", "general principles", "list"),
    (r"(?:các )?nguyên tắc (?P<what>(?!và|,).+)", "principles", "list"),
    (r"thẩm quyền (?P<what>(?!của|và|,).+)", "competence", "who"),
    (r"(?:các )?hình thức (?P<what>(?!và|,).+)", "forms", "list"),
    (r"(?:các )?trường hợp (?P<what>(?!và|,).+)", "cases", "list"),
    (r"nội dung (?P<what>(?!và|,).+)", "contents", "list"),
    (r"căn cứ (?P<what>(?!và|,).+)", "basis for", "list"),
    (r"(?P<which>mục tiêu(?: (?:tổng quát|cụ thể|chung))?|quan điểm)", "objectives", "content"),
)  # fmt: skip
"""What a heading says, its form and kind; the first that fits the whole heading counts."""
_SILENT: Final = re.compile(
    r"\bkhác$|^(?:hiệu lực|trách nhiệm (?:tổ chức )?(?:thi hành|thực hiện)$|(?:tổ chức|trách nhiệm) thực hiện$|đối với|trường hợp|về |phê duyệt|tiêu ch|điều khoản thi hành|giải thích từ ngữ|sửa đổi|bổ sung|bãi bỏ|thay thế|đính chính|quy định chung|nội dung$"
    r"|trường hợp ngoại lệ|theo báo chí|chữ ký|thể thức|căn cứ$|mở đầu|nơi nhận|tên văn bản|quá trình|số, ngày|ban hành kèm)",
    re.IGNORECASE,
)
"""Headings that say nothing by which one would ask."""

_LISTS: Final[Sequence[tuple[str, str, Kind]]] = (
    (r"(?P<who>[^,:;]{4,70}?) có (?:các |những )?(?P<which>quyền|nghĩa vụ|trách nhiệm|nhiệm vụ|quyền hạn|quyền và nghĩa vụ|nhiệm vụ, quyền hạn)"
     r" (?:sau|sau đây|như sau):", "rights", "list"),
    (r"(?P<who>[^,:;]{4,70}?) phải (?:đáp ứng|có|bảo đảm|đủ) (?:đủ |đầy đủ )?(?:các |những )?điều kiện (?:sau|sau đây|như sau):", "conditions of", "list"),
    (r"(?P<what>[^:;]{6,80}?) (?:bao gồm|gồm|gồm có)(?: (?:các nội dung|những nội dung))?(?: (?:sau|sau đây|như sau))?:", "comprises", "list"),
    (r"(?P<what>[^,:;]{6,80}?) được (?:quy định|thực hiện|xác định) như sau:", "governed", "content"),
)  # fmt: skip
"""What leads a list, its form and kind."""

_DEFINED: Final = re.compile(
    r"[“\"]?(?P<term>[^“”\":;.]{2,90}?)[”\"]?\s*(?:\([^)]{1,80}\)\s*)?(?:được hiểu là|là) (?P<rest>\S.{15,})", re.DOTALL
)
_DEFINES: Final = re.compile(r"giải thích từ ngữ|giải thích thuật ngữ|khái niệm", re.IGNORECASE)
_DETAILS: Final = re.compile(
    r"quy định (?:chi tiết|cụ thể|việc|nội dung)?.{0,60}(?:điều|khoản) này|hướng dẫn .{0,40}(?:điều|khoản) này",
    re.IGNORECASE,
)
_BODY: Final = re.compile(
    r"(?:Bộ|Sở|Ủy ban|Uỷ ban|Ban|Ngân hàng|Văn phòng|Tổng cục|Cục|Thanh tra|Đài|Thông tấn xã|Hội đồng|Liên đoàn|Bảo hiểm|Tòa án|Viện|Các bộ) [^:;.]{3,80}"
)
_TASK: Final = re.compile(
    r"(?:chủ trì|phối hợp|tổ chức|xây dựng|hướng dẫn|chỉ đạo|rà soát|tham mưu|kiểm tra|theo dõi|nghiên cứu|triển khai|bố trí|có trách nhiệm|đề xuất|thực hiện|lập|báo cáo)\b",
    re.I,
)
"""How what a body has to do begins."""
_LEAST_TOPIC: Final = 2
_LEAST_BELOW: Final = 4
"""A short heading below a điều says only together with that of the điều what it is about."""
_LONGEST_HEADING: Final = 14
_LONGEST_TERM: Final = 10
_MOST_ITEMS: Final = 12
_LEAST_WORDS: Final = 12


def gold_of(material: Material, part: Part) -> tuple[tuple[str, ...], ...]:
    """The groups of a provision: itself, or each of its items with the whole as its alternative; none for overlong lists."""
    children = material.children(part)
    if len(children) != len(part.provision.children) or len(children) > _MOST_ITEMS:
        return ()
    items = [child for child in children if not _DETAILS.search(child.own)]
    return tuple((item.address, part.address) for item in items) if items else ((part.address,),)


def from_headings(material: Material, chance: random.Random) -> Iterator[Proposal]:
    """What headings promise: duties, conditions, papers, prohibited acts…; else what is laid down about them."""
    headed = [(part, content_words(part.heading)) for part in material.parts if part.heading]
    for part, words in headed:
        if not _can_be_asked_by(part):
            continue
        # "Hồ sơ đề nghị cấp Giấy phép" also asks for what "Hồ sơ đề nghị cấp Giấy phép sản xuất" stands over.
        if any(words <= other and beside.is_beside(part) for beside, other in headed):
            continue
        if gold := gold_of(material, part):
            below = part.provision.address.last.level is not Level.DIEU
            for proposal in _from_heading(material, part, gold, chance):
                if not below or material.is_plain(proposal.question, part):
                    yield proposal


def _can_be_asked_by(part: Part) -> bool:
    """Whether the heading of a provision says what it is about, to those who do not see where it stands."""
    heading, address = part.heading, part.provision.address
    own = not part.amends and not part.provision.reported and all(step.level in LEGAL_LEVELS for step in address.steps)
    least = 1 if address.last.level is Level.DIEU else _LEAST_BELOW
    fits = least <= len(heading.split()) <= _LONGEST_HEADING
    return own and fits and not _SILENT.search(heading) and not points_elsewhere(heading)


def _from_heading(
    material: Material, part: Part, gold: tuple[tuple[str, ...], ...], chance: random.Random
) -> Iterator[Proposal]:
    heading = part.heading
    for pattern, form, kind in _HEADINGS:
        match = re.fullmatch(pattern, heading, re.IGNORECASE)
        if match:
            if kind == "list" and len(gold) < 2:
                kind = "content"
            if match.groupdict().get("what") and not _is_topic(match["what"]):
                return
            fields = {name: _small(material, heading, value) for name, value in match.groupdict().items() if value}
            question = worded(form, chance, doc=material.name, **fields)
            yield Proposal(form, kind, question, gold, (), part.address)
            return
    if _BODY.fullmatch(heading) and len(gold) > 1:
        if not _TASK.match(without_label(material.children(part)[0].own)):
            return
        yield Proposal("tasks", "list", worded("tasks", chance, doc=material.name, who=heading), gold, (), part.address)
        return
    if len(heading.split()) > 1:
        question = worded("governed", chance, doc=material.name, what=material.inside(heading))
        yield Proposal("governed", "content", question, gold, (), part.address)


def _is_topic(words: str) -> bool:
    """Whether words say what a question is about: "Trình tự, thủ tục thực hiện" does not."""
    return len(words.split()) >= _LEAST_TOPIC and words.lower() not in ("thực hiện", "tiến hành", "áp dụng")


def _small(material: Material, heading: str, words: str) -> str:
    """Words of the heading inside a sentence; only its very first letter may have been made a capital."""
    if not heading.startswith(words):
        return words
    return material.inside(words) if " " in words else words.lower()


def from_lists(material: Material, chance: random.Random) -> Iterator[Proposal]:
    """What lists comprise, by the words that lead them."""
    for part in material.parts:
        if part.amends or not part.provision.children:
            continue
        lead = next(iter(part.sentences()), "")
        gold = gold_of(material, part)
        for pattern, form, kind in _LISTS:
            match = re.fullmatch(pattern, lead)
            if not match or not gold or points_elsewhere(lead.replace("sau đây", "")):
                continue
            fields = {name: material.inside(value) for name, value in match.groupdict().items()}
            question = worded(form, chance, doc=material.name, **fields)
            if len(gold) > 1 and material.is_plain(question, part):
                yield Proposal(form, kind, question, gold, (), part.address)
            break


def definitions(material: Material, chance: random.Random) -> Iterator[Proposal]:
    """The terms that a document defines."""
    for part in material.parts:
        if part.amends or not any(_DEFINES.search(above.heading) for above in (*part.above, part)):
            continue
        for sentence in part.sentences():
            match = _DEFINED.match(sentence)
            if match and len(match["term"].split()) <= _LONGEST_TERM and not points_elsewhere(match["term"]):
                term = material.inside(match["term"].strip(' ,“”"'))
                question = worded("definition", chance, doc=material.name, term=term)
                gold = gold_of(material, part)
                if gold:
                    yield Proposal("definition", "definition", question, gold, (), part.address)
            break


def places(material: Material, chance: random.Random) -> Iterator[Proposal]:
    """What a place says: the leaves that have something to say."""
    for part in material.parts:
        steps = part.provision.address.steps
        if part.provision.children or part.provision.reported or not all(s.level in LEGAL_LEVELS for s in steps):
            continue
        if (
            len(part.own.split()) < _LEAST_WORDS
            or _DETAILS.search(part.own)
            or (steps[0].level is Level.MUC and len(steps) > 2)
        ):
            continue
        place = later_mention(part.provision.address, Metadata(kind="@")).removesuffix(" @").rstrip(",")
        question = worded("place", chance, doc=material.name, place=place)
        named = [found.address for found in extract(question) if found.address]
        if named == [part.provision.address]:
            yield Proposal("place", "address", question, ((part.address,),), (), part.address)
