"""Web pages: the document's text, and nothing of the page around it."""

from pathlib import Path

import pytest

from policy_qa.errors import UnreadableFile
from policy_qa.reading import read

BODY = "".join(
    f"<p>{i}. Cơ quan thứ {i} có trách nhiệm báo cáo kết quả thực hiện trong tháng {i}.</p>" for i in range(1, 9)
)
MENU = "<ul>" + "".join(f"<li><a href='#'>Mục trình đơn số {i} dài dòng</a></li>" for i in range(60)) + "</ul>"


def page(tmp_path: Path, body: str, head: str = "") -> Path:
    path = tmp_path / "trang.html"
    path.write_text(
        f"<!DOCTYPE html><html><head><title>T  t</title>{head}</head><body>{body}</body></html>", encoding="utf-8"
    )
    return path


@pytest.mark.parametrize(
    "wrapped",
    [
        f"<div><div class='x'>{BODY.replace('<p>', '<p class=prov-content>')}</div><p>Chân trang</p></div>",
        f"<div id='toanvancontent'>{BODY}</div><p>Chân trang</p>",
        f"<main><article>{BODY}</article></main><div>Chân trang</div>",
    ],
    ids=["marked provisions", "named container", "densest block"],
)
def test_finds_the_document(tmp_path: Path, wrapped: str) -> None:
    noise = f"<script>var a = 'không phải chữ'</script><style>p {{}}</style><nav>{MENU}</nav><div>{MENU}</div>"
    source = read(page(tmp_path, noise + wrapped))
    lines = source.text.split("\n")
    assert len(lines) == 8
    assert lines[0] == "1. Cơ quan thứ 1 có trách nhiệm báo cáo kết quả thực hiện trong tháng 1."
    assert source.metadata["title"] == "T t"
    assert source.media == "html"


def test_tables_breaks_headings_and_spaces(tmp_path: Path) -> None:
    body = (
        "<table><tr><td><p><b>BỘ THỬ</b></p><p>-------</p></td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - "
        "Hạnh phúc</td></tr></table><h2>Điều 1.\n   Phạm <i>vi</i></h2><p>Một<br/>Hai&nbsp;&nbsp;ba<br>bốn</p>"
        "<table><tr><th>TT</th><th>Việc</th><th>Hạn</th></tr><tr><td>1</td><td><p>Làm</p><p>gấp</p></td><td></td></tr></table>"
    )
    source = read(page(tmp_path, f"<div id='toanvancontent'>{body}{BODY}</div>"))
    assert source.text.split("\n")[:8] == [
        "BỘ THỬ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Điều 1. Phạm vi",
        "Một",
        "Hai ba bốn",  # a break before a small letter is a wrapped line
        "TT | Việc | Hạn",
        "1 | Làm gấp",
    ]
    assert [(h.span.of(source.text), h.depth) for h in source.headings] == [("Điều 1. Phạm vi", 2)]


@pytest.mark.parametrize(
    "body", ["", "<div id='root'></div>", MENU, "<p>Đăng nhập</p>", f"<div class='prov-x'></div>{MENU}"]
)
def test_a_page_without_a_document(tmp_path: Path, body: str) -> None:
    with pytest.raises(UnreadableFile, match=r"“trang\.html” không chứa văn bản"):
        read(page(tmp_path, body))


def test_deep_nesting_does_not_crash(tmp_path: Path) -> None:
    path = page(tmp_path, "<div>" * 5000 + BODY)
    try:
        assert "báo cáo" in read(path).text
    except UnreadableFile as error:
        assert "trang.html" in str(error)
