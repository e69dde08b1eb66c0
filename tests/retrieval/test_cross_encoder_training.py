"""What the shipped cross-encoder was trained with: in torch as in numpy, nothing learned of what is kept out.

One file, because torch takes seconds to import: not before the first test here runs.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from safetensors.numpy import load_file

from policy_qa.retrieval.cross_encoder import CrossEncoder
from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.features import Asked

EVALS = Path(__file__).parents[2] / "evals"
KEPT_OUT, LEARNED = "Luật Cá lồng", ("Luật Hồ nước", "Luật Đèn đường", "Luật Bến đò", "Luật Loa xã")
CLAUSES = {
    KEPT_OUT: "Chủ {} nuôi cá lồng trên sông phải đăng ký cá với phường, giữ cá sạch và khai số cá đã bán hằng quý",
    LEARNED[0]: "Ủy ban nhân dân xã giao {} trông coi hồ nước, dọn rác quanh hồ mỗi tuần hai lần và báo mực nước",
    LEARNED[1]: "Đèn đường {} do thôn bật lúc sáu giờ chiều, tắt lúc năm giờ sáng, hỏng thì thay trong ba ngày",
    LEARNED[2]: "Bến đò {} được sửa mỗi năm một lần trước mùa nước lên, tiền sửa do các chủ đò trong xã cùng góp",
    LEARNED[3]: "Loa xã {} phát tin hai buổi sáng chiều, mỗi buổi mười lăm phút, do nhân viên văn hóa xã đọc tin",
}


@pytest.fixture(scope="module")
def modules() -> SimpleNamespace:
    """The scripts, which are no package."""
    sys.path[:0] = [str(EVALS / "cross_encoder"), str(EVALS / "retrieval")]
    names = ("articles", "candidates", "exercises", "measuring", "network", "searching", "told", "torch", "train")
    found = SimpleNamespace(**{name: import_module(name) for name in names})
    found.torch.manual_seed(1)
    return found


@pytest.fixture(scope="module")
def index(modules: SimpleNamespace, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Five laws of four folds, one of which is kept out, of three articles in two clauses each."""
    folder = tmp_path_factory.mktemp("laws")
    lines = [
        {
            "id": f"{law}#{number}", "law": law, "article": str(number), "heading": f"Việc thứ {number} của thôn xóm",
            "text": "\n".join(f"{n}. {clause.format(n)}." for n in (1, 2)),
        }
        for law, clause in CLAUSES.items()
        for number in (1, 2, 3)
    ]  # fmt: skip
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    opened = modules.searching.ArticleIndex.over(path, folder)
    yield opened
    opened.index.close()


@pytest.fixture(scope="module")
def held(modules: SimpleNamespace, index: Any) -> dict[str, np.ndarray]:
    """What `candidates.py` writes, of one question a law."""
    around = modules.candidates.surroundings(index.laws)
    asked = [
        modules.articles.Asked(law, f"ai lo việc {law.removeprefix('Luật ')}", frozenset({f"{law}#2"}), "colloquial")
        for law in CLAUSES
    ]
    entries = [modules.candidates.entry_of(index, around, "officer", question) for question in asked]
    held = modules.candidates.passages(index)
    return {
        "vectors": np.stack([word_encoder().table] * 3),
        **held,
        **modules.candidates.questions(entries, held["rowids"]),
    }


@pytest.fixture(scope="module")
def exercises(modules: SimpleNamespace, held: dict[str, np.ndarray]) -> Any:
    return modules.exercises.Exercises(held, modules.torch.device("cpu"))


