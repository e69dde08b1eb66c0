"""What happens when a keeper does something in the tab; knows nothing of how the page is laid out."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping
from pathlib import Path
from weakref import WeakValueDictionary

from policy_qa.office.audit import Event
from policy_qa.office.building import Order
from policy_qa.office.corrections import corrections
from policy_qa.office.documents import to_recognise
from policy_qa.office.holdings import Holdings
from policy_qa.office.incoming import UploadRefused
from policy_qa.office.removed import RemovedFile
from policy_qa.office.uploads import Upload
from policy_qa.retrieval.generations import Manifest
from policy_qa.structure.correcting import CORRECTABLE
from policy_qa.web.desk import Desk
from policy_qa.web.documents import words
from policy_qa.web.documents.catalogue import Catalogue
from policy_qa.web.documents.details import details, empty_details, preview
from policy_qa.web.documents.listing import listing, removed_listing
from policy_qa.web.documents.waiting import WaitingFile, waiting
from policy_qa.web.services import Folders, Services
from policy_qa.web.visitor import Presence

WARMING_QUESTION = "văn bản quy định về việc gì"
"""Searched for after every change, so that the first visitor after it waits for nothing to be loaded."""

UPLOAD = "upload:"
"""Before the id of a file that waits, where something chosen may be that or a document's key."""

READING = "reading:"
"""Before the id of a file that is being read anew, to be shown as soon as that is done."""

_OPENED: WeakValueDictionary[int, Keeping] = WeakValueDictionary()
"""By the identity of the office's database, which lives as long as the `Keeping` that uses it."""
_OPENING = threading.Lock()


def keeping(services: Services) -> Keeping:
    """The one `Keeping` of an office, which the page and the routes share; it lasts as long as one of them holds it."""
    with _OPENING:
        found = _OPENED.get(id(services.database))
        if found is None:
            found = _OPENED[id(services.database)] = Keeping(services)
            found.holdings.resume()
        return found


