"""The words with which one document changes another: "Sửa đổi, bổ sung khoản 2 Điều 5 …", "Bãi bỏ Thông tư số …"."""

from __future__ import annotations

import re
from typing import Final

from policy_qa.structure import grammar

_S = r"\s{0,3}"  # unbounded blanks side by side would take quadratic time on a long one
LABEL: Final = (
    rf"\s{{0,3}}(?:(?:Điều|Chương|Mục|Phần|Tiểu mục)\s+\w{{1,6}}{_S}[.:]?{_S}"
    rf"|\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}[a-zđ]?{_S}[.)]{_S}|[a-zđ]\d?{_S}[.)]{_S}|[-–+•]{_S})?"
)
"""The label of a provision, if it has one."""

_VERB = r"(?:sửa đổi|bổ sung|bãi bỏ|hủy bỏ|huỷ bỏ|thay thế|đính chính|thay|bỏ|sửa)"
_KINDS = "|".join(grammar.KINDS)
_FILLER = (
    r"(?:(?:một số|các|toàn bộ|nội dung|lỗi \S+ \S+|lỗi|quy định tại|quy định|điều, khoản, điểm|tên gọi|tên|đoạn \S+|phần \S+)"
    r"\s+(?:(?:của|tại)\s+)?|,\s*)*"
)
COMMAND: Final = re.compile(
    rf"^{LABEL}(?P<verb>{_VERB})(?:\s*(?:,|và|,\s*và)\s*{_VERB})*\s+{_FILLER}"
    r"(?:điều|khoản|điểm|mục|tiểu mục|chương|phần|phụ lục|mẫu|biểu|bảng|cụm từ|từ|dấu|tiêu đề|căn cứ|gạch|đoạn"
    rf"|(?:{_KINDS})\s)",
    re.I,
)
"""A command at the start of a provision: a verb, and as its object a provision, words or a document."""

THROUGH: Final = re.compile(
    r"(?:sửa đổi|bổ sung|thay thế|bãi bỏ|đính chính)(?:\s+một số (?:điều|nội dung))?\s+(?:bởi|theo|tại|bằng)"
    r"(?:\s+quy định\s+(?:tại|của))?(?:\s+các)?\s+$",
    re.I,
)
"""What leads to the documents by which another was amended before: "đã được sửa đổi, bổ sung theo Luật số …"."""
