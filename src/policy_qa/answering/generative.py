"""Answers with a language model: it writes sentences over passages, code lets through those that the passages hold.

A sentence is shown as soon as it is verified. Whatever the model or its server does, the user gets what was verified, and
the extractive answer for the rest.
"""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from policy_qa.answer import Answer, Dropped, Mode, Statement
from policy_qa.answering.asked import compares
from policy_qa.answering.calls import BACKOFF, WHY, ModelFailed, Writing, written
from policy_qa.answering.citations import Citer
from policy_qa.answering.drafts import CannotAnswer, DraftReader, Found, Unreadable
from policy_qa.answering.extractive import Extractor
from policy_qa.answering.markup import plain
from policy_qa.answering.prompts import SYSTEM, user_message
from policy_qa.answering.rounds import Part, excerpts, search_parts
from policy_qa.answering.verification import Verifier, dropped
from policy_qa.citing.style import document_name
from policy_qa.retrieval.query import Query
from policy_qa.retrieval.retriever import Hit, Searcher

logger = logging.getLogger(__name__)

MOST_STATEMENTS = 12
MOST_DROPPED = 24
"""A model that goes on after so many is stopped: it repeats itself, or makes things up."""

INSTEAD = "dưới đây là nguyên văn quy định tìm được"
FAILED = "Không có câu trả lời của mô hình ngôn ngữ ({why}); " + INSTEAD + "."
BROKEN_OFF = (
    "Mô hình ngôn ngữ chưa trả lời hết ({why}); các câu đã kiểm chứng được giữ lại, tiếp theo là nguyên văn quy định."
)
CANNOT = "Mô hình ngôn ngữ cho rằng các đoạn trích không trả lời đủ câu hỏi; " + INSTEAD + "."
UNSUPPORTED = "Không câu nào của mô hình ngôn ngữ được văn bản chứng minh; " + INSTEAD + "."
UNREADABLE = "Không đọc được câu trả lời của mô hình ngôn ngữ; " + INSTEAD + "."
_QUOTED = re.compile("“[^”]*”")
LACKING = "Chưa có câu trả lời kiểm chứng được cho phần: {parts}."


@dataclass(slots=True)
class _Written:
    """What has come of one model's answer so far."""

    statements: list[Statement] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    rejected: int = 0
    cannot: bool = False
    unreadable: int = 0
    faults: Counter[str] = field(default_factory=Counter)


