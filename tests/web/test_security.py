"""The table of threats in docs/security.md, row by row, over HTTP: each is refused, and each is in the audit log."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from offices import RULES, services
from starlette.routing import BaseRoute, Mount
from starlette.websockets import WebSocketDisconnect
from visits import PAGE, PASSWORD, audited, call, forget, log_in, refusals

from policy_qa.answering.chain import Assistant
from policy_qa.office.history import History
from policy_qa.office.packs import _GONE as GONE
from policy_qa.office.packs import Packs
from policy_qa.packs.pack import Pack
from policy_qa.web import texts
from policy_qa.web.access.bodies import LARGEST_JSON, UPLOAD
from policy_qa.web.access.gate import PUBLIC
from policy_qa.web.app import build
from policy_qa.web.packs.listing import PREFIX
from policy_qa.web.services import Services

LIMIT = 1_000_000
"""The largest upload of this office, in bytes."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Services:
    made = services(
        tmp_path_factory.mktemp("office"), index_dir, Assistant.open(index_dir), rules=replace(RULES, upload_mb=1, ask_per_minute=5, refusals_logged=10_000)
    )  # fmt: skip
    made.access.users.add("hòa", ["keeper", "trainer"], PASSWORD)
    made.access.users.add("nam", [], PASSWORD)
    made.access.users.add("minh", ["trainer"], PASSWORD)
    return made


@pytest.fixture(scope="module")
def running(office: Services) -> Iterator[TestClient]:
    with TestClient(build(office), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def cookies(running: TestClient) -> dict[str, dict[str, str]]:
    kept = {}
    for name in ("hòa", "nam", "minh"):
        running.cookies.clear()
        assert log_in(running, name).status_code == 303
        kept[name] = dict(running.cookies)
    return kept


@pytest.fixture
def stranger(running: TestClient, office: Services, cookies: dict[str, dict[str, str]]) -> TestClient:
    running.cookies.clear()
    forget(office)
    return running


@pytest.fixture
def keeper(stranger: TestClient, cookies: dict[str, dict[str, str]]) -> TestClient:
    stranger.cookies.update(cookies["hòa"])
    return stranger


@pytest.fixture
def officer(stranger: TestClient, cookies: dict[str, dict[str, str]]) -> TestClient:
    stranger.cookies.update(cookies["nam"])
    return stranger


@pytest.fixture
def trainer(stranger: TestClient, cookies: dict[str, dict[str, str]]) -> TestClient:
    stranger.cookies.update(cookies["minh"])
    return stranger


# Without a session


def every_route(routes: list[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str]]:
    """(method, path) of every route, Gradio's mounted ones included, with something in place of its parameters."""
    for route in routes:
        if included := getattr(route, "original_router", None):
            yield from every_route(included.routes, prefix)
            continue
        path = prefix + getattr(route, "path", "")
        if isinstance(route, Mount):
            yield from every_route(list(route.routes), prefix + route.path)
            yield "GET", f"{path}/"
            continue
        for name in getattr(route, "param_convertors", {}):
            path = path.replace(f"{{{name}:path}}", "1").replace(f"{{{name}}}", "1")
        for method in sorted(getattr(route, "methods", None) or {"GET"}):
            yield method, path


def test_no_route_answers_a_stranger(stranger: TestClient, office: Services) -> None:
    walked = set(every_route(list(stranger.app.routes)))  # type: ignore[attr-defined]
    assert len(walked) > 60 and {p for _, p in walked} >= {
        "/gradio_api/queue/join",
        "/gradio_api/file=1",
        UPLOAD,
        "/config",
        "/",
    }
    for method, path in sorted(walked):
        if path in PUBLIC and (method, path) != ("POST", "/login"):
            continue
        if path.rstrip("/") == "/login":
            continue
        answer = stranger.request(method, path, follow_redirects=False)
        assert answer.status_code == 401, (method, path)
        assert answer.content == b"" or answer.json() == {"detail": texts.LOG_IN_AGAIN}
        assert stranger.request(method, path, headers=PAGE, follow_redirects=False).status_code in (303, 401)
    assert set(refusals(office)) == {"not logged in"}


@pytest.mark.parametrize("path", ["/nothing", "/login/", "/login/../config", "//config", "/LOGIN", "/login%2f..%2fconfig", "/healthz/../config"])  # fmt: skip
def test_no_spelling_of_a_path_opens_a_route(stranger: TestClient, path: str) -> None:
    assert stranger.get(path, follow_redirects=False).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": "policy_qa_session="}, {"Cookie": "policy_qa_session=x; __Host-policy_qa_session=y"},
        {"Authorization": "Bearer"}, {"Authorization": "Bearer pqa_x"}, {"Authorization": "Basic bmFtOng="},
        {"X-Forwarded-For": "127.0.0.1"}, {"X-Gradio-User": "nam"},
    ],
)  # fmt: skip
def test_no_header_makes_a_stranger_known(stranger: TestClient, headers: dict[str, str]) -> None:
    assert stranger.get("/config", headers=headers).status_code == 401


