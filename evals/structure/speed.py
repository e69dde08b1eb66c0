"""Pages a second of reading and parsing, ours beside pypdf's text extraction, and memory by number of pages: make bench.

Each system runs alone in a process on one core over the same born-digital PDFs; the two take turns, because the machines
are shared. Memory is the peak of a process that reads one PDF of 100, 300 and 1,000 pages made of a real one's pages.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

DATA = Path(__file__).parents[3] / "shared" / "data" / "pdf"
LENGTHS = (100, 300, 1000)
ROUNDS = 3
BAR = 60


def ours(paths: list[Path]) -> int:
    """Reads and parses; the number of pages."""
    from policy_qa.reading import read
    from policy_qa.structure import parse

    return sum(len(parse(read(path)).source.pages) for path in paths)


def theirs(paths: list[Path]) -> int:
    """Extracts the text with pypdf; the number of pages."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    pages = 0
    for path in paths:
        for page in pypdf.PdfReader(path).pages:
            page.extract_text()
            pages += 1
    return pages


def measured(system: str, paths: list[Path]) -> dict[str, float]:
    """Runs a system in a process of its own: pages, seconds of processor time, peak memory in MB."""
    command = [sys.executable, __file__, "--run", system, *map(str, paths)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def run(system: str, paths: list[Path]) -> None:
    """What the process does: one file first, so that imports do not count."""
    import psutil

    work = {"ours": ours, "pypdf": theirs}[system]
    work(paths[:1])
    before = time.process_time()
    pages = work(paths)
    seconds = time.process_time() - before
    info = psutil.Process().memory_info()
    peak = getattr(info, "peak_wset", 0) or _peak()
    print(json.dumps({"pages": pages, "seconds": seconds, "peak_mb": peak / 2**20}))


def _peak() -> int:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def grown(source: Path, pages: int, folder: Path) -> Path:
    """A PDF of so many pages, each one of the source's."""
    import pypdf

    reader, writer = pypdf.PdfReader(source), pypdf.PdfWriter()
    for i in range(pages):
        writer.add_page(reader.pages[i % len(reader.pages)])
    path = folder / f"{pages}.pdf"
    writer.write(path)
    return path


def main() -> int:
    """Prints the medians, and the memory; 1 below the bar."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--run", choices=("ours", "pypdf"))
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("paths", nargs="*", type=Path)
    options = parser.parse_args()
    if options.run:
        run(options.run, options.paths)
        return 0
    from policy_qa.reading import read
    from policy_qa.reading.source import ReadOptions

    paths = [path for path in sorted(options.data.glob("*.pdf")) if _is_digital(path, read, ReadOptions(ocr=False))]
    rates: dict[str, list[float]] = {"ours": [], "pypdf": []}
    for _ in range(ROUNDS):
        for system, found in rates.items():
            result = measured(system, paths)
            found.append(result["pages"] / result["seconds"])
    for system, found in rates.items():
        print(
            f"{system:<6} {median(found):6.1f} pages a second of processor time (of {ROUNDS}: {min(found):.1f} to {max(found):.1f}), {len(paths)} files"
        )
    with tempfile.TemporaryDirectory() as folder:
        for pages in LENGTHS:
            result = measured("ours", [grown(max(paths, key=lambda path: path.stat().st_size), pages, Path(folder))])
            print(f"ours   {pages:>5} pages: peak {result['peak_mb']:.0f} MB")
    return 0 if median(rates["ours"]) >= BAR else 1


def _is_digital(path: Path, read: object, options: object) -> bool:
    from policy_qa.errors import PolicyQAError

    try:
        read(path, options)  # type: ignore[operator]
    except PolicyQAError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
