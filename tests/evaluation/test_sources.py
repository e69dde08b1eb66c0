"""Files that questions are about: indexed where they are, told where they are not."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import nursery
import pytest
from nursery import KEY

from policy_qa.evaluation import __main__ as command
from policy_qa.evaluation.questions import NeededFile, Question
from policy_qa.evaluation.report import left_out
from policy_qa.evaluation.sources import index_sources, needed_files, split
from policy_qa.retrieval.index import open_index

if TYPE_CHECKING:
    from policy_qa.retrieval.encoder import Encoder

CORPUS = Path(__file__).parents[2] / "corpus"
FILE = "txt/quyết định 345.txt"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "dữ liệu"
    (folder / "txt").mkdir(parents=True)
    (folder / FILE).write_text(nursery.OFFICIAL, encoding="utf-8")
    (folder / "txt" / "khác.txt").write_text("Không câu hỏi nào cần tệp này.", encoding="utf-8")
    return folder


def version(data: Path) -> str:
    return hashlib.sha256((data / FILE).read_bytes()).hexdigest()


def question(number: int, *files: NeededFile) -> Question:
    return Question(
        f"q-{number}", f"Câu {number}?", "figure", "colloquial", (), (), True, "no_text", "tests", "draft", files
    )


def test_needed_files_are_named_once_and_in_order() -> None:
    one, two = NeededFile("a.pdf", "1" * 64), NeededFile("b.pdf", "2" * 64)
    assert needed_files([question(1, two), question(2), question(3, one, two)]) == [two, one]


def test_the_index_gets_the_digests_and_the_needed_files_and_nothing_else(
    data: Path, tmp_path: Path, shipped_encoder: Encoder
) -> None:
    asked = [
        question(1),
        question(2, NeededFile(FILE, version(data))),
        question(3, NeededFile(FILE, "0" * 64)),
        question(4, NeededFile(FILE, version(data)), NeededFile("txt/vắng.txt", "1" * 64)),
    ]
    index_sources(asked, data, CORPUS, tmp_path / "index", shipped_encoder)
    index = open_index(tmp_path / "index", shipped_encoder)
    held = {Path(document.file).name for document in index.documents()}
    assert held == {path.name for path in CORPUS.glob("*.md") if path.name != "README.md"} | {Path(FILE).name}
    answered, missing = split(asked, index)
    assert [q.id for q in answered] == ["q-1", "q-2"] and [q.id for q in missing] == ["q-3", "q-4"]
    assert left_out(missing).split()[:8] == "left out: 2 questions about 3 files that".split()
    assert left_out([]) == ""
    index_sources(asked, data, CORPUS, tmp_path / "index", shipped_encoder)
    assert open_index(tmp_path / "index", shipped_encoder).manifest.generation == index.manifest.generation


def record(number: int, files: dict[str, str], text: str, gold: list[list[str]]) -> dict[str, object]:
    reason = None if gold else "no_text"
    return {
        **{"id": f"q-{number}", "question": text, "kind": "figure", "style": "english", "gold": gold, "key_facts": []},
        **{"unanswerable": not gold, "reason": reason, "author": "tests", "state": "draft", "files": files},
    }


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["evaluation", *map(str, arguments)])
    return command.main()


def test_the_command_indexes_asks_and_reports_files_apart(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gold = [[f"{KEY}#điều=4;khoản=1"]]
    asked = "Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?"
    records = [
        record(1, {FILE: version(data)}, asked, gold),
        record(2, {FILE: version(data)}, "Cách nấu phở bò ngon?", []),
        record(3, {"txt/vắng.txt": "1" * 64}, "Câu khác?", []),
    ]
    questions = tmp_path / "set.jsonl"
    questions.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in records), encoding="utf-8")
    index = tmp_path / "index"
    assert run(monkeypatch, questions, "--data", data, "--index", index) == 0
    out = capsys.readouterr().out
    assert f"{questions}: 2 questions\n  left out: 1 questions about 1 files" in out
    apart = [line.split() for line in out.partition("official files")[2].splitlines()]
    assert ["english", "100.0%", "95", "%:", "20.7%", "to", "100.0%", "n", "=", "1"] in apart
    assert ["colloquial", "–"] in apart
    assert [line[:4] for line in apart if line[:1] == ["not"]] == [["not", "answerable", "refused", "100.0%"]]


def test_the_office_s_index_is_never_added_to(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(monkeypatch, tmp_path / "set.jsonl", "--data", data)
    assert stopped.value.code == 2 and "--index" in capsys.readouterr().err


def test_a_set_of_which_nothing_can_be_asked_fails(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "set.jsonl"
    questions.write_text(json.dumps(record(1, {"vắng.pdf": "1" * 64}, "Câu?", [])), encoding="utf-8")
    assert run(monkeypatch, questions, "--data", data, "--index", tmp_path / "index") == 1
    assert "left out: 1 questions" in capsys.readouterr().out
