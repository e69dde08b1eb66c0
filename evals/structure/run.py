"""Measures reading and structure against gold trees made by reading: make eval-structure, or python evals/structure/run.py --help.

A provision counts as found when its address is the gold one and its first and last letters are. Two baselines run on the same files:
LangChain's recursive splitter cutting at "Điều N." (each chunk claims the điều it begins with), and our parser over pypdf's text.
"""

from __future__ import annotations

import argparse
import json
import logging
import re
import sys
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from frame import Overlay, letters, letters_of

from policy_qa.document import Document, SourceText
from policy_qa.errors import PolicyQAError
from policy_qa.reading import read
from policy_qa.reading.vietnamese import fold
from policy_qa.structure import parse

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "tests" / "gold"
DATA = ROOT.parent / "shared" / "data"
HEADER = ("number", "date", "kind", "issuer", "signer", "title")
SUMS = ("born digital", "scans", "splitter", "pypdf", "ours, PDF")
BORN_DIGITAL, SCANS, FIELDS = 0.98, 0.90, 0.98  # the bars: F1, F1, share of header fields
NEAR = 12  # thousandths of a page's height: half the distance of two printed lines

Place = tuple[int, int]
Claim = tuple[str, frozenset[tuple[Place, Place]]]


@dataclass(slots=True)
class Score:
    """What one system found in one file."""

    gold: int = 0
    claimed: int = 0
    right: int = 0
    articles: int = 0
    articles_found: int = 0
    articles_invented: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.claimed if self.claimed else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.claimed + self.gold) if self.claimed + self.gold else 0.0

    def add(self, other: Score) -> None:
        for name in ("gold", "claimed", "right", "articles", "articles_found", "articles_invented"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


class Gold:
    """One gold tree and the file it is of."""

    def __init__(self, path: Path, data: Path) -> None:
        plain = json.loads(path.read_text(encoding="utf-8"))
        self.name: str = plain["file"]
        self.header: Mapping[str, object] = plain["header"]
        self.scanned = plain["frame"] == "page and height"
        self.file = next((f for f in (*data.glob(f"*/{self.name}"), GOLD / "drawn" / self.name) if f.is_file()), None)
        self.provisions = [(address, _place(start), _place(end)) for address, start, end in plain["provisions"]]
        self.frame = "" if self.scanned or self.file is None else letters(self.file)

    def score(self, claims: Sequence[Claim]) -> Score:
        """Compares claims (address, the spans it may stand for) with the gold provisions."""
        known = {address: (start, end) for address, start, end in self.provisions}
        score = Score(gold=len(known), claimed=len(claims))
        found: set[str] = set()
        for address, spans in claims:
            if address in known and address not in found and any(self._same(known[address], span) for span in spans):
                found.add(address)
            else:
                score.wrong.append(f"{address} {sorted(spans)[:1]} gold {known.get(address, '-')}")
        score.right = len(found)
        score.missed = [address for address in known if address not in found]
        articles = {a for a in known if _is_article(a)}
        claimed = {a for a, _ in claims if _is_article(a)}
        score.articles = len(articles)
        score.articles_found = len(articles & claimed)
        score.articles_invented = len(claimed - articles)
        return score

    def _same(self, gold: tuple[Place, Place], span: tuple[Place, Place]) -> bool:
        if not self.scanned:
            return gold[0] == span[0] and (gold[1] == span[1] or self._only_mark(gold[1][1], span[1][1]))
        return all(a[0] == b[0] and abs(a[1] - b[1]) <= NEAR for a, b in zip(gold, span, strict=True))

    def _only_mark(self, a: int, b: int) -> bool:
        """Whether two ends differ by a figure alone: the mark of a footnote, which stands in the frame's letters."""
        return abs(a - b) <= 2 and self.frame[min(a, b) : max(a, b)].isdigit()

    def wrong_header(self, document: Document, overlay: Overlay | None) -> list[str]:
        """The header fields that are not as the gold has them."""
        wrong = []
        for name in HEADER:
            gold, found = self.header.get(name), getattr(document.metadata, name)
            if name == "title" and isinstance(gold, list):
                if overlay is None:
                    continue  # the words of a scan are its OCR's
                gold = self.frame[gold[0] : gold[1]]
            if _letters(gold) != _letters(found):
                wrong.append(f"{name}: {found!r} for {gold!r}")
        return wrong


def _place(value: int | list[int]) -> Place:
    return (value[0], value[1]) if isinstance(value, list) else (0, value)


def _is_article(address: str) -> bool:
    return address.rsplit(";", 1)[-1].startswith("điều=")


def _letters(value: object) -> str:
    return fold(letters_of(str(value))) if value else ""  # the frame has no syllables on which to place a tone


# --- systems ------------------------------------------------------------------------------------------------------


def claims_of(document: Document, gold: Gold, overlay: Overlay | None) -> list[Claim]:
    """A parsed document's provisions in the gold's frame."""
    claims: list[Claim] = []
    for provision in document.walk():
        span = provision.span
        if overlay is not None:
            spans = frozenset(((0, a), (0, b)) for a, b in overlay.spans(span.start, span.end))
        else:
            spans = _printed(document.source, span.start, span.end)
        claims.append((str(provision.address), spans))
    return claims


def _printed(source: SourceText, start: int, end: int) -> frozenset[tuple[Place, Place]]:
    """Where a span is printed: page and height of its first and last line."""
    lines = [line for line in source.lines if line.span.start < end and start < line.span.end]
    if not lines:
        return frozenset()
    heights = {page.number: page.height for page in source.pages}
    first, last = (
        (line.page, round(1000 * (1 - (line.box.bottom + line.box.top) / 2 / heights[line.page])))
        for line in (lines[0], lines[-1])
    )
    return frozenset({(first, last)})


def ours(gold: Gold, file: Path) -> tuple[list[Claim], Document, Overlay | None]:
    """Our reading, our parser."""
    document = parse(read(file))
    overlay = None if gold.scanned else Overlay(document.source.text, gold.frame)
    return claims_of(document, gold, overlay), document, overlay


def splitter(gold: Gold, document: Document, overlay: Overlay | None) -> list[Claim]:
    """LangChain's recursive splitter over our text, cutting before "Điều N."; a chunk claims the điều it begins with."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    cutter = RecursiveCharacterTextSplitter(
        separators=[r"\n(?=Điều \d+[a-zđ]?\.)", r"\n\n", r"\n", r" "],
        is_separator_regex=True,
        chunk_size=1000,
        chunk_overlap=200,
        add_start_index=True,
    )
    claims: list[Claim] = []
    for chunk in cutter.create_documents([document.source.text]):
        label = re.match(r"\s*Điều (\d+[a-zđ]?)\.", chunk.page_content)
        if label and overlay is not None:
            start = chunk.metadata["start_index"]
            spans = overlay.spans(start, start + len(chunk.page_content))
            claims.append((f"điều={label[1]}", frozenset(((0, a), (0, b)) for a, b in spans)))
    return claims


def over_pypdf(gold: Gold, file: Path) -> list[Claim] | None:
    """Our parser over pypdf's text; None for files that are not PDFs."""
    if file.suffix != ".pdf":
        return None
    import pypdf

    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(file).pages)
    text = unicodedata.normalize("NFC", text)
    document = parse(SourceText(text, str(file), "", "pdf"))
    return claims_of(document, gold, Overlay(text, gold.frame))


