"""Running sets: what can be run, how far the run under way is, the runs that have ended, a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import gradio as gr

from policy_qa.evaluation.page.wording import moment
from policy_qa.web.markup import escaped
from policy_qa.web.parts import html, quietly
from policy_qa.web.review import words
from policy_qa.web.review.events import Page, evaluator, said, sentence
from policy_qa.web.review.listing import PREFIX, listing, progress, report_frame
from policy_qa.web.review.running import Runs
from policy_qa.web.review.shelf import LARGEST_SET, NotOnShelf
from policy_qa.web.visitor import Presence

HERE: Final = Path(__file__).parent
SECONDS_BETWEEN_LOOKS: Final = 1.0


class RunPanel:
    """Running sets: what can be run, how far the run under way is, the runs that have ended, a report."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._timer = gr.Timer(SECONDS_BETWEEN_LOOKS, active=False)
        self._chosen = gr.State("")
        gr.HTML(f"<p>{words.ABOUT}</p>", elem_id="pqr-about", apply_default_css=False)
        with gr.Row(elem_id="pqr-start"):
            self._set = gr.Dropdown([], label=words.SET, scale=4, min_width=220, elem_id="pqr-set")
            self._earlier = gr.Dropdown([], label=words.EARLIER, scale=4, min_width=220, elem_id="pqr-earlier")
            self._run = gr.Button(words.RUN, variant="primary", scale=1, min_width=100, elem_id="pqr-run")
        self._upload = html(_zone(), "pqr-upload", HERE / "upload.js")
        self._note = html("", "pqr-note")
        self._progress = html("", "pqr-progress", HERE / "actions.js")
        self._list = html("", "pqr-list", HERE / "actions.js")
        self._report = html("", "pqr-report", HERE / "actions.js")
        self.outputs = [
            self._note, self._set, self._earlier, self._progress, self._list, self._report, self._timer, self._chosen,
        ]  # fmt: skip
        self._connect()

    def start(self, request: gr.Request) -> Page:
        """The panel as it is on opening the page."""
        note, sets, earlier, *others = self._done(request, "", lambda who: "")
        if not note:
            names = self._sets()
            sets = gr.Dropdown(choices=names, value=names[0] if names else None)
            earlier = gr.Dropdown(choices=self._earlier_choices(), value="")
        return (note, sets, earlier, *others)

    def _connect(self) -> None:
        self._run.click(
            self._started, [self._set, self._earlier, self._chosen], self.outputs, **quietly("review_run", "review")
        )  # fmt: skip
        for component, name in ((self._progress, "progress"), (self._list, "list")):
            component.do(self._do, [self._chosen], self.outputs, **quietly(f"review_{name}", "review"))
        self._upload.uploaded(self._uploaded, [self._chosen], self.outputs, **quietly("review_uploaded", "review"))
        self._timer.tick(self._look, [self._chosen], self.outputs, **quietly("review_look", "review"))

    def _started(self, name: str | None, earlier: str | None, chosen: str, request: gr.Request) -> Page:
        def act(who: Presence) -> str:
            if not name:
                raise NotOnShelf(words.NO_SETS)
            self._runs.start(who, name, earlier or None)
            return chosen

        return self._done(request, chosen, act)

    def _do(self, chosen: str, event: gr.EventData, request: gr.Request) -> Page:
        """Does what a button of the page says."""
        told = said(event)
        run_id = told.get("run", "")

        def act(who: Presence) -> str:
            match told.get("do"):
                case "stop":
                    self._runs.stop()
                case "go-on":
                    self._runs.go_on(who, run_id)
                case "open":
                    return self._runs.shelf.run(run_id).id
                case "delete":
                    self._runs.delete(run_id, who)
                    return "" if chosen == run_id else chosen
            return chosen

        return self._done(request, chosen, act)

    def _uploaded(self, chosen: str, event: gr.EventData, request: gr.Request) -> Page:
        note, sets, *others = self._done(request, chosen, lambda who: chosen)
        known, name = self._sets(), said(event).get("name")
        if not note and name in known:
            sets = gr.Dropdown(choices=known, value=name)
        return (note, sets, *others)

    def _look(self, chosen: str, request: gr.Request) -> Page:
        """How far the run is; once it has ended, its report is opened."""
        far = self._runs.far
        same = gr.skip()
        if far is not None:
            may = sentence(lambda: evaluator(request)) is None
            return (same, same, same, progress(far) if may else same, same, same, gr.Timer(active=may), chosen)

        def latest(who: Presence) -> str:
            records = self._runs.all()
            return records[0].id if records and records[0].state == "done" else chosen

        return self._done(request, chosen, latest)

    def _done(self, request: gr.Request, chosen: str, act: Callable[[Presence], str]) -> Page:
        """The panel after `act`, which gives the run whose report is open; or the sentence of an error, and the rest as it was."""
        same = gr.skip()
        shown: list[object] = [same, same, same, same, same]
        now = chosen

        def all_of_it() -> None:
            nonlocal now
            now = act(evaluator(request))
            records = self._runs.all()
            open_now = next((record for record in records if record.id == now), None)
            shown[:] = (
                gr.Dropdown(choices=self._sets()), gr.Dropdown(choices=self._earlier_choices()),
                progress(self._runs.far), listing(records, now), report_frame(open_now) if now != chosen else same,
            )  # fmt: skip

        problem = sentence(all_of_it)
        return (problem or "", *shown, gr.Timer(active=self._runs.far is not None), now)

    def _sets(self) -> list[str]:
        return [found.name for found in self._runs.shelf.sets()]

    def _earlier_choices(self) -> list[tuple[str, str]]:
        done = [record for record in self._runs.all() if record.state == "done"]
        return [
            (words.NOT_COMPARED, ""),
            *((f"{record.name}, {moment(record.started, here=True)}", record.id) for record in done),
        ]


def _zone() -> str:
    limit = LARGEST_SET // 1_000_000
    large = words.TOO_LARGE.format(name="{name}", limit=limit)
    return (
        f'<div class="pqr-zone" data-to="{PREFIX}/tai-len" data-limit="{LARGEST_SET}" data-large="{escaped(large)}" '
        f'data-cut="{escaped(words.CUT_OFF)}"><label class="pqr-pick"><input type="file" accept=".jsonl"> '
        f'<b>{words.UPLOAD}</b></label> <span class="pqr-quiet">{words.UPLOAD_HINT.format(limit=limit)}</span>'
        f'<p class="pqr-told" role="status"></p></div>'
    )
