"""Our own digests (Markdown): only headings make provisions, and the front matter is the head.

`# Điều 1. Xxx` › `## Mục I. Xxx` › `### Khoản 2` is `điều=1;mục=I;khoản=2`; any other heading is a đề mục by its words
in lower case. Depth of the heading is depth of the address; what contains a điều is left out of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NoReturn

from policy_qa.document import JSON, Address, Document, Gap, Heading, Level, Metadata, Relation, SourceText, Step
from policy_qa.errors import BadCorpus
from policy_qa.reading.vietnamese import CAPITALS, SMALL
from policy_qa.structure.tree import Freezer, Node, Rank

REPORTED: Final = "Theo báo chí và hồ sơ tra cứu"
"""The heading below which everything is only reported, not seen in the document."""

RELATIONS: Final = frozenset({"căn cứ", "thực hiện", "thay thế", "sửa đổi", "tiếp tục", "hướng dẫn"})

FIELDS: Final = frozenset({
    "number", "kind", "issuer", "date", "signer", "title", "nicknames", "text_kind", "relations", "sources", "gaps", "mottos",
    "official",
})  # fmt: skip

_LABELLED: Final = re.compile(
    r"^(?P<level>Phụ lục|Phần|Chương|Tiểu mục|Mục|Điều|Khoản|Điểm|Gạch|Đoạn)\s+"
    r"(?P<label>[IVXLC]+|\d+(?:\.\d+)*[a-zđ]?|[a-zđ]\d?|[A-ZĐ])(?:\s*[.:]\s*(?P<title>.+?))?\s*$"
)
_SYMBOL: Final = rf"[{CAPITALS}{SMALL}0-9/.,()&+ –-]*"
_NUMBER: Final = re.compile(rf"{_SYMBOL}[0-9]{_SYMBOL}")
"""What may stand in a number: nothing that ids are written with, no markup, no letters that only look like Latin ones."""

_LONGEST: Final = 1000
"""Characters of a field; the longest title of a law has some five hundred."""

_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/?#@\\]+(?:[/?#]\S*)?")
_DATE: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def parse_digest(source: SourceText) -> Document:
    """The document of a digest; raises `BadCorpus` with file, field and reason where front matter or headings are wrong."""
    metadata = front_matter(source)
    text = source.text
    if not source.headings:
        _refuse(source, "tiêu đề", "bản tóm lược phải có ít nhất một tiêu đề (dòng bắt đầu bằng dấu #)")
    headings = sorted(source.headings, key=lambda heading: heading.span)
    if text[: headings[0].span.start].strip():
        _refuse(source, "tiêu đề", "có lời văn đứng trước tiêu đề đầu tiên; hãy đặt nó dưới một tiêu đề")
    freezer = Freezer()
    provisions = tuple(freezer.freeze(node, Address(), Address()) for node in _tree(headings, text))
    if freezer.repeated:
        _refuse(
            source,
            "tiêu đề",
            f"địa chỉ “{freezer.repeated[0]}” lặp lại ở hai tiêu đề; hãy gộp hoặc sửa một trong hai",
        )
    return Document(metadata, source, provisions, source.warnings)


def _tree(headings: Sequence[Heading], text: str) -> list[Node]:
    roots: list[Node] = []
    opened: list[Node] = []
    ends = [*(heading.span.start for heading in headings[1:]), len(text)]
    for heading, end in zip(headings, ends, strict=True):
        while opened and (opened[-1].depth or 0) >= heading.depth:
            opened.pop()
        node = _node(heading, text, end)
        node.reported = node.reported or (bool(opened) and opened[-1].reported)
        for outer in opened:
            outer.end = node.end
        (opened[-1].children if opened else roots).append(node)
        opened.append(node)
    return roots


def _node(heading: Heading, text: str, end: int) -> Node:
    start = heading.span.start
    words = heading.span.of(text).strip()
    node_end = start + len(text[start:end].rstrip())
    match = _LABELLED.match(words)
    if match is None:
        step, title = Step(Level.DE_MUC, words.lower()), words
    else:
        step, title = Step(Level(match["level"].lower()), match["label"]), match["title"] or ""
    # An annex has an article numbering of its own.
    rank = Rank.SCOPE if step.level is Level.PHU_LUC else Rank.HEADING
    return Node(step, rank, start, node_end, title, heading.depth, reported=words == REPORTED)


# --- front matter -------------------------------------------------------------------------------------------------


def front_matter(source: SourceText) -> Metadata:
    """The head of a digest from its YAML front matter, every field checked; raises `BadCorpus`."""
    data = source.metadata
    unknown = sorted(set(data) - FIELDS)
    if unknown:
        _refuse(source, unknown[0], "không có trường này trong phần đầu tệp; hãy bỏ hoặc sửa tên trường")
    date = _text(source, data, "date", required=True)
    if date is None or not _DATE.fullmatch(date):
        _refuse(source, "date", 'phải là ngày dạng "YYYY-MM-DD" trong ngoặc kép')
    number = _text(source, data, "number", required=True)
    if number is None or not _NUMBER.fullmatch(number):
        _refuse(source, "number", "phải là số, ký hiệu văn bản, chỉ gồm chữ, chữ số, gạch chéo, gạch nối và dấu chấm")
    official_addresses(source)
    return Metadata(
        number=number,
        date=date,
        kind=_text(source, data, "kind", required=True),
        issuer=_text(source, data, "issuer", required=True),
        title=_text(source, data, "title", required=True),
        signer=_text(source, data, "signer"),
        text_kind="digest",
        nicknames=_texts(source, data, "nicknames"),
        relations=tuple(_relation(source, item) for item in _items(source, data, "relations")),
        gaps=tuple(_gap(source, item) for item in _items(source, data, "gaps")),
        sources=_texts(source, data, "sources"),
    )


def official_addresses(source: SourceText) -> tuple[str, ...]:
    """Where official bodies publish the document's own text (field `official`, one or a list); raises `BadCorpus`."""
    value = source.metadata.get("official")
    found = _texts(source, {"official": [value] if isinstance(value, str) else value}, "official")
    for address in found:
        if not _WEB_ADDRESS.fullmatch(address):
            _refuse(source, "official", f"“{address}” không phải địa chỉ trang web, ví dụ https://vbpl.vn/…")
    return found


