"""A pack as HTML: how far it is, where to download it, and its questions with what can be done with each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policy_qa.citing.rendering import BASIS, NOTES, RELATED
from policy_qa.office.packs import KeptPack
from policy_qa.packs.content import Entry, entries
from policy_qa.packs.editing import changes
from policy_qa.packs.pack import Item, Pack
from policy_qa.web.markup import escaped
from policy_qa.web.packs import words

PREFIX = "bo-hoi-dap"
PER_PART = 50
"""Questions shown at a time."""


def no_pack() -> str:
    """What stands there before a pack is open."""
    return f'<p class="pqp-quiet">{escaped(words.EMPTY)}</p>'


def progress(done: int, total: int) -> str:
    """How far a run is, for eyes and screen readers."""
    said = escaped(words.RUNNING.format(done=done, total=total))
    return f'<p class="pqp-run" role="status">{said} <progress max="{total}" value="{done}" aria-label="{said}"></progress></p>'


def toolbar(kept: KeptPack) -> str:
    """How many questions stand where, the downloads, and the pack's deletion."""
    pack = kept.pack
    answers = [item.answer for item in pack.items if item.answer]
    absent = sum(answer.status == "not_found" for answer in answers)
    said = words.COUNTS.format(
        total=len(pack.items),
        answered=len(answers) - absent,
        absent=absent,
        failed=sum(item.error is not None for item in pack.items),
        pending=sum(item.is_pending and item.error is None for item in pack.items),
        accepted=sum(item.state == "accepted" for item in pack.items),
        rejected=sum(item.state == "rejected" for item in pack.items),
    )
    links = "".join(
        f'<a href="/{PREFIX}/{kept.id}/{form}" target="_blank" rel="noopener">{escaped(name)}</a>'
        for form, name in words.EXPORTS
    )
    return (
        f'<p class="pqp-counts">{escaped(said)}</p>'
        f'<nav class="pqp-exports" aria-label="{escaped(words.EXPORT)}"><b>{escaped(words.EXPORT)}:</b> {links}</nav>'
        f'<div class="pqp-delete">{_button(words.DELETE, "ask")}<span class="pqp-sure" hidden>{escaped(words.SURE)} '
        f"{_button(words.DELETE_NOW, 'delete')} {_button(words.KEEP, 'keep')}</span></div>"
    )


