"""Files that a person wants recognised though they have text."""

from __future__ import annotations

from pathlib import Path

import pytest
from printed import LONG, Sheet, check_invariants
from scanned import needs_tesseract

from policy_qa.reading import read
from policy_qa.reading.source import ReadOptions


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    sheet = Sheet()
    y = sheet.paragraph(90, "Điều 1. Phạm vi điều chỉnh") + 6
    sheet.paragraph(sheet.paragraph(y, LONG) + 6, LONG)
    return sheet.save(tmp_path / "a.pdf")


def test_where_nothing_can_be_recognised_the_text_stays(drawn: Path) -> None:
    plain = read(drawn)
    asked = read(drawn, ReadOptions(ocr=False, recognise=frozenset({plain.sha256})))
    assert asked == plain


def test_only_the_file_that_was_chosen_is_recognised(drawn: Path) -> None:
    assert read(drawn, ReadOptions(recognise=frozenset({"0" * 64}))) == read(drawn)


@pytest.mark.slow
@needs_tesseract
def test_every_page_of_a_chosen_file_is_recognised(drawn: Path) -> None:
    plain = read(drawn)
    found = read(drawn, ReadOptions(recognise=frozenset({plain.sha256})))
    check_invariants(found)
    assert [page.ocr is not None for page in found.pages] == [True]
    assert "được nhận dạng từ ảnh (OCR)" in found.warnings[0]
    assert found.text.startswith("Điều 1. Phạm vi điều chỉnh")
