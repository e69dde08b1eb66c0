"""Running: in order, errors apart, stopped and gone on with."""

from __future__ import annotations

from collections.abc import Sequence

from quoting import answered, cited

from policy_qa.answer import Answer
from policy_qa.errors import BadQuestion
from policy_qa.packs.pack import Item, Pack
from policy_qa.packs.running import asked, run


class Office:
    """Answers, but not what it is told to fail at."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.fails_at: set[str] = set()

    def ask(self, question: str, documents: Sequence[str]) -> Answer:
        self.asked.append((question, tuple(documents)))
        if question in self.fails_at:
            raise BadQuestion(f"Không hỏi được {question}.")
        if question == "lỗi":
            raise ZeroDivisionError
        return answered(cited(f"Trả lời {question}"), question=question)


def test_each_question_is_a_step_and_an_error_is_its_own() -> None:
    office = Office()
    office.fails_at = {"b"}
    steps = list(run(Pack(documents=("7/QĐ-VU",), items=tuple(map(Item, ("a", "b", "lỗi", "c")))), office.ask))
    assert [(step.position, step.done, step.total) for step in steps] == [(0, 1, 4), (1, 2, 4), (2, 3, 4), (3, 4, 4)]
    assert office.asked[0] == ("a", ("7/QĐ-VU",))
    items = steps[-1].pack.items
    assert [item.answer is not None for item in items] == [True, False, False, True]
    assert items[1].error == "Không hỏi được b."
    assert items[2].error is not None
    assert "ZeroDivisionError" in items[2].error
    assert steps[0].pack.items[1].answer is None


def test_it_goes_on_where_it_stopped_and_asks_again_what_failed() -> None:
    office = Office()
    office.fails_at = {"a"}
    pack = Pack.of("abcd")
    for step in run(pack, office.ask):
        pack = step.pack
        if step.done == 2:
            break
    office.fails_at, office.asked = set(), []
    steps = list(run(pack, office.ask))
    assert [question for question, _ in office.asked] == ["a", "c", "d"]
    assert [step.total for step in steps] == [3, 3, 3]
    assert steps[-1].pack.pending == []
    assert steps[-1].pack.items[0].error is None


def test_what_was_rejected_is_not_asked() -> None:
    office = Office()
    assert list(run(Pack(items=(Item("a", state="rejected"),)), office.ask)) == []
    assert office.asked == []


def test_asking_again_gives_up_what_was_edited_and_decided() -> None:
    item = Item("a", answered(cited("cũ")), state="accepted", edited="lời cũ")
    fresh = asked(item, Office().ask)
    assert (fresh.edited, fresh.state) == (None, "proposed")
    assert fresh.answer is not None
    assert fresh.answer.statements[0].text == "Trả lời a"
