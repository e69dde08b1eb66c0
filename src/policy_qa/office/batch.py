"""Accepted uploads on their way into the index: copied to where the office's documents lie, taken back where that fails."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from policy_qa.errors import BadCorpus, reason
from policy_qa.office.corrections import CorrectionsUnreadable, corrections, set_correction
from policy_qa.office.documents import copy_into, place_for, safe_name, set_to_recognise, spoken, to_recognise
from policy_qa.office.uploads import Upload, Uploads


class Batch:
    """The uploads of one job: copied to where the office's documents lie, taken back where they do not go in."""

    def __init__(self, uploads: Uploads, official: Path, data: Path) -> None:
        self._uploads, self._official, self._data = uploads, official, data
        self._before, self._corrected = to_recognise(data), corrections(data)
        self._copied: set[str] = set()
        self.placed: dict[str, Upload] = {}
        self.added: list[str] = []
        self.failed: list[str] = []

    def place(self, uploads: Sequence[Upload]) -> None:
        """Copies each to its place; one that cannot be copied is settled at once."""
        for upload in uploads:
            try:
                self.placed[self._place(upload)] = upload
            except (BadCorpus, CorrectionsUnreadable, OSError) as error:
                why = reason(error) if isinstance(error, OSError) else str(error)
                self._end(
                    upload, f"Không chép được tệp “{upload.name}” vào kho ({why}); hãy báo người quản trị rồi thử lại."
                )

    def _place(self, upload: Upload) -> str:
        file = self._uploads.path(upload)
        set_correction(self._data, upload.sha256, upload.correction)
        if upload.origin:
            set_to_recognise(self._data, upload.sha256, wanted=upload.recognise)
            return str(file)
        name = safe_name(upload.key if upload.metadata.number else Path(upload.name).stem, file.suffix)
        folder = self._official.resolve()
        target = place_for(folder, file, name)
        is_new = not target.exists()
        copied = str(copy_into(file, folder, target.name))
        if is_new:
            self._copied.add(copied)
        return copied

    def settle(self, path: str, upload: Upload, why: str) -> None:
        """Ends an upload: in the index, or out with the reason."""
        if why:
            self._take_back(path, upload)
        self._end(upload, why.replace(path, upload.name))

    def undo(self) -> None:
        """Takes all copies back: no build was made. The uploads are ended by who knows why."""
        for path, upload in self.placed.items():
            self._take_back(path, upload)

    @property
    def corrected(self) -> frozenset[str]:
        """The SHA-256 of the files in which something is corrected otherwise than before: they are to be read anew."""
        return frozenset(
            upload.sha256 for upload in self.placed.values() if upload.correction != self._corrected.get(upload.sha256)
        )

    @property
    def told(self) -> str:
        """What is to be told of the job."""
        parts = [f"Đã đưa vào kho: {', '.join(self.added)}."] if self.added else []
        parts += [f"Không đưa được: {', '.join(self.failed)}."] if self.failed else []
        return " ".join(parts)

    def _end(self, upload: Upload, why: str) -> None:
        self._uploads.finish(upload, why)
        known = spoken(upload.key) if upload.metadata.number else upload.name
        (self.failed if why else self.added).append(known)

    def _take_back(self, path: str, upload: Upload) -> None:
        with suppress(OSError, CorrectionsUnreadable):
            set_correction(self._data, upload.sha256, self._corrected.get(upload.sha256))
            if upload.origin:
                set_to_recognise(self._data, upload.sha256, wanted=upload.sha256 in self._before)
            elif path in self._copied:
                Path(path).unlink()
