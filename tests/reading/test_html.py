"""Web pages: the document's text, and nothing of the page around it."""

from pathlib import Path

import pytest
from old_encodings import tcvn3, vni, windows_1258

from policy_qa.document import SourceText
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


def document(tmp_path: Path, body: str) -> SourceText:
    """What is read of a document whose container has a known name."""
    return read(page(tmp_path, f"<div id='toanvancontent'>{body}{BODY}</div>"))


def said(tmp_path: Path, body: str) -> list[str]:
    return document(tmp_path, body).text.split("\n")[:-8]


NOISE = (
    f"<script>var a = 'không phải chữ'</script><style>p {{}}</style><nav>{MENU}</nav><div>{MENU}</div><noscript>Bật lên</noscript>"
    "<div class='comment-list'><p>Ý kiến bạn đọc rất dài dòng và chẳng liên quan gì đến văn bản đang được xem ở trang này.</p></div>"
)


@pytest.mark.parametrize(
    "wrapped",
    [
        f"<div><div class='x'>{BODY.replace('<p>', '<p class=prov-content>')}</div><p>Chân trang</p></div>",
        f"<div class='a preview-content'><div>{BODY}</div></div><div>Mục lục <span>Điều 1. Phạm vi</span></div>",
        f"<div id='toanvancontent'>{BODY}</div><p>Chân trang</p>",
        f"<div class='cldivContentDocVn' id='divContentDoc'><div class='content1'>{BODY}</div></div><div class='NoiDungChiaSe'>Chia sẻ</div>",
        f"<form action='./x.aspx'><input><div class='content1'>{BODY}</div></form>",
        f"<main><article>{BODY}</article></main><div>Chân trang</div>",
        f"<form id='aspnetForm'><table><tr><td>{MENU}</td><td><div>{BODY}</div></td></tr></table></form>",
        f"<div><div>{BODY}<div class='tin-lien-quan'><p>Văn bản khác cùng lĩnh vực</p></div></div><div id='binhluan'>Gửi bình luận</div></div>",
        f"<div><span hidden>Ẩn</span><div>{BODY}<p style='color:red; display: none'>Ẩn</p><p style='visibility:hidden'>Ẩn</p></div></div>",
        f"<div>{BODY.replace('<p>', '<p><a name=dieu>').replace('</p>', '</a></p>')}</div>",
        f"<div>{BODY}<aside>Bên lề</aside><button>In</button><select><option>12</option></select></div>",
        f"<div class='prov-none'></div><div id='toanvancontent'>Rỗng</div><div>{BODY}</div>",
    ],
    ids=["marked provisions", "preview", "old container", "thuvienphapluat", "in a form", "densest block", "layout table",
         "related documents", "hidden", "anchors", "controls", "empty containers"],
)  # fmt: skip
def test_finds_the_document(tmp_path: Path, wrapped: str) -> None:
    source = read(page(tmp_path, NOISE + wrapped))
    lines = source.text.split("\n")
    assert len(lines) == 8
    assert lines[0] == "1. Cơ quan thứ 1 có trách nhiệm báo cáo kết quả thực hiện trong tháng 1."
    assert lines[7] == "8. Cơ quan thứ 8 có trách nhiệm báo cáo kết quả thực hiện trong tháng 8."
    assert source.metadata["title"] == "T t"
    assert source.media == "html"


