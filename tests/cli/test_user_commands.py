"""`user` and `office` on the command line: passwords from stdin, what is said, exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from policy_qa.cli.app import app
from policy_qa.office.audit import FILE_NAME
from policy_qa.office.database import Database
from policy_qa.office.history import History
from policy_qa.office.passwords import verified
from policy_qa.office.sessions import TOKEN_MARK, Sessions
from policy_qa.office.users import User, Users

PASSWORD = "hoa-sen-núi-biển"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICY_QA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("POLICY_QA_OFFICIAL", str(tmp_path / "official"))
    return tmp_path / "data"


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=typed)


def test_a_user_from_beginning_to_end(data: Path) -> None:
    added = run("user", "add", "lê.hòa", "--role", "keeper", typed=PASSWORD + "\r\n")
    assert added.exit_code == 0 and "Đã thêm người dùng lê.hòa" in added.stderr and added.stdout == ""
    account = Users(data).known("lê.hòa")
    assert verified(account.password, PASSWORD) and account.user.roles == {"officer", "keeper"}
    assert run("user", "roles", "lê.hòa", "trainer", "evaluator").exit_code == 0
    assert run("user", "disable", "lê.hòa").exit_code == 0
    listed = json.loads(run("user", "list", "--json").stdout)
    assert listed == {"name": "lê.hòa", "roles": ["evaluator", "officer", "trainer"], "disabled": True}
    assert "đã khoá" in run("user", "list").stdout
    assert run("user", "enable", "lê.hòa").exit_code == 0
    made = run("user", "password", "lê.hòa", "--generate")
    assert verified(Users(data).known("lê.hòa").password, made.stdout.strip())
    assert "không cần mật khẩu" in run("user", "remove", "lê.hòa").stderr
    log = (data / FILE_NAME).read_text(encoding="utf-8")
    whats = [json.loads(line)["what"] for line in log.splitlines()]
    assert whats == ["user added", "user changed", "user changed", "user changed", "password changed", "user removed"]
    assert PASSWORD not in log and made.stdout.strip() not in log


@pytest.mark.parametrize(("words", "told", "left"), [((), "cất riêng", 1), (("--delete-data",), "xoá hẳn", 0)])
def test_a_removed_user_is_told_what_becomes_of_the_data(
    data: Path, words: tuple[str, ...], told: str, left: int
) -> None:
    run("user", "add", "lan", "--generate")
    database = Database(data)
    History(database).ask(User("lan", frozenset()), None, "Vườn ươm tưới khi nào?")
    removed = run("user", "remove", "lan", *words)
    assert removed.exit_code == 0 and told in removed.stderr
    assert History(database).conversations(User("lan", frozenset())) == []
    assert len(database.rows("SELECT id FROM conversations")) == left
    database.close()


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("add", "a b"), "", "không dùng được"), (("add", "lan", "--role", "root"), "", "Không có vai trò 'root'"),
        (("add", "lan"), "ngắn\n", "Mật khẩu chưa đạt"), (("add", "lan"), "", "Mật khẩu chưa đạt"),
        (("remove", "lan"), "", "Không có người dùng lan"), (("password", "lan"), PASSWORD, "Không có người dùng lan"),
        (("token", "lan"), "", "Không có người dùng lan"), (("roles", "lan", "keeper"), "", "Không có người dùng lan"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    data: Path, words: tuple[str, ...], typed: str, told: str
) -> None:
    result = run("user", *words, typed=typed)
    assert result.exit_code == 1 and told in result.stderr and result.stderr.count("\n") == 1
    assert not (data / "users.toml").exists()


def test_a_second_user_of_a_name_is_told_before_a_password_is_asked(data: Path) -> None:
    assert run("user", "add", "lan", "--generate").exit_code == 0
    again = run("user", "add", "LAN")
    assert again.exit_code == 1 and "policy-qa user password LAN" in again.stderr


def test_a_token_is_printed_once_and_can_be_revoked(data: Path) -> None:
    run("user", "add", "lan", "--generate")
    made = run("user", "token", "lan", "--purpose", "bảng điều hành")
    token = made.stdout.strip()
    assert token.startswith(TOKEN_MARK)
    database, users = Database(data), Users(data)
    sessions = Sessions(database, users, 1, 1)
    assert sessions.token_user(token) == users.known("lan").user
    assert "1 mã" in run("user", "token", "lan", "--revoke").stderr
    assert sessions.token_user(token) is None
    database.close()


def test_what_was_saved_comes_back(data: Path, tmp_path: Path) -> None:
    run("user", "add", "lan", "--generate")
    saved = run("office", "backup", str(tmp_path / "sao lưu"))
    assert saved.exit_code == 0
    run("user", "remove", "lan")
    restored = run("office", "restore", saved.stdout.strip())
    assert restored.exit_code == 0 and "được giữ ở" in restored.stderr
    assert Users(data).find("lan")
    missing = run("office", "restore", str(tmp_path / "không có"))
    assert missing.exit_code == 1 and "không dùng được" in missing.stderr
