"""The whole page: its head, and a tab for each thing that an office does."""

from __future__ import annotations

import gradio as gr

from policy_qa.answering.models import ChatModel
from policy_qa.web import texts
from policy_qa.web.chat.conversation import Chat
from policy_qa.web.chat.page import QUESTIONS_AT_ONCE, ChatTab
from policy_qa.web.markup import escaped
from policy_qa.web.services import Services


def where_text_goes(model: ChatModel | None) -> str:
    """One sentence: which machines see what a visitor asks."""
    if model is None:
        return texts.STAYS_HERE
    return texts.SENT_TO.format(name=model.name, place=model.destination)


def build_page(services: Services) -> gr.Blocks:
    """The whole page as Gradio blocks; mounting adds theme, style sheet and scripts."""
    blocks = gr.Blocks(title=texts.TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        places = escaped(where_text_goes(services.model))
        gr.HTML(
            f"<h1>{escaped(texts.TITLE)}</h1><p>{escaped(texts.SUBTITLE)}</p><p>{places}</p>",
            elem_id="pq-head",
            apply_default_css=False,
        )
        with gr.Tabs(elem_id="pq-tabs"), gr.Tab(texts.CHAT_TAB, id="chat"):
            chat = ChatTab(Chat(services.desk))
        blocks.load(
            chat.start, None, chat.started, api_name="start", api_visibility="private", show_progress="hidden"
        )  # fmt: skip
    blocks.queue(max_size=64, api_open=False, default_concurrency_limit=QUESTIONS_AT_ONCE)
    return blocks
