"""Questions for the figure or the date in a sentence: terms, amounts, shares, deadlines."""

from __future__ import annotations

import random
import re
from typing import Final

from policy_qa.evaluation.drafting.fitting import BODIES, LEAST, LONGEST_QUESTION, VERBS, fitting, proposed
from policy_qa.evaluation.drafting.material import Material, Part, points_elsewhere
from policy_qa.evaluation.drafting.wordings import Proposal, worded

_NUMBER: Final = r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?"
_TIME: Final = r"ngày làm việc|ngày|tháng|năm|giờ|tuần|phút"
_COUNTED: Final = "thành viên|người|thương vụ|doanh nghiệp|tổ chức|cơ sở|sản phẩm|tỉnh|hội nghị|lớp|bài|cuộc|lần|điểm|bản|hộ|xã|huyện|trường|mô hình|dự án|tác phẩm|đầu sách|chương trình"
_WITHIN: Final = re.compile(
    rf"(?:Trong|trong) (?:thời hạn|vòng|thời gian) (?:không quá |tối đa )?(?P<fact>(?:{_NUMBER}) (?:{_TIME})),?"
    rf"(?P<since>,? (?:kể )?từ (?:khi|ngày|thời điểm) [^,;.:]{{5,70}})?, (?P<who>(?i:cơ quan|tổ chức|cá nhân|doanh nghiệp|thương nhân|người|chủ|đơn vị|bên|công ty|{BODIES})\b[^\d,;.:]{{0,60}}?)"
    rf" (?:có trách nhiệm |phải |thực hiện việc |tiến hành |)(?P<what>(?!cấp (?:phép|Giấy)[^,;.:]{{0,20}} (?:{VERBS})\b|quản lý nhà nước)(?:{VERBS})\b[^,;.:]{{4,70}})"
    r"(?=[;.]|$|, (?:trường hợp|đồng thời|nếu|theo|trừ|để)\b)"
)
_AMOUNT: Final = re.compile(
    rf"(?P<what>(?:Thời hạn|Thời gian|Mức|Số|Tỷ lệ|Tỉ lệ|Độ tuổi|Nhiệm kỳ|Tổng|Giá trị|Vốn|Diện tích|Phí|Chi phí|Kinh phí)\b[^,;.:\d()]{{0,70}}?)"
    rf"(?: là|:| bằng|)(?: (?P<bound>không quá|tối đa là|tối đa|tối thiểu là|tối thiểu|ít nhất là|ít nhất|không dưới|từ))?"
    rf" (?P<fact>(?:{_NUMBER})(?: ?%| (?:{_TIME})(?! \d)| (?:nghìn |triệu |tỷ )?đồng(?:/[\w ]{{2,14}}(?=[,;.]|$))?| tuổi| lần| người))"
    rf"(?! (?:tháng \d|năm \d{{4}}))"
)
_IN_PLACE: Final = re.compile(
    rf"(?P<before>[^;:.\d]{{0,110}}?)(?<!ngày )(?<!tháng )(?<!năm )(?<!quý )(?<!số )(?<!khoản )(?P<fact>(?!0?1 )(?:{_NUMBER})"
    rf"(?: ?%| (?P<unit>(?:{_TIME}|tuổi|{_COUNTED})\b|(?:nghìn |triệu |tỷ )?đồng(?:/[\w ]{{2,14}}(?=[,;.]|$))?)))(?! ?\d)"
    r"(?P<after>(?: [^,;.:\d]{2,60}(?=[;.]|$|, (?:trong|theo|để|nhằm|trừ|kể từ|đồng thời|trường hợp|nhưng|nếu|do)\b))?)(?=[,;.]|$)"
)
"""A clause at the beginning of a sentence, with the first figure in it."""
_OPEN: Final = re.compile(r"(?:Trong|Sau|Kể từ|Trường hợp|Đối với|Trước|Chậm nhất|Khi|Nếu|Phát hiện|Theo)\b")
"""How a clause begins that says nothing without the next."""
_STATES: Final = re.compile(
    r"(?:là|bằng|có|gồm|đạt|chi|trả|nộp|hưởng|dành|thu|đóng|chỉ tiêu|tối đa|tối thiểu|ít nhất|quá|mức|trong|thời hạn) $"
)
"""What stands before a figure that is stated, not only mentioned ("lao động nữ nuôi con dưới 12 tháng tuổi")."""
_EVERYDAY: Final = (
    ("có trách nhiệm", "phải"), ("không quá", "tối đa"), ("không vượt quá", "tối đa"), ("tối thiểu", "ít nhất"),
    ("trong thời hạn", "trong"), ("kể từ ngày", "từ ngày"), ("theo quy định của pháp luật", ""), ("theo quy định", ""),
)  # fmt: skip
"""Words of documents, and those of people who ask."""
_BY: Final = re.compile(
    r"(?P<before>[^,;.:\d]{10,80} (?:trước|chậm nhất là|chậm nhất|muộn nhất là) )(?P<fact>ngày \d{1,2} (?:tháng|/) ?\d{1,2}(?: năm \d{4})?(?: (?:hằng|hàng) năm)?)(?=[,;.]|$)"
)
_MUST_DO: Final = re.compile(
    r"\b(?:phải|có trách nhiệm|gửi|nộp|hoàn thành|báo cáo|trình|ban hành|công bố|lập|tổng hợp)\b"
)
_UNFINISHED: Final = re.compile(r"[^\w]$|\b(?:từ đủ|đủ|dưới|trên|hơn|cộng)$")
"""What an amount is not asked for by: "thời gian đóng từ đủ 12 tháng" tells for whom something holds."""
_LIMITS: Final = {
    "không quá": "tối đa", "tối đa": "tối đa", "không dưới": "tối thiểu", "ít nhất": "tối thiểu", "tối thiểu": "tối thiểu",
}  # fmt: skip
_LONGEST: Final = 18