def questions(kept: KeptPack, part: int = 0) -> str:
    """The questions of one part of the pack (from 0), a list item each."""
    total = len(kept.items)
    first = min(max(part, 0), max(total - 1, 0) // PER_PART) * PER_PART
    by_item = _entries(kept.pack)
    shown = list(zip(kept.items, kept.pack.items, by_item, strict=True))[first : first + PER_PART]
    cards = "".join(_card(item_id, item, entry) for item_id, item, entry in shown)
    return f'{_turning(first, len(shown), total)}<ol class="pqp-items">{cards}</ol>'


def _entries(pack: Pack) -> list[Entry | None]:
    """The entry of each item as it is handed out; None for a rejected one."""
    written = iter(entries(pack))
    return [None if item.state == "rejected" else next(written) for item in pack.items]


def _turning(first: int, count: int, total: int) -> str:
    if total <= PER_PART:
        return ""
    part = first // PER_PART
    said = words.POSITION.format(first=first + 1, last=first + count, total=total)
    earlier = _button(words.EARLIER, "turn", part=part - 1) if part else ""
    later = _button(words.LATER, "turn", part=part + 1) if first + count < total else ""
    return f'<nav class="pqp-turning">{earlier}<span>{escaped(said)}</span>{later}</nav>'


# --- one question -------------------------------------------------------------------------------------------------


def _card(item_id: int, item: Item, entry: Entry | None) -> str:
    number = f"<b>{escaped(words.QUESTION.format(number=entry.number))}</b> " if entry else ""
    state = f'<span class="pqp-badge pqp-{item.state}">{escaped(words.STATES[item.state])}</span>'
    edited = f' <span class="pqp-badge">{escaped(words.EDITED)}</span>' if item.edited is not None else ""
    return (
        f'<li class="pqp-item pqp-is-{item.state}" data-item="{item_id}" tabindex="-1">'
        f'<h4>{number}{escaped(item.question)}</h4><p class="pqp-marks">{state}{edited}</p>'
        f'<div class="pqp-said">{"".join(_said(item, entry)) if entry else ""}</div>'
        f'<div class="pqp-actions">{"".join(_actions(item))}</div>{_form(item)}</li>'
    )


def _said(item: Item, entry: Entry) -> Iterator[str]:
    if item.answer and item.answer.question.strip() != item.question.strip():
        yield f'<p class="pqp-warning">{escaped(words.ASKED_OTHERWISE.format(question=item.answer.question))}</p>'
    if entry.remark:
        yield f'<p class="{"pqp-warning" if item.error else "pqp-quiet"}">{escaped(entry.remark)}</p>'
    for said, marks in zip(entry.said, entry.marks, strict=True):
        text = "".join(f"<i>{escaped(run.text)}</i>" if run.is_edited else escaped(run.text) for run in said.runs)
        numbers = "".join(f"[{mark}]" for mark in marks) if len(entry.sources) > 1 else ""
        yield f"<p>{text} {numbers}</p>"
    if item.edited is not None:
        yield _changes(item)
    yield _list(BASIS, entry.sources, numbered=len(entry.sources) > 1)
    yield _list(RELATED, entry.related)
    yield _list(NOTES, entry.notes)


def _changes(item: Item) -> str:
    """What the trainer took out and put in, for eyes and screen readers."""
    own = "\n".join(" ".join(s.text.split()) for s in item.answer.statements) if item.answer else ""
    pieces = []
    for text, is_removed, is_added in changes(own, item.edited or ""):
        if is_removed:
            pieces.append(
                f'<del aria-label="{escaped(words.DELETED_WORDS)} {escaped(text.strip())}">{escaped(text)}</del>'
            )
        elif is_added:
            pieces.append(
                f'<ins aria-label="{escaped(words.ADDED_WORDS)} {escaped(text.strip())}">{escaped(text)}</ins>'
            )
        else:
            pieces.append(escaped(text))
    return f"<details><summary>{escaped(words.SEE_EDITS)}</summary><p>{''.join(pieces)}</p></details>"


def _list(head: str, lines: Sequence[str], *, numbered: bool = False) -> str:
    if not lines:
        return ""
    items = "".join(f"<li>{f'[{n}] ' if numbered else ''}{escaped(line)}</li>" for n, line in enumerate(lines, 1))
    return f'<div class="pqp-list"><b>{escaped(head)}</b><ul>{items}</ul></div>'


def _actions(item: Item) -> Iterator[str]:
    if item.state == "rejected":
        yield _button(words.RESTORE, "state", state="proposed")
    else:
        accepted = item.state == "accepted"
        if item.answer:
            yield _button(
                words.UNACCEPT if accepted else words.ACCEPT, "state", state="proposed" if accepted else "accepted"
            )
        yield _button(words.EDIT, "open-form")
        yield _button(words.ASK_AGAIN, "again")
        yield _button(words.REJECT, "state", state="rejected")
    yield _button(words.UP, "move", places=-1)
    yield _button(words.DOWN, "move", places=1)


def _form(item: Item) -> str:
    if item.state == "rejected":
        return ""
    lines = max(3, min(12, item.words.count("\n") + 2 + len(item.words) // 90))
    own = _button(words.OWN_WORDS, "own") if item.edited is not None else ""
    return (
        f'<form class="pqp-form" hidden><label>{escaped(words.EDIT_QUESTION)}'
        f'<textarea name="question" rows="2">{escaped(item.question)}</textarea></label>'
        f'<label>{escaped(words.EDIT_ANSWER)}<textarea name="words" rows="{lines}">{escaped(item.words)}</textarea></label>'
        f"{_button(words.SAVE, 'save')} {_button(words.CANCEL, 'close-form')} {own}</form>"
    )


def _button(said: str, what: str, **data: object) -> str:
    attributes = "".join(f' data-{name}="{escaped(str(value))}"' for name, value in data.items())
    return f'<button type="button" data-do="{what}"{attributes}>{escaped(said)}</button>'
