from __future__ import annotations

import math
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.document import Address, Metadata, Passage, Span
from policy_qa.retrieval.lexical import Field, LexicalIndex, LexicalWriter, Weighted, terms, weigh


@pytest.mark.parametrize(
    ("text", "syllables", "bigrams"),
    [
        ("Quyền con người", ["quyền", "con", "người"], ["quyền_con", "con_người"]),
        ("hòa bình, thúy", ["hoà", "bình", "thuý"], ["hoà_bình", "bình_thuý"]),
        ("1079/QĐ-TTg", ["1079", "qđ", "ttg", "1079/qđ-ttg"], ["1079_qđ", "qđ_ttg"]),
        ("Số 57–KL/TW", ["số", "57", "kl", "tw", "57-kl/tw"], ["số_57", "57_kl", "kl_tw"]),
        ("CT44", ["ct", "44", "ct44"], ["ct_44"]),
        ("ngày 05/9/2022.", ["ngày", "5", "9", "2022", "05/9/2022"], ["ngày_5", "5_9", "9_2022"]),
        ("1.500.000 đồng", ["1", "500", "000".lstrip("0") or "0", "đồng", "1.500.000", "1500000"], None),
        ("kinh tế - xã hội; kinh tế-xã hội", ["kinh", "tế", "xã", "hội", "kinh", "tế", "xã", "hội"], None),
        ("", [], []),
        ("… “” - ***", [], []),
        ("a_b", ["a", "b"], ["a_b"]),
    ],
)
def test_terms(text: str, syllables: list[str], bigrams: list[str] | None) -> None:
    found = terms(text)
    assert list(found.syllables) == syllables
    if bigrams is not None:
        assert list(found.bigrams) == bigrams


@settings(max_examples=60)
@given(st.text(alphabet="aăâeêioôơuưyáàảãạđĐHhngtc 0159/.-_,\n\t", max_size=60))
def test_terms_do_not_depend_on_the_unicode_form_or_case_and_hold_no_space(text: str) -> None:
    found = terms(text)
    assert terms(unicodedata.normalize("NFD", text)) == found
    assert terms(f"  {text}\u00a0") == found
    for term in (*found.syllables, *found.bigrams, *found.folded().syllables, *found.folded().bigrams):
        assert term == "".join(term.split()) != ""
        assert term == term.lower()


def test_folded_terms() -> None:
    assert terms("Quyết định đặc biệt").folded() == terms("quyet dinh dac biet")


TEXTS = {
    3: ("k1", "Kinh phí lấy từ ngân sách nhà nước"),
    5: ("k1", "Ngân sách trung ương và ngân sách địa phương"),
    8: ("k2#số 1", "Bộ Thông tin và Truyền thông chủ trì Quyết định 1079/QĐ-TTg"),
    9: ("k2#số 1", "Nhà báo nước ngoài"),
}
METADATA = Metadata(number="1079/QĐ-TTg", title="phê duyệt Đề án", nicknames=("Đề án 1079",))


def _passage(key: str, text: str) -> Passage:
    return Passage(f"{key}#", key, Address(), Span(0, len(text)), text, ("Điều 1. Kinh phí",))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("chỉ mục")
    writer = LexicalWriter(folder)
    for rowid, (key, text) in TEXTS.items():
        writer.add(rowid, _passage(key, text), METADATA)
    writer.commit()
    return LexicalIndex.open(folder)


def _bm25(query: list[str]) -> dict[int, float]:
    """Okapi BM25 as tantivy has it (k1 1.2, b 0.75), over the syllables; all texts are short, so lengths are exact."""
    bodies = {rowid: terms(text).syllables for rowid, (_, text) in TEXTS.items()}
    mean = sum(map(len, bodies.values())) / len(bodies)
    scores: dict[int, float] = {}
    for rowid, body in bodies.items():
        counts = Counter(body)
        for term in query:
            n = sum(term in other for other in bodies.values())
            tf = counts[term]
            if tf:
                idf = math.log(1 + (len(bodies) - n + 0.5) / (n + 0.5))
                part = idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * len(body) / mean))
                scores[rowid] = scores.get(rowid, 0.0) + part
    return scores


@pytest.mark.parametrize("query", ["ngân sách", "nhà nước", "bộ", "1079/qđ-ttg nước"])
def test_scores_are_bm25(index: LexicalIndex, query: str) -> None:
    words = query.split()
    found = index.search([Weighted(Field.SYLLABLES, word) for word in words], 10)
    expected = sorted(_bm25(words).items(), key=lambda hit: (-hit[1], hit[0]))
    assert [rowid for rowid, _ in found] == [rowid for rowid, _ in expected]
    assert [score for _, score in found] == pytest.approx([score for _, score in expected], rel=1e-4)
    inside = index.search([Weighted(Field.SYLLABLES, word) for word in words], 10, ["k2#số 1"])
    assert inside == [hit for hit in found if TEXTS[hit[0]][0] == "k2#số 1"]


def test_weights_multiply(index: LexicalIndex) -> None:
    (once,) = index.search([Weighted(Field.SYLLABLES, "trung")], 5)
    (thrice,) = index.search([Weighted(Field.SYLLABLES, "trung", 3.0)], 5)
    assert thrice == (5, pytest.approx(3 * once[1], rel=1e-5))


@pytest.mark.parametrize(
    ("question", "fields", "first"),
    [
        ("ngân sách địa phương", {Field.SYLLABLES: 1.0, Field.BIGRAMS: 1.0}, 5),
        ("ngan sach dia phuong", {Field.FOLDED: 1.0, Field.FOLDED_BIGRAMS: 1.0}, 5),
        ("ngan sach dia phuong", {Field.SYLLABLES: 1.0, Field.BIGRAMS: 1.0}, None),
        ("QĐ 1079", {Field.SYLLABLES: 1.0}, 8),
        ("1079/QĐ-TTg", {Field.SYLLABLES: 1.0}, 8),
        ("đề án 1079", {Field.HEADINGS: 1.0}, 3),
        ("de an 1079", {Field.FOLDED_HEADINGS: 1.0}, 3),
        ('body:"x" AND (', {Field.SYLLABLES: 1.0}, None),
        ("", {Field.SYLLABLES: 1.0}, None),
    ],
)
def test_questions(index: LexicalIndex, question: str, fields: dict[Field, float], first: int | None) -> None:
    found = index.search(weigh(terms(question), fields), 5)
    assert (found[0][0] if found else None) == first


def test_nothing_is_within_no_document(index: LexicalIndex) -> None:
    query = [Weighted(Field.SYLLABLES, "ngân")]
    assert index.search(query, 5, []) == []
    assert index.search(query, 5, ["k9"]) == []
    assert index.search(query, 0) == []
    assert (index.frequency(Field.SYLLABLES, "ngân"), index.frequency(Field.SYLLABLES, "vắng")) == (2, 0)


def test_removed_passages_are_not_found(tmp_path: Path) -> None:
    writer = LexicalWriter(tmp_path)
    for rowid, (key, text) in TEXTS.items():
        writer.add(rowid, _passage(key, text), METADATA)
    writer.commit()
    writer = LexicalWriter(tmp_path)
    writer.remove([3, 77])
    writer.add(10, _passage("k3", "ngân khố"), METADATA)
    writer.commit()
    index = LexicalIndex.open(tmp_path)
    assert len(index) == 4
    assert {rowid for rowid, _ in index.search([Weighted(Field.SYLLABLES, "ngân")], 9)} == {5, 10}


def test_a_missing_index_is_an_oserror(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        LexicalIndex.open(tmp_path / "không có")
