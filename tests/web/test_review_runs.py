from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from offices import services

from policy_qa.answer import Answer
from policy_qa.answering.chain import Assistant
from policy_qa.evaluation.questions import BadQuestionSet, as_line
from policy_qa.evaluation.results import RESULTS_NAME, read_results
from policy_qa.office.audit import FILE_NAME
from policy_qa.office.users import LOCAL
from policy_qa.retrieval.index import Index
from policy_qa.retrieval.retriever import Hit
from policy_qa.web.access.gate import Gate
from policy_qa.web.desk import Desk
from policy_qa.web.review.listing import listing, progress, report_frame
from policy_qa.web.review.routes import routes
from policy_qa.web.review.running import Runs, runs_of
from policy_qa.web.review.shelf import NotOnShelf, RunRecord
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

WHO = Presence(LOCAL, "127.0.0.1")
SECONDS = 20


class Slow:
    """An assistant that waits, question by question, until it may answer."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.may_answer = threading.Semaphore(0)

    @property
    def index(self) -> Index:
        return self._assistant.index

    def ask(self, question: str, documents: Sequence[str] = (), history: Sequence[str] = ()) -> Answer:
        assert self.may_answer.acquire(timeout=SECONDS)
        return self._assistant.ask(question, documents, history)

    def stream(self, question: str, documents: Sequence[str] = (), history: Sequence[str] = ()) -> Iterator[Answer]:
        yield self.ask(question, documents, history)

    def search(self, question: str, k: int = 10, documents: Sequence[str] = ()) -> list[Hit]:
        return self._assistant.search(question, k, documents)


@pytest.fixture
def office(tmp_path: Path, index_dir: Path, assistant: Assistant) -> Services:
    return services(tmp_path, index_dir, assistant)


@pytest.fixture
def runs(office: Services) -> Runs:
    found = runs_of(office)
    found.shelf.add("nho.jsonl", the_set(office, 3))
    return found


def the_set(office: Services, count: int) -> bytes:
    """A set about a document of the index."""
    from policy_qa.evaluation.drafting import draft
    from policy_qa.evaluation.drafting.indexed import indexed_document

    with office.desk.assistant() as assistant:
        key = assistant.index.documents()[0].key
        questions = draft(indexed_document(assistant.index, key), count)
    assert len(questions) == count
    return "".join(json.dumps(as_line(each), ensure_ascii=False) + "\n" for each in questions).encode()


def wait(runs: Runs) -> None:
    """Until no run is under way."""
    deadline = time.monotonic() + SECONDS
    while runs.far is not None:
        assert time.monotonic() < deadline
        threading.Event().wait(0.01)


def test_a_run_leaves_results_and_a_report(runs: Runs, office: Services, tmp_path: Path) -> None:
    first = runs.start(WHO, "nho.jsonl")
    wait(runs)
    (record,) = runs.all()
    assert (record.id, record.state, record.done, record.total) == (first.id, "done", 3, 3)
    assert record.figures["cited"].count <= 3
    results = read_results(runs.shelf.folder(record.id) / RESULTS_NAME)
    assert results.run.questions == "nho.jsonl"
    assert results.ended is not None
    with pytest.raises(NotOnShelf, match="đã xong"):
        runs.go_on(WHO, first.id)
    runs.start(WHO, "nho.jsonl", first.id)
    wait(runs)
    latest = runs.all()[0] if runs.all()[0].id != first.id else runs.all()[1]
    report = (runs.shelf.folder(latest.id) / "report.html").read_text("utf-8")
    assert "So với lần trước" in report
    logged = (tmp_path / "data" / FILE_NAME).read_text("utf-8")
    assert logged.count('"what": "ran"') == 2


def test_one_run_at_a_time_that_can_be_stopped_and_goes_on(office: Services, runs: Runs, assistant: Assistant) -> None:
    slow = Slow(assistant)
    slowly = Runs(Desk(lambda: slow), runs.shelf, office.audit)
    record = slowly.start(WHO, "nho.jsonl")
    with pytest.raises(NotOnShelf, match=r"Đang chạy bộ “nho\.jsonl”"):
        slowly.start(WHO, "nho.jsonl")
    with pytest.raises(NotOnShelf, match="Đang chạy bộ"):
        slowly.delete(record.id, WHO)
    assert slowly.all() == []
    slowly.stop()
    slow.may_answer.release(1)
    wait(slowly)
    (stopped,) = slowly.all()
    assert (stopped.state, stopped.total) == ("stopped", 3)
    assert len(read_results(runs.shelf.folder(record.id)).results) == 1 - (stopped.done == 0)
    slow.may_answer.release(10)
    slowly.go_on(WHO, record.id)
    wait(slowly)
    (ended,) = slowly.all()
    assert (ended.state, ended.done) == ("done", 3)
    slowly.delete(record.id, WHO)
    assert slowly.all() == []


def test_a_run_that_the_server_took_with_it_counts_as_stopped(runs: Runs) -> None:
    record = runs.shelf.begin(runs.shelf.find("nho.jsonl"), "", 3, 0, None)
    (runs.shelf.folder(record.id) / RESULTS_NAME).write_text('{"run": {}}\n{"result": {}}\n{"resu', "utf-8")
    (found,) = runs.all()
    assert (found.state, found.done) == ("stopped", 1)


def test_an_unforeseen_error_is_told_without_its_trace(office: Services, runs: Runs, assistant: Assistant) -> None:
    record = runs.shelf.begin(runs.shelf.find("nho.jsonl"), "", 3, 0, None)
    (runs.shelf.folder(record.id) / RESULTS_NAME).mkdir()
    runs.go_on(WHO, record.id)
    wait(runs)
    (found,) = runs.all()
    assert found.state == "failed"
    assert found.why
    assert "Traceback" not in found.why


def test_what_cannot_be_run_is_told(runs: Runs, office: Services) -> None:
    with pytest.raises(NotOnShelf, match="Không còn bộ câu hỏi này"):
        runs.start(WHO, "khác.jsonl")
    with pytest.raises(NotOnShelf, match="Không còn lần chạy này"):
        runs.start(WHO, "nho.jsonl", "../..")
    questions = [json.loads(line) for line in the_set(office, 2).decode().splitlines()]
    for question in questions:
        question["versions"] = dict.fromkeys(question["versions"], "0" * 64)
    other = "\n".join(json.dumps(question) for question in questions)
    runs.shelf.add("cu.jsonl", other.encode())
    with pytest.raises(BadQuestionSet, match=r"^cu.jsonl:1: câu hỏi viết cho một phiên bản khác"):
        runs.start(WHO, "cu.jsonl")
    gone = [{**question, "versions": {"1/QĐ-X@2001-01-01": "0" * 64}} for question in questions]
    runs.shelf.add("xa.jsonl", "\n".join(json.dumps(question) for question in gone).encode())
    with pytest.raises(NotOnShelf, match="không có câu nào hỏi được"):
        runs.start(WHO, "xa.jsonl")
    assert runs.all() == []


def test_names_are_only_ever_words() -> None:
    evil = '"><script>window.hit=1</script>'
    record = RunRecord("20310701080500-0123abcd", evil, evil, evil, 3, 1, state="failed", why=evil)
    html = listing([record]) + report_frame(record) + progress(None)
    assert "<script" not in html
    assert "&lt;script&gt;" in html


# --- routes -------------------------------------------------------------------------------------------------------


def gated(office: Services) -> FastAPI:
    """The tab's routes behind the gate, without the page."""
    app = FastAPI()
    app.include_router(routes(office))
    app.add_middleware(Gate, access=office.access, audit=office.audit, seen=office.metrics.responded)
    return app


