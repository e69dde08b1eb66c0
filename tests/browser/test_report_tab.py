from __future__ import annotations

import json

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

SECONDS = 60_000


def a_set(name: str) -> dict[str, str | bytes]:
    """A set of one question that is answered and one that is to be refused, as a browser hands it in."""
    shared = {"style": "plain", "author": "tests", "state": "reviewed"}
    gold = [["1079/QĐ-TTg@2022-09-14#đề mục=thể thức"]]
    questions = [
        {"id": "1", "question": "QĐ 1079 ban hành ngày bao nhiêu?", "kind": "date", "gold": gold, "key_facts": ["14/9/2022"],
         "unanswerable": False, "reason": None, **shared},
        {"id": "2", "question": "<b>Trên</b> mặt trăng có gì?", "kind": "content", "gold": [], "key_facts": [],
         "unanswerable": True, "reason": "out_of_scope", **shared},
    ]  # fmt: skip
    content = "\n".join(json.dumps(question, ensure_ascii=False) for question in questions).encode()
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def opened(page: Page) -> Page:
    page.get_by_role("tab", name="Đánh giá").click()
    expect(page.locator("#pqr-list")).to_contain_text("lần chạy")
    return page


def test_a_set_is_uploaded_and_run_and_its_report_read(page: Page, elsewhere: list[str]) -> None:
    opened(page)
    page.locator("#pqr-upload input").set_input_files({**a_set("hỏng.jsonl"), "buffer": b"{}"})  # type: ignore[arg-type]
    expect(page.locator("#pqr-upload [role=alert]")).to_contain_text("hỏng.jsonl:1: thiếu trường")
    page.locator("#pqr-upload input").set_input_files(a_set("Hai câu.jsonl"))  # type: ignore[arg-type]
    expect(page.locator("#pqr-upload [role=status]")).to_have_text("Đã nhận bộ “hai-cau.jsonl”: 2 câu hỏi.")
    expect(page.locator("#pqr-set input")).to_have_value("hai-cau.jsonl")
    page.get_by_role("button", name="Chạy", exact=True).click()
    row = page.locator(".pqr-table tbody tr").first
    expect(row).to_contain_text("xong 2 câu", timeout=SECONDS)  # the report is shown anew when the run ends
    report = page.frame_locator("#pqr-report iframe")
    expect(report.locator("h1")).to_have_text("hai-cau.jsonl", timeout=SECONDS)
    report.get_by_label("Kết quả", exact=True).select_option("")
    report.get_by_role("button", name="<b>Trên</b> mặt trăng có gì?").click()
    expect(report.locator(".detail")).to_contain_text("Phải từ chối: ngoài phạm vi.")
    row.get_by_role("button", name="Xoá", exact=True).click()
    row.get_by_role("button", name="Thôi").click()
    expect(row.locator(".pqr-sure")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert elsewhere == []


@pytest.mark.slow
def test_drafts_are_proposed_and_decided_on(page: Page) -> None:
    opened(page).get_by_role("tab", name="Duyệt câu hỏi").click()
    if not page.locator("#pqr-draft").is_visible():
        page.get_by_text("Thêm câu nháp").click()
    page.locator("#pqr-document input").click()
    page.get_by_role("option", name="1079").click()
    page.locator("#pqr-draft").click()
    expect(page.locator("#pqr-told")).to_contain_text("Thêm", timeout=SECONDS)
    first = page.locator("#pqr-question textarea").input_value()
    assert first

    page.locator("#pqr-question textarea").fill("")
    page.get_by_role("button", name="Nhận", exact=True).click()
    expect(page.locator("#pqr-told [role=alert]")).to_contain_text("question")
    expect(page.locator("#pqr-question textarea")).to_have_value("")

    page.locator("#pqr-question textarea").fill(first)
    page.get_by_role("button", name="Nhận", exact=True).click()
    expect(page.locator("#pqr-told")).to_contain_text("Đã nhận:")
    expect(page.locator("#pqr-question textarea")).not_to_have_value(first)
    second = page.locator("#pqr-question textarea").input_value()
    page.get_by_role("button", name="Loại", exact=True).click()
    expect(page.locator("#pqr-told")).to_contain_text(f"Đã loại: {second}"[:40])