def _relation(source: SourceText, item: JSON) -> Relation:
    if not isinstance(item, Mapping):
        _refuse(source, "relations", "mỗi quan hệ phải có kind, number và date")
    kind = _text(source, item, "kind", required=True, within="relations")
    number = _text(source, item, "number", required=True, within="relations")
    date = _text(source, item, "date", within="relations")
    if kind not in RELATIONS:
        _refuse(source, "relations.kind", f"“{kind}” không thuộc các loại: {', '.join(sorted(RELATIONS))}")
    if date is not None and not _DATE.fullmatch(date):
        _refuse(source, "relations.date", 'phải là ngày dạng "YYYY-MM-DD" trong ngoặc kép')
    return Relation(kind or "", number or "", date)


def _gap(source: SourceText, item: JSON) -> Gap:
    if not isinstance(item, Mapping):
        _refuse(source, "gaps", "mỗi phần còn thiếu phải có part và topics")
    part = _text(source, item, "part", required=True, within="gaps")
    return Gap(part or "", _texts(source, item, "topics", within="gaps"))


def _text(
    source: SourceText, data: Mapping[str, JSON], field: str, *, required: bool = False, within: str = ""
) -> str | None:
    value = data.get(field)
    name = f"{within}.{field}" if within else field
    if value is None:
        if required:
            _refuse(source, name, "còn thiếu; hãy điền trường này")
        return None
    if not isinstance(value, str) or not value.strip():
        _refuse(source, name, "phải là một chuỗi ký tự không rỗng (đặt trong ngoặc kép nếu là số hoặc ngày)")
    if len(value) > _LONGEST:
        _refuse(source, name, f"dài quá {_LONGEST} ký tự; hãy rút gọn")
    return value.strip()


def _items(source: SourceText, data: Mapping[str, JSON], field: str) -> Sequence[JSON]:
    value = data.get(field)
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        _refuse(source, field, "phải là một danh sách")
    return value


def _texts(source: SourceText, data: Mapping[str, JSON], field: str, within: str = "") -> tuple[str, ...]:
    name = f"{within}.{field}" if within else field
    items = _items(source, data, field)
    texts = tuple(item.strip() for item in items if isinstance(item, str) and item.strip())
    if len(texts) != len(items):
        _refuse(source, name, "phải là danh sách các chuỗi ký tự không rỗng")
    return texts


def _refuse(source: SourceText, field: str, why: str) -> NoReturn:
    raise BadCorpus(f"Bản tóm lược {Path(source.file).name}, phần “{field}”: {why}.")
