"""`fetch`: official texts from where they are published, in place of their digests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_qa.cli.console import say, show_text, write_json
from policy_qa.cli.options import EncoderOption, IndexOption, JsonOption
from policy_qa.errors import BadCorpus, PolicyQAError

if TYPE_CHECKING:
    from policy_qa.document import Document
    from policy_qa.fetching import Fetched
    from policy_qa.fetching.download import Progress


def fetch(
    numbers: Annotated[
        list[str] | None,
        typer.Argument(metavar="SỐ", help="SỐ hoặc SỐ@NGÀY; bỏ trống: mọi văn bản có ghi địa chỉ chính thức."),
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="ĐỊA-CHỈ", help="Tải từ địa chỉ này thay cho địa chỉ trong kho.")
    ] = None,
    intranet: Annotated[
        bool, typer.Option("--intranet", help="Nhận cả địa chỉ http và máy trong mạng nội bộ ghi trong kho.")
    ] = False,
    no_index: Annotated[bool, typer.Option("--no-index", help="Chỉ tải về, không cập nhật chỉ mục.")] = False,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tải văn bản chính thức từ địa chỉ ghi trong kho."""
    if url is not None and len(numbers or ()) != 1:
        raise typer.BadParameter("--url cần đi kèm đúng một SỐ")
    from policy_qa.settings import load_settings

    settings = load_settings()
    wanted = _digests(settings.corpus, numbers or ())
    results = _fetch_all(wanted, settings.official, url, trusted=intranet or url is not None)
    for result in results:
        if not result.file:
            say(result.why)
        elif not as_json:
            show_text(result.why)
    got = [result for result in results if result.file]
    indexed: Mapping[str, str] | None = {}
    if got and no_index:
        say(f"Chỉ mục chưa đổi; muốn dùng các văn bản này hãy chạy: policy-qa index {settings.official}")
    elif got:
        indexed = _into_index(
            got, index or settings.index, encoder or settings.encoder, settings.corpus, as_json=as_json
        )
    for result in results if as_json else ():
        write_json({**asdict(result), "index": (indexed or {}).get(result.file or "")})
    lacking = numbers and any(result.status == "no_address" for result in results)
    if not got or lacking or indexed is None or any(result.status == "failed" for result in results):
        raise typer.Exit(1)


def _digests(corpus: Path, numbers: Sequence[str]) -> list[Document]:
    from policy_qa.fetching import digests, find

    known: list[Document] = []
    for digest in digests(corpus):
        if isinstance(digest, PolicyQAError):
            say(str(digest))
        else:
            known.append(digest)
    if not known:
        raise BadCorpus(f"Kho {corpus} không có bản tóm lược nào đọc được; hãy kiểm tra thiết lập POLICY_QA_CORPUS.")
    if not numbers:
        return known
    return list({found.key: found for found in (find(known, number) for number in numbers)}.values())


def _fetch_all(wanted: Sequence[Document], folder: Path, url: str | None, *, trusted: bool) -> list[Fetched]:
    from policy_qa.cli.indexing import file_loader, progress_bar
    from policy_qa.fetching import fetch as fetch_document

    with progress_bar() as move, file_loader(move) as loader:

        def arrived(digest: Document) -> Progress:
            return lambda done, total: move(f"Tải {digest.key} (KB)", done // 1024, max(done, total) // 1024)

        return [
            fetch_document(digest, folder, address=url, trusted=trusted, load=loader.load, progress=arrived(digest))
            for digest in wanted
        ]


def _into_index(
    got: Sequence[Fetched], target: Path, encoder: str | None, corpus: Path, *, as_json: bool
) -> Mapping[str, str] | None:
    """What the index made of the fetched files, by path; None where it could not be built, which is told."""
    from policy_qa.cli.indexing import build, show_report

    files = {str(Path(result.file or "").resolve()): result.file or "" for result in got}
    try:
        report = build([Path(file) for file in files], target, encoder, corpus)
    except PolicyQAError as error:
        say(str(error))
        return None
    if not as_json:
        show_report(report, target)
    ours = [file for file in report.files if file.path in files]
    for file in ours if as_json else ():
        if file.why:
            say(file.why)
    return {files[file.path]: file.status for file in ours}
