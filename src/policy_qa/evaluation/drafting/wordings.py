"""How drafts are worded: the templates of every kind of question in one table.

`{doc}` is the document as an officer names it; the other fields are words of the provision, as they stand inside a
sentence. Where a form has several templates, chance picks one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from policy_qa.answer import Reason
from policy_qa.evaluation.questions import Kind

TEMPLATES: Final[Mapping[str, tuple[str, ...]]] = {
    # the head of the document
    "date of issue": ("{doc} ban hành ngày nào?", "{doc} được ký ban hành vào ngày tháng năm nào?"),
    "date of passing": ("{doc} được thông qua ngày nào?", "{doc} ban hành ngày tháng năm nào?"),
    "issuer": ("{doc} do cơ quan nào ban hành?", "Cơ quan nào ban hành {doc}?"),
    "signer": ("Ai ký {doc}?", "{doc} do ai ký?"),
    "number": ("{Kind} {title} có số hiệu là bao nhiêu?", "{Kind} {title} mang số mấy?"),
    "title": ("{doc} nói về việc gì?", "Tên đầy đủ của {doc} là gì?"),
    # to other documents
    "replaced": ("{doc} thay thế văn bản nào?", "{doc} ra đời thì văn bản nào bị thay thế?"),
    "repealed": ("{doc} bãi bỏ văn bản nào?", "Những văn bản nào bị {doc} bãi bỏ?"),
    "basis": ("{doc} căn cứ vào những luật nào?", "Phần căn cứ của {doc} viện dẫn những luật nào?"),
    # dates and figures
    "in force": ("{doc} có hiệu lực từ ngày nào?", "Từ ngày nào thì áp dụng {doc}?"),
    "deadline": ("Theo {doc}, {clause}?",),
    "term": (
        "Theo {doc}, {who} phải {what} trong bao lâu{since}?",
        "{who} phải {what} trong bao lâu{since} theo {doc}?",
    ),
    "amount": ("Theo {doc}, {what} là {measure}?",),
    "term of": ("Theo {doc}, đối với {topic} thì {who} phải {what} trong bao lâu?",),
    "amount of": ("Theo {doc}, đối với {topic} thì {what} là {measure}?",),
    "figure": ("Theo {doc}, {clause}?", "{clause} theo {doc}?"),
    # who
    "who": ("{asked} {does} theo {doc}?", "Theo {doc}, {asked} {does}?"),
    "by whom": ("Theo {doc}, {what} do {asked} {does}?", "{what} do {asked} {does} theo {doc}?"),
    "duties": ("{who} có trách nhiệm gì theo {doc}?", "{doc} giao trách nhiệm gì cho {who}?"),
    "tasks": ("{doc} giao {who} những nhiệm vụ gì?", "Theo {doc}, {who} phải làm những việc gì?"),
    "implementation": ("Ai chịu trách nhiệm thi hành {doc}?", "Những cơ quan nào phải thi hành {doc}?"),
    "competence": ("Ai có thẩm quyền {what} theo {doc}?", "Theo {doc}, cơ quan nào có thẩm quyền {what}?"),
    # lists
    "rights": ("{who} có những {which} gì theo {doc}?", "Theo {doc}, {who} có những {which} nào?"),
    "scope of persons": ("{doc} áp dụng cho những đối tượng nào?", "Những ai thuộc đối tượng áp dụng của {doc}?"),
    "prohibited": ("{doc} nghiêm cấm những hành vi nào?", "Những hành vi nào bị cấm theo {doc}?"),
    "papers": ("Hồ sơ {what} gồm những giấy tờ gì theo {doc}?", "Theo {doc}, hồ sơ {what} cần những giấy tờ nào?"),
    "steps": ("Trình tự, thủ tục {what} theo {doc} thế nào?", "Theo {doc}, thủ tục {what} được thực hiện ra sao?"),
    "conditions": ("Điều kiện {what} theo {doc} là gì?", "Theo {doc}, có những điều kiện {what} nào?"),
    "conditions of": ("{who} phải đáp ứng những điều kiện gì theo {doc}?",),
    "principles": ("Nguyên tắc {what} theo {doc} là gì?", "{doc} đặt ra những nguyên tắc {what} nào?"),
    "general principles": ("{doc} nêu những nguyên tắc chung nào?",),
    "contents": ("Nội dung {what} theo {doc} gồm những gì?", "Theo {doc}, nội dung {what} có những gì?"),
    "forms": ("Theo {doc}, có những hình thức {what} nào?", "{doc} quy định những hình thức {what} nào?"),
    "cases": ("Theo {doc}, có những trường hợp {what} nào?",),
    "comprises": ("{what} theo {doc} gồm những gì?", "Theo {doc}, {what} bao gồm những gì?"),
    "objectives": ("{which} của {doc} là gì?",),
    # definitions
    "definition": (
        "Thế nào là {term} theo {doc}?",
        "Theo {doc}, {term} được hiểu là gì?",
        "{doc} định nghĩa {term} thế nào?",
    ),
    # what a place says
    "place": ("{place} {doc} quy định gì?", "{place} {doc} nói gì?", "Nội dung {place} {doc} là gì?"),
    # content
    "scope": ("{doc} điều chỉnh những vấn đề gì?", "Phạm vi điều chỉnh của {doc} là gì?"),
    "scope of both": ("{doc} điều chỉnh việc gì và áp dụng cho ai?",),
    "transition": ("Quy định chuyển tiếp của {doc} thế nào?",),
    "violations": ("Vi phạm {doc} thì bị xử lý thế nào?", "{doc} quy định xử lý vi phạm ra sao?"),
    "funds": ("Kinh phí thực hiện {doc} lấy từ đâu?", "Nguồn kinh phí để thực hiện {doc} từ đâu ra?"),
    "basis for": ("Căn cứ {what} theo {doc} là gì?",),
    "governed": ("{doc} quy định thế nào về {what}?", "Theo {doc}, {what} được quy định ra sao?"),
    # not answerable
    "no such article": ("Điều {label} {doc} quy định gì?", "Điều {label} của {doc} nói về việc gì?"),
    "no such clause": ("Khoản {label} {place} {doc} quy định gì?", "{doc} quy định gì tại khoản {label} {place}?"),
    "body not named": ("{doc} giao {who} những nhiệm vụ gì?", "{who} có trách nhiệm gì theo {doc}?"),
    "not the issuer": ("{doc} của {who} ban hành ngày nào?", "{who} ban hành {doc} ngày nào?"),
    "not told": ("{asked}",),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question that could be asked, with the addresses that answer it.

    `form` names its template, `place` the part of the document that it is about (for spreading). `gold` are groups of
    addresses as in `Question.gold`; a proposal without gold is not answerable, for `reason`. `facts` stand in gold.
    """

    form: str
    kind: Kind
    question: str
    gold: tuple[tuple[str, ...], ...] = ()
    facts: tuple[str, ...] = ()
    place: str = ""
    reason: Reason | None = None


def worded(form: str, chance: random.Random, **fields: str) -> str:
    """A question of the form, its first letter a capital, with single spaces."""
    said = chance.choice(TEMPLATES[form]).format(**fields)
    said = re.sub(r"\s+", " ", said).strip()
    said = re.sub(r"\s+([,?])", r"\1", said)
    return said[:1].upper() + said[1:]
