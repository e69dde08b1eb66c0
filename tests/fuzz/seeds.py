"""Small real files to mutate: some made here, and the smaller ones of the shared samples where they lie."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import docx
import hostile
import pypdf

SHARED = Path(__file__).parents[2].parent / "shared" / "data"
PDF_PAGES = 2
HTML_BYTES = 120_000

TEXT = """ỦY BAN NHÂN DÂN TỈNH HẢI ĐẢO
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 77/QĐ-UBND
Hải Đảo, ngày 05 tháng 4 năm 2031
QUYẾT ĐỊNH
Về việc trồng rừng ngập mặn
Căn cứ Luật Rừng ngập mặn số 12/2029/QH17 ngày 9 tháng 5 năm 2029;
QUYẾT ĐỊNH:
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Rừng ven biển:
a) Đước;
b) Mắm, xem khoản 2 Điều 2 Quyết định này.
2. Rừng cửa sông.
Điều 2. Kinh phí
I. NGUỒN
1. Ngân sách tỉnh chi 15.000.000 đồng;
1.1. Chi thường xuyên;
- Chi khác.
2. Nguồn khác.
Điều 3. Hiệu lực
Quyết định này có hiệu lực từ ngày ký.
Nơi nhận:
- Như Điều 3;
- Lưu: VT.
CHỦ TỊCH
Trần Văn Hoa
PHỤ LỤC I
DANH MỤC
1. Cây đước
2. Cây mắm
"""
DIGEST = """---
number: 88/QĐ-UBND
date: 2031-06-07
kind: Quyết định
issuer: Ủy ban nhân dân tỉnh Hải Đảo
title: về vườn ươm cây ngập mặn
signer: Trần Văn Hoa
text_kind: digest
nicknames: [Quyết định vườn ươm]
relations:
  - {kind: căn cứ, number: 12/2029/QH17}
gaps:
  - part: Phụ lục
    topics: [giá cây]
sources: [https://example.org/88]
---
# Điều 1. Phạm vi
## Khoản 1
Vườn ươm của tỉnh **rộng** 5 ha, xem [trang này](https://example.org).
## Khoản 2
| Cây | Số |
|---|---|
| Đước | 100 |
# Điều 2. Hiệu lực
- một
- hai
"""


@dataclass(frozen=True, slots=True)
class Seed:
    """A file's name and bytes; the suffix tells how it is mutated."""

    name: str
    data: bytes

    @property
    def suffix(self) -> str:
        """`.pdf`, `.docx`…, in lower case."""
        return Path(self.name).suffix.lower()


@cache
def seeds() -> list[Seed]:
    """All seeds in a fixed order, so that a number always means the same mutation of the same file."""
    made = [
        Seed("made.txt", TEXT.encode()),
        Seed("made-16.txt", TEXT.encode("utf-16")),
        Seed("made.md", DIGEST.encode()),
        Seed("made.html", _page()),
        Seed("made.docx", _word()),
        Seed("made.pdf", hostile.pages(2, 12)),
        Seed("object-stream.pdf", hostile.object_stream_bomb(0)),
        Seed("forms.pdf", hostile.doubling_forms(2)),
    ]
    return [*made, *_shared()]


def _shared() -> Iterator[Seed]:
    for path in sorted((SHARED / "docx").glob("*.docx")):
        yield Seed(path.name, path.read_bytes())
    for path in sorted((SHARED / "pdf").glob("*.pdf")):
        yield Seed(path.name, _first_pages(path))
    for path in sorted((SHARED / "html").glob("*.html")):
        data = path.read_bytes()
        start = max(data.find(b"prov-") - HTML_BYTES // 4, 0)
        yield Seed(path.name, b"<!DOCTYPE html><html><body>" + data[start : start + HTML_BYTES])
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        yield Seed(path.name, path.read_bytes())


def _first_pages(path: Path) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.append(str(path), pages=(0, PDF_PAGES))
    writer.write(out)
    return out.getvalue()


def _page() -> bytes:
    rows = "".join(f"<p class='prov-item' data-level='2'>{line}</p>\n" for line in TEXT.split("\n"))
    table = (
        "<table border=1><tr><td rowspan=2>STT</td><th colspan=2>Tên</th></tr><tr><td>1</td><td>Đước</td></tr></table>"
    )
    head = "<meta charset='utf-8'><title>Quyết định</title><script>var a = '<p>';</script>"
    return f"<!DOCTYPE html><html><head>{head}</head><body><div id='toanvancontent'>{rows}{table}</div></body></html>".encode()


def _word() -> bytes:
    document = docx.Document()
    for line in TEXT.split("\n"):
        style = "List Number" if line[:1].isdigit() else "Heading 1" if line.startswith("Điều") else None
        document.add_paragraph(line, style=style)
    table = document.add_table(rows=3, cols=3)
    for cell in table.columns[0].cells:
        cell.text = "Ô bảng"
    table.cell(0, 0).merge(table.cell(1, 1))
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return packed({name: archive.read(name) for name in archive.namelist()})


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive of these files, the same bytes whenever it is made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
