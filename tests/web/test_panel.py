from __future__ import annotations

import dataclasses
import re
from contextlib import closing
from pathlib import Path

import pytest
from answers import answer_of, cite

from policy_qa.answer import Answer
from policy_qa.document import DIGEST_MARK
from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import Index, build_index, open_index
from policy_qa.web import texts
from policy_qa.web.chat import urls, wording
from policy_qa.web.chat.panel import empty_panel, reading
from policy_qa.web.chat.panel import panel as whole_panel
from policy_qa.web.chat.provision import first_words
from policy_qa.web.chat.references import References
from policy_qa.web.markup import escaped, legal_form, legal_form_with_words


def panel(index: Index, answer: Answer, turn: int, chosen: int) -> str:
    return whole_panel(index, References(), answer, turn, chosen)


def marked(html: str) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", html)


def copied(html: str) -> list[str]:
    return re.findall(r'data-copy="([^"]*)"', html)


def test_the_quote_is_marked_inside_the_whole_provision(index: Index) -> None:
    citation = cite(index, "12/2031", "điều=1", "ươm cây <b>giống</b>")
    shown = panel(index, answer_of(citation), 0, 0)
    assert marked(shown) == ["ươm cây &lt;b&gt;giống&lt;/b&gt;"]
    assert "Luật này quy định việc <mark>" in shown and "</mark> &amp; chăm cây." in shown
    assert "<b>" not in shown


def test_a_quote_over_several_paragraphs_is_marked_in_each(index: Index) -> None:
    words = "Trách nhiệm\n1. Chủ vườn tưới cây mỗi ngày một lần.\n2. Chủ vườn"
    shown = panel(index, answer_of(cite(index, "12/2031", "điều=2", words)), 0, 0)
    assert marked(shown) == words.split("\n")


def test_the_path_leads_to_the_provision(index: Index) -> None:
    shown = panel(index, answer_of(cite(index, "12/2031", "điều=2;khoản=1", "mỗi ngày")), 0, 0)
    path = shown.partition('<nav class="pq-path"')[2].partition("</nav>")[0]
    assert re.findall(r">([^<]+)</a>", path) == ["Điều 2. Trách nhiệm"]
    text, _, around = shown.partition('<div class="pq-text"')[2].partition("</div>")
    assert "Chủ vườn ghi sổ" not in text, "the text is that of the provision cited"
    assert "Chủ vườn ghi sổ" in around.partition("<details")[2], "its siblings are folded away"


def test_a_chapter_is_called_by_its_own_name_and_by_no_articles(tmp_path: Path) -> None:
    law = "BỘ VƯỜN ƯƠM\nSố: 5/2031/TT-BVU\nTHÔNG TƯ\nVề vườn ươm\nChương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Thông tư này quy định về vườn.\nChương II\nĐiều 2. Tưới cây\nTưới mỗi ngày một lần."
    (tmp_path / "law.txt").write_text(law, encoding="utf-8")
    build_index([tmp_path / "law.txt"], tmp_path / "index", load_encoder())
    with closing(open_index(tmp_path / "index", load_encoder())) as opened:
        (record,) = opened.documents()
        called = {str(p.address): first_words(opened, p) for p in opened.provisions(record.key)}
    assert called["chương=I"] == "Chương I. QUY ĐỊNH CHUNG" and called["chương=II"] == "Chương II"


@pytest.mark.parametrize(
    ("number", "address", "words", "badge", "absent"),
    [
        ("12/2031", "điều=1", "chăm cây", texts.OFFICIAL, texts.DIGEST),
        ("9/QĐ-VU", "điều=1;mục=I", "Cây là bạn", texts.DIGEST, texts.OFFICIAL),
    ],
)
def test_the_kind_of_text_is_shown(
    index: Index, number: str, address: str, words: str, badge: str, absent: str
) -> None:
    shown = panel(index, answer_of(cite(index, number, address, words)), 0, 0)
    assert f">{badge}</span>" in shown
    assert f">{absent}</span>" not in shown


def test_what_is_only_reported_says_so(index: Index) -> None:
    citation = cite(index, "9/QĐ-VU", "đề mục=theo báo chí và hồ sơ tra cứu", "ở buổi lễ")
    assert f">{texts.REPORTED}</span>" in panel(index, answer_of(citation), 0, 0)
    assert legal_form(citation).endswith(f"({texts.REPORTED}) {DIGEST_MARK}")


def test_a_copy_of_a_digest_ends_with_its_mark_and_has_no_quotation_marks(index: Index) -> None:
    citation = cite(index, "9/QĐ-VU", "điều=1;mục=I", "Cây là bạn của người.")
    for form in (legal_form(citation), legal_form_with_words(citation)):
        assert form.startswith("Mục I Điều 1 Quyết định số 9/QĐ-VU")
        assert form.endswith(DIGEST_MARK)
        assert not set(form) & set('“”"«»')
    assert copied(panel(index, answer_of(citation), 0, 0))[0] == escaped(legal_form(citation))


