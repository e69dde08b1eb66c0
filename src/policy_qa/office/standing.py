"""How a file that waits stands to the documents that are there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from policy_qa.office.uploads import Upload
from policy_qa.retrieval.generations import FileEntry, Manifest


@dataclass(frozen=True, slots=True)
class Standing:
    """How a file that waits stands to the documents that are there.

    new: nothing like it; same: these very bytes are in the index; replaces: another text of the same document; leads: so
    far there is only a digest of it; behind: a digest of a document whose official text is there, so it would not be used;
    again: a file of the index read anew. `entry` is what the index has.
    """

    kind: Literal["new", "same", "replaces", "leads", "behind", "again"]
    entry: FileEntry | None = None


def standing_of(upload: Upload, manifest: Manifest | None) -> Standing:
    """How an upload that was read stands to the documents of the index that `manifest` describes (None: there is none)."""
    indexed = [entry for entry in manifest.files if entry.indexed] if manifest else []
    if upload.origin:
        return Standing("again", next((e for e in indexed if e.path == upload.origin), None))
    if upload.found is None:
        return Standing("new")
    same = next((entry for entry in indexed if entry.sha256 == upload.sha256), None)
    if same is not None:
        return Standing("same", same)
    there = next((entry for entry in indexed if entry.key == upload.key), None)
    if there is None:
        return Standing("new")
    if there.text_kind == upload.found.metadata.text_kind:
        return Standing("replaces", there)
    return Standing("leads" if there.text_kind == "digest" else "behind", there)


def other_file(upload: Upload, manifest: Manifest | None) -> FileEntry | None:
    """The other file of the document that a file of the index, read anew and corrected, would be; None where it has none."""
    if manifest is None or not upload.origin or not upload.metadata.number:
        return None
    official = (entry for entry in manifest.files if entry.indexed and entry.text_kind == "official")
    return next((entry for entry in official if entry.key == upload.key and entry.path != upload.origin), None)
