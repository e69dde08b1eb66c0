"""Takes the pictures of the tabs for the documentation anew: `python tests/browser/pictures.py [chat documents packs evaluation]`.

They show the digests and documents that the tests invent, in an office of a temporary folder. Look at them before they are kept.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "reading"), str(ROOT / "src")]

import inspected  # noqa: E402
import nursery  # noqa: E402
from handed_in import decision  # noqa: E402
from offices import services  # noqa: E402
from printed import Sheet  # noqa: E402
from served import served  # noqa: E402

from policy_qa.retrieval.encoder import load_encoder  # noqa: E402
from policy_qa.retrieval.index import build_index  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Page

IMAGES = ROOT / "docs" / "images"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu"]
PATIENCE = 300_000
COLOURS = 256


def chat(page: Page, home: Path) -> None:
    """Some conversations, the last with its first source open."""
    asked = ("Chỉ thị 44 do ai ban hành?", "Kết luận 57 nêu những quan điểm nào về thông tin đối ngoại?",
             "Mục tiêu chung của Đề án 1079 là gì?", "Hoạt động thông tin đối ngoại theo Nghị định 72/2015 phải theo những nguyên tắc nào?")  # fmt: skip
    for n, question in enumerate(asked):
        if n:
            page.locator("#pq-shelf [data-new]").first.evaluate("button => button.click()")
            page.locator(".pq-example").first.wait_for()
        page.locator("#pq-question textarea").fill(question)
        page.locator("#pq-send").click()
        page.locator(".pq-turn").first.wait_for()
        page.locator(".pq-working").wait_for(state="detached")
    page.locator("#pq-source .pq-badge").first.wait_for()


def documents(page: Page, home: Path) -> None:
    """One document accepted, another looked at."""
    page.get_by_role("tab", name="Kho văn bản", exact=True).click()
    page.locator(".pqd-table").wait_for()
    first = home / "Quyết định bến thuyền.txt"
    first.write_text(decision(), encoding="utf-8")
    second = inspected.drawn(Sheet(), home / "Quyết định đèn biển.pdf")
    for file in (first, second):
        page.locator("#pqd-drop input[type=file]").set_input_files(str(file))
        ready = page.locator(".pqd-card.pqd-ready")
        ready.wait_for()
        if file is first:
            ready.get_by_role("button", name="Nhận vào kho", exact=True).click()
            page.locator(".pqd-jobs li", has_text="Đã đưa vào kho").wait_for()
        else:
            ready.get_by_role("button", name="Xem trước").click()
    page.frame_locator("iframe.pqd-frame").locator("#text").wait_for()


def packs(page: Page, home: Path) -> None:
    """A pack that was answered; the first answer edited and accepted."""
    page.get_by_role("tab", name="Bộ hỏi đáp").click()
    questions = ("Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?", "Vườn ươm cây ngập mặn là gì?",
                 "Kết luận 57 nêu những quan điểm nào về thông tin đối ngoại?", "Mức phạt vượt đèn đỏ là bao nhiêu?")  # fmt: skip
    page.locator("#pqp-text textarea").fill("\n".join(questions))
    page.locator("#pqp-make").click()
    page.get_by_text(f"Đã tạo bộ mới có {len(questions)} câu hỏi.").wait_for()
    page.get_by_text("Thông tin in trên tài liệu").click()
    title = page.locator("#pqp-title").locator("input, textarea")
    title.fill("Về vườn ươm cây ngập mặn và thông tin đối ngoại")
    page.locator("#pqp-office").locator("input, textarea").fill("Sở Nông nghiệp và Môi trường")
    title.click()
    page.locator("#pqp-run").click()
    page.get_by_text("Đã trả lời xong.").wait_for()
    first = page.locator(".pqp-item").first
    first.get_by_role("button", name="Sửa").click()
    words = first.locator("[name=words]")
    words.fill(re.sub(r"\bmỗi năm\b", "hằng năm", words.input_value()))
    first.get_by_role("button", name="Lưu").click()
    page.get_by_text("Đã sửa lời").first.wait_for()
    page.locator(".pqp-item").first.get_by_role("button", name="Duyệt", exact=True).click()
    page.locator(".pqp-accepted").first.wait_for()
    page.locator("#pqp-chosen input").evaluate("input => input.blur()")


def evaluation(page: Page, home: Path) -> None:
    """The shipped set run over the digests, and its report."""
    page.get_by_role("tab", name="Đánh giá").click()
    page.get_by_role("button", name="Chạy", exact=True).click()
    page.frame_locator("#pqr-report iframe").locator("h1").wait_for()


PICTURES: dict[str, tuple[Callable[[Page, Path], None], int]] = {
    "chat": (chat, 768), "documents": (documents, 768), "packs": (packs, 900), "evaluation": (evaluation, 900),
}  # fmt: skip
"""What is done before each, and how high it is in pixels."""


def take(names: list[str]) -> None:
    """Takes the pictures of these names, each in an office of its own."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    browser_program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program, args=ARGUMENTS)
        for name in names:
            act, height = PICTURES[name]
            with tempfile.TemporaryDirectory() as folder:
                home = Path(folder)
                own = home / "official"
                own.mkdir()
                if name == "packs":
                    (own / "quyet-dinh-345.txt").write_text(nursery.OFFICIAL, encoding="utf-8")
                sources = [own] if name == "packs" else []
                build_index(sources, home / "index", load_encoder(), corpus=ROOT / "corpus")
                with served(services(home, home / "index")) as address:
                    page = browser.new_page(viewport={"width": 1366, "height": height}, locale="vi-VN")
                    page.set_default_timeout(PATIENCE)
                    page.goto(address)
                    page.locator(".pq-log > *").first.wait_for()
                    act(page, home)
                    page.wait_for_timeout(1500)
                    # The tabs lead to what they have just made.
                    page.evaluate("window.scrollTo({ top: 0, behavior: 'instant' })")
                    page.wait_for_timeout(300)
                    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)
                    page.close()
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1:] or list(PICTURES))
