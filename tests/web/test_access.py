"""Logging in and out, over HTTP: the form, the cookie, how long a session lasts, who needs none."""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from offices import RULES, folders, services
from visits import PAGE, PASSWORD, audited, call, log_in, refusals, ticket_of

from policy_qa.answering.chain import Assistant
from policy_qa.errors import BadSettings, CannotServe
from policy_qa.office.attempts import BY_NAME
from policy_qa.office.users import LOCAL, User
from policy_qa.web import texts
from policy_qa.web.access.page import account_line, shown
from policy_qa.web.access.routes import local_target
from policy_qa.web.access.rules import Rules, networks
from policy_qa.web.app import build, serve
from policy_qa.web.services import Services


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Services:
    made = services(tmp_path_factory.mktemp("office"), index_dir, Assistant.open(index_dir))
    made.access.users.add("Lê.Hòa", ["keeper"], PASSWORD)
    made.access.users.add("Nam", [], PASSWORD)
    return made


@pytest.fixture(scope="module")
def app(office: Services) -> Iterator[TestClient]:
    with TestClient(build(office)) as running:
        yield running


@pytest.fixture
def client(app: TestClient, office: Services) -> TestClient:
    """A browser without cookies, at an office that remembers no failures."""
    app.cookies.clear()
    with office.database.transaction() as connection:
        connection.execute("DELETE FROM attempts")
    return app


def test_a_visitor_is_led_to_the_form_and_from_there_to_the_page_asked_for(client: TestClient) -> None:
    led = client.get("/?deep=1&x=%C4%91", headers=PAGE, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (303, "/login?next=%2F%3Fdeep%3D1%26x%3D%25C4%2591")
    page = client.get(led.headers["location"], headers=PAGE)
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert 'name="next" value="/?deep=1&amp;x=%C4%91"' in page.text and texts.LOG_IN in page.text
    assert "script" not in page.text and client.get("/login.css").headers["content-type"].startswith("text/css")
    inside = log_in(client, "Lê.Hòa", target="/?deep=1&x=%C4%91")
    assert (inside.status_code, inside.headers["location"]) == (303, "/?deep=1&x=%C4%91")
    assert client.get("/", headers=PAGE).status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient) -> None:
    cookie = next(c for c in log_in(client, "nam").headers.get_list("set-cookie") if c.startswith("policy_qa_session="))
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; ")) and "Secure" not in cookie
    token = client.cookies["policy_qa_session"]
    assert re.fullmatch(r"[\w-]{43}", token)


def test_names_are_found_in_any_spelling_and_the_page_knows_whose_it_is(client: TestClient) -> None:
    log_in(client, unicodedata.normalize("NFD", "LÊ.hòa"))
    assert client.get("/config").json()["username"] == "Lê.Hòa"


@pytest.mark.parametrize(
    ("name", "password"), [("nam", "sai"), ("không-có", PASSWORD), ("", ""), ("nam", "\ud83d"[:0])]
)
def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client: TestClient, name: str, password: str) -> None:
    refused = log_in(client, name, password)
    assert refused.status_code == 401 and texts.LOGIN_WRONG in refused.text
    assert "policy_qa_session" not in client.cookies
    assert f'value="{name}"' in refused.text and (not password or password not in refused.text)


def test_a_disabled_user_gets_that_answer_too(client: TestClient, office: Services) -> None:
    office.access.users.set_disabled("nam", True)
    try:
        assert texts.LOGIN_WRONG in log_in(client, "nam").text
    finally:
        office.access.users.set_disabled("nam", False)


def test_logging_out_ends_the_session_on_the_server(client: TestClient) -> None:
    log_in(client, "nam")
    token = client.cookies["policy_qa_session"]
    out = client.post("/logout", follow_redirects=False)
    assert (out.status_code, out.headers["location"]) == (303, "/login") and "policy_qa_session" not in client.cookies
    client.cookies.set("policy_qa_session", token)
    assert client.get("/config").status_code == 401
    client.cookies.clear()
    assert client.post("/logout", follow_redirects=False).headers["location"] == "/login"


def test_a_session_outlives_the_server_and_ends_with_its_account(
    client: TestClient, office: Services, index_dir: Path
) -> None:
    office.access.users.add("tạm", [], PASSWORD)
    log_in(client, "tạm")
    again = TestClient(build(services(office.folders.data.parent, index_dir)), cookies=dict(client.cookies))
    assert again.get("/config").json()["username"] == "tạm"
    office.access.users.remove("tạm")
    assert client.get("/config").status_code == again.get("/config").status_code == 401


def test_a_form_without_its_ticket_is_refused_and_the_name_stays(client: TestClient, office: Services) -> None:
    ticket = ticket_of(client.get("/login").text)
    client.cookies.clear()
    refused = client.post("/login", data={"ticket": ticket, "name": "nam", "password": PASSWORD})
    assert refused.status_code == 403 and texts.LOGIN_EXPIRED in refused.text and 'value="nam"' in refused.text
    assert refusals(office)[-1] == "login form without its ticket"


@pytest.mark.parametrize("body", [b"\xff\xfe", b"&" * 50, b"name=" + b"x" * 9000, b"", b"name=a&name=b&ticket=%FF"])
def test_a_broken_form_is_answered(client: TestClient, body: bytes) -> None:
    client.get("/login")
    sent = client.post("/login", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert sent.status_code in (400, 403, 413)


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/a\r\nSet-Cookie: x=1", "", "evil", "/ x"],
)  # fmt: skip
def test_the_login_leads_nowhere_else(client: TestClient, target: str) -> None:
    assert local_target(target) == "/"
    assert log_in(client, "nam", target=target).headers["location"] == "/"


