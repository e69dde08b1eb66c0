"""Question sets of others: the forms of ALQAC and Zalo, read with care, made into documents and questions of ours.

Articles come as JSON Lines, one each, or as one JSON list of laws with their articles; questions as JSON Lines, as a JSON
list, or as such a list under `items`. Where to get them: evals/external/README.md.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from policy_qa.citing.kinds import NAMED_LAWS
from policy_qa.document import (
    JSON,
    Address,
    Document,
    Level,
    Metadata,
    Provision,
    SourceText,
    Span,
    Step,
    document_key,
)
from policy_qa.errors import PolicyQAError, reason
from policy_qa.evaluation.questions import Question, as_line
from policy_qa.reading.vietnamese import compose

MOST_BYTES: Final = 1_000_000_000
"""What a file may unpack to."""
_CONTROL: Final = re.compile(r"[^\S\n\t ]|[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_CLAUSE: Final = re.compile(r"^[ \t]*(\d{1,3}[a-zđ]?)\s*[.)]\s", re.MULTILINE)
_NUMBER: Final = re.compile(r"\d+[/-]")


class BadExternalSet(PolicyQAError):
    """A file of articles or questions that is not of a known form; the sentence begins with the file."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law, by the names that the file has for both."""

    law: str
    number: str
    heading: str
    text: str

    @property
    def key(self) -> str:
        """The key of the document that the law becomes."""
        return document_key(_metadata(self.law).number, None, compose(self.law))

    @property
    def address(self) -> Address:
        """Where the article stands in it."""
        return Address.of((Level.DIEU, compose(self.number)))


@dataclass(frozen=True, slots=True)
class External:
    """A set of others: its articles, its questions, and how many of these were left out.

    A question is left out where none of the articles that answer it is there, or where it was asked before.
    """

    articles: tuple[Article, ...]
    questions: tuple[Question, ...]
    left_out: int


def read_external(articles: Path, questions: Path) -> External:
    """The set in two files, gzipped or not.

    Raises:
        BadExternalSet: a file cannot be read, is not of a known form, or holds nothing that can be asked.
    """
    held = _articles(articles)
    asked: dict[str, Question] = {}
    places: dict[str, str] = {}
    count = 0
    for place, entry in _entries(questions):
        count += 1
        question = _question(place, entry, held, questions.stem)
        if question is not None:
            first = places.setdefault(question.id, place)
            if first != place and question.question.casefold() not in asked:
                raise BadExternalSet(f"{place}: id {question.id} đã có ở {first}; mỗi id chỉ được dùng một lần.")
            asked.setdefault(question.question.casefold(), question)
    if not asked:
        raise BadExternalSet(f"{questions}: không có câu hỏi nào mà tệp {articles} có điều luật trả lời.")
    return External(tuple(held.values()), tuple(asked.values()), count - len(asked))


def documents(articles: Iterable[Article]) -> Iterator[Document]:
    """One document a law, in the order of the file, each article a điều with its numbered clauses as khoản."""
    laws: dict[str, list[Article]] = {}
    for article in articles:
        laws.setdefault(article.key, []).append(article)
    for held in laws.values():
        yield _document(held)


def write_set(questions: Iterable[Question], path: Path) -> None:
    """Writes questions as a set that `questions.load` reads.

    Raises:
        BadExternalSet: the file cannot be written.
    """
    lines = "".join(json.dumps(as_line(question), ensure_ascii=False) + "\n" for question in questions)
    try:
        path.write_text(lines, encoding="utf-8", newline="\n")
    except UnicodeEncodeError as error:
        raise BadExternalSet(f"{path}: không ghi được, vì tên điều luật hoặc id có ký tự hỏng.") from error
    except OSError as error:
        raise BadExternalSet(f"{path}: không ghi được tệp ({reason(error)}); hãy chọn chỗ khác.") from error


# --- articles -----------------------------------------------------------------------------------------------------


def _articles(path: Path) -> dict[tuple[str, str], Article]:
    """The articles by law and number as the file writes them; empty ones and repeats are passed over."""
    found: dict[tuple[str, str], Article] = {}
    for place, entry in _entries(path):
        inside = entry.get("articles")
        law = _name(place, entry, "law", "law_id", "id")
        if isinstance(inside, list):
            parts = [(f"{place}, điều thứ {n}", _object(place, part)) for n, part in enumerate(inside, 1)]
        else:
            parts = [(place, entry)]
        for where, part in parts:
            number = _name(where, part, "article", "article_id", "id").rpartition("#")[2].strip()
            heading = " ".join(clean(_words(where, part, "heading", "title")).split())
            article = Article(law, number, heading, clean(_words(where, part, "text")).strip())
            if number and any(map(str.isalnum, article.heading + article.text)):
                found.setdefault((law, number), article)
    if not found:
        raise BadExternalSet(f"{path}: không có điều luật nào đọc được.")
    return found


