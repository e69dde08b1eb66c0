"""The tab of documents piece by piece: what is listed, how it is told, that no word of a document becomes markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from handed_in import decision

from policy_qa.document import Address, Metadata, Span
from policy_qa.office.examination import Found
from policy_qa.office.jobs import Job
from policy_qa.office.removed import RemovedFile
from policy_qa.office.standing import Standing
from policy_qa.office.uploads import State, Upload
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.generations import FileEntry
from policy_qa.retrieval.index import Index, ProvisionRecord, build_index, open_index
from policy_qa.web.documents import words
from policy_qa.web.documents.catalogue import Catalogue, natural
from policy_qa.web.documents.details import _without_label, branches, details, preview
from policy_qa.web.documents.listing import ROWS, listing, removed_listing
from policy_qa.web.documents.waiting import WaitingFile, waiting

NASTY = "<script>hit()</script>\"'&"
REPLACING = decision(30, date="10 tháng 6 năm 2032").replace(
    "Mỗi thuyền nộp", "Quyết định này thay thế Quyết định số 7/QĐ-UBND ngày 09 tháng 6 năm 2031. Mỗi thuyền nộp"
)
OLD, NEW = "7/QĐ-UBND@2031-06-09", "30/QĐ-UBND@2032-06-10"


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Index]:
    """Three decisions: one replaces another, one is hostile."""
    folder = tmp_path_factory.mktemp("bến")
    texts = (decision(), REPLACING, decision(101, words=NASTY).replace("bến thuyền số", f"{NASTY} số"))
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    build_index([folder], folder / "index", encoder)
    index = open_index(folder / "index", encoder)
    yield index
    index.close()


@pytest.fixture(scope="module")
def catalogue(harbour: Index) -> Catalogue:
    return Catalogue(harbour)


def keys(catalogue: Catalogue, wanted: str = "", kind: str = "all", order: str = "date") -> list[str]:
    return [entry.record.key.split("/")[0] for entry in catalogue.select(wanted, kind, order)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", ["30", "7", "101"]),
        ("ben thuyen 30/qđ", ["30"]),
        ("AN HAI 2032", ["30"]),
        ("9/6/2031", ["7", "101"]),
        ("bến không có", []),
        ("1.txt", ["30"]),
    ],
)
def test_documents_are_found_without_diacritics(catalogue: Catalogue, wanted: str, found: list[str]) -> None:
    assert keys(catalogue, wanted) == found


@pytest.mark.parametrize(
    ("order", "found"),
    [("number", ["7", "30", "101"]), ("-date", ["7", "101", "30"]), ("date", ["30", "7", "101"]), ("?", ["30", "7", "101"])],
)  # fmt: skip
def test_documents_are_sorted(catalogue: Catalogue, order: str, found: list[str]) -> None:
    assert keys(catalogue, order=order) == found


def test_every_order_that_is_offered_keeps_all_documents(catalogue: Catalogue) -> None:
    assert all(len(keys(catalogue, order=name)) == 3 for _, name in words.ORDERS)


def test_numbers_are_sorted_as_people_do() -> None:
    assert sorted(["57-KL/TW", "9/QĐ", "", "cong-van", "1079/QĐ-TTg", "9/CT"], key=natural) == [
        "", "9/CT", "9/QĐ", "57-KL/TW", "1079/QĐ-TTg", "cong-van",
    ]  # fmt: skip


def test_kinds_are_told_apart(catalogue: Catalogue) -> None:
    assert len(keys(catalogue, kind="official")) == 3
    assert keys(catalogue, kind="digest") == keys(catalogue, kind="recognised") == []


def test_relations_are_told_from_both_sides_and_lead_to_the_other(catalogue: Catalogue) -> None:
    (said,) = catalogue.relations(NEW)
    assert (said.says, said.name, said.key) == ("Thay thế", "Quyết định số 7/QĐ-UBND", OLD)
    (of,) = catalogue.relations(OLD)
    assert (of.says, of.name, of.key) == ("Được thay thế bằng", "Quyết định số 30/QĐ-UBND", NEW)
    shown = listing(catalogue, catalogue.select("30/QĐ"), 0, "date")
    assert f'data-do="open" data-key="{OLD}"' in shown
    assert catalogue.relations("không có") == ()


def test_a_list_is_shown_part_by_part(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ROWS > 2
    monkeypatch.setattr("policy_qa.web.documents.listing.ROWS", 2)
    found = catalogue.select()
    first, last = listing(catalogue, found, 0, "date"), listing(catalogue, found, 99, "date")
    assert (first.count("<tr "), last.count("<tr ")) == (2, 1)
    assert 'data-page="1"' in first and 'data-page="0"' in last
    assert "Trang 2/2" in last
    assert words.NONE_FOUND in listing(catalogue, [], 0, "date")


def test_no_word_of_a_document_becomes_markup(catalogue: Catalogue, harbour: Index) -> None:
    entry = catalogue.get("101/QĐ-UBND@2031-06-09")
    assert entry and entry.record.metadata.title and "<script>" in entry.record.metadata.title
    shown = listing(catalogue, [entry], 0, "date") + details(catalogue, entry, upload(name=NASTY), is_recognised=False)
    shown += "".join(branches(harbour, entry.record.key, parent) for parent in (None, 0, 1))
    shown += removed_listing([("t", RemovedFile(f"/x/{NASTY}", NASTY, "official", "2031-01-01", NASTY))])
    assert "<script" not in shown and "&lt;script&gt;hit()" in shown


def test_a_tree_is_fetched_branch_by_branch(harbour: Index) -> None:
    outermost = branches(harbour, OLD, None)
    assert "<b>Điều 1</b> Giờ mở cửa" in outermost and "<b>Điều 2</b> Thu phí" in outermost
    assert "20.000 đồng" in outermost, "a provision without branches shows its words"
    assert branches(harbour, OLD, 999) == '<ul class="pqd-branches"></ul>'


@pytest.mark.parametrize(
    ("address", "own", "words_left"),
    [
        ("điều=5", "Điều 5. Thu phí", "Thu phí"),
        ("điều=5;khoản=2", "2. 2.000 đồng", "2.000 đồng"),
        ("điều=5;khoản=2;điểm=a", "a) Ăn ở", "Ăn ở"),
        ("điều=5;gạch=1", "- Một", "Một"),
        ("điều=5;gạch=1", "1.000 đồng mỗi ngày", "1.000 đồng mỗi ngày"),
        ("đoạn=2", "2 năm sau", "2 năm sau"),
        ("đoạn=2", "Đoạn 2 nói thêm", "nói thêm"),
        ("điều=1", "Điều 10. Khác", "Điều 10. Khác"),
    ],
)
def test_a_branch_leaves_out_the_label_and_never_a_figure(address: str, own: str, words_left: str) -> None:
    span = Span(0, len(own))
    provision = ProvisionRecord("x", 0, None, Address.parse(address), None, span, span, None, reported=False)
    assert _without_label(provision, own) == words_left


# --- files that wait ----------------------------------------------------------------------------------------------

ABOUT = Metadata(number="7/QĐ-UBND", date="2031-06-09", kind="Quyết định", title=NASTY, confidence={"number": 0.5})
FOUND = Found(OLD, ABOUT, "pdf", 12, 96, (NASTY,), 3, 0.71)


def upload(state: State = "ready", found: Found | None = FOUND, name: str = "a.pdf", why: str = "") -> Upload:
    return Upload(
        "0" * 32, "2031-06-09T08:00:00+00:00", "lan", name, "a.pdf", 2_500_000, "1" * 64, False, None, state, why, found,
        None,
    )  # fmt: skip


def waits(state: State = "ready", standing: Standing | None = None, why: str = "", name: str = "a.pdf") -> WaitingFile:
    return WaitingFile(upload(state, name=name, why=why), standing or Standing("new"))


ENTRY = FileEntry("/x/a.pdf", "2" * 64, OLD, "official", indexed=True)


@pytest.mark.parametrize(
    ("file", "said", "unsaid"),
    [
        (waits(), [words.ACCEPT, words.PREVIEW, "2,4 MB", "12 trang, 96 điều khoản", words.RECOGNISED, words.SCANNED], [words.YES_REPLACE]),
        (waits(standing=Standing("same", ENTRY)), ["Trùng hoàn toàn", "7/QĐ-UBND ngày 9/6/2031"], [words.ACCEPT]),
        (waits(standing=Standing("replaces", ENTRY)), [words.ACCEPT_REPLACING, "Thay văn bản 7/QĐ-UBND"], [words.ACCEPT]),
        (waits(standing=Standing("behind", ENTRY)), ["nên không dùng đến"], [words.ACCEPT]),
        (waits(standing=Standing("leads", ENTRY)), [words.ACCEPT, "từ nay trả lời theo tệp này"], []),
        (waits("reading"), [words.READING, words.CANCEL], [words.ACCEPT]),
        (waits("refused", why=NASTY), ["&lt;script&gt;", words.CANCEL], [words.ACCEPT]),
        (waits("failed", why="Ổ đĩa đã đầy."), [words.TRY_AGAIN, "Ổ đĩa đã đầy."], []),
        (waits("queued"), [words.IN_LINE, words.CANCEL], [words.ACCEPT]),
        (waits("indexing"), [words.INDEXING], [words.CANCEL, words.ACCEPT]),
    ],
)  # fmt: skip
def test_a_file_that_waits_says_how_it_stands(file: WaitingFile, said: list[str], unsaid: list[str]) -> None:
    shown = waiting([file], [], None)
    for sentence in said:
        assert sentence in shown
    for sentence in unsaid:
        assert f">{sentence}</button>" not in shown
    assert "<script" not in shown


def test_what_takes_nothing_away_may_be_accepted_together(tmp_path: Path) -> None:
    files = [waits(), waits(standing=Standing("leads", ENTRY)), waits(standing=Standing("replaces", ENTRY))]
    assert words.ACCEPT_ALL.format(count=2) in waiting(files, [], None)
    assert "Nhận tất cả" not in waiting(files[1:], [], None)


def test_the_line_of_jobs_is_told() -> None:
    jobs = [
        Job(3, "", "lan", "remove", OLD, "running", ""),
        Job(4, "", "lan", "add", "", "queued", "", 1),
        Job(5, "", "lan", "add", "", "queued", "", 2),
        Job(1, "", "lan", "add", "", "failed", f"Ổ đĩa đã đầy. {NASTY}"),
    ]
    shown = waiting([], jobs, ("Ghi chỉ mục", 2, 5))
    assert "Gỡ 7/QĐ-UBND ngày 9/6/2031: đang làm – Ghi chỉ mục: 2/5" in shown
    assert "đến lượt kế tiếp" in shown and "còn 2 việc trước" in shown
    assert "Ổ đĩa đã đầy." in shown and 'data-do="forget" data-job="1"' in shown
    assert "<script" not in shown and words.NOTHING_WAITING in shown


def test_a_preview_lies_in_a_frame_that_may_do_nothing() -> None:
    shown = preview(waits(name=NASTY))
    assert 'sandbox="allow-scripts"' in shown and "allow-same-origin" not in shown
    assert f'src="van-ban/cho/{"0" * 32}"' in shown and "<script" not in shown
    assert words.CHOOSE in preview(waits("indexing"))
