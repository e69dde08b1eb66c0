"""Word files: text as printed, tables, notes, old fonts, and archives that mean harm. Numbers: test_numbering.py."""

import zipfile
from pathlib import Path

import docx
import pytest
from word import NAMESPACES, item, kind, level, number, p, r, relationships, table, word_file

from policy_qa.document import SourceText
from policy_qa.errors import UnreadableFile
from policy_qa.reading import read


def lines(path: Path) -> list[str]:
    return read(path).text.split("\n")


def of(tmp_path: Path, body: str, **parts: str) -> SourceText:
    return read(word_file(tmp_path / "a.docx", body, **parts))


def said(tmp_path: Path, body: str, **parts: str) -> list[str]:
    return of(tmp_path, body, **parts).text.split("\n")


def saved(document: object, path: Path) -> Path:
    document.save(str(path))  # type: ignore[attr-defined]
    return path


def test_paragraphs_tables_and_headings_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    head = document.add_table(1, 2)
    head.cell(0, 0).text = "BỘ THỬ\n-------\nSố: 5/QĐ-BT"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    document.add_heading("Chương I", 2)
    document.add_paragraph("Điều 1.\u00a0Phạm   vi").add_run("\nDòng hai")
    grid = document.add_table(2, 3)
    for i, text in enumerate(("TT", "Việc", "Hạn", "1", "Làm\ngấp", "")):
        grid.cell(i // 3, i % 3).text = text
    document.core_properties.title = "Quyết định thử"
    source = read(saved(document, tmp_path / "a.docx"))
    assert source.text.split("\n") == [
        "BỘ THỬ",
        "Số: 5/QĐ-BT",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Chương I",
        "Điều 1. Phạm vi",
        "Dòng hai",
        "TT | Việc | Hạn",
        "1 | Làm gấp",
    ]
    assert [(h.span.of(source.text), h.depth) for h in source.headings] == [("Chương I", 2)]
    assert source.pages == ()
    assert source.metadata["title"] == "Quyết định thử"
    assert str(source.metadata["created"]).startswith("2013-12-23T23:15:00")


def test_headings_by_style_and_outline_level(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="M"><w:name w:val="Mục riêng"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="N"><w:name w:val="N"/><w:basedOn w:val="M"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="K"><w:name w:val="K"/><w:basedOn w:val="M"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="V"><w:name w:val="V"/><w:basedOn w:val="V"/></w:style>'
    )
    body = "".join(
        (
            p("Kế thừa", '<w:pStyle w:val="N"/>'),
            p("Thân bài", '<w:pStyle w:val="K"/>'),
            p("Trực tiếp", '<w:pStyle w:val="V"/><w:outlineLvl w:val="0"/>'),
            p("Không có kiểu này", '<w:pStyle w:val="X"/>'),
        )
    )
    source = of(tmp_path, body, styles=styles)
    assert [(h.span.of(source.text), h.depth) for h in source.headings] == [("Kế thừa", 3), ("Trực tiếp", 1)]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r("Mức ") + "<w:del>" + r("<w:delText>mười</w:delText>") + "</w:del><w:ins>" + r("hai mươi") + "</w:ins>", "Mức hai mươi"),
        ("<w:moveFrom>" + r("đi ") + "</w:moveFrom><w:moveTo>" + r("đến") + "</w:moveTo>", "đến"),
        ("<w:hyperlink>" + r("Điều 5") + "</w:hyperlink><w:smartTag>" + r(" Luật") + "</w:smartTag>", "Điều 5 Luật"),
        ("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + r("Hà Nội") + "</w:sdtContent></w:sdt>", "Hà Nội"),
        (r("a)") + r("<w:tab/>") + r("nội dung"), "a) nội dung"),
        (r("nhà") + r("<w:noBreakHyphen/>") + r("nước") + r("<w:softHyphen/>") + r("ta"), "nhà-nướcta"),
        (r("Ng\u00adười\u200b dân"), "Người dân"),
        (r("hiện ") + r("ẩn ", "<w:vanish/>") + r("hiện", '<w:vanish w:val="0"/>'), "hiện hiện"),
        (r("Quyết định", "<w:caps/>") + r(" này"), "QUYẾT ĐỊNH này"),
        (r('<w:sym w:font="Wingdings" w:char="F0FE"/>') + r(" Có ") + r('<w:sym w:font="Symbol" w:char="F0B3"/>') + r(" 5"), "☑ Có ≥ 5"),
        (r("\uf0b3 5 ha", '<w:rFonts w:hAnsi="Symbol"/>'), "≥ 5 ha"),
        ("<m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>b</m:t></m:r></m:den></m:f></m:oMath>", "a/b"),
    ],
    ids=["deleted, inserted", "moved", "links", "control", "tab", "hyphens", "invisible", "hidden", "capitals", "symbols", "private", "fraction"],
)  # fmt: skip
def test_words_as_printed(tmp_path: Path, inside: str, text: str) -> None:
    assert said(tmp_path, p(inside)) == [text]


