"""The shipped digests: what a digest's file must fulfil, and the check behind `policy-qa corpus check`.

The rules are those of `corpus/README.md`. Files are read and parsed by the same rooms as any other document, so that
what passes here is what the index will hold.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policy_qa.document import JSON, Document, Level, Provision, SourceText, document_key
from policy_qa.errors import PolicyQAError
from policy_qa.reading import read
from policy_qa.reading.vietnamese import fold
from policy_qa.structure import parse
from policy_qa.wording import SharedRuns, words_of

RELATION_KINDS = ("căn cứ", "thực hiện", "thay thế", "sửa đổi", "tiếp tục", "hướng dẫn")
"""How one document may refer to another in `relations`."""

RUN_WORDS = 12
"""A run of this many words shared with a source text counts as copied."""

MOTTO_WORDS = 15
"""A quoted motto is a phrase, not a passage."""

_STRINGS = ("number", "kind", "issuer", "date", "title", "text_kind")
_LISTS = ("nicknames", "relations", "sources", "gaps")
_OPTIONAL = ("signer", "mottos")

_NUMBER = re.compile(r"\d+(?:/\d{4})?(?:[-/]\w+)+")
_SENTENCE_BREAK = re.compile(r"[.!?…] +[A-ZÀ-ỸĐ]")

_LABELS = {
    Level.PHAN: re.compile(r"[IVXLC]+|\d+"),
    Level.CHUONG: re.compile(r"[IVXLC]+|\d+"),
    Level.MUC: re.compile(r"[IVXLC]+|\d+"),
    Level.TIEU_MUC: re.compile(r"[IVXLC]+|\d+"),
    Level.DIEU: re.compile(r"\d+[a-zđ]?"),
    Level.KHOAN: re.compile(r"\d+[a-zđ]?"),
    Level.DIEM: re.compile(r"[a-zđ]{1,2}|\d+(?:\.\d+)+"),
    Level.GACH: re.compile(r"\d+"),
    Level.DOAN: re.compile(r"\d+"),
}
_MISREAD = re.compile(r"(?:điều|mục|khoản|điểm|chương|gạch|đoạn)\s+(?:\d|[ivxlc]+\b(?!\w)|[a-zđ]\b)")
"""A heading that wanted to be a numbered provision, but was read as an unnumbered heading."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one digest; `str()` is the line shown to the user."""

    file: Path
    message: str

    def __str__(self) -> str:
        return f"{self.file.name}: {self.message}"


def digest_files(folder: Path) -> list[Path]:
    """The digests of `folder`, sorted by name: its own `*.md` files but README.md; sub-folders are not entered."""
    return sorted(path for path in folder.glob("*.md") if path.is_file() and path.name.lower() != "readme.md")


def check(folder: Path, forbidden: Sequence[str] = ()) -> list[Problem]:
    """Checks every digest of `folder`; an empty list means that all is well.

    Args:
        folder: the corpus, read without its sub-folders.
        forbidden: texts with which no digest may share a run of 12 words (folded, without punctuation; the titles,
            nicknames and mottos in the digests' front matter aside).

    Returns:
        The problems, by file. Files that cannot be read are problems too; nothing is raised for them.
    """
    files = digest_files(folder)
    if not files:
        return [Problem(folder, "thư mục không có bản tóm lược nào (tệp .md); hãy kiểm tra lại đường dẫn.")]
    problems: list[Problem] = []
    documents: dict[Path, Document] = {}
    for file in files:
        try:
            source = read(file)
            # Before parsing, so that a front matter that the parser refuses is still explained field by field.
            problems += [Problem(file, message) for message in _check_front_matter(source)]
            documents[file] = parse(source)
        except PolicyQAError as error:
            problems.append(Problem(file, str(error)))
            continue
        problems += [Problem(file, message) for message in _check_provisions(documents[file])]
        problems += [Problem(file, message) for message in _check_sentences(documents[file])]
    problems += _check_identity(documents)
    problems += _check_wording(documents, forbidden)
    return sorted(problems, key=lambda problem: files.index(problem.file))


# --- front matter -------------------------------------------------------------------------------------------------


