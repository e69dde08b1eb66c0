from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from handed_in import decision

from policy_qa.document import Metadata
from policy_qa.office import uploads as module
from policy_qa.office.database import Database
from policy_qa.office.examination import Found
from policy_qa.office.incoming import UploadRefused, shown_name
from policy_qa.office.uploads import Upload, Uploads


@pytest.fixture
def uploads(tmp_path: Path) -> Iterator[Uploads]:
    database = Database(tmp_path / "data")
    yield Uploads(database, tmp_path / "data" / "incoming", largest=1_000_000)
    database.close()


def hand_in(uploads: Uploads, name: str, content: bytes = decision().encode()) -> Upload:
    with uploads.begin("lan", name) as incoming:
        for at in range(0, len(content), 100):
            incoming.write(content[at : at + 100])
        return uploads.add(incoming)


FOUND = Found("7/QĐ-UBND@2031-06-09", Metadata(number="7/QĐ-UBND", confidence={"number": 0.9}), "text", 0, 3, ("Lạ.",))


@pytest.mark.parametrize(
    ("given", "shown", "stored"),
    [
        ("../../etc/Báo cáo số 5.pdf", "Báo cáo số 5.pdf", "bao-cao-so-5.pdf"),
        ("C:\\Windows\\quyết định.DOCX", "quyết định.DOCX", "quyet-dinh.docx"),
        ("con.txt", "con.txt", "van-ban-con.txt"),
        ("....pdf", "....pdf", "van-ban.pdf"),
        ("<script>x\u202e\u0000\n.html", "<script>x .html", "script-x.html"),
        ("a\u200bb.md", "ab.md", "ab.md"),
        ("đ" * 400 + ".pdf", None, "d" * 100 + ".pdf"),
    ],
)
def test_a_name_is_only_shown_and_the_file_lies_under_one_made_here(
    uploads: Uploads, given: str, shown: str | None, stored: str
) -> None:
    upload = hand_in(uploads, given)
    assert upload.name == (shown or upload.name) and len(upload.name) <= 200
    assert upload.file == stored
    assert uploads.path(upload).read_text(encoding="utf-8") == decision()
    assert uploads.path(upload).parent == uploads.folder(upload.id)
    assert uploads.get(upload.id) == upload


def test_what_comes_is_there_with_its_hash_and_is_told_after_a_restart(uploads: Uploads, tmp_path: Path) -> None:
    upload = hand_in(uploads, "a.txt")
    assert uploads.read(upload, FOUND)
    again = Uploads(Database(tmp_path / "data"), tmp_path / "data" / "incoming")
    (ready,) = again.all()
    assert (ready.state, ready.found, ready.size) == ("ready", FOUND, len(decision().encode()))


def test_a_file_of_no_kind_that_is_read_an_empty_one_and_too_large_a_one_leave_nothing(uploads: Uploads) -> None:
    with pytest.raises(UploadRefused, match=r"“máy tính\.exe” không thuộc loại đọc được"):
        uploads.begin("lan", "máy tính.exe")
    with pytest.raises(UploadRefused, match=r"“a\.txt” rỗng"):
        hand_in(uploads, "a.txt", b"")
    with pytest.raises(UploadRefused, match=r"“a\.txt” lớn hơn 1 MB"):
        hand_in(uploads, "a.txt", b"x" * 1_000_001)
    assert uploads.all() == []
    assert list(uploads.folder("0" * 32).parent.iterdir()) == []


def test_a_file_broken_off_leaves_nothing(uploads: Uploads) -> None:
    with pytest.raises(KeyError), uploads.begin("lan", "a.txt") as incoming:
        incoming.write(b"x")
        raise KeyError
    assert list(uploads.folder("0" * 32).parent.iterdir()) == []


def test_the_same_bytes_wait_only_once(uploads: Uploads) -> None:
    first = hand_in(uploads, "một.txt")
    with pytest.raises(UploadRefused, match=r"“hai\.txt” đã tải lên rồi và đang chờ, với tên “một\.txt”"):
        hand_in(uploads, "hai.txt")
    assert uploads.all() == [first]
    uploads.cancel(first.id)
    assert hand_in(uploads, "hai.txt").name == "hai.txt"


def test_too_many_files_cannot_wait(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WAITING", 2)
    hand_in(uploads, "1.txt", b"1")
    hand_in(uploads, "2.txt", b"2")
    with pytest.raises(UploadRefused, match="Đã có 2 tệp đang chờ"):
        uploads.begin("lan", "3.txt")


def test_a_cancelled_file_is_gone_and_what_was_read_of_it_comes_too_late(uploads: Uploads) -> None:
    upload = hand_in(uploads, "a.txt")
    assert uploads.cancel(upload.id) == upload
    assert uploads.cancel(upload.id) is None
    assert not uploads.folder(upload.id).exists()
    assert not uploads.read(upload, FOUND)
    assert uploads.get(upload.id) is None


def test_what_goes_into_the_index_cannot_be_cancelled(uploads: Uploads) -> None:
    upload = hand_in(uploads, "a.txt")
    uploads.read(upload, FOUND)
    assert not uploads.start(upload)  # nobody has accepted it
    with uploads._database.transaction() as connection:
        connection.execute("UPDATE uploads SET state = 'queued', job = 1")
    assert uploads.start(upload)
    assert uploads.cancel(upload.id) is None
    uploads.finish(upload, "Ổ đĩa đã đầy.")
    failed = uploads.get(upload.id)
    assert failed and (failed.state, failed.why) == ("failed", "Ổ đĩa đã đầy.")
    assert uploads.cancel(upload.id)


def test_old_files_are_cleared_away_and_what_is_decided_stays(uploads: Uploads) -> None:
    old, new = hand_in(uploads, "cũ.txt", b"1"), hand_in(uploads, "mới.txt", b"2")
    for upload in (old, new):
        uploads.read(upload, FOUND)
    with uploads._database.transaction() as connection:
        connection.execute("UPDATE uploads SET created = '2020-01-01T00:00:00+00:00' WHERE id = ?", (old.id,))
    orphan = uploads.folder("f" * 32)
    orphan.mkdir()
    os.utime(orphan, (time.time() - 100_000,) * 2)
    fresh = uploads.folder("e" * 32)
    fresh.mkdir()
    uploads.clear_old()
    assert [upload.id for upload in uploads.all()] == [new.id]
    assert not uploads.folder(old.id).exists() and not orphan.exists()
    assert uploads.path(new).is_file() and fresh.is_dir()


@pytest.mark.parametrize("strange", ["", "..", "../../etc", "0" * 31, "g" * 32, "0" * 32 + "/x"])
def test_only_an_id_names_a_folder(uploads: Uploads, strange: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        uploads.folder(strange)
    assert uploads.get(strange) is None and uploads.cancel(strange) is None


def test_a_file_is_read_anew_once_at_a_time(uploads: Uploads, tmp_path: Path) -> None:
    file = tmp_path / "văn bản.pdf"
    upload = uploads.add_again("lan", file, "0" * 64, recognise=True)
    assert uploads.path(upload) == file and upload.recognise
    with pytest.raises(UploadRefused, match=r"“văn bản\.pdf” đang được đọc lại rồi"):
        uploads.add_again("lan", file, "0" * 64, recognise=True)
    uploads.cancel(upload.id)
    uploads.add_again("lan", file, "0" * 64, recognise=False)


def test_a_name_without_anything_to_show() -> None:
    assert shown_name("\u200b/") == "(không tên)"
