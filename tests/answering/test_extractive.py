from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from nursery import KEY

from policy_qa.answering.citations import Citer
from policy_qa.answering.composing import compose, list_of
from policy_qa.answering.extractive import FARTHEST, LEARNED, Extractor
from policy_qa.answering.quoting import LONGEST_LIST, own_words
from policy_qa.document import Address

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant


LABEL = re.compile(r"^\w{1,2}[.)] ")
"""A sentence may be quoted with its number or without."""


@pytest.fixture
def extractor(assistant: Assistant) -> Extractor:
    return Extractor(assistant.searcher)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?",
            [("điều=4;khoản=1", "Ngân sách tỉnh chi 250 triệu đồng mỗi năm cho vườn ươm.")],
        ),
        (
            "Hợp tác xã muối góp bao nhiêu phần trăm lợi nhuận?",
            [("điều=4;khoản=2;điểm=b", "Hợp tác xã muối góp 5% lợi nhuận.")],
        ),
        (
            "hop tac xa nuoi tom gop bao nhieu phan tram loi nhuan",
            [("điều=4;khoản=2;điểm=a", "Hợp tác xã nuôi tôm góp 10% lợi nhuận.")],
        ),
        (
            "Vườn ươm cây ngập mặn là gì?",
            [("điều=2", "Vườn ươm cây ngập mặn là nơi gieo giống và chăm sóc cây đước, cây bần trước khi trồng.")],
        ),
        (
            "Quyết định 345/QĐ-UBND có hiệu lực khi nào?",
            [("điều=5;khoản=2", "Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2021.")],
        ),
        (
            "Quản lý vườn ươm phải theo những nguyên tắc nào?",
            [
                ("điều=3;khoản=1", "Bảo đảm nguồn giống bản địa."),
                ("điều=3;khoản=2", "Công khai số lượng cây xuất vườn."),
                ("điều=3;khoản=3", "Không dùng hóa chất trong khu ươm."),
            ],
        ),
    ],
)
def test_the_words_that_answer_are_quoted(assistant: Assistant, question: str, expected: list[tuple[str, str]]) -> None:
    answer = assistant.ask(question)
    assert [(str(c.address), LABEL.sub("", c.quote)) for c in answer.citations] == expected
    assert [s.text for s in answer.statements] == [c.quote for c in answer.citations]


def test_who_does_something_is_named_in_the_quote(assistant: Assistant) -> None:
    (cited,) = assistant.ask("Ai chủ trì kiểm tra vườn ươm?").citations
    assert str(cited.address) == "điều=5;khoản=1" and "Sở Nông nghiệp và Môi trường" in cited.quote


def test_each_document_compared_is_quoted(assistant: Assistant) -> None:
    answer = assistant.ask("so sánh ngày ban hành Kết luận 57-KL/TW và Nghị quyết 47/NQ-CP")
    assert {c.key for c in answer.citations} == {"57-KL/TW@2023-06-15", "47/NQ-CP@2024-04-15"}
    assert "15/6/2023" in " ".join(c.quote for c in answer.citations)
    assert "15/4/2024" in " ".join(c.quote for c in answer.citations)


def test_choices_come_best_first_and_quote_inside_their_provision(assistant: Assistant, extractor: Extractor) -> None:
    query = assistant.searcher.understand("Kinh phí cho vườn ươm do ai đóng góp?")
    choices = extractor.choose(query, assistant.searcher.search(query))
    assert choices and choices == sorted(choices, key=lambda choice: (not choice.states, -choice.score))
    for choice in choices:
        assert choice.quote in choice.provision.span
        assert choice.quote.of(assistant.index.text(choice.provision.document)).strip()
        assert 0 <= choice.coverage <= 1 and 0 <= choice.pairs <= 1


@pytest.mark.parametrize(("behind", "counts"), [(0.0, 0.0), (1.0, 1.0), (FARTHEST, FARTHEST), (9.0, FARTHEST)])
def test_a_passage_loses_by_how_far_it_falls_behind_the_likeliest(
    assistant: Assistant, extractor: Extractor, behind: float, counts: float
) -> None:
    query = assistant.searcher.understand("Kinh phí cho vườn ươm do ai đóng góp?")
    hits = [replace(hit, answers=1.5) for hit in assistant.searcher.search(query)]
    before = {choice.quote: choice.score for choice in extractor.choose(query, hits)}
    first = extractor.choose(query, hits[:1])[0].quote
    hits[0] = replace(hits[0], answers=1.5 - behind)
    after = {choice.quote: choice.score for choice in extractor.choose(query, hits)}
    assert before[first] - after[first] == pytest.approx(LEARNED * counts)
    assert all(after[quote] == score for quote, score in before.items() if quote != first)


def test_no_passages_make_no_choices(assistant: Assistant, extractor: Extractor) -> None:
    assert extractor.choose(assistant.searcher.understand("Kinh phí?"), []) == []


@pytest.mark.parametrize(
    ("address", "begins", "ends"),
    [
        ("điều=3", "1. Bảo đảm", "khu ươm."),
        ("điều=4;khoản=2", "2. Nguồn xã hội hóa", "b) Hợp tác xã muối góp 5% lợi nhuận."),
        ("điều=2", "Vườn ươm cây ngập mặn", "trước khi trồng."),
    ],
)
def test_own_words_leave_the_heading_line_out(
    assistant: Assistant, extractor: Extractor, address: str, begins: str, ends: str
) -> None:
    provision = assistant.index.provision(KEY, Address.parse(address))
    assert provision is not None
    said = assistant.index.text(KEY, own_words(assistant.index, provision)).strip()
    assert said.startswith(begins) and said.endswith(ends)


