from __future__ import annotations

import dataclasses
import errno
import json
import shutil
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from outlines import HashEncoder, load_outline

from policy_qa.answering.citations import citation
from policy_qa.document import Address, Document, Page, Span, to_json
from policy_qa.errors import BuildFailed, IndexMismatch, NoIndex
from policy_qa.retrieval import build, contents, generations
from policy_qa.retrieval.encoder import word_encoder
from policy_qa.retrieval.index import BuildReport, Index, build_index, open_index, remove
from policy_qa.retrieval.lexical import Field, terms, weigh
from policy_qa.retrieval.passages import embedding_text
from policy_qa.retrieval.retriever import Searcher

ONE = (
    "1/QĐ-A|2024-01-01\nđiều=1|Kinh phí: Điều 1. Kinh phí\n  khoản=1: 1. Ngân sách trung ương.\n  khoản=2: 2. Tài trợ."
)
TWO = (
    "2/QĐ-A|2024-02-02\nđiều=1|Nhân sự: Điều 1. Nhân sự\n  khoản=1: 1. Cán bộ chuyên trách.\nđiều=2: Điều 2. Thi hành."
)
DIGEST = "1/QĐ-A|2024-01-01|digest\nđiều=1: Tiền do ngân sách chi."


class Room:
    """A folder of documents and an index beside it."""

    def __init__(self, base: Path, encoder: HashEncoder) -> None:
        self.files, self.index_dir, self.encoder = base / "tài liệu", base / "chỉ mục", encoder
        self.files.mkdir()
        self.parsed: list[str] = []

    def write(self, name: str, text: str) -> Path:
        path = self.files / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def load(self, path: Path):
        self.parsed.append(path.name)
        return load_outline(path)

    def build(self, *sources: Path, **more: object) -> BuildReport:
        self.parsed.clear()
        self.encoder.encoded = 0
        return build_index(sources, self.index_dir, self.encoder, load=self.load, **more)  # type: ignore[arg-type]

    def open(self) -> Index:
        return open_index(self.index_dir, self.encoder)

    def indexed(self) -> list[str]:
        index = self.open()
        try:
            return [record.key for record in index.documents()]
        finally:
            index.close()

    def current(self) -> str:
        return (self.index_dir / "CURRENT").read_text(encoding="utf-8").strip()

    def generations(self) -> list[str]:
        return sorted(p.name for p in self.index_dir.iterdir() if p.is_dir())


@pytest.fixture
def room(tmp_path: Path, encoder: HashEncoder) -> Room:
    return Room(tmp_path, encoder)


def status(report: BuildReport) -> dict[str, str]:
    return {Path(file.path).name: file.status for file in report.files}


def why(report: BuildReport, name: str) -> str:
    return next(file.why for file in report.files if Path(file.path).name == name)


def search(index: Index, question: str, documents: list[str] | None = None) -> list[str]:
    query = weigh(terms(question), {Field.SYLLABLES: 1.0, Field.BIGRAMS: 1.0})
    return [index.passage(rowid).id for rowid, _ in index.lexical(query, 10, documents)]


# --- building and reading


def test_provisions_and_passages_are_counted_apart(room: Room) -> None:
    points = "".join(f"\n    điểm={letter}: {letter}) Vườn {letter}." for letter in "abcd")
    room.write("a.txt", f"3/QĐ-A|2024-03-03\nđiều=1|Danh sách: Điều 1. Danh sách\n  khoản=1: 1. Các vườn:{points}")
    (file,) = room.build(room.files).files
    (record,) = room.open().documents()
    assert (file.provisions, file.passages) == (record.provisions, record.passages)
    assert record.provisions > record.passages > 0


