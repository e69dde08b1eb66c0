"""What `doctor` says of the program that recognises scanned pages."""

import shutil
from pathlib import Path

import pytest

from policy_qa.cli.doctor import _ocr
from policy_qa.reading.scans import ocr

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


@needs_tesseract
def test_tesseract_with_vietnamese() -> None:
    check = _ocr()
    assert check.state == "ok" and "Tesseract" in check.found and "tiếng Việt" in check.found


@needs_tesseract
def test_tesseract_without_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    check = _ocr()
    assert check.state == "note" and "chưa có dữ liệu tiếng Việt; hãy" in check.found


def test_no_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ocr, "_FOLDERS", ())
    check = _ocr()
    assert check.state == "note" and "bị bỏ qua; hãy" in check.found
