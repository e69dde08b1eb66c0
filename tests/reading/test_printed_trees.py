"""Random trees, drawn as PDFs and read back, give the same provisions, each on the page and lines where it is drawn."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from printed import Sheet, check_invariants

from policy_qa.reading import read
from policy_qa.structure import parse

SENTENCES = st.sampled_from(
    [
        "Hoa nở trên đảo quanh năm.",
        "Người trồng hoa được hỗ trợ 1.000 đồng một gốc theo kế hoạch hằng năm của tỉnh và theo hướng dẫn của các sở, ban.",
        "Giá bán là 15-20 đồng; xem khoản 2 Điều 1 và số 12/2031/QĐ-UBND ngày 2 tháng 3 năm 2031 của Ủy ban nhân dân tỉnh về "
        "hoa cỏ trên các đảo xa bờ, trừ các đảo mà người dân đã tự trồng hoa trước ngày ấy.",
    ]
)
LETTERS = "abcdđe"
Lines = list[tuple[str, str]]


@st.composite
def bodies(draw: st.DrawFn) -> Lines:
    """Paragraphs with the address of the provision each begins ("" where it goes on)."""
    lines: Lines = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        lines += [(f"Điều {number}. Tên của điều", f"điều={number}"), (draw(SENTENCES), "")]
        for clause in range(1, draw(st.integers(0, 4)) + 1):
            lines.append((f"{clause}. {draw(SENTENCES)}", f"điều={number};khoản={clause}"))
            for k in range(draw(st.integers(0, 6))):
                lines.append((f"{LETTERS[k]}) {draw(SENTENCES)}", f"điều={number};khoản={clause};điểm={LETTERS[k]}"))
    return lines


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies(), st.booleans())
def test_a_drawn_tree_is_read_back(lines: Lines, numbered: bool) -> None:
    sheet = Sheet()
    y, page = 95.0, 1
    pages = []
    for text, _ in lines:
        if y > 700:
            sheet.next_page()
            page, y = page + 1, 95.0
        if y == 95.0 and numbered:
            sheet.centred(40, str(page))
        pages.append(page)
        y = sheet.paragraph(y, text) + 6
    with tempfile.TemporaryDirectory() as folder:
        source = read(sheet.save(Path(folder, "cay.pdf")))
    check_invariants(source)
    assert source.text.split("\n") == [text for text, _ in lines]
    found = list(parse(source).walk())
    assert [str(p.address) for p in found] == [address for _, address in lines if address]
    drawn = [number for number, (_, address) in zip(pages, lines, strict=True) if address]
    assert [source.page_at(p.span.start) for p in found] == drawn
