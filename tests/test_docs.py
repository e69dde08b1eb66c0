"""The documents keep up with the program: help pages, settings, and the commands that the READMEs name.

`python tests/test_docs.py` writes docs/cli.md anew.
"""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).parents[1]
CLI_PAGE = ROOT / "docs" / "cli.md"
PAGES = (
    "README.md",
    "README.vi.md",
    "docs/architecture.md",
    "docs/formats.md",
    "docs/cli.md",
    "docs/reading.md",
    "docs/models.md",
    "docs/evaluation.md",
    "evals/README.md",
    "evals/external/README.md",
    "docs/packs.md",
    "docs/security.md",
    "docs/van-hanh.md",
    "CHANGELOG.md",
)
COMMANDS = [
    *([word] for word in ("serve", "ask", "search", "pack", "index", "fetch", "parse", "doctor", "corpus")),
    *(["corpus", word] for word in ("list", "show", "add", "remove", "check")),
    ["user"],
    *(["user", word] for word in ("add", "list", "remove", "password", "roles", "disable", "enable", "token")),
    ["eval"],
    *(["eval", word] for word in ("run", "check", "import", "draft", "review", "from-feedback")),
    ["office"],
    *(["office", word] for word in ("backup", "restore")),
]


@cache
def help_page(*command: str) -> str:
    from policy_qa.cli.app import app

    result = CliRunner().invoke(app, [*command, "--help"], prog_name="policy-qa", terminal_width=80)
    assert result.exit_code == 0, result.output
    return "\n".join(line.rstrip() for line in result.output.strip().split("\n"))


def cli_page() -> str:
    head = "# Commands\n\nWhat `--help` prints. What `--json` prints: [formats.md](formats.md).\n"
    pages = (f"## {' '.join(['policy-qa', *c])}\n\n```text\n{help_page(*c)}\n```\n" for c in ([], *COMMANDS))
    return "\n".join((head, *pages))


def console_commands(page: str) -> list[str]:
    """The commands of a page's console blocks, and the `policy-qa …` in its tables and sentences."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL)
    lines = [line[2:] for block in blocks for line in block.split("\n") if re.match(r"[$>] ", line)]
    lines += re.findall(r"`((?:policy-qa|make) [^`\n]+)`", text)
    return [re.split(r"\s+[>|] |\s{2,}#", line.replace("\\", "/"))[0] for line in lines]


def test_the_page_of_commands_is_what_help_prints() -> None:
    assert CLI_PAGE.read_text(encoding="utf-8") == cli_page(), "run: python tests/test_docs.py"


@pytest.mark.parametrize("page", ["README.md", "README.vi.md", "docs/van-hanh.md"])
def test_every_command_a_readme_names_exists_with_its_options(page: str) -> None:
    commands = [shlex.split(line) for line in console_commands(page)]
    ours = [words for words in commands if Path(words[0]).name in ("policy-qa", "policy-qa.exe")]
    assert len(ours) >= 8
    for words in ours:
        path = words[1:3] if words[1] in ("corpus", "user", "office", "eval") else words[1:2]
        assert path in COMMANDS, words
        page_text = help_page(*path)
        for option in (word for word in words if word.startswith("--")):
            assert option in page_text, words


@pytest.mark.parametrize("page", ["README.md", "README.vi.md"])
def test_every_make_target_a_readme_names_exists(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*## ", makefile, flags=re.MULTILINE))
    assert targets >= {"help", "setup", "serve", "ask", "index", "test", "test-slow", "lint", "format", "eval", "bench"}
    named = {words[1] for words in (shlex.split(line) for line in console_commands(page)) if words[0] == "make"}
    assert {"serve", "ask"} <= named <= targets


def test_every_setting_is_explained_with_its_default() -> None:
    from policy_qa.settings import Settings

    rows = dict(
        re.findall(r"^\| `POLICY_QA_(\w+)` \|.*\| (.*) \|$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    assert {name.lower() for name in rows} == set(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        if isinstance(field.default, (str, int)):
            assert rows[name.upper()] == f"`{field.default}`"


@pytest.mark.parametrize("page", PAGES)
def test_links_to_files_lead_somewhere(page: str) -> None:
    file = ROOT / page
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("docs/images/"):
            assert (file.parent / target).exists(), target


def test_the_changelog_keeps_its_form() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [Unreleased]" in text
    kinds = set(re.findall(r"^### (\w+)$", text, flags=re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_version_is_the_same_everywhere() -> None:
    from policy_qa import __version__

    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"] == __version__


def test_constraints_pin_every_dependency_without_local_versions_or_addresses() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(item for extra in project["optional-dependencies"].values() for item in extra),
    ]
    lines = [
        line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split("\n") if line and line[0] != "#"
    ]
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9A-Za-z.]*", line) for line in lines)
    pinned = {line.partition("==")[0] for line in lines}
    assert {re.split(r"[<>=!~\[ ]", item)[0].lower().replace("_", "-") for item in wanted} <= pinned
    assert "torch==2.13.0" in lines


if __name__ == "__main__":
    CLI_PAGE.write_text(cli_page(), encoding="utf-8", newline="\n")
    sys.stderr.write(f"{CLI_PAGE}\n")
