"""Scanned PDFs from picture to text, with Tesseract and without."""

from pathlib import Path

import pytest
from PIL import Image
from printed import HEIGHT, INDENT, LEFT, LONG, WIDTH, Sheet, check_invariants
from scanned import needs_tesseract, picture_pdf, pictures, scan
from test_text_layer import ENGLISH, GLYPHS, misread

from policy_qa.errors import UnreadableFile
from policy_qa.reading import read
from policy_qa.reading.scans import ocr
from policy_qa.reading.source import ReadOptions
from policy_qa.structure import parse

OFF = ReadOptions(ocr=False)


def decision(sheet: Sheet) -> Sheet:
    """Two pages of a decision on mangroves, as it is printed."""
    sheet.text(90, 70, "BỘ THỬ NGHIỆM")
    sheet.text(275, 70, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11)
    sheet.text(320, 86, "Độc lập - Tự do - Hạnh phúc", 11)
    sheet.text(100, 110, "Số: 12/QĐ-BTN")
    sheet.text(320, 110, "Hà Nội, ngày 02 tháng 3 năm 2024", 11)
    sheet.centred(150, "QUYẾT ĐỊNH")
    sheet.centred(168, "Về việc quản lý rừng ngập mặn")
    y = sheet.paragraph(210, "Điều 1. Phạm vi điều chỉnh", INDENT) + 6
    y = sheet.paragraph(y, LONG) + 6
    y = sheet.paragraph(y, "Điều 2. Trách nhiệm của các đơn vị") + 6
    for label in ("1.", "2.", "3."):
        y = sheet.paragraph(y, f"{label} {LONG}") + 6
    y = sheet.paragraph(y, "a) Trồng rừng trên các đảo nhỏ;") + 6
    sheet.paragraph(y, "b) Chăm sóc rừng đã trồng.")
    sheet.next_page()
    y = sheet.paragraph(90, "Điều 3. Hiệu lực thi hành") + 6
    sheet.paragraph(y, LONG)
    sheet.text(340, 260, "BỘ TRƯỞNG")
    sheet.text(330, 340, "Trần Văn Rừng")
    return sheet


def without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(ocr, "_FOLDERS", ())


# --- with Tesseract


@needs_tesseract
@pytest.mark.slow
def test_a_scanned_decision_has_the_tree_of_the_printed_one(sheet: Sheet, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    options = ReadOptions(cache=tmp_path / "cache", progress=lambda done, total: told.append((done, total)))
    path = scan(decision(sheet), tmp_path / "scan.pdf", askew=0.6)
    source = read(path, options)
    check_invariants(source)
    printed = parse(read(tmp_path / "drawn.pdf"))
    document = parse(source)
    assert [str(p.address) for p in document.walk()] == [str(p.address) for p in printed.walk()]
    assert (document.metadata.number, document.metadata.date) == ("12/QĐ-BTN", "2024-03-02")
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert all(page.ocr is not None and page.ocr > 0.85 for page in source.pages)
    assert [
        w for w in source.warnings if w.startswith("Trang 1–2 được nhận dạng từ ảnh (OCR), độ tin cậy trung bình 9")
    ]
    # The words stand on the picture where their boxes say, askew as it is.
    line = next(line for line in source.lines if line.span.of(source.text).startswith("Điều 1."))
    assert line.box.left == pytest.approx(INDENT, abs=6)
    assert (line.box.bottom + line.box.top) / 2 == pytest.approx(HEIGHT - 206, abs=6)
    assert read(path, options) == source


@needs_tesseract
@pytest.mark.slow
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_scanned_the_wrong_way_round(sheet: Sheet, tmp_path: Path, turn: int) -> None:
    sheet.paragraph(250, LONG)
    source = read(scan(sheet, tmp_path / "a.pdf", turn=turn))
    check_invariants(source)
    assert source.text.startswith("Các cơ quan, đơn vị")
    page, box = source.pages[0], source.lines[0].box
    assert (page.width, page.height) == ((HEIGHT, WIDTH) if turn == 90 else (WIDTH, HEIGHT))
    x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    expected = (HEIGHT - 246, WIDTH - 326) if turn == 90 else (WIDTH - 326, 246)
    assert (x, y) == pytest.approx(expected, abs=12)


@needs_tesseract
@pytest.mark.slow
def test_scanned_and_printed_pages_in_one_document(sheet: Sheet, tmp_path: Path) -> None:
    drawn = Sheet()
    drawn.paragraph(120, LONG)
    picture = pictures(drawn, tmp_path)[0]

    def head_and_signer(on: Sheet) -> None:
        on.text(200, 35, "CÔNG BÁO/Số 10 + 11/Ngày 01-02-2024")
        on.text(520, 35, "7")
        on.text(340, 600, "Trần Văn Rừng")

    def text(on: Sheet) -> None:
        for y in range(100, 700, 70):
            on.paragraph(y, LONG)

    blank = Image.new("L", (100, 140), 255)
    source = read(picture_pdf(tmp_path / "a.pdf", [picture, blank], [head_and_signer, text]))
    check_invariants(source)
    assert [page.ocr is not None for page in source.pages] == [True, False]
    assert source.text.split("\n")[0].startswith("Các cơ quan, đơn vị có trách nhiệm")
    assert "Trần Văn Rừng" in source.text.split("\n")
    assert [m.text for m in source.marginals if m.kind == "running head"] == ["CÔNG BÁO/Số 10 + 11/Ngày 01-02-2024"]
    assert [w for w in source.warnings if w.startswith("Trang 1 được nhận dạng từ ảnh")]


@needs_tesseract
@pytest.mark.slow
def test_a_poor_text_under_a_scan_is_replaced_and_a_good_one_kept(tmp_path: Path) -> None:
    drawn = Sheet()
    for y in range(100, 700, 80):
        drawn.paragraph(y, LONG)
    picture = pictures(drawn, tmp_path)[0]

    def hidden(text: str) -> Path:
        def write(on: Sheet) -> None:
            on.canvas._code.append("3 Tr")
            if text:
                for y in range(100, 700, 80):
                    on.paragraph(y, text)
            else:
                misread(on)

        return picture_pdf(tmp_path / "a.pdf", [picture], [write])

    poor = read(hidden(""))
    assert poor.text.startswith("Các cơ quan, đơn vị có trách nhiệm") and poor.pages[0].ocr is not None
    good = read(hidden(LONG))
    assert good.text.startswith("Các cơ quan, đơn vị có trách nhiệm") and good.pages[0].ocr is None


@needs_tesseract
@pytest.mark.slow
def test_a_good_text_in_another_language_is_kept(tmp_path: Path) -> None:
    drawn = Sheet()
    for y in range(100, 700, 80):
        drawn.paragraph(y, ENGLISH)

    def write(on: Sheet) -> None:
        for y in range(100, 700, 80):
            on.paragraph(y, ENGLISH)

    source = read(picture_pdf(tmp_path / "a.pdf", [pictures(drawn, tmp_path)[0]], [write]))
    assert source.text.startswith("The department shall report") and source.pages[0].ocr is None and not source.warnings


@needs_tesseract
def test_nothing_on_the_pictures(tmp_path: Path) -> None:
    path = picture_pdf(tmp_path / "trong.pdf", [Image.new("L", (600, 800), 255)])
    with pytest.raises(
        UnreadableFile, match=r"“trong\.pdf” là bản chụp.*không nhận dạng \(OCR\) được chữ Việt nào.*quét lại"
    ):
        read(path)


# --- without


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (ReadOptions(), r"“scan\.pdf” là bản chụp \(scan\).*chưa có Tesseract.*: hãy .* rồi thêm lại"),
        (OFF, r"“scan\.pdf” là bản chụp \(scan\).*OCR\) đang tắt: hãy bật lại"),
    ],
)
def test_a_scan_without_tesseract(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: ReadOptions, sentence: str
) -> None:
    without_tesseract(monkeypatch, tmp_path)
    path = picture_pdf(tmp_path / "scan.pdf", [Image.new("L", (600, 800), 255)])
    with pytest.raises(UnreadableFile, match=sentence) as refused:
        read(path, options)
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 330


