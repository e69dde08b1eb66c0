"""Footnotes as notes of the provisions whose words bear their marks."""

import pytest
from sample_texts import STATE_END, STATE_HEAD

from policy_qa.document import Address, Marginal, Note, SourceText
from policy_qa.structure import parse

TEXT = STATE_HEAD + "Điều 1. Hoa\n1. Cúc nở:\na) Sáng;\nb) Chiều.\n2. Lan.\nĐiều 2. Lá\nXanh." + STATE_END


def notes_of(*marginals: Marginal) -> tuple[Note, ...]:
    return parse(SourceText(TEXT, "a.pdf", "0" * 64, "pdf", marginals=marginals)).notes


def footnote(anchor: int | None, mark: str | None = "1", text: str = "Chú thích.", page: int = 1) -> Marginal:
    return Marginal("footnote", text, page, None, mark, anchor)


@pytest.mark.parametrize(
    ("before", "address"),
    [
        ("Điều 1. Hoa", "điều=1"),
        ("1. Cúc nở", "điều=1;khoản=1"),
        ("a) Sáng", "điều=1;khoản=1;điểm=a"),
        ("b) Chiều.", "điều=1;khoản=1;điểm=b"),  # the mark stands behind the last character of the paragraph
        ("2. Lan.", "điều=1;khoản=2"),
        ("Xanh.", "điều=2"),
        ("trên các đảo", "đề mục=thể thức"),
        ("Trần Văn Hoa", "đề mục=chữ ký"),
    ],
)
def test_a_note_belongs_to_the_innermost_provision_before_its_mark(before: str, address: str) -> None:
    anchor = TEXT.index(before) + len(before)
    assert notes_of(footnote(anchor, page=3)) == (Note("1", "Chú thích.", anchor, Address.parse(address), 3),)


def test_a_mark_at_the_start_of_a_line_belongs_to_the_line() -> None:
    (note,) = notes_of(footnote(TEXT.index("2. Lan.")))
    assert str(note.address) == "điều=1;khoản=2"
    (first,) = notes_of(footnote(0))
    assert str(first.address) == "đề mục=thể thức"


def test_notes_stand_in_reading_order() -> None:
    late, early = TEXT.index("Xanh"), TEXT.index("Cúc")
    found = notes_of(footnote(late, "2", "Hai."), footnote(early, "1", "Một."))
    assert [(note.mark, note.text) for note in found] == [("1", "Một."), ("2", "Hai.")]


def test_what_has_no_place_or_is_no_footnote_is_no_note() -> None:
    assert notes_of(footnote(None), footnote(5, None), Marginal("page number", "7", 1, None, "7", 5)) == ()


def test_the_words_of_a_note_are_no_part_of_the_text() -> None:
    document = parse(
        SourceText(TEXT, "a.pdf", "0" * 64, "pdf", marginals=(footnote(TEXT.index("Xanh"), text="Ngoài lề."),))
    )
    assert document.source.text == TEXT
    assert not any("Ngoài lề" in p.span.of(TEXT) for p in document.walk())
