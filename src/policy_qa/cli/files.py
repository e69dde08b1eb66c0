"""`index` and `parse`: files in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_qa.cli.console import say, write_json
from policy_qa.cli.options import EncoderOption, IndexOption, JsonOption

if TYPE_CHECKING:
    from policy_qa.document import JSON, Document, Provision

MISSING = "–"


def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[ĐƯỜNG-DẪN]...",
            readable=False,
            help="Tệp hoặc thư mục cần thêm; bỏ trống: cập nhật kho văn bản.",
        ),
    ] = None,
    index_dir: IndexOption = None,
    encoder: EncoderOption = None,
    no_corpus: Annotated[bool, typer.Option("--no-corpus", help="Không kèm kho văn bản có sẵn.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Không in bảng khi chỉ mục đã mới.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Lập hoặc cập nhật chỉ mục: chỉ đọc lại những gì đã đổi."""
    from policy_qa.cli.indexing import build, show_report
    from policy_qa.settings import load_settings

    settings = load_settings()
    target = index_dir or settings.index
    try:
        report = build(paths or (), target, encoder or settings.encoder, None if no_corpus else settings.corpus)
    except KeyboardInterrupt:
        say(f"Đã dừng theo yêu cầu; chỉ mục trong {target} vẫn như trước khi chạy lệnh.")
        raise typer.Exit(1) from None
    if as_json:
        write_json(report)
    elif report.changed or not quiet:
        show_report(report, target)
    if not report.read:
        say("Không đọc được văn bản nào trong những gì đã chỉ ra, nên chỉ mục giữ nguyên.")
        raise typer.Exit(1)


def parse(
    file: Annotated[
        Path,
        typer.Argument(metavar="TỆP", readable=False, help="Tệp PDF, Word, HTML, Markdown hoặc văn bản thuần."),
    ],
    as_json: JsonOption = False,
) -> None:
    """Đọc một tệp và in cấu trúc: chương, mục, điều, khoản, điểm."""
    from policy_qa.reading import read
    from policy_qa.structure import parse as parse_source

    document = parse_source(read(file))
    if as_json:
        write_json(document_json(document))
        return
    _print_head(document)
    _print_tree(document.provisions, document, depth=0)
    for warning in _warnings(document):
        say(f"Lưu ý: {warning}")


def document_json(document: Document) -> dict[str, JSON]:
    """The object that `parse --json` prints; offsets count code points of `text`."""
    from policy_qa.document import to_json

    metadata, source = document.metadata, document.source
    head = to_json(metadata)
    if not isinstance(head, dict):
        raise TypeError(f"not an object: {head!r}")
    about = {"key": document.key, **head, "file": source.file, "sha256": source.sha256}
    return {
        "document": {**about, "media": source.media, "pages": len(source.pages)},
        "text": source.text,
        "provisions": [_provision_json(provision, document) for provision in document.walk()],
        "warnings": _warnings(document),
    }


def _provision_json(provision: Provision, document: Document) -> dict[str, JSON]:
    step = provision.address.last if provision.address else None
    return {
        "address": str(provision.address),
        "level": str(step.level) if step else None,
        "label": step.label if step else None,
        "heading": provision.heading,
        "start": provision.span.start,
        "end": provision.span.end,
        "page": document.source.page_at(provision.span.start),
    }


def _warnings(document: Document) -> list[str]:
    """What reading and parsing had to say, once each."""
    return list(dict.fromkeys((*document.source.warnings, *document.warnings)))


def _print_head(document: Document) -> None:
    about = document.metadata
    typer.echo(" ".join(part for part in (about.kind, about.title) if part) or document.source.file)
    typer.echo(f"Số {about.number or MISSING} · ngày {about.date or MISSING} · {about.issuer or MISSING}\n")


def _print_tree(provisions: tuple[Provision, ...], document: Document, depth: int) -> None:
    for provision in provisions:
        own = provision.own_span.of(document.source.text).split("\n")[0]
        typer.echo(f"{'  ' * depth}{provision.address.last if provision.address else ''}  {own[:80]}")
        _print_tree(provision.children, document, depth + 1)
