"""The shipped digests: what a digest must fulfil, and the check behind `policy-qa corpus check`.

The rules are those of `corpus/README.md`. Files are read and parsed by the same rooms as any other document; what the
parser refuses (types of fields, addresses that occur twice) is reported in its words, and what it lets pass but a
shipped digest may not do is checked here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policy_qa.document import Document, Level, Metadata, Provision, SourceText
from policy_qa.errors import BadCorpus, PolicyQAError
from policy_qa.reading import read
from policy_qa.reading.vietnamese import fold
from policy_qa.structure import parse
from policy_qa.structure.digest import official_addresses
from policy_qa.wording import SharedRuns, words_of

RUN_WORDS = 12
"""A run of this many words shared with a source text counts as copied."""

MOTTO_WORDS = 15
"""A quoted motto is a phrase, not a passage."""

_NUMBER = re.compile(r"\d+(?:/\d{4})?(?:[-/]\w+)+")
_OFFICIAL = re.compile(
    r"https://(?:[a-z0-9-]+\.)*(?:gov\.vn|chinhphu\.vn|vbpl\.vn|quochoi\.vn|dangcongsan\.vn)(?::443)?(?:[/?#]|$)",
    re.IGNORECASE,
)
"""Who may publish a document's own text: legal databases of companies may not."""
_SENTENCE_BREAK = re.compile(r"[.!?…] +[A-ZÀ-ỸĐ]")
_ROMAN_OR_DIGITS = re.compile(r"[IVXLC]+|\d+")
_DIGITS = re.compile(r"\d+[a-zđ]?")

_LABELS = {
    Level.PHAN: _ROMAN_OR_DIGITS,
    Level.CHUONG: _ROMAN_OR_DIGITS,
    Level.MUC: _ROMAN_OR_DIGITS,
    Level.TIEU_MUC: _ROMAN_OR_DIGITS,
    Level.DIEU: _DIGITS,
    Level.KHOAN: _DIGITS,
    Level.DIEM: re.compile(r"[a-zđ]\d?|\d+(?:\.\d+)+"),
    Level.GACH: re.compile(r"\d+"),
    Level.DOAN: re.compile(r"\d+"),
}
_MISREAD = re.compile(r"(?:điều|mục|khoản|điểm|chương|gạch|đoạn)\s+(?:\d|[ivxlc]+\b|[a-zđ]\b)")
"""A heading that wanted to be a numbered provision, but was read as an unnumbered one."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with one digest; `str()` is the line shown to the user."""

    file: Path
    message: str

    def __str__(self) -> str:
        return self.message if self.file.name in self.message else f"{self.file.name}: {self.message}"


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
            documents[file] = _parse_digest(read(file))
        except PolicyQAError as error:
            problems.append(Problem(file, str(error)))
            continue
        problems += [Problem(file, message) for message in _check_digest(documents[file])]
    problems += _check_identity(documents)
    problems += _check_wording(documents, forbidden)
    return sorted(problems, key=lambda problem: files.index(problem.file))


def _parse_digest(source: SourceText) -> Document:
    if not source.metadata:
        raise BadCorpus("thiếu phần thông tin đầu tệp (giữa hai dòng ---).")
    # Without this word the file would be read as an official document, by another grammar.
    if source.metadata.get("text_kind") != "digest":
        raise BadCorpus("trường “text_kind” của bản tóm lược phải là digest.")
    return parse(source)


def _check_digest(document: Document) -> Iterator[str]:
    yield from _check_metadata(document.metadata)
    yield from _check_official(document.source)
    yield from _check_mottos(document.source)
    yield from _check_headings(document)
    for provision in document.walk():
        yield from _check_provision(provision, document.source.text)


# --- front matter -------------------------------------------------------------------------------------------------


def _check_metadata(metadata: Metadata) -> Iterator[str]:
    if not _NUMBER.fullmatch(metadata.number or ""):
        yield f"số, ký hiệu “{metadata.number}” không đúng dạng (ví dụ 57-KL/TW, 72/2015/NĐ-CP)."
    if not _is_date(metadata.date or ""):
        yield f"ngày “{metadata.date}” không có trong lịch."
    if fold(metadata.title or "").startswith(fold(metadata.kind or "") + " "):
        yield f"tên gọi (title) không lặp lại tên loại “{metadata.kind}”."
    for name in metadata.nicknames:
        # One word would set too much aside in the comparison of wordings, and names no document.
        if len(words_of(name)) < 2:
            yield f"tên gọi khác “{name}” quá ngắn, phải có ít nhất hai từ."
    yield from _check_relations(metadata)
    yield from _check_evidence(metadata)