class Keeping:
    """The documents of one office as keepers see them; HTML for every part of the tab."""

    def __init__(self, services: Services) -> None:
        desk, folders = services.desk, services.folders
        self._desk, self._folders = desk, folders
        self.audit = services.audit
        order = Order(str(folders.index), str(folders.corpus), str(folders.data), str(folders.cache), services.encoder)
        self.holdings = Holdings(
            services.database, order, folders.official, self.audit, lambda: _warm(desk),
            largest=services.access.rules.upload_mb * 1_000_000,
        )  # fmt: skip
        self._lock = threading.Lock()
        self._catalogue: Catalogue | None = None

    @property
    def desk(self) -> Desk:
        """Who lends the index."""
        return self._desk

    @property
    def folders(self) -> Folders:
        """Where things lie."""
        return self._folders

    def catalogue(self) -> Catalogue:
        """The documents of the index in use; made anew when that has changed. Raises PolicyQAError where it cannot be opened."""
        with self._desk.assistant() as assistant, self._lock:
            if self._catalogue is None or self._catalogue.generation != assistant.index.manifest.generation:
                self._catalogue = Catalogue(assistant.index)
            return self._catalogue

    @property
    def moves(self) -> bool:
        """Whether something is being read or built, so that the page must look again."""
        return self.holdings.busy

    # --- the parts of the tab

    def waiting(self) -> str:
        """The files that wait, and what is being done."""
        manifest = self.holdings.manifest()
        files = [self._waiting_file(upload, manifest) for upload in self.holdings.uploads.all()]
        return waiting(files, self.holdings.jobs.shown(), self.holdings.how_far())

    def _waiting_file(self, upload: Upload, manifest: Manifest | None) -> WaitingFile:
        return WaitingFile(upload, self.holdings.standing(upload, manifest), self.holdings.how_far(upload))

    def listing(self, wanted: str, kind: str, order: str, page: int, chosen: str = "") -> str:
        """The list, filtered and sorted; with the kind "removed" the files out of use."""
        if kind == "removed":
            return removed_listing((token(file), file) for file in self.holdings.removed.all())
        catalogue = self.catalogue()
        return listing(catalogue, catalogue.select(wanted, kind, order), page, order, chosen)

    def arrived(self, chosen: str) -> str:
        """What is chosen, once the file that was being read has been read; what is chosen itself as long as it is not."""
        if not chosen.startswith(READING):
            return chosen
        upload = self.holdings.uploads.get(chosen.removeprefix(READING))
        if upload is not None and upload.state == "reading":
            return chosen
        return UPLOAD + upload.id if upload is not None and upload.state == "ready" else ""

    def details(self, chosen: str) -> str:
        """What is chosen: the document of the index with this key, or with `UPLOAD` before its id a file that waits."""
        if chosen.startswith(READING):
            return f'<div class="pqd-details"><p class="pqd-state" role="status">{words.READING}</p></div>'
        if chosen.startswith(UPLOAD):
            upload = self.holdings.uploads.get(chosen.removeprefix(UPLOAD))
            return preview(self._waiting_file(upload, self.holdings.manifest())) if upload else empty_details()
        return self._document(chosen)

    def _document(self, key: str) -> str:
        catalogue = self.catalogue()
        entry = catalogue.get(key)
        if entry is None:
            return (
                empty_details() if not key else f'<div class="pqd-details"><p class="pq-warning">{words.GONE}</p></div>'
            )
        sha256 = entry.record.sha256
        original = self.holdings.uploads.original(sha256)
        data = self._folders.data
        return details(
            catalogue,
            entry,
            original,
            is_recognised=sha256 in to_recognise(data),
            correction=corrections(data).get(sha256),
        )

    def is_there(self, chosen: str) -> bool:
        """Whether what is chosen, as for `details`, is still there to be looked at."""
        if chosen.startswith(READING):
            return self.arrived(chosen) == chosen
        if chosen.startswith(UPLOAD):
            upload = self.holdings.uploads.get(chosen.removeprefix(UPLOAD))
            return upload is not None and upload.state in ("ready", "failed")
        return self.catalogue().get(chosen) is not None

    # --- what keepers order

    def accept(self, who: Presence, ids: list[str]) -> None:
        """Puts files that wait into the index."""
        uploads = [u for u in map(self.holdings.uploads.get, ids) if u]
        manifest = self.holdings.manifest()
        kinds = {u.id: self.holdings.standing(u, manifest).kind for u in uploads}
        wanted = [u for u in uploads if kinds[u.id] not in ("same", "behind")]
        if self.holdings.accept(who.user.name, [u.id for u in wanted]) is None:
            raise UploadRefused("Tệp này không còn chờ nhận: hãy xem lại danh sách tệp đang chờ.")
        for upload in wanted:
            what: Event = "replaced" if kinds[upload.id] in ("replaces", "again") else "added"
            self.audit.record(
                who.user.name, what, who.address, document=upload.key, file=upload.name, sha256=upload.sha256
            )

    def correct(self, who: Presence, upload_id: str, typed: Mapping[str, str]) -> None:
        """Corrects what was read in the head of a file that waits."""
        before = self.holdings.uploads.get(upload_id)
        after = self.holdings.correct(who.user.name, upload_id, typed)
        was = before.metadata if before else after.metadata
        changed = [
            f"{name}: {getattr(was, name) or '–'} → {getattr(after.metadata, name) or '–'}"
            for name in CORRECTABLE
            if getattr(was, name) != getattr(after.metadata, name)
        ]
        if changed:
            self.audit.record(
                who.user.name, "corrected", who.address, document=after.key, file=after.name, sha256=after.sha256, changed=changed
            )  # fmt: skip

    def cancel(self, who: Presence, upload_id: str) -> None:
        """Forgets a file that waits."""
        gone = self.holdings.uploads.cancel(upload_id)
        if gone:
            self.audit.record(who.user.name, "deleted", who.address, file=gone.name, sha256=gone.sha256)

    def remove(self, who: Presence, key: str) -> None:
        """Takes a document out of the index."""
        if self.catalogue().get(key) is None:
            raise UploadRefused(words.GONE)
        self.audit.record(who.user.name, "removed", who.address, document=key)
        self.holdings.remove(who.user.name, key)

    def restore(self, who: Presence, wanted: str) -> None:
        """Brings back a file out of use, by its token."""
        file = next((f for f in self.holdings.removed.all() if token(f) == wanted), None)
        if file is None:
            raise UploadRefused("Tệp này không còn trong danh sách đã gỡ: hãy tải lại trang.")
        self.audit.record(who.user.name, "added", who.address, document=file.key, file=Path(file.path).name)
        self.holdings.restore(who.user.name, file.path)

    def read_again(self, who: Presence, key: str, *, recognise: bool | None) -> Upload:
        """Reads a document's file anew, every page recognised (OCR) or by its own text; None: as before, to be corrected."""
        entry = self.catalogue().get(key)
        if entry is None:
            raise UploadRefused(words.GONE)
        if recognise is None:
            recognise = entry.record.sha256 in to_recognise(self._folders.data)
        elif entry.record.media != "pdf":
            raise UploadRefused(words.NOT_A_PDF)
        if recognise:
            _demand_tesseract()
        upload = self.holdings.read_again(who.user.name, entry.record, recognise=recognise)
        self.audit.record(who.user.name, "uploaded", who.address, document=key, file=upload.name, recognise=recognise)
        return upload


def token(file: RemovedFile) -> str:
    """By what the page names a file out of use: where files lie is no browser's business."""
    return hashlib.sha256(file.path.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _demand_tesseract() -> None:
    from policy_qa.reading.scans.ocr import find_tesseract, how_to_install

    tesseract = find_tesseract()
    if tesseract is None or not tesseract.knows_vietnamese:
        raise UploadRefused(words.NO_TESSERACT.format(how=how_to_install()))


def _warm(desk: Desk) -> None:
    with desk.assistant() as assistant:
        if assistant.index.documents():
            assistant.search(WARMING_QUESTION)
