"""Markdown and plain text: YAML front matter, headings by `#`, paragraphs; the words without their marks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

import yaml

from policy_qa.document import JSON, SourceText
from policy_qa.errors import UnreadableFile
from policy_qa.reading import legacy
from policy_qa.reading.decoding import decode_text
from policy_qa.reading.invisible import without_invisible
from policy_qa.reading.source import RawFile, TextBuilder
from policy_qa.reading.vietnamese import compose

_MAX_FRONT_MATTER = 64 * 1024
_MAX_BYTES = 32 * 2**20
_LONGEST = 20_000  # characters of a line in which marks are looked for
_HEADING = re.compile(r"(#{1,6})\s+(.*)$")
_UNDERLINE = re.compile(r"(=+|-+)\s*$")
_RULE = re.compile(r"\s{0,3}([-*_])(?:\s*\1){2,}\s*$")
_ITEM = re.compile(r"\s*(?:[-*+–]\s+|\d{1,3}(?:\.\d+)*[.)]\s+|[a-zđ]\)\s+|(?:Điều|Chương|Mục|Phần)\s+[\dIVX]+)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|\*|___|__|`)(?=\S)(.+?)(?<=\S)\1")
_UNDERSCORE = re.compile(r"(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")


def read_markdown(file: RawFile) -> SourceText:
    """A Markdown file; front matter becomes `metadata`, `#` lines become headings.

    Raises:
        UnreadableFile: wrong encoding or front matter (the sentence names the line), or no text.
    """
    lines, warnings = decoded_lines(file)
    metadata, first = _front_matter(file, lines)
    builder = TextBuilder()
    _paragraphs(_without_comments("\n".join(lines[first:])).split("\n"), builder)
    if not builder.text:
        raise UnreadableFile(f"Tệp “{file.name}” không có chữ nào ngoài phần đầu; hãy bổ sung nội dung.")
    return builder.source(file, "markdown", metadata=metadata, warnings=warnings)


def read_plain(file: RawFile) -> SourceText:
    """A plain text file: its lines are its paragraphs, unless the lines were broken at a fixed width.

    Raises:
        UnreadableFile: wrong encoding, or no text.
    """
    lines, warnings = decoded_lines(file)
    builder = TextBuilder()
    for paragraph in _unwrapped(lines) if _is_wrapped(lines) else lines:
        builder.add(paragraph)
    if not builder.text:
        raise UnreadableFile(f"Tệp “{file.name}” không có chữ nào; hãy tải lại bản gốc.")
    return builder.source(file, "text", warnings=warnings)


def decoded_lines(file: RawFile) -> tuple[list[str], list[str]]:
    """The lines of a file in Unicode, or by measurement in an old encoding, and what is said of its conversion."""
    if len(file.data) > _MAX_BYTES:
        raise UnreadableFile(
            f"Tệp “{file.name}” lớn {len(file.data) // 2**20} MB, quá mức {_MAX_BYTES // 2**20} MB của tệp văn bản thuần; hãy tách nhỏ."
        )
    decoded = decode_text(file.data)
    if decoded is None:
        data = file.data
        line = data[: _wrong_byte(data)].count(b"\n") + 1
        raise UnreadableFile(
            f"Tệp “{file.name}” không dùng bảng mã Unicode (UTF-8), dòng {line} không đọc được, cũng không nhận ra bảng mã cũ "
            "(TCVN3, VNI); hãy chuyển sang Unicode rồi thêm lại."
        )
    text, encoding = decoded
    warnings = [] if encoding is None else [legacy.warning(file.name, encoding)]
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), warnings


def _wrong_byte(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0  # UTF-16 that ends within a letter


def _without_comments(text: str) -> str:
    # No regular expression: one takes hours over a megabyte of comments that do not end.
    pieces: list[str] = []
    end = 0
    while (start := text.find("<!--", end)) >= 0 and (stop := text.find("-->", start + 4)) >= 0:
        pieces.append(text[end:start])
        end = stop + 3
    return "".join([*pieces, text[end:]])


def _front_matter(file: RawFile, lines: list[str]) -> tuple[Mapping[str, JSON], int]:
    """The metadata and the number of lines it takes."""
    if not lines or lines[0].rstrip() != "---":
        return {}, 0
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        raise UnreadableFile(f"Tệp “{file.name}”: phần đầu mở bằng “---” ở dòng 1 nhưng không có dòng “---” đóng lại.")
    block = "\n".join(lines[1:end])
    if len(block) > _MAX_FRONT_MATTER:
        raise UnreadableFile(f"Tệp “{file.name}”: phần đầu dài quá {_MAX_FRONT_MATTER // 1024} KB; hãy rút gọn.")
    try:
        # Aliases let a few bytes unfold to gigabytes, and no front matter needs them.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(block, Loader=yaml.SafeLoader)):
            raise UnreadableFile(f"Tệp “{file.name}”: phần đầu không được dùng tham chiếu YAML (&, *).")
        value = yaml.safe_load(block)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" ở dòng {mark.line + 2}" if mark is not None else ""
        raise UnreadableFile(
            f"Tệp “{file.name}”: phần đầu (YAML) sai{where}; hãy kiểm tra dấu hai chấm và ngoặc kép."
        ) from error
    if value is None:
        return {}, end + 1
    if not isinstance(value, dict):
        raise UnreadableFile(f"Tệp “{file.name}”: phần đầu (YAML) phải gồm các dòng “tên: giá trị”, từ dòng 2.")
    return {str(key): _json(item) for key, item in value.items()}, end + 1


def _json(value: object) -> JSON:
    """YAML's values as JSON ones; an unquoted date becomes `YYYY-MM-DD`, a text one visible line."""
    if isinstance(value, dict):
        return {str(key): _json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_json(item) for item in value]
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float):
        return value
    # What names a document is printed, copied and shown without its text beside it: nothing may hide in it.
    return " ".join(compose(without_invisible(str(value))).split())


