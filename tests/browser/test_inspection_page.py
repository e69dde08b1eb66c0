from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from inspected import DECREE, HOSTILE, drawn, long_text
from playwright.sync_api import Page, expect

from policy_qa.document import Address, Document, Note, SourceText
from policy_qa.inspection import page as html_of
from policy_qa.structure import parse

pytestmark = pytest.mark.browser

Opened = Callable[[Document], Page]
MARGIN = 80  # pixels from the top of the window within which a block counts as scrolled to


def document(text: str) -> Document:
    return parse(SourceText(text, "/kho/văn bản.txt", "a" * 64, "text"))


@pytest.fixture
def opened(window: Page, tmp_path: Path) -> Iterator[Opened]:
    """Opens the page of a document as a double click does; fails where it asks for anything but its own file."""
    size = window.viewport_size
    asked: list[str] = []
    complaints: list[str] = []
    file = tmp_path / "trang.html"
    listeners = {
        "request": lambda r: None if r.url.split("#")[0] == file.as_uri() else asked.append(r.url),
        "console": lambda message: complaints.append(message.text),
        "pageerror": lambda error: complaints.append(str(error)),
    }
    for event, listener in listeners.items():
        window.on(event, listener)  # type: ignore[call-overload]

    def show(shown: Document) -> Page:
        file.write_text(html_of(shown), encoding="utf-8")
        window.goto(file.as_uri())
        return window

    yield show
    for event, listener in listeners.items():
        window.remove_listener(event, listener)
    assert size is not None
    window.set_viewport_size(size)
    window.emulate_media(media="null", color_scheme="null")
    assert asked == []
    assert complaints == []


def is_phone(page: Page) -> bool:
    return (page.viewport_size or {"width": 0})["width"] < 900


def tree(page: Page) -> None:
    """Brings the tree into view."""
    if is_phone(page) and not page.locator("#query").is_visible():
        page.locator("#drawer > summary").click()


def search(page: Page, words: str) -> None:
    tree(page)
    page.locator("#query").press("Escape")
    expect(page.locator("#found")).to_be_empty()
    page.locator("#query").fill(words)
    expect(page.locator("#found")).not_to_be_empty()


def hits(page: Page) -> list[str]:
    return [words.split("\n")[0] for words in page.locator("#tree a.hit b").all_inner_texts()]


def top_of_chosen(page: Page) -> float:
    box = page.locator(".p.chosen").bounding_box()
    assert box is not None
    return box["y"]


def test_a_node_leads_to_its_text_and_the_label_back_to_the_node(opened: Opened) -> None:
    page = opened(document(long_text(60, 5)))
    tree(page)
    page.get_by_text("Điều 40", exact=True).click()
    expect(page.locator(".p.chosen > p.head")).to_have_text("Điều 40. Đèn thứ 40")
    assert 0 <= top_of_chosen(page) < MARGIN
    page.locator(".p.chosen > .p > a.tag").nth(2).click()
    expect(page.locator("#chosen b")).to_have_text("khoản 3 Điều 40")
    tree(page)
    current = page.locator("#tree a[aria-current]")
    expect(current).to_contain_text("khoản 3")
    expect(current).to_be_in_viewport()
    page.go_back()
    page.go_forward()
    expect(page.locator("#chosen b")).to_have_text("Điều 40")


SEARCHES = [
    # the words searched for, the provisions found
    ("điều 2 khoản 1", ["khoản 1"]),
    ("khoan 1 dieu 2", ["khoản 1"]),
    ("Khoản 1, Điều 2", ["khoản 1"]),
    ("Đ2 k1", ["khoản 1"]),
    ("điều=2;khoản=1;điểm=b", ["điểm b"]),
    ("58/2031/QĐ-TTg@2031-06-09#điều=2", ["Điều 2"]),
    ("điểm a", ["điểm a"]),
    ("điều 6 chương II", ["Điều 6"]),
    ("chuong 2", ["Chương II"]),
    ("sương mù", ["khoản 3"]),
    ("SUONG MU", ["khoản 3"]),
    ("sườn mù", []),
    ("mù sương", ["khoản 3"]),
    ("điều 77", []),
    ("[a-z] (.*", []),
]


