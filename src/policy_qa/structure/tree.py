"""The tree while it is being built, and how it becomes provisions with addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from policy_qa.document import Address, Level, Provision, Span, Step
from policy_qa.structure import grammar

HEADING_LIMIT = 160
"""A titled khoản or mục is one short line; longer lines are text (code points)."""


class Rank(IntEnum):
    """How far out a node stands; a new node closes all open nodes of its own or an inner rank."""

    SCOPE = 0
    PART = 10
    CHAPTER = 20
    SECTION = 30
    SUBSECTION = 40
    ARTICLE = 50
    LETTER_PART = 55
    ROMAN = 60
    HEADING = 65
    CLAUSE = 70
    DECIMAL = 75  # one more for each further number of the label
    INNER_HEADING = 84
    POINT = 85
    DASH = 90


@dataclass(slots=True)
class Node:
    """A provision under construction; `step` is None for the main body, which is no provision itself."""

    step: Step | None
    rank: int
    start: int
    end: int
    title: str = ""
    depth: int | None = None
    mark: str = ""
    has_text: bool = False
    children: list[Node] = field(default_factory=list)
    last: dict[str, int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)
    reported: bool = False

    def add(self, child: Node) -> None:
        """Appends a child; numbering may run on from the sibling before it."""
        if self.children:
            child.before = self.children[-1].last
        self.children.append(child)

    @property
    def heading(self) -> str | None:
        """The title, where it is one: without the end of a sentence, and with something below it."""
        if not self.title or self.step is None or grammar.CELL.strip() in self.title:
            return None  # a row of a table has no heading
        if self.rank in (
            Rank.HEADING,
            Rank.INNER_HEADING,
            Rank.PART,
            Rank.CHAPTER,
            Rank.SECTION,
            Rank.SUBSECTION,
            Rank.SCOPE,
        ):
            return self.title
        has_more = bool(self.children) or self.has_text
        is_short = len(self.title) <= HEADING_LIMIT or self.rank == Rank.ARTICLE
        return self.title if has_more and is_short and self.title[-1] not in grammar.CONTINUES else None


class Freezer:
    """Turns nodes into provisions; two nodes of one label get addresses of their own."""

    def __init__(self) -> None:
        self.repeated: list[Address] = []
        self._taken: dict[Address, int] = {}

    def freeze(self, node: Node, parent: Address, scope: Address) -> Provision:
        """The provision of `node` below `parent`; a điều stands directly below its scope (the document or an annex)."""
        step = node.step
        if step is None:
            raise ValueError("the main body is no provision")
        address = self._free((scope if step.level is Level.DIEU else parent), step)
        inner = address if node.rank == Rank.SCOPE else scope
        children = tuple(self.freeze(child, address, inner) for child in node.children)
        end = max([node.end, *(child.span.end for child in children)])
        return Provision(address, Span(node.start, end), node.heading, children, node.reported)

    def _free(self, parent: Address, step: Step) -> Address:
        wanted = address = parent / step
        while address in self._taken:
            self._taken[wanted] += 1
            address = parent / Step(step.level, f"{step.label} (lần {self._taken[wanted]})")
        if address != wanted:
            self.repeated.append(wanted)
        self._taken[address] = 1
        return address

    @property
    def warnings(self) -> list[str]:
        """One sentence for each label that is printed more than once; unnumbered headings may repeat."""
        labels = [address.last for address in self.repeated if address.last.level is not Level.DE_MUC]
        return [f"Nhãn “{step.level} {step.label}” lặp lại trong cùng một phần; vẫn giữ cả hai." for step in labels]
