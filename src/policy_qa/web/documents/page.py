"""The tab of documents: its components, and which event calls what."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import gradio as gr

from policy_qa.errors import PolicyQAError
from policy_qa.office.users import NotAllowed
from policy_qa.retrieval.sources import SUFFIXES
from policy_qa.structure.correcting import CORRECTABLE
from policy_qa.web.documents import words
from policy_qa.web.documents.access import keeper, reader
from policy_qa.web.documents.details import empty_details
from policy_qa.web.documents.fragments import address
from policy_qa.web.documents.keeping import READING, UPLOAD, keeping
from policy_qa.web.markup import error_note, escaped
from policy_qa.web.parts import html, quietly, whole_number
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

logger = logging.getLogger(__name__)

HERE = Path(__file__).parent
STYLESHEET = HERE / "documents.css"
SECONDS_BETWEEN_LOOKS = 1.0
"""How often the page asks how far things are, while there is something to ask about."""
ALL = ("waiting", "list", "details")
"""The parts of the page that may change."""
SAID = ("do", "key", "id", "ids", "job", "token", "page", "recognise", *CORRECTABLE)
"""What a button of the page may say."""

Page: TypeAlias = tuple[object, ...]
"""Note, files that wait, list, details, timer, page of the list, document chosen, generation shown."""


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows of the list: words to look for, kind of text, order, part of the list; and the document opened."""

    wanted: str = ""
    kind: str = "all"
    order: str = "date"
    part: int = 0
    chosen: str = ""