def test_after_too_many_failures_even_the_right_password_waits(client: TestClient) -> None:
    for _ in range(BY_NAME.free):
        assert log_in(client, "nam", "sai").status_code == 401
    waiting = log_in(client, "nam")
    assert waiting.status_code == 401 and "đợi 1 giây" in waiting.text
    assert log_in(client, "không-có").status_code == 401


def test_what_the_form_shows_again_is_never_markup(client: TestClient) -> None:
    shown_again = log_in(client, '"><script>alert(1)</script>', "x", target='/"><b>').text
    assert "<script" not in shown_again and "<b>" not in shown_again
    assert client.get("/login", params={"next": '/"><img>'}).text.count("<img>") == 0


def test_a_program_asks_with_a_token(client: TestClient, office: Services) -> None:
    token = office.access.sessions.make_token(office.access.users.known("nam"), "thử")
    status, answer = call(client, "ask", "Chủ vườn làm gì?", [], [], Authorization=f"Bearer {token}")
    assert status == 200 and isinstance(answer, dict) and answer["status"] == "answered"
    assert call(client, "ask", "Chủ vườn làm gì?", [], [], Authorization=f"Bearer {token}x")[0] == 401
    record = next(r for r in reversed(audited(office)) if r["what"] == "asked")
    assert (record["who"], record["question"]) == ("Nam", "Chủ vườn làm gì?")


def test_tabs_are_shown_by_role() -> None:
    officer, trainer = User("a", frozenset({"officer"})), User("b", frozenset({"officer", "trainer"}))
    tabs = ("chat", "documents", "packs", "review", "another")
    assert [shown(officer, tab) for tab in tabs] == [True, False, False, False, False]
    assert [shown(trainer, tab) for tab in tabs] == [True, False, True, False, False]
    assert all(shown(LOCAL, tab) for tab in tabs)
    assert account_line(LOCAL) == "" and 'action="/logout"' in account_line(trainer)


def test_an_office_without_users_needs_no_login_until_it_has_one(tmp_path: Path, index_dir: Path) -> None:
    office = services(tmp_path, index_dir)
    client = TestClient(build(office))
    assert client.get("/login", follow_redirects=False).headers["location"] == "/"
    assert client.get("/", headers=PAGE).status_code == 200
    office.access.users.add("lan", [], PASSWORD)
    assert client.get("/", headers=PAGE, follow_redirects=False).status_code == 303
    office.access.users.path.unlink()
    assert client.get("/config").status_code == 401, "a file that vanishes opens nothing"


def test_a_file_of_users_that_cannot_be_read_lets_nobody_in(tmp_path: Path, index_dir: Path) -> None:
    office = services(tmp_path, index_dir)
    client = TestClient(build(office))
    office.access.users.path.write_text("[[user]", encoding="utf-8")
    shut = client.get("/", headers=PAGE)
    assert shut.status_code == 503 and shut.json() == {"detail": texts.CANNOT_TELL_WHO}
    assert "users.toml" in refusals(office)[-1]


@pytest.mark.parametrize(("host", "proxy"), [("0.0.0.0", ""), ("127.0.0.1", "127.0.0.1")])
def test_without_users_nothing_is_opened_to_others(tmp_path: Path, index_dir: Path, host: str, proxy: str) -> None:
    with pytest.raises(CannotServe, match="policy-qa user add"):
        serve(folders(tmp_path, index_dir), host, 0, rules=Rules(proxies=networks(proxy)))


def test_what_is_no_address_is_no_proxy() -> None:
    with pytest.raises(BadSettings, match="trusted_proxy"):
        networks("nginx")


def test_mcp_is_offered_only_where_it_is_installed(tmp_path: Path, index_dir: Path, assistant: Assistant) -> None:
    if importlib.util.find_spec("mcp"):
        pytest.skip("it is installed here")
    with pytest.raises(CannotServe, match=r"policy-qa\[mcp\]"):
        build(services(tmp_path, index_dir, assistant, rules=replace(RULES, mcp=True)))


def test_behind_a_trusted_proxy_the_address_and_https_are_the_visitors(
    tmp_path: Path, index_dir: Path, assistant: Assistant
) -> None:
    rules = replace(RULES, proxies=networks("127.0.0.1, 10.0.0.0/8"), hosts=frozenset())
    office = services(tmp_path, index_dir, assistant, rules=rules)
    app = build(office)
    client = TestClient(app, base_url="http://hoidap.example", client=("127.0.0.1", 5000))
    forwarded = {"X-Forwarded-For": "1.1.1.1, 203.0.113.7, 10.0.0.2", "X-Forwarded-Proto": "https"}
    assert client.get("/config", headers=forwarded).status_code == 401, "no users, and yet nobody comes in"
    office.access.users.add("lan", [], PASSWORD)
    client.headers.update(forwarded)
    page = client.get("/login", headers=PAGE)
    ticket = page.cookies["policy_qa_form"] if "policy_qa_form" in page.cookies else ticket_of(page.text)
    sent = client.post(
        "/login", data={"ticket": ticket, "name": "lan", "password": PASSWORD},
        headers={"Cookie": f"policy_qa_form={ticket}"}, follow_redirects=False,
    )  # fmt: skip
    cookie = next(c for c in sent.headers.get_list("set-cookie") if c.startswith("__Host-policy_qa_session="))
    assert "Secure" in cookie
    assert audited(office)[-1]["from"] == "203.0.113.7"
    stranger = TestClient(app, base_url="http://hoidap.example", client=("198.51.100.9", 5000))
    stranger.get("/config", headers=forwarded)
    assert audited(office)[-1]["from"] == "198.51.100.9", "anyone can write such a header"
