"""`eval draft|from-feedback`: questions proposed from documents and from complaints."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_qa.cli.console import fail, say, show_text, write_json
from policy_qa.cli.options import EncoderOption, IndexOption, JsonOption

if TYPE_CHECKING:
    from policy_qa.document import JSON, Document
    from policy_qa.evaluation.questions import Question
    from policy_qa.retrieval.index import Index

OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="TỆP.jsonl", readable=False, help="Ghi vào tệp này; tệp đã có thì thêm câu mới."),
]

# --- drafting


def draft(
    document: Annotated[str, typer.Argument(metavar="VĂN-BẢN", help="SỐ hoặc SỐ@NGÀY trong chỉ mục, hoặc một tệp.")],
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, max=500, help="Số câu cần soạn.")] = 20,
    kinds: Annotated[
        str | None,
        typer.Option("--kinds", metavar="LOẠI,…", help="Chỉ các loại này: figure, date, who, list, near-miss…"),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="Số khác thì chọn câu khác.")] = 0,
    out: OutOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Soạn nháp câu hỏi từ một văn bản."""
    from policy_qa.evaluation.drafting import KINDS
    from policy_qa.evaluation.drafting import draft as drafted
    from policy_qa.evaluation.questions import as_line

    wanted = _kinds(kinds, KINDS)
    questions = drafted(_document(document, index, encoder), count, wanted, seed)
    if not questions:
        raise fail(f"Không soạn được câu hỏi nào từ {document}: hãy bỏ bớt --kinds, hoặc chọn văn bản khác.")
    if out:
        _add(out, [as_line(question) for question in questions])
    for question in questions if not out or as_json else ():
        write_json(as_line(question)) if as_json else show_text(_written(question))
    if len(questions) < count:
        say(f"Chỉ soạn được {len(questions)} câu: văn bản không có thêm chỗ nào hỏi được chắc chắn.")


def _kinds(names: str | None, known: Sequence[str]) -> Sequence[str]:
    if names is None:
        return known
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    if not wanted or set(wanted) - set(known):
        raise typer.BadParameter(f"--kinds {names!r}: chỉ có {', '.join(known)}")
    return wanted


def _document(name: str, index: Path | None, encoder: str | None) -> Document:
    """The document in the file `name`, or else of this number in the index."""
    from policy_qa.cli.indexing import file_loader
    from policy_qa.evaluation.drafting.indexed import indexed_document
    from policy_qa.office.documents import find

    with suppress(OSError, ValueError):  # a number may be what no file can be called
        if Path(name).is_file():
            with file_loader() as loader:
                return loader.load(Path(name))
    opened = opened_index(index, encoder)
    return indexed_document(opened, find(opened.documents(), name).key)


def opened_index(index: Path | None, encoder: str | None) -> Index:
    """The index in this folder, or the one that is set; raises NoIndex and what `open_index` raises."""
    from policy_qa.retrieval.encoder import load_encoder
    from policy_qa.retrieval.index import open_index
    from policy_qa.settings import load_settings

    settings = load_settings()
    return open_index(index or settings.index, load_encoder(encoder or settings.encoder))


def _add(path: Path, lines: Sequence[dict[str, JSON]]) -> None:
    from policy_qa.evaluation.reviewing import add_drafts

    added = add_drafts(path, lines)
    say(
        f"{path}: thêm {added} câu, bỏ {len(lines) - added} câu đã có hoặc đã loại. Duyệt: policy-qa eval review {path}"
    )


def _written(question: Question) -> str:
    from policy_qa.evaluation.gold import gold_on_a_line

    answer = gold_on_a_line(question.gold) if question.gold else f"không trả lời được ({question.reason})"
    facts = f"\n    Chi tiết: {'; '.join(question.key_facts)}" if question.key_facts else ""
    return f"[{question.kind}] {question.question}\n    {answer}{facts}"


# --- complaints


def from_feedback(out: OutOption = None, as_json: JsonOption = False) -> None:
    """Đưa câu bị chê trong hội thoại thành câu hỏi cần duyệt."""
    from policy_qa.evaluation.feedback_drafts import feedback_drafts
    from policy_qa.office.database import Database
    from policy_qa.office.feedback import feedback_items
    from policy_qa.settings import load_settings

    database = Database(load_settings().data)
    try:
        lines = feedback_drafts(feedback_items(database, "down"))
    finally:
        database.close()
    if not lines:
        say("Chưa có câu trả lời nào bị chê.")
        return
    if out:
        _add(out, lines)
    for line in lines if not out or as_json else ():
        write_json(line) if as_json else show_text(f"{line['id']}  {line['question']}")
