"""The page of an office that has set a language model: it says where that is, and asks it for answers alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

from fastapi.testclient import TestClient
from offices import services

from policy_qa.answering.chain import Assistant
from policy_qa.answering.models import ChatModel, Piece
from policy_qa.web.app import build
from policy_qa.web.page import where_text_goes


@dataclasses.dataclass(frozen=True)
class Unasked(ChatModel):
    """A model that must not be asked."""

    asked: list[str] = dataclasses.field(default_factory=list)

    def stream(self, system: str, user: str, *_: object, whole: bool = False) -> Iterator[Piece]:
        self.asked.append(user)
        yield Piece("", end="stop")


def test_the_page_says_where_text_goes_and_its_health_costs_no_answer(
    tmp_path: Path, index_dir: Path, assistant: Assistant
) -> None:
    model = Unasked("openai", "qwen3", "http://10.1.2.3:8080/v1")
    written = Assistant(assistant.index, assistant.searcher.encoder, model=model)
    client = TestClient(build(services(tmp_path, index_dir, written, model)))
    shown = client.get("/config").text
    assert "mô hình qwen3 tại 10.1.2.3:8080 (máy khác, đường truyền không mã hoá)" in shown
    assert client.get("/readyz").json() == {"status": "ok"}
    assert model.asked == []


def test_without_a_model_the_page_says_that_nothing_goes_elsewhere() -> None:
    assert "không gửi đi nơi nào khác" in where_text_goes(None)
