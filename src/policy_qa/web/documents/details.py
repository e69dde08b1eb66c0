"""One document, or a file that waits, as HTML: its head, what was odd, its tree, and what can be done with it."""

from __future__ import annotations

import re
from pathlib import Path

from policy_qa.citing.style import document_name
from policy_qa.document import Level
from policy_qa.inspection.markup import label
from policy_qa.office.corrections import Correction
from policy_qa.office.uploads import Upload
from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord
from policy_qa.web.documents import words
from policy_qa.web.documents.catalogue import Catalogue, Entry, day
from policy_qa.web.documents.correcting import correcting
from policy_qa.web.documents.fragments import (
    address,
    asked_first,
    badges,
    button,
    counted,
    fields,
    inspected,
    recognised,
    row,
    warnings,
)
from policy_qa.web.documents.listing import link
from policy_qa.web.documents.waiting import WaitingFile, decision
from policy_qa.web.markup import escaped

WORDS_IN_TREE = 90
MOST_BRANCHES = 400
"""Branches shown below one provision."""

_BACK = f'<button type="button" class="pqd-button pqd-back" data-back="1">{escaped(words.BACK)}</button>'


def empty_details() -> str:
    """What stands there before anything is chosen."""
    return f'<div class="pqd-details"><p class="pqd-quiet">{escaped(words.CHOOSE)}</p></div>'


def details(
    catalogue: Catalogue,
    entry: Entry,
    original: Upload | None,
    *,
    is_recognised: bool,
    correction: Correction | None = None,
) -> str:
    """A document of the index; `original` is the upload by which it came in, `is_recognised` whether by choice."""
    record = entry.record
    name = document_name(record.metadata, first=False, file=record.file)
    head = f'<h3>{escaped(name[:1].upper() + name[1:])}</h3><p class="pq-marks">{badges(record.metadata.text_kind, entry.recognised)}</p>'
    return (
        f'<article class="pqd-details" tabindex="-1" data-document="{escaped(record.key)}">{_BACK}{head}{_actions(record, name, is_recognised)}'
        f'<dl class="pq-facts">{fields(record.metadata, correction)}{_about(entry, original)}</dl>'
        f"{warnings(record.warnings)}{_relations(catalogue, record.key)}{_gaps(record)}{_tree(record)}</article>"
    )


def preview(file: WaitingFile) -> str:
    """A file that waits for a decision, in the page that shows how it was read: head, tree, text, what was odd and where."""
    upload, found = file.upload, file.upload.found
    if found is None or upload.state not in ("ready", "failed"):
        return empty_details()
    counts = counted(found.pages, found.provisions) + recognised(found.recognised, found.sureness)
    return (
        f'<article class="pqd-details pqd-preview" tabindex="-1">{_BACK}<h3>{escaped(upload.name)}</h3>'
        f'<p class="pq-marks">{badges(found.metadata.text_kind, found.recognised)} <span class="pqd-quiet">{counts}</span></p>'
        f'<p class="pqd-actions">{decision(file, shown=True)}{button(words.CANCEL, "cancel", id=upload.id)}</p>'
        f"{correcting(file)}"
        f"{inspected(address(f'cho/{upload.id}'))}</article>"
    )


def branches(index: Index, key: str, parent: int | None) -> str:
    """The provisions directly below the one with the ordinal `parent` (None: the outermost), closed."""
    everything = index.provisions(key)
    below = [p for p in everything if p.parent == parent]
    text = index.text(key)
    parents = {p.parent for p in everything}
    items = "".join(_branch(text, p, has_more=p.ordinal in parents) for p in below[:MOST_BRANCHES])
    more = f"<li>… ({len(below) - MOST_BRANCHES})</li>" if len(below) > MOST_BRANCHES else ""
    return f'<ul class="pqd-branches">{items}{more}</ul>'


