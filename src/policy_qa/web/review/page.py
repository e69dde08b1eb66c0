"""The tab of evaluation: two panels, each with its components and events."""

from __future__ import annotations

import gradio as gr

from policy_qa.web.review import words
from policy_qa.web.review.events import Page
from policy_qa.web.review.review_panel import ReviewPanel
from policy_qa.web.review.reviewing import Reviewing
from policy_qa.web.review.run_panel import RunPanel
from policy_qa.web.review.running import runs_of
from policy_qa.web.services import Services


class ReviewTab:
    """Evaluation, laid out inside the `gr.Blocks` that is open when it is made.

    `started` are the outputs of `start`, which tells what an evaluator finds on opening the page.
    """

    def __init__(self, services: Services) -> None:
        runs = runs_of(services)
        with gr.Tabs(elem_id="pqr-tabs"):
            with gr.Tab(words.RUN_TAB, id="runs"):
                self._running = RunPanel(runs)
            with gr.Tab(words.REVIEW_TAB, id="review"):
                self._reviewing = ReviewPanel(Reviewing(services, runs.shelf), services)
        self.started = [*self._running.outputs, *self._reviewing.outputs]

    def start(self, request: gr.Request) -> Page:
        """What an evaluator finds on opening the page; nothing for anyone else."""
        return (*self._running.start(request), *self._reviewing.start(request))
