"""Where an address leads in the tree of a document: as written, seen from a provision, in the body or an annex."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from policy_qa.citing.address import readings
from policy_qa.citing.patterns import FORM_PREFIX
from policy_qa.document import Address, Document, Level, Provision, Span, Step

Path = tuple[Provision, ...]
"""Provisions from a root of the tree down to one of them."""

_ANNEX_LABEL = re.compile(
    r"(?:(?P<form>mẫu(?:\s+biểu)?)|phụ\s+lục)\s+(?:số\s*:?\s*)?(?P<label>[\w.-]*\d[\w.-]*|[ivxlc]+\b|[a-zđ]\b)"
)
_ANNEX_WORD = re.compile(r"mẫu\b|phụ\s+lục\b")
_OPEN_AT = {
    Level.KHOAN: (Level.DIEU, Level.MUC, Level.TIEU_MUC),
    Level.DIEM: (Level.KHOAN, Level.MUC, Level.DIEU, Level.DIEM),
    Level.GACH: (Level.DIEM, Level.KHOAN, Level.DIEU, Level.MUC),
    Level.DOAN: (Level.DIEM, Level.KHOAN, Level.DIEU, Level.MUC),
}
"""Below which levels a provision of a level stands, the likeliest first."""


class Tree:
    """The provisions of one document by address, and the way down to each."""

    def __init__(self, document: Document) -> None:
        self._text = document.source.text
        self._roots = document.provisions
        self._paths: dict[Address, Path] = {}
        self._loose: dict[str, Address] = {}
        for root in document.provisions:
            self._enter(root, ())
        self.annexes = [root for root in document.provisions if root.address.last.level is Level.PHU_LUC]

    def _enter(self, root: Provision, above: Path) -> None:
        stack: list[tuple[Provision, Path]] = [(root, above)]
        while stack:
            provision, path = stack.pop()
            below = (*path, provision)
            self._paths.setdefault(provision.address, below)
            self._loose.setdefault(_loose(provision.address), provision.address)
            stack += [(child, below) for child in reversed(provision.children)]

    def path_at(self, span: Span) -> Path:
        """The provisions in which `span` stands, outermost first."""
        path: list[Provision] = []
        level: Sequence[Provision] = self._roots
        while True:
            at = bisect.bisect_right(level, span.start, key=_start) - 1
            if at < 0 or span not in level[at].span:
                return tuple(path)
            path.append(level[at])
            level = level[at].children

    def find(self, address: Address) -> Address | None:
        """The provision that `address` means, whatever its writer called the levels; None where there is none."""
        annexed = next((i for i, step in enumerate(address.steps) if step.level is Level.PHU_LUC), None)
        form = annexed is not None and address.steps[annexed].label.startswith(FORM_PREFIX)
        if form and annexed is not None:
            step = Step(Level.PHU_LUC, address.steps[annexed].label.removeprefix(FORM_PREFIX))
            address = Address((*address.steps[:annexed], step, *address.steps[annexed + 1 :]))
        for reading in readings(address):
            found = reading if reading in self._paths else self._loose.get(_loose(reading))
            if found is not None and (annexed is None or self._is_printed(found, annexed, form=form)):
                return found
        return None

    def _is_printed(self, address: Address, at: int, *, form: bool) -> bool:
        """Whether an annex bears the label of its address on its first line: its position is no label, and forms have their own."""
        top = self._paths.get(Address(address.steps[: at + 1]))
        printed = _ANNEX_LABEL.match(self._title(top[-1])) if top else None
        if printed is None:
            return not form and top is not None and not _ANNEX_WORD.match(self._title(top[-1]))
        label = address.steps[at].label.casefold()
        return bool(printed["form"]) == form and printed["label"].lstrip("0").startswith(label.lstrip("0"))

    def seen_from(self, path: Path, address: Address) -> Address | None:
        """Where `address`, written in the provision at the end of `path` without a document, leads; None if unknown.

        A khoản or điểm belongs to the provision around it, a điều to the annex around it, else to the document.
        """
        for outer in reversed(path):
            found = self.find(Address((*outer.address.steps, *address.steps)))
            if found is not None and not _is_clause(found, address.steps[0]):
                return found
        return self.find(address)

    def below(self, path: Path, step: Step) -> Address | None:
        """The address that a step must have, seen from the end of `path`, when there is no such provision."""
        for level in _OPEN_AT.get(step.level, ()):
            for outer in reversed(path):
                if outer.address.last.level is level:
                    return outer.address
        return None

    def around(self, path: Path, level: Level) -> Address | None:
        """The provision of `level` around the end of `path`: what "Mục này" means."""
        return next((p.address for p in reversed(path) if p.address.last.level is level), None)

    def annex(self, path: Path, kind: str | None = None) -> Provision | None:
        """The annex around the end of `path`; else the only one, or the only one that begins with the word `kind`."""
        if path and path[0].address.last.level is Level.PHU_LUC:
            return path[0]
        named = [a for a in self.annexes if kind is None or self._title(a).startswith(kind.casefold())]
        return named[0] if len(named) == 1 else None

    def within_annexes(self, address: Address) -> Iterator[Address]:
        """Where `address` leads inside each annex that has it."""
        for annex in self.annexes:
            found = self.find(Address((*annex.address.steps, *address.steps)))
            if found is not None:
                yield found

    def _title(self, provision: Provision) -> str:
        return self._text[provision.span.start : provision.span.start + 80].casefold()


def _is_clause(found: Address, step: Step) -> bool:
    """Whether "Mục 3" was read as khoản 3 of the điều around it: plans call their khoản so, texts with điều do not."""
    levels = [known.level for known in found.steps]
    return step.level is Level.MUC and Level.DIEU in levels and Level.MUC not in levels


def _start(provision: Provision) -> int:
    return provision.span.start


def _loose(address: Address) -> str:
    """An address for comparing: "thứ nhất" as "nhất", "Phụ lục 01" as "Phụ lục 1"."""
    parts = []
    for step in address.steps:
        label = step.label.casefold().removeprefix("thứ ")
        parts.append(f"{step.level}={label.lstrip('0') or label}")
    return ";".join(parts)
