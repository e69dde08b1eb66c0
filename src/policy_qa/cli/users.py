"""`user add|list|remove|password|roles|disable|enable|token`: who may log in to the web app."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_qa.cli.console import fail, harmless, say, show_text, write_json
from policy_qa.cli.options import JsonOption

if TYPE_CHECKING:
    from policy_qa.office.audit import Event
    from policy_qa.office.users import Users

NameArgument = Annotated[str, typer.Argument(metavar="TÊN", help="Tên người dùng; chữ hoa, chữ thường như nhau.")]
RoleOption = Annotated[
    list[str] | None,
    typer.Option("--role", metavar="VAI-TRÒ", help="officer, trainer, keeper hoặc evaluator; lặp lại được."),
]
GenerateOption = Annotated[bool, typer.Option("--generate", help="Tạo mật khẩu ngẫu nhiên và in ra một lần.")]


def add(name: NameArgument, role: RoleOption = None, generate: GenerateOption = False) -> None:
    """Thêm người dùng; mật khẩu nhập hai lần, hoặc từ đầu vào chuẩn."""
    from policy_qa.office.users import BadUser, checked_name, checked_roles

    users = _users()
    name, roles = checked_name(name), checked_roles(role or ["officer"])
    if users.find(name):
        raise BadUser(
            f"Đã có người dùng {name}: chọn tên khác, hoặc đổi mật khẩu bằng `policy-qa user password {name}`."
        )
    chosen = _new_password(name, generate=generate)
    user = users.add(name, roles, chosen)
    record("user added", user=user.name, roles=sorted(user.roles))
    say(f"Đã thêm người dùng {user.name} ({', '.join(sorted(user.roles))}).")
    _show_if(chosen, generate=generate)


def list_users(as_json: JsonOption = False) -> None:
    """Liệt kê người dùng và vai trò."""
    accounts = _users().accounts().values()
    if as_json:
        for account in accounts:
            write_json({"name": account.user.name, "roles": sorted(account.user.roles), "disabled": account.disabled})
        return
    if not accounts:
        say("Chưa có người dùng nào. Thêm bằng: policy-qa user add TÊN")
        return
    from rich.table import Table

    from policy_qa.cli.console import rich_console
    from policy_qa.office.users import ROLE_WORDS, ROLES

    table = Table("Tên", "Vai trò", "Trạng thái")
    for account in accounts:
        words = ", ".join(f"{role} ({ROLE_WORDS[role]})" for role in ROLES if role in account.user.roles)
        table.add_row(harmless(account.user.name), words, "đã khoá" if account.disabled else "")
    rich_console().print(table)


def remove(
    name: NameArgument,
    delete: Annotated[
        bool, typer.Option("--delete-data", help="Xoá hẳn hội thoại, bộ hỏi đáp và ý kiến của người đó.")
    ] = False,
) -> None:
    """Gỡ người dùng; các phiên đăng nhập của người đó kết thúc ngay, dữ liệu được cất riêng."""
    from policy_qa.office.database import Database
    from policy_qa.office.departed import delete_left, set_apart

    users = _users()
    users.known(name)
    database = Database(users.path.parent)
    try:
        user = users.remove(name)
        if delete:
            delete_left(database, user)
        else:
            set_apart(database, user)
    finally:
        database.close()
    record("user removed", user=user.name, deleted=delete)
    kept = "đã xoá hẳn" if delete else "được cất riêng, người khác dùng lại tên này không thấy"
    say(f"Đã gỡ người dùng {user.name}; hội thoại, bộ hỏi đáp và ý kiến của người này {kept}.")
    if not users.accounts():
        say("Không còn người dùng nào: lần mở sau, trang chỉ mở cho máy này và không cần mật khẩu.")


def password(name: NameArgument, generate: GenerateOption = False) -> None:
    """Đặt mật khẩu mới; phiên và mã truy cập cũ kết thúc ngay."""
    users = _users()
    user = users.known(name).user
    chosen = _new_password(user.name, generate=generate)
    users.set_password(name, chosen)
    record("password changed", user=user.name)
    say(f"Đã đổi mật khẩu của {user.name}.")
    _show_if(chosen, generate=generate)


def roles(
    name: NameArgument,
    role: Annotated[
        list[str], typer.Argument(metavar="VAI-TRÒ", help="Các vai trò mới: officer, trainer, keeper, evaluator.")
    ],
) -> None:
    """Đặt lại vai trò; có hiệu lực ngay."""
    from policy_qa.office.users import checked_roles

    user = _users().set_roles(name, checked_roles(role))
    record("user changed", user=user.name, roles=sorted(user.roles))
    say(f"Vai trò của {user.name}: {', '.join(sorted(user.roles))}.")


def disable(name: NameArgument) -> None:
    """Khoá một người dùng: không đăng nhập được, dữ liệu còn nguyên."""
    user = _users().set_disabled(name, True)
    record("user changed", user=user.name, disabled=True)
    say(f"Đã khoá {user.name}.")


def enable(name: NameArgument) -> None:
    """Mở khoá một người dùng."""
    user = _users().set_disabled(name, False)
    record("user changed", user=user.name, disabled=False)
    say(f"Đã mở khoá {user.name}.")


def token(
    name: NameArgument,
    purpose: Annotated[str, typer.Option("--purpose", metavar="VIỆC", help="Mã này dùng cho việc gì.")] = "",
    revoke: Annotated[bool, typer.Option("--revoke", help="Huỷ mọi mã truy cập của người này.")] = False,
) -> None:
    """Tạo mã truy cập cho chương trình; mã chỉ in một lần."""
    from policy_qa.office.database import Database
    from policy_qa.office.sessions import Sessions

    users = _users()
    account = users.known(name)
    database = Database(users.path.parent)
    try:
        sessions = Sessions(database, users, hours=1, idle_minutes=1)
        if revoke:
            count = sessions.revoke_tokens(name)
            record("tokens revoked", user=account.user.name, count=count)
            say(f"Đã huỷ {count} mã truy cập của {account.user.name}.")
            return
        made = sessions.make_token(account, purpose)
    finally:
        database.close()
    record("token made", user=account.user.name, purpose=purpose)
    say(f"Mã truy cập của {account.user.name}, gửi kèm mỗi lời gọi: Authorization: Bearer MÃ. Giữ kín như mật khẩu.")
    show_text(made)


def _users() -> Users:
    from policy_qa.office.users import Users

    return Users(_folder())


def _folder() -> Path:
    from policy_qa.settings import load_settings

    return load_settings().data


def record(what: Event, **details: str | int | list[str]) -> None:
    """In the audit log; who it was is the account of the operating system."""
    import getpass

    from policy_qa.office.audit import Audit

    try:
        operator = getpass.getuser()
    except (OSError, KeyError, ImportError):
        operator = "?"
    Audit(_folder()).record(f"$ {operator}", what, "", **details)


def _new_password(name: str, *, generate: bool) -> str:
    from policy_qa.office.passwords import check_new, generated

    if generate:
        return generated()
    if not sys.stdin.isatty():
        chosen = sys.stdin.readline().rstrip("\r\n")
        check_new(chosen, name)
        return chosen
    import getpass

    chosen = getpass.getpass(f"Mật khẩu mới của {name}: ")
    check_new(chosen, name)
    if getpass.getpass("Nhập lại mật khẩu: ") != chosen:
        raise fail("Hai lần nhập không giống nhau; chưa thay đổi gì. Chạy lại lệnh này.")
    return chosen


def _show_if(chosen: str, *, generate: bool) -> None:
    if generate:
        say("Mật khẩu (chỉ in một lần):")
        show_text(chosen)
