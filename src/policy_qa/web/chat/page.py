"""The chat tab: its components. What they do is in the scripts, what is sent goes to `asking` and `routes`."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import gradio as gr

from policy_qa.errors import PolicyQAError
from policy_qa.web import texts
from policy_qa.web.chat import wording
from policy_qa.web.chat.conversation import Chat
from policy_qa.web.chat.kept import shelf
from policy_qa.web.chat.panel import empty_panel
from policy_qa.web.markup import escaped
from policy_qa.web.style import script

HERE = Path(__file__).parent


class ChatTab:
    """The chat, laid out inside the `gr.Blocks` that is open when it is made.

    `talk.js` fills the conversation and the list of conversations, `panel.js` the source. Which conversation is open is kept
    by the page and checked against the user at every request; so it outlives a restart of the server.
    """

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        with gr.Row(elem_id="pq-columns"):
            with gr.Column(scale=0, min_width=0, elem_id="pq-history"):
                _html(shelf(), "pq-shelf", "shelf.js")
                _html('<div class="pq-keptbox"></div>', "pq-kept", "kept.js")
            with gr.Column(scale=6, min_width=320, elem_id="pq-talk"):
                self._talk()
            with gr.Column(scale=5, min_width=320, elem_id="pq-reading"):
                _html(_frame(), "pq-source", "copying.js", "panel.js")
        self.started = [self._within]
        self._within.change(
            None, [self._within], None, js="(keys) => window.pqChat.narrow(keys)", api_visibility="private"
        )

    def _talk(self) -> None:
        _html(_bar(), "pq-bar", "bar.js")
        label = escaped(wording.LOG)
        _html(
            f'<div class="pq-log" role="log" aria-live="polite" aria-label="{label}"></div>', "pq-transcript",
            "copying.js", "transcript.js",
        )  # fmt: skip
        with gr.Row(elem_id="pq-ask"):
            gr.Textbox(
                label=texts.QUESTION_LABEL, show_label=False, placeholder=texts.QUESTION_HINT, lines=1, max_lines=4,
                container=False, scale=8, autofocus=True, elem_id="pq-question",
            )  # fmt: skip
            gr.Button(texts.SEND, variant="primary", scale=1, min_width=84, elem_id="pq-send")
            gr.Button(texts.STOP, scale=1, min_width=84, elem_id="pq-stop")
        with gr.Row(elem_id="pq-below"):
            self._within = gr.Dropdown([], multiselect=True, label=texts.WITHIN, scale=8, elem_id="pq-within")

    def start(self) -> gr.Dropdown:
        """The documents there are now, to narrow a search to."""
        try:
            documents = self._chat.documents()
        except PolicyQAError:
            return gr.Dropdown(choices=[])
        return gr.Dropdown(choices=documents, label=texts.WITHIN_ALL.format(count=len(documents)))

    def warm(self) -> None:
        """Makes ready for the first question while the visitor still reads the page."""
        with contextlib.suppress(PolicyQAError):
            self._chat.warm()


def talk_script() -> str:
    """The script that keeps the conversation; the page's head has it, for the parts of the page come up in no certain order."""
    return script(HERE / "talk.js").replace("WORDS", json.dumps([wording.NOT_SENT, wording.CUT_OFF]), 1)


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
