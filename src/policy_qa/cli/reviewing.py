"""`eval review`: drafts accepted, edited or rejected one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from policy_qa.cli.console import harmless, say
from policy_qa.cli.drafts import opened_index
from policy_qa.cli.options import EncoderOption, IndexOption
from policy_qa.errors import IndexMismatch, NoIndex, PolicyQAError

if TYPE_CHECKING:
    from rich.console import Console

    from policy_qa.document import JSON
    from policy_qa.evaluation.reviewing import Item, Review
    from policy_qa.retrieval.index import Index

_LONGEST_TEXT = 800
"""Characters of a provision that are shown."""
_NOTHING = "-"


def review(
    file: Annotated[Path, typer.Argument(metavar="TỆP.jsonl", readable=False, help="Tệp câu hỏi cần duyệt.")],
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Duyệt các câu hỏi nháp: nhận, sửa hoặc loại từng câu.

    Mỗi quyết định được ghi ngay vào tệp; câu bị loại chuyển sang tệp .rejected.jsonl bên cạnh.
    """
    from policy_qa.cli.console import rich_console
    from policy_qa.evaluation.reviewing import Review

    opened = Review(file)
    try:
        held: Index | None = opened_index(index, encoder)
    except (NoIndex, IndexMismatch) as error:
        say(f"Không đối chiếu được với văn bản: {error}")
        held = None
    console = rich_console()
    try:
        _all(opened, held, console)
    except (KeyboardInterrupt, EOFError):
        console.print()
        say(f"Đã dừng; mọi quyết định đã ghi vào {file}, còn {len(opened.pending())} câu chưa duyệt.")
        raise typer.Exit(1) from None
    say(f"{file}: còn {len(opened.pending())} câu chưa duyệt.")


def _all(opened: Review, index: Index | None, console: Console) -> None:
    pending = opened.pending()
    for number, item in enumerate(pending, 1):
        console.rule(harmless(f"{number}/{len(pending)} · {item.id}"))
        if not _one(opened, item, index, console):
            return


def _one(opened: Review, item: Item, index: Index | None, console: Console) -> bool:
    """Shows a question until it is decided on; whether to go on with the next."""
    _show(item, index, console)
    typed: dict[str, JSON] = {}  # what a slip must not lose
    while True:
        key = console.input("[a] nhận  [s] sửa  [x] loại  [Enter] để sau  [q] nghỉ: ", markup=False).strip().lower()
        try:
            if key in ("q", "nghỉ"):
                return False
            if key == "":
                return True
            if key in ("a", "nhận"):
                _check(item, index)
                opened.accept(item.id)
                return True
            if key in ("x", "loại"):
                opened.reject(item.id)
                return True
            if key in ("s", "sửa"):
                typed = _changes(item, typed, console)
                item, typed = opened.edit(item.id, typed), {}
                _show(item, index, console)
        except (PolicyQAError, ValueError) as error:
            say(str(error))


def _check(item: Item, index: Index | None) -> None:
    """Raises ValueError where the documents speak against a question: it must not be accepted so."""
    for flaw in _flaws(item, index):
        raise ValueError(f"Chưa nhận được: {flaw}")


def _flaws(item: Item, index: Index | None) -> Iterator[str]:
    from policy_qa.evaluation.checking import against

    if item.question is None:
        yield item.flaw or ""
    elif index is not None:
        yield from against(item.question, index)


def _show(item: Item, index: Index | None, console: Console) -> None:
    lines = [f"Câu hỏi: {item.words}", f"Loại: {item.record.get('kind')} · cách gõ: {item.record.get('style')}"]
    if item.complaint:
        lines += [
            f"Người dùng chê: {item.complaint.comment or '(không ghi gì)'}",
            f"Đã trả lời: {item.complaint.answer}",
        ]
        lines += [f"Đã trích: {_provision(provision, index)}" for provision in item.complaint.cited]
    if item.record.get("unanswerable"):
        lines.append(f"Văn bản không trả lời: {item.record.get('reason')}")
    for number, group in enumerate(item.gold, 1):
        texts = "\n   hoặc ".join(_provision(provision, index) for provision in group)
        lines.append(f"{number}. {texts}")
    facts = item.record.get("key_facts")
    if isinstance(facts, list) and facts:
        lines.append(f"Chi tiết phải có: {'; '.join(map(str, facts))}")
    lines += [f"Cần sửa: {flaw}" for flaw in _flaws(item, index)]
    console.print(harmless("\n".join(lines)))


def _provision(provision: str, index: Index | None) -> str:
    """A provision's id with its words."""
    from policy_qa.evaluation.questions import split_id

    try:
        key, address = split_id(provision)
        found = index.provision(key, address) if index and index.document(key) else None
    except ValueError:
        found = None
    if index is None or found is None:
        return provision
    text = " ".join(index.text(found.document, found.span).split())
    return f"{provision}\n      {text[:_LONGEST_TEXT]}{'…' if len(text) > _LONGEST_TEXT else ''}"


def _changes(item: Item, typed: dict[str, JSON], console: Console) -> dict[str, JSON]:
    """What the reviewer types in place of what is there, on top of what was typed before; Enter keeps a field as it is."""
    from policy_qa.answer import Reason
    from policy_qa.evaluation.questions import Kind

    now, changes = {**item.record, **typed}, dict(typed)
    if words := _asked("Câu hỏi", str(now.get("question")), console):
        changes["question"] = words
    if kind := _asked(f"Loại ({', '.join(get_args(Kind))})", str(now.get("kind")), console):
        changes["kind"] = kind
    gold = _gold(item, now.get("gold"), console)
    if gold == []:
        why = console.input(f"Vì sao ({', '.join(get_args(Reason))}): ", markup=False).strip()
        return {**changes, "gold": [], "key_facts": [], "unanswerable": True, "reason": why}
    if gold is not None:
        changes |= {"gold": gold, "unanswerable": False, "reason": None}
    facts = now.get("key_facts")
    said = "; ".join(map(str, facts)) if isinstance(facts, list) else ""
    if line := _asked(f"Chi tiết phải có, cách nhau bằng dấu chấm phẩy; {_NOTHING}: không có", said, console):
        changes["key_facts"] = [fact.strip() for fact in line.split(";") if fact.strip() not in ("", _NOTHING)]
    return changes


def _gold(item: Item, now: JSON, console: Console) -> JSON:
    """The gold that is typed, asked for until it can be read; the empty list for none, None to keep what is there."""
    from policy_qa.evaluation.gold import ALSO, ALTERNATIVE, document_of, gold_of_line, gold_on_a_line

    said = gold_on_a_line([list(map(str, group)) for group in now]) if isinstance(now, list) else ""
    label = (
        f"Điều khoản trả lời (“{ALSO.strip()}” giữa các điều khoản đều phải có, “{ALTERNATIVE.strip()}” giữa các điều khoản"
        f" thay nhau được; {_NOTHING}: văn bản không trả lời)"
    )
    while True:
        line = _asked(label, said, console)
        if not line:
            return None
        if line == _NOTHING:
            return []
        try:
            return gold_of_line(line, document_of(item))
        except ValueError as slip:
            say(str(slip))


def _asked(label: str, now: str, console: Console) -> str:
    return console.input(f"{label} (Enter: giữ “{harmless(now)}”): ", markup=False).strip()
