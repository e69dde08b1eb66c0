"""Which documents carry out, guide, replace or amend another: told by the relations that their heads declare."""

from __future__ import annotations

from policy_qa.answering.asked import spoken, typed
from policy_qa.answering.sentences import sentences
from policy_qa.document import Span
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
        declared = [r for r in record.metadata.relations if r.kind in kinds and r.number == target.metadata.number]
        words = _words(record, target, index) if declared else None
        if words:
            found.append(words)
    return found


def _words(record: DocumentRecord, target: DocumentRecord, index: Index) -> tuple[ProvisionRecord, Span] | None:
    """The first sentence of a document that names the other."""
    number = fold(target.metadata.number or "")
    text = index.text(record.key)
    for span in sentences(text, 0, len(text)):
        if number in fold(span.of(text)):
            provision = index.provision_at(record.key, span)
            if provision is not None:
                return provision, span
    return None
