"""The report of a run: its figures, its questions, and that nothing in it runs but its own script."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from evaluated import (
    AIM,
    AIMS,
    COST,
    DECREE,
    DIGEST,
    FEE,
    HOSTILE,
    LAMP,
    LATE,
    MOOD,
    MOON,
    NEXT,
    RESULTS,
    SLOW,
    TEXTS,
    WHEN,
    answered,
    failed,
    question,
    refused,
    run_of,
)  # fmt: skip

from policy_qa.answer import Answer
from policy_qa.evaluation.compare import compare
from policy_qa.evaluation.key_facts import missing_facts
from policy_qa.evaluation.page import REPORT_NAME, page, write_page
from policy_qa.evaluation.page.faults import FAULTS, faults, unmet
from policy_qa.evaluation.page.numerals import duration, number, share
from policy_qa.evaluation.page.plots import Balance, Bar, Bin, bars, histogram, reliability, won_lost
from policy_qa.evaluation.page.records import as_script, document_label, short_document_label
from policy_qa.evaluation.page.wording import KINDS, MEANINGS, REASONS, SHORT, STATUSES, STYLES, moment
from policy_qa.evaluation.results import BadResults, Result, Results, ResultsWriter, read_results


class Shown(HTMLParser):
    """What a page is made of: its elements, the words outside scripts, and the content of its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._in = ""
        self.feed(html)
        self.close()
        self.data = json.loads(self.scripts[0])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._in = tag
        if tag in ("script", "style"):
            (self.scripts if tag == "script" else self.styles).append("")

    def handle_endtag(self, tag: str) -> None:
        self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script":
            self.scripts[-1] += data
        elif self._in == "style":
            self.styles[-1] += data
        else:
            self.words += data

    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


@pytest.fixture(scope="module")
def html() -> str:
    return page(run_of(RESULTS))


@pytest.fixture(scope="module")
def shown(html: str) -> Shown:
    return Shown(html)


def words_of(element: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", element).split())


# --- what was wrong with a question -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (answered(WHEN, (LAMP, "18 giờ")), ()),
        (answered(WHEN, (LATE, "6 giờ"), said="Trước 6 giờ."), ("missing", "extra", "facts")),
        (answered(WHEN, (LAMP, "18 giờ"), (LATE, "6 giờ")), ("extra",)),
        (answered(WHEN, (LAMP, "18 giờ"), said="Trước TÁM giờ."), ("facts",)),
        (answered(WHEN, (LAMP, "19 giờ"), verbatim=(False,)), ("quote",)),
        (answered(WHEN, (LAMP, "18 giờ"), supported=False), ("unsupported",)),
        (refused(WHEN), ("refused",)),
        (failed(WHEN), ("error",)),
        (refused(MOON), ()),
        (failed(MOON), ("error",)),
        (answered(MOON, (LAMP, "đèn")), ("answered",)),
        (answered(question("q", "Hỏi gì?", (LAMP, LATE), (FEE,)), (LATE, "6 giờ")), ("missing",)),
        (answered(question("q", "Hỏi gì?", (LAMP, LATE), (FEE,)), (LATE, "6 giờ"), (FEE, "đồng")), ()),
    ],
)
def test_faults(result: Result, expected: tuple[str, ...]) -> None:
    assert faults(result) == expected
    assert set(expected) <= FAULTS.keys()


def test_what_is_lacking() -> None:
    asked = question("q", "Hỏi gì?", (LAMP, LATE), (FEE,), facts=("18 GIỜ", "120.000 đồng"))
    result = answered(asked, (LATE, "6 giờ"), said="trước 18 giờ")
    assert missing_facts(result) == ("120.000 đồng",)
    assert unmet(result) == ((FEE,),)
    assert missing_facts(failed(asked)) == asked.key_facts
    assert unmet(failed(asked)) == asked.gold


# --- figures, words, plots ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.0, 0, "0 %"), (1.0, 1, "100,0 %"), (0.934, 0, "93 %"), (0.934, 1, "93,4 %"),
        (0.9999, 0, "99 %"), (0.9999, 1, "99,9 %"), (0.0001, 0, "1 %"), (0.5, 1, "50,0 %"), (float("nan"), 0, "–"),
    ],
)  # fmt: skip
def test_shares(value: float, decimals: int, expected: str) -> None:
    assert share(value, decimals) == expected


