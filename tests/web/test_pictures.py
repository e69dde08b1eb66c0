"""Pictures of pages: drawn apart, kept, thrown away when there are too many; a broken file breaks nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import gazettes
import pytest

from policy_qa.retrieval.placing import SourceUnavailable
from policy_qa.web.chat import pictures as module
from policy_qa.web.chat.pictures import PageNotDrawn, Pictures


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_page_is_drawn_once_and_kept_within_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = gazettes.draw(tmp_path / "hoa.pdf")
    pictures = Pictures(tmp_path / "cache")
    first = pictures.picture(file, sha256(file), 1)
    assert first.startswith(b"\x89PNG")
    (kept,) = (tmp_path / "cache").glob("*/*.png")
    kept.write_bytes(b"as it was kept")
    assert pictures.picture(file, sha256(file), 1) == b"as it was kept"
    monkeypatch.setattr(module, "MOST_KEPT", 1)
    pictures.picture(file, sha256(file), 2)
    assert len(list((tmp_path / "cache").glob("*/*"))) == 1


def test_what_cannot_be_drawn_is_told_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "hỏng.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"\x00" * 400)
    with pytest.raises(PageNotDrawn, match=r"Không vẽ được trang 1 của tệp “hỏng\.pdf”"):
        Pictures(tmp_path / "cache").picture(broken, sha256(broken), 1)
    with pytest.raises(SourceUnavailable, match="đã thay đổi"):
        Pictures(tmp_path / "cache").picture(broken, "0" * 64, 1)
    assert not (tmp_path / "cache").exists()


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    file = gazettes.draw(tmp_path / "hoa.pdf")
    (tmp_path / "cache").write_bytes(b"no folder")
    assert Pictures(tmp_path / "cache").picture(file, sha256(file), 1).startswith(b"\x89PNG")
