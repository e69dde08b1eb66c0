"""Compares ways to find the article that answers a question: quality, time to index, memory, time to ask.

    python evals/retrieval/run.py --articles A.jsonl[.gz] --questions Q.jsonl --systems ours bm25 langchain txtai --json

Each system runs in a process of its own, one after the other, over the same articles and questions. `--perturb` asks
the questions without diacritics, with one slip of a key in each, or with their law named by a short form. `--hide` asks
ours every question a second time as if its laws were not there, and measures how well it knows that nothing fits.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import psutil
from articles import Asked, BadFile, held_out, read_articles, read_questions
from measures import DEPTH, Ranking, auroc, miscalibration, reliability, scores, summary
from searching import ArticleIndex

from policy_qa.reading.vietnamese import strip_diacritics

DEFAULT = ("ours", "bm25", "langchain", "txtai")
_WARM_UP = 20
_KEYS = "abcdefghijklmnopqrstuvwxyz"

Result = dict[str, object]


def main() -> None:
    """Reads the arguments, runs each system, prints a table and with --json one line of figures."""
    arguments = _arguments()
    if arguments.worker:
        print(json.dumps(measure(arguments)))
        return
    read_articles(arguments.articles), _questions(arguments)  # what is wrong with a file is said once, and first
    results: dict[str, Result] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        work = arguments.work or Path(folder)
        for system in arguments.systems:
            results[system] = _run(system, work, arguments)
            _print_row(system, results[system])
    if "bm25" in results and "ours" in results:
        wrong = [1 - cast(float, results[name]["R@1"]) for name in ("ours", "bm25")]
        print(
            f"first article wrong: {wrong[0]:.3f}, with bm25 {wrong[1]:.3f}: {1 - wrong[0] / max(wrong[1], 1e-9):.1%} less"
        )
    if arguments.json:
        print(json.dumps(results))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--systems", nargs="+", default=list(DEFAULT), metavar="SYSTEM")
    parser.add_argument("--kind", help="only the questions of this kind")
    parser.add_argument("--held-out", action="store_true", help="only questions whose laws the training never saw")
    parser.add_argument("--perturb", choices=sorted(PERTURBATIONS), help="ask in another spelling")
    parser.add_argument("--hide", action="store_true", help="measure the probability, with each law there and not")
    parser.add_argument("--work", type=Path, help="keep indexes of ours here and use them again; then index_s is 0")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    parser.add_argument("--worker", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if not arguments.worker:
        from systems import SYSTEMS

        unknown = [name for name in arguments.systems if name not in SYSTEMS]
        if unknown:
            parser.error(f"no such system: {', '.join(unknown)}; there are {', '.join(SYSTEMS)}")
    return arguments


def _run(system: str, work: Path, arguments: argparse.Namespace) -> Result:
    """One system in a process of its own, so that its memory is its own."""
    command = [sys.executable, __file__, "--worker", system, "--work", str(work)]
    command += ["--articles", str(arguments.articles), "--questions", str(arguments.questions)]
    command += ["--held-out"] if arguments.held_out else []
    command += ["--kind", arguments.kind] if arguments.kind else []
    command += ["--perturb", arguments.perturb] if arguments.perturb else []
    command += ["--hide"] if arguments.hide else []
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{system} failed with status {done.returncode}")
    return cast(Result, json.loads(done.stdout.splitlines()[-1]))


def measure(arguments: argparse.Namespace) -> Result:
    """Builds one system, asks it every question, and scores it."""
    from systems import SYSTEMS, add_one

    articles, asked = read_articles(arguments.articles), _questions(arguments)
    known = {article.id for article in articles}
    missing = [question.id for question in asked if not question.relevant & known]
    if missing:
        raise BadFile(f"{arguments.questions}: no article of question {missing[0]!r} is in {arguments.articles}")
    folder = arguments.work / "index"
    is_ours = arguments.worker.startswith("ours") or arguments.worker == "bm25"
    fresh = not (is_ours and (folder / "CURRENT").exists())
    started = time.perf_counter()
    system = SYSTEMS[arguments.worker](articles, folder)
    index_seconds = time.perf_counter() - started if fresh else 0.0
    for question in asked[:_WARM_UP]:
        system.search(question.text, DEPTH)
    rankings = []
    for question in asked:
        started = time.perf_counter()
        found = system.search(question.text, DEPTH)
        rankings.append(Ranking(tuple(found), 1000 * (time.perf_counter() - started)))
    means, intervals = summary(scores(rankings, [question.relevant for question in asked]))
    spent = [ranking.milliseconds for ranking in rankings]
    result: Result = {
        **means,
        "p50_ms": float(np.percentile(spent, 50)),
        "p95_ms": float(np.percentile(spent, 95)),
        "index_s": index_seconds,
        "peak_mb": _peak(),
        "intervals": intervals,
        "questions": len(asked),
    }
    if arguments.worker == "ours":
        if arguments.hide:
            result |= refusal(cast(ArticleIndex, system), asked)
        result["add_one_s"] = add_one(folder)
    return result


def refusal(index: ArticleIndex, asked: Sequence[Asked]) -> Result:
    """How well the probability tells questions whose law is there from the same questions without it."""
    said, truth = [], []
    for question in asked:
        query = index.searcher.understand(question.text)
        for hidden in ([], question.laws):
            ranked = index.hiding(hidden).rank(query)
            said.append(ranked[0].probability if ranked else 0.0)
            truth.append(int(not hidden))
    probabilities, answered = np.array(said), np.array(truth)
    return {
        "auroc": auroc(probabilities, answered),
        "calibration_error": miscalibration(probabilities, answered),
        "reliability": reliability(probabilities, answered),
    }


def _questions(arguments: argparse.Namespace) -> list[Asked]:
    asked = read_questions(arguments.questions)
    if arguments.kind:
        asked = [question for question in asked if question.kind == arguments.kind]
    if arguments.held_out:
        asked = [question for question in asked if all(map(held_out, question.laws))]
    if not asked:
        raise BadFile(f"{arguments.questions}: no question is left to ask")
    if arguments.perturb:
        change = PERTURBATIONS[arguments.perturb]
        asked = [replace(q, text=change(q)) for q in asked]
    return asked


def one_slip(text: str) -> str:
    """One letter of one word left out, doubled, swapped with the next or hit wrongly; the same for the same text."""
    dice = random.Random(text)  # noqa: S311 - nobody's secret
    words = text.split()
    long = [n for n, word in enumerate(words) if sum(map(str.isalpha, word)) > 2]
    if not long:
        return text
    at = dice.choice(long)
    word = words[at]
    place = dice.randrange(len(word) - 1)
    words[at] = dice.choice(
        [
            word[:place] + word[place + 1 :],
            word[:place] + word[place] + word[place:],
            word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            word[:place] + dice.choice(_KEYS) + word[place + 1 :],
        ]
    )
    return " ".join(words)


def short_form(law: str) -> str:
    """As people abbreviate it: `BLDS` for Bộ luật dân sự, `Luật BVMT` for Luật Bảo vệ môi trường; numbers stay."""
    words = [word for word in re.findall(r"\w+", law) if word not in ("và", "của")]
    initials = "".join(word[0].upper() for word in words)
    return f"Luật {initials[1:]}" if law.startswith("Luật ") else initials if law.startswith("Bộ luật") else law


PERTURBATIONS: dict[str, Callable[[Asked], str]] = {
    "no-diacritics": lambda question: strip_diacritics(question.text),
    "typo": lambda question: one_slip(question.text),
    "short-form": lambda question: f"Theo {short_form(min(question.laws))}: {question.text}",
}


def _peak() -> float:
    """The most memory this process has had, in MB."""
    try:
        import resource
    except ImportError:  # Windows
        return float(psutil.Process().memory_info().peak_wset) / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _print_row(system: str, result: Result) -> None:
    shown = "  ".join(f"{name} {cast(float, result[name]):.3f}" for name in _SHOWN)
    low, high = cast(dict[str, Sequence[float]], result["intervals"])["MRR@10"]
    times = "  ".join(f"{name} {cast(float, result[name]):.1f}" for name in ("p50_ms", "p95_ms", "index_s", "peak_mb"))
    if "auroc" in result:
        print(
            f"{'answered at all':28} AUROC {result['auroc']:.3f}, calibration error {result['calibration_error']:.3f}"
        )
        for mean, share, count in cast(Sequence[tuple[float, float, int]], result["reliability"]):
            print(f"{'':28} said {mean:.2f}  true {share:.2f}  {'#' * round(40 * share):40} {count}")
    added = f"  add_one_s {cast(float, result['add_one_s']):.2f}" if "add_one_s" in result else ""
    print(f"{system:28} {shown} [{low:.3f}, {high:.3f}]  {times}{added}", flush=True)


_SHOWN = ("R@1", "R@5", "R@10", "R@20", "nDCG@10", "MRR@10")

if __name__ == "__main__":
    main()
