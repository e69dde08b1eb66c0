"""`eval draft`, `eval review` and `eval from-feedback` as they are typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import nursery
import pytest
from typer.testing import CliRunner, Result

from policy_qa.evaluation.questions import load

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

Run = Callable[..., Result]
NUMBER = "345/QĐ-UBND"


@pytest.fixture
def run(assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command over the index of the tests; an office without data."""
    monkeypatch.setenv("POLICY_QA_INDEX", str(assistant.index._index_dir))
    monkeypatch.setenv("POLICY_QA_DATA", str(tmp_path / "data"))

    def command(*words: str, typed: str | None = None) -> Result:
        from policy_qa.cli.app import app

        return CliRunner().invoke(app, ["eval", *words], input=typed)

    return command


def drafted(run: Run, path: Path, count: int = 6) -> list[str]:
    """The ids of the drafts written to `path`."""
    assert run("draft", NUMBER, "--count", str(count), "--out", str(path)).exit_code == 0
    return [question.id for question in load(path)]


def states(path: Path) -> list[str]:
    return [question.state for question in load(path)]


# --- draft --------------------------------------------------------------------------------------------------------


def test_drafts_of_a_document_of_the_index_are_shown(run: Run) -> None:
    result = run("draft", NUMBER, "--count", "5")
    assert result.exit_code == 0
    assert result.stdout.count(f"{nursery.KEY}#") + result.stdout.count("không trả lời được") >= 5


def test_drafts_are_json_lines_where_that_is_asked_for(run: Run) -> None:
    result = run("draft", NUMBER, "--count", "5", "--json", "--kinds", "list,near-miss")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert lines and all(line["kind"] == "list" or line["unanswerable"] for line in lines)


def test_drafts_of_a_file_are_added_to_a_set_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "vườn ươm.txt"
    file.write_text(nursery.OFFICIAL, encoding="utf-8")
    out = tmp_path / "nháp.jsonl"
    assert run("draft", str(file), "--count", "4", "--out", str(out)).exit_code == 0
    again = run("draft", str(file), "--count", "7", "--out", str(out))
    assert again.exit_code == 0 and "câu đã có" in again.stderr
    assert 7 <= len(load(out)) <= 11
    assert run("check", str(out)).exit_code == 0


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("draft", "999/XX"), 1, "không có văn bản 999/XX"),
        (("draft", NUMBER, "--kinds", "chuyện"), 2, "chỉ có figure"),
        (("draft", NUMBER, "--kinds", ","), 2, "chỉ có figure"),
        (("draft", NUMBER, "--count", "0"), 2, "--count"),
        (("draft", "57-KL/TW", "--kinds", "definition"), 1, "Không soạn được câu hỏi nào"),
        (("review", "không-có.jsonl"), 1, "không mở được tệp"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run: Run, words: tuple[str, ...], status: int, said: str) -> None:
    result = run(*words)
    assert result.exit_code == status
    assert said in result.stderr and "Traceback" not in result.output


