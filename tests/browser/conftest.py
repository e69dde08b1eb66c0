from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn
from offices import services

from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import build_index
from policy_qa.web.app import build, listen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the shipped corpus, on a free port of this machine."""
    home = tmp_path_factory.mktemp("browser")
    build_index([CORPUS], home / "index", load_encoder())
    with listen("127.0.0.1", 0) as listening:
        app = build(services(home, home / "index"))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started and time.monotonic() < deadline:
            thread.join(0.05)
        assert server.started
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def elsewhere() -> list[str]:
    """Addresses outside the server that a page asked for."""
    return []


@pytest.fixture(params=[(1366, 768), pytest.param((390, 844), marks=pytest.mark.slow)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str, elsewhere: list[str]) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    opened = context.new_page()
    opened.on("request", lambda r: None if r.url.startswith((address, "data:", "blob:")) else elsewhere.append(r.url))
    opened.set_default_timeout(10_000)
    opened.goto(address)
    opened.locator(".pq-log > *").first.wait_for()
    # The server keeps what the test before this one asked.
    opened.evaluate("document.querySelector('#pq-shelf [data-new]').click()")
    opened.locator(".pq-example").first.wait_for()
    yield opened
    context.close()
