"""The list of a user's conversations as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from policy_qa.office.history import Conversation
from policy_qa.web.chat import urls, wording
from policy_qa.web.markup import escaped


def shelf() -> str:
    """What stands above the list and stays: a new conversation, the words to search by, what can be done with one."""
    cancel = '<button type="button" data-cancel>{}</button>'
    return (
        f'<div class="pq-shelf"><button type="button" class="pq-new" data-new>+ {wording.NEW}</button>'
        f'<input type="search" class="pq-find" placeholder="{wording.FIND}" aria-label="{wording.FIND}" maxlength="200"></div>'
        # Copied by `kept.js` into the one conversation where it is wanted: a hundred of them would be much to send.
        f'<template id="pq-menu"><div class="pq-menu"><button type="button" data-rename>{wording.RENAME}</button>'
        f'<a data-export download>{wording.EXPORT}</a><button type="button" data-delete>{wording.DELETE}</button></div></template>'
        f'<template id="pq-rename"><form class="pq-rename"><input type="text" maxlength="120" aria-label="{wording.NEW_TITLE}">'
        f'<button type="submit">{wording.SAVE}</button>{cancel.format(wording.CANCEL)}</form></template>'
        f'<template id="pq-really"><div class="pq-really" role="alertdialog" aria-label="{wording.REALLY}"><span>{wording.REALLY}</span>'
        f'<button type="button" data-really>{wording.DELETE}</button>{cancel.format(wording.KEEP)}</div></template>'
    )


def kept_list(conversations: Sequence[Conversation], current: int | None, *, searched: bool = False) -> str:
    """The conversations, each to be opened, renamed, exported or deleted; `searched` tells why there may be none."""
    if not conversations:
        return f'<p class="pq-hint" role="status">{wording.NOTHING_FOUND if searched else wording.NOTHING_KEPT}</p>'
    items = "".join(_item(conversation, conversation.id == current) for conversation in conversations)
    return f'<ul class="pq-keptlist" aria-label="{wording.CONVERSATIONS}">{items}</ul>'


def _item(conversation: Conversation, current: bool) -> str:
    title, number = escaped(conversation.title), conversation.id
    more = escaped(wording.MORE.format(title=conversation.title))
    return (
        f'<li class="pq-keptitem" data-conversation="{number}" data-export="{urls.export(number)}">'
        f'<button type="button" class="pq-keptopen" data-open{" aria-current=true" if current else ""}>'
        f'<span class="pq-kepttitle">{title}</span><small>{when(conversation.changed)}</small></button>'
        f'<button type="button" class="pq-more" data-more aria-expanded="false" aria-label="{more}">⋯</button></li>'
    )


def when(iso: str, today: date | None = None) -> str:
    """`2026-11-26T03:04:05+00:00` as "hôm nay 10:04", later "26/11/2026", in this machine's time."""
    moment = datetime.fromisoformat(iso).astimezone()
    if moment.date() == (today or datetime.now().astimezone().date()):
        return wording.TODAY.format(time=f"{moment:%H:%M}")
    return f"{moment.day}/{moment.month}/{moment.year}"
