"""The content decides; every refusal is one Vietnamese sentence that names the file."""

import hashlib
import os
import zipfile
from pathlib import Path

import pytest
from old_encodings import tcvn3
from word import p, word_file

from policy_qa.errors import UnreadableFile
from policy_qa.reading import dispatch, read

HTML = b"<!DOCTYPE html><html><body><p>" + "Nội dung văn bản đủ dài. ".encode() * 30 + b"</p></body></html>"

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


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
        ("a.doc", OLE + b"0" * 20, "Office đời cũ không phải Word"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "Office có mật khẩu.*gỡ mật khẩu"),
        ("a.pdf", OLE + "WordDocument".encode("utf-16-le"), r"đuôi \.pdf.*Word đời cũ"),
        ("a.doc", "Chỉ là chữ".encode(), r"đuôi \.doc của tệp Word.*văn bản thuần"),
        ("a.rtf", HTML, "trang web"),
        ("a.txt", b"{\\rtf1 x}", "tệp RTF"),
        ("a.html", "Chỉ là chữ < 5".encode(), "văn bản thuần"),
        ("a.html", "Chữ không có dấu".encode("utf-16"), "văn bản thuần"),
        ("a.pdf", b"%PDF-1.7\n garbage", "hỏng"),
        ("a.xlsx", b"anything", "không thuộc loại đọc được"),
        ("a", b"anything", "không thuộc loại đọc được"),
        ("a.txt", "Cộng hòa".encode("utf-16-be"), "không rõ|Unicode"),
        ("a.txt", b"Le pr\xe9fet a d\xe9cid\xe9\nde fermer l'\xe9cole", "dòng 1 không đọc được.*bảng mã"),
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


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (b"%PDF-1.4", "pdf"),
        (HTML, "html"),
        (b"\xef\xbb\xbf  <HTML>", "html"),
        (b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'><html>", "html"),
        (b"<!-- saved from url=(0014)about:internet -->" + b" " * 4000 + b"<html>", "html"),
        ("<html><body>Chữ</body></html>".encode("utf-16"), "html"),
        ("Chữ".encode("utf-16"), "text"),
        (b"{\\rtf1", "rtf"),
        (OLE + "WordDocument".encode("utf-16-le"), "old word"),
        (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
        (b"PK\x03\x04 word/ c\xe1\xba\xaft", "docx"),
        (b"PK\x03\x04", "zip"),
        (b"\xff\xd8\xff", "picture"),
        (b"\0", "unknown"),
        (b"", "text"),
    ],
)
def test_sniff(data: bytes, content: str) -> None:
    assert dispatch.sniff(data) == content


def test_word_files_are_told_by_content(tmp_path: Path) -> None:
    for name in ("a.doc", "a.docm", "a.dotx", "a.rtf", "a.odt"):
        source = read(word_file(tmp_path / name, p("Nội dung")))
        assert source.text == "Nội dung"
        assert source.media == "docx"
        assert source.file == str(tmp_path / name)


def test_an_old_encoding_is_converted_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes(tcvn3("Điều 1. Phạm vi điều chỉnh\r\nĐiều 2. Đối tượng áp dụng").encode("latin-1"))
    source = read(path)
    assert source.text == "Điều 1. Phạm vi điều chỉnh\nĐiều 2. Đối tượng áp dụng"
    assert source.warnings == (
        "Chữ trong tệp “cu.txt” đã chuyển từ bảng mã TCVN3 sang Unicode; hãy đối chiếu bản gốc khi trích dẫn.",
    )
