"""Invented laws and decrees, with heads and signatures as real ones have."""

from __future__ import annotations

DECREE = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: {number}
Hà Nội, ngày {date}
{kind}
{title}
Căn cứ Luật Hoa cỏ ngày 14 tháng 6 năm 2019;
Điều 1. Phạm vi
Một câu về vườn hoa.
Điều 2. Hiệu lực
{effect}
TM. CHÍNH PHỦ
THỦ TƯỚNG
Trần Văn Hoa
"""
LAW = """QUỐC HỘI
Luật số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LUẬT
HOA CỎ
Quốc hội ban hành Luật Hoa cỏ.
Điều 1. Phạm vi
Luật này nói về hoa trồng ven đường.
Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam thông qua ngày {date}.
CHỦ TỊCH QUỐC HỘI
Lê Thị Cúc
"""


def law(number: str, date: str) -> str:
    """A Luật Hoa cỏ; `date` as printed."""
    return LAW.format(number=number, date=date)


def decree(number: str, date: str, title: str = "Về vườn hoa", effect: str = "Từ ngày ký.") -> str:
    """A decree, or a decision by its number; `date` as printed, `effect` the words of its last article."""
    kind = "QUYẾT ĐỊNH" if "QĐ" in number else "NGHỊ ĐỊNH"
    return DECREE.format(number=number, date=date, kind=kind, title=title, effect=effect)
