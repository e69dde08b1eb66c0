"""From when a document is in force: (its words, the day it was issued, the first day, the last day)."""

from __future__ import annotations

import datetime

import pytest

from policy_qa.answering.effect import Effect, effect

ISSUED = "2024-12-20"
ROWS = [
    ("Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 4 năm 2025.", "2025-04-01", None),
    ("1. Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025, trừ khoản 2 Điều này.", "2025-07-01", None),
    ("Điều 2. Quyết định này có hiệu lực từ 15/3/2025.", "2025-03-15", None),
    ("a) Thông tư này có hiệu lực, kể từ ngày 5/1/2025", "2025-01-05", None),
    ("Một câu. Chỉ thị này có hiệu lực từ ngày ký.", ISSUED, None),
    ("Quyết định này có hiệu lực thi hành kể từ ngày ký ban hành.", ISSUED, None),
    ("Quyết định này có hiệu lực từ ngày ký ban hành đến hết ngày 31/12/2026.", ISSUED, "2026-12-31"),
    ("Quyết định này có hiệu lực sau 45 ngày, kể từ ngày ký.", "2025-02-03", None),
    ("Quyết định này có hiệu lực sau 45 (bốn mươi lăm) ngày kể từ ngày ký.", "2025-02-03", None),
    ("Nghị quyết này có hiệu lực từ ngày 01/01/2025 đến hết ngày 31/12/2026.", "2025-01-01", "2026-12-31"),
    (
        "Nghị quyết này có hiệu lực từ ngày 01/01/2025 và được thực hiện cho đến ngày 30 tháng 6 năm 2027.",
        "2025-01-01",
        "2027-06-30",
    ),
    ("Nghị quyết này có hiệu lực từ ngày 01/01/2025 đến hết ngày 31/12/2020.", "2025-01-01", None),
    # of a part, of another document, in passing, quoted
    ("Quy định tại Điều 19 Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026.", None, None),
    ("Các hồ sơ nộp trước ngày Luật này có hiệu lực thi hành từ ngày 01/7/2025 thì dùng tiếp.", None, None),
    ("Hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.", None, None),
    ("Sửa Điều 9 như sau:\n“Điều 9. Luật này có hiệu lực từ ngày 01/7/2030.”", None, None),
    ('Sửa Điều 9 như sau:\n"Điều 9. Luật này có hiệu lực từ ngày 01/7/2030."', None, None),
    ('"Vườn" là nơi trồng hoa. Luật này có hiệu lực từ ngày 01/7/2030.', "2030-07-01", None),
    ("Luật này có hiệu lực từ ngày 31/02/2025.", None, None),
    ("Nghị định này có hiệu lực từ ngày Công ước có hiệu lực, dự kiến 01/7/2030.", None, None),
    ("Quy chế này có hiệu lực từ ngày 01/3/2025.\nQuyết định này có hiệu lực từ ngày 01/4/2025.", "2025-04-01", None),
    ("", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("words", "since", "until"), ROWS)
def test_what_the_document_says_of_itself(words: str, since: str | None, until: str | None) -> None:
    day = datetime.date.fromisoformat
    text = f"Điều 1. Phạm vi\nVườn ươm.\n{words}\nNơi nhận: như trên."
    assert effect(text, ISSUED) == Effect(day(since) if since else None, day(until) if until else None)


def test_the_day_of_issue_must_be_known_where_it_counts() -> None:
    for issued in (None, "2024", ""):
        assert effect("Quyết định này có hiệu lực từ ngày ký.", issued) == Effect()
    assert effect("Quyết định này có hiệu lực sau 45 ngày, kể từ ngày ký.", "9999-12-31") == Effect()


def test_a_long_hostile_line_takes_no_time() -> None:
    assert effect("Luật này có hiệu lực từ " * 20_000 + ". ; : " * 20_000) == Effect()
