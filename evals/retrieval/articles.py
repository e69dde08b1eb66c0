"""Files of articles and questions in the form of ALQAC and Zalo: what the benchmark measures over, each article by its id.

{"id": "Luật Cư trú#30", "law": "Luật Cư trú", "article": "30", "heading": "Thông báo lưu trú", "text": "…"}
{"id": "q-1", "question": "…", "relevant": ["Luật Cư trú#30"]}
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path

from policy_qa.document import Address
from policy_qa.evaluation import external
from policy_qa.evaluation.external import clean, documents

__all__ = ["documents"]

MOST_CHARACTERS = 20_000_000


class BadFile(SystemExit):
    """A file that cannot be measured with; the message names file, line and reason."""


@dataclass(frozen=True, slots=True)
class Article(external.Article):
    """One article of a law, with the id by which questions name it."""

    id: str = ""


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
            number=clean(str(entry.get("article") or entry["id"]).rpartition("#")[2]).strip() or str(line),
            heading=" ".join(clean(_optional(entry, "heading", path, line)).split()),
            text=clean(_optional(entry, "text", path, line)).strip(),
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
        text = clean(_field(entry, "question", path, line)).strip()
        asked = Asked(str(entry.get("id") or line), text, frozenset(relevant), str(entry.get("kind") or ""))
        if asked.id in found:
            raise BadFile(f"{path}:{line}: the id {asked.id!r} occurs twice")
        found[asked.id] = asked
    if not found:
        raise BadFile(f"{path}: no questions")
    return list(found.values())


def places(articles: Iterable[Article]) -> dict[tuple[str, Address], str]:
    """Which article stands at which address of which document (by key)."""
    found: dict[tuple[str, Address], str] = {}
    for article in articles:
        place = (article.key, article.address)
        if place in found:
            raise BadFile(f"{article.id!r} and {found[place]!r} are the same article of the same law")
        found[place] = article.id
    return found


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
