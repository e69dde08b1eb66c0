from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from handed_in import DIGEST, built_here, decision, hand_in, indexed, office, wait

from policy_qa.errors import BuildFailed, IndexBusy
from policy_qa.office import holdings as module
from policy_qa.office.apart import Progress
from policy_qa.office.building import Order
from policy_qa.office.holdings import Holdings
from policy_qa.office.uploads import Upload
from policy_qa.retrieval import generations
from policy_qa.retrieval.build import BuildReport
from policy_qa.retrieval.encoder import load_encoder
from policy_qa.retrieval.index import open_index

KEY = "7/QĐ-UBND@2031-06-09"


@pytest.fixture
def holdings(tmp_path: Path) -> Holdings:
    return office(tmp_path)


def accept(holdings: Holdings, *uploads: Upload) -> str:
    """Accepts and waits; what is told of the job."""
    assert holdings.accept("lan", [upload.id for upload in uploads])
    wait(holdings)
    return holdings.jobs.shown()[0].why


def state(holdings: Holdings, upload: Upload) -> str:
    found = holdings.uploads.get(upload.id)
    return found.state if found else "gone"


def words(home: Path) -> str:
    index = open_index(home / "index", load_encoder())
    try:
        return index.text(KEY)
    finally:
        index.close()


def test_nothing_is_in_the_index_until_it_is_accepted(holdings: Holdings, tmp_path: Path) -> None:
    upload = hand_in(holdings, "Quyết định bến thuyền.txt", decision())
    assert upload.state == "ready" and upload.found
    assert (upload.found.key, upload.found.provisions, upload.found.metadata.confidence["number"]) == (KEY, 3, 0.99)
    assert "Bến thuyền mở cửa" in holdings.uploads.page(upload).read_text(encoding="utf-8")
    assert holdings.standing(upload).kind == "new"
    assert holdings.manifest() is None and not (tmp_path / "official").exists()
    assert accept(holdings, upload) == "Đã đưa vào kho: 7/QĐ-UBND ngày 9/6/2031."
    assert indexed(holdings) == {KEY: "7-qd-ubnd-2031-06-09.txt"}
    assert state(holdings, upload) == "done" and not holdings.uploads.folder(upload.id).exists()
    original = holdings.uploads.original(upload.sha256)
    assert original and original.name == "Quyết định bến thuyền.txt"


def test_several_files_go_in_by_one_build(tmp_path: Path) -> None:
    orders: list[Order] = []

    def build(order: Order, progress: Progress) -> BuildReport:
        orders.append(order)
        return built_here(order, progress)

    holdings = office(tmp_path, build=build)
    uploads = [hand_in(holdings, f"{n}.txt", decision(n)) for n in (7, 8, 9)]
    accept(holdings, *uploads)
    assert len(orders) == 1 and len(indexed(holdings)) == 3


def test_the_same_bytes_are_told(holdings: Holdings) -> None:
    accept(holdings, hand_in(holdings, "một.txt", decision()))
    again = hand_in(holdings, "hai.txt", decision())
    standing = holdings.standing(again)
    assert standing.kind == "same" and standing.entry and standing.entry.key == KEY


def test_a_newer_text_of_a_document_replaces_it_and_the_old_one_can_be_brought_back(
    holdings: Holdings, tmp_path: Path
) -> None:
    accept(holdings, hand_in(holdings, "a.txt", decision()))
    newer = hand_in(holdings, "b.txt", decision(words="Bến mở từ 6 giờ."))
    assert holdings.standing(newer).kind == "replaces"
    accept(holdings, newer)
    assert "từ 6 giờ" in words(tmp_path) and len(indexed(holdings)) == 1
    (old,) = holdings.removed.all()
    assert (old.key, Path(old.path).name, old.user) == (KEY, "7-qd-ubnd-2031-06-09.txt", "lan")
    holdings.restore("lan", old.path)
    wait(holdings)
    assert "từ 5 giờ" in words(tmp_path)
    assert [Path(file.path).name for file in holdings.removed.all()] == [Path(newest(tmp_path)).name]


def newest(home: Path) -> str:
    return next(str(f) for f in (home / "official").iterdir() if f.name != "7-qd-ubnd-2031-06-09.txt")


