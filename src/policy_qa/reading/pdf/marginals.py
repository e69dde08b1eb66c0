"""What is printed on a page but is not the document's text: running heads, page numbers, stamps, rules, footnotes."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from policy_qa.document import Box, Marginal
from policy_qa.reading.pdf.printed import PrintedLine
from policy_qa.reading.pdf.tables import RepeatedHeads

_Kind: TypeAlias = Literal["running head", "page number", "stamp", "footnote"]

_GAZETTE = re.compile(r"(?:\d{1,4} )?CÔNG BÁO\s?/\s?Số [\d +]+/\s?Ngày [\d/-]+(?: \d{1,4})?", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:Trang )?\d{1,4}(?:\s?/\s?\d{1,4})?[-–— ]*", re.IGNORECASE)
_STAMP = re.compile(
    r"(?:(?:Ký bởi|Người ký|Thời gian ký|Ngày ký|Giờ ký|Được ký bởi|Ký số bởi|Ký ngày)\s?:"
    r"|Signature Not Verified|Signature valid|Digitally signed|\[daky\]|Signed by\b|Signing (?:time|date)\b)"
)
"""What a digital signature prints; "người ký phát …" in running text is none, hence the colon."""
_STAMPED = re.compile(r"\d:\d{2}|@|^Email\b|Signature|[Ss]igned")
"""The time, an address or English beside it: what a form's "Ngày ký:" or a definition has not."""
_STAMP_DETAIL = re.compile(
    r"(?:Email|Cơ quan|Tổ chức|Date|Reason|Location|Chức vụ|DN)\s?:|\d{2}[./-]\d{2}[./-]\d{4} \d{2}:\d{2}|\+07'?00'?"
)
_LABEL = re.compile(r"(?:Mẫu|Biểu|Bảng|Phụ lục|Phần|Chương|Mục|Điều)\b", re.IGNORECASE)
_MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|Độc lập\s?[-–]")
_RULE = re.compile(r"[_\-–—=*]{3,}")
_TOP, _BOTTOM = 0.905, 0.08  # parts of the page's height outside of which nothing but marginals is printed


@dataclass(slots=True)
class PrintedPage:
    """A page's size in points and its lines in reading order.

    Size and boxes are those of the page turned by `turn` degrees clockwise, so that its text is upright.
    """

    number: int
    width: float
    height: float
    lines: list[PrintedLine]
    turn: int = 0


def lift(pages: Sequence[PrintedPage]) -> list[Marginal]:
    """Takes marginals out of the pages' lines (in place) and returns them, page by page; rules just vanish."""
    repeated = _repeated(pages)
    marginals: list[Marginal] = []
    open_note = False
    usual = _usual_size(pages)
    heads = RepeatedHeads()
    for page in pages:
        kept: list[PrintedLine] = []
        stamped = False
        banners = _banners(page, usual)
        numbers = _turned_numbers(page)
        for line in page.lines:
            if not line.text or _RULE.fullmatch(line.text):
                continue
            kind = "running head" if line in banners else _kind(line, page, repeated, usual)
            if kind is None and line.text in numbers and line.cell is None and not _in_row(line, page):
                kind = "page number"
            if kind is None and stamped and _STAMP_DETAIL.match(line.text):
                kind = "stamp"
            stamped = kind == "stamp"
            if kind is None:
                kept.append(line)
            else:
                marginals.append(Marginal(kind, line.text, page.number, line.box))
        notes = _footnotes(kept, usual, open_note)
        open_note = bool(notes) and not re.search(r"[.”\"]$", notes[-1].text)
        kept = kept[: len(kept) - len(notes)]
        marginals.extend(_notes(notes, page.number))
        repeats = heads.on(kept)
        page.lines = [line for line in kept if line not in repeats]
        marginals.extend(Marginal("running head", line.text, page.number, line.box) for line in repeats)
    return marginals


def _kind(line: PrintedLine, page: PrintedPage, repeated: set[str], usual: float) -> _Kind | None:
    text = line.text
    if _GAZETTE.fullmatch(text):
        return "running head"
    if _STAMP.match(text) and _is_stamped(line, page, usual):
        return "stamp"
    if not _outside(line, page):
        return None
    if _PAGE_NUMBER.fullmatch(text) and (line.turned or not _in_row(line, page, repeated)):
        return "page number"
    return "running head" if _key(text) in repeated else None


def _is_stamped(line: PrintedLine, page: PrintedPage, usual: float) -> bool:
    """Whether a line that reads like a stamp is one: in small print, at the page's edge, or beside what only stamps have."""
    if line.size < 0.93 * usual or _outside(line, page):
        return True
    at = next(i for i, other in enumerate(page.lines) if other is line)
    return any(_STAMPED.search(other.text) for other in page.lines[max(0, at - 3) : at + 4])


