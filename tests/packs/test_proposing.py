"""Questions proposed from a document: about the provisions chosen, in plain words, and answered by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from policy_qa.document import Address
from policy_qa.packs.proposing import MOST_PROPOSED, propose

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant

KEY = "345/QĐ-UBND@2021-03-15"


def test_proposals_are_about_the_provisions_chosen_and_answered_from_them(office: Assistant) -> None:
    within = Address.parse("điều=3")
    found = propose(office.index, KEY, [within])
    assert found
    for question in found:
        answer = office.ask(question)
        assert any(c.address.is_within(within) for c in answer.citations), question


def test_a_whole_document_gives_at_most_as_many_as_are_wanted(office: Assistant) -> None:
    found = propose(office.index, KEY, count=4)
    assert len(found) == 4
    assert len(set(found)) == 4
    assert len(propose(office.index, KEY, count=10_000)) <= MOST_PROPOSED
    assert propose(office.index, KEY, count=4) == found


def test_an_unknown_document_is_an_error_and_an_unknown_provision_gives_none(office: Assistant) -> None:
    with pytest.raises(KeyError):
        propose(office.index, "999/X@2000-01-01")
    assert propose(office.index, KEY, [Address.parse("điều=99")]) == []
