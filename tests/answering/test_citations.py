from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from nursery import KEY

from policy_qa.answering.citations import Citer, citation, document_name, headings_above
from policy_qa.document import Address, Span

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant
    from policy_qa.retrieval.index import Index, ProvisionRecord

DECISION = "1079/QĐ-TTg@2022-09-14"


@pytest.fixture
def index(assistant: Assistant) -> Index:
    return assistant.index


def at(index: Index, address: str, key: str = KEY) -> ProvisionRecord:
    found = index.provision(key, Address.parse(address))
    assert found is not None
    return found


def test_a_citation_says_where_the_words_stand(index: Index) -> None:
    provision = at(index, "điều=4;khoản=2;điểm=b")
    made = citation(index, provision, provision.span, "7")
    assert (made.id, made.key, str(made.address)) == ("7", KEY, "điều=4;khoản=2;điểm=b")
    assert made.quote == index.text(KEY, provision.span) == "b) Hợp tác xã muối góp 5% lợi nhuận."
    assert made.formatted_short == "điểm b khoản 2 Điều 4 Quyết định số 345/QĐ-UBND"
    assert made.formatted.startswith(f"{made.formatted_short} ngày 15 tháng 3 năm 2021 của ")
    assert (made.text_kind, made.reported, made.page) == ("official", False, None)
    record = index.document(KEY)
    assert record is not None and (made.file, made.sha256) == (record.file, record.sha256)


@pytest.mark.parametrize(
    ("key", "address", "text_kind", "reported"),
    [
        (KEY, "điều=3", "official", False),
        (DECISION, "điều=1;mục=I;khoản=2", "digest", False),
        (DECISION, "đề mục=theo báo chí và hồ sơ tra cứu;đề mục=chữ ký", "digest", True),
    ],
)
def test_a_citation_says_what_kind_of_text_it_is(
    index: Index, key: str, address: str, text_kind: str, reported: bool
) -> None:
    provision = at(index, address, key)
    made = citation(index, provision, provision.span, "1")
    assert (made.text_kind, made.reported) == (text_kind, reported)


def test_citations_are_numbered_from_one_and_each_made_once(index: Index) -> None:
    citer = Citer(index)
    one, two = at(index, "điều=3;khoản=1"), at(index, "điều=3;khoản=2")
    made = [citer.cite(p, p.span) for p in (one, two, one)]
    assert [c.id for c in made] == ["1", "2", "1"]
    assert citer.citations == (made[0], made[1])


def test_a_quote_outside_the_provision_is_refused(index: Index) -> None:
    one, two = at(index, "điều=3;khoản=1"), at(index, "điều=3;khoản=2")
    citer = Citer(index)
    for quote in (two.span, Span(one.span.start, two.span.end), Span(0, one.span.end)):
        with pytest.raises(ValueError, match="outside"):
            citer.cite(one, quote)
    assert citer.citations == ()


@pytest.mark.parametrize(
    ("key", "address", "headings"),
    [
        (KEY, "điều=4;khoản=2;điểm=b", ("Kinh phí",)),
        (DECISION, "điều=1;mục=I;khoản=2", ("Phê duyệt Đề án", "Quan điểm")),
    ],
)
def test_the_headings_above(index: Index, key: str, address: str, headings: tuple[str, ...]) -> None:
    assert headings_above(index, at(index, address, key)) == headings


def test_the_name_of_a_document_is_what_its_head_says(index: Index) -> None:
    record = index.document(DECISION)
    assert record is not None
    name = document_name(record)
    assert (name.number, name.date, name.kind, name.issuer) == (
        "1079/QĐ-TTg",
        "2022-09-14",
        "Quyết định",
        "Thủ tướng Chính phủ",
    )
    assert name.title == record.metadata.title
