"""The chat tab: its components, and which event calls what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import gradio as gr

from policy_qa.errors import PolicyQAError
from policy_qa.web import texts
from policy_qa.web.chat.conversation import Chat, Turns
from policy_qa.web.chat.panel import empty_panel
from policy_qa.web.markup import error_note
from policy_qa.web.style import script

HERE = Path(__file__).parent
QUESTIONS_AT_ONCE = 4
"""Answers made at the same time; further visitors wait in the queue."""

Page: TypeAlias = tuple[object, ...]


class ChatTab:
    """The chat, laid out inside the `gr.Blocks` that is open when it is made."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._turns = gr.State([])
        with gr.Row(elem_id="pq-columns"):
            with gr.Column(scale=6, min_width=320):
                self._talk()
            with gr.Column(scale=5, min_width=320):
                self._source = gr.HTML(
                    empty_panel(), elem_id="pq-source", js_on_load=script(HERE / "panel.js"), apply_default_css=False
                )
        self.started = [self._transcript, self._within]
        self._connect()

    def _talk(self) -> None:
        self._transcript = gr.HTML(
            "", elem_id="pq-transcript", js_on_load=script(HERE / "transcript.js"), apply_default_css=False
        )
        with gr.Row(elem_id="pq-ask"):
            self._question = gr.Textbox(
                label=texts.QUESTION_LABEL, show_label=False, placeholder=texts.QUESTION_HINT, lines=1, max_lines=4,
                container=False, scale=8, autofocus=True, elem_id="pq-question",
            )  # fmt: skip
            self._send = gr.Button(texts.SEND, variant="primary", scale=1, min_width=84, elem_id="pq-send")
            self._stop = gr.Button(texts.STOP, scale=1, min_width=84, visible=False, elem_id="pq-stop")
        with gr.Row(elem_id="pq-below"):
            self._within = gr.Dropdown([], multiselect=True, label=texts.WITHIN, scale=8, elem_id="pq-within")
            self._clear = gr.Button(texts.CLEAR, scale=0, min_width=130, elem_id="pq-clear")

    def start(self) -> tuple[str, gr.Dropdown]:
        """What a visitor finds on opening the page: examples, and the documents there are now."""
        try:
            documents = self._chat.documents()
            return self._chat.start(), gr.Dropdown(
                choices=documents, label=texts.WITHIN_ALL.format(count=len(documents))
            )
        except PolicyQAError as error:
            return error_note(str(error)), gr.Dropdown(choices=[])

    def _connect(self) -> None:
        talk = [self._turns, self._transcript, self._source, self._question, self._send, self._stop]
        asking: list[dict[str, object]] = [
            event(
                self._ask, [self._question, self._within, self._turns], talk, api_name=name, api_visibility="private",
                show_progress="hidden", concurrency_limit=QUESTIONS_AT_ONCE, concurrency_id="ask",
            )
            for name, event in (("submit", self._question.submit), ("send", self._send.click))
        ]  # fmt: skip
        asking.append(
            self._transcript.example(
                self._ask_example, [self._within, self._turns], talk, api_name="example", api_visibility="private",
                show_progress="hidden", concurrency_limit=QUESTIONS_AT_ONCE, concurrency_id="ask",
            )
        )  # fmt: skip
        for name, event in (("open", self._transcript.open), ("choose", self._source.open)):
            event(
                self._open, [self._turns], [self._source], api_name=name, api_visibility="private",
                show_progress="hidden", concurrency_limit=QUESTIONS_AT_ONCE, trigger_mode="always_last",
            )  # fmt: skip
        self._stop.click(
            self._stopped, [self._turns, self._transcript], talk[:2] + talk[4:], api_name="stop",
            api_visibility="private", show_progress="hidden", cancels=asking, queue=False,
        )  # fmt: skip
        self._clear.click(
            self._cleared, None, talk, api_name="clear", api_visibility="private", show_progress="hidden",
            cancels=asking, queue=False,
        )  # fmt: skip

    def _ask(self, question: str, documents: list[str], turns: Turns) -> Iterator[Page]:
        for turns_now, shown, source in self._chat.ask(question.strip(), documents or (), turns):
            busy = not turns_now[-1].done
            yield turns_now, shown, source, "", gr.Button(visible=not busy), gr.Button(visible=busy)

    def _ask_example(self, documents: list[str], turns: Turns, event: gr.EventData) -> Iterator[Page]:
        yield from self._ask(str(event.question), documents, turns)

    def _open(self, turns: Turns, event: gr.EventData) -> str:
        return self._chat.open(int(event.turn), int(event.citation), turns)

    def _stopped(self, turns: Turns, shown: str) -> Page:
        return (*self._chat.stop(turns, shown), gr.Button(visible=True), gr.Button(visible=False))

    def _cleared(self) -> Page:
        return [], self._chat.start(), empty_panel(), "", gr.Button(visible=True), gr.Button(visible=False)
