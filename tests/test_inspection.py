"""The page that shows how a document was read: its words, its tree, its warnings, and that nothing in it runs."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from inspected import DECREE, HOSTILE, Shown, drawn, long_text
from typer.testing import CliRunner

from policy_qa.document import DIGEST_MARK, Address, Document, Marginal, Note, Page, Provision, SourceText, Span
from policy_qa.inspection import page
from policy_qa.structure import parse

SHARED = Path(__file__).parents[2] / "shared" / "data"


def document(text: str, **parts: object) -> Document:
    """The parsed text; `parts` replace fields of its source."""
    source = SourceText(text, "/kho/văn bản.txt", "a" * 64, "text")
    return parse(dataclasses.replace(source, **parts))  # type: ignore[arg-type]


def shown(text: str, **parts: object) -> Shown:
    return Shown(page(document(text, **parts)))


def words(text: str) -> list[str]:
    """The words of `text`, with U+FFFD for what HTML cannot hold."""
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\ufffd", text).split()


def number(doc: Document, address: str) -> str:
    """The id of the block of a provision."""
    return next(f"p{n}" for n, p in enumerate(doc.walk()) if str(p.address) == address)


# --- the words ----------------------------------------------------------------------------------------------------


def assert_faithful(doc: Document) -> Shown:
    """The page's words are the text's, every provision's block holds its span, every link within the page leads somewhere."""
    found = Shown(page(doc))
    assert words(found.text) == words(doc.source.text)
    for n, provision in enumerate(doc.walk()):
        assert words(found.blocks[f"p{n}"]) == words(provision.span.of(doc.source.text))
    ids = [attributes["id"] for _, attributes in found.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    for _, attributes in found.elements:
        href = attributes.get("href")
        assert href is None or (href.startswith("#") and href[1:] in ids)
    return found


@pytest.mark.parametrize(
    "text", [DECREE, HOSTILE, "Một dòng", "", "\n \n", "Điều 3. 1. Khoản trên dòng của điều.\n2. Khoản hai."]
)
def test_the_words_are_those_of_the_text_and_every_block_holds_its_provision(text: str) -> None:
    assert_faithful(document(text))


# Left out: what is white space to Python and nothing to HTML.
LINES = st.lists(
    st.sampled_from(
        [
            "Điều 1. Tên",
            "Điều 2.",
            "1. Một",
            "2. Hai",
            "a) <b>",
            "“1. Mới",
            "Cũ”.",
            "a | b | c",
            "- x",
            "Chương I",
            "TÊN",
            "",
            "  ",
        ]
    )
    | st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\r\x0b\x0c\x1c\x1d\x1e\x1f\x85"), max_size=12
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.data())
def test_any_text_is_shown_word_for_word(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pages = tuple(
        Page(n, Span(a, b), 595, 842) for n, (a, b) in enumerate(zip([0, *cuts], [*cuts, len(text)], strict=True), 1)
    )
    doc = document(text, pages=pages)
    anchors = data.draw(st.lists(st.integers(0, len(text)), max_size=3))
    found = assert_faithful(dataclasses.replace(doc, notes=tuple(Note("*", "Chú <i>", a, Address()) for a in anchors)))
    assert len(found.having("page")) == len(pages), "every page begins once"
    assert len(found.having("note")) == len(anchors) >= len(found.having("mark"))


@pytest.mark.parametrize(
    "file", ["docx/VBPL_123028.docx", "pdf/quyet-dinh-so-28-2021-qd-ttg-34546.pdf", "html/doc_000594.html"]
)
def test_real_files_are_shown_word_for_word(file: str) -> None:
    path = SHARED / file
    if not path.is_file():
        pytest.skip("no shared data here")
    from policy_qa.reading import read

    assert_faithful(parse(read(path)))


def test_words_outside_the_tree_are_shown_as_such() -> None:
    text = "Lời lạc\nĐiều 1. Tên\nLời rơi"
    source = SourceText(text, "x.txt", "0" * 64, "text")
    inside = Provision(Address.parse("điều=1"), Span(8, 19), "Tên")
    found = Shown(page(Document(document(text).metadata, source, (inside,))))
    assert words(found.text) == words(text)
    assert [words(found.blocks[name]) for name in ("p0", "none")] == [
        ["Điều", "1.", "Tên"],
        ["Lời", "lạc", "Lời", "rơi"],
    ]


# --- nothing runs -------------------------------------------------------------------------------------------------


def test_hostile_words_stay_words() -> None:
    html = page(
        document(HOSTILE, file='/kho/"><script>window.hit=1</script>.txt', warnings=("<script>window.hit=1</script>",))
    )
    found = Shown(html)
    assert [tag for tag, _ in found.elements].count("script") == 1
    assert {tag for tag, _ in found.elements}.isdisjoint({"img", "svg", "iframe", "base", "object", "form", "link"})
    assert not [
        name
        for _, attributes in found.elements
        for name in attributes
        if name.startswith("on") or name in ("src", "style")
    ]
    assert "window.hit" in found.words["title"] + found.text
    assert html.count("window.hit=1") > 8
    assert "window.hit" not in found.words["script"] + found.words["style"]


def test_only_the_pages_own_script_and_style_may_run_and_nothing_may_load() -> None:
    found = shown(HOSTILE)
    policy = next(
        a["content"] for t, a in found.elements if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    for kind in ("script", "style"):
        digest = base64.b64encode(hashlib.sha256(found.words[kind].encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert not re.search(r"https?://|@import|url\(", found.words["script"] + found.words["style"])


def test_invisible_characters_are_named_and_cannot_turn_what_stands_around_them() -> None:
    odd = shown("Điều 1. Đèn \u202eđảo\u202c và\u200b ẩn\x07").having("odd")
    assert [mark["data-c"] for mark in odd if mark["data-c"] == "U+202E"], "in the text and in the tree"
    assert {mark["data-c"] for mark in odd} == {"U+202E", "U+202C", "U+200B", "U+0007"}


def test_half_a_surrogate_pair_in_a_file_name_can_be_written() -> None:
    html = page(document("Điều 1. Tên", file="/kho/\udcff.txt"))
    assert "\udcff" not in html
    assert "U+DCFF" in html


# --- what it shows ------------------------------------------------------------------------------------------------


def test_the_head_tells_what_was_recognised_and_how_surely() -> None:
    doc = document(
        DECREE, pages=(Page(1, Span(0, 300), 595, 842, 0.934), Page(2, Span(300, len(DECREE)), 595, 842, 0.5))
    )
    sure = dataclasses.replace(
        doc.metadata, confidence={"number": 0.997, "signer": 0.61}, signer=None, title="Đèn biển"
    )
    html = page(dataclasses.replace(doc, metadata=sure))
    head = html[html.index("<header>") : html.index("</header>")]
    assert "58/2031/QĐ-TTg" in head and "9/6/2031" in head and "a" * 64 in head
    assert '<div class="number"><dt>Số, ký hiệu</dt><dd>58/2031/QĐ-TTg <span class="sure" ' in head
    assert ">99 %<" in head, "never rounded up to certainty"
    assert '<div class="signer"><dt>Người ký</dt><dd class="missing">không thấy</dd>' in head
    assert "2 trang nhận dạng từ ảnh, thấp nhất 50 %" in head
    assert '<span class="sure low" title="cần đối chiếu">50 %</span>' in head
    assert '<li class="dieu"><b>5</b> điều</li>' in head
    assert [mark["data-n"] for mark in Shown(html).having("page")] == ["trang 1 · OCR 93 %", "trang 2 · OCR 50 %"]


def test_the_tree_names_every_provision_with_its_page() -> None:
    doc = document(DECREE, pages=(Page(1, Span(0, 700), 595, 842), Page(2, Span(700, len(DECREE)), 595, 842)))
    html = page(doc)
    tree = html[html.index('<ul id="tree">') : html.index("</nav>")]
    assert tree.count("<li>") == sum(1 for _ in doc.walk())
    clause = number(doc, "điều=2;khoản=1").replace("p", "t")
    assert f'<a id="{clause}" class="khoan"' in tree
    assert "<b>khoản 1</b> Người gác đèn thắp đèn trước khi mặt trời lặn:" in tree
    assert "<b>điểm b</b> Các tháng còn lại: 17 giờ," in tree
    assert "<b>Chương I</b> NHỮNG ĐIỀU CHUNG" in tree and "<small>2</small>" in tree


@pytest.mark.parametrize(
    ("text", "sentence", "address"),
    [
        (DECREE, "Không thấy khoản 2", "điều=2;khoản=3"),
        (DECREE, "Không thấy Điều 5", "điều=6"),
        ("Điều 1. A\n1. B:\na) x;\nc) y;\n2. C:\na) x;\nb) y;\nc) z.", "Không thấy điểm b", "điều=1;khoản=1;điểm=c"),
        ("Điều 1. A\n1. B.\n1. C.\n2. D.", "lặp lại", "điều=1;khoản=1 (lần 2)"),
        ("Điều 1. A\n1. Thay như sau: “x\nĐiều 2. B", "không thấy đóng", "điều=1;khoản=1"),
        ("Điều 1. A\nĐiều 2. B\nĐiều 3. C\nĐiều 1. D", "không hợp thứ tự", "điều=3"),
    ],
)
def test_a_warning_stands_at_the_provision_it_speaks_of(text: str, sentence: str, address: str) -> None:
    doc = document(text)
    warning = next(w for w in doc.warnings if sentence in w)
    html = page(doc)
    block = html[html.index(f'id="{number(doc, address)}"') :]
    own = block[: block.find('<div class="p ', 1)]
    assert re.search(rf'<aside class="warn"><a href="#w\d+">Lưu ý</a> {re.escape(warning)}</aside>', own)
    listed = html[html.index('<details class="warnings"') : html.index('<div class="columns">')]
    assert warning in listed and f'href="#{number(doc, address)}"' in listed
    tree = html[html.index(f'id="{number(doc, address).replace("p", "t")}"') :]
    assert 'class="flag"' in tree[: tree.index("</a>")]


def test_a_warning_of_unknown_place_is_only_listed_and_one_of_a_page_stands_at_the_page() -> None:
    text = "Điều 1. A\nĐiều 2. B"
    pages = (Page(1, Span(0, 10), 595, 842), Page(2, Span(10, 10), 595, 842), Page(3, Span(10, 19), 595, 842))
    html = page(document(text, pages=pages, warnings=("Tệp này hơi lạ.", "Trang 2 là ảnh, không đọc được.")))
    main = html[html.index("<main") :]
    assert "Tệp này hơi lạ." in html and "Tệp này hơi lạ." not in main
    assert main.index('data-n="trang 2"') < main.index("Trang 2 là ảnh") < main.index("Điều 2. B")
    assert 'Trang 2 là ảnh, không đọc được. <a href="#g2">trang 2</a>' in html


def test_quoted_text_tables_and_headings_look_like_what_they_are() -> None:
    html = page(document(DECREE))
    quoted = html[html.index("<blockquote>") : html.index("</blockquote>")]
    assert re.sub(r"<[^>]+>", "", quoted) == "“2. Đèn được lau mỗi tuần một lần.Thợ lau đèn ghi sổ.”."
    found = Shown(html)
    assert (len(found.having("table")), len(found.having("row")), len(found.having("cell"))) == (1, 3, 9)
    assert '<p class="head" role="heading" aria-level="3">Điều 2. Việc của người gác đèn</p>' in html
    assert '<p class="head" role="heading" aria-level="2">Chương I</p><p class="head">NHỮNG ĐIỀU CHUNG</p>' in html


def test_a_note_stands_below_the_words_that_bear_its_mark() -> None:
    doc = document(DECREE)
    at, row = DECREE.index(" thắp đèn trước"), DECREE.index(" | mỗi đêm")
    notes = (Note("1", "Chú thích một", at, Address()), Note("2", "Chú thích hai", row, Address(), 7))
    html = page(dataclasses.replace(doc, notes=notes))
    assert '1. Người gác đèn<a class="mark" href="#n0" aria-label="chú thích 1" data-n="1"></a> thắp đèn' in html
    assert html.index("mặt trời lặn:</p>") < html.index("Chú thích một") < html.index("a) Từ tháng tư")
    assert '120.000 đồng<a class="mark" href="#n1" aria-label="chú thích 2" data-n="2"></a></span>' in html
    assert html.index("mỗi lần</span>") < html.index("Chú thích hai"), "the table stays whole"


def test_references_lead_to_the_provision_they_name() -> None:
    doc = document(DECREE)
    html = page(doc)
    assert (
        f'<a class="ref" href="#{number(doc, "điều=2;khoản=3")}" title="khoản 3 Điều 2 văn bản này">khoản 3 Điều này</a>'
        in html
    )
    assert f'href="#{number(doc, "điều=2;khoản=1;điểm=a")}" title=' in html
    assert '<span class="ref" title="Luật Đèn biển số 14/2029/QH17">' in html


def test_what_was_lifted_out_is_listed_once_with_its_pages() -> None:
    lifted = (
        Marginal("running head", "SỔ ĐÈN", 1),
        Marginal("running head", "SỔ ĐÈN", 2),
        Marginal("stamp", "<b>Dấu</b>", 2),
    )
    html = page(document(DECREE, marginals=lifted))
    assert "<td>đầu trang</td><td>1, 2</td><td>SỔ ĐÈN</td>" in html
    assert "<td>2</td><td>&lt;b&gt;Dấu&lt;/b&gt;</td>" in html


def test_a_document_without_provisions_says_so() -> None:
    source = SourceText("Chỉ có lời.", "x.txt", "0" * 64, "text")
    html = page(Document(document("x").metadata, source, ()))
    assert "Không nhận ra điều khoản nào" in html
    assert words(Shown(html).text) == ["Chỉ", "có", "lời."]


def test_a_digest_is_marked_and_what_is_copied_ends_with_the_mark() -> None:
    from policy_qa.reading import read

    html = page(parse(read(next((Path(__file__).parents[1] / "corpus").glob("*1079*.md")))))
    assert '<span class="badge digest">Bản tóm lược</span>' in html
    assert f'data-mark=" {DIGEST_MARK}"' in html


def test_fifteen_hundred_provisions_take_a_moment() -> None:
    doc = document(long_text(150, 10))
    assert sum(1 for _ in doc.walk()) > 1500
    started = time.process_time()
    html = page(doc)
    assert time.process_time() - started < 3
    assert html.count('<div class="p ') > 1500
    assert len(html) < 10 * len(doc.source.text)


@pytest.mark.slow
def test_many_places_of_one_warning_cost_no_walk_through_the_tree_each() -> None:
    text = "Điều 1. In lặp\n1. Giống nhau.\n" * 3000
    repeated = document(text)
    assert "lặp lại" in "".join(repeated.warnings)
    started = time.process_time()
    assert page(repeated).count('<aside class="warn">') > 2600
    assert time.process_time() - started < 3


# --- the command --------------------------------------------------------------------------------------------------


def run(*arguments: object) -> tuple[int, str, str]:
    from policy_qa.cli.app import app

    result = CliRunner().invoke(app, ["parse", *map(str, arguments)], prog_name="policy-qa")
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "quyết định 58.txt"
    path.write_text(DECREE, encoding="utf-8")
    return path


def test_the_command_writes_the_page_and_says_where(file: Path, tmp_path: Path) -> None:
    out = tmp_path / "trang.html"
    out.write_text("cũ", encoding="utf-8")
    assert run(file, "--html", out) == (0, f"Đã ghi trang đối chiếu: {out}\n", "")
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name, "trang.html"]


def test_in_a_folder_the_page_is_named_after_the_file(file: Path, tmp_path: Path) -> None:
    assert run(file, "--html", tmp_path)[0] == 0
    assert (tmp_path / "quyết định 58.txt.html").is_file()
    assert file.read_text(encoding="utf-8") == DECREE


def test_a_file_name_cannot_command_the_terminal(tmp_path: Path) -> None:
    hostile = tmp_path / "a\u202egpj.txt"
    hostile.write_text("Lời không có tiêu đề, " * 100, encoding="utf-8")
    assert run(hostile)[1].startswith("a\ufffdgpj.txt\n")
    assert "\u202e" not in run(hostile, "--html", tmp_path)[1]


def test_page_and_json_together(file: Path, tmp_path: Path) -> None:
    status, out, err = run(file, "--html", tmp_path / "a.html", "--json")
    assert (status, err) == (0, f"Đã ghi trang đối chiếu: {tmp_path / 'a.html'}\n")
    assert json.loads(out)["document"]["number"] == "58/2031/QĐ-TTg"


def test_places_where_no_page_can_lie_are_refused_with_one_sentence(file: Path, tmp_path: Path) -> None:
    saved = tmp_path / "văn bản.html"
    saved.write_text("<p>Điều 1. Tên</p>", encoding="utf-8")
    refused = [
        (file, tmp_path / "a.pdf"),
        (file, tmp_path / "chưa có" / "a.html"),
        (saved, saved),
        (file, tmp_path / ("x" * 300 + ".html")),
    ]
    for source, out in refused:
        status, told, err = run(source, "--html", out)
        assert (status, told) == (1, "")
        assert err.startswith("Không ghi") and err.count("\n") == 1 and "lỗi chưa lường trước" not in err
    assert saved.read_text(encoding="utf-8") == "<p>Điều 1. Tên</p>"
    assert {path.name for path in tmp_path.iterdir()} == {file.name, saved.name}


def test_a_file_that_cannot_be_read_leaves_the_old_page(tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    out.write_text("cũ", encoding="utf-8")
    status, told, err = run(tmp_path / "không có.pdf", "--html", out)
    assert (status, told, err.count("\n")) == (1, "", 1)
    assert out.read_text(encoding="utf-8") == "cũ"


def test_json_tells_pages_notes_and_what_was_lifted_out(tmp_path: Path) -> None:
    from reading.printed import Sheet

    status, out, _ = run(drawn(Sheet(), tmp_path / "in.pdf"), "--json")
    told = json.loads(out)
    assert status == 0
    assert set(told) == {"document", "text", "provisions", "warnings", "pages", "notes", "marginals"}
    assert [set(p) for p in told["pages"]] == [{"number", "start", "end", "width", "height", "ocr"}] * told["document"][
        "pages"
    ]
    assert told["text"][told["pages"][1]["start"] :].startswith("3. Đêm có sương mù")
    assert [m["text"] for m in told["marginals"] if m["kind"] == "page number"] == ["1", "2"]
    assert set(told["document"]) >= {"confidence", "relations"} and told["notes"] == []
