"""A server for every test, a folder for official files, and the digest that goes with them."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from ferry import DIGEST, Certificate, Site

from policy_qa.document import Document
from policy_qa.reading import read
from policy_qa.structure import parse


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()
    yield served
    served.close()


@pytest.fixture
def digest(tmp_path: Path) -> Callable[..., Document]:
    """The digest, naming these addresses as official."""

    def write(*official: str) -> Document:
        file = tmp_path / "corpus" / "do-ngang.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(DIGEST.format(official=list(official) or "[]"), encoding="utf-8")
        return parse(read(file))

    return write


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    made = Certificate(folder / "certificate.pem", folder / "key.pem")
    words = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout {made.key} -out"
    subprocess.run([openssl, *words.split(), str(made.certificate)], check=True, capture_output=True, timeout=60)
    return made


@pytest.fixture
def secure(site: Site, certificate: Certificate) -> Site:
    """The server, over TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.certificate, certificate.key)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    return site
