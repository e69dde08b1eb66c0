"""Which number each label in a row has."""

import pytest

from policy_qa.reading.scans.label_runs import Reading, numbered

LOOKS = {"1": "1IL[{", "2": "2Z", "3": "3", "4": "4#", "5": "5Sš", "8": "8&§"}


def looks_like(text: str, number: int) -> bool:
    return len(text) == len(str(number)) and all(
        c in LOOKS.get(figure, figure) for c, figure in zip(text, str(number), strict=True)
    )


def read(texts: str) -> list[int | None]:
    readings = []
    for text in texts.split():
        bare = text.rstrip(".,")
        readings.append(Reading(bare, int(bare) if bare.isdigit() else None, text.endswith(".")))
    return numbered(readings, looks_like)


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        ("", []),
        ("1. 2. 3.", [1, 2, 3]),
        ("L. 2. 3.", [1, 2, 3]),
        ("1, 2. 3, 4.", [1, 2, 3, 4]),
        ("1. 2. 3. #. š.", [1, 2, 3, 4, 5]),
        ("1. 3. 3. 4.", [1, 2, 3, 4]),
        ("1. 2. 4, 4. 5.", [1, 2, 3, 4, 5]),
        ("1. 2. 3. 4. 5. 6. 7. §. 9.", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        # What is as it stands stays: numbers left out, lists in lists, numbering that begins again.
        ("1. 3. 4. 5.", [1, 3, 4, 5]),
        ("1. 5.", [1, 5]),
        ("1. 1. 2. 2.", [1, 1, 2, 2]),
        ("1. 2. 1. 2. 3.", [1, 2, 1, 2, 3]),
        ("7. 8.", [7, 8]),
        # Words that only look like figures are no labels where none is wanted.
        ("1. 2. I. L.", [1, 2, None, None]),
        ("Hà, 1. Ô, 2.", [None, 1, None, 2]),
    ],
)
def test_numbers(texts: str, numbers: list[int | None]) -> None:
    assert read(texts) == numbers


def test_a_long_row_takes_no_time() -> None:
    assert read(" ".join(f"{n}." for n in range(1, 2000)))[-1] == 1999
