"""Every passage as the numbers of its word pieces: what ranking reads, so that it need not open a text.

Three arrays lie in a generation: the pieces of all passages one after another; for each passage where its headings and
its words begin and end, which passages share its article, and where the topic of its document stands; and its vector.
They are mapped into memory, not read.
"""

from __future__ import annotations

import errno
import math
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_PIECES, _PLACES, _VECTORS = "pieces.npy", "places.npy", "vectors.npy"
_START, _BODY, _END, _ARTICLE, _DOCUMENT, _TOPIC, _TOPIC_END = _COLUMNS = range(7)

MOST_TOPIC = 120
"""Pieces kept of what a document is about."""

Numbers = NDArray[np.int64]
Pieces = NDArray[np.uint16]
Vectors = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Runs:
    """Several runs of pieces, one after another: run i is `pieces[bounds[i]:bounds[i + 1]]`, never empty.

    An empty run holds one piece `NOTHING`, so that `reduceat` over the bounds is right.
    """

    pieces: NDArray[np.int64]
    bounds: Numbers

    def __len__(self) -> int:
        return len(self.bounds) - 1


NOTHING = -1


def joined(all_runs: Sequence[Runs]) -> Runs:
    """The runs of several, one after another."""
    offsets = np.cumsum([0, *(len(runs.pieces) for runs in all_runs)]).tolist()
    bounds = [runs.bounds[:-1] + offset for runs, offset in zip(all_runs, offsets, strict=False)]
    return Runs(np.concatenate([runs.pieces for runs in all_runs]), np.concatenate([*bounds, [offsets[-1]]]))


class PieceTable:
    """The pieces of the passages of one generation, by rowid."""

    def __init__(self, pieces: Pieces, places: Numbers, vectors: Vectors, folder: Path) -> None:
        self._pieces, self._places, self._vectors, self.folder = pieces, places, vectors, folder

    @classmethod
    def open(cls, folder: Path) -> PieceTable:
        """Opens the table in `folder`; OSError when it is missing or damaged."""
        try:
            pieces, places, vectors = (np.load(folder / name, mmap_mode="r") for name in (_PIECES, _PLACES, _VECTORS))
        except (ValueError, EOFError) as error:
            raise OSError(errno.EIO, f"not a table of pieces: {folder}") from error
        if (
            (pieces.dtype, places.dtype, vectors.dtype) != (np.uint16, np.int64, np.float16)
            or pieces.ndim != 1
            or places.ndim != 2
            or places.shape[1] != len(_COLUMNS)
            or vectors.ndim != 2
            or len(vectors) != len(places)
        ):
            raise OSError(errno.EIO, f"not a table of pieces of ours: {folder}")
        if len(places) and not _in_order(places, len(pieces)):
            raise OSError(errno.EIO, f"a table of pieces cut short or damaged: {folder}")
        return cls(pieces, np.asarray(places), vectors, folder)

    def __len__(self) -> int:
        """One more than the largest rowid."""
        return len(self._places)

    def heads(self, rowids: Numbers, most: int) -> Runs:
        """The pieces of the headings above each passage, at most `most` of each."""
        return self._runs(self._places[rowids, _START], self._places[rowids, _BODY], most)

    def bodies(self, rowids: Numbers, most: int) -> Runs:
        """The pieces of each passage's own words, at most `most` of each."""
        return self._runs(self._places[rowids, _BODY], self._places[rowids, _END], most)

    def topics(self, rowids: Numbers, most: int) -> Runs:
        """The pieces of what each passage's document is about: its title and its first passage."""
        return self._runs(self._places[rowids, _TOPIC], self._places[rowids, _TOPIC_END], most)

    def vectors(self, rowids: Numbers) -> NDArray[np.float32]:
        """Each passage's vector, heading and words, by the word encoder; shape (n, dimensions), length one or zero."""
        return np.asarray(self._vectors[rowids], np.float32)

    def articles(self, rowids: Numbers) -> Numbers:
        """The article of each passage: the rowid of the article's first passage."""
        return np.asarray(self._places[rowids, _ARTICLE])

    def documents(self, rowids: Numbers) -> Numbers:
        """The document of each passage: the rowid of the document's first passage."""
        return np.asarray(self._places[rowids, _DOCUMENT])

    def sizes(self, articles: Numbers) -> Numbers:
        """How many passages each article has; rowids of an article are neighbours."""
        column = self._places[:, _ARTICLE]
        ends = articles.copy()
        growing = np.ones(len(articles), dtype=bool)
        while growing.any():  # articles are a few passages long
            ends[growing] += 1
            inside = ends < len(column)
            growing &= inside & (column[np.where(inside, ends, 0)] == articles)
        return np.asarray(ends - articles)

    def _runs(self, starts: Numbers, ends: Numbers, most: int) -> Runs:
        counts = np.minimum(ends - starts, most)
        lengths = np.maximum(counts, 1)
        bounds = np.concatenate(([0], np.cumsum(lengths)))
        at = np.repeat(starts - bounds[:-1], lengths) + np.arange(bounds[-1])
        pieces = self._pieces[np.minimum(at, len(self._pieces) - 1)].astype(np.int64) if len(self._pieces) else at
        pieces[np.repeat(counts == 0, lengths)] = NOTHING
        return Runs(pieces, bounds)


