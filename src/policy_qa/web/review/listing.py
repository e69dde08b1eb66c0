"""The runs of an office as HTML: the one under way with its progress, and those that have ended with what can be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from policy_qa.evaluation.metrics import Figure
from policy_qa.evaluation.page.numerals import number, share
from policy_qa.evaluation.page.wording import moment
from policy_qa.web.markup import escaped
from policy_qa.web.review import words
from policy_qa.web.review.running import Far
from policy_qa.web.review.shelf import RunRecord

PREFIX: Final = "danh-gia"
"""Where the tab's own routes lie; addresses on the page are relative, so that a proxy may put the app under a path."""


def report_address(run_id: str, *, save: bool = False) -> str:
    """Where the report of a run is: to be shown, or to be saved."""
    return f"{PREFIX}/bao-cao/{quote(run_id, safe='')}{'?tai=1' if save else ''}"


def results_address(run_id: str) -> str:
    """Where the results of a run are, to be saved."""
    return f"{PREFIX}/ket-qua/{quote(run_id, safe='')}"


def progress(far: Far | None) -> str:
    """How far the run under way is, and a button to stop it; nothing where there is none."""
    if far is None:
        return ""
    name, total = escaped(far.record.name), max(far.record.total, 1)
    said = words.WRITING if far.writing else words.FAR.format(done=number(far.done), total=number(far.record.total))
    stop = f'<p class="pqr-quiet">{words.STOPPING}</p>' if far.stopping else button(words.STOP, "stop")
    return (
        f'<div class="pqr-now" role="status"><p><b>{words.RUNNING.format(name=name)}</b> <span>{escaped(said)}</span></p>'
        f'<progress max="{total}" value="{far.done}" aria-label="{words.RUNNING.format(name=name)}"></progress>'
        f"{'' if far.writing else stop}</div>"
    )


def listing(records: Sequence[RunRecord], chosen: str = "") -> str:
    """The table of the runs that have ended; `chosen` is the one whose report is open."""
    if not records:
        return f'<p class="pqr-quiet">{words.NO_RUNS}</p>'
    head = "".join(
        f'<th scope="col">{label}</th>' for label in (words.WHEN, words.SET, words.RESULT, words.FIGURES, words.ACTIONS)
    )
    rows = "".join(_row(record, record.id == chosen) for record in records)
    return f'<h3>{words.RUNS}</h3><table class="pqr-table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def report_frame(record: RunRecord | None) -> str:
    """The report of a run in a frame that can neither read nor touch anything of the app."""
    if record is None:
        return ""
    source, title = escaped(report_address(record.id)), escaped(words.REPORT_OF.format(name=record.name))
    return (
        f'<h3 tabindex="-1">{title}</h3><p class="pqr-links">'
        f'<a href="{source}" target="_blank" rel="noopener">{words.OPEN_APART}</a> '
        f'<a href="{escaped(report_address(record.id, save=True))}" download>{words.SAVE}</a> '
        f'<a href="{escaped(results_address(record.id))}" download>{words.SAVE_RESULTS}</a></p>'
        f'<iframe class="pqr-frame" sandbox="allow-scripts" title="{title}" src="{source}"></iframe>'
    )


def button(label: str, action: str, css: str = "", **data: str) -> str:
    """A button that the tab's script hands on as the event `do` with the data."""
    attributes = "".join(f' data-{name}="{escaped(value)}"' for name, value in data.items())
    return f'<button type="button" class="pqr-button {css}" data-do="{action}"{attributes}>{escaped(label)}</button>'


def _row(record: RunRecord, is_chosen: bool) -> str:
    by = f"<br><span class='pqr-quiet'>{escaped(words.BY.format(user=record.user))}</span>" if record.user else ""
    cells = (
        (words.WHEN, escaped(moment(record.started, here=True)) + by),
        (words.SET, escaped(record.name)),
        (words.RESULT, "<br>".join(map(escaped, _told(record)))),
        (words.FIGURES, escaped(_figure(record.figures.get("cited")))),
        (words.ACTIONS, f'<div class="pqr-actions">{"".join(_actions(record))}</div>'),
    )
    current = ' aria-current="true"' if is_chosen else ""
    row = "".join(f'<td data-label="{label}">{html}</td>' for label, html in cells)
    return f"<tr{current}>{row}</tr>"


def _told(record: RunRecord) -> Iterator[str]:
    match record.state:
        case "done":
            yield words.DONE.format(done=number(record.done))
        case "failed":
            yield words.FAILED.format(why=record.why)
        case _:
            yield words.STOPPED.format(done=number(record.done), total=number(record.total))
    if record.left_out:
        yield words.LEFT_OUT.format(count=number(record.left_out))


def _figure(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    low, high = share(figure.low, 1), share(figure.high, 1)
    return words.FIGURE.format(value=share(figure.value, 1), low=low, high=high, n=number(figure.count))


def _actions(record: RunRecord) -> Iterator[str]:
    if record.state == "done":
        yield button(words.OPEN, "open", "pqr-main", run=record.id)
    else:
        yield button(words.GO_ON, "go-on", run=record.id)
    yield (
        f'<span class="pqr-ask"><button type="button" class="pqr-button" data-ask="1" aria-expanded="false">{words.DELETE}</button>'
        f'<span class="pqr-sure" role="alertdialog" aria-label="{words.DELETE}" hidden>{words.SURE_DELETE} '
        f"{button(words.YES_DELETE, 'delete', 'pqr-danger', run=record.id)} "
        f'<button type="button" class="pqr-button" data-unask="1">{words.NO}</button></span></span>'
    )
