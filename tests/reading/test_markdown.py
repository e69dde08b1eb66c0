"""Markdown and plain text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from old_encodings import tcvn3, vni

from policy_qa.errors import UnreadableFile
from policy_qa.reading import markdown, read
from policy_qa.reading.markdown import plain


def written(tmp_path: Path, text: str, name: str = "a.md", encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


DIGEST = """---
number: 12/QĐ-BT
date: 2024-03-02
nicknames: [Đề án 12]
relations:
  - {kind: căn cứ, number: 3/NĐ-CP}
text_kind: digest
---

# Quyết định *thử* ##

Mở đầu gồm
hai dòng.

## Điều 1. Phạm vi

- ý **một**
- ý hai,
  còn tiếp

1. khoản
a) điểm

| TT | Việc |
| --- | --- |
| 1 | Làm |

***

Xem [trang này](https://vi.du/a) và `mã` <!-- ẩn -->ở tên_tệp_dài.
"""


def test_a_digest(tmp_path: Path) -> None:
    source = read(written(tmp_path, DIGEST))
    assert source.text.split("\n") == [
        "Quyết định thử",
        "Mở đầu gồm hai dòng.",
        "Điều 1. Phạm vi",
        "- ý một",
        "- ý hai, còn tiếp",
        "1. khoản",
        "a) điểm",
        "TT | Việc",
        "1 | Làm",
        "Xem trang này và mã ở tên_tệp_dài.",
    ]
    assert [(h.span.of(source.text), h.depth) for h in source.headings] == [
        ("Quyết định thử", 1),
        ("Điều 1. Phạm vi", 2),
    ]
    assert source.metadata == {
        "number": "12/QĐ-BT",
        "date": "2024-03-02",
        "nicknames": ["Đề án 12"],
        "relations": [{"kind": "căn cứ", "number": "3/NĐ-CP"}],
        "text_kind": "digest",
    }


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("---\nnumber: [1\n---\nx", "dòng"),
        ("---\na: 1\nb: c: d\n---\nx", "dòng 3"),
        ("---\n- một\n---\nx", "tên: giá trị"),
        ("---\nnumber: 1\nx", "đóng lại"),
        ("---\na: &x [1]\nb: *x\n---\nx", "tham chiếu"),
        ("---\na: !!python/object/apply:os.system [ls]\n---\nx", "YAML"),
        ("---\na: " + "x" * 70_000 + "\n---\nx", "dài quá"),
        ("---\na: 1\n---\n", "không có chữ"),
    ],
)
def test_bad_front_matter(tmp_path: Path, front: str, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as caught:
        read(written(tmp_path, front))
    assert "“a.md”" in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_encodings_and_line_ends(tmp_path: Path, name: str, encoding: str) -> None:
    source = read(written(tmp_path, "Đoạn một.\r\n\r\nĐoạn hai.\r", name, encoding))
    assert source.text == "Đoạn một.\nĐoạn hai."


def test_plain_text_keeps_its_lines(tmp_path: Path) -> None:
    source = read(written(tmp_path, "Tin ngắn\n# không phải đề mục\n\n*nguyên văn*\n", "a.txt"))
    assert source.text == "Tin ngắn\n# không phải đề mục\n*nguyên văn*"
    assert source.headings == ()


def test_hard_wrapped_text_is_joined(tmp_path: Path) -> None:
    line = "Các cơ quan có trách nhiệm lập kế hoạch và báo cáo theo đúng thời hạn"
    text = f"{line}\n{line}\nđã định.\n{line}\n{line}\nhết.\n1. {line}\n{line}\n"
    assert read(written(tmp_path, text, "a.txt")).text.split("\n") == [
        f"{line} {line} đã định.",
        f"{line} {line} hết.",
        f"1. {line} {line}",
    ]


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("**đậm** và *nghiêng*", "đậm và nghiêng"),
        ("***cả hai***", "cả hai"),
        ("_nghiêng_ nhưng tên_tệp_dài", "nghiêng nhưng tên_tệp_dài"),
        (r"2 \* 3 \_ 4", "2 * 3 _ 4"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("[chữ](https://vi.du) ![ảnh](a.png)", "chữ ảnh"),
        ("Điều 5 [a]", "Điều 5 [a]"),
    ],
)
def test_marks_vanish(marked: str, bare: str) -> None:
    assert plain(marked) == bare


@given(st.text("aăđ *_`[]()#\\|-\n", max_size=60))
@settings(max_examples=100)
def test_plain_never_fails_nor_grows(text: str) -> None:
    assert len(plain(text)) <= len(text)


def test_an_old_encoding_with_headings_and_front_matter(tmp_path: Path) -> None:
    text = vni(
        "---\ntitle: Quyết định thử\n---\n# Điều 1. Phạm vi điều chỉnh\n\n- nội dung, trách nhiệm của các đơn vị\n"
    )
    source = read(written(tmp_path, text, encoding="latin-1"))
    assert source.text.split("\n") == ["Điều 1. Phạm vi điều chỉnh", "- nội dung, trách nhiệm của các đơn vị"]
    assert source.metadata == {"title": "Quyết định thử"}
    assert [h.span.of(source.text) for h in source.headings] == ["Điều 1. Phạm vi điều chỉnh"]
    assert "VNI sang Unicode" in source.warnings[0]


def test_lookalikes_become_letters_and_spans_stay_right(tmp_path: Path) -> None:
    source = read(written(tmp_path, "# \u00d0i\u00ea\u0300u 1\n\nNg\u00adười \u200bd\u00e2n\ufeff \u0189ỏ\n\n## Hai\n"))
    assert source.text == "Điều 1\nNgười dân Đỏ\nHai"
    assert [h.span.of(source.text) for h in source.headings] == ["Điều 1", "Hai"]


def test_wrapped_text_in_an_old_encoding(tmp_path: Path) -> None:
    line = tcvn3("Các cơ quan có trách nhiệm lập kế hoạch và báo cáo theo đúng thời hạn")
    source = read(written(tmp_path, f"{line}\n{line}\n{line}\n{line}\n{line}\n", "a.txt", "latin-1"))
    assert source.text.count("Các cơ quan có trách nhiệm") == 5
    assert "\n" not in source.text


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("một <!-- ẩn --> hai <!-- không hết", "một hai <!-- không hết"),
        ("<!-- " * 300_000, "<!-- <!--"),
        ("`a " * 400_000, "`a `a"),
        ("[" * 1_000_000, "[["),
        ("# " + "x " * 500_000 + "#" * 500_000 + "y", "x x"),
        ("x" + "-" * 1_000_000 + "y", "x---"),
        ("a\n" + " " * 1_000_000 + "\nb", "a\nb"),
    ],
    ids=["comments", "open comments", "open code", "open links", "heading", "dashes", "blanks"],
)
def test_marks_without_end_take_no_time(tmp_path: Path, text: str, start: str) -> None:
    assert read(written(tmp_path, text)).text.startswith(start)


def test_a_text_of_gigabytes_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "_MAX_BYTES", 2**20)
    with pytest.raises(UnreadableFile, match=r"“a\.md” lớn 2 MB, quá mức 1 MB"):
        read(written(tmp_path, "x\n" * 2**20))
