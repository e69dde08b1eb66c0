"""Writes the figures that README.md names from the last runs recorded in evals/results/, between two marks.

python evals/readme_figures.py           # writes
python evals/readme_figures.py --check   # says whether they are the same, with status 1 where not
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
RESULTS = ROOT / "evals" / "results"
BEGIN, END = "<!-- figures: python evals/readme_figures.py -->", "<!-- /figures -->"
ROWS = {
    "first": "right provision found first",
    "cited": "right provision cited",
    "cited_up": "the same, one level up",
    "precision": "cited provisions right",
    "facts": "key facts said",
    "verbatim": "quotes verbatim",
    "support": "statements held by what they cite",
    "refused": "not answerable, refused",
    "wrongly_refused": "answerable, refused",
}
Record = dict[str, Any]


def main() -> int:
    """Writes the block into README.md, or checks it."""
    page = README.read_text(encoding="utf-8")
    wanted = page_with_figures(page, block(records(RESULTS)))
    if "--check" in sys.argv[1:]:
        return int(page != wanted)
    README.write_text(wanted, encoding="utf-8", newline="\n")
    return 0


def records(folder: Path) -> dict[str, Record]:
    """The latest record of each set, by its name without `.jsonl`."""
    files = sorted(folder.glob("????-??-??-*.json"))
    return {path.stem[11:]: json.loads(path.read_text(encoding="utf-8")) for path in files}


def page_with_figures(page: str, figures: str) -> str:
    """The page with what stands between the marks replaced; ValueError where it has no marks."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"README.md lacks {BEGIN} … {END}")
    return f"{before}{BEGIN}\n{figures}\n{END}{after}"


def block(found: dict[str, Record]) -> str:
    """What the README says of the last runs."""
    fresh, core, second, near, officers = (found[name] for name in ("fresh", "core", "second", "nearmiss", "officers"))
    return "\n\n".join((_sets(fresh, core), _table(fresh, core, second), _over_files(fresh), _hard(near, officers)))


def _sets(fresh: Record, core: Record) -> str:
    counts = (
        f"{record['questions']} questions ({record['over_files']['questions']} of them over official files, "
        f"{round(record['figures']['refused'][3])} without an answer there)"
        for record in (fresh, core)
    )
    fresh_count, core_count = counts
    return (
        f"`fresh.jsonl`, {fresh_count}, was written by one who saw no answer, and nothing was tuned to it: **believe this column.** "
        f"`core.jsonl`, {core_count}, and `second.jsonl` have been looked at while the product was built. "
        f"On {_machine(core['machine'])}, {core['started'][:10]}, with 95 % intervals:"
    )


def _machine(machine: str) -> str:
    return machine.split(", ", 1)[1].replace("CPU", "cores")


def _table(*records: Record) -> str:
    lines = ["| | `fresh.jsonl`, held out | `core.jsonl` | `second.jsonl`, over digests |", "|---|---|---|---|"]
    lines += (f"| {words} | {' | '.join(_cell(record, name) for record in records)} |" for name, words in ROWS.items())
    return "\n".join(lines)


def _cell(record: Record, name: str) -> str:
    value, low, high, _ = record["figures"][name]
    return f"{100 * value:.1f} % ({100 * low:.0f}–{100 * high:.0f})"


def _over_files(fresh: Record) -> str:
    styles = fresh["over_files"]["by"]["style"]
    order = {
        "colloquial": "in everyday words",
        "english": "in English",
        "no-diacritics": "without diacritics",
        "abbreviation": "in abbreviations",
    }
    shares = [(_whole(styles[style]["cited"]), words) for style, words in order.items()]
    counts = sorted(round(styles[style]["cited"][3]) for style in order)
    first = f"{shares[0][0]} % of questions {shares[0][1]}"
    middle = ", ".join(f"{share} % {words}" for share, words in shares[1:-1])
    return (
        f"Over official files, held out, the right provision is cited for {first}, {middle} and {shares[-1][0]} % {shares[-1][1]} "
        f"({counts[0]} to {counts[-1]} questions each): **these answers are not yet to be relied on without reading the "
        "provision.**"
    )


def _hard(near: Record, officers: Record) -> str:
    refused, styles = near["figures"]["refused"], officers["by"]["style"]
    figures = officers["figures"]
    return (
        f"Of {round(refused[3])} questions that the digests nearly answer (`nearmiss.jsonl`) {_whole(refused)} % are refused. "
        "Among the first five provisions found in the digests the right one is there for "
        f"{_whole(styles['colloquial']['R@5'])} % of everyday and {_whole(styles['english']['R@5'])} % of English questions that "
        f"share few words with it (`officers.jsonl`, {officers['questions']} questions); but it is cited in "
        f"{_whole(figures['cited'])} % of these answers only: {_whole(figures['wrongly_refused'])} % of the questions are refused, and "
        f"of the provisions cited {_whole(figures['precision'])} % are right."
    )


def _whole(figure: list[float]) -> int:
    return round(100 * figure[0])


if __name__ == "__main__":
    sys.exit(main())
