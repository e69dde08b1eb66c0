"""Where cited words are printed: boxes of the file as it was cited, and a sentence where it is no longer that file."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from quoting import cited

from policy_qa.answer import Citation
from policy_qa.document import Box, Line, Page, SourceText, Span
from policy_qa.reading.source import ReadOptions
from policy_qa.retrieval.placing import Placer, Printed, SourceUnavailable, boxes

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant


@pytest.fixture(scope="module")
def placer() -> Placer:
    return Placer(ReadOptions)


@pytest.fixture(scope="module")
def quote(office: Assistant) -> Citation:
    """A quote of two printed lines on the second page."""
    return office.ask("Cơ quan nào chủ trì kiểm tra vườn ươm cây ngập mặn?").citations[0]


def test_each_printed_line_of_a_quote_has_its_box(placer: Placer, quote: Citation) -> None:
    lines = placer.places(quote)
    assert len(lines) == 2
    assert {(line.page, line.width, line.height) for line in lines} == {(2, 595.0, 842.0)}
    assert lines[0].box.bottom > lines[1].box.top - 8
    for line in lines:
        assert 0 < line.box.left < line.box.right < 595
        assert 0 < line.box.bottom < line.box.top < 842


def test_a_part_of_a_line_is_a_part_of_its_box() -> None:
    source = SourceText(
        "Cây đước", "a.pdf", "00", "pdf", (Page(1, Span(0, 8), 100, 200),), (Line(Span(0, 8), 1, Box(10, 20, 90, 30)),)
    )
    assert boxes(source, Span(4, 8)) == (Printed(1, Box(50, 20, 90, 30), 100, 200),)
    assert boxes(replace(source, pages=(), lines=()), Span(4, 8)) == ()


def test_a_file_without_pages_is_not_opened(placer: Placer) -> None:
    assert placer.places(cited("Tưới.", kind="digest")) == ()


def test_a_file_that_is_gone_changed_or_reads_otherwise_is_told(
    placer: Placer, quote: Citation, tmp_path: Path
) -> None:
    file = tmp_path / "bản sao.pdf"
    moved = replace(quote, file=str(file))
    with pytest.raises(SourceUnavailable, match=r"Không còn tệp “bản sao\.pdf”"):
        placer.places(moved)
    shutil.copy(quote.file, file)
    assert placer.places(moved) == placer.places(quote)
    with pytest.raises(SourceUnavailable, match="Không tìm lại được đoạn trích"):
        placer.places(replace(quote, quote="Lời khác."))
    with file.open("ab") as stream:
        stream.write(b"\n")
    with pytest.raises(SourceUnavailable, match=r"“bản sao\.pdf” đã thay đổi"):
        placer.places(moved)
    file.unlink()
    file.mkdir()
    with pytest.raises(SourceUnavailable, match=r"Không mở được tệp “bản sao\.pdf”"):
        placer.places(moved)
