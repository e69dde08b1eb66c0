"""What an amending provision changes: which document, and which provision of it.

"Điều 1. Sửa đổi, bổ sung một số điều của Luật X" speaks of another document: there a bare "Điều 5", and whatever the quoted
new text says of itself ("Điều này", "Luật này"), is meant of Luật X.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from policy_qa.citing.chains import Chain
from policy_qa.citing.patterns import SPACE
from policy_qa.citing.quotations import Quotations
from policy_qa.citing.trees import Path
from policy_qa.document import Address, Document, Level, Provision
from policy_qa.structure.commands import COMMAND, THROUGH
from policy_qa.structure.mentions import Mention

DEPTH = {Level.DIEU: 0, Level.KHOAN: 1, Level.DIEM: 2, Level.GACH: 3, Level.DOAN: 3}

INSERTED = re.compile(
    rf"{SPACE}*(?:(?:vào{SPACE}+)?(?:ngay{SPACE}+)?(?:sau|trước|cuối|đầu)"
    rf"|(?:,|và){SPACE}+(?:bổ sung|sửa đổi,{SPACE}+bổ sung|sửa đổi|bãi bỏ|thay thế)){SPACE}+(?:các{SPACE}+|đoạn{SPACE}+\S+{SPACE}+)?",
    re.I,
)
"""Between two provisions of one command, of which the second may say what is larger: "khoản 2a vào sau khoản 2 Điều 5"."""
LONGEST_GAP = 60

_LISTED = re.compile(r"\s*(?:,|và|;|,\s*và)\s*(?:các\s+)?", re.I)


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a provision changes: `document` is None where the words do not tell one; so is `address`."""

    document: Mention | None
    address: Address | None = None


class Amendments:
    """The amendments that one document's provisions make; asked by the way down to a provision."""

    def __init__(
        self, document: Document, mentions: Sequence[Mention], runs: Sequence[Chain], quotations: Quotations
    ) -> None:
        self._text = document.source.text
        self._mentions, self._runs, self._quotations = mentions, runs, quotations
        self._mention_starts = [m.span.start for m in mentions]
        self._run_starts = [run.span.start for run in runs]
        self._default = self._of_title(document)
        self._known: dict[Address, Amendment | None] = {}

    def at(self, path: Path) -> Amendment | None:
        """The amendment that the provision at the end of `path` makes or takes part in; None for any other text."""
        if not path:
            return None
        address = path[-1].address
        if address not in self._known:
            self._known[address] = self._of(path[-1], self.at(path[:-1]))
        return self._known[address]

    def _of(self, provision: Provision, outer: Amendment | None) -> Amendment | None:
        command = next(iter(self._quotations.outside(provision.own_span)), None)
        if command is None:
            return outer
        address = self._changed(command.start, command.end, outer.address if outer else None)
        if not COMMAND.match(command.of(self._text)):
            return Amendment(outer.document, address) if outer else None
        document, ambiguous = self._amended(command.start, command.end)
        if document is None and not ambiguous:
            document = outer.document if outer else self._default
        return Amendment(document, address)

    def _amended(self, start: int, end: int) -> tuple[Mention | None, bool]:
        """The document that a command names, and whether it names several side by side."""
        first = bisect.bisect_left(self._mention_starts, start)
        last = bisect.bisect_left(self._mention_starts, end)
        named = [m for m in self._mentions[first:last] if not m.own]
        for i, mention in enumerate(named):
            if THROUGH.search(self._text, max(start, mention.span.start - 80), mention.span.start):
                continue
            following = named[i + 1] if i + 1 < len(named) else None
            listed = following and _LISTED.fullmatch(self._text, mention.span.end, following.span.start)
            return (None, True) if listed else (mention, False)
        return None, False

    def _changed(self, start: int, end: int, outer: Address | None) -> Address | None:
        at = bisect.bisect_left(self._run_starts, start)
        run = self._runs[at] if at < len(self._runs) and self._runs[at].span.end <= end else None
        if run is None or run.is_relative:
            return outer
        shared = _common(run.addresses)
        if not shared:
            return outer
        larger = self.larger(at)
        return completed(completed(shared, larger), outer)

    def larger(self, at: int, *, depth: int = 4) -> Address | None:
        """The larger steps that the place after run `at` says for both: "khoản 2a vào sau khoản 2 Điều 5"."""
        if not depth or at + 1 >= len(self._runs) or self._runs[at + 1].is_relative:
            return None
        gap = self._text[self._runs[at].span.end : self._runs[at + 1].span.start]
        if len(gap) > LONGEST_GAP or not INSERTED.fullmatch(gap):
            return None
        return completed(self._runs[at + 1].addresses[0], self.larger(at + 1, depth=depth - 1))

    def _of_title(self, document: Document) -> Mention | None:
        """The one document that the title says this one amends."""
        title = document.metadata.title or ""
        if not COMMAND.match(title):
            return None
        sections = [p for p in document.provisions if p.address.last.label == "thể thức"]
        end = sections[0].span.end if sections else 0
        found, _ = self._amended(0, end)
        return found


def completed(address: Address, outer: Address | None) -> Address:
    """`address` with the larger steps of `outer` that it leaves out: "khoản 2" of a command that changes Điều 5."""
    depth = DEPTH.get(address.steps[0].level) if address else None
    if not depth or outer is None:
        return address
    larger = [step for step in outer.steps if DEPTH.get(step.level, 9) < depth]
    return Address((*larger, *address.steps)) if larger else address


def _common(addresses: Sequence[Address]) -> Address:
    """The steps that all addresses share."""
    steps = addresses[0].steps if addresses else ()
    for address in addresses[1:]:
        shared = 0
        while shared < min(len(steps), len(address)) and steps[shared] == address.steps[shared]:
            shared += 1
        steps = steps[:shared]
    return Address(steps)