def test_everything_can_be_read_back(room: Room) -> None:
    room.write("a.md", ONE)
    room.write("sâu/b.txt", TWO)
    report = room.build(room.files)
    assert (report.documents, report.provisions, report.passages, report.read) == (2, 6, 6, 2)
    assert [(f.status, f.provisions, f.passages) for f in report.files] == [("read", 3, 3), ("read", 3, 3)]
    index = room.open()
    one, two = index.documents()
    assert (one.key, one.metadata.number, one.file) == ("1/QĐ-A@2024-01-01", "1/QĐ-A", str(room.files / "a.md"))
    assert index.document(two.key) == two
    assert index.document("9/QĐ-A") is None
    clause = index.provision(one.key, Address.parse("điều=1;khoản=2"))
    assert clause is not None
    assert index.text(one.key, clause.span) == "2. Tài trợ."
    article = index.parent(clause)
    assert article is not None
    assert (article.heading, index.text(one.key, article.own_span).strip()) == ("Kinh phí", "Điều 1. Kinh phí")
    assert [str(p.address) for p in index.children(article)] == ["điều=1;khoản=1", "điều=1;khoản=2"]
    assert [str(p.address) for p in index.provisions(two.key)] == ["điều=1", "điều=1;khoản=1", "điều=2"]
    assert index.provision_at(one.key, Span(clause.span.start + 1, clause.span.start + 3)) == clause
    assert index.provision_at(one.key, article.span) == article
    assert index.provision(one.key, Address.parse("điều=7")) is None
    assert (index.source_pages(one.key), index.page_of(one.key, 3)) == ((), None)
    with pytest.raises(KeyError):
        index.text("9/QĐ-A")
    with pytest.raises(KeyError):
        index.passage(99)
    rowid, passage = index.passages_of(one.key, clause.address)[0]
    assert index.passage(rowid) == passage == index.passage_with_id(passage.id)[1]  # type: ignore[index]
    assert len(index) == 6


def test_pages_are_kept_with_their_confidence(room: Room) -> None:
    room.write("a.md", ONE)

    def scanned(path: Path) -> Document:
        document = load_outline(path)
        half = len(document.source.text) // 2
        spans = (Span(0, half), Span(half, len(document.source.text)))
        pages = (Page(1, spans[0], 595.0, 842.0), Page(2, spans[1], 595.0, 842.0, 0.91))
        return dataclasses.replace(document, source=dataclasses.replace(document.source, pages=pages))

    build_index([room.files], room.index_dir, room.encoder, load=scanned)
    index = room.open()
    key = index.documents()[0].key
    pages = index.source_pages(key)
    assert [(page.number, page.ocr) for page in pages] == [(1, None), (2, 0.91)]
    assert (index.page_of(key, 0), index.page_of(key, pages[1].span.start)) == pages
    first, *_, last = index.provisions(key)
    made = [citation(index, p, Span(p.span.start, p.span.start + 1), "1") for p in (first, last)]
    assert [(c.page, c.ocr) for c in made] == [(1, None), (2, 0.91)]
    assert to_json(made[1])["ocr"] == 0.91  # type: ignore[index, call-overload]


def test_candidates_stay_within_the_named_documents(room: Room) -> None:
    room.write("a.md", ONE)
    room.write("b.md", TWO)
    room.build(room.files)
    index = room.open()
    assert search(index, "ngân sách trung ương")[0] == "1/QĐ-A@2024-01-01#điều=1;khoản=1"
    assert search(index, "điều 1", ["2/QĐ-A@2024-02-02"])
    assert all(i.startswith("2/") for i in search(index, "điều 1", ["2/QĐ-A@2024-02-02"]))
    vector = room.encoder.encode(["1. Cán bộ chuyên trách."])[0]
    everywhere = index.dense(vector, 6)
    assert len(everywhere) == 6
    inside = index.dense(vector, 6, ["1/QĐ-A@2024-01-01"])
    assert inside == [hit for hit in everywhere if index.passage(hit[0]).document == "1/QĐ-A@2024-01-01"]
    assert index.dense(vector, 6, []) == []
    for rowid, score in everywhere:
        own = room.encoder.encode([embedding_text(index.passage(rowid))])[0]
        assert score == pytest.approx(float(own @ vector), abs=1e-5)


def test_one_index_serves_several_threads(room: Room) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    index = room.open()
    found: list[object] = []

    def ask() -> None:
        try:
            found.extend(search(index, "tài trợ")[0] for _ in range(20))
        except Exception as error:
            found.append(error)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["1/QĐ-A@2024-01-01#điều=1;khoản=2"] * 120


# --- what becomes of files


def test_files_that_cannot_be_read_are_named_and_the_rest_goes_on(room: Room) -> None:
    room.write("a.md", ONE)
    room.write("b.md", "hỏng")
    room.write("c.md", "lỗi")
    room.write("d.doc", "x")
    for ignored in ("README.md", ".ẩn.md", "~$a.docx", "e.json", ".git/f.md"):
        room.write(ignored, TWO)
    report = room.build(room.files, room.files / "không có.pdf")
    assert status(report) == {
        "a.md": "read",
        "b.md": "skipped",
        "c.md": "skipped",
        "d.doc": "skipped",
        "không có.pdf": "skipped",
    }
    for name in ("b.md", "c.md", "d.doc", "không có.pdf"):
        assert name in why(report, name)
        assert why(report, name).endswith(".")
    assert report.read == 1


