"""Questions for the body that a sentence makes responsible."""

from __future__ import annotations

import random
import re
from typing import Final

from policy_qa.evaluation.drafting.fitting import BODIES, LEAST, VERBS, fitting, proposed
from policy_qa.evaluation.drafting.material import Material, Part, content_words
from policy_qa.evaluation.drafting.wordings import Proposal, worded
from policy_qa.reading.vietnamese import CAPITALS

_CHAIRS: Final = re.compile(
    rf"chủ trì,? phối hợp(?: chặt chẽ)? với [^;.:]{{3,120}}? (?!tổ chức(?:,| khác| có| cá nhân))(?=(?:{VERBS})\b)"
)
_NO_VERB: Final = (
    r"(?!cấp (?:tỉnh|huyện|xã|bộ|trên|dưới|trung ương|có thẩm quyền)|quản lý (?:nhà nước|chuyên ngành|thị trường|Quỹ|dự án|khu)"
    r"|(?:xây dựng|thanh tra|đăng ký|hỗ trợ) (?:tỉnh|kinh doanh|việc làm|của))"
)
"""Verbs that are part of a body's name: "cơ quan quản lý nhà nước", "Ủy ban nhân dân cấp tỉnh"."""
_DOES: Final = re.compile(
    rf"(?P<body>(?:{BODIES})(?: [^\d;.:,]{{2,70}}?)?) {_NO_VERB}"
    rf"(?P<does>(?<!các )(?:có trách nhiệm |chịu trách nhiệm |phải |có thẩm quyền )?(?:{VERBS})\b[^;.:]{{10,}})"
)
_NO_BODY: Final = re.compile(
    r"\b(?:cho|do|để|là|được|có|phải|đã|khi|nếu|theo|tại|này|trong|với|bị|tập huấn|căn cứ|không|hoặc|thấy|sẽ|giao|họp|quy định|việc|chỉ|tham gia)\b"
)
"""Words after which it is no longer the body's name."""
_FURTHER: Final = re.compile(
    r", (?=(?:trong|theo|để|nhằm|trừ|bảo đảm|đảm bảo|phù hợp|kể từ|đồng thời|trên cơ sở|gửi|báo cáo|trình|tại|khi|nếu|trường hợp|bao gồm)\b)|[;.:]"
)
"""What begins a clause without which the one before is whole; at another comma an enumeration goes on."""
_DONE: Final = re.compile(
    rf"(?P<what>[{CAPITALS}][^,;.:\d]{{8,80}}?) (?:sẽ |được |)do (?P<body>(?:{BODIES})(?: [^\d;.:,]{{2,60}}?)?)"
    rf" (?P<does>(?:{VERBS})(?: [^\W\d]+){{0,3}}?)(?=[,;.]|$)"
)
_CUT: Final = re.compile(
    r" (?:theo quy định|để|nhằm|trong việc|thuộc|đối với|trên địa bàn|theo|trong|tại|trước|cho|về)\b"
)
"""Before these words a long clause may end."""
_SAYS_LITTLE: Final = re.compile(rf"^(?:phối hợp|thực hiện theo)|(?:{VERBS}|khác|ý kiến)$")
"""A task of others, or one of which the object has been cut off."""
_PERSONS: Final = ("Bộ trưởng", "Chủ tịch", "Thủ tướng", "Giám đốc", "Tổng Giám đốc", "Tư lệnh", "Thống đốc")
_LONGEST: Final = 18
_SHORTEST_BODY: Final = 3
_LONGEST_BODY: Final = 10
_LONGEST_COPIED: Final = 11


def who(material: Material, part: Part, sentence: str, chance: random.Random) -> Proposal | None:
    """Asks for the body before its task: "Bộ X chủ trì kiểm tra …" → "Cơ quan nào chủ trì kiểm tra …"."""
    match = _DOES.match(sentence)
    if not match or not _is_body(match["body"]):
        return None
    body, does = match["body"], _shortened(_FURTHER.split(_CHAIRS.sub("chủ trì ", match["does"]))[0].strip())
    told = len(does.split()) <= _LONGEST and len(content_words(does)) >= LEAST - 1
    if not told or _SAYS_LITTLE.search(does):
        return None
    asked = "ai" if body.startswith(_PERSONS) else "cơ quan nào"
    question = worded("who", chance, doc=material.name, asked=asked, does=does)
    return fitting(material, part, does, does, proposed("who", "who", question, part, body))


def _is_body(name: str) -> bool:
    """Whether it can be a body's whole name; "Hội đồng" alone may be many."""
    short = len(name.split()) < _SHORTEST_BODY and not name.startswith(("Chính phủ", "Quốc hội", "Thủ tướng"))
    return not short and len(name.split()) <= _LONGEST_BODY and not _NO_BODY.search(name)


def _shortened(does: str) -> str:
    """A long clause without its last words, from where it may end."""
    if len(does.split()) <= _LONGEST_COPIED:
        return does
    cuts = [m.start() for m in _CUT.finditer(does) if LEAST < len(does[: m.start()].split()) <= _LONGEST_COPIED]
    return does[: cuts[-1]] if cuts else does


def by_whom(material: Material, part: Part, sentence: str, chance: random.Random) -> Proposal | None:
    """Asks for the body behind "do": "X do Bộ Y thành lập" → "X do cơ quan nào thành lập"."""
    match = _DONE.match(sentence)
    if not match or not _is_body(match["body"]) or len(match["what"].split()) < LEAST - 1:
        return None
    asked = "ai" if match["body"].startswith(_PERSONS) else "cơ quan nào"
    what = material.inside(match["what"])
    question = worded("by whom", chance, doc=material.name, what=what, asked=asked, does=match["does"])
    return fitting(material, part, match[0], match["what"], proposed("by whom", "who", question, part, match["body"]))
