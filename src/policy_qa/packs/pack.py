"""What a pack is: its head, its questions in order, what was answered, what the trainer decided and edited."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias

from policy_qa.answer import Answer
from policy_qa.document import JSON, to_json
from policy_qa.errors import PolicyQAError, reason
from policy_qa.stored import from_json

State: TypeAlias = Literal["proposed", "accepted", "rejected"]

FORM = "policy-qa pack 1"
MAX_BYTES = 64 * 2**20
"""Of a stored pack: 500 answers with long citations take a tenth."""


class BadPack(PolicyQAError):
    """A stored pack that cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a document of the office; what the office did not give (None) is left to be written by hand.

    `superior` is the body above the office; `is_party` for Party bodies, whose documents bear no quốc hiệu.
    """

    office: str | None = None
    superior: str | None = None
    number: str | None = None
    place: str | None = None
    is_party: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `answer` or `error` (a sentence) is there once it was asked; `edited` are the trainer's own words for it."""

    question: str
    answer: Answer | None = None
    error: str | None = None
    state: State = "proposed"
    edited: str | None = None

    @property
    def is_pending(self) -> bool:
        """Whether it is still to be asked: it never was, or an error kept it from being answered."""
        return self.answer is None and self.state != "rejected"

    @property
    def words(self) -> str:
        """What a trainer edits: the edited words, otherwise the answer's own, a statement a line."""
        if self.edited is not None:
            return self.edited
        return (
            "\n".join(" ".join(statement.text.split()) for statement in self.answer.statements) if self.answer else ""
        )


@dataclass(frozen=True, slots=True)
class Pack:
    """Questions in order with their answers. `date` is `YYYY-MM-DD`; `documents` (NUMBER or NUMBER@DATE) narrow all questions."""

    title: str = ""
    session: str = ""
    date: str | None = None
    author: str = ""
    head: Head = field(default_factory=Head)
    documents: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    @classmethod
    def of(cls, questions: Iterable[str]) -> Pack:
        """A pack of these questions, none asked yet."""
        return cls(items=tuple(map(Item, questions)))

    @property
    def pending(self) -> list[int]:
        """The positions, from 0, of the questions that are still to be asked."""
        return [position for position, item in enumerate(self.items) if item.is_pending]

    def shown(self) -> Iterator[Item]:
        """What is handed out, in order: all but the rejected."""
        return (item for item in self.items if item.state != "rejected")

    def with_item(self, position: int, item: Item) -> Pack:
        """The pack with another item at `position`."""
        return replace(self, items=(*self.items[:position], item, *self.items[position + 1 :]))

    def in_order(self, positions: Sequence[int]) -> Pack:
        """The pack with its items in this order; ValueError unless each position is there once."""
        if sorted(positions) != list(range(len(self.items))):
            raise ValueError(f"not an order of {len(self.items)} items: {positions}")
        return replace(self, items=tuple(self.items[position] for position in positions))

    def to_json(self) -> dict[str, JSON]:
        """The pack as plain JSON, answers and all."""
        return {"form": FORM, "pack": to_json(self)}

    @classmethod
    def from_json(cls, value: JSON) -> Pack:
        """The pack that `to_json` made `value` of; ValueError where it is none."""
        if not isinstance(value, dict) or value.get("form") != FORM:
            raise ValueError("not a pack")
        pack = from_json(cls, value.get("pack"))
        if pack.date is not None:
            datetime.date.fromisoformat(pack.date)
        return pack


def write_pack(pack: Pack, path: Path) -> None:
    """Stores a pack; a file that is there is replaced in one step, so that a crash leaves one or the other.

    Raises:
        BadPack: it cannot be written (rights, disk full, no such folder).
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        beside.write_text(json.dumps(pack.to_json(), ensure_ascii=False), encoding="utf-8", newline="\n")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise BadPack(
            f"Không ghi được bộ hỏi đáp vào {path} ({reason(error)}): kiểm tra thư mục, quyền ghi và chỗ trống trên đĩa."
        ) from error


def read_pack(path: Path) -> Pack:
    """The pack stored at `path`.

    Raises:
        BadPack: it cannot be opened, or is none.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadPack(f"Không mở được bộ hỏi đáp {path} ({reason(error)}): kiểm tra đường dẫn và quyền đọc.") from error
    try:
        if len(data) > MAX_BYTES:
            raise ValueError("too large")
        return Pack.from_json(json.loads(data.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        raise BadPack(
            f"Tệp {path} không phải bộ hỏi đáp đã lưu, hoặc đã hỏng: chọn tệp .json do `policy-qa pack` ghi."
        ) from error