def _branch(text: str, provision: ProvisionRecord, *, has_more: bool) -> str:
    step = label(provision.address.last) if provision.address else ""
    own = _without_label(provision, " ".join(provision.own_span.of(text).split()))
    said = provision.heading or own
    said = said if len(said) <= WORDS_IN_TREE else said[: WORDS_IN_TREE - 1].rstrip() + "…"
    page = f' <span class="pq-page">tr. {provision.page}</span>' if provision.page else ""
    # An unnumbered heading is its own label.
    said = "" if said.casefold() == step.casefold() else said
    line = f"<b>{escaped(step[:1].upper() + step[1:])}</b> {escaped(said)}{page}"
    whole = f'<p class="pqd-own">{escaped(own)}</p>' if len(own) > len(said) else ""
    if not has_more and not whole:
        return f'<li class="pqd-leaf">{line}</li>'
    lazy = f' data-parent="{provision.ordinal}"' if has_more else ""
    return f"<li><details{lazy}><summary>{line}</summary>{whole}</details></li>"


def _without_label(provision: ProvisionRecord, own: str) -> str:
    """The words of a provision without "Điều 5.", "2." or "a)" before them: the branch has its label already."""
    if not provision.address:
        return own
    step = provision.address.last
    # Dashes and paragraphs are counted, not numbered: a figure at their beginning is no label.
    level = rf"{step.level}\s+" if step.level in (Level.GACH, Level.DOAN) else rf"(?:{step.level}\s+)?"
    label_printed = rf"{level}{re.escape(step.label.partition(' (lần ')[0])}(?!\w)[.):/–-]*\s*"
    bullet = r"|[-–—+•●*]\s+" if step.level is Level.GACH else ""
    return re.sub(rf"^(?:{label_printed}{bullet})", "", own, count=1, flags=re.IGNORECASE)


def _actions(record: DocumentRecord, name: str, is_recognised: bool) -> str:
    where = {"key": record.key, "sha256": record.sha256}
    again = ""
    if record.media == "pdf":
        said = words.READ_AGAIN_TEXT if is_recognised else words.READ_AGAIN_OCR
        again = button(said, "again", key=record.key, recognise="" if is_recognised else "1")
    correct = button(words.CORRECT, "recheck", key=record.key) if record.metadata.text_kind == "official" else ""
    remove = asked_first(words.REMOVE, words.SURE_REMOVE.format(name=name), words.YES_REMOVE, "remove", key=record.key)
    return (
        f'<div class="pqd-actions"><a class="pqd-button" href="{address("tep", **where)}" download>{escaped(words.DOWNLOAD)}</a>'
        f'<button type="button" class="pqd-button" data-inspect="{address("trang", **where)}">{escaped(words.INSPECT)}</button>'
        f'{correct}{again}{remove}</div><div class="pqd-inspected" hidden></div>'
    )


def _about(entry: Entry, original: Upload | None) -> str:
    record = entry.record
    counts = counted(record.pages, record.provisions) + recognised(entry.recognised, entry.sureness)
    parts = [row(words.TEXT_OF, counts), row(words.FILE, escaped(Path(record.file.replace("\\", "/")).name))]
    if original:
        parts.append(row(words.ORIGINAL_NAME, escaped(original.name)))
        added = words.ADDED_BY if original.user else words.ADDED_ON
        parts.append(row(words.ADDED, escaped(added.format(day=day(original.created), user=original.user))))
    parts.append(row(words.SHA256, f"<code>{escaped(record.sha256)}</code>"))
    return "".join(parts)


def _relations(catalogue: Catalogue, key: str) -> str:
    found = catalogue.relations(key)
    if not found:
        return ""
    items = "".join(f"<li>{link(related)}</li>" for related in found)
    few = " open" if len(found) <= 8 else ""
    head = escaped(f"{words.RELATIONS} ({len(found)})")
    return f'<details class="pqd-section"{few}><summary>{head}</summary><ul class="pqd-plain">{items}</ul></details>'


def _gaps(record: DocumentRecord) -> str:
    if not record.metadata.gaps:
        return ""
    items = "".join(f"<li>{escaped(gap.part)}</li>" for gap in record.metadata.gaps)
    return f'<details class="pqd-section"><summary>{escaped(words.GAPS)}</summary><ul class="pqd-plain">{items}</ul></details>'


def _tree(record: DocumentRecord) -> str:
    return (
        f'<details class="pqd-section pqd-tree" data-parent="" data-tree="{address("cay", key=record.key, sha256=record.sha256)}" '
        f'data-failed="{escaped(words.TREE_FAILED)}"><summary>{escaped(words.TREE)}</summary></details>'
    )