def _in_order(places: Numbers, count: int) -> bool:
    """Whether every run lies inside `count` pieces and ends where or after it begins."""
    runs = places[:, [_START, _BODY, _END]], places[:, [_TOPIC, _TOPIC_END]]
    return all(int(run.min()) >= 0 and int(run.max()) <= count and bool((np.diff(run) >= 0).all()) for run in runs)


class PieceWriter:
    """Adds passages to what an older table holds; `save` ends it."""

    def __init__(self, base: PieceTable | None = None) -> None:
        self._base = base
        self._runs: list[Pieces] = []
        self._places: list[tuple[int, ...]] = []
        self._vectors: list[tuple[Numbers, Vectors]] = []
        self._topics: dict[int, tuple[int, int]] = {}
        self._end = len(base._pieces) if base else 0

    def add_topic(self, document: int, topic: Sequence[int]) -> None:
        """What a document is about, before its passages; `document` is the rowid of the first of them."""
        self._topics[document] = self._append(topic)

    def add(self, rowid: int, head: Sequence[int], body: Sequence[int], *, article: int, document: int) -> None:
        """Adds a passage; `article` and `document` are the rowids of the first passage of its article and document."""
        start, _ = self._append(head)
        middle, end = self._append(body)
        self._places.append((rowid, start, middle, end, article, document, *self._topics.get(document, (end, end))))

    def add_vectors(self, rowids: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Adds the vectors of passages, a row each; all of the same length."""
        self._vectors.append((np.asarray(rowids, np.int64), vectors.astype(np.float16)))

    def save(self, folder: Path) -> None:
        """Writes the table to `folder`. Rows of passages that were taken out stay as they were: nobody asks for them."""
        added = np.array(self._places, np.int64).reshape(-1, 1 + len(_COLUMNS))
        size = max(1 + int(added[:, 0].max(initial=-1)), len(self._base) if self._base else 0)
        places = self._array(_PLACES, folder, (size, len(_COLUMNS)), np.int64)
        places[len(self._base) if self._base else 0 :, [_ARTICLE, _DOCUMENT]] = -1
        places[added[:, 0]] = added[:, 1:]
        vectors = self._array(_VECTORS, folder, (size, self._dimensions), np.float16)
        for rowids, rows in self._vectors:
            vectors[rowids] = rows
        runs = np.concatenate([*self._runs, np.zeros(0, np.uint16)])
        pieces = self._array(_PIECES, folder, (self._end,), np.uint16)
        pieces[self._end - len(runs) :] = runs
        for array in (places, vectors, pieces):
            array.flush()

    def _array(self, name: str, folder: Path, shape: tuple[int, ...], kind: type[np.generic]) -> np.memmap:
        """A file's array, mapped: of zeros, or what the older table has, made longer.

        Copying the file is many times as fast as copying its rows.
        """
        path = folder / name
        if self._base is None:
            return np.lib.format.open_memmap(path, mode="w+", dtype=kind, shape=shape)
        shutil.copyfile(self._base.folder / name, path)
        with path.open("r+b") as file:
            np.lib.format.read_magic(file)
            np.lib.format.read_array_header_1_0(file)
            start = file.tell()
            file.seek(0)
            # numpy leaves room for the number of rows to grow, so that the header stays as long as it was.
            np.lib.format.write_array_header_1_0(
                file, {"descr": np.dtype(kind).str, "fortran_order": False, "shape": shape}
            )
            if file.tell() != start:
                raise OSError(errno.EIO, f"not a table of pieces of ours: {path}")
            file.truncate(start + math.prod(shape) * np.dtype(kind).itemsize)
        return np.lib.format.open_memmap(path, mode="r+")

    @property
    def _dimensions(self) -> int:
        held = self._vectors[0][1] if self._vectors else self._base._vectors if self._base else np.zeros((0, 0))
        return int(held.shape[1])

    def _append(self, run: Sequence[int]) -> tuple[int, int]:
        self._runs.append(np.fromiter(run, np.uint16, len(run)))
        start, self._end = self._end, self._end + len(run)
        return start, self._end
