"""One address in, one file out: redirects followed by hand, size and time bounded, every refusal one sentence."""

from __future__ import annotations

import hashlib
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import httpcore
import httpx

from policy_qa import __version__
from policy_qa.errors import FetchFailed
from policy_qa.fetching.connection import CheckedBackend, Deadline
from policy_qa.reading.dispatch import MAX_BYTES

Progress: TypeAlias = Callable[[int, int], None]
"""Told (bytes so far, bytes in all; 0 where the server does not say)."""

BY_HAND = "tải tệp bằng tay rồi chạy: policy-qa corpus add TỆP"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STATUSES = {
    401: "đòi đăng nhập",
    403: "từ chối cho tải",
    404: "không có trang này",
    407: "đòi đăng nhập máy chủ trung gian",
    410: "không còn trang này",
    429: "đang quá tải",
}
_HEADERS = {
    "User-Agent": f"policy-qa/{__version__}",
    "Accept": "text/html,application/pdf,application/vnd.openxmlformats-officedocument.wordprocessingml.document,*/*;q=0.5",
    # Nothing is unpacked here, so that nothing can be a bomb.
    "Accept-Encoding": "identity",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a download may cost: bytes, seconds (to connect, between two reads, as a whole), redirects."""

    size: int = MAX_BYTES
    connect: float = 15.0
    read: float = 30.0
    total: float = 600.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Received:
    """A file that came: where it came from in the end, its SHA-256, and what the server gave to ask for changes by."""

    address: str
    sha256: str
    size: int
    etag: str | None = None
    modified: str | None = None


def download(
    address: str,
    target: Path,
    *,
    trusted: bool = False,
    known: Received | None = None,
    limits: Limits | None = None,
    certificates: ssl.SSLContext | None = None,
    progress: Progress | None = None,
) -> Received | None:
    """Writes what `address` serves to `target`; None where the server says that it is what is `known`.

    Args:
        address: https; with `trusted`, http as well.
        target: created or overwritten; on failure what is there is of no use.
        trusted: whether the user vouches for the host of `address`, so that it may lie in a private network. What it
            redirects to must be https (or the same http host), and public (or the same host and port).
        known: what the file was when it was fetched last.
        limits: the defaults fit official portals.
        certificates: the authorities to trust; default: the system's and certifi's.
        progress: told how much has come.

    Raises:
        FetchFailed: with one sentence, for whatever the network or the server did.
        OSError: `target` cannot be written.
    """
    limits = limits or Limits()
    url = _first(address, trusted=trusted)
    context = certificates or _authorities()
    vouched = (_host(url), _port(url)) if trusted else None
    backend = CheckedBackend(Deadline(limits.total), vouched)
    visit = _Visit(target, known, limits, context, backend, progress)
    seen = {url}
    for _ in range(limits.redirects + 1):
        found = visit.ask(url)
        if not isinstance(found, httpx.URL):
            return found
        if found in seen:
            raise FetchFailed(f"Trang {shown(address)} chuyển hướng lòng vòng nên không tải được; hãy {BY_HAND}")
        seen.add(found)
        url = found
    raise FetchFailed(f"Trang {shown(address)} chuyển hướng quá {limits.redirects} lần nên không tải; hãy {BY_HAND}")


@dataclass(frozen=True, slots=True)
class _Visit:
    """What all requests of one download share."""

    target: Path
    known: Received | None
    limits: Limits
    certificates: ssl.SSLContext
    backend: CheckedBackend
    progress: Progress | None

    def ask(self, url: httpx.URL) -> Received | httpx.URL | None:
        """What `url` gave, or where it sends one, or None where nothing has changed."""
        conditions = _conditions(url, self.known)
        request = [("Host", url.netloc.decode("ascii")), *_HEADERS.items(), *conditions.items()]
        place = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=_port(url), target=url.raw_path)
        limits = self.limits
        waits = {"connect": limits.connect, "read": limits.read, "write": limits.read, "pool": limits.connect}
        with (
            _failures(url, limits),
            # A pool a request: a connection verified for one name must not serve another at the same address.
            httpcore.ConnectionPool(self.certificates, network_backend=self.backend) as pool,
            pool.stream("GET", place, headers=request, extensions={"timeout": waits}) as response,
        ):
            headers = {name.decode("latin-1").lower(): value for name, value in response.headers}
            if response.status in _REDIRECTS and "location" in headers:
                return _next(url, headers["location"])
            if response.status == 304 and conditions:
                return None
            if response.status != 200:
                raise FetchFailed(_refused(url, response.status))
            return self._receive(url, response, headers)

    def _receive(self, url: httpx.URL, response: httpcore.Response, headers: Mapping[str, bytes]) -> Received:
        most = self.limits.size
        too_large = f"Tệp ở {shown(url)} lớn quá mức {most / 2**20:.3g} MB nên không tải; hãy kiểm tra lại địa chỉ."
        if headers.get("content-encoding", b"").strip().lower() not in (b"", b"identity"):
            raise FetchFailed(f"Máy chủ gửi {shown(url)} ở dạng nén dù không được yêu cầu; hãy {BY_HAND}")
        declared = int(headers.get("content-length", b"0"))  # the protocol layer lets only digits pass
        if declared > most:
            raise FetchFailed(too_large)
        digest, size = hashlib.sha256(), 0
        with self.target.open("wb") as file:
            for chunk in response.iter_stream():
                size += len(chunk)
                if size > most:
                    raise FetchFailed(too_large)
                digest.update(chunk)
                file.write(chunk)
                if self.progress:
                    self.progress(size, declared)
        if not size:
            raise FetchFailed(f"Máy chủ trả về một tệp rỗng ở {shown(url)}; hãy {BY_HAND}")
        etag, modified = (headers.get(name, b"").decode("latin-1") or None for name in ("etag", "last-modified"))
        return Received(str(url), digest.hexdigest(), size, etag, modified)


# --- addresses ----------------------------------------------------------------------------------------------------


def _first(address: str, *, trusted: bool) -> httpx.URL:
    try:
        url = _checked(httpx.URL(address.strip()))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed(
            f"“{shown(address)}” không phải địa chỉ tải được; hãy ghi đủ, ví dụ https://vbpl.vn/…"
        ) from error
    if url.scheme == "http" and not trusted:
        raise FetchFailed(
            f"Địa chỉ {shown(url)} không mã hoá (http) nên không tải; hãy dùng địa chỉ https, hoặc nếu tin trang này: "
            "policy-qa fetch --url ĐỊA-CHỈ SỐ"
        )
    return url


def _next(url: httpx.URL, location: bytes) -> httpx.URL:
    try:
        words = location.decode("utf-8")
    except UnicodeDecodeError:
        words = location.decode("latin-1")
    try:
        following = _checked(url.join(words))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchFailed(f"Trang {shown(url)} chuyển hướng đến một địa chỉ không dùng được; hãy {BY_HAND}") from error
    secure = (url.scheme, following.scheme) == ("https", "https")
    same_host = _host(url) == _host(following)
    if not secure and not (same_host and url.scheme == "http"):
        raise FetchFailed(
            f"Trang {shown(url)} chuyển hướng sang {shown(following)}, không qua kết nối mã hoá (https), nên không tải; "
            "hãy ghi thẳng địa chỉ cuối cùng, hoặc " + BY_HAND
        )
    return following


def _checked(url: httpx.URL) -> httpx.URL:
    """`url` without its fragment; raises ValueError where it is not http(s), has no host, or bears a password."""
    if url.scheme not in ("http", "https") or not url.raw_host or url.userinfo or not 0 < _port(url) < 65536:
        raise ValueError(str(url))
    return url.copy_with(fragment=None)


def shown(url: httpx.URL | str) -> str:
    """An address as a sentence gives it; a redirect's may be as long as its server likes."""
    words = str(url)
    return words if len(words) <= 200 else f"{words[:200]}…"


def _host(url: httpx.URL) -> str:
    return url.raw_host.decode("ascii")


def _port(url: httpx.URL) -> int:
    return url.port if url.port is not None else {"http": 80, "https": 443}.get(url.scheme, 0)


# --- requests and what goes wrong with them -----------------------------------------------------------------------


def _authorities() -> ssl.SSLContext:
    """Certifi's authorities (or those of SSL_CERT_FILE) and the system's, an office's own among them."""
    try:
        context = httpx.create_ssl_context()
        context.load_default_certs()
    except OSError as error:
        raise FetchFailed(
            f"Không đọc được kho chứng thư số của máy này ({error.strerror or error}); hãy kiểm tra biến SSL_CERT_FILE."
        ) from error
    return context


def _conditions(url: httpx.URL, known: Received | None) -> dict[str, str]:
    """Headers by which the server may say "unchanged"; they are the affair of the address that gave them."""
    if known is None or known.address != str(url):
        return {}
    asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in asked.items() if value and value.isascii() and value.isprintable()}


