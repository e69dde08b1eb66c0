"""The tab of packs: its components, and which event calls what."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import gradio as gr

from policy_qa.errors import PolicyQAError
from policy_qa.office.packs import NoSuchPack
from policy_qa.office.users import NotAllowed, require
from policy_qa.packs.pack import Pack
from policy_qa.packs.proposing import MOST_PROPOSED
from policy_qa.packs.questions import SUFFIXES
from policy_qa.web.markup import error_note
from policy_qa.web.packs import words
from policy_qa.web.packs.keeping import Keeping, day_of, head_of
from policy_qa.web.packs.listing import no_pack, progress
from policy_qa.web.packs.outputs import Page, Shown, appended, dropdown, fields_of, page_of, told
from policy_qa.web.parts import html, quietly, whole_number
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence, presence

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
RUNS_AT_ONCE = 2
SECONDS_BETWEEN_LISTS = 2.0
"""How often the questions are shown anew while they are answered; how far the run is, is told after each."""


class PacksTab:
    """The packs, laid out inside the `gr.Blocks` that is open when it is made.

    `started` are the outputs of `start`, which tells what a visitor finds on opening the page.
    """

    def __init__(self, services: Services) -> None:
        self._kept = Keeping(services)
        self._part = gr.State(0)
        with gr.Row(elem_id="pqp-columns"):
            with gr.Column(scale=5, min_width=320):
                self._new()
                self._head_fields()
            with gr.Column(scale=7, min_width=320):
                # A page outlives a restart of the server, which then knows of no choices; whose the pack is, is checked anyway.
                self._chosen = gr.Dropdown([], label=words.CHOOSE, allow_custom_value=True, elem_id="pqp-chosen")
                with gr.Row():
                    self._run = gr.Button(words.RUN, variant="primary", elem_id="pqp-run")
                    self._stop = gr.Button(words.STOP, visible=False, elem_id="pqp-stop")
                self._note = html("", "pqp-note")
                self._progress = html("", "pqp-progress")
                self._toolbar = html(no_pack(), "pqp-toolbar", HERE / "items.js")
                self._items = html("", "pqp-items", HERE / "items.js")
        self._written = [
            self._title, self._session, self._date, self._author, self._superior, self._office, self._number, self._place,
        ]  # fmt: skip
        self._head = [*self._written, self._party, self._within]
        self._shown = [self._note, self._chosen, self._progress, self._toolbar, self._items, self._part]
        self.started = [*self._shown, *self._head, self._document]
        self._connect()

    def _new(self) -> None:
        with gr.Accordion(words.NEW, open=True, elem_id="pqp-new"):
            self._text = gr.Textbox(
                label=words.PASTE, placeholder=words.PASTE_HINT, lines=8, max_lines=16, elem_id="pqp-text"
            )
            self._file = gr.UploadButton(words.FILE, file_types=list(SUFFIXES), type="filepath", elem_id="pqp-file")
            with gr.Accordion(words.FROM_DOCUMENT, open=False, elem_id="pqp-propose"):
                self._document = gr.Dropdown([], label=words.DOCUMENT, elem_id="pqp-document")
                self._provisions = gr.Dropdown([], multiselect=True, label=words.PROVISIONS, elem_id="pqp-provisions")
                self._count = gr.Number(
                    20, label=words.COUNT, precision=0, minimum=1, maximum=MOST_PROPOSED, elem_id="pqp-count"
                )
                self._propose = gr.Button(words.PROPOSE, elem_id="pqp-proposed")
            with gr.Row():
                self._make = gr.Button(words.MAKE, variant="primary", elem_id="pqp-make")
                self._add = gr.Button(words.ADD, elem_id="pqp-add")

    def _head_fields(self) -> None:
        with gr.Accordion(words.HEAD, open=False, elem_id="pqp-head"):
            self._title = gr.Textbox(label=words.TITLE, placeholder=words.TITLE_HINT, elem_id="pqp-title")
            self._session = gr.Textbox(label=words.SESSION, placeholder=words.SESSION_HINT)
            with gr.Row():
                self._superior = gr.Textbox(label=words.SUPERIOR, min_width=140)
                self._office = gr.Textbox(label=words.OFFICE, min_width=140, elem_id="pqp-office")
            with gr.Row():
                self._number = gr.Textbox(label=words.NUMBER, min_width=100)
                self._place = gr.Textbox(label=words.PLACE, min_width=100)
                self._date = gr.Textbox(
                    label=words.DATE, placeholder=words.DATE_HINT, min_width=100, elem_id="pqp-date"
                )
            self._author = gr.Textbox(label=words.AUTHOR)
            self._party = gr.Checkbox(label=words.PARTY)
            self._within = gr.Dropdown([], multiselect=True, label=words.WITHIN, elem_id="pqp-within")

    # --- events

    def _connect(self) -> None:
        one = [self._chosen, self._part]
        self._run.click(
            self._ran, one, [*self._shown, self._run, self._stop], concurrency_limit=RUNS_AT_ONCE,
            concurrency_id="pack-runs", **quietly("packs_run"),
        )  # fmt: skip
        # Stopping is the run's own affair, so that what it shows last is how things are.
        self._stop.click(self._stopped, [self._chosen], [self._note], queue=False, **quietly("packs_stop"))
        everything = [*self._shown, *self._head]
        self._chosen.input(self._opened, [self._chosen], everything, **_light("packs_open"))
        self._make.click(self._made, [self._text], [*everything, self._text], **_light("packs_make"))
        self._add.click(self._added, [*one, self._text], [*self._shown, self._text], **_light("packs_add"))
        self._file.upload(self._uploaded, [self._file, self._text], [self._note, self._text], **_light("packs_upload"))
        self._document.input(
            self._document_chosen, [self._document], [self._note, self._provisions], **_light("packs_document")
        )
        self._propose.click(
            self._proposed, [self._document, self._provisions, self._count, self._text], [self._note, self._text],
            **_light("packs_propose"),
        )  # fmt: skip
        left = [field.blur for field in self._written]
        for n, event in enumerate((*left, self._party.input, self._within.input)):
            event(self._headed, [self._chosen, *self._head], [self._note, self._chosen], **_light(f"packs_head_{n}"))
        for component, name in ((self._toolbar, "toolbar"), (self._items, "items")):
            component.do(self._do, one, everything, trigger_mode="multiple", **_light(f"packs_{name}"))

    def start(self, request: gr.Request) -> Page:
        """What a visitor finds on opening the page: the pack that was changed last, and the documents there are now."""
        try:
            who = presence(request)
            if not who.user.may("trainer"):
                return (*page_of(Shown(note=told(words.NOT_FOR_YOU))), *fields_of(None, []), gr.Dropdown(choices=[]))
            documents = self._kept.documents()
            listed = self._kept.listed(who)
            kept = self._kept.pack(who, listed[0].id) if listed else None
        except PolicyQAError as error:
            return (*page_of(Shown(note=self._told(request, error))), *fields_of(None, []), gr.Dropdown(choices=[]))
        shown = Shown(listed=listed, pack=kept)
        return (*page_of(shown), *fields_of(kept, documents), gr.Dropdown(choices=documents, value=None))

    def _opened(self, chosen: int | None, request: gr.Request) -> Page:
        return self._done(request, lambda who: Shown(pack=self._kept.pack(who, chosen), with_head=True))

    def _made(self, text: str, request: gr.Request) -> Page:
        def act(who: Presence) -> Shown:
            made, found = self._kept.make(who, text or "")
            note = told(words.MADE.format(count=len(found.questions)), *found.notes)
            return Shown(note, self._kept.listed(who), self._kept.pack(who, made), with_head=True)

        return self._with_text(self._done(request, act))

    def _added(self, chosen: int | None, part: int, text: str, request: gr.Request) -> Page:
        def act(who: Presence) -> Shown:
            found = self._kept.add(who, chosen, text or "")
            note = told(words.ADDED.format(count=len(found.questions)), *found.notes)
            return Shown(note, self._kept.listed(who), self._kept.pack(who, chosen), part=part)

        return self._with_text(self._done(request, act, head=False))

    @staticmethod
    def _with_text(page: Page) -> Page:
        """The page, and the box of questions emptied unless they were refused."""
        is_refused = "pq-error" in str(page[0])
        return (*page, gr.skip() if is_refused else "")

    def _uploaded(self, file: str | None, text: str, request: gr.Request) -> Page:
        def act(who: Presence) -> tuple[str, str]:
            if not file:
                return "", text
            name = Path(file).name
            found = self._kept.read_file(who, Path(file), name)
            note = told(words.READ.format(count=len(found.questions), name=name), *found.notes)
            return note, appended(text, found.questions)

        return self._noted(request, act)

    def _document_chosen(self, key: str | None, request: gr.Request) -> Page:
        def act(who: Presence) -> tuple[str, object]:
            return "", gr.Dropdown(choices=self._kept.provisions(key) if key else [], value=[])

        return self._noted(request, act)

    def _proposed(
        self, key: str | None, within: list[str] | None, count: float | None, text: str, request: gr.Request
    ) -> Page:
        def act(who: Presence) -> tuple[str, str]:
            found = self._kept.propose(who, key, within or [], int(count or 1))
            return told(words.PROPOSED.format(count=len(found))), appended(text, found)

        return self._noted(request, act)

    def _headed(
        self, chosen: int | None, title: str, session: str, date: str, author: str, superior: str, office: str, number: str,
        place: str, is_party: bool, within: list[str] | None, request: gr.Request,
    ) -> Page:  # fmt: skip
        def act(who: Presence) -> tuple[str, object]:
            if chosen is None:
                return "", gr.skip()
            given = Pack(
                title=_tidy(title),
                session=_tidy(session),
                date=day_of(date),
                author=_tidy(author),
                head=head_of(superior, office, number, place, is_party=is_party),
                documents=tuple(within or ()),
            )
            self._kept.set_head(who, chosen, given)
            return "", dropdown(self._kept.listed(who), chosen)

        return self._noted(request, act)

    def _do(self, chosen: int | None, part: int, event: gr.EventData, request: gr.Request) -> Page:
        """Does what a button of the page says."""
        said = {name: str(value) for name, value in event._data.items()} if isinstance(event._data, dict) else {}

        def act(who: Presence) -> Shown:
            if said.get("do") == "delete":
                self._kept.delete(who, chosen)
                listed = self._kept.listed(who)
                return Shown("", listed, self._kept.pack(who, listed[0].id) if listed else None, with_head=True)
            turned = whole_number(said.get("part")) if said.get("do") == "turn" else part
            self._order(who, chosen, said)
            return Shown(pack=self._kept.pack(who, chosen), part=turned)

        return self._done(request, act, part=part)

    def _order(self, who: Presence, chosen: int | None, said: Mapping[str, str]) -> None:
        """Hands on what a trainer orders by a button; what is no order does nothing."""
        item = whole_number(said.get("item"))
        match said.get("do"):
            case "state":
                self._kept.decide(who, chosen, item, said.get("state", ""))
            case "edit":
                self._kept.edit(who, chosen, item, said.get("question", ""), said.get("words", ""))
            case "own":
                self._kept.own_words(who, chosen, item)
            case "again":
                self._kept.ask_again(who, chosen, item)
            case "move":
                self._kept.move(who, chosen, item, -1 if said.get("places") == "-1" else 1)

    # --- runs

    def _ran(self, chosen: int | None, part: int, request: gr.Request) -> Iterator[Page]:
        """Asks what is pending and shows it as it comes."""
        idle, busy = (
            (gr.Button(visible=True), gr.Button(visible=False)),
            (gr.Button(visible=False), gr.Button(visible=True)),
        )
        try:
            who = presence(request)
            listed = time.monotonic()
            for far in self._kept.run(who, chosen):
                due = time.monotonic() - listed > SECONDS_BETWEEN_LISTS
                listed = time.monotonic() if due else listed
                kept = self._kept.pack(who, chosen) if due else None
                _, *page = page_of(
                    Shown(pack=kept, progress=progress(far.done, far.total) if far.total else "", part=part)
                )
                yield (gr.skip() if far.done else "", *page, *busy)
            note = words.FINISHED if far.done == far.total else words.STOPPED.format(run=words.RUN)
            note = note if far.total else words.NOTHING_TO_ASK
            yield (*page_of(Shown(told(note), self._kept.listed(who), self._kept.pack(who, chosen), part=part)), *idle)
        except PolicyQAError as error:
            yield (*page_of(Shown(note=self._told(request, error), part=part)), *idle)
        except Exception as error:
            logger.exception("unforeseen in a run of a pack")
            yield (
                *page_of(Shown(note=error_note(words.UNFORESEEN.format(name=type(error).__name__)), part=part)),
                *idle,
            )

    def _stopped(self, chosen: int | None, request: gr.Request) -> str:
        try:
            self._kept.stop(presence(request), chosen)
        except PolicyQAError as error:
            return self._told(request, error)
        return told(words.STOPPING)

    # --- what comes back

    def _told(self, request: gr.Request, error: PolicyQAError) -> str:
        """The sentence of an error; what was refused to this user goes into the audit log."""
        if isinstance(error, (NotAllowed, NoSuchPack)):
            who = presence(request)
            self._kept.services.audit.record(who.user.name, "refused", who.address, why=str(error))
        return error_note(str(error))

    def _done(self, request: gr.Request, act: Callable[[Presence], Shown], *, head: bool = True, part: int = 0) -> Page:
        """The page after `act` was done, with the fields of the head where `head`; or the sentence of an error."""
        try:
            shown = act(_trainer(request))
        except PolicyQAError as error:
            shown = Shown(note=self._told(request, error), part=part)
        except Exception as error:
            # Whatever else fails, the trainer gets a sentence; the trace goes to the server's log.
            logger.exception("unforeseen in the tab of packs")
            shown = Shown(note=error_note(words.UNFORESEEN.format(name=type(error).__name__)), part=part)
        if not head:
            return page_of(shown)
        fields = fields_of(shown.pack) if shown.with_head else (gr.skip(),) * 10
        return (*page_of(shown), *fields)

    def _noted(self, request: gr.Request, act: Callable[[Presence], tuple[str, object]]) -> Page:
        """A note and one thing besides; or the sentence of an error, and that thing as it was."""
        try:
            return act(_trainer(request))
        except PolicyQAError as error:
            return self._told(request, error), gr.skip()
        except Exception as error:
            logger.exception("unforeseen in the tab of packs")
            return error_note(words.UNFORESEEN.format(name=type(error).__name__)), gr.skip()


def _trainer(request: gr.Request) -> Presence:
    """The trainer behind a request; raises NotAllowed for anyone else."""
    who = presence(request)
    require(who.user, "trainer")
    return who


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _light(name: str) -> dict[str, Any]:
    return quietly(name, "packs")
