"""What must hold of every document that was read, however broken its file."""

from __future__ import annotations

import json
import unicodedata

from sample_texts import assert_tiles

from policy_qa.document import Document, Provision, to_json
from policy_qa.retrieval.passages import embedding_text, passages


def assert_sound(document: Document) -> None:
    """The text is text; every span, page and line lies in it; the tree is a tree; passages can be stored."""
    source = document.source
    length = len(source.text)
    assert unicodedata.is_normalized("NFC", source.text)
    assert source.text.strip()
    for provision in document.provisions:
        _assert_nested(provision, 0, length)
    if document.metadata.text_kind == "official":
        assert_tiles(document)
    assert all(line.span.end <= length and 1 <= line.page <= len(source.pages) for line in source.lines)
    assert all(heading.span.end <= length for heading in source.headings)
    assert all(marginal.anchor is None or 0 <= marginal.anchor <= length for marginal in source.marginals)
    assert all(0 <= note.anchor <= length for note in document.notes)
    at = 0
    for number, page in enumerate(source.pages, 1):
        assert page.number == number and page.span.start == at
        at = page.span.end
    assert not source.pages or at == length
    cut = passages(document)
    assert len({passage.id for passage in cut}) == len(cut)
    assert all(passage.text == passage.span.of(source.text) for passage in cut)
    # Half a surrogate pair cannot be stored, and would cost the index all its other documents.
    stored = [
        *map(embedding_text, cut),
        document.key,
        *document.warnings,
        *source.warnings,
        *(n.text for n in document.notes),
    ]
    "\n".join(stored).encode("utf-8")
    json.dumps([to_json(document.metadata), to_json(source.metadata)], ensure_ascii=False).encode("utf-8")


def _assert_nested(provision: Provision, start: int, end: int) -> None:
    assert start <= provision.span.start < provision.span.end <= end
    at = provision.span.start
    for child in provision.children:
        _assert_nested(child, at, provision.span.end)
        at = child.span.end