@pytest.mark.slow
def test_provisions_are_found_by_address_and_by_words(opened: Opened) -> None:
    page = opened(document(DECREE))
    for words, found in SEARCHES:
        search(page, words)
        assert hits(page) == found, words
        visible = page.locator("#tree li:visible").count()
        assert visible >= len(found) and (found or visible == 0), words


def test_a_letter_with_a_bar_is_another_letter(opened: Opened) -> None:
    page = opened(document("Điều 1. Đèn\n1. Có:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm."))
    for words, found in (("điểm d", ["điểm d"]), ("điểm đ", ["điểm đ"]), ("diem d", ["điểm d", "điểm đ"])):
        search(page, words)
        assert hits(page) == found


@pytest.mark.slow
def test_enter_goes_from_hit_to_hit_and_escape_shows_the_whole_tree(opened: Opened) -> None:
    page = opened(document(long_text(30, 3)))
    everything = page.locator("#tree a").count()
    search(page, "bốn người gác")
    assert hits(page) == []
    search(page, "2 người gác")
    assert len(hits(page)) == 30
    marks = "CSS.highlights.get('found').size"
    assert page.evaluate(marks) == 30
    for n in (1, 2):
        page.locator("#query").press("Enter")
        expect(page.locator("#found")).to_have_text(f"{n}/30")
        expect(page.locator("#chosen b")).to_have_text(f"khoản 2 Điều {n}")
    expect(page.locator(".p.chosen")).to_be_in_viewport()
    page.locator("#query").press("Escape")
    page.locator("#unfold").click()
    assert page.locator("#tree a:visible").count() == everything


def test_the_tree_is_walked_with_the_arrow_keys(opened: Opened) -> None:
    page = opened(document(long_text(20, 3)))
    tree(page)
    page.locator("#fold").click()
    page.locator("#query").press("ArrowDown")
    focused = page.locator("#tree a:focus b")
    expect(focused).to_have_text("Thể thức")
    for key, words in (
        ("ArrowDown", "Điều 1"), ("ArrowDown", "Điều 2"), ("ArrowRight", "Điều 2"), ("ArrowRight", "khoản 1"),
        ("ArrowDown", "khoản 2"), ("ArrowLeft", "Điều 2"), ("ArrowLeft", "Điều 2"), ("ArrowDown", "Điều 3"),
        ("ArrowUp", "Điều 2"), ("End", "Điều 20"), ("Home", "Thể thức"), ("ArrowUp", "Thể thức"), ("ArrowDown", "Điều 1"),
    ):  # fmt: skip
        page.keyboard.press(key)
        expect(focused).to_have_text(words)
    page.keyboard.press("Enter")
    expect(page.locator("#chosen b")).to_have_text("Điều 1")
    assert page.locator("#tree [tabindex='0']").count() == 1, "one stop for the tab key"


@pytest.mark.parametrize("clipboard", [True, False])
def test_citation_and_address_are_copied(opened: Opened, clipboard: bool) -> None:
    page = opened(document(DECREE))
    if not clipboard:
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    page.locator(".khoan > a.tag").first.click()
    for button, words in (
        (
            "Chép trích dẫn",
            "khoản 1 Điều 2 Quyết định số 58/2031/QĐ-TTg ngày 09 tháng 6 năm 2031 của Thủ tướng Chính phủ",
        ),
        ("Chép địa chỉ", "58/2031/QĐ-TTg@2031-06-09#điều=2;khoản=1"),
    ):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("button", name="Đã chép").first).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()").startswith(words)
    page.get_by_role("button", name="Bỏ chọn").click()
    expect(page.locator("#chosen")).to_be_hidden()


def test_hostile_words_do_nothing(opened: Opened) -> None:
    page = opened(document(HOSTILE))
    assert page.evaluate("window.hit") is None
    for block in page.locator("a.tag").all():
        block.click()
    search(page, "<script>")
    page.locator("#query").press("Enter")
    assert page.evaluate("window.hit") is None
    assert page.locator("main script, main img, main svg, main iframe").count() == 0
    turned = page.locator(".khoan > p", has_text="ngược").first
    assert turned.evaluate("e => getComputedStyle(e.querySelector('.odd')).unicodeBidi") == "isolate"
    assert "</title><script>window.hit=1</script> đặt tên đèn" in page.locator(".fields .title dd").inner_text()


