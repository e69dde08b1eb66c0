"""Files of articles and questions in the form of ALQAC and Zalo, read with care, and made into documents.

{"id": "Luật Cư trú#30", "law": "Luật Cư trú", "article": "30", "heading": "Thông báo lưu trú", "text": "…"}
{"id": "q-1", "question": "…", "relevant": ["Luật Cư trú#30"]}
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path

from policy_qa.citing.kinds import NAMED_LAWS
from policy_qa.document import Address, Document, Level, Metadata, Provision, SourceText, Span, Step, document_key
from policy_qa.reading.vietnamese import compose

MOST_CHARACTERS = 20_000_000
_CONTROL = re.compile(r"[^\S\n\t ]|[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_CLAUSE = re.compile(r"^[ \t]*(\d{1,3}[a-zđ]?)\s*[.)]\s", re.MULTILINE)
_NUMBER = re.compile(r"\d+[/-]")


class BadFile(SystemExit):
    """A file that cannot be measured with; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a law."""

    id: str
    law: str
    number: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the ids of the articles that answer it."""

    id: str
    text: str
    relevant: frozenset[str]
    kind: str

    @property
    def laws(self) -> frozenset[str]:
        """The laws of the articles that answer."""
        return frozenset(article.rpartition("#")[0] for article in self.relevant)


FOLDS = 5
KEPT_OUT = 0
"""The fold that nothing is ever learned from: what is measured there is how well unseen laws are searched."""


def fold(law: str) -> int:
    """The fold of a law, by a hash of its name."""
    return sha1(law.encode(), usedforsecurity=False).digest()[0] % FOLDS


def held_out(law: str) -> bool:
    """Whether a law is kept out of all training."""
    return fold(law) == KEPT_OUT


def read_articles(path: Path) -> list[Article]:
    """The articles of a file, gzipped or not. Empty ones are left out, with a word on stderr; repeated ids end the run."""
    found: dict[str, Article] = {}
    empty = 0
    for line, entry in _lines(path):
        article = Article(
            id=_field(entry, "id", path, line),
            law=_field(entry, "law", path, line),
            number=_clean(str(entry.get("article") or entry["id"]).rpartition("#")[2]).strip() or str(line),
            heading=" ".join(_clean(_optional(entry, "heading", path, line)).split()),
            text=_clean(_optional(entry, "text", path, line)).strip(),
        )
        if article.id in found:
            raise BadFile(f"{path}:{line}: the id {article.id!r} occurs twice")
        if len(article.text) > MOST_CHARACTERS:
            raise BadFile(
                f"{path}:{line}: {len(article.text):,} characters in one article, more than {MOST_CHARACTERS:,}"
            )
        if any(map(str.isalnum, article.text + article.heading)):
            found[article.id] = article
        else:
            empty += 1
    if empty:
        sys.stderr.write(f"{path}: {empty} articles without a word left out\n")
    if not found:
        raise BadFile(f"{path}: no articles")
    return list(found.values())


def read_questions(path: Path) -> list[Asked]:
    """The questions of a file; one without text or without an answer ends the run."""
    found: dict[str, Asked] = {}
    for line, entry in _lines(path):
        relevant = entry.get("relevant")
        if not isinstance(relevant, list) or not relevant or not all(isinstance(r, str) for r in relevant):
            raise BadFile(f"{path}:{line}: “relevant” must be a list of ids of articles")
        text = _clean(_field(entry, "question", path, line)).strip()
        asked = Asked(str(entry.get("id") or line), text, frozenset(relevant), str(entry.get("kind") or ""))
        if asked.id in found:
            raise BadFile(f"{path}:{line}: the id {asked.id!r} occurs twice")
        found[asked.id] = asked
    if not found:
        raise BadFile(f"{path}: no questions")
    return list(found.values())


def documents(articles: Iterable[Article]) -> Iterator[Document]:
    """One document a law, in the order of the file, each article a điều with its numbered clauses as khoản."""
    laws: dict[str, list[Article]] = {}
    for article in articles:
        laws.setdefault(article.law, []).append(article)
    for law, held in laws.items():
        yield _document(law, held)


def places(articles: Iterable[Article]) -> dict[tuple[str, Address], str]:
    """Which article stands at which address of which document (by key)."""
    keys: dict[str, str] = {}
    found: dict[tuple[str, Address], str] = {}
    for article in articles:
        key = keys.setdefault(article.law, document_key(_metadata(article.law).number, None, article.law))
        if (key, _address(article)) in found:
            raise BadFile(f"{article.id!r} and {found[key, _address(article)]!r} are the same article of the same law")
        found[key, _address(article)] = article.id
    return found


def _address(article: Article) -> Address:
    return Address.of((Level.DIEU, article.number))


def _document(law: str, held: list[Article]) -> Document:
    parts: list[str] = []
    provisions: list[Provision] = []
    at = 0
    for article in held:
        title = f"Điều {article.number}. {article.heading}".strip()
        words = f"{title}\n{article.text}\n"
        provisions.append(_provision(article, words, at, at + len(title)))
        parts.append(words)
        at += len(words)
    text = "".join(parts)
    source = SourceText(text, law, sha256(text.encode()).hexdigest(), "text")
    return Document(_metadata(law), source, tuple(provisions))


def _metadata(law: str) -> Metadata:
    if _NUMBER.match(law):
        return Metadata(number=law)
    return Metadata(title=law, kind=next((kind for kind in NAMED_LAWS if law.startswith(kind)), None))


def _provision(article: Article, words: str, start: int, title_end: int) -> Provision:
    end = start + len(words) - 1
    starts = [start + match.start() for match in _CLAUSE.finditer(words) if start + match.start() > title_end]
    labels = [match[1] for match in _CLAUSE.finditer(words) if start + match.start() > title_end]
    address = _address(article)
    children = tuple(
        Provision(address / Step(Level.KHOAN, label), Span(first, last))
        for label, first, last in zip(labels, starts, [*starts[1:], end], strict=False)
    )
    return Provision(address, Span(start, end), article.heading or None, children)


def _lines(path: Path) -> Iterator[tuple[int, Mapping[str, object]]]:
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                if raw.strip():
                    yield number, _entry(raw, path, number)
    except (OSError, EOFError) as error:
        raise BadFile(f"{path}: cannot be read ({error})") from error


def _entry(raw: bytes, path: Path, line: int) -> Mapping[str, object]:
    try:
        entry = json.loads(raw.decode("utf-8-sig"))
    except ValueError as error:
        raise BadFile(f"{path}:{line}: not JSON in UTF-8 ({error})") from error
    if not isinstance(entry, dict):
        raise BadFile(f"{path}:{line}: not a JSON object")
    return entry


def _field(entry: Mapping[str, object], name: str, path: Path, line: int) -> str:
    value = entry.get(name)
    if not isinstance(value, str) or not value.strip():
        raise BadFile(f"{path}:{line}: “{name}” is missing or empty")
    return value


def _optional(entry: Mapping[str, object], name: str, path: Path, line: int) -> str:
    value = entry.get(name) or ""
    if not isinstance(value, str):
        raise BadFile(f"{path}:{line}: “{name}” is not a text")
    return value


def _clean(text: str) -> str:
    """NFC, without control characters; ids are left as they are, because questions name them."""
    return _CONTROL.sub(" ", compose(text))
