"""What the tabs of the web app share: who answers, what the office keeps, and where its files lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from policy_qa.answering.models import ChatModel
from policy_qa.office.audit import Audit
from policy_qa.office.database import Database
from policy_qa.web.access.rules import Access
from policy_qa.web.desk import Desk
from policy_qa.web.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Folders:
    """Where things lie: the index, the digests, the office's official files, what can be made again, the office's data."""

    index: Path
    corpus: Path
    official: Path
    cache: Path
    data: Path


@dataclass(frozen=True, slots=True)
class Services:
    """Handed to every tab. `encoder` names the encoder of the index (None: the one shipped)."""

    desk: Desk
    database: Database
    folders: Folders
    audit: Audit
    access: Access
    metrics: Metrics
    encoder: str | None = None
    model: ChatModel | None = None
