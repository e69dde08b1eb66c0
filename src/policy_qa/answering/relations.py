"""Which documents carry out, guide, replace or amend another: told by the relations that their heads declare."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policy_qa.answering.asked import spoken, typed
from policy_qa.answering.declared import Changes
from policy_qa.answering.sentences import sentences
from policy_qa.citing.library import own_name
from policy_qa.document import Relation, Span
from policy_qa.reading.vietnamese import fold
from policy_qa.retrieval.index import DocumentRecord, Index, ProvisionRecord
from policy_qa.retrieval.query import Query

_WHICH = typed(
    r"\b(văn bản|nghị quyết|chương trình|hướng dẫn|tài liệu|document)s? (nào|số mấy|số nào)\b|\bwhich (document|resolution|guidance)|"
    r"\b(luật|bộ luật|pháp lệnh|nghị định|thông tư|quyết định|chỉ thị|kết luận) (nào|gì|số mấy|số nào)\b|\bwhich (law|decree|circular|decision)"
)
_OF_MANY_OFFICES = re.compile(r"(?:UBND|HĐND|[A-ZĐ]*[THĐX]U|BTG[A-ZĐ]*[TH]U|S[A-ZĐ]{2,8}|BQL\w*|\d.*)(?:\.\w+)?")
"""Codes that every province, district or office of a sort has."""
_PASSIVE = typed(r"\b(được|bị|do|bởi|is|was|been|by)\b")
_SUBJECT = typed(
    r"^\W*(?:(?:theo|vậy|thế|hỏi|cho biết|xin hỏi) )?(?:bộ luật|luật|pháp lệnh|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|kết luận|thông báo|"
    r"công văn|hướng dẫn|nđ|nq|qđ|tt|ct|kl|tb|cv|hd|đề án|văn bản)\b(?! (?:nào|gì|số mấy|số nào))"
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
    """The words by which documents say that they carry out (guide, replace…) another.

    "Văn bản nào thực hiện KL 57?" asks for the others, "KL 57 thực hiện văn bản nào?" for what the one named declares.
    """
    said = spoken(query.text)
    which = _WHICH.search(said)
    if len(query.named) != 1 or query.documents or which is None:
        return []
    target = index.document(query.named[0])
    verbs = {kind: match for kind, pattern in _KINDS.items() if (match := pattern.search(said))}
    if target is None or not verbs:
        return []
    if _is_agent(said, min(verb.start() for verb in verbs.values()), which.start()):
        return _declared(target, set(verbs), index)
    changes, found = Changes(index.documents()), []
    for record in index.documents():
        kinds = {r.kind for r in record.metadata.relations if r.kind in verbs and _means(r, record, target, changes)}
        names = _names(target.metadata.number, own_name(target.metadata))
        words = _words(record, names, kinds, index) if kinds else None
        if words:
            found.append(words)
    return found


def _is_agent(said: str, verb: int, which: int) -> bool:
    """Whether the document named does something to the one asked for: it stands before the verb, and that behind."""
    passive = _PASSIVE.search(said, 0, verb)
    return _SUBJECT.search(said, 0, verb) is not None and verb < which and passive is None


def _means(relation: Relation, record: DocumentRecord, target: DocumentRecord, changes: Changes) -> bool:
    """Whether a relation that `record` declares is to `target`, and can be to no other document of the index.

    Of numbers without a year those count, too, whose code names the one office that gives them ("57-KL/TW"), where the
    index has one such document: for a provincial office ("12/QĐ-UBND") that would be any province's.
    """
    meant = changes.find(relation, record.metadata)
    if meant is not None or relation.date is not None or relation.number is None:
        return meant is not None and meant.key == target.key
    code = relation.number.replace("-", "/").rpartition("/")[2]
    return (
        fold(relation.number) == fold(target.metadata.number or "")
        and _OF_MANY_OFFICES.fullmatch(code) is None
        and changes.count(relation.number) == 1
    )


def _declared(record: DocumentRecord, kinds: set[str], index: Index) -> list[tuple[ProvisionRecord, Span]]:
    """The words by which the document says what it does so to others, each once."""
    found = (
        _words(record, _names(relation.number, relation.name), {relation.kind}, index)
        for relation in record.metadata.relations
        if relation.kind in kinds
    )
    return list(dict.fromkeys(words for words in found if words))


def _names(number: str | None, name: str | None) -> list[str]:
    return [fold(said) for said in (number, name) if said]


def _words(
    record: DocumentRecord, names: Sequence[str], kinds: set[str], index: Index
) -> tuple[ProvisionRecord, Span] | None:
    """The first sentence of a document that names the other with a word of the relation; else the first that names it."""
    text = index.text(record.key)
    naming = [span for span in sentences(text, 0, len(text)) if any(name in fold(span.of(text)) for name in names)]
    telling = (span for span in naming if any(_KINDS[kind].search(spoken(span.of(text))) for kind in kinds))
    for span in (*telling, *naming):
        provision = index.provision_at(record.key, span)
        if provision is not None:
            return provision, span
    return None
