"""Compares a statement with the sentence of the sources that it speaks of: its words, its negation and modality."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from policy_qa.answering.claims import Claims
from policy_qa.answering.contrasts import contrasts
from policy_qa.answering.exchanges import exchanged, replaced
from policy_qa.answering.modality import STOP, Mode, agree, disagreement
from policy_qa.answering.placement import misplaced
from policy_qa.answering.readings import SHORTEST, Reading, Sentence, clauses, fit
from policy_qa.answering.roles import swapped
from policy_qa.answering.tokens import Kind
from policy_qa.reading.syllables import is_syllable
from policy_qa.retrieval.lexicon import word_set

_OF_DOCUMENTS: Final = word_set("ban hành quy định nêu điều khoản mục điểm")
"""What every statement may say of a document."""
_LEAST: Final = 0.7
"""The share of a statement's content words that the sources hold."""
_LEAST_OF_CLAUSE: Final = 0.55
_MOST_STRANGE: Final = 2
"""So many content words in a row that no source holds are a claim of their own."""
_MOST_STRANGE_FIRST: Final = 3
"""A sentence may begin by saying what kind of thing it tells: "Nơi nhận là …"."""
_WORDING: Final = word_set(
    "cao thấp nhiều ít nhất thực hiện tổ chức thẩm quyền trách nhiệm thời hạn cụ thể sau phấn đấu tức"
)
"""Words that tell nothing by themselves: "mức hỗ trợ cao nhất là …"."""
_MOST_NEW: Final = 4
"""More pairs of neighbouring words in a row that no source has tell something new."""
_TITLED: Final = 1.1
"""What stands around the text is what a statement speaks of where it fits so much better."""
_ALIKE: Final = 0.93
"""Sentences that fit so nearly as well as the best may be the one that is meant."""
_LONGEST_SUBJECT: Final = 4
_PREDICATES: Final = word_set("là gồm do bằng cho") | {":"}
"""What follows one of these is what a statement tells, and not whom of."""
_OF_TIME: Final = word_set("mỗi hằng hàng giờ ngày tuần tháng quý năm")
"""These tell nothing by themselves: figures and dates are looked up apart, and a source may write "/" for "mỗi"."""


def spoken_of(claims: Sequence[Claims], readings: Sequence[Reading]) -> list[Reading]:
    """The sources that a statement speaks of: those with a sentence that fits it, or a clause of it, nearly best.

    What only another source says, cited beside them, does not hold a claim.
    """
    found: set[int] = set()
    for part in claims:
        pieces = [Sentence(part.sentence.tokens[start:end]) for start, end in clauses(part.sentence.tokens)]
        for piece in (part.sentence, *(piece for piece in pieces if len(piece.words) >= SHORTEST)):
            fits = [max((fit(piece, source) for source in reading.all), default=0.0) for reading in readings]
            found.update(at for at, value in enumerate(fits) if value and value >= _ALIKE * max(fits))
    return [reading for at, reading in enumerate(readings) if at in found] or list(readings)


def differences(claims: Sequence[Claims], readings: Sequence[Reading]) -> tuple[int, int, list[str]]:
    """How many content words a statement has, how many of them the sources hold, and what does not agree.

    Returns:
        The count of content words, of those found, and one Vietnamese sentence for each disagreement.
    """
    known = set(_OF_DOCUMENTS)
    known.update(*(sentence.words for reading in readings for sentence in reading.all))
    known.update(*(sentence.modality.meant for reading in readings for sentence in reading.all))
    content = [word for part in claims for word in part.sentence.content]
    found = sum(word in known for word in content)
    wrong: list[str] = []
    if content and found < _LEAST * len(content):
        wrong.append("Phần lớn lời câu trả lời không có trong nguồn dẫn.")
    elif strange := _added(claims, readings, content, known):
        wrong.append(f"Nguồn dẫn không nói đến “{strange}”.")
    for part in claims:
        wrong += _of_sentence(part, readings)
    return len(content), found, wrong


def _added(
    claims: Sequence[Claims], readings: Sequence[Reading], content: Sequence[str], known: Collection[str]
) -> str:
    """The first words of the statement that are too much to be wording: they tell what no source tells."""
    return _foreign(content, readings) or _strange(claims, known) or _new(claims, readings)


def _foreign(content: Sequence[str], readings: Sequence[Reading]) -> str:
    """The first word that is no Vietnamese syllable and stands in no source."""
    foreign = [word for word in content if len(word) > 1 and not is_syllable(word)]
    if not foreign:
        return ""
    known = {token.text for reading in readings for sentence in reading.all for token in sentence.tokens}
    return next((word for word in foreign if word not in known), "")


def _strange(claims: Sequence[Claims], known: Collection[str]) -> str:
    """The first words in a row that no source has."""
    for part in claims:
        telling = [word for word in part.sentence.content if word not in _WORDING]
        start = 0
        for strange, run in groupby(telling, lambda word: word not in known):
            words = list(run)
            if strange and len(words) >= (_MOST_STRANGE if start else _MOST_STRANGE_FIRST):
                return " ".join(words)
            start += len(words)
    return ""