def test_nothing_readable_leaves_the_index_untouched(room: Room) -> None:
    bad = room.write("b.md", "hỏng")
    report = room.build(bad)
    assert (report.read, report.changed, status(report)) == (0, False, {"b.md": "skipped"})
    with pytest.raises(NoIndex):
        room.open()
    (room.files / "rỗng").mkdir()
    good = room.write("a.md", ONE)
    room.build(good)
    before = room.current()
    for nothing in (bad, room.files / "rỗng", room.files / "không có"):
        report = room.build(nothing)
        assert (report.read, report.changed, len(report.files), report.documents) == (0, False, 1, 1)
        assert room.current() == before


def test_nothing_at_all_is_an_error(room: Room) -> None:
    with pytest.raises(BuildFailed, match="policy-qa index"):
        room.build()


@pytest.mark.parametrize("order", [("a.md", "b.md"), ("b.md", "a.md")])
def test_official_beats_digest(room: Room, order: tuple[str, str]) -> None:
    official, digest = order
    room.write(official, ONE)
    room.write(digest, DIGEST)
    report = room.build(room.files)
    assert status(report) == {official: "read", digest: "replaced"}
    assert official in why(report, digest)
    assert room.open().documents()[0].metadata.text_kind == "official"
    (room.files / official).unlink()
    assert status(room.build()) == {digest: "read"}
    assert room.open().documents()[0].metadata.text_kind == "digest"


def test_the_same_text_twice_is_kept_once(room: Room) -> None:
    room.write("a.md", ONE)
    room.write("b.md", ONE.replace("1. Ngân", "1.  Ngân"))
    report = room.build(room.files)
    assert status(report) == {"a.md": "read", "b.md": "duplicate"}
    assert report.read == 2
    assert room.build().changed is False


def test_two_that_differ_keep_the_one_that_was_there(room: Room) -> None:
    room.write("b.md", ONE)
    room.build(room.files)
    room.write("a.md", ONE.replace("Tài trợ", "Vay mượn"))
    report = room.build()
    assert status(report) == {"a.md": "conflict", "b.md": "unchanged"}
    assert "a.md" in why(report, "a.md")
    assert "b.md" in why(report, "a.md")
    (room.files / "b.md").unlink()
    assert status(room.build()) == {"a.md": "read"}
    assert search(room.open(), "vay mượn")


def test_two_files_without_number_and_with_one_name(room: Room) -> None:
    room.write("x/a.md", "|\nđiều=1: Một")
    room.write("y/a.md", "|\nđiều=1: Hai")
    report = room.build(room.files)
    assert sorted(f.status for f in report.files) == ["conflict", "read"]
    assert any("đổi tên" in f.why for f in report.files)


# --- incremental


def test_only_what_changed_is_read_and_embedded(room: Room) -> None:
    room.write("a.md", ONE)
    room.write("b.md", TWO)
    room.build(room.files)
    first = room.current()
    report = room.build(room.files)
    assert (room.parsed, room.encoder.encoded, report.changed, room.current()) == ([], 0, False, first)
    room.write("b.md", TWO.replace("Thi hành", "Hiệu lực"))
    report = room.build()
    assert (room.parsed, room.encoder.encoded) == (["b.md"], 3)
    assert status(report) == {"a.md": "unchanged", "b.md": "read"}
    assert room.current() > first


def test_an_updated_index_answers_as_a_new_one(room: Room, tmp_path: Path) -> None:
    for n in range(30):
        room.write(f"{n}.md", ONE.replace("1/QĐ-A", f"{n}/QĐ-A").replace("Tài trợ", f"Tài trợ lần {n}"))
    room.build(room.files)
    (room.files / "3.md").unlink()
    room.write("4.md", ONE.replace("1/QĐ-A", "4/QĐ-A").replace("Ngân sách", "Quỹ"))
    room.write("31.md", TWO)
    updated_report = room.build()
    updated = room.open()
    room.index_dir = tmp_path / "mới"
    new_report = room.build(room.files)
    new = room.open()
    assert room.encoder.encoded > 80
    assert (updated_report.documents, updated_report.passages) == (new_report.documents, new_report.passages)
    assert [p.id for r in updated.documents() for _, p in updated.passages_of(r.key)] == [
        p.id for r in new.documents() for _, p in new.passages_of(r.key)
    ]
    for question in ("quỹ trung ương", "tài trợ lần 7", "cán bộ", "ngân sách"):
        assert set(search(updated, question)[:1]) == set(search(new, question)[:1])
        query = room.encoder.encode([question])[0]
        ours = sorted((updated.passage(i).id, round(s, 5)) for i, s in updated.dense(query, 500))
        theirs = sorted((new.passage(i).id, round(s, 5)) for i, s in new.dense(query, 500))
        assert ours == theirs
    assert not search(updated, "lần 3", ["3/QĐ-A@2024-01-01"])


