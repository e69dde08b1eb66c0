"""How long a question takes: cold (a whole `policy-qa ask` process) and warm (in a loaded one). Run: make bench.

Targets: cold ≤ 1.5 s, warm ≤ 20 ms, both medians, over the shipped corpus.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

QUESTIONS = Path(__file__).parent / "core.jsonl"
COLD_RUNS = 10


def cold(question: str) -> float:
    """Seconds that one process takes from start to end."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "policy_qa", "ask", "--json", "--", question]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def warm(questions: list[str]) -> list[float]:
    """Seconds each question takes in a process that has answered one before."""
    from policy_qa.answering.chain import Assistant
    from policy_qa.settings import load_settings

    settings = load_settings()
    assistant = Assistant.open(settings.index, settings.encoder)
    assistant.ask(questions[0])
    taken = []
    for question in questions:
        started = time.perf_counter()
        assistant.ask(question)
        taken.append(time.perf_counter() - started)
    return taken


def main() -> None:
    """Prints one JSON object: medians and worst cases, with the machine they were measured on."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [str(json.loads(line)["question"]) for line in lines]
    starts = [cold(question) for question in questions[:COLD_RUNS]]
    answers = warm(questions)
    report = {
        "cold_median_s": round(statistics.median(starts), 3),
        "cold_worst_s": round(max(starts), 3),
        "warm_median_ms": round(1000 * statistics.median(answers), 1),
        "warm_worst_ms": round(1000 * max(answers), 1),
        "questions": len(questions),
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        "date": time.strftime("%Y-%m-%d"),
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
