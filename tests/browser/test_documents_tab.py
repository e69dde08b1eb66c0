"""A keeper's day in a real browser: files in, looked at, accepted, asked about, replaced, removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
import docx
from handed_in import decision
from offices import services
from playwright.sync_api import Page, expect
from served import served

from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import build_index
from policy_qa.web.documents import words

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

CORPUS = Path(__file__).parents[2] / "corpus"
SIZES = [(1366, 768), pytest.param((390, 844), marks=pytest.mark.slow)]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    build_index([], tmp_path / "index", load_encoder(), corpus=CORPUS)
    return tmp_path


@pytest.fixture
def keeper_address(home: Path) -> Iterator[str]:
    """A server of its own: these tests change the documents."""
    with served(services(home, home / "index")) as address:
        yield address


@pytest.fixture(params=SIZES, ids=lambda size: "desktop" if size[0] > 900 else "phone")
def keeper(request: pytest.FixtureRequest, browser: Browser, keeper_address: str) -> Iterator[Page]:
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    page.set_default_timeout(30_000)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    open_tab(page, keeper_address)
    yield page
    assert errors == []
    context.close()


def open_tab(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name=words.TAB, exact=True).click()
    page.locator(".pqd-table").wait_for()


def hand_in(page: Page, *files: Path) -> None:
    page.locator("#pqd-drop input[type=file]").set_input_files([str(file) for file in files])


def ask(page: Page, question: str) -> str:
    """The answer to a question asked in the chat."""
    page.get_by_role("tab", name="Hỏi đáp", exact=True).click()
    turns = page.locator(".pq-turn").count()
    page.locator("#pq-question textarea").fill(question)
    page.locator("#pq-send").click()
    expect(page.locator(".pq-turn")).to_have_count(turns + 1)
    expect(page.locator(".pq-working")).to_have_count(0)
    said = page.locator(".pq-turn").last.inner_text()
    page.get_by_role("tab", name=words.TAB, exact=True).click()
    return said


def wait_for_done(page: Page, words_told: str) -> None:
    expect(page.locator(".pqd-jobs li").first).to_contain_text(words_told, timeout=30_000)


@pytest.mark.slow
def test_a_file_is_read_looked_at_accepted_asked_about_and_removed(
    keeper: Page, keeper_address: str, tmp_path: Path
) -> None:
    file = tmp_path / "Quyết định bến thuyền <b>.txt"
    file.write_text(decision(words="Bến thuyền <img src=x onerror=window.hit=1> mở từ 5 giờ."), encoding="utf-8")
    hand_in(keeper, file)
    ready = keeper.locator(".pqd-card.pqd-ready")
    expect(ready).to_contain_text(words.STANDING["new"], timeout=30_000)
    expect(ready).to_contain_text(file.name)
    expect(keeper.locator(".pqd-count")).to_have_text("10 văn bản")
    ready.get_by_role("button", name=words.PREVIEW).click()
    inside = keeper.frame_locator("iframe.pqd-frame")
    expect(inside.locator("#text")).to_contain_text("<img src=x onerror=window.hit=1>")
    assert keeper.evaluate("document.querySelector('iframe.pqd-frame').contentDocument") is None, "no way in or out"
    ready.get_by_role("button", name=words.ACCEPT, exact=True).click()
    wait_for_done(keeper, "Đã đưa vào kho: 7/QĐ-UBND ngày 9/6/2031.")
    expect(keeper.locator(".pqd-count")).to_have_text("11 văn bản")
    keeper.reload()
    open_tab(keeper, keeper_address)
    wait_for_done(keeper, "Đã đưa vào kho")
    assert "5 giờ" in ask(keeper, "Bến thuyền mở cửa từ mấy giờ theo Quyết định 7/QĐ-UBND?")
    keeper.locator("#pqd-wanted input, #pqd-wanted textarea").fill("ben thuyen an hai")
    expect(keeper.locator(".pqd-count")).to_have_text("1 trong 11 văn bản")
    keeper.locator(".pqd-name").click()
    details = keeper.locator("#pqd-details article")
    expect(details).to_contain_text("tin cậy 99 %")
    expect(details).to_contain_text(file.name)
    details.get_by_text(words.TREE).click()
    expect(details.locator(".pqd-branches")).to_contain_text("Điều 2")
    with keeper.expect_download() as download:
        details.get_by_role("link", name=words.DOWNLOAD).click()
    assert download.value.suggested_filename == "7-qd-ubnd-2031-06-09.txt"
    assert download.value.path().read_bytes() == file.read_bytes()
    details.get_by_role("button", name=words.REMOVE).click()
    expect(details.locator(".pqd-sure")).to_contain_text("Gỡ Quyết định số 7/QĐ-UBND khỏi kho?")
    keeper.keyboard.press("Escape")
    expect(details.locator(".pqd-sure")).to_be_hidden()
    details.get_by_role("button", name=words.REMOVE).click()
    details.locator(".pqd-sure").get_by_role("button", name=words.YES_REMOVE, exact=True).click()
    wait_for_done(keeper, "Đã gỡ văn bản 7/QĐ-UBND ngày 9/6/2031 khỏi kho.")
    assert "5 giờ" not in ask(keeper, "Bến thuyền mở cửa từ mấy giờ theo Quyết định 7/QĐ-UBND?")
    assert keeper.evaluate("window.hit") is None
    assert keeper.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.slow
def test_a_pdf_a_word_file_a_scan_and_a_corrupt_file(
    keeper: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "reading")
    import inspected
    from printed import Sheet
    from scanned import scan

    drawn = inspected.drawn(Sheet(), tmp_path / "đèn biển.pdf")
    word = docx.Document()
    for line in decision(8).split("\n"):
        word.add_paragraph(line)
    word.save(str(tmp_path / "bến 8.docx"))
    sheet = Sheet()
    y = 70.0
    # Tesseract reads the Đ of QĐ twice here.
    for line in decision(9).replace("QĐ-UBND", "TB-UBND").replace("QUYẾT ĐỊNH", "THÔNG BÁO").strip().split("\n"):
        sheet.text(85, y, line, 14)
        y += 30
    scanned = scan(sheet, tmp_path / "quét 9.pdf")
    corrupt = tmp_path / "hỏng.pdf"
    corrupt.write_bytes(drawn.read_bytes()[:900])
    hand_in(keeper, drawn, tmp_path / "bến 8.docx", scanned, corrupt)
    expect(keeper.locator(".pqd-card.pqd-ready")).to_have_count(3, timeout=90_000)
    expect(keeper.locator(".pqd-card.pqd-refused")).to_contain_text("“hỏng.pdf” bị hỏng")
    expect(keeper.locator(".pqd-card", has_text="đèn biển")).to_contain_text("lưu ý khi đọc")
    expect(keeper.locator(".pqd-card", has_text="quét 9")).to_contain_text(words.SCANNED)
    keeper.get_by_role("button", name=words.ACCEPT_ALL.format(count=3)).click()
    wait_for_done(keeper, "58/2031/QĐ-TTg ngày 9/6/2031")
    expect(keeper.locator(".pqd-count")).to_have_text("13 văn bản")
    keeper.locator(".pqd-card.pqd-refused").get_by_role("button", name=words.CANCEL).click()
    expect(keeper.locator(".pqd-card")).to_have_count(0)
    assert "5 giờ" in ask(keeper, "Theo Thông báo 9/TB-UBND bến thuyền mở cửa từ mấy giờ?")
    newer = tmp_path / "bến 8 mới.txt"
    newer.write_text(decision(8, words="Bến mở cửa từ 6 giờ 30 sáng."), encoding="utf-8")
    hand_in(keeper, newer)
    ready = keeper.locator(".pqd-card.pqd-ready")
    expect(ready).to_contain_text("Trong kho đã có văn bản 8/QĐ-UBND ngày 9/6/2031", timeout=30_000)
    ready.get_by_role("button", name=words.ACCEPT_REPLACING).click()
    ready.get_by_role("button", name=words.YES_REPLACE, exact=True).click()
    expect(keeper.locator(".pqd-card")).to_have_count(0, timeout=30_000)
    assert "6 giờ 30" in ask(keeper, "Theo Quyết định 8/QĐ-UBND bến thuyền mở cửa từ mấy giờ?")


@pytest.mark.slow
def test_a_document_is_read_again_by_recognition_and_looked_at_before_that_counts(keeper: Page, tmp_path: Path) -> None:
    import inspected
    from reading.printed import Sheet

    hand_in(keeper, inspected.drawn(Sheet(), tmp_path / "đèn biển.pdf"))
    keeper.locator(".pqd-card.pqd-ready").get_by_role("button", name=words.ACCEPT, exact=True).click(timeout=30_000)
    wait_for_done(keeper, "Đã đưa vào kho")
    keeper.locator(".pqd-name", has_text="58/2031").click()
    details = keeper.locator("#pqd-details article")
    details.get_by_role("button", name=words.INSPECT).click()
    expect(keeper.frame_locator("iframe.pqd-frame").locator("#text")).to_contain_text("đèn được thắp sớm hơn")
    details.get_by_role("button", name=words.READ_AGAIN_OCR).click()
    ready = keeper.locator(".pqd-card.pqd-ready")
    expect(ready).to_contain_text(words.STANDING["again"], timeout=60_000)
    expect(ready).to_contain_text(words.RECOGNISED)
    ready.get_by_role("button", name=words.ACCEPT_AGAIN).click()
    expect(keeper.locator(".pqd-card")).to_have_count(0, timeout=60_000)
    expect(keeper.locator("#pqd-list tr", has_text="58/2031")).to_contain_text(words.RECOGNISED)
    keeper.locator(".pqd-name", has_text="58/2031").click()
    expect(details).to_contain_text("2 trang nhận dạng từ ảnh")
    expect(details.get_by_role("button", name=words.READ_AGAIN_TEXT)).to_be_visible()


@pytest.mark.slow
def test_a_wrongly_read_head_is_corrected_before_the_file_is_accepted(keeper: Page, tmp_path: Path) -> None:
    file = tmp_path / "không số.txt"
    file.write_text(decision().replace("Số: 7/QĐ-UBND", "Số: .../QĐ-UBND"), encoding="utf-8")
    hand_in(keeper, file)
    ready = keeper.locator(".pqd-card.pqd-ready")
    expect(ready).to_contain_text(words.NO_NUMBER)
    ready.get_by_role("button", name=words.PREVIEW).click()
    form = keeper.get_by_role("group", name=words.CORRECT)
    form.get_by_label("Số, ký hiệu").fill("<b>71</b>")
    form.get_by_role("button", name=words.SAVE_CORRECTION).click()
    told = keeper.locator("#pqd-note [role=alert]")
    expect(told).to_contain_text("Số, ký hiệu có dấu < hoặc >")
    expect(told).to_be_in_viewport()
    expect(form.get_by_label("Số, ký hiệu")).to_have_value("<b>71</b>")
    form.get_by_label("Số, ký hiệu").fill("71/QĐ-UBND")
    form.get_by_label("Ngày ban hành").fill("19/6/2031")
    form.get_by_label("Ngày ban hành").press("Enter")
    # The button pressed before may not be pressed again at once.
    expect(form.get_by_role("button", name=words.SAVE_CORRECTION)).to_be_enabled()
    form.get_by_label("Ngày ban hành").press("Enter")
    expect(ready).to_contain_text("Sửa tay: số, ký hiệu, ngày ban hành")
    expect(ready).not_to_contain_text(words.NO_NUMBER)
    expect(form).to_contain_text("Máy đọc: 9/6/2031")
    ready.get_by_role("button", name=words.ACCEPT, exact=True).click()
    wait_for_done(keeper, "Đã đưa vào kho: 71/QĐ-UBND ngày 19/6/2031.")
    assert "71/QĐ-UBND ngày 19 tháng 6 năm 2031" in ask(keeper, "Bến thuyền mở cửa từ mấy giờ theo Quyết định 71?")
    keeper.locator(".pqd-name", has_text="71/QĐ-UBND").click()
    expect(keeper.locator("#pqd-details dl")).to_contain_text("71/QĐ-UBND (sửa tay)")
    keeper.locator("#pqd-details").get_by_role("button", name=words.CORRECT).click()
    expect(form.get_by_label("Số, ký hiệu")).to_have_value("71/QĐ-UBND")
    form.get_by_role("button", name=words.AS_READ).click()
    expect(form.get_by_label("Ngày ban hành")).to_have_value("9/6/2031")
    assert keeper.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
