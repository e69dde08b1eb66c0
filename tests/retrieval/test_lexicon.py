from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.retrieval.lexicon import FILES, FOLDER, MOST_ALTERNATIVES, Lexicon, load_lexicon, words

ABBREVIATIONS = "# chú thích\nHTX\tHợp tác xã\tbody\nVƯ\tvườn ươm | ươm\nVP UBND\tVăn phòng Ủy ban nhân dân\nSAI\t\n"
EVERYDAY = "tiền nong\tkinh phí | ngân sách\nươm\tgieo giống\nchỗ ươm cây\tvườn ươm\n"
ENGLISH = "nursery\tvườn ươm\nmangrove nursery\tvườn ươm cây ngập mặn\npolicy\tchính sách\nbudget\ta | b | c | d | e\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for kind, text in (("abbreviation", ABBREVIATIONS), ("everyday", EVERYDAY), ("english", ENGLISH)):
        (tmp_path / FILES[kind]).write_text(text, encoding="utf-8")
    return tmp_path


def expanded(lexicon: Lexicon, question: str, *, english: bool = False, folded: bool = False) -> dict[str, list[str]]:
    spoken = words(question)
    found = lexicon.expansions(spoken, english=english, folded=folded)
    return {" ".join(w.typed for w in spoken[e.start : e.end]): list(e.alternatives) for e in found}


@pytest.mark.parametrize(
    ("text", "typed", "folded"),
    [
        ("", [], []),
        ("Vườn ươm, ở đâu?", ["Vườn", "ươm", "ở", "đâu"], ["vuon", "uom", "o", "dau"]),
        ("345/QĐ-UBND", ["345/QĐ-UBND"], ["345/qd-ubnd"]),
        ("T.Ư & HĐND&UBND", ["T.Ư", "HĐND&UBND"], ["t.u", "hdnd&ubnd"]),
        ("_a__b_", ["a", "b"], ["a", "b"]),
        ("vu\u031bo\u031b\u0300n", ["vườn"], ["vuon"]),
    ],
)
def test_words_are_cut_composed_and_kept_as_typed(text: str, typed: list[str], folded: list[str]) -> None:
    assert [word.typed for word in words(text)] == typed
    assert [word.folded for word in words(text)] == folded


def test_tone_placement_does_not_matter() -> None:
    assert words("hoà")[0].lower == words("hòa")[0].lower


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("HTX góp bao nhiêu?", {"HTX": ["Hợp tác xã"]}),
        ("VƯ ở đâu?", {"VƯ": ["vườn ươm", "ươm"]}),
        ("VP UBND làm gì?", {"VP UBND": ["Văn phòng Ủy ban nhân dân"]}),
        ("htx góp gì?", {"htx": ["Hợp tác xã"]}),
        ("tiền nong lấy ở đâu?", {"tiền nong": ["kinh phí", "ngân sách"]}),
        ("chỗ ươm cây ở đâu?", {"chỗ ươm cây": ["vườn ươm"]}),
        ("ươm ở đâu?", {"ươm": ["gieo giống"]}),
        # Whole words only, comments and rows without a meaning are none, English waits for an English question.
        ("tiền bạc", {}),
        ("nong tiền", {}),
        ("HTXY", {}),
        ("chú thích", {}),
        ("SAI", {}),
        ("nursery", {}),
        ("tien nong", {}),
        ("", {}),
    ],
)
def test_a_question_with_diacritics(folder: Path, question: str, expected: dict[str, list[str]]) -> None:
    assert expanded(Lexicon((folder,)), question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("tien nong lay o dau", {"tien nong": ["kinh phí", "ngân sách"]}),
        ("cho uom cay o dau", {"cho uom cay": ["vườn ươm"]}),
        ("uom o dau", {}),  # one folded syllable may be anything
    ],
)
def test_a_question_without_diacritics(folder: Path, question: str, expected: dict[str, list[str]]) -> None:
    assert expanded(Lexicon((folder,)), question, folded=True) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what is a nursery", {"nursery": ["vườn ươm"]}),
        ("the mangrove nurseries", {"mangrove nurseries": ["vườn ươm cây ngập mặn"]}),
        ("which policies", {"policies": ["chính sách"]}),
        ("Nursery", {"Nursery": ["vườn ươm"]}),
        ("budget", {"budget": ["a", "b", "c"]}),
        ("nurse", {}),
    ],
)
def test_an_english_question(folder: Path, question: str, expected: dict[str, list[str]]) -> None:
    assert expanded(Lexicon((folder,)), question, english=True) == expected


def test_a_folder_of_ones_own_adds_to_the_shipped_one(folder: Path) -> None:
    lexicon = load_lexicon(folder)
    assert expanded(lexicon, "VƯ")["VƯ"] == ["vườn ươm", "ươm"]
    assert expanded(lexicon, "UBND")["UBND"][0] == "Ủy ban nhân dân"
    assert load_lexicon(folder) is lexicon


def test_missing_files_are_an_empty_lexicon(tmp_path: Path) -> None:
    assert expanded(Lexicon((tmp_path / "không có",)), "UBND tiền nong") == {}


@pytest.mark.parametrize("file", sorted(FILES.values()))
def test_the_shipped_files_have_only_rows_that_are_read(file: str) -> None:
    lines = (FOLDER / file).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    assert rows
    assert [row for row in rows if len(row) < 2 or not row[0].strip() or not row[1].strip(" |")] == []


@given(st.text(max_size=60), st.booleans(), st.booleans())
@settings(max_examples=80, deadline=None)
def test_any_question_can_be_expanded(question: str, english: bool, folded: bool) -> None:
    spoken = words(question)
    for found in load_lexicon().expansions(spoken, english=english, folded=folded):
        assert 0 <= found.start < found.end <= len(spoken)
        assert 0 < len(found.alternatives) <= MOST_ALTERNATIVES[found.kind]
