"""Settings: what wins over what, defaults inside and outside a clone, and sentences for wrong values."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_qa.errors import BadSettings
from policy_qa.settings import Settings, clone_root, load_settings, shipped_corpus


@pytest.fixture(autouse=True)
def _nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"POLICY_QA_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def make_clone(folder: Path, name: str = "policy-qa") -> Path:
    (folder / "corpus").mkdir(parents=True)
    (folder / "deep" / "down").mkdir(parents=True)
    (folder / "pyproject.toml").write_text(f'[project]\nname = "{name}"\n', encoding="utf-8")
    return folder


def test_outside_a_clone_the_shipped_corpus_is_read_and_the_users_folder_written(tmp_path: Path) -> None:
    settings = load_settings()
    assert settings.corpus == shipped_corpus()
    assert settings.index.is_absolute()
    assert not settings.index.is_relative_to(tmp_path)
    assert not settings.official.is_relative_to(settings.corpus)
    assert settings.cache.is_absolute()
    assert not settings.cache.is_relative_to(tmp_path)
    assert (settings.host, settings.port, settings.top_k, settings.encoder) == ("127.0.0.1", 7860, 10, None)


@pytest.mark.parametrize("where", [".", "deep", "deep/down"])
def test_inside_a_clone_everything_lies_in_the_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    root = make_clone(tmp_path / "bản sao")
    monkeypatch.chdir(root / where)
    settings = load_settings()
    assert (settings.index, settings.corpus) == (root / "index", root / "corpus")
    assert settings.official == root / "corpus" / "official"


def test_another_project_with_a_folder_named_corpus_is_no_clone(tmp_path: Path) -> None:
    assert clone_root(make_clone(tmp_path / "other", name="something")) is None
    assert clone_root(make_clone(tmp_path / "ours") / "deep") == tmp_path / "ours"


def test_variables_win_over_the_file_and_the_file_over_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "policy-qa.toml").write_text('port = 8000\ntop_k = 3\nindex = "kho/chỉ mục"\n', encoding="utf-8")
    monkeypatch.setenv("POLICY_QA_PORT", "9000")
    monkeypatch.setenv("POLICY_QA_ENCODER", "")
    settings = load_settings()
    assert (settings.port, settings.top_k, settings.encoder) == (9000, 3, None)
    assert settings.index == tmp_path / "kho" / "chỉ mục"


def test_the_clones_file_counts_below_it_and_its_paths_are_relative_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_clone(tmp_path / "clone")
    (root / "policy-qa.toml").write_text('index = "other"\n', encoding="utf-8")
    monkeypatch.chdir(root / "deep")
    assert load_settings().index == root / "other"
    monkeypatch.setenv("POLICY_QA_INDEX", "here")
    monkeypatch.setenv("POLICY_QA_CACHE", "tạm")
    assert load_settings().cache == root / "deep" / "tạm"
    assert load_settings().index == root / "deep" / "here"


@pytest.mark.parametrize(
    ("toml", "variables", "words"),
    [
        ("prot = 1", {}, ["'prot'", "không có thiết lập"]),
        ("port = 70000", {}, ["'port'", "70000"]),
        ("", {"POLICY_QA_PORT": "tám nghìn"}, ["POLICY_QA_PORT", "tám nghìn"]),
        ("", {"POLICY_QA_TOP_K": "0"}, ["POLICY_QA_TOP_K"]),
        ("port = ", {}, ["policy-qa.toml", "TOML"]),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str, variables: dict[str, str], words: list[str]
) -> None:
    (tmp_path / "policy-qa.toml").write_text(toml, encoding="utf-8")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSettings) as error:
        load_settings()
    assert "\n" not in str(error.value)
    assert all(word in str(error.value) for word in words)
