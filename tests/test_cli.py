"""The command line from end to end over a small index: contracts, exit status, streams, encodings, bad input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

SRC = Path(__file__).parents[1] / "src"
KEYS = set("question status reason message statements citations related dropped notes timings mode rejected".split())
CITATION_KEYS = {
    "id",
    "document",
    "address",
    "formatted",
    "formatted_short",
    "quote",
    "page",
    "file",
    "sha256",
    "text_kind",
}
OFFICIAL = """ỦY BAN THỬ NGHIỆM
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/2031/QĐ-UBTN
Hà Nội, ngày 06 tháng 5 năm 2031
QUYẾT ĐỊNH
Về việc quản lý vườn ươm cây giống
Điều 1. Phạm vi điều chỉnh
Quyết định này quy định việc quản lý vườn ươm cây giống ở các xã miền núi.
Điều 2. Kinh phí thực hiện
1. Kinh phí chăm sóc vườn ươm do quỹ phát triển rừng chi trả hằng quý.
2. Hộ gia đình được hỗ trợ 350 nghìn đồng cho mỗi héc-ta cây giống.
Điều 3. Hiệu lực thi hành
Quyết định này có hiệu lực từ ngày 01 tháng 7 năm 2031.
"""
DIGEST = """---
number: 8-KL/TN
kind: Kết luận
issuer: Ban Thử nghiệm
date: "2030-01-02"
title: về phong trào trồng tre
text_kind: digest
relations: []
sources: [https://example.org/tre]
gaps:
  - part: lời văn của Kết luận
    topics: [toàn văn]
---

# Mục 1. Chỉ tiêu

Phong trào trồng tre phấn đấu phủ xanh 12 nghìn héc-ta đồi trọc.
"""
QUESTION = "Kinh phí chăm sóc vườn ươm do quỹ nào chi trả?"


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Mapping[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


def run(*words: object) -> Ran:
    """The command in this process."""
    from policy_qa.cli.app import app

    result = CliRunner().invoke(app, [str(word) for word in words], prog_name="policy-qa")
    return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `kho` (an official text, a digest), an empty corpus, and the index of them."""
    folder = tmp_path_factory.mktemp("cli")
    (folder / "kho").mkdir()
    (folder / "corpus").mkdir()
    (folder / "kho" / "quyết định 15.txt").write_text(OFFICIAL, encoding="utf-8")
    (folder / "kho" / "kl-8.md").write_text(DIGEST, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        _settings(patch, folder)
        built = run("index", folder / "kho")
    assert built.status == 0, built.err
    return folder


@pytest.fixture(autouse=True)
def _here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    _settings(monkeypatch, request.getfixturevalue("place"))


def _settings(patch: pytest.MonkeyPatch, folder: Path) -> None:
    for name in ("ENCODER", "HOST", "PORT", "TOP_K", "DEBUG"):
        patch.delenv(f"POLICY_QA_{name}", raising=False)
    for name in ("index", "corpus", "official"):
        patch.setenv(f"POLICY_QA_{name.upper()}", str(folder / name))
    patch.chdir(folder)


# --- ask


def test_ask_prints_one_object_with_the_contracts_fields() -> None:
    ran = run("ask", QUESTION, "--json")
    assert (ran.status, ran.err) == (0, "")
    (answer,) = ran.lines
    assert set(answer) == KEYS
    assert (answer["question"], answer["status"]) == (QUESTION, "answered")
    assert "quỹ phát triển rừng" in ran.out
    assert "\\u" not in ran.out
    citations = answer["citations"]
    assert isinstance(citations, list)
    assert citations
    assert set(citations[0]) >= CITATION_KEYS
    assert citations[0]["address"] == "điều=2;khoản=1"
    assert citations[0]["document"]["number"] == "15/2031/QĐ-UBTN"
    assert citations[0]["document"]["date"] == "2031-05-06"
    assert citations[0]["quote"] in OFFICIAL
    assert Path(citations[0]["file"]).is_absolute()


def test_ask_for_reading_quotes_official_words() -> None:
    ran = run("ask", QUESTION)
    assert ran.status == 0
    assert "[1] khoản 1 Điều 2 Quyết định số 15/2031/QĐ-UBTN" in ran.out
    assert "“" in ran.out


def test_ask_for_reading_never_quotes_a_digest() -> None:
    ran = run("ask", "Phong trào trồng tre phấn đấu phủ xanh bao nhiêu héc-ta?")
    assert "12 nghìn" in ran.out
    assert "(bản tóm lược, không phải nguyên văn)" in ran.out
    assert "“" not in ran.out


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("text", "chi trả hằng quý.” [1]\n\nCăn cứ:\n\n[1] khoản 1 Điều 2 Quyết định"),
        ("markdown", "chi trả hằng quý.” \\[1\\]\n\n**Căn cứ**\n\n1. khoản 1 Điều 2 Quyết định"),
        ("html", "chi trả hằng quý.” [1]</p>\n\n<p><strong>Căn cứ</strong></p>\n\n<ol><li>khoản 1 Điều 2 Quyết định"),
    ],
)
def test_ask_in_a_form_to_hand_on(form: str, words: str) -> None:
    ran = run("ask", QUESTION, "--form", form)
    assert (ran.status, ran.err) == (0, "")
    assert words in ran.out
    assert str(Path.cwd()) not in ran.out


