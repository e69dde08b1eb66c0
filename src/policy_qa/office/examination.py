"""A file looked at before it becomes a document: what its head says, what was odd about it, and a page that shows it all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from policy_qa.document import JSON, Document, Metadata, to_json
from policy_qa.errors import UnreadableFile, reason
from policy_qa.office.apart import Progress, run_apart
from policy_qa.stored import from_json


@dataclass(frozen=True, slots=True)
class Examination:
    """An order: the file to read, and where to write the page that shows how it was read.

    `recognise` tells whether every page is to be recognised (OCR) whatever text it has; None: as keepers chose for it.
    `as_read` leaves out what keepers corrected in its head.
    """

    file: str
    sha256: str
    page: str
    data: str
    cache: str
    recognise: bool | None = None
    as_read: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What was read out of a file. `recognised` counts the pages recognised (OCR), `sureness` (0 to 1) is the lowest of theirs."""

    key: str
    metadata: Metadata
    media: str
    pages: int
    provisions: int
    warnings: tuple[str, ...] = ()
    recognised: int = 0
    sureness: float | None = None


def examine_apart(order: Examination, progress: Progress) -> Found:
    """Looks at a file in another process; raises what reading raises, UnreadableFile where it has changed, BrokenDown."""
    return from_json(Found, run_apart("examine", to_json(order), progress))


def examine(order: JSON, progress: Progress) -> JSON:
    """Carries out an `Examination` here; gives a `Found`."""
    from policy_qa.inspection import page
    from policy_qa.loading import Loader
    from policy_qa.office.documents import read_options

    wanted = from_json(Examination, order)
    options = read_options(
        Path(wanted.data), Path(wanted.cache), lambda done, total: progress("Nhận dạng chữ (OCR)", done, total)
    )
    if wanted.recognise is not None:
        others = options.recognise - {wanted.sha256}
        options = replace(options, recognise=others | {wanted.sha256} if wanted.recognise else others)
    if wanted.as_read:
        options = replace(options, corrected={})
    with Loader(options) as loader:
        document = loader.load(Path(wanted.file))
    if document.source.sha256 != wanted.sha256:
        raise UnreadableFile(f"Tệp “{Path(wanted.file).name}” đã thay đổi trong lúc đọc; hãy làm lại.")
    _write(Path(wanted.page), page(document))
    return to_json(found_in(document))


def found_in(document: Document) -> Found:
    """What is to be known of a document before it is accepted."""
    recognised = [page.ocr for page in document.source.pages if page.ocr is not None]
    return Found(
        key=document.key,
        metadata=document.metadata,
        media=document.source.media,
        pages=len(document.source.pages),
        provisions=sum(1 for _ in document.walk()),
        warnings=tuple(dict.fromkeys((*document.source.warnings, *document.warnings))),
        recognised=len(recognised),
        sureness=min(recognised, default=None),
    )


def _write(place: Path, page: str) -> None:
    """Writes the page whole or not at all."""
    unfinished = place.with_name(f"{place.name}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        # What UTF-8 cannot hold (half a surrogate pair) becomes a reference, which browsers show as U+FFFD.
        unfinished.write_bytes(page.encode("utf-8", "xmlcharrefreplace"))
        unfinished.replace(place)
    except OSError as error:
        raise UnreadableFile(
            f"Không ghi được trang đối chiếu {place.name} trên máy chủ ({reason(error)}); hãy báo người quản trị kiểm tra chỗ trống."
        ) from error