class DocumentsTab:
    """The documents, laid out inside the `gr.Blocks` that is open when it is made.

    `started` are the outputs of `start`, which tells what a visitor finds on opening the page.
    """

    def __init__(self, services: Services) -> None:
        self._kept = keeping(services)
        self._part, self._chosen, self._shown = gr.State(0), gr.State(""), gr.State("")
        self._timer = gr.Timer(SECONDS_BETWEEN_LOOKS, active=False)
        with gr.Row(elem_id="pqd-columns"):
            with gr.Column(scale=7, min_width=320):
                self._drop = html(_dropzone(self._kept.holdings.uploads.largest), "pqd-drop", HERE / "dropzone.js")
                self._note = html("", "pqd-note")
                self._waiting = html("", "pqd-waiting", HERE / "actions.js")
                self._filters()
                self._list = html("", "pqd-list", HERE / "actions.js")
            with gr.Column(scale=5, min_width=320):
                self._details = html(empty_details(), "pqd-details", HERE / "actions.js")
        self.started = [
            self._note, self._waiting, self._list, self._details, self._timer, self._part, self._chosen, self._shown,
        ]  # fmt: skip
        self._connect()

    def start(self, request: gr.Request) -> Page:
        """What a visitor finds on opening the page."""
        if not reader(request).user.may("keeper"):
            same = gr.skip()
            return (error_note(words.FOR_KEEPERS), same, same, same, gr.Timer(active=False), 0, "", "")
        return self._done(request, View(), lambda who, view: view)

    def _filters(self) -> None:
        with gr.Row(elem_id="pqd-filters"):
            self._wanted = gr.Textbox(
                label=words.FILTER, placeholder=words.FILTER_HINT, lines=1, max_lines=1, scale=5, elem_id="pqd-wanted"
            )
            self._kind = gr.Dropdown(
                list(words.KINDS), value="all", label=words.KIND, scale=3, min_width=150, elem_id="pqd-kind"
            )
            self._order = gr.Dropdown(
                list(words.ORDERS), value="date", label=words.ORDER, scale=3, min_width=150, elem_id="pqd-order"
            )

    # --- events

    def _connect(self) -> None:
        view = [self._wanted, self._kind, self._order, self._part, self._chosen]
        # `input` does not come when a Vietnamese keyboard puts in a whole word, nor when one is pasted.
        for event, name in ((self._wanted.change, "filter"), (self._kind.input, "kind"), (self._order.input, "order")):
            event(self._filtered, view, self.started, trigger_mode="always_last", **_quietly(f"documents_{name}"))
        for component, name in ((self._waiting, "waiting"), (self._list, "list"), (self._details, "details")):
            component.do(self._do, view, self.started, trigger_mode="multiple", **_quietly(f"documents_{name}"))
            component.sort(self._sorted, view, [*self.started, self._order], **_quietly(f"documents_sort_{name}"))
        self._drop.uploaded(self._look, [*view, self._shown], self.started, **_quietly("documents_uploaded"))
        self._timer.tick(self._look, [*view, self._shown], self.started, **_quietly("documents_look"))

    def _filtered(self, wanted: str, kind: str, order: str, part: int, chosen: str, request: gr.Request) -> Page:
        return self._done(request, View(wanted, kind, order, 0, chosen), lambda who, view: view, ["list"])

    def _sorted(
        self, wanted: str, kind: str, order: str, part: int, chosen: str, event: gr.EventData, request: gr.Request
    ) -> Page:
        by = str(event.by)
        order = by if by in {value for _, value in words.ORDERS} else order
        return (*self._filtered(wanted, kind, order, 0, chosen, request), order)

    def _look(
        self, wanted: str, kind: str, order: str, part: int, chosen: str, shown: str, request: gr.Request
    ) -> Page:
        """How far things are; the list again only where the index has changed."""
        manifest = self._kept.holdings.manifest()
        same = manifest is not None and manifest.generation == shown
        parts = ["waiting"] if same else ["waiting", "list"]

        def act(who: Presence, view: View) -> View:
            # What is being read stays as it is, open branches and all, unless it is gone.
            if chosen and not self._kept.is_there(chosen):
                parts.append("details")
            return replace(view, chosen=self._kept.arrived(chosen))

        return self._done(request, View(wanted, kind, order, part, chosen), act, parts)

    def _do(
        self, wanted: str, kind: str, order: str, part: int, chosen: str, event: gr.EventData, request: gr.Request
    ) -> Page:
        """Does what a button of the page says."""
        said = {name: str(getattr(event, name)) for name in SAID if hasattr(event, name)}
        what = said.get("do", "")
        parts = {"open": ["details"], "preview": ["details"], "turn": ["list"], "recheck": ["waiting", "details"]}.get(
            what, ["waiting"]
        )
        if chosen.startswith(UPLOAD) and "waiting" in parts:
            parts.append("details")  # it no longer waits, perhaps

        def act(who: Presence, view: View) -> View:
            match what:
                case "turn":
                    return replace(view, part=whole_number(said.get("page")))
                case "open":
                    return replace(view, chosen=said.get("key", ""))
                case "preview":
                    return replace(view, chosen=UPLOAD + said.get("id", ""))
                case "recheck":
                    upload = self._kept.read_again(who, said.get("key", ""), recognise=None)
                    return replace(view, chosen=READING + upload.id)
            self._order_by(what, said, who)
            return view

        return self._done(request, View(wanted, kind, order, part, chosen), act, parts)

    def _order_by(self, what: str, said: Mapping[str, str], who: Presence) -> None:
        """Hands on what a keeper orders by a button; what is no order does nothing."""
        kept = self._kept
        match what:
            case "accept":
                kept.accept(who, said.get("ids", "").split())
            case "cancel":
                kept.cancel(who, said.get("id", ""))
            case "forget":
                kept.holdings.jobs.forget(whole_number(said.get("job")))
            case "remove":
                kept.remove(who, said.get("key", ""))
            case "restore":
                kept.restore(who, said.get("token", ""))
            case "correct":
                kept.correct(who, said.get("id", ""), {name: said[name] for name in CORRECTABLE if name in said})
            case "again":
                kept.read_again(who, said.get("key", ""), recognise=bool(said.get("recognise")))

    def _done(
        self, request: gr.Request, view: View, act: Callable[[Presence, View], View], parts: Sequence[str] = ALL
    ) -> Page:
        """The page after `act` was done for a keeper: the `parts` that may have changed, or the sentence of an error."""
        shown: Mapping[str, object] = {}
        note, moves = "", False
        try:
            who = keeper(request)
            moves = self._kept.moves
            view = act(who, view)
            # Before the parts are drawn: what ends meanwhile is drawn the next time.
            moves = self._kept.moves
            shown = self._shown_parts(view, parts)
        except PolicyQAError as error:
            note = error_note(str(error))
            if isinstance(error, NotAllowed):
                who = reader(request)
                self._kept.audit.record(who.user.name, "refused", who.address, why=str(error))
        except Exception as error:
            # Whatever else fails, the keeper gets a sentence; the trace goes to the server's log.
            logger.exception("unforeseen in the tab of documents")
            note = error_note(words.UNFORESEEN.format(name=type(error).__name__))
        same = gr.skip()
        return (
            note, shown.get("waiting", same), shown.get("list", same), shown.get("details", same),
            gr.Timer(active=moves), view.part, view.chosen, shown.get("generation", same),
        )  # fmt: skip

    def _shown_parts(self, view: View, parts: Sequence[str]) -> dict[str, object]:
        kept = self._kept
        shown: dict[str, object] = {}
        if "waiting" in parts:
            shown["waiting"] = kept.waiting()
        if "list" in parts:
            manifest = kept.holdings.manifest()
            shown["list"] = kept.listing(view.wanted, view.kind, view.order, view.part, view.chosen)
            shown["generation"] = manifest.generation if manifest else ""
        if "details" in parts:
            shown["details"] = kept.details(view.chosen)
        return shown


def _quietly(name: str) -> dict[str, Any]:
    return quietly(name, "documents")


def _dropzone(largest: int) -> str:
    limit = largest // 1_000_000
    return (
        f'<div class="pqd-zone" data-to="{address("tai-len")}" data-limit="{largest}" '
        f'data-large="{escaped(words.TOO_LARGE.format(limit=limit))}" data-cut="{escaped(words.CUT_OFF)}">'
        f'<label class="pqd-pick"><input type="file" multiple accept="{",".join(sorted(SUFFIXES))}"> '
        f"<b>{escaped(words.DROP)}</b></label> "
        f'<span class="pqd-quiet">{escaped(words.DROP_HINT.format(limit=limit))}</span>'
        f'<ul class="pqd-sending" aria-label="{escaped(words.SENDING)}" aria-live="polite"></ul></div>'
    )