def _refused(url: httpx.URL, status: int) -> str:
    why = _STATUSES.get(status) or ("đang trục trặc" if status >= 500 else "không cho tải")
    # Where there is no page, waiting does not help.
    advice = "hãy kiểm tra địa chỉ" if status in (404, 410) else "hãy thử lại sau, kiểm tra địa chỉ"
    return f"Máy chủ {why} (mã {status}) ở {shown(url)}; {advice}, hoặc {BY_HAND}"


@contextmanager
def _failures(url: httpx.URL, limits: Limits) -> Iterator[None]:
    """Turns what the network does into sentences."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchFailed(
            f"Máy chủ {_host(url)} trả lời quá chậm (chờ tối đa {limits.read:.0f} giây, cả lượt tải {limits.total:.0f} giây); "
            f"hãy thử lại sau, hoặc {BY_HAND}"
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchFailed(_broken(error, url)) from error


def _broken(error: Exception, url: httpx.URL) -> str:
    # The pool raises "from None", but what the system said still stands in the context.
    host, cause = _host(url), error.__cause__ or error.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return (
            f"Chứng thư số của máy chủ {host} không hợp lệ nên không tải từ đó; hãy mở trang bằng trình duyệt để kiểm tra, "
            f"{BY_HAND}"
        )
    if isinstance(cause, ssl.SSLError):
        return f"Không lập được kết nối mã hoá (https) với máy chủ {host}; hãy {BY_HAND}"
    if isinstance(cause, socket.gaierror | UnicodeError):
        return f"Không tìm thấy máy chủ {host} (máy không có mạng, hoặc tên này không còn); hãy kiểm tra mạng, hoặc {BY_HAND}"
    if isinstance(error, httpcore.ConnectError):
        return f"Không kết nối được tới máy chủ {host} (máy không có mạng, hoặc máy chủ đang ngừng); hãy kiểm tra mạng, hoặc {BY_HAND}"
    return f"Kết nối với máy chủ {host} đứt giữa chừng khi tải {shown(url)}; hãy thử lại, hoặc {BY_HAND}"