def test_a_websocket_is_closed_to_a_stranger(stranger: TestClient, office: Services) -> None:
    with pytest.raises(WebSocketDisconnect), stranger.websocket_connect("/gradio_api/queue/join"):
        pass
    assert refusals(office) == ["not logged in"]


def test_what_is_open_to_strangers_tells_nothing(stranger: TestClient) -> None:
    assert stranger.get("/healthz").json() == stranger.get("/readyz").json() == {"status": "ok"}
    assert stranger.get("/metrics").status_code == 401
    for page in (stranger.get("/login"), stranger.get("/healthz")):
        assert "gradio" not in str(page.headers).lower() + page.text.lower()


# Another site's page


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": "http://testserver:8080"},
        {"Origin": "http://testserver.evil.example"}, {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/login", "/logout", "/gradio_api/queue/join", UPLOAD, "/gradio_api/call/ask", "/chat/ask", "/chat/delete"])  # fmt: skip
def test_another_sites_page_changes_nothing(
    keeper: TestClient, office: Services, path: str, headers: dict[str, str]
) -> None:
    refused = keeper.post(path, json={"data": ["x", [], []]}, headers=headers, follow_redirects=False)
    assert refused.status_code == 403 and refusals(office) == ["sent by another site's page"]
    assert "access-control-allow-origin" not in refused.headers
    assert keeper.get("/config").status_code == 200, "the session goes on"


def test_another_sites_page_reads_nothing_and_may_link_here(keeper: TestClient, office: Services) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}, {"Origin": "https://evil.example"}):  # fmt: skip
        assert keeper.get("/config", headers=headers).status_code == 403
    preflight = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    assert keeper.options("/gradio_api/queue/join", headers=preflight).status_code == 403
    followed = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", **PAGE}
    assert keeper.get("/", headers=followed).status_code == 200
    assert keeper.get("/", headers={**followed, "Sec-Fetch-Dest": "iframe"}).status_code == 403
    own = keeper.get("/config", headers={"Origin": "http://testserver"})
    assert own.status_code == 200 and "access-control-allow-origin" not in own.headers
    assert set(refusals(office)) == {"sent by another site's page"}


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "testserver.evil.example:7860", "", "[::2]", "[x"]
)
def test_a_name_made_to_lead_to_this_machine_is_refused(keeper: TestClient, office: Services, host: str) -> None:
    assert keeper.get("/config", headers={"Host": host}).status_code == 403
    assert refusals(office) == ["called by another name"]


def test_an_unknown_proxy_before_a_server_without_users_is_refused(
    tmp_path: Path, index_dir: Path, assistant: Assistant
) -> None:
    bare = services(tmp_path, index_dir, assistant)
    client = TestClient(build(bare))
    assert client.get("/config").status_code == 200
    assert client.get("/config", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 403
    assert refusals(bare) == ["a proxy before a server without users"]


# Sessions and passwords


def test_a_session_from_before_the_login_is_worth_nothing(stranger: TestClient, office: Services) -> None:
    planted = office.access.sessions.open(office.access.users.known("nam"))
    stranger.cookies.set("policy_qa_session", planted)
    answer = log_in(stranger, "hòa")
    assert answer.status_code == 303
    assert office.access.sessions.user(planted) is None
    own = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("policy_qa_session="))
    assert planted not in own
    stranger.cookies.clear()
    stranger.cookies.set("policy_qa_session", "chosen-by-the-attacker")
    assert "chosen-by-the-attacker" not in str(log_in(stranger, "hòa").headers.get_list("set-cookie"))


def test_guessing_is_slowed_for_names_known_and_unknown_and_is_logged(stranger: TestClient, office: Services) -> None:
    for name in ("nam", "không-có"):
        answers = [log_in(stranger, name, f"đoán-lần-{n}").text for n in range(7)]
        assert [texts.LOGIN_WRONG in answer for answer in answers] == 5 * [True] + 2 * [False]
    failed = [record for record in audited(office) if record["what"] == "login failed"]
    assert len(failed) == 14 and {r["who"] for r in failed} == {"nam", "không-có"}
    assert "đoán-lần" not in json.dumps(audited(office), ensure_ascii=False), "what was typed is not written down"


