"""Which documents carry out, guide, replace or amend another: told by the relations that their heads declare."""

from __future__ import annotations

from policy_qa.answering.asked import spoken, typed
from policy_qa.answering.sentences import sentences
from policy_qa.citing.library import own_name
from policy_qa.citing.naming import year_of
from policy_qa.document import Metadata, Relation, Span
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord
from policy_qa.retrieval.query import Query

_WHICH = typed(
    r"\b(văn bản|nghị quyết|chương trình|hướng dẫn|tài liệu|document)s? (nào|số mấy|số nào)\b|\bwhich (document|resolution|guidance)"
)
_KINDS = {
    "thực hiện": typed(r"\b(thực hiện|triển khai|cụ thể hoá|thi hành|implement\w*|carr(y|ies) out)\b"),
    "hướng dẫn": typed(r"\b(hướng dẫn|guid(e|es|ance))\b"),
    "thay thế": typed(r"\b(thay thế|thay cho|replac\w+)\b"),
    "sửa đổi": typed(r"\b(sửa đổi|bổ sung|amend\w*)\b"),
    "bãi bỏ": typed(r"\b(bãi bỏ|huỷ bỏ|repeal\w*)\b"),
    "đính chính": typed(r"\b(đính chính|correct\w*)\b"),
    "tiếp tục": typed(r"\b(tiếp tục|kế thừa|continu\w+)\b"),
}


def related(query: Query, index: Index) -> list[tuple[ProvisionRecord, Span]]:
    """The words by which other documents say that they carry out (guide, replace…) the one document named."""
    said = spoken(query.text)
    if len(query.named) != 1 or query.documents or not _WHICH.search(said):
        return []
    target = index.document(query.named[0])
    kinds = {kind for kind, pattern in _KINDS.items() if pattern.search(said)}
    if target is None or not kinds:
        return []
    found = []
    for record in index.documents():
        declared = {r.kind for r in record.metadata.relations if r.kind in kinds and _means(r, target.metadata)}
        words = _words(record, target, declared, index) if declared else None
        if words:
            found.append(words)
    return found


def _means(relation: Relation, target: Metadata) -> bool:
    """Whether a relation is to this document: by number, or to a law by its name; dates must agree as far as said."""
    if relation.date and target.date and not target.date.startswith(relation.date):
        named_year = relation.number is None and relation.date == year_of(target)
        if not named_year:
            return False
    if relation.number is not None:
        return relation.number == target.number
    return relation.name is not None and fold(relation.name) == fold(own_name(target) or "")


def _words(
    record: DocumentRecord, target: DocumentRecord, kinds: set[str], index: Index
) -> tuple[ProvisionRecord, Span] | None:
    """The first sentence of a document that names the other with a word of the relation; else the first that names it."""
    names = [fold(name) for name in (target.metadata.number, own_name(target.metadata)) if name]
    text = index.text(record.key)
    naming = [span for span in sentences(text, 0, len(text)) if any(name in fold(span.of(text)) for name in names)]
    telling = (span for span in naming if any(_KINDS[kind].search(spoken(span.of(text))) for kind in kinds))
    for span in (*telling, *naming):
        provision = index.provision_at(record.key, span)
        if provision is not None:
            return provision, span
    return None
