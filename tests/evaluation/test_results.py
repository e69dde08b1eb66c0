"""Results as they are written down: read again as they were, gone on with after a kill, never lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from asked import ONE, TWO, failed, question, result

from policy_qa.evaluation.results import BadResults, ResultsWriter, Run, Support, read_results

HEAD = Run(
    "bo.jsonl", "0" * 64, 3, "2026-11-26T10:00:00+00:00", "máy thử", None, {"code": "1"}, "000001", {"1/QĐ-A": "f" * 64}
)
RESULTS = (
    replace(
        result(
            question((ONE,), facts=("5%",), id_="q1"), ONE, said="Góp 5% </script>", ranked=(ONE, TWO), verbatim=(True,)
        ),
        support=(Support(False, 0.5, (False,), "Không có."),),
        texts={ONE: "Điều 1\nGóp 5%.\u2028"},
    ),
    result(question(id_="q2"), probability=0.25),
    failed(question((TWO,), id_="q3")),
)


def written(path: Path, count: int = 3, head: Run = HEAD, *, ended: bool = True) -> Path:
    with ResultsWriter(path, head) as writer:
        for one in RESULTS[:count]:
            writer.add(one)
        if ended:
            writer.end()
    return path


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path / "lần 1" / "results.jsonl")
    for place in (path, path.parent):
        found = read_results(place)
        assert (found.run, found.results) == (HEAD, RESULTS)
        assert found.ended is not None


def test_each_result_is_on_disk_before_the_next_question(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    with ResultsWriter(path, HEAD) as writer:
        for n, one in enumerate(RESULTS, 1):
            writer.add(one)
            assert len(read_results(path).results) == n
    assert read_results(path).ended is None


def test_a_killed_run_goes_on_behind_its_last_whole_line(tmp_path: Path) -> None:
    path = written(tmp_path / "results.jsonl", 2, ended=False)
    with path.open("ab") as file:
        file.write('{"result": {"question": {"id": "q3", "câu'.encode()[:-1])  # cut inside a letter
    assert read_results(path).results == RESULTS[:2]
    later = replace(HEAD, started="2026-11-26T11:00:00+00:00", commit="abc", machine="máy khác")
    with ResultsWriter(path, later) as writer:
        assert writer.done == RESULTS[:2] and writer.set_aside is None
        writer.add(RESULTS[2])
        writer.end()
    found = read_results(path)
    assert found.results == RESULTS and found.run == HEAD


@pytest.mark.parametrize("torn", [b"", b'{"run": {"quest'])
def test_a_run_killed_before_its_first_line_begins_anew(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "results.jsonl"
    path.write_bytes(torn)
    assert read_results(written(path)).results == RESULTS


@pytest.mark.parametrize(
    "other",
    [
        replace(HEAD, sha256="1" * 64),
        replace(HEAD, versions={"code": "2"}),
        replace(HEAD, index="000002"),
        replace(HEAD, documents={}),
        replace(HEAD, perturbation="typo"),
        replace(HEAD, count=2),
    ],
)
def test_a_broken_run_of_anything_else_is_set_aside(tmp_path: Path, other: Run) -> None:
    path = written(tmp_path / "results.jsonl", 1, ended=False)
    with ResultsWriter(path, other) as writer:
        assert writer.done == ()
        assert writer.set_aside is not None and read_results(writer.set_aside).results == RESULTS[:1]
    assert read_results(path).run == other


def test_a_run_that_ended_is_set_aside_each_time_under_a_name_of_its_own(tmp_path: Path) -> None:
    path = written(tmp_path / "results.jsonl")
    written(path, 2)
    written(path, 1)
    kept = [len(read_results(one).results) for one in tmp_path.glob("results-*.jsonl")]
    assert sorted(kept) == [2, 3]
    assert len(read_results(path).results) == 1


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('{"result": {}}\n', ":1:"),
        ("[]\n", ":1:"),
        ("không phải JSON\n", ":1:"),
        ('{"run": {"questions": "a"}}\n', ":1:"),
        ("[" * 100_000 + "\n", ":1:"),
        ("", "trống"),
    ],
)
def test_what_is_no_results_file_is_named_with_its_line(tmp_path: Path, content: str, named: str) -> None:
    path = tmp_path / "results.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadResults) as refused:
        read_results(path)
    assert str(refused.value).startswith(str(path)) and named in str(refused.value)


def test_a_spoilt_line_in_the_middle_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "results.jsonl")
    lines = path.read_text(encoding="utf-8").split("\n")
    path.write_text("\n".join([*lines[:2], '{"result": 5}', *lines[3:]]), encoding="utf-8")
    with pytest.raises(BadResults, match=":3:"):
        read_results(path)


def test_files_that_cannot_be_read_or_written_give_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadResults, match="không tìm thấy"):
        read_results(tmp_path / "không có.jsonl")
    (tmp_path / "utf16.jsonl").write_text("{}\n", encoding="utf-16")
    with pytest.raises(BadResults, match="UTF-8"):
        read_results(tmp_path / "utf16.jsonl")
    (tmp_path / "tệp").write_text("", encoding="utf-8")
    with pytest.raises(BadResults, match="không ghi được"):
        ResultsWriter(tmp_path / "tệp" / "results.jsonl", HEAD)


def test_half_a_letter_in_an_answer_does_not_stop_the_run(tmp_path: Path) -> None:
    odd = result(question((ONE,), id_="q1"), ONE, said="lời \udce1")
    with ResultsWriter(tmp_path / "results.jsonl", HEAD) as writer:
        writer.add(odd)
    assert read_results(tmp_path).results == (odd,)


def test_a_field_of_a_later_release_is_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path / "results.jsonl")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").strip().split("\n")]
    lines[0]["run"]["later"] = 1
    lines[1]["result"]["later"] = {"x": []}
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert read_results(path).results == RESULTS
