"""`policy-qa pack`: a file of questions in, a file for the session out, and what was answered kept."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import nursery
import pytest
from typer.testing import CliRunner, Result

from policy_qa.packs.pack import Item, Pack, read_pack, write_pack

if TYPE_CHECKING:
    from policy_qa.retrieval.encoder import Encoder

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, shipped_encoder: Encoder) -> Path:
    from policy_qa.retrieval.index import build_index

    folder = tmp_path_factory.mktemp("pack")
    (folder / "quyet-dinh.txt").write_text(nursery.OFFICIAL, encoding="utf-8")
    build_index([folder / "quyet-dinh.txt"], folder / "index", shipped_encoder)
    return folder / "index"


@pytest.fixture
def run(index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command in an empty folder that holds a list of two questions."""
    monkeypatch.chdir(tmp_path)
    Path("hỏi.txt").write_text(
        "1. Ngân sách tỉnh chi bao nhiêu cho vườn ươm mỗi năm?\n2. Mức phạt vượt đèn đỏ?\n", encoding="utf-8"
    )

    def call(*words: str) -> Result:
        from policy_qa.cli.app import app

        return CliRunner().invoke(app, ["pack", *words, "--index", str(index)])

    return call


def document(path: str) -> str:
    return zipfile.ZipFile(io.BytesIO(Path(path).read_bytes())).read("word/document.xml").decode("utf-8")


def test_questions_become_a_word_file_and_a_stored_pack(run: Run) -> None:
    result = run("hỏi.txt", "--out", "bộ.docx", "--office", "Sở Vườn", "--title", "Về vườn ươm", "--date", "2026-03-05")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == ["bộ.docx", "bộ.pack.json"]
    assert "1 câu có trả lời, 1 câu không có trong văn bản, 0 câu lỗi." in result.stderr
    written = document("bộ.docx")
    assert "SỞ VƯỜN" in written
    assert "250 triệu đồng mỗi năm" in written
    pack = read_pack(Path("bộ.pack.json"))
    assert (pack.title, pack.date, pack.head.office) == ("Về vườn ươm", "2026-03-05", "Sở Vườn")
    assert pack.pending == []


def test_a_stored_pack_is_gone_on_with_and_keeps_what_was_decided(run: Run) -> None:
    assert run("hỏi.txt", "--out", "bộ.json", "--title", "Về vườn ươm").exit_code == 0
    before = read_pack(Path("bộ.json"))
    assert [file.name for file in Path().iterdir() if file.suffix == ".json"] == ["bộ.json"]
    edited = before.with_item(0, replace(before.items[0], state="accepted", edited="Bảy năm."))
    write_pack(Pack(before.title, items=(*edited.items, Item("Ngân sách chi bao nhiêu?"))), Path("bộ.json"))
    assert run("--go-on", "bộ.json", "--out", "bộ.xlsx", "--author", "Bà Đước").exit_code == 0
    after = read_pack(Path("bộ.json"))
    assert after.items[0] == edited.items[0]
    assert after.items[2].answer is not None
    assert (after.title, after.author) == ("Về vườn ươm", "Bà Đước")
    assert Path("bộ.xlsx").read_bytes().startswith(b"PK")


def test_nothing_that_is_there_is_lost(run: Run) -> None:
    assert run("hỏi.txt", "--out", "bộ.docx").exit_code == 0
    stored = Path("bộ.pack.json").read_bytes()
    again = run("hỏi.txt", "--out", "bộ.docx")
    assert again.exit_code == 1
    assert "--go-on bộ.pack.json" in again.stderr
    assert Path("bộ.pack.json").read_bytes() == stored
    exported = run("--go-on", "bộ.pack.json", "--out", "bộ.docx")
    assert exported.exit_code == 1
    assert "Đã có tệp bộ.docx" in exported.stderr
    assert run("--go-on", "bộ.pack.json", "--out", "bộ.docx", "--handout", "--overwrite").exit_code == 0
    assert "TRẢ LỜI" in document("bộ.docx")


def test_a_pack_is_stored_when_it_is_stopped(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from policy_qa.answering.chain import Assistant

    ask = Assistant.ask

    def stopped(self: Assistant, question: str, documents: tuple[str, ...] = ()) -> object:
        if "đèn đỏ" in question:
            raise KeyboardInterrupt
        return ask(self, question, documents)

    with monkeypatch.context() as patched:
        patched.setattr(Assistant, "ask", stopped)
        result = run("hỏi.txt", "--out", "bộ.docx")
    assert result.exit_code == 1
    assert "Đã dừng, còn 1 câu. Làm tiếp: policy-qa pack --go-on bộ.pack.json --out bộ.docx" in result.stderr
    assert read_pack(Path("bộ.pack.json")).pending == [1]
    assert not Path("bộ.docx").exists()
    assert run("--go-on", "bộ.pack.json", "--out", "bộ.docx").exit_code == 0


def test_a_pack_narrowed_to_a_document_that_is_not_there_tells_it_with_each_question(run: Run) -> None:
    result = run("hỏi.txt", "--out", "bộ.docx", "--document", "99/QĐ-X")
    assert result.exit_code == 0
    assert "Câu 1: Kho không có văn bản 99/QĐ-X" in result.stderr
    assert read_pack(Path("bộ.pack.json")).pending == [0, 1]


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["hỏi.txt"], 2, "thiếu --out"),
        (["--out", "bộ.docx"], 2, "CÂU-HỎI hoặc --go-on"),
        (["hỏi.txt", "--go-on", "bộ.json", "--out", "bộ.docx"], 2, "CÂU-HỎI hoặc --go-on"),
        (["hỏi.txt", "--out", "bộ.odt"], 2, "docx, xlsx, pdf, json"),
        (["hỏi.txt", "--out", "bộ.docx", "--format", "xlsx"], 2, "hợp với --format"),
        (["hỏi.txt", "--out", "bộ", "--format", "doc"], 2, "phải là một trong"),
        (["hỏi.txt", "--out", "bộ.docx", "--date", "31/02"], 2, "NĂM-THÁNG-NGÀY"),
        (["không có.txt", "--out", "bộ.docx"], 1, "Không tìm thấy tệp câu hỏi"),
        (["hỏi.txt", "--out", "không có/bộ.docx"], 1, "Không có thư mục"),
        (["--go-on", "hỏi.txt", "--out", "bộ.docx"], 1, "không phải bộ hỏi đáp"),
        (["hỏi.txt", "--out", "bộ.pdf"], 1, "Không có trang PDF nào để chép"),
    ],
)
def test_what_is_wrong_is_one_sentence(run: Run, words: list[str], status: int, sentence: str) -> None:
    result = run(*words)
    assert result.exit_code == status, result.output
    assert sentence in result.stderr
    assert "Traceback" not in result.output
    assert not [file for file in Path().iterdir() if file.suffix in (".docx", ".pdf", ".tmp")]
