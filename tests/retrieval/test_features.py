"""Features say what they are said to say, checked by hand on a few passages."""

from __future__ import annotations

import numpy as np
import pytest
from tables import asked_of, table_of

from policy_qa.retrieval.features import NAMES, Asked, Candidates, directions, features, likeliest
from policy_qa.retrieval.matching import Wordings
from policy_qa.retrieval.pieces import PieceTable
from policy_qa.retrieval.query import Concept, Wording

PASSAGES = [
    ("Điều 1. Cấp giấy phép", "Sở Xây dựng cấp giấy phép xây dựng nhà ở.", 1, 1),
    ("Điều 1. Cấp giấy phép", "Thời hạn cấp là mười lăm ngày.", 1, 1),
    ("Điều 2. Học phí", "Học sinh tiểu học không phải đóng học phí.", 3, 1),
    ("", "Chó thả rông bị phạt tiền.", 4, 4),
]

TOPICS = {1: "Luật Xây dựng"}


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> PieceTable:
    return table_of(PASSAGES, TOPICS, tmp_path_factory.mktemp("pieces"))


def seen(table: PieceTable, question: str, official: str = "", *, folded: bool = False) -> dict[str, list[float]]:
    rows = features(asked_of(question, official, folded=folded), Candidates.of({1: 4.0, 2: 2.0, 3: 1.0}, [4]), table)
    assert rows.shape == (4, len(NAMES)) and np.isfinite(rows).all()
    return {name: rows[:, column].tolist() for column, name in enumerate(NAMES)}


def test_words_and_neighbours_that_a_passage_has(table: PieceTable) -> None:
    found = seen(table, "giấy phép xây dựng")
    assert found["covered"] == pytest.approx([1, 0, 0, 0])
    assert found["pairs"][0] == pytest.approx(1)
    assert found["pairs"][1:] == [0, 0, 0]
    assert found["late"][0] == pytest.approx(1, abs=1e-5)
    assert found["covered_gap"][0] == 0
    assert -1 < found["covered_gap"][1] < 0  # the heading above it
    assert found["head_covered"][0] == found["head_covered"][1] > found["head_covered"][2] == 0
    assert found["article_covered"][:2] == pytest.approx([1, 1])


def test_what_only_the_heading_says_counts_less(table: PieceTable) -> None:
    found = seen(table, "giấy phép")
    assert found["said"][:2] == pytest.approx([1, 0])
    assert found["said_both"][:2] == pytest.approx([1, 0.75])
    assert found["head_said"][:3] == pytest.approx([1, 1, 0])


def test_no_pair_runs_from_one_passage_into_the_next(table: PieceTable) -> None:
    assert seen(table, "ở thời")["pairs"] == [0, 0, 0, 0]  # "… nhà ở." and "Thời hạn …"


def test_bm25_and_places(table: PieceTable) -> None:
    found = seen(table, "giấy phép")
    assert found["lexical"] == pytest.approx([1, 0.5, 0.25, 0])
    assert found["article_lexical"] == pytest.approx([1, 1, 0.25, 0])
    assert found["lexical_rank"] == [0, 0, 1, 2]
    assert found["position"] == [0, 1, 0, 0]
    assert found["siblings"] == pytest.approx([np.log1p(2), np.log1p(2), np.log1p(1), np.log1p(1)])
    assert found["head_length"][3] == 1  # nothing counts as one


def test_without_diacritics_the_same_words_are_met(table: PieceTable) -> None:
    found = seen(table, "hoc phi", folded=True)
    assert found["covered"][2] == 0
    assert found["folded_covered"][2] == pytest.approx(1)
    assert found["pairs"][2] == pytest.approx(1)


def test_official_words_count_apart(table: PieceTable) -> None:
    found = seen(table, "tiền trường", "học phí")
    assert found["expanded"][2] == pytest.approx(1)
    assert found["head_expanded"][2] == pytest.approx(1)
    assert found["cosine"][2] == max(found["cosine"])


def test_other_ways_to_say_a_word_count(table: PieceTable) -> None:
    ways = [
        Concept(2.0, (Wording(("tiền", "trường"), 1.0), Wording(("học", "phí"), 0.8))),
        Concept(1.0, (Wording(("chó",), 1.0),)),
    ]
    asked = Asked(
        np.array([5]), np.zeros(0, np.int64), directions([5], []), Wordings.of(ways), folded=False, english=False
    )
    rows = features(asked, Candidates.of({1: 1.0, 2: 1.0, 3: 1.0}, [4]), table)
    said = rows[:, NAMES.index("said")].tolist()
    # The third says "học phí"; the fourth has "tiền" of "tiền trường" (half of it, so a little) and "chó".
    assert said == pytest.approx([0, 0, 2 * 0.8 / 3, (2 * 0.6 * 0.25 + 1) / 3])


def test_a_question_that_says_nothing_has_no_words(table: PieceTable) -> None:
    asked = Asked(
        np.array([0]), np.zeros(0, np.int64), directions([0], []), Wordings.of([]), folded=False, english=False
    )
    rows = features(asked, Candidates.of({1: 1.0}, [4]), table)
    assert np.isfinite(rows).all() and rows[:, NAMES.index("said")].tolist() == [0, 0]


def test_votes_of_a_document_add_up(table: PieceTable) -> None:
    found = seen(table, "giấy phép")
    assert found["document_lexical"][0] == found["document_lexical"][2]
    assert found["document_lexical"][0] + found["document_lexical"][3] == pytest.approx(1)


def test_what_the_document_is_about_counts_with_what_the_passage_says(table: PieceTable) -> None:
    found = seen(table, "luật học phí")
    assert found["topic_covered"][0] == found["topic_covered"][2] > found["topic_covered"][3] == 0
    assert found["with_topic"][2] == pytest.approx(1)
    assert found["covered"][2] < 1
    # Of "luật học phí" the topic has "luật"; the third passage has all of the rest, the first none.
    assert found["beyond_topic"][2] == pytest.approx(1)
    assert found["beyond_topic"][0] == 0


def test_words_that_stand_together_and_early(table: PieceTable) -> None:
    found = seen(table, "học sinh tiểu học")
    assert found["early"][2] >= 1 > found["early"][0]
    assert found["densest"][2] > found["densest"][0]


def test_words_that_few_candidates_have_count_more(table: PieceTable) -> None:
    """Two of the three articles have "học" or "phép" apiece, one has "cấp": beside the first two, rarity here decides."""
    found = seen(table, "phạt điều")
    # "điều" stands in two of the three articles, "phạt" in one.
    assert found["local_covered"][3] > found["covered"][3] > 0
    assert found["local_covered"][0] < found["head_covered"][0]


def test_of_many_candidates_the_nearest_and_the_best_found_are_kept(table: PieceTable) -> None:
    asked = asked_of("học phí của học sinh")
    by_vectors = Candidates.of({}, [1, 2, 3, 4])
    assert likeliest(asked, by_vectors, table, 1).rowids.tolist() == [3]
    assert likeliest(asked, by_vectors, table, 4) is by_vectors
    # The score of BM25 counts, too, and stays with its passage.
    by_words = likeliest(asked_of("phạt"), Candidates.of({2: 9.0}, [1, 2, 3, 4]), table, 2)
    assert by_words.rowids.tolist() == [2, 4]
    assert by_words.lexical.tolist() == [9, 0]
    assert likeliest(asked, by_vectors, table, 2, favoured=[4]).rowids.tolist() == [3, 4]
    assert likeliest(asked, by_vectors, table, 1, favoured=[4]).rowids.tolist() == [4]
