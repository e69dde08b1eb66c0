"""Answers to hand on: numbers, first and later mention, quotation marks, and nothing that is read as markup."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from policy_qa.answer import Answer, Citation, DocumentName, Statement
from policy_qa.citing.rendering import Form, forms, markdown_escaped, numbers_of, quoted, render, together
from policy_qa.citing.style import first_mention, later_mention
from policy_qa.document import DIGEST_MARK, Address, Metadata, Span, TextKind

DECREE = Metadata("72/2015/NĐ-CP", "2015-09-07", "Nghị định", "Chính phủ", "về vườn ươm")
DIGEST = Metadata("57-KL/TW", "2023-06-15", "Kết luận", "Bộ Chính trị", "về trồng cây", text_kind="digest")


def cite(
    citation_id: str, address: str, quote: str, metadata: Metadata = DECREE, *, page: int | None = None, **more: str
) -> Citation:
    at, kind = Address.parse(address), metadata.text_kind
    headings = [more["heading"]] if "heading" in more else []
    return Citation(
        citation_id,
        DocumentName(metadata.number, metadata.date, metadata.kind, metadata.issuer, metadata.title),
        f"{metadata.number}@{metadata.date}",
        at,
        first_mention(at, metadata, file="kho/tệp.pdf", headings=headings),
        later_mention(at, metadata, file="kho/tệp.pdf", headings=headings),
        quote,
        Span(0, len(quote)),
        page,
        "kho/tệp.pdf",
        "0" * 64,
        kind,
    )


A = cite("a", "điều=5;khoản=2;điểm=a", "Trồng một nghìn cây.", page=3)
B = cite("b", "điều=5;khoản=2;điểm=b", "Tưới hai lần mỗi ngày.", page=4)
C = cite("c", "mục=1", "Trồng cây “đồng bộ” ở mọi nơi.", DIGEST)
ANSWER = Answer(
    "Trồng cây thế nào?",
    "answered",
    statements=(
        Statement("Trồng một nghìn cây.", ("a",)),
        Statement("Cây phải được tưới “hai lần mỗi ngày”, không phải “ba lần”.", ("b", "a", "b", "lạ")),
        Statement("Trồng cây “đồng bộ” ở mọi nơi.", ("c",)),
    ),
    citations=(A, B, C),
    notes=("Nghị định đã được sửa đổi.",),
)
DECREE_IN_FULL = "Nghị định số 72/2015/NĐ-CP ngày 07 tháng 9 năm 2015 của Chính phủ về vườn ươm"
CONCLUSION_IN_FULL = "Kết luận số 57-KL/TW ngày 15 tháng 6 năm 2023 của Bộ Chính trị về trồng cây"


def test_plain_text() -> None:
    assert (
        render(ANSWER)
        == f"""\
“Trồng một nghìn cây.” [1]

Cây phải được tưới “hai lần mỗi ngày”, không phải ba lần. [2][1]

Trồng cây đồng bộ ở mọi nơi. {DIGEST_MARK} [3]

Căn cứ:

[1] điểm a khoản 2 Điều 5 {DECREE_IN_FULL}, trang 3
[2] điểm b khoản 2 Điều 5 Nghị định số 72/2015/NĐ-CP, trang 4: “Tưới hai lần mỗi ngày.”
[3] Mục 1 {CONCLUSION_IN_FULL} {DIGEST_MARK}

Viện dẫn chung: các điểm a, b khoản 2 Điều 5 {DECREE_IN_FULL}; Mục 1 {CONCLUSION_IN_FULL}

Lưu ý:

