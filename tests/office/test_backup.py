from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from policy_qa.office.backup import BackupFailed, back_up, restore
from policy_qa.office.database import Database
from policy_qa.office.users import Users


class Office:
    def __init__(self, home: Path) -> None:
        self.data, self.official, self.copies = home / "dữ liệu", home / "văn bản", home / "bản sao"
        Users(self.data).add("lan", [], "hoa-sen-núi-biển")
        (self.data / "packs").mkdir()
        (self.data / "packs" / "một.json").write_text("{}", encoding="utf-8")
        self.official.mkdir()
        (self.official / "luật.txt").write_text("Điều 1.", encoding="utf-8")
        self.database = Database(self.data)
        self.fail("trước")

    def fail(self, key: str) -> None:
        with self.database.transaction() as connection:
            connection.execute("INSERT INTO attempts VALUES (?, 1, 0)", (key,))

    def keys(self) -> list[str]:
        database = Database(self.data)
        try:
            return [row["key"] for row in database.rows("SELECT key FROM attempts ORDER BY key")]
        finally:
            database.close()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_what_was_copied_while_the_app_ran_comes_back_and_what_was_there_is_kept(office: Office) -> None:
    copy = back_up(office.data, office.official, office.copies)
    office.fail("sau")
    (office.official / "luật.txt").write_text("đã hỏng", encoding="utf-8")
    office.database.close()
    aside = restore(copy, office.data, office.official)
    assert office.keys() == ["trước"]
    assert Users(office.data).find("lan") and (office.data / "packs" / "một.json").exists()
    assert (office.official / "luật.txt").read_text(encoding="utf-8") == "Điều 1."
    assert [(place / "luật.txt").exists() for place in aside] == [False, True]
    assert sorted(p.name for p in copy.iterdir()) == ["data", "manifest.json", "official"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_no_other_user_of_the_machine_reads_a_copy_or_what_is_put_back(office: Office) -> None:
    copy = back_up(office.data, office.official, office.copies)
    office.database.close()
    restore(copy, office.data, office.official)
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (copy, office.data)] == [0o700, 0o700]
    assert stat.S_IMODE((office.data / "office.sqlite").stat().st_mode) == 0o600


def test_nothing_is_put_back_while_the_app_runs(office: Office) -> None:
    copy = back_up(office.data, office.official, office.copies)
    office.fail("sau")
    with pytest.raises(BackupFailed, match="đang chạy"):
        restore(copy, office.data, office.official)
    office.fail("còn ghi được")
    assert office.keys() == ["còn ghi được", "sau", "trước"]


@pytest.mark.parametrize("harm", ["changed", "missing", "more", "no manifest", "broken manifest"])
def test_a_damaged_copy_is_refused_and_nothing_changes(office: Office, harm: str) -> None:
    copy = back_up(office.data, office.official, office.copies)
    office.database.close()
    if harm == "changed":
        (copy / "data" / "packs" / "một.json").write_text("[]", encoding="utf-8")
    elif harm == "missing":
        (copy / "official" / "luật.txt").unlink()
    elif harm == "more":
        (copy / "data" / "thêm").write_text("", encoding="utf-8")
    elif harm == "no manifest":
        (copy / "manifest.json").unlink()
    else:
        (copy / "manifest.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(BackupFailed, match="không dùng được"):
        restore(copy, office.data, office.official)
    assert office.keys() == ["trước"] and [p.name for p in office.data.parent.glob("*truoc*")] == []


def test_no_copy_goes_into_what_is_copied_and_a_missing_office_is_told(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="chính thư mục dữ liệu"):
        back_up(office.data, office.official, office.data / "sao")
    with pytest.raises(BackupFailed, match="POLICY_QA_DATA"):
        back_up(tmp_path / "không có", office.official, office.copies)


def test_a_failed_copy_leaves_nothing_behind(office: Office, tmp_path: Path) -> None:
    office.database.close()
    (office.data / "office.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(BackupFailed, match="Không sao lưu được"):
        back_up(office.data, office.official, office.copies)
    assert list(office.copies.iterdir()) == []


def test_into_an_empty_machine(office: Office, tmp_path: Path) -> None:
    copy = back_up(office.data, office.official, office.copies)
    assert restore(copy, tmp_path / "mới" / "data", tmp_path / "mới" / "official") == []
    assert Users(tmp_path / "mới" / "data").find("lan")
