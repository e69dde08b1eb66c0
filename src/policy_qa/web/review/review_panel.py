"""Reviewing: a file, one question of it with all that is needed to decide, and a form to mend it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, get_args

import gradio as gr

from policy_qa.citing.style import document_name
from policy_qa.evaluation.page.wording import KINDS, REASONS, STYLES
from policy_qa.evaluation.questions import Kind, Style
from policy_qa.web.markup import escaped
from policy_qa.web.parts import html, quietly
from policy_qa.web.review import words
from policy_qa.web.review.drafts import Form
from policy_qa.web.review.events import Page, evaluator, sentence
from policy_qa.web.review.reviewing import MOST_DRAFTS, Desktop, Reviewing
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

USUAL_COUNT: Final = 20


class ReviewPanel:
    """Reviewing: a file, one question of it with all that is needed to decide, and a form to mend it."""

    def __init__(self, reviewing: Reviewing, services: Services) -> None:
        self._reviewing, self._services = reviewing, services
        self._item, self._later = gr.State(""), gr.State(())
        gr.HTML(f"<p>{words.REVIEW_ABOUT}</p>", elem_id="pqr-review-about", apply_default_css=False)
        with gr.Row(elem_id="pqr-files"):
            self._file = gr.Dropdown([], label=words.FILE, elem_id="pqr-file")
        with gr.Accordion(words.MORE, open=False, elem_id="pqr-more") as self._more, gr.Row(elem_id="pqr-propose"):
            self._document = gr.Dropdown([], label=words.FROM_DOCUMENT, scale=5, min_width=220, elem_id="pqr-document")
            self._count = gr.Number(
                USUAL_COUNT, label=words.COUNT, precision=0, minimum=1, maximum=MOST_DRAFTS, scale=1, min_width=90
            )
            self._propose = gr.Button(words.PROPOSE, scale=1, min_width=110, elem_id="pqr-draft")
            self._complaints = gr.Button(words.FROM_FEEDBACK, scale=2, min_width=200, elem_id="pqr-complaints")
        self._told = html("", "pqr-told")
        with gr.Row(elem_id="pqr-columns"):
            with gr.Column(scale=5, min_width=320):
                self._form_fields()
            with gr.Column(scale=6, min_width=320):
                self._shown = html("", "pqr-item")
        self.outputs = [
            self._told, self._file, self._more, self._document, self._form, self._shown, self._item, self._later, *self._fields,
        ]  # fmt: skip
        self._connect()

    def _form_fields(self) -> None:
        with gr.Group(visible=False, elem_id="pqr-form") as self._form:
            with gr.Row(elem_id="pqr-decide"):
                self._accept = gr.Button(words.ACCEPT, variant="primary", elem_id="pqr-accept")
                self._save = gr.Button(words.SAVE_DRAFT, elem_id="pqr-save")
                self._reject = gr.Button(words.REJECT, elem_id="pqr-reject")
                self._put_off = gr.Button(words.LATER, elem_id="pqr-later")
            question = gr.Textbox(label=words.QUESTION, lines=2, max_lines=6, elem_id="pqr-question")
            gold = gr.Textbox(label=words.GOLD, info=words.GOLD_HINT, lines=2, max_lines=8, elem_id="pqr-gold")
            facts = gr.Textbox(label=words.FACTS, info=words.FACTS_HINT, lines=1, max_lines=4, elem_id="pqr-facts")
            reasons = [
                (words.YES_ANSWERABLE, ""),
                *((words.NO_BECAUSE.format(why=said), r) for r, said in REASONS.items()),
            ]
            with gr.Row():
                kind = gr.Dropdown(_choices(get_args(Kind), KINDS), label=words.KIND, min_width=130, elem_id="pqr-kind")
                style = gr.Dropdown(
                    _choices(get_args(Style), STYLES), label=words.STYLE, min_width=130, elem_id="pqr-style"
                )
                reason = gr.Dropdown(reasons, value="", label=words.ANSWERABLE, min_width=150, elem_id="pqr-reason")
            self._fields = [question, kind, style, gold, facts, reason]

    def start(self, request: gr.Request) -> Page:
        """The panel as it is on opening the page."""
        return self._done(request, Desktop(), lambda who, now: now)

    def _connect(self) -> None:
        now = [self._file, self._item, self._later, *self._fields]
        reviewing = self._reviewing
        does: dict[str, tuple[gr.Button, Callable[[Presence, Desktop], Desktop]]] = {
            "accept": (self._accept, reviewing.accept),
            "save": (self._save, reviewing.save),
            "reject": (self._reject, reviewing.reject),
            "later": (self._put_off, lambda who, now: reviewing.put_off(now)),
            "complaints": (self._complaints, lambda who, now: reviewing.take_complaints()),
        }
        for name, (button, act) in does.items():
            button.click(self._doing(act), now, self.outputs, **quietly(f"review_{name}", "review"))
        self._file.input(
            self._doing(lambda who, now: reviewing.open(now.file)),
            now,
            self.outputs,
            **quietly("review_file", "review"),
        )
        self._propose.click(
            self._proposed, [self._document, self._count, *now], self.outputs, **quietly("review_propose", "review")
        )

    def _doing(self, act: Callable[[Presence, Desktop], Desktop]) -> Callable[..., Page]:
        def done(
            file: str | None, item: str, later: tuple[str, ...], question: str, kind: str, style: str, gold: str,
            facts: str, reason: str, request: gr.Request,
        ) -> Page:  # fmt: skip
            form = Form(question or "", kind, style, gold or "", facts or "", reason or "")
            return self._done(request, Desktop(file or "", item, tuple(later), form), act)

        return done

    def _proposed(
        self, document: str | None, count: float | None, file: str | None, item: str, later: tuple[str, ...],
        question: str, kind: str, style: str, gold: str, facts: str, reason: str, request: gr.Request,
    ) -> Page:  # fmt: skip
        wanted = int(count or USUAL_COUNT)
        propose = self._doing(lambda who, now: self._reviewing.propose(document or "", wanted))
        return propose(file, item, later, question, kind, style, gold, facts, reason, request)

    def _done(self, request: gr.Request, now: Desktop, act: Callable[[Presence, Desktop], Desktop]) -> Page:
        """The panel after `act`; or the sentence of an error above what was typed, of which nothing is lost."""
        after: list[Desktop] = []
        documents: list[tuple[str, str]] = []

        def all_of_it() -> None:
            after.append(act(evaluator(request), now))
            with self._services.desk.assistant() as assistant:
                documents.extend(
                    (document_name(d.metadata, first=False, file=d.file), d.key) for d in assistant.index.documents()
                )

        problem = sentence(all_of_it)
        if problem is not None:
            return (problem, *[gr.skip()] * (len(self.outputs) - 1))
        desktop = after[0]
        form = desktop.form
        told = f'<p class="pqr-done" role="status">{escaped(desktop.told)}</p>' if desktop.told else ""
        files = self._reviewing.files()
        if not files and not told:
            told = f'<p class="pqr-quiet">{escaped(words.NO_FILES)}</p>'
        if desktop.file and desktop.file not in {name for _, name in files}:
            files.append((words.FILE_LABEL.format(name=desktop.file, count=0), desktop.file))
        return (
            told, gr.Dropdown(choices=files, value=desktop.file or None),
            gr.Accordion(open=not files) if not now.item else gr.skip(), gr.Dropdown(choices=documents), gr.Group(visible=bool(desktop.item)), desktop.html, desktop.item, desktop.later,
            form.question, form.kind, form.style, form.gold, form.facts, form.reason,
        )  # fmt: skip


def _choices(values: Sequence[str], said: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(said.get(value, value), value) for value in values]
