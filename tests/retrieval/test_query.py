from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.citing.resolution import Known
from policy_qa.document import Metadata
from policy_qa.retrieval.lexical import Field
from policy_qa.retrieval.lexicon import load_lexicon
from policy_qa.retrieval.query import Query, rarity, understand

NURSERY = Known(
    "345/QĐ-UBND@2021-03-15",
    Metadata(
        number="345/QĐ-UBND",
        date="2021-03-15",
        kind="Quyết định",
        title="ban hành Quy định quản lý vườn ươm cây ngập mặn",
        nicknames=("Quy định vườn ươm",),
    ),
)
SALT = Known("57-KL/TU@2022-06-15", Metadata(number="57-KL/TU", date="2022-06-15", kind="Kết luận"))
TWIN = Known("57-KL/TU@2023-06-15", Metadata(number="57-KL/TU", date="2023-06-15", kind="Kết luận"))
DATED = Known("2023/QĐ-UBND@2020-01-02", Metadata(number="2023/QĐ-UBND", date="2020-01-02", kind="Quyết định"))

CIVIL = Known("91/2015/QH13@2015-11-24", Metadata(number="91/2015/QH13", kind="Bộ luật", title="Dân sự"))
NATURE = Known("72/2020/QH14", Metadata(number="72/2020/QH14", kind="Luật", title="Luật Bảo vệ môi trường"))
FILMS = Known("05/2022/QH15", Metadata(number="05/2022/QH15", kind="Luật", title="Điện ảnh"))
FAMILY = Known("52/2014/QH13", Metadata(number="52/2014/QH13", kind="Luật", title="Hôn nhân và gia đình"))
OLDER = Known("55/2014/QH13", Metadata(number="55/2014/QH13", kind="Luật", title="Luật Bảo vệ môi trường"))


def read(question: str, *documents: Known, narrow: tuple[str, ...] = ()) -> Query:
    return understand(question, documents or (NURSERY, SALT), load_lexicon(), narrow=narrow)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Quyết định 345/QĐ-UBND nói gì?", [NURSERY.key]),
        ("QĐ 345 nói gì?", [NURSERY.key]),
        ("quyet dinh 345 noi gi", [NURSERY.key]),
        ("theo 345 thì sao?", [NURSERY.key]),
        ("Quy định vườn ươm nói gì?", [NURSERY.key]),
        ("KL 57 và QĐ 345", [SALT.key, NURSERY.key]),
        ("Vườn ươm ở đâu?", []),
        ("Chi 345.000 đồng?", []),
        ("Quyết định 346/QĐ-UBND nói gì?", []),
        ("Năm 2021 chi gì?", []),
    ],
)
def test_the_documents_that_are_named(question: str, named: list[str]) -> None:
    assert sorted(read(question).named) == sorted(named)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("BLDS quy định gì về đặt cọc?", [CIVIL.key]),
        ("theo Luật BVMT 2020 thì ai thu gom rác?", [NATURE.key]),
        ("theo Luật BVMT thì ai thu gom rác?", []),  # two laws bear the name
        ("theo luat bvmt nam 2014 thi ai thu gom rac", [OLDER.key]),
        ("theo Luật BVMT năm 1999 thì ai thu gom rác?", []),  # a law that is not here
        ("BVMT là gì?", []),
        ("luat da quy dinh gi ve rac", []),  # "luật đã …", not Luật Điện ảnh
        ("Luật HN&GĐ nói gì về con nuôi?", [FAMILY.key]),
        ("luat hngd noi gi ve con nuoi", [FAMILY.key]),
    ],
)
def test_laws_named_by_their_initials(question: str, named: list[str]) -> None:
    assert list(read(question, CIVIL, NATURE, OLDER, FILMS, FAMILY).named) == named


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Theo Điều 3 BLDS thì đặt cọc bao nhiêu?", "theo thì đặt cọc bao nhiêu"),
        ("Bộ luật Dân sự nói gì về đặt cọc?", "nói gì về đặt cọc"),
        ("BLDS nói gì?", "blds nói gì"),  # nothing else tells what is asked
        ("What is BLDS?", "what is blds"),
        ("BLDS và Luật Bảo vệ môi trường 2014 nói gì về rác?", "blds và luật bảo vệ môi trường 2014 nói gì về rác"),
        (
            "Quy định vườn ươm năm 2025 chi bao nhiêu?",
            "năm 2025 chi bao nhiêu",
        ),  # the year asked about, not the document's
    ],
)
def test_what_names_the_one_document_is_not_asked_of_it(question: str, said: str) -> None:
    assert read(question, CIVIL, OLDER, NURSERY).said == said


def test_a_year_behind_a_law_of_unknown_year_belongs_to_its_name() -> None:
    undated = Known("Luật Cây xanh", Metadata(kind="Luật", title="Luật Cây xanh"))
    query = read("Luật Cây xanh năm 2018 phạt bao nhiêu?", undated)
    assert query.named == (undated.key,)
    assert query.said == "phạt bao nhiêu"


def test_a_number_that_may_be_a_year_names_no_document() -> None:
    assert read("theo 2023 thì sao?", DATED).named == ()
    assert read("Quyết định 2023/QĐ-UBND thì sao?", DATED).named == (DATED.key,)


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("Nghị định 999/2050/NĐ-CP quy định gì?", ("Nghị định 999/2050/NĐ-CP",)),
        ("Quyết định 345/QĐ-UBND quy định gì?", ()),
        ("Vườn ươm ở đâu?", ()),
    ],
)
def test_documents_that_are_not_there_are_told(question: str, unknown: tuple[str, ...]) -> None:
    assert read(question).unknown == unknown


