"""Official texts from where they are published: downloaded, checked, and put where they go before their digest.

Imported by the command that fetches and by nothing else: nothing here runs unless the user asks for it.
"""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from policy_qa.corpus import digest_files
from policy_qa.document import Document, Metadata
from policy_qa.errors import BadQuestion, FetchFailed, PolicyQAError
from policy_qa.fetching.download import Limits, Progress, Received, download, shown
from policy_qa.fetching.recognition import Load, recognise, suffix_of
from policy_qa.fetching.store import OfficialFolder, Record, file_name
from policy_qa.loading import Loader
from policy_qa.reading import read
from policy_qa.structure import parse
from policy_qa.structure.digest import official_addresses

__all__ = ["Fetched", "Limits", "digests", "fetch", "find"]

_GOVERNMENT = frozenset({"Chính phủ", "Thủ tướng Chính phủ"})


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one document; `why` is one Vietnamese sentence an address that was tried.

    stored: a new or changed file lies in the folder; unchanged: it lies there as it is published; no_address: its digest
    names none; failed: see `why`.
    """

    key: str
    status: Literal["stored", "unchanged", "no_address", "failed"]
    why: str
    address: str | None = None
    file: str | None = None
    sha256: str | None = None


def digests(corpus: Path) -> Iterator[Document | PolicyQAError]:
    """The digests of `corpus` by file name; an error in place of one that cannot be read."""
    for file in digest_files(corpus):
        try:
            document = parse(read(file))
        except PolicyQAError as error:
            yield error
            continue
        if document.metadata.text_kind == "digest":
            yield document


def find(known: Sequence[Document], number: str) -> Document:
    """The digest with this number, or number@date, in any case; BadQuestion where there is none, or more than one."""
    wanted = number.strip().casefold()
    found = [d for d in known if wanted in (d.key.casefold(), (d.metadata.number or "").casefold())]
    if len(found) == 1:
        return found[0]
    if found:
        keys = ", ".join(document.key for document in found)
        raise BadQuestion(f"Có {len(found)} bản tóm lược cùng số {number}: {keys}. Ghi rõ SỐ@NGÀY.")
    raise BadQuestion(
        f"Trong kho không có bản tóm lược của văn bản {number}; hãy kiểm tra lại số, ký hiệu, hoặc tải tệp bằng tay rồi "
        "chạy: policy-qa corpus add TỆP"
    )


def fetch(
    digest: Document,
    folder: Path,
    *,
    address: str | None = None,
    trusted: bool = False,
    limits: Limits | None = None,
    certificates: ssl.SSLContext | None = None,
    load: Load | None = None,
    progress: Progress | None = None,
) -> Fetched:
    """Brings the official text of the document that `digest` sums up into `folder`, the folder of official files.

    Args:
        digest: its number and date are what the fetched text must bear; its front matter names the addresses to try.
        folder: made where it is missing.
        address: tried in place of those.
        trusted: whether http and addresses in the office's own network are all right; see `download`.
        limits: how large and how slow a download may be.
        certificates: the authorities to trust; default: the system's and certifi's.
        load: how a file is read and parsed; default: within limits, in a process of its own.
        progress: told (bytes so far, bytes in all).

    Returns:
        What became of it; nothing that the network, the server or the file does is raised.
    """
    addresses = (address,) if address else official_addresses(digest.source)
    if not addresses:
        return Fetched(digest.key, "no_address", _without_address(digest.metadata))
    failures: list[str] = []
    for tried in addresses:
        try:
            official = OfficialFolder(folder)
            with official.workplace() as workplace:
                raw = workplace / "download"
                known = _known(official.record(digest.key))
                received = download(
                    tried,
                    raw,
                    trusted=trusted,
                    known=known,
                    limits=limits,
                    certificates=certificates,
                    progress=progress,
                )
                return _keep(official, digest.key, raw, received, load or _load)
        except FetchFailed as error:
            failures.append(str(error))
        except OSError as error:
            failures.append(
                f"Không ghi được văn bản {digest.key} vào {folder} ({error.strerror or error}); "
                "hãy kiểm tra quyền ghi và chỗ trống rồi chạy lại."
            )
    return Fetched(digest.key, "failed", f"{digest.key}: {' | '.join(failures)}", addresses[-1])


def _keep(official: OfficialFolder, key: str, raw: Path, received: Received | None, load: Load) -> Fetched:
    """Checks what was received and puts it into its place."""
    record = official.record(key)
    stored = False
    if received is not None:
        suffix = suffix_of(raw, received.address)
        # Under its name to be, because readers go by suffixes and their sentences name the file.
        file = raw.rename(raw.with_name(file_name(key, suffix)))
        recognise(file, key, received.address, load)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        record = Record(file.name, received.address, now, received.sha256, received.etag, received.modified)
        stored = official.keep(file, key, record)
    if record is None:
        raise FetchFailed(f"Tệp đã tải của văn bản {key} vừa bị xoá hoặc sửa; hãy chạy lại.")
    place = str(official.folder / record.file)
    if stored:
        return Fetched(
            key, "stored", f"Đã tải {key} từ {shown(record.url)} vào {place}.", record.url, place, record.sha256
        )
    why = f"Văn bản {key} không đổi so với lần tải trước ({place})."
    return Fetched(key, "unchanged", why, record.url, place, record.sha256)


def _known(record: Record | None) -> Received | None:
    if record is None:
        return None
    return Received(record.url, record.sha256, 0, record.etag, record.modified)


def _load(file: Path) -> Document:
    with Loader() as loader:
        return loader.load(file)


def _without_address(metadata: Metadata) -> str:
    lacking = f"Bản tóm lược của {metadata.number} chưa ghi địa chỉ chính thức nào"
    if metadata.issuer in _GOVERNMENT:
        ask = "hãy tìm theo số, ký hiệu ở trang văn bản của Chính phủ (vanban.chinhphu.vn) hoặc xin bản chính"
    else:
        ask = (
            f"hãy xin bản chính ở cơ quan ban hành ({metadata.issuer}) hoặc tìm theo số, ký hiệu ở trang của cơ quan đó"
        )
    return f"{lacking}; {ask}, rồi chạy: policy-qa corpus add TỆP"