class Writer:
    """Lets a model answer from what retrieval has found; may be shared by threads."""

    def __init__(self, searcher: Searcher, extractor: Extractor, model: Writing, *, backoff: float = BACKOFF) -> None:
        self._searcher = searcher
        self._extractor = extractor
        self._model = model
        self._backoff = backoff

    def answer(
        self, question: str, query: Query, hits: Sequence[Hit], citer: Citer, extracted: Iterable[Answer]
    ) -> Iterator[Answer]:
        """The answer in parts, sentence by sentence; `extracted` is what stands in where the model gives nothing."""
        started = time.perf_counter()
        parts = search_parts(query, self._searcher, self._extractor)
        given = excerpts(query, hits, parts, self._searcher, self._extractor)
        verifier = Verifier(given, self._searcher, citer, english=query.english)
        state = _Written()
        failed: ModelFailed | None = None
        shown = len(citer.citations)
        message = user_message(question, [(e.id, e.source, e.words) for e in given], english=query.english)
        try:
            for statement in self._verified(message, verifier, state):
                fresh = citer.citations[shown:]
                shown = len(citer.citations)
                first = {} if len(state.statements) > 1 else {"first_ms": _since(started)}
                yield Answer(
                    question, "answered", statements=(statement,), citations=fresh, timings=first, mode="generative"
                )
        except ModelFailed as failure:
            failed = failure
            state.faults[failure.fault] += 1
        _log(state)
        said = _said_of(state, failed)
        if said is None:
            yield self._end(question, query, parts, citer, state, started)
            return
        yield from self._instead(question, said, citer, state, extracted, started)

    def _verified(self, message: str, verifier: Verifier, state: _Written) -> Iterator[Statement]:
        """The statements that hold, one by one, as the model writes them; what does not hold is noted in `state`."""
        readers: dict[str, DraftReader] = {}
        for piece in written(self._model, SYSTEM, message, backoff=self._backoff):
            reader = readers.setdefault(piece.channel, DraftReader())
            yield from self._held(reader.feed(piece.text), verifier, state)
            if len(state.statements) >= MOST_STATEMENTS or len(state.dropped) >= MOST_DROPPED:
                raise ModelFailed("endless")
        for reader in readers.values():
            yield from self._held(reader.close(), verifier, state)
            state.cannot |= reader.said_cannot

    @staticmethod
    def _held(found: Iterable[Found], verifier: Verifier, state: _Written) -> Iterator[Statement]:
        for item in found:
            if isinstance(item, CannotAnswer):
                state.cannot = True
            elif isinstance(item, Unreadable):
                state.unreadable += 1
                state.faults[item.fault] += 1
                state.dropped.append(dropped(plain(item.text), "Không đọc được câu này của mô hình."))
            elif len(state.statements) < MOST_STATEMENTS and len(state.dropped) < MOST_DROPPED:
                checked = verifier.check(item)
                state.rejected += checked.rejected
                state.faults["unknown id"] += checked.rejected
                if isinstance(checked.outcome, Statement):
                    state.statements.append(checked.outcome)
                    yield checked.outcome
                else:
                    state.faults[f"dropped: {checked.outcome.why}"] += 1
                    state.dropped.append(checked.outcome)

    def _end(
        self, question: str, query: Query, parts: Sequence[Part], citer: Citer, state: _Written, started: float
    ) -> Answer:
        """The last part of an answer that the model gave: what was dropped, and what of the question is left open."""
        lacking = [f"“{part.asked}”" for part in parts if not part.answered]
        if compares(query.text):
            cited = {citation.key for citation in citer.citations}
            records = [self._searcher.index.document(key) for key in query.named if key not in cited]
            lacking += [document_name(r.metadata, first=False, file=r.file) for r in records if r]
        return Answer(
            question,
            "partial" if lacking else "answered",
            "no_text" if lacking else None,
            LACKING.format(parts="; ".join(lacking)) if lacking else None,
            dropped=tuple(state.dropped),
            rejected=state.rejected,
            mode="generative",
            timings={"total_ms": _since(started)},
        )

    @staticmethod
    def _instead(
        question: str, said: str, citer: Citer, state: _Written, extracted: Iterable[Answer], started: float
    ) -> Iterator[Answer]:
        """The extractive answer, less what the verified sentences have cited already; its last part tells the rest."""
        cited = {id_ for statement in state.statements for id_ in statement.citations}
        mode: Mode = "mixed" if state.statements else "extractive"
        for part in extracted:
            fresh = tuple(s for s in part.statements if not cited.issuperset(s.citations))
            yield replace(part, statements=fresh, message=said, mode=mode)
        yield Answer(
            question,
            "answered",
            message=said,
            dropped=tuple(state.dropped),
            rejected=state.rejected,
            mode=mode,
            timings={"total_ms": _since(started)},
        )


def _said_of(state: _Written, failed: ModelFailed | None) -> str | None:
    """What the user is told where the model's own answer does not suffice; None where it does."""
    if failed:
        return (BROKEN_OFF if state.statements else FAILED).format(why=WHY[failed.fault])
    if state.statements:
        return None
    if state.cannot:
        return CANNOT
    return UNREADABLE if state.unreadable and len(state.dropped) == state.unreadable else UNSUPPORTED


def _log(state: _Written) -> None:
    """Which faults were caught, without a word of what the model or the user wrote."""
    for fault, count in sorted(state.faults.items()):
        if count:
            logger.warning("model fault caught: %s (%d)", _QUOTED.sub("“…”", fault), count)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
