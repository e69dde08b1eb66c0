"""An office for tests of the web app: everything it keeps lies in one folder of the test."""

from __future__ import annotations

from pathlib import Path

from policy_qa.answering.chain import Assistant
from policy_qa.answering.models import ChatModel
from policy_qa.office.audit import Audit
from policy_qa.office.database import Database
from policy_qa.web.access.rules import THIS_MACHINE, Access, Rules
from policy_qa.web.desk import Desk
from policy_qa.web.metrics import Measured, Metrics
from policy_qa.web.services import Folders, Services

CORPUS = Path(__file__).parents[1] / "corpus"


def folders(home: Path, index: Path, corpus: Path = CORPUS) -> Folders:
    """The folders of an office at `home` with the index at `index`."""
    return Folders(index, corpus, home / "official", home / "cache", home / "data")


RULES = Rules(hosts=THIS_MACHINE | {"testserver"})
"""As a server has them that only this machine reaches; Starlette's test client calls it "testserver"."""


def services(
    home: Path, index: Path, assistant: Assistant | None = None, model: ChatModel | None = None, rules: Rules = RULES
) -> Services:
    """What the tabs share, over the index at `index`, opened now, or over an assistant that is open."""
    places = folders(home, index)
    database, metrics = Database(places.data), Metrics()
    desk = Desk(lambda: Measured(assistant or Assistant.open(index, model=model), metrics))
    return Services(
        desk, database, places, Audit(places.data), Access(database, rules), metrics, model=model
    )  # fmt: skip