def test_roots_are_remembered_and_refreshed(room: Room, tmp_path: Path) -> None:
    room.write("a.md", ONE)
    other = tmp_path / "khác"
    other.mkdir()
    (other / "b.md").write_text(TWO, encoding="utf-8")
    room.build(room.files)
    room.build(other / "b.md")
    assert room.indexed() == ["1/QĐ-A@2024-01-01", "2/QĐ-A@2024-02-02"]
    room.write("c.md", ONE.replace("1/QĐ-A", "3/QĐ-A"))
    (room.files / "a.md").unlink()
    room.build()
    assert room.indexed() == ["2/QĐ-A@2024-02-02", "3/QĐ-A@2024-01-01"]


def test_a_missing_root_keeps_its_documents(room: Room, tmp_path: Path) -> None:
    room.write("a.md", ONE)
    usb = tmp_path / "usb"
    usb.mkdir()
    (usb / "b.md").write_text(TWO, encoding="utf-8")
    room.build(room.files, usb)
    usb.rename(tmp_path / "rút ra")
    report = room.build()
    assert status(report) == {"a.md": "unchanged", "b.md": "kept"}
    assert "2/QĐ-A@2024-02-02" in why(report, "b.md")
    assert "2/QĐ-A@2024-02-02" in room.indexed()
    assert room.build().changed is False
    (tmp_path / "rút ra").rename(usb)
    (usb / "b.md").unlink()
    room.build()
    assert room.indexed() == ["1/QĐ-A@2024-01-01"]


def test_the_corpus_is_always_a_root(room: Room, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "d.md").write_text(DIGEST, encoding="utf-8")
    room.write("b.md", TWO)
    report = room.build(room.files, corpus=corpus)
    assert (report.documents, report.read) == (2, 1)
    room.build(corpus=tmp_path / "corpus")
    assert len(room.indexed()) == 2
    room.build(corpus=None)
    assert room.indexed() == ["2/QĐ-A@2024-02-02"]


def test_a_moved_file_is_not_embedded_again(room: Room) -> None:
    path = room.write("a.md", ONE)
    room.build(room.files)
    path.rename(room.files / "z.md")
    room.build()
    assert (room.parsed, room.encoder.encoded) == ([], 0)
    assert Path(room.open().documents()[0].file).name == "z.md"


def test_a_removed_document_stays_out_until_its_file_is_named(room: Room) -> None:
    room.write("a.md", ONE)
    path = room.write("b.md", TWO)
    room.build(room.files)
    report = remove("2/QĐ-A@2024-02-02", room.index_dir, room.encoder, load=room.load)
    assert status(report)["b.md"] == "removed"
    assert room.indexed() == ["1/QĐ-A@2024-01-01"]
    assert not search(room.open(), "cán bộ chuyên trách")
    room.build(room.files)
    assert room.indexed() == ["1/QĐ-A@2024-01-01"]
    room.build(path)
    assert len(room.indexed()) == 2
    with pytest.raises(BuildFailed, match="9/QĐ-A"):
        remove("9/QĐ-A", room.index_dir, room.encoder)


def test_removing_an_official_text_brings_its_digest_back(room: Room) -> None:
    official = room.write("a.md", ONE)
    room.write("b.md", DIGEST)
    room.build(room.files)
    (key,) = room.indexed()
    report = remove(key, room.index_dir, room.encoder, load=room.load)
    assert status(report) == {"a.md": "removed", "b.md": "read"}
    room.build(room.files)
    assert room.open().documents()[0].metadata.text_kind == "digest"
    room.build(official)
    assert room.open().documents()[0].metadata.text_kind == "official"
    remove(key, room.index_dir, room.encoder, load=room.load)
    remove(key, room.index_dir, room.encoder, load=room.load)
    assert room.indexed() == []


