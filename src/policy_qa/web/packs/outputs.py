"""What an event of the tab changes on the page, and how that becomes Gradio's outputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import gradio as gr

from policy_qa.office.packs import KeptPack, Listed
from policy_qa.packs.pack import Pack
from policy_qa.web.markup import escaped
from policy_qa.web.packs import words
from policy_qa.web.packs.keeping import shown_day
from policy_qa.web.packs.listing import no_pack, questions, toolbar

Page: TypeAlias = tuple[object, ...]


@dataclass(slots=True)
class Shown:
    """What of the page changes; what is None stays as it is."""

    note: str = ""
    listed: list[Listed] | None = None
    pack: KeptPack | None = None
    progress: str = ""
    part: int = 0
    with_head: bool = False


def page_of(shown: Shown) -> Page:
    """The outputs `PacksTab._shown` for what changes."""
    pack = shown.pack
    emptied = shown.listed is not None and not shown.listed
    chosen: object = gr.skip()
    if shown.listed is not None:
        chosen = dropdown(shown.listed, pack.id if pack else None)
    elif pack is not None:
        chosen = pack.id
    return (
        shown.note,
        chosen,
        shown.progress,
        toolbar(pack) if pack else no_pack() if emptied else gr.skip(),
        questions(pack, shown.part) if pack else "" if emptied else gr.skip(),
        shown.part,
    )


def dropdown(listed: list[Listed], chosen: int | None) -> gr.Dropdown:
    """The packs to choose from, and the one that is open."""
    choices = [
        (
            words.LISTED.format(
                title=entry.title or words.UNTITLED,
                questions=entry.questions,
                changed=f"{datetime.fromisoformat(entry.changed).astimezone():%d/%m/%Y %H:%M}",
            ),
            entry.id,
        )
        for entry in listed
    ]
    return gr.Dropdown(choices=choices, value=chosen)


def fields_of(kept: KeptPack | None, documents: list[tuple[str, str]] | None = None) -> Page:
    """The fields of the head of a pack; `documents` where the choice of them is to be set, too."""
    pack = kept.pack if kept else Pack()
    head = pack.head
    within = (
        gr.Dropdown(value=list(pack.documents))
        if documents is None
        else gr.Dropdown(documents, value=list(pack.documents))
    )
    return (
        pack.title, pack.session, shown_day(pack.date), pack.author, head.superior or "", head.office or "",
        head.number or "", head.place or "", head.is_party, within,
    )  # fmt: skip


def told(*sentences: str) -> str:
    """Sentences of ours, announced to screen readers."""
    return "".join(f'<p class="pqp-said-note" role="status">{escaped(sentence)}</p>' for sentence in sentences)


def appended(text: str, found: Iterable[str]) -> str:
    """The questions in the box, and those found, a line each."""
    return "\n".join(filter(None, ((text or "").rstrip(), *found)))
