"""The lexical half of the index: BM25 over syllables, syllable bigrams and headings, with and without diacritics.

Words are cut here, in Python, and handed to tantivy space-joined under its whitespace tokenizer: it has no shingle
filter, so bigrams are written as tokens, and a tokenizer of one's own would have to be registered at every open.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import tantivy

from policy_qa.document import Metadata, Passage
from policy_qa.reading.vietnamese import fold, nfc, normalise_tone

_WRITER_HEAP = 120_000_000
_LONGEST_TERM = 64
_MOST_CUT = 100_000
_DASHES = re.compile("[‐‑‒–—−]")
_WORD = re.compile(r"[^\W_]+(?:[/.,:-][^\W_]+)*")
_PART = re.compile(r"[^\W\d_]+|\d+")
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_DIGIT = re.compile(r"\d")


class Field(StrEnum):
    """The searchable fields; folded ones hold the same words without diacritics."""

    SYLLABLES = "syllables"
    BIGRAMS = "bigrams"
    FOLDED = "folded"
    FOLDED_BIGRAMS = "folded_bigrams"
    HEADINGS = "headings"
    FOLDED_HEADINGS = "folded_headings"


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a text as they stand in the index, in order, repeats kept."""

    syllables: tuple[str, ...]
    bigrams: tuple[str, ...]

    def folded(self) -> Terms:
        """The same without diacritics."""
        syllables = folded(self.syllables)
        # Wholes stand behind the parts, and bigrams run over the parts alone.
        return Terms(syllables, tuple(map("_".join, pairwise(syllables[: len(self.bigrams) + 1]))))


@dataclass(frozen=True, slots=True)
class Weighted:
    """One term of a query: where to look for it, and how much a match counts (BM25 times `weight`)."""

    field: Field
    term: str
    weight: float = 1.0


class _Cut(dict[str, tuple[tuple[str, ...], tuple[str, ...]]]):
    """Words in lower case → their parts, and what they are looked up by as wholes; filled as words come by.

    A language has few syllables: looking them up is several times as fast as cutting each again.
    """

    def __missing__(self, word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        spelled = normalise_tone(word)
        parts = tuple((p.lstrip("0") or "0" if p.isdigit() else p)[:_LONGEST_TERM] for p in _PART.findall(spelled))
        wholes: tuple[str, ...] = ()
        if len(parts) > 1 and len(spelled) <= _LONGEST_TERM and _DIGIT.search(spelled):
            wholes = (spelled, spelled.replace(".", "")) if _THOUSANDS.fullmatch(spelled) else (spelled,)
        if len(self) >= _MOST_CUT:
            self.clear()
        self[word] = parts, wholes
        return parts, wholes


class _Folded(dict[str, str]):
    """Terms → the same without diacritics."""

    def __missing__(self, term: str) -> str:
        if len(self) >= _MOST_CUT:
            self.clear()
        folded = self[term] = fold(term)
        return folded


_CUT, _FOLDED = _Cut(), _Folded()


def terms(text: str) -> Terms:
    """Cuts any text, of a passage or a question, into index terms.

    NFC, new-style tone placement, lower case. A word with a digit in it (`1079/QĐ-TTg`, `14/9/2022`, `CT44`) is kept
    whole and in parts; figures also without thousands separators; parts lose leading zeros (`09` is `9`).
    Bigrams run over the parts and are joined by "_".
    """
    parts, wholes = _cut(text)
    return Terms((*parts, *wholes), tuple(map("_".join, pairwise(parts))))


def syllables(text: str) -> tuple[str, ...]:
    """The syllables alone of `terms`, in half its time."""
    parts, wholes = _cut(text)
    return (*parts, *wholes)


def folded(syllables: Iterable[str]) -> tuple[str, ...]:
    """Terms without diacritics."""
    return tuple(map(_FOLDED.__getitem__, syllables))


def _cut(text: str) -> tuple[list[str], list[str]]:
    parts: list[str] = []
    wholes: list[str] = []
    for word in _WORD.findall(_DASHES.sub("-", nfc(text).lower())):
        inner, whole = _CUT[word]
        parts += inner
        wholes += whole
    return parts, wholes


def weigh(words: Terms, fields: Mapping[Field, float]) -> list[Weighted]:
    """The query that looks for `words` in `fields`, each match counted with the field's weight, repeats once.

    Bigram fields are searched with bigrams, heading fields with both, folded fields with folded words.
    """
    folded = words.folded()
    found: dict[tuple[Field, str], Weighted] = {}
    for field, weight in fields.items():
        source = folded if field.value.startswith("folded") else words
        chosen = _terms_for(field, source)
        found |= {(field, term): Weighted(field, term, weight) for term in chosen}
    return list(found.values())


def _terms_for(field: Field, words: Terms) -> tuple[str, ...]:
    if field in (Field.BIGRAMS, Field.FOLDED_BIGRAMS):
        return words.bigrams
    if field in (Field.HEADINGS, Field.FOLDED_HEADINGS):
        return words.syllables + words.bigrams
    return words.syllables


def headings(passage: Passage, metadata: Metadata) -> str:
    """What the heading fields hold: the heading path, then the document's kind, number, title and nicknames."""
    named = (metadata.kind, metadata.number, metadata.title, *metadata.nicknames)
    return "\n".join((*passage.heading_path, *(name for name in named if name)))


class LexicalIndex:
    """A tantivy index in a folder. Readers may share one from several threads."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Opens the index in `folder`; OSError when it is missing or damaged."""
        with _as_oserror():
            return cls(tantivy.Index.open(str(folder)))

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(
        self, query: Sequence[Weighted], k: int, documents: Collection[str] | None = None
    ) -> list[tuple[int, float]]:
        """The `k` best passages as (rowid, BM25 score), best first, ties by rowid.

        `documents` are the keys to stay within; None means all, an empty collection means none.
        """
        if k < 1 or not query or (documents is not None and not documents):
            return []
        wanted = tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(item)) for item in query])
        if documents is not None:
            inside = tantivy.Query.term_set_query(self._schema, "document", list(documents))
            # The filter must choose, not score: a constant of zero leaves BM25 as it is.
            wanted = tantivy.Query.boolean_query(
                [(tantivy.Occur.Must, wanted), (tantivy.Occur.Must, tantivy.Query.const_score_query(inside, 0.0))]
            )
        hits = self._searcher.search(wanted, k, count=False).hits
        rowids = self._searcher.fast_field_values("rowid", [address for _, address in hits])
        found = [
            (int(rowid), float(score)) for rowid, (score, _) in zip(rowids, hits, strict=True) if rowid is not None
        ]
        return sorted(found, key=lambda hit: (-hit[1], hit[0]))

    def frequency(self, field: Field, term: str) -> int:
        """In how many passages the term occurs in that field."""
        return self._searcher.doc_freq(field.value, term)

    def _term(self, item: Weighted) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, item.field.value, item.term, index_option="freq")
        return query if item.weight == 1.0 else tantivy.Query.boost_query(query, item.weight)


