from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from evaluated import AIMS, COST, HOSTILE, LAMP, LATE, MOON, NEXT, RESULTS, SLOW, WHEN, answered, question, run_of
from playwright.sync_api import Page, expect

from policy_qa.evaluation.compare import compare
from policy_qa.evaluation.page import page as html_of
from policy_qa.evaluation.results import Result

pytestmark = pytest.mark.browser

Opened = Callable[..., Page]


@pytest.fixture
def opened(window: Page, tmp_path: Path) -> Iterator[Opened]:
    """Opens a report as a double click does; fails where it asks for anything but its own file, or complains."""
    told: list[str] = []
    file = tmp_path / "report.html"
    listeners = {
        "request": lambda r: None if r.url.split("#")[0] == file.as_uri() else told.append(r.url),
        "console": lambda message: told.append(message.text),
        "pageerror": lambda error: told.append(str(error)),
    }
    for event, listener in listeners.items():
        window.on(event, listener)  # type: ignore[call-overload]

    def show(html: str, fragment: str = "") -> Page:
        file.write_text(html, encoding="utf-8")
        window.goto(file.as_uri() + fragment)
        return window

    yield show
    for event, listener in listeners.items():
        window.remove_listener(event, listener)
    window.emulate_media(media="null")
    assert told == []


def report(*results: Result) -> str:
    return html_of(run_of(results or RESULTS))


def asked(page: Page) -> list[str]:
    """The questions in the table."""
    return page.locator(".ask").all_inner_texts()


def test_filter_and_search(opened: Opened) -> None:
    page = opened(report())
    assert asked(page) == [each.question for each in (NEXT, AIMS, COST, MOON, SLOW)]
    expect(page.locator("#found")).to_have_text("5 trong 7 câu")
    page.select_option("#fault", "fault:quote")
    assert asked(page) == [AIMS.question]
    page.select_option("#fault", "metric:cited")
    assert asked(page) == [each.question for each in (NEXT, COST, SLOW)]
    page.select_option("#kind", "figure")
    page.select_option("#style", "no-diacritics")
    assert asked(page) == [NEXT.question]
    page.get_by_role("button", name="Bỏ lọc").click()
    assert len(asked(page)) == len(RESULTS)
    page.select_option("#document", label="4-KL/TW ngày 20/1/2030")
    assert asked(page) == [AIMS.question]
    page.get_by_role("button", name="Bỏ lọc").click()

    page.fill("#query", "phai truoc thap")  # of the question as of the answer, in any order
    expect(page.locator("#found")).to_have_text("1 trong 7 câu")
    assert asked(page) == [WHEN.question]
    page.fill("#query", "đẹp")
    expect(page.locator("#found")).to_have_text("1 trong 7 câu")
    page.fill("#query", "đep")  # with a letter of its own, it is taken as it is
    expect(page.locator("#found")).to_have_text("Không có câu nào khớp với bộ lọc.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_both_texts_side_by_side_with_differences_marked(opened: Opened) -> None:
    page = opened(report())
    button = page.get_by_role("button", name=NEXT.question)
    button.focus()
    button.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    sides = page.locator(".detail .side")
    assert [side.locator("mark").all_inner_texts() for side in sides.all()] == [
        ["1", "thắp ", "18 "],
        ["2", "tắt ", "6 "],
    ]
    expect(sides.nth(1).locator(".quoted").last).to_have_text("giờ mỗi ngày")
    expect(page.locator(".detail")).to_contain_text("Thiếu: 18 giờ")
    button.press("Enter")
    expect(page.locator(".detail")).to_be_hidden()

    page.get_by_role("button", name=AIMS.question).click()
    quoted = page.locator(".detail:visible .both").first
    assert quoted.locator("mark").all_inner_texts() == ["sông ", "biển "]
    expect(quoted.locator(".badge.digest").first).to_have_text("Bản tóm lược")
    page.get_by_role("button", name=SLOW.question).click()
    expect(page.locator(".detail").last).to_contain_text("Quá 30 giây mà chưa trả lời xong.")
    page.get_by_role("button", name=COST.question).click()
    expect(page.locator(".message")).to_have_text("(văn bản không có) Văn bản không nói về việc này.")
    page.get_by_role("button", name=MOON.question).click()
    expect(page.locator(".detail", has_text="Phải từ chối")).to_contain_text("ngoài phạm vi")
    expect(page.locator(".detail", has_text="Phải từ chối")).to_contain_text("Thiếu căn cứ: Không có con số này.")


def test_what_others_wrote_is_only_shown(opened: Opened) -> None:
    bad = answered(
        question(HOSTILE, HOSTILE, (LAMP,), facts=(HOSTILE,)), (LATE, HOSTILE), said=HOSTILE, verbatim=(False,)
    )
    bad = dataclasses.replace(bad, texts={LAMP: f"{HOSTILE} 1", LATE: f"{HOSTILE} 2"})
    page = opened(report(bad))
    page.locator(".ask").click()
    expect(page.locator(".detail")).to_contain_text("window.hit=1")
    assert page.evaluate("window.hit") is None
    assert page.locator("main img, main iframe, main script").count() == 0
    assert page.locator(".odd[data-c='U+202E']").count() > 2


def test_a_link_opens_a_question_and_the_comparison_is_a_filter(opened: Opened) -> None:
    before = run_of((answered(NEXT, (LAMP, "18 giờ")), *RESULTS[2:]))
    html = html_of(run_of(RESULTS), compare(RESULTS, before.results))
    page = opened(html, f"#q={WHEN.id}")
    expect(page.locator(".detail:visible")).to_contain_text("Điều khoản đúng, đã được dẫn")
    page.select_option("#result", "lost")
    assert asked(page) == [NEXT.question]


@pytest.mark.slow
def test_many_questions_come_a_hundred_at_a_time_and_all_are_printed(opened: Opened) -> None:
    page = opened(report(*(answered(question(f"q{n}", f"Đèn số {n}?", (LAMP,)), (LATE, "6 giờ")) for n in range(130))))
    assert page.locator(".row").count() == 100
    page.get_by_role("button", name="Hiện thêm (còn 30 câu)").click()
    assert page.locator(".row").count() == 130
    expect(page.get_by_role("button", name="Đèn số 100?")).to_be_focused()
    page.get_by_label("Khi in").check()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".row").count() == page.locator(".detail:not([hidden])").count() == 130
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".detail:not([hidden])").count() == 0
    page.emulate_media(media="print")
    expect(page.locator("#filters")).to_be_hidden()