# Files and addresses


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd", "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd",
        "C:/Windows/win.ini", "..%5c..%5cwin.ini", "/proc/self/environ", "{data}/users.toml", "{data}/office.sqlite",
        "{data}/audit.log", "{cwd}/pyproject.toml", "/etc/passwd%00.png", "~/.ssh/id_rsa", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("route", ["/gradio_api/file=", "/gradio_api/file/", "/static/", "/assets/", "/svelte/"])
def test_no_path_leads_out_of_what_is_served(keeper: TestClient, office: Services, route: str, path: str) -> None:
    place = path.format(data=office.folders.data, cwd=Path.cwd())
    answer = keeper.get(f"{route}{place}", follow_redirects=False)
    assert answer.status_code in (400, 401, 403, 404), answer.text[:200]
    for secret in ("root:", "argon2", "SQLite", "[project]", "PATH="):
        assert secret not in answer.text
    if route.startswith("/gradio_api/file") and not path.startswith(
        "../../"
    ):  # the client itself takes these dots away
        assert refusals(office), "logged"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/proxy=http://127.0.0.1:22/", "/gradio_api/proxy=https://evil.hf.space/x", "/gradio_api/file=http://169.254.169.254/latest",
        "/gradio_api/file=https://example.org/a.png", "/gradio_api/file=%68ttp://example.org/", "/gradio_api/file= http://example.org/",
        "/gradio_api/file=file:///etc/passwd", "/gradio_api/file=ftp://example.org/x", "/monitoring/summary", "/gradio_api/deep_link?session_hash=x",
    ],
)  # fmt: skip
def test_the_server_fetches_nothing_for_a_visitor(keeper: TestClient, office: Services, path: str) -> None:
    assert keeper.get(path).status_code == 404
    assert refusals(office) == ["a route that is closed"]


@pytest.mark.parametrize("path", ["http://169.254.169.254/latest/meta-data", "HTTPS://example.org/a.pdf", " http://127.0.0.1:22", "file:///etc/passwd"])  # fmt: skip
@pytest.mark.parametrize("route", ["/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/run/predict", "/gradio_api/component_server"])  # fmt: skip
@pytest.mark.parametrize("kind", ["application/json", "text/plain", ""])
def test_no_file_is_taken_from_an_address(
    keeper: TestClient, office: Services, route: str, path: str, kind: str
) -> None:
    file = {"path": path, "meta": {"_type": "gradio.FileData"}}
    body = json.dumps({"data": [[{"deep": file}]], "fn_index": 0, "session_hash": "ssrf"})
    assert keeper.post(route, content=body, headers={"content-type": kind}).status_code == 403
    assert refusals(office) == ["a file at a web address"]


def test_a_drive_of_windows_is_no_address(keeper: TestClient, office: Services) -> None:
    file = {"path": "C:/Users/lan/a.pdf", "meta": {"_type": "gradio.FileData"}}
    answer = keeper.post("/gradio_api/queue/join", json={"data": [file], "fn_index": 99999, "session_hash": "drive"})
    assert answer.status_code not in (403, 404)
    keeper.get("/gradio_api/file=C:/Users/lan/a.pdf")
    assert set(refusals(office)) <= {"status 403"}, "Gradio looks whether the file is one of its own"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_no_encoding_hides_what_a_body_says(keeper: TestClient, office: Services, encoding: str) -> None:
    file = {"path": "http://example.org/a", "meta": {"_type": "gradio.FileData"}}
    body = json.dumps({"data": [file], "fn_index": 0, "session_hash": "ssrf"}).encode(encoding)
    refused = keeper.post("/gradio_api/queue/join", content=body, headers={"content-type": "application/json"})
    assert refused.status_code == 403 and refusals(office) == ["a file at a web address"]


def test_a_question_may_speak_of_an_address(keeper: TestClient, office: Services) -> None:
    status, answer = call(keeper, "ask", "http://vuonuom.example nói gì về path: file:///x?", [], [])
    assert status == 200 and not refusals(office), answer


# Too much


def uploaded(client: TestClient, name: str, content: bytes = b"x", path: str = UPLOAD) -> tuple[int, str]:
    answer = client.post(path, files={"files": (name, content)})
    return answer.status_code, answer.text