def test_in_a_clone_where_the_files_lie_below_the_digests_it_is_the_same(tmp_path: Path) -> None:
    holdings = office(tmp_path)
    holdings._official = tmp_path / "corpus" / "official"
    accept(holdings, hand_in(holdings, "a.txt", decision()))
    accept(holdings, hand_in(holdings, "b.txt", decision(words="Bến mở từ 6 giờ.")))
    assert "từ 6 giờ" in words(tmp_path)
    holdings.remove("lan", KEY)
    wait(holdings)
    assert indexed(holdings) == {}
    accept(holdings, hand_in(holdings, "c.txt", decision(words="Bến mở từ 7 giờ.")))
    assert "từ 7 giờ" in words(tmp_path)
    assert len(holdings.removed.all()) == 2


def test_an_official_text_leads_a_digest_which_answers_again_when_it_is_removed(
    holdings: Holdings, tmp_path: Path
) -> None:
    digest = hand_in(holdings, "tóm lược.md", DIGEST)
    accept(holdings, digest)
    official = hand_in(holdings, "a.txt", decision())
    assert holdings.standing(official).kind == "leads"
    accept(holdings, official)
    assert "từ 5 giờ" in words(tmp_path) and holdings.removed.all() == []
    late = hand_in(holdings, "khác.md", DIGEST.replace("sáng sớm", "sáng"))
    assert holdings.standing(late).kind == "behind"
    holdings.remove("lan", KEY)
    wait(holdings)
    assert "Bản tóm lược viết" in words(tmp_path)
    assert holdings.jobs.shown()[0].why.endswith("Từ nay trả lời theo bản tóm lược của văn bản này.")
    assert [file.text_kind for file in holdings.removed.all()] == ["official"]


def test_a_document_without_a_number_goes_by_its_name(holdings: Holdings) -> None:
    plain = "Điều 1. Giờ\nBến mở cửa từ 5 giờ.\nĐiều 2. Phí\nMỗi thuyền nộp 20.000 đồng.\n"
    first = hand_in(holdings, "Nội quy bến.txt", plain)
    accept(holdings, first)
    assert indexed(holdings) == {"noi-quy-ben.txt": "noi-quy-ben.txt"}


def test_removing_leaves_the_file_where_it_is(holdings: Holdings, tmp_path: Path) -> None:
    accept(holdings, hand_in(holdings, "a.txt", decision()), hand_in(holdings, "b.txt", decision(8)))
    holdings.remove("hoa", KEY)
    wait(holdings)
    assert list(indexed(holdings)) == ["8/QĐ-UBND@2031-06-09"]
    assert (tmp_path / "official" / "7-qd-ubnd-2031-06-09.txt").is_file()
    (file,) = holdings.removed.all()
    assert (file.key, file.user) == (KEY, "hoa")
    log = [json.loads(line) for line in (tmp_path / "data" / "audit.log").read_text(encoding="utf-8").splitlines()]
    assert [(entry["who"], entry["what"], entry["kind"]) for entry in log][-1] == ("hoa", "indexed", "remove")


@pytest.mark.parametrize(
    ("error", "told"), [(BuildFailed("Ổ đĩa đã đầy."), "Ổ đĩa đã đầy."), (ZeroDivisionError(), "(ZeroDivisionError)")]
)
def test_a_failed_build_leaves_the_index_says_why_and_can_be_tried_again(
    tmp_path: Path, error: Exception, told: str
) -> None:
    trouble: list[Exception] = []

    def build(order: Order, progress: Progress) -> BuildReport:
        if trouble:
            raise trouble.pop()
        return built_here(order, progress)

    holdings = office(tmp_path, build=build)
    accept(holdings, hand_in(holdings, "a.txt", decision()))
    before = holdings.manifest()
    upload = hand_in(holdings, "b.txt", decision(8))
    trouble.append(error)
    assert told in accept(holdings, upload)
    failed = holdings.uploads.get(upload.id)
    assert failed and failed.state == "failed" and told in failed.why
    assert holdings.manifest() == before
    assert [file.name for file in (tmp_path / "official").iterdir()] == ["7-qd-ubnd-2031-06-09.txt"]
    accept(holdings, upload)
    assert state(holdings, upload) == "done" and len(indexed(holdings)) == 2


