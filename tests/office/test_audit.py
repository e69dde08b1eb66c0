from __future__ import annotations

import json
import threading
from datetime import datetime
from pathlib import Path

import pytest

from policy_qa.office.audit import FILE_NAME, Audit


def records(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / FILE_NAME).read_text(encoding="utf-8").split("\n") if line]


def test_a_record_says_who_what_when_from_where(tmp_path: Path) -> None:
    Audit(tmp_path / "d").record("Lan", "asked", "10.0.0.7", question="Điều 1 nói gì?", documents=["1/QĐ"])
    [record] = records(tmp_path / "d")
    assert datetime.fromisoformat(str(record.pop("when"))).utcoffset() is not None
    assert record == {"who": "Lan", "what": "asked", "from": "10.0.0.7", "question": "Điều 1 nói gì?", "documents": ["1/QĐ"]}  # fmt: skip
    assert "Điều 1 nói gì?" in (tmp_path / "d" / FILE_NAME).read_text(encoding="utf-8")


@pytest.mark.parametrize("question", ['x"}\n{"who": "giả"}', "a\r\nb", "\x00\x1b[2J", "\u202eabc", "\u2028", "\x85", "\ud800", "\U000e0041"])  # fmt: skip
def test_no_question_can_forge_a_line_or_hide_its_words(tmp_path: Path, question: str) -> None:
    Audit(tmp_path).record("Lan", "asked", question=question)
    text = (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert len(text.splitlines()) == 1 and text.rstrip("\n").isprintable()
    [record] = records(tmp_path)
    assert record["question"] == question


def test_an_office_may_keep_only_hashes_of_questions(tmp_path: Path) -> None:
    audit = Audit(tmp_path, "hash")
    audit.record("Lan", "asked", question="chuyện riêng")
    audit.record("Lan", "asked", question="chuyện riêng")
    first, second = records(tmp_path)
    assert "riêng" not in (tmp_path / FILE_NAME).read_text(encoding="utf-8")
    assert first["question_sha256"] == second["question_sha256"] and "question" not in first


def test_full_files_move_up_and_the_oldest_goes(tmp_path: Path) -> None:
    audit = Audit(tmp_path, largest=300, kept=3)
    for number in range(30):
        audit.record("Lan", "asked", question=f"câu {number:02}")
    kept = [file.name for file in sorted(tmp_path.iterdir())]
    assert kept == ["audit.log", "audit.log.1", "audit.log.2"]
    lines = "".join((tmp_path / name).read_text(encoding="utf-8") for name in reversed(kept)).splitlines()
    numbers = [int(json.loads(line)["question"][4:]) for line in lines]
    assert numbers == list(range(numbers[0], 30)) and 3 < len(numbers) < 30


def test_long_details_are_cut_and_threads_do_not_mix_lines(tmp_path: Path) -> None:
    audit = Audit(tmp_path)

    def write(name: str) -> None:
        for _ in range(25):
            audit.record(name, "asked", question="x" * 9000)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    written = records(tmp_path)
    assert len(written) == 100 and {len(str(r["question"])) for r in written} == {4000}


def test_a_long_list_is_a_short_line(tmp_path: Path) -> None:
    Audit(tmp_path).record("Lan", "asked", question="x", documents=["y" * 9000] * 1000)
    (record,) = records(tmp_path)
    assert record["documents"] == ["y" * 200] * 50 + ["… +950"]


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / FILE_NAME).mkdir()
    Audit(tmp_path).record("Lan", "asked", question="vẫn trả lời")
    assert "vẫn trả lời" in caplog.text
