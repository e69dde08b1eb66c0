"""A small index of an official text and a digest, invented words throughout, and answers over it."""

from __future__ import annotations

from pathlib import Path

from policy_qa.answer import Answer, Citation, Statement
from policy_qa.answering.citations import citation
from policy_qa.document import Address, Span
from policy_qa.retrieval.index import Index

OFFICIAL = """QUỐC HỘI
Số: 12/2031/QH19
LUẬT
Vườn ươm

Điều 1. Phạm vi điều chỉnh
Luật này quy định việc ươm cây <b>giống</b> & chăm cây.

Điều 2. Trách nhiệm
1. Chủ vườn tưới cây mỗi ngày một lần.
2. Chủ vườn ghi sổ theo mẫu ${1+1} {{7*7}}.
"""

DIGEST = """---
number: 9/QĐ-VU
kind: Quyết định
issuer: Ban Vườn ươm
date: "2031-05-04"
title: phê duyệt Kế hoạch trồng cây
text_kind: digest
---
# Điều 1. Kế hoạch
Kế hoạch trồng một nghìn cây trong năm 2032.
## Mục I. Quan điểm
Cây là bạn của người.
# Theo báo chí và hồ sơ tra cứu
Kế hoạch được công bố ở buổi lễ ngày 5 tháng 5.
"""


def write_corpus(folder: Path) -> list[Path]:
    """Writes both files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / "vuon-uom.txt", folder / "ke-hoach.md"]
    for file, text in zip(files, (OFFICIAL, DIGEST), strict=True):
        file.write_text(text, encoding="utf-8")
    return files


def cite(index: Index, number: str, address: str, words: str, citation_id: str = "1") -> Citation:
    """The citation of `words` at `address` of the document whose key contains `number`."""
    key = next(record.key for record in index.documents() if number in record.key)
    provision = index.provision(key, Address.parse(address))
    assert provision, f"{number} {address}"
    start = index.text(key).index(words, provision.span.start)
    return citation(index, provision, Span(start, start + len(words)), citation_id)


def answer_of(*citations: Citation, question: str = "Hỏi gì?") -> Answer:
    """An answer with one statement a citation."""
    statements = tuple(Statement(c.quote, (c.id,)) for c in citations)
    return Answer(question, "answered", statements=statements, citations=citations)
