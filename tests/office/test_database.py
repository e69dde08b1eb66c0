"""The office's SQLite file: migrations, transactions, and a sentence where it cannot be used."""

from __future__ import annotations

import sqlite3
import stat
import sys
import threading
from pathlib import Path

import pytest

from policy_qa.office import database as module
from policy_qa.office.database import Database, OfficeDataUnusable


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "001_things.sql").write_text("CREATE TABLE things (name TEXT NOT NULL) STRICT;\n", encoding="utf-8")
    monkeypatch.setattr(module, "MIGRATIONS", folder)
    return folder


def names(database: Database) -> list[str]:
    return [row["name"] for row in database.rows("SELECT name FROM things ORDER BY name")]


def test_what_is_written_is_there_when_it_is_opened_again(migrations: Path, tmp_path: Path) -> None:
    database = Database(tmp_path / "dữ liệu")
    with database.transaction() as connection:
        connection.execute("INSERT INTO things VALUES ('a')")
    database.close()
    (migrations / "002_more.sql").write_text(
        "-- one; with a semicolon\nALTER TABLE things ADD COLUMN size INTEGER;\nINSERT INTO things VALUES ('b', 2);\n", encoding="utf-8"
    )  # fmt: skip
    again = Database(tmp_path / "dữ liệu")
    assert names(again) == ["a", "b"]
    again.close()
    third = Database(tmp_path / "dữ liệu")
    assert names(third) == ["a", "b"]  # nothing ran twice
    third.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_no_other_user_of_the_machine_reads_it(migrations: Path, tmp_path: Path) -> None:
    folder = tmp_path / "made by hand"
    folder.mkdir(mode=0o755)
    database = Database(folder)
    with database.transaction() as connection:
        connection.execute("INSERT INTO things VALUES ('a')")
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert len(list(folder.iterdir())) > 1, "its journal, too"
    database.close()


def test_a_block_that_raises_leaves_nothing(migrations: Path, tmp_path: Path) -> None:
    database = Database(tmp_path / "d")
    with pytest.raises(KeyError), database.transaction() as connection:
        connection.execute("INSERT INTO things VALUES ('a')")
        raise KeyError
    assert names(database) == []
    with pytest.raises(OfficeDataUnusable, match="Không dùng được"), database.transaction() as connection:
        connection.execute("INSERT INTO things VALUES ('a')")
        connection.execute("INSERT INTO nowhere VALUES ('a')")
    assert names(database) == []
    database.close()


def test_threads_write_one_after_the_other(migrations: Path, tmp_path: Path) -> None:
    database = Database(tmp_path / "d")

    def write(name: str) -> None:
        for number in range(20):
            with database.transaction() as connection:
                connection.execute("INSERT INTO things VALUES (?)", (f"{name}{number:02}",))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(names(database))) == 80
    database.close()


def test_a_migration_with_a_slip_leaves_the_data_as_it_was(migrations: Path, tmp_path: Path) -> None:
    Database(tmp_path / "d").close()
    (migrations / "002_slip.sql").write_text("CREATE TABLE more (x TEXT) STRICT;\nCREATE TABEL y;\n", encoding="utf-8")
    with pytest.raises(OfficeDataUnusable, match="TABEL"):
        Database(tmp_path / "d")
    with sqlite3.connect(tmp_path / "d" / module.FILE_NAME) as plain:
        assert not plain.execute("SELECT 1 FROM sqlite_master WHERE name = 'more'").fetchall()
    plain.close()
    (migrations / "002_slip.sql").write_text("CREATE TABLE more (x TEXT)", encoding="utf-8")
    with pytest.raises(OfficeDataUnusable, match="unfinished"):
        Database(tmp_path / "d")


def test_data_of_a_newer_release_is_left_alone(migrations: Path, tmp_path: Path) -> None:
    (migrations / "009_later.sql").write_text("CREATE TABLE later (x TEXT) STRICT;\n", encoding="utf-8")
    Database(tmp_path / "d").close()
    (migrations / "009_later.sql").unlink()
    with pytest.raises(OfficeDataUnusable, match="bản mới hơn"):
        Database(tmp_path / "d")


def test_what_is_no_database_is_told_in_a_sentence(migrations: Path, tmp_path: Path) -> None:
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / module.FILE_NAME).write_bytes(b"not a database at all" * 50)
    with pytest.raises(OfficeDataUnusable, match="Không dùng được dữ liệu"):
        Database(folder)
    with pytest.raises(OfficeDataUnusable, match="Không dùng được dữ liệu"):
        Database(folder / module.FILE_NAME / "below a file")


def test_the_shipped_migrations_run_and_are_numbered_once(tmp_path: Path) -> None:
    Database(tmp_path / "d").close()
    numbers = [file.name[:3] for file in module.MIGRATIONS.glob("*.sql")]
    assert len(numbers) == len(set(numbers))