def _document(held: Sequence[Article]) -> Document:
    parts: list[str] = []
    provisions: list[Provision] = []
    at = 0
    for article in {article.address: article for article in held}.values():
        title = f"Điều {compose(article.number)}. {article.heading}".strip()
        words = f"{title}\n{article.text}\n"
        provisions.append(_provision(article, words, at, at + len(title)))
        parts.append(words)
        at += len(words)
    text = "".join(parts)
    law = compose(held[0].law)
    source = SourceText(text, law, sha256(text.encode("utf-8", "replace")).hexdigest(), "text")
    return Document(_metadata(law), source, tuple(provisions))


def _metadata(law: str) -> Metadata:
    if _NUMBER.match(law):
        return Metadata(number=compose(law))
    return Metadata(title=law, kind=next((kind for kind in NAMED_LAWS if law.startswith(kind)), None))


def _provision(article: Article, words: str, start: int, title_end: int) -> Provision:
    end = start + len(words) - 1
    clauses = [match for match in _CLAUSE.finditer(words) if start + match.start() > title_end]
    starts = [start + match.start() for match in clauses]
    children = tuple(
        Provision(article.address / Step(Level.KHOAN, match[1]), Span(first, last))
        for match, first, last in zip(clauses, starts, [*starts[1:], end], strict=False)
    )
    return Provision(article.address, Span(start, end), article.heading or None, children)


# --- questions ----------------------------------------------------------------------------------------------------


def _question(
    place: str, entry: Mapping[str, JSON], articles: Mapping[tuple[str, str], Article], author: str
) -> Question | None:
    """The question with the articles that answer it, each of which must be cited; None where none of them is there."""
    text = " ".join(clean(_name(place, entry, "question", "text")).split())
    answering = [articles[named] for named in _relevant(place, entry) if named in articles]
    gold = tuple(dict.fromkeys((f"{article.key}#{article.address}",) for article in answering))
    if not gold or not text:
        return None
    id_ = _name(place, entry, "id", "question_id")
    return Question(id_, text, "content", "plain", gold, (), False, None, author, "draft")


def _relevant(place: str, entry: Mapping[str, JSON]) -> Iterator[tuple[str, str]]:
    """Law and number of each article that answers."""
    listed = entry.get("relevant", entry.get("relevant_articles"))
    if not isinstance(listed, list):
        raise BadExternalSet(f"{place}: thiếu danh sách điều luật trả lời (relevant hoặc relevant_articles).")
    for item in listed:
        if isinstance(item, str):
            law, _, number = item.rpartition("#")
            yield law, number.strip()
        else:
            named = _object(place, item)
            yield _name(place, named, "law_id"), _name(place, named, "article_id").strip()


# --- files --------------------------------------------------------------------------------------------------------


def _entries(path: Path) -> Iterator[tuple[str, Mapping[str, JSON]]]:
    """Every object of the file with the place where it stands, for messages."""
    raw = _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadExternalSet(f"{path}: tệp không phải UTF-8; hãy lưu lại tệp với bảng mã UTF-8.") from error
    whole = _json(text) if text.lstrip()[:1] == "[" or not _is_lines(text) else None
    if isinstance(whole, Mapping):
        whole = whole.get("items", [whole])
    if isinstance(whole, list):
        for n, item in enumerate(whole, 1):
            place = f"{path}: mục thứ {n}"
            yield place, _object(place, item)
        return
    for n, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path}:{n}", _object(f"{path}:{n}", _json(line))


def _is_lines(text: str) -> bool:
    return isinstance(_json(text.lstrip().partition("\n")[0]), Mapping) and "\n" in text.strip()


def _json(text: str) -> JSON:
    """The value; None where the text is no JSON."""
    try:
        value: JSON = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value


def _bytes(path: Path) -> bytes:
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            raw = bytes(file.read(MOST_BYTES + 1))
    except (OSError, EOFError) as error:
        raise BadExternalSet(f"{path}: không đọc được tệp ({_why(error)}); hãy kiểm tra đường dẫn.") from error
    if len(raw) > MOST_BYTES:
        raise BadExternalSet(f"{path}: tệp quá lớn; hãy chia nhỏ tệp.")
    return raw


def _why(error: OSError | EOFError) -> str:
    # gzip says in English what is wrong with a file; the system's errors have a Vietnamese reason.
    return reason(error) if isinstance(error, OSError) and error.errno else "không phải tệp gzip nguyên vẹn"


def _object(place: str, value: JSON) -> Mapping[str, JSON]:
    if not isinstance(value, Mapping):
        raise BadExternalSet(f"{place}: không phải đối tượng JSON như của ALQAC hay Zalo.")
    return value


def _name(place: str, entry: Mapping[str, JSON], *names: str) -> str:
    """The first of these fields that is there; numbers are taken as written."""
    for name in names:
        value = entry.get(name)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    raise BadExternalSet(f"{place}: thiếu trường {' hoặc '.join(names)}.")


def _words(place: str, entry: Mapping[str, JSON], *names: str) -> str:
    value = next((entry[name] for name in names if entry.get(name)), "")
    if not isinstance(value, str):
        raise BadExternalSet(f"{place}: trường {names[0]} không phải là chữ.")
    return value


def clean(text: str) -> str:
    """NFC, without control characters and halves of characters."""
    return _CONTROL.sub(" ", compose(text))
