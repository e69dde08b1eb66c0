from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outlines import make_document

from policy_qa.document import Document, Level, Span
from policy_qa.retrieval.passages import LEAF_LIMIT, PIECE_LIMIT, WHOLE_LIMIT, embedding_text, passages

LONG = "Cơ quan chủ trì gửi báo cáo đúng hạn. "


def addresses(document: Document) -> list[str]:
    return [p.id.partition("#")[2] for p in passages(document)]


@pytest.mark.parametrize(
    ("outline", "expected"),
    [
        ("điều=1|Phạm vi: Điều 1. Phạm vi", ["điều=1"]),
        # Khoản are units; the điều's heading has a passage of its own.
        (
            "điều=1|Phạm vi: Điều 1. Phạm vi\n  khoản=1: 1. Một.\n  khoản=2: 2. Hai.",
            ["điều=1", "điều=1;khoản=1", "điều=1;khoản=2"],
        ),
        # Điểm stay inside a short khoản, and inside a short điều without khoản.
        (
            "điều=1: Điều 1. Xin\n  khoản=1: 1. Gồm:\n    điểm=a: a) Một;\n    điểm=b: b) Hai.",
            ["điều=1", "điều=1;khoản=1"],
        ),
        ("điều=1: Điều 1. Gồm:\n  điểm=a: a) Một;\n  điểm=b: b) Hai.", ["điều=1"]),
        # ... not inside a long one.
        (
            f"điều=1: Điều 1. Gồm:\n  điểm=a: a) {LONG * 30}\n  điểm=b: b) {LONG * 30}",
            ["điều=1", "điều=1;điểm=a", "điều=1;điểm=b"],
        ),
        # A long điểm is cut further, a short one with dashes is not.
        (
            f"điều=1: Điều 1. Xin\n  khoản=1: 1. Gồm:\n    điểm=a: a) {LONG * 45}\n    điểm=b: b) Gồm:\n      gạch=1: - Một",
            ["điều=1", "điều=1;khoản=1", "điều=1;khoản=1;điểm=a", "điều=1;khoản=1;điểm=b"],
        ),
        # A dash directly under a mục is a unit of its own.
        ("mục=I|MỤC TIÊU: I- MỤC TIÊU\n  gạch=1: - Một\n  gạch=2: - Hai", ["mục=I", "mục=I;gạch=1", "mục=I;gạch=2"]),
        # An unnumbered heading cuts a điều up even when it is short.
        (
            "điều=1: Điều 1. Duyệt\n  đề mục=mục tiêu|Mục tiêu: Mục tiêu\n    gạch=1: - Một",
            ["điều=1", "điều=1;đề mục=mục tiêu", "điều=1;đề mục=mục tiêu;gạch=1"],
        ),
        ("đề mục=căn cứ: Căn cứ Luật;\nđiều=1: Điều 1. Một", ["đề mục=căn cứ", "điều=1"]),
        # One address twice: the second gets a mark.
        ("điều=1: Điều 1. Một\nđiều=1: Điều 1. Hai", ["điều=1", "điều=1~2"]),
    ],
)
def test_units(outline: str, expected: list[str]) -> None:
    assert addresses(make_document(outline)) == expected


@pytest.mark.parametrize(("text_kind", "expected"), [("official", ["điều=1"]), ("digest", ["điều=1", "đề mục=chữ ký"])])
def test_signature_is_left_out_of_official_texts_only(text_kind: str, expected: list[str]) -> None:
    document = make_document("điều=1: Điều 1. Một\nđề mục=chữ ký: BỘ TRƯỞNG", text_kind=text_kind)
    assert addresses(document) == expected


def test_heading_path_and_page() -> None:
    outline = """
chương=II|QUY ĐỊNH: Chương II
| QUY ĐỊNH
  điều=5|Kinh phí: Điều 5. Kinh phí
    khoản=1: 1. Ngân sách trung ương.
"""
    document = make_document(outline, pages=2)
    chapter, article, clause = passages(document)
    assert chapter.heading_path == ("Chương II QUY ĐỊNH",)
    assert article.heading_path == clause.heading_path == ("Chương II QUY ĐỊNH", "Điều 5. Kinh phí")
    assert clause.id == "12/QĐ-ABC@2024-05-06#điều=5;khoản=1"
    assert (chapter.page, clause.page) == (1, 2)
    assert embedding_text(clause) == "Điều 5. Kinh phí\n1. Ngân sách trung ương."
    assert embedding_text(article) == "Chương II QUY ĐỊNH\nĐiều 5. Kinh phí"


