"""Asking over the routes: as the answer comes in, in the order of the questions, whether or not the page stays."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from offices import services
from served import served
from shown import content
from starlette.types import Message
from visits import PASSWORD, audited, refusals

from policy_qa.answer import Answer
from policy_qa.answering.chain import Assistant
from policy_qa.office.history import History
from policy_qa.office.users import LOCAL
from policy_qa.web import texts
from policy_qa.web.access.bodies import LARGEST_WORDS
from policy_qa.web.access.gate import COOKIE, Gate
from policy_qa.web.app import build
from policy_qa.web.chat import asking, wording
from policy_qa.web.chat.asking import answers_at_once, asking_routes
from policy_qa.web.chat.conversation import Chat
from policy_qa.web.desk import Desk
from policy_qa.web.services import Services

QUESTION, OTHER, THIRD = "Khoản 1 Điều 2 Luật Vườn ươm quy định gì?", "Chủ vườn làm gì?", "Điều 1 quy định gì?"


@pytest.fixture
def office(tmp_path: Path, index_dir: Path, assistant: Assistant) -> Iterator[Services]:
    made = services(tmp_path, index_dir, assistant)
    yield made
    made.database.close()


def bare(office: Services, at_once: int = 2) -> FastAPI:
    """The routes alone, behind the gate: making the whole page costs more than all that is asked of it here."""
    app = FastAPI()
    app.include_router(asking_routes(Chat(office), at_once))
    app.add_middleware(Gate, access=office.access, audit=office.audit, seen=lambda _: None)
    return app


@pytest.fixture
def client(office: Services) -> Iterator[TestClient]:
    with TestClient(bare(office), raise_server_exceptions=False) as started:
        yield started


def steps(answer: httpx.Response) -> list[dict[str, object]]:
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def test_the_whole_app_has_the_routes_and_their_script(office: Services) -> None:
    with TestClient(build(office)) as client:
        assert steps(client.post("/chat/start", json={}))[0]["conversation"] is None
        assert "window.pqChat = " in client.get("/").text


def test_an_answer_comes_as_lines_and_the_conversation_goes_on(client: TestClient) -> None:
    asked = client.post("/chat/ask", json={"question": QUESTION, "documents": [], "conversation": None})
    assert asked.headers["content-type"] == "application/x-ndjson"
    first, *_, last = steps(asked)
    assert first["taken"] and first["busy"] and texts.WORKING in content(str(first["log"]))
    assert not last["busy"] and "[1]" in content(str(last["log"])) and QUESTION in str(first["kept"])
    again, *_ = steps(client.post("/chat/ask", json={"question": OTHER, "conversation": first["conversation"]}))
    assert again["conversation"] == first["conversation"]
    assert again["kept"] is None, "the list is as it was"
    (found,) = steps(client.post("/chat/start", json={}))
    assert found["conversation"] == first["conversation"] and OTHER in content(str(found["log"]))
    (fresh,) = steps(client.post("/chat/open", json={"conversation": None}))
    assert fresh["conversation"] is None and "data-example" in content(str(fresh["log"]))


def test_what_is_done_with_conversations_and_answers(client: TestClient, office: Services) -> None:
    first, *_ = steps(client.post("/chat/ask", json={"question": QUESTION}))
    talk, history = int(str(first["conversation"])), History(office.database)
    (turn,) = history.turns(LOCAL, talk)
    (judged,) = steps(client.post("/chat/judge", json={"turn": turn.id, "verdict": "up", "comment": "rõ"}))
    assert 'data-verdict="up" aria-pressed="true"' in content(str(judged["log"]))
    (renamed,) = steps(client.post("/chat/rename", json={"named": talk, "title": "Tưới <b>", "conversation": talk}))
    assert "Tưới &lt;b&gt;" in str(renamed["kept"])
    (refused,) = steps(client.post("/chat/rename", json={"named": talk, "title": " "}))
    assert 'role="alert"' in str(refused["kept"]) and "Tưới" in str(refused["kept"]), (
        "the list stays beside the sentence"
    )
    assert refused["log"] is None
    (nothing,) = steps(client.post("/chat/find", json={"wanted": "máy bay"}))
    assert wording.NOTHING_FOUND in str(nothing["kept"])
    assert steps(client.post("/chat/stop", json={"conversation": talk}))[0]["log"] is None, "nothing is under way"
    assert [step["taken"] for step in steps(client.post("/chat/again", json={"turn": turn.id}))] == [True, False]
    (deleted,) = steps(client.post("/chat/delete", json={"deleted": talk, "conversation": talk}))
    assert deleted["conversation"] is None and history.conversations(LOCAL) == []
    assert client.post("/chat/open", json={"conversation": talk}).status_code == 404
    assert refusals(office) == ["status 404"], "what is not there is logged, for it may be another's"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("ask", b"[]"), ("ask", b"{"), ("ask", b"[" * 100_000), ("ask", b'{"question": 1}'), ("ask", b'{"question": "x", "conversation": "1"}'),
        ("ask", b'{"question": "x", "conversation": true}'), ("ask", b'{"question": "x", "conversation": 1e9}'),
        ("ask", b'{"question": "x", "conversation": 99999999999999999999}'), ("ask", b'{"question": "x", "documents": [1]}'),
        ("ask", b'{"question": "x", "documents": "y"}'), ("ask", json.dumps({"question": "x", "documents": ["1"] * 201}).encode()),
        ("ask", json.dumps({"question": "x", "documents": ["1" * 201]}).encode()), ("again", b"{}"), ("delete", b'{"deleted": -1}'), ("judge", b'{"turn": null}'),
    ],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_refused(client: TestClient, office: Services, path: str, body: bytes) -> None:
    answer = client.post(f"/chat/{path}", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 400 and answer.json() == {"detail": texts.BAD_REQUEST}
    assert len(refusals(office)) == 1 and History(office.database).conversations(LOCAL) == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_a_form_asks_nothing(client: TestClient, office: Services, kind: str) -> None:
    body = json.dumps({"question": QUESTION}).encode()
    assert client.post("/chat/ask", content=body, headers={"content-type": kind}).status_code == 400
    assert refusals(office) == ["not JSON"]


def test_a_question_as_large_as_a_file_is_refused(client: TestClient) -> None:
    assert client.post("/chat/ask", json={"question": "x" * LARGEST_WORDS}).status_code == 413


@pytest.mark.parametrize("question", ["", "???", "\ud800"])
def test_a_bad_question_gets_its_sentence_and_is_not_taken(client: TestClient, question: str) -> None:
    (step,) = steps(client.post("/chat/ask", content=json.dumps({"question": question}), headers={"content-type": "application/json"}))  # fmt: skip
    assert not step["taken"] and not step["busy"] and 'role="alert"' in content(str(step["log"]))


@pytest.mark.parametrize(
    ("path", "body"), [("rename", {"title": "Tưới \ud800"}), ("judge", {"verdict": "up", "comment": "\ud800"}), ("find", {"wanted": "\ud800"})]
)  # fmt: skip
def test_half_a_character_breaks_nothing(client: TestClient, path: str, body: dict[str, str]) -> None:
    first, *_ = steps(client.post("/chat/ask", json={"question": QUESTION}))
    sent = json.dumps({**body, "named": first["conversation"], "turn": 1})
    (step,) = steps(client.post(f"/chat/{path}", content=sent, headers={"content-type": "application/json"}))
    assert texts.UNFORESEEN[:20] not in str(step)


def test_doing_too_much_besides_asking_waits(office: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "OTHERS_PER_MINUTE", 2)
    office.access.users.add("lan", [], PASSWORD)
    token = office.access.sessions.open(office.access.users.known("lan"))
    with TestClient(bare(office), cookies={COOKIE: token}) as client:
        found = [client.post("/chat/find", json={"wanted": "x"}) for _ in range(3)]
        assert [answer.status_code for answer in found] == [200, 200, 429]
        assert found[-1].json() == {"detail": texts.TOO_OFTEN}
        assert steps(client.post("/chat/ask", json={"question": QUESTION}))[0]["taken"], (
            "a question has a pace of its own"
        )


def test_who_goes_away_while_sending_is_told_nothing(office: Services) -> None:
    sent: list[Message] = []
    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/json"), (b"content-length", b"90")]
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": "/chat/ask", "raw_path": b"/chat/ask", "query_string": b"",
        "scheme": "http", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "headers": headers,
    }  # fmt: skip

    async def gone() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    anyio.run(bare(office), scope, gone, send)
    assert sent == [] and History(office.database).conversations(LOCAL) == []


def test_an_error_that_nobody_foresaw_is_a_sentence(office: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    with TestClient(bare(office)) as client:
        monkeypatch.setattr(History, "ask", broken)
        (step,) = steps(client.post("/chat/ask", json={"question": QUESTION}))
        monkeypatch.setattr(History, "left_open", broken)
        started = client.post("/chat/start", json={})
    assert "ZeroDivisionError" in content(str(step["log"])) and not step["taken"]
    assert started.status_code == 500 and "ZeroDivisionError" in content(started.json()["log"])


# --- an answer that takes its time --------------------------------------------------------------------------------


class Thinking(Assistant):
    """Answers once it is let go, and remembers in which order."""

    let_go = threading.Event()
    order: list[str]

    def stream(self, question: str, documents: Sequence[str] = (), history: Sequence[str] = ()) -> Iterable[Answer]:
        """The parts of the answer."""
        self.order.append(question)
        assert self.let_go.wait(60)
        return super().stream(question, documents, history)


@contextmanager
def thinking(home: Path, index: Path, at_once: int) -> Iterator[tuple[str, Services]]:
    """A server that answers `at_once` questions at a time, each once it is let go."""
    Thinking.let_go.clear()
    Thinking.order = []
    office = services(home, index)
    office = replace(office, desk=Desk(lambda: Thinking.open(index)))
    with served(office, bare(office, at_once)) as address:
        yield address, office
        Thinking.let_go.set()


def begun(address: str, question: str) -> http.client.HTTPResponse:
    """Asks, and has read the first line: the question is kept."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    body = json.dumps({"question": question, "documents": [], "conversation": None}).encode()
    connection.request("POST", "/chat/ask", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    assert json.loads(answer.readline())["taken"]
    return answer


def until(true: Callable[[], bool]) -> None:
    """Waits, a minute at most."""
    deadline, tick = time.monotonic() + 60, threading.Event()
    while not true():
        assert time.monotonic() < deadline
        tick.wait(0.01)


def test_questions_are_kept_at_once_and_answered_in_their_order(tmp_path: Path, index_dir: Path) -> None:
    with thinking(tmp_path, index_dir, at_once=1) as (address, office):
        waiting = [begun(address, question) for question in (QUESTION, OTHER, THIRD)]
        assert len(History(office.database).conversations(LOCAL)) == 3
        until(lambda: Thinking.order == [QUESTION])
        Thinking.let_go.set()
        ends = [json.loads(answer.read().splitlines()[-1]) for answer in waiting]
        assert Thinking.order == [QUESTION, OTHER, THIRD] and not any(end["busy"] for end in ends)


def test_an_answer_is_finished_and_kept_though_the_page_was_left(tmp_path: Path, index_dir: Path) -> None:
    with thinking(tmp_path, index_dir, at_once=1) as (address, office):
        begun(address, QUESTION).close()
        Thinking.let_go.set()
        history = History(office.database)
        (talk,) = history.conversations(LOCAL)
        until(lambda: history.turns(LOCAL, talk.id)[0].done)
        (turn,) = history.turns(LOCAL, talk.id)
        assert turn.answer and turn.answer.status == "answered"
        assert [record["what"] for record in audited(office)] == ["asked"]


def test_when_too_many_wait_a_question_is_given_back(
    tmp_path: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_WAITING", 1)
    with thinking(tmp_path, index_dir, at_once=1) as (address, office):
        begun(address, QUESTION)
        (step,) = steps(httpx.post(f"{address}/chat/ask", json={"question": OTHER}))
        assert not step["taken"] and wording.TOO_MANY_WAIT in content(str(step["log"]))
        assert len(History(office.database).conversations(LOCAL)) == 1


def test_one_users_questions_do_not_fill_the_line(
    tmp_path: Path, index_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "MOST_WAITING_OF_ONE", 1)
    with thinking(tmp_path, index_dir, at_once=1) as (address, office):
        waiting = begun(address, QUESTION)
        (step,) = steps(httpx.post(f"{address}/chat/ask", json={"question": OTHER}))
        assert not step["taken"] and wording.TOO_MANY_OWN.format(count=1) in content(str(step["log"]))
        Thinking.let_go.set()
        waiting.read()
        until(lambda: bool(steps(httpx.post(f"{address}/chat/ask", json={"question": OTHER}))[0]["taken"]))
        assert len(History(office.database).conversations(LOCAL)) == 2


def test_what_is_stopped_while_it_waits_in_line_is_never_computed(tmp_path: Path, index_dir: Path) -> None:
    with thinking(tmp_path, index_dir, at_once=1) as (address, office):
        first, second = begun(address, QUESTION), begun(address, OTHER)
        talk = max(found.id for found in History(office.database).conversations(LOCAL))
        (stopped,) = steps(httpx.post(f"{address}/chat/stop", json={"conversation": talk}))
        assert texts.STOPPED in content(str(stopped["log"]))
        Thinking.let_go.set()
        first.read()
        assert texts.STOPPED in content(json.loads(second.read().splitlines()[-1])["log"])
        assert Thinking.order == [QUESTION]


def test_more_answers_are_made_at_once_by_a_model_which_is_waited_for() -> None:
    assert 1 < answers_at_once(model=False) < answers_at_once(model=True)