def test_numbers_and_times() -> None:
    assert [number(value) for value in (0, 999.6, 1234567)] == ["0", "1.000", "1.234.567"]
    assert [duration(ms) for ms in (0.4, 84.2, 999.4, 999.6, 30_000)] == ["0 ms", "84 ms", "999 ms", "1,0 s", "30,0 s"]
    assert moment("2026-11-26T09:05:00+00:00") == "09:05 ngày 26/11/2026 (UTC)"
    assert moment("hôm qua") == moment("hôm qua", here=True) == "hôm qua"
    here = datetime.datetime(2026, 11, 26, 9, 5).astimezone()
    assert moment(here.astimezone(datetime.UTC).isoformat(), here=True) == "09:05 ngày 26/11/2026"


def test_every_word_of_a_set_has_a_vietnamese_one() -> None:
    from typing import get_args

    from policy_qa.answer import Reason, Status
    from policy_qa.evaluation.metrics import NAMED
    from policy_qa.evaluation.questions import Kind, Style

    for kinds, words in ((Kind, KINDS), (Style, STYLES), (Reason, REASONS), (Status, STATUSES)):
        assert set(get_args(kinds)) == words.keys()
    assert NAMED.keys() >= MEANINGS.keys() > SHORT.keys()


def test_names_of_documents() -> None:
    assert document_label("1079/QĐ-TTg@2022-09-14") == "1079/QĐ-TTg ngày 14/9/2022"
    assert short_document_label("1079/QĐ-TTg@2022-09-14") == "1079/QĐ-TTg, 2022"
    for file in ("bao cao.pdf", "a@b", "@2022-09-14", ""):
        assert document_label(file) == short_document_label(file) == file


