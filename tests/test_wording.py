"""Runs of words that two texts share."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_qa.wording import SharedRuns, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("… – “”", []),
        ("Số 57-KL/TW, ngày 15/6/2023.", ["so", "57", "kl", "tw", "ngay", "15", "6", "2023"]),
        ("Hoà Bình, HÒA BÌNH; đường", ["hoa", "binh", "hoa", "binh", "duong"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("ours", "source", "exempt", "expected"),
    [
        ("a b c", "a b c", [], ["a b c"]),
        ("a b", "a b", [], []),
        ("x a b c d y", "a b c d", [], ["a b c d"]),
        ("a b c x a b c", "z a b c", [], ["a b c", "a b c"]),
        ("a b x c", "a b c", [], []),
        ("a b x c", "a b c", ["x"], ["a b c"]),
        ("a b x c", "a b x c", ["a b x c"], []),
        # The longest name wins, whatever the order they are given in.
        ("p a b c q", "p a b c q", ["b", "a b c"], []),
    ],
)
def test_shared_runs_of_three(ours: str, source: str, exempt: list[str], expected: list[str]) -> None:
    found = SharedRuns(["nothing here", source], 3, exempt).within(ours)
    assert [" ".join(run) for run in found] == expected


@settings(max_examples=60)
@given(st.lists(st.sampled_from("abc"), max_size=14), st.lists(st.sampled_from("abc"), max_size=14))
def test_same_as_looking_at_every_run(ours: list[str], source: list[str]) -> None:
    """Against the plain definition: position i is shared when it lies in a run of 3 that the source has."""
    known = {tuple(source[i : i + 3]) for i in range(len(source) - 2)}
    starts = {i for i in range(len(ours) - 2) if tuple(ours[i : i + 3]) in known}
    first_of_stretch = [i for i in sorted(starts) if i - 1 not in starts]
    found = list(SharedRuns([" ".join(source)], 3).within(" ".join(ours)))
    assert [run[:3] for run in found] == [ours[i : i + 3] for i in first_of_stretch]
    assert sum(len(run) - 2 for run in found) == len(starts)
