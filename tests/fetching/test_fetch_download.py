"""Downloads from a server on this machine: what comes through, and each refusal in one sentence."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from ferry import Certificate, Site

from policy_qa.errors import FetchFailed
from policy_qa.fetching.download import Limits, Received, download

BODY = b"%PDF-1.7 words of a ferry"
PATIENT = Limits(size=4096, connect=10, read=10, total=60)
QUICK = Limits(size=4096, connect=10, read=0.25, total=0.5)


def refused(address: str, target: Path, limits: Limits = PATIENT, *, trusted: bool = True) -> str:
    """The one sentence with which the download is refused."""
    with pytest.raises(FetchFailed) as caught:
        download(address, target, trusted=trusted, limits=limits)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert "hãy" in sentence
    return sentence


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "download"


def test_a_file_comes_with_its_hash_and_validators(site: Site, target: Path) -> None:
    address = site.serve("/a.pdf", BODY, ETag='"v1"', Last_Modified="Mon, 02 May 2033 10:00:00 GMT")
    told: list[tuple[int, int]] = []
    received = download(address, target, trusted=True, progress=lambda done, total: told.append((done, total)))
    assert target.read_bytes() == BODY
    expected = hashlib.sha256(BODY).hexdigest()
    assert received == Received(address, expected, len(BODY), '"v1"', "Mon, 02 May 2033 10:00:00 GMT")
    assert told[-1] == (len(BODY), len(BODY))
    (path, headers) = site.asked[0]
    assert (path, headers["Host"], headers["Accept-Encoding"]) == ("/a.pdf", f"127.0.0.1:{site.port}", "identity")
    assert "Cookie" not in headers


def test_letters_and_fragments_in_addresses(site: Site, target: Path) -> None:
    site.serve("/v%C4%83n%20b%E1%BA%A3n.pdf?s%E1%BB%91=1", BODY)
    assert download(site.url("/văn bản.pdf?số=1#trang=2"), target, trusted=True) is not None


# --- redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(site: Site, target: Path, status: int) -> None:
    site.serve("/tệp.pdf".encode().decode("latin-1"), b"never asked for like this")
    site.serve("/t%E1%BB%87p.pdf", BODY)
    site.redirect("/b", "../t%E1%BB%87p.pdf", status)
    received = download(site.redirect("/a", site.url("/b"), status), target, trusted=True)
    assert received is not None
    assert received.address == site.url("/t%E1%BB%87p.pdf")


def test_five_redirects_are_followed_and_six_are_not(site: Site, target: Path) -> None:
    for n in range(6):
        site.redirect(f"/{n}", f"/{n + 1}")
    site.serve("/6", BODY)
    assert download(site.url("/1"), target, trusted=True) is not None
    assert "quá 5 lần" in refused(site.url("/0"), target)


@pytest.mark.parametrize("to", ["/a", "/b"])
def test_a_redirect_in_a_circle_is_refused(site: Site, target: Path, to: str) -> None:
    site.redirect("/b", "/a")
    assert "lòng vòng" in refused(site.redirect("/a", to), target)
    assert len(site.asked) <= 2


@pytest.mark.parametrize(
    "to",
    [
        *("file:///etc/passwd", "ftp://127.0.0.1/a", "javascript:alert(1)", "data:text/html,x", "https://"),
        *(
            "http://user:secret@127.0.0.1/",
            "https://127.0.0.1:99999/",
            "https://127.0.0.1:0/",
            "gopher://127.0.0.1:70/x",
        ),
    ],
)
def test_a_redirect_to_what_is_no_web_address_is_refused(site: Site, target: Path, to: str) -> None:
    assert "không dùng được" in refused(site.redirect("/a", to), target)


@pytest.mark.parametrize("to", ["http://example.org/", "http://localhost/", "http://10.0.0.1/", "https://example.org/"])
def test_the_host_changes_only_within_https(site: Site, target: Path, to: str) -> None:
    assert "không qua kết nối mã hoá" in refused(site.redirect("/a", to), target)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost", "10.0.0.1", "169.254.169.254"])
def test_a_redirect_into_a_private_network_is_refused(
    secure: Site, certificate: Certificate, target: Path, host: str
) -> None:
    """Even from a host for which the user vouched, over https, and to another port of that same host."""
    secure.redirect("/a", f"https://{host}:{secure.port + 1}/secret")
    with pytest.raises(FetchFailed, match="mạng nội bộ"):
        download(secure.url("/a", "localhost", "https"), target, trusted=True, certificates=certificate.trusted())


def test_a_redirect_from_https_to_http_is_refused(secure: Site, certificate: Certificate, target: Path) -> None:
    secure.redirect("/a", secure.url("/b", "localhost"))
    with pytest.raises(FetchFailed, match="không qua kết nối mã hoá"):
        download(secure.url("/a", "localhost", "https"), target, trusted=True, certificates=certificate.trusted())


def test_a_redirect_of_any_length_makes_a_sentence_of_bounded_length(site: Site, target: Path) -> None:
    site.redirect("/a", "/" + "b" * 30_000)
    site.serve("/" + "b" * 30_000, status=404)
    assert len(refused(site.url("/a"), target)) < 500


# --- answers that are no document


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "đòi đăng nhập"), (403, "từ chối"), (404, "không có trang"), (410, "không còn"), (500, "trục trặc"),
     (503, "trục trặc"), (418, "không cho tải"), (204, "không cho tải"), (304, "không cho tải"), (302, "không cho tải")],
)  # fmt: skip
def test_any_other_status_is_refused(site: Site, target: Path, status: int, words: str) -> None:
    sentence = refused(site.serve("/a", status=status), target)
    assert words in sentence
    assert str(status) in sentence
    assert ("thử lại sau" in sentence) == (status not in (404, 410))  # what is not there is not to be waited for


def test_an_empty_answer_is_refused(site: Site, target: Path) -> None:
    assert "rỗng" in refused(site.serve("/a"), target)


def test_packed_content_is_refused(site: Site, target: Path) -> None:
    assert "dạng nén" in refused(site.serve("/a", b"\x1f\x8b0000", Content_Encoding="gzip"), target)


def test_a_size_declared_beyond_the_limit_is_refused_before_anything_is_read(site: Site, target: Path) -> None:
    address = site.serve("/a", b"", Content_Length=str(2 * 2**30))
    with pytest.raises(FetchFailed, match="quá mức 200 MB"):
        download(address, target, trusted=True)
    assert not target.exists()


def _endless(request: BaseHTTPRequestHandler, prefix: Callable[[int], bytes], end: bytes) -> None:
    block = b"x" * 65536
    while True:
        request.wfile.write(prefix(len(block)) + block + end)


def _without_length(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.end_headers()
    _endless(request, lambda size: b"", b"")


def _in_chunks(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    _endless(request, lambda size: b"%x\r\n" % size, b"\r\n")


@pytest.mark.parametrize("endless", [_without_length, _in_chunks])
def test_an_endless_answer_stops_at_the_limit(
    site: Site, target: Path, endless: Callable[[BaseHTTPRequestHandler], None]
) -> None:
    limits = Limits(size=2**20)
    assert "quá mức 1 MB" in refused(site.answer("/a", endless), target, limits)
    assert target.stat().st_size <= limits.size


def test_an_answer_that_breaks_off_is_refused(site: Site, target: Path) -> None:
    assert "đứt giữa chừng" in refused(site.serve("/a", BODY, Content_Length="4000"), target)


def test_what_is_no_http_is_refused(target: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet() -> None:
            with server.accept()[0] as connection:
                connection.sendall(b"220 mail.example ESMTP\r\n" * 100)

        thread = threading.Thread(target=greet)
        thread.start()
        assert "đứt giữa chừng" in refused(f"http://127.0.0.1:{server.getsockname()[1]}/", target)
        thread.join()


# --- time


def _dripping(site: Site, head: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(head)
        while not site.over.wait(0.05):
            request.wfile.write(b"x")
            request.wfile.flush()

    return drip


def test_a_server_that_says_nothing_is_left(site: Site, target: Path) -> None:
    def wait(request: BaseHTTPRequestHandler) -> None:
        site.over.wait()

    assert "quá chậm" in refused(site.answer("/a", wait), target, QUICK)


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 4000\r\n\r\n"])
def test_a_server_that_drips_is_left_when_the_whole_takes_too_long(site: Site, target: Path, head: bytes) -> None:
    assert "quá chậm" in refused(site.answer("/a", _dripping(site, head)), target, QUICK)


# --- addresses, certificates, no network


@pytest.mark.parametrize(
    "address",
    ["", "vbpl.vn/a", "ftp://vbpl.vn/a", "file:///etc/passwd", "https://", "https://a:b@c/", "https://[::1", "https://a:b/", "http://a:0/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(target: Path, address: str) -> None:
    assert "không phải địa chỉ tải được" in refused(address, target)


def test_http_and_private_addresses_need_the_users_word(site: Site, target: Path) -> None:
    address = site.serve("/a", BODY)
    assert "không mã hoá (http)" in refused(address, target, trusted=False)
    assert "mạng nội bộ" in refused(site.url("/a", scheme="https"), target, trusted=False)
    assert site.asked == []


def test_https_with_a_certificate_of_a_known_authority(secure: Site, certificate: Certificate, target: Path) -> None:
    secure.serve("/a", BODY)
    address = secure.url("/a", "localhost", "https")
    received = download(address, target, trusted=True, certificates=certificate.trusted())
    assert received is not None
    assert target.read_bytes() == BODY


def test_a_certificate_that_nobody_vouches_for_is_refused(secure: Site, target: Path) -> None:
    secure.serve("/a", BODY)
    assert "Chứng thư số" in refused(secure.url("/a", "localhost", "https"), target)


def test_a_certificate_of_another_host_is_refused(secure: Site, certificate: Certificate, target: Path) -> None:
    secure.serve("/a", BODY)
    with pytest.raises(FetchFailed, match="Chứng thư số"):
        download(secure.url("/a", scheme="https"), target, trusted=True, certificates=certificate.trusted())
    assert secure.asked == []


def test_https_where_there_is_none_is_refused(site: Site, target: Path) -> None:
    assert "kết nối mã hoá (https)" in refused(site.url("/a", scheme="https"), target)


def test_a_port_where_nobody_listens(target: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        sentence = refused(f"http://127.0.0.1:{closed.getsockname()[1]}/", target)
    assert "không có mạng" in sentence
    assert "policy-qa corpus add" in sentence


def test_a_name_that_nobody_knows(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    sentence = refused("https://khong-co.example/", target, trusted=False)
    assert "không có mạng" in sentence
    assert "policy-qa corpus add" in sentence


# --- asking for changes


def test_what_has_not_changed_is_not_sent_again(site: Site, target: Path) -> None:
    def unchanged(request: BaseHTTPRequestHandler) -> None:
        request.send_response(304)
        request.end_headers()

    address = site.answer("/a", unchanged)
    known = Received(address, "0" * 64, 5, '"v1"', "Mon, 02 May 2033 10:00:00 GMT")
    assert download(site.redirect("/old", "/a"), target, trusted=True, known=known) is None
    first, second = site.asked
    assert "If-None-Match" not in first[1]
    assert second[1]["If-None-Match"] == '"v1"'
    assert second[1]["If-Modified-Since"] == "Mon, 02 May 2033 10:00:00 GMT"
    assert not target.exists()


def test_validators_are_not_for_another_address(site: Site, target: Path) -> None:
    address = site.serve("/a", BODY)
    known = Received(site.url("/b"), "0" * 64, 5, '"v1"')
    assert download(address, target, trusted=True, known=known) is not None
    assert "If-None-Match" not in site.asked[0][1]


@pytest.mark.parametrize("etag", ["đ", '"a\r\nX-Evil: 1"', "\x00"])
def test_a_validator_that_cannot_be_sent_is_not_sent(site: Site, target: Path, etag: str) -> None:
    address = site.serve("/a", BODY)
    assert download(address, target, trusted=True, known=Received(address, "0" * 64, 5, etag)) is not None
    assert not {"X-Evil", "If-None-Match"} & set(site.asked[0][1])