def _check_relations(metadata: Metadata) -> Iterator[str]:
    for relation in metadata.relations:
        if not _NUMBER.fullmatch(relation.number or ""):
            yield f"quan hệ “{relation.kind}”: số, ký hiệu “{relation.number}” không đúng dạng."
        if relation.date is not None and not _is_date(relation.date):
            yield f"quan hệ “{relation.kind}”: ngày “{relation.date}” không có trong lịch."


def _check_evidence(metadata: Metadata) -> Iterator[str]:
    if not metadata.sources:
        yield "danh sách “sources” còn thiếu hoặc trống; hãy ghi nguồn."
    if not metadata.gaps:
        yield "danh sách “gaps” còn thiếu hoặc trống; hãy ghi phần văn bản mà bản tóm lược không có."
    for gap in metadata.gaps:
        if not gap.topics:
            yield f"phần thiếu “{gap.part}”: topics trống; hãy ghi các từ mà người hỏi sẽ dùng."


def _check_official(source: SourceText) -> Iterator[str]:
    for address in official_addresses(source):
        if not _OFFICIAL.match(address):
            yield f"địa chỉ “{address}” (official) không phải trang https của cơ quan nhà nước hay của Đảng."


def _check_mottos(source: SourceText) -> Iterator[str]:
    words = " ".join(words_of(source.text))
    listed = source.metadata.get("mottos", [])
    if len(_mottos(source)) != (len(listed) if isinstance(listed, list) else -1):
        yield "trường “mottos” phải là danh sách các chuỗi chữ, không để trống."
    for motto in _mottos(source):
        if len(words_of(motto)) > MOTTO_WORDS:
            yield f"phương châm “{motto}” dài quá {MOTTO_WORDS} từ."
        if " ".join(words_of(motto)) not in words:
            yield f"phương châm “{motto}” không có trong nội dung."


def _mottos(source: SourceText) -> list[str]:
    listed = source.metadata.get("mottos")
    return [motto for motto in listed if isinstance(motto, str) and motto.strip()] if isinstance(listed, list) else []


def _is_date(value: str) -> bool:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


# --- provisions ---------------------------------------------------------------------------------------------------


def _check_headings(document: Document) -> Iterator[str]:
    previous = 0
    for heading in document.source.headings:
        if heading.depth > previous + 1:
            words = heading.span.of(document.source.text)
            yield f"đề mục “{words}” nhảy bậc; mỗi bậc con chỉ thêm một dấu #."
        previous = heading.depth


def _check_provision(provision: Provision, text: str) -> Iterator[str]:
    last = provision.address.last
    form = _LABELS.get(last.level)
    if form is not None and not form.fullmatch(last.label):
        yield f"địa chỉ “{provision.address}” có nhãn không hợp lệ."
    if last.level is Level.DE_MUC and _MISREAD.match(last.label):
        yield f"đề mục “{last.label}” giống tên điều khoản nhưng không đọc được số; hãy ghi như “Khoản 2. Tên”."
    paragraphs = [line.strip() for line in provision.own_span.of(text).split("\n")[1:] if line.strip()]
    if not provision.children and not paragraphs:
        yield f"“{provision.address}” không có nội dung; phần không có nguồn thì ghi vào gaps."
    for paragraph in paragraphs:
        if not paragraph.endswith("."):
            yield f"câu “{paragraph[:40]}…” không kết thúc bằng dấu chấm."
        if _SENTENCE_BREAK.search(paragraph):
            yield f"đoạn “{paragraph[:40]}…” có hơn một câu; mỗi ý là một câu, một đoạn."


def _check_identity(documents: Mapping[Path, Document]) -> Iterator[Problem]:
    owners: dict[str, Path] = {}
    for file, document in documents.items():
        owner = owners.setdefault(document.key, file)
        if owner != file:
            yield Problem(file, f"trùng số và ngày với tệp {owner.name} ({document.key}); mỗi văn bản chỉ có một tệp.")


# --- wording ------------------------------------------------------------------------------------------------------


def _check_wording(documents: Mapping[Path, Document], forbidden: Sequence[str]) -> Iterator[Problem]:
    exempt = [name for document in documents.values() for name in _names(document)]
    sources = SharedRuns(forbidden, RUN_WORDS, exempt)
    for file, document in documents.items():
        for run in sources.within(document.source.text):
            yield Problem(file, f"trùng {len(run)} từ liền nhau với nguồn: “{' '.join(run)}”; hãy viết lại.")


def _names(document: Document) -> list[str]:
    """Title, nicknames and mottos of one digest; digests name each other, so all are set aside in all."""
    metadata = document.metadata
    return [metadata.title or "", *metadata.nicknames, *_mottos(document.source)]
