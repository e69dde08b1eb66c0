"""The chat's own routes over a drawn PDF: panel, tree, pages with the quote marked in place, files, Word files."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import docx
import gazettes
import pytest
from answers import answer_of, cite, write_corpus
from fastapi import FastAPI
from fastapi.testclient import TestClient
from offices import services
from PIL import Image
from starlette.types import Receive, Scope, Send

from policy_qa.document import DIGEST_MARK
from policy_qa.office.history import History
from policy_qa.office.users import User
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.index import Index, build_index
from policy_qa.web.chat import wording
from policy_qa.web.chat.routes import disposition, routes
from policy_qa.web.services import Services
from policy_qa.web.visitor import SCOPE_KEY, Presence

AN, BINH = User("an", frozenset()), User("bình", frozenset())


class As:
    """The gate's part: tells the routes who asks."""

    def __init__(self, app: FastAPI) -> None:
        self.app, self.user = app, AN

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[SCOPE_KEY] = Presence(self.user)
        await self.app(scope, receive, send)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("gazette")
    write_corpus(folder / "texts")
    gazettes.draw(folder / "texts" / "trồng “hoa”.pdf")
    (folder / "texts" / "trang.html").write_text(PAGE, encoding="utf-8")
    build_index([folder / "texts"], folder / "index", encoder)
    return folder


PAGE = """<html><body><div id="toanvancontent"><p>BỘ CÂY XANH</p><p>Số: 77/2031/TT-BCX</p>
<p>Hà Nội, ngày 2 tháng 3 năm 2031</p><p>THÔNG TƯ</p><p>Về tỉa cành</p><p>Điều 1. Tỉa cành</p>
<p>Cành khô được tỉa vào mùa đông theo Nghị định số 31/2031/NĐ-CP.</p>
<p>Điều 2. Thu dọn</p><p>Cành đã tỉa được thu dọn trong ngày và chở đến nơi ủ phân của công viên gần nhất.</p>
</div><script>alert(1)</script></body></html>"""


@pytest.fixture(scope="module")
def office(home: Path) -> Iterator[Services]:
    made = services(home, home / "index")
    yield made
    made.database.close()


@pytest.fixture
def index(office: Services) -> Iterator[Index]:
    with office.desk.assistant() as assistant:
        yield assistant.index


@pytest.fixture(scope="module")
def app(office: Services) -> As:
    made = FastAPI()
    made.include_router(routes(office))
    return As(made)


@pytest.fixture
def client(app: As) -> TestClient:
    app.user = AN
    return TestClient(app)


def kept(office: Services, index: Index, *cited: tuple[str, str, str], user: User = AN) -> tuple[int, int]:
    """Keeps an answer with these citations (number, address, words); the ids of its turn and conversation."""
    history = History(office.database)
    turn = history.ask(user, None, "Tưới hoa mấy lần?")
    answer = answer_of(*(cite(index, *place, str(at)) for at, place in enumerate(cited, 1)))
    assert history.answer(user, replace(turn, answer=answer, done=True))
    return turn.id, turn.conversation


def links(html: str, attribute: str = "data-go") -> list[str]:
    return [found.replace("&amp;", "&") for found in re.findall(f'{attribute}="([^"]*)"', html)]


def of(record_key: str, index: Index, **further: Any) -> dict[str, Any]:
    record = index.document(record_key)
    assert record
    return {"document": record.key, "sha256": record.sha256, **further}