def test_a_number_of_two_documents_is_ambiguous_until_dated() -> None:
    both = read("Kết luận 57-KL/TU nói gì?", SALT, TWIN)
    assert (both.named, set(both.ambiguous)) == ((), {SALT.key, TWIN.key})
    dated = read("Kết luận 57-KL/TU ngày 15/6/2023 nói gì?", SALT, TWIN)
    assert (dated.named, dated.ambiguous) == ((TWIN.key,), ())


@pytest.mark.parametrize(
    ("question", "addresses"),
    [
        ("khoản 2 Điều 4 Quyết định 345/QĐ-UBND", ["điều=4;khoản=2"]),
        ("dieu 4 quyet dinh 345", ["điều=4"]),
        ("Điều 3 và Điều 4 QĐ 345", ["điều=3", "điều=4"]),
        ("Điều 3, Điều 3 QĐ 345", ["điều=3"]),
        ("Điều tra gì?", []),
    ],
)
def test_the_places_that_are_named(question: str, addresses: list[str]) -> None:
    assert [str(address) for _, address in read(question).places] == addresses


@pytest.mark.parametrize(
    ("question", "english", "folded"),
    [
        ("Vườn ươm ở đâu?", False, False),
        ("vuon uom o dau", False, True),
        ("What is the nursery?", True, True),
        ("Who signed it?", True, True),
        ("the thao la gi", False, True),
        ("", False, True),
    ],
)
def test_the_language_of_a_question(question: str, english: bool, folded: bool) -> None:
    query = read(question)
    assert (query.english, query.folded) == (english, folded)


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("Ngân sách chi bao nhiêu cho vườn ươm?", ["Ngân", "sách", "chi", "vườn", "ươm"]),
        ("Quyết định 345/QĐ-UBND chi gì?", ["chi"]),
        ("what does the nursery get", ["nursery"]),
        ("là gì và của ai?", []),
        ("noi gi ve bao chi", ["bao", "chi"]),  # báo chí, not "bao nhiêu" and "chị"
        ("chi bao nhieu cho vuon uom", ["chi", "vuon", "uom"]),
        ("", []),
    ],
)
def test_the_words_that_say_what_is_asked(question: str, content: list[str]) -> None:
    query = read(question)
    assert [word.typed for word in query.content] == content
    assert len(query.concepts) == len(content)


def test_pairs_are_of_neighbouring_content_words() -> None:
    assert read("vườn ươm của hợp tác").pairs == (("vườn", "ươm"), ("hợp", "tác"))


def test_the_chosen_documents_are_kept_and_name_nothing() -> None:
    query = read("Vườn ươm?", narrow=(SALT.key,))
    assert (query.documents, query.named) == ((SALT.key,), ())


def test_expansions_add_words_and_keep_those_that_were_typed() -> None:
    query = read("UBND chi gì?")
    terms = {(w.field, w.term): w.weight for w in query.weighted}
    assert (Field.SYLLABLES, "ubnd") in terms and (Field.SYLLABLES, "nhân") in terms
    assert all(weight > 0 for weight in terms.values())
    assert "ubnd chi gì" in query.dense_text and "Ủy ban nhân dân" in query.dense_text
    assert ("ubnd", "Ủy ban nhân dân") in query.phrases


def test_a_question_without_diacritics_is_searched_as_typed_and_as_it_was_meant() -> None:
    query = read("vuon uom o dau")
    found = {(item.field, item.term) for item in query.weighted}
    assert {(Field.FOLDED, "vuon"), (Field.FOLDED_BIGRAMS, "vuon_uom"), (Field.SYLLABLES, "vườn")} <= found
    assert query.said == "vườn ươm ở đâu" and query.folded


def test_slips_are_mended_but_names_numbers_and_abbreviations_stay() -> None:
    assert read("quyeenf con người của NLĐ theo số 1079").said == "quyền con người của nlđ theo số 1079"
    assert read("Hồ sơ gửi UBNDD tỉnh").said == "hồ sơ gửi ubndd tỉnh"


@pytest.mark.parametrize(("rare", "common"), [("ngập", "của"), ("zzzz", "nhân"), ("ươm", "quy")])
def test_rare_words_tell_more(rare: str, common: str) -> None:
    assert rarity(rare) > rarity(common) > 0
    assert rarity("zzzz") == rarity("không có từ này", folded=True)


@given(st.text(max_size=60))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_understood(question: str) -> None:
    query = read(question)
    assert query.text == question
    assert set(query.content) <= set(query.words)
    assert all(concept.weight > 0 and concept.wordings for concept in query.concepts)
    assert set(query.named) <= {NURSERY.key, SALT.key}


def test_percent_is_asked_for_and_not_looked_for() -> None:
    said = {word.lower for word in read("Bao nhiêu phần trăm cán bộ được tập huấn?").content}
    assert {"cán", "bộ", "tập", "huấn"} <= said
    assert "trăm" not in said
    assert "trăm" in {word.lower for word in read("Phạt một trăm triệu đồng khi nào?").content}


def test_syllables_that_most_articles_have_are_not_looked_up_unless_nothing_else_is_said() -> None:
    terms = {item.term for item in read("Quy định của các vườn ươm").weighted}
    assert {"vườn", "ươm"} <= terms
    assert not {"của", "các", "quy", "định"} & terms
    assert "quy_định" in terms
    assert "của" in {item.term for item in read("của").weighted}
