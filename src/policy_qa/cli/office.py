"""`office backup|restore`: what the office keeps, copied and put back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from policy_qa.cli.console import say, show_text


def backup(
    folder: Annotated[Path, typer.Argument(metavar="THƯ-MỤC", readable=False, help="Nơi để bản sao lưu.")],
) -> None:
    """Sao lưu dữ liệu và văn bản của cơ quan; trang web vẫn chạy được trong lúc đó."""
    from policy_qa.cli.users import record
    from policy_qa.office.backup import back_up
    from policy_qa.settings import load_settings

    settings = load_settings()
    made = back_up(settings.data, settings.official, folder)
    record("backup", to=str(made))
    say("Đã sao lưu người dùng, hội thoại, bộ hỏi đáp, nhật ký và văn bản của cơ quan vào:")
    show_text(str(made))


def restore(
    folder: Annotated[
        Path, typer.Argument(metavar="THƯ-MỤC", readable=False, help="Thư mục policy-qa-… của bản sao lưu.")
    ],
) -> None:
    """Khôi phục từ bản sao lưu; dữ liệu đang có được giữ lại ở thư mục bên cạnh."""
    from policy_qa.cli.users import record
    from policy_qa.office.backup import restore as put_back
    from policy_qa.settings import load_settings

    settings = load_settings()
    aside = put_back(folder, settings.data, settings.official)
    record("restored", source=str(folder))
    for old in aside:
        say(f"Dữ liệu trước khi khôi phục được giữ ở {old}.")
    say("Đã khôi phục. Chạy `policy-qa index` để cập nhật chỉ mục, rồi mở lại trang web.")
