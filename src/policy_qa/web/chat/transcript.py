"""The conversation as HTML: questions, answers with numbered marks, the citations under each answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policy_qa.answer import Answer, Citation, Statement
from policy_qa.citing.rendering import forms, numbers_of
from policy_qa.web import texts
from policy_qa.web.markup import badges, error_note, escaped, in_lines, page_of


@dataclass(frozen=True, slots=True)
class Turn:
    """One question and what came of it: an answer (perhaps its first parts only), or the sentence of an error."""

    question: str
    answer: Answer | None = None
    error: str | None = None
    done: bool = False


def transcript(turns: Sequence[Turn], examples: Sequence[str] = ()) -> str:
    """The whole conversation; before the first question a welcome with `examples` to press."""
    if not turns:
        return _welcome(examples)
    return '<div class="pq-log" role="log">' + "".join(_turn(turn, at) for at, turn in enumerate(turns)) + "</div>"


def cited(answer: Answer) -> tuple[Citation, ...]:
    """What of an answer can be opened, by position: its citations, then what is merely related."""
    return answer.citations + answer.related


def _welcome(examples: Iterable[str]) -> str:
    buttons = "".join(
        f'<button type="button" class="pq-example" data-example="{escaped(q)}">{escaped(q)}</button>' for q in examples
    )
    return f'<div class="pq-welcome"><p>{escaped(texts.WELCOME)}</p><div class="pq-examples">{buttons}</div></div>'


def _turn(turn: Turn, at: int) -> str:
    asked = f'<div class="pq-question" aria-label="{texts.YOU}">{in_lines(turn.question)}</div>'
    return f'<section class="pq-turn">{asked}<div class="pq-answer" aria-label="{texts.REPLY}">{_reply(turn, at)}</div></section>'


def _reply(turn: Turn, at: int) -> str:
    parts = []
    if turn.answer:
        parts.append(_answer(turn.answer, at))
    if turn.error:
        parts.append(error_note(turn.error))
    elif not turn.done:
        parts.append(f'<p class="pq-working">{escaped(texts.WORKING)}</p>')
    return "".join(parts)


def _answer(answer: Answer, at: int) -> str:
    numbers = numbers_of(answer)
    parts = []
    if answer.message:
        parts.append(f'<p class="pq-message">{in_lines(answer.message)}</p>')
    parts += [_statement(statement, numbers, at) for statement in answer.statements]
    if answer.citations:
        written = zip(answer.citations, forms(answer.citations), strict=True)
        items = "".join(_item(citation, form, at, position) for position, (citation, form) in enumerate(written))
        parts.append(f'<div class="pq-basis"><h3>{texts.BASIS}</h3><ul>{items}</ul></div>')
    if answer.notes:
        items = "".join(f"<li>{escaped(note)}</li>" for note in answer.notes)
        parts.append(f'<ul class="pq-notes" aria-label="{texts.NOTES}">{items}</ul>')
    if answer.related:
        items = "".join(
            _item(c, c.formatted, at, len(answer.citations) + n, numbered=False) for n, c in enumerate(answer.related)
        )
        parts.append(f'<div class="pq-basis pq-related"><h3>{texts.RELATED}</h3><ul>{items}</ul></div>')
    if answer.dropped:
        items = "".join(f"<li>{escaped(dropped.text)} ({escaped(dropped.why)})</li>" for dropped in answer.dropped)
        parts.append(f'<details class="pq-dropped"><summary>{texts.DROPPED}</summary><ul>{items}</ul></details>')
    return "".join(parts)


def _statement(statement: Statement, numbers: Mapping[str, int], at: int) -> str:
    known = [numbers[citation] for citation in statement.citations if citation in numbers]
    marks = "".join(
        f'<button type="button" class="pq-mark" data-turn="{at}" data-citation="{n - 1}" aria-label="{texts.OPEN_SOURCE} {n}">[{n}]</button>'
        for n in known
    )
    return f'<p class="pq-statement">{in_lines(statement.text)} {marks}</p>'


def _item(citation: Citation, form: str, at: int, position: int, *, numbered: bool = True) -> str:
    number = f'<span class="pq-number">[{position + 1}]</span>' if numbered else '<span class="pq-number">•</span>'
    return (
        f'<li><button type="button" class="pq-cited" data-turn="{at}" data-citation="{position}">{number}'
        f'<span><span class="pq-form">{escaped(form)}</span>'
        f'<span class="pq-marks">{badges(citation)}{page_of(citation)}</span></span></button></li>'
    )
