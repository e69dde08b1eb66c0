"""Invented documents for the page that shows how a document was read, and a reader of such pages."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reading.printed import Sheet

VOID = frozenset({"meta", "br", "input"})

DECREE = """THỦ TƯỚNG CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 58/2031/QĐ-TTg
Hà Nội, ngày 09 tháng 6 năm 2031
QUYẾT ĐỊNH
Ban hành quy định về đèn biển và người gác đèn
Căn cứ Luật Đèn biển số 14/2029/QH17;
Theo đề nghị của Bộ trưởng Bộ Biển đảo.
QUYẾT ĐỊNH:
Chương I
NHỮNG ĐIỀU CHUNG
Điều 1. Phạm vi điều chỉnh
Quyết định này quy định việc trông coi đèn biển.
Điều 2. Việc của người gác đèn
1. Người gác đèn thắp đèn trước khi mặt trời lặn:
a) Từ tháng tư đến tháng chín: 18 giờ;
b) Các tháng còn lại: 17 giờ, trừ trường hợp tại khoản 3 Điều này.
3. Đêm có sương mù, đèn được thắp sớm hơn một giờ.
Chương II
THI HÀNH
Điều 3. Sửa đổi Quyết định số 12/2025/QĐ-TTg
Sửa đổi khoản 2 Điều 5 như sau:
“2. Đèn được lau mỗi tuần một lần.
Thợ lau đèn ghi sổ.”.
Điều 4. Mức chi
Mức chi được tính như sau:
Việc | Mức chi | Ghi chú
Thắp đèn | 120.000 đồng | mỗi đêm
Lau đèn | 80.000 đồng | mỗi lần
Điều 6. Hiệu lực
Quyết định này có hiệu lực từ ngày 01 tháng 7 năm 2031; bãi bỏ điểm a khoản 1 Điều 2.
KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG
Trần Thị Hải Đăng
"""
"""Lacks khoản 2 of Điều 2, and Điều 5."""

HOSTILE = """ỦY BAN NHÂN DÂN TỈNH AN HẢI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 66/QĐ-UBND
An Hải, ngày 09 tháng 6 năm 2031
QUYẾT ĐỊNH
Về việc </title><script>window.hit=1</script> đặt tên đèn
Điều 1. <img src=x onerror=window.hit=1> "tên" & 'hiệu'
1. Đèn </p></div></main><script>window.hit=1</script> ]]> <!-- không đóng
2. Đèn \u202eđảo ngược\u202c và ẩn\u200bgiữa chữ, javascript:window.hit=1 “" onfocus=window.hit=1 autofocus x="”
a) <svg onload=window.hit=1> | <iframe src="https://example.org/"> | <style>*{display:none}</style>
Điều 2. <a href="javascript:window.hit=1">Bấm</a>
&lt;script&gt; &amp; ${1+1} {{7*7}} <base href="https://example.org/">
"""


def long_text(articles: int, clauses: int) -> str:
    """A law of so many điều with so many khoản each."""
    lines = [
        "QUỐC HỘI",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Luật số: 7/2031/QH19",
        "LUẬT",
        "Đèn biển",
    ]
    for article in range(1, articles + 1):
        lines.append(f"Điều {article}. Đèn thứ {article}")
        lines += [
            f"{clause}. Đèn thứ {article} được trông coi bởi {clause} người gác, mỗi người một đêm, theo lượt đã định trong sổ."
            for clause in range(1, clauses + 1)
        ]
    return "\n".join(lines)


def drawn(sheet: Sheet, path: Path) -> Path:
    """`DECREE` as a PDF of two pages with page numbers."""
    y, page = 70.0, 1
    for line in DECREE.strip().split("\n"):
        if y > 720 or line.startswith("3. Đêm"):
            sheet.centred(800, str(page), 10)
            sheet.next_page()
            y, page = 70.0, page + 1
        if line.isupper():
            sheet.centred(y, line)
            y += 18
        else:
            y = sheet.paragraph(y, line)
        y += 5
    sheet.centred(800, str(page), 10)
    return sheet.save(path)


class Shown(HTMLParser):
    """What a page shows: its elements with their attributes, and the words of the text as printed."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.blocks: dict[str, str] = {}
        self.text = ""
        self.words: dict[str, str] = {}  # of elements by name
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))
        if tag == "p" and self._within("main"):
            self._add("\n")

    def handle_endtag(self, tag: str) -> None:
        name, _ = self._open.pop()
        assert name == tag

    def handle_data(self, data: str) -> None:
        for tag, _ in self._open:
            self.words[tag] = self.words.get(tag, "") + data
        if self._within("main") and self._within("p"):
            self._add(data)

    def _add(self, words: str) -> None:
        self.text += words
        for _, attributes in self._open:
            if "p" in (attributes.get("class") or "").split():
                name = attributes.get("id") or "none"
                self.blocks[name] = self.blocks.get(name, "") + words

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)

    def having(self, name: str) -> list[dict[str, str | None]]:
        """The attributes of all elements of this class."""
        return [found for _, found in self.elements if name in (found.get("class") or "").split()]