@needs_tesseract
def test_a_scan_without_vietnamese_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "data"))
    path = picture_pdf(tmp_path / "scan.pdf", [Image.new("L", (600, 800), 255)])
    with pytest.raises(UnreadableFile, match=r"chưa có dữ liệu tiếng Việt.*: hãy"):
        read(path)


def test_garbled_letters_without_tesseract(sheet: Sheet, tmp_path: Path) -> None:
    for y in range(100, 700, 60):
        sheet.paragraph(y, GLYPHS)
    with pytest.raises(UnreadableFile, match=r"“ma\.pdf” dùng phông chữ không có bảng mã.*OCR"):
        read(sheet.save(tmp_path / "ma.pdf"), OFF)


def test_some_scanned_pages_without_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_tesseract(monkeypatch, tmp_path)

    def text(on: Sheet) -> None:
        for y in range(100, 700, 70):
            on.paragraph(y, LONG)

    def nothing(on: Sheet) -> None:
        on.text(LEFT, 40, "7")

    gray = Image.new("L", (100, 140), 180)
    source = read(picture_pdf(tmp_path / "a.pdf", [gray] * 5, [text, nothing, nothing, text, nothing]))
    assert source.text.startswith(LONG) and len(source.pages) == 5
    (warning,) = source.warnings
    assert warning.startswith("Trang 2–3, 5 là ảnh, không có lớp văn bản nên không đọc được; máy này chưa có Tesseract")
    assert all(page.ocr is None for page in source.pages)


def test_a_poor_text_is_read_with_a_warning_where_it_cannot_be_replaced(tmp_path: Path) -> None:
    source = read(picture_pdf(tmp_path / "a.pdf", [Image.new("L", (100, 140), 180)], [misread]), OFF)
    assert source.text.startswith("Cac cc quan")
    assert [
        w
        for w in source.warnings
        if w.startswith("Trang 1 là ảnh, lớp chữ đi kèm có nhiều lỗi; nhận dạng chữ (OCR) đang tắt")
    ]


def test_no_letters_and_no_pictures(sheet: Sheet, tmp_path: Path) -> None:
    sheet.canvas.rect(0, 0, 500, 700, fill=1)
    with pytest.raises(UnreadableFile, match=r"“a\.pdf” không có chữ nào"):
        read(sheet.save(tmp_path / "a.pdf"))
