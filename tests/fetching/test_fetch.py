"""A document from its official address to its place: what is kept, what is refused, what is never touched."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from ferry import DIGEST, KEY, LINES, NAME, Site, page, word

from policy_qa.corpus import check
from policy_qa.document import Document
from policy_qa.errors import BadCorpus, BadQuestion, PolicyQAError
from policy_qa.fetching import Fetched, Limits, digests, fetch, find
from policy_qa.fetching.store import RECORDS, file_name
from policy_qa.loading import load_document
from policy_qa.reading import read
from policy_qa.structure import parse
from policy_qa.structure.digest import official_addresses

SHARED = Path(__file__).parents[3] / "shared" / "data"
FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/Library/Fonts/Arial Unicode.ttf",
    "C:/Windows/Fonts/times.ttf",
)
Digest = Callable[..., Document]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "official"


def fetched(digest: Document, folder: Path, address: str | None = None) -> Fetched:
    """Fetched from this machine; one sentence says what became of it, and nothing unfinished is left behind."""
    limits = Limits(size=2**20, connect=10, read=10, total=60)
    result = fetch(digest, folder, address=address, trusted=True, limits=limits, load=load_document)
    assert result.why
    assert "\n" not in result.why
    assert [file.name for file in folder.glob(".fetch-*")] == []
    return result


def failure(digest: Document, folder: Path, address: str | None = None) -> str:
    """Why it failed, after which the folder holds nothing."""
    result = fetched(digest, folder, address)
    assert (result.status, result.file, result.sha256) == ("failed", None, None)
    assert list(folder.iterdir()) == []
    return result.why


# --- what is kept


@pytest.mark.parametrize(("body", "suffix"), [(page(), ".html"), (word(), ".docx")])
def test_a_document_is_stored_by_its_number_and_what_it_is(
    site: Site, digest: Digest, folder: Path, body: bytes, suffix: str
) -> None:
    address = site.serve("/lies/about/it.pdf", body, Content_Type="application/pdf", ETag='"v1"')
    result = fetched(digest(address), folder)
    file = folder / (NAME + suffix)
    assert (result.status, result.key, result.address, result.file) == ("stored", KEY, address, str(file))
    assert result.sha256 == hashlib.sha256(body).hexdigest()
    assert file.read_bytes() == body
    record = json.loads((folder / RECORDS).read_text(encoding="utf-8"))[KEY]
    assert (record["file"], record["url"], record["etag"]) == (file.name, address, '"v1"')
    assert sorted(path.name for path in folder.iterdir()) == [RECORDS, file.name]


def _pdf() -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    font = next((path for path in FONTS if Path(path).is_file()), None)
    if font is None:
        pytest.skip("no font with Vietnamese letters on this machine")
    pdfmetrics.registerFont(TTFont("ferry", font))
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont("ferry", 9)
    for number, line in enumerate(LINES):
        canvas.drawString(72, 780 - 16 * number, line)
    canvas.save()
    return buffer.getvalue()


def test_a_pdf_is_stored(site: Site, digest: Digest, folder: Path) -> None:
    result = fetched(digest(site.serve("/a", _pdf())), folder)
    assert result.file == str(folder / f"{NAME}.pdf")


@pytest.mark.parametrize(
    "name",
    ["html/doc_000594.html", "html/doc_000095.html", "pdf/nghi-quyet-so-17-2022-ubtvqh15-36956.pdf"],
)
def test_real_documents(site: Site, digest: Digest, folder: Path, name: str) -> None:
    file = SHARED / name
    if not file.exists():
        pytest.skip(f"no {name} beside the repository")
    about = parse(read(file)).metadata
    assert about.number
    assert about.date
    words = DIGEST.replace("24/2033/NĐ-CP", about.number).replace("2033-05-07", about.date)
    named = digest().source.file
    Path(named).write_text(words.format(official=site.serve("/a", file.read_bytes())), encoding="utf-8")
    result = fetch(parse(read(Path(named))), folder, trusted=True)
    assert (result.status, result.key) == ("stored", f"{about.number}@{about.date}")
    assert Path(result.file or "").read_bytes() == file.read_bytes()


def test_the_second_time_nothing_is_sent_and_nothing_changes(site: Site, digest: Digest, folder: Path) -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        if request.headers["If-None-Match"] == '"v1"':
            request.send_response(304)
            request.end_headers()
            return
        request.send_response(200)
        request.send_header("ETag", '"v1"')
        request.end_headers()
        request.wfile.write(page())

    named = digest(site.answer("/a", answer))
    first = fetched(named, folder)
    before = (folder / f"{NAME}.html").stat().st_mtime_ns
    second = fetched(named, folder)
    assert (first.status, second.status) == ("stored", "unchanged")
    assert "không đổi" in second.why
    assert (second.file, second.sha256) == (first.file, first.sha256)
    assert (folder / f"{NAME}.html").stat().st_mtime_ns == before


def test_without_validators_the_content_tells(site: Site, digest: Digest, folder: Path) -> None:
    named = digest(site.serve("/a", page()))
    assert [fetched(named, folder).status for _ in range(2)] == ["stored", "unchanged"]
    site.serve("/a", page(title="Bản mới"))
    assert fetched(named, folder).status == "stored"
    assert "Bản mới" in (folder / f"{NAME}.html").read_text(encoding="utf-8")


def test_a_lost_file_is_fetched_again_whatever_the_record_says(site: Site, digest: Digest, folder: Path) -> None:
    named = digest(site.serve("/a", page(), ETag='"v1"'))
    fetched(named, folder)
    (folder / f"{NAME}.html").unlink()
    assert fetched(named, folder).status == "stored"
    assert all("If-None-Match" not in headers for _, headers in site.asked)


def test_another_format_takes_the_place_of_the_first(site: Site, digest: Digest, folder: Path) -> None:
    named = digest(site.serve("/a", page()))
    fetched(named, folder)
    site.serve("/a", word())
    assert fetched(named, folder).status == "stored"
    assert sorted(path.name for path in folder.iterdir()) == [RECORDS, f"{NAME}.docx"]


def test_addresses_are_tried_in_turn(site: Site, digest: Digest, folder: Path) -> None:
    bad, good = site.serve("/bad", status=404), site.serve("/good", page())
    assert fetched(digest(bad, good), folder).address == good
    result = fetched(digest(bad, site.serve("/worse", status=500)), folder, None)
    assert result.status == "failed"
    assert "404" in result.why
    assert "500" in result.why


def test_an_address_given_by_hand_goes_before_the_digests(site: Site, digest: Digest, folder: Path) -> None:
    named = digest(site.serve("/a", page()))
    other = site.serve("/b", page())
    assert fetched(named, folder, other).address == other
    assert fetched(digest(), folder, other).status == "unchanged"


# --- what a person put there


def test_another_file_of_that_name_is_not_overwritten(site: Site, digest: Digest, folder: Path) -> None:
    folder.mkdir()
    (folder / f"{NAME}.html").write_bytes(b"from the office")
    result = fetched(digest(site.serve("/a", page())), folder)
    assert result.status == "failed"
    assert f"{NAME}.html" in result.why
    assert (folder / f"{NAME}.html").read_bytes() == b"from the office"
    assert not (folder / RECORDS).exists()


def test_a_fetched_file_that_was_changed_by_hand_is_not_overwritten(site: Site, digest: Digest, folder: Path) -> None:
    named = digest(site.serve("/a", page(), ETag='"v1"'))
    fetched(named, folder)
    (folder / f"{NAME}.html").write_bytes(b"changed")
    assert fetched(named, folder).status == "failed"
    site.serve("/a", word())
    assert fetched(named, folder).status == "stored"
    assert (folder / f"{NAME}.html").read_bytes() == b"changed"


def test_the_same_file_put_there_by_hand_counts_as_fetched(site: Site, digest: Digest, folder: Path) -> None:
    folder.mkdir()
    (folder / f"{NAME}.html").write_bytes(page())
    assert fetched(digest(site.serve("/a", page())), folder).status == "unchanged"
    assert (folder / RECORDS).exists()


@pytest.mark.parametrize(
    "records",
    ["", "[", "[]", "3", '{"a": 1}', '{"a": {}}', '{"a": {"file": "../x.html", "url": "u", "date": "d", "sha256": "s"}}',
     '{"a": {"file": null, "url": "u", "date": "d", "sha256": "s"}}', "[" * 100_000, "\ud800"],
)  # fmt: skip
def test_broken_records_are_one_sentence(site: Site, digest: Digest, folder: Path, records: str) -> None:
    folder.mkdir()
    (folder / RECORDS).write_bytes(records.encode("utf-8", errors="surrogatepass"))
    result = fetched(digest(site.serve("/a", page())), folder)
    assert result.status == "failed"
    assert RECORDS in result.why


def test_a_folder_that_is_none_is_one_sentence(site: Site, digest: Digest, folder: Path) -> None:
    folder.write_bytes(b"")
    result = fetch(digest(site.serve("/a", page())), folder, trusted=True)
    assert result.status == "failed"
    assert str(folder) in result.why


def test_names_hold_on_every_file_system() -> None:
    assert file_name(KEY, ".pdf") == f"{NAME}.pdf"
    assert file_name("57-KL/TW@2023-06-15", ".html") == "57-kl-tw-2023-06-15.html"
    for hostile in ("../../etc/passwd", "C:\\x", "con", "a\0b", "a:b|c*d?", "…", "/", "n" * 500, "\u202egpj.exe"):
        name = file_name(f"{hostile}@2023-06-15", ".pdf")
        assert Path(name).name == name
        assert len(name) <= 104
        assert name.removesuffix(".pdf").replace("-", "").isalnum()
        assert name.isascii()


# --- what is refused


def lines(**changes: str) -> tuple[str, ...]:
    return tuple(changes.get(f"line{number}", line) for number, line in enumerate(LINES))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"line3": "Số: 42/2033/NĐ-CP"}, "42/2033/NĐ-CP@2033-05-07"),
        ({"line4": "Hà Nội, ngày 08 tháng 5 năm 2033"}, "24/2033/NĐ-CP@2033-05-08"),
        ({"line3": "Số: 24/2033/QĐ-TTg"}, "24/2033/QĐ-TTg@2033-05-07"),
    ],
)
def test_another_document_is_refused(
    site: Site, digest: Digest, folder: Path, changes: dict[str, str], found: str
) -> None:
    sentence = failure(digest(site.serve("/a", page(lines(**changes)))), folder)
    assert f"là {found}, không phải {KEY}" in sentence


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (page(("Đăng nhập hệ thống.", "Mời nhập tên và mật khẩu. " * 20), "Đăng nhập"), "đòi đăng nhập"),
        (page((), "Cổng"), "đòi đăng nhập"),
        (page(("Trang bạn tìm đã chuyển đi nơi khác. " * 20,), "Lỗi 404").replace(b"password", b"text"), "báo lỗi"),
        (b"<html><body><h1>503 Service Unavailable</h1></body></html>", "báo lỗi"),
        (b"<!DOCTYPE html><html><head><title>Cong thong tin</title></head><body><div id=root></div></body></html>", "không chứa văn bản"),
        (page(("Chiều qua, Nghị định 24/2033/NĐ-CP ngày 07 tháng 5 năm 2033 được giới thiệu. " * 9,)).replace(b"password", b"text"), "Không thấy số, ký hiệu 24/2033/NĐ-CP"),
        (b'{"error": "no session"}', "không trả về tệp PDF, Word"),
        ("\n".join(LINES).encode(), "không trả về tệp PDF, Word"),
        (DIGEST.format(official="[]").encode(), "không trả về tệp PDF, Word"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "không trả về tệp PDF, Word"),
        (b"PK\x05\x06" + b"\0" * 18, "không trả về tệp PDF, Word"),
        (b"\0" * 5000, "không trả về tệp PDF, Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "không trả về tệp PDF, Word"),
        (b"%PDF-1.7\nbroken", "Không dùng được bản tải"),
        (page() + b" " * 2**20, "quá mức"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(site: Site, digest: Digest, folder: Path, body: bytes, words: str) -> None:
    assert words in failure(digest(site.serve("/a", body)), folder)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"<!DOCTYPE html><html><head><title>Cong</title></head><body><div id=root></div></body></html>", "Trang web này không chứa văn bản"),
        (b"%PDF-1.7\nbroken", "Tệp PDF này bị hỏng"),
        (b"PK\x03\x04 word/document.xml", "Tệp Word này bị hỏng"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_its_address(
    site: Site, digest: Digest, folder: Path, body: bytes, what: str
) -> None:
    address = site.serve("/a", body)
    sentence = failure(digest(address), folder)
    assert f"{address}: {what}" in sentence
    assert NAME not in sentence


@pytest.mark.parametrize("name", ["doc_000709.html", "doc_000710.html"])
def test_real_empty_shells_are_refused(site: Site, digest: Digest, folder: Path, name: str) -> None:
    file = SHARED / "html" / name
    if not file.exists():
        pytest.skip(f"no {name} beside the repository")
    failure(digest(site.serve("/a", file.read_bytes())), folder)


def test_a_scan_without_letters_is_refused(site: Site, digest: Digest, folder: Path) -> None:
    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(buffer, "PDF")
    assert "Không dùng được bản tải" in failure(digest(site.serve("/a", buffer.getvalue())), folder)


def test_a_long_address_makes_a_sentence_of_bounded_length(site: Site, digest: Digest, folder: Path) -> None:
    named = digest(site.serve("/" + "a" * 20_000, page(lines(line3="Số: 42/2033/NĐ-CP"))))
    assert len(failure(named, folder)) < 600


def test_an_interrupted_download_leaves_nothing_behind(site: Site, digest: Digest, folder: Path) -> None:
    def interrupt(done: int, total: int) -> None:
        assert len(list(folder.glob(".fetch-*/download"))) == 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fetch(digest(site.serve("/a", page())), folder, trusted=True, progress=interrupt)
    assert list(folder.iterdir()) == []


def test_without_the_users_word_nothing_on_this_machine_is_asked(site: Site, digest: Digest, folder: Path) -> None:
    for scheme in ("http", "https"):
        site.serve("/a", page())
        result = fetch(digest(site.url("/a", scheme=scheme)), folder)
        assert result.status == "failed"
    assert site.asked == []


def test_a_digest_without_an_address_says_where_to_look(digest: Digest, folder: Path) -> None:
    result = fetched(digest(), folder)
    assert (result.status, result.address) == ("no_address", None)
    assert "24/2033/NĐ-CP" in result.why
    assert "vanban.chinhphu.vn" in result.why
    assert "https://" not in result.why
    assert not folder.exists()


# --- digests and their front matter


def test_digests_are_found_by_number_or_number_and_date(digest: Digest, tmp_path: Path) -> None:
    one = digest()
    other = Path(one.source.file).with_name("nam-sau.md")
    other.write_text(DIGEST.format(official="[]").replace("2033-05-07", "2034-05-07"), encoding="utf-8")
    (tmp_path / "corpus" / "hong.md").write_text("---\nnumber: [\n---\n", encoding="utf-8")
    found = list(digests(tmp_path / "corpus"))
    known = [document for document in found if isinstance(document, Document)]
    assert [document.key for document in known] == [KEY, "24/2033/NĐ-CP@2034-05-07"]
    assert sum(isinstance(error, PolicyQAError) for error in found) == 1
    assert find(known, " 24/2033/nđ-cp@2033-05-07 ").key == KEY
    with pytest.raises(BadQuestion, match="2 bản tóm lược"):
        find(known, "24/2033/NĐ-CP")
    with pytest.raises(BadQuestion, match="không có bản tóm lược"):
        find(known, "1/2033/NĐ-CP")


def test_one_address_or_a_list_of_them(digest: Digest) -> None:
    file = Path(digest("https://a.gov.vn/1", "https://b.gov.vn/2").source.file)
    assert official_addresses(read(file)) == ("https://a.gov.vn/1", "https://b.gov.vn/2")
    file.write_text(DIGEST.format(official="https://a.gov.vn/1?x=1#y"), encoding="utf-8")
    assert official_addresses(read(file)) == ("https://a.gov.vn/1?x=1#y",)
    file.write_text(DIGEST.replace("official: {official}\n", ""), encoding="utf-8")
    assert official_addresses(read(file)) == ()


@pytest.mark.parametrize(
    "value",
    ["vbpl.vn/a", "ftp://vbpl.vn/a", "'https://'", "https://u:p@vbpl.vn/", "'https://vbpl.vn/a b'", "7", "[7]", "{a: b}", "''"],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_the_field(digest: Digest, value: str) -> None:
    file = Path(digest().source.file)
    file.write_text(DIGEST.format(official=value), encoding="utf-8")
    with pytest.raises(BadCorpus, match="“official”"):
        parse(read(file))


@pytest.mark.parametrize(
    ("address", "good"),
    [
        ("https://vbpl.vn/a", True),
        ("https://vanban.chinhphu.vn/a", True),
        ("https://www.angiang.gov.vn/a", True),
        ("http://vbpl.vn/a", False),
        ("https://thuvienphapluat.vn/a", False),
        ("https://vbpl.vn.example.org/a", False),
        ("https://example.org/vbpl.vn", False),
        ("https://notvbpl.vn/a", False),
    ],
)
def test_the_check_of_the_corpus_wants_official_hosts(digest: Digest, address: str, good: bool) -> None:
    file = Path(digest(address).source.file)
    found = [problem.message for problem in check(file.parent)]
    assert found == [] if good else len(found) == 1
    assert good or address in found[0]
