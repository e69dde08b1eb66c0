"""A pack's questions asked one after another; whoever goes through the steps saves, shows progress and may stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from policy_qa.answer import Answer
from policy_qa.errors import PolicyQAError
from policy_qa.packs.pack import Item, Pack

Ask: TypeAlias = Callable[[str, Sequence[str]], Answer]
"""The answer to a question within documents (NUMBER or NUMBER@DATE; none: all); raises PolicyQAError."""

UNFORESEEN = (
    "Không trả lời được câu này vì một lỗi chưa lường trước ({name}): hỏi lại; nếu vẫn vậy, báo cho người quản trị."
)


@dataclass(frozen=True, slots=True)
class Step:
    """One question was asked: the pack with its answer, the question's position from 0, how many of those asked are done."""

    pack: Pack
    position: int
    done: int
    total: int


def run(pack: Pack, ask: Ask) -> Iterator[Step]:
    """Asks what is pending, in order, a step a question; go on from the last step's pack to go on where it stopped.

    What goes wrong with one question is its own `error`, a sentence, and the next one is asked. Errors are pending
    again the next time: a model that did not answer may answer then.
    """
    positions = pack.pending
    for done, position in enumerate(positions, 1):
        pack = pack.with_item(position, asked(pack.items[position], ask, pack.documents))
        yield Step(pack, position, done, len(positions))


def asked(item: Item, ask: Ask, documents: Sequence[str] = ()) -> Item:
    """The item with a new answer or error; what the trainer decided and edited of an old answer no longer counts."""
    fresh = replace(item, answer=None, error=None, edited=None, state="proposed")
    try:
        return replace(fresh, answer=ask(item.question, documents))
    except PolicyQAError as error:
        return replace(fresh, error=str(error))
    except Exception as error:  # one odd question must not cost the trainer the answers to all the others
        return replace(fresh, error=UNFORESEEN.format(name=type(error).__name__))