@pytest.fixture
def client(office: Services) -> TestClient:
    return TestClient(gated(office))


def test_a_set_comes_in_and_a_report_goes_out(client: TestClient, runs: Runs, office: Services) -> None:
    content = the_set(office, 2)
    sent = client.post("/danh-gia/tai-len", params={"name": "C:\\tệp\\Hai câu.jsonl"}, content=content)
    assert (sent.status_code, sent.json()["name"]) == (200, "hai-cau.jsonl")
    record = runs.start(WHO, "hai-cau.jsonl")
    wait(runs)
    shown = client.get(f"/danh-gia/bao-cao/{record.id}")
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert any("sandbox allow-scripts" in value for value in shown.headers.get_list("content-security-policy"))
    assert "content-disposition" not in shown.headers
    saved = client.get(f"/danh-gia/bao-cao/{record.id}?tai=1")
    assert saved.headers["content-disposition"].startswith("attachment; ")
    lines = client.get(f"/danh-gia/ket-qua/{record.id}").text.splitlines()
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.jsonl", b"x" * 5_000_001, "lớn hơn 5 MB"),
        ("a.jsonl", b"{}", "a.jsonl:1: thiếu trường"),
        ("a.html", b"{}", "không phải .jsonl"),
        ("<script>", b"{}", "không phải .jsonl"),
    ],
)
def test_a_bad_set_is_refused_with_a_sentence(client: TestClient, name: str, content: bytes, expected: str) -> None:
    sent = client.post("/danh-gia/tai-len", params={"name": name}, content=content)
    assert sent.status_code == 400
    assert expected in sent.json()["error"]


@pytest.mark.parametrize("run_id", ["20310701080500-0123abcd", "..%2F..%2Foffice.sqlite", "x"])
def test_no_other_file_goes_out(client: TestClient, run_id: str) -> None:
    for route in ("bao-cao", "ket-qua"):
        assert client.get(f"/danh-gia/{route}/{run_id}").status_code == 404


def test_only_evaluators(office: Services, runs: Runs) -> None:
    office.access.users.add("lan", ["officer", "keeper", "trainer"], "một mật khẩu đủ dài")
    office.access.users.add("minh", ["evaluator"], "một mật khẩu đủ dài")
    app = gated(office)
    assert TestClient(app).get("/danh-gia/bao-cao/x").status_code == 401
    for name, status in (("lan", 403), ("minh", 404)):
        client = TestClient(app)
        account = office.access.users.find(name)
        assert account is not None
        client.cookies.set("policy_qa_session", office.access.sessions.open(account))
        assert client.get("/danh-gia/bao-cao/20310701080500-0123abcd").status_code == status
        assert client.post("/danh-gia/tai-len?name=a.jsonl", content=b"{}").status_code == (
            403 if name == "lan" else 400
        )
