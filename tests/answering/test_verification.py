"""What one draft of a model must withstand beside `grounding`, and how it is cited."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from policy_qa.answer import Dropped, Statement
from policy_qa.answering.citations import Citer
from policy_qa.answering.drafts import Draft
from policy_qa.answering.rounds import Excerpt
from policy_qa.answering.verification import Checked, Verifier, english_differs
from policy_qa.document import Address

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

DECISION = """ỦY BAN NHÂN DÂN TỈNH AN HẢI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 9/QĐ-UBND
An Hải, ngày 02 tháng 3 năm 2021
QUYẾT ĐỊNH
Về vườn ươm
Điều 1. Giờ mở cửa
Vườn ươm nêu tại Điều 2 và khoản 3 được mở cửa vào buổi sáng.
Điều 2. Địa điểm
Vườn ươm nằm bên bờ sông.
Điều 3. Việc hằng ngày
1. Tổ vườn tưới cây vào buổi sáng.
2. Tổ vườn quét lá vào buổi chiều.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Hoa
"""
DIGEST = """---
number: 40/KL-HOA
kind: Kết luận
issuer: Ban Hoa
date: "2021-05-06"
title: về vườn hoa
text_kind: digest
gaps: []
---

# Điều 1. Phạm vi

Vườn hoa mở cửa vào buổi chiều.
"""


@pytest.fixture(scope="module")
def gardens(opened: Callable[[str, dict[str, str]], Assistant]) -> Assistant:
    return opened("gardens", {"qd-9.txt": DECISION, "kl-40.md": DIGEST})


def checked(gardens: Assistant, key: str, text: str, article: int = 1) -> tuple[Checked, Citer]:
    """What becomes of a statement about an article of the document."""
    provision = gardens.index.provision(key, Address.parse(f"điều={article}"))
    assert provision is not None
    words = gardens.index.text(key, provision.span)
    given = Excerpt("p1", provision, provision.span, words, f"Điều {article}", f"Điều {article}")
    citer = Citer(gardens.index)
    return Verifier([given], gardens.searcher, citer, english=False).check(Draft(text, ("p1",))), citer


def test_a_place_that_no_passage_lies_in_is_no_place_of_it(gardens: Assistant) -> None:
    key = "9/QĐ-UBND@2021-03-02"
    found, _ = checked(gardens, key, "Vườn ươm nêu tại khoản 3 Điều 2 được mở cửa vào buổi sáng.")
    assert isinstance(found.outcome, Dropped)
    assert found.outcome.why == "Đoạn trích được dẫn không nằm ở khoản 3 Điều 2."
    found, citer = checked(gardens, key, "Vườn ươm được mở cửa vào buổi sáng.")
    assert isinstance(found.outcome, Statement)
    assert [c.quote for c in citer.citations] == ["Vườn ươm nêu tại Điều 2 và khoản 3 được mở cửa vào buổi sáng."]


def test_the_smallest_provision_that_holds_the_words_is_cited(gardens: Assistant) -> None:
    found, citer = checked(gardens, "9/QĐ-UBND@2021-03-02", "Tổ vườn quét lá vào buổi chiều.", 3)
    assert isinstance(found.outcome, Statement)
    assert [c.address for c in citer.citations] == [Address.parse("điều=3;khoản=2")]


def test_the_words_of_a_digest_stand_in_no_quotation_marks(gardens: Assistant) -> None:
    found, _ = checked(gardens, "40/KL-HOA@2021-05-06", "Kết luận nêu “Vườn hoa mở cửa vào buổi chiều”.")
    assert isinstance(found.outcome, Statement)
    assert found.outcome.text == "Kết luận nêu Vườn hoa mở cửa vào buổi chiều."


@pytest.mark.parametrize(
    ("text", "quoted", "expected"),
    [
        ("The owner may plant trees.", "Chủ vườn phải trồng cây.", True),
        ("The owner may plant trees.", "Chủ vườn có thể trồng cây.", False),
        ("The owner must not plant trees.", "Chủ vườn phải trồng cây.", True),
        ("The owner must plant trees.", "Chủ vườn KHÔNG được trồng cây.", True),
        ("The owner must plant trees in the open air.", "Chủ vườn phải trồng cây ngoài không gian mở.", False),
        ("The garden is checked monthly.", "Vườn được kiểm tra hằng quý.", True),
        ("The garden is checked quarterly.", "Vườn được kiểm tra hằng quý.", False),
    ],
)
def test_english_that_denies_allows_or_counts_otherwise(text: str, quoted: str, expected: bool) -> None:
    assert english_differs(text, quoted) is expected
