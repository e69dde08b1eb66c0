"""Lets through what a language model says only where the passages it names say it, and writes the citation itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from policy_qa.answer import Dropped, Statement
from policy_qa.answering.asked import spoken, typed
from policy_qa.answering.citations import Citer
from policy_qa.answering.drafts import Draft
from policy_qa.answering.grounding import NEGATIVE, Source, Verdict, check, is_english
from policy_qa.answering.markup import plain
from policy_qa.answering.rounds import Excerpt
from policy_qa.answering.sentences import sentences
from policy_qa.citing.extraction import extract
from policy_qa.citing.style import QUOTATION_MARKS
from policy_qa.document import Span
from policy_qa.reading.vietnamese import CAPITALS, SMALL, fold
from policy_qa.retrieval.index import Index
from policy_qa.retrieval.retriever import Searcher

LONGEST_STATEMENT: Final = 1_200
MOST_IDS: Final = 6
SENTENCES_QUOTED: Final = 3
"""Up to so many neighbouring sentences are cited by themselves; of what needs more, the whole passage."""

FEWEST_WORDS: Final = 2
UNLIKE: Final = 0.2
"""Cosine below which no sentence of the passages can be what an English statement renders."""

_LINK = re.compile(r"https?:|www\.|\b\S+@\S+\.\w|\b[\w-]+\.(?:com|vn|net|org|info|io|gov)\b", re.IGNORECASE)
_OWN_ID = re.compile(r"\bp\d{1,2}\b", re.IGNORECASE)
_LAW = re.compile(rf"\b(?:Luật|Bộ luật|Pháp lệnh) [{CAPITALS}]\w*(?: [{SMALL}]\w*)?")
_FOREIGN = (_LINK, _OWN_ID, _LAW)
_COMMANDS = typed(
    r"\b(bỏ qua|quên|phớt lờ|không tuân theo)( \w+){0,4} (hướng dẫn|chỉ dẫn|mệnh lệnh|lời nhắc|quy tắc trả lời)|"
    r"\b(ignore|disregard|forget)( \w+){0,4} (instructions?|prompts?|rules)|\bbạn là (một )?(trợ lý|chatbot|chatgpt|mô hình)|"
    r"\byou are (now )?(an? )?(assistant|chatbot|chatgpt|ai)\b|\bsystem prompt\b|<\|?(system|im_start)|\[inst\]|"
    r"\b(hãy|chỉ|phải) trả lời rằng\b|\banswer every question\b"
)
_DENIES = re.compile(
    r"\b(?:not|no|never|none|nor|cannot|without|prohibit\w*|forb[ia]d\w*|ban(?:s|ned)?|except|unless)\b|n['’]t\b"
)
_ALLOWS = re.compile(r"\b(?:may|can|could|might|allow\w*|permit\w*)\b")
_ALLOWS_VI = re.compile(r"\b(?:có thể|được|cho phép|có quyền)\b")
_TIMES = {
    r"\b(?:days?|daily)\b": "ngay", r"\b(?:weeks?|weekly)\b": "tuan", r"\b(?:months?|monthly)\b": "thang",
    r"\b(?:quarters?|quarterly)\b": "quy", r"\b(?:years?|yearly|annual(?:ly)?)\b": "nam",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of one draft: shown or dropped; `rejected` counts ids that were never given to the model."""

    outcome: Statement | Dropped
    rejected: int = 0


