"""A thousand broken files: each is read or refused, none crashes, hangs or fills memory."""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from mutations import mutated
from seeds import Seed, seeds
from sound import assert_sound

from policy_qa.errors import PolicyQAError, ReadingStopped
from policy_qa.loading import Limits, Loader
from policy_qa.reading.source import ReadOptions

pytestmark = pytest.mark.slow

COUNT = int(os.environ.get("FUZZ_COUNT", "1000"))
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
PROGRAM = Path(__file__).with_name("mutations.py")
LIMITS = Limits(memory=2**30, silence=30, total=60)


@pytest.fixture(scope="module")
def files() -> list[Seed]:
    return seeds()


@pytest.mark.slow
def test_every_seed_mutates_and_the_same_number_always_gives_the_same_file(files: list[Seed]) -> None:
    first = [mutated(number, files) for number in range(len(files))]
    assert [name for name, _ in first] == [seed.name for seed in files]
    assert first == [mutated(number, files) for number in range(len(files))]
    assert sum(data != seed.data for (_, data), seed in zip(first, files, strict=True)) > 0.9 * len(files)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["7"], "Give the number of a mutation and a folder"),
        (["seven", "."], "Give the number of a mutation and a folder"),
        (["7", "missing"], "There is no folder missing;"),
    ],
)
def test_a_mutation_that_cannot_be_written_is_told_in_one_sentence(
    run: Callable[..., object], arguments: list[str], sentence: str
) -> None:
    told = run(*arguments)  # what a program ends with, and status 1, when it is a text
    assert isinstance(told, str) and told.startswith(sentence) and "\n" not in told


def test_the_program_runs_by_itself(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM)], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("Give the number of a mutation and a folder")


def test_a_mutation_is_written_for_a_closer_look(run: Callable[..., object], tmp_path: Path, files: list[Seed]) -> None:
    name, data = mutated(3, files)
    assert run("3", ".") is None
    assert (tmp_path / f"3-{name}").read_bytes() == data


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """Runs the program in a folder, in this process, which has the seeds; gives what it exits with."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", list(sys.path))

    def end(*arguments: str) -> object:
        monkeypatch.setattr(sys, "argv", [str(PROGRAM), *arguments])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(PROGRAM), run_name="__main__")
        return ended.value.code

    return end


@pytest.mark.slow
def test_mutated_files_are_read_or_refused(tmp_path: Path, files: list[Seed]) -> None:
    outcomes: Counter[str] = Counter()
    failures: list[str] = []
    with Loader(ReadOptions(ocr=False), LIMITS) as loader:
        for number in range(FIRST, FIRST + COUNT):
            name, data = mutated(number, files)
            outcome, failure = fate(loader, tmp_path / name, data)
            outcomes[outcome] += 1
            if failure:
                failures.append(f"mutation {number} of {name}: {outcome}\n{failure}")
    sys.stderr.write(f"\n{COUNT} files: {', '.join(f'{n} {word}' for word, n in sorted(outcomes.items()))}\n")
    assert not failures, "\n\n".join(failures)
    # A mutation may make a bomb, and a limit is there for it; honest small files must not meet one.
    assert sum(n for word, n in outcomes.items() if word.startswith("stopped")) <= 0.01 * COUNT
    assert min(outcomes["read"], outcomes["refused"]) > 0.2 * COUNT


def fate(loader: Loader, path: Path, data: bytes) -> tuple[str, str]:
    """What became of a file, in a word, and what is wrong with that, if anything."""
    path.write_bytes(data)
    try:
        document = loader.load(path)
    except ReadingStopped as error:
        broke_down = error.why in {"died", "fault"}
        details = "\n".join((str(error), *getattr(error, "__notes__", ()), _cause(error)))
        return f"stopped ({error.why})", details if broke_down else ""
    except PolicyQAError as error:
        said = str(error)
        one_sentence = said.isprintable() and said.endswith(".")
        return "refused", "" if one_sentence else f"not one sentence: {said!r}"
    finally:
        path.unlink()
    try:
        assert_sound(document)
    except Exception:
        return "read, unsound", traceback.format_exc(limit=-3)
    return "read", ""


def _cause(error: BaseException) -> str:
    return "".join(traceback.format_exception(error.__cause__)) if error.__cause__ else ""