def _check_front_matter(source: SourceText) -> Iterator[str]:
    if not source.metadata:
        yield "thiếu phần thông tin đầu tệp (giữa hai dòng ---)."
        return
    yield from _check_fields(source.metadata)
    yield from _check_mottos(source.metadata, source.text)


def _check_fields(metadata: Mapping[str, JSON]) -> Iterator[str]:
    for name in metadata:
        if name not in (*_STRINGS, *_LISTS, *_OPTIONAL):
            yield f"trường “{name}” không có trong quy ước; hãy xem lại tên trường."
    for name in _STRINGS:
        if not _is_text(metadata.get(name)):
            yield f"trường “{name}” còn thiếu hoặc không phải chuỗi chữ."
    for name in _LISTS:
        if not isinstance(metadata.get(name), (list, tuple)):
            yield f"trường “{name}” còn thiếu hoặc không phải danh sách (không có gì thì ghi [])."
    if "signer" in metadata and not _is_text(metadata["signer"]):
        yield "trường “signer” để trống; không rõ người ký thì bỏ hẳn trường này."
    yield from _check_values(metadata)
    for name in ("nicknames", "sources", "mottos"):
        if not all(map(_is_text, _items(metadata.get(name)))):
            yield f"trường “{name}” phải là danh sách các chuỗi chữ."
    yield from _check_relations(_items(metadata.get("relations")))
    yield from _check_gaps(_items(metadata.get("gaps")))


def _check_values(metadata: Mapping[str, JSON]) -> Iterator[str]:
    number, kind, title = (metadata.get(name) for name in ("number", "kind", "title"))
    if isinstance(number, str) and number and not _NUMBER.fullmatch(number):
        yield f"số, ký hiệu “{number}” không đúng dạng (ví dụ 57-KL/TW, 72/2015/NĐ-CP)."
    if metadata.get("date") and not _is_date(metadata["date"]):
        yield f'ngày “{metadata["date"]}” không đúng dạng "YYYY-MM-DD" hoặc không có trong lịch.'
    if _is_text(metadata.get("text_kind")) and metadata["text_kind"] != "digest":
        yield "trường “text_kind” của bản tóm lược phải là digest."
    if isinstance(kind, str) and isinstance(title, str) and fold(title).startswith(fold(kind) + " "):
        yield f"tên gọi (title) không lặp lại tên loại “{kind}”."
    if metadata.get("sources") == []:
        yield "danh sách “sources” đang trống; hãy ghi nguồn."
    if metadata.get("gaps") == []:
        yield "danh sách “gaps” đang trống; hãy ghi phần văn bản mà bản tóm lược không có."
    for name in _items(metadata.get("nicknames")):
        # One word would set too much aside in the comparison of wordings, and names no document.
        if _is_text(name) and len(words_of(str(name))) < 2:
            yield f"tên gọi khác “{name}” quá ngắn, phải có ít nhất hai từ."


def _check_relations(relations: Sequence[JSON]) -> Iterator[str]:
    for position, relation in enumerate(relations, 1):
        if not isinstance(relation, Mapping):
            yield f"quan hệ thứ {position} phải ghi đủ kind, number, date."
            continue
        if relation.get("kind") not in RELATION_KINDS:
            yield f"quan hệ thứ {position}: kind phải là một trong: {', '.join(RELATION_KINDS)}."
        if not _NUMBER.fullmatch(str(relation.get("number") or "")):
            yield f"quan hệ thứ {position}: number còn thiếu hoặc không đúng dạng."
        if relation.get("date") is not None and not _is_date(relation["date"]):
            yield f'quan hệ thứ {position}: date không đúng dạng "YYYY-MM-DD".'


def _check_gaps(gaps: Sequence[JSON]) -> Iterator[str]:
    for position, gap in enumerate(gaps, 1):
        part = gap.get("part") if isinstance(gap, Mapping) else None
        topics = _items(gap.get("topics")) if isinstance(gap, Mapping) else ()
        if not _is_text(part):
            yield f"phần thiếu thứ {position} (gaps): còn thiếu part."
        if not topics or not all(map(_is_text, topics)):
            yield f"phần thiếu thứ {position} (gaps): topics phải là danh sách các chuỗi chữ, không để trống."


