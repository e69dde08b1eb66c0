"""What programs call, over a server that really listens: by `gradio_client` and the example that the docs show."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from offices import services
from served import served
from visits import PASSWORD, audited

from policy_qa.answering.chain import Assistant
from policy_qa.web.services import Services

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "ask_client.py"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Services:
    made = services(tmp_path_factory.mktemp("office"), index_dir, Assistant.open(index_dir))
    made.access.users.add("nam", [], PASSWORD)
    return made


@pytest.fixture(scope="module")
def address(office: Services) -> Iterator[str]:
    with served(office) as address:
        yield address


@pytest.fixture(scope="module")
def token(office: Services) -> str:
    return office.access.sessions.make_token(office.access.users.known("nam"), "thử")


@pytest.fixture(scope="module")
def example() -> dict[str, Any]:
    return runpy.run_path(str(EXAMPLE))


@pytest.fixture(scope="module")
def client(address: str, token: str, example: dict[str, Any]) -> Client:
    made = example["connect"](address, token)
    assert isinstance(made, Client)
    return made


def test_the_example_gets_an_answer_with_its_citation(
    client: Client, example: dict[str, Any], office: Services
) -> None:
    answer = example["ask"](client, "Khoản 1 Điều 2 Luật Vườn ươm quy định gì?", ["12/2031/QH19"])
    assert answer["status"] == "answered"
    [citation] = answer["citations"]
    assert (citation["address"], citation["file"]) == ("điều=2;khoản=1", "vuon-uom.txt")
    assert answer["statements"][0]["citations"] == [citation["id"]]
    record = audited(office)[-1]
    assert (record["who"], record["from"], record["documents"]) == ("nam", "127.0.0.1", ["12/2031/QH19"])


def test_the_example_runs_as_a_program(
    address: str, token: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICY_QA_SERVER", address)
    monkeypatch.setenv("POLICY_QA_TOKEN", token)
    monkeypatch.setattr("sys.argv", ["ask_client.py", "Khoản 1 Điều 2 Luật Vườn ươm quy định gì?"])
    runpy.run_path(str(EXAMPLE), run_name="__main__")
    assert "Chủ vườn tưới cây mỗi ngày một lần. [khoản 1 Điều 2 Luật Vườn ươm" in capsys.readouterr().out


def test_passages_and_documents_are_listed(client: Client, office: Services) -> None:
    found = client.predict("tưới cây", 2, [], api_name="/search")
    assert [hit["rank"] for hit in found] == [1, 2] and found[0]["address"] == "điều=2;khoản=1"
    listed = client.predict(api_name="/documents")
    assert {d["key"]: d["file"] for d in listed} == {
        "12/2031/QH19": "vuon-uom.txt",
        "9/QĐ-VU@2031-05-04": "ke-hoach.md",
    }


@pytest.mark.parametrize(
    ("name", "arguments", "words"),
    [
        ("/ask", ("", [], []), "câu hỏi"), ("/ask", ("Hỏi?", ["77/QĐ-X"], []), "77/QĐ-X"), ("/ask", (7, [], []), "question"),
        ("/ask", ("Hỏi?", "12", []), "documents"), ("/ask", ("Hỏi?", [], [None]), "history"), ("/search", ("cây", 0, []), "top_k"),
        ("/search", ("cây", "9", []), "top_k"),
    ],
)  # fmt: skip
def test_a_wrong_call_gets_a_sentence(client: Client, name: str, arguments: tuple[object, ...], words: str) -> None:
    with pytest.raises(AppError) as error:
        client.predict(*arguments, api_name=name)
    assert words.casefold() in str(error.value).casefold() and "\n" not in str(error.value)


def test_only_the_three_endpoints_are_shown_to_programs(address: str, token: str, client: Client) -> None:
    told = httpx.get(f"{address}/gradio_api/info", headers={"Authorization": f"Bearer {token}"}).json()
    assert set(told["named_endpoints"]) == {"/ask", "/search", "/documents"} and not told["unnamed_endpoints"]
    parameters = [p["parameter_name"] for p in told["named_endpoints"]["/ask"]["parameters"]]
    assert parameters == ["question", "documents", "history"]


def test_without_a_token_nothing_is_answered(address: str) -> None:
    with pytest.raises(Exception, match="login"):
        Client(address, verbose=False)


def test_the_metrics_count_answers_and_tell_no_words(address: str, client: Client) -> None:
    client.predict("Chủ vườn có tên là gì?", [], [], api_name="/ask")
    page = httpx.get(f"{address}/metrics").text
    for line in (
        'policy_qa_answers_total{status="answered"}', 'policy_qa_answer_seconds_bucket{le="0.3",status="answered"}',
        'policy_qa_responses_total{code="200"}', "policy_qa_sessions 0.0", 'policy_qa_index_documents{generation="',
    ):  # fmt: skip
        assert line in page
    assert "nam" not in page and "vườn" not in page
    assert httpx.get(f"{address}/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 401
