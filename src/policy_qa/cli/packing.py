"""`pack`."""

from __future__ import annotations

import datetime
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_qa.cli.console import reason, say
from policy_qa.cli.options import DocumentOption, EncoderOption, IndexOption
from policy_qa.errors import PolicyQAError

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant
    from policy_qa.packs.pack import Pack

FORMATS = ("docx", "xlsx", "pdf", "json")
ASKING = "Trả lời câu hỏi"
STORED = ".pack.json"
SECONDS_UNSTORED = 0.5


class CannotPack(PolicyQAError):
    """The file that was asked for cannot be written, or would take the place of another."""


@dataclass(frozen=True, slots=True)
class Files:
    """What is written: the export, and the pack itself, from which to go on."""

    out: Path
    form: str
    stored: Path


def _known_format(form: str | None) -> str | None:
    if form is not None and form not in FORMATS:
        raise typer.BadParameter(f"phải là một trong: {', '.join(FORMATS)}")
    return form


def _day(date: str | None) -> str | None:
    try:
        return datetime.date.fromisoformat(date).isoformat() if date else None
    except ValueError as error:
        raise typer.BadParameter("phải là một ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-03-05") from error


def pack(
    questions: Annotated[
        Path | None,
        typer.Argument(metavar="CÂU-HỎI", readable=False, help="Tệp câu hỏi: .txt, .xlsx hoặc .docx."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="TỆP", readable=False, help="Tệp cần ghi: .docx, .xlsx, .pdf hoặc .json."),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="DẠNG",
            callback=_known_format,
            help="docx, xlsx, pdf (các trang được dẫn, có tô đoạn trích) hoặc json; mặc định theo đuôi tệp.",
        ),
    ] = None,
    go_on: Annotated[
        Path | None,
        typer.Option("--go-on", metavar="BỘ.json", readable=False, help="Làm tiếp bộ đã lưu thay vì đọc tệp câu hỏi."),
    ] = None,
    handout: Annotated[
        bool, typer.Option("--handout", help="Bản phát tay: câu hỏi ở trước, câu trả lời sang trang sau (docx).")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Ghi đè tệp đã có.")] = False,
    title: Annotated[str | None, typer.Option("--title", metavar="TÊN", help="Tên tài liệu, ví dụ “Về …”.")] = None,
    session: Annotated[str | None, typer.Option("--session", metavar="TÊN", help="Buổi hoặc lớp tập huấn.")] = None,
    author: Annotated[str | None, typer.Option("--author", metavar="TÊN", help="Người biên soạn.")] = None,
    office: Annotated[str | None, typer.Option("--office", metavar="TÊN", help="Cơ quan ban hành.")] = None,
    superior: Annotated[str | None, typer.Option("--superior", metavar="TÊN", help="Cơ quan chủ quản.")] = None,
    number: Annotated[str | None, typer.Option("--number", metavar="SỐ", help="Số, ký hiệu của tài liệu.")] = None,
    place: Annotated[str | None, typer.Option("--place", metavar="TÊN", help="Địa danh.")] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="NGÀY", callback=_day, help="Ngày, dạng NĂM-THÁNG-NGÀY.")
    ] = None,
    party: Annotated[bool, typer.Option("--party", help="Thể thức văn bản của Đảng.")] = False,
    document: DocumentOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Làm bộ hỏi đáp từ một tệp câu hỏi: trả lời từng câu kèm trích dẫn, xuất ra Word, Excel hoặc PDF."""
    if (questions is None) == (go_on is None):
        raise typer.BadParameter("cần đúng một trong hai: CÂU-HỎI hoặc --go-on BỘ.json")
    if out is None:
        raise typer.BadParameter("thiếu --out TỆP")
    files = _files(out, form, go_on)
    made = _read(questions, go_on)
    head = made.head
    made = replace(
        made,
        title=title or made.title,
        session=session or made.session,
        author=author or made.author,
        date=date or made.date,
        documents=tuple(document or made.documents),
        head=replace(
            head,
            office=office or head.office,
            superior=superior or head.superior,
            number=number or head.number,
            place=place or head.place,
            is_party=party or head.is_party,
        ),
    )
    _refuse_overwriting(files, go_on, overwrite=overwrite)
    from policy_qa.cli.questions import open_assistant

    assistant = open_assistant(index, encoder)
    made = _run(made, assistant, files)
    _export(made, assistant, files, handout=handout)
    _report(made, files)


def _files(out: Path, form: str | None, go_on: Path | None) -> Files:
    suffix = out.suffix.lower().removeprefix(".")
    form = form or suffix
    if form not in FORMATS or (suffix and suffix in FORMATS and suffix != form):
        raise typer.BadParameter(f"đuôi của --out phải là một trong: {', '.join(FORMATS)}, và hợp với --format")
    stored = out if form == "json" else out.with_name(f"{out.stem}{STORED}")
    return Files(out, form, go_on if go_on and form != "json" else stored)


def _read(questions: Path | None, go_on: Path | None) -> Pack:
    if go_on is not None:
        from policy_qa.packs.pack import read_pack

        return read_pack(go_on)
    from policy_qa.packs.pack import Pack
    from policy_qa.packs.questions import read_questions

    assert questions is not None  # noqa: S101 - one of the two is given
    found = read_questions(questions)
    for note in found.notes:
        say(note)
    return Pack.of(found.questions)


def _refuse_overwriting(files: Files, go_on: Path | None, *, overwrite: bool) -> None:
    if not files.out.absolute().parent.is_dir():
        raise CannotPack(f"Không có thư mục {files.out.absolute().parent}: tạo thư mục đó, hoặc chọn --out khác.")
    for file in dict.fromkeys((files.stored, files.out)):
        if file.exists() and not overwrite and not (go_on and _same(file, go_on)):
            how = f", dùng --go-on {file} để làm tiếp bộ đã lưu" if file == files.stored else ""
            raise CannotPack(f"Đã có tệp {file}: chọn --out khác{how}, hoặc thêm --overwrite để ghi đè.")


def _same(file: Path, other: Path) -> bool:
    try:
        return file.samefile(other)
    except OSError:
        return False


def _run(made: Pack, assistant: Assistant, files: Files) -> Pack:
    """Asks what is pending and stores the pack as it grows, so that nothing is lost when it is stopped."""
    from policy_qa.cli.indexing import progress_bar
    from policy_qa.packs.pack import write_pack
    from policy_qa.packs.running import run

    write_pack(made, files.stored)
    stored = time.monotonic()
    try:
        with progress_bar() as progress:
            for step in run(made, lambda question, documents: assistant.ask(question, documents)):
                made = step.pack
                progress(ASKING, step.done, step.total)
                # Quotations come faster than a long pack is written; a model's answers are stored one by one.
                if time.monotonic() - stored > SECONDS_UNSTORED:
                    write_pack(made, files.stored)
                    stored = time.monotonic()
    except KeyboardInterrupt:
        left = len(made.pending)
        say(f"Đã dừng, còn {left} câu. Làm tiếp: policy-qa pack --go-on {files.stored} --out {files.out}")
        raise typer.Exit(1) from None
    finally:
        write_pack(made, files.stored)
    return made


def _export(made: Pack, assistant: Assistant, files: Files, *, handout: bool) -> None:
    if files.form == "json":
        return
    beside = files.out.with_name(f".{files.out.name}.{os.getpid()}.tmp")
    try:
        beside.write_bytes(_exported(made, assistant, files.form, handout=handout))
        beside.replace(files.out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CannotPack(
            f"Không ghi được tệp {files.out} ({reason(error)}): đóng chương trình đang mở tệp, kiểm tra quyền ghi, rồi chạy "
            f"policy-qa pack --go-on {files.stored} --out {files.out} --overwrite."
        ) from error


def _exported(made: Pack, assistant: Assistant, form: str, *, handout: bool) -> bytes:
    if form == "xlsx":
        from policy_qa.packs.excel import to_excel

        return to_excel(made)
    if form == "docx":
        from policy_qa.packs.word import to_word

        return to_word(made, assistant.index, handout=handout)
    from policy_qa.office.documents import read_options
    from policy_qa.packs.pages import to_pages
    from policy_qa.retrieval.placing import Placer
    from policy_qa.settings import load_settings

    settings = load_settings()
    marked = to_pages(made, Placer(lambda: read_options(settings.data, settings.cache)))
    for note in marked.notes:
        say(note)
    return marked.data


def _report(made: Pack, files: Files) -> None:
    """The files on stdout; how many questions were answered, and each error, on stderr."""
    for line in _outcome(made):
        say(line)
    for file in dict.fromkeys((files.out, files.stored)):
        typer.echo(str(file))


def _outcome(made: Pack) -> Iterator[str]:
    answers = [item.answer for item in made.shown() if item.answer]
    without = sum(answer.status == "not_found" for answer in answers)
    failed = [(n, item.error) for n, item in enumerate(made.shown(), 1) if item.error]
    yield f"{len(answers) - without} câu có trả lời, {without} câu không có trong văn bản, {len(failed)} câu lỗi."
    for n, error in failed:
        yield f"Câu {n}: {error}"
