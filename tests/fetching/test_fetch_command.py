"""`policy-qa fetch` from end to end: a digest is indexed, its official text is fetched, and answers come from that."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from ferry import DIGEST, KEY, LINES, NAME, Site, page, word
from typer.testing import CliRunner

from policy_qa.document import Document

Digest = Callable[..., Document]


@dataclass(frozen=True)
class Ran:
    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Mapping[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def sentences(self) -> list[str]:
        return [line for line in self.err.splitlines() if line.strip()]


def run(*words: object) -> Ran:
    """The command in this process."""
    from policy_qa.cli.app import app

    result = CliRunner().invoke(app, [str(word) for word in words], prog_name="policy-qa")
    assert "Traceback" not in result.stderr
    assert "POLICY_QA_DEBUG" not in result.stderr
    return Ran(result.exit_code, result.stdout, result.stderr)


def kinds() -> dict[object, object]:
    """By key, which text of a document the index has."""
    return {line["key"]: line["metadata"]["text_kind"] for line in run("corpus", "list", "--json").lines}  # type: ignore[index]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an empty corpus, official files and index to be."""
    for name in ("ENCODER", "HOST", "PORT", "TOP_K", "DEBUG"):
        monkeypatch.delenv(f"POLICY_QA_{name}", raising=False)
    for name in ("index", "corpus", "official", "cache"):
        monkeypatch.setenv(f"POLICY_QA_{name.upper()}", str(tmp_path / name))
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_official_text_takes_the_place_of_the_digest(site: Site, digest: Digest, place: Path) -> None:
    address = site.serve("/do-ngang", page(), ETag='"v1"')
    digest(address)
    assert run("index").status == 0
    assert kinds() == {KEY: "digest"}

    first = run("fetch", "--intranet", "--json")
    assert first.status == 0, first.err
    (line,) = first.lines
    assert (line["key"], line["status"], line["address"], line["index"]) == (KEY, "stored", address, "read")
    assert line["file"] == str(place / "official" / f"{NAME}.html")
    assert kinds() == {KEY: "official"}
    answer = run("ask", "Mỗi chuyến đò chở tối đa bao nhiêu người?", "--json").lines[0]
    assert "mười chín" in json.dumps(answer["statements"], ensure_ascii=False)
    assert {citation["text_kind"] for citation in answer["citations"]} == {"official"}  # type: ignore[attr-defined]

    second = run("fetch", "--intranet", "--json")
    assert (second.status, second.lines[0]["status"], second.lines[0]["index"]) == (0, "unchanged", "unchanged")
    site.serve("/do-ngang", word())
    third = run("fetch", "--intranet")
    assert third.status == 0
    assert f"{NAME}.docx" in third.out
    assert kinds() == {KEY: "official"}
    assert [path.suffix for path in (place / "official").glob(f"{NAME}.*")] == [".docx"]


def test_an_address_by_hand(site: Site, digest: Digest, place: Path) -> None:
    digest()
    ran = run("fetch", "--url", site.serve("/a", page()), "24/2033/nđ-cp", "--no-index")
    assert ran.status == 0
    assert f"Đã tải {KEY}" in ran.out
    assert "policy-qa index" in ran.err
    assert (place / "official" / f"{NAME}.html").is_file()
    assert not (place / "index").exists()


def test_what_fails_is_one_sentence_and_changes_nothing(site: Site, digest: Digest, place: Path) -> None:
    digest(site.serve("/a", status=404))
    assert run("index").status == 0
    before = (place / "index" / "CURRENT").read_bytes()
    ran = run("fetch", "--intranet")
    assert (ran.status, ran.out, len(ran.sentences)) == (1, "", 1)
    assert "404" in ran.err
    assert (place / "index" / "CURRENT").read_bytes() == before
    failed = run("fetch", "--intranet", "--json", KEY)
    assert (failed.status, failed.lines[0]["status"], failed.lines[0]["index"]) == (1, "failed", None)


def test_an_index_that_cannot_be_built_is_told_beside_what_was_fetched(site: Site, digest: Digest, place: Path) -> None:
    digest(site.serve("/a", page()))
    (place / "index").write_bytes(b"")
    ran = run("fetch", "--intranet", "--json")
    assert (ran.status, len(ran.sentences)) == (1, 1)
    assert (ran.lines[0]["status"], ran.lines[0]["index"]) == ("stored", None)


def test_an_offices_own_copy_stays_in_use_and_the_other_is_named(site: Site, digest: Digest, place: Path) -> None:
    digest(site.serve("/a", page()))
    own = place / "ban-cua-co-quan.txt"
    own.write_text("\n".join((*LINES, "3. Đò phải có đèn.")), encoding="utf-8")
    assert run("corpus", "add", own).status == 0
    ran = run("fetch", "--intranet", "--json")
    assert (ran.status, ran.lines[0]["index"]) == (0, "conflict")
    assert "ban-cua-co-quan.txt" in ran.err


def test_private_addresses_in_digests_need_the_users_word(site: Site, digest: Digest) -> None:
    digest(site.url("/a", scheme="https"))
    ran = run("fetch")
    assert (ran.status, ran.out, len(ran.sentences)) == (1, "", 1)
    assert "mạng nội bộ" in ran.err
    assert site.asked == []


def test_one_sentence_for_each_document_without_an_address(site: Site, digest: Digest, place: Path) -> None:
    digest(site.serve("/a", page()))
    other = (
        DIGEST.format(official="[]")
        .replace("24/2033/NĐ-CP", "8-KL/TW")
        .replace("issuer: Chính phủ", "issuer: Bộ Chính trị")
    )
    (place / "corpus" / "kl-8.md").write_text(other, encoding="utf-8")
    everything = run("fetch", "--intranet", "--no-index")
    assert everything.status == 0
    assert everything.out.count("\n") == 1
    assert "8-KL/TW" in everything.err
    assert "Bộ Chính trị" in everything.err
    assert run("fetch", "8-KL/TW").status == 1
    assert run("fetch", "--intranet", "--no-index", "8-KL/TW", KEY, KEY).out.count(KEY) == 1


def test_a_number_that_no_digest_bears_and_a_corpus_without_digests(digest: Digest, place: Path) -> None:
    digest()
    for words in (["fetch", "1/2033/NĐ-CP"], ["fetch", "--url", "https://vbpl.vn/", "1/2033/NĐ-CP"]):
        ran = run(*words)
        assert (ran.status, ran.out, len(ran.sentences)) == (1, "", 1)
    (place / "corpus" / "do-ngang.md").unlink()
    ran = run("fetch")
    assert (ran.status, ran.out, len(ran.sentences)) == (1, "", 1)


def test_a_broken_digest_is_named_and_the_others_are_fetched(site: Site, digest: Digest, place: Path) -> None:
    digest(site.serve("/a", page()))
    (place / "corpus" / "hong.md").write_text("---\nnumber: [\n---\n", encoding="utf-8")
    ran = run("fetch", "--intranet", "--no-index")
    assert (ran.status, ran.out.count("\n")) == (0, 1)
    assert "hong.md" in ran.err


@pytest.mark.parametrize("words", [["--url", "https://vbpl.vn/"], ["--url", "https://vbpl.vn/", "1", "2"], ["--lạ"]])
def test_wrong_usage(words: list[str]) -> None:
    ran = run("fetch", *words)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert ran.err.startswith("Sai cách dùng: ")
