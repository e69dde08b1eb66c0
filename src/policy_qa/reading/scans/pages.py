"""The pages of a PDF that are pictures: recognised where Tesseract is at hand, and said so; named where it is not."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import numpy as np
import pypdfium2  # type: ignore[import-untyped]

from policy_qa.document import Box, Marginal
from policy_qa.errors import UnreadableFile
from policy_qa.reading.legacy import plain_words
from policy_qa.reading.pdf.characters import turned_boxes
from policy_qa.reading.pdf.marginals import PrintedPage
from policy_qa.reading.pdf.printed import PrintedLine
from policy_qa.reading.pdf.text_layer import Flaw, text_length
from policy_qa.reading.scans.fragments import Straightening
from policy_qa.reading.scans.hocr import Sheet
from policy_qa.reading.scans.labels import mend_labels
from policy_qa.reading.scans.ocr import Recognition, find_tesseract, how_to_install, recognise
from policy_qa.reading.scans.recognised import RecognisedPage, printed_pages, recognised_page
from policy_qa.reading.source import RawFile, ReadOptions
from policy_qa.reading.syllables import syllabic_share

_BETTER = 0.1
"""By this share of syllables more what was recognised must be better than text that was there: another language never is."""
_FEW = 40  # characters; a document with hardly a line has nothing to read


@dataclass(slots=True)
class Scans:
    """What became of the pages that had to be recognised.

    `confidence` (0 to 1) and `place` by the numbers of those that were, `marginals` (their boxes like those of lines) what
    was lifted out of them; `warnings` say which were recognised, and which were not.
    """

    confidence: dict[int, float] = field(default_factory=dict)
    place: dict[int, Straightening] = field(default_factory=dict)
    marginals: list[Marginal] = field(default_factory=list)
    warnings: tuple[str, ...] = ()


def read_scans(
    document: pypdfium2.PdfDocument,
    file: RawFile,
    pages: Sequence[PrintedPage],
    flaws: Mapping[int, Flaw],
    options: ReadOptions,
) -> Scans:
    """Recognises the pages with flaws, by their numbers, and gives them their lines (in place).

    Raises:
        UnreadableFile: nothing is left to read, since the pages cannot be recognised here or nothing is on them.
    """
    if not flaws:
        _refuse_empty(file, pages)
        return Scans()
    tesseract = find_tesseract() if options.ocr else None
    if tesseract is None or not tesseract.knows_vietnamese:
        return _unread(file, pages, flaws, options, has_program=tesseract is not None)
    found = recognise(document, sorted(flaws), tesseract, options)
    strange = [number for number, result in found.items() if result.is_strange]
    failed = [number for number in flaws if number not in found]
    for number in (*strange, *failed):
        if flaws[number] == "letters":
            pages[number - 1].lines = []
    scans = _replaced(pages, flaws, {number: found[number] for number in found if number not in strange})
    if _length(pages) < _FEW:
        raise UnreadableFile(
            f"Tệp “{file.name}” là bản chụp (scan) nhưng không nhận dạng (OCR) được chữ Việt nào trên đó; "
            "hãy quét lại rõ hơn hoặc dùng bản PDF có chữ."
        )
    # A page that was to be recognised though it has text keeps its text where that fails.
    unread = [[number for number in numbers if flaws[number] != "asked"] for numbers in (strange, failed)]
    scans.warnings = tuple(_warnings(scans.confidence, *unread))
    return scans


def _replaced(pages: Sequence[PrintedPage], flaws: Mapping[int, Flaw], found: Mapping[int, Recognition]) -> Scans:
    """Gives pages the lines that were recognised on them, unless the text that they have is better."""
    recognised: list[RecognisedPage] = []
    for number, result in sorted(found.items()):
        page = pages[number - 1]
        if flaws[number] in ("picture", "asked") or _is_better(result.sheet, page):
            recognised.append(_seen(page, result, keeps_text=flaws[number] == "picture"))
    lines = printed_pages(recognised)
    mend_labels(lines, [line for page in recognised for line in page.layer])
    scans = Scans()
    for of, on_page in zip(recognised, lines, strict=True):
        page = pages[of.number - 1]
        page.lines, page.turn = on_page, found[of.number].turn
        page.width, page.height = of.place.width, of.place.height
        scans.place[of.number] = of.place
        if of.printed_number is not None:
            printed = of.printed_number
            scans.marginals.append(Marginal("page number", printed.text, of.number, printed.box))
        if of.confidence is not None:
            scans.confidence[of.number] = of.confidence
    return scans


def _length(pages: Sequence[PrintedPage]) -> int:
    return sum(text_length(page.lines) for page in pages)


def _warnings(confidence: Mapping[int, float], strange: Sequence[int], failed: Sequence[int]) -> Iterator[str]:
    if confidence:
        mean = sum(confidence.values()) / len(confidence)
        yield (
            f"Trang {_listed(confidence)} được nhận dạng từ ảnh (OCR), độ tin cậy trung bình {percent(mean)}; "
            "hãy đối chiếu bản gốc khi trích dẫn."
        )
    if strange:
        yield f"Trang {_listed(strange)} không có chữ Việt nhận ra được (có thể là tiếng nước ngoài) nên không đọc."
    if failed:
        yield f"Trang {_listed(failed)} là ảnh mà nhận dạng chữ (OCR) không xong nên không đọc được."


def percent(part: float) -> str:
    """`0.923` as "92 %"."""
    return f"{round(100 * part)} %"


def _listed(numbers: Iterable[int]) -> str:
    """`1, 2, 3, 5` as "1–3, 5"."""
    runs = [list(run) for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0][1]}–{run[-1][1]}" if len(run) > 1 else str(run[0][1]) for run in runs)


# --- without Tesseract --------------------------------------------------------------------------------------------


def _unread(
    file: RawFile, pages: Sequence[PrintedPage], flaws: Mapping[int, Flaw], options: ReadOptions, *, has_program: bool
) -> Scans:
    """What can be read without recognising anything; refused where that is hardly a line."""
    for number, what in flaws.items():
        if what == "letters":
            pages[number - 1].lines = []
    remedy = f"hãy {how_to_install()}"
    if not options.ocr:
        why, remedy = "nhận dạng chữ (OCR) đang tắt", "hãy bật lại"
    elif has_program:
        why = "Tesseract trên máy này chưa có dữ liệu tiếng Việt để nhận dạng chữ (OCR)"
    else:
        why = "máy này chưa có Tesseract để nhận dạng chữ (OCR)"
    if not any(text_length(page.lines) >= _FEW for page in pages if flaws.get(page.number) != "picture"):
        state = "là bản chụp (scan), không có lớp văn bản"
        if set(flaws.values()) == {"letters"}:
            state = "dùng phông chữ không có bảng mã nên chữ lấy ra sai"
        raise UnreadableFile(f"Tệp “{file.name}” {state}; {why}: {remedy} rồi thêm lại, hoặc dùng bản PDF có chữ.")
    warnings = []
    for name, sentence in (
        ("picture", "là ảnh, không có lớp văn bản nên không đọc được"),
        ("letters", "dùng phông chữ không có bảng mã nên không đọc được"),
        ("layer", "là ảnh, lớp chữ đi kèm có nhiều lỗi"),
    ):
        numbers = [number for number, what in flaws.items() if what == name]
        if numbers:
            warnings.append(f"Trang {_listed(numbers)} {sentence}; {why}: {remedy} rồi đọc lại.")
    return Scans(warnings=tuple(warnings))


def _refuse_empty(file: RawFile, pages: Sequence[PrintedPage]) -> None:
    if _length(pages) < _FEW:
        raise UnreadableFile(f"Tệp PDF “{file.name}” không có chữ nào để đọc; hãy kiểm tra lại bản gốc.")


# --- lines that a page has as text --------------------------------------------------------------------------------


def _is_better(sheet: Sheet, page: PrintedPage) -> bool:
    before = plain_words(" ".join(line.text for line in page.lines))
    after = plain_words(" ".join(word.text for word in sheet.words))
    return syllabic_share(after) >= syllabic_share(before) + _BETTER


def _seen(page: PrintedPage, found: Recognition, *, keeps_text: bool) -> RecognisedPage:
    """The page turned as it was recognised; with the lines that it has as text where they are to be kept."""
    width, height = shown_size(page)
    if found.turn in {90, 270}:
        width, height = height, width
    layer = [_turned(line, page, found.turn) for line in page.lines] if keeps_text else []
    return recognised_page(found.sheet, page.number, width, height, layer)


def _turned(line: PrintedLine, page: PrintedPage, turn: int) -> PrintedLine:
    """A line of a page turned by `page.turn` on the same page turned by `turn`."""
    if turn == page.turn:
        return line
    box = turned_box(line.box, turn - page.turn, *_size_turned(page, turn))
    return dataclasses.replace(
        line,
        left=box.left,
        bottom=box.bottom,
        right=box.right,
        top=box.top,
        turned=line.turned or (turn - page.turn) % 180 != 0,
    )


def as_shown(box: Box, page: PrintedPage, scans: Scans) -> Box:
    """The place on the page as it is shown of a place on the page as its lines were read."""
    place = scans.place.get(page.number)
    if place is not None:
        box = place.scanned(box)
    return turned_box(box, -page.turn, *shown_size(page)) if page.turn else box


def shown_size(page: PrintedPage) -> tuple[float, float]:
    """Width and height of a page as it is shown, in points."""
    return _size_turned(page, 0)


def _size_turned(page: PrintedPage, turn: int) -> tuple[float, float]:
    return (page.height, page.width) if (turn - page.turn) % 180 else (page.width, page.height)


def turned_box(box: Box, degrees: int, width: float, height: float) -> Box:
    """A box on a page that is turned clockwise; `width` and `height` are those after the turn."""
    corners = np.array([[box.left, box.top, box.right, box.bottom]])
    left, top, right, bottom = turned_boxes(corners, degrees, width, height)[0].tolist()
    return Box(left, bottom, right, top)
