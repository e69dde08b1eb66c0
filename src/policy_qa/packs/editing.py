"""What a trainer changed in an answer: each edited line beside the statement that it comes from, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from policy_qa.answer import Answer, Statement
from policy_qa.citing.rendering import stated
from policy_qa.citing.style import QUOTATION_MARKS
from policy_qa.document import DIGEST_MARK
from policy_qa.reading.invisible import without_invisible

_ALIKE = 0.5
"""Share of the words that an edited line has in common with a statement to be that statement, edited."""

_TOKEN = re.compile(r"\s*\S+")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand together: the answer's own, or the trainer's."""

    text: str
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """One paragraph of an answer: its words, the ids of its citations, whether words of the statement were left out."""

    runs: tuple[Run, ...]
    citations: tuple[str, ...] = ()
    is_cut: bool = False

    @property
    def text(self) -> str:
        """The words without a sign of who wrote them."""
        return "".join(run.text for run in self.runs)


def paragraphs(answer: Answer, edited: str | None = None) -> list[Said]:
    """The paragraphs of an answer as handed on, quotation marks and digest marks set; `edited` are the trainer's words.

    An edited line keeps the citations of the statement that it resembles most; one that resembles none has none.
    """
    if edited is None:
        return [said for statement in answer.statements for said in _unedited(answer, statement)]
    left = list(answer.statements)
    found = []
    for line in filter(None, map(seen, edited.split("\n"))):
        statement = _origin(line, left)
        if statement is not None:
            left.remove(statement)
        if statement is not None and line == seen(statement.text):
            found += _unedited(answer, statement)
        else:
            found.append(_edited(answer, line, statement))
    return found


def is_shortened(answer: Answer, edited: str | None) -> bool:
    """Whether the trainer left statements, or words of them, out."""
    if edited is None:
        return False
    said = paragraphs(answer, edited)
    return any(s.is_cut for s in said) or sum(bool(s.citations) for s in said) < len(answer.statements)


def changes(before: str, after: str) -> Iterator[tuple[str, bool, bool]]:
    """The words of both texts in order, each stretch with whether it was removed and whether it was added."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    for kind, i1, i2, j1, j2 in _matcher(old, new).get_opcodes():
        if kind == "equal":
            yield "".join(new[j1:j2]), False, False
            continue
        if i2 > i1:
            yield "".join(old[i1:i2]), True, False
        if j2 > j1:
            yield "".join(new[j1:j2]), False, True


def _unedited(answer: Answer, statement: Statement) -> list[Said]:
    """A paragraph for each line of the statement; its citations stand with the last."""
    lines = list(filter(None, map(seen, stated(answer, statement).split("\n"))))
    return [Said((Run(line),), statement.citations if n == len(lines) else ()) for n, line in enumerate(lines, 1)]


def _edited(answer: Answer, line: str, statement: Statement | None) -> Said:
    if statement is None:
        return Said((Run(stated(answer, Statement(line, ())), is_edited=True),))
    written = seen(stated(answer, Statement(line, statement.citations)))
    body = written.removesuffix(DIGEST_MARK).rstrip()
    changed = list(changes(seen(statement.text), body))
    runs = [Run(text, is_edited=is_added) for text, is_removed, is_added in changed if not is_removed]
    # Words that others took the place of were not left out.
    is_cut = any(
        is_removed and not is_added_next
        for (_, is_removed, _), (_, _, is_added_next) in zip(changed, [*changed[1:], ("", False, False)], strict=True)
    )
    if body != written:
        runs.append(Run(f" {DIGEST_MARK}"))
    return Said(tuple(runs), statement.citations, is_cut)


def _origin(line: str, statements: Sequence[Statement]) -> Statement | None:
    words = _TOKEN.findall(line)
    weighed = [(_matcher(_TOKEN.findall(seen(s.text)), words).ratio(), -n, s) for n, s in enumerate(statements)]
    share, _, statement = max(weighed, default=(0.0, 0, None))
    return statement if share >= _ALIKE else None


def _matcher(old: Sequence[str], new: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, [_key(word) for word in old], [_key(word) for word in new], autojunk=False)


def _key(word: str) -> str:
    """A word without the quotation marks that are set and taken off by rule, not by the trainer."""
    return QUOTATION_MARKS.sub("", word.strip())


def seen(text: str) -> str:
    """`text` on one line as it is seen; what is no character (half of a pair) becomes a question mark."""
    return " ".join(without_invisible(text).encode("utf-8", "replace").decode("utf-8").split())