def test_fields_show_their_result_only(tmp_path: Path) -> None:
    def mark(which: str) -> str:
        return r(f'<w:fldChar w:fldCharType="{which}"/>')

    code = r("<w:instrText>REF _x</w:instrText>")
    whole = mark("begin") + code + r("mã") + mark("separate") + r("khoản 2") + mark("end")
    nested = mark("begin") + whole + mark("separate") + r("kết quả") + mark("end")
    simple = '<w:fldSimple w:instr="PAGE">' + r("7") + "</w:fldSimple>"
    body = (
        p(r("Theo ") + whole)
        + p(nested)
        + p(simple)
        + p(mark("begin") + code + r("hỏng"))
        + p("Sau")
        + p(mark("end") + r("Hết"))
    )
    assert said(tmp_path, body) == ["Theo khoản 2", "kết quả", "7", "Sau", "Hết"]


def test_a_table_of_contents_is_left_out(tmp_path: Path) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    body = p("Điều 1. Phạm vi 3", '<w:pStyle w:val="TOC1"/>') + p("Điều 1. Phạm vi")
    assert said(tmp_path, body, styles=styles) == ["Điều 1. Phạm vi"]


def test_a_deleted_paragraph_mark_joins(tmp_path: Path) -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    body = (
        item("một", 1) + item("<w:del>" + r("<w:delText>bỏ</w:delText>") + "</w:del>", 1, more=gone) + item("hai ", 1, more=gone) + item("và ba", 1) + item("bốn", 1)
        + p("ẩn ", "<w:rPr><w:vanish/></w:rPr>") + p("dấu đoạn") + p("trước bảng", gone) + table(["x", "y"]) + p("cuối", gone)
    )  # fmt: skip
    lists = kind(0, level(0, "decimal", "%1.")) + number(1, 0)
    assert said(tmp_path, body, numbering=lists) == [
        "1. một", "2. hai và ba", "3. bốn", "ẩn dấu đoạn", "trước bảng", "x | y", "cuối",
    ]  # fmt: skip


def test_tables_merged_deleted_nested(tmp_path: Path) -> None:
    def cell(text: str, properties: str) -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"

    def row(*cells: str, properties: str = "") -> str:
        return f"<w:tr>{properties}{''.join(cells)}</w:tr>"

    inner = f"<w:tc>{p('Ngoài')}{table(['trong', 'bảng'], ['hai', 'dòng'])}{p()}</w:tc>"
    rows = (
        row(cell("Tên", '<w:gridSpan w:val="2"/>'), cell("Mức", "")),
        row(cell("Sông", '<w:vMerge w:val="restart"/>'), cell("đoạn một", ""), cell("1,5", "")),
        row(cell("", "<w:vMerge/>"), cell("đoạn hai", ""), cell("2,5", "")),
        row(cell("bỏ", ""), cell("bỏ", ""), properties="<w:trPr><w:del/></w:trPr>"),
        f"<w:sdt><w:sdtContent>{row(cell('Suối', ''), cell(' ', ''), cell('3', ''))}</w:sdtContent></w:sdt>",
        row(inner, cell("b", ""), cell("c", "")),
    )
    assert said(tmp_path, f"<w:tbl>{''.join(rows)}</w:tbl>") == [
        "Tên | Mức", "Sông | đoạn một | 1,5", "đoạn hai | 2,5", "Suối | 3", "Ngoài trong | bảng hai | dòng | b | c",
    ]  # fmt: skip


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    inside = p("Điều 1. Phạm vi", '<w:outlineLvl w:val="0"/>') + table(["a", "b", "c"]) + p("Hết")
    source = of(tmp_path, table([inside]))
    assert source.text.split("\n") == ["Điều 1. Phạm vi", "a | b | c", "Hết"]
    assert len(source.headings) == 1


