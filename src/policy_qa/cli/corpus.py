"""`corpus list|show|add|remove|check`: which documents answers are taken from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_qa.cli.console import fail, harmless, say, show_text, write_json
from policy_qa.cli.options import EncoderOption, IndexOption, JsonOption
from policy_qa.errors import PolicyQAError
from policy_qa.office.documents import copy_into, find

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from policy_qa.retrieval.index import Index

NumberArgument = Annotated[str, typer.Argument(metavar="SỐ", help="Số, ký hiệu của văn bản: SỐ hoặc SỐ@NGÀY.")]
KIND_WORDS = {"official": "chính thức", "digest": "tóm lược"}


def list_documents(index: IndexOption = None, encoder: EncoderOption = None, as_json: JsonOption = False) -> None:
    """Liệt kê các văn bản trong chỉ mục."""
    records = _open(index, encoder).documents()
    if as_json:
        for record in records:
            write_json(record)
        return
    from rich.table import Table

    from policy_qa.cli.console import rich_console

    table = Table("Số@ngày", "Tên", "Bản", "Điều khoản", "Tệp")
    for record in records:
        about = record.metadata
        name = " ".join(part for part in (about.kind, about.title) if part)
        row = (record.key, name, KIND_WORDS[about.text_kind], str(record.provisions), record.file)
        table.add_row(*map(harmless, row))
    rich_console().print(table)


def show(
    number: NumberArgument, index: IndexOption = None, encoder: EncoderOption = None, as_json: JsonOption = False
) -> None:
    """In toàn bộ một văn bản trong chỉ mục."""
    opened = _open(index, encoder)
    record = find(opened.documents(), number)
    text = opened.text(record.key)
    if as_json:
        write_json({"document": record, "text": text})
        return
    from policy_qa.document import DIGEST_MARK

    about = record.metadata
    lines = [
        f"{about.kind or ''} {record.key} {about.title or ''}".strip(),
        f"Cơ quan ban hành: {about.issuer or '–'} · người ký: {about.signer or '–'} · bản {KIND_WORDS[about.text_kind]}",
        f"Tệp: {record.file}",
        *(f"Chưa có: {gap.part}" for gap in about.gaps),
        "",
        text,
    ]
    show_text("\n".join(lines))
    if about.text_kind == "digest":
        typer.echo(f"\n{DIGEST_MARK}")


def add(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="TỆP", readable=False, help="Tệp PDF, Word, HTML, Markdown, văn bản thuần."),
    ],
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Chép văn bản của cơ quan vào kho rồi cập nhật chỉ mục."""
    from policy_qa.cli.indexing import build, file_loader, show_report
    from policy_qa.settings import load_settings

    settings = load_settings()
    copied: list[Path] = []
    with file_loader() as loader:
        for file in files:
            try:
                key = loader.load(file).key
                copied.append(copy_into(file, settings.official))
            except PolicyQAError as error:
                say(str(error))
                continue
            say(f"Đã chép {file} vào {copied[-1]} ({key}).")
    if not copied:
        raise fail("Không thêm được văn bản nào; chỉ mục giữ nguyên.")
    target = index or settings.index
    report = build(copied, target, encoder or settings.encoder, settings.corpus)
    show_report(report, target)
    if len(copied) < len(files):
        raise typer.Exit(1)


def remove(number: NumberArgument, index: IndexOption = None, encoder: EncoderOption = None) -> None:
    """Gỡ một văn bản khỏi chỉ mục; tệp của nó vẫn ở chỗ cũ."""
    from policy_qa.cli.indexing import file_loader, progress_bar
    from policy_qa.retrieval.encoder import load_encoder
    from policy_qa.retrieval.index import open_index
    from policy_qa.retrieval.index import remove as remove_document
    from policy_qa.settings import load_settings

    settings = load_settings()
    target = index or settings.index
    loaded = load_encoder(encoder or settings.encoder)
    opened = open_index(target, loaded)
    try:
        record = find(opened.documents(), number)
    finally:
        opened.close()
    with progress_bar() as progress, file_loader(progress) as loader:
        report = remove_document(
            record.key, target, loaded, corpus=settings.corpus, progress=progress, load=loader.load
        )
    say(f"Đã gỡ {record.key} khỏi chỉ mục. Tệp {record.file} vẫn còn; thêm lại bằng: policy-qa index {record.file}")
    if any(file.document == record.key and file.status != "removed" for file in report.files):
        say("Từ nay trả lời theo bản tóm lược của văn bản này; muốn bỏ cả bản tóm lược thì chạy lại lệnh này.")


def check_corpus(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[THƯ-MỤC]", help="Thư mục bản tóm lược; mặc định: kho.")
    ] = None,
    sources: Annotated[
        list[Path] | None,
        typer.Option("--sources", metavar="THƯ-MỤC", help="Văn bản nguồn để dò câu chữ trùng; lặp lại được."),
    ] = None,
) -> None:
    """Kiểm tra các bản tóm lược của kho."""
    from policy_qa.corpus import check
    from policy_qa.settings import load_settings

    problems = check(folder or load_settings().corpus, list(_texts(sources or ())))
    for problem in problems:
        show_text(str(problem))
    if problems:
        raise fail(f"Có {len(problems)} chỗ cần sửa.")
    typer.echo("Kho văn bản đạt: không có lỗi nào.")


def _texts(places: Sequence[Path]) -> Iterator[str]:
    """The texts of these files and of all files in these folders; what cannot be read is named on stderr."""
    from policy_qa.cli.indexing import file_loader

    with file_loader() as loader:
        for place in places:
            for file in sorted(place.iterdir()) if place.is_dir() else [place]:
                try:
                    yield loader.load(file).source.text
                except PolicyQAError as error:
                    say(str(error))


def _open(index: Path | None, encoder: str | None) -> Index:
    from policy_qa.retrieval.encoder import load_encoder
    from policy_qa.retrieval.index import open_index
    from policy_qa.settings import load_settings

    settings = load_settings()
    return open_index(index or settings.index, load_encoder(encoder or settings.encoder))
