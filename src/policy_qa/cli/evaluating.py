"""`eval run|check|import`: measures answers over question sets, and checks the sets themselves."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from policy_qa.cli.console import fail, say, show_text, write_json
from policy_qa.cli.measuring import held_against, measured, perturbed_too, show, write_report
from policy_qa.cli.options import EncoderOption, IndexOption, JsonOption
from policy_qa.errors import BadSettings

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant
    from policy_qa.evaluation.questions import Question
    from policy_qa.settings import Settings

SetArgument = Annotated[
    Path, typer.Argument(metavar="BỘ.jsonl", readable=False, help="Bộ câu hỏi, mỗi dòng một câu (docs/evaluation.md).")
]
SetsArgument = Annotated[
    list[Path], typer.Argument(metavar="BỘ.jsonl", readable=False, help="Các bộ câu hỏi cần kiểm tra cùng nhau.")
]
DataOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        metavar="THƯ-MỤC",
        readable=False,
        help="Trước đó nạp vào --index các bản tóm lược kèm theo và các tệp của thư mục này mà bộ câu hỏi cần.",
    ),
]


def run(
    questions: SetArgument,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    data: DataOption = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="THƯ-MỤC", readable=False, help="Nơi để results.jsonl và report.html."),
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option("--compare", metavar="LẦN-TRƯỚC", readable=False, help="Tệp kết quả hoặc thư mục của lần trước."),
    ] = None,
    fail_under: Annotated[
        Path | None,
        typer.Option(
            "--fail-under", metavar="TỆP.toml", readable=False, help="Ngưỡng; mặc định evals/thresholds.toml."
        ),
    ] = None,
    perturb: Annotated[
        str | None,
        typer.Option("--perturb", metavar="TÊN,…", help="Hỏi lại với cách gõ khác: no-diacritics, typo, telex…"),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Chỉ hỏi N câu đầu (không xét ngưỡng).")
    ] = None,
    timeout: Annotated[
        int | None,
        typer.Option("--timeout", metavar="GIÂY", min=1, max=3600, help="Thời gian cho một câu (mặc định 30)."),
    ] = None,
    threads: Annotated[int, typer.Option("--threads", metavar="N", min=1, max=64, help="Số câu hỏi cùng lúc.")] = 2,
    failures: Annotated[bool, typer.Option("--failures", help="In cả các câu trả lời sai.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Hỏi cả bộ câu hỏi, đo, so với ngưỡng.

    Số liệu nào không đạt ngưỡng thì mã thoát là 1. Bị ngắt giữa chừng thì chạy lại lệnh cũ: các câu đã hỏi được giữ.
    """
    from policy_qa.evaluation import report as text
    from policy_qa.evaluation.bench import head
    from policy_qa.evaluation.compare import compare as compared_with
    from policy_qa.evaluation.results import RESULTS_NAME, read_results
    from policy_qa.evaluation.runner import SECONDS
    from policy_qa.settings import load_settings

    settings = load_settings()
    _data_needs_index(data, index)
    names = _perturbations(perturb)
    earlier = read_results(compare) if compare else None  # what is wrong with it is said before an hour of asking
    thresholds = {} if limit else _thresholds(fail_under, questions.stem)
    assistant, asked = _opened(questions, index, encoder, data, settings, as_json=as_json)
    if fail_under and limit:
        say(f"Chỉ hỏi {limit} câu đầu nên không xét ngưỡng.")
    asked = asked[:limit]
    folder = report or settings.cache / "eval" / questions.stem
    model = assistant.model.name if assistant.model else None
    # A language model may take its own time, and the rest of the answer the usual one.
    seconds = timeout or SECONDS + (settings.llm_timeout if model else 0)
    run_head = head(questions, asked, assistant.index, threads=threads, model=model, reranker=settings.reranker)
    results = measured(assistant, asked, run_head, folder / RESULTS_NAME, seconds)
    show(results, as_json=as_json, failures=failures)
    changes = compared_with(results.results, earlier.results) if earlier else None
    if changes:
        write_json({"comparison": changes}) if as_json else show_text(text.comparison(changes))
    for name in names:
        perturbed_too(name, assistant, asked, results, folder, seconds, as_json=as_json)
    if report:
        write_report(results, report, changes)
    say(f"Kết quả từng câu: {folder / RESULTS_NAME}")
    held_against(thresholds, results, as_json=as_json)


