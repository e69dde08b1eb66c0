"""`ask` and `search`."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_qa.cli.batches import Line, answers, read_lines
from policy_qa.cli.console import say, show_text, write_json
from policy_qa.cli.options import DocumentOption, EncoderOption, IndexOption, JsonOption
from policy_qa.errors import BadQuestion

if TYPE_CHECKING:
    from policy_qa.answer import Answer
    from policy_qa.answering.chain import Assistant
    from policy_qa.settings import Settings

FORMS = ("text", "markdown", "html")


def _known_form(form: str | None) -> str | None:
    if form is not None and form not in FORMS:
        raise typer.BadParameter(f"phải là một trong: {', '.join(FORMS)}")
    return form


SENT_TO = "Câu hỏi và các đoạn trích văn bản được gửi đến mô hình {name} tại {place}."


def ask(
    question: Annotated[str | None, typer.Argument(metavar="CÂU-HỎI", help="Câu hỏi, để trong dấu nháy.")] = None,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="TỆP.jsonl", help="Trả lời cả tệp, mỗi dòng một câu hỏi; - là đầu vào chuẩn."),
    ] = None,
    document: DocumentOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
    form: Annotated[
        str | None,
        typer.Option(
            "--form",
            metavar="DẠNG",
            callback=_known_form,
            help="In để chép sang văn bản khác: text, markdown hoặc html.",
        ),
    ] = None,
) -> None:
    """Trả lời câu hỏi, kèm trích dẫn đến đúng điều khoản."""
    if as_json and form:
        raise typer.BadParameter("chỉ chọn một trong hai: --json hoặc --form")
    if (question is None) == (batch is None):
        raise typer.BadParameter("cần đúng một trong hai: CÂU-HỎI hoặc --batch TỆP.jsonl")
    documents = tuple(document or ())
    if batch is not None:
        _ask_all(batch, documents, open_assistant(index, encoder), as_json=as_json, form=form)
        return
    asked = _whole(question or "")
    _show(open_assistant(index, encoder).ask(asked, documents), as_json=as_json, form=form)


def search(
    question: Annotated[str, typer.Argument(metavar="CÂU-HỎI", help="Câu hỏi hoặc từ khoá, để trong dấu nháy.")],
    top_k: Annotated[int | None, typer.Option("--top-k", metavar="N", min=1, max=1000, help="Số đoạn cần tìm.")] = None,
    document: DocumentOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tìm các đoạn văn bản gần câu hỏi nhất, xếp theo thứ hạng."""
    from policy_qa.cli.rendering import hit_text
    from policy_qa.settings import load_settings

    settings = load_settings()
    hits = open_assistant(index, encoder, settings, answering=False).search(
        _whole(question), top_k or settings.top_k, tuple(document or ())
    )
    for rank, hit in enumerate(hits, 1):
        passage = hit.passage
        if not as_json:
            show_text(hit_text(passage, hit.score, rank))
            continue
        found = {"rank": rank, "id": passage.id, "document": passage.document, "address": passage.address}
        sure = {"score": float(hit.score), "probability": round(hit.ranked.probability, 4)}
        write_json({**found, **sure, "page": passage.page, "text": passage.text})
    if not hits:
        say("Không tìm thấy đoạn nào. Thử từ khoá khác, hoặc bỏ bớt --document.")


def open_assistant(
    index: Path | None, encoder: str | None, settings: Settings | None = None, *, answering: bool = True
) -> Assistant:
    """The assistant that the options and settings name; `answering`: also its language model, of which it says where it is."""
    from policy_qa.answering.chain import Assistant
    from policy_qa.settings import load_settings

    settings = settings or load_settings()
    model = settings.model() if answering else None
    assistant = Assistant.open(index or settings.index, encoder or settings.encoder, settings.reranker, model)
    if model:
        say(SENT_TO.format(name=model.name, place=model.destination))
        # The answer itself says what failed; the log is for who looks after the model.
        if not os.environ.get("POLICY_QA_DEBUG"):
            logging.getLogger("policy_qa").addHandler(logging.NullHandler())
    return assistant


def _ask_all(batch: str, documents: tuple[str, ...], assistant: Assistant, *, as_json: bool, form: str | None) -> None:
    def ask_one(question: str, within: tuple[str, ...]) -> Answer:
        return assistant.chain.invoke({"question": _whole(question), "documents": within})

    failed = 0
    for answer in answers(read_lines(batch), ask_one, documents):
        if not isinstance(answer, Line):
            _show(answer, as_json=as_json, form=form)
            continue
        failed += 1
        if as_json:
            write_json({"question": answer.question, "error": answer.error})
        else:
            say(answer.error or "")
    if failed:
        say(f"{failed} dòng không trả lời được; xem trường error.")


def _show(answer: Answer, *, as_json: bool, form: str | None) -> None:
    from policy_qa.citing.rendering import Form, render
    from policy_qa.cli.rendering import answer_text

    if as_json:
        write_json(answer.to_json())
    elif form:
        show_text(render(answer, Form(form)) + "\n")
    else:
        show_text(answer_text(answer) + "\n")


def _whole(question: str) -> str:
    """The question, unless bytes in it were no UTF-8 (Python hands those on as lone surrogates)."""
    try:
        question.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadQuestion(
            "Câu hỏi có ký tự không phải UTF-8. Đặt bảng mã của cửa sổ lệnh là UTF-8 rồi gõ lại."
        ) from error
    return question
