import json

import pytest

from policy_qa.document import Gap, Metadata, Relation, to_json
from policy_qa.retrieval.records import Value, read_document

WHOLE = Metadata(
    number="8/2021/NĐ-CP",
    date="2021-02-03",
    kind="Nghị định",
    issuer="Chính phủ",
    title="Về hoa",
    signer="Trần Văn Hoa",
    nicknames=("nghị định hoa",),
    relations=(
        Relation("căn cứ", "12/2019/QH14", "2019-06-14", "Luật Hoa cỏ"),
        Relation("hướng dẫn", None, None, "Luật Hoa cỏ"),
    ),
    gaps=(Gap("kinh phí", ("tiền",)),),
    sources=("https://example.org/8",),
    confidence={"number": 0.99, "date": 0.7},
)


@pytest.mark.parametrize("metadata", [WHOLE, Metadata()])
def test_what_the_head_says_survives_the_store(metadata: Metadata) -> None:
    plain = json.dumps(to_json(metadata), ensure_ascii=False)
    row: tuple[Value, ...] = ("k", plain, "a.txt", "0" * 64, "text", 1, 2, 3, '["Một cảnh báo."]')
    record = read_document(row)
    assert record.metadata == metadata
    assert (record.pages, record.provisions, record.passages, record.warnings) == (1, 2, 3, ("Một cảnh báo.",))


def test_a_store_without_confidence_can_be_read() -> None:
    plain = to_json(WHOLE)
    assert isinstance(plain, dict)
    old = {name: value for name, value in plain.items() if name != "confidence"}
    record = read_document(("k", json.dumps(old), "a.txt", "0" * 64, "text", 1, 2, 3, "[]"))
    assert record.metadata.confidence == {}
    assert record.metadata.relations == WHOLE.relations