def _new(claims: Sequence[Claims], readings: Sequence[Reading]) -> str:
    """Words of which the sources may have each, but none beside the other."""
    known = {pair for reading in readings for sentence in reading.all for pair in sentence.pairs}
    for part in claims:
        run: list[str] = []
        for pair in pairwise(part.sentence.content):
            run = [] if pair in known else [*run, pair[1]]
            if len(run) > _MOST_NEW:
                return " ".join(run)
    return ""


def _of_sentence(claims: Claims, readings: Sequence[Reading]) -> Iterator[str]:
    sentence = claims.sentence
    titles = [source for reading in readings for source in reading.around]
    sources = [source for reading in readings for source in reading.sentences] or titles
    if not sources or not sentence.words:
        return
    best = _best(sentence, sources)
    title = max(titles, key=lambda source: fit(sentence, source), default=best[0])
    if fit(sentence, title) > _TITLED * fit(sentence, best[0]):
        best = [title, *best]
    around = frozenset(word for source in titles for word in source.words)
    yield from _other_subject(sentence, best[0], around)
    yield from _modality(sentence, best)
    yield from swapped(claims, best[0])
    yield from _untold(sentence, around.union(*(source.words for source in best[:2])))
    for start, end in clauses(sentence.tokens):
        clause = Sentence(sentence.tokens[start:end])
        if word := exchanged(clause, readings) or replaced(clause, readings):
            yield f"Câu trả lời nói “{word}” ở chỗ nguồn dẫn nói khác."
        held = around.union(*(source.words for source in (*_best(clause, sources)[:2], *best[:2])))
        count = len(clause.content)
        if count >= SHORTEST and sum(word in held for word in clause.content) < _LEAST_OF_CLAUSE * count:
            yield f"Nguồn dẫn không nói “{' '.join(token.text for token in clause.tokens)}”."
        yield from misplaced(claims, (start, end), clause, readings)


def _told(sentence: Sentence) -> Iterator[tuple[str, ...]]:
    """The content words behind each "là", "gồm"… up to the next."""
    tokens = sentence.tokens
    starts = [at + 1 for at, token in enumerate(tokens) if token.text in _PREDICATES]
    for start, end in pairwise((*starts, len(tokens))):
        yield Sentence(tokens[start:end]).content


def _untold(sentence: Sentence, held: Collection[str]) -> Iterator[str]:
    """What stands behind "là", "gồm"… and is for the most part not said by the sentences that are spoken of."""
    for words in _told(sentence):
        told = [word for word in words if word not in _OF_TIME]
        if told and 2 * sum(word in held for word in told) <= len(told):
            yield f"Nguồn dẫn không nói “{' '.join(told)}”."


def _best(clause: Sentence, sources: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that fit, best first."""
    return sorted(sources, key=lambda source: -fit(clause, source))


def _other_subject(sentence: Sentence, source: Sentence, around: frozenset[str]) -> Iterator[str]:
    """Who must or must not, where the source's sentence says it of others."""
    first = next((m for m in sentence.modality.markers if m.mode not in (Mode.GETS, Mode.DUTY)), None)
    if first is None or any(token.text in ",;" for token in sentence.tokens[: first.at]):
        return
    subject = [
        token.text
        for at, token in enumerate(sentence.tokens[: first.at])
        if token.kind is Kind.WORD and token.text not in STOP and at not in sentence.modality.taken
    ]
    known = source.words | around | frozenset(source.above.split()) | frozenset(source.modality.meant)
    if 0 < len(subject) <= _LONGEST_SUBJECT and 2 * sum(word in known for word in subject) <= len(subject):
        yield f"Nguồn dẫn không nói điều này về “{' '.join(subject)}”."


def _modality(sentence: Sentence, best: Sequence[Sentence]) -> Iterator[str]:
    """Where the statement negates, obliges or allows what the sentence it speaks of does not, or the other way round."""
    first = fit(sentence, best[0])
    reasons = [_differs(sentence, source) for source in best[:4] if fit(sentence, source) >= _ALIKE * first]
    if not all(reasons):
        return
    pieces = [Sentence(sentence.tokens[start:end]) for start, end in clauses(sentence.tokens)]
    # the clauses of a statement may come from several sentences
    if len(pieces) > 1 and not any(_differs(piece, _best(piece, best)[0]) for piece in pieces):
        return
    yield from filter(None, reasons[:1])


def _differs(sentence: Sentence, source: Sentence) -> str | None:
    mode = disagreement(sentence.modality, source.modality, source.lead)
    if mode is not None:
        return f"Câu trả lời và nguồn dẫn khác nhau ở chữ “{mode.value}”."
    if not _tells(sentence, source.lead):
        return f"Câu trả lời bỏ chữ “{source.lead.value}” của nguồn dẫn."
    word = next(contrasts(sentence.spaced, source.spaced, sentence.words), None)
    return f"Câu trả lời và nguồn dẫn khác nhau ở chữ “{word}”." if word else None


def _tells(sentence: Sentence, lead: Mode) -> bool:
    """Whether the statement keeps what stands above a list, or says nothing that contradicts it."""
    markers = [marker.mode for marker in sentence.modality.markers]
    if lead in (Mode.PLAIN, Mode.DUTY):
        return True
    if lead in (Mode.MUST_NOT, Mode.NOT):
        return any(mode in (Mode.MUST_NOT, Mode.NOT) for mode in markers)
    return all(agree(mode, lead) for mode in markers)
