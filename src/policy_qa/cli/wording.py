"""What Typer itself writes, in Vietnamese: the frame of a help page, and what is wrong with a command line."""

from __future__ import annotations

import re

import typer
from typer.core import TyperCommand, TyperGroup
from typer.exceptions import TyperException

HELP_WORDS = (
    (r"^Usage:", "Cách dùng:"),
    (r"\[OPTIONS\] COMMAND \[ARGS\]\.\.\.", "[TUỲ-CHỌN] LỆNH …"),
    (r"\[OPTIONS\]", "[TUỲ-CHỌN]"),
    (r"^Arguments:", "Tham số:"),
    (r"^Options:", "Tuỳ chọn:"),
    (r"^Commands:", "Lệnh:"),
    (r"Show this message and exit\.", "In hướng dẫn này."),
    (r"\[required\]", "[bắt buộc]"),
    (r"\[default: ", "[mặc định: "),
    (r" <(str|path|int)>", ""),
)
_LIST_TYPE = re.compile(r" <list\[\w+\]>")
"""What Typer writes after the name of an argument that may be given several times."""
USAGE_WORDS = (
    (r"^Missing argument (.+?)\.?$", r"thiếu \1"),
    (r"^Missing option (.+?)\.?$", r"thiếu \1"),
    (r"^Missing command\.$", "thiếu tên lệnh"),
    (r"^No such option: (\S+)(?: (.*))?$", r"không có tuỳ chọn \1"),
    (r"^No such command (.+?)\.(?: .*)?$", r"không có lệnh \1"),
    (r"^Got unexpected extra argument(?:s|\(s\))? \((.+)\)$", r"thừa \1 (câu hỏi có dấu cách phải để trong dấu nháy)"),
    (r"^Option (.+) requires an argument\.$", r"\1 cần một giá trị đi kèm"),
    (r"^Invalid value for (.+?): (.*)$", r"giá trị của \1 không hợp lệ (\2)"),
    (r"^Invalid value: ", ""),
    (r"Input should be greater than or equal to (\d+)", r"phải từ \1 trở lên"),
    (r"Input should be less than or equal to (\d+)", r"phải không quá \1"),
    (r"Input should be a valid integer.*?(?=\)?$)", "phải là số nguyên"),
)


def in_vietnamese(page: str) -> str:
    """A help page with the words that Typer writes put into Vietnamese."""
    page = _LIST_TYPE.sub(lambda name: " " * len(name[0]), page)  # as wide, since the page is laid out already
    for pattern, words in HELP_WORDS:
        page = re.sub(pattern, words, page, flags=re.MULTILINE)
    return page


def usage_sentence(error: TyperException, command: str) -> str:
    """What is wrong with the command line, and where to read how it should be; a help page is left as it is."""
    message = error.format_message()
    if message.startswith("Cách dùng:"):
        return message
    for pattern, words in USAGE_WORDS:
        message = re.sub(pattern, words, message)
    return f"Sai cách dùng: {message}. Xem: {command} --help"


class Command(TyperCommand):
    """A command whose help page is Vietnamese throughout."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The help page."""
        return in_vietnamese(super().get_help(ctx))


class Group(TyperGroup):
    """A group of commands whose help page is Vietnamese throughout."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The help page."""
        return in_vietnamese(super().get_help(ctx))
