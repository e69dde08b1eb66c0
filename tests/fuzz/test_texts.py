"""Any text at all, with any headings, pages and front matter, parses to a tree that tiles it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sound import assert_sound

from policy_qa.document import JSON, Box, Heading, Line, Marginal, Page, SourceText, Span
from policy_qa.errors import BadCorpus
from policy_qa.reading.source import tidy
from policy_qa.structure import parse

pytestmark = pytest.mark.slow

LABELS = st.sampled_from(
    ["Điều 1.", "Điều 5a.", "ĐIỀU 2:", "Điều", "Điều 999999999999.", "Khoản 1", "Chương I", "CHƯƠNG XIV", "Mục 1", "Tiểu mục 2.", "Phần thứ nhất", "PHỤ LỤC",
     "Phụ lục I-A", "Mẫu số 01", "I.", "II-", "iv)", "1.", "1.1.", "1.1.1.1.", "0.", "007.", "2,", "a)", "a1)", "đ)", "aa)", "-", "–", "+", "•", "“", "”", "\"",
     "Căn cứ", "Nơi nhận:", "QUYẾT ĐỊNH:", "NGHỊ QUYẾT", "LUẬT", "Số: 12/QĐ-TTg", "Số:", "KT. BỘ TRƯỞNG", "TM. CHÍNH PHỦ", "ĐẢNG CỘNG SẢN VIỆT NAM", "|", "[1]", "(*)"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["hoa nở trên đảo", "của Luật Báo chí", "ngày 31 tháng 02 năm 2031", "khoản 1 và 2 Điều này", "các điểm a, b và c khoản 3 Điều 4 Nghị định số 5/2030/NĐ-CP", "sửa đổi, bổ sung",
     "được thay thế bởi", "như sau:", "“Điều 7. Tên mới", "15.000.000 đồng", "TÊN IN HOA", "A | B | C", ";", ".", "...", "Trần Văn Hoa", "(Ban hành kèm theo Quyết định số 1/QĐ-TTg)",
     "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Hà Nội, ngày 1 tháng 2 năm 2031"]
)  # fmt: skip
ODD = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)


@st.composite
def lines(draw: st.DrawFn) -> str:
    parts = draw(st.lists(LABELS | WORDS | ODD, min_size=1, max_size=5))
    return draw(st.sampled_from([" ", "", "  ", "\t"])).join(parts)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Paragraphs as the readers give them: NFC, one a line; now and then one of them very often."""
    found = draw(st.lists(lines(), min_size=1, max_size=25))
    if draw(st.integers(0, 9)) == 0:
        found += [draw(lines())] * draw(st.integers(2, 60))
    return "\n".join(filter(None, map(tidy, found))) or "x"


@st.composite
def sources(draw: st.DrawFn, metadata: Mapping[str, JSON]) -> SourceText:
    """A text with headings on some of its lines, and perhaps pages and footnotes."""
    text = draw(texts())
    spans, at = [], 0
    for line in text.split("\n"):
        spans.append(Span(at, at + len(line)))
        at += len(line) + 1
    chosen = draw(st.sets(st.sampled_from(spans), max_size=8))
    headings = tuple(Heading(span, draw(st.integers(1, 6))) for span in sorted(chosen))
    pages: tuple[Page, ...] = ()
    printed: tuple[Line, ...] = ()
    if draw(st.booleans()):
        cut = draw(st.sampled_from(spans)).start
        pages = (Page(1, Span(0, cut), 595, 842), Page(2, Span(cut, len(text)), 595, 842))
        printed = tuple(Line(span, 1 + (span.start >= cut), Box(85, 700, 540, 712)) for span in spans)
    anchors = draw(st.lists(st.integers(0, len(text)) | st.none(), max_size=3))
    notes = tuple(Marginal("footnote", "Ghi chú.", mark=str(n), anchor=anchor) for n, anchor in enumerate(anchors, 1))
    media = "pdf" if pages else "markdown"
    return SourceText(text, "vi-du", "0" * 64, media, pages, printed, headings, notes, metadata)


@settings(max_examples=100, deadline=None)
@given(sources({}))
def test_official_texts_tile(source: SourceText) -> None:
    assert_sound(parse(source))


FIELDS = ("number", "date", "kind", "issuer", "title", "signer", "nicknames", "relations", "gaps", "sources", "note")
VALUES: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | ODD | WORDS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("kind", "part", "topics", "x")), inner)
    ),
    max_leaves=6,
)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_digests_are_parsed_or_refused(data: st.DataObject) -> None:
    chosen: dict[str, JSON] = data.draw(st.dictionaries(st.sampled_from(FIELDS), VALUES))
    proper: dict[str, JSON] = {
        "number": "88/QĐ-UBND",
        "date": "2031-06-07",
        "kind": "Quyết định",
        "issuer": "Ủy ban",
        "title": "về hoa",
    }
    source = data.draw(sources({**proper, **chosen, "text_kind": "digest"}))
    try:
        document = parse(source)
    except BadCorpus as error:
        assert "\n" not in str(error) and str(error).endswith(".")
        return
    assert_sound(document)


@pytest.mark.parametrize("paragraph", ["1.", "a) x", "- x", "Điều 1. x", "I. X", "Phụ lục I", "“x", "Căn cứ x;", "x"])
def test_the_same_paragraph_many_times(paragraph: str) -> None:
    text = "\n".join([paragraph] * 400)
    assert_sound(parse(SourceText(text, "vi-du.txt", "0" * 64, "text")))
