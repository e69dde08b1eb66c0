"""The chat tab: its components, and which event calls what."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias, get_args

import gradio as gr

from policy_qa.errors import PolicyQAError
from policy_qa.office.feedback import Verdict
from policy_qa.office.history import Turn
from policy_qa.web import texts
from policy_qa.web.chat import wording
from policy_qa.web.chat.conversation import Chat, Step
from policy_qa.web.chat.kept import shelf
from policy_qa.web.chat.panel import empty_panel
from policy_qa.web.chat.transcript import one_turn
from policy_qa.web.markup import error_note, escaped
from policy_qa.web.style import script
from policy_qa.web.visitor import Presence, presence

HERE = Path(__file__).parent
QUESTIONS_AT_ONCE = 4
"""Answers made at the same time; further visitors wait in the queue."""

Page: TypeAlias = tuple[object, ...]


class ChatTab:
    """The chat, laid out inside the `gr.Blocks` that is open when it is made.

    What the page shows is set by `log.js`, `panel.js` and `kept.js`: a value of `self._log` is one turn or the whole
    conversation, so that an answer costs the same however long the conversation is. Which conversation is open is kept
    by the page and checked against the user at every request; so it outlives a restart of the server.
    """

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._under_way: set[Hashable] = set()
        self._conversation = gr.Number(None, precision=0, visible="hidden", elem_id="pq-conversation")
        with gr.Row(elem_id="pq-columns"):
            with gr.Column(scale=0, min_width=0, elem_id="pq-history"):
                self._shelf = _html(shelf(), "pq-shelf", "shelf.js")
                self._kept = _html("", "pq-kept", "kept.js")
            with gr.Column(scale=6, min_width=320, elem_id="pq-talk"):
                self._talk()
            with gr.Column(scale=5, min_width=320, elem_id="pq-reading"):
                _html(_frame(), "pq-source", "copying.js", "panel.js")
        self.started = [self._conversation, self._log, self._kept, self._within]
        self._connect()

    def _talk(self) -> None:
        _html(_bar(), "pq-bar", "bar.js")
        label = escaped(wording.LOG)
        self._transcript = _html(
            f'<div class="pq-log" role="log" aria-live="polite" aria-label="{label}"></div>', "pq-transcript",
            "copying.js", "transcript.js",
        )  # fmt: skip
        self._log = _html("", "pq-feed", "log.js")
        with gr.Row(elem_id="pq-ask"):
            self._question = gr.Textbox(
                label=texts.QUESTION_LABEL, show_label=False, placeholder=texts.QUESTION_HINT, lines=1, max_lines=4,
                container=False, scale=8, autofocus=True, elem_id="pq-question",
            )  # fmt: skip
            self._send = gr.Button(texts.SEND, variant="primary", scale=1, min_width=84, elem_id="pq-send")
            self._stop = gr.Button(texts.STOP, scale=1, min_width=84, visible=False, elem_id="pq-stop")
        with gr.Row(elem_id="pq-below"):
            self._within = gr.Dropdown([], multiselect=True, label=texts.WITHIN, scale=8, elem_id="pq-within")

    def start(self, request: gr.Request) -> Page:
        """What a visitor finds on opening the page: the conversation left open, and the documents there are now."""
        try:
            step = self._chat.start(presence(request))
            documents = self._chat.documents()
        except PolicyQAError as error:
            return None, _failed(error), "", gr.Dropdown(choices=[])
        within = gr.Dropdown(choices=documents, label=texts.WITHIN_ALL.format(count=len(documents)))
        return step.conversation, step.log, step.kept, within

    def warm(self) -> None:
        """Makes ready for the first question while the visitor still reads the page."""
        with contextlib.suppress(PolicyQAError):
            self._chat.warm()

    # --- which event calls what

    def _connect(self) -> None:
        asked = [self._conversation, self._log, self._kept, self._question, self._send, self._stop]
        # No event cancels another: Gradio then now and then loses the question that is asked next, or shows a bare "Error".
        # What was stopped or deleted is found ended by whoever answers it; the page shows only turns of its conversation.
        for name, event, function, inputs in (
            ("submit", self._question.submit, self._ask, [self._question, self._within, self._conversation]),
            ("send", self._send.click, self._ask, [self._question, self._within, self._conversation]),
            ("example", self._transcript.example, self._ask_example, [self._within, self._conversation]),
            ("again", self._transcript.again, self._ask_again, [self._conversation]),
        ):
            event(
                function, inputs, asked, api_name=name, api_visibility="private", show_progress="hidden",
                trigger_mode="multiple", concurrency_limit=QUESTIONS_AT_ONCE, concurrency_id="ask",
            )  # fmt: skip
        self._stop.click(
            self._stopped, [self._conversation], [self._log, self._send, self._stop], api_name="stop",
            api_visibility="private", show_progress="hidden", queue=False,
        )  # fmt: skip
        opened = [self._conversation, self._log, self._kept, self._send, self._stop]
        for name, event, show in (
            ("open", self._kept.open, self._open),
            ("new", self._shelf.new, self._new),
            ("delete", self._kept.remove, self._delete),
        ):
            event(
                show, [self._conversation], opened, api_name=name, api_visibility="private",
                show_progress="hidden", queue=False,
            )  # fmt: skip
        for name, event, note, outputs in (
            ("rename", self._kept.rename, self._rename, [self._kept]),
            ("find", self._shelf.find, self._find, [self._kept]),
            ("judge", self._transcript.judge, self._judge, [self._log]),
        ):
            event(
                note, [self._conversation], outputs, api_name=name, api_visibility="private",
                show_progress="hidden", trigger_mode="always_last", queue=False,
            )  # fmt: skip

    def _ask(
        self, question: str, documents: list[str], conversation: int | None, request: gr.Request
    ) -> Iterator[Page]:
        question, talk = (question or "").strip(), _id(conversation)
        if question:
            asked = self._chat.ask(presence(request), talk, question, tuple(documents or ()))
            yield from self._once((request.session_hash, talk, question), asked)
        else:
            # The box was emptied since: Enter was pressed twice.
            yield (gr.skip(),) * 6

    def _once(self, key: Hashable, steps: Iterable[Step]) -> Iterator[Page]:
        """The pages of what is asked; none while the same is under way, for a key or button pressed twice."""
        if key in self._under_way:
            yield (gr.skip(),) * 6
            return
        self._under_way.add(key)
        try:
            yield from _steps(steps)
        finally:
            self._under_way.discard(key)

    def _ask_example(
        self, documents: list[str], conversation: int | None, request: gr.Request, event: gr.EventData
    ) -> Iterator[Page]:
        yield from self._ask(str(event.question), documents, conversation, request)

    def _ask_again(self, conversation: int | None, request: gr.Request, event: gr.EventData) -> Iterator[Page]:
        turn = int(event.turn)
        yield from self._once((request.session_hash, turn), self._chat.again(presence(request), turn))

    def _stopped(self, conversation: int | None, request: gr.Request) -> Page:
        step = _or_sentence(lambda: self._chat.stop(presence(request), _id(conversation)))
        return (step.log if step else gr.skip(), gr.Button(visible=True), gr.Button(visible=False))

    def _open(self, conversation: int | None, request: gr.Request, event: gr.EventData) -> Page:
        return self._shown(lambda who: self._chat.open(who, int(event.conversation)), request)

    def _new(self, conversation: int | None, request: gr.Request) -> Page:
        return self._shown(lambda who: self._chat.open(who, None), request)

    def _delete(self, conversation: int | None, request: gr.Request, event: gr.EventData) -> Page:
        deleted, shown = int(event.conversation), _id(conversation)
        page = self._shown(lambda who: self._chat.delete(who, deleted, shown), request)
        if deleted == shown or not isinstance(page[2], str):
            return page
        # The conversation on the page stays as it is, with whatever is being answered in it.
        return gr.skip(), gr.skip(), page[2], gr.skip(), gr.skip()

    def _shown(self, make: Callable[[Presence], Step], request: gr.Request) -> Page:
        who = presence(request)
        try:
            step = make(who)
        except PolicyQAError as error:
            return gr.skip(), _failed(error), gr.skip(), gr.skip(), gr.skip()
        return step.conversation, step.log, step.kept, gr.Button(visible=True), gr.Button(visible=False)

    def _rename(self, conversation: int | None, request: gr.Request, event: gr.EventData) -> str:
        who = presence(request)
        try:
            self._chat.rename(who, int(event.conversation), str(event.title))
            return self._chat.kept(who, _id(conversation))
        except PolicyQAError as error:
            return error_note(str(error))

    def _find(self, conversation: int | None, request: gr.Request, event: gr.EventData) -> str:
        try:
            return self._chat.kept(presence(request), _id(conversation), str(event.wanted)[:200])
        except PolicyQAError as error:
            return error_note(str(error))

    def _judge(self, conversation: int | None, request: gr.Request, event: gr.EventData) -> str:
        verdict = next((known for known in get_args(Verdict) if known == event.verdict), None)
        try:
            return self._chat.judge(presence(request), int(event.turn), verdict, str(event.comment)).log or ""
        except PolicyQAError as error:
            return _failed(error)


def _html(value: str, elem_id: str, *files: str) -> gr.HTML:
    scripts = "\n".join(script(HERE / file) for file in files)
    return gr.HTML(value, elem_id=elem_id, js_on_load=scripts, apply_default_css=False)


def _frame() -> str:
    """Where `panel.js` shows the source."""
    lost = escaped(wording.NOT_LOADED)
    return (
        f'<div class="pq-frame" role="region" aria-label="{texts.SOURCE}" data-lost="{lost}">{empty_panel()}</div>'
        '<p class="pq-unseen pq-said" role="status"></p>'
    )


def _bar() -> str:
    """Above the conversation: the way to the other conversations."""
    return (
        f'<div class="pq-bar"><button type="button" class="pq-small" data-toggle aria-expanded="true" aria-controls="pq-history">'
        f"☰ {wording.CONVERSATIONS}</button><h2>{wording.TALK}</h2>"
        f'<button type="button" class="pq-small" data-new>+ {wording.NEW}</button></div>'
    )


def _steps(steps: Iterable[Step]) -> Iterator[Page]:
    try:
        yield from _shown_steps(steps)
    except PolicyQAError as error:
        # The office's data failed before the question was kept; Gradio would say no more than "Error".
        same = gr.skip()
        yield same, _failed(error), same, same, gr.Button(visible=True), gr.Button(visible=False)


def _shown_steps(steps: Iterable[Step]) -> Iterator[Page]:
    busy: bool | None = None
    for step in steps:
        kept = gr.skip() if step.kept is None else step.kept
        # Gradio makes a component anew for each update of a button, which costs more than most steps.
        same = step.busy == busy
        busy = step.busy
        # Only at first: the page may show another conversation by the time the answer comes.
        conversation = step.conversation if step.taken else gr.skip()
        yield (
            conversation, gr.skip() if step.log is None else step.log, kept, "" if step.taken else gr.skip(),
            gr.skip() if same else gr.Button(visible=not busy), gr.skip() if same else gr.Button(visible=busy),
        )  # fmt: skip


def _or_sentence(make: Callable[[], Step | None]) -> Step | None:
    try:
        return make()
    except PolicyQAError as error:
        return Step(None, _failed(error))


def _failed(error: PolicyQAError) -> str:
    return one_turn(Turn("", error=str(error), done=True))


def _id(conversation: int | None) -> int | None:
    """The conversation that the page says is open."""
    return int(conversation) if conversation else None
