"""What keepers corrected in the heads of documents: `corrections.json` in the office's data folder, by the files' SHA-256.

It lies beside the documents, not in the index, so that every build reads it: a new index, another reading of the file and
a backup put back find it again.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from policy_qa.document import Metadata, to_json
from policy_qa.errors import IndexMismatch, NoIndex, PolicyQAError, reason
from policy_qa.reading.vietnamese import compose
from policy_qa.stored import from_json
from policy_qa.structure.correcting import CORRECTABLE, LONGEST, BadCorrection, Corrections, checked

FILE_NAME: Final = "corrections.json"
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class CorrectionsUnreadable(PolicyQAError):
    """The file cannot be read or written; no document is read without what was corrected in it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a keeper corrected in one file: the values by field, who did it, and when (UTC)."""

    fields: Corrections
    user: str
    when: str


def corrections(data: Path) -> dict[str, Correction]:
    """All corrections by the SHA-256 of the file. Raises CorrectionsUnreadable: a wrong number would be cited again."""
    file = data / FILE_NAME
    try:
        plain = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(plain, dict) or not all(map(_SHA256.fullmatch, plain)):
            raise ValueError("sai dạng")
        found = {sha256: from_json(Correction, entry) for sha256, entry in plain.items()}
        for correction in found.values():
            check(correction.fields)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError, KeyError, BadCorrection) as error:
        why = reason(error) if isinstance(error, OSError) else "tệp bị hỏng"
        raise CorrectionsUnreadable(
            f"Không đọc được phần sửa tay của văn bản ở {file} ({why}): hãy khôi phục tệp này từ bản sao lưu."
        ) from error
    return found


def corrected_fields(data: Path) -> dict[str, Corrections]:
    """The values alone, as `ReadOptions.corrected` takes them; raises CorrectionsUnreadable."""
    return {sha256: correction.fields for sha256, correction in corrections(data).items()}


def set_correction(data: Path, sha256: str, correction: Correction | None) -> None:
    """Remembers the correction of one file, or with None that it is read as it is. Raises CorrectionsUnreadable."""
    before = corrections(data)
    after = {key: kept for key, kept in before.items() if key != sha256}
    if correction is not None and correction.fields:
        after[sha256] = correction
    if after == before:
        return
    beside = data / f".{FILE_NAME}.new"
    try:
        data.mkdir(parents=True, exist_ok=True)
        beside.write_text(json.dumps(to_json(after), ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")
        beside.replace(data / FILE_NAME)
    except OSError as error:
        raise CorrectionsUnreadable(
            f"Không ghi được phần sửa tay của văn bản vào {data} ({reason(error)}): kiểm tra quyền ghi và chỗ trống."
        ) from error


def read_otherwise(index: Path, data: Path) -> tuple[str, ...]:
    """The files that the index in use holds with other corrections than those of now: they are to be read anew.

    So it is after a backup was put back. Nothing where there is no index that can be read. Raises CorrectionsUnreadable.
    """
    from policy_qa.retrieval import generations
    from policy_qa.retrieval.store import Store

    given = corrected_fields(data)
    try:
        manifest = generations.read_current(index)
        with closing(Store(index / manifest.generation / generations.STORE)) as store:
            stale = {r.key for r in store.documents() if _is_stale(r.metadata, given.get(r.sha256, {}))}
    except (NoIndex, IndexMismatch, OSError, sqlite3.Error):
        return ()
    return tuple(entry.path for entry in manifest.files if entry.indexed and entry.key in stale)


def _is_stale(held: Metadata, given: Corrections) -> bool:
    """Whether a head was read with other corrections: what was read has a confidence, what was corrected has none."""
    if held.text_kind == "digest":
        return False
    return any(
        value != given[field] if field in given else value is not None and field not in held.confidence
        for field in CORRECTABLE
        for value in (getattr(held, field),)
    )


def check(fields: Corrections) -> None:
    """Raises BadCorrection (KeyError for an unknown field) unless every value is one that `checked` gives."""
    for field, value in fields.items():
        if value is not None and checked(field, value) != value:
            raise BadCorrection(CORRECTABLE[field])


def differing(read: Metadata, wanted: Mapping[str, str], before: Corrections | None = None) -> Corrections:
    """What in `wanted` (as typed, by field) is not what was read, which is never checked; raises BadCorrection.

    What was corrected `before` and stays so remains a correction, also where it is what was read: a file whose head has no
    number is read by its name, which it has from the correction.
    """
    stays = {field: value for field, value in (before or {}).items() if value and _says(wanted.get(field, ""), value)}
    return stays | {
        field: checked(field, words)
        for field, words in wanted.items()
        if field in CORRECTABLE and field not in stays and not _says(words, getattr(read, field) or "")
    }


def _says(words: str, read: str) -> bool:
    """Whether `words` are what was read, a date in the order of its form or in that of Vietnamese."""
    if _ISO.fullmatch(read):
        numbers, expected = ([int(n) for n in re.findall(r"\d{1,4}", text, re.ASCII)] for text in (words, read))
        return len(words) <= LONGEST["date"] and numbers in (expected, expected[::-1])
    return " ".join(compose(words).split()) == " ".join(compose(read).split())
