"""What `doctor` says of the programs that only some files need, and of the libraries that everything needs."""

import json
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from policy_qa.cli import doctor
from policy_qa.reading import office
from policy_qa.reading.scans import ocr

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any of these programs; the one folder in which they would be found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(ocr, "_FOLDERS", ())
    monkeypatch.setattr(office, "_PLACES", ())
    monkeypatch.setattr(office, "_WINDOWS_FOLDERS", ())
    return tmp_path


@needs_tesseract
def test_tesseract_with_vietnamese() -> None:
    check = doctor._tesseract()
    assert (check.name, check.state) == ("Tesseract", "ok")
    assert "có tiếng Việt; dùng để nhận dạng" in check.found


@needs_tesseract
def test_tesseract_without_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    check = doctor._tesseract()
    assert check.state == "note" and "chưa có dữ liệu tiếng Việt; chỉ cần để nhận dạng" in check.found


def test_no_tesseract(bare: Path) -> None:
    check = doctor._tesseract()
    assert check.state == "note" and "chỉ cần để nhận dạng chữ (OCR) trên bản chụp (scan): hãy " in check.found


def test_no_libreoffice(bare: Path) -> None:
    check = doctor._office()
    assert (check.name, check.state) == ("LibreOffice", "note")
    assert "chỉ cần để đọc các tệp .doc, .rtf, .odt: hãy cài LibreOffice" in check.found


def test_libreoffice_by_its_place(bare: Path) -> None:
    program = bare / ("soffice.exe" if sys.platform == "win32" else "soffice")
    program.write_bytes(b"")
    program.chmod(0o755)
    check = doctor._office()
    assert check.state == "ok" and str(program) in check.found


def test_without_them_nothing_is_broken_for_it(bare: Path, tmp_path: Path) -> None:
    from policy_qa.cli.app import app

    ran = CliRunner().invoke(app, ["doctor", "--json", "--index", str(tmp_path / "none")])
    states = {check["name"]: check["state"] for check in map(json.loads, ran.stdout.splitlines())}
    assert states["Thư viện"] == "ok"
    assert (states["Tesseract"], states["LibreOffice"]) == ("note", "note")
    assert [name for name, state in states.items() if state == "broken"] == ["Chỉ mục"]


def test_every_library_looked_for_is_a_dependency() -> None:
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    declared = {item.partition(">")[0] for item in project["dependencies"]}
    assert {*doctor.ESSENTIAL, *doctor.FOR_SOME} <= declared
