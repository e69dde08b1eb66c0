from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nursery import KEY

from policy_qa.evaluation import __main__ as command
from policy_qa.evaluation.questions import Question
from policy_qa.evaluation.runner import run

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

ANSWERED = {
    "id": "t-1",
    "question": "Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?",
    "kind": "figure",
    "style": "plain",
    "gold": [[f"{KEY}#điều=4;khoản=1"]],
    "key_facts": ["250 triệu đồng"],
    "unanswerable": False,
    "reason": None,
    "author": "tests",
    "state": "draft",
}
WRONG = {**ANSWERED, "id": "t-2", "question": "Vườn ươm cây ngập mặn là gì?", "kind": "definition", "key_facts": []}
REFUSED = {
    **ANSWERED,
    "id": "t-3",
    "question": "Cách nấu phở bò ngon?",
    "kind": "content",
    "gold": [],
    "key_facts": [],
    "unanswerable": True,
    "reason": "out_of_scope",
}
SET = [ANSWERED, WRONG, REFUSED]


def questions(records: Sequence[dict[str, object]]) -> list[Question]:
    made = []
    for record in records:
        gold = tuple(tuple(group) for group in record["gold"])  # type: ignore[attr-defined]
        made.append(Question(**{**record, "gold": gold, "key_facts": tuple(record["key_facts"])}))  # type: ignore[arg-type]
    return made


def test_each_question_gets_its_result_in_order(assistant: Assistant) -> None:
    results = list(run(assistant, questions(SET)))
    assert [r.question.id for r in results] == ["t-1", "t-2", "t-3"]
    first, second, third = results
    assert first.cited == (f"{KEY}#điều=4;khoản=1",) and first.ranked[0] == first.cited[0]
    assert first.verbatim == (True,) and first.milliseconds > 0 and first.error is None
    assert second.cited == (f"{KEY}#điều=2",)
    assert third.refused and third.cited == () and third.verbatim == ()


def test_a_question_that_fails_keeps_its_place(assistant: Assistant) -> None:
    overlong = {**ANSWERED, "id": "t-4", "question": "vườn " * 1000}
    results = list(run(assistant, questions([overlong, ANSWERED])))
    assert results[0].answer is None and "quá giới hạn" in (results[0].error or "")
    assert not results[0].refused and results[0].cited == results[0].ranked == ()
    assert results[1].answer is not None


def test_no_questions_no_results(assistant: Assistant) -> None:
    assert list(run(assistant, [])) == []


def printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str | Path
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["evaluation", *map(str, arguments)])
    code = command.main()
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.fixture
def set_file(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in SET), encoding="utf-8")
    return path


def test_the_command_prints_shares_groups_and_failures(
    assistant: Assistant,
    set_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = Path(assistant.index._index_dir)
    code, out, err = printed(monkeypatch, capsys, set_file, "--index", folder, "--failures")
    assert (code, err) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    assert lines[0][-2:] == ["3", "questions"]
    shares = [line[:4] for line in lines]
    assert ["right", "provision", "cited", "50.0%"] in shares
    assert ["quotes", "verbatim", "100.0%", "95"] in shares
    assert ["not", "answerable", "refused", "100.0%"] in shares
    assert "official files" not in out and "left out" not in out
    assert [line[:2] for line in lines if line[:1] == ["definition"]] == [["definition", "1"]]
    assert "t-2 [definition, plain]" in out and "t-1 [" not in out and "t-3 [" not in out


def test_the_command_says_what_is_wrong_in_one_sentence(
    tmp_path: Path, set_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = printed(monkeypatch, capsys, set_file, "--index", tmp_path / "không có")
    assert (code, out) == (1, "") and len(err.strip().splitlines()) == 1


def test_the_command_names_the_line_that_is_wrong(
    assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{}\n", encoding="utf-8")
    code, out, err = printed(monkeypatch, capsys, broken, "--index", Path(assistant.index._index_dir))
    assert (code, out) == (1, "") and err.startswith(f"{broken}:1: ")