class Verifier:
    """Checks the drafts of one answer against the excerpts that the model was given.

    `english`: the question is in English, so that statements may be.
    """

    def __init__(self, excerpts: Sequence[Excerpt], searcher: Searcher, citer: Citer, *, english: bool) -> None:
        self._english = english
        self._excerpts = {excerpt.id: excerpt for excerpt in excerpts}
        self._searcher = searcher
        self._citer = citer
        self._said: set[str] = set()

    def check(self, draft: Draft) -> Checked:
        """A statement with citations down to the sentence, or why there is none."""
        text = plain(draft.text)
        known = dict.fromkeys(id_ for id_ in draft.ids if id_ in self._excerpts)
        rejected = len([id_ for id_ in draft.ids if id_ not in self._excerpts])
        cited = [self._excerpts[id_] for id_ in known][:MOST_IDS]
        why = self._unfit(text, cited)
        if why:
            return Checked(dropped(text, why), rejected)
        verdict = check(text, [_source(excerpt) for excerpt in cited])
        if not verdict.supported:
            return Checked(dropped(text, verdict.why or "Nguồn dẫn không chứng minh câu này."), rejected)
        places, verdict = self._narrowed(text, cited, verdict)
        if places and all(_COMMANDS.search(spoken(span.of(self._text(e)))) for e, span in places):
            return Checked(dropped(text, "Đoạn trích là lời ra lệnh cho trợ lý, không phải quy định."), rejected)
        if not places:
            return Checked(dropped(text, "Không câu nào của đoạn trích nói điều này."), rejected)
        quoted = " ".join(span.of(self._text(e)) for e, span in places)
        if is_english(text) and english_differs(text, quoted):
            return Checked(dropped(text, "Câu tiếng Anh nói khác nguồn dẫn."), rejected)
        self._said.add(fold(text))
        return Checked(self._cited(text, places, verdict), rejected)

    def _unfit(self, text: str, cited: Sequence[Excerpt]) -> str | None:
        """Why a statement is not even compared with its passages."""
        if len(re.findall(r"\w+", text)) < FEWEST_WORDS or not any(character.isalpha() for character in text):
            return "Câu trả lời không có nội dung."
        if len(text) > LONGEST_STATEMENT:
            return "Câu trả lời quá dài, không thể đối chiếu với nguồn."
        if not cited:
            return "Câu trả lời không dẫn đoạn trích nào được cung cấp."
        if fold(text) in self._said:
            return "Câu này đã được nói."
        if is_english(text) and not self._english:
            return "Câu hỏi bằng tiếng Việt, câu trả lời bằng tiếng Anh."
        if _COMMANDS.search(spoken(text)):
            return "Câu trả lời là lời ra lệnh cho trợ lý, không phải quy định."
        words = "\n".join(f"{excerpt.words}\n{excerpt.around}" for excerpt in cited)
        folded = fold(words)
        strange = [m[0] for pattern in _FOREIGN for m in pattern.finditer(text) if fold(m[0]) not in folded]
        if strange:
            return f"Nguồn dẫn không có “{strange[0][:60]}”."
        place = self._misplaced(text, cited, words)
        return f"Đoạn trích được dẫn không nằm ở {place}." if place else None

    @staticmethod
    def _misplaced(text: str, cited: Sequence[Excerpt], words: str) -> str | None:
        """A provision that the statement names, though no passage lies there or mentions it."""
        folded = fold(words)
        for found in extract(text):
            said = text[found.span.start : found.span.end]
            if found.address is None or fold(said) in folded:
                continue
            steps = set(found.address.steps)
            if not any(steps <= set(excerpt.provision.address.steps) for excerpt in cited):
                return said[:80]
        return None

    # --- citations

    def _narrowed(
        self, text: str, cited: Sequence[Excerpt], verdict: Verdict
    ) -> tuple[list[tuple[Excerpt, Span]], Verdict]:
        """The fewest words that support the statement: the best passage's best sentences, then those of the next.

        None at all for a statement in English that is like no sentence of its passages.
        """
        ranked = sorted(((self._ranked(text, excerpt), excerpt) for excerpt in cited), key=lambda item: -item[0][0][0])
        if is_english(text) and ranked[0][0][0][0] < UNLIKE:
            return [], verdict
        chosen: list[tuple[Excerpt, Span]] = []
        for scored, excerpt in ranked:
            for span in _hulls(scored, excerpt.span):
                tried = [*chosen, (excerpt, span)]
                found = check(text, [Source(place.of(self._text(e)), e.around) for e, place in tried])
                if found.supported:
                    return tried, found
            chosen.append((excerpt, excerpt.span))
        return chosen, verdict

    def _ranked(self, text: str, excerpt: Excerpt) -> list[tuple[float, Span]]:
        """The sentences of a passage, the one most like the statement first; its likeness with each."""
        source = self._text(excerpt)
        spans = list(sentences(source, excerpt.span.start, excerpt.span.end)) or [excerpt.span]
        said = set(re.findall(r"\w+", fold(text)))
        vectors = self._searcher.encoder.encode([text, *(span.of(source) for span in spans)])
        cosines = (vectors[1:] @ vectors[0]).tolist()
        english = is_english(text)
        scored = []
        for span, cosine in zip(spans, cosines, strict=True):
            words = set(re.findall(r"\w+", fold(span.of(source))))
            shared = 0.0 if english else 2 * len(said & words) / (len(said) + len(words) or 1)
            scored.append((cosine + 2 * shared, span))
        return sorted(scored, key=lambda item: (-item[0], item[1]))

    def _cited(self, text: str, places: Sequence[tuple[Excerpt, Span]], verdict: Verdict) -> Statement:
        index = self._searcher.index
        ids = []
        for excerpt, span in places:
            provision = index.provision_at(excerpt.provision.document, span) or excerpt.provision
            ids.append(self._citer.cite(provision, span).id)
        if any(_is_digest(index, excerpt) for excerpt, _ in places):
            text = QUOTATION_MARKS.sub("", text)  # a digest's words are ours: they never stand in quotation marks
        return Statement(text, tuple(dict.fromkeys(ids)), round(verdict.score, 3))

    def _text(self, excerpt: Excerpt) -> str:
        return self._searcher.index.text(excerpt.provision.document)


def english_differs(text: str, quoted: str) -> bool:
    """Whether an English statement denies, allows or counts by a time where the Vietnamese words do otherwise.

    `grounding` compares figures and names across the two languages, and no other words.
    """
    said, source = text.lower(), fold(quoted)
    if bool(_DENIES.search(said)) != bool(NEGATIVE.search(quoted)):
        return True
    if _ALLOWS.search(said) and not _ALLOWS_VI.search(quoted.lower()):
        return True
    return any(re.search(english, said) and not re.search(rf"\b{word}\b", source) for english, word in _TIMES.items())


def dropped(text: str, why: str) -> Dropped:
    """What is not shown as an answer, cut to what one can read at a glance."""
    return Dropped(text if len(text) <= 300 else f"{text[:299]}…", why)


def _source(excerpt: Excerpt) -> Source:
    return Source(excerpt.words, excerpt.around)


def _hulls(scored: Sequence[tuple[float, Span]], whole: Span) -> Iterator[Span]:
    """The best sentence, then the words from the first to the last of the best two, three; at last the whole passage."""
    for count in range(1, min(SENTENCES_QUOTED, len(scored)) + 1):
        best = [span for _, span in scored[:count]]
        yield Span(min(span.start for span in best), max(span.end for span in best))
    yield whole


def _is_digest(index: Index, excerpt: Excerpt) -> bool:
    record = index.document(excerpt.provision.document)
    return record is not None and record.metadata.text_kind == "digest"
