"""From a source text to a document: head, zones, and one tree for the body and each annex."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from policy_qa.document import Address, Document, Level, Note, SourceText, Span, Step
from policy_qa.structure import grammar
from policy_qa.structure.annexes import annex_title_end
from policy_qa.structure.body import ScopeParser
from policy_qa.structure.correcting import Corrections
from policy_qa.structure.digest import parse_digest
from policy_qa.structure.header import recognise_in
from policy_qa.structure.paragraphs import Paragraph, paragraphs
from policy_qa.structure.parts import Zone, divide
from policy_qa.structure.tree import Freezer, Node, Rank


def parse(source: SourceText, given: Corrections | None = None) -> Document:
    """Reads the structure of a text: our own digests by their headings, all else by the state and Party grammars.

    What is `given` of an official text stands in the place of what its head was read to say.
    The roots of the tree cover the text from its first paragraph to its last. What is odd in the numbering is kept
    and told in `warnings`, one Vietnamese sentence each. Raises `BadCorpus` for a digest whose front matter or
    headings are wrong; an official text of any shape is never refused.
    """
    if source.metadata.get("text_kind") == "digest":
        return parse_digest(source)
    found, warnings = paragraphs(source)
    zones = divide(found)
    head = recognise_in(source, found, zones, given)
    roots: list[Node] = []
    pending: list[Paragraph] = []  # opening paragraphs whose end is not known before the body is read
    annexes = 0
    for zone in zones:
        inside = found[zone.first : zone.last]
        if zone.label == "mở đầu":
            pending += inside
            continue
        body: list[Node] = []
        if zone.label == "thân":
            root, parser = _scope(found, zone, None, zone.first)
            orphans = len(inside) if parser.first_node is None else parser.first_node - zone.first
            pending += inside[:orphans]
            body, warnings = root.children, warnings + parser.warnings
        elif zone.label == "phụ lục":
            annexes += 1
            root, defects = _annex(found, zone, annexes)
            body, warnings = [root], warnings + defects
        else:
            body = [Node(Step(Level.DE_MUC, zone.label), Rank.HEADING, inside[0].start, inside[-1].end)]
        roots += [*_opening(pending, has_head=head.end > 0), *body]
        pending = []
    roots += _opening(pending, has_head=head.end > 0)
    freezer = Freezer()
    provisions = tuple(freezer.freeze(node, Address(), Address()) for node in roots)
    document = Document(
        head.metadata, source, provisions, (*source.warnings, *head.warnings, *warnings, *freezer.warnings)
    )
    return dataclasses.replace(document, notes=_notes(document))


def _notes(document: Document) -> tuple[Note, ...]:
    """The footnotes whose mark was found, each with the innermost provision whose words bear it."""
    notes = []
    for marginal in document.source.marginals:
        if marginal.kind != "footnote" or marginal.anchor is None or marginal.mark is None:
            continue
        # A mark stands behind the word it belongs to; at the start of a line there is none.
        at = marginal.anchor
        if document.source.text[at - 1 : at].strip():
            at -= 1
        provision = document.provision_at(Span(at, at + 1))
        address = provision.address if provision else Address()
        notes.append(Note(marginal.mark, marginal.text, marginal.anchor, address, marginal.page))
    return tuple(sorted(notes, key=lambda note: note.anchor))


def _opening(found: Sequence[Paragraph], *, has_head: bool) -> list[Node]:
    """`mở đầu`, with its paragraphs as đoạn where there are several; without a head (a news report) the đoạn alone."""
    if not found:
        return []
    numbered = [Node(Step(Level.DOAN, str(n)), Rank.DASH, p.start, p.end) for n, p in enumerate(found, start=1)]
    if not has_head:
        return numbered
    node = Node(Step(Level.DE_MUC, "mở đầu"), Rank.HEADING, found[0].start, found[-1].end)
    node.children = numbered if len(found) > 1 else []
    return [node]


def _scope(found: Sequence[Paragraph], zone: Zone, step: Step | None, first: int) -> tuple[Node, ScopeParser]:
    start = found[zone.first]
    root = Node(step, Rank.SCOPE, start.start, found[max(first - 1, zone.first)].end)
    parser = ScopeParser(found, first, zone.last, root)
    parser.parse()
    return root, parser


def _annex(found: Sequence[Paragraph], zone: Zone, position: int) -> tuple[Node, list[str]]:
    first = found[zone.first].text
    match = grammar.ANNEX.match(first) or grammar.FORM.match(first)
    label = match["label"] if match and match["label"] else str(position)
    title_end = min(annex_title_end(found, zone.first), zone.last)
    root, parser = _scope(found, zone, Step(Level.PHU_LUC, label), title_end)
    lines = [match["title"] if match else first, *(p.text for p in found[zone.first + 1 : title_end])]
    root.title = " ".join(filter(_is_title, lines))[:300].strip()
    return root, parser.warnings


def _is_title(text: str) -> bool:
    """Whether a line at the top of an annex is its title, not a reference in brackets or the head of a form."""
    outside = (grammar.RULE_LINE, grammar.ISSUED_WITH, grammar.STATE_MOTTO)
    return bool(text) and text[0] != "(" and ".." not in text and not any(p.search(text) for p in outside)