def _in_row(line: PrintedLine, page: PrintedPage, repeated: Collection[str] = ()) -> bool:
    """Whether something beside running heads stands on the line's row: then a number is a cell's."""
    return any(
        other is not line
        and other.text
        and other.beside(line)
        and not _GAZETTE.fullmatch(other.text)
        and _key(other.text) not in repeated
        for other in page.lines
    )


def _banners(page: PrintedPage, usual: float) -> list[PrintedLine]:
    """The gazette's own heading over a document ("VĂN BẢN QUY PHẠM PHÁP LUẬT", the issuer).

    It stands in capitals, in larger print, right under the gazette's running head.
    """
    if not any(_GAZETTE.fullmatch(line.text) for line in page.lines):
        return []
    found: list[PrintedLine] = []
    for line in page.lines:
        if _outside(line, page) or not line.text:
            continue
        alone = not _in_row(line, page)
        if not (alone and line.text.isupper() and line.size > 1.1 * usual):
            break
        found.append(line)
    return found


def _turned_numbers(page: PrintedPage) -> set[str]:
    """The page number beside a gazette head that runs along the side of a page; it may be printed upright, too."""
    return {line.text for line in page.lines if line.turned and _PAGE_NUMBER.fullmatch(line.text)}


def _outside(line: PrintedLine, page: PrintedPage) -> bool:
    return line.turned or line.bottom > _TOP * page.height or line.top < _BOTTOM * page.height


def _key(text: str) -> str:
    """What lines that differ by a page number have in common; the labels of forms and annexes differ by their own."""
    return text if _LABEL.match(text) else re.sub(r"\d+", "#", text)


def _repeated(pages: Sequence[PrintedPage]) -> set[str]:
    """Lines at the edge of at least three pages and of two fifths of all, page numbers aside."""
    counts: Counter[str] = Counter()
    for page in pages:
        edge = (line.text for line in page.lines if _outside(line, page))
        counts.update({_key(text) for text in edge if not _MOTTO.match(text)})
    return {key for key, count in counts.items() if count >= max(3, 0.4 * len(pages)) and len(key) > 3}


def _usual_size(pages: Sequence[PrintedPage]) -> float:
    """The height of most characters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _footnotes(lines: Sequence[PrintedLine], usual: float, open_note: bool) -> list[PrintedLine]:
    """The lines of a page's footnotes: the run of smaller print that ends it, from the first line with a note mark.

    `open_note`: a footnote of the page before has not ended, so the run may begin without a mark.
    """
    start = len(lines)
    while start and lines[start - 1].size < 0.93 * usual:
        start -= 1
    run = lines[start:]
    if open_note and run and start and not run[0].text.startswith("Nơi nhận"):
        return list(run)
    first = next((i for i, line in enumerate(run) if line.note), None)
    return [] if first is None else list(run[first:])


def _notes(lines: Sequence[PrintedLine], page: int) -> list[Marginal]:
    """One marginal a footnote."""
    groups: list[list[PrintedLine]] = []
    for line in lines:
        if line.note or not groups:
            groups.append([])
        groups[-1].append(line)
    marginals = []
    for group in groups:
        mark = group[0].marks[0].mark if group[0].note and group[0].marks else None
        lines_of = group if mark is None or group[0].text != mark else group[1:]
        text = "".join(line.text + ("" if line.hyphenated else " ") for line in lines_of).strip()
        box = Box(
            min(line.left for line in group),
            min(line.bottom for line in group),
            max(line.right for line in group),
            max(line.top for line in group),
        )
        marginals.append(Marginal("footnote", text, page, box, mark))
    return marginals


@dataclass(frozen=True, slots=True)
class MarkPlace:
    """Where a note's mark stands in the text: the mark, its page, its offset."""

    mark: str
    page: int
    offset: int


def tied(marginals: Sequence[Marginal], places: Sequence[MarkPlace]) -> list[Marginal]:
    """The marginals, each footnote with the place of its mark: on its own page, else the last one before.

    The rest of a footnote that runs over a page break has no mark: it is joined to the footnote before it.
    """
    result: list[Marginal] = []
    used: set[int] = set()
    for marginal in marginals:
        if marginal.kind != "footnote":
            result.append(marginal)
            continue
        if marginal.mark is None:
            before = next((i for i in range(len(result) - 1, -1, -1) if result[i].kind == "footnote"), None)
            if before is not None:
                result[before] = dataclasses.replace(result[before], text=f"{result[before].text} {marginal.text}")
                continue
        fitting = [
            i
            for i, place in enumerate(places)
            if i not in used and place.mark == marginal.mark and place.page <= (marginal.page or 0)
        ]
        if fitting:
            at = next((i for i in fitting if places[i].page == marginal.page), fitting[-1])
            used.add(at)
            marginal = dataclasses.replace(marginal, anchor=places[at].offset)
        result.append(marginal)
    return result
