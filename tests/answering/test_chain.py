from __future__ import annotations

import dataclasses
import json
import subprocess
import sys

import pytest
from nursery import KEY
from soundness import QUESTIONS, REFUSED, is_sound

from policy_qa.answer import Answer
from policy_qa.answering.chain import Assistant
from policy_qa.errors import BadQuestion, IndexMismatch, NoIndex


def shown(answer: Answer) -> Answer:
    """The answer without what the clock says."""
    return dataclasses.replace(answer, timings={})


@pytest.mark.parametrize("question", QUESTIONS + REFUSED)
def test_every_statement_is_cited_and_every_quote_verbatim(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    is_sound(answer, assistant)
    assert answer.question == question
    assert answer.status == ("not_found" if question in REFUSED else "answered")
    assert answer.timings["total_ms"] >= 0


@pytest.mark.parametrize("question", QUESTIONS + REFUSED)
def test_the_parts_of_a_stream_add_up_to_the_answer(assistant: Assistant, question: str) -> None:
    parts = list(assistant.stream(question))
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    assert shown(total) == shown(assistant.ask(question))
    for part in parts:  # no part speaks of what has not been cited yet
        is_sound(part, assistant)


def test_a_list_streams_statement_by_statement(assistant: Assistant) -> None:
    parts = list(assistant.stream("Quản lý vườn ươm phải theo những nguyên tắc nào?"))
    assert [len(part.statements) for part in parts] == [1, 1, 1]
    assert [str(c.address) for part in parts for c in part.citations] == [f"điều=3;khoản={n}" for n in (1, 2, 3)]


# --- the LangChain Runnable


def test_the_runnable_answers_as_ask_does(assistant: Assistant) -> None:
    from langchain_core.runnables import Runnable

    chain = assistant.chain
    assert isinstance(chain, Runnable)
    question = QUESTIONS[1]
    assert shown(chain.invoke({"question": question})) == shown(assistant.ask(question))
    parts = list(chain.stream({"question": question}))
    assert len(parts) == 3
    assert shown(parts[0] + parts[1] + parts[2]) == shown(assistant.ask(question))


def test_the_runnable_answers_in_batches_and_in_order(assistant: Assistant) -> None:
    asked = QUESTIONS[:4] + REFUSED[:2]
    answers = assistant.chain.batch([{"question": question} for question in asked], config={"max_concurrency": 4})
    assert [shown(answer) for answer in answers] == [shown(assistant.ask(question)) for question in asked]


def test_the_runnable_takes_documents_and_history(assistant: Assistant) -> None:
    narrowed = assistant.chain.invoke({"question": "Mục tiêu tổng quát là gì?", "documents": [KEY]})
    assert narrowed.status == "not_found"
    followed = assistant.chain.invoke(
        {"question": "Còn kinh phí thì sao?", "history": ["Ai ký Quyết định 345/QĐ-UBND?"]}
    )
    assert {citation.key for citation in followed.citations} == {KEY}
    with pytest.raises(BadQuestion):
        assistant.chain.invoke({"question": " "})


# --- documents


@pytest.mark.parametrize("name", ["345/QĐ-UBND", "345/qđ-ubnd", KEY, f" {KEY} "])
def test_a_document_may_be_named_by_number_or_by_key(assistant: Assistant, name: str) -> None:
    answer = assistant.ask("Điều 3 quy định gì?", [name])
    assert [(c.key, str(c.address)) for c in answer.citations] == [(KEY, "điều=3")]


@pytest.mark.parametrize("name", ["999/QĐ-X", "345/QĐ-UBND@2020-01-01", "345", "", "%"])
def test_an_unknown_document_is_an_error_that_names_it(assistant: Assistant, name: str) -> None:
    for call in (assistant.ask, assistant.search):
        with pytest.raises(BadQuestion, match="Kho không có văn bản"):
            call("Mục tiêu là gì?", documents=[name])


def test_a_narrowed_question_is_answered_from_the_chosen_documents_alone(assistant: Assistant) -> None:
    free = assistant.ask("Mục tiêu tổng quát là gì?", ["1079/QĐ-TTg"])
    assert {citation.key for citation in free.citations} == {"1079/QĐ-TTg@2022-09-14"}
    narrowed = assistant.ask("Mục tiêu tổng quát là gì?", [KEY])
    assert narrowed.status == "not_found"
    assert {citation.key for citation in narrowed.related} <= {KEY}
    hits = assistant.search("quyền con người", 50, [KEY, "57-KL/TW"])
    assert {hit.passage.document for hit in hits} <= {KEY, "57-KL/TW@2023-06-15"}


def test_an_official_file_takes_the_place_of_a_digest(assistant: Assistant) -> None:
    answer = assistant.ask("Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?")
    assert {(c.key, c.text_kind) for c in answer.citations} == {(KEY, "official")}
    assert all(c.file.endswith("quyet-dinh-345.txt") for c in answer.citations)
    assert "tóm lược" not in assistant.index.text(KEY)
    digest = assistant.ask("Mục tiêu tổng quát của Đề án 1079 là gì?")
    assert {c.text_kind for c in digest.citations} == {"digest"}


def test_what_only_the_press_reports_is_marked(assistant: Assistant) -> None:
    reported = assistant.ask("Ai ký Quyết định 1079/QĐ-TTg?").citations
    assert reported and all(citation.reported for citation in reported)
    assert not any(citation.reported for citation in assistant.ask("Ai ký Quyết định 345/QĐ-UBND?").citations)


# --- follow-ups


@pytest.mark.parametrize(
    ("history", "key"),
    [
        (["Ai ký Quyết định 345/QĐ-UBND?"], KEY),
        (["Đề án 1079 có mục tiêu gì?", "Ai ký Quyết định 345/QĐ-UBND?"], KEY),
        (["Ai ký Quyết định 345/QĐ-UBND?", "Cảm ơn."], KEY),
        (["Ai ký Quyết định 345/QĐ-UBND?", "Đề án 1079 có mục tiêu gì?"], "1079/QĐ-TTg@2022-09-14"),
    ],
)
def test_a_follow_up_is_about_the_document_named_last(assistant: Assistant, history: list[str], key: str) -> None:
    answer = assistant.ask("Còn kinh phí thì sao?", history=history)
    is_sound(answer, assistant)
    assert {citation.key for citation in (*answer.citations, *answer.related)} == {key}


def test_history_changes_nothing_where_the_document_is_said(assistant: Assistant) -> None:
    question = "Ai ký Quyết định 345/QĐ-UBND?"
    assert shown(assistant.ask(question, history=["Đề án 1079 có mục tiêu gì?"])) == shown(assistant.ask(question))
    narrowed = assistant.ask("Còn kinh phí thì sao?", [KEY], ["Đề án 1079 có mục tiêu gì?"])
    assert {citation.key for citation in narrowed.citations} == {KEY}


# --- opening


def test_opening_an_index_that_is_not_there_is_a_named_error(tmp_path) -> None:
    with pytest.raises(NoIndex):
        Assistant.open(tmp_path / "không có")
    (tmp_path / "CURRENT").write_text("generation-of-nothing\n", encoding="utf-8")
    with pytest.raises((NoIndex, IndexMismatch)):
        Assistant.open(tmp_path)


def test_asking_loads_no_heavy_library(assistant: Assistant) -> None:
    code = (
        "import sys\n"
        "from policy_qa.cli import main\n"
        "try:\n"
        "    main()\n"
        "finally:\n"
        "    heavy = ('torch', 'sentence_transformers', 'transformers', 'gradio', 'langchain', 'pypdfium2', 'docx')\n"
        "    sys.stderr.write(f'loaded: {[name for name in heavy if name in sys.modules]}')\n"
    )
    folder = str(assistant.index._index_dir)
    asked = ["ask", "Ai ký Quyết định 345/QĐ-UBND?", "--index", folder, "--json"]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code, *asked], capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == "loaded: []"
    assert json.loads(done.stdout)["citations"][0]["quote"] == "Lê Thị Nước Mặn"


@pytest.mark.parametrize("question", ["Kết luận 57 nói gì về báo chí?", "ket luan 57 noi gi ve bao chi"])
def test_the_heading_over_what_the_press_says_is_no_answer(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    for citation in answer.citations:
        assert citation.address.last.label not in ("theo báo chí và hồ sơ tra cứu", "thể thức", "chữ ký")
