"""The content decides; every refusal is one Vietnamese sentence that names the file."""

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from policy_qa.errors import UnreadableFile
from policy_qa.reading import dispatch, read

HTML = b"<!DOCTYPE html><html><body><p>" + "Nội dung văn bản đủ dài. ".encode() * 30 + b"</p></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.pdf", b"", "rỗng"),
        ("a.pdf", HTML, r"đuôi \.pdf.*trang web"),
        ("a.pdf", "Chỉ là chữ".encode(), r"văn bản thuần"),
        ("a.pdf", b"PK\x03\x04" + b"0" * 50, "nén"),
        ("a.docx", b"PK\x03\x04" + b"0" * 50, "nén"),
        ("a.docx", b"%PDF-1.7\n", "tệp PDF"),
        ("a.docx", HTML, "trang web"),
        ("a.html", b"%PDF-1.7\n", "tệp PDF"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "tệp ảnh"),
        ("a.md", b"\x00\x01\x02", "không rõ định dạng"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 20, r"Word đời cũ.*\.docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 20, r"Word đời cũ.*\.docx"),
        ("a.pdf", b"%PDF-1.7\n garbage", "hỏng"),
        ("a.xlsx", b"anything", "không thuộc loại đọc được"),
        ("a", b"anything", "không thuộc loại đọc được"),
        ("a.txt", "Cộng hòa".encode("utf-16-be"), "không rõ|Unicode"),
        ("a.txt", b"C\xe9ng h\xdfa x\xb7 h\xe9i", "bảng mã"),
        ("a.txt", b"\n \n", "không có chữ"),
    ],
)
def test_refusals(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableFile, match=said) as caught:
        read(path)
    sentence = str(caught.value)
    assert f"“{name}”" in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="thư mục"):
        read(tmp_path)
    with pytest.raises(UnreadableFile, match="Không tìm thấy"):
        read(tmp_path / "khong-co.pdf")


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "MAX_BYTES", 10)
    path = tmp_path / "to.txt"
    path.write_text("hơn mười byte", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="quá mức"):
        read(path)


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="rights do not bind here"
)
def test_no_rights(tmp_path: Path) -> None:
    path = tmp_path / "kin.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="quyền đọc"):
        read(path)


def test_the_file_is_identified(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "van-ban.TXT"
    path.write_bytes("Một dòng.\r\nHai dòng.".encode())
    monkeypatch.chdir(tmp_path)
    source = read(Path("van-ban.TXT"))
    assert source.file == str(path)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert source.text == "Một dòng.\nHai dòng."
    assert source.media == "text"


def test_an_archive_that_is_no_word_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "something else")
    with pytest.raises(UnreadableFile, match="nén"):
        read(path)
