from __future__ import annotations

from pathlib import Path

import pytest

from policy_qa.office.database import Database
from policy_qa.office.sessions import TOKEN_MARK, Sessions
from policy_qa.office.users import Users

PASSWORD = "hoa-sen-núi-biển"


class Clock:
    def __init__(self) -> None:
        self.time = 1_000_000.0

    def __call__(self) -> float:
        return self.time


class Office:
    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, Clock()
        self.users = Users(folder)
        self.users.add("Lan", ["keeper"], PASSWORD)
        self.database = Database(folder)
        self.sessions = self.opened()

    def opened(self) -> Sessions:
        return Sessions(self.database, self.users, 12, 60, self.clock)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_session_is_its_users_until_it_is_closed(office: Office) -> None:
    token = office.sessions.open(office.users.known("lan"))
    user = office.sessions.user(token)
    assert user and user.name == "Lan" and user.may("keeper") and office.sessions.count() == 1
    office.sessions.close(token)
    assert office.sessions.user(token) is None and office.opened().user(token) is None


def test_a_restart_keeps_sessions_and_the_file_holds_no_token(office: Office) -> None:
    token = office.sessions.open(office.users.known("lan"))
    assert office.opened().user(token)
    office.database.close()
    for file in office.folder.iterdir():
        assert token.encode() not in file.read_bytes()


@pytest.mark.parametrize("token", ["", "x", "\ud800", "a" * 43])
def test_what_was_never_given_out_opens_nothing(office: Office, token: str) -> None:
    assert office.sessions.user(token) is None and office.sessions.token_user(TOKEN_MARK + token) is None


def test_a_session_ends_when_idle_and_when_old_and_a_clock_set_back_makes_none_immortal(office: Office) -> None:
    idle = office.sessions.open(office.users.known("lan"))
    office.clock.time += 3599
    assert office.sessions.user(idle)
    office.clock.time += 3601
    assert office.sessions.user(idle) is None and office.opened().user(idle) is None
    busy = office.sessions.open(office.users.known("lan"))
    for _ in range(24):
        office.clock.time += 1790
        assert office.sessions.user(busy)
    office.clock.time += 1790
    assert office.sessions.user(busy) is None
    late = office.sessions.open(office.users.known("lan"))
    office.clock.time -= 100_000
    assert office.sessions.user(late) is None


def test_what_was_used_lately_is_still_fresh_after_a_restart(office: Office) -> None:
    token = office.sessions.open(office.users.known("lan"))
    office.clock.time += 3000
    assert office.sessions.user(token)
    office.clock.time += 3000
    assert office.opened().user(token)


@pytest.mark.parametrize("change", ["password", "removed", "disabled", "another of that name"])
def test_sessions_and_tokens_end_with_the_account(office: Office, change: str) -> None:
    account = office.users.known("lan")
    session, token = office.sessions.open(account), office.sessions.make_token(account, "thử")
    assert office.sessions.user(session) and office.sessions.token_user(token)
    elsewhere = Users(office.folder)
    if change == "password":
        elsewhere.set_password("lan", "núi-biển-hoa-sen")
    elif change == "disabled":
        elsewhere.set_disabled("lan", True)
    else:
        elsewhere.remove("lan")
    if change.startswith("another"):
        elsewhere.add("lan", [], PASSWORD)
    assert office.sessions.user(session) is None and office.sessions.token_user(token) is None


def test_other_roles_count_at_once(office: Office) -> None:
    token = office.sessions.open(office.users.known("lan"))
    office.users.set_roles("lan", [])
    user = office.sessions.user(token)
    assert user and not user.may("keeper")


def test_tokens_can_be_revoked(office: Office) -> None:
    account = office.users.known("lan")
    tokens = [office.sessions.make_token(account, "") for _ in range(2)]
    assert all(token.startswith(TOKEN_MARK) for token in tokens)
    assert office.sessions.revoke_tokens("LAN") == 2
    assert not any(office.sessions.token_user(token) for token in tokens)
    session = office.sessions.open(account)
    assert office.sessions.token_user(session) is None