def test_notes_stand_under_the_answer_and_in_json() -> None:
    question = "Hộ gia đình được hỗ trợ bao nhiêu cho mỗi héc-ta?"
    sentence = "Quyết định số 15/2031/QĐ-UBTN chưa có hiệu lực: văn bản ghi có hiệu lực từ ngày 01/7/2031."
    assert f"Lưu ý:\n  - {sentence}" in run("ask", question).out
    assert run("ask", question, "--json").lines[0]["notes"] == [sentence]


def test_forms_are_those_that_are_known_and_no_json() -> None:
    for words in (("--form", "pdf"), ("--form", "html", "--json")):
        ran = run("ask", QUESTION, *words)
        assert ran.status == 2 and "Sai cách dùng" in ran.err, ran.err


def test_not_found_exits_with_0_and_says_so() -> None:
    ran = run("ask", "Giá vé tàu hoả đi Lào Cai là bao nhiêu?", "--json")
    assert ran.status == 0
    assert ran.lines[0]["status"] == "not_found"
    assert ran.lines[0]["message"]
    assert ran.lines[0]["statements"] == []


@pytest.mark.parametrize("document", ["15/2031/QĐ-UBTN", "15/2031/QĐ-UBTN@2031-05-06"])
def test_document_narrows_by_number_or_number_and_date(document: str) -> None:
    (answer,) = run("ask", QUESTION, "--json", "--document", document).lines
    assert answer["status"] == "answered"


@pytest.mark.parametrize("question", ["", "   ", "a" * 20_000])
def test_an_empty_or_overlong_question_is_one_sentence(question: str) -> None:
    _one_sentence(run("ask", question, "--json"))


def test_an_unknown_document_is_one_sentence() -> None:
    _one_sentence(run("ask", QUESTION, "--json", "--document", "99/KHÔNG-CÓ"))


def test_a_missing_index_is_one_sentence(tmp_path: Path) -> None:
    ran = run("ask", QUESTION, "--index", tmp_path / "chưa có")
    _one_sentence(ran)
    assert "policy-qa index" in ran.err


def test_batch_answers_in_order_and_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    questions = tmp_path / "hỏi.jsonl"
    lines = [json.dumps({"question": QUESTION}), "{", json.dumps({"question": ""}), json.dumps({"question": QUESTION})]
    questions.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = run("ask", "--batch", questions, "--json")
    assert ran.status == 0
    assert [line["question"] for line in ran.lines] == [QUESTION, None, "", QUESTION]
    assert [set(line) == {"question", "error"} for line in ran.lines] == [False, True, True, False]