def test_the_older_national_database(tmp_path: Path) -> None:
    body = (
        "<ul><li><b class='fulltext'>Toàn văn</b></li></ul><div class='content'><div class='fulltext'><div class='vbInfo'><ul>"
        "<li>Hiệu lực: Còn hiệu lực</li></ul></div><div><table><tr><td><div><b>BỘ THỬ</b></div><div>Số: 7/TT-BT</div></td></tr></table>"
        "<table><tr><td><div><b>CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></div><div><i>Hà Nội,\n  ngày\n 7 tháng 3</i></div></td></tr></table>"
        f"<div class='toanvancontent' id='toanvancontent'><div>{BODY}<table class='table_cqbh_cd_nk'><tr><td>Bộ trưởng</td></tr>"
        "<tr><td><p><i>(Đã ký)</i></p></td></tr><tr><td>Nguyễn Văn Thử</td></tr></table></div>"
        "<div class='vbFile'>Tải file đính kèm</div><div class='vbLienQuan'>Văn bản liên quan</div></div></div></div></div>"
    )
    lines = read(page(tmp_path, NOISE + body)).text.split("\n")
    assert lines[:4] == ["BỘ THỬ", "Số: 7/TT-BT", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hà Nội, ngày 7 tháng 3"]
    assert lines[-3:] == ["Bộ trưởng", "(Đã ký)", "Nguyễn Văn Thử"]
    assert len(lines) == 15


def test_tables_breaks_headings_and_spaces(tmp_path: Path) -> None:
    body = (
        "<table><tr><td><p><b>BỘ THỬ</b></p><p>-------</p></td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - "
        "Hạnh phúc</td></tr></table><h2>Điều 1.\n   Phạm <i>vi</i></h2><p>Một<br/>Hai&nbsp;&nbsp;ba<br>được<br>a) bốn</p>"
        "<table><tr><th>TT</th><th>Việc</th><th>Hạn</th></tr><tr><td>1</td><td><p>Làm</p><p>gấp</p></td><td></td></tr></table>"
    )
    source = document(tmp_path, body)
    assert source.text.split("\n")[:9] == [
        "BỘ THỬ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Điều 1. Phạm vi",
        "Một",
        "Hai ba được",  # a break before a small letter is a wrapped line
        "a) bốn",  # but a label is one
        "TT | Việc | Hạn",
        "1 | Làm gấp",
    ]
    assert [(h.span.of(source.text), h.depth) for h in source.headings] == [("Điều 1. Phạm vi", 2)]


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<table><caption>Bảng 1</caption><tr><td colspan=2>Tên</td><td>Mức</td></tr><tr><td rowspan=2>Sông</td><td>a</td><td>1</td></tr>"
         "<tr><td>b</td><td>2</td></tr></table>", ["Bảng 1", "Tên | Mức", "Sông | a | 1", "b | 2"]),
        ("<table><tr><td>x</td><td>y<table><tr><td>1</td><td>2</td></tr></table></td><td>z</td></tr></table>", ["x | y 1 | 2 | z"]),
        ("<table><tr><td><h3>Điều 1</h3><table><tr><td>a</td><td>b</td><td>c</td></tr></table></td></tr></table>", ["Điều 1", "a | b | c"]),
        ("<ol><li>một<li>hai<ul><li>gạch</ul><li value=5>năm</ol>", ["1. một", "2. hai", "- gạch", "5. năm"]),
        ("<ol type=a start=3><li>ba</ol><ol type=I><li>một</ol>", ["c. ba", "I. một"]),
        ("<ol><li>1. đã có</li><li><b>a)</b> đã có</li></ol><ul style='list-style: none'><li>trơn</li></ul>", ["1. đã có", "a) đã có", "trơn"]),
        ("<pre>Dòng một\nDòng hai</pre>chữ rời<div>khối</div>", ["Dòng một", "Dòng hai", "chữ rời", "khối"]),
        ("<p>Mức <del>mười</del><ins>hai mươi</ins> đồng<!-- ghi chú --> nữa</p>", ["Mức hai mươi đồng nữa"]),
        ("<p style='text-transform: uppercase'>Quyết định</p>", ["QUYẾT ĐỊNH"]),
        ("<p>Diện tích 5 m<sup>2</sup>, CO<sub>2</sub></p>", ["Diện tích 5 m2, CO2"]),
        ("<p style='mso-list:l0'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>Một</p>"
         "<!--[if gte mso 9]><xml>ẩn</xml><![endif]-->", ["1. Một"]),
        ("<tr><td>ô rơi</td></tr></table></div></li>", ["ô rơi"]),
    ],
    ids=["merged cells", "table in a cell", "frame", "lists", "letters", "labels there already", "preformatted", "deleted", "capitals",
         "raised figures", "saved by Word", "loose ends"],
)  # fmt: skip
def test_blocks(tmp_path: Path, body: str, lines: list[str]) -> None:
    assert said(tmp_path, body) == lines


def notes_of(source: SourceText) -> list[tuple[str | None, str, str]]:
    return [(m.mark, m.text, source.text[: m.anchor].split("\n")[-1]) for m in source.marginals]


