"""The form in which a keeper corrects what was read in the head of a file that waits."""

from __future__ import annotations

from policy_qa.office.uploads import Upload
from policy_qa.structure.correcting import CORRECTABLE, LONGEST
from policy_qa.web.documents import words
from policy_qa.web.documents.catalogue import day
from policy_qa.web.documents.fragments import UNSURE, button, corrected_by
from policy_qa.web.documents.waiting import ACCEPTABLE, WaitingFile
from policy_qa.web.markup import escaped


def correcting(file: WaitingFile) -> str:
    """The form, open where something was not found or is unsure; nothing for a digest and what will not be accepted."""
    upload = file.upload
    if upload.found is None or upload.metadata.text_kind == "digest" or file.standing.kind not in ACCEPTABLE:
        return ""
    read = upload.found.metadata
    unsure = any(not getattr(read, name) or read.confidence.get(name, 1.0) < UNSURE for name in CORRECTABLE)
    rows = "".join(_row(upload, name) for name in CORRECTABLE)
    said = f'<p class="pqd-byhand">{escaped(corrected_by(upload.correction))}</p>' if upload.correction else ""
    # What was read, to begin anew from it: the same fields, none of them corrected.
    undo = button(words.AS_READ, "correct", id=upload.id, **_typed_as_read(upload)) if upload.correction else ""
    return (
        f'<details class="pqd-section pqd-correct"{" open" if unsure or upload.correction else ""}>'
        f"<summary>{escaped(words.CORRECT)}</summary>{said}"
        f'<div role="group" aria-label="{escaped(words.CORRECT)}" data-fields="1">{rows}'
        f'<p class="pqd-quiet">{escaped(words.CORRECT_HINT)}</p>'
        f'<p class="pqd-actions">{button(words.SAVE_CORRECTION, "correct", "pqd-main", id=upload.id, form="1")}{undo}</p></div></details>'
    )


def _row(upload: Upload, name: str) -> str:
    read = getattr(upload.found.metadata, name) if upload.found else None
    value = getattr(upload.metadata, name)
    field_id = f"pqd-field-{name}"
    shown, was = (day(v) if name == "date" and v else v or "" for v in (value, read))
    note = f'<span class="pqd-quiet" id="{field_id}-read">{escaped(words.WAS_READ.format(value=was or words.MISSING))}</span>' if value != read else ""  # fmt: skip
    described = f' aria-describedby="{field_id}-read"' if note else ""
    common = f'id="{field_id}" data-field="{name}" maxlength="{LONGEST[name]}" autocomplete="off" spellcheck="false"{described}'
    control = (
        f'<textarea rows="3" {common}>{escaped(shown)}</textarea>'
        if name == "title"
        else f'<input type="text" {common} value="{escaped(shown)}">'
    )
    hint = words.CORRECT_HINTS.get(name)
    label = escaped(CORRECTABLE[name]) + (f' <span class="pqd-quiet">({escaped(hint)})</span>' if hint else "")
    return f'<p><label for="{field_id}">{label}</label>{control}{note}</p>'


def _typed_as_read(upload: Upload) -> dict[str, str]:
    read = upload.found.metadata if upload.found else upload.metadata
    return {name: getattr(read, name) or "" for name in CORRECTABLE}
