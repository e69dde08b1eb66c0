from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from handed_in import decision

from policy_qa.document import Metadata, to_json
from policy_qa.errors import BadCorpus, BadQuestion, UnreadableFile
from policy_qa.office.apart import BrokenDown, run_apart
from policy_qa.office.documents import (
    RECOGNISE,
    copy_into,
    find,
    place_for,
    read_options,
    safe_name,
    set_to_recognise,
    sha256_of,
    to_recognise,
)
from policy_qa.office.examination import Examination, examine
from policy_qa.retrieval.records import DocumentRecord


@pytest.mark.parametrize(
    ("words", "suffix", "name"),
    [
        ("72/2015/NĐ-CP@2015-09-07", ".pdf", "72-2015-nd-cp-2015-09-07.pdf"),
        (unicodedata.normalize("NFD", "Nội quy bến thuyền"), ".docx", "noi-quy-ben-thuyen.docx"),
        ("../../x", ".txt", "x.txt"),
        ("", ".txt", "van-ban.txt"),
        ("NUL", ".pdf", "van-ban-nul.pdf"),
        ("com1.pdf", ".pdf", "com1-pdf.pdf"),
        ("lpt9", ".pdf", "van-ban-lpt9.pdf"),
        ("console", ".pdf", "console.pdf"),
    ],
)
def test_a_name_is_at_home_on_every_file_system(words: str, suffix: str, name: str) -> None:
    assert safe_name(words, suffix) == name


def test_a_file_gets_another_name_only_where_another_has_it(tmp_path: Path) -> None:
    folder, file = tmp_path / "official", tmp_path / "a.txt"
    folder.mkdir()
    file.write_text("một", encoding="utf-8")
    assert place_for(folder, file, "x.txt") == folder / "x.txt"
    (folder / "x.txt").write_text("hai", encoding="utf-8")
    beside = place_for(folder, file, "x.txt")
    assert beside == folder / f"x-{sha256_of(file)[:8]}.txt"
    assert copy_into(file, folder, beside.name) == beside
    (folder / "x.txt").write_text("một", encoding="utf-8")
    assert place_for(folder, file, "x.txt") == folder / "x.txt"


def test_a_different_file_of_the_name_is_never_overwritten(tmp_path: Path) -> None:
    folder, file = tmp_path / "official", tmp_path / "a.txt"
    file.write_text("một", encoding="utf-8")
    assert copy_into(file, folder) == copy_into(file, folder) == folder / "a.txt"
    file.write_text("hai", encoding="utf-8")
    with pytest.raises(BadCorpus, match=r"đã có tệp a\.txt với nội dung khác"):
        copy_into(file, folder)
    assert (folder / "a.txt").read_text(encoding="utf-8") == "một"
    assert [f.name for f in folder.iterdir()] == ["a.txt"]


def test_a_document_is_found_by_number_or_key() -> None:
    records = [
        DocumentRecord(key, Metadata(number="7/QĐ-UBND"), "a", "b", "text", 0, 1, 1)
        for key in ("7/QĐ-UBND@2031-06-09", "7/QĐ-UBND@2032-01-01")
    ]
    assert find(records, "7/qđ-ubnd@2031-06-09 ") is records[0]
    with pytest.raises(BadQuestion, match="Có 2 văn bản cùng số"):
        find(records, "7/QĐ-UBND")
    with pytest.raises(BadQuestion, match="không có văn bản 8/QĐ"):
        find(records, "8/QĐ")


def test_which_files_are_recognised_is_remembered(tmp_path: Path) -> None:
    one, other = "1" * 64, "2" * 64
    assert to_recognise(tmp_path / "data") == frozenset()
    for sha256 in (one, other):
        set_to_recognise(tmp_path / "data", sha256, wanted=True)
    set_to_recognise(tmp_path / "data", one, wanted=False)
    assert read_options(tmp_path / "data", tmp_path / "cache").recognise == {other}
    assert read_options(tmp_path / "data", tmp_path / "cache").cache == tmp_path / "cache" / "ocr"


@pytest.mark.parametrize("broken", ["", "{", "[1, null]", '{"a": 1}', '["../x", "A"]', "[" * 100_000])
def test_a_damaged_list_recognises_nothing(tmp_path: Path, broken: str) -> None:
    (tmp_path / RECOGNISE).write_text(broken, encoding="utf-8")
    assert to_recognise(tmp_path) == frozenset()


# --- looking at a file, in a process of its own -------------------------------------------------------------------


def order(tmp_path: Path, file: Path, sha256: str | None = None) -> Examination:
    places = (str(tmp_path / "page.html"), str(tmp_path / "data"), str(tmp_path / "cache"))
    return Examination(str(file), sha256 or sha256_of(file), *places)


def test_what_is_found_in_a_file_is_told_and_shown_on_a_page(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(decision(words="<script>hit()</script>"), encoding="utf-8")
    found = examine(to_json(order(tmp_path, file)), lambda *far: None)
    assert isinstance(found, dict)
    assert (found["key"], found["provisions"], found["recognised"]) == ("7/QĐ-UBND@2031-06-09", 3, 0)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;hit()" in page and "<script>hit" not in page


def test_a_file_that_is_no_longer_the_same_is_not_taken_for_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(decision(), encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"“a\.txt” đã thay đổi"):
        examine(to_json(order(tmp_path, file, "0" * 64)), lambda *far: None)
    assert not (tmp_path / "page.html").exists()


def test_errors_come_back_from_the_other_process_with_their_type(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("", encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"“a\.txt” rỗng"):
        run_apart("examine", to_json(order(tmp_path, file)), lambda *far: None)
    with pytest.raises(BrokenDown, match="lỗi chưa lường trước"):
        run_apart("examine", json.loads('{"file": 1}'), lambda *far: None)
