"""The conversation as HTML: questions, answers with numbered marks, the citations under each answer."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence

from policy_qa.answer import Answer, Citation, Statement
from policy_qa.citing.rendering import forms, numbers_of, render
from policy_qa.office.feedback import Verdict
from policy_qa.office.history import Turn
from policy_qa.web import texts
from policy_qa.web.chat import urls, wording
from policy_qa.web.markup import badges, error_note, escaped, in_lines, page_of

Verdicts = Mapping[int, tuple[Verdict, str]]
"""What the visitor said of answers: verdict and comment by turn."""


def transcript(
    turns: Sequence[Turn], examples: Sequence[str] = (), verdicts: Verdicts | None = None, note: str = ""
) -> str:
    """The whole conversation, which takes the place of what is shown; an empty one is a welcome with `examples` to press.

    It stands in an attribute, which shows nothing: `talk.js` puts it where it belongs.
    """
    above = f'<p class="pq-hint">{escaped(note)}</p>' if note else ""
    body = above + "".join(turn_html(turn, verdicts) for turn in turns) if turns else _welcome(examples)
    return f'<div data-log="whole" data-html="{html.escape(body)}"></div>'


def one_turn(turn: Turn, verdicts: Verdicts | None = None, dropped: int = 0) -> str:
    """One turn to be added to what is shown, or to take the place of its earlier state; `dropped` leaves."""
    shown = html.escape(turn_html(turn, verdicts))
    return f'<div data-log="turn" data-dropped="{dropped or ""}" data-html="{shown}"></div>'


def cited(answer: Answer) -> tuple[Citation, ...]:
    """What of an answer can be opened, by position: its citations, then what is merely related."""
    return answer.citations + answer.related


def turn_html(turn: Turn, verdicts: Verdicts | None = None) -> str:
    """A turn: its question and what came of it."""
    # What is merely related is opened only by hand: it must not look like the source of an answer.
    first = urls.cited(turn.id, 0) if turn.id and turn.answer and turn.answer.citations else ""
    asked = (
        f'<div class="pq-question" role="heading" aria-level="3">{in_lines(turn.question)}</div>'
        if turn.question
        else ""
    )
    tools = _tools(turn, (verdicts or {}).get(turn.id)) if turn.done else ""
    return (
        f'<section class="pq-turn" id="pq-turn-{turn.id}" data-turn="{turn.id}" data-conversation="{turn.conversation}" data-done="{int(turn.done)}" data-first="{first}">'
        f'{asked}<div class="pq-answer" role="group" aria-label="{texts.REPLY}">{_reply(turn)}{tools}</div></section>'
    )


def _welcome(examples: Iterable[str]) -> str:
    buttons = "".join(
        f'<button type="button" class="pq-example" data-example="{escaped(q)}">{escaped(q)}</button>' for q in examples
    )
    return f'<div class="pq-welcome"><p>{escaped(texts.WELCOME)}</p><div class="pq-examples">{buttons}</div></div>'


def _reply(turn: Turn) -> str:
    parts = []
    if turn.documents:
        names = ", ".join(key.partition("@")[0] for key in turn.documents)
        parts.append(f'<p class="pq-narrowed">{escaped(wording.NARROWED.format(names=names))}</p>')
    if turn.answer:
        parts.append(_answer(turn.answer, turn.id))
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
        f'<button type="button" class="pq-mark" data-go="{urls.cited(at, n - 1)}" aria-label="{texts.OPEN_SOURCE} {n}">[{n}]</button>'
        for n in known
    )
    return f'<p class="pq-statement">{in_lines(statement.text)} {marks}</p>'


def _item(citation: Citation, form: str, at: int, position: int, *, numbered: bool = True) -> str:
    number = f'<span class="pq-number">[{position + 1}]</span>' if numbered else '<span class="pq-number">•</span>'
    return (
        f'<li><button type="button" class="pq-cited" data-go="{urls.cited(at, position)}">{number}'
        f'<span><span class="pq-form">{escaped(form)}</span>'
        f'<span class="pq-marks">{badges(citation)}{page_of(citation)}</span></span></button></li>'
    )


# --- what can be done with a turn ---------------------------------------------------------------------------------


def _tools(turn: Turn, said: tuple[Verdict, str] | None) -> str:
    """Copy, thumbs and a comment for an answer; to ask again for what failed, and for the last turn (by the style sheet)."""
    again = f'<button type="button" class="pq-small pq-again{" pq-failed" if turn.error else ""}" data-again="{turn.id}">{wording.AGAIN}</button>'
    if turn.id == 0:
        return ""
    if turn.answer is None:
        return f'<div class="pq-tools">{again}</div>'
    copy = (
        f'<button type="button" class="pq-small" data-copy="{escaped(render(turn.answer))}" data-copied="{escaped(texts.COPIED)}" '
        f'data-failed="{escaped(texts.NOT_COPIED)}">{wording.COPY_ANSWER}</button>'
    )
    thumbs = "".join(
        f'<button type="button" class="pq-small pq-thumb" data-verdict="{verdict}" aria-pressed="{str(bool(said and said[0] == verdict)).lower()}">'
        f'<span aria-hidden="true">{sign}</span> {label}</button>'
        for verdict, sign, label in (("up", "👍", wording.UP), ("down", "👎", wording.DOWN))
    )
    return f'<div class="pq-tools">{copy}{thumbs}{again}</div>{_comment(turn.id, said[1]) if said else ""}'


def _comment(turn: int, comment: str) -> str:
    field = f"pq-comment-{turn}"
    return (
        f'<form class="pq-comment" data-turn="{turn}"><label for="{field}">{wording.THANKS} {wording.COMMENT}</label>'
        f'<textarea id="{field}" rows="2" maxlength="2000">{escaped(comment)}</textarea>'
        f'<button type="submit" class="pq-small">{wording.SAVE_COMMENT}</button></form>'
    )
