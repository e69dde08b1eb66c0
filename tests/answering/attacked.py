"""An index of the shipped digests beside what attackers sent in, and what must hold of all that is printed and shown of it."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pytest
from attacks import Attack
from lxml import html as markup

from policy_qa.answer import Answer
from policy_qa.answering.chain import Assistant
from policy_qa.reading.invisible import INVISIBLE
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.index import BuildReport, DocumentRecord, build_index, open_index

CORPUS = Path(__file__).parents[2] / "corpus"


@dataclass(frozen=True)
class Office:
    """An index of the shipped digests, with or without what attackers sent in; each question is asked once."""

    assistant: Assistant
    folder: Path
    report: BuildReport
    asked: dict[tuple[str, ...], Answer] = field(default_factory=dict)

    def ask(self, question: str, *within: str) -> Answer:
        """The answer, from these documents or from all."""
        if (question, *within) not in self.asked:
            self.asked[question, *within] = self.assistant.ask(question, within)
        return self.asked[question, *within]

    @cached_property
    def _records(self) -> dict[str, DocumentRecord]:
        return {record.file: record for record in self.assistant.index.documents()}

    def record(self, attack: Attack) -> DocumentRecord:
        """The attacker's document; skips where this system allows no such name."""
        path = self.folder / attack.file_name
        if not path.exists():
            pytest.skip("this system allows no such name of a file")
        return self._records[str(path.resolve())]


def office(base: Path, attacks: Sequence[Attack], encoder: Encoder) -> Office:
    """Writes the attackers' documents below `base` and indexes them; those that cannot be made here are left out."""
    folder = base / "nhận được"
    folder.mkdir()
    for attack in attacks:
        try:
            attack.write(folder)
        except OSError:  # no such name on this system, or no font to draw a PDF with
            continue
    report = build_index([folder] if attacks else [], base / "index", encoder, corpus=CORPUS)
    return Office(Assistant(open_index(base / "index", encoder), encoder), folder, report)


def names(attacks: Iterable[Attack]) -> list[str]:
    return [attack.name for attack in attacks]


def is_plain(printed: str) -> bool:
    """Whether a terminal obeys nothing in what was printed, and hides nothing."""
    kinds = {unicodedata.category(character) for character in printed.replace("\n", "")}
    return not kinds & {"Cc", "Cf", "Cs", "Zl", "Zp"}


TAGS = {"a", "article", "br", "button", "dd", "details", "div", "dl", "dt", "em", "h2", "h3", "li", "mark", "nav", "p", "section",
        "span", "strong", "summary", "ul"}  # fmt: skip
LINKS = {"data-fetch", "data-go", "href"}
ATTRIBUTES = LINKS | {
    "aria-controls", "aria-current", "aria-hidden", "aria-label", "aria-labelledby", "aria-level", "aria-pressed",
    "aria-selected", "class", "data-again", "data-back", "data-citation", "data-conversation", "data-copied", "data-copy",
    "data-done", "data-failed", "data-first", "data-return", "data-turn", "data-verdict", "data-view", "hidden", "id", "rel",
    "role", "tabindex", "target", "title", "type",
}  # fmt: skip
FORMULA = "=+-@\t\r"
"""With one of these a cell of a spreadsheet begins to calculate."""


def drawn(log: str) -> str:
    """What the page draws of the conversation that it is handed."""
    handed = markup.fragment_fromstring(log, create_parent=True)
    assert all(set(element.attrib) <= {"data-log", "data-html", "data-dropped"} for element in handed.iterdescendants())
    return "".join(element.get("data-html") or "" for element in handed.iterdescendants())


def is_our_own(shown: str) -> bool:
    """Whether every element of the page is one of our templates, and no word hides in it."""
    for element in markup.fragment_fromstring(shown, create_parent=True).iterdescendants():
        assert element.tag in TAGS
        assert set(element.attrib) <= ATTRIBUTES
        assert all(name.startswith("pq-") for name in (element.get("class") or "").split())
        assert all(element.get(name, "#").startswith(("#", "sources/")) for name in LINKS)
        assert not (element.get("data-copy") or " ").startswith(tuple(FORMULA))
    return not INVISIBLE.search(html.unescape(shown))
