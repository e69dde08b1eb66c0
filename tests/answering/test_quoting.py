from __future__ import annotations

import pytest

from policy_qa.answering.quoting import LONGEST_TABLE, stripped, with_its_table
from policy_qa.document import Span

TEXT = "1. Mức điều chỉnh:\nNăm | 2008 | 2009\nMức | 1,77 | 1,66\nLoại hai\nMức | 1,2 | 1,1\nGhi chú: không.\n2. Khác."


@pytest.mark.parametrize("row", ["Năm | 2008 | 2009", "Mức | 1,77 | 1,66", "Mức | 1,2 | 1,1"])
def test_a_row_is_quoted_with_its_table(row: str) -> None:
    at = TEXT.index(row)
    table = with_its_table(Span(at, at + len(row)), Span(0, len(TEXT)), TEXT).of(TEXT)
    assert table == "Năm | 2008 | 2009\nMức | 1,77 | 1,66\nLoại hai\nMức | 1,2 | 1,1"


def test_a_table_ends_with_its_provision() -> None:
    at = TEXT.index("Mức | 1,77")
    within = Span(TEXT.index("Năm"), TEXT.index("Loại") - 1)
    assert with_its_table(Span(at, at + 11), within, TEXT).of(TEXT) == "Năm | 2008 | 2009\nMức | 1,77 | 1,66"


def test_other_sentences_and_long_tables_stay_as_they_are() -> None:
    quote = Span(0, 18)
    assert with_its_table(quote, Span(0, len(TEXT)), TEXT) == quote
    long = "A | B\n" * LONGEST_TABLE
    assert with_its_table(Span(0, 5), Span(0, len(long)), long) == Span(0, 5)


def test_blanks_at_the_ends_go() -> None:
    assert stripped(Span(0, 6), " a b \n") == Span(1, 4)