def _paragraphs(lines: list[str], builder: TextBuilder) -> None:
    """Blocks of lines become paragraphs; list items, table rows and headings stand alone."""
    held: list[str] = []

    def flush(depth: int | None = None) -> None:
        if held:
            builder.add(plain(" ".join(held)), depth)
            held.clear()

    for line in lines:
        underline = _UNDERLINE.match(line)
        if underline and len(held) == 1 and not _ITEM.match(held[0]):
            flush(1 if underline[1][0] == "=" else 2)
            continue
        alone = _alone(line)
        if alone is not None:
            flush()
            builder.add(*alone)
            continue
        if _ITEM.match(line):
            flush()
        held.append(re.sub(r"^\s*>\s?", "", line).strip().removesuffix("\\"))
        if line.endswith(("  ", "\\")):
            flush()
    flush()


def _alone(line: str) -> tuple[str, int | None] | None:
    """What a line says that is no part of a paragraph: a heading with its depth, a table row, nothing (blank, rule)."""
    heading = _HEADING.match(line)
    if heading:
        return plain(heading[2].rstrip().rstrip("#").rstrip()), len(heading[1])
    if not line.strip() or _RULE.match(line):
        return "", None
    if line.lstrip().startswith("|"):
        cells = [plain(cell.strip()) for cell in line.strip().strip("|").split("|")]
        drawn = all(re.fullmatch(r":?-+:?|", cell) for cell in cells)
        return ("" if drawn else " | ".join(filter(None, cells))), None
    return None


def plain(text: str) -> str:
    """A Markdown line without its marks: emphasis, code, link targets, escapes; a monstrous one as it is."""
    if len(text) > _LONGEST:
        return text  # marks without their ends are looked for again and again
    text = _LINK.sub(r"\1", text)
    for _ in range(3):  # emphasis inside emphasis
        text = _EMPHASIS.sub(r"\2", text)
    return _ESCAPE.sub(r"\1", _UNDERSCORE.sub(r"\1", text))


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the lines were broken at a fixed width: many, none long, most of one paragraph nearly as long as the longest."""
    filled = [line.rstrip() for line in lines if line.strip()]
    longest = max(map(len, filled), default=0)
    if not 50 <= longest < 100 or len(filled) < 5:
        return False
    return sum(len(line) > 0.8 * longest for line in filled) >= 0.5 * len(filled)


def _unwrapped(lines: list[str]) -> list[str]:
    longest = max(len(line.rstrip()) for line in lines)
    paragraphs: list[list[str]] = []
    fresh = True
    for line in lines:
        text = line.strip()
        if not text:
            fresh = True
            continue
        if fresh or _ITEM.match(text):
            paragraphs.append([text])
        else:
            paragraphs[-1].append(text)
        fresh = len(line.rstrip()) < 0.7 * longest
    return [" ".join(paragraph) for paragraph in paragraphs]
