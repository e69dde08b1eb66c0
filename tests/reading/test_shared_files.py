"""What the sample files must give; skipped where they are absent."""

import re
import unicodedata
from pathlib import Path

import pytest
from scanned import needs_tesseract

from policy_qa.document import SourceText
from policy_qa.errors import UnreadableFile
from policy_qa.reading import read
from policy_qa.reading.source import ReadOptions


def check(source: SourceText) -> None:
    assert unicodedata.is_normalized("NFC", source.text)
    assert not any(c in source.text for c in "\ufffe\ufffd\u0002\u00a0\r\t")
    assert "CÔNG BÁO/Số" not in source.text
    assert "Ký bởi" not in source.text
    assert "__" not in source.text
    assert all(line.span.of(source.text) for line in source.lines)


def pdf(shared: Path, part: str) -> SourceText:
    return read(next((shared / "pdf").glob(f"*{part}*")))


@pytest.mark.parametrize("part", ["nghi-quyet-so-115", "scan-46-", "scan-464", "thong-bao-so-02"])
def test_scans_are_refused_where_nothing_is_recognised(shared: Path, part: str) -> None:
    with pytest.raises(UnreadableFile, match=r"bản chụp.*OCR"):
        read(next((shared / "pdf").glob(f"*{part}*")), ReadOptions(ocr=False))


@needs_tesseract
@pytest.mark.slow
def test_a_scan_with_a_stamp_and_a_footnote(shared: Path) -> None:
    source = pdf(shared, "scan-464")
    check(source)
    assert [page.ocr is not None and page.ocr > 0.85 for page in source.pages] == [True] * 3
    paragraphs = source.text.split("\n")
    labelled = [p.split(" ")[0] for p in paragraphs if re.match(r"(?:\d+\.|[a-zđ]\)) ", p)]
    assert labelled == ["1.", "a)", "b)", "2.", "a)", "b)", "3.", "4."]
    assert "Kính gửi:" in paragraphs
    (note,) = [m for m in source.marginals if m.kind == "footnote"]
    assert (note.mark, note.page) == ("1", 1) and note.anchor is not None
    assert source.text[: note.anchor].endswith("chỉ đạo")


@needs_tesseract
@pytest.mark.slow
def test_a_scan_in_two_languages(shared: Path) -> None:
    source = pdf(shared, "thong-bao-so-02")
    assert [page.ocr is not None for page in source.pages] == [True] * 9 + [False] * 8
    assert any(w.startswith("Trang 10–17 không có chữ Việt nhận ra được") for w in source.warnings)
    assert re.findall(r"^Điều (\d+)\b", source.text, re.MULTILINE) == [str(i) for i in range(1, 13)]


@pytest.mark.parametrize(
    ("part", "articles"),
    [("145-2026", 10), ("17-2022", 4), ("22-2022", 19), ("08-2023", 15), ("2651-vbhn", 10), ("1373", 3)],
)
def test_every_article_begins_a_paragraph(shared: Path, part: str, articles: int) -> None:
    source = pdf(shared, part)
    check(source)
    starts = [line.split(".")[0] for line in source.text.split("\n") if line.startswith("Điều ")]
    assert starts == [f"Điều {i}" for i in range(1, articles + 1)]


def test_head_and_hyphen_at_the_line_end(shared: Path) -> None:
    source = pdf(shared, "982")
    check(source)
    assert source.text.split("\n")[:3] == [
        "THỦ TƯỚNG CHÍNH PHỦ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]
    assert "BKHCN-CNCNTT" in source.text


def test_the_directive_line_by_line(shared: Path) -> None:
    source = pdf(shared, "chi-thi-so-21")
    check(source)
    paragraphs = source.text.split("\n")
    labelled = [p.split(" ")[0] for p in paragraphs if p.split(" ")[0].rstrip(".)").isalnum() and p[0].isdigit()]
    assert labelled == ["1.", "2.", "3.", "4.", "5.", *(f"{i}." for i in range(1, 10))]
    assert source.page_at(source.text.index("II. TỔ CHỨC")) == 2
    assert sum(m.kind == "page number" for m in source.marginals) == 6


def test_footnotes_of_a_consolidated_text(shared: Path) -> None:
    source = pdf(shared, "835-vbhn")
    check(source)
    notes = [m for m in source.marginals if m.kind == "footnote"]
    assert len(notes) >= 20
    assert all(note.box is not None and note.page is not None for note in notes)


def test_word_files(shared: Path) -> None:
    for path in sorted((shared / "docx").glob("*.docx")):
        source = read(path)
        check(source)
        assert "\nĐiều 1. " in source.text, path.name


def test_web_pages(shared: Path) -> None:
    for path in sorted((shared / "html").glob("*.html")):
        if path.stem in {"doc_000709", "doc_000710"}:
            with pytest.raises(UnreadableFile, match="không chứa văn bản"):
                read(path)
            continue
        source = read(path)
        check(source)
        assert "CHỦ NGHĨA VIỆT NAM" in source.text.split("\n", 4)[1] or "CHỦ NGHĨA VIỆT NAM" in source.text[:200], (
            path.name
        )
        assert "\nĐiều 1. " in source.text, path.name
