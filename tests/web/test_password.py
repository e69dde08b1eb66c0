"""A user's own password, changed over HTTP: who may, what is asked, what ends with the old one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient
from offices import services
from visits import PAGE, PASSWORD, audited, log_in, refusals, ticket_of

from policy_qa.answering.chain import Assistant
from policy_qa.office.attempts import BY_NAME
from policy_qa.office.passwords import verified
from policy_qa.web import texts
from policy_qa.web.access import words
from policy_qa.web.access.page import account_line
from policy_qa.web.access.password import MOST_PER_MINUTE
from policy_qa.web.app import build
from policy_qa.web.services import Services

NEW = "mây trắng gốm nâu"
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Services:
    return services(tmp_path_factory.mktemp("office"), index_dir, Assistant.open(index_dir))


@pytest.fixture(scope="module")
def app(office: Services) -> Iterator[TestClient]:
    office.access.users.add("ai.đó", [], PASSWORD)
    with TestClient(build(office)) as running:
        yield running


@pytest.fixture
def lan(office: Services) -> str:
    """A user of this test alone: forms are counted by name. Nobody has failed at anything before."""
    with office.database.transaction() as connection:
        connection.execute("DELETE FROM attempts")
    return office.access.users.add(f"lan{next(NUMBERS)}", ["trainer"], PASSWORD).name


@pytest.fixture
def browser(app: TestClient, lan: str) -> TestClient:
    """A browser in which the user is logged in."""
    app.cookies.clear()
    log_in(app, lan)
    return app


def change(
    browser: TestClient, old: str = PASSWORD, new: str = NEW, again: str | None = None, **headers: str
) -> httpx.Response:
    """Fills in the form and sends it."""
    ticket = ticket_of(browser.get("/password", headers=PAGE).text)
    sent = {"ticket": ticket, "old": old, "new": new, "again": new if again is None else again}
    return browser.post("/password", data=sent, headers=headers)


def right(office: Services, lan: str, password: str) -> bool:
    return verified(office.access.users.known(lan).password, password)


def test_a_new_password_ends_all_other_sessions_but_not_this_one(
    browser: TestClient, office: Services, lan: str
) -> None:
    elsewhere = TestClient(browser.app)
    log_in(elsewhere, lan)
    token = {"authorization": f"Bearer {office.access.sessions.make_token(office.access.users.known(lan), 'x')}"}
    program = TestClient(browser.app, headers=token)
    assert program.get("/config").status_code == elsewhere.get("/config").status_code == 200
    old = browser.cookies["policy_qa_session"]
    page = browser.get("/password", headers=PAGE)
    assert page.headers["cache-control"] == "no-store" and "script" not in page.text
    done = change(browser)
    assert done.status_code == 200 and words.PASSWORD_CHANGED in done.text
    assert browser.cookies["policy_qa_session"] != old and browser.get("/config").json()["username"] == lan
    assert elsewhere.get("/config").status_code == program.get("/config").status_code == 401
    assert right(office, lan, NEW) and not right(office, lan, PASSWORD)
    last = [record for record in audited(office) if record["what"] == "password changed"][-1]
    assert (last["who"], last["user"]) == (lan, lan) and NEW not in str(audited(office))
    assert texts.LOGIN_WRONG in log_in(TestClient(browser.app), lan).text
    assert log_in(TestClient(browser.app), lan, NEW).status_code == 303


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"old": "sai"}, words.OLD_PASSWORD_WRONG),
        ({"new": NEW, "again": NEW + "x"}, words.PASSWORDS_DIFFER),
        ({"new": "ngắn"}, "Mật khẩu chưa đạt: cần từ 10 ký tự"),
        ({"new": "matkhau2031"}, "Mật khẩu chưa đạt"),
        ({"new": "x" * 201}, "Mật khẩu dài quá 200 ký tự"),
        ({"new": PASSWORD}, words.PASSWORD_SAME),
        ({"new": ""}, "Mật khẩu chưa đạt"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_and_nothing_changes(
    browser: TestClient, office: Services, lan: str, typed: dict[str, str], why: str
) -> None:
    refused = change(browser, **typed)
    assert refused.status_code == 400 and why in refused.text and 'role="alert"' in refused.text
    assert PASSWORD not in refused.text and right(office, lan, PASSWORD)
    assert browser.get("/config").status_code == 200


def test_a_stolen_session_cannot_guess_the_password(
    browser: TestClient, office: Services, lan: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a busy machine the second to wait is over before the next try.
    monkeypatch.setattr(office.access.attempts, "_now", lambda: 2e9)
    for _ in range(BY_NAME.free):
        assert words.OLD_PASSWORD_WRONG in change(browser, old="sai").text
    assert "đợi 1 giây" in change(browser).text and right(office, lan, PASSWORD)
    assert "đợi" in log_in(TestClient(browser.app), lan).text, "here and at the login they are counted together"
    assert "password change, locked for 1 s" in refusals(office)


def test_another_sites_page_and_a_form_that_was_never_shown_change_nothing(
    browser: TestClient, office: Services, lan: str
) -> None:
    assert change(browser, **{"sec-fetch-site": "cross-site"}).status_code == 403
    assert change(browser, origin="https://evil.example").status_code == 403
    sent = {"ticket": "x", "old": PASSWORD, "new": NEW, "again": NEW}
    refused = browser.post("/password", data=sent)
    assert refused.status_code == 403 and words.PASSWORD_EXPIRED in refused.text
    assert refusals(office)[-1] == "password form without its ticket" and right(office, lan, PASSWORD)


def test_the_login_of_a_program_or_of_nobody_changes_no_password(
    browser: TestClient, office: Services, lan: str
) -> None:
    stranger = TestClient(browser.app)
    assert (
        stranger.get("/password", headers=PAGE, follow_redirects=False).headers["location"].startswith("/login?next=")
    )
    assert stranger.post("/password", data={"old": PASSWORD}).status_code == 401
    token = office.access.sessions.make_token(office.access.users.known(lan), "x")
    program = TestClient(browser.app, headers={"authorization": f"Bearer {token}"})
    for method in ("GET", "POST"):
        led = program.request(method, "/password", follow_redirects=False)
        assert (led.status_code, led.headers["location"]) == (303, "/")
    assert right(office, lan, PASSWORD)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"&" * 50, b"old=" + b"x" * 9000])
def test_a_broken_form_is_answered(browser: TestClient, body: bytes) -> None:
    sent = browser.post("/password", content=body, headers={"content-type": "application/x-www-form-urlencoded"})
    assert sent.status_code in (400, 403, 413)


def test_forms_by_the_dozen_wait(browser: TestClient, office: Services, lan: str) -> None:
    said = [change(browser, new="ngắn").status_code for _ in range(MOST_PER_MINUTE + 1)]
    assert said == [400] * MOST_PER_MINUTE + [429] and refusals(office)[-1] == "too many password forms"


def test_an_office_without_users_has_no_password_to_change(tmp_path: Path, index_dir: Path) -> None:
    client = TestClient(build(services(tmp_path, index_dir)))
    for method in ("GET", "POST"):
        assert client.request(method, "/password", follow_redirects=False).headers["location"] == "/"


def test_the_head_of_the_page_leads_there(office: Services, lan: str) -> None:
    line = account_line(office.access.users.known(lan).user)
    assert 'href="/password"' in line and words.CHANGE_PASSWORD in line and texts.LOG_OUT in line
