"""What a keeper corrects in a head: kept beside the documents, so that no build, reading or backup loses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from handed_in import DIGEST, decision, hand_in, indexed, office, wait

from policy_qa.errors import PolicyQAError
from policy_qa.office.backup import back_up, restore
from policy_qa.office.building import Order
from policy_qa.office.corrections import (
    FILE_NAME,
    Correction,
    CorrectionsUnreadable,
    corrections,
    differing,
    read_otherwise,
    set_correction,
)
from policy_qa.office.documents import read_options, sha256_of
from policy_qa.office.holdings import Holdings
from policy_qa.office.incoming import UploadRefused
from policy_qa.office.uploads import Upload
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.index import DocumentRecord, build_index, open_index
from policy_qa.structure.correcting import BadCorrection

WRONG, RIGHT = "7/QĐ-UBND@2031-06-09", "71/QĐ-UBND@2031-06-19"
TYPED = {
    "number": "71/QĐ-UBND",
    "date": "19/6/2031",
    "issuer": "Ủy ban nhân dân tỉnh An Hải Đông",
    "title": "về bến đò",
}


@pytest.fixture
def holdings(tmp_path: Path) -> Holdings:
    return office(tmp_path)


def accepted(holdings: Holdings, upload: Upload) -> str:
    assert holdings.accept("lan", [upload.id])
    wait(holdings)
    return holdings.jobs.shown()[0].why


def records(home: Path, encoder: Encoder) -> dict[str, DocumentRecord]:
    index = open_index(home / "index", encoder)
    try:
        return {record.key: record for record in index.documents()}
    finally:
        index.close()


def corrected_and_accepted(holdings: Holdings) -> Upload:
    upload = hand_in(holdings, "bến.txt", decision())
    holdings.correct("lan", upload.id, TYPED)
    assert accepted(holdings, upload) == "Đã đưa vào kho: 71/QĐ-UBND ngày 19/6/2031."
    return upload


def test_a_corrected_head_is_what_the_index_knows_also_after_a_new_build(
    holdings: Holdings, tmp_path: Path, shipped_encoder: Encoder
) -> None:
    upload = hand_in(holdings, "bến.txt", decision())
    after = holdings.correct("lan", upload.id, TYPED)
    assert (upload.key, after.key, after.metadata.date) == (WRONG, RIGHT, "2031-06-19")
    waiting = holdings.uploads.get(upload.id)
    assert waiting is not None and waiting.key == RIGHT and waiting.found == upload.found, "what was read is not lost"
    accepted(holdings, upload)
    assert indexed(holdings) == {RIGHT: "71-qd-ubnd-2031-06-19.txt"}
    about = records(tmp_path, shipped_encoder)[RIGHT].metadata
    assert (about.issuer, about.title, about.kind) == (TYPED["issuer"], TYPED["title"], "Quyết định")
    assert about.confidence.keys() == {"kind"}
    kept = corrections(tmp_path / "data")[upload.sha256]
    assert kept.user == "lan" and kept.fields == {**TYPED, "date": "2031-06-19"}
    build_index([], tmp_path / "other", shipped_encoder, corpus=tmp_path / "official", load=loader(tmp_path))
    index = open_index(tmp_path / "other", shipped_encoder)
    assert [record.key for record in index.documents()] == [RIGHT]
    index.close()


def loader(home: Path):
    from policy_qa.loading import Loader

    return Loader(read_options(home / "data", home / "cache")).load


def test_it_outlives_another_reading_and_can_be_corrected_anew_or_taken_back(
    holdings: Holdings, tmp_path: Path, shipped_encoder: Encoder
) -> None:
    corrected_and_accepted(holdings)
    record = records(tmp_path, shipped_encoder)[RIGHT]
    again = holdings.read_again("hoa", record, recognise=False)
    wait(holdings)
    read = holdings.uploads.get(again.id)
    assert read is not None and read.key == RIGHT and read.found and read.found.key == WRONG
    accepted(holdings, read)
    assert indexed(holdings) == {RIGHT: "71-qd-ubnd-2031-06-19.txt"}
    again = holdings.read_again("hoa", record, recognise=False)
    wait(holdings)
    holdings.correct("hoa", again.id, {**TYPED, "number": "72/QĐ-UBND"})
    accepted(holdings, again)
    assert list(indexed(holdings)) == ["72/QĐ-UBND@2031-06-19"]
    assert holdings.removed.all() == [], "its file was not taken out of use"
    again = holdings.read_again("hoa", records(tmp_path, shipped_encoder)["72/QĐ-UBND@2031-06-19"], recognise=False)
    wait(holdings)
    holdings.correct("hoa", again.id, {"number": "7/QĐ-UBND", "date": "2031-06-09"})
    accepted(holdings, again)
    assert list(indexed(holdings)) == [WRONG] and corrections(tmp_path / "data") == {}


def test_a_file_that_was_removed_and_comes_again_is_read_with_what_is_corrected_now(holdings: Holdings) -> None:
    accepted(holdings, hand_in(holdings, "bến.txt", decision()))
    holdings.remove("lan", WRONG)
    wait(holdings)
    corrected_and_accepted(holdings)
    assert list(indexed(holdings)) == [RIGHT]


def test_the_number_of_another_document_is_told_or_refused(
    holdings: Holdings, tmp_path: Path, shipped_encoder: Encoder
) -> None:
    corrected_and_accepted(holdings)
    upload = hand_in(holdings, "bến 8.txt", decision(8))
    after = holdings.correct("lan", upload.id, {"number": "71/QĐ-UBND", "date": "19/6/2031"})
    assert holdings.standing(after).kind == "replaces", "the page asks before it replaces"
    holdings.correct("lan", upload.id, {})
    accepted(holdings, upload)
    again = holdings.read_again("lan", records(tmp_path, shipped_encoder)["8/QĐ-UBND@2031-06-09"], recognise=False)
    wait(holdings)
    with pytest.raises(UploadRefused, match=r"Kho đã có văn bản 71/QĐ-UBND ngày 19/6/2031 ở một tệp khác"):
        holdings.correct("lan", again.id, {"number": "71/QĐ-UBND", "date": "19/6/2031"})
    unchanged = holdings.uploads.get(again.id)
    assert unchanged is not None and unchanged.correction is None


def test_what_cannot_be_corrected_is_told_and_changes_nothing(holdings: Holdings) -> None:
    upload = hand_in(holdings, "bến.txt", decision())
    with pytest.raises(BadCorrection, match="Ngày ban hành “40/6/2031”"):
        holdings.correct("lan", upload.id, {**TYPED, "date": "40/6/2031"})
    digest = hand_in(holdings, "tóm lược.md", DIGEST)
    for refused in (digest.id, "0" * 32, "../x"):
        with pytest.raises(PolicyQAError, match="sửa"):
            holdings.correct("lan", refused, TYPED)
    assert all(u.correction is None for u in holdings.uploads.all())


def test_a_build_that_fails_leaves_no_correction(tmp_path: Path) -> None:
    def fails(order: Order, progress: object):
        raise CorrectionsUnreadable("Ổ đĩa đầy.")

    holdings = office(tmp_path, build=fails)
    upload = hand_in(holdings, "bến.txt", decision())
    holdings.correct("lan", upload.id, TYPED)
    accepted(holdings, upload)
    failed = holdings.uploads.get(upload.id)
    assert failed is not None and failed.state == "failed" and failed.key == RIGHT, "what was typed is not lost"
    assert corrections(tmp_path / "data") == {}


def test_a_backup_that_is_put_back_brings_its_corrections_into_the_next_build(
    tmp_path: Path, shipped_encoder: Encoder
) -> None:
    home, data = tmp_path / "home", tmp_path / "home" / "data"
    holdings = office(home)
    upload = hand_in(holdings, "bến.txt", decision())
    accepted(holdings, upload)
    before = back_up(data, home / "official", tmp_path / "before")
    again = holdings.read_again("lan", records(home, shipped_encoder)[WRONG], recognise=False)
    wait(holdings)
    holdings.correct("lan", again.id, TYPED)
    accepted(holdings, again)
    after = back_up(data, home / "official", tmp_path / "after")
    holdings.uploads._database.close()
    for backup, key, stale in ((before, WRONG, 1), (after, RIGHT, 1), (after, RIGHT, 0)):
        restore(backup, data, home / "official")
        again_read = read_otherwise(home / "index", data)
        assert len(again_read) == stale
        build_index([], home / "index", shipped_encoder, corpus=home / "corpus", reread=again_read, load=loader(home))
        assert list(records(home, shipped_encoder)) == [key]


@pytest.mark.parametrize(
    "broken",
    ["", "[]", "[" * 100_000, '{"x": {}}', json.dumps({"0" * 64: {"fields": {"number": "<b>"}, "user": "", "when": ""}}),
     json.dumps({"0" * 64: {"fields": {"signer": "a"}, "user": "", "when": ""}}), json.dumps({"0" * 64: {"fields": {"date": "9/6/2031"}, "user": "", "when": ""}})],
)  # fmt: skip
def test_a_damaged_file_is_told_before_a_wrong_number_is_cited_again(tmp_path: Path, broken: str) -> None:
    (tmp_path / FILE_NAME).write_text(broken, encoding="utf-8")
    with pytest.raises(CorrectionsUnreadable, match="khôi phục tệp này từ bản sao lưu"):
        read_options(tmp_path, tmp_path / "cache")
    with pytest.raises(CorrectionsUnreadable):
        set_correction(tmp_path, "1" * 64, None)


def test_what_stands_in_the_form_as_it_was_read_is_no_correction(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(decision().replace("quản lý bến", "quản lý <i> bến"), encoding="utf-8")
    from policy_qa.loading import load_document

    read = load_document(file).metadata
    assert read.title and "<i>" in read.title
    shown = {"number": "7/QĐ-UBND ", "date": "9/6/2031", "issuer": read.issuer or "", "title": read.title}
    assert differing(read, shown) == {} and differing(read, {"signer": "x"}) == {}
    assert differing(read, {**shown, "date": "6/9/2031"}) == {"date": "2031-09-06"}
    assert differing(read, {**shown, "issuer": ""}) == {"issuer": None}


def test_a_number_that_the_files_name_has_from_its_correction_stays_corrected(
    holdings: Holdings, tmp_path: Path, shipped_encoder: Encoder
) -> None:
    upload = hand_in(holdings, "bến.txt", decision().replace("Số: 7/", "Số: .../"))
    holdings.correct("lan", upload.id, {"number": "71/QĐ-UBND"})
    accepted(holdings, upload)
    (record,) = records(tmp_path, shipped_encoder).values()
    again = holdings.read_again("lan", record, recognise=False)
    wait(holdings)
    read = holdings.uploads.get(again.id)
    assert read is not None and read.found and read.found.metadata.number == "71/QĐ-UBND"
    after = holdings.correct("lan", again.id, {"number": "71/QĐ-UBND", "title": "về bến đò"})
    assert after.correction is not None and after.correction.fields == {"number": "71/QĐ-UBND", "title": "về bến đò"}


def test_the_latest_correction_of_a_file_counts_and_none_takes_it_away(tmp_path: Path) -> None:
    one = Correction({"number": "1/QĐ-TTg"}, "lan", "2031-01-01T00:00:00+00:00")
    set_correction(tmp_path, "1" * 64, one)
    set_correction(tmp_path, "2" * 64, Correction({"title": None}, "hoa", ""))
    assert corrections(tmp_path) == {"1" * 64: one, "2" * 64: Correction({"title": None}, "hoa", "")}
    set_correction(tmp_path, "1" * 64, None)
    set_correction(tmp_path, "2" * 64, Correction({}, "hoa", ""))
    assert corrections(tmp_path) == {}
    assert sha256_of(tmp_path / FILE_NAME)
