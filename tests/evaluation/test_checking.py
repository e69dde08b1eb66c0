"""Sets that are not fit to measure with are refused with file, line and reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nursery import KEY

from policy_qa.evaluation.checking import Checked, check
from policy_qa.evaluation.external import write_set
from policy_qa.evaluation.questions import DocumentVersion, NeededFile, Question

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

SPENT = Question(
    "a-1", "Ngân sách tỉnh chi bao nhiêu cho vườn ươm?", "figure", "plain", ((f"{KEY}#điều=4;khoản=1",),),
    ("250 TRIỆU đồng",), False, None, "tests", "draft",
)  # fmt: skip
REFUSED = Question("a-2", "Cách nấu phở bò ngon?", "content", "plain", (), (), True, "out_of_scope", "tests", "draft")


def checked(folder: Path, assistant: Assistant, *sets: list[Question]) -> Checked:
    paths = [folder / f"bộ {n}.jsonl" for n, _ in enumerate(sets, 1)]
    for path, questions in zip(paths, sets, strict=True):
        write_set(questions, path)
    return check(paths, assistant.index)


def errors(found: Checked) -> list[str]:
    return [str(problem) for problem in found.problems if problem.weight == "error"]


def warnings(found: Checked) -> list[str]:
    return [str(problem) for problem in found.problems if problem.weight == "warning"]


def test_a_sound_set_has_no_error(tmp_path: Path, assistant: Assistant) -> None:
    found = checked(tmp_path, assistant, [SPENT, REFUSED])
    assert (found.questions, found.not_held, errors(found)) == (2, 0, [])
    (missing,) = warnings(found)
    assert "date, who, list, address, identity, relation, definition" in missing and "figure" not in missing


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"gold": ((f"{KEY}#điều=4;khoản=9",),)}, "không có điều khoản điều=4;khoản=9"),
        ({"gold": (("9/QĐ-X@2020-01-01#điều=1",),)}, "không có văn bản 9/QĐ-X@2020-01-01"),
        ({"key_facts": ("350 triệu đồng",)}, "'350 triệu đồng'"),
        ({"gold": ((f"{KEY}#điều=4;khoản=1", f"{KEY}#điều=1"),)}, "'250 TRIỆU đồng'"),  # not in every alternative
        ({"versions": (DocumentVersion(KEY, "0" * 64),)}, f"phiên bản khác của {KEY}"),
    ],
)
def test_what_is_wrong_is_named_with_file_and_line(
    tmp_path: Path, assistant: Assistant, changes: dict[str, object], named: str
) -> None:
    found = checked(tmp_path, assistant, [REFUSED, replace(SPENT, **changes)])  # type: ignore[arg-type]
    (error,) = errors(found)
    assert error.startswith(f"{tmp_path / 'bộ 1.jsonl'}:2: ") and named in error


def test_a_fact_may_stand_in_any_group(tmp_path: Path, assistant: Assistant) -> None:
    two = replace(SPENT, gold=((f"{KEY}#điều=1",), (f"{KEY}#điều=4;khoản=1",)))
    assert errors(checked(tmp_path, assistant, [two])) == []


def test_the_version_of_a_document_that_is_there_is_accepted(tmp_path: Path, assistant: Assistant) -> None:
    record = assistant.index.document(KEY)
    assert record is not None
    found = checked(tmp_path, assistant, [replace(SPENT, versions=(DocumentVersion(KEY, record.sha256),))])
    assert (errors(found), found.not_held) == ([], 0)


def test_what_the_index_has_not_is_counted(tmp_path: Path, assistant: Assistant) -> None:
    elsewhere = replace(SPENT, gold=(("x.pdf#điều=1",),), files=(NeededFile("pdf/x.pdf", "1" * 64),))
    found = checked(tmp_path, assistant, [elsewhere, REFUSED])
    assert (found.not_held, errors(found)) == (1, [])


def test_nothing_may_be_asked_twice_in_two_sets(tmp_path: Path, assistant: Assistant) -> None:
    same_words = replace(SPENT, id="b-1", question="ngân sách tỉnh  CHI bao nhiêu cho vườn ươm?")
    same_id = replace(REFUSED, question="Cách nấu bún chả?")
    first, second = tmp_path / "bộ 1.jsonl", tmp_path / "bộ 2.jsonl"
    found = checked(tmp_path, assistant, [SPENT, REFUSED], [same_words, same_id])
    assert errors(found) == [
        f"{second}:1: câu hỏi này đã có ở {first}:1.",
        f"{second}:2: id này đã có ở {first}:2.",
    ]


def test_questions_nearly_the_same_are_pointed_out(tmp_path: Path, assistant: Assistant) -> None:
    near = replace(SPENT, id="b-1", question="Ngân sách tỉnh chi bao nhiêu cho vườn ươm vậy?")
    folded = replace(SPENT, id="b-2", question="ngan sach tinh chi bao nhieu cho vuon uom", style="no-diacritics")
    other = replace(SPENT, id="b-3", question="Mỗi năm tỉnh dành bao nhiêu tiền cho vườn ươm?")
    found = checked(tmp_path, assistant, [SPENT, near, folded, other])
    pointed = [line for line in warnings(found) if "gần như trùng" in line]
    assert len(pointed) == 1 and pointed[0].startswith(f"{tmp_path / 'bộ 1.jsonl'}:2: ")
    assert errors(found) == []


@pytest.mark.parametrize(
    ("content", "line", "named"),
    [
        (b"{\n", 1, "JSON"),
        (b"\n{}\n", 2, "thiếu trường"),
        ("{}\n".encode("utf-16"), 1, "UTF-8"),
        (b"", None, "không có câu hỏi nào"),
    ],
)
def test_a_set_that_cannot_be_read_is_a_problem_beside_the_others(
    tmp_path: Path, assistant: Assistant, content: bytes, line: int | None, named: str
) -> None:
    broken, sound = tmp_path / "hỏng: 1.jsonl", tmp_path / "tốt.jsonl"
    broken.write_bytes(content)
    write_set([SPENT], sound)
    found = check([broken, sound], assistant.index)
    (problem,) = (problem for problem in found.problems if problem.weight == "error")
    assert (problem.file, problem.line) == (broken, line) and named in problem.why
    assert found.questions == 1


def test_the_shipped_sets_over_the_digests_are_sound(assistant: Assistant) -> None:
    evals = Path(__file__).parents[2] / "evals"
    found = check(sorted(evals.glob("*.jsonl")), assistant.index)
    assert errors(found) == [] and found.questions >= 800 and found.not_held == 212


def test_hundreds_of_like_questions_are_looked_through_quickly(tmp_path: Path, assistant: Assistant) -> None:
    many = [replace(REFUSED, id=f"m-{n}", question=f"Điều {n} quy định việc {n * 7} thế nào?") for n in range(1500)]
    assert errors(checked(tmp_path, assistant, many)) == []
