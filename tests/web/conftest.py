from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from answers import write_corpus

from policy_qa.answering.chain import Assistant
from policy_qa.retrieval.encoder import Encoder, load_encoder
from policy_qa.retrieval.index import Index, build_index


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def index_dir(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("web")
    build_index(write_corpus(folder / "texts"), folder / "index", encoder)
    return folder / "index"


@pytest.fixture
def assistant(index_dir: Path) -> Iterator[Assistant]:
    opened = Assistant.open(index_dir)
    yield opened
    opened.index.close()


@pytest.fixture
def index(assistant: Assistant) -> Index:
    return assistant.index