def check(
    questions: SetsArgument,
    index: IndexOption = None,
    encoder: EncoderOption = None,
    data: DataOption = None,
    strict: Annotated[bool, typer.Option("--strict", help="Điều cần lưu ý cũng tính là lỗi.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra bộ câu hỏi theo văn bản trong chỉ mục."""
    from policy_qa.evaluation.checking import check as checked_against
    from policy_qa.evaluation.questions import BadQuestionSet, load
    from policy_qa.settings import load_settings

    settings = load_settings()
    _data_needs_index(data, index)
    readable: list[Question] = []
    for path in questions if data else ():
        try:
            readable += load(path)
        except BadQuestionSet:
            continue  # the check says what is wrong with it
    if data and index:
        _bring_up_to_date(readable, data, index, encoder, settings)
    found = checked_against(questions, _open(index, encoder, settings, answering=False).index)
    for problem in found.problems:
        if as_json:
            write_json({"file": str(problem.file), "line": problem.line, "weight": problem.weight, "why": problem.why})
        else:
            show_text(f"{problem}" if problem.weight == "error" else f"{problem} (lưu ý)")
    if found.not_held:
        say(f"{found.not_held} câu về văn bản mà chỉ mục không có: chưa đối chiếu được.")
    bad = [problem for problem in found.problems if strict or problem.weight == "error"]
    if bad:
        raise fail(f"Có {len(bad)} chỗ cần sửa.")
    say(f"Đạt: {found.questions} câu hỏi, không có lỗi nào.")


def import_set(
    questions: Annotated[
        Path, typer.Argument(metavar="CÂU-HỎI", readable=False, help="Tệp câu hỏi của ALQAC hoặc Zalo (JSON, JSONL).")
    ],
    articles: Annotated[
        Path, typer.Argument(metavar="ĐIỀU-LUẬT", readable=False, help="Tệp điều luật đi cùng; .gz cũng được.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="BỘ.jsonl", help="Ghi bộ câu hỏi vào tệp này.")],
    index: Annotated[
        Path, typer.Option("--index", metavar="THƯ-MỤC", help="Lập chỉ mục các điều luật vào thư mục này.")
    ],
    encoder: EncoderOption = None,
) -> None:
    """Nạp bộ câu hỏi của ALQAC hoặc Zalo cùng điều luật."""
    from policy_qa.cli.indexing import progress_bar
    from policy_qa.evaluation.external import documents, read_external, write_set
    from policy_qa.retrieval.build import index_documents
    from policy_qa.retrieval.encoder import load_encoder
    from policy_qa.settings import load_settings

    if out.exists():
        raise BadSettings(f"Tệp {out} đã có: hãy chọn một tên khác cho bộ câu hỏi này.")
    if index.exists() and (not index.is_dir() or any(index.iterdir())):
        raise BadSettings(f"{index} đã có dữ liệu: hãy chọn một thư mục trống cho chỉ mục của bộ câu hỏi này.")
    found = read_external(articles, questions)
    write_set(found.questions, out)
    with progress_bar() as progress:
        index_documents(
            documents(found.articles), index, load_encoder(encoder or load_settings().encoder), progress=progress
        )
    say(f"{out}: {len(found.questions)} câu, bỏ {found.left_out} câu trùng hoặc không có điều luật trả lời.")


# --- opening


def _data_needs_index(data: Path | None, index: Path | None) -> None:
    if data and not index:
        # The office's own index must not fill with what is only there to be measured.
        raise typer.BadParameter("--data cần --index: một chỉ mục riêng để đo")


def _opened(
    path: Path,
    index: Path | None,
    encoder: str | None,
    data: Path | None,
    settings: Settings,
    *,
    as_json: bool,
) -> tuple[Assistant, list[Question]]:
    """The assistant, and the questions of the set that its index can be asked."""
    from policy_qa.evaluation.questions import load_lines
    from policy_qa.evaluation.report import left_out
    from policy_qa.evaluation.sources import askable

    lines = load_lines(path)
    if data and index:
        _bring_up_to_date([question for _, question in lines], data, index, encoder, settings)
    assistant = _open(index, encoder, settings)
    asked, missing = askable(path, lines, assistant.index)
    said = f"{path}: {len(asked)} câu\n{left_out(missing)}".rstrip("\n")
    say(said) if as_json else show_text(said)
    if not asked:
        raise fail(f"{path}: không câu nào hỏi được chỉ mục này; hãy nạp văn bản mà bộ câu hỏi cần (xem --data).")
    return assistant, asked


def _open(index: Path | None, encoder: str | None, settings: Settings, *, answering: bool = True) -> Assistant:
    from policy_qa.answering.chain import Assistant
    from policy_qa.cli.questions import SENT_TO

    model = settings.model() if answering else None
    if model:
        say(SENT_TO.format(name=model.name, place=model.destination))
    return Assistant.open(index or settings.index, encoder or settings.encoder, settings.reranker, model)


def _bring_up_to_date(
    questions: Sequence[Question], data: Path, index: Path, encoder: str | None, settings: Settings
) -> None:
    from policy_qa.evaluation.sources import index_sources
    from policy_qa.retrieval.encoder import load_encoder
    from policy_qa.settings import shipped_corpus

    index_sources(questions, data, shipped_corpus(), index, load_encoder(encoder or settings.encoder))


def _perturbations(names: str | None) -> list[str]:
    if not names:
        return []
    from policy_qa.evaluation.perturbations import PERTURBATIONS

    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in PERTURBATIONS]
    if unknown or not wanted:
        raise typer.BadParameter(f"--perturb {names!r}: chỉ có {', '.join(PERTURBATIONS)}")
    return list(dict.fromkeys(wanted))


def _thresholds(file: Path | None, name: str) -> dict[str, float]:
    """Those of the file named, else of `evals/thresholds.toml` in the clone; none where there is no such file."""
    from policy_qa.evaluation.gate import BadThresholds, read_thresholds
    from policy_qa.settings import clone_root

    if file:
        found = read_thresholds(file, name)
        if not found:
            raise BadThresholds(f"{file}: không có ngưỡng nào cho bộ {name}; hãy thêm ngưỡng chung hoặc bảng [{name}].")
        return found
    root = clone_root()
    usual = root / "evals" / "thresholds.toml" if root else None
    return read_thresholds(usual, name) if usual and usual.is_file() else {}
