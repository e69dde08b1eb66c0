"""One real index for all tests that ask: the shipped digests beside an invented official decision."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import nursery
import pytest

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant
    from policy_qa.retrieval.encoder import Encoder

CORPUS = Path(__file__).parents[1] / "corpus"
Opened = Callable[[str, dict[str, str]], "Assistant"]


@pytest.fixture(scope="session")
def shipped_encoder() -> Encoder:
    """The encoder that ships with the product, loaded once."""
    from policy_qa.retrieval.encoder import load_encoder

    return load_encoder()


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory, shipped_encoder: Encoder) -> Opened:
    """Builds and opens an index of the shipped digests and of files given as name → text."""
    from policy_qa.answering.chain import Assistant
    from policy_qa.retrieval.index import build_index, open_index

    def build(name: str, files: dict[str, str]) -> Assistant:
        base = tmp_path_factory.mktemp(name)
        own = base / "văn bản"
        own.mkdir()
        for file, text in files.items():
            (own / file).write_text(text, encoding="utf-8")
        build_index([own], base / "index", shipped_encoder, corpus=CORPUS)
        return Assistant(open_index(base / "index", shipped_encoder), shipped_encoder)

    return build


@pytest.fixture(scope="session")
def assistant(opened: Opened) -> Assistant:
    """Answers over the shipped digests and the invented decision, of which a digest lies there as well."""
    return opened("office", {"quyet-dinh-345.txt": nursery.OFFICIAL, "tom-luoc-345.md": nursery.DIGEST})
