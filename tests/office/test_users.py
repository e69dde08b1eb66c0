"""Accounts: names, roles, the file they lie in, and that it is read again when it changes."""

from __future__ import annotations

import stat
import sys
import unicodedata
from pathlib import Path

import pytest

from policy_qa.office.passwords import verified
from policy_qa.office.users import (
    LOCAL,
    BadUser,
    NotAllowed,
    User,
    Users,
    UsersUnreadable,
    checked_name,
    checked_roles,
    require,
)

PASSWORD = "hoa-sen-núi-biển"


@pytest.fixture
def users(tmp_path: Path) -> Users:
    return Users(tmp_path / "dữ liệu")


def test_an_office_without_a_file_has_no_users(users: Users) -> None:
    assert users.accounts() == {} and users.find("lan") is None


def test_a_user_is_found_in_any_spelling_of_the_name(users: Users) -> None:
    users.add("Lê.Hòa", ["keeper"], PASSWORD)
    for name in ("lê.hòa", "LÊ.HÒA", unicodedata.normalize("NFD", "Lê.Hòa")):
        account = Users(users.path.parent).find(name)
        assert account and account.user == User("Lê.Hòa", frozenset({"officer", "keeper"}))
        assert verified(account.password, PASSWORD) and not verified(account.password, PASSWORD + "!")
    assert PASSWORD not in users.path.read_text(encoding="utf-8")
    with pytest.raises(BadUser, match="Đã có người dùng"):
        users.add(unicodedata.normalize("NFD", "LÊ.hòa"), [], PASSWORD)


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "a/b", "../x", ".lan", "-lan", "_lan", "lan\n", "lan\u202e", 'a"b', "a\\b", "а" + "dmin", "ａdmin\x00", "x" * 41, "李"],
)  # fmt: skip
def test_what_is_no_name_is_refused_in_one_sentence(name: str) -> None:
    if name == "lan\n":
        assert checked_name(name) == "lan"
        return
    with pytest.raises(BadUser) as error:
        checked_name(name)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["lan", "Nguyễn.Thị-Đào_2", "7", unicodedata.normalize("NFD", "Huệ")])
def test_names_are_kept_in_nfc(name: str) -> None:
    assert checked_name(name) == unicodedata.normalize("NFC", name)


def test_roles_can_be_changed_and_unknown_ones_are_named(users: Users) -> None:
    users.add("lan", [], PASSWORD)
    assert users.set_roles("LAN", ["trainer"]).roles == {"officer", "trainer"}
    with pytest.raises(BadUser, match=r"'admin'.*keeper"):
        checked_roles(["officer", "admin"])


def test_a_disabled_account_keeps_everything_and_a_new_password_has_another_stamp(users: Users) -> None:
    users.add("lan", ["keeper"], PASSWORD)
    before = users.known("lan")
    users.set_disabled("lan", True)
    assert users.known("lan").disabled and users.known("lan").stamp == before.stamp
    users.set_disabled("lan", False)
    users.set_password("lan", PASSWORD)
    assert users.known("lan").stamp != before.stamp


def test_removing_takes_one_away_and_an_unknown_one_is_told(users: Users) -> None:
    users.add("lan", [], PASSWORD)
    users.add("huệ", [], PASSWORD)
    users.remove("Lan")
    assert list(users.accounts()) == ["huệ"]
    with pytest.raises(BadUser, match="policy-qa user list"):
        users.remove("lan")


def test_a_change_by_another_process_counts_at_once(users: Users) -> None:
    users.add("lan", [], PASSWORD)
    assert len(users.accounts()) == 1
    Users(users.path.parent).add("huệ", [], PASSWORD)
    assert len(users.accounts()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_nobody_else_may_read_the_file(users: Users) -> None:
    users.add("lan", [], PASSWORD)
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    assert [file.name for file in users.path.parent.iterdir()] == ["users.toml"]


@pytest.mark.parametrize(
    "text",
    [
        "user = 1", "[[user]]\nname = 1", "[[user", "\x00", '[[user]]\nname = "a b"\nroles = []\npassword = "x"\n',
        '[[user]]\nname = "a"\nroles = ["root"]\npassword = "x"\n', '[[user]]\nname = "a"\nroles = []\npassword = "x\\"\\n"\n',
        2 * '[[user]]\nname = "a"\nroles = []\npassword = "x"\n',
    ],
)  # fmt: skip
def test_a_damaged_file_lets_nobody_in(users: Users, text: str) -> None:
    users.path.parent.mkdir()
    users.path.write_text(text, encoding="utf-8")
    with pytest.raises(UsersUnreadable, match="không ai đăng nhập được"):
        users.find("a")


def test_a_failed_write_leaves_the_file_as_it_was(users: Users) -> None:
    users.path.parent.parent.joinpath("dữ liệu").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(UsersUnreadable):
        users.add("lan", [], PASSWORD)


def test_asking_is_open_to_all_and_the_rest_to_who_has_the_role() -> None:
    officer = User("lan", frozenset({"officer"}))
    require(officer, "officer")
    require(LOCAL, "keeper")
    with pytest.raises(NotAllowed, match="lan không có quyền quản lý kho văn bản"):
        require(officer, "keeper")