def _check_mottos(metadata: Mapping[str, JSON], text: str) -> Iterator[str]:
    words = " ".join(words_of(text))
    for motto in filter(_is_text, _items(metadata.get("mottos"))):
        motto_words = words_of(str(motto))
        if len(motto_words) > MOTTO_WORDS:
            yield f"phương châm “{motto}” dài quá {MOTTO_WORDS} từ."
        if " ".join(motto_words) not in words:
            yield f"phương châm “{motto}” không có trong nội dung."


def _is_text(value: JSON) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_date(value: JSON) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return False
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _items(value: JSON) -> Sequence[JSON]:
    return value if isinstance(value, (list, tuple)) else ()


# --- provisions ---------------------------------------------------------------------------------------------------


def _check_provisions(document: Document) -> Iterator[str]:
    text = document.source.text
    provisions = list(document.walk())
    if not provisions:
        yield "không có đề mục nào (#), nên không có quy định nào để viện dẫn."
        return
    if text[: provisions[0].span.start].strip():
        yield "có câu đứng trước đề mục đầu tiên; mỗi câu phải nằm dưới một đề mục."
    previous = 0
    for heading in document.source.headings:
        if heading.depth > previous + 1:
            yield f"đề mục “{heading.span.of(text)}” nhảy bậc; mỗi bậc con chỉ thêm một dấu #."
        previous = heading.depth
    seen: set[str] = set()
    for provision in provisions:
        yield from _check_provision(provision, text)
        if str(provision.address) in seen:
            yield f"địa chỉ “{provision.address}” bị lặp lại."
        seen.add(str(provision.address))


def _check_provision(provision: Provision, text: str) -> Iterator[str]:
    last = provision.address.last
    form = _LABELS.get(last.level)
    if form is not None and not form.fullmatch(last.label):
        yield f"địa chỉ “{provision.address}” có nhãn không hợp lệ."
    if last.level is Level.DE_MUC and _MISREAD.match(last.label):
        yield f"đề mục “{last.label}” giống tên điều khoản nhưng không đọc được số; hãy ghi như “Khoản 2. Tên”."
    if not provision.children and not _own_paragraphs(provision, text):
        yield f"“{provision.address}” không có nội dung; phần không có nguồn thì ghi vào gaps."


def _check_sentences(document: Document) -> Iterator[str]:
    for provision in document.walk():
        for paragraph in _own_paragraphs(provision, document.source.text):
            if not paragraph.endswith("."):
                yield f"câu “{paragraph[:40]}…” không kết thúc bằng dấu chấm."
            if _SENTENCE_BREAK.search(paragraph):
                yield f"đoạn “{paragraph[:40]}…” có hơn một câu; mỗi ý là một câu, một đoạn."


def _own_paragraphs(provision: Provision, text: str) -> list[str]:
    """What the provision itself says: its lines after the heading's, before its first child."""
    return [line.strip() for line in provision.own_span.of(text).split("\n")[1:] if line.strip()]


def _check_identity(documents: Mapping[Path, Document]) -> Iterator[Problem]:
    owners: dict[str, Path] = {}
    for file, document in documents.items():
        number, date = document.source.metadata.get("number"), document.source.metadata.get("date")
        if not (_is_text(number) and _is_text(date)):
            continue
        key = document_key(str(number), str(date), file.name)
        owner = owners.setdefault(key, file)
        if owner != file:
            yield Problem(file, f"trùng số và ngày với tệp {owner.name} ({key}); mỗi văn bản chỉ có một tệp.")


# --- wording ------------------------------------------------------------------------------------------------------


def _check_wording(documents: Mapping[Path, Document], forbidden: Sequence[str]) -> Iterator[Problem]:
    exempt = [name for document in documents.values() for name in _names(document)]
    sources = SharedRuns(forbidden, RUN_WORDS, exempt)
    for file, document in documents.items():
        for run in sources.within(document.source.text):
            yield Problem(file, f"trùng {len(run)} từ liền nhau với nguồn: “{' '.join(run)}”; hãy viết lại.")


def _names(document: Document) -> Iterator[str]:
    """Titles, nicknames and mottos of one digest; digests name each other, so all are set aside in all."""
    metadata = document.source.metadata
    for name in (metadata.get("title"), *_items(metadata.get("nicknames")), *_items(metadata.get("mottos"))):
        if _is_text(name):
            yield str(name)
