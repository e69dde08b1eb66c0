from __future__ import annotations

import json
from pathlib import Path

import pytest
from evaluated import COST, NEXT, WHEN

from policy_qa.evaluation.metrics import Figure
from policy_qa.evaluation.questions import BadQuestionSet, Question, as_line
from policy_qa.web.review.shelf import LARGEST_SET, MOST_SETS, SET_NAME, NotOnShelf, RunRecord, Shelf, file_name


def lines(*questions: Question) -> bytes:
    return "".join(json.dumps(as_line(each), ensure_ascii=False) + "\n" for each in questions).encode()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shipped = tmp_path / "evals"
    shipped.mkdir()
    (shipped / "core.jsonl").write_bytes(lines(WHEN))
    (shipped / "README.md").write_text("không phải bộ câu hỏi", "utf-8")
    return Shelf(tmp_path / "data", shipped)


def test_sets_that_came_with_the_program_and_the_offices_own(shelf: Shelf) -> None:
    assert [(found.name, found.own) for found in shelf.sets()] == [("core.jsonl", False)]
    assert shelf.add("Đèn biển.JSONL", lines(WHEN, NEXT)) == ("den-bien.jsonl", 2)
    assert shelf.add("Đèn biển.JSONL", lines(WHEN, NEXT)) == ("den-bien.jsonl", 2)
    shelf.add("core.jsonl", lines(NEXT))
    shelf.place("den-bien.rejected").with_name("den-bien.rejected.jsonl").write_bytes(lines(COST))
    assert [(found.name, found.own) for found in shelf.sets()] == [("core.jsonl", True), ("den-bien.jsonl", True)]
    assert shelf.find("core.jsonl").own
    with pytest.raises(NotOnShelf, match="Không còn bộ câu hỏi này"):
        shelf.find("../evals/core.jsonl")
    assert Shelf(shelf.place("x").parent, None).sets() == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.jsonl", "a.jsonl"),
        ("../../etc/passwd.jsonl", "passwd.jsonl"),
        ("..\\..\\windows\\CON.jsonl", "van-ban-con.jsonl"),
        (".jsonl", "van-ban.jsonl"),
        ("x.rejected.jsonl", "x-rejected.jsonl"),
        ("<script>.jsonl", "script.jsonl"),
    ],
)
def test_names_of_strangers(name: str, expected: str) -> None:
    assert file_name(name) == expected


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", lines(WHEN), "Tệp “a.txt” không phải .jsonl"),
        ("a.jsonl", b"x" * (LARGEST_SET + 1), "Tệp “a.jsonl” lớn hơn 5 MB"),
        ("hỏng.jsonl", lines(WHEN) + b"{", "^hỏng.jsonl:2: không phải JSON"),
        ("hỏng.jsonl", "câu hỏi".encode("utf-16"), "^hỏng.jsonl:1: không phải UTF-8"),
        ("trống.jsonl", b"", "^trống.jsonl: tệp không có câu hỏi nào"),
    ],
)
def test_a_set_that_is_no_good_is_named_and_not_kept(shelf: Shelf, name: str, content: bytes, expected: str) -> None:
    with pytest.raises((NotOnShelf, BadQuestionSet), match=expected):
        shelf.add(name, content)
    assert [found.name for found in shelf.sets()] == ["core.jsonl"]
    assert [*shelf.place("x").parent.iterdir()] == []


def test_a_set_is_never_overwritten_and_their_number_is_limited(shelf: Shelf) -> None:
    shelf.add("a.jsonl", lines(WHEN))
    with pytest.raises(NotOnShelf, match=r"Đã có bộ câu hỏi “a\.jsonl” với nội dung khác"):
        shelf.add("a.jsonl", lines(NEXT))
    for n in range(MOST_SETS - 1):
        shelf.place(f"b{n}.jsonl").write_bytes(lines(WHEN))
    with pytest.raises(NotOnShelf, match="xoá bớt"):
        shelf.add("c.jsonl", lines(NEXT))


def test_runs_are_kept_and_found_again(shelf: Shelf) -> None:
    chosen = shelf.find("core.jsonl")
    first = shelf.begin(chosen, "lan", 1, 0, None)
    second = shelf.begin(chosen, "minh", 1, 2, first.id)
    assert (shelf.folder(first.id) / SET_NAME).read_bytes() == chosen.path.read_bytes()
    done = RunRecord(
        second.id,
        "core.jsonl",
        "minh",
        second.started,
        1,
        2,
        first.id,
        "done",
        1,
        "",
        {"cited": Figure("cited", 1, 0.2, 1, 1)},
    )
    shelf.note(done)
    assert shelf.run(second.id) == done
    assert {record.id for record in shelf.runs()} == {first.id, second.id}
    shelf.delete(first.id)
    assert [record.id for record in shelf.runs()] == [second.id]
    assert not shelf.folder(first.id).exists()


@pytest.mark.parametrize("run_id", ["", "..", "../../data", "20310701080500-0000000", "20310701080500-0123abcd/x"])
def test_what_is_no_run_is_no_path(shelf: Shelf, run_id: str) -> None:
    with pytest.raises(NotOnShelf, match="Không còn lần chạy này"):
        shelf.folder(run_id)


def test_a_folder_that_holds_no_run_is_passed_over(shelf: Shelf) -> None:
    kept = shelf.begin(shelf.find("core.jsonl"), "", 1, 0, None)
    for name, words in (("20310701080500-0123abcd", "{"), ("20310701080500-0123abce", "[]"), ("khác", "{}")):
        folder = shelf.folder(kept.id).with_name(name)
        folder.mkdir()
        (folder / "run.json").write_text(words, "utf-8")
    assert [record.id for record in shelf.runs()] == [kept.id]
    with pytest.raises(NotOnShelf):
        shelf.run("20310701080500-0123abcd")
