"""The application: its commands, and how errors reach the user."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer
from typer.exceptions import TyperException

from policy_qa import __version__
from policy_qa.cli import (
    corpus,
    doctor,
    drafts,
    evaluating,
    fetching,
    files,
    office,
    packing,
    questions,
    reviewing,
    serving,
    users,
)
from policy_qa.cli.console import say, unforeseen
from policy_qa.cli.wording import Command, Group, usage_sentence
from policy_qa.errors import PolicyQAError


class Root(Group):
    """The outermost group: through it no traceback reaches a user."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Reads the options that stand before the command."""
        try:
            return super().parse_args(ctx, args)
        except TyperException as error:
            raise _wrong_usage(error, ctx.command_path) from error

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Runs the command; whatever goes wrong becomes one sentence on stderr and status 1 (2: wrong usage)."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except TyperException as error:
            raise _wrong_usage(error, f"{ctx.command_path} {ctx.invoked_subcommand or ''}".strip()) from error
        except PolicyQAError as error:
            say(str(error))
        except KeyboardInterrupt:
            say("Đã dừng theo yêu cầu.")
        except BrokenPipeError:
            # The reader (head, less) has gone; the interpreter must not complain when it flushes at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except Exception as error:
            say(unforeseen(error))
        raise typer.Exit(1)


def _wrong_usage(error: TyperException, command: str) -> typer.Exit:
    say(usage_sentence(error, command))
    return typer.Exit(error.exit_code)


app = typer.Typer(
    name="policy-qa",
    help="Hỏi đáp văn bản chính sách: trả lời kèm trích dẫn đến đúng điều, khoản, điểm.",
    cls=Root,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
corpus_app = typer.Typer(
    help="Kho văn bản: xem, thêm, gỡ, kiểm tra.", cls=Group, no_args_is_help=True, rich_markup_mode=None
)

eval_app = typer.Typer(
    help="Đánh giá: bộ câu hỏi, số liệu, ngưỡng.", cls=Group, no_args_is_help=True, rich_markup_mode=None
)

user_app = typer.Typer(
    help="Người dùng của trang hỏi đáp: thêm, gỡ, mật khẩu, vai trò.", cls=Group, no_args_is_help=True, rich_markup_mode=None
)  # fmt: skip
office_app = typer.Typer(
    help="Dữ liệu của cơ quan: sao lưu, khôi phục.", cls=Group, no_args_is_help=True, rich_markup_mode=None
)


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="In phiên bản.", callback=lambda value: _version(value))
    ] = False,
) -> None:
    pass


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policy-qa {__version__}")
        raise typer.Exit


COMMANDS: dict[str, Callable[..., None]] = {
    "serve": serving.serve,
    "ask": questions.ask,
    "search": questions.search,
    "pack": packing.pack,
    "index": files.index,
    "fetch": fetching.fetch,
    "parse": files.parse,
    "doctor": doctor.doctor,
}
CORPUS_COMMANDS: dict[str, Callable[..., None]] = {
    "list": corpus.list_documents,
    "show": corpus.show,
    "add": corpus.add,
    "remove": corpus.remove,
    "check": corpus.check_corpus,
}
EVAL_COMMANDS: dict[str, Callable[..., None]] = {
    "run": evaluating.run,
    "check": evaluating.check,
    "import": evaluating.import_set,
    "draft": drafts.draft,
    "review": reviewing.review,
    "from-feedback": drafts.from_feedback,
}
USER_COMMANDS: dict[str, Callable[..., None]] = {
    "add": users.add,
    "list": users.list_users,
    "remove": users.remove,
    "password": users.password,
    "roles": users.roles,
    "disable": users.disable,
    "enable": users.enable,
    "token": users.token,
}
OFFICE_COMMANDS: dict[str, Callable[..., None]] = {"backup": office.backup, "restore": office.restore}
for _word, _function in COMMANDS.items():
    app.command(_word, cls=Command)(_function)
for _word, _function in CORPUS_COMMANDS.items():
    corpus_app.command(_word, cls=Command)(_function)
for _word, _function in EVAL_COMMANDS.items():
    eval_app.command(_word, cls=Command)(_function)
for _word, _function in USER_COMMANDS.items():
    user_app.command(_word, cls=Command)(_function)
for _word, _function in OFFICE_COMMANDS.items():
    office_app.command(_word, cls=Command)(_function)

app.add_typer(corpus_app, name="corpus")
app.add_typer(user_app, name="user")
app.add_typer(office_app, name="office")
app.add_typer(eval_app, name="eval")
