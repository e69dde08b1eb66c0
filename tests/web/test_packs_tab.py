"""The tab of packs: what a trainer may do, what the page shows, what can be downloaded; and what others may not."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from offices import services
from starlette.testclient import TestClient

from policy_qa.answering.chain import Assistant
from policy_qa.office.packs import NoSuchPack
from policy_qa.office.users import NotAllowed, User
from policy_qa.packs.pack import Head, Item, Pack
from policy_qa.packs.questions import UnreadableQuestions
from policy_qa.web.app import build
from policy_qa.web.packs.keeping import BadEntry, Keeping, day_of, shown_day
from policy_qa.web.packs.listing import PER_PART, questions, toolbar
from policy_qa.web.services import Services
from policy_qa.web.visitor import Presence

TRAINER = Presence(User("anh", frozenset({"trainer"})), "10.0.0.7")
OFFICER = Presence(User("bình", frozenset({"officer"})))
HERE = Presence(User("", frozenset({"trainer"})))
"""Whoever sits at the machine of an office without users."""
HOSTILE = "<img src=x onerror=alert(1)> \"'</textarea><script>alert(2)</script>"


@pytest.fixture
def office(tmp_path: Path, index_dir: Path, assistant: Assistant) -> Iterator[Services]:
    found = services(tmp_path, index_dir, assistant)
    yield found
    found.database.close()


@pytest.fixture
def keeping(office: Services) -> Keeping:
    return Keeping(office)


@pytest.fixture
def pack(keeping: Keeping) -> int:
    return keeping.make(TRAINER, "1. Chủ vườn tưới cây khi nào?\n2. Chủ vườn ghi sổ theo mẫu nào?")[0]


def test_a_pack_is_made_run_and_edited(keeping: Keeping, pack: int) -> None:
    assert [(far.done, far.total) for far in keeping.run(TRAINER, pack)] == [(0, 2), (1, 2), (2, 2)]
    kept = keeping.pack(TRAINER, pack)
    assert kept.pack.pending == []
    item = kept.items[0]
    keeping.decide(TRAINER, pack, item, "accepted")
    keeping.decide(TRAINER, pack, item, "không có trạng thái này")
    keeping.edit(TRAINER, pack, item, " Tưới  khi nào? ", "Ngày  một lần.\n\n")
    after = keeping.pack(TRAINER, pack).item(item)
    assert (after.question, after.edited, after.state) == ("Tưới khi nào?", "Ngày một lần.", "accepted")
    assert after.answer == kept.pack.items[0].answer
    keeping.own_words(TRAINER, pack, item)
    own = keeping.pack(TRAINER, pack).item(item).words
    keeping.edit(TRAINER, pack, item, "Tưới khi nào?", own)
    assert keeping.pack(TRAINER, pack).item(item).edited is None
    keeping.move(TRAINER, pack, item, 1)
    assert keeping.pack(TRAINER, pack).items[1] == item


def test_who_asked_what_is_logged(keeping: Keeping, pack: int) -> None:
    list(keeping.run(TRAINER, pack))
    keeping.delete(TRAINER, pack)
    log = [json.loads(line) for line in keeping.services.audit.path.read_text(encoding="utf-8").splitlines()]
    assert [entry["what"] for entry in log] == ["ran", "asked", "asked", "deleted"]
    assert {(entry["who"], entry["from"]) for entry in log} == {("anh", "10.0.0.7")}
    assert log[1]["question"] == "Chủ vườn tưới cây khi nào?"


def test_a_run_stops_after_the_question_it_is_at_and_goes_on_later(keeping: Keeping, pack: int) -> None:
    for far in keeping.run(TRAINER, pack):
        if far.done == 1:
            keeping.stop(TRAINER, pack)
    assert far.done == 1
    assert keeping.pack(TRAINER, pack).pack.pending == [1]
    assert [(far.done, far.total) for far in keeping.run(TRAINER, pack)] == [(0, 1), (1, 1)]


def test_what_was_decided_while_it_ran_is_kept(keeping: Keeping, pack: int) -> None:
    second = keeping.pack(TRAINER, pack).items[1]
    for far in keeping.run(TRAINER, pack):
        if far.done == 1:
            keeping.decide(TRAINER, pack, second, "rejected")
    assert keeping.pack(TRAINER, pack).item(second) == Item("Chủ vườn ghi sổ theo mẫu nào?", state="rejected")


def test_a_new_pack_has_the_office_and_author_of_the_last(keeping: Keeping, pack: int) -> None:
    given = Pack("Về cây", "Lớp A", "2031-05-06", "Bà Đước", Head("Ban Vườn ươm", number="12/TL"))
    keeping.set_head(TRAINER, pack, given)
    assert keeping.pack(TRAINER, pack).pack == replace(given, items=keeping.pack(TRAINER, pack).pack.items)
    fresh = keeping.pack(TRAINER, keeping.make(TRAINER, "Ai ký?")[0]).pack
    assert (fresh.title, fresh.author, fresh.head) == ("", "Bà Đước", Head("Ban Vườn ươm"))


def test_an_uploaded_file_is_read_and_removed(keeping: Keeping, tmp_path: Path) -> None:
    file = tmp_path / "hỏi.txt"
    file.write_text("Ai ký?\nKhi nào?", encoding="utf-8")
    assert keeping.read_file(TRAINER, file, "hỏi.txt").questions == ("Ai ký?", "Khi nào?")
    assert not file.exists()
    file.write_bytes(b"%PDF-1.4")
    with pytest.raises(UnreadableQuestions):
        keeping.read_file(TRAINER, file, "hỏi.pdf")
    assert not file.exists()


def test_questions_are_proposed_from_provisions(keeping: Keeping) -> None:
    key = next(key for name, key in keeping.documents() if "Vườn ươm" in name)
    assert ("Khoản 1 Điều 2", "điều=2;khoản=1") in keeping.provisions(key)
    assert keeping.propose(TRAINER, key, ["điều=1"], 5)
    for asked, within, sentence in (
        (None, [], "Chưa chọn văn bản"),
        ("999/X", [], "Kho không còn văn bản này"),
        (key, ["điều=99"], "Không đề xuất được"),
        (key, ["không phải địa chỉ"], "Kho không còn văn bản này"),
    ):
        with pytest.raises(BadEntry, match=sentence):
            keeping.propose(TRAINER, asked, within, 5)


def test_what_cannot_be_used_is_a_sentence_and_changes_nothing(keeping: Keeping, pack: int) -> None:
    before = keeping.pack(TRAINER, pack)
    item = before.items[0]
    for sentence, refused in (
        ("Câu hỏi đang để trống", lambda: keeping.edit(TRAINER, pack, item, "  ", "a")),
        ("quá 20000 ký tự", lambda: keeping.edit(TRAINER, pack, item, "a", "a" * 20_001)),
        ("quá 300 ký tự", lambda: keeping.set_head(TRAINER, pack, Pack("a" * 301))),
        ("Chưa có bộ nào đang mở", lambda: keeping.delete(TRAINER, None)),
        ("không đúng", lambda: day_of("31/2/2026")),
        ("không đúng", lambda: day_of("mai")),
    ):
        with pytest.raises(BadEntry, match=sentence):
            refused()
    assert keeping.pack(TRAINER, pack) == before


@pytest.mark.parametrize(
    ("typed", "day"),
    [("", None), ("5/3/2026", "2026-03-05"), ("05.03.2026", "2026-03-05"), (" 2026-03-05 ", "2026-03-05")],
)
def test_days_are_read_as_they_are_written_here(typed: str, day: str | None) -> None:
    assert day_of(typed) == day
    assert day_of(shown_day(day)) == day


def test_others_may_not_and_another_trainers_packs_are_not_there(keeping: Keeping, pack: int, tmp_path: Path) -> None:
    item = keeping.pack(TRAINER, pack).items[0]
    file = tmp_path / "hỏi.txt"
    for step in (
        lambda who: keeping.listed(who),
        lambda who: keeping.pack(who, pack),
        lambda who: keeping.read_file(who, file, "hỏi.txt"),
        lambda who: keeping.propose(who, "a", [], 1),
        lambda who: keeping.make(who, "Ai?"),
        lambda who: keeping.add(who, pack, "Ai?"),
        lambda who: keeping.set_head(who, pack, Pack()),
        lambda who: keeping.edit(who, pack, item, "a", "b"),
        lambda who: keeping.own_words(who, pack, item),
        lambda who: keeping.decide(who, pack, item, "accepted"),
        lambda who: keeping.move(who, pack, item, 1),
        lambda who: keeping.delete(who, pack),
        lambda who: keeping.ask_again(who, pack, item),
        lambda who: keeping.stop(who, pack),
        lambda who: list(keeping.run(who, pack)),
    ):
        with pytest.raises(NotAllowed):
            step(OFFICER)
    other = Presence(User("cúc", frozenset({"trainer"})))
    for step in (
        lambda: keeping.pack(other, pack),
        lambda: keeping.delete(other, pack),
        lambda: keeping.stop(other, pack),
    ):
        with pytest.raises(NoSuchPack):
            step()


# --- what the page shows ------------------------------------------------------------------------------------------


def test_hostile_words_are_text(keeping: Keeping) -> None:
    pack = keeping.make(TRAINER, f"Ai ký {HOSTILE}?")[0]
    item = keeping.pack(TRAINER, pack).items[0]
    list(keeping.run(TRAINER, pack))
    keeping.edit(TRAINER, pack, item, HOSTILE, HOSTILE)
    shown = questions(keeping.pack(TRAINER, pack)) + toolbar(keeping.pack(TRAINER, pack))
    assert "<img" not in shown
    assert "<script" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown


def test_an_edit_is_shown_as_what_was_taken_out_and_put_in(keeping: Keeping, pack: int) -> None:
    list(keeping.run(TRAINER, pack))
    kept = keeping.pack(TRAINER, pack)
    keeping.edit(
        TRAINER, pack, kept.items[0], "Chủ vườn tưới khi nào?", kept.pack.items[0].words.replace("mỗi", "hằng")
    )
    shown = questions(keeping.pack(TRAINER, pack))
    assert 'aria-label="bỏ: mỗi"> mỗi</del>' in shown
    assert 'aria-label="thêm: hằng"> hằng</ins>' in shown
    assert "<i> hằng</i>" in shown
    assert "là cho câu hỏi cũ" in shown


def test_a_long_pack_is_shown_in_parts(keeping: Keeping) -> None:
    pack = keeping.make(TRAINER, "\n".join(f"Câu hỏi về cây số {n}?" for n in range(PER_PART + 3)))[0]
    kept = keeping.pack(TRAINER, pack)
    assert questions(kept).count('class="pqp-item ') == PER_PART
    last = questions(kept, 1)
    assert last.count('class="pqp-item ') == 3
    assert "Câu hỏi 51–53 trong 53" in last
    for beyond in (99, -1):
        assert "data-item" in questions(kept, beyond)
    assert "53 câu: 0 có trả lời" in toolbar(kept)


# --- downloads ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, index_dir: Path) -> Iterator[tuple[Services, TestClient]]:
    """An office of its own with its whole app, which takes seconds to build."""
    found = services(tmp_path_factory.mktemp("served"), index_dir)
    with TestClient(build(found)) as opened:
        yield found, opened
    found.database.close()


def test_a_pack_is_downloaded_in_every_form(served: tuple[Services, TestClient]) -> None:
    office, client = served
    keeping = Keeping(office)
    pack = keeping.make(HERE, "Chủ vườn tưới cây khi nào?")[0]
    list(keeping.run(HERE, pack))
    for form, name in (("docx", f"bo-hoi-dap-{pack}.docx"), ("phat-tay", f"bo-hoi-dap-{pack}-phat-tay.docx")):
        answer = client.get(f"/bo-hoi-dap/{pack}/{form}")
        assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
        texts = [p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs]
        assert "Chủ vườn tưới cây khi nào?" in texts
        assert ("TRẢ LỜI" in texts) == (form == "phat-tay")
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/bo-hoi-dap/{pack}/xlsx").content))
    assert book.worksheets[0]["B2"].value == "Chủ vườn tưới cây khi nào?"
    stored = json.loads(client.get(f"/bo-hoi-dap/{pack}/json").content)
    assert Pack.from_json(stored) == keeping.pack(HERE, pack).pack
    nothing = client.get(f"/bo-hoi-dap/{pack}/pdf")
    assert nothing.status_code == 404
    assert "Không có trang PDF nào để chép" in nothing.text
    log = office.audit.path.read_text(encoding="utf-8")
    assert log.count('"exported"') == 4


def test_what_is_not_there_or_not_ones_own_is_a_sentence(served: tuple[Services, TestClient]) -> None:
    office, client = served
    keeping = Keeping(office)
    other = keeping.make(TRAINER, "Ai ký?")[0]
    own = keeping.make(HERE, "Ai ký?")[0]
    for path, sentence in (
        (f"{other}/docx", "Không tìm thấy bộ hỏi đáp"),
        ("999/docx", "Không tìm thấy bộ hỏi đáp"),
        (f"{own}/exe", "Không tìm thấy dạng tệp"),
    ):
        answer = client.get(f"/bo-hoi-dap/{path}")
        assert answer.status_code == 404
        assert sentence in answer.text
    assert client.get("/bo-hoi-dap/..%2f..%2fetc/docx").status_code in (404, 422)
