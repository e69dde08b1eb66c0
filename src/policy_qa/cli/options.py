"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

IndexOption = Annotated[
    Path | None,
    # Rights are checked where files are opened: Typer's own check calls a lack of them wrong usage, in English.
    typer.Option("--index", metavar="THƯ-MỤC", readable=False, help="Thư mục chỉ mục (mặc định theo thiết lập)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="In JSON, mỗi dòng một đối tượng; thông báo ra stderr.")]
DocumentOption = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="SỐ", help="Chỉ hỏi trong văn bản này: SỐ hoặc SỐ@NGÀY; lặp lại được."),
]
EncoderOption = Annotated[
    str | None,
    typer.Option(
        "--encoder", metavar="TÊN", help="Bộ mã hoá khác: tên trên hub hoặc đường dẫn; mặc định là bộ kèm theo."
    ),
]
