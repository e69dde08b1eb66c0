"""What all questions from sentences must fulfil, and the words by which sentences are taken apart."""

from __future__ import annotations

import re
from typing import Final

from policy_qa.evaluation.drafting.material import Material, Part, points_elsewhere
from policy_qa.evaluation.drafting.wordings import Proposal
from policy_qa.evaluation.questions import Kind

VERBS: Final = (
    "ban hành|báo cáo|bố trí|chỉ đạo|công bố|cung cấp|cấp lại|cấp|cập nhật|gửi|hướng dẫn|hoàn thành|kiểm tra|kiến nghị|lập|"
    "nộp|phê duyệt|phối hợp|quyết định|quản lý|rà soát|theo dõi|thành lập|thẩm định|thông báo|thực hiện|tiếp nhận|tổ chức|"
    "tổng hợp|trình|trả lời|tham mưu|thanh tra|giám sát|xem xét|xây dựng|xử lý|xác nhận|đánh giá|đăng tải|đề xuất|bảo đảm|"
    "giải quyết|phân bổ|chi trả|công nhận|quy định|bổ nhiệm|đăng ký|lưu trữ|kết nối|phổ biến|bàn giao|thu hồi|đình chỉ|hỗ trợ|chủ trì"
)
"""Verbs with which a body's task begins."""
BODIES: Final = (
    "Bộ trưởng|Bộ|Sở|Ủy ban|Uỷ ban|Chủ tịch|Thủ tướng|Chính phủ|Cục|Tổng cục|Ban|Hội đồng|Ngân hàng|Tòa án|Toà án|Viện|"
    "Quốc hội|Văn phòng|Thanh tra|Giám đốc|Tổng Giám đốc|Cơ quan|Tư lệnh|Kiểm toán|Bảo hiểm|Đài|Công an|Quỹ|Trung tâm|Thống đốc|Thẩm phán"
)
"""First words of bodies and of those who head them."""
_NAMES: Final = re.compile(rf"(?:{BODIES}) ")
LEAST: Final = 5
"""So many words has what can be asked about."""
LONGEST_QUESTION: Final = 40
_SHORTEST_PHRASE: Final = 4
"""So many words say what is asked for without the heading above."""


def fitting(
    material: Material, part: Part, said: str, phrase: str, proposal: Proposal, topic: str = ""
) -> Proposal | None:
    """The proposal, if what it says points nowhere, is short, and is told by this provision alone.

    Args:
        material: the document.
        part: the provision that answers.
        said: the words of it that the question is made of.
        phrase: those of them that say what is asked for.
        proposal: the question, with one fact.
        topic: the heading that the question names as well.
    """
    if points_elsewhere(said) or len(proposal.question.split()) > LONGEST_QUESTION:
        return None
    (fact,) = proposal.facts
    unit = re.search(r"%|đồng|[^\W\d]+(?: làm việc)?$", fact)
    answer = _NAMES if proposal.kind == "who" else re.compile(rf"\d ?(?:[^\W\d]+ )?{unit[0] if unit else ''}")
    told = len(phrase.split()) >= _SHORTEST_PHRASE or topic
    return proposal if told and material.tells_alone(part, phrase, answer, topic) else None


def proposed(form: str, kind: Kind, question: str, part: Part, fact: str) -> Proposal:
    """A proposal that one provision answers with one fact."""
    return Proposal(form, kind, question, ((part.address,),), (fact,), part.address)