def test_torch_and_numpy_say_the_same(
    modules: SimpleNamespace, index: Any, held: dict[str, np.ndarray], exercises: Any, tmp_path: Path
) -> None:
    made = modules.train.made(exercises.vectors, layers=2, width=64, wide=96).eval()
    for weights in made.parameters():
        modules.torch.nn.init.normal_(weights, std=0.25)  # far from where training begins, where all scores are alike
    modules.train.save(made, tmp_path / "small.safetensors")
    written = load_file(tmp_path / "small.safetensors")
    # Two bytes a number: what is compared is what was written.
    made.load_state_dict({name: modules.torch.from_numpy(tensor) for name, tensor in written.items()})
    asked = Asked.of(index.searcher.understand("ai lo việc Cá lồng"))
    passages = modules.torch.arange(len(held["rowids"]))
    with modules.torch.no_grad():
        pairs = exercises.pairs(modules.torch.zeros_like(passages), passages)
        scores = made.scores(pairs, exercises.vectors[0]).numpy()
    plain = CrossEncoder(written, word_encoder().table).scores(asked, held["rowids"], index.index.pieces)
    assert np.abs(plain - scores).max() < 1e-3 < 0.1 * scores.std()


@pytest.mark.slow
def test_a_network_is_trained(modules: SimpleNamespace, exercises: Any, capsys: pytest.CaptureFixture[str]) -> None:
    made = modules.train.made(exercises.vectors, layers=1, width=32, wide=32)
    before = {name: tensor.clone() for name, tensor in made.state_dict().items()}
    modules.train.Training(made, exercises, batch=700, rate=1e-2).run(1, 1, 6)
    same = [name for name, tensor in made.state_dict().items() if modules.torch.equal(tensor, before[name])]
    assert same == ["scale"]
    assert "questions 6 of 6: loss" in capsys.readouterr().out


def test_nothing_is_learned_of_what_is_kept_out(modules: SimpleNamespace, exercises: Any) -> None:
    fish = word_encoder().pieces(["cá"])[0][0]
    network = modules.network
    drawn = [exercises.blanks(40), *(exercises.passages(20) for _ in range(3)), exercises.questions(1, 40)]
    for exercise in drawn:
        asked = exercise.pairs.pieces[exercise.pairs.segments == network.OWN]
        assert len(asked) > 20
        assert fish not in asked
    right = drawn[-1].right
    assert right.any(dim=1).all() and (right.sum(dim=1) <= modules.exercises.MOST_RIGHT).all()
    read = drawn[-1].pairs.pieces.view(*right.shape, -1)
    assert fish in read  # as a wrong passage
    assert fish not in read[right]


def test_the_lines_of_an_article_and_the_passages_in_which_they_begin(modules: SimpleNamespace, index: Any) -> None:
    law = next(iter(CLAUSES))
    found = index.passages_of(f"{law}#2")
    text = index.index.text(found[0][1].document)
    said = [span.of(text) for span in modules.told.lines(text, [passage for _, passage in found])]
    assert [line[:2] for line in said] == ["Đi", "1.", "2."]
    asked = modules.articles.Asked("q", "ai?", frozenset({f"{law}#2"}), "colloquial")
    (second,) = modules.told.answering(index, asked, (3, 99))
    assert dict(found)[second].text.startswith("2.")
    assert modules.told.answering(index, asked, ()) == frozenset()
    several = modules.articles.Asked("q", "ai?", frozenset({f"{law}#1", f"{law}#2"}), "colloquial")
    assert modules.told.answering(index, several, (1,)) == frozenset()


def test_the_lines_that_were_read_are_of_questions_that_exist(modules: SimpleNamespace) -> None:
    told = modules.told.read_told()
    written = {q.id for q in modules.articles.read_questions(EVALS / "retrieval" / "questions.jsonl.gz")}
    assert len(told) > 25_000
    assert all(numbers and min(numbers) > 0 for numbers in told.values())
    assert {question for question in told if question.startswith("w-")} <= written


def test_where_the_passage_is_known_no_other_of_the_article_is_right(
    modules: SimpleNamespace, held: dict[str, np.ndarray]
) -> None:
    assert (modules.exercises.answers(held) == held["right"]).all()
    first = int(np.flatnonzero(held["right"])[0])
    known = {**held, "told": np.arange(len(held["right"])) == first}
    asked = np.repeat(held["question"], np.diff(held["list_bounds"]))
    answers = modules.exercises.answers(known)
    assert answers[asked == asked[first]].sum() == 1 and answers[first]
    assert (answers[asked != asked[first]] == held["right"][asked != asked[first]]).all()


