"""The whole page: its head, and a tab for each thing that an office does."""

from __future__ import annotations

import sys

import gradio as gr

from policy_qa.answering.models import ChatModel
from policy_qa.web import texts
from policy_qa.web.access.page import account_line
from policy_qa.web.api import add_api
from policy_qa.web.chat.conversation import Chat
from policy_qa.web.chat.page import ChatTab
from policy_qa.web.documents import words
from policy_qa.web.documents.page import DocumentsTab
from policy_qa.web.markup import escaped
from policy_qa.web.packs import words as packs_words
from policy_qa.web.packs.page import PacksTab
from policy_qa.web.review import words as review_words
from policy_qa.web.review.page import ReviewTab
from policy_qa.web.services import Services
from policy_qa.web.visitor import visitor

MOST_WAITING = 400
"""Events in the queue."""
EVENTS_AT_ONCE = 4
"""Events of one kind that are carried out at the same time; questions have a line of their own."""
SECONDS_BETWEEN_LOOKS = 0.01
"""How often the queue looks for events; a thousand times a second, as Gradio has it, takes 7 % of a core all day."""
FILES_KEPT = (3600, 24 * 3600)
"""Every hour, what was uploaded or made for download more than a day ago is taken away, in seconds."""


def where_text_goes(model: ChatModel | None) -> str:
    """One sentence: which machines see what a visitor asks."""
    if model is None:
        return texts.STAYS_HERE
    return texts.SENT_TO.format(name=model.name, place=model.destination)


def build_page(services: Services) -> gr.Blocks:
    """The whole page as Gradio blocks; mounting adds theme, style sheet and scripts."""
    blocks = gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True, delete_cache=FILES_KEPT)
    with blocks:
        places = escaped(where_text_goes(services.model))
        gr.HTML(
            f"<h1>{escaped(texts.TITLE)}</h1><p>{escaped(texts.SUBTITLE)}</p><p>{places}</p>",
            elem_id="pq-head",
            apply_default_css=False,
        )
        account = gr.HTML("", elem_id="pq-account", apply_default_css=False)
        with gr.Tabs(elem_id="pq-tabs"):
            with gr.Tab(texts.CHAT_TAB, id="chat"):
                chat = ChatTab(Chat(services))
            with gr.Tab(words.TAB, id="documents"):
                documents = DocumentsTab(services)
            with gr.Tab(packs_words.TAB, id="packs"):
                packs = PacksTab(services)
            with gr.Tab(review_words.TAB, id="review"):
                review = ReviewTab(services)
        add_api(services)
        blocks.load(
            _welcome, None, account, api_name="welcome", api_visibility="private", show_progress="hidden", queue=False
        )  # fmt: skip
        # Not through the queue: a page that opens would otherwise wait behind those who ask.
        for name, start, started in (
            ("start", chat.start, chat.started),
            ("warm", chat.warm, None),
            ("documents_start", documents.start, documents.started),
            ("packs_start", packs.start, packs.started),
            ("review_start", review.start, review.started),
        ):
            blocks.load(
                start, None, started, api_name=name, api_visibility="private", show_progress="hidden", queue=False
            )  # fmt: skip
    blocks.queue(max_size=MOST_WAITING, api_open=False, default_concurrency_limit=EVENTS_AT_ONCE)
    blocks._queue.sleep_when_free = blocks._queue.progress_update_sleep_when_free = SECONDS_BETWEEN_LOOKS
    # For a page of Gradio's that is closed here, it would put its last 10,000 events into a table after each event.
    blocks._queue.ANALYTICS_MAX_EVENTS, blocks._queue.ANAYLTICS_CACHE_FREQUENCY = 0, sys.maxsize
    return blocks


def _welcome(request: gr.Request) -> str:
    """Who is logged in, the button to log out; tabs that the user's roles do not open are hidden."""
    return account_line(visitor(request))
