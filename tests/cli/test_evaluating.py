"""`eval run|check|import` from the command line: figures, gate, comparison, resuming, and every refusal in one sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from nursery import KEY
from typer.testing import CliRunner

from policy_qa.cli.app import app
from policy_qa.evaluation.external import write_set
from policy_qa.evaluation.questions import DocumentVersion, NeededFile, Question
from policy_qa.evaluation.results import read_results

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

SPENT = Question(
    "t-1", "Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?", "figure", "plain",
    ((f"{KEY}#điều=4;khoản=1",),), ("250 triệu đồng",), False, None, "tests", "draft",
)  # fmt: skip
WRONG = replace(SPENT, id="t-2", question="Vườn ươm cây ngập mặn là gì?", kind="definition", key_facts=())
REFUSED = Question("t-3", "Cách nấu phở bò ngon?", "content", "plain", (), (), True, "out_of_scope", "tests", "draft")
SET = (SPENT, WRONG, REFUSED)


@dataclass(frozen=True)
class Bench:
    """A folder to work in, a set in it, and the index that is asked."""

    folder: Path
    questions: Path
    index: Path

    def run(self, command: str, *arguments: str | Path) -> tuple[int, str, str]:
        words = ["eval", command, *map(str, arguments), "--index", str(self.index)]
        done = CliRunner().invoke(app, words, prog_name="policy-qa")
        return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def bench(assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("POLICY_QA_CACHE", str(tmp_path / "cache"))
    questions = tmp_path / "bộ.jsonl"
    write_set(SET, questions)
    return Bench(tmp_path, questions, Path(assistant.index._index_dir))


def test_figures_groups_and_failures_are_printed(bench: Bench) -> None:
    code, out, err = bench.run("run", bench.questions, "--failures", "--threads", "1")
    assert code == 0
    lines = [line.split() for line in out.splitlines()]
    assert lines[0][-2:] == ["3", "câu"]
    by_name = {word: line for line in lines for word in line if word.startswith("[")}
    assert by_name["[cited]"][by_name["[cited]"].index("[cited]") + 1] == "50.0%" and by_name["[cited]"][-1] == "2"
    assert "100.0%" in by_name["[verbatim]"] and "100.0%" in by_name["[refused]"]
    assert ["definition", "1"] in [line[:2] for line in lines] and [KEY, "2"] in [line[:2] for line in lines]
    assert "t-2 [definition, plain]" in out and "t-1 [" not in out and "t-3 [" not in out
    assert "bỏ qua" not in out and "văn bản chính thức" not in out
    kept = bench.folder / "cache" / "eval" / "bộ" / "results.jsonl"
    assert str(kept) in err and len(read_results(kept).results) == 3


def test_json_has_a_line_for_the_run_and_each_figure(bench: Bench) -> None:
    code, out, err = bench.run("run", bench.questions, "--json")
    assert code == 0 and "3 câu" in err
    lines = [json.loads(line) for line in out.splitlines()]
    assert lines[0]["run"]["count"] == 3
    whole = {line["figure"]["metric"]: line["figure"] for line in lines if "figure" in line and "by" not in line}
    assert whole["cited"]["value"] == 0.5 and whole["cited"]["count"] == 2
    assert whole["cited"]["low"] < 0.5 < whole["cited"]["high"]
    assert {(line["by"], line["name"]) for line in lines if "by" in line} == {
        *(("kind", kind) for kind in ("figure", "definition", "content")), ("style", "plain"), ("document", KEY),
    }  # fmt: skip


def test_a_figure_under_its_threshold_ends_with_status_1_and_its_interval(bench: Bench) -> None:
    thresholds = bench.folder / "ngưỡng.toml"
    thresholds.write_text('verbatim = 1\n["bộ"]\ncited = 0.6\nwrongly_refused = 0.1\n', encoding="utf-8")
    code, out, err = bench.run("run", bench.questions, "--fail-under", thresholds)
    assert code == 1 and err.splitlines()[-1] == "Không đạt 1 trên 3 ngưỡng: cited."
    (line,) = (line for line in out.splitlines() if "KHÔNG ĐẠT" in line)
    assert "≥ 60.0%" in line and "50.0%" in line and "9.5% – 90.5%" in line
    thresholds.write_text("cited = 0.5\n", encoding="utf-8")
    assert bench.run("run", bench.questions, "--fail-under", thresholds)[0] == 0
    thresholds.write_text("[other]\ncited = 0.5\n", encoding="utf-8")
    code, _, err = bench.run("run", bench.questions, "--fail-under", thresholds)
    assert code == 1 and "không có ngưỡng nào cho bộ bộ" in err


def test_the_report_and_the_comparison_with_an_earlier_run(bench: Bench) -> None:
    assert bench.run("run", bench.questions, "--report", "trước")[0] == 0
    write_set([SPENT, replace(WRONG, gold=((f"{KEY}#điều=2",),)), REFUSED], bench.questions)
    code, out, err = bench.run("run", bench.questions, "--report", "sau", "--compare", "trước")
    assert code == 0 and (bench.folder / "sau" / "report.html").is_file() and "report.html" in err
    assert "2 câu chung" in out and "chỉ có lần này: t-2" in out
    code, out, _ = bench.run("run", bench.questions, "--json", "--compare", "trước/results.jsonl", "--report", "sau")
    (compared,) = (json.loads(line)["comparison"] for line in out.splitlines() if "comparison" in line)
    assert compared["count"] == 2 and compared["only_now"] == ["t-2"]
    assert len(list((bench.folder / "sau").glob("results-*.jsonl"))) == 1


def test_a_run_that_was_killed_goes_on(bench: Bench) -> None:
    assert bench.run("run", bench.questions, "--report", "lần")[0] == 0
    place = bench.folder / "lần" / "results.jsonl"
    whole = place.read_bytes().split(b"\n")
    place.write_bytes(b"\n".join(whole[:2]) + b"\n" + whole[2][:50])
    code, out, err = bench.run("run", bench.questions, "--report", "lần")
    assert code == 0 and "đã có 1 trên 3 câu" in err
    assert "3 câu" in out and len(read_results(place).results) == 3


def test_perturbations_are_run_and_their_loss_is_printed(bench: Bench) -> None:
    code, out, _ = bench.run("run", bench.questions, "--perturb", "no-diacritics", "--report", "lần")
    assert code == 0 and "no-diacritics: đổi được 3 câu" in out
    again = read_results(bench.folder / "lần" / "no-diacritics")
    assert again.run.perturbation == "no-diacritics"
    assert "Ngan sach tinh" in {r.question.id: r.question.question for r in again.results}["t-1"]


def test_only_the_first_questions_are_asked_and_no_gate_stands(bench: Bench) -> None:
    (bench.folder / "n.toml").write_text("cited = 1\n", encoding="utf-8")
    code, out, _ = bench.run("run", bench.questions, "--limit", "2", "--fail-under", "n.toml")
    assert code == 0 and "ngưỡng" not in out


@pytest.mark.parametrize(
    ("arguments", "status", "named"),
    [
        (["không có.jsonl"], 1, "không có.jsonl"),
        (["bộ.jsonl", "--compare", "không có"], 1, "không có"),
        (["bộ.jsonl", "--fail-under", "không có.toml"], 1, "không có.toml"),
        (["bộ.jsonl", "--perturb", "lạ"], 2, "no-diacritics"),
        (["bộ.jsonl", "--limit", "0"], 2, "--limit"),
        (["bộ.jsonl", "--report", "bộ.jsonl"], 1, "không ghi được"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(bench: Bench, arguments: list[str], status: int, named: str) -> None:
    code, _, err = bench.run("run", *arguments)
    assert code == status and named in err.splitlines()[-1] and "Traceback" not in err


def test_without_an_index_there_is_one_sentence(bench: Bench) -> None:
    code, out, err = replace(bench, index=bench.folder / "trống").run("run", bench.questions)
    assert (code, out) == (1, "") and len(err.strip().splitlines()) == 1


def test_a_set_for_another_version_is_refused_with_its_line(bench: Bench) -> None:
    write_set([REFUSED, replace(SPENT, versions=(DocumentVersion(KEY, "0" * 64),))], bench.questions)
    for command in ("run", "check"):
        code, out, err = bench.run(command, bench.questions)
        assert code == 1 and f"{bench.questions}:2: câu hỏi viết cho một phiên bản khác" in out + err


def test_a_set_with_gold_that_is_not_there_is_refused_with_its_line(bench: Bench) -> None:
    write_set([REFUSED, replace(SPENT, gold=((f"{KEY}#điều=99",),))], bench.questions)
    for command in ("run", "check"):
        code, out, err = bench.run(command, bench.questions)
        assert code == 1 and f"{bench.questions}:2: văn bản {KEY} không có điều khoản điều=99" in out + err


def test_a_set_of_which_nothing_can_be_asked_fails(bench: Bench) -> None:
    write_set([replace(SPENT, files=(NeededFile("x.pdf", "1" * 64),))], bench.questions)
    code, out, err = bench.run("run", bench.questions)
    assert code == 1 and "bỏ qua 1 câu" in out and "không câu nào hỏi được" in err


def test_data_needs_an_index_of_its_own(bench: Bench) -> None:
    done = CliRunner().invoke(app, ["eval", "run", str(bench.questions), "--data", str(bench.folder)])
    assert done.exit_code == 2 and "--index" in done.stderr


def test_data_is_indexed_first(bench: Bench) -> None:
    import hashlib

    import nursery

    (bench.folder / "vb").mkdir()
    file = bench.folder / "vb" / "345.txt"
    file.write_text(nursery.OFFICIAL, encoding="utf-8")
    needed = NeededFile("345.txt", hashlib.sha256(file.read_bytes()).hexdigest())
    write_set([replace(SPENT, files=(needed,))], bench.questions)
    own = replace(bench, index=bench.folder / "chỉ mục")
    code, out, _ = own.run("run", bench.questions, "--data", "vb")
    assert code == 0 and "1 câu" in out and "câu hỏi về văn bản chính thức" in out
    assert own.run("check", bench.questions, "--data", "vb")[0] == 0


def test_a_sound_set_is_accepted_and_a_bad_one_is_not(bench: Bench) -> None:
    code, out, err = bench.run("check", bench.questions)
    assert code == 0 and "(lưu ý)" in out and "Đạt: 3 câu hỏi" in err
    assert bench.run("check", bench.questions, "--strict")[0] == 1
    write_set([replace(SPENT, key_facts=("9 tỷ",))], bench.questions)
    code, out, err = bench.run("check", bench.questions, "--json")
    assert code == 1 and "Có 1 chỗ cần sửa" in err
    problems = [json.loads(line) for line in out.splitlines()]
    assert problems[0]["line"] == 1 and problems[0]["weight"] == "error" and "9 tỷ" in problems[0]["why"]


def test_a_set_of_others_is_imported_and_run(bench: Bench) -> None:
    articles = [
        {"law_id": "1/2020/tt-a", "articles": [{"article_id": "3", "title": "Mức chi", "text": "Chi 5 triệu đồng."}]}
    ]
    asked = {"items": [{"question_id": "z1", "question": "Mức chi theo Thông tư 1/2020/TT-A là bao nhiêu?",
                        "relevant_articles": [{"law_id": "1/2020/tt-a", "article_id": "3"}]}]}  # fmt: skip
    for name, value in (("a.json", articles), ("q.json", asked)):
        (bench.folder / name).write_text(json.dumps(value), encoding="utf-8")
    own = replace(bench, index=bench.folder / "chỉ mục")
    code, _, err = own.run("import", "q.json", "a.json", "--out", "zalo.jsonl")
    assert code == 0 and "1 câu" in err
    code, out, _ = own.run("run", "zalo.jsonl")
    assert code == 0 and "1 câu" in out
    code, _, err = own.run("import", "q.json", "a.json", "--out", "zalo.jsonl")
    assert code == 1 and "zalo.jsonl đã có" in err
    code, _, err = own.run("import", "q.json", "a.json", "--out", "zalo-2.jsonl")
    assert code == 1 and "thư mục trống" in err