def test_closing_words_after_the_children_are_not_lost() -> None:
    document = make_document(f"điều=1: Điều 1. Gồm\n  khoản=1: 1. {LONG * 50}")
    text = document.source.text + "\nQuy định này áp dụng cho mọi cơ quan."
    article = document.provisions[0]
    longer = replace(
        document,
        source=replace(document.source, text=text),
        provisions=(replace(article, span=Span(0, len(text))),),
    )
    last = passages(longer)[-1]
    assert (str(last.address), last.text) == ("điều=1", "Quy định này áp dụng cho mọi cơ quan.")
    assert last.id.endswith("~2")


@pytest.mark.parametrize("unit", [LONG, "một đoạn không có dấu câu ", "x" * 90 + "\n", "y" * 100])
def test_an_overlong_leaf_is_cut_where_something_ends(unit: str) -> None:
    text = (unit * (9000 // len(unit))).strip()
    document = make_document("điều=1: Điều 1.")
    document = replace(
        document,
        source=replace(document.source, text=text),
        provisions=(replace(document.provisions[0], span=Span(0, len(text))),),
    )
    found = passages(document)
    assert [p.id.partition("#")[2] for p in found][:3] == ["điều=1", "điều=1~2", "điều=1~3"]
    assert all(PIECE_LIMIT // 2 <= len(p.text) <= PIECE_LIMIT for p in found[:-1])
    assert "".join("".join(p.text.split()) for p in found) == "".join(text.split())
    if unit is LONG:
        assert all(p.text.endswith("hạn.") for p in found)


def test_a_document_without_provisions_is_still_indexed() -> None:
    document = make_document("điều=1: Một câu trơn.")
    (passage,) = passages(replace(document, provisions=()))
    assert (str(passage.address), passage.text) == ("", "Một câu trơn.")


_words = st.sampled_from(["ngắn", LONG * 5, LONG * 50, "1.234 đồng; rồi. " * 120])


@st.composite
def _outlines(draw: st.DrawFn) -> str:
    lines: list[str] = []

    def grow(levels: list[str], depth: int) -> None:
        for n in range(draw(st.integers(0 if depth else 1, 3))):
            level = draw(st.sampled_from(levels))
            heading = draw(st.sampled_from(["", "Đầu đề"]))
            lines.append(
                f"{'  ' * depth}{level}={n + 1}{'|' + heading if heading else ''}: {heading} {draw(_words)}".rstrip()
            )
            rest = levels[levels.index(level) + 1 :]
            if rest:
                grow(rest, depth + 1)

    grow(["chương", "điều", "khoản", "điểm", "gạch"], 0)
    return "\n".join(lines)


@settings(max_examples=60, deadline=None)
@given(_outlines())
def test_passages_cover_every_word_verbatim_and_stay_within_a_dieu(outline: str) -> None:
    document = make_document(outline)
    text = document.source.text
    found = passages(document)
    covered = bytearray(len(text))
    for passage in found:
        assert passage.text == passage.span.of(text) == passage.text.strip()
        assert len(passage.text) <= LEAF_LIMIT
        home = [p for p in document.walk() if p.address == passage.address and passage.span in p.span]
        assert home, passage.id
        for other in document.walk():
            if other.address.steps and other.address.last.level is Level.DIEU:
                overlap = passage.span.start < other.span.end and other.span.start < passage.span.end
                assert not overlap or passage.span in other.span or other.span not in passage.span
        for at in range(passage.span.start, passage.span.end):
            assert not covered[at], "no word is indexed twice"
            covered[at] = 1
    assert all(covered[at] or text[at].isspace() for p in document.walk() for at in range(p.span.start, p.span.end))
    assert len({p.id for p in found}) == len(found)
    assert [p.span for p in found] == sorted(p.span for p in found)


def test_limits_are_as_documented() -> None:
    whole = make_document(f"điều=1: Điều\n  khoản=1: 1.\n    điểm=a: {'a' * (WHOLE_LIMIT - 3)}")
    assert addresses(whole) == ["điều=1", "điều=1;khoản=1"]
    over = make_document(f"điều=1: Điều\n  khoản=1: 1.\n    điểm=a: {'a' * (WHOLE_LIMIT - 2)}")
    assert addresses(over) == ["điều=1", "điều=1;khoản=1", "điều=1;khoản=1;điểm=a"]