def test_an_upload_over_the_limit_is_refused_whatever_its_head_says(keeper: TestClient, office: Services) -> None:
    assert uploaded(keeper, "a.pdf", b"x" * (LIMIT - 10_000))[0] == 200
    assert uploaded(keeper, "a.pdf", b"x" * (LIMIT + 1))[0] == 413
    forget(office)
    assert keeper.post(UPLOAD, content=b"", headers={"content-length": "99999999999"}).status_code == 413
    assert keeper.post(UPLOAD, content=b"", headers={"content-length": "-1"}).status_code == 413
    assert refusals(office) == ["too large", "too large"]

    def endless() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
        for _ in range(100):
            yield b"x" * 100_000

    streamed = keeper.post(UPLOAD, content=endless(), headers={"content-type": "multipart/form-data; boundary=b"})
    assert streamed.status_code == 413
    many = [("files", (f"{n}.pdf", b"x" * 900_000)) for n in range(5)]
    assert keeper.post(UPLOAD, files=many).status_code == 413


def test_what_is_cut_off_leaves_no_file_behind(
    keeper: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(keeper.app.routes[-1].app.uploaded_file_dir)  # type: ignore[attr-defined]
    before = set(folder.rglob("*"))

    def parts() -> Iterator[bytes]:
        for _ in range(4):
            yield (
                b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
                + b"y" * 900_000
                + b"\r\n"
            )

    answer = keeper.post(UPLOAD, content=parts(), headers={"content-type": "multipart/form-data; boundary=b"})
    assert answer.status_code == 413 and set(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[" * 200_000, 400), (b'{"data": [' + b'"x",' * 3_000_000, 413), (b'{"data": ', 400), (b"x" * (LARGEST_JSON + 1), 413)],
    ids=["deep", "long", "broken", "large"],
)  # fmt: skip
def test_a_bomb_of_json_is_refused(keeper: TestClient, office: Services, body: bytes, status: int) -> None:
    refused = keeper.post("/gradio_api/queue/join", content=body, headers={"content-type": "application/json"})
    assert refused.status_code == status and refusals(office)


def test_an_officer_uploads_nothing(officer: TestClient, office: Services) -> None:
    assert uploaded(officer, "a.pdf")[0] == 403
    assert refusals(office) == ["an upload without a role for it"]


@pytest.mark.parametrize("name", ["../../../evil.pdf", "..\\..\\evil.pdf", "/etc/cron.d/evil", "C:\\evil.pdf", "a\x00.pdf", "x" * 300 + ".pdf", "<img src=x onerror=alert(1)>.pdf", "CON", "..", "."])  # fmt: skip
def test_the_name_of_an_upload_leads_nowhere(keeper: TestClient, name: str) -> None:
    folder = Path(keeper.app.routes[-1].app.uploaded_file_dir)  # type: ignore[attr-defined]
    status, text = uploaded(keeper, name)
    if status == 200:
        [place] = json.loads(text)
        assert Path(place).resolve().is_relative_to(folder.resolve()) and not set(Path(place).name) & set('<>"\\/\0')
    else:
        assert status in (400, 500)


def test_asking_too_often_waits(officer: TestClient, office: Services) -> None:
    told = [call(officer, "ask", "Chủ vườn làm gì?", [], []) for _ in range(6)]
    assert [status for status, _ in told] == 5 * [200] + [500]
    assert "5 câu trong một phút" in str(told[-1][1])


# Another user


def test_results_go_to_nobody_elses_session(
    keeper: TestClient, office: Services, cookies: dict[str, dict[str, str]]
) -> None:
    join = {"data": [], "fn_index": 0, "session_hash": "hòa-1"}
    assert keeper.get("/gradio_api/queue/data?session_hash=h%C3%B2a-2").status_code != 403
    assert (
        keeper.post("/gradio_api/cancel", json={"session_hash": "hòa-1", "fn_index": 0, "event_id": "x"}).status_code
        != 403
    )
    keeper.cookies.clear()
    keeper.cookies.update(cookies["nam"])
    forget(office)
    for answer in (
        keeper.post("/gradio_api/queue/join", json=join),
        keeper.post("/gradio_api/cancel", json={"session_hash": "hòa-1", "fn_index": 0, "event_id": "x"}),
        keeper.get("/gradio_api/queue/data?session_hash=h%C3%B2a-2"),
        keeper.get("/gradio_api/heartbeat/h%C3%B2a-1"),
    ):
        assert answer.status_code == 403
    assert set(refusals(office)) == {"another user's session"}


def test_what_another_user_asked_is_not_there(
    keeper: TestClient, office: Services, cookies: dict[str, dict[str, str]]
) -> None:
    history, hòa = History(office.database), office.access.users.known("hòa").user
    turn = history.ask(hòa, None, "chuyện riêng của Hòa")
    conversation = history.conversations(hòa)[0].id
    places = (f"/conversations/{conversation}.docx", f"/sources/cited/{turn.id}/0")
    assert keeper.get(places[0]).status_code == 200
    keeper.cookies.clear()
    keeper.cookies.update(cookies["nam"])
    forget(office)
    for place in places:
        answer = keeper.get(place)
        assert answer.status_code == 404 and "chuyện riêng" not in answer.text
    assert [(r["who"], r["why"], r["route"]) for r in audited(office)] == [
        ("nam", "status 404", f"GET {p}") for p in places
    ]


def test_another_users_pack_is_neither_listed_opened_changed_nor_exported(
    trainer: TestClient, office: Services
) -> None:
    packs = Packs(office.database)
    hòa, minh = (office.access.users.known(name).user for name in ("hòa", "minh"))
    other = packs.make(hòa, Pack.of(["chuyện riêng của Hòa"]))
    own = packs.make(minh, Pack.of(["Ai tưới cây?"]))
    started = event(trainer, "packs_start")
    assert "Ai tưới cây?" in started and "riêng" not in started
    assert trainer.get(f"/{PREFIX}/{own}/json").status_code == 200
    forget(office)
    events = (
        ("packs_open", [other]),
        ("packs_run", [other, 0]),
        ("packs_add", [other, 0, "Thêm câu này?"]),
        ("packs_stop", [other]),
        ("packs_head_0", [other, *[""] * 8, False, []]),
        ("packs_toolbar", [other, 0]),
    )
    for name, data in events:
        told = event(trainer, name, data, {"do": "delete"})
        assert GONE in told and "riêng" not in told, (name, told)
    places = [f"/{PREFIX}/{other}/{form}" for form in ("docx", "phat-tay", "xlsx", "pdf", "json")]
    for place in places:
        answer = trainer.get(place)
        assert answer.status_code == 404 and "riêng" not in answer.text
    refused = [(r["who"], r["why"], r.get("route")) for r in audited(office) if r["what"] == "refused"]
    # Every event told the same sentence, and every export went to the gate.
    assert [entry for entry in refused if entry[2]] == [("minh", "status 404", f"GET {place}") for place in places]
    assert [(who, why) for who, why, route in refused if not route] == [("minh", GONE)] * len(events)
    assert [item.question for item in packs.pack(hòa, other).pack.items] == ["chuyện riêng của Hòa"]


# Roles


def test_what_a_role_is_not_shown_cannot_be_called_either(officer: TestClient, office: Services) -> None:
    walked = [d for d in dependencies(officer) if d["api_name"].startswith(("packs_", "documents_", "review_"))]
    assert len(walked) > 40
    for dependency in walked:
        name = dependency["api_name"]
        told = event(officer, name, [None] * len(dependency["inputs"]), {"do": "delete", "by": "date"})
        assert "không có quyền" in told or "dành cho" in told, (name, told[:400])


def dependencies(client: TestClient) -> list[dict[str, Any]]:
    """The events of the page."""
    found: list[dict[str, Any]] = client.get("/config").json()["dependencies"]
    return [dependency for dependency in found if dependency["backend_fn"]]


def event(client: TestClient, name: str, data: list[object] | None = None, said: object = None) -> str:
    """What the page is told when it sends an event of that name, whatever became of it; `said` is the event's own data."""
    found = next(d for d in dependencies(client) if d["api_name"] == name)
    body = {"data": data or [], "fn_index": found["id"], "session_hash": secrets.token_hex(6), "event_data": said}
    if not found["queue"]:
        return client.post("/gradio_api/run/predict", json=body).text
    assert client.post("/gradio_api/queue/join", json=body).status_code == 200
    lines = client.get("/gradio_api/queue/data", params={"session_hash": body["session_hash"]}).text.splitlines()
    told = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    return json.dumps([message.get("output") for message in told], ensure_ascii=False)


# What is shown


def test_every_answer_forbids_what_lies_elsewhere_and_framing(keeper: TestClient) -> None:
    for path in ("/", "/login", "/healthz", "/config", "/nothing", "/static/none"):
        headers = keeper.get(path).headers
        policies = headers["content-security-policy"]
        assert "default-src 'self'" in policies and "frame-ancestors" in policies and "object-src 'none'" in policies
        assert headers["x-content-type-options"] == "nosniff"


def test_errors_tell_nothing_of_the_inside(keeper: TestClient) -> None:
    for path in ("/gradio_api/queue/join", "/gradio_api/call/ask", "/gradio_api/run/x", "/gradio_api/component_server"):
        for body in (
            {},
            {"data": None},
            {"data": [1], "fn_index": 99999, "session_hash": "s"},
            [],
            {"data": [None, 3, {}]},
        ):
            text = keeper.post(path, json=body).text
            assert "Traceback" not in text and "site-packages" not in text and str(Path.home()) not in text
