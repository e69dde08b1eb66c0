"""A trainer's walk through the tab of packs: thirty questions, stopped, gone on with, edited, handed out as Word."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import docx
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTIONS = "\n".join(
    [
        "1. Mục tiêu chung của Đề án 1079 là gì?",
        "2. Chỉ thị 44-CT/TW do ai ban hành?",
        "3. Mức phạt vượt đèn đỏ là bao nhiêu?",
        *(f"{n}. Nghị định 72/2015 nói gì về việc thứ {n}?" for n in range(4, 31)),
    ]
)


def test_thirty_questions_are_stopped_gone_on_with_and_exported(page: Page, elsewhere: list[str]) -> None:
    page.set_default_timeout(60_000)
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.get_by_role("tab", name="Bộ hỏi đáp").click()
    page.locator("#pqp-text textarea").evaluate(
        "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })); }", QUESTIONS
    )
    page.locator("#pqp-make").click()
    page.get_by_text("Đã tạo bộ mới có 30 câu hỏi.").wait_for()

    page.locator("#pqp-run").click()
    page.locator(".pqp-run").wait_for()
    page.locator("#pqp-stop").click()
    page.get_by_text("Đã dừng. Các câu đã trả lời vẫn được giữ").wait_for()
    left = re.search(r"(\d+) chưa trả lời", page.locator(".pqp-counts").inner_text())
    assert left is not None
    assert 0 < int(left[1]) < 30
    page.locator("#pqp-run").click()
    page.get_by_text("Đã trả lời xong.").wait_for()
    assert ", 0 chưa trả lời;" in page.locator(".pqp-counts").inner_text()

    first = page.locator(".pqp-item").first
    assert "(bản tóm lược, không phải nguyên văn)" in first.inner_text()
    first.get_by_role("button", name="Sửa").click()
    first.locator("[name=words]").fill("Xem <b>đề án</b>.")
    first.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã sửa lời").first.wait_for()
    page.locator(".pqp-item").first.get_by_role("button", name="Duyệt", exact=True).click()
    page.locator(".pqp-accepted").first.wait_for()
    page.locator(".pqp-item").nth(2).get_by_role("button", name="Loại").click()
    page.locator(".pqp-is-rejected").first.wait_for()

    page.reload()
    page.get_by_role("tab", name="Bộ hỏi đáp").click()
    page.locator(".pqp-item").first.wait_for()
    link = page.locator(".pqp-exports a").first.evaluate("link => link.href")
    document = docx.Document(io.BytesIO(page.context.request.get(link).body()))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert sum(p.style is not None and p.style.name == "Câu hỏi" for p in document.paragraphs) == 29
    assert "Trả lời: Xem <b>đề án</b>." in texts
    assert "Mức phạt vượt đèn đỏ là bao nhiêu?" not in texts
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not failures
    assert not elsewhere
