from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from offices import services
from served import served

from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import build_index

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
CORPUS = Path(__file__).parents[2] / "corpus"
SIZES = [(1366, 768), pytest.param((390, 844), marks=pytest.mark.slow)]
PATIENCE = 30_000
"""Milliseconds that a busy machine may take for what a quick one does at once."""


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the shipped corpus, on a free port of this machine."""
    home = tmp_path_factory.mktemp("browser")
    build_index([CORPUS], home / "index", load_encoder())
    with served(services(home, home / "index")) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        sync_api.expect.set_options(timeout=PATIENCE)
        launched = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield launched
        launched.close()


@contextmanager
def opened(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    """A page of its own, that may read and write the clipboard."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


@pytest.fixture(scope="session", params=SIZES, ids=["desktop", "phone"])
def window(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page for files, for many tests: opening one costs more than most of what they do in it."""
    with opened(browser, request.param) as page:
        yield page


@pytest.fixture(scope="session", params=SIZES, ids=["desktop", "phone"])
def chat(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """The chat, loaded once, and the addresses outside the server that it asks for."""
    asked: list[str] = []
    with opened(browser, request.param) as page:
        page.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else asked.append(r.url))
        page.goto(address)
        page.locator(".pq-log > *").first.wait_for()
        yield page, asked


@pytest.fixture
def elsewhere(chat: tuple[Page, list[str]]) -> list[str]:
    """Addresses outside the server that the page has asked for."""
    return chat[1]


@pytest.fixture
def page(chat: tuple[Page, list[str]]) -> Page:
    """The chat with an empty conversation."""
    shown, _ = chat
    shown.get_by_role("tab", name="Hỏi đáp", exact=True).click()
    # Page and server keep what the test before this one asked.
    shown.evaluate("document.querySelector('#pq-shelf [data-new]').click()")
    shown.locator(".pq-example").first.wait_for()
    return shown
