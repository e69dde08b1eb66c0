"""Question sets: JSON Lines files of questions with the provisions that answer them.

The format is described in docs/evaluation.md, and in evals/schema.json. Loading is strict: a set with a slip in it measures nothing,
so every field is checked and the first slip is reported with file, line and reason.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Literal, TypeAlias, cast, get_args

from policy_qa.answer import Reason
from policy_qa.document import JSON, Address, to_json
from policy_qa.errors import PolicyQAError, reason

Kind: TypeAlias = Literal["figure", "date", "who", "list", "address", "identity", "relation", "definition", "content"]
Style: TypeAlias = Literal["plain", "no-diacritics", "abbreviation", "english", "colloquial"]
State: TypeAlias = Literal["draft", "reviewed"]


class BadQuestionSet(PolicyQAError):
    """A question set that cannot be read; the sentence begins with `file:line:`."""


OPTIONAL = frozenset({"files", "versions"})
"""The fields that a line may lack."""

MOST_BYTES = 100_000_000
"""What a set may have; there are some 75,000 long questions in so much."""

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class NeededFile:
    """A file that a question is about: its path relative to the data folder, with `/`, and the SHA-256 of its version."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """A document by its key, and the SHA-256 of the file of it that a question was written for."""

    key: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, and what a right answer rests on.

    `gold` is a tuple of groups: every group must be cited (all-of), and within a group any one id will do
    (any-of). An id is `document key#address`, as in `Passage.id`. `key_facts` are short figures or names that
    the answer must contain. Where `unanswerable` is true the assistant must refuse: `gold` and `key_facts`
    are empty and `reason` says why; otherwise `gold` is not empty and `reason` is None. `files` must be in the
    index for the question to make sense; none for a question about the shipped digests. `versions` are those of the
    documents that gold lies in, where the set is for these only.
    """

    id: str
    question: str
    kind: Kind
    style: Style
    gold: tuple[tuple[str, ...], ...]
    key_facts: tuple[str, ...]
    unanswerable: bool
    reason: Reason | None
    author: str
    state: State
    files: tuple[NeededFile, ...] = ()
    versions: tuple[DocumentVersion, ...] = ()

    @property
    def gold_ids(self) -> frozenset[str]:
        """Every provision id that may be cited as right, of whatever group."""
        return frozenset(provision for group in self.gold for provision in group)


def load(path: Path) -> list[Question]:
    """The questions of the JSON Lines file at `path`, in its order; blank lines are skipped.

    Raises:
        BadQuestionSet: the file cannot be read, holds no question, or a line breaks a rule of the format;
            the message is one Vietnamese sentence, `file:line: reason` where a line is to blame.
    """
    return [question for _, question in load_lines(path)]


def load_lines(path: Path) -> list[tuple[int, Question]]:
    """As `load`, each question with the number of its line."""
    questions: list[tuple[int, Question]] = []
    line_of: dict[str, int] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            question = read_line(line)
            for what, value in (("id", question.id), ("câu hỏi", question.question.casefold())):
                first = line_of.setdefault(f"{what} {value}", number)
                if first != number:
                    raise ValueError(f"{what} này đã có ở dòng {first}; mỗi {what} chỉ được dùng một lần.")
        except ValueError as slip:
            raise BadQuestionSet(f"{path}:{number}: {slip}") from slip
        questions.append((number, question))
    if not questions:
        raise BadQuestionSet(f"{path}: tệp không có câu hỏi nào; mỗi dòng phải là một đối tượng JSON.")
    return questions


def as_line(question: Question) -> dict[str, JSON]:
    """The object that stands for the question in a set; `load` makes the same question of it."""
    line = cast("dict[str, JSON]", to_json(question))
    line["files"] = {file.path: file.sha256 for file in question.files}
    line["versions"] = {version.key: version.sha256 for version in question.versions}
    return {name: value for name, value in line.items() if value or name not in OPTIONAL}


def split_id(provision: str) -> tuple[str, Address]:
    """`document key#address` as (document key, address).

    Raises:
        ValueError: there is no key, no address, or the address does not parse.
    """
    key, separator, address = provision.partition("#")
    if not (key and separator and address):
        raise ValueError(f"mã điều khoản {provision!r} phải có dạng số@ngày#địa chỉ.")
    if not unicodedata.is_normalized("NFC", provision):
        raise ValueError(f"mã điều khoản {provision!r} phải viết bằng Unicode dựng sẵn (NFC).")
    try:
        return key, Address.parse(address)
    except ValueError as slip:
        raise ValueError(f"địa chỉ {address!r} không đọc được; địa chỉ có dạng điều=1;khoản=2.") from slip


# --- reading one line ---------------------------------------------------------------------------------------------