# --- the run ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Run:
    """The sums over all files."""

    verbose: bool = False
    totals: dict[str, Score] = field(default_factory=lambda: {name: Score() for name in SUMS})
    fields: int = 0
    wrong_fields: int = 0
    rows: list[dict[str, str | int | float]] = field(default_factory=list)

    def measure(self, gold: Gold, file: Path) -> None:
        """Runs all systems over one file and prints its row."""
        kind = "scans" if gold.scanned else "born digital"
        try:
            claims, document, overlay = ours(gold, file)
        except PolicyQAError as error:
            print(f"{gold.name[:51]:<52}  {error}")
            self.totals[kind].add(gold.score([]))
            return
        score = gold.score(claims)
        self.totals[kind].add(score)
        cut, other = Score(), Score()
        if not gold.scanned:
            cut = gold.score(splitter(gold, document, overlay))
            self.totals["splitter"].add(cut)
        claims_of_pypdf = None if gold.scanned else over_pypdf(gold, file)
        if claims_of_pypdf is not None:
            other = gold.score(claims_of_pypdf)
            self.totals["pypdf"].add(other)
            self.totals["ours, PDF"].add(score)
        header = gold.wrong_header(document, overlay)
        self.fields += len(HEADER)
        self.wrong_fields += len(header)
        figures = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
        self.rows.append({"file": gold.name, "gold": score.gold, **figures})
        print(
            f"{gold.name[:51]:<52}{score.gold:>6}{score.precision:>8.3f}{score.recall:>8.3f}{score.f1:>8.3f}"
            f"{score.articles_found:>10}/{score.articles}/{score.articles_invented:<6}{cut.f1:>12.3f}{other.f1:>10.3f}"
        )
        details = [*(f"missed {line}" for line in score.missed), *(f"wrong  {line}" for line in score.wrong)]
        for line in (*header, *(details if self.verbose else ())):
            print(f"    {line}")

    @property
    def header(self) -> float:
        """The share of header fields that are right."""
        return 1 - self.wrong_fields / self.fields if self.fields else 0.0

    def met(self) -> bool:
        """Whether all bars are met."""
        born, scans = self.totals["born digital"], self.totals["scans"]
        articles = born.articles == born.articles_found and not born.articles_invented
        return born.f1 >= BORN_DIGITAL and self.header >= FIELDS and articles and (not scans.gold or scans.f1 >= SCANS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a row a file and the sums; exits with 1 where a bar is missed."""
    options = _options(arguments)
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    run = Run(options.verbose)
    print(f"{'file':<52}{'gold':>6}{'P':>8}{'R':>8}{'F1':>8}  điều found/invented  splitter F1  pypdf F1")
    for path in sorted(GOLD.glob("*.json")):
        gold = Gold(path, options.data)
        if gold.file is not None and (not options.only or any(word in gold.name for word in options.only)):
            run.measure(gold, gold.file)
    print()
    for name, score in run.totals.items():
        print(
            f"{name:<14} P {score.precision:.4f}  R {score.recall:.4f}  F1 {score.f1:.4f}  "
            f"điều {score.articles_found}/{score.articles}, invented {score.articles_invented}  ({score.gold} provisions)"
        )
    print(f"header fields right {run.header:.4f} ({run.fields - run.wrong_fields}/{run.fields})")
    if options.json:
        sums = {name: score.f1 for name, score in run.totals.items()}
        print(json.dumps({"f1": sums, "header": run.header, "files": run.rows}, ensure_ascii=False))
    return 0 if run.met() else 1


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("only", nargs="*", help="parts of file names; all files where none is given")
    parser.add_argument("--data", type=Path, default=DATA, help="folder with pdf/, docx/, html/")
    parser.add_argument("--verbose", action="store_true", help="print every provision missed or wrong")
    parser.add_argument("--json", action="store_true", help="the figures as JSON in the last line")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
