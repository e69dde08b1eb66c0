"""Questions out of what trainers have: pasted text, .txt, a column of .xlsx, paragraphs, lists or a table of .docx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from policy_qa.answering.chain import LONGEST_QUESTION
from policy_qa.errors import PolicyQAError, reason
from policy_qa.reading.invisible import without_invisible
from policy_qa.reading.vietnamese import fold, nfc

MOST = 500
MAX_BYTES = 5 * 2**20
SUFFIXES = (".txt", ".xlsx", ".docx")

_COLUMN = re.compile(r"(?:noi dung )?(?:cau )?hoi|cac cau hoi|questions?|noi dung cau hoi|danh sach cau hoi")
_ORDER = re.compile(r"(?:stt|so thu tu|so tt|tt|no\.?|#|thu tu)")
_LABEL = re.compile(
    r"""(?:
        câu\s+(?:hỏi\s+)?(?:số\s+)?\d{1,3}\s*[.:)\-–]?\s+   # "Câu 1:", "Câu hỏi số 2."
      | \(?\d{1,3}(?:\.\d{1,2})*\s*(?:[.):]\s*(?=\D)|/\s+) # "1.", "2)", "(3)", "1.2.", "1/ "; not "1.000 tỷ", "72/NQ-CP"
      | [a-zđ]\)\s+
      | \d{1,3}(?:\.\d{1,2})*\s*[-–]\s+                     # "1 - "
      | [-–—•●▪*+]\s+
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_ENDS = re.compile(r"[?!.;:…]\W*$")


class UnreadableQuestions(PolicyQAError):
    """A list of questions that cannot be read (wrong kind of file, damaged, too large, no questions in it)."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions in order, each once, and what was left out, a Vietnamese sentence each."""

    questions: tuple[str, ...]
    notes: tuple[str, ...] = ()


def read_questions(path: Path, name: str | None = None) -> Questions:
    """The questions in a file; `name` is what the user calls it, where that is not the path's own name.

    Raises:
        UnreadableQuestions: no such file, not .txt, .xlsx or .docx, damaged, too large, no questions or too many.
    """
    shown = without_invisible(name or path.name)
    suffix = Path(shown).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableQuestions(
            f"Tệp câu hỏi “{shown}” phải là .txt, .xlsx hoặc .docx: lưu lại theo một trong ba loại đó, hoặc dán câu hỏi."
        )
    data = _bytes_of(path, shown)
    if suffix == ".txt":
        return _from_text(_decoded(data, shown), f"tệp “{shown}”")
    from policy_qa.packs.tables import docx_rows, xlsx_rows

    rows, notes = (xlsx_rows if suffix == ".xlsx" else docx_rows)(data, shown)
    found = _from_rows(rows, f"tệp “{shown}”")
    return Questions(found.questions, (*notes, *found.notes))


def pasted_questions(text: str) -> Questions:
    """The questions of pasted text, a question a line or a numbered list.

    Raises:
        UnreadableQuestions: no questions, too many, or too much text.
    """
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        raise UnreadableQuestions(_too_large("phần đã dán"))
    return _from_text(text, "phần đã dán")


# --- lists and tables ---------------------------------------------------------------------------------------------


def _from_text(text: str, place: str) -> Questions:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    # A line copied out of a spreadsheet has its cells parted by tabs.
    if sum("\t" in line for line in lines) * 2 > sum(bool(line.strip()) for line in lines):
        return _from_rows([line.split("\t") for line in lines], place)
    return _from_rows([[line] for line in lines], place)


def _from_rows(rows: Sequence[Sequence[str]], place: str) -> Questions:
    """The questions of a table; rows of one cell are paragraphs, which may be a numbered list."""
    notes: list[str] = []
    tidied = [[_tidy(cell) for cell in row] for row in rows]
    while tidied and not any(tidied[-1]):
        tidied.pop()
    if any(len([cell for cell in row if cell]) > 1 for row in tidied):
        lines = _column(tidied)
    else:
        lines = ["".join(row) for row in tidied]
    blank = sum(not line for line in lines)
    found = _listed([line for line in lines if line], notes)
    if blank and len(rows) > 1:
        notes.append(f"Đã bỏ qua {blank} dòng trống.")
    return _checked(found, notes, place)