class LexicalWriter:
    """Adds and removes passages in the index folder, which it creates when needed; `commit` ends it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        with _as_oserror():
            self._index = tantivy.Index(_schema(), path=str(folder), reuse=True)
            # One thread: the same passages give the same segments, hence the same order of equal scores.
            self._writer = self._index.writer(_WRITER_HEAP, 1)

    def add(self, rowid: int, passage: Passage, metadata: Metadata) -> None:
        """Adds one passage under its rowid."""
        body = terms(passage.text)
        head = terms(headings(passage, metadata))
        entry = tantivy.Document()
        entry.add_unsigned("rowid", rowid)
        entry.add_text("document", passage.document)
        for field, words in (
            (Field.SYLLABLES, body),
            (Field.BIGRAMS, body),
            (Field.FOLDED, body.folded()),
            (Field.FOLDED_BIGRAMS, body.folded()),
            (Field.HEADINGS, head),
            (Field.FOLDED_HEADINGS, head.folded()),
        ):
            entry.add_text(field.value, " ".join(_terms_for(field, words)))
        with _as_oserror():
            self._writer.add_document(entry)

    def remove(self, rowids: Iterable[int]) -> None:
        """Removes passages; unknown rowids are ignored."""
        # By query: deleting by term takes the number for a signed one, and silently matches nothing.
        gone = tantivy.Query.term_set_query(self._index.schema, "rowid", list(rowids))
        with _as_oserror():
            self._writer.delete_documents_by_query(gone)

    def commit(self) -> None:
        """Writes everything to disk and lets go of the folder; the writer cannot be used again."""
        with _as_oserror():
            self._writer.commit()
            self._writer.wait_merging_threads()
        del self._writer, self._index

    def abandon(self) -> None:
        """Lets go of the folder without writing; for a build that failed."""
        if hasattr(self, "_writer"):
            del self._writer, self._index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("rowid", indexed=True, fast=True)
    builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
    for field in Field:
        builder.add_text_field(field.value, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


@contextmanager
def _as_oserror() -> Iterator[None]:
    """Turns errors of tantivy, which reports a full disk or a missing file as ValueError, into OSError."""
    try:
        yield
    except ValueError as error:
        said = str(error)
        full = "No space left" in said or "StorageFull" in said or "os error 28" in said or "os error 112" in said
        raise OSError(errno.ENOSPC if full else errno.EIO, said) from error
