"""Invented documents that keepers hand in, and holdings over a small index."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from policy_qa.document import to_json
from policy_qa.office.apart import Progress
from policy_qa.office.building import Order, build
from policy_qa.office.database import Database
from policy_qa.office.examination import Examination, Found, examine
from policy_qa.office.holdings import Holdings
from policy_qa.office.uploads import Upload
from policy_qa.retrieval.build import BuildReport
from policy_qa.stored import from_json


def decision(
    number: int = 7, words: str = "Bến thuyền mở cửa từ 5 giờ sáng.", date: str = "09 tháng 6 năm 2031"
) -> str:
    """An official decision with two điều."""
    return f"""ỦY BAN NHÂN DÂN
TỈNH AN HẢI
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}/QĐ-UBND
An Hải, ngày {date}
QUYẾT ĐỊNH
Về việc quản lý bến thuyền số {number}
Điều 1. Giờ mở cửa
{words}
Điều 2. Thu phí
Mỗi thuyền nộp 20.000 đồng một ngày.
"""


DIGEST = """---
number: 7/QĐ-UBND
kind: Quyết định
issuer: Ủy ban nhân dân tỉnh An Hải
date: "2031-06-09"
title: về việc quản lý bến thuyền số 7
text_kind: digest
gaps: []
---

# Điều 1. Giờ mở cửa

Bản tóm lược viết rằng bến mở từ sáng sớm.
"""


def office(
    home: Path,
    changed: Callable[[], None] = lambda: None,
    build: Callable[[Order, Progress], BuildReport] | None = None,
    *,
    apart: bool = False,
) -> Holdings:
    """Holdings of an office at `home`, whose digests lie in `corpus`; there is no index yet. `apart` as a server works."""
    (home / "corpus").mkdir(parents=True, exist_ok=True)
    places = [str(home / name) for name in ("index", "corpus", "data", "cache")]
    order, official = Order(*places), home / "official"
    if apart:
        return Holdings(Database(home / "data"), order, official, changed=changed)
    return Holdings(
        Database(home / "data"), order, official, changed=changed, build=build or built_here, examine=examined_here
    )


def built_here(order: Order, progress: Progress) -> BuildReport:
    """Builds in this process, which saves the start of another."""
    return from_json(BuildReport, build(to_json(order), progress))


def examined_here(order: Examination, progress: Progress) -> Found:
    """Reads in this process."""
    return from_json(Found, examine(to_json(order), progress))


def hand_in(holdings: Holdings, name: str, content: str | bytes, user: str = "lan") -> Upload:
    """Hands a file in and waits until it is read."""
    with holdings.receive(user, name) as incoming:
        incoming.write(content.encode() if isinstance(content, str) else content)
        upload = holdings.received(incoming)
    wait(holdings)
    found = holdings.uploads.get(upload.id)
    assert found is not None
    return found


def wait(holdings: Holdings, seconds: float = 60) -> None:
    """Waits until nothing is being done."""
    deadline, pause = time.monotonic() + seconds, threading.Event()
    while holdings.busy:
        assert time.monotonic() < deadline, "still at work"
        pause.wait(0.01)


def indexed(holdings: Holdings) -> dict[str, str]:
    """The documents of the index: key → file name."""
    manifest = holdings.manifest()
    return {e.key or "": Path(e.path).name for e in manifest.files if e.indexed} if manifest else {}