def drawing(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def of(svg: str, tag: str, style: str) -> list[ElementTree.Element]:
    found = drawing(svg).iter(f"{{http://www.w3.org/2000/svg}}{tag}")
    return [element for element in found if element.get("class") == style]


def test_bars() -> None:
    svg = bars([Bar("số liệu", 0.5, 0.25, 0.75, 12), Bar(HOSTILE, None, 0, 0, 0)], "Một nửa")
    assert [float(bar.get("width", "")) for bar in of(svg, "rect", "bar")] == [80]
    whiskers = of(svg, "line", "whisker")
    assert float(whiskers[0].get("x2", "")) - float(whiskers[0].get("x1", "")) == 80
    assert "50 % (n = 12)" in words_of(svg)
    assert "không có câu nào để đo" in words_of(svg)
    assert drawing(svg).get("aria-label") == "Một nửa"
    assert "<img" not in svg


def test_reliability() -> None:
    svg = reliability([Bin(0.25, 0.5, 0.2, 0.8, 4), Bin(0.75, 1.0, 0.6, 1.0, 1)], "Nêu và thật")
    points = [
        (float(p.get("cx", "")), float(p.get("cy", "")), float(p.get("r", ""))) for p in of(svg, "circle", "point")
    ]
    assert points == [(52 + 75, 10 + 150, 10), (52 + 225, 10, 6.5)]


def test_histogram_counts_every_question_once() -> None:
    times = [0.0, 3.0, 20.0, 21.0, 900.0, 30_000.0]
    svg = histogram(times, [("p50", 20.5)], "Thời gian")
    tall = [float(bar.get("height", "")) for bar in of(svg, "rect", "bar")]
    assert sum(round(height / 85) for height in tall) == len(times)
    assert "p50: 20 ms" in words_of(svg)
    assert words_of(histogram([5.0], [], "Một câu"))
    assert words_of(histogram([], [], "Không câu nào"))


@pytest.mark.parametrize("marks", [(20.0, 21.0), (2.0, 2.2), (480.0, 500.0), (2.0, 500.0)])
def test_the_names_of_two_marks_stand_apart_and_inside(marks: tuple[float, float]) -> None:
    svg = histogram([2.0, 20.0, 500.0], [("p50", marks[0]), ("p95", marks[1])], "Thời gian")
    names = re.findall(r'<text class="value over( end)?" x="([\d.]+)" y="([\d.]+)">', svg)
    assert len(names) == 2
    # Seven units a letter are more than any takes.
    wide = [7 * len(f"p50: {duration(at)}") for at in marks]
    spans = [(float(x) - w, float(x)) if end else (float(x), float(x) + w) for (end, x, _), w in zip(names, wide, strict=True)]  # fmt: skip
    assert all(left >= -10 and right <= 450 for left, right in spans)
    assert float(names[1][2]) - float(names[0][2]) >= 16 or spans[0][1] < spans[1][0]


def test_won_and_lost_stand_on_their_sides() -> None:
    svg = won_lost([Balance("dẫn đúng", 4, 2)], "Được 4, mất 2")
    (won,), (lost,) = of(svg, "rect", "won"), of(svg, "rect", "lost")
    middle = float(won.get("x", ""))
    assert float(won.get("width", "")) == 2 * float(lost.get("width", ""))
    assert float(lost.get("x", "")) + float(lost.get("width", "")) == middle


# --- the page -----------------------------------------------------------------------------------------------------


def test_it_needs_nothing_else_and_runs_nothing_else(html: str, shown: Shown) -> None:
    policy = next(a["content"] for tag, a in shown.elements if tag == "meta" and "http-equiv" in a) or ""
    assert policy.startswith("default-src 'none'; ")
    assert len(shown.scripts) == 2
    for content in (shown.styles[0], shown.scripts[1]):
        assert f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'" in policy
    assert len(shown.styles) == 1
    addresses = {a[name] for _, a in shown.elements for name in ("src", "href", "action", "srcset") if name in a}
    assert addresses == {"#questions"}
    assert not re.search(r"url\(|@import", html)
    assert not any(name.startswith("on") or name == "style" for _, a in shown.elements for name in a)


def test_figures_with_their_interval_and_n(html: str) -> None:
    cards = [words_of(card) for card in re.findall(r'<div class="card">(.*?)</div>', html, re.DOTALL)]
    assert len(cards) == len(MEANINGS)
    # Two of five answerable questions cite all they must: Wilson gives 11.8 to 76.9.
    assert cards[0].startswith("Trích dẫn đúng điều khoản 40,0 % 95 %: 11,8 % đến 76,9 % · n = 5")
    # One of two questions without an answer was refused.
    assert "50,0 % 95 %: 9,5 % đến 90,5 % · n = 2" in cards[5]


def test_a_figure_that_nothing_measures_is_a_dash() -> None:
    html = page(run_of([answered(WHEN, (LAMP, "18 giờ"))]))
    cards = [words_of(card) for card in re.findall(r'<div class="card">(.*?)</div>', html, re.DOTALL)]
    assert "– không có câu nào để đo" in cards[5]


def test_every_question_is_there_with_all_that_is_needed(shown: Shown) -> None:
    questions = {each["id"]: each for each in shown.data["questions"]}
    assert list(questions) == [result.question.id for result in RESULTS]
    assert questions[SLOW.id]["error"] == "Quá 30 giây mà chưa trả lời xong."
    assert questions[SLOW.id]["faults"] == ["error"]
    assert questions[COST.id]["message"] == "Văn bản không nói về việc này."
    assert questions[COST.id]["reason"] == "no_text"
    assert questions[MOON.id]["expected"] == "out_of_scope"
    assert questions[MOON.id]["said"] == [
        {"text": "Có 3 đèn.", "citations": [0], "supported": False, "why": "Không có con số này."}
    ]
    assert questions[NEXT.id]["gold"] == [[LAMP]]
    assert questions[NEXT.id]["cited"] == [LATE]
    assert questions[NEXT.id]["lacking"] == ["18 giờ"]
    assert questions[AIMS.id]["citations"][0]["verbatim"] is False
    assert questions[MOOD.id]["faults"] == []
    scored = {metric["name"]: n for n, metric in enumerate(shown.data["metrics"])}
    assert questions[NEXT.id]["scores"][scored["cited"]] == 0
    assert questions[MOON.id]["scores"][scored["cited"]] is None


def test_both_texts_and_which_is_a_digest(shown: Shown) -> None:
    assert shown.data["provisions"][LATE] == {"name": "khoản 2 Điều 2", "text": TEXTS[LATE]}
    assert shown.data["provisions"][AIM]["text"] == TEXTS[AIM]
    assert shown.data["documents"] == {
        DECREE: {"name": "9/2031/NĐ-CP ngày 9/6/2031", "digest": False},
        DIGEST: {"name": "4-KL/TW ngày 20/1/2030", "digest": True},
    }


def test_without_a_word_in_the_head_the_citations_tell_what_is_a_digest() -> None:
    data = Shown(page(run_of(RESULTS, digests=()))).data
    assert [document["digest"] for document in data["documents"].values()] == [False, True]


def test_a_run_that_was_broken_off_says_so() -> None:
    half = words_of(page(run_of(RESULTS, ended=False, count=40)))
    assert "mới có 7 trong 40 câu" in half
    assert "chưa xong" not in page(run_of(RESULTS))


def test_no_results_at_all() -> None:
    shown = Shown(page(run_of([], ended=False, count=9)))
    assert shown.data["questions"] == []
    assert "mới có 0 trong 9 câu" in shown.words


def test_the_comparison() -> None:
    before = run_of((refused(WHEN), answered(NEXT, (LAMP, "18 giờ")), *RESULTS[2:-1]))
    now = run_of(RESULTS)
    shown = Shown(page(now, compare(now.results, before.results)))
    questions = {each["id"]: each for each in shown.data["questions"]}
    assert questions[WHEN.id]["changes"]["cited"] == 1
    assert questions[NEXT.id]["changes"]["cited"] == -1
    assert questions[AIMS.id]["changes"] == {}
    assert "trên 6 câu có ở cả hai lần chạy" in shown.words
    assert "1 câu chỉ có ở lần này, 0 câu chỉ có ở lần trước" in shown.words
    assert "có thể chỉ do tình cờ" in shown.words
    assert {"won", "lost"} <= {a.get("value") for tag, a in shown.elements if tag == "option"}


def test_a_comparison_without_shared_questions() -> None:
    now, before = run_of(RESULTS[:2]), run_of(RESULTS[2:])
    assert "không có câu hỏi nào chung" in page(now, compare(now.results, before.results))


# --- hostile words ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def attacked() -> Results:
    """A run in which whatever can be a word of others is an attack."""
    provision = f"{HOSTILE}#điều=1"
    asked = dataclasses.replace(
        question(f"q{HOSTILE}", f"Đèn {HOSTILE}", (provision,), facts=(HOSTILE,)), author=HOSTILE
    )
    right = answered(asked, (LAMP, HOSTILE), said=HOSTILE, supported=False)
    answer = right.answer or Answer("")
    wrong = dataclasses.replace(answer, message=HOSTILE, notes=(HOSTILE,))
    results = (
        dataclasses.replace(right, answer=wrong, texts={provision: HOSTILE, LAMP: HOSTILE}, ranked=(HOSTILE,)),
        failed(dataclasses.replace(asked, id="2", question=f"{HOSTILE} 2"), HOSTILE),
    )
    return run_of(
        results, questions=f"a/{HOSTILE}", machine=HOSTILE, commit=HOSTILE, versions={HOSTILE: HOSTILE}, index=HOSTILE,
        documents={HOSTILE: HOSTILE}, model=HOSTILE, perturbation=HOSTILE, started=HOSTILE,
    )  # fmt: skip


def test_hostile_words_are_shown_as_words(attacked: Results, shown: Shown) -> None:
    html = page(attacked)
    hostile = Shown(html)
    assert hostile.tags() <= shown.tags() | {"span", "figure", "circle"}
    assert len(hostile.scripts) == 2
    assert "<img" not in html
    assert "<!--" not in html
    assert "\u202e" not in re.sub(r"<script.*?</script>|<span class=\"odd\".*?</span>", "", html, flags=re.DOTALL)
    first = hostile.data["questions"][0]
    assert first["asked"] == f"Đèn {HOSTILE}"
    assert first["citations"][0]["quote"] == HOSTILE
    assert hostile.data["provisions"][LAMP]["text"] == HOSTILE
    assert hostile.data["questions"][1]["error"] == HOSTILE


def test_data_cannot_end_its_script() -> None:
    words = '</script><!--<script>&"\\\u2028\ud800'
    written = as_script({"a": words})
    assert not set("<>&\u2028\ud800") & set(written)
    assert json.loads(written) == {"a": words.replace("\ud800", "\ufffd")}


# --- the file -----------------------------------------------------------------------------------------------------


def test_it_is_written_in_place_of_an_earlier_one(tmp_path: Path) -> None:
    place = tmp_path / "mới" / REPORT_NAME
    write_page(run_of(RESULTS[:1]), place)
    write_page(run_of(RESULTS), place)
    assert place.read_text("utf-8") == page(run_of(RESULTS))
    assert [file.name for file in place.parent.iterdir()] == [REPORT_NAME]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("không phải thư mục", "utf-8")
    with pytest.raises(BadResults, match=r"không ghi được báo cáo") as caught:
        write_page(run_of(RESULTS[:1]), tmp_path / "tệp" / REPORT_NAME)
    assert str(tmp_path / "tệp" / REPORT_NAME) in str(caught.value)


def test_stored_results_make_the_same_page(tmp_path: Path) -> None:
    whole = run_of(RESULTS)
    with ResultsWriter(tmp_path / "results.jsonl", whole.run) as writer:
        for result in RESULTS:
            writer.add(result)
        writer.end()
    stored = read_results(tmp_path)
    assert page(dataclasses.replace(stored, ended=whole.ended)) == page(whole)