def term(material: Material, part: Part, sentence: str, chance: random.Random) -> Proposal | None:
    """Asks how long who may take: "Trong thời hạn 15 ngày kể từ …, Sở X phải …"; with the topic where others take time, too."""
    match = _WITHIN.match(sentence)
    if not match:
        return None
    since = f" {match['since'].strip(' ,')}" if match["since"] else ""
    fields = {"since": since, "who": material.inside(match["who"]), "what": match["what"].strip()}
    question = worded("term", chance, doc=material.name, **fields)
    said, fact = match[0], match["fact"]
    if found := fitting(material, part, said, fields["what"], proposed("term", "figure", question, part, fact)):
        return found
    if topic := _topic(material, part):
        question = worded("term of", chance, doc=material.name, topic=topic, **fields)
        proposal = proposed("term of", "figure", question, part, fact)
        return fitting(material, part, said, fields["what"], proposal, part.topic)
    return None


def _topic(material: Material, part: Part) -> str:
    """The heading above, as it stands inside a question; empty where it is too long or points elsewhere."""
    topic = material.inside(part.topic)
    told = len(topic.split()) <= _LONGEST and not points_elsewhere(topic) and not topic.lower().startswith("đối với")
    return topic if told else ""


def amount(material: Material, part: Part, sentence: str, chance: random.Random) -> Proposal | None:
    """Asks how much or how long what a sentence begins with is: "Mức hỗ trợ …", "Thời hạn …"; with the topic where needed."""
    match = _AMOUNT.match(sentence)
    if not match or len(match["what"].split()) > _LONGEST or _UNFINISHED.search(match["what"]):
        return None
    timed = re.search(rf"(?:{_TIME})$", match["fact"]) is not None
    if timed and re.match(r"(?:Mức|Số|Tổng|Phí)\b", match["what"]):
        return None
    limit = _LIMITS.get((match["bound"] or "").removesuffix(" là"), "")
    fields = {
        "what": f"{material.inside(match['what'].strip())} {limit}",
        "measure": "bao lâu" if timed else "bao nhiêu",
    }
    question = worded("amount", chance, doc=material.name, **fields)
    said, phrase, fact = match[0], match["what"], match["fact"]
    if found := fitting(material, part, said, phrase, proposed("amount", "figure", question, part, fact)):
        return found
    if topic := _topic(material, part):
        question = worded("amount of", chance, doc=material.name, topic=topic, **fields)
        proposal = proposed("amount of", "figure", question, part, fact)
        return fitting(material, part, said, phrase, proposal, part.topic)
    return None


def figure(material: Material, part: Part, sentence: str, chance: random.Random) -> Proposal | None:
    """Asks for the figure in its place: "Hội đồng có 05 thành viên" → "Hội đồng có bao nhiêu thành viên"."""
    match = _IN_PLACE.match(sentence)
    if not match or len(match[0].split()) > LONGEST_QUESTION or _OPEN.match(sentence):
        return None
    # "40% mái chèo phải sơn lại" needs nothing before it; "60 ngày đối với Hội thi cấp tỉnh" does.
    if not _STATES.search(match["before"]) and (match["before"] or match["unit"]):
        return None
    before = re.sub(r"^(?:Phấn đấu|Bảo đảm|Đạt)(?: có)? ", "", match["before"])
    if len(before.split()) < LEAST - 1 and len(match["after"].split()) < LEAST:
        return None
    unit = match["unit"] or "phần trăm"
    if "đồng" in unit:
        each = unit.partition("/")[2]
        unit = f"tiền một {each}" if each else "tiền"
    clause = f"{material.inside(before) if before.strip() else ''}bao nhiêu {unit}{match['after']}".strip()
    for official, everyday in _EVERYDAY:
        clause = clause.replace(official, everyday)
    question = worded("figure", chance, doc=material.name, clause=clause)
    fact = match["fact"].partition("/")[0]
    phrase = match["before"].strip() or match["after"].strip()
    return fitting(material, part, match[0], phrase, proposed("figure", "figure", question, part, fact))


def deadline(material: Material, part: Part, sentence: str, chance: random.Random) -> Proposal | None:
    """Asks for the day before which something must be done."""
    match = _BY.match(sentence)
    if not match or not _MUST_DO.search(match["before"]):
        return None
    yearly = " hằng năm" if match["fact"].endswith("năm") and not re.search(r"năm \d{4}$", match["fact"]) else ""
    clause = f"{material.inside(match['before'])}ngày nào{yearly}"
    question = worded("deadline", chance, doc=material.name, clause=clause)
    return fitting(
        material, part, match[0], match["before"], proposed("deadline", "date", question, part, match["fact"])
    )
