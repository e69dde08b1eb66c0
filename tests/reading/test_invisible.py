from __future__ import annotations

import pytest

from policy_qa.reading.invisible import without_invisible
from policy_qa.reading.source import tidy


@pytest.mark.parametrize(
    "character",
    [
        "\x00", "\x1b", "\x7f", "\x9b", "\u00ad", "\u034f", "\u061c", "\u115f", "\u180e", "\u200b", "\u200d", "\u202e", "\u2066",
        "\u206f", "\u3164", "\ufdd0", "\ufe0f", "\ufeff", "\uffa0", "\ufffe", "\U0001d173", "\U000e0041", "\U000e0100",
    ],
)  # fmt: skip
def test_what_prints_nothing_goes(character: str) -> None:
    assert without_invisible(f"Điều{character} 1") == "Điều 1"


@pytest.mark.parametrize(
    "text", ["Điều 1.\n\tKhoản 2\r\n", "Tie\u0302\u0301ng Vie\u0323\u0302t", "a\u00a0b\u2028c", "①²½ €"]
)
def test_letters_marks_blanks_and_line_ends_stay(text: str) -> None:
    assert without_invisible(text) == text


def test_a_paragraph_keeps_the_places_of_its_notes_alone() -> None:
    assert tidy("Cây\u200b\ufdd07\ufdd1 xanh\U000e0041.") == "Cây\ufdd07\ufdd1 xanh."