def test_a_copy_of_an_official_text_quotes_its_words(index: Index) -> None:
    citation = cite(index, "12/2031", "điều=2;khoản=1", "Chủ vườn tưới cây")
    assert legal_form(citation) == citation.formatted
    assert legal_form_with_words(citation) == f"{citation.formatted}: “Chủ vườn tưới cây”"


def test_number_date_issuer_and_file_are_given_without_the_folder(index: Index) -> None:
    citation = cite(index, "9/QĐ-VU", "điều=1;mục=I", "Cây")
    shown = panel(index, answer_of(citation), 0, 0)
    for fact in ("9/QĐ-VU", "4/5/2031", "Ban Vườn ươm", "ke-hoach.md"):
        assert f"<dd>{fact}</dd>" in shown
    assert citation.file not in shown


def test_a_page_is_shown_where_there_is_one(index: Index) -> None:
    citation = cite(index, "12/2031", "điều=1", "chăm cây")
    assert "pq-page" not in panel(index, answer_of(citation), 0, 0)
    paged = dataclasses.replace(citation, page=7)
    assert '<span class="pq-page">trang 7</span>' in panel(index, answer_of(paged), 0, 0)


def test_a_page_that_was_recognised_says_how_surely(index: Index) -> None:
    citation = dataclasses.replace(cite(index, "12/2031", "điều=1", "chăm cây"), page=7)
    assert texts.RECOGNISED_NOTE not in panel(index, answer_of(citation), 0, 0)
    shown = panel(index, answer_of(dataclasses.replace(citation, ocr=0.917)), 0, 0)
    assert '<span class="pq-page">trang 7 (nhận dạng từ ảnh, độ tin cậy 92 %)</span>' in shown
    assert escaped(texts.RECOGNISED_NOTE) in shown


def test_of_a_file_that_changed_only_the_quote_is_left(index: Index) -> None:
    stale = dataclasses.replace(cite(index, "12/2031", "điều=1", "chăm cây"), sha256="0" * 64)
    shown = panel(index, answer_of(stale), 0, 0)
    assert escaped(texts.CHANGED) in shown
    assert marked(shown) == ["chăm cây"] and "phạm vi điều chỉnh" not in shown.partition("pq-text")[2].lower()


def test_the_chosen_citation_is_pressed(index: Index) -> None:
    answer = answer_of(
        cite(index, "12/2031", "điều=1", "chăm", "1"), cite(index, "12/2031", "điều=2;khoản=1", "tưới", "2")
    )
    shown = panel(index, answer, 3, 1)
    assert re.findall(r'aria-pressed="(\w+)" data-go="sources/cited/3/(\d)"', shown) == [
        ("false", "0"),
        ("true", "1"),
    ]
    assert marked(shown) == ["tưới"]


def test_related_provisions_are_never_called_sources(index: Index) -> None:
    related = cite(index, "12/2031", "điều=1", "chăm", "r1")
    shown = panel(index, Answer("Hỏi gì?", related=(related,)), 0, 0)
    assert texts.ONLY_RELATED in shown and "[1]" not in shown


@pytest.mark.parametrize("chosen", [-1, 1, 99])
def test_what_is_not_there_shows_the_empty_panel(index: Index, chosen: int) -> None:
    assert panel(index, answer_of(cite(index, "12/2031", "điều=1", "chăm")), 0, chosen) == empty_panel()


def test_a_text_without_pages_is_read_as_text_or_tree_and_its_file_is_saved(index: Index) -> None:
    shown = panel(index, answer_of(cite(index, "12/2031", "điều=1", "chăm")), 0, 0)
    assert re.findall(r'role="tab" id="pq-tab-(\w+)"', shown) == ["text", "outline"]
    assert wording.DOWNLOAD_FILE in shown and "vuon-uom.txt" in shown


def test_a_provision_that_nobody_cited_is_read_on_and_can_be_cited(index: Index) -> None:
    record = index.document("12/2031/QH19")
    assert record
    provision = next(p for p in index.provisions(record.key) if str(p.address) == "điều=2;khoản=2")
    shown = reading(index, References(), record, provision)
    assert "Chủ vườn ghi sổ" in shown and marked(shown) == []
    assert copied(shown)[0].startswith("khoản 2 Điều 2 Luật")
    before = escaped(urls.provision(record, provision.ordinal - 1))
    assert f'data-go="{before}"' in shown and wording.PREVIOUS in shown and wording.NEXT not in shown


def test_a_document_as_a_whole_opens_its_tree(index: Index) -> None:
    record = index.document("9/QĐ-VU@2031-05-04")
    assert record
    shown = reading(index, References(), record, None)
    assert re.findall(r'role="tab" id="pq-tab-(\w+)"', shown) == ["outline"]
    assert escaped(urls.outline(record)) in shown
