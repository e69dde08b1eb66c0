"""One printed line out of its characters."""

import numpy as np
import pytest

from policy_qa.reading.legacy import Encoding
from policy_qa.reading.pdf.characters import HYPHEN
from policy_qa.reading.pdf.printed import NoteMark, PrintedLine, printed_line


def line(text: str, encoding: Encoding | None = None) -> PrintedLine | None:
    """The line of `text`, 6 points a character and 10 high; what stands in ⟨⟩ is small and raised."""
    codes, drawn, boxes = [], [], []
    raised, x = False, 100.0
    for letter in text:
        if letter in "⟨⟩":
            raised = letter == "⟨"
            continue
        if not letter.isspace() and letter != "\u00ad":
            drawn.append(len(codes))
            boxes.append((x, 711.0 if raised else 710.0, x + 6, 705.0 if raised else 700.0))
        codes.append(ord(letter))
        x += 6
    return printed_line(np.array(codes), np.array(drawn), np.array(boxes, np.float64), 3, encoding)


@pytest.mark.parametrize(
    ("printed", "text", "marks"),
    [
        ("Mức hỗ trợ⟨1⟩ là 500", "Mức hỗ trợ là 500", [("1", 10)]),
        ("hoa⟨12⟩ , lá⟨13⟩ .", "hoa, lá.", [("12", 3), ("13", 7)]),
        ("hết.⟨7⟩", "hết.", [("7", 4)]),
        ("2.⟨3⟩ Người trồng hoa", "2. Người trồng hoa", [("3", 2)]),
        ("rộng 25 m⟨2⟩ và 3 km⟨3⟩", "rộng 25 m2 và 3 km3", []),
        ("cm⟨2⟩, dm⟨2⟩, hm⟨2⟩, mm⟨2⟩", "cm2, dm2, hm2, mm2", []),
        ("hằng năm⟨2⟩", "hằng năm", [("2", 8)]),  # ends in m, but is no unit
        ("ngày⟨th⟩ tới", "ngàyth tới", []),
    ],
)
def test_note_marks_are_lifted_and_exponents_stay(printed: str, text: str, marks: list[tuple[str, int]]) -> None:
    found = line(printed)
    assert found is not None
    assert (found.text, found.note) == (text, False)
    assert found.marks == tuple(NoteMark(*mark) for mark in marks)


def test_a_footnote_begins_with_its_mark() -> None:
    found = line("⟨1⟩ Theo văn bản khác.")
    assert found is not None
    assert (found.text, found.note, found.marks) == ("Theo văn bản khác.", True, (NoteMark("1", 0),))
    assert (found.left, found.size) == (112, 10)  # the edges are those of the words


def test_a_mark_alone_on_its_line() -> None:
    # Nothing is higher than it, so it is no mark but a figure.
    found = line("⟨1⟩")
    assert found is not None
    assert (found.text, found.marks) == ("1", ())


def test_nothing_to_read() -> None:
    assert line("\u200b") is None
    assert line(chr(HYPHEN)) is not None  # a hyphen has a box


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("a\u0301o da\u0302\u0300u", "áo dầu"),
        ("  hai\u00a0 \u2007ba\t", "hai ba"),
        ("x\ufeffã\u200b hội\u0007", "xã hội"),
        ("Ðiều", "Điều"),
    ],
)
def test_text_is_composed_and_tidy(printed: str, text: str) -> None:
    found = line(printed)
    assert found is not None
    assert found.text == text


def test_a_hyphen_that_ends_the_line() -> None:
    ends, inside = line(f"BKHCN{chr(HYPHEN)}"), line("BKHCN-CNTT")
    assert ends is not None and inside is not None
    assert (ends.text, ends.hyphenated) == ("BKHCN-", True)
    assert (inside.text, inside.hyphenated) == ("BKHCN-CNTT", False)


def test_a_line_end_hyphen_that_is_u_horn_in_tcvn3_joins_no_words() -> None:
    found = line(f"quy ®Þnh nh{chr(HYPHEN)}", "TCVN3")
    assert found is not None
    assert (found.text, found.hyphenated) == ("quy định như", False)


@pytest.mark.parametrize(
    ("printed", "letters"),
    [
        ("hoa nở", 3),
        ("số 57/2024/QH15 và", 15),  # "số" and its number are bound by a blank that does not break
        ("khoản\u00a02 Điều", 7),
        ("Hoa\u00a0nở trên", 6),
        ("ngày mai", 4),  # no number follows
        ("hoa", 3),
    ],
)
def test_the_width_of_what_had_to_stay_together(printed: str, letters: int) -> None:
    found = line(printed)
    assert found is not None
    assert found.first_word == 6 * letters


def test_lines_on_one_row() -> None:
    def at(bottom: float, top: float, page: int = 1) -> PrintedLine:
        return PrintedLine("x", 0, bottom, 10, top, top - bottom, page)

    assert at(100, 110).beside(at(103, 113))
    assert not at(100, 110).beside(at(108, 118))
    assert not at(100, 110).beside(at(100, 110, page=2))
