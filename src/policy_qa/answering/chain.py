"""The whole way from a question to an answer; the one object that CLI, web app, packs and evaluation call."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from policy_qa.answer import Answer, Reason, Statement, Status
from policy_qa.answering.asked import compares
from policy_qa.answering.citations import Citer, citation
from policy_qa.answering.composing import compose, quoted
from policy_qa.answering.extractive import PASSAGES_READ, Extractor
from policy_qa.answering.identity import identify, left_aside
from policy_qa.answering.ordinals import asked_item, item_first
from policy_qa.answering.places import Places, find_places
from policy_qa.answering.quoting import own_words
from policy_qa.answering.refusal import Refusal, before_search, denied, known_gap, missing_places, no_item, too_weak
from policy_qa.answering.relations import related
from policy_qa.answering.versions import Versions
from policy_qa.citing.reference import find
from policy_qa.document import Span
from policy_qa.errors import BadQuestion
from policy_qa.reading.invisible import without_invisible
from policy_qa.retrieval.encoder import Encoder, load_encoder
from policy_qa.retrieval.index import Index, ProvisionRecord, open_index
from policy_qa.retrieval.query import Query
from policy_qa.retrieval.reranker import Reranker, load_reranker
from policy_qa.retrieval.rereading import UNKNOWN
from policy_qa.retrieval.retriever import Hit, Searcher

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from policy_qa.answering.generative import Writer
    from policy_qa.answering.models import ChatModel

LONGEST_QUESTION = 2000
RELATED = 3


class Asking(TypedDict, total=False):
    """What the chain takes: the question, the documents to stay within, and the earlier questions of the talk."""

    question: str
    documents: Sequence[str]
    history: Sequence[str]


class Assistant:
    """Answers questions over one index; may be shared by threads."""

    def __init__(
        self, index: Index, encoder: Encoder, reranker: Reranker | None = None, model: ChatModel | None = None
    ) -> None:
        self.index = index
        self.model = model
        self.searcher = Searcher(index, encoder, reranker=reranker)
        self._extractor = Extractor(self.searcher)
        self._versions = Versions(index)

    @classmethod
    def open(
        cls,
        index_dir: Path,
        encoder_name: str | None = None,
        reranker_name: str | None = None,
        model: ChatModel | None = None,
    ) -> Assistant:
        """Opens the index with the encoder that built it, and a cross-encoder where one is named; `model` writes answers.

        Raises:
            NoIndex, IndexMismatch: the index is missing, damaged, or of another version or encoder.
            EncoderUnavailable, RerankerUnavailable: a model cannot be loaded.
        """
        encoder = load_encoder(encoder_name)
        return cls(open_index(index_dir, encoder), encoder, load_reranker(reranker_name), model)

    def ask(self, question: str, documents: Sequence[str] = (), history: Sequence[str] = ()) -> Answer:
        """The answer to a question.

        `documents` (NUMBER or NUMBER@DATE) narrow it; `history` are the earlier questions of the conversation.

        Raises:
            BadQuestion: it is empty or too long, or a document named is not in the index.
        """
        parts = self.stream(question, documents, history)
        answer = next(parts)
        for part in parts:
            answer = answer + part
        return answer

    def stream(self, question: str, documents: Sequence[str] = (), history: Sequence[str] = ()) -> Iterator[Answer]:
        """The answer in parts that add up, statement by statement; notes are of all before them, too. Raises as `ask`."""
        whole: Answer | None = None
        for part in self._parts(question, documents, history):
            whole = whole + part if whole else part
            yield replace(part, notes=self._versions.notes(whole))

    def _parts(self, question: str, documents: Sequence[str], history: Sequence[str]) -> Iterator[Answer]:
        started = time.perf_counter()
        keys = self._keys(documents)
        seen = checked(question)
        query = self.searcher.understand(seen, keys)
        earlier = [without_invisible(said) for said in history]
        inherited = self._inherited(query, earlier) if history and not query.named and not keys else []
        if inherited:
            parts = self._answer(question, self.searcher.understand(seen, inherited), started)
            first = next(parts)
            if first.status == "not_found" and not _points_back(query):
                alone = self._answer(question, query, started)
                first_alone = next(alone)
                if first_alone.status != "not_found":
                    first, parts = first_alone, alone
            yield first
            yield from parts
            return
        yield from self._answer(question, query, started)

    def search(self, question: str, k: int = 10, documents: Sequence[str] = ()) -> list[Hit]:
        """The `k` passages that fit a question best. Raises as `ask`."""
        query = self.searcher.understand(checked(question), self._keys(documents))
        hits = self.searcher.search(query, k)
        told, _ = self._told(query, find_places(query, self.index))
        return self.searcher.put_first(query, hits, [provision for provision, _ in told])[:k]

    @cached_property
    def chain(self) -> Runnable[Asking, Answer]:
        """The same as a LangChain Runnable: `invoke` gives the answer, `stream` its parts."""
        from langchain_core.runnables import RunnableGenerator

        def answer(inputs: Iterator[Asking]) -> Iterator[Answer]:
            for asking in inputs:
                yield from self.stream(asking["question"], asking.get("documents", ()), asking.get("history", ()))

        return RunnableGenerator(answer)

    # --- from a question to statements

    def _answer(self, question: str, query: Query, started: float) -> Iterator[Answer]:
        refusal = before_search(query, self.index)
        if refusal:
            yield self._refused(question, refusal, (), started)
            return
        citer = Citer(self.index)
        places = find_places(query, self.index)
        missing = missing_places(places.missing) if places.missing else None
        if missing and not places.found:
            yield self._refused(question, missing, self.searcher.search(query, RELATED, query.subject or None), started)
            return
        told, lacking = self._told(query, places)
        if told:
            lacking = missing.message if missing else lacking
            yield from self._stated(question, quoted(told, citer, self.index), citer, started, lacking)
            return
        hits = self._hits(query)
        choices = item_first(query, self.index, self._extractor.choose(query, hits))
        judged = (judge(query, self.index, choices) for judge in (known_gap, no_item, denied, too_weak))
        refusal = next(filter(None, judged), None)
        if refusal:
            yield self._refused(question, refusal, hits, started)
            return
        aside = left_aside(query, self.index, {choices[0].provision.document})
        extracted = self._stated(question, compose(query, choices, citer, self.index), citer, started, aside)
        # A model may tell another item than the one asked for, or of one document for two, and its words would still be found.
        writer = None if aside or asked_item(query) else self._writer
        yield from writer.answer(question, query, hits, citer, extracted) if writer else extracted

    @cached_property
    def _writer(self) -> Writer | None:
        """Who lets the model answer; imported only where a model is configured."""
        if self.model is None:
            return None
        from policy_qa.answering.generative import Writer

        return Writer(self.searcher, self._extractor, self.model)

    def _told(self, query: Query, places: Places) -> tuple[Sequence[tuple[ProvisionRecord, Span]], str | None]:
        """What needs no search, and what it lacks: the places named, the identity of documents, what they declare of one another."""
        if places.found:
            return [(provision, own_words(self.index, provision)) for provision in places.found], None
        identity = identify(query, self.index)
        if identity.told:
            return identity.told, identity.lacking
        return related(query, self.index), None

    def _hits(self, query: Query) -> list[Hit]:
        """The best passages; of each document, where several are named."""
        if len(query.named) > 1 and compares(query.text):
            return [hit for key in query.named for hit in self._likeliest_of(query, key)]
        return self.searcher.search(query, PASSAGES_READ, together="in doubt")

    def _likeliest_of(self, query: Query, key: str) -> list[Hit]:
        """The best passages of one of the documents compared, each weighed against the best there."""
        hits = self.searcher.search(query, 4, [key], together="in doubt")
        most = max((hit.answers for hit in hits), default=0.0)
        return [replace(hit, answers=hit.answers - most + UNKNOWN) for hit in hits]

    def _stated(
        self, question: str, statements: Iterator[Statement], citer: Citer, started: float, lacking: str | None = None
    ) -> Iterator[Answer]:
        """The statements one by one; `lacking` says what was asked besides and is not there."""
        status: Status = "partial" if lacking else "answered"
        reason: Reason | None = "no_text" if lacking else None
        shown = len(citer.citations)  # a language model's citations stand before these
        for statement in statements:
            fresh = citer.citations[shown:]
            shown = len(citer.citations)
            timings = {"total_ms": _since(started)}
            yield Answer(question, status, reason, lacking, (statement,), fresh, timings=timings)

    def _refused(self, question: str, refusal: Refusal, hits: Sequence[Hit], started: float) -> Answer:
        related = []
        for number, hit in enumerate(hits[:RELATED], 1):
            provision = self.index.provision(hit.passage.document, hit.passage.address)
            if provision and hit.passage.span in provision.span:
                related.append(citation(self.index, provision, hit.passage.span, f"r{number}"))
        timings = {"total_ms": _since(started)}
        return Answer(question, "not_found", refusal.reason, refusal.message, related=tuple(related), timings=timings)

    # --- documents

    def _keys(self, documents: Sequence[str]) -> list[str]:
        """The keys of documents given by NUMBER or NUMBER@DATE."""
        keys: list[str] = []
        for name in documents:
            number, _, date = name.strip().partition("@")
            found = [
                record.key
                for record in self.index.documents()
                if record.key == name.strip()
                or (
                    (record.metadata.number or "").casefold() == number.casefold()
                    and (not date or record.metadata.date == date)
                )
            ]
            if not found or not name.strip():
                raise BadQuestion(
                    f"Kho không có văn bản {name}: bỏ văn bản này khỏi phần chọn, hoặc xem các văn bản hiện có trong kho."
                )
            keys += found
        return list(dict.fromkeys(keys))

    def _inherited(self, query: Query, history: Sequence[str]) -> list[str]:
        """The document that a follow-up ("còn kinh phí thì sao?") leaves unsaid: the one last named."""
        if not _is_follow_up(query):
            return []
        for earlier in reversed(history):
            keys = [key for item in find(earlier, self.index.documents(), self.searcher.names) if (key := item.key)]
            if keys:
                return keys[-1:]
        return []


def _is_follow_up(query: Query) -> bool:
    return _points_back(query) or len(query.words) <= 6


def _points_back(query: Query) -> bool:
    """Whether the question begins as one that goes on: "còn …", "thế …", "vậy …"."""
    return bool(query.words) and query.words[0].folded in {"con", "the", "vay", "and"}


def checked(question: str) -> str:
    """The question as it is seen, if it can be asked: what prints nothing is neither understood nor handed on.

    Raises:
        BadQuestion: it is empty, or longer than `LONGEST_QUESTION` characters.
    """
    seen = without_invisible(question)
    if not any(character.isalnum() for character in seen):
        raise BadQuestion("Câu hỏi trống: hãy gõ câu hỏi rồi gửi lại.")
    try:
        question.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadQuestion("Câu hỏi có ký tự không phải Unicode hợp lệ: hãy gõ lại câu hỏi.") from error
    if len(question) > LONGEST_QUESTION:
        raise BadQuestion(
            f"Câu hỏi dài {len(question):n} ký tự, quá giới hạn {LONGEST_QUESTION} ký tự: hãy rút gọn hoặc tách câu hỏi."
        )
    return seen


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