def test_a_job_waits_while_another_process_builds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS_BETWEEN", 0.01)
    tried = threading.Event()

    def build(order: Order, progress: Progress) -> BuildReport:
        try:
            return built_here(order, progress)
        except IndexBusy:
            tried.set()
            raise

    holdings = office(tmp_path, build=build)
    upload = hand_in(holdings, "a.txt", decision())
    with generations.locked(tmp_path / "index"):
        holdings.accept("lan", [upload.id])
        assert tried.wait(20)
        assert state(holdings, upload) == "indexing"
    wait(holdings)
    assert state(holdings, upload) == "done"


def test_jobs_wait_in_line_and_say_how_many_are_ahead(tmp_path: Path) -> None:
    go, started = threading.Event(), threading.Event()

    def build(order: Order, progress: Progress) -> BuildReport:
        started.set()
        assert go.wait(20)
        return built_here(order, progress)

    holdings = office(tmp_path, build=build)
    first, second, third = (hand_in(holdings, f"{n}.txt", decision(n)) for n in (7, 8, 9))
    holdings.accept("lan", [first.id])
    assert started.wait(20)
    holdings.accept("hoa", [second.id])
    holdings.accept("hoa", [third.id])
    assert [(job.state, job.ahead) for job in holdings.jobs.shown()] == [("running", 0), ("queued", 1), ("queued", 2)]
    assert holdings.uploads.cancel(third.id) and holdings.uploads.cancel(first.id) is None
    go.set()
    wait(holdings)
    assert sorted(indexed(holdings)) == [KEY, "8/QĐ-UBND@2031-06-09"]
    assert holdings.jobs.shown()[0].why == "Không còn tệp nào để nhận."


def test_a_file_is_accepted_once(holdings: Holdings) -> None:
    upload = hand_in(holdings, "a.txt", decision())
    accept(holdings, upload)
    assert holdings.accept("hoa", [upload.id]) is None
    assert holdings.accept("hoa", ["no such id"]) is None
    assert len(holdings.jobs.shown()) == 1


def test_a_restart_goes_on_with_what_was_interrupted(tmp_path: Path) -> None:
    dead = office(tmp_path)
    upload = hand_in(dead, "a.txt", decision())
    with dead.receive("lan", "b.txt") as incoming:
        incoming.write(decision(8).encode())
        unread = dead.uploads.add(incoming)
    job = dead.jobs.add_uploads("lan", [upload.id])
    assert dead.jobs.next() and dead.uploads.start(upload)
    alive = office(tmp_path)
    assert (state(alive, upload), state(alive, unread)) == ("indexing", "reading")
    alive.resume()
    wait(alive)
    assert (state(alive, upload), state(alive, unread)) == ("done", "ready")
    assert [shown.id for shown in alive.jobs.shown()] == [job]


def test_a_broken_file_is_refused_under_the_name_its_owner_knows(holdings: Holdings) -> None:
    upload = hand_in(holdings, "Báo cáo.pdf", b"%PDF-1.7 broken")
    assert upload.state == "refused"
    assert "“Báo cáo.pdf”" in upload.why and "bao-cao" not in upload.why
    assert holdings.accept("lan", [upload.id]) is None


def test_who_answers_is_told_after_each_change(tmp_path: Path) -> None:
    told: list[bool] = []
    holdings = office(tmp_path, changed=lambda: told.append(True))
    accept(holdings, hand_in(holdings, "a.txt", decision()))
    assert told == [True]


@pytest.mark.slow
def test_the_work_is_done_in_other_processes(tmp_path: Path) -> None:
    holdings = office(tmp_path, apart=True)
    upload = hand_in(holdings, "a.txt", decision())
    assert upload.state == "ready"
    with generations.locked(tmp_path / "index"):
        job = holdings.accept("lan", [upload.id])
        until(lambda: any("Đang đợi" in shown.why for shown in holdings.jobs.shown() if shown.id == job))
    wait(holdings)
    assert indexed(holdings) == {KEY: "7-qd-ubnd-2031-06-09.txt"}
    refused = hand_in(holdings, "x.pdf", b"%PDF-1.7 broken")
    assert "“x.pdf” bị hỏng" in refused.why


def until(true: Callable[[], bool]) -> None:
    pause = threading.Event()
    for _ in range(3000):
        if true():
            return
        pause.wait(0.01)
    raise AssertionError("never")
