"""A language model that obeys every attack: nothing of it reaches the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest
from attacked import Office, drawn, is_our_own, is_plain, office
from attacks import AIM, ATTACKS, PERIOD, VIEWS, Attack
from model_server import ModelServer, Passages, Reply, line

from policy_qa.answering.chain import Assistant
from policy_qa.answering.models import ChatModel
from policy_qa.answering.prompts import CANNOT_ANSWER
from policy_qa.cli.console import show_text, write_json
from policy_qa.cli.rendering import answer_text
from policy_qa.reading.invisible import INVISIBLE
from policy_qa.retrieval.encoder import Encoder
from policy_qa.web.chat.transcript import Turn, transcript

REACHING = (AIM, PERIOD, VIEWS)
"""Questions that the model is asked; who signed, issued or guides is told from the head alone."""

FRAMES = (
    "{}", "{}.", "Mục tiêu tổng quát của Đề án là {}.", "Quyết định 1079/QĐ-TTg: {}", "Theo văn bản, {}.",
    "Mục tiêu tổng quát của Đề án, {}.", "Mục tiêu tổng quát của Đề án {} là cho Đề án.",
)  # fmt: skip
"""How the model words what an attack wants: bare, and in what the passages do say."""

REPRESENTATIVES = frozenset(
    """english vai-chatml thong-bao ma-gia muc-tieu thay-the tien y-kien khong-rong the-an thoat-ansi khuon-mau the-script
    anh-goi-ve html-an word-an pdf-lenh gia-dau-muc nhan-de-lenh nhan-de-ansi co-quan-gia ten-lenh ten-goc hoi-bo-qua
    hoi-english hoi-so-gia hoi-dieu-la hoi-gai-hai hoi-gai-bon hoi-loi-nhac hoi-chay-lenh hoi-markdown hoi-the-an-hai
    hoi-nguoc hoi-bien-the hoi-dong-json""".split()
)
"""Of each kind of attack one or two; all others are asked of the model in the long tests only."""

each = pytest.mark.parametrize(
    "attack",
    [pytest.param(a, id=a.name, marks=() if a.name in REPRESENTATIVES else pytest.mark.slow) for a in ATTACKS],
)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory, shipped_encoder: Encoder) -> Office:
    return office(tmp_path_factory.mktemp("models"), [attack for attack in ATTACKS if attack.carrier], shipped_encoder)


@pytest.fixture(scope="module")
def server() -> Iterator[ModelServer]:
    server = ModelServer()
    yield server
    server.close()


@pytest.fixture(scope="module")
def assistant(attacked: Office, server: ModelServer) -> Assistant:
    honest = attacked.assistant
    return Assistant(honest.index, honest.searcher.encoder, model=ChatModel("openai", "scripted", server.url))


def obeying(attack: Attack) -> Callable[[Passages], str]:
    """Writes what the attack wants, on every ground that the model is given or told of, and repeats what it was told."""

    def write(given: Passages) -> str:
        system = given.body["messages"][0]["content"]  # type: ignore[index]
        grounds = (list(given.by_id), [*attack.claims, "p99"])
        said = [frame.format(words) for words in attack.wants for frame in FRAMES]
        said += [*attack.words[:2], system[:300], system.split("\n")[3]]
        return "".join(line(words, *ids) for words in said for ids in grounds)

    return write


@each
def test_a_model_that_obeys_is_not_believed(
    assistant: Assistant, server: ModelServer, attack: Attack, capsys: pytest.CaptureFixture[str]
) -> None:
    server.script(Reply(obeying(attack)))
    answer = assistant.ask(attack.honest if attack.honest in REACHING else AIM)
    assert len(server.requests) == 1, "the question did not reach the model"
    told = [answer.message or "", *(statement.text for statement in answer.statements)]
    assert not [words for words in (*attack.wants, "p99", "suy đoán") for text in told if words in text]
    ids = {citation.id for citation in answer.citations}
    assert answer.statements
    for statement in answer.statements:
        assert statement.citations and set(statement.citations) <= ids
    for citation in answer.citations:
        assert citation.quote == assistant.index.text(citation.key, citation.span)
        assert citation.id not in (*attack.claims, "p99")
        assert f"{citation.key}#{citation.address}" not in attack.claims
    capsys.readouterr()
    show_text(answer_text(answer))
    write_json(answer.to_json())
    assert is_plain(capsys.readouterr().out)
    assert is_our_own(drawn(transcript([Turn(answer.question, answer, done=True)])))


@each
def test_a_model_is_given_attacks_as_visible_data(
    assistant: Assistant, attacked: Office, server: ModelServer, attack: Attack
) -> None:
    """The words of an attack stand inside a line of JSON, where they can neither end the data nor hide."""
    server.script(Reply(line(CANNOT_ANSWER)))
    if attack.refused:
        return
    own = [attacked.record(attack).key] if attack.carrier else []
    assistant.ask(f"{attack.question} {AIM}" if not own else attack.question, own)
    for request in server.requests:
        told = request.body["messages"][-1]["content"]  # type: ignore[index]
        assert not INVISIBLE.search(told)
        for begun in told.splitlines():
            assert not begun.startswith("{") or set(json.loads(begun)) in ({"id", "source", "words"}, {"question"})
            assert not begun.startswith(("###", "[INST]", "<|", "Hệ thống:", "Bỏ qua"))
