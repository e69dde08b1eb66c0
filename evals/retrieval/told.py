"""Which lines of an article answer a question: read and judged by hand, for choosing a provision and not only an article.

`told.tsv.gz` has a line a question: its id, a tab, the numbers of the lines that answer, the one that answers most
directly first. The lines of an article are those with a word in them, from the first passage of the article to the end of
its last, counted from one.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path

from articles import Asked
from searching import ArticleIndex

from policy_qa.document import Passage, Span

FILE = Path(__file__).with_name("told.tsv.gz")


def read_told(path: Path = FILE) -> dict[str, tuple[int, ...]]:
    """The numbers of the lines, by question."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = (row.split("\t") for row in file)
        return {question: tuple(map(int, numbers.split(","))) for question, numbers in rows}


def lines(text: str, passages: Sequence[Passage]) -> list[Span]:
    """The lines of an article, by the passages that it was cut into and the text of its document."""
    found, at = [], min(passage.span.start for passage in passages)
    for line in text[at : max(passage.span.end for passage in passages)].split("\n"):
        if line.strip():
            found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found


def answering(index: ArticleIndex, question: Asked, numbers: Sequence[int]) -> frozenset[int]:
    """The rowids of the passages in which the lines with these numbers begin; none for a question of several articles."""
    if not numbers or len(question.relevant) != 1:
        return frozenset()
    found = index.passages_of(min(question.relevant))
    of_article = lines(index.index.text(found[0][1].document), [passage for _, passage in found])
    starts = [of_article[number - 1].start for number in numbers if number <= len(of_article)]
    return frozenset(
        rowid for rowid, passage in found if any(passage.span.start <= at < passage.span.end for at in starts)
    )
