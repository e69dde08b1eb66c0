"""Building an index for the user to watch: a progress bar on stderr, a summary on stdout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from policy_qa.cli.console import rich_console

if TYPE_CHECKING:
    from policy_qa.loading import Loader
    from policy_qa.retrieval.index import BuildReport
    from policy_qa.retrieval.sources import FileStatus

RECOGNISING = "Nhận dạng chữ (OCR)"
STATUS_WORDS: dict[FileStatus, str] = {
    "read": "Đã đọc",
    "unchanged": "Không đổi từ lần trước",
    "kept": "Giữ như lần trước",
    "duplicate": "Trùng tệp khác",
    "replaced": "Đã có bản chính thức",
    "conflict": "Mâu thuẫn với tệp khác",
    "removed": "Đã gỡ theo yêu cầu",
    "skipped": "Bỏ qua",
}


def build(sources: Sequence[Path], index_dir: Path, encoder_name: str | None, corpus: Path | None) -> BuildReport:
    """Builds with a progress bar; raises what `build_index` and `load_encoder` raise."""
    from policy_qa.office.corrections import read_otherwise
    from policy_qa.retrieval.encoder import load_encoder
    from policy_qa.retrieval.index import build_index
    from policy_qa.settings import load_settings

    encoder = load_encoder(encoder_name)
    again = read_otherwise(index_dir, load_settings().data)
    with progress_bar() as progress, file_loader(progress) as loader:
        return build_index(
            sources, index_dir, encoder, corpus=corpus, progress=progress, reread=again, load=loader.load
        )


def file_loader(progress: Callable[[str, int, int], None] | None = None) -> Loader:
    """Reads files within limits, in a process of their own; `progress` sees the pages that are recognised (OCR)."""
    from policy_qa.loading import Loader
    from policy_qa.office.documents import read_options
    from policy_qa.settings import load_settings

    settings = load_settings()
    return Loader(read_options(settings.data, settings.cache, partial(progress, RECOGNISING) if progress else None))


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A bar on stderr where that is a terminal, a row a stage; gives the function that moves it: (stage, done, total)."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    console = rich_console(stderr=True)
    # Where nobody watches, rich would end what it never showed with an empty line.
    with Progress(*columns, console=console, transient=True, disable=not console.is_interactive) as bar:
        stages: dict[str, TaskID] = {}

        def move(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages[stage] = bar.add_task(stage, total=total)
            bar.update(stages[stage], completed=done, total=total)

        yield move


def show_report(report: BuildReport, index_dir: Path) -> None:
    """The summary table, and below it one line for every file that did not simply go in."""
    from rich.table import Table

    from policy_qa.loading.loader import printable

    table = Table(title=f"Chỉ mục {index_dir}", title_justify="left")
    table.add_column("Tệp")
    table.add_column("Số lượng", justify="right")
    counts = Counter(file.status for file in report.files)
    for status, words in STATUS_WORDS.items():
        if counts[status] or status in ("read", "skipped"):
            table.add_row(words, str(counts[status]))
    table.add_section()
    table.add_row("Văn bản trong chỉ mục", str(report.documents))
    table.add_row("Điều khoản", str(report.provisions))
    table.add_row("Đoạn", str(report.passages))
    table.add_row("Thời gian (giây)", f"{report.seconds:.1f}")
    rich_console().print(table)
    for file in report.files:
        if file.why:
            where = "" if file.path in file.why else f" ({file.path})"
            typer.echo(printable(f"- {STATUS_WORDS[file.status]}: {file.why}{where}"))