def test_very_long_words_are_cut_where_a_sentence_ends(opened) -> None:
    from nursery import OFFICIAL

    long = " ".join(f"Ao số {n} phải giữ mực nước ổn định suốt mùa khô." for n in range(200))
    text = OFFICIAL.replace("Quyết định này quy định việc quản lý vườn ươm cây ngập mặn trên địa bàn tỉnh.", long)
    wide = opened("wide", {"a.txt": text})
    (statement,) = wide.ask("Điều 1 Quyết định 345/QĐ-UBND quy định gì?").statements
    assert len(long) > LONGEST_LIST >= len(statement.text) > LONGEST_LIST / 2
    assert statement.text.endswith("mùa khô.")
    assert statement.text in wide.index.text(KEY)


def test_composing_makes_a_citation_for_every_statement(assistant: Assistant, extractor: Extractor) -> None:
    query = assistant.searcher.understand("Quản lý vườn ươm phải theo những nguyên tắc nào?")
    citer = Citer(assistant.index)
    statements = list(compose(query, extractor.choose(query, assistant.searcher.search(query)), citer, assistant.index))
    assert [s.citations for s in statements] == [(c.id,) for c in citer.citations]
    assert [s.text for s in statements] == [c.quote for c in citer.citations]


@pytest.mark.parametrize(
    "question", ["Ngân sách tỉnh chi bao nhiêu?", "Những ai được vào vườn ươm?", "Gồm những vì sao nào?"]
)
def test_what_asks_for_no_list_gets_none(assistant: Assistant, extractor: Extractor, question: str) -> None:
    query = assistant.searcher.understand(question)
    choices = extractor.choose(query, assistant.searcher.search(query))
    assert choices and list_of(query, choices[0], assistant.index) == []


RULES = """ỦY BAN NHÂN DÂN TỈNH AN HẢI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 88/QĐ-UBND
An Hải, ngày 02 tháng 6 năm 2025
QUYẾT ĐỊNH
Về hỗ trợ chủ ao nuôi cá
Điều 1. Giải thích từ ngữ
1. Ao nuôi cá lồng là ao có lồng bằng lưới, do một hộ quản lý.
2. Chủ ao là người đứng tên ao nuôi cá lồng.
Điều 2. Mức hỗ trợ
1. Hỗ trợ một lần cho chủ ao như sau:
a) Thời gian nuôi dưới 12 tháng: hỗ trợ 1.500.000 đồng/người.
b) Thời gian nuôi từ đủ 12 tháng đến dưới 60 tháng: hỗ trợ 2.500.000 đồng/người.
c) Thời gian nuôi từ đủ 60 tháng trở lên: hỗ trợ 3.500.000 đồng/người.
2. Hồ sơ đề nghị hỗ trợ gồm các giấy tờ sau đây:
a) Đơn đề nghị;
b) Bản sao giấy đăng ký ao;
c) Ảnh chụp ao.
Điều 3. Trách nhiệm
1. Sở Tài chính: bố trí kinh phí hỗ trợ chủ ao.
2. Sở Thủy sản: kiểm tra việc hỗ trợ 03 tháng một lần.
Điều 4. Hiệu lực
1. Quyết định này có hiệu lực thi hành từ ngày 15 tháng 6 năm 2025 đến hết ngày 31 tháng 12 năm 2027.
2. Hồ sơ nộp trước ngày 01 tháng 6 năm 2025 được giải quyết theo quy định cũ.
CHỦ TỊCH
Lê Thị Nước Mặn
"""


@pytest.mark.parametrize(
    ("question", "address", "words"),
    [
        ("Chủ ao nuôi 8 tháng được hỗ trợ bao nhiêu tiền?", "điều=2;khoản=1;điểm=a", "1.500.000"),
        ("Chủ ao nuôi 36 tháng được hỗ trợ bao nhiêu tiền?", "điều=2;khoản=1;điểm=b", "2.500.000"),
        ("Chủ ao nuôi tròn 10 năm được hỗ trợ bao nhiêu tiền?", "điều=2;khoản=1;điểm=c", "3.500.000"),
        ("Hồ sơ đề nghị hỗ trợ chủ ao gồm những giấy tờ nào?", "điều=2;khoản=2", "c) Ảnh chụp ao."),
        ("Sở nào bố trí kinh phí hỗ trợ chủ ao?", "điều=3;khoản=1", "Sở Tài chính"),
        ("Mấy tháng kiểm tra việc hỗ trợ một lần?", "điều=3;khoản=2", "03 tháng"),
        ("Quyết định 88/QĐ-UBND có hiệu lực từ khi nào?", "điều=4;khoản=1", "15 tháng 6 năm 2025"),
        ("Quyết định 88/QĐ-UBND hết hiệu lực khi nào?", "điều=4;khoản=1", "31 tháng 12 năm 2027"),
        ("Ao nuôi cá lồng là gì?", "điều=1;khoản=1", "lồng bằng lưới"),
    ],
)
def test_the_very_provision_is_cited(opened, question: str, address: str, words: str) -> None:
    answer = opened("ponds", {"qd-88.txt": RULES}).ask(question)
    assert [str(citation.address) for citation in answer.citations] == [address]
    assert words in answer.statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Chủ ao vi phạm bị phạt bao nhiêu tiền?",
        "Chủ ao được hỗ trợ bao nhiêu tiền mỗi tuần?",
        "Chủ ao phải đủ bao nhiêu tuổi?",
        "Vì sao Quyết định 88/QĐ-UBND giải thể Sở Thủy sản?",
        "Văn bản nào bãi bỏ quy định về ao nuôi cá?",
    ],
)
def test_what_is_not_said_is_not_answered(opened, question: str) -> None:
    answer = opened("ponds", {"qd-88.txt": RULES}).ask(question)
    assert answer.status == "not_found" and not answer.citations
