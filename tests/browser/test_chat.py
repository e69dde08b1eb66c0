from __future__ import annotations

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import Page, expect

from policy_qa.document import DIGEST_MARK
from policy_qa.web import texts
from policy_qa.web.chat import wording

pytestmark = pytest.mark.browser

QUESTION = "Mục tiêu chung của Đề án 1079 là gì?"
NASTY = "<script>window.hit=1</script> ![x](http://example.org/x.png) **b** ${1+1} {{7*7}} <img src=x onerror=hit=1>"


def ask(page: Page, question: str) -> None:
    turns = page.locator(".pq-turn").count()
    page.locator("#pq-question textarea").fill(question)
    page.locator("#pq-send").click()
    expect(page.locator(".pq-turn")).to_have_count(turns + 1)
    expect(page.locator(".pq-working")).to_have_count(0)


def test_a_question_is_answered_and_its_citation_opens_with_the_quote_marked(page: Page, elsewhere: list[str]) -> None:
    ask(page, QUESTION)
    expect(page.locator(".pq-question")).to_have_text(QUESTION)
    expect(page.locator(".pq-statement").first).to_contain_text("[1]")
    page.locator(".pq-mark").first.click()
    source = page.locator("#pq-source")
    expect(source.locator("mark").first).to_be_visible()
    expect(source.locator("h3.pq-form")).to_contain_text("1079/QĐ-TTg")
    expect(source.locator(".pq-badge").first).to_have_text(texts.DIGEST)
    quote = page.locator(".pq-statement").first.inner_text().split("[1]")[0].split("\n")[0].strip()
    assert quote in source.locator(".pq-text").inner_text()
    assert elsewhere == [], "the page asked for nothing outside this machine"


def test_the_citation_is_copied_in_its_legal_form(page: Page) -> None:
    ask(page, QUESTION)
    button = page.get_by_role("button", name=texts.COPY, exact=True)
    button.click()
    expect(page.get_by_role("button", name=texts.COPIED)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Quyết định số 1079/QĐ-TTg ngày 14 tháng 9 năm 2022" in copied
    assert copied.endswith(DIGEST_MARK)


def test_copying_works_without_the_clipboard_api_too(page: Page) -> None:
    ask(page, QUESTION)
    secure = "value => Object.defineProperty(window, 'isSecureContext', {value, configurable: true})"
    page.evaluate(secure, False)
    try:
        page.get_by_role("button", name=texts.COPY, exact=True).click()
        expect(page.get_by_role("button", name=texts.COPIED)).to_be_visible()
    finally:
        page.evaluate(secure, True)
    assert page.evaluate("navigator.clipboard.readText()").endswith(DIGEST_MARK)


def test_words_that_look_like_markup_are_shown_as_they_are(page: Page, elsewhere: list[str]) -> None:
    ask(page, NASTY)
    expect(page.locator(".pq-question")).to_have_text(NASTY)
    assert page.evaluate("window.hit") is None
    assert page.locator(".pq-log img, .pq-log script").count() == 0
    assert elsewhere == []


def test_an_example_is_asked_by_pressing_it_and_a_new_conversation_is_empty(page: Page) -> None:
    example = page.locator(".pq-example").first
    question = example.inner_text()
    example.click()
    expect(page.locator(".pq-question")).to_have_text(question)
    expect(page.locator(".pq-basis")).to_be_visible()
    page.locator("[data-new]:visible").first.click()
    expect(page.locator(".pq-turn")).to_have_count(0)
    expect(page.locator(".pq-example").first).to_be_visible()


PRESSED = """(words) => {
    document.querySelector('#pq-shelf [data-new]').click();
    const box = document.querySelector('#pq-question textarea');
    box.value = words;
    box.dispatchEvent(new Event('input', {bubbles: true}));
    for (let times = 0; times < 2; times++) box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true}));
}"""
"""A new conversation, a question and Enter twice, in one instant."""


def test_no_question_is_lost_and_none_is_asked_twice_however_fast_one_goes(page: Page) -> None:
    before = page.locator(".pq-keptitem").count()
    questions = [f"{QUESTION} {n}" for n in range(4)]
    page.evaluate(f"(all) => all.forEach({PRESSED})", questions)
    expect(page.locator('.pq-turn[data-done="1"] .pq-question')).to_have_text(questions[-1:])
    expect(page.locator(".pq-keptitem")).to_have_count(before + len(questions))
    titles = page.locator(".pq-kepttitle").all_text_contents()[: len(questions)]
    assert titles == questions[::-1], "each in a conversation of its own"
    page.evaluate("document.querySelectorAll('.pq-keptopen')[2].click()")  # on a phone the list lies in a drawer
    expect(page.locator('.pq-turn[data-done="1"] .pq-question')).to_have_text(questions[1:2])
    expect(page.locator(".pq-statement").first).to_contain_text("[1]")
    assert page.locator(".error, .toast-body").count() == 0


def test_a_question_that_does_not_reach_the_server_stays_in_its_box(page: Page) -> None:
    page.route("**/chat/ask", lambda route: route.abort())
    box = page.locator("#pq-question textarea")
    box.fill(QUESTION)
    box.press("Enter")
    expect(page.locator(".pq-error")).to_have_text(wording.NOT_SENT)
    expect(box).to_have_value(QUESTION)
    page.unroute("**/chat/ask")
    box.press("Enter")
    expect(page.locator('.pq-turn[data-done="1"] .pq-statement').first).to_contain_text("[1]")
    expect(page.locator(".pq-error")).to_have_count(0)
    expect(box).to_have_value("")


def test_a_question_asked_at_once_in_a_new_conversation_is_answered(page: Page) -> None:
    for n in range(3):
        # Neither the answer to the one before nor the empty conversation has wholly come in.
        page.evaluate("document.querySelector('#pq-shelf [data-new]').click()")
        box = page.locator("#pq-question textarea")
        box.fill(f"{QUESTION} {n}")
        box.press("Enter")
        box.press("Enter")
        expect(page.locator('.pq-turn[data-done="1"] .pq-question')).to_have_text([f"{QUESTION} {n}"])
    assert page.locator(".error, .toast-body").count() == 0


def test_the_documents_can_be_narrowed(page: Page) -> None:
    box = page.locator("#pq-within input")
    box.click()
    page.get_by_role("option", name="Chỉ thị 44-CT/TW (2010)").click()
    box.press("Escape")
    ask(page, "Ngày ban hành văn bản là ngày nào?")
    cited = page.locator(".pq-cited .pq-form").all_inner_texts()
    assert cited and all("44-CT/TW" in form for form in cited)
    page.locator("#pq-within .token-remove").last.click()
    expect(page.locator("#pq-within .token")).to_have_count(0)


def test_an_error_is_a_sentence_in_the_conversation(page: Page) -> None:
    ask(page, "???")
    expect(page.locator(".pq-error")).to_contain_text("Câu hỏi trống")


def test_nothing_sticks_out_of_the_window(page: Page) -> None:
    ask(page, QUESTION)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("document.documentElement.lang") == "vi"