def _lines(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadQuestionSet(f"{path}: không mở được tệp câu hỏi ({reason(error)}); hãy kiểm tra đường dẫn.") from error
    if len(raw) > MOST_BYTES:
        raise BadQuestionSet(f"{path}: tệp lớn hơn {MOST_BYTES // 1_000_000} MB; hãy chia bộ câu hỏi thành nhiều tệp.")
    try:
        # "utf-8-sig" also takes the byte order mark that Windows editors put first. Split at "\n" alone:
        # splitlines would also break at U+2028, which JSON allows inside a string.
        return raw.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadQuestionSet(f"{path}:{line}: không phải UTF-8; hãy lưu lại tệp với bảng mã UTF-8.") from error


def read_line(line: str) -> Question:
    """The question of one line of a set; raises ValueError, with one Vietnamese sentence, where it breaks a rule."""
    record = _record(line)
    question = Question(
        id=_text(record, "id"),
        question=_text(record, "question"),
        kind=cast(Kind, _choice(record, "kind", get_args(Kind))),
        style=cast(Style, _choice(record, "style", get_args(Style))),
        gold=_gold(record),
        key_facts=_texts(record["key_facts"], "key_facts"),
        unanswerable=_flag(record, "unanswerable"),
        reason=cast("Reason | None", None if record["reason"] is None else _choice(record, "reason", get_args(Reason))),
        author=_text(record, "author"),
        state=cast(State, _choice(record, "state", get_args(State))),
        files=tuple(NeededFile(*item) for item in _files(record.get("files", {})).items()),
        versions=tuple(
            DocumentVersion(*item) for item in _hashes(record.get("versions", {}), "versions", "mã văn bản").items()
        ),
    )
    _agree(question)
    return question


def _record(line: str) -> Mapping[str, JSON]:
    try:
        # No field is a number; a float takes any number of digits.
        record: JSON = json.loads(line, object_pairs_hook=_object, parse_int=float)
        json.dumps(record, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError("có ký tự hỏng (nửa ký tự, như \\ud800); hãy gõ lại chữ ấy.") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"không phải JSON (cột {error.colno}); mỗi dòng phải là một đối tượng JSON.") from error
    except RecursionError as error:
        raise ValueError("JSON lồng quá sâu; mỗi dòng phải là một đối tượng JSON.") from error
    if not isinstance(record, Mapping):
        raise ValueError("mỗi dòng phải là một đối tượng JSON, đặt trong { }.")
    if "feedback" in record:
        raise ValueError("câu lấy từ phản hồi chưa được duyệt; hãy duyệt tệp này bằng lệnh `policy-qa eval review`.")
    names = {field.name for field in fields(Question)}
    if missing := sorted(names - OPTIONAL - record.keys()):
        raise ValueError(f"thiếu trường {', '.join(missing)}.")
    if unknown := sorted(record.keys() - names):
        raise ValueError(f"có trường lạ {', '.join(unknown)}; hãy bỏ đi hoặc sửa tên.")
    return record


def _object(pairs: list[tuple[str, JSON]]) -> dict[str, JSON]:
    """The object of these fields; a field that is there twice would lose its first value unseen."""
    record = dict(pairs)
    if len(record) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"trường {twice} được ghi hai lần; hãy bỏ một.")
    return record


def _text(record: Mapping[str, JSON], name: str) -> str:
    value = record[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"trường {name} phải là chuỗi không rỗng.")
    return value


def _flag(record: Mapping[str, JSON], name: str) -> bool:
    value = record[name]
    if not isinstance(value, bool):
        raise ValueError(f"trường {name} phải là true hoặc false.")
    return value


def _choice(record: Mapping[str, JSON], name: str, allowed: tuple[str, ...]) -> str:
    value = record[name]
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"trường {name} là {value!r}, phải là một trong: {', '.join(allowed)}.")
    return value


def _texts(value: JSON, name: str) -> tuple[str, ...]:
    # A lone string is a sequence of strings too, so it is the list that is asked for.
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise ValueError(f"trường {name} phải là danh sách các chuỗi không rỗng.")
    return tuple(cast("list[str]", value))


def _gold(record: Mapping[str, JSON]) -> tuple[tuple[str, ...], ...]:
    value = record["gold"]
    if not isinstance(value, list):
        raise ValueError("trường gold phải là danh sách các nhóm, mỗi nhóm là danh sách mã điều khoản.")
    groups = tuple(_texts(group, "gold (mỗi nhóm)") for group in value)
    for group in groups:
        if not group:
            raise ValueError("trường gold có một nhóm rỗng; không trích dẫn nào thỏa được nhóm ấy.")
        for provision in group:
            split_id(provision)
    return groups


def _files(value: JSON) -> Mapping[str, str]:
    files = _hashes(value, "files", "đường dẫn")
    for path in files:
        parts = path.split("/")
        if not all(parts) or ".." in parts or "\\" in path or ":" in path:
            raise ValueError(
                f"trường files có đường dẫn {path!r}; phải là đường dẫn tính từ thư mục dữ liệu, với dấu /."
            )
    return files


def _hashes(value: JSON, name: str, of: str) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError(f"trường {name} phải là đối tượng gồm {of} và mã SHA-256, đặt trong {{ }}.")
    for item, sha256 in value.items():
        if not item.strip():
            raise ValueError(f"trường {name} có {of} để trống.")
        if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
            raise ValueError(f"trường {name} thiếu mã SHA-256 (64 chữ số thập lục phân, chữ thường) của {item!r}.")
    return cast("Mapping[str, str]", value)


def _agree(question: Question) -> None:
    """The rules that bind `gold`, `key_facts` and `reason` to `unanswerable`."""
    if question.unanswerable:
        if question.gold or question.key_facts:
            raise ValueError("câu không trả lời được thì gold và key_facts phải là danh sách rỗng.")
        if question.reason is None:
            raise ValueError("câu không trả lời được phải có trường reason cho biết vì sao.")
        return
    if not question.gold:
        raise ValueError("câu trả lời được phải có ít nhất một nhóm trong gold.")
    if question.reason is not None:
        raise ValueError("câu trả lời được thì reason phải là null.")