# --- search, parse, index, corpus, doctor


def test_search_prints_ranked_passages() -> None:
    ran = run("search", "hỗ trợ héc-ta cây giống", "--json", "--top-k", "3")
    assert ran.status == 0
    assert 1 <= len(ran.lines) <= 3
    assert {"id", "address", "score", "text"} <= set(ran.lines[0])
    assert ran.lines[0]["id"] == "15/2031/QĐ-UBTN@2031-05-06#điều=2;khoản=2"
    assert [line["rank"] for line in ran.lines] == list(range(1, len(ran.lines) + 1))


def test_parse_gives_provisions_that_are_slices_of_the_text(place: Path) -> None:
    ran = run("parse", place / "kho" / "quyết định 15.txt", "--json")
    assert ran.status == 0
    (parsed,) = ran.lines
    assert set(parsed) == {"document", "text", "provisions", "warnings", "pages", "notes", "marginals"}
    text, provisions = parsed["text"], parsed["provisions"]
    assert isinstance(text, str)
    assert isinstance(provisions, list)
    found = {p["address"]: p for p in provisions}
    point = found["điều=2;khoản=2"]
    assert set(point) == {"address", "level", "label", "heading", "start", "end", "page"}
    assert (point["level"], point["label"], point["page"]) == ("khoản", "2", None)
    assert "350 nghìn" in text[point["start"] : point["end"]]


