"""Who uses the office's assistant, and what each may do: `users.toml` in the folder of the office's data.

The file is read again whenever it changes, so that a user added or removed on the command line counts at once in a
server that runs. An office without the file has one user, `LOCAL`, on the machine itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import threading
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from policy_qa.errors import PolicyQAError
from policy_qa.office.passwords import check_new, hashed

Role: TypeAlias = Literal["officer", "trainer", "keeper", "evaluator"]
"""Asks in the chat (all may); prepares Q&A packs; keeps the documents; measures and reviews."""

ROLES: tuple[Role, ...] = get_args(Role)
ROLE_WORDS: dict[Role, str] = {
    "officer": "hỏi đáp",
    "trainer": "soạn bộ hỏi đáp",
    "keeper": "quản lý kho văn bản",
    "evaluator": "đánh giá",
}
FILE_NAME = "users.toml"
LONGEST_NAME = 40
LARGEST_FILE = 1_000_000


class UsersUnreadable(PolicyQAError):
    """The file of users cannot be read or written, or is not what the program wrote; nobody is let in then."""


class BadUser(PolicyQAError):
    """A name or role that cannot be, a user that is there already or is not there."""


class NotAllowed(PolicyQAError):
    """The user has not the role that this needs."""


@dataclass(frozen=True, slots=True)
class User:
    """One user. Without a file of users there is one, `LOCAL`, who may do everything, and only on this machine."""

    name: str
    roles: frozenset[Role]

    def may(self, role: Role) -> bool:
        """Whether the user may do what `role` does; asking is open to every user."""
        return role == "officer" or role in self.roles


LOCAL = User("", frozenset(ROLES))
"""Whoever sits at the machine of an office without users."""


def require(user: User, role: Role) -> None:
    """Raises NotAllowed, with a sentence, unless `user` may do what `role` does."""
    if not user.may(role):
        raise NotAllowed(
            f"Tài khoản {user.name} không có quyền {ROLE_WORDS[role]}: nhờ người quản trị cấp quyền rồi làm lại."
        )


@dataclass(frozen=True, slots=True)
class Account:
    """A user with the hash of the password; a disabled one keeps its data but cannot log in."""

    user: User
    password: str
    disabled: bool = False

    @property
    def stamp(self) -> str:
        """Changes with the password: sessions and tokens remember it, and end when it is another."""
        return hashlib.sha256(self.password.encode()).hexdigest()[:32]


class Users:
    """The accounts of one office.

    Raises, in all methods:
        UsersUnreadable: the file cannot be read or written, or is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._lock = threading.RLock()
        self._seen: tuple[int, int, int] | None = None
        self._accounts: Mapping[str, Account] = {}

    def accounts(self) -> Mapping[str, Account]:
        """All accounts by folded name, in the order of the file; empty where there is no file."""
        with self._lock:
            try:
                found = self.path.stat()
            except FileNotFoundError:
                self._seen, self._accounts = None, {}
                return {}
            except OSError as error:
                raise self._unreadable(error.strerror or str(error)) from error
            now = (found.st_mtime_ns, found.st_size, found.st_ino)
            if now != self._seen:
                self._accounts = self._read(found.st_size)
                self._seen = now
            return self._accounts

    def find(self, name: str) -> Account | None:
        """The account of that name, upper and lower case alike."""
        return self.accounts().get(folded(name))

    def add(self, name: str, roles: Iterable[Role], password: str) -> User:
        """A new user. Raises BadUser (name wrong or taken), BadPassword."""
        name = checked_name(name)
        check_new(password, name)
        account = Account(User(name, frozenset(roles) | {"officer"}), hashed(password))
        with self._lock:
            if folded(name) in self.accounts():
                raise BadUser(
                    f"Đã có người dùng {name}: chọn tên khác, hoặc đổi mật khẩu bằng `policy-qa user password {name}`."
                )
            self._write({**self.accounts(), folded(name): account})
        return account.user

    def remove(self, name: str) -> User:
        """Takes the account away; what the user kept is for `office.departed`. Raises BadUser."""
        with self._lock:
            account = self.known(name)
            self._write({key: kept for key, kept in self.accounts().items() if key != folded(name)})
        return account.user

    def set_password(self, name: str, password: str) -> User:
        """A new password: sessions and tokens of the old one end. Raises BadUser, BadPassword."""
        account = self.known(name)
        check_new(password, account.user.name)
        return self._change(replace(account, password=hashed(password)))

    def set_roles(self, name: str, roles: Iterable[Role]) -> User:
        """Other roles, at once also for sessions that are open. Raises BadUser."""
        account = self.known(name)
        return self._change(replace(account, user=User(account.user.name, frozenset(roles) | {"officer"})))

    def set_disabled(self, name: str, disabled: bool) -> User:
        """Locks an account, or opens it again. Raises BadUser."""
        return self._change(replace(self.known(name), disabled=disabled))

    def known(self, name: str) -> Account:
        """The account of that name; raises BadUser where there is none."""
        account = self.find(name)
        if account is None:
            raise BadUser(f"Không có người dùng {name}: xem danh sách bằng `policy-qa user list`.")
        return account

    def _change(self, account: Account) -> User:
        with self._lock:
            self._write({**self.accounts(), folded(account.user.name): account})
        return account.user

    def _read(self, size: int) -> Mapping[str, Account]:
        try:
            if size > LARGEST_FILE:
                raise ValueError("tệp quá lớn")
            plain = tomllib.loads(self.path.read_text(encoding="utf-8"))
            accounts = [_account(entry) for entry in plain.get("user", [])]
        except OSError as error:
            raise self._unreadable(error.strerror or str(error)) from error
        except (ValueError, KeyError, TypeError, AttributeError, BadUser) as error:
            raise self._unreadable(str(error)) from error
        by_name = {folded(account.user.name): account for account in accounts}
        if len(by_name) != len(accounts):
            raise self._unreadable("có hai người dùng trùng tên")
        return by_name

    def _write(self, accounts: Mapping[str, Account]) -> None:
        """In one step, readable to the program's own account alone where the system knows such rights."""
        beside = self.path.with_name(f".{FILE_NAME}.{secrets.token_hex(4)}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123  # fmt: skip
                file.write(_HEAD + "".join(map(_entry, accounts.values())))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        except OSError as error:
            with contextlib.suppress(OSError):
                beside.unlink()
            raise UsersUnreadable(
                f"Không ghi được danh sách người dùng {self.path} ({error.strerror or error}): kiểm tra quyền ghi và chỗ trống trên đĩa rồi làm lại."
            ) from error

    def _unreadable(self, why: str) -> UsersUnreadable:
        return UsersUnreadable(
            f"Không đọc được danh sách người dùng {self.path} ({why}): sửa tệp này hoặc khôi phục từ bản sao lưu; trong lúc đó không ai đăng nhập được."
        )


def folded(name: str) -> str:
    """What two spellings of one name have in common."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def checked_name(name: str) -> str:
    """The name as it is kept, NFC; raises BadUser where it is no name.

    Latin letters only, Vietnamese ones included: other alphabets have letters that look the same.
    """
    name = unicodedata.normalize("NFC", name.strip())
    latin = all(unicodedata.name(c, "").startswith("LATIN ") for c in name if c.isalpha())
    if not (1 <= len(name) <= LONGEST_NAME and re.fullmatch(r"[^\W_][\w.-]*", name) and latin):
        raise BadUser(
            f"Tên người dùng {name[:60]!r} không dùng được: chỉ gồm chữ cái (có dấu được), chữ số và các dấu . _ -, bắt đầu bằng chữ hoặc số, không quá {LONGEST_NAME} ký tự."
        )
    return name


def checked_roles(words: Iterable[str]) -> frozenset[Role]:
    """The roles of these words; raises BadUser that names them all."""
    wanted = set(words)
    known = frozenset(role for role in ROLES if role in wanted)
    if wanted - known:
        every = ", ".join(f"{role} ({ROLE_WORDS[role]})" for role in ROLES)
        raise BadUser(f"Không có vai trò {sorted(wanted - known)[0]!r}: các vai trò là {every}.")
    return known


_HEAD = "# Người dùng: chỉ sửa bằng lệnh `policy-qa user`; mật khẩu ở dạng băm argon2id.\n"


def _account(entry: Mapping[str, object]) -> Account:
    name, roles, password = entry["name"], entry["roles"], entry["password"]
    disabled = entry.get("disabled", False)
    if not (isinstance(name, str) and isinstance(roles, list) and isinstance(password, str) and isinstance(disabled, bool)):  # fmt: skip
        raise ValueError("một mục người dùng ghi sai dạng")
    if not re.fullmatch(r"[\w$=,+/.!-]+", password, re.ASCII):
        raise ValueError(f"mật khẩu của {name} không ở dạng băm")
    return Account(User(checked_name(name), checked_roles(map(str, roles)) | {"officer"}), password, disabled)


def _entry(account: Account) -> str:
    roles = ", ".join(f'"{role}"' for role in ROLES if role in account.user.roles)
    disabled = "disabled = true\n" if account.disabled else ""
    # Neither names nor argon2's hashes hold quotation marks, backslashes or control characters.
    return f'\n[[user]]\nname = "{account.user.name}"\nroles = [{roles}]\npassword = "{account.password}"\n{disabled}'
