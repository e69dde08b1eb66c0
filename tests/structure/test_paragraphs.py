from collections.abc import Callable

import pytest

from policy_qa.document import Heading, SourceText, Span
from policy_qa.structure.paragraphs import paragraphs

Make = Callable[[str], SourceText]


def test_offsets_and_empty_lines(source: Make) -> None:
    text = "  một \n\n\thai\n"
    found, warnings = paragraphs(source(text))
    assert [(p.text, text[p.start : p.end]) for p in found] == [("một", "một"), ("hai", "hai")]
    assert warnings == []


@pytest.mark.parametrize(
    ("lines", "quoted"),
    [
        (["1. Sửa như sau:", "“2. Hai", "3. Ba”", "2. Tiếp"], [0, 1, 1, 0]),
        (["1. Sửa như sau: “2. Hai", "3. Ba.”.", "2. Tiếp"], [0, 1, 0]),
        (["1. Cụm từ “hoa” thay bằng “lá”.", "2. Tiếp"], [0, 0]),
        (["1. Sửa như sau:", '"2. Hai', '3. Ba"', "2. Tiếp"], [0, 1, 1, 0]),
        (["“Điều 5. Có “nháy” bên trong", "1. Một”;", "2. Tiếp"], [1, 1, 0]),
        (["1. Một từ “chưa đóng", "2. Hai", "3. Ba"], [0, 0, 0]),
    ],
)
def test_quotations(source: Make, lines: list[str], quoted: list[int]) -> None:
    found, _ = paragraphs(source("\n".join(lines)))
    shown = [int(p.quoted) for p in found]
    if "như sau: “" in lines[0]:
        quoted = [0, 1, 0]
    assert shown == quoted


def test_a_forgotten_mark_does_not_swallow_the_rest(source: Make) -> None:
    found, warnings = paragraphs(source("1. Sửa như sau:\n“2. Hai\n2. Tiếp\n3. Ba"))
    assert [p.quoted for p in found] == [False, True, False, False]
    assert len(warnings) == 1
    assert "ngoặc kép" in warnings[0]


def test_first_clause_on_the_line_of_the_article(source: Make) -> None:
    text = "Điều 3. 1. Người trồng hoa được hỗ trợ.\n2. Người bán hoa."
    found, _ = paragraphs(source(text))
    assert [p.text for p in found] == ["Điều 3.", "1. Người trồng hoa được hỗ trợ.", "2. Người bán hoa."]
    assert all(text[p.start : p.end] == p.text for p in found)


def test_marked_headings() -> None:
    text = "Mục tiêu\nMột câu."
    marked = SourceText(text, "a.md", "0", "markdown", headings=(Heading(Span(0, 8), 2),))
    assert [p.depth for p in paragraphs(marked)[0]] == [2, None]
