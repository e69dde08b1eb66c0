"""What became of documents, by the relations that others declare."""

from __future__ import annotations

import pytest

from policy_qa.answering.declared import Changes, told
from policy_qa.citing.reference import Known
from policy_qa.document import Metadata, Relation, document_key
from policy_qa.retrieval.index import DocumentRecord

DECREE = Metadata("7/2020/NĐ-CP", "2020-02-01", "Nghị định", "Chính phủ")
LAW = Metadata("12/2019/QH14", "2019-06-14", "Luật", "Quốc hội", "Hoa cỏ")
DECISION = Metadata("5/QĐ-UBND", "2020-03-05", "Quyết định", "Ủy ban nhân dân tỉnh An Hải")


def record(number: str, date: str, *relations: Relation) -> DocumentRecord:
    return of(Metadata(number, date, "Nghị định", "Chính phủ", relations=relations))


def of(metadata: Metadata) -> DocumentRecord:
    key = document_key(metadata.number, metadata.date, "tệp.txt")
    return DocumentRecord(key, metadata, "tệp.txt", "0" * 64, "text", 0, 1, 1)


def done(changes: Changes, metadata: Metadata) -> list[tuple[str, str | None, str | None]]:
    return [(change.kind, change.by.number, change.key) for change in changes.of(of(metadata))]


@pytest.mark.parametrize(
    ("target", "relation"),
    [
        (DECREE, Relation("thay thế", "7/2020/NĐ-CP")),
        (DECREE, Relation("bãi bỏ", "07/2020/NĐ-CP", "2020-02-01")),
        (LAW, Relation("sửa đổi", "12/2019/QH14", None, "Luật Hoa cỏ")),
        (LAW, Relation("sửa đổi", None, "2019", "Luật Hoa cỏ")),
        (LAW, Relation("sửa đổi", None, "2019-06-14", "luật hoa cỏ")),
        (LAW, Relation("đính chính", None, None, "Luật Hoa cỏ")),
        (DECISION, Relation("thay thế", "5/QĐ-UBND", "2020-03-05")),
    ],
)
def test_a_relation_tells_what_became_of_the_document_named(target: Metadata, relation: Relation) -> None:
    changes = Changes([of(target), record("8/2021/NĐ-CP", "2021-02-03", relation)])
    assert done(changes, target) == [(relation.kind, "8/2021/NĐ-CP", "8/2021/NĐ-CP@2021-02-03")]


@pytest.mark.parametrize(
    ("target", "relation"),
    [
        (DECREE, Relation("căn cứ", "7/2020/NĐ-CP")),
        (DECREE, Relation("thay thế", "7/2021/NĐ-CP")),
        (DECREE, Relation("thay thế", "7/2020/NĐ-CP", "2020-05-01")),
        (DECREE, Relation("thay thế", "7")),
        (LAW, Relation("sửa đổi", None, "2009", "Luật Hoa cỏ")),
        (DECISION, Relation("thay thế", "5/QĐ-UBND")),  # of another office, of another year?
    ],
)
def test_what_names_another_document_or_says_too_little_is_left_out(target: Metadata, relation: Relation) -> None:
    assert done(Changes([of(target), record("8/2021/NĐ-CP", "2021-02-03", relation)]), target) == []


def test_a_bare_number_is_believed_of_the_same_office_and_only_where_one_document_bears_it() -> None:
    other = Metadata("5/QĐ-UBND", "2021-03-05", "Quyết định", DECISION.issuer)
    relation = Relation("thay thế", "5/QĐ-UBND")
    new = of(Metadata("9/QĐ-UBND", "2022-01-01", "Quyết định", "ỦY BAN NHÂN DÂN TỈNH AN HẢI", relations=(relation,)))
    assert done(Changes([of(DECISION), new]), DECISION) == [("thay thế", "9/QĐ-UBND", "9/QĐ-UBND@2022-01-01")]
    assert done(Changes([of(DECISION), of(other), new]), DECISION) == []


