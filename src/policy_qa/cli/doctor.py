"""`doctor`: whether everything that answering needs is there, and what to do where it is not."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import typer

from policy_qa.cli.console import rich_console, write_json
from policy_qa.cli.options import IndexOption, JsonOption
from policy_qa.errors import PolicyQAError

if TYPE_CHECKING:
    from policy_qa.retrieval.encoder import Encoder
    from policy_qa.settings import Settings

State: TypeAlias = Literal["ok", "note", "broken"]

STATE_WORDS: dict[State, str] = {"ok": "tốt", "note": "lưu ý", "broken": "HỎNG"}
ESSENTIAL = (
    "faiss-cpu",
    "langchain-core",
    "lxml",
    "numpy",
    "psutil",
    "pypdfium2",
    "safetensors",
    "tantivy",
    "tokenizers",
)
FOR_SOME = {
    "gradio": "trang hỏi đáp (policy-qa serve)",
    "httpx": "tải văn bản chính thức (policy-qa fetch)",
    "langchain": "mô hình ngôn ngữ",
    "sentence-transformers": "bộ mã hoá khác",
}
SCANS = "nhận dạng chữ (OCR) trên bản chụp (scan)"
OFFICE = "đọc các tệp .doc, .rtf, .odt"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
MINIMUM_PYTHON = (3, 11)
ENOUGH_DISK = 1 << 30  # an index of the ten digests takes megabytes; of a few thousand laws, a gigabyte


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `ok`, `note` (works, but something optional is missing) or `broken` (cannot answer)."""

    name: str
    state: State
    found: str


def doctor(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """Kiểm tra máy này có đủ để trả lời không."""
    from policy_qa.settings import load_settings

    settings = load_settings()
    checks = list(examine(settings, index or settings.index))
    if as_json:
        for check in checks:
            write_json(check)
    else:
        _print(checks)
    if any(check.state == "broken" for check in checks):
        raise typer.Exit(1)


def examine(settings: Settings, index_dir: Path) -> Iterator[Check]:
    """All checks in the order in which they are shown. Nothing is changed on disk."""
    yield _python()
    yield from _packages()
    encoder: list[Encoder] = []
    yield _attempt("Bộ mã hoá", lambda: _encoder(settings, encoder))
    if encoder:
        yield _attempt("Chỉ mục", lambda: _index(index_dir, encoder[0]))
    yield _corpus(settings.corpus)
    yield _disk(index_dir)
    yield _tesseract()
    yield _office()
    yield _fonts()


def _python() -> Check:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info >= MINIMUM_PYTHON:
        return Check("Python", "ok", found)
    return Check("Python", "broken", f"{found}; cần 3.11 trở lên.")


def _packages() -> Iterator[Check]:
    versions = {name: _version(name) for name in ESSENTIAL}
    missing = [name for name, found in versions.items() if found is None]
    if missing:
        yield Check("Thư viện", "broken", f"Thiếu {', '.join(missing)}. Chạy: pip install -c constraints.txt .")
    else:
        yield Check("Thư viện", "ok", ", ".join(f"{name} {found}" for name, found in versions.items()))
    for name, purpose in FOR_SOME.items():
        found = _version(name)
        yield Check(name, "ok" if found else "note", found or f"Chưa cài; cần cho {purpose}.")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _attempt(name: str, look: Callable[[], str]) -> Check:
    """Runs a check that explains itself by raising PolicyQAError."""
    try:
        return Check(name, "ok", look())
    except PolicyQAError as error:
        return Check(name, "broken", str(error))
    except (OSError, RuntimeError, ValueError, ImportError) as error:
        return Check(name, "broken", f"{type(error).__name__}: {error}")


def _encoder(settings: Settings, loaded: list[Encoder]) -> str:
    from policy_qa.retrieval.encoder import load_encoder

    encoder = load_encoder(settings.encoder)
    if not encoder.encode(["thông tin đối ngoại"]).any():
        raise RuntimeError("bộ mã hoá không hiểu tiếng Việt")
    loaded.append(encoder)
    return f"{encoder.name}, {encoder.dimensions} chiều"


def _index(index_dir: Path, encoder: Encoder) -> str:
    from policy_qa.retrieval.index import open_index

    opened = open_index(index_dir, encoder)
    try:
        return f"{index_dir}: {len(opened.documents())} văn bản, {len(opened)} đoạn"
    finally:
        opened.close()


def _corpus(folder: Path) -> Check:
    files = [file for file in folder.glob("*.md") if file.name != "README.md"] if folder.is_dir() else []
    if files:
        return Check("Kho văn bản", "ok", f"{folder}: {len(files)} bản tóm lược")
    return Check(
        "Kho văn bản", "note", f"Không thấy bản tóm lược nào ở {folder}; đặt POLICY_QA_CORPUS nếu kho ở nơi khác."
    )


def _disk(index_dir: Path) -> Check:
    folder = next(folder for folder in (index_dir, *index_dir.absolute().parents) if folder.exists())
    free = shutil.disk_usage(folder).free
    return Check("Ổ đĩa", "ok" if free >= ENOUGH_DISK else "note", f"Còn trống {free / (1 << 30):.1f} GiB ở {folder}")


def _tesseract() -> Check:
    from policy_qa.reading.scans.ocr import find_tesseract, how_to_install

    found = find_tesseract()
    if found is None:
        return Check("Tesseract", "note", f"Chưa cài; chỉ cần để {SCANS}: hãy {how_to_install()}.")
    where = f"{found.version} ({found.program})"
    if not found.knows_vietnamese:
        why = "chưa có dữ liệu tiếng Việt"
        return Check("Tesseract", "note", f"{where} {why}; chỉ cần để {SCANS}: hãy {how_to_install()}.")
    return Check("Tesseract", "ok", f"{where}, có tiếng Việt; dùng để {SCANS}")


def _office() -> Check:
    from policy_qa.reading.office import find_office

    found = find_office()
    if found is None:
        remedy = "hãy cài LibreOffice, hoặc mở tệp bằng Word rồi lưu lại thành .docx"
        return Check("LibreOffice", "note", f"Chưa cài; chỉ cần để {OFFICE}: {remedy}.")
    return Check("LibreOffice", "ok", f"{found}; dùng để {OFFICE}")


def _fonts() -> Check:
    if sys.platform in ("win32", "darwin"):
        return Check("Phông chữ", "ok", "của hệ điều hành")
    folders = [Path(folder).expanduser() for folder in FONT_FOLDERS]
    fonts = [f for folder in folders if folder.is_dir() for f in folder.rglob("*.[to]t[fc]")]
    known = sorted({f.stem.split("-")[0] for f in fonts if f.stem.startswith(("NotoSans-", "NotoSerif-", "DejaVu"))})
    if known:
        return Check("Phông chữ", "ok", ", ".join(known))
    return Check("Phông chữ", "note", "Không thấy phông Noto hay DejaVu; chữ Việt trên trang có thể thiếu dấu.")


def _print(checks: list[Check]) -> None:
    from rich.table import Table

    table = Table("Mục", "Tình trạng", "Chi tiết")
    for check in checks:
        table.add_row(check.name, STATE_WORDS[check.state], check.found)
    rich_console().print(table)