def test_notes_linked_to_and_fro(tmp_path: Path) -> None:
    body = (
        "<p>Điều 1.<a href='https://vbpl.vn/x#_ftn1' name='_ftnref1'><span>[1]</span></a> Phạm vi</p><p>Điều 2<a href='#_ftn2'>[2]</a></p>"
        "<hr><div id='ftn1'><p><a href='#_ftnref1' name='_ftn1'>[1]</a> Được sửa đổi.</p><p>Đoạn sau.</p></div>"
        "<p><a href='#_ftnref2' name='_ftn2'>[2]</a> Được bãi bỏ.</p><p><a href='#_ftn9'>[9]</a> không có chú thích</p>"
    )
    source = document(tmp_path, body)
    assert source.text.split("\n")[:3] == ["Điều 1. Phạm vi", "Điều 2", "[9] không có chú thích"]
    assert notes_of(source) == [("1", "Được sửa đổi.\nĐoạn sau.", "Điều 1."), ("2", "Được bãi bỏ.", "Điều 2")]


def test_notes_in_raised_print(tmp_path: Path) -> None:
    body = (
        "<p>Cơ quan<sup>1</sup> chủ trì 5 m<sup>2</sup> và <b>đơn vị</b><sup>2</sup>.</p>"
        "<p><sup>1</sup> Được sửa đổi.</p><p><span><sup>2</sup></span>Được bãi bỏ.</p>"
    )
    source = document(tmp_path, body)
    assert source.text.split("\n")[0] == "Cơ quan chủ trì 5 m2 và đơn vị."
    assert notes_of(source) == [
        ("1", "Được sửa đổi.", "Cơ quan"),
        ("2", "Được bãi bỏ.", "Cơ quan chủ trì 5 m2 và đơn vị"),
    ]


def test_what_holds_the_document_is_no_note(tmp_path: Path) -> None:
    rest = "Phần còn lại của văn bản. " * 200
    lines = said(tmp_path, f"<p>Cơ quan<sup>1</sup></p><div><sup>1</sup> Chú thích.<br>{rest}</div>")
    assert lines[0] == "Cơ quan1"
    assert rest.strip() in lines[2]


def test_raised_figures_that_are_no_notes(tmp_path: Path) -> None:
    assert said(tmp_path, "<p>Cơ quan<sup>3</sup></p><p><sup>3</sup> lẻ loi</p>") == ["Cơ quan3", "3 lẻ loi"]


def test_a_portal_cover_is_lifted(tmp_path: Path) -> None:
    nation = "<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p>"
    cover = f"{nation}<p>Thông tư số 7/2031/TT-BT</p><p>Nguồn: thuvienphapluat.vn</p>"
    source = document(tmp_path, f"{cover}<p>BỘ THỬ</p><p>Số: 7/2031/TT-BT</p>{nation}")
    assert source.text.startswith("BỘ THỬ\nSố: 7/2031/TT-BT\nCỘNG HÒA")
    assert [m.kind for m in source.marginals] == ["running head"]


# --- pages without a document -------------------------------------------------------------------------------------

LONG = (
    "<p>"
    + "Hệ thống đang được nâng cấp để phục vụ tốt hơn, kính mong quý khách thông cảm và quay lại sau. " * 4
    + "</p>"
)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "chỉ có khung trang"),
        ("<div id='root'></div>", "chỉ có khung trang"),
        (MENU, "chỉ có khung trang"),
        (f"<div class='prov-x'></div>{MENU}", "chỉ có khung trang"),
        ("<h1>404</h1><p>Page not found</p>", "trang báo lỗi"),
        (f"<h2>Lỗi 404</h2>{LONG}", "trang báo lỗi"),
        (f"<h1>Không tìm thấy trang</h1>{LONG}", "trang báo lỗi"),
        ("<p>Văn bản không tồn tại</p>", "trang báo lỗi"),
        ("<p>Just a moment...</p>", "trang báo lỗi"),
        ("<p>Bạn cần đăng nhập</p>", "trang đăng nhập"),
        (f"<form><label>Vui lòng đăng nhập để tiếp tục</label></form>{LONG}", "trang đăng nhập"),
        (f"<form><input type='password'></form>{LONG}", "trang đăng nhập"),
    ],
)
def test_a_page_without_a_document(tmp_path: Path, body: str, why: str) -> None:
    with pytest.raises(UnreadableFile, match=rf"“trang\.html” không chứa văn bản.*{why}.*\.$"):
        read(page(tmp_path, body))


