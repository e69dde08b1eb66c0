"""What the tab answers to its events: who may, what changes, and that every error is a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gradio as gr
import pytest
from handed_in import built_here, decision, examined_here, hand_in, wait
from offices import services
from starlette.requests import Request

from policy_qa.office.users import LOCAL, User
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.index import build_index
from policy_qa.web.documents import words
from policy_qa.web.documents.page import DocumentsTab
from policy_qa.web.services import Services
from policy_qa.web.visitor import SCOPE_KEY, Presence

KEY = "7/QĐ-UBND@2031-06-09"
OFFICER = User("nam", frozenset())
VIEW = ("", "all", "date", 0, "")


def laid_out(home: Path, encoder: Encoder) -> tuple[DocumentsTab, Services]:
    """The tab of an office with one decision."""
    own = home / "official"
    own.mkdir()
    (own / "7.txt").write_text(decision(), encoding="utf-8")
    build_index([own], home / "index", encoder)
    office = services(home, home / "index")
    with gr.Blocks():
        made = DocumentsTab(office)
    made._kept.holdings._build, made._kept.holdings._examine = built_here, examined_here
    return made, office


@pytest.fixture
def tab(tmp_path: Path, encoder: Encoder) -> DocumentsTab:
    return laid_out(tmp_path, encoder)[0]


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> tuple[DocumentsTab, Services]:
    """An office in which nothing is to change."""
    return laid_out(tmp_path_factory.mktemp("quiet"), encoder)


def request(user: User = LOCAL) -> gr.Request:
    scope = {"type": "http", "headers": [], SCOPE_KEY: Presence(user, "10.0.0.7")}
    return gr.Request(Request(scope))


def event(**said: str) -> gr.EventData:
    return gr.EventData(None, said)


def do(tab: DocumentsTab, user: User = LOCAL, view: tuple[Any, ...] = VIEW, **said: str) -> tuple[Any, ...]:
    return tab._do(*view, event(**said), request(user))


def refused(office: Services) -> list[str]:
    log = office.folders.data / "audit.log"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    return [entry["who"] for entry in map(json.loads, lines) if entry["what"] == "refused"]


def test_a_keeper_finds_the_documents_and_anyone_else_a_sentence(quiet: tuple[DocumentsTab, Services]) -> None:
    tab, office = quiet
    before = refused(office)
    note, waiting, listed, details, *_ = tab.start(request())
    assert note == "" and words.NOTHING_WAITING in waiting and KEY in listed and words.CHOOSE in details
    note, *shown = tab.start(request(OFFICER))
    assert words.FOR_KEEPERS in note and KEY not in str(shown)
    assert refused(office) == before, "to open the page is no trespass"
    assert len(tab.started) == len(tab.start(request())) == len(tab.start(request(OFFICER)))


@pytest.mark.parametrize(
    "what", ["remove", "accept", "cancel", "restore", "again", "recheck", "correct", "open", "turn", "forget"]
)
def test_only_a_keeper_orders_anything(quiet: tuple[DocumentsTab, Services], what: str) -> None:
    tab, office = quiet
    before = refused(office)
    note, waiting, listed, details, *_ = do(tab, OFFICER, do=what, key=KEY, id="0" * 32, token="x", page="0", job="1")
    assert "không có quyền quản lý kho văn bản" in note
    assert KEY not in f"{waiting}{listed}{details}"
    assert refused(office) == [*before, "nam"]
    wait(tab._kept.holdings)
    assert tab._kept.catalogue().get(KEY) and tab._kept.holdings.jobs.shown() == []


def test_a_document_is_opened_and_removed(tab: DocumentsTab) -> None:
    _, _, _, details, _, _, chosen, _ = do(tab, do="open", key=KEY)
    assert chosen == KEY and "tin cậy 99 %" in details
    _, waiting, *_ = do(tab, view=(*VIEW[:4], KEY), do="remove", key=KEY)
    assert "Gỡ 7/QĐ-UBND" in waiting or "Đã gỡ" in waiting
    wait(tab._kept.holdings)
    shown = tab._look(*VIEW[:4], KEY, "000001", request())
    assert "Đã gỡ văn bản 7/QĐ-UBND ngày 9/6/2031 khỏi kho." in shown[1]
    assert words.GONE in shown[3], "what is gone is no longer shown"


def test_a_preview_leaves_the_panel_when_it_is_decided(tab: DocumentsTab) -> None:
    upload = hand_in(tab._kept.holdings, "8.txt", decision(8))
    _, _, _, details, _, _, chosen, _ = do(tab, do="preview", id=upload.id)
    assert "iframe" in details
    note, _, _, details, *_ = do(tab, view=(*VIEW[:4], chosen), do="accept", ids=upload.id)
    assert note == "" and words.CHOOSE in details
    wait(tab._kept.holdings)
    assert tab._kept.catalogue().get("8/QĐ-UBND@2031-06-09")


@pytest.mark.parametrize(
    "said",
    [{}, {"do": "x"}, {"do": "accept", "ids": "a b c"}, {"do": "cancel"}, {"do": "turn", "page": "9" * 99}, {"do": "forget", "job": "²"},
     {"do": "remove", "key": "x' OR 1=1"}, {"do": "restore", "token": "../x"}, {"do": "open", "key": "upload:../.."}, {"do": "again", "key": KEY},
     {"do": "correct", "id": "0" * 32, "number": "<b>"}, {"do": "recheck", "key": "x"}],
)  # fmt: skip
def test_nonsense_changes_nothing(quiet: tuple[DocumentsTab, Services], said: dict[str, str]) -> None:
    tab, _ = quiet
    note, *_ = do(tab, **said)
    assert "<script" not in note and "lỗi chưa lường trước" not in note
    wait(tab._kept.holdings)
    assert tab._kept.catalogue().get(KEY) and tab._kept.holdings.jobs.shown() == []


def test_an_error_that_nobody_foresaw_is_a_sentence(
    quiet: tuple[DocumentsTab, Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, _ = quiet

    def broken(*_: object) -> str:
        raise ZeroDivisionError

    monkeypatch.setattr(tab._kept, "waiting", broken)
    note, *_ = tab.start(request())
    assert "lỗi chưa lường trước (ZeroDivisionError)" in note


def logged(office: Services, what: str) -> list[dict[str, Any]]:
    lines = (office.folders.data / "audit.log").read_text(encoding="utf-8").splitlines()
    return [entry for entry in map(json.loads, lines) if entry["what"] == what]


def test_a_wrongly_read_head_is_corrected_in_the_preview_and_cited_as_corrected(
    tmp_path: Path, encoder: Encoder
) -> None:
    tab, office = laid_out(tmp_path, encoder)
    text = decision(8, words="Đò ngang chạy từ 4 giờ 45 sáng.").replace("Số: 8/QĐ-UBND", "Số: .../QĐ-UBND")
    upload = hand_in(tab._kept.holdings, "8.txt", text)
    _, _, _, details, _, _, chosen, _ = do(tab, do="preview", id=upload.id)
    assert '<details class="pqd-section pqd-correct" open' in details, "a number that was not found asks for it"
    typed = {"number": "81/QĐ-UBND", "date": "10/6/2031", "issuer": "UBND tỉnh An Hải", "title": "về đò ngang"}
    view = (*VIEW[:4], chosen)
    note, waiting, _, details, *_ = do(tab, view=view, do="correct", id=upload.id, **typed)
    assert note == "" and "Sửa tay: số, ký hiệu, ngày ban hành, cơ quan ban hành, trích yếu" in waiting
    assert 'value="81/QĐ-UBND"' in details and "Máy đọc: 9/6/2031" in details and words.NO_NUMBER not in waiting
    (entry,) = logged(office, "corrected")
    assert entry["document"] == "81/QĐ-UBND@2031-06-10" and entry["changed"][0] == "number: – → 81/QĐ-UBND"
    do(tab, view=view, do="accept", ids=upload.id)
    wait(tab._kept.holdings)
    key = "81/QĐ-UBND@2031-06-10"
    shown = tab._kept.details(key)
    assert shown.count(words.BY_HAND) == 4 and "về đò ngang" in shown
    assert [e.record.key for e in tab._kept.catalogue().select("81/qđ do ngang")] == [key]
    with office.desk.assistant() as assistant:
        answer = assistant.ask("Theo Quyết định 81/QĐ-UBND, đò ngang chạy từ mấy giờ?")
    assert answer.citations and {c.document.number for c in answer.citations} == {"81/QĐ-UBND"}
    assert "81/QĐ-UBND ngày 10 tháng 6 năm 2031 của UBND tỉnh An Hải về đò ngang" in answer.citations[0].formatted
    note, waiting, _, details, _, _, chosen, _ = do(tab, do="recheck", key=key)
    assert note == "" and words.READING in details
    wait(tab._kept.holdings)
    again = next(iter(tab._kept.holdings.uploads.all()))
    assert (again.key, again.origin is not None) == (key, True)
    _, _, _, details, _, _, chosen, _ = tab._look(*VIEW[:4], chosen, "", request())
    assert 'value="81/QĐ-UBND"' in details and chosen == f"upload:{again.id}", "shown as soon as it is read"
    do(tab, view=(*VIEW[:4], chosen), do="cancel", id=again.id)
    assert tab._look(*VIEW[:4], chosen, "", request())[3] != "" and tab._kept.arrived(f"reading:{again.id}") == ""


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"number": "<script>hit()</script>"}, "Số, ký hiệu có dấu &lt; hoặc &gt;"),
        ({"title": "về\u0000bến"}, "Trích yếu có ký tự không nhìn thấy được"),
        ({"issuer": "a" * 201}, "Cơ quan ban hành dài quá 200 ký tự"),
        ({"date": "30/2/2031"}, "Ngày ban hành “30/2/2031” không phải một ngày có thật"),
    ],
)
def test_a_correction_that_cannot_be_is_one_sentence_and_the_form_stays(
    quiet: tuple[DocumentsTab, Services], typed: dict[str, str], why: str
) -> None:
    tab, _ = quiet
    waiting = tab._kept.holdings.uploads.all(("ready",))
    upload = waiting[0] if waiting else hand_in(tab._kept.holdings, "9.txt", decision(9))
    note, _, _, details, *_ = do(tab, view=(*VIEW[:4], f"upload:{upload.id}"), do="correct", id=upload.id, **typed)
    assert why in note and note.count("<p") == 1 and "<script" not in note
    assert isinstance(details, dict), "what was typed stays where it is"
    kept = tab._kept.holdings.uploads.get(upload.id)
    assert kept is not None and kept.correction is None


def test_no_form_for_what_will_not_be_accepted(quiet: tuple[DocumentsTab, Services]) -> None:
    tab, _ = quiet
    twin = hand_in(tab._kept.holdings, "7 lần nữa.txt", decision())
    shown = tab._kept.details(f"upload:{twin.id}")
    assert "iframe" in shown and "data-field" not in shown
    tab._kept.holdings.uploads.cancel(twin.id)
