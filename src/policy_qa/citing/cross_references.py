"""Every reference in a document's text, with the provision it stands in and the provision it leads to.

"khoản 2 Điều này", "Điều 5 Nghị định số 10/2020/NĐ-CP", "các khoản 1, 2 và 3": of a list every item is a reference. Where
a text quotes what another document shall say, "Điều này" and "Luật này" are that document's.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from policy_qa.citing.amendments import Amendment, Amendments, completed
from policy_qa.citing.chains import FORMAL, Chain, chains
from policy_qa.citing.library import Library, own_name
from policy_qa.citing.ownership import ISSUED, Owner, Ownership, line_of
from policy_qa.citing.patterns import FORM_PREFIX, SPACE
from policy_qa.citing.quotations import Quotations
from policy_qa.citing.resolution import KnownDocument
from policy_qa.citing.trees import Path, Tree
from policy_qa.document import Address, Document, Level, Span, Step
from policy_qa.reading.vietnamese import fold
from policy_qa.structure import grammar
from policy_qa.structure.mentions import Mention, mentions
from policy_qa.structure.shorthand import Shorthand


@dataclass(frozen=True, slots=True)
class CrossReference:
    """A reference: `span` covers the words that say it (of a list the whole), `within` is the provision they stand in.

    `document` is the key of the document meant; None where it is not known, with what is said of it in `number`, `date`,
    `kind` and `name`. `address` is the provision meant, from its document down; the empty address is the document as a whole,
    None a place that cannot be told. `exists` tells whether the document has that provision; None where its tree is
    not known. `quoted` marks words that are to become another document's.
    """

    span: Span
    within: Address
    document: str | None
    address: Address | None
    exists: bool | None = None
    number: str | None = None
    date: str | None = None
    kind: str | None = None
    name: str | None = None
    quoted: bool = False


def cross_references(document: Document, corpus: Iterable[KnownDocument] | Library = ()) -> list[CrossReference]:
    """All references in the text of `document`, in order.

    Args:
        document: a parsed document.
        corpus: the documents known beside it; of those that are `Document`s, places are looked up in their trees. A
            `Library` of them saves work where many documents are read.
    """
    library = corpus if isinstance(corpus, Library) else Library(corpus)
    return list(_Reader(document, library).read())


# --- patterns -----------------------------------------------------------------------------------------------------

_ANNEX: Final = re.compile(rf"(?P<word>(?<!\w)(?:các{SPACE}+)?phụ lục){SPACE}+(?:{ISSUED}|của{SPACE}+)$", re.I)
"""The only annex of a document, which bears no label: "Phụ lục ban hành kèm theo Nghị định này"."""

_THIS: Final = re.compile(
    rf"(?<!\w)(?:(?P<level>Điều|(?<!tài )khoản|Khoản|(?<!danh )(?<!hạng )(?<!chuyên )(?<!tiểu )[Mm]ục|[Cc]hương|Phần|[Pp]hụ lục|[Tt]iểu mục"
    rf"|(?<!thời )(?<!địa )(?<!quan )(?<!đặc )(?<!giao )(?<!ưu )(?<!trọng )điểm)){SPACE}+này(?!\w)"
)

_HEADING_AFTER: Final = re.compile(r"\s*[.:](?:\s+(?=\S)|$|\n)|[^\S\n]*(?:\n|$)|[^\S\n]*\|")
_HEADING_BEFORE: Final = re.compile(r"(?:^|\n)[^\S\n]*[“\"]?$")


# --- reading ------------------------------------------------------------------------------------------------------


class _Reader:
    """Reads one document; everything it needs to know of the text is worked out once."""

    def __init__(self, document: Document, library: Library) -> None:
        self.document, self.library = document, library
        self.text = document.source.text
        self.tree = Tree(document)
        name = own_name(document.metadata)
        found = mentions(self.text, [name] if name else [])
        shorthand = Shorthand(found)
        self.mentions = [shorthand.whole(m) for m in found]
        spans = [m.span for m in self.mentions]
        self.labels = {p.span.start: p for p in document.walk()}
        self.runs = [run for run in chains(self.text, spans, (), FORMAL) if run.believable and not self._is_label(run)]
        self.quotations = Quotations(document.source)
        self.amendments = Amendments(document, self.mentions, self.runs, self.quotations)
        self.trees: dict[str, Tree] = {document.key: self.tree}

    def read(self) -> Iterator[CrossReference]:
        found: list[CrossReference] = []
        owners, used = Ownership(self.text, self.tree, self.mentions, self.runs).all()
        for i, owner in enumerate(owners):
            found += self._places(i, owner)
        found += self._this()
        for index, mention in enumerate(self.mentions):
            if index not in used and (reference := self._whole(mention)):
                found.append(reference)
        return iter(sorted(map(_printed, found), key=lambda reference: reference.span))

    def _is_label(self, run: Chain) -> bool:
        """Whether the words are the label of a provision, of this document or in quoted text."""
        span = run.span
        if len(run.addresses) > 1 or len(run.addresses[0]) > 1 or run.is_relative:
            return False
        provision = self.labels.get(span.start)
        if provision is not None and provision.address.last.level is run.addresses[0].last.level:
            return True
        before = _HEADING_BEFORE.search(self.text, max(0, span.start - 8), span.start)
        return bool(before and _HEADING_AFTER.match(self.text, span.end))

    # --- where it leads -------------------------------------------------------------------------------------------

    def _places(self, i: int, owner: Owner) -> Iterator[CrossReference]:
        run = self.runs[i]
        path = self.tree.path_at(run.span)
        amendment = self.amendments.at(path)
        quoted = self.quotations.around(run.span.start) is not None and amendment is not None
        span = run.span
        if owner.joined and owner.mention is not None:
            span = Span(run.span.start, owner.mention.span.end)
        for address, relative in zip(run.addresses, run.relatives, strict=True):
            if relative is not None:
                yield self._relative(span, path, address, relative.removesuffix(" này"), amendment if quoted else None)
                continue
            told = completed(address, self.amendments.larger(i)) if amendment else address
            yield self._one(span, path, told, owner, amendment, quoted=quoted)

    def _one(
        self, span: Span, path: Path, address: Address, owner: Owner, amendment: Amendment | None, *, quoted: bool
    ) -> CrossReference:
        """The reference to one address that does not say "này"."""
        within = path[-1].address if path else Address()
        if not owner.known:
            return CrossReference(span, within, None, address, kind=owner.kind, quoted=quoted)
        mention = owner.mention
        if mention is None or mention.own:
            if amendment is not None and (mention is None or quoted):
                return self._amended(span, path, address, amendment, quoted=quoted)
            return self._own(span, path, address, mention)
        return self._other(span, within, address, mention, quoted=quoted, attached=owner.attached)

    def _own(self, span: Span, path: Path, address: Address, mention: Mention | None) -> CrossReference:
        within = path[-1].address if path else Address()
        key = self.document.key
        if mention is not None:
            found, wanted = self._of_this(path, address, mention.kind)
            return CrossReference(span, within, key, found or wanted, found is not None, kind=mention.kind)
        found = self.tree.seen_from(path, address)
        if found is not None:
            return CrossReference(span, within, key, found, True)
        first = address.steps[0].level
        base = self.tree.below(path, address.steps[0])
        if base is not None:
            return CrossReference(span, within, key, Address((*base.steps, *address.steps)), False)
        if first is Level.PHU_LUC:
            return CrossReference(span, within, key, address, False)
        return CrossReference(span, within, None, address)

    def _of_this(self, path: Path, address: Address, kind: str | None) -> tuple[Address | None, Address]:
        """Where "… Nghị định này" leads, and where it should: into an annex, if the kind is not the document's own."""
        annex = None if self._is_own_kind(kind) else self.tree.annex(path, kind)
        if annex is None:
            return self.tree.find(address), address
        wanted = Address((*annex.address.steps, *address.steps))
        return self.tree.find(wanted), wanted

    def _is_own_kind(self, kind: str | None) -> bool:
        """Whether "… này" with this kind means the document, not what is attached to it."""
        metadata = self.document.metadata
        own = metadata.kind
        if own == "Văn bản hợp nhất":
            own = next((k for k in grammar.KINDS if (metadata.title or "").startswith(k)), None)
        return kind is None or own is None or own.startswith(kind) or kind.startswith(own)

    def _relative(
        self, span: Span, path: Path, address: Address, level: str, amendment: Amendment | None
    ) -> CrossReference:
        """A place said by "khoản 2 Điều này": in this document, or in the one that the quoted words shall belong to."""
        within = path[-1].address if path else Address()
        if amendment is not None:
            place = self.quotations.place(span.start, amendment.address)
            steps = place.steps if place else ()
            at = next((i for i, step in enumerate(steps) if step.level == level), None)
            base = Address(steps[: at + 1]) if at is not None else None
            wanted = Address((*base.steps, *address.steps)) if base else None
            return self._amended(span, path, wanted, amendment, quoted=True)
        base = self.tree.around(path, Level(level))
        if base is None:
            return CrossReference(span, within, self.document.key, None)
        wanted = Address((*base.steps, *address.steps))
        found = self.tree.find(wanted)
        return CrossReference(span, within, self.document.key, found or wanted, found is not None)

    def _amended(
        self, span: Span, path: Path, address: Address | None, amendment: Amendment, *, quoted: bool
    ) -> CrossReference:
        """A place in the document that is amended."""
        within = path[-1].address if path else Address()
        place = self.quotations.place(span.start, amendment.address) if quoted else None
        if address is not None:
            # The command itself completes what the commands around it leave out, not what it names.
            outer = place if quoted else self._outer_command(path, span, amendment)
            address = completed(address, outer)
        if amendment.document is None:
            return CrossReference(span, within, None, address, quoted=quoted)
        return self._other(span, within, address, amendment.document, quoted=quoted)

    def _outer_command(self, path: Path, span: Span, amendment: Amendment) -> Address | None:
        outer = self.amendments.at(path[:-1])
        return outer.address if outer is not None else amendment.address

    def _other(
        self,
        span: Span,
        within: Address,
        address: Address | None,
        mention: Mention,
        *,
        quoted: bool = False,
        attached: bool = False,
    ) -> CrossReference:
        """A place in the document that `mention` names."""
        key, exists = self._key(mention), None
        tree = self._tree(key) if key else None
        if tree is not None and address is not None:
            found = tree.find(address) if address else address
            if attached and address and address.steps[0].level is not Level.PHU_LUC:
                inside = list(tree.within_annexes(address))
                found = inside[0] if len(inside) == 1 else found
            exists = found is not None
            address = found if found is not None else address
        return CrossReference(
            span, within, key, address, exists, mention.number, mention.date, mention.kind, mention.name, quoted
        )

    def _key(self, mention: Mention) -> str | None:
        metadata = self.document.metadata
        if mention.number is not None and metadata.number is not None and _same_number(mention.number, metadata.number):
            return self.document.key
        name = own_name(metadata)
        own_year = (metadata.date or "")[:4]
        called = mention.number is None and mention.name and name and fold(mention.name) == fold(name)
        if called and (mention.date is None or mention.date[:4] == own_year):
            return self.document.key
        known = self.library.find(mention)
        return known.key if known is not None else None

    def _tree(self, key: str) -> Tree | None:
        if key not in self.trees:
            document = self.library.document(key)
            if document is None:
                return None
            self.trees[key] = Tree(document)
        return self.trees[key]

    # --- without steps --------------------------------------------------------------------------------------------

    def _this(self) -> Iterator[CrossReference]:
        """References that say only "Điều này", "khoản này"."""
        ends = [run.span.end for run in self.runs]
        for match in _THIS.finditer(self.text):
            at = bisect.bisect_left(ends, match.end())
            if at < len(self.runs) and self.runs[at].span.start <= match.start():
                continue
            path = self.tree.path_at(Span(match.start(), match.end()))
            amendment = self.amendments.at(path) if self.quotations.around(match.start()) else None
            level = match["level"].lower()
            yield self._relative(Span(match.start(), match.end()), path, Address(), level, amendment)

    def _whole(self, mention: Mention) -> CrossReference | None:
        """The reference to a document as a whole; None where its number is only printed in the head."""
        span, text = mention.span, self.text
        path = self.tree.path_at(span)
        within = path[-1].address if path else Address()
        amendment = self.amendments.at(path)
        quoted = self.quotations.around(span.start) is not None and amendment is not None
        annex = _ANNEX.search(text, max(0, span.start - 60), span.start)
        if annex:
            span = Span(annex.start(), span.end)
        if not mention.own:
            key = self._key(mention)
            if key == self.document.key and self._is_printed_number(span, within):
                return None
            if annex:
                return self._unlabelled(span, within, mention, key, quoted=quoted)
            return self._other(span, within, Address(), mention, quoted=quoted)
        if text[mention.span.start].islower():
            return None
        if quoted and amendment is not None:
            if amendment.document is None:
                return CrossReference(span, within, None, None if annex else Address(), kind=mention.kind, quoted=True)
            if annex:
                return self._unlabelled(span, within, amendment.document, self._key(amendment.document), quoted=True)
            return self._other(span, within, Address(), amendment.document, quoted=True)
        if annex:
            return self._unlabelled(span, within, mention, self.document.key)
        found, wanted = self._of_this(path, Address(), mention.kind)
        return CrossReference(span, within, self.document.key, found or wanted, True, kind=mention.kind)

    def _is_printed_number(self, span: Span, within: Address) -> bool:
        """Whether the document's own number is only printed there: in its head, or on a line of its own."""
        if within.steps and within.steps[0].label == "thể thức":
            return True
        before = self.text[line_of(self.text, span).start : span.start]
        return re.fullmatch(r"\s*Số\s*:?\s*", before, re.I) is not None

    def _unlabelled(
        self, span: Span, within: Address, mention: Mention, key: str | None, *, quoted: bool = False
    ) -> CrossReference:
        """The annex without a label; which one is told only where there is one."""
        tree = self._tree(key) if key else None
        only = tree.annexes[0].address if tree and len(tree.annexes) == 1 else None
        exists = None if tree is None else only is not None
        return CrossReference(
            span, within, key, only, exists, mention.number, mention.date, mention.kind, mention.name, quoted
        )


def _printed(reference: CrossReference) -> CrossReference:
    """The reference with the label of a form as it is printed: `phụ lục=02` of "Mẫu số 02"."""
    address = reference.address
    if address is None or not any(step.label.startswith(FORM_PREFIX) for step in address.steps):
        return reference
    steps = (Step(step.level, step.label.removeprefix(FORM_PREFIX)) for step in address.steps)
    return replace(reference, address=Address(tuple(steps)))


def _same_number(one: str, other: str) -> bool:
    return fold(one).replace("–", "-") == fold(other).replace("–", "-")