def _column(rows: Sequence[Sequence[str]]) -> list[str]:
    """The cells of the column of questions: the one whose head says so, otherwise the one with the most words."""
    for at, row in enumerate(rows[:20]):
        heads = [fold(cell).strip(" :.") for cell in row]
        named = [n for n, head in enumerate(heads) if _COLUMN.fullmatch(head)]
        if named:
            return [row[named[0]] if named[0] < len(row) else "" for row in rows[at + 1 :]]
    width = max(len(row) for row in rows)
    weight = [sum(len(row[n].split()) for row in rows if n < len(row)) for n in range(width)]
    best = weight.index(max(weight))
    body = rows[1:] if rows and any(_ORDER.fullmatch(fold(cell)) for cell in rows[0] if cell) else rows
    return [row[best] if best < len(row) else "" for row in body]


def _listed(lines: Sequence[str], notes: list[str]) -> list[str]:
    """The items of a list without their labels; lines below an item that did not end go on with it."""
    labels = [_LABEL.match(line) for line in lines]
    if sum(map(bool, labels)) * 2 < len(lines) or not any(labels):
        return list(lines)
    found: list[str] = []
    for line, label in zip(lines, labels, strict=True):
        if label:
            found.append(line[label.end() :].strip())
        elif not found:
            notes.append(f"Đã bỏ qua dòng đứng trước câu hỏi đầu tiên: “{_cut(line)}”.")
        elif _ENDS.search(found[-1]):
            found.append(line)
        else:
            found[-1] = f"{found[-1]} {line}"
    return found


def _checked(found: Iterable[str], notes: list[str], place: str) -> Questions:
    kept: dict[str, str] = {}
    repeated: list[str] = []
    for question in found:
        if not any(character.isalpha() for character in question):
            continue
        if len(question) > LONGEST_QUESTION:
            notes.append(f"Đã bỏ câu “{_cut(question)}” vì dài quá {LONGEST_QUESTION} ký tự: rút gọn rồi thêm lại.")
        elif kept.setdefault(fold(question).rstrip(" ?.!"), question) is not question:
            repeated.append(question)
    if repeated:
        named = "; ".join(f"“{_cut(question)}”" for question in dict.fromkeys(repeated[:5]))
        notes.append(f"Đã bỏ {len(repeated)} câu trùng: {named}{'; …' if len(repeated) > 5 else ''}.")
    if not kept:
        raise UnreadableQuestions(f"Không thấy câu hỏi nào trong {place}: ghi mỗi câu hỏi một dòng hoặc một ô.")
    if len(kept) > MOST:
        raise UnreadableQuestions(
            f"Trong {place} có {len(kept)} câu hỏi, quá mức {MOST} câu một bộ: chia thành nhiều bộ nhỏ hơn."
        )
    return Questions(tuple(kept.values()), tuple(notes))


def _tidy(text: str) -> str:
    return " ".join(without_invisible(nfc(text)).split())


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


# --- files --------------------------------------------------------------------------------------------------------


def _bytes_of(path: Path, shown: str) -> bytes:
    try:
        if not path.is_file():
            raise UnreadableQuestions(f"Không tìm thấy tệp câu hỏi “{path}”: kiểm tra lại đường dẫn.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreadableQuestions(
            f"Không đọc được tệp câu hỏi “{shown}” ({reason(error)}): kiểm tra quyền đọc, hoặc đóng chương trình đang mở tệp."
        ) from error
    if len(data) > MAX_BYTES:
        raise UnreadableQuestions(_too_large(f"tệp “{shown}”"))
    return data


def _decoded(data: bytes, shown: str) -> str:
    from policy_qa.reading.decoding import decode_text

    found = decode_text(data) if b"\x00" not in data[:4096] or data[:2] in (b"\xff\xfe", b"\xfe\xff") else None
    if found is None:
        raise UnreadableQuestions(
            f"Tệp câu hỏi “{shown}” không phải văn bản Unicode: lưu lại với bảng mã UTF-8 rồi chọn lại."
        )
    return found[0]


def _too_large(place: str) -> str:
    return f"Danh sách câu hỏi trong {place} lớn quá {MAX_BYTES // 2**20} MB: tách thành nhiều phần nhỏ hơn."
