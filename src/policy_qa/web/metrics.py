"""What the server counts, in the form that Prometheus reads; no names, questions or addresses."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from policy_qa.answer import Answer
from policy_qa.errors import PolicyQAError
from policy_qa.retrieval.index import Index
from policy_qa.retrieval.retriever import Hit
from policy_qa.web.desk import Answering

disable_created_metrics()  # type: ignore[no-untyped-call]
SECONDS = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 1.5, 3, 6, 15, 60)


class Metrics:
    """The counters of one server."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._answers = Counter("policy_qa_answers", "Answers by status", ["status"], registry=self._registry)
        self._seconds = Histogram(
            "policy_qa_answer_seconds", "From the question to the whole answer", ["status"], buckets=SECONDS, registry=self._registry
        )  # fmt: skip
        self._responses = Counter("policy_qa_responses", "HTTP responses by status", ["code"], registry=self._registry)

    def answered(self, status: str, seconds: float) -> None:
        """Counts an answer, or an "error" in place of one."""
        self._answers.labels(status).inc()
        self._seconds.labels(status).observe(seconds)

    def responded(self, code: int) -> None:
        """Counts an HTTP response."""
        self._responses.labels(str(code)).inc()

    def watch(self, name: str, about: str, value: Callable[[], float]) -> None:
        """A number that is looked up whenever the metrics are read."""
        Gauge(f"policy_qa_{name}", about, registry=self._registry).set_function(value)

    def watch_index(self, generation: Callable[[], tuple[str, int]]) -> None:
        """The generation in use, and how many documents it holds."""
        self._registry.register(_Generation(generation))

    def page(self) -> bytes:
        """All of it in Prometheus' text form."""
        return generate_latest(self._registry)


class _Generation(Collector):
    def __init__(self, generation: Callable[[], tuple[str, int]]) -> None:
        self._generation = generation

    def collect(self) -> Iterator[GaugeMetricFamily]:
        family = GaugeMetricFamily("policy_qa_index_documents", "Documents in the index in use", labels=["generation"])
        try:
            name, documents = self._generation()
        except PolicyQAError:
            name, documents = "", 0
        family.add_metric([name], documents)
        yield family


class Measured:
    """An assistant whose answers are counted and timed."""

    def __init__(self, assistant: Answering, metrics: Metrics) -> None:
        self._assistant, self._metrics = assistant, metrics

    @property
    def index(self) -> Index:
        """The generation it answers from."""
        return self._assistant.index

    def ask(self, question: str, documents: Sequence[str] = (), history: Sequence[str] = ()) -> Answer:
        """One answer; raises PolicyQAError."""
        start, status = time.perf_counter(), "error"
        try:
            answer = self._assistant.ask(question, documents, history)
            status = answer.status
            return answer
        finally:
            self._metrics.answered(status, time.perf_counter() - start)

    def stream(self, question: str, documents: Sequence[str] = (), history: Sequence[str] = ()) -> Iterable[Answer]:
        """Parts of one answer; one that the visitor breaks off counts as "stopped"."""
        start, status, whole = time.perf_counter(), "error", None
        try:
            for part in self._assistant.stream(question, documents, history):
                whole = part if whole is None else whole + part
                yield part
            status = whole.status if whole else "error"
        except GeneratorExit:
            status = "stopped"
            raise
        finally:
            self._metrics.answered(status, time.perf_counter() - start)

    def search(self, question: str, k: int = 10, documents: Sequence[str] = ()) -> list[Hit]:
        """The `k` passages that fit a question best; raises PolicyQAError."""
        return self._assistant.search(question, k, documents)
