"""Invented documents, and what must hold of every parsed one."""

from policy_qa.document import Document, SourceText

STATE_HEAD = """THỦ TƯỚNG CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 4321/QĐ-TTg
Hà Nội, ngày 03 tháng 02 năm 2031
QUYẾT ĐỊNH
Phê duyệt Đề án trồng hoa trên các đảo
Căn cứ Luật Hoa cỏ số 12/2029/QH17;
Căn cứ Nghị định số 7/2030/NĐ-CP ngày 09 tháng 5 năm 2030 của Chính phủ về vườn hoa;
Theo đề nghị của Bộ trưởng Bộ Hoa cỏ.
QUYẾT ĐỊNH:
"""

STATE_END = """
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG
Trần Văn Hoa
"""


def make_source(text: str) -> SourceText:
    return SourceText(text, "vi-du.txt", "0" * 64, "text")


def assert_tiles(document: Document) -> None:
    """Roots cover the text; children lie inside parents, in order; no span begins or ends with white space."""
    text = document.source.text
    level = [(0, len(text), document.provisions)]
    at = 0
    for root in document.provisions:
        assert not text[at : root.span.start].strip()
        at = root.span.end
    assert not text[at:].strip()
    while level:
        start, end, provisions = level.pop()
        for provision in provisions:
            assert start <= provision.span.start < provision.span.end <= end
            start = provision.span.end
            words = provision.span.of(text)
            assert words == words.strip()
            level.append((provision.span.start, provision.span.end, provision.children))
    found = [provision.address for provision in document.walk()]
    assert len(set(found)) == len(found)