CONTRASTS = """() => {
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const colour = numbers(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const e of document.querySelectorAll("body *:not(script)")) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || e.matches(".page, .mark, .odd");
    if (!own || !e.checkVisibility()) continue;
    const [a, b] = [light(numbers(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(`${e.tagName}.${e.className} ${((a + 0.05) / (b + 0.05)).toFixed(2)}`);
  }
  return [...new Set(poor)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_can_be_read_and_nothing_sticks_out(opened: Opened, scheme: str) -> None:
    doc = document(DECREE.replace("Phạm vi", "Phạm\u200b vi"))
    notes = (
        Note("1", "Một chú thích ngắn.", DECREE.index("Điều 2.") + 8, Address()),
        Note("2", "Dài " * 200, 900, Address()),
    )
    page = opened(dataclasses.replace(doc, notes=notes, warnings=(*doc.warnings, "Một lưu ý.")))
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tree(page)
    page.locator(".dieu > a.tag").first.click(force=True)
    assert page.evaluate(CONTRASTS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def wide_table(columns: int) -> str:
    return "\n".join(" | ".join(f"{what} {n}" for n in range(columns)) for what in ("Năm trồng hoa", "Số hoa"))


def test_a_wide_table_scrolls_by_itself_and_never_the_page(opened: Opened) -> None:
    table = wide_table(24)
    text = DECREE.replace("Việc | Mức chi | Ghi chú", f"{table}\nBảng hẹp:\nViệc | Mức chi | Ghi chú")
    text = text.replace("Thợ lau đèn ghi sổ.”.", f"{table}”.")
    page = opened(document(text))
    inside = page.locator(".table").evaluate_all("all => all.map(e => e.scrollWidth > e.clientWidth)")
    assert inside == [True, True, False]
    assert page.locator("blockquote .table").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    last = page.locator(".table").last.locator("xpath=preceding::*[@role='table'][1]").locator(".cell").last
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
    assert page.evaluate("window.scrollX") == 0
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 paper
    page.emulate_media(media="print")
    assert page.locator(".table").evaluate_all("all => all.every(e => e.scrollWidth <= e.clientWidth)")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_labels_stand_beside_their_provisions_and_never_on_each_other(opened: Opened) -> None:
    page = opened(document(long_text(3, 3) + "\nĐiều 4. 1. Ngắn.\n2. Cũng ngắn.\n\nMở.\n"))
    boxes = [box for tag in page.locator("a.tag").all() if (box := tag.bounding_box())]
    for one, other in itertools.pairwise(boxes):
        assert one["y"] + one["height"] <= other["y"] + 1


ASK = """(words) => { const started = performance.now(); const query = document.getElementById("query");
  query.value = words; query.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
  return [document.querySelector(".p.chosen").getBoundingClientRect().top, performance.now() - started]; }"""


@pytest.mark.slow
def test_five_thousand_provisions_answer_at_once(opened: Opened) -> None:
    page = opened(document(long_text(500, 10)))
    assert page.locator("#tree a").count() > 5000
    for words, found, chosen in (
        ("điều 480 khoản 7", "1/1", "khoản 7 Điều 480"),
        ("nguoi gac", "1/5000", "khoản 1 Điều 1"),
    ):
        top, took = page.evaluate(ASK, words)
        assert page.locator("#found").text_content() == found
        assert page.locator("#chosen b").text_content() == chosen
        assert 0 <= top < MARGIN
        assert took < 10_000, "milliseconds, on a machine that does other things as well"


def test_a_drawn_document_is_printed_without_tree_and_buttons(opened: Opened, tmp_path: Path) -> None:
    from reading.printed import Sheet

    from policy_qa.reading import read

    page = opened(parse(read(drawn(Sheet(), tmp_path / "in.pdf"))))
    expect(page.locator("div.page, span.page")).to_have_count(2)
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator("main")).to_be_visible()
    expect(page.locator("#query")).to_be_hidden()