def test_the_quote_is_marked_where_it_is_printed_on_its_page(
    client: TestClient, office: Services, index: Index
) -> None:
    turn, _ = kept(office, index, ("31/2031", "điều=3;khoản=2", gazettes.WATERING))
    panel = client.get(f"/sources/cited/{turn}/0").text
    assert "<mark>Người trồng hoa tưới hoa" in panel and "trang 3" in panel
    (page,) = [url for url in links(panel, "data-fetch") if url.startswith("sources/page")]
    assert "#page=3" in panel
    shown = client.get(f"/{page}").text
    assert "Trang 3 / 3" in shown
    (left, top, width, height) = map(float, re.findall(r"(?:left|top|width|height):([\d.]+)%", shown))
    number, baseline = gazettes.baseline(gazettes.WATERING)
    assert number == 3
    assert 100 * gazettes.LEFT / gazettes.WIDTH < left < 100 * (gazettes.LEFT + 20) / gazettes.WIDTH, "after “2. ”"
    above = 100 * (gazettes.HEIGHT - baseline) / gazettes.HEIGHT
    assert top < above < top + height and height < 100 * gazettes.STEP / gazettes.HEIGHT
    assert 40 < width < 100 - left

    picture = client.get("/" + links(shown, "src")[0])
    assert picture.headers["content-type"] == "image/png"
    drawn = Image.open(io.BytesIO(picture.content)).convert("L")
    box = (left, top, left + width, top + height)
    inside = drawn.crop([round(edge * size / 100) for edge, size in zip(box, (*drawn.size, *drawn.size), strict=True)])
    darkest, _ = inside.getextrema()
    assert int(darkest) < 100, "letters are under the mark"
    beside = drawn.crop((inside.width + round(left * drawn.width / 100) + 4, 0, drawn.width, drawn.height // 2))
    assert int(beside.crop((0, inside.height, 40, inside.height * 2)).getextrema()[0]) > 200, "none beside it"


def test_other_pages_say_where_the_quote_is(client: TestClient, index: Index) -> None:
    text = index.text(f"{gazettes.NUMBER}@2031-05-05")
    start = text.index(gazettes.WATERING)
    quote = {"start": start, "end": start + len(gazettes.WATERING)}
    first = client.get("/sources/page", params=of(f"{gazettes.NUMBER}@2031-05-05", index, number=1, **quote)).text
    assert wording.NOT_ON_PAGE in first and "pq-box" not in first
    assert [parse_qs(urlsplit(url).query)["number"] for url in links(first, "data-page")] == [["2"], ["3"]]
    assert "disabled" in first
    for number in (0, 4, -1):
        beyond = client.get("/sources/page", params=of(f"{gazettes.NUMBER}@2031-05-05", index, number=number))
        assert wording.NO_PAGES in beyond.text
        assert (
            client.get("/sources/picture", params=of(f"{gazettes.NUMBER}@2031-05-05", index, number=number)).status_code
            == 404
        )


def test_a_reference_leads_to_the_provision_it_means(client: TestClient, office: Services, index: Index) -> None:
    turn, _ = kept(office, index, ("31/2031", "điều=2;khoản=2", "được cấp dụng cụ"), ("77/2031", "điều=1", "Cành khô"))
    panel = client.get(f"/sources/cited/{turn}/0").text
    (leads, words), *more = re.findall(r'class="pq-ref" data-go="([^"]*)"[^>]*>([^<]*)<', panel)
    assert words == "khoản 1 Điều 3 Nghị định này" and more == []
    there = client.get("/" + leads.replace("&amp;", "&")).text
    assert "Dụng cụ gồm bình tưới" in there and "<mark>" not in there
    other = client.get(f"/sources/cited/{turn}/1").text
    (leads, words), *_ = re.findall(r'class="pq-ref" data-go="([^"]*)"[^>]*>([^<]*)<', other)
    assert words == "Nghị định số 31/2031/NĐ-CP"
    whole = client.get("/" + leads.replace("&amp;", "&")).text
    assert 'id="pq-tab-outline"' in whole and "trồng hoa ở công sở" in whole


def test_the_tree_opens_level_by_level_and_down_to_the_provision(client: TestClient, index: Index) -> None:
    key = f"{gazettes.NUMBER}@2031-05-05"
    closed = client.get("/sources/outline", params=of(key, index)).text
    assert "Điều 3. Chăm sóc hoa" in closed and "Dụng cụ gồm" not in closed
    third = next(p.ordinal for p in index.provisions(key) if str(p.address) == "điều=3")
    below = client.get("/sources/outline", params=of(key, index, below=third)).text
    assert "Dụng cụ gồm" in below and "Điều 4" not in below
    opened = client.get("/sources/outline", params=of(key, index, towards=third + 1)).text
    assert "<details open>" in opened and re.findall(r'aria-current="true">([^<]*)<', opened) == [
        "1. Dụng cụ gồm bình tưới và xẻng nhỏ."
    ]


def test_a_pdf_is_shown_and_anything_else_only_saved(client: TestClient, index: Index, home: Path) -> None:
    pdf = client.get("/sources/file", params=of(f"{gazettes.NUMBER}@2031-05-05", index))
    assert pdf.headers["content-type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    assert unquote(pdf.headers["content-disposition"]) == "inline; filename*=UTF-8''trồng “hoa”.pdf"
    key = next(record.key for record in index.documents() if record.key.startswith("77/2031"))
    page = client.get("/sources/file", params=of(key, index))
    assert page.headers["content-type"] == "application/octet-stream"
    assert page.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize("view", ["file", "picture", "page", "provision", "outline"])
@pytest.mark.parametrize(
    ("document", "sha256"),
    [("../../etc/passwd", "0" * 64), (f"{gazettes.NUMBER}@2031-05-05", "0" * 64), ("", ""), ("x" * 5000, "../")],
)
def test_only_what_is_indexed_is_found_and_never_by_a_path(
    client: TestClient, view: str, document: str, sha256: str
) -> None:
    answer = client.get(f"/sources/{view}", params={"document": document, "sha256": sha256, "number": 1})
    assert answer.status_code == 404 and wording.GONE in answer.text


def test_a_file_that_changed_is_not_handed_out(client: TestClient, index: Index, home: Path) -> None:
    file = home / "texts" / "vuon-uom.txt"
    before = file.read_bytes()
    try:
        file.write_bytes(before + b" ")
        answer = client.get("/sources/file", params=of("12/2031/QH19", index))
        assert answer.status_code == 404 and "đã thay đổi" in answer.text
    finally:
        file.write_bytes(before)


def test_another_users_answers_and_conversations_are_not_found(
    client: TestClient, app: As, office: Services, index: Index
) -> None:
    turn, conversation = kept(office, index, ("12/2031", "điều=1", "chăm"))
    assert client.get(f"/sources/cited/{turn}/0").status_code == 200
    app.user = BINH
    for url in (f"/sources/cited/{turn}/0", f"/conversations/{conversation}.docx", f"/sources/cited/{2**53}/0"):
        answer = client.get(url)
        assert answer.status_code == 404 and "Không tìm thấy hội thoại" in answer.text
    assert client.get(f"/sources/cited/{10**30}/0").status_code == 422


def test_a_conversation_becomes_a_word_file_with_citations_and_marks(
    client: TestClient, office: Services, index: Index
) -> None:
    _, conversation = kept(
        office, index, ("12/2031", "điều=2;khoản=1", "Chủ vườn tưới cây"), ("9/QĐ-VU", "điều=1", "một nghìn cây")
    )
    History(office.database).rename(AN, conversation, 'Tưới: "cây" \x01')
    answer = client.get(f"/conversations/{conversation}.docx")
    assert unquote(answer.headers["content-disposition"]) == "attachment; filename*=UTF-8''Tưới_ _cây_.docx"
    written = docx.Document(io.BytesIO(answer.content))
    lines = [paragraph.text for paragraph in written.paragraphs]
    assert lines[:2] == ['Tưới: "cây"', "1. Tưới hoa mấy lần?"]
    assert "“Chủ vườn tưới cây” [1]" in lines
    assert any(line.startswith("một nghìn cây") and DIGEST_MARK in line for line in lines)
    assert any(line.startswith("[1] ") and "khoản 1 Điều 2 Luật" in line for line in lines)
    assert written.styles["Normal"].font.name == "Times New Roman"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ('a"\r\nSet-Cookie: x=1', "a___Set-Cookie_ x=1"),
        ("../../bí mật.pdf", "_.._bí mật.pdf"),
        ("\ud800", "_"),
        (" ... ", "tep"),
    ],
)
def test_no_name_leaves_its_place_in_the_header(name: str, safe: str) -> None:
    header = disposition(name, inline=False)
    assert header.isascii() and "\r" not in header and '"' not in header
    assert unquote(header) == f"attachment; filename*=UTF-8''{safe}"