def box(text: str) -> str:
    """A text box as Word writes it: a shape, and the same as a picture for older programs."""
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    return (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{inside}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )


def test_text_boxes_once_and_in_their_place(tmp_path: Path) -> None:
    old = f"<w:pict><v:textbox><w:txbxContent>{p('hình cũ')}</w:txbxContent></v:textbox></w:pict>"
    body = p(r(box("đầu")) + r("đoạn một")) + p(r("đoạn hai") + r(box("giữa")) + r(" tiếp")) + p(r(old)) + p("cuối")
    assert said(tmp_path, body) == ["đầu", "đoạn một", "đoạn hai tiếp", "giữa", "hình cũ", "cuối"]


NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    f'<w:footnote w:id="1">{p(r("<w:footnoteRef/>") + r(" Được sửa đổi."))}{p("Đoạn sau.")}</w:footnote>'
    f'<w:footnote w:id="2">{p("Chú thích hai.")}</w:footnote><w:footnote w:id="3">{p("Dấu riêng.")}</w:footnote>'
)


def note(name: int) -> str:
    return r(f'<w:footnoteReference w:id="{name}"/>')


def test_notes_are_lifted_out_with_mark_and_place(tmp_path: Path) -> None:
    body = (
        p(r("1. Cơ quan") + note(1) + r(" chủ trì."))
        + p(r("2. Việc thường xuyên") + note(2))
        + p(r('<w:footnoteReference w:customMarkFollows="1" w:id="3"/><w:t>*</w:t>') + r(" Hết"))
        + p(r("Cuối") + r('<w:endnoteReference w:id="5"/>') + r("<w:commentReference/>"))
    )
    source = of(tmp_path, body, footnotes=NOTES, endnotes=f'<w:endnote w:id="5">{p("Cuối văn bản.")}</w:endnote>')
    assert source.text.split("\n") == ["1. Cơ quan chủ trì.", "2. Việc thường xuyên", "Hết", "Cuối"]
    notes = [(m.kind, m.mark, m.text, source.text[: m.anchor].split("\n")[-1]) for m in source.marginals]
    assert notes == [
        ("footnote", "1", "Được sửa đổi.\nĐoạn sau.", "1. Cơ quan"),
        ("footnote", "2", "Chú thích hai.", "2. Việc thường xuyên"),
        ("footnote", "*", "Dấu riêng.", ""),
        ("footnote", "i", "Cuối văn bản.", "Cuối"),
    ]


def test_notes_counted_by_section_in_letters(tmp_path: Path) -> None:
    section = '<w:sectPr><w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    body = p(r("A") + note(1) + note(2), section) + table(["ô" * 3, "<w:p>" + r("B") + note(1) + "</w:p>"]) + section
    source = of(tmp_path, body, footnotes=NOTES)
    assert [m.mark for m in source.marginals] == ["a", "b", "a"]
    assert source.text[: source.marginals[2].anchor] == "A\nôôô | B"