def test_a_login_box_beside_a_document_is_no_login_page(tmp_path: Path) -> None:
    body = f"<form>Bạn cần đăng nhập<input type='password'></form><div>{BODY}</div>"
    assert len(read(page(tmp_path, body)).text.split("\n")) == 8


# --- encodings ----------------------------------------------------------------------------------------------------

OLD = "".join(
    f"<p>Điều {i}. ủy ban nhân dân các xã báo cáo kết quả thực hiện trước ngày 15 hằng tháng.</p>" for i in range(6)
)


@pytest.mark.parametrize(
    ("head", "data", "encoding"),
    [
        ("", OLD.encode(), None),
        ("", OLD.encode("utf-16"), None),
        ("<meta charset=windows-1252>", OLD.encode(), None),
        ("<meta charset='windows-1258'>", windows_1258(OLD), None),
        ("", windows_1258(OLD), "windows-1258"),
        ("", tcvn3(OLD).encode("latin-1"), "TCVN3"),
        ("", tcvn3(OLD).encode(), "TCVN3"),
        ("<meta charset=iso-8859-1>", vni(OLD).encode("latin-1"), "VNI"),
        ("", "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in tcvn3(OLD)).encode(), "TCVN3"),
        ("<meta charset=utf-8>", OLD.encode() + b"<p>h\xe1</p>", None),
    ],
    ids=["UTF-8", "UTF-16", "wrongly declared", "1258 declared", "1258", "TCVN3", "TCVN3 in UTF-8", "VNI", "TCVN3 by number", "one wrong byte"],
)  # fmt: skip
def test_encodings(tmp_path: Path, head: str, data: bytes, encoding: str | None) -> None:
    path = tmp_path / "cu.html"
    start, end = f"<html><head>{head}</head><body><div id='toanvancontent'>", "</div></body></html>"
    codec = "utf-16" if data.startswith(b"\xff\xfe") else "ascii"
    path.write_bytes(start.encode(codec) + data.removeprefix(b"\xff\xfe") + end.encode(codec).removeprefix(b"\xff\xfe"))
    source = read(path)
    assert (
        source.text.split("\n")[3]
        == "Điều 3. ủy ban nhân dân các xã báo cáo kết quả thực hiện trước ngày 15 hằng tháng."
    )
    assert [w.split("bảng mã ")[1].split(" sang")[0] for w in source.warnings] == ([encoding] if encoding else [])


def test_old_fonts(tmp_path: Path) -> None:
    body = (
        "<p><font face='.VnTimeH'>quyÕt ®Þnh</font> <span style=\"font-family:'.VnTime',serif\">vÒ viÖc</span> các xã</p>"
        "<table><tr><td><font face='VNI-Times'>ho<b>øa</b></font></td><td>b</td><td>c</td></tr></table>"
    )
    source = document(tmp_path, body)
    assert source.text.split("\n")[:2] == ["QUYẾT ĐỊNH về việc các xã", "hòa | b | c"]
    assert len(source.warnings) == 2


# --- harm ---------------------------------------------------------------------------------------------------------


def test_parts_of_pages_and_files_named_doc(tmp_path: Path) -> None:
    part = tmp_path / "phan.html"
    part.write_text(f"<div>{BODY}</div>", encoding="utf-8")
    assert len(read(part).text.split("\n")) == 8
    old = page(tmp_path, BODY).rename(tmp_path / "tai-ve.doc")
    assert len(read(old).text.split("\n")) == 8


def test_hundreds_of_unclosed_tags(tmp_path: Path) -> None:
    assert said(tmp_path, "<font>" * 800 + "<b>đậm") == ["đậm"]


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "b", "ul><li"])
def test_deep_nesting_is_refused_with_a_sentence(tmp_path: Path, tag: str) -> None:
    with pytest.raises(UnreadableFile, match=r"“trang\.html” có các thẻ lồng nhau quá sâu"):
        read(page(tmp_path, f"<{tag}>" * 10_000 + BODY))


def test_a_page_of_tags_alone(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="lớn bất thường"):
        read(page(tmp_path, "<b>" * 1_500_001))


@pytest.mark.slow
def test_many_nested_tables_take_seconds(tmp_path: Path) -> None:
    nested = "<table><tr><td>a</td><td>" * 300 + "</td></tr></table>" * 300
    assert read(page(tmp_path, f"<div id='toanvancontent'>{BODY}{nested * 300}</div>")).text.count("a") > 90_000