def test_the_name_of_a_law_without_a_year_is_believed_only_where_one_law_bears_it() -> None:
    other = Metadata("12/2009/QH12", "2009-06-14", "Luật", "Quốc hội", "Hoa cỏ")
    new = record("8/2021/NĐ-CP", "2021-02-03", Relation("sửa đổi", None, None, "Luật Hoa cỏ"))
    assert done(Changes([of(LAW), new]), LAW) and done(Changes([of(LAW), of(other), new]), LAW) == []


def test_nothing_is_changed_by_what_is_older_or_by_itself() -> None:
    older = record("1/2019/NĐ-CP", "2019-01-01", Relation("thay thế", "7/2020/NĐ-CP"))
    own = record("8/2021/NĐ-CP", "2021-02-03", Relation("sửa đổi", "8/2021/NĐ-CP"))
    changes = Changes([of(DECREE), older, own])
    assert done(changes, DECREE) == [] and done(changes, own.metadata) == []


def test_a_consolidated_text_tells_what_amended_its_base() -> None:
    consolidated = record(
        "3/VBHN-BX",
        "2024-06-21",
        Relation("hợp nhất", "7/2020/NĐ-CP", "2020-02-01"),
        Relation("hợp nhất", "9/2023/NĐ-CP", "2023-04-01"),
        Relation("thay thế", "2/2015/NĐ-CP", "2015-01-01"),
    )
    old = record("2/2015/NĐ-CP", "2015-01-01")
    changes = Changes([of(DECREE), consolidated, old])
    assert done(changes, DECREE) == [
        ("sửa đổi", "9/2023/NĐ-CP", None),
        ("hợp nhất", "3/VBHN-BX", "3/VBHN-BX@2024-06-21"),
    ]
    # The base replaced the old one, not the text that consolidates it.
    assert done(changes, old.metadata) == [("thay thế", "7/2020/NĐ-CP", "7/2020/NĐ-CP@2020-02-01")]
    assert changes.consolidated_by(consolidated.key) == Known("7/2020/NĐ-CP@2020-02-01", DECREE)
    assert changes.consolidated_by(old.key) is None
    # What amended the base is not itself consolidated.
    assert done(changes, Metadata("9/2023/NĐ-CP", "2023-04-01", "Nghị định", "Chính phủ")) == []


def test_the_base_may_be_missing_from_the_index() -> None:
    consolidated = record("3/VBHN-BX", "2024-06-21", Relation("hợp nhất", "7/2020/NĐ-CP", "2020-02-01"))
    new = record("8/2025/NĐ-CP", "2025-01-01", Relation("thay thế", "7/2020/NĐ-CP", "2020-02-01"))
    changes = Changes([consolidated, new])
    assert ("thay thế", "8/2025/NĐ-CP", "8/2025/NĐ-CP@2025-01-01") in done(changes, DECREE)
    base = changes.consolidated_by(consolidated.key)
    assert base is not None and base.metadata.kind == "Nghị định"


def test_the_kind_of_a_document_that_is_only_named() -> None:
    assert told(Relation("sửa đổi", "9/2023/NĐ-CP")).kind == "Nghị định"
    assert told(Relation("sửa đổi", "9/2023/QH15", None, "Bộ luật Hoa")).kind == "Bộ luật"
    assert told(Relation("sửa đổi", "lạ")).kind is None


def test_each_change_once_the_earliest_first() -> None:
    relation = Relation("sửa đổi", "7/2020/NĐ-CP")
    second, first = record("8/2022/NĐ-CP", "2022-01-01", relation), record("6/2021/NĐ-CP", "2021-01-01", relation)
    consolidated = record(
        "3/VBHN-BX", "2024-06-21", Relation("hợp nhất", "7/2020/NĐ-CP"), Relation("hợp nhất", "8/2022/NĐ-CP")
    )
    assert [number for kind, number, _ in done(Changes([second, consolidated, first, of(DECREE)]), DECREE)] == [
        "6/2021/NĐ-CP", "8/2022/NĐ-CP", "3/VBHN-BX",
    ]  # fmt: skip
    assert Changes([]).of(of(DECREE)) == () and Changes([of(DECREE)]).of(of(LAW)) == ()