- Nghị định đã được sửa đổi."""
    )


def test_html() -> None:
    shown = render(ANSWER, Form.HTML).split("\n\n")
    assert shown[0] == "<p>“Trồng một nghìn cây.” [1]</p>"
    assert shown[3] == "<p><strong>Căn cứ</strong></p>"
    assert shown[4].startswith("<ol><li>điểm a khoản 2 Điều 5 Nghị định") and shown[4].count("<li>") == 3
    assert shown[-1] == "<ul><li>Nghị định đã được sửa đổi.</li></ul>"


def test_markdown() -> None:
    shown = render(ANSWER, Form.MARKDOWN).split("\n\n")
    assert shown[0] == r"“Trồng một nghìn cây.” \[1\]"
    assert shown[3] == "**Căn cứ**"
    assert shown[4].split("\n")[1].startswith("2. điểm b khoản 2 Điều 5 Nghị định số 72/2015/NĐ-CP, trang 4: “Tưới")


def test_not_found_shows_message_and_related_provisions() -> None:
    answer = Answer("?", reason="no_text", message="Văn bản không nói.", related=(A,), notes=())
    assert render(answer) == (
        "Văn bản không nói.\n\nĐiều khoản gần nhất (để tham khảo, không phải căn cứ):\n\n"
        f"- điểm a khoản 2 Điều 5 {DECREE_IN_FULL}, trang 3"
    )
    assert render(Answer("?")) == ""


def test_one_place_is_not_said_twice() -> None:
    again = dataclasses.replace(A, id="a2", quote="Trồng")
    assert "Viện dẫn chung" not in render(Answer("?", "answered", citations=(A, again)))


def test_lines_of_a_statement_are_kept() -> None:
    listed = cite("a", "điều=1", "Gồm:\n1. Cây đước.\n- Cây bần.")
    answer = Answer("?", "answered", statements=(Statement(listed.quote, ("a",)),), citations=(listed,))
    assert render(answer).startswith("“Gồm:\n1. Cây đước.\n- Cây bần.” [1]\n\n")
    assert render(answer, Form.MARKDOWN).startswith("“Gồm:\\\n1\\. Cây đước.\\\n\\- Cây bần.” \\[1\\]\n\n")
    assert render(answer, Form.HTML).startswith("<p>“Gồm:<br>1. Cây đước.<br>- Cây bần.” [1]</p>")


def test_reported_words_say_so() -> None:
    reported = dataclasses.replace(C, reported=True)
    (line,) = [x for x in render(Answer("?", "answered", citations=(reported,))).split("\n") if x.startswith("[1]")]
    assert line.endswith(f"(theo báo chí và hồ sơ tra cứu): Trồng cây đồng bộ ở mọi nơi. {DIGEST_MARK}")


def test_numbers_stay_while_an_answer_grows() -> None:
    first = dataclasses.replace(ANSWER, statements=ANSWER.statements[:1], citations=(A,))
    assert numbers_of(first).items() <= numbers_of(ANSWER).items()
    assert render(first).split("\n\n")[0] == render(ANSWER).split("\n\n")[0]


def test_full_form_at_the_first_mention_only() -> None:
    assert forms((A, C, B)) == (A.formatted, C.formatted, B.formatted_short)
    assert forms(()) == ()


def test_documents_of_one_number_are_always_told_apart() -> None:
    other = cite("o", "điều=1", "Cây.", dataclasses.replace(DECREE, date="2016-01-02"))
    assert forms((A, other, B)) == (A.formatted, other.formatted, B.formatted)


def test_together_keeps_the_capitals_of_headings_and_names_files() -> None:
    heading = cite("h", "đề mục=cây ở sóc trăng", "Cây.", heading="Cây ở Sóc Trăng")
    assert together((heading, A)).startswith("phần Cây ở Sóc Trăng và điểm a khoản 2 Điều 5 Nghị định số")
    nameless = cite("n", "điều=1", "Cây.", Metadata())
    assert together((nameless,)) == nameless.formatted == "Điều 1 văn bản trong tệp tệp.pdf"


@pytest.mark.parametrize("kind", ["official", "digest"])
def test_only_official_words_are_quoted(kind: TextKind) -> None:
    words = quoted(dataclasses.replace(A, quote='Một\n"hai" “ba”', text_kind=kind))
    assert words == ('“Một "hai" “ba””' if kind == "official" else "Một hai ba")


# --- nothing is read as markup ------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[bấm](javascript:alert(1))", "![ảnh](http://x.vn/a.png)",
    "# Đầu đề", "- mục", "1. mục", "2) mục", "> trích", "```mã```", "    mã", "***", "---", "===", "| a | b |\n|---|---|\n| c | d |",
    "**đậm** _nghiêng_ ~~xoá~~ `mã`", "http://x.vn www.x.vn a@x.vn <http://x.vn>", "[1]: http://x.vn", "&lt;b&gt; &amp; &#60;",
    "\\*", "a\\\nb", "$x^2$", "+ cộng", "<!-- ẩn -->", "a  \nb", "\u202eđảo", "[^1]: ghi chú", ": định nghĩa", "100. năm",
]  # fmt: skip
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Reader(HTMLParser):
    """Tags and words of a fragment; a paragraph, line or item ends a line."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.feed(fragment)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        self.words += "\n"

    def handle_data(self, data: str) -> None:
        self.words += data


def lines(words: str) -> list[str]:
    return [" ".join(line.split()) for line in words.split("\n") if line.strip()]


def hostile(words: str) -> Answer:
    evil = Metadata("1/QĐ-X", None, "Quyết định", words, words)
    official, digest = (
        cite("a", "điều=1", words, evil),
        cite("b", "điều=2", words, dataclasses.replace(DIGEST, title=words)),
    )
    statements = (Statement(words, ("a",)), Statement(f"Câu {words}", ("b", "a")), Statement(words, ("b",)))
    return Answer("?", "partial", None, words, statements, (official, digest), (official,), notes=(words, "Lời."))


def bare(words: str) -> list[str]:
    """The lines without the marks of lists and the colon of headings, which only plain text writes out."""
    return [re.sub(r"^(?:\[\d+\] |- )+|:$", "", line) for line in lines(words)]


def same_words(words: str) -> None:
    answer = hostile(words)
    for fragment in (render(answer, Form.HTML), MARKDOWN.render(render(answer, Form.MARKDOWN))):
        read = Reader(fragment)
        assert read.tags <= {"p", "br", "strong", "ol", "ul", "li"}, fragment
        assert read.attributes == []
        assert bare(read.words) == bare(render(answer))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_shown_as_they_are(words: str) -> None:
    same_words(words)


@settings(max_examples=120, deadline=None)
@given(st.text("abĐ 12.)(-+#=*_~`<>[]!|\\&$:/@\"“”'{}\n\t;%^", max_size=30))
def test_any_words_are_shown_as_they_are(words: str) -> None:
    same_words(f"x{words}x" if not words.strip() else words)


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=40))
def test_escaped_markdown_is_one_paragraph_of_the_same_words(words: str) -> None:
    shown = Reader(MARKDOWN.render(markdown_escaped(words)))
    assert shown.tags <= {"p"}
    assert shown.words.split() == markdown_unescaped(markdown_escaped(words)).split()


def markdown_unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)
