"""Files that questions are about: indexed where they are, told where they are not."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import nursery
import pytest

from policy_qa.evaluation.questions import BadQuestionSet, DocumentVersion, NeededFile, Question
from policy_qa.evaluation.report import left_out
from policy_qa.evaluation.sources import askable, index_sources, needed_files, other_version, split
from policy_qa.retrieval.index import open_index

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant
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
    assert left_out(missing).split()[:7] == "bỏ qua 2 câu về 3 văn".split()
    assert left_out([]) == ""
    index_sources(asked, data, CORPUS, tmp_path / "index", shipped_encoder)
    assert open_index(tmp_path / "index", shipped_encoder).manifest.generation == index.manifest.generation


def of_version(number: int, key: str, sha256: str) -> Question:
    return replace(question(number), versions=(DocumentVersion(key, sha256),))


def test_a_set_for_another_version_of_a_document_is_refused_with_its_line(assistant: Assistant) -> None:
    record = assistant.index.document(nursery.KEY)
    assert record is not None
    same, other = of_version(1, record.key, record.sha256), of_version(2, record.key, "0" * 64)
    assert other_version(same, assistant.index) is None
    assert askable(Path("bo.jsonl"), [(1, same)], assistant.index) == ([same], [])
    with pytest.raises(BadQuestionSet) as refused:
        askable(Path("bo.jsonl"), [(1, same), (7, other)], assistant.index)
    assert str(refused.value).startswith("bo.jsonl:7: câu hỏi viết cho một phiên bản khác của 345/QĐ-UBND")


def test_questions_about_documents_that_are_not_there_are_left_out(assistant: Assistant) -> None:
    absent = of_version(1, "9/QĐ-X@2020-01-01", "0" * 64)
    assert split([absent, question(2)], assistant.index) == ([question(2)], [absent])
    assert other_version(absent, assistant.index) is None
    assert askable(Path("bo.jsonl"), [(1, absent)], assistant.index) == ([], [absent])


@pytest.mark.parametrize(
    ("provision", "why"),
    [
        (f"{nursery.KEY}#điều=99", f"văn bản {nursery.KEY} không có điều khoản điều=99;"),
        ("9/QĐ-X@2020-01-01#điều=1", "chỉ mục không có văn bản 9/QĐ-X@2020-01-01;"),
    ],
)
def test_a_set_with_gold_that_is_not_there_is_refused_with_its_line(
    assistant: Assistant, provision: str, why: str
) -> None:
    there = replace(question(1), gold=((f"{nursery.KEY}#điều=4;khoản=1",),), unanswerable=False, reason=None)
    wrong = replace(there, id="q-2", gold=(*there.gold, (provision,)))
    with pytest.raises(BadQuestionSet) as refused:
        askable(Path("bo.jsonl"), [(1, there), (7, wrong)], assistant.index)
    assert str(refused.value).startswith(f"bo.jsonl:7: {why}")
    elsewhere = replace(wrong, files=(NeededFile("vắng.txt", "0" * 64),))
    assert askable(Path("bo.jsonl"), [(1, there), (7, elsewhere)], assistant.index) == ([there], [elsewhere])
