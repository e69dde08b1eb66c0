"""`index` and `parse`: files in."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_qa.cli.console import fail, reason, say, show_text, write_json
from policy_qa.cli.options import EncoderOption, IndexOption, JsonOption

if TYPE_CHECKING:
    from policy_qa.document import JSON, Document, Page, Provision

MISSING = "–"


def index(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="ĐƯỜNG-DẪN",
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
    html: Annotated[
        Path | None,
        typer.Option(
            "--html",
            metavar="TỆP.html",
            readable=False,
            help="Ghi trang đối chiếu (tệp .html hoặc thư mục): cây điều khoản bên toàn văn, lưu ý tại chỗ.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Đọc một tệp và in cấu trúc: chương, mục, điều, khoản, điểm."""
    from policy_qa.loading.loader import printable

    page = _page_path(file, html) if html else None
    document = _load(file)
    if page:
        _write_page(document, page)
        (say if as_json else typer.echo)(f"Đã ghi trang đối chiếu: {printable(str(page))}")
    if as_json:
        write_json(document_json(document))
    if page or as_json:
        return
    _print_head(document)
    _print_tree(document.provisions, document, depth=0)
    for warning in _warnings(document):
        say(f"Lưu ý: {warning}")


def _load(file: Path) -> Document:
    """The document in `file`, read within limits; pages that are recognised (OCR) move a bar where someone watches."""
    from policy_qa.cli.indexing import file_loader, progress_bar

    watched = sys.stderr.isatty()
    with progress_bar() if watched else nullcontext() as progress, file_loader(progress) as loader:
        return loader.load(file)


# --- the page -----------------------------------------------------------------------------------------------------


def _page_path(file: Path, out: Path) -> Path:
    """Where the page about `file` goes. Ends the command where that is no place for it."""
    try:
        return _checked(file, out, out / f"{file.name}.html" if out.is_dir() else out)
    except OSError as error:
        raise fail(
            f"Không ghi được trang đối chiếu vào {out} ({reason(error)}); chọn chỗ khác rồi chạy lại."
        ) from error


def _checked(file: Path, out: Path, page: Path) -> Path:
    if page.suffix.lower() not in (".html", ".htm"):
        raise fail(f"Không ghi trang đối chiếu vào {out}: chọn một thư mục đã có hoặc tên tệp kết thúc bằng .html.")
    if not page.parent.is_dir():
        raise fail(f"Không ghi trang đối chiếu vào {out}: chưa có thư mục {page.parent}; tạo thư mục này rồi chạy lại.")
    if page.exists() and file.exists() and page.samefile(file):
        raise fail(f"Không ghi trang đối chiếu vào {out}: đó chính là văn bản cần đọc; chọn tên khác.")
    return page


def _write_page(document: Document, page: Path) -> None:
    """Writes the page whole or not at all."""
    from policy_qa.inspection import page as page_of

    unfinished = page.with_name(f".policy-qa-{os.getpid()}.tmp")
    try:
        # What UTF-8 cannot hold (half a surrogate pair in a file's name) becomes a reference, which browsers show as U+FFFD.
        unfinished.write_bytes(page_of(document).encode("utf-8", "xmlcharrefreplace"))
        unfinished.replace(page)
    except OSError as error:
        raise fail(f"Không ghi được trang đối chiếu {page} ({reason(error)}); chọn chỗ khác rồi chạy lại.") from error
    finally:
        unfinished.unlink(missing_ok=True)


# --- JSON ---------------------------------------------------------------------------------------------------------


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
        "pages": [_page_json(page) for page in source.pages],
        "notes": to_json(document.notes),
        "marginals": to_json(source.marginals),
    }


def _page_json(page: Page) -> dict[str, JSON]:
    start, end = page.span.start, page.span.end
    return {
        "number": page.number,
        "start": start,
        "end": end,
        "width": page.width,
        "height": page.height,
        "ocr": page.ocr,
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


# --- for reading in the terminal ----------------------------------------------------------------------------------


def _print_head(document: Document) -> None:
    from policy_qa.loading.loader import printable

    about, name = document.metadata, printable(Path(document.source.file).name)
    show_text(" ".join(part for part in (about.kind, about.title) if part) or name)
    show_text(f"Số {about.number or MISSING} · ngày {about.date or MISSING} · {about.issuer or MISSING}\n")


def _print_tree(provisions: tuple[Provision, ...], document: Document, depth: int) -> None:
    for provision in provisions:
        own = provision.own_span.of(document.source.text).split("\n")[0]
        show_text(f"{'  ' * depth}{provision.address.last if provision.address else ''}  {own[:80]}")
        _print_tree(provision.children, document, depth + 1)
