"""An answer that takes its time, as a language model's does: stopped, or left behind for another conversation."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from offices import CORPUS, services
from playwright.sync_api import Page, expect
from served import served

from policy_qa.answer import Answer
from policy_qa.answering.chain import Assistant
from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import build_index
from policy_qa.web import texts
from policy_qa.web.desk import Desk

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SLOW, QUICK = "Mục tiêu chung của Đề án 1079 là gì?", "chi thi 44 do ai ban hanh"


class Thinking(Assistant):
    """Answers `SLOW` once it is let go, everything else at once."""

    let_go = threading.Event()

    def stream(self, question: str, documents: Sequence[str] = (), history: Sequence[str] = ()) -> Iterable[Answer]:
        """The parts of the answer."""
        if question == SLOW:
            assert self.let_go.wait(60)
        return super().stream(question, documents, history)


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    build_index([CORPUS], tmp_path / "index", load_encoder())
    Thinking.let_go.clear()
    office = replace(services(tmp_path, tmp_path / "index"), desk=Desk(lambda: Thinking.open(tmp_path / "index")))
    with served(office) as address:
        opened = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        opened.set_default_timeout(30_000)
        opened.goto(address)
        opened.locator(".pq-example").first.wait_for()
        yield opened
        Thinking.let_go.set()
        opened.context.close()


def ask(page: Page, question: str) -> None:
    page.locator("#pq-question textarea").fill(question)
    page.locator("#pq-question textarea").press("Enter")


def test_what_is_stopped_stays_stopped_and_the_next_question_is_answered(page: Page) -> None:
    ask(page, SLOW)
    page.locator("#pq-stop").click()
    expect(page.locator(".pq-turn")).to_contain_text(texts.STOPPED)
    expect(page.locator("#pq-send")).to_be_visible()
    ask(page, QUICK)
    expect(page.locator('.pq-turn[data-done="1"] .pq-statement')).to_have_count(1)
    Thinking.let_go.set()
    page.reload()
    expect(page.locator(".pq-turn").first).to_contain_text(texts.STOPPED)
    expect(page.locator(".pq-statement")).to_have_count(1)


def test_an_answer_left_behind_is_there_when_one_comes_back(page: Page) -> None:
    ask(page, SLOW)
    expect(page.locator(".pq-working")).to_be_visible()
    page.locator("#pq-shelf [data-new]").click()
    expect(page.locator(".pq-turn")).to_have_count(0)
    ask(page, QUICK)
    expect(page.locator(".pq-question")).to_have_text(QUICK)
    expect(page.locator('.pq-turn[data-done="1"] .pq-statement')).to_have_count(1)
    Thinking.let_go.set()
    page.locator(".pq-keptopen").last.click()
    expect(page.locator(".pq-question")).to_have_text(SLOW)
    expect(page.locator(".pq-statement").first).to_be_visible()
    expect(page.locator(".pq-error")).to_have_count(0)
