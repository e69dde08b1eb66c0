import re
from typing import Any

import pytest
from sample_texts import assert_tiles

from policy_qa.document import Gap, Heading, Relation, SourceText, Span
from policy_qa.errors import BadCorpus
from policy_qa.structure import parse

FRONT: dict[str, Any] = {
    "number": "4321/QĐ-TTg",
    "kind": "Quyết định",
    "issuer": "Thủ tướng Chính phủ",
    "date": "2031-02-03",
    "title": "phê duyệt Đề án trồng hoa",
    "nicknames": ["Đề án 4321"],
    "text_kind": "digest",
    "relations": [{"kind": "căn cứ", "number": "7/2030/NĐ-CP", "date": "2030-05-09"}],
    "sources": ["https://example.org/hoa"],
    "gaps": [{"part": "kinh phí", "topics": ["kinh phí", "nguồn vốn"]}],
}

BODY = """# Thể thức
Số, ký hiệu: 4321/QĐ-TTg.
# Chương I. Chung
## Điều 1. Phê duyệt
Đề án kéo dài năm năm.
### Mục I. Quan điểm
#### Khoản 2
- Dấu gạch này không phải một phần.
1. Số này cũng vậy.
### Mục tiêu cụ thể
#### Gạch 1
Một trăm loài hoa.
# Phụ lục I. Danh mục
## Điều 1. Tên hoa
Hoa cúc.
# Theo báo chí và hồ sơ tra cứu
## Người ký
Báo nêu người ký là ông Hoa.
"""


def digest(body: str = BODY, **changes: Any) -> SourceText:
    metadata = {key: value for key, value in {**FRONT, **changes}.items() if value is not ...}
    text, headings = "", []
    for line in body.splitlines():
        mark = re.match(r"(#+) ", line)
        words = line[mark.end() :] if mark else line
        if mark:
            headings.append(Heading(Span(len(text), len(text) + len(words)), len(mark[1])))
        text += words + "\n"
    return SourceText(text, "corpus/vi-du.md", "0" * 64, "markdown", headings=tuple(headings), metadata=metadata)


def test_headings_make_addresses() -> None:
    document = parse(digest())
    assert_tiles(document)
    assert [str(p.address) for p in document.walk()] == [
        "đề mục=thể thức",
        "chương=I",
        "điều=1",
        "điều=1;mục=I",
        "điều=1;mục=I;khoản=2",
        "điều=1;đề mục=mục tiêu cụ thể",
        "điều=1;đề mục=mục tiêu cụ thể;gạch=1",
        "phụ lục=I",
        "phụ lục=I;điều=1",
        "đề mục=theo báo chí và hồ sơ tra cứu",
        "đề mục=theo báo chí và hồ sơ tra cứu;đề mục=người ký",
    ]


def test_headings_and_reported_parts() -> None:
    found = {str(p.address): p for p in parse(digest()).walk()}
    assert found["điều=1"].heading == "Phê duyệt"
    assert found["điều=1;mục=I;khoản=2"].heading is None
    assert found["điều=1;đề mục=mục tiêu cụ thể"].heading == "Mục tiêu cụ thể"
    assert [address for address, p in found.items() if p.reported] == list(found)[-2:]


def test_front_matter() -> None:
    found = parse(digest(signer="Trần Văn Hoa")).metadata
    assert (found.number, found.date, found.text_kind, found.signer) == (
        "4321/QĐ-TTg",
        "2031-02-03",
        "digest",
        "Trần Văn Hoa",
    )
    assert found.relations == (Relation("căn cứ", "7/2030/NĐ-CP", "2030-05-09"),)
    assert found.gaps == (Gap("kinh phí", ("kinh phí", "nguồn vốn")),)
    assert found.nicknames == ("Đề án 4321",)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ...}, "number"),
        ({"number": 4321}, "number"),
        ({"date": "3/2/2031"}, "date"),
        ({"date": "2031-13-01"}, "date"),
        ({"title": "  "}, "title"),
        ({"signature": "Hoa"}, "signature"),
        ({"nicknames": "Đề án 4321"}, "nicknames"),
        ({"relations": [{"kind": "ghét", "number": "1/QĐ"}]}, "relations.kind"),
        ({"relations": [{"kind": "căn cứ"}]}, "relations.number"),
        ({"relations": ["7/2030/NĐ-CP"]}, "relations"),
        ({"gaps": [{"topics": []}]}, "gaps.part"),
        ({"sources": [3]}, "sources"),
    ],
)
def test_bad_front_matter_names_file_and_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadCorpus) as caught:
        parse(digest(**changes))
    assert "vi-du.md" in str(caught.value)
    assert f"“{field}”" in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        "Không có tiêu đề.\n",
        "Lời trước.\n# Điều 1\nMột.\n",
        "# Điều 1\nMột.\n# Điều 1\nHai.\n",
        "# Mục tiêu\nMột.\n# mục tiêu\nHai.\n",
    ],
)
def test_bad_headings(body: str) -> None:
    with pytest.raises(BadCorpus):
        parse(digest(body))
