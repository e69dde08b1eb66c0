"""An officer reads on from an answer: the page with the quote marked, the tree, references, the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
import gazettes
import pypdfium2
from offices import services
from playwright.sync_api import Page, expect
from served import served

from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import build_index
from policy_qa.web.chat import wording

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

CORPUS = Path(__file__).parents[2] / "corpus"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "pdf"
REAL = SHARED / "nghi-dinh-so-145-2026-nd-cp-469483.pdf"


@pytest.fixture(scope="module")
def gazette_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server over the digests, the drawn decree, and a real one where it is there."""
    home = tmp_path_factory.mktemp("gazette")
    files = [gazettes.draw(home / "trong-hoa.pdf"), *([REAL] if REAL.is_file() else [])]
    build_index(files, home / "index", load_encoder(), corpus=CORPUS)
    with served(services(home, home / "index")) as address:
        yield address


@pytest.fixture
def officer(request: pytest.FixtureRequest, browser: Browser, gazette_address: str) -> Iterator[Page]:
    width, height = getattr(request, "param", (1366, 768))
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(gazette_address)
    page.locator(".pq-log > *").first.wait_for()
    page.evaluate("document.querySelector('#pq-shelf [data-new]').click()")
    page.locator(".pq-example").first.wait_for()
    yield page
    context.close()


def ask(page: Page, question: str) -> None:
    box = page.locator("#pq-question textarea")
    box.fill(question)
    box.press("Enter")
    expect(page.locator('.pq-turn[data-done="1"]').last).to_contain_text(question)


def words_under_marks(page: Page, file: Path, number: int) -> str:
    """The words that the PDF prints under the marks that the browser shows."""
    shares = page.evaluate("""() => {
        const paper = document.querySelector('.pq-paper').getBoundingClientRect();
        return [...document.querySelectorAll('.pq-box')].map((mark) => {
            const box = mark.getBoundingClientRect();
            return [(box.left - paper.left) / paper.width, (box.top - paper.top) / paper.height,
                    (box.right - paper.left) / paper.width, (box.bottom - paper.top) / paper.height];
        });
    }""")
    with pypdfium2.PdfDocument(file) as document:
        sheet = document[number - 1]
        width, height = sheet.get_size()
        text = sheet.get_textpage()
        found = [
            text.get_text_bounded(left * width - 1, height - bottom * height, right * width + 1, height - top * height)
            for left, top, right, bottom in shares
        ]
    return " ".join(" ".join(found).split())


def test_asked_without_diacritics_the_quote_is_marked_on_its_page(officer: Page, tmp_path: Path) -> None:
    ask(officer, "nguoi trong hoa tuoi hoa may lan moi ngay")
    officer.get_by_role("tab", name=wording.AS_PAGE).click()
    expect(officer.locator(".pq-sheetbar")).to_contain_text("Trang 3 / 3")
    officer.wait_for_function("document.querySelector('.pq-paper img')?.naturalWidth > 1000")
    expect(officer.locator(".pq-box").first).to_be_visible()  # the page comes first, its marks follow
    assert gazettes.WATERING in words_under_marks(officer, gazettes.draw(tmp_path / "again.pdf"), 3)
    expect(officer.get_by_role("link", name=wording.OPEN_PAGE)).to_have_attribute("href", re_page(3))
    officer.get_by_role("button", name=wording.PREVIOUS_PAGE).click()
    expect(officer.locator(".pq-sheetbar")).to_contain_text("Trang 2 / 3")
    expect(officer.locator(".pq-box")).to_have_count(0)
    officer.get_by_role("link", name=wording.TO_QUOTE).click()
    expect(officer.locator(".pq-box").first).to_be_visible()


def re_page(number: int) -> object:
    import re

    return re.compile(rf"#page={number}$")


@pytest.mark.slow
@pytest.mark.skipif(not REAL.is_file(), reason="the shared gazette is not there")
@pytest.mark.parametrize("officer", [(1366, 768), (390, 844)], indirect=True)
def test_the_marks_on_a_real_gazette_cover_the_words_cited(officer: Page) -> None:
    ask(officer, "Nghi dinh 145/2026 ai chiu trach nhiem thi hanh?")
    expect(officer.locator("#pq-source mark").first).to_be_attached()
    quote = " ".join(officer.locator("#pq-source mark").all_inner_texts())
    officer.get_by_role("tab", name=wording.AS_PAGE).click()
    officer.wait_for_function("document.querySelector('.pq-paper img')?.naturalWidth > 1000")
    label = officer.locator(".pq-sheetbar [role=status]").inner_text()
    covered = words_under_marks(officer, REAL, int(label.split()[1])).split()
    wanted = quote.split()
    assert len(wanted) > 10 and sum(word in covered for word in wanted) >= 0.9 * len(wanted)
    assert len(covered) <= 1.2 * len(wanted) + 4, "the marks cover little else"


@pytest.mark.slow
def test_references_tree_and_the_way_back(officer: Page) -> None:
    ask(officer, "Khoản 2 Điều 2 Nghị định 31/2031/NĐ-CP quy định gì?")
    source = officer.locator("#pq-source")
    source.locator("a.pq-ref", has_text="khoản 1 Điều 3").click()
    expect(source.locator(".pq-text")).to_contain_text("bình tưới và xẻng nhỏ")
    source.get_by_role("tab", name=wording.AS_OUTLINE).click()
    expect(source.locator('.pq-outline [aria-current="true"]')).to_contain_text("Dụng cụ gồm")
    source.locator(".pq-outline summary", has_text="Điều 1").press("Enter")
    source.locator(".pq-outline a", has_text="Vườn hoa của công viên").click()
    expect(source.locator(".pq-text")).to_contain_text("Vườn hoa của công viên")
    source.get_by_role("button", name=wording.RETURN).click()
    expect(source.locator(".pq-text")).to_contain_text("bình tưới và xẻng nhỏ")
    source.get_by_role("button", name=wording.RETURN).click()
    expect(source.locator("mark").first).to_be_visible()
    expect(source.get_by_role("button", name=wording.RETURN)).to_have_count(0)


@pytest.mark.slow
def test_the_file_opens_beside_the_page(officer: Page) -> None:
    ask(officer, "nguoi trong hoa tuoi hoa may lan moi ngay")
    address = officer.get_by_role("link", name=wording.OPEN_FILE).get_attribute("href")
    assert address
    answer = officer.request.get(officer.url + address.partition("#")[0])
    assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF")