def test_the_last_document_can_be_removed(room: Room) -> None:
    room.build(room.write("a.md", ONE))
    remove("1/QĐ-A@2024-01-01", room.index_dir, room.encoder, load=room.load)
    index = room.open()
    assert (index.documents(), search(index, "ngân sách"), len(index)) == ([], [], 0)
    assert index.dense(room.encoder.encode(["x"])[0], 5) == []


def test_another_encoder_rebuilds_everything(room: Room) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    room.encoder = HashEncoder("hash-2")
    with pytest.raises(IndexMismatch, match="policy-qa index"):
        room.open()
    room.build()
    assert room.encoder.encoded == 3
    assert room.indexed() == ["1/QĐ-A@2024-01-01"]


def test_progress_runs_to_its_end(room: Room) -> None:
    room.write("a.md", ONE)
    steps: list[tuple[str, int, int]] = []
    room.build(room.files, progress=lambda stage, done, total: steps.append((stage, done, total)))
    ends = {stage: (done, total) for stage, done, total in steps}
    assert ends == {"Đọc tệp": (1, 1), "Ghi chỉ mục": (1, 1)}


# --- generations


def test_a_reader_keeps_its_generation_while_another_is_built(room: Room) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    reader = room.open()
    room.write("b.md", TWO)
    room.build()
    assert not reader.is_current
    assert [r.key for r in reader.documents()] == ["1/QĐ-A@2024-01-01"]
    assert search(reader, "ngân sách")
    assert room.open().is_current


def test_only_the_generation_in_use_and_the_one_before_stay(room: Room) -> None:
    for n in range(4):
        room.write(f"{n}.md", ONE.replace("1/QĐ-A", f"{n}/QĐ-A"))
        room.build(room.files)
    assert room.generations() == ["000003", "000004"]
    assert room.current() == "000004"