def test_a_note_that_marks_itself(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="1">{p(r("Xem ") + note(1))}</w:footnote>'
    source = of(tmp_path, p(r("Chữ") + note(1) + note(9)), footnotes=notes)
    assert [(m.mark, m.text) for m in source.marginals] == [("1", "Xem"), ("2", "")]


# --- old fonts ----------------------------------------------------------------------------------------------------


def fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def test_runs_in_old_fonts_become_unicode(tmp_path: Path) -> None:
    body = (
        p(r("Céng hßa x· héi chñ nghÜa", fonts(".VnTime")) + r(" và Unicode", fonts("Times New Roman")))
        + p("quyÕt ®Þnh", run=fonts(".VnTimeH"))
        + p(r("N", fonts(".VnTime")) + r("<w:softHyphen/>", fonts(".VnTime")) + r("íc", fonts(".VnTime")))
        + p(r("Coäng ho", fonts("VNI-Times")) + r("øa", fonts("VNI-Times") + "<w:b/>"))
        + p("Các cơ quan đã đổi mã", run=fonts(".VnTime"))
    )
    source = of(tmp_path, body)
    assert source.text.split("\n") == [
        "Cộng hòa xã hội chủ nghĩa và Unicode",
        "QUYẾT ĐỊNH",
        "Nước",
        "Cộng hòa",
        "Các cơ quan đã đổi mã",
    ]
    assert [w.split("bảng mã ")[1].split(" sang")[0] for w in source.warnings] == ["TCVN3", "VNI"]


def test_old_fonts_by_style_and_by_default(tmp_path: Path) -> None:
    styles = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts('.VnTime')}</w:rPr></w:rPrDefault></w:docDefaults>"
        f'<w:style w:type="paragraph" w:styleId="U"><w:name w:val="U"/><w:rPr>{fonts("Arial")}</w:rPr></w:style>'
        f'<w:style w:type="character" w:styleId="C"><w:name w:val="C"/><w:rPr>{fonts("VNI-Times")}</w:rPr></w:style>'
    )
    body = (
        p("§iÒu 1. Ph¹m vi")
        + p("là các", '<w:pStyle w:val="U"/>')
        + p("hoøa bình", '<w:pStyle w:val="U"/>', '<w:rStyle w:val="C"/>')
    )
    assert said(tmp_path, body, styles=styles) == ["Điều 1. Phạm vi", "là các", "hòa bình"]


def test_an_old_encoding_without_font_names_is_measured(tmp_path: Path) -> None:
    body = (
        p("ñy ban nh©n d©n tØnh quyÕt ®Þnh thµnh lËp ®oµn kiÓm tra, chÞu tr¸ch nhiÖm tr­íc ph¸p luËt vÒ kÕt qu¶ kiÓm tra")
        + table(["Cơ quan", "Đơn vị đã viết bằng Unicode"], ["Sè thø tù", "Néi dung kiÓm tra"])
    )  # fmt: skip
    source = of(tmp_path, body)
    assert source.text.split("\n") == [
        "ủy ban nhân dân tỉnh quyết định thành lập đoàn kiểm tra, chịu trách nhiệm trước pháp luật về kết quả kiểm tra",
        "Cơ quan | Đơn vị đã viết bằng Unicode",
        "Số thứ tự | Nội dung kiểm tra",
    ]
    assert len(source.warnings) == 1
    assert "TCVN3 sang Unicode" in source.warnings[0]


def test_notes_of_an_old_document_are_converted_too(tmp_path: Path) -> None:
    notes = f'<w:footnote w:id="1">{p("§­îc söa ®æi theo quy ®Þnh.")}</w:footnote>'
    source = of(tmp_path, p(r("ñy ban nh©n d©n quyÕt ®Þnh thµnh lËp") + note(1) + r(" ®oµn kiÓm tra")), footnotes=notes)
    assert source.text == "ủy ban nhân dân quyết định thành lập đoàn kiểm tra"
    assert [m.text for m in source.marginals] == ["Được sửa đổi theo quy định."]


# --- covers -------------------------------------------------------------------------------------------------------

