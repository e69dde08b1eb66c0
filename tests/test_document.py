"""The nouns themselves."""

from __future__ import annotations

import pytest

from policy_qa.document import Address, Document, Level, Metadata, Provision, SourceText, Span


def provision(label: str, start: int, end: int, *children: Provision) -> Provision:
    return Provision(Address.of((Level.DIEU, label)), Span(start, end), None, children)


@pytest.mark.parametrize(
    ("span", "label"),
    [
        ((0, 5), "1"), ((5, 10), "2"), ((12, 14), "2b"), ((11, 15), "2b"), ((10, 15), "2"), ((4, 6), None),
        ((5, 20), "2"), ((20, 21), None), ((25, 30), "3"), ((24, 30), None),
    ],
)  # fmt: skip
def test_the_innermost_provision_around_a_span(span: tuple[int, int], label: str | None) -> None:
    second = provision("2", 5, 20, provision("2a", 7, 11), provision("2b", 11, 15))
    document = Document(
        Metadata(), SourceText("x" * 30, "a.txt", "", "text"), (provision("1", 0, 5), second, provision("3", 25, 30))
    )
    found = document.provision_at(Span(*span))
    assert (found.address.last.label if found else None) == label
