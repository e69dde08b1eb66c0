"""The report as a whole: head, figures, plots, what changed, and every question; one file that needs no network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from policy_qa.evaluation.compare import Comparison
from policy_qa.evaluation.metrics import figures
from policy_qa.evaluation.page.changes import changes_by_question, changes_html
from policy_qa.evaluation.page.figures import cards, plots, table
from policy_qa.evaluation.page.numerals import number
from policy_qa.evaluation.page.records import as_script, document_label, records
from policy_qa.evaluation.page.wording import PERTURBATIONS, moment
from policy_qa.evaluation.results import BadResults, Results, Run
from policy_qa.inspection.markup import content_hash, escaped, shown
from policy_qa.reading.invisible import without_invisible

REPORT_NAME: Final = "report.html"
"""The name of the report in the folder of a run, beside the results."""

_HERE = Path(__file__).parent
_VERSIONS: Final = {"policy-qa": "Chương trình", "code": "Mã nguồn", "python": "Python", "encoder": "Bộ mã hoá"}
_FILTERS: Final = (
    ("result", "Kết quả", (("wrong", "Câu có sai sót"), ("", "Mọi câu"), ("right", "Câu đúng"))),
    ("fault", "Chưa đạt ở", (("", "Bất kỳ"),)),
    ("kind", "Loại câu hỏi", (("", "Mọi loại"),)),
    ("style", "Lối viết", (("", "Mọi lối"),)),
    ("document", "Văn bản", (("", "Mọi văn bản"),)),
)


def write_page(results: Results, path: Path, compared: Comparison | None = None) -> None:
    """Writes the report to `path`, in place of an earlier one, in one step; `compared` sets the run beside an earlier one.

    Raises:
        BadResults: the file cannot be written.
    """
    unfinished = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(page(results, compared), encoding="utf-8", newline="\n")
        unfinished.replace(path)
    except OSError as error:
        raise BadResults(
            f"{path}: không ghi được báo cáo ({error.strerror}); hãy kiểm tra quyền ghi và chỗ trống, hoặc chọn thư mục khác bằng --report."
        ) from error


def page(results: Results, compared: Comparison | None = None) -> str:
    """The HTML of the report on a run, beside an earlier one where `compared` is given.

    Complete in itself: style and script lie in it, and its content security policy lets nothing else run or load. What a
    question or a document says is only ever text.
    """
    style, script = (_HERE / "page.css").read_text("utf-8"), (_HERE / "page.js").read_text("utf-8")
    policy = f"default-src 'none'; style-src {content_hash(style)}; script-src {content_hash(script)}; base-uri 'none'; form-action 'none'"
    name = _set_name(results.run)
    changes = changes_by_question(compared) if compared else {}
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{escaped(without_invisible(name))} – báo cáo đánh giá</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#questions">Đến từng câu hỏi</a>
{_head(results)}
<main>
{_figures(results)}
{changes_html(compared) if compared else ""}
<section class="block" aria-labelledby="h-plots"><h2 id="h-plots">Biểu đồ</h2>
{plots(results.results)}</section>
{_questions(compared is not None)}
</main>
<script type="application/json" id="data">{as_script(records(results, changes))}</script>
<script>{script}</script>
</body>
</html>
"""


def _set_name(run: Run) -> str:
    return run.questions.replace("\\", "/").rsplit("/", 1)[-1]


# --- head ---------------------------------------------------------------------------------------------------------


def _head(results: Results) -> str:
    run = results.run
    return f"""<header>
<p class="kicker">Báo cáo đánh giá độ chính xác của trích dẫn</p>
<h1>{shown(_set_name(run))}</h1>
<dl class="fields">{"".join(_field(term, words) for term, words in _fields(results))}</dl>
<details class="about"><summary>Máy, phiên bản và văn bản đã dùng</summary>
<dl>{"".join(_about(run))}</dl></details>
{_stopped(results)}
</header>"""