COVER = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Luật Thử nghiệm số 99/2031/QH20",
         "Nguồn: Cổng thông tin vbpl.vn • ID: 1")  # fmt: skip


@pytest.mark.parametrize(
    ("head", "lifted"),
    [
        (("QUỐC HỘI", "Luật số: 99/2031/QH20", COVER[0], COVER[1], "LUẬT"), True),
        (("QUỐC HỘI", "Luật số: 98/2031/QH20", COVER[0], COVER[1], "LUẬT"), False),
        (("LUẬT", "THỬ NGHIỆM", "Căn cứ Hiến pháp;"), False),
        (("QUỐC HỘI", COVER[0], "Khóa XX, kỳ họp thứ 8", "LUẬT"), False),
    ],
    ids=["own head", "another number", "no head", "no number"],
)
def test_a_portal_cover_is_lifted_only_where_the_head_follows(
    tmp_path: Path, head: tuple[str, ...], lifted: bool
) -> None:
    source = of(tmp_path, "".join(map(p, COVER + head)) + p("Điều 1. Phạm vi", '<w:outlineLvl w:val="0"/>'))
    assert source.text.split("\n")[0] == (head[0] if lifted else COVER[0])
    assert [m.text for m in source.marginals] == (["\n".join(COVER)] if lifted else [])
    assert source.headings[0].span.of(source.text) == "Điều 1. Phạm vi"


# --- packages -----------------------------------------------------------------------------------------------------


def rewritten(path: Path, part: str, content: str | bytes) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = content.encode() if isinstance(content, str) else content
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def test_other_names_and_kinds_of_packages(tmp_path: Path) -> None:
    assert lines(word_file(tmp_path / "a.docm", p("Có macro"), main="word/document2.xml")) == ["Có macro"]
    path = word_file(tmp_path / "b.dotx", p("Mẫu"))
    strict = f"<w:document {NAMESPACES}><w:body>{p('Chuẩn chặt')}</w:body></w:document>".replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert lines(path) == ["Mẫu"]
    assert lines(rewritten(path, "word/document.xml", strict)) == ["Chuẩn chặt"]


def test_refuses_bombs(tmp_path: Path) -> None:
    path = word_file(tmp_path / "bom.docx", p("Chữ"))
    blanks = f"<w:document {NAMESPACES}><w:body>{p('Chữ')}".encode() + b" " * 60_000_000 + b"</w:body></w:document>"
    with pytest.raises(UnreadableFile, match=r"“bom\.docx” khi giải nén phình to bất thường"):
        read(rewritten(path, "word/document.xml", blanks))


def test_what_holds_no_text_is_never_unpacked(tmp_path: Path) -> None:
    path = word_file(tmp_path / "a.docx", p("Chữ"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image1.bmp", b"\0" * 8_000_000)
        archive.write(path, "word/embeddings/inner.docx")
    assert lines(path) == ["Chữ"]


def test_a_lie_about_the_size_of_a_part(tmp_path: Path) -> None:
    path = word_file(tmp_path / "doi.docx", p("Chữ " * 1000))
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("word/document.xml").file_size
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    with pytest.raises(UnreadableFile, match=r"“doi\.docx” bị hỏng"):
        read(path)


def test_too_many_parts(tmp_path: Path) -> None:
    path = word_file(tmp_path / "nhieu.docx", p("Chữ"))
    with zipfile.ZipFile(path, "a") as archive:
        for i in range(20_001):
            archive.writestr(f"word/{i}", b"")
    with pytest.raises(UnreadableFile, match=r"“nhieu\.docx” bị hỏng"):
        read(path)


@pytest.mark.slow
def test_too_many_paragraphs(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"quá 500\.000 đoạn"):
        read(word_file(tmp_path / "dai.docx", "<w:p/>" * 500_001))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"])
@pytest.mark.parametrize("entity", ['SYSTEM "file:///etc/hostname"', '"lộ"'])
def test_entities_are_refused(tmp_path: Path, part: str, entity: str) -> None:
    path = word_file(tmp_path / "a.docx", p("Chữ"), styles="")
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part).decode()
    hostile = f"<!DOCTYPE d [<!ENTITY x {entity}>]>" + content.replace("Chữ", "Chữ &x;")
    with pytest.raises(UnreadableFile, match=r"“a\.docx” có khai báo kiểu tài liệu \(DTD\) hay thực thể XML"):
        read(rewritten(path, part, hostile))


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_alone_is_refused(tmp_path: Path, part: str, encoding: str) -> None:
    path = word_file(tmp_path / "a.docx", p("Chữ"), styles="")
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part).decode()
    hostile = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE d>{content}'
    with pytest.raises(UnreadableFile, match=r"“a\.docx” có khai báo kiểu tài liệu"):
        read(rewritten(path, part, hostile.encode(encoding)))


