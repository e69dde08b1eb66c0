"""The progress bar: for those who watch, and nothing at all for files and pipes."""

import io

import pytest

from policy_qa.cli.indexing import progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def go_through() -> None:
    with progress_bar() as move:
        move("Đọc tệp", 0, 3)
        move("Đọc tệp", 3, 3)
        move("Nhận dạng chữ (OCR)", 1, 2)


def test_where_stderr_is_no_terminal_nothing_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    go_through()
    assert tuple(capsys.readouterr()) == ("", "")


def test_a_terminal_that_cannot_move_its_cursor_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    dumb = Terminal()
    monkeypatch.setattr("sys.stderr", dumb)
    monkeypatch.setenv("TERM", "dumb")
    go_through()
    assert dumb.getvalue() == ""


def test_a_terminal_gets_a_row_a_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    go_through()
    assert "Đọc tệp" in terminal.getvalue() and "3/3" in terminal.getvalue()
    assert "Nhận dạng chữ (OCR)" in terminal.getvalue() and "1/2" in terminal.getvalue()
