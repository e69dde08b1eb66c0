"""The files that wait and what is being done, as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policy_qa.citing.style import document_name
from policy_qa.office.documents import spoken
from policy_qa.office.holdings import HowFar
from policy_qa.office.jobs import Job
from policy_qa.office.standing import Standing
from policy_qa.office.uploads import Upload
from policy_qa.web.documents import words
from policy_qa.web.documents.catalogue import day
from policy_qa.web.documents.fragments import asked_first, badges, button, corrected_by, counted
from policy_qa.web.markup import escaped, in_lines

ACCEPTABLE = frozenset({"new", "leads", "replaces", "again"})
AT_ONCE = frozenset({"new", "leads"})
"""What may be accepted together with others: it takes nothing away."""


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """An upload with how it stands to the documents that are there, and how far its reading has come."""

    upload: Upload
    standing: Standing
    far: HowFar | None = None


def waiting(files: Sequence[WaitingFile], jobs: Sequence[Job], far: HowFar | None) -> str:
    """Files and jobs; `far` is how far the running job has come."""
    new = [f.upload.id for f in files if f.upload.state == "ready" and f.standing.kind in AT_ONCE]
    together = (
        button(words.ACCEPT_ALL.format(count=len(new)), "accept", "pqd-main", ids=" ".join(new)) if len(new) > 1 else ""
    )
    cards = "".join(map(_card, files)) or f'<li class="pqd-quiet">{escaped(words.NOTHING_WAITING)}</li>'
    done = "".join(_job(job, far) for job in jobs)
    line = f'<h3>{escaped(words.JOBS)}</h3><ul class="pqd-jobs" role="status">{done}</ul>' if done else ""
    return (
        f'<section aria-label="{escaped(words.WAITING)}"><h3>{escaped(words.WAITING)} {together}</h3>'
        f'<ul class="pqd-cards">{cards}</ul></section>{line}'
    )


def _card(file: WaitingFile) -> str:
    upload = file.upload
    return (
        f'<li class="pqd-card pqd-{upload.state}" data-upload="{upload.id}"><p class="pqd-file"><b>{escaped(upload.name)}</b> '
        f'<span class="pqd-quiet">{escaped(_size(upload.size))}{_by(upload)}</span></p>{_again(upload)}{_state(file)}</li>'
    )


def _state(file: WaitingFile) -> str:
    upload = file.upload
    cancel = button(words.CANCEL, "cancel", id=upload.id)
    match upload.state:
        case "reading":
            return f'<p class="pqd-state">{escaped(_reading(file.far))}</p><p class="pqd-actions">{cancel}</p>'
        case "refused":
            return f'<p class="pq-error" role="alert">{in_lines(upload.why)}</p><p class="pqd-actions">{cancel}</p>'
        case "queued":
            return f'<p class="pqd-state">{escaped(words.IN_LINE)}</p><p class="pqd-actions">{cancel}</p>'
        case "indexing":
            return f'<p class="pqd-state">{escaped(words.INDEXING)}</p>'
    failed = f'<p class="pq-error" role="alert">{in_lines(upload.why)}</p>' if upload.state == "failed" else ""
    return f'{failed}{_found(file)}<p class="pqd-actions">{decision(file)}{cancel}</p>'


def decision(file: WaitingFile, *, shown: bool = False) -> str:
    """The buttons by which a file that was read is looked at, unless it is `shown` already, and accepted."""
    upload, standing = file.upload, file.standing
    look = "" if shown else button(words.PREVIEW, "preview", id=upload.id)
    if standing.kind not in ACCEPTABLE or upload.state not in ("ready", "failed"):
        return look
    if upload.state == "failed":
        return look + button(words.TRY_AGAIN, "accept", "pqd-main", ids=upload.id)
    if standing.kind == "replaces" and standing.entry:
        sure = words.SURE_REPLACE.format(key=spoken(standing.entry.key or ""))
        return look + asked_first(words.ACCEPT_REPLACING, sure, words.YES_REPLACE, "accept", ids=upload.id)
    label = words.ACCEPT_AGAIN if standing.kind == "again" else words.ACCEPT
    return look + button(label, "accept", "pqd-main", ids=upload.id)


def _found(file: WaitingFile) -> str:
    """What was read out of the file, in a few lines."""
    upload, found = file.upload, file.upload.found
    if found is None:
        return ""
    about = upload.metadata
    name = document_name(about, first=False, file=upload.name)
    line = " · ".join(
        escaped(part) for part in (name[:1].upper() + name[1:], about.date and day(about.date), about.issuer) if part
    )
    title = f'<span class="pqd-about">{escaped(about.title)}</span>' if about.title else ""
    warned = f" · {escaped(words.WARNED.format(count=len(found.warnings)))}" if found.warnings else ""
    missing = "" if about.number else f'<p class="pq-warning">{escaped(words.NO_NUMBER)}</p>'
    missing += "" if about.date else f'<p class="pq-warning">{escaped(words.NO_DATE)}</p>'
    scanned = f'<p class="pq-warning">{escaped(words.SCANNED)}</p>' if found.recognised else ""
    key = spoken(file.standing.entry.key or "") if file.standing.entry else ""
    by_hand = f'<p class="pqd-quiet">{escaped(corrected_by(upload.correction))}</p>' if upload.correction else ""
    standing = escaped(words.STANDING[file.standing.kind].format(key=key))
    css = "pqd-quiet" if file.standing.kind in ("new", "again") else "pq-warning"
    return (
        f"<p>{line} {badges(about.text_kind, found.recognised)}{title}"
        f'<span class="pqd-about">{counted(found.pages, found.provisions)}{warned}</span></p>{by_hand}{missing}{scanned}<p class="{css}">{standing}</p>'
    )


def _again(upload: Upload) -> str:
    if not upload.origin:
        return ""
    return f'<p class="pqd-quiet">{escaped(words.READ_AGAIN_OCR if upload.recognise else words.READ_AGAIN_TEXT)}</p>'


def _reading(far: HowFar | None) -> str:
    if far is None:
        return words.READING
    stage, done, total = far
    return words.READING_STAGE.format(stage=stage, done=done, total=total)


def _job(job: Job, far: HowFar | None) -> str:
    label = {"add": words.JOB_ADD, "remove": words.JOB_REMOVE, "restore": words.JOB_RESTORE}[job.kind].format(
        target=spoken(job.target)
    )
    match job.state:
        case "running":
            said, how_far = words.JOB_RUNNING, _reading(far) if far else job.why
            more = f" – {escaped(how_far)}" if how_far else ""
        case "queued":
            said = words.JOB_AHEAD.format(ahead=job.ahead) if job.ahead > 1 else words.JOB_NEXT
            more = ""
        case _:
            css = "pq-error" if job.state == "failed" else "pqd-done"
            return (
                f'<li class="{css}">{escaped(job.why or label)} {button(words.FORGET, "forget", job=str(job.id))}</li>'
            )
    return f'<li class="pqd-{job.state}">{escaped(label)}: {escaped(said)}{more}</li>'


def _size(size: int) -> str:
    if not size:
        return ""
    return f"{size / 2**20:.1f} MB".replace(".", ",") if size >= 2**20 else f"{max(size // 1024, 1)} KB"


def _by(upload: Upload) -> str:
    return f" · {escaped(upload.user)}" if upload.user else ""