def test_half_of_the_laws_can_be_learned_from(modules: SimpleNamespace, held: dict[str, np.ndarray]) -> None:
    half = modules.train.narrowed(held, [1, 2])
    assert set(half["question_fold"]) <= {0, 1, 2} and set(half["fold"]) <= {0, 1, 2}
    assert modules.train.narrowed(held, None) is held
    exercises = modules.exercises.Exercises(half, modules.torch.device("cpu"))
    assert exercises.questions(0, 8).right.any() and exercises.questions(1, 8).right.any()


def test_masked_pieces_are_those_that_are_to_be_guessed(exercises: Any) -> None:
    blanks = exercises.blanks(30)
    assert (blanks.pairs.pieces[blanks.masked] == exercises.pieces + 1).all()
    assert len(blanks.pieces) == int(blanks.masked.sum()) > 50
    assert ((blanks.pieces >= 0) & (blanks.pieces < exercises.pieces)).all()
    share = len(blanks.pieces) / int((blanks.pairs.pieces >= 0).sum())
    assert 0.15 < share < 0.25


def test_a_few_words_are_taken_out_of_their_passage(modules: SimpleNamespace, exercises: Any) -> None:
    exercise = exercises.passages(20)
    assert exercise.right[:, 0].all() and not exercise.right[:, 1:].any()
    assert exercise.counted[:, 0].all()
    pairs, network = exercise.pairs, modules.network
    bodies = (pairs.segments == network.BODY) & (pairs.pieces >= 0)
    lengths = bodies.sum(dim=1).view(exercise.right.shape)
    words = slice(int(20 * 0.45), None)  # after those asked by a heading
    assert (lengths[words, 0] < lengths[words, 1:].amax(dim=1)).all()


def test_each_question_is_asked_in_three_places(held: dict[str, np.ndarray]) -> None:
    assert held["question_fold"][0] == 0 and (held["question_fold"][1:] > 0).all()
    assert held["place"][held["question"] == 0].tolist() == ["all laws", "eighty laws", "the law"]
    for number, place in enumerate(held["place"]):
        told = slice(*held["list_bounds"][number : number + 2])
        candidates, fold = held["candidate"][told], held["question_fold"][held["question"][number]]
        laws = len(set(held["document"][candidates]))
        assert len(set(held["article"][candidates[held["right"][told]]])) == 1
        # Small indexes have laws of one fold; only fold 4 has two here.
        assert laws > 2 if place == "all laws" else laws == (2 if (place, fold) == ("eighty laws", 4) else 1)


def test_an_article_is_ranked_by_its_best_passage_and_what_stands_below_was_not_found(modules: SimpleNamespace) -> None:
    held = {
        "question_fold": np.array([0, 2]), "kind": np.array(["officer english", "zalo"]), "question": np.array([0, 0, 1]),
        "place": np.array(["all laws", "the law", "all laws"]), "list_bounds": np.array([0, 4, 6, 7]),
        "candidate": np.array([3, 2, 1, 0, 1, 0, 3]), "article": np.array([5, 6, 7, 7]),
        "score": np.array([4, 3, 2, 1, 2, 1, 1], np.float32), "right": np.array([0, 0, 1, 1, 0, 1, 1], bool),
        "below": np.array([0, 0, 0, 0, 0, 1, 0], bool), "told": np.array([0, 0, 0, 1, 0, 0, 0], bool),
    }  # fmt: skip
    first, second = modules.measuring.Lists(held).some(100)
    assert (first.kind, second.kind) == ("all laws, english", "the law, english")
    assert first.reciprocal(first.scores) == 1 / 2  # two passages of one article are before it
    assert first.reciprocal(-first.scores) == 1
    assert first.reciprocal_of_passage(first.scores) == 1 / 4
    assert second.reciprocal_of_passage(second.scores) == 0
    assert second.passages.tolist() == [1]
    assert second.reciprocal(second.scores) == 0
