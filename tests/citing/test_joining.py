"""Several places in one phrase, and that what is written is read again as the same places."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.citing.joining import in_order, places
from policy_qa.citing.reference import Known, extract, find
from policy_qa.citing.style import Mentions, first_mention, joined
from policy_qa.document import Address, Metadata

DECISION = Metadata(
    number="1079/QĐ-TTg", date="2022-09-14", kind="Quyết định", issuer="Thủ tướng Chính phủ", title="Phê duyệt Đề án cây xanh"
)  # fmt: skip
DECREE = Metadata(number="72/2015/NĐ-CP", date="2015-09-07", kind="Nghị định", issuer="Chính phủ", title="về vườn ươm")
LAW = Metadata(number="102/2016/QH13", date="2016-04-05", kind="Luật", issuer="Quốc hội", title="Trẻ em")
PARTY = Metadata(number="57-KL/TW", date="2023-06-15", kind="Kết luận", issuer="Bộ Chính trị", title="về trồng cây")
DOCUMENTS = {document.number: document for document in (DECISION, DECREE, LAW, PARTY)}
KNOWN = [Known(f"{m.number}@{m.date}", m) for m in DOCUMENTS.values()]

ROWS = [
    ([], ""),
    ([""], ""),
    (["điều=5;khoản=2;điểm=b", "điều=5;khoản=2;điểm=a"], "các điểm a, b khoản 2 Điều 5"),
    (["điều=7;khoản=4", "điều=7;khoản=1", "điều=7;khoản=2"], "các khoản 1, 2 và 4 Điều 7"),
    (
        ["điều=5;khoản=1;điểm=a", "điều=5;khoản=2;điểm=b", "điều=5;khoản=2;điểm=c"],
        "điểm a khoản 1, các điểm b, c khoản 2 Điều 5",
    ),
    (
        ["điều=5;khoản=1;điểm=a", "điều=5;khoản=2;điểm=b", "điều=5;khoản=4"],
        "điểm a khoản 1, điểm b khoản 2 và khoản 4 Điều 5",
    ),
    (["điều=10", "điều=9", "điều=5;khoản=2"], "khoản 2 Điều 5 và các Điều 9, 10"),
    (["điều=1", "điều=3;khoản=1", "điều=5;khoản=2"], "Điều 1, khoản 1 Điều 3 và khoản 2 Điều 5"),
    (["điều=5", "điều=5;khoản=1"], "Điều 5 và khoản 1 Điều 5"),
    (["điều=1;mục=I;khoản=2", "điều=1;mục=II", "điều=1;mục=III"], "khoản 2 Mục I, các Mục II, III Điều 1"),
    (["điều=2;khoản=10", "điều=2;khoản=9", "điều=2;khoản=1a"], "các khoản 1a, 9 và 10 Điều 2"),
    (["điều=2;điểm=e", "điều=2;điểm=đ", "điều=2;điểm=d"], "các điểm d, đ và e Điều 2"),
    (["mục=IX", "mục=V"], "các Mục V, IX"),
    (["mục=IX", "mục=VIII"], "các Mục VIII, IX"),
    (["điều=2;điểm=aa", "điều=2;điểm=b"], "các điểm b, aa Điều 2"),
    (
        ["đề mục=kinh phí;khoản=1;điểm=a", "đề mục=kinh phí;khoản=2"],
        "điểm a khoản 1 phần Kinh phí và khoản 2 phần Kinh phí",
    ),
    (["mục=2;điểm=1.10", "mục=2;điểm=1.9"], "các điểm 1.9, 1.10 Mục 2"),
    (["phụ lục=I;điều=2;khoản=1", "điều=2;khoản=1"], "khoản 1 Điều 2 và khoản 1 Điều 2 Phụ lục I"),
    (
        ["phụ lục=I;điều=2;khoản=1", "phụ lục=I;điều=2;khoản=3;điểm=a"],
        "khoản 1, điểm a khoản 3 Điều 2 Phụ lục I",
    ),
    (["mục=1;gạch=2", "mục=1;gạch=1", "mục=1"], "Mục 1 và các gạch đầu dòng thứ 1, 2 Mục 1"),
    (["điều=1", "đề mục=thể thức", "đề mục=chữ ký"], "phần thể thức; Điều 1 và phần chữ ký"),
]  # fmt: skip


@pytest.mark.parametrize(("addresses", "phrase"), ROWS)
def test_what_provisions_share_is_written_once(addresses: list[str], phrase: str) -> None:
    assert places(map(Address.parse, addresses)) == phrase


def test_headings_keep_the_capitals_with_which_they_are_printed() -> None:
    addresses = [Address.parse("đề mục=cây ở sóc trăng"), Address.parse("điều=1")]
    assert places(addresses, ["Cây ở Sóc Trăng"]) == "phần Cây ở Sóc Trăng và Điều 1"


def test_a_free_heading_at_the_end_is_parted_from_the_document() -> None:
    two = [Address.parse("đề mục=mục tiêu"), Address.parse("đề mục=kinh phí")]
    assert joined(two, DECISION) == "phần Mục tiêu và phần Kinh phí, Quyết định số 1079/QĐ-TTg"


def test_several_documents_and_later_mentions() -> None:
    mentions = Mentions()
    article, clause = Address.parse("điều=5"), Address.parse("điều=3;khoản=1")
    assert mentions.cite([(LAW, article), (DECREE, clause), (LAW, clause)]) == (
        "khoản 1 Điều 3 và Điều 5 Luật Trẻ em năm 2016; khoản 1 Điều 3 Nghị định số 72/2015/NĐ-CP ngày 07 tháng 9 năm "
        "2015 của Chính phủ về vườn ươm"
    )
    assert mentions.cite([(DECREE, article), (PARTY, Address())]) == (
        "Điều 5 Nghị định số 72/2015/NĐ-CP; Kết luận số 57-KL/TW ngày 15 tháng 6 năm 2023 của Bộ Chính trị về trồng cây"
    )
    assert Mentions().cite([(DECREE, clause)]) == first_mention(clause, DECREE)
    assert mentions.cite([]) == ""


def test_two_documents_of_one_number_are_named_in_full_each() -> None:
    other = Metadata(number="1079/QĐ-TTg", date="2015-07-14", kind="Quyết định")
    mentions = Mentions()
    article = Address.parse("điều=1")
    assert mentions.cite([(DECISION, article)]).startswith("Điều 1 Quyết định số 1079/QĐ-TTg ngày 14 tháng 9 năm 2022")
    assert mentions.cite([(other, article)]) == "Điều 1 Quyết định số 1079/QĐ-TTg ngày 14 tháng 7 năm 2015"
    assert mentions.cite([(DECISION, article)]).startswith("Điều 1 Quyết định số 1079/QĐ-TTg ngày 14 tháng 9 năm 2022")


# --- written and read again ---------------------------------------------------------------------------------------

_NUMBER = st.integers(1, 40).map(str)
_POINT = st.sampled_from("abcdđeghiklm")


def _deeper(*levels: tuple[str, st.SearchStrategy[str]]) -> st.SearchStrategy[Address]:
    """An address of the first of the levels, of the first two, and so on."""
    steps = [label.map(lambda value, level=level: f"{level}={value}") for level, label in levels]
    return st.one_of([st.tuples(*steps[:n]) for n in range(1, len(steps) + 1)]).map(
        lambda s: Address.parse(";".join(s))
    )


_SMALL = st.integers(1, 4).map(str)
_ROMAN = st.sampled_from(["I", "II", "III", "IV", "V"])
OF_LAWS = _deeper(("điều", _SMALL), ("khoản", _SMALL), ("điểm", _POINT))
OF_SCHEMES = _deeper(("điều", st.just("1")), ("mục", _ROMAN), ("khoản", _SMALL), ("điểm", _POINT))
OF_PARTY = _deeper(("mục", _ROMAN), ("khoản", _SMALL), ("điểm", st.sampled_from(["1.1", "1.2", "2.1"])))
OF_DASHES = st.one_of(
    _deeper(("mục", _SMALL), ("gạch", _SMALL)), _deeper(("điều", _SMALL), ("khoản", _SMALL), ("gạch", _SMALL))
)
OF_ANNEX = _deeper(("phụ lục", st.just("I")), ("điều", _SMALL), ("khoản", _SMALL), ("điểm", _POINT))
OF_PARTS = st.sampled_from(["thể thức", "căn cứ", "mở đầu", "chữ ký"]).map(lambda p: Address.parse(f"đề mục={p}"))
WRITTEN = st.one_of(
    st.lists(st.one_of(kind, OF_PARTS) if kind is OF_PARTY else kind, min_size=1, max_size=7)
    for kind in (OF_DASHES, OF_LAWS, OF_SCHEMES, OF_PARTY, OF_ANNEX, st.one_of(OF_LAWS, OF_ANNEX))
)


@settings(max_examples=120, deadline=None)
@given(WRITTEN, st.sampled_from([DECISION, DECREE, PARTY]), st.booleans())
def test_places_are_read_again_with_their_document(addresses: list[Address], document: Metadata, first: bool) -> None:
    text = joined(addresses, document, first=first)
    found = extract(text)
    assert [reference.address for reference in found] == in_order(addresses), text
    assert {(r.number, r.date) for r in found} == {(document.number, document.date if first else None)}


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(list(DOCUMENTS.values())), OF_LAWS), min_size=1, max_size=6, unique_by=str))
def test_several_documents_are_read_again(cited: list[tuple[Metadata, Address]]) -> None:
    mentions = Mentions()
    for _ in range(2):  # in full, then short
        text = f"Theo {mentions.cite(cited)}."
        found = {(item.key, item.reference.address) for item in find(text, KNOWN)}
        assert found == {(f"{metadata.number}@{metadata.date}", address) for metadata, address in cited}, text


@given(st.lists(st.one_of(OF_LAWS, OF_ANNEX), max_size=6))
def test_the_order_given_does_not_matter(addresses: list[Address]) -> None:
    assert places(reversed(addresses)) == places(addresses)
    assert len({places(p) for p in itertools.islice(itertools.permutations(addresses), 24)}) == 1
