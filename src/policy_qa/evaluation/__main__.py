"""`python -m policy_qa.evaluation SET.jsonl`: answers a question set and prints how well."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from policy_qa.answering.chain import Assistant
from policy_qa.errors import PolicyQAError
from policy_qa.evaluation.questions import load
from policy_qa.evaluation.report import failures, left_out, report
from policy_qa.evaluation.runner import run
from policy_qa.evaluation.sources import index_sources, split
from policy_qa.retrieval.encoder import load_encoder
from policy_qa.settings import load_settings, shipped_corpus


def main() -> int:
    """Prints the figures, by kind and style too; with `--failures` every question that was not right."""
    arguments = _arguments()
    try:
        settings = load_settings()
        questions = load(arguments.questions)
        if arguments.data:
            encoder = load_encoder(settings.encoder)
            index_sources(questions, arguments.data, shipped_corpus(), arguments.index, encoder)
        assistant = Assistant.open(arguments.index or settings.index, settings.encoder, settings.reranker)
        asked, missing = split(questions, assistant.index)
    except PolicyQAError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{arguments.questions}: {len(asked)} questions\n{left_out(missing)}")
    if not asked:
        return 1
    results = list(run(assistant, asked))
    sys.stdout.write(report(results))
    if arguments.failures:
        sys.stdout.write(failures(results))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m policy_qa.evaluation", description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--index", type=Path, help="the index to ask (default: as set)")
    parser.add_argument(
        "--data",
        type=Path,
        metavar="FOLDER",
        help="first bring --index up to date with the shipped digests and the files of FOLDER that the questions need",
    )
    parser.add_argument("--failures", action="store_true", help="show what went wrong")
    arguments = parser.parse_args()
    if arguments.data and not arguments.index:
        # The office's own index must not fill with what is only there to be measured.
        parser.error("--data needs --index: an index of its own")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
