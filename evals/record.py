"""Records the figures of runs in evals/results/, a dated file each, to be kept and cited: no question, no document text.

policy-qa eval run evals/core.jsonl --index build/eval-index --data ../shared/data --report build/eval/core
python evals/record.py build/eval/core
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from policy_qa.document import to_json
from policy_qa.errors import PolicyQAError
from policy_qa.evaluation.metrics import figures
from policy_qa.evaluation.report import groups
from policy_qa.evaluation.results import Result, Results, read_results

RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """Writes a file for each run named, and prints its name."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="+", type=Path, metavar="RUN", help="the folder or results file of a run")
    parser.add_argument("--out", type=Path, default=RESULTS, help="the folder to record in")
    arguments = parser.parse_args()
    try:
        for place in arguments.runs:
            print(write(read_results(place), arguments.out))
    except PolicyQAError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def write(results: Results, folder: Path) -> Path:
    """Writes the record of a run that came to its end; a record of the same day and set is replaced."""
    if results.ended is None or results.run.perturbation:
        raise PolicyQAError(f"{results.run.questions}: chỉ ghi lại lần chạy đã xong, với câu hỏi nguyên văn.")
    run = results.run
    path = folder / f"{run.started[:10]}-{Path(run.questions).stem}.json"
    folder.mkdir(parents=True, exist_ok=True)
    lines = (f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in record(results).items())
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8", newline="\n")
    return path


def record(results: Results) -> dict[str, object]:
    """What is kept of a run: what was measured where, and its figures, of official files apart, by kind and by style."""
    run = results.run
    whole = ("sha256", "started", "machine", "commit", "versions", "threads", "model")
    over_files = [result for result in results.results if result.question.files]
    return {
        "set": Path(run.questions).name,
        **{name: to_json(getattr(run, name)) for name in whole},
        "documents": to_json(run.documents),
        "questions": len(results.results),
        "figures": _figures(results.results),
        "by": _by(results.results),
        "over_files": {"questions": len(over_files), "figures": _figures(over_files), "by": _by(over_files)},
    }


def _by(results: Sequence[Result]) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {"kind": {}, "style": {}}
    for group in groups(results):
        if group.by in found:
            found[group.by][group.name] = _figures(group.results)
    return found


def _figures(results: Sequence[Result]) -> dict[str, list[float]]:
    """By metric: value, low, high, n."""
    made = figures(results).values()
    return {f.metric: [round(value, 5) for value in (f.value, f.low, f.high, f.count)] for f in made}


if __name__ == "__main__":
    sys.exit(main())
