from __future__ import annotations

import re

from answers import answer_of, cite
from hypothesis import given, settings
from hypothesis import strategies as st
from shown import Reader, content

from policy_qa.answer import Answer, Dropped, Statement
from policy_qa.office.history import Turn
from policy_qa.retrieval.index import Index
from policy_qa.web import texts
from policy_qa.web.chat import wording
from policy_qa.web.chat.transcript import one_turn
from policy_qa.web.chat.transcript import transcript as message

ALLOWED = {
    "div",
    "section",
    "form",
    "label",
    "textarea",
    "p",
    "br",
    "h3",
    "ul",
    "li",
    "button",
    "span",
    "details",
    "summary",
}


def transcript(turns: list[Turn], examples: list[str] | None = None) -> str:
    return content(message(turns, examples or []))


def test_statements_bear_numbered_marks_that_open_their_citations(index: Index) -> None:
    answer = answer_of(
        cite(index, "12/2031", "điều=1", "chăm", "a"), cite(index, "12/2031", "điều=2;khoản=1", "tưới", "b")
    )
    shown = transcript([Turn("Hỏi gì?", answer, done=True, id=7)])
    assert re.findall(r'pq-mark" data-go="sources/cited/7/(\d)"[^>]*>(.{3})<', shown) == [
        ("0", "[1]"),
        ("1", "[2]"),
    ]
    assert texts.BASIS in shown and answer.citations[0].formatted in Reader(shown).words


def test_a_document_is_named_in_full_only_once(index: Index) -> None:
    first = cite(index, "9/QĐ-VU", "điều=1", "một nghìn", "a")
    second = cite(index, "9/QĐ-VU", "điều=1;mục=I", "Cây", "b")
    words = Reader(transcript([Turn("Hỏi gì?", answer_of(first, second), done=True)])).words
    assert first.formatted in words and second.formatted not in words
    assert second.formatted_short in words


def test_notes_stand_under_the_answer_as_plain_words() -> None:
    answer = Answer("Hỏi gì?", "answered", notes=("Văn bản <b>đã</b> thay.", "Bản tóm lược."))
    shown = transcript([Turn("Hỏi gì?", answer, done=True)])
    assert f'<ul class="pq-notes" aria-label="{texts.NOTES}">' in shown
    assert "<li>Văn bản &lt;b&gt;đã&lt;/b&gt; thay.</li><li>Bản tóm lược.</li>" in shown
    assert "pq-notes" not in transcript([Turn("Hỏi gì?", Answer("Hỏi gì?"), done=True)])


def test_a_mark_without_citation_is_left_out() -> None:
    answer = Answer("Hỏi gì?", "answered", statements=(Statement("Lời.", ("khác",)),))
    assert "pq-mark" not in transcript([Turn("Hỏi gì?", answer, done=True)])


def test_related_provisions_have_no_numbers(index: Index) -> None:
    answer = Answer("?", message="Không có.", related=(cite(index, "12/2031", "điều=1", "chăm", "r1"),))
    shown = transcript([Turn("Hỏi gì?", answer, done=True)])
    assert texts.RELATED in shown and f"<h3>{texts.BASIS}</h3>" not in shown and "[1]" not in shown


def test_what_was_dropped_is_told_with_its_reason() -> None:
    answer = Answer("?", "partial", message="Thiếu.", dropped=(Dropped("Câu <i>sai</i>", "số không có"),))
    shown = transcript([Turn("?", answer, done=True)])
    assert "Câu &lt;i&gt;sai&lt;/i&gt; (số không có)" in shown


def test_an_unfinished_turn_says_that_it_works_and_an_error_is_told() -> None:
    assert texts.WORKING in transcript([Turn("?")])
    shown = transcript([Turn("?", error="Hỏng <hẳn>.", done=True)])
    assert "Hỏng &lt;hẳn&gt;." in shown and texts.WORKING not in shown


def test_examples_stand_in_an_empty_conversation_only() -> None:
    assert 'data-example="Một &quot;ví dụ&quot;?"' in transcript([], ['Một "ví dụ"?'])
    assert "data-example" not in transcript([Turn("?")], ["Một ví dụ?"])


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>&\"'`$ {}!()[]*_/abcđ"), max_size=40))
def test_no_words_of_a_visitor_or_document_become_markup(words: str) -> None:
    answer = Answer(words, "partial", message=words, statements=(Statement(words, ()),))
    read = Reader(transcript([Turn(words, answer, words, done=True)]))
    assert read.tags <= ALLOWED
    assert read.words.count(words) >= 4 or not words.strip()


def test_an_answer_can_be_copied_judged_and_asked_again(index: Index) -> None:
    turn = Turn("Hỏi gì?", answer_of(cite(index, "9/QĐ-VU", "điều=1", "một nghìn")), done=True, id=7)
    shown = transcript([turn])
    assert "(bản tóm lược, không phải nguyên văn)" in shown.partition("data-copy=")[2].partition("data-copied")[0]
    assert shown.count('aria-pressed="false"') == 2 and 'data-again="7"' in shown and "pq-failed" not in shown
    judged = content(one_turn(turn, {7: ("up", "Đủ & đúng")}, dropped=3))
    assert 'data-verdict="up" aria-pressed="true"' in judged and "Đủ &amp; đúng</textarea>" in judged
    assert wording.AGAIN in judged


def test_what_is_not_kept_or_not_done_offers_nothing_to_do() -> None:
    assert "pq-tools" not in transcript([Turn("?", error="Hỏng.", done=True)])
    assert "pq-tools" not in transcript([Turn("?", id=7)])
    assert "pq-question" not in transcript([Turn("", error="Hỏng.", done=True)])