@pytest.mark.parametrize("place", ["store", "vectors", "terms", "manifest", "current"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_a_build_that_dies_leaves_the_old_index(
    room: Room, monkeypatch: pytest.MonkeyPatch, place: str, error: BaseException
) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    before = room.current()
    room.write("b.md", TWO)

    def fail(*_: object, **__: object) -> None:
        raise error

    target, name = {
        "store": (contents.StoreWriter, "add"),
        "vectors": (contents.VectorIndex, "save"),
        "terms": (contents.LexicalWriter, "commit"),
        "manifest": (generations.json, "dumps"),
        "current": (generations, "_replace"),
    }[place]
    with monkeypatch.context() as patched:
        patched.setattr(target, name, fail)
        with pytest.raises(KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else BuildFailed) as caught:
            room.build()
    if isinstance(caught.value, BuildFailed):
        assert "đầy" in str(caught.value)
    assert (room.current(), room.generations(), room.indexed()) == (before, [before], ["1/QĐ-A@2024-01-01"])
    room.build()
    assert len(room.indexed()) == 2


def test_ctrl_c_just_after_the_switch_keeps_the_new_index(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.write("a.md", ONE)
    replace = generations._replace

    def interrupted(new: Path, old: Path) -> None:
        replace(new, old)
        raise KeyboardInterrupt

    monkeypatch.setattr(generations, "_replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        room.build(room.files)
    assert room.indexed() == ["1/QĐ-A@2024-01-01"]


def test_a_full_sqlite_disk_is_told_apart(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    room.write("a.md", ONE)
    init = contents.StoreWriter.__init__

    def small(self: contents.StoreWriter, path: Path) -> None:
        init(self, path)
        self._db.execute("PRAGMA max_page_count = 8")

    monkeypatch.setattr(contents.StoreWriter, "__init__", small)
    room.write("big.md", "7/QĐ-A|2024-01-01\nđiều=1: " + "dài " * 20_000)
    with pytest.raises(BuildFailed, match="đầy"):
        room.build(room.files)
    assert room.generations() == []


def test_what_a_killed_build_left_is_removed_by_the_next(room: Room) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    (room.index_dir / "000002").mkdir()
    (room.index_dir / "000002" / "passages.sqlite").write_bytes(b"half")
    room.write("b.md", TWO)
    room.build()
    assert len(room.indexed()) == 2
    room.build()
    assert len(room.generations()) == 2


def test_two_builds_at_once(room: Room) -> None:
    room.write("a.md", ONE)
    with generations.locked(room.index_dir.resolve()), pytest.raises(BuildFailed, match="đang chạy"):
        room.build(room.files)
    assert room.build(room.files).read == 1


def test_the_lock_of_a_dead_process_holds_nobody_up(room: Room) -> None:
    room.write("a.md", ONE)
    held = (
        "import os, sys; from pathlib import Path; from policy_qa.retrieval.generations import locked\n"
        "with locked(Path(sys.argv[1])): os._exit(9)"
    )
    source = Path(generations.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", held, str(room.index_dir)], env={"PYTHONPATH": str(source)}, check=False
    )
    assert done.returncode == 9
    assert room.build(room.files).read == 1


# --- indexes that do not fit


def test_no_index(room: Room) -> None:
    with pytest.raises(NoIndex, match="policy-qa index"):
        room.open()


def _edit_manifest(room: Room, **changes: object) -> None:
    path = room.index_dir / room.current() / "manifest.json"
    plain = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**plain, **changes}), encoding="utf-8")


def test_an_index_of_another_version_is_rebuilt_with_its_roots(room: Room) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    _edit_manifest(room, schema=99)
    with pytest.raises(IndexMismatch, match="phiên bản khác"):
        room.open()
    room.build()
    assert room.indexed() == ["1/QĐ-A@2024-01-01"]


def test_rows_of_other_code_are_not_copied(room: Room) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    _edit_manifest(room, shape="other")
    room.build()
    assert room.parsed == ["a.md"]


@pytest.mark.parametrize(
    "part",
    [
        "CURRENT",
        "manifest.json",
        "passages.sqlite",
        "vectors.faiss",
        "lexical",
        "pieces.npy",
        "places.npy",
        "vectors.npy",
    ],
)
@pytest.mark.parametrize("how", ["gone", "garbage"])
def test_a_damaged_index_says_so_and_is_rebuilt(room: Room, part: str, how: str) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    path = room.index_dir / part if part == "CURRENT" else room.index_dir / room.current() / part
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    if how == "garbage":
        path.write_bytes(b"\xff\x00 garbage" * 50)
    with pytest.raises((NoIndex, IndexMismatch), match="policy-qa index"):
        index = room.open()
        index.documents()
        search(index, "x")
        index.dense(np.zeros(32, dtype=np.float32), 1)
        assert len(index.pieces)
    assert room.build(room.files).read == 1
    assert room.indexed() == ["1/QĐ-A@2024-01-01"]
    assert search(room.open(), "ngân sách")


def test_a_table_that_lacks_passages_says_so_and_is_rebuilt(room: Room) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    folder = room.index_dir / room.current()
    for name in ("places.npy", "vectors.npy"):
        np.save(folder / name, np.load(folder / name)[:1])
    with pytest.raises(IndexMismatch, match="bị hỏng"):
        len(room.open().pieces)
    assert room.build(room.files).read == 1
    assert len(room.open().pieces) > 1


def test_other_word_pieces_rebuild_everything_though_the_encoder_is_the_same(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    room.build(room.files)
    assert room.encoder.encoded == 0
    monkeypatch.setattr(word_encoder(), "fingerprint", "another")
    build._shape.cache_clear()
    room.build(room.files)
    assert room.encoder.encoded == 3
    monkeypatch.undo()
    build._shape.cache_clear()


def test_opening_reads_neither_vectors_nor_terms(room: Room) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    code = (
        "import sys; from pathlib import Path; from policy_qa.retrieval.index import open_index\n"
        "class E: name='hash'; fingerprint='hash-1'; dimensions=32\n"
        "print(len(open_index(Path(sys.argv[1]), E()).documents()))\n"
        "print([m for m in ('faiss','tantivy','numpy','langchain_core','torch','gradio') if m in sys.modules])"
    )
    source = Path(generations.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(room.index_dir)],
        env={"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split("\n")[:2] == ["1", "[]"]


def test_the_store_is_opened_read_only(room: Room) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    with pytest.raises(sqlite3.OperationalError):
        room.open()._store._db.execute("DELETE FROM documents")


def test_another_encoder_searches_with_vectors_of_its_own(room: Room) -> None:
    room.write("a.md", ONE)
    room.build(room.files)
    searcher = Searcher(room.open(), room.encoder)
    room.encoder.encoded = 0
    assert searcher.search(searcher.understand("ngân sách"), 3)
    assert room.encoder.encoded > 0