@pytest.mark.parametrize("depth", [100, 100_000])
@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml"])
def test_what_is_nested_too_deep_is_refused_with_the_reason(tmp_path: Path, part: str, depth: int) -> None:
    cells = "<w:tbl><w:tr><w:tc>" * depth + p("Chữ") + "</w:tc></w:tr></w:tbl>" * depth
    path = word_file(tmp_path / "a.docx", cells if "document" in part else p("Chữ"), styles=cells)
    with pytest.raises(UnreadableFile, match=r"“a\.docx” có các phần lồng nhau quá sâu"):
        read(path)


def test_links_out_of_the_package_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "styles.xml"
    secret.write_text(
        f'<w:styles {NAMESPACES}><w:style w:styleId="S"><w:rPr><w:caps/></w:rPr></w:style></w:styles>', encoding="utf-8"
    )
    path = word_file(tmp_path / "a.docx", p("chữ", '<w:pStyle w:val="S"/>'))
    kind_of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    for link in (
        f'<Relationship Type="{kind_of}" TargetMode="External" Target="{secret.as_uri()}"/>',
        f'<Relationship Type="{kind_of}" Target="../../../{secret}"/>',
    ):
        assert lines(rewritten(path, "word/_rels/document.xml.rels", relationships(link))) == ["chữ"]


@pytest.mark.parametrize(
    "content", ["", "<w:document", "<a/>", "<html><body>x</body></html>", f"<w:document {NAMESPACES}/>"]
)
def test_corrupt_parts(tmp_path: Path, content: str) -> None:
    path = rewritten(word_file(tmp_path / "hong.docx", p("x")), "word/document.xml", content)
    with pytest.raises(UnreadableFile, match=r"“hong\.docx” bị hỏng"):
        read(path)


@pytest.mark.parametrize("part", ["styles", "numbering", "footnotes", "settings"])
def test_a_part_of_nonsense_costs_no_more_than_a_sentence(tmp_path: Path, part: str) -> None:
    nonsense = (
        '<w:style/><w:num w:numId="1"/><w:abstractNum><w:lvl w:ilvl="x"/></w:abstractNum><w:footnote/><w:footnotePr/>'
    )
    body = item("Chữ", 1) + p(r("Chú") + note(1))
    assert said(tmp_path, body, **{part: nonsense})[-1] == "Chú"


def test_truncated_and_empty(tmp_path: Path) -> None:
    path = word_file(tmp_path / "rong.docx", p())
    with pytest.raises(UnreadableFile, match="không có chữ nào"):
        read(path)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(UnreadableFile, match=r"“rong\.docx” bị hỏng"):
        read(path)


@pytest.mark.parametrize(("depth", "readable"), [(60, True), (5000, False)])
def test_tables_in_tables(tmp_path: Path, depth: int, readable: bool) -> None:
    body = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>" * depth + p("đáy") + "</w:tc></w:tr></w:tbl>" * depth
    path = word_file(tmp_path / "sau.docx", body)
    if readable:
        assert lines(path)[0].endswith("đáy")
    else:
        with pytest.raises(UnreadableFile, match=r"“sau\.docx” có các phần lồng nhau quá sâu"):
            read(path)
