"""Which addresses may be connected to, and that waiting has one end."""

from __future__ import annotations

import socket

import httpcore
import pytest
from ferry import Site

from policy_qa.errors import FetchFailed
from policy_qa.fetching.connection import CheckedBackend, Deadline, is_public


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "103.9.200.1", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.0.0.1",
            "172.16.3.4",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
        ),
        *("224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1"),
    ],
)
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0"])
def test_a_name_of_this_machine_is_refused_however_it_is_written(site: Site, name: str) -> None:
    try:
        socket.getaddrinfo(name, site.port)
    except OSError:
        pytest.skip("this system does not read the name as an address")
    with pytest.raises(FetchFailed, match="mạng nội bộ"):
        CheckedBackend(Deadline(5)).connect_tcp(name, site.port, timeout=1)


def test_the_host_that_the_user_named_is_connected_to_at_its_port_only(site: Site) -> None:
    backend = CheckedBackend(Deadline(5), ("127.0.0.1", site.port))
    backend.connect_tcp("127.0.0.1", site.port, timeout=1).close()
    for host, port in (("127.0.0.1", site.port + 1), ("localhost", site.port)):
        with pytest.raises(FetchFailed):
            backend.connect_tcp(host, port, timeout=1)


def _resolving_to(*addresses: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lets every name resolve to `addresses`, as a hostile name server would; gives the names asked for."""
    asked: list[str] = []
    real = socket.getaddrinfo

    def resolve(host: str, port: int, *args: object, **kwargs: object) -> list[object]:
        if host in addresses:
            return list(real(host, port, *args, **kwargs))  # type: ignore[arg-type]
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_one_private_address_among_public_ones_is_enough_to_refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    _resolving_to("8.8.8.8", "10.1.2.3", monkeypatch=monkeypatch)
    with pytest.raises(FetchFailed, match=r"10\.1\.2\.3"):
        CheckedBackend(Deadline(5)).connect_tcp("vanban.example", 443, timeout=1)


def test_the_name_is_resolved_once_and_the_first_address_that_answers_is_used(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.2" if _has("127.0.0.2") else "127.0.0.1", 0))
        asked = _resolving_to(closed.getsockname()[0], "127.0.0.1", monkeypatch=monkeypatch)
        backend = CheckedBackend(Deadline(5), ("vanban.example", site.port))
        backend.connect_tcp("vanban.example", site.port, timeout=1).close()
    assert asked == ["vanban.example"]


def _has(address: str) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind((address, 0))
        except OSError:
            return False
        return True


def test_a_name_that_cannot_be_one_does_not_resolve() -> None:
    with pytest.raises(httpcore.ConnectError):
        CheckedBackend(Deadline(5)).connect_tcp("a" * 70, 443, timeout=1)


def test_no_step_waits_longer_than_the_whole() -> None:
    assert Deadline(100).cut(3) == 3
    assert 0 < Deadline(3).cut(100) <= 3
    assert 0 < Deadline(3).cut(None) <= 3
    with pytest.raises(httpcore.ReadTimeout):
        Deadline(0).cut(5)