def _field(term: str, words: str) -> str:
    return f"<div><dt>{term}</dt><dd>{shown(words)}</dd></div>"


def _fields(results: Results) -> Iterator[tuple[str, str]]:
    run = results.run
    yield "Số câu hỏi", number(len(results.results))
    yield "Bắt đầu", moment(run.started)
    if results.ended:
        yield "Kết thúc", moment(results.ended)
    yield "Văn bản trong chỉ mục", number(len(run.documents))
    yield "Người viết câu trả lời", f"mô hình {run.model}" if run.model else "trích nguyên văn, không dùng mô hình"
    if run.perturbation:
        yield "Biến đổi câu hỏi", PERTURBATIONS.get(run.perturbation, run.perturbation)


def _stopped(results: Results) -> str:
    asked, count = len(results.results), results.run.count
    if results.ended and asked >= count:
        return ""
    return (
        f'<p class="stopped" role="note">Lần chạy này chưa xong: mới có {number(asked)} trong {number(count)} câu, '
        "nên các con số dưới đây chỉ là tạm thời.</p>"
    )


def _about(run: Run) -> Iterator[str]:
    yield _field("Bộ câu hỏi", run.questions)
    yield _field("SHA-256 của bộ câu hỏi", run.sha256)
    yield _field("Máy", run.machine)
    if run.commit:
        yield _field("Bản mã nguồn (commit)", run.commit)
    versions = "; ".join(f"{_VERSIONS.get(name, name)} {version}" for name, version in run.versions.items())
    yield _field("Phiên bản", versions)
    yield _field("Chỉ mục", run.index)
    documents = "".join(
        f"<li>{shown(document_label(key))} · {shown(sha256[:16])}…</li>" for key, sha256 in run.documents.items()
    )
    yield f"<div><dt>Văn bản và SHA-256 của tệp</dt><dd><ul>{documents}</ul></dd></div>"


# --- figures and questions ----------------------------------------------------------------------------------------


def _figures(results: Results) -> str:
    measured = figures(results.results)
    return f"""<section class="block" aria-labelledby="h-figures"><h2 id="h-figures">Kết quả chính</h2>
{cards(measured)}
<details class="more-figures"><summary>Mọi chỉ số</summary>
{table(measured)}</details></section>"""


def _questions(compared: bool) -> str:
    return f"""<section class="block" aria-labelledby="questions"><h2 id="questions" tabindex="-1">Từng câu hỏi</h2>
<noscript><p>Trình duyệt đang tắt JavaScript nên không hiện được từng câu hỏi; các con số ở trên vẫn đầy đủ.</p></noscript>
<form id="filters" aria-label="Lọc câu hỏi">
<div class="search"><label for="query">Tìm (không dấu cũng được)</label>
<input id="query" type="search" autocomplete="off" spellcheck="false"></div>
{"".join(_select(*each, compared=compared) for each in _FILTERS)}
<button type="button" id="clear">Bỏ lọc</button>
<div class="tell"><span id="found" role="status"></span>
<label><input id="printed" type="checkbox"> Khi in, kèm câu trả lời và hai bên lời văn của các câu này</label></div>
</form>
<table class="questions" role="table"><thead role="rowgroup"><tr role="row"><th scope="col">Câu hỏi</th><th scope="col" class="c-faults">Nhận xét</th>
<th scope="col" class="c-ms ms">Thời gian</th></tr></thead><tbody id="rows" role="rowgroup"></tbody></table>
<button type="button" id="more" hidden></button>
</section>"""


def _select(name: str, label: str, options: tuple[tuple[str, str], ...], *, compared: bool) -> str:
    if name == "result" and compared:
        options = (*options, ("won", "Câu tốt hơn lần trước"), ("lost", "Câu kém hơn lần trước"))
    made = "".join(f'<option value="{value}">{words}</option>' for value, words in options)
    return f'<div><label for="{name}">{label}</label><select id="{name}">{made}</select></div>'
