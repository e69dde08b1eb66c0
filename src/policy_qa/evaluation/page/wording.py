"""The Vietnamese words for what a report speaks of: kinds and styles of question, reasons, metrics."""

from __future__ import annotations

import datetime
from typing import Final

KINDS: Final = {
    "figure": "số liệu", "date": "ngày tháng", "who": "ai, cơ quan nào", "list": "liệt kê", "address": "điều khoản nêu tên",
    "identity": "số, tên văn bản", "relation": "quan hệ văn bản", "definition": "định nghĩa", "content": "nội dung",
}  # fmt: skip

STYLES: Final = {
    "plain": "thông thường", "no-diacritics": "không dấu", "abbreviation": "viết tắt", "english": "tiếng Anh",
    "colloquial": "lời nói hằng ngày",
}  # fmt: skip

REASONS: Final = {
    "no_text": "văn bản không có", "false_premise": "tiền đề sai", "opinion": "hỏi ý kiến", "out_of_scope": "ngoài phạm vi",
}  # fmt: skip

STATUSES: Final = {"answered": "đã trả lời", "partial": "trả lời một phần", "not_found": "từ chối"}

PERTURBATIONS: Final = {
    "no-diacritics": "bỏ dấu", "typo": "gõ sai một phím", "abbreviation": "viết tắt", "telex": "phím Telex còn sót",
    "english-names": "tên gọi tiếng Anh", "reorder": "đảo trật tự",
}  # fmt: skip

MEANINGS: Final = {
    "cited": "Câu trả lời dẫn đủ các điều khoản đúng, đến từng khoản, điểm.",
    "precision": "Trong các điều khoản được dẫn, bao nhiêu là đúng.",
    "facts": "Trong các số liệu, ngày, tên cần có, bao nhiêu được nêu.",
    "verbatim": "Lời trích có y nguyên trong điều khoản được dẫn.",
    "support": "Mỗi câu trong lời đáp có căn cứ ở chính điều khoản mà nó dẫn.",
    "refused": "Câu mà văn bản không trả lời thì hệ thống từ chối.",
    "wrongly_refused": "Câu có trả lời mà vẫn bị từ chối; càng thấp càng tốt.",
    "p95": "95 % số câu được trả lời trong thời gian này.",
}
"""What the deciding metrics mean, in a sentence each; these are the ones shown first."""

SHORT: Final = {
    "cited": "dẫn đúng điều khoản", "precision": "điều khoản dẫn là đúng", "facts": "đủ chi tiết chính",
    "verbatim": "trích nguyên văn", "support": "lời đáp có căn cứ", "refused": "từ chối đúng", "wrongly_refused": "từ chối nhầm",
}  # fmt: skip
"""Names of the deciding shares, short enough for a row of a plot."""


def moment(iso: str, *, here: bool = False) -> str:
    """`2026-11-26T12:08:00+00:00` as `12:08 ngày 26/11/2026 (UTC)`, or in this machine's time; anything else as it is."""
    try:
        read = datetime.datetime.fromisoformat(iso)
    except ValueError:
        return iso
    zone = f" ({read.tzname()})" if read.tzinfo and not here else ""
    read = read.astimezone() if here else read
    return f"{read:%H:%M} ngày {read.day}/{read.month}/{read.year}{zone}"