def test_a_set_that_cannot_be_read_is_not_written_over(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "hỏng.jsonl"
    out.write_text("không phải JSON\n", encoding="utf-8")
    result = run("draft", NUMBER, "--out", str(out))
    assert result.exit_code == 1 and "hỏng.jsonl:1" in result.stderr
    assert out.read_text("utf-8") == "không phải JSON\n"


# --- review -------------------------------------------------------------------------------------------------------


def test_drafts_are_accepted_rejected_put_off_and_left(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    ids = drafted(run, path)
    result = run("review", str(path), typed="a\n\nx\nnhận\nq\n")
    assert result.exit_code == 0
    assert "[a] nhận" in result.stdout and "1/6" in result.stdout
    assert [q.id for q in load(path) if q.state == "reviewed"] == [ids[0], ids[3]]
    assert ids[2] not in {q.id for q in load(path)}
    assert "còn 3 câu chưa duyệt" in result.stderr


def test_the_text_of_gold_is_shown_beside_the_question(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    assert run("draft", NUMBER, "--kinds", "list", "--count", "1", "--out", str(path)).exit_code == 0
    result = run("review", str(path), typed="q\n")
    shown = " ".join(result.stdout.split())
    assert load(path)[0].question in shown
    assert "1. Bảo đảm nguồn giống" in shown or "1. Sở Nông nghiệp" in shown or "1. Ngân sách tỉnh" in shown


def test_when_input_ends_what_was_decided_stays(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    drafted(run, path)
    result = run("review", str(path), typed="a\na\n")
    assert result.exit_code == 1 and "mọi quyết định đã ghi" in result.stderr
    assert states(path).count("reviewed") == 2


def test_a_slip_while_editing_loses_nothing_that_was_typed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    assert run("draft", NUMBER, "--kinds", "list", "--count", "1", "--out", str(path)).exit_code == 0
    typed = [
        "s", "Nguyên tắc giữ vườn ươm là gì?", "danh sách", "", "",  # the kind is wrong, and told
        "s", "", "list", "chỗ kia", "khoản 1 Điều 3 + khoản 9 Điều 3", "",  # a place nobody can read, and one that is not there
        "a",  # refused: no khoản 9
        "s", "", "", "khoản 1 Điều 3 + khoản 3 Điều 3 | Điều 3", "-",
        "a",
    ]  # fmt: skip
    result = run("review", str(path), typed="\n".join(typed) + "\n")
    assert result.exit_code == 0, result.output
    (question,) = load(path)
    assert (question.question, question.kind, question.state) == ("Nguyên tắc giữ vườn ươm là gì?", "list", "reviewed")
    assert question.gold == (
        (f"{nursery.KEY}#điều=3;khoản=1",),
        (f"{nursery.KEY}#điều=3;khoản=3", f"{nursery.KEY}#điều=3"),
    )
    assert "phải là một trong" in result.stderr and "không đọc được" in result.stderr and "khoản=9" in result.stderr


def test_a_question_may_be_found_not_answerable(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    assert run("draft", NUMBER, "--kinds", "list", "--count", "1", "--out", str(path)).exit_code == 0
    run("review", str(path), typed="s\n\n\n-\nno_text\na\n")
    (question,) = load(path)
    assert (question.unanswerable, question.reason, question.gold, question.state) == (True, "no_text", (), "reviewed")


def test_review_goes_on_without_an_index(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    drafted(run, path, 2)
    result = run("review", str(path), "--index", str(tmp_path / "none"), typed="a\nq\n")
    assert result.exit_code == 0 and "Không đối chiếu được" in result.stderr
    assert states(path) == ["reviewed", "draft"]


# --- from-feedback ------------------------------------------------------------------------------------------------


def test_without_complaints_there_is_nothing_to_review(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "che.jsonl"
    result = run("from-feedback", "--out", str(out))
    assert result.exit_code == 0 and "Chưa có câu trả lời nào bị chê" in result.stderr
    assert not out.exists()


def test_complaints_of_the_chat_are_put_into_a_file(run: Run, assistant: Assistant, tmp_path: Path) -> None:
    import dataclasses

    from policy_qa.office.database import Database
    from policy_qa.office.feedback import give_feedback
    from policy_qa.office.history import History
    from policy_qa.office.users import User

    database, user, asked = Database(tmp_path / "data"), User("an", frozenset()), "Ai kiểm tra vườn ươm cây ngập mặn?"
    turn = dataclasses.replace(History(database).ask(user, None, asked), answer=assistant.ask(asked), done=True)
    History(database).answer(user, turn)
    give_feedback(database, user, turn, "down", "\x1b[31msai điều\x1b[0m")
    database.close()
    out = tmp_path / "che.jsonl"
    assert run("from-feedback", "--out", str(out)).exit_code == 0
    assert run("check", str(out)).exit_code == 1
    shown = run("review", str(out), typed="a\ns\n\nwho\nkhoản 1 Điều 5\nSở Nông nghiệp và Môi trường\na\n")
    assert "Người dùng chê" in shown.stdout and "\x1b" not in shown.stdout
    (question,) = load(out)
    assert (question.question, question.state, question.kind) == (asked, "reviewed", "who")
    assert question.gold == ((f"{nursery.KEY}#điều=5;khoản=1",),)
