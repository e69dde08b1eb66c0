"""Connections that lead only where they may: each address of a host is checked, and all waiting has one end."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable

import httpcore

from policy_qa.errors import FetchFailed

_ENDING_IN_IPV4 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))  # NAT64, IPv4-compatible


class Deadline:
    """The moment at which a download as a whole has taken too long."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def cut(self, timeout: float | None) -> float:
        """The seconds that one step may still wait; raises `httpcore.ReadTimeout` when there are none left."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the download as a whole took too long")
        return left if timeout is None else min(timeout, left)


def is_public(address: str) -> bool:
    """Whether an IP address (as text) belongs to the public internet.

    Loopback, private, link-local, shared (100.64/10), reserved and multicast addresses do not; nor do they inside an
    IPv6 address that stands for an IPv4 one (mapped, compatible, 6to4, NAT64).
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and any(ip in network for network in _ENDING_IN_IPV4):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast


class CheckedBackend(httpcore.NetworkBackend):
    """Opens connections to public addresses only, and to `trusted`, the one (host, port) that the user named.

    The name is resolved here and the connection goes to the very address that was checked, so that a name which
    resolves differently a moment later leads nowhere else. TLS still checks the certificate against the name.
    """

    def __init__(self, deadline: Deadline, trusted: tuple[str, int] | None = None) -> None:
        self._deadline, self._trusted = deadline, trusted
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connects to the first address of `host` that answers.

        Raises:
            FetchFailed: one of its addresses is not public.
            httpcore.ConnectError, httpcore.ConnectTimeout: the name does not resolve, or no address answers.
        """
        addresses = _resolve(host, port)
        if (host, port) != self._trusted:
            for address in addresses:
                if not is_public(address):
                    raise FetchFailed(
                        f"Không tải từ {host} vì tên này dẫn vào mạng nội bộ ({address}); nếu đúng là máy của cơ quan, "
                        "hãy ghi thẳng địa chỉ: policy-qa fetch --url ĐỊA-CHỈ SỐ"
                    )
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self._deadline.cut(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failure


def _resolve(host: str, port: int) -> list[str]:
    """The IP addresses of `host`, as the system orders them; the system bounds how long that takes."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(str(error)) from error
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every wait ends with the download's deadline: a server that sends a byte a second gains nothing."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.cut(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.cut(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.cut(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
