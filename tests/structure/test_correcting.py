"""What a person corrects in a head: checked by the rules for what is read, and set in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from handed_in import decision

from policy_qa.document import Metadata
from policy_qa.loading import load_document
from policy_qa.reading.source import ReadOptions
from policy_qa.structure.correcting import CORRECTABLE, BadCorrection, checked
from policy_qa.structure.header import corrected


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("number", " 08/QĐ-UBND ", "08/QĐ-UBND"),
        ("number", "44 - CT/TW", "44-CT/TW"),
        ("number", "19/2023/QH15", "19/2023/QH15"),
        ("number", "7/QÐ-UBND", "7/QĐ-UBND"),
        ("date", "9/6/2031", "2031-06-09"),
        ("date", "ngày 09 tháng 6 năm 2031", "2031-06-09"),
        ("date", "2031-6-9", "2031-06-09"),
        ("date", "9.6.2031", "2031-06-09"),
        ("issuer", "Ủy ban nhân dân\ttỉnh  An Hải", "Ủy ban nhân dân tỉnh An Hải"),
        ("title", "  ", None),
        ("number", "", None),
    ],
)
def test_what_is_typed_becomes_what_would_have_been_read(field: str, typed: str, value: str | None) -> None:
    assert checked(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("number", "bảy/QĐ-UBND", "không đúng dạng"),
        ("number", "7/QĐ-UBND; DROP TABLE", "không đúng dạng"),
        ("number", "7/QĐ-UBND@2031-06-09", "không đúng dạng"),
        ("number", "../../7/QĐ-UBND", "không đúng dạng"),
        ("number", "7/QĐ-" + "A" * 60, "dài quá 60 ký tự"),
        ("date", "31/2/2031", "không phải một ngày có thật"),
        ("date", "9/6/0031", "không phải một ngày có thật"),
        ("date", "9/6", "không phải một ngày có thật"),
        ("date", "9/6/2031 hoặc sau", "không phải một ngày có thật"),
        ("issuer", "<b>Ủy ban</b>", "có dấu < hoặc >"),
        ("title", "về bến<script>hit()</script>", "có dấu < hoặc >"),
        ("title", "về b\u200bến", "không nhìn thấy được"),
        ("title", "về\x07bến", "không nhìn thấy được"),
        ("issuer", "\u202eủy ban", "không nhìn thấy được"),
        ("issuer", "ủy ban \ud800", "không nhìn thấy được"),
        ("title", "a" * 1001, "dài quá 1000 ký tự"),
        ("issuer", "…", "không có chữ nào"),
    ],
)
def test_what_no_document_says_of_itself_is_refused_in_one_sentence(field: str, typed: str, why: str) -> None:
    with pytest.raises(BadCorrection, match=why) as refused:
        checked(field, typed)
    said = str(refused.value)
    assert said.startswith(CORRECTABLE[field]) and said.endswith(".") and "\n" not in said


def test_a_kind_that_is_not_printed_follows_the_number() -> None:
    unread = Metadata(title="x", confidence={"title": 0.5})
    about = corrected(unread, {"number": "7/QĐ-UBND"})
    assert (about.number, about.kind) == ("7/QĐ-UBND", "Quyết định")
    assert "number" not in about.confidence and about.confidence["title"] == 0.5
    printed = Metadata(number="7/TB-UBND", kind="Thông báo", confidence={"number": 0.9, "kind": 0.99})
    assert corrected(printed, {"number": "7/QĐ-UBND"}).kind == "Thông báo"
    assert corrected(printed, {}) is printed


def test_a_document_is_read_with_what_was_corrected_in_it(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    words = "Quyết định này thay thế Quyết định số 8/QĐ-UBND ngày 01 tháng 02 năm 2030 và Quyết định số 7/QĐ-UBND."
    file.write_text(decision(words=words).replace("Số: 7/QĐ-UBND", "Số: .../QĐ-UBND"), encoding="utf-8")
    read = load_document(file)
    assert read.metadata.number is None and any("Số, ký hiệu" in warning for warning in read.warnings)
    given = {read.source.sha256: {"number": "7/QĐ-UBND", "date": "2031-06-10"}}
    document = load_document(file, ReadOptions(corrected=given))
    assert document.key == "7/QĐ-UBND@2031-06-10"
    assert document.warnings == (), "nothing is told of a number that someone has written down"
    assert not {"number", "date"} & document.metadata.confidence.keys() and document.metadata.confidence["issuer"]
    assert [r.number for r in document.metadata.relations] == ["8/QĐ-UBND"], "no document replaces itself"
    assert document.provisions == read.provisions
    other = load_document(file, ReadOptions(corrected={"0" * 64: {"number": "9/QĐ-UBND"}}))
    assert other.metadata == read.metadata
