"""The marks of footnotes on recognised pages."""

import pytest
from scanned import line_of, page_of

from policy_qa.reading.pdf.printed import NoteMark, PrintedLine
from policy_qa.reading.scans.fragments import fragment_rows, straightening
from policy_qa.reading.scans.note_marks import lifted, number_notes, opens_quote


def lift(text: str, *, quoted: bool = False) -> tuple[str, list[tuple[str, int]], bool]:
    sheet = page_of(line_of(text, 100, 300))
    found = lifted(fragment_rows(sheet, straightening(sheet, 595, 842))[0][0], quoted)
    return found.text, [(mark.mark, mark.offset) for mark in found.marks], found.note


@pytest.mark.parametrize(
    ("line", "text", "marks", "note"),
    [
        ("Điều 4.^4 Nghi thức", "Điều 4. Nghi thức", [("4", 7)], False),
        ("^?! Khoản này", "Khoản này", [("?!", 0)], True),
        ("^* Cụm từ", "Cụm từ", [("*", 0)], True),
        ("mặc tiểu lễ^7 mới", "mặc tiểu lễ mới", [("7", 11)], False),
        ("“rừng^” trồng", "“rừng” trồng", [], False),
        ("rừng^” trồng", "rừng trồng", [("”", 4)], False),
        ("Bình^ô thường", "Bìnhô thường", [], False),
    ],
)
def test_marks_are_lifted(line: str, text: str, marks: list[tuple[str, int]], note: bool) -> None:
    assert lift(line) == (text, marks, note)


def test_a_quotation_may_have_begun_on_the_line_before() -> None:
    assert lift("rừng^” trồng", quoted=True) == ("rừng” trồng", [], False)
    assert (
        opens_quote("“rừng", quoted=False)
        and not opens_quote("rừng”", quoted=True)
        and opens_quote("rừng", quoted=True)
    )


def note(sign: str) -> PrintedLine:
    return PrintedLine("Khoản này", 0, 0, 9, 9, 9, 1, note=True, marks=(NoteMark(sign, 0),))


def text(*signs: str) -> PrintedLine:
    return PrintedLine("Rừng trồng", 0, 0, 9, 9, 9, 1, marks=tuple(NoteMark(sign, 4) for sign in signs))


def numbers(pages: list[list[PrintedLine]]) -> list[list[str]]:
    number_notes(pages)
    return [[mark.mark for line in lines for mark in line.marks] for lines in pages]


def test_numbers_run_through_the_document() -> None:
    pages = [
        [text("!"), note("!")],
        [text("?", "3"), note("?"), note("3")],
        [text("*"), note("*")],
        [text("'"), note("5")],
    ]
    assert numbers(pages) == [["1", "1"], ["2", "3", "2", "3"], ["4", "4"], ["5", "5"]]


def test_numbers_begin_anew_on_every_page() -> None:
    pages = [[text("1", "2"), note("1"), note("2")], [text("!", "?"), note("!"), note("?")], [text("1"), note("1")]]
    assert numbers(pages) == [["1", "2", "1", "2"], ["1", "2", "1", "2"], ["1", "1"]]


def test_a_note_that_was_not_recognised_leaves_a_gap() -> None:
    pages = [[note(sign)] for sign in ("1", "2", "4", "5", "6", "7")]
    assert numbers(pages) == [["1"], ["2"], ["4"], ["5"], ["6"], ["7"]]


def test_marks_without_notes_stay_as_they_were_read() -> None:
    assert numbers([[text("?")]]) == [["?"]]
    assert numbers([]) == []
