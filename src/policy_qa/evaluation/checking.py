"""Whether question sets are fit to measure with: the provisions exist, the facts stand in them, nothing is asked twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from policy_qa.evaluation.key_facts import states
from policy_qa.evaluation.questions import BadQuestionSet, Kind, Question, load_lines, split_id
from policy_qa.evaluation.sources import other_version, split, unknown_gold
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import Index

Weight: TypeAlias = Literal["error", "warning"]
ALIKE: Final = 0.9
"""The share of their syllables that two questions have in common when they are called nearly the same."""
_SYLLABLE: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line of a set; `line` is None where it is the set as a whole."""

    file: Path
    line: int | None
    why: str
    weight: Weight = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}" if self.line else f"{self.file}: {self.why}"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at: how many questions, how many of them are of documents that the index has not, what is wrong."""

    questions: int
    not_held: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    file: Path
    number: int
    question: Question

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"


def check(paths: Sequence[Path], index: Index) -> Checked:
    """Checks the sets together against the documents of the index; nothing is raised for a set that cannot be read."""
    lines: list[_Line] = []
    problems: list[Problem] = []
    for path in dict.fromkeys(paths):
        try:
            lines += [_Line(path, number, question) for number, question in load_lines(path)]
        except BadQuestionSet as error:
            problems.append(_of_sentence(path, str(error)))
    held, _ = split([line.question for line in lines], index)
    known = {id(question) for question in held}
    for line in lines:
        if id(line.question) in known:
            problems += [Problem(line.file, line.number, why) for why in against(line.question, index)]
    problems += _repeated(lines)
    problems += _nearly_repeated(lines)
    if lines:
        problems += _uncovered(lines)
    return Checked(len(lines), len(lines) - len(held), tuple(problems))


def _of_sentence(path: Path, sentence: str) -> Problem:
    """The problem that the loader names, its `file:line:` taken apart."""
    found = re.match(r":(\d+): (.*)", sentence.removeprefix(str(path)), re.DOTALL)
    if found:
        return Problem(path, int(found[1]), found[2])
    return Problem(path, None, sentence.removeprefix(f"{path}: "))


# --- against the documents


def against(question: Question, index: Index) -> Iterator[str]:
    """What the documents of the index say against the question: another version, no such provision, a fact not in it."""
    why = other_version(question, index)
    if why:
        yield why
        return
    unknown = list(unknown_gold(question, index))
    yield from unknown or _homeless(question, index)


def _homeless(question: Question, index: Index) -> Iterator[str]:
    """The key facts that no group of gold has in all its alternatives: whichever is cited, the fact must be found there."""
    texts = {provision: text.casefold() for provision, text in _texts(question, index)}
    for fact in question.key_facts:
        if not any(all(states(texts[provision], fact.casefold()) for provision in group) for group in question.gold):
            yield f"chi tiết {fact!r} (key_facts) không có trong điều khoản nào của gold."


def _texts(question: Question, index: Index) -> Iterator[tuple[str, str]]:
    for provision in question.gold_ids:
        key, address = split_id(provision)
        found = index.provision(key, address)
        yield provision, index.text(key, found.span) if found else ""


# --- the sets together


def _repeated(lines: Sequence[_Line]) -> Iterator[Problem]:
    """Ids and questions that a set before has; within one set the loader refuses them."""
    first: dict[tuple[str, str], _Line] = {}
    for line in lines:
        asked = " ".join(line.question.question.casefold().split())
        for what, value in (("id", line.question.id), ("câu hỏi", asked)):
            earlier = first.setdefault((what, value), line)
            if earlier is not line:
                yield Problem(line.file, line.number, f"{what} này đã có ở {earlier}.")


def _nearly_repeated(lines: Sequence[_Line]) -> Iterator[Problem]:
    """Questions that share nearly all syllables, case and diacritics aside, with one before and have the same gold."""
    words = [frozenset(_SYLLABLE.findall(fold(line.question.question))) for line in lines]
    frequency = Counter(word for asked in words for word in asked)
    seen: dict[str, list[int]] = {}
    for n, asked in enumerate(words):
        # Two that are so much alike share one of the rarest words of each (prefix filtering, Chaudhuri et al. 2006).
        rarest = sorted(asked, key=lambda word: (frequency[word], word))[: len(asked) - ceil(ALIKE * len(asked)) + 1]
        for other in sorted({m for word in rarest for m in seen.get(word, ())}):
            if len(asked & words[other]) >= ALIKE * len(asked | words[other]) and _same(lines[n], lines[other]):
                why = f"câu hỏi gần như trùng với {lines[other]}: “{lines[other].question.question}”."
                yield Problem(lines[n].file, lines[n].number, why, "warning")
                break
        for word in rarest:
            seen.setdefault(word, []).append(n)


def _same(line: _Line, other: _Line) -> bool:
    """Whether two lines that read alike are one question: the same answer, in the same style, and not word for word."""
    one, two = line.question, other.question
    is_exact = one.question.casefold().split() == two.question.casefold().split()
    return (one.gold, one.style) == (two.gold, two.style) and not is_exact


def _uncovered(lines: Sequence[_Line]) -> Iterator[Problem]:
    missing = [kind for kind in get_args(Kind) if kind not in {line.question.kind for line in lines}]
    if missing:
        files = list(dict.fromkeys(line.file for line in lines))
        why = f"không có câu nào thuộc loại {', '.join(missing)}; số liệu sẽ không nói gì về các loại này."
        yield Problem(files[0], None, why, "warning")
    if not any(line.question.unanswerable for line in lines):
        why = "không có câu nào mà văn bản không trả lời; số liệu sẽ không nói gì về việc từ chối."
        yield Problem(lines[0].file, None, why, "warning")