@pytest.mark.parametrize(
    ("name", "content"),
    [("rỗng.pdf", b""), ("hỏng.pdf", b"%PDF-1.7\nnothing"), ("giả.docx", b"not a zip at all"), ("không-có.pdf", None)],
)
def test_a_file_that_cannot_be_read_is_one_sentence_that_names_it(
    tmp_path: Path, name: str, content: bytes | None
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    ran = run("parse", file, "--json")
    _one_sentence(ran)
    assert name in ran.err


def test_index_that_reads_nothing_exits_with_1_and_leaves_the_index(place: Path, tmp_path: Path) -> None:
    before = (place / "index" / "CURRENT").read_bytes()
    (tmp_path / "hỏng.pdf").write_bytes(b"%PDF-1.7\nnothing")
    ran = run("index", tmp_path)
    assert ran.status == 1
    assert "hỏng.pdf" in ran.out
    assert (place / "index" / "CURRENT").read_bytes() == before


def test_index_prints_what_it_read_and_what_it_skipped(place: Path, tmp_path: Path) -> None:
    (tmp_path / "rỗng.pdf").write_bytes(b"")
    ran = run("index", place / "kho", tmp_path, "--index", tmp_path / "mới")
    assert ran.status == 0
    for words in ("Đã đọc", "Bỏ qua", "Điều khoản", "Đoạn", "giây", "rỗng.pdf"):
        assert words in ran.out


def test_corpus_list_show_remove_and_add(place: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    assert run("index", place / "kho", "--index", index).status == 0
    assert {line["key"] for line in run("corpus", "list", "--json", "--index", index).lines} == {
        "15/2031/QĐ-UBTN@2031-05-06",
        "8-KL/TN@2030-01-02",
    }
    shown = run("corpus", "show", "8-kl/tn", "--index", index)
    assert "phủ xanh" in shown.out
    assert "(bản tóm lược, không phải nguyên văn)" in shown.out
    assert run("corpus", "remove", "15/2031/QĐ-UBTN", "--index", index).status == 0
    assert len(run("corpus", "list", "--json", "--index", index).lines) == 1
    added = run("corpus", "add", place / "kho" / "quyết định 15.txt", "--index", index)
    assert added.status == 0, added.err
    assert (place / "official" / "quyết định 15.txt").is_file()
    assert len(run("corpus", "list", "--json", "--index", index).lines) == 2
    _one_sentence(run("corpus", "show", "không có", "--index", index))


def test_corpus_add_never_overwrites_another_file(place: Path, tmp_path: Path) -> None:
    (place / "official").mkdir(exist_ok=True)
    (place / "official" / "trùng.txt").write_text("khác", encoding="utf-8")
    (tmp_path / "trùng.txt").write_text(OFFICIAL, encoding="utf-8")
    ran = run("corpus", "add", tmp_path / "trùng.txt")
    assert ran.status == 1
    assert "trùng.txt" in ran.err
    assert (place / "official" / "trùng.txt").read_text(encoding="utf-8") == "khác"


def test_doctor_finds_nothing_broken_here_and_a_missing_index_elsewhere(tmp_path: Path) -> None:
    well = run("doctor", "--json")
    states = {line["name"]: line["state"] for line in well.lines}
    assert states["Chỉ mục"] == states["Bộ mã hoá"] == states["Python"] == "ok"
    assert well.status == 0
    broken = run("doctor", "--json", "--index", tmp_path / "chưa có")
    assert broken.status == 1
    assert {line["name"]: line["state"] for line in broken.lines}["Chỉ mục"] == "broken"


# --- wrong usage, streams, encodings


@pytest.mark.parametrize(
    "words",
    [
        ["ask"],
        ["ask", "a", "--batch", "b.jsonl"],
        ["ask", "hai", "câu"],
        ["ask", "a", "--khong-co"],
        ["search", "a", "--top-k", "0"],
        ["serve", "--port", "tám"],
        ["parse"],
        ["lạ"],
        ["corpus", "lạ"],
        ["--lạ"],
    ],
)
def test_wrong_usage_exits_with_2_and_one_vietnamese_sentence(words: list[str]) -> None:
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Sai cách dùng: ")
    assert ran.err.count("\n") == 1


def test_a_wrong_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICY_QA_PORT", "tám")
    _one_sentence(run("ask", QUESTION))


def process(*words: str, stdin: bytes = b"", **variables: str) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(SRC), **variables}
    command = [sys.executable, "-X", "importtime", "-m", "policy_qa", *words]
    return subprocess.run(command, input=stdin, capture_output=True, env=environment, timeout=60, check=False)


def test_a_question_loads_no_heavy_library_and_prints_utf8_in_any_locale() -> None:
    ran = process("ask", QUESTION, "--json", PYTHONIOENCODING="ascii", LC_ALL="C")
    answer = json.loads(ran.stdout.decode("utf-8"))
    assert answer["status"] == "answered"
    loaded = {
        line.rpartition(b"|")[2].strip().decode() for line in ran.stderr.splitlines() if line.startswith(b"import time")
    }
    assert "policy_qa.answering.chain" in loaded
    assert not loaded & {"torch", "sentence_transformers", "gradio", "transformers", "langchain", "pandas"}


def test_batch_reads_standard_input() -> None:
    ran = process("ask", "--batch", "-", "--json", stdin=json.dumps({"question": QUESTION}).encode() + b"\n")
    assert json.loads(ran.stdout.decode("utf-8"))["question"] == QUESTION


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are UTF-16 there")
def test_bytes_that_are_no_utf8_are_refused_with_a_sentence() -> None:
    command = [sys.executable, "-m", "policy_qa", "ask", b"Ai k\xff?"]
    ran = subprocess.run(
        command, capture_output=True, env={**os.environ, "PYTHONPATH": str(SRC)}, timeout=60, check=False
    )
    assert ran.returncode == 1
    assert "UTF-8" in ran.stderr.decode("utf-8")
    assert b"Traceback" not in ran.stderr


def _one_sentence(ran: Ran) -> None:
    """Status 1, nothing on stdout, one line on stderr that is no trace."""
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert ran.err.strip()
    assert "Traceback" not in ran.err
    assert "POLICY_QA_DEBUG" not in ran.err
