from collections.abc import Callable

import pytest
from sample_texts import STATE_END, STATE_HEAD, assert_tiles, make_source

from policy_qa.document import SourceText
from policy_qa.structure import parse


@pytest.fixture
def source() -> Callable[[str], SourceText]:
    return make_source


@pytest.fixture
def addresses(source: Callable[[str], SourceText]) -> Callable[[str], list[str]]:
    """The addresses of a text's provisions in reading order; tiling is checked on the way."""

    def of(text: str) -> list[str]:
        document = parse(source(text))
        assert_tiles(document)
        return [str(provision.address) for provision in document.walk()]

    return of


@pytest.fixture
def decision(addresses: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """The addresses of the body of a state decision, without its head and signature."""

    def of(body: str) -> list[str]:
        found = addresses(STATE_HEAD + body.strip() + STATE_END)
        assert found[:2] == ["đề mục=thể thức", "đề mục=căn cứ"]
        assert found[-1] == "đề mục=chữ ký"
        return found[2:-1]

    return of
