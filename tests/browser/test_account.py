"""A user's account in a real browser: in, another password, out; the head of the page on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from offices import services
from served import served

from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import build_index
from policy_qa.web import texts
from policy_qa.web.access import words

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CORPUS = Path(__file__).parents[2] / "corpus"
OLD, NEW = "hoa-sen-núi-biển", "mây trắng gốm nâu"


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    build_index([], tmp_path / "index", load_encoder(), corpus=CORPUS)
    office = services(tmp_path, tmp_path / "index")
    office.access.users.add("lan.anh", ["trainer", "keeper", "evaluator"], OLD)
    with served(office) as started:
        yield started


def log_in(page: Page, address: str, password: str) -> None:
    page.goto(address)
    page.get_by_label(texts.USER_NAME).fill("lan.anh")
    page.get_by_label(texts.PASSWORD).fill(password)
    page.get_by_role("button", name=texts.LOG_IN).click()


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)], ids=["desktop", "phone"])
def test_a_password_is_changed_and_the_user_logs_out(browser: Browser, address: str, size: tuple[int, int]) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.set_default_timeout(30_000)
    log_in(page, address, OLD)
    page.locator(".pq-log > *").first.wait_for()
    page.evaluate("window.scrollTo(0, 0)")
    boxes = [page.locator(one).bounding_box() for one in ("#pq-head h1", ".pq-account a", ".pq-account button")]
    title, link, button = (box or {} for box in boxes)
    # The title's box is as wide as the page where the account stands in a row of its own.
    assert link["x"] + link["width"] <= button["x"], "side by side"
    if size[0] < 640:
        assert link["y"] >= title["y"] + title["height"], "below the title"
    page.get_by_role("link", name=words.CHANGE_PASSWORD).click()
    page.get_by_label(words.OLD_PASSWORD).fill("sai rồi sai rồi")
    page.get_by_label(words.NEW_PASSWORD, exact=True).fill(NEW)
    page.get_by_label(words.NEW_PASSWORD_AGAIN).fill(NEW)
    page.get_by_role("button", name=words.CHANGE_PASSWORD).click()
    assert page.get_by_role("alert").inner_text() == words.OLD_PASSWORD_WRONG
    page.get_by_label(words.OLD_PASSWORD).fill(OLD)
    page.get_by_label(words.NEW_PASSWORD, exact=True).fill(NEW)
    page.get_by_label(words.NEW_PASSWORD_AGAIN).fill(NEW)
    page.get_by_role("button", name=words.CHANGE_PASSWORD).click()
    assert page.get_by_role("status").inner_text() == words.PASSWORD_CHANGED
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("link", name=words.BACK_TO_WORK).click()
    page.locator(".pq-log > *").first.wait_for()
    page.get_by_role("button", name=texts.LOG_OUT).click()
    page.get_by_role("button", name=texts.LOG_IN).wait_for()
    log_in(page, address, NEW)
    page.locator(".pq-log > *").first.wait_for()
    context.close()
