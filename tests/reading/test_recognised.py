"""Lines of recognised pages: sizes, footnotes, tables, page numbers, and lines that the page has as text."""

from scanned import line_of, page_of

from policy_qa.reading.pdf.printed import PrintedLine
from policy_qa.reading.scans.hocr import Sheet
from policy_qa.reading.scans.recognised import printed_pages, recognised_page

NOTE_RULE = (240, 1600, 595, 1606)


def lines(*sheets: Sheet) -> list[list[PrintedLine]]:
    return printed_pages([recognised_page(sheet, i, 595, 842) for i, sheet in enumerate(sheets, 1)])


def test_sizes_are_steady_and_boxes_lie_where_the_words_do() -> None:
    body = [line_of("các đơn vị lập kế hoạch", 200, 400 + 50 * i, size=size) for i, size in enumerate((30, 32, 33, 41))]
    found = lines(page_of(*body, line_of("chữ nhỏ ở dưới", 200, 700, size=24)))[0]
    assert len({line.size for line in found[:4]}) == 1
    assert found[4].size < 0.8 * found[0].size
    scale = 595 / 1447
    assert abs(found[0].left - 200 * scale) < 0.1
    assert found[0].bottom < 842 - 400 * scale < found[0].top
    assert found[0].first_word == found[0].first_word > 0


def test_footnotes_below_their_rule() -> None:
    body = [line_of("Điều 4.^4 Nghi thức trồng rừng", 200, 400), line_of("các đơn vị lập kế hoạch", 200, 450)]
    first = page_of(
        *body,
        line_of("^! Khoản này được sửa và", 240, 1650, size=26),
        line_of("đổi theo", 200, 1690, size=26),
        rules=(NOTE_RULE,),
    )
    second = page_of(
        *body,
        line_of("văn bản khác.", 200, 1650, size=26),
        line_of("Cụm từ mới.", 240, 1690, size=26),
        rules=(NOTE_RULE,),
    )
    third = page_of(*body, line_of("Điểm này bị bỏ", 240, 1650, size=26), rules=(NOTE_RULE,))
    found = lines(first, second, third)
    assert [(line.text, line.note) for line in found[0][2:]] == [("Khoản này được sửa và", True), ("đổi theo", False)]
    assert [mark.mark for mark in found[0][0].marks] == ["1"]
    # What goes on from the page before has no mark; where nothing went on, a mark was there and not recognised.
    assert [line.note for line in found[1][2:]] == [False, False]
    assert [line.note for line in found[2][2:]] == [True]
    assert all(line.size < 0.93 * found[0][0].size for line in found[0][2:])


def test_words_between_borders_are_cells() -> None:
    rules = [(100, y, 1300, y + 4) for y in (500, 600, 700)] + [(x, 500, x + 4, 700) for x in (100, 300, 1300)]
    sheet = page_of(
        line_of("TT", 150, 560),
        line_of("Nhiệm vụ", 400, 560),
        line_of("1", 150, 660),
        line_of("Trồng rừng", 400, 660),
        rules=rules,
    )
    found = lines(sheet)[0]
    assert [line.text for line in found] == ["TT", "Nhiệm vụ", "1", "Trồng rừng"]
    assert all(line.cell is not None and line.in_row for line in found)
    assert len({line.cell for line in found}) == 4


def test_a_page_number_within_the_page_is_lifted() -> None:
    body = [line_of("các đơn vị lập kế hoạch", 200, 500 + 50 * i) for i in range(5)]
    page = recognised_page(page_of(*body, line_of("6", 700, 1800)), 1, 595, 842)
    assert page.printed_number is not None and page.printed_number.text == "6"
    assert [line.text for line in printed_pages([page])[0]] == ["các đơn vị lập kế hoạch"] * 5
    assert recognised_page(page_of(*body, line_of("6", 700, 760)), 1, 595, 842).printed_number is None


def test_lines_that_the_page_has_as_text_stay_in_their_place() -> None:
    head = PrintedLine("CÔNG BÁO/Số 1/Ngày 1-1-2031", 200, 800, 400, 814, 14, 1)
    signer = PrintedLine("Trần Văn Rừng", 350, 100, 450, 114, 14, 1)
    sheet = page_of(
        line_of("C0NG BA0@0.5", 500, 90),
        line_of("các đơn vị lập kế hoạch", 200, 500),
        line_of("Trân Văn Rưng", 860, 1780),
    )
    page = recognised_page(sheet, 1, 595, 842, [signer, head])
    assert [line.text for line in printed_pages([page])[0]] == [head.text, "các đơn vị lập kế hoạch", signer.text]


def test_an_empty_page() -> None:
    page = recognised_page(page_of(), 1, 595, 842)
    assert (page.confidence, printed_pages([page])) == (None, [[]])
    assert printed_pages([]) == []
