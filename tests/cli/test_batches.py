"""Files of questions: order, bad lines, encodings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.answer import Answer
from policy_qa.cli.batches import Line, answers, read_line, read_lines
from policy_qa.errors import BadQuestion


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ('{"question": "Ai ký?"}', Line("Ai ký?")),
        ('{"question": "Ai ký?", "document": "57-KL/TW"}', Line("Ai ký?", ("57-KL/TW",))),
        ('{"question": "Ai ký?", "document": null}', Line("Ai ký?")),
        ('{"question": "Ai ký?", "document": ["1/A", "2/B@2024-01-02"]}', Line("Ai ký?", ("1/A", "2/B@2024-01-02"))),
        ('{"question": ""}', Line("")),
        ('{"question": " giữ nguyên ", "id": 7}', Line(" giữ nguyên ")),
    ],
)
def test_a_line_is_read(raw: str, expected: Line) -> None:
    assert read_line(raw.encode("utf-8"), 1) == expected


@pytest.mark.parametrize(
    ("raw", "question", "word"),
    [
        (b"{", None, "JSON"),
        (b"[" * 100_000, None, "JSON"),
        (b'["question"]', None, "question"),
        (b'"question"', None, "question"),
        (b"null", None, "question"),
        (b"{}", None, "question"),
        (b'{"question": 5}', None, "question"),
        (b'{"question": null}', None, "question"),
        (b'{"question": "Ai?", "document": 57}', "Ai?", "document"),
        (b'{"question": "Ai?", "document": [57]}', "Ai?", "document"),
        ('{"question": "Ai ký?"}'.encode("utf-16"), None, "UTF-8"),
        (b'{"question": "\xff"}', None, "UTF-8"),
    ],
)
def test_a_bad_line_says_what_is_wrong_with_it(raw: bytes, question: str | None, word: str) -> None:
    line = read_line(raw, 12)
    assert line.question == question
    assert line.error is not None
    assert word in line.error
    assert "12" in line.error


@settings(max_examples=60)
@given(
    st.binary(max_size=60)
    | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(lambda v: json.dumps(v).encode())
)
def test_no_line_raises(raw: bytes) -> None:
    line = read_line(raw, 1)
    assert line.error or isinstance(line.question, str)


def test_answers_come_in_order_and_a_bad_line_does_not_stop_the_rest() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(question: str, documents: tuple[str, ...]) -> Answer:
        asked.append((question, documents))
        if question == "":
            raise BadQuestion("Câu hỏi trống.")
        if question == "lỗi":
            raise ZeroDivisionError
        return Answer(question)

    lines = [
        b'{"question": "a"}',
        b"?",
        b'{"question": ""}',
        '{"question": "lỗi"}'.encode(),
        b'{"question": "b", "document": "1/A"}',
    ]
    found = list(answers(lines, ask, ("0/O",)))
    assert [type(item).__name__ for item in found] == ["Answer", "Line", "Line", "Line", "Answer"]
    assert [item.question for item in found] == ["a", None, "", "lỗi", "b"]
    assert isinstance(found[2], Line)
    assert found[2].error == "Câu hỏi trống."
    assert asked == [("a", ("0/O",)), ("", ("0/O",)), ("lỗi", ("0/O",)), ("b", ("1/A",))]


def test_a_file_may_have_a_byte_order_mark_windows_line_ends_and_empty_lines(tmp_path: Path) -> None:
    file = tmp_path / "câu hỏi.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"question": "a"}\r\n\r\n  \n{"question": "b"}')
    found = list(
        answers(read_lines(str(file)), lambda question, documents: Answer(question=question, status="not_found"))
    )
    assert [answer.question for answer in found] == ["a", "b"]


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadQuestion, match=r"không có\.jsonl"):
        list(read_lines(str(tmp_path / "không có.jsonl")))


def test_bad_lines_are_numbered_as_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "câu hỏi.jsonl"
    file.write_bytes(b'{"question": "a"}\n\n\nkh\n')
    found = list(
        answers(read_lines(str(file)), lambda question, documents: Answer(question=question, status="not_found"))
    )
    assert isinstance(found[1], Line)
    assert found[1].error is not None
    assert found[1].error.startswith("Dòng 4 ")
