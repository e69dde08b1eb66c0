"""What a downloaded file is by its content, and what no official address may serve."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from ferry import KEY, LINES, NAME, Site, page, word

from policy_qa.document import Document
from policy_qa.errors import FetchFailed
from policy_qa.fetching import fetch
from policy_qa.fetching.recognition import suffix_of
from policy_qa.loading import load_document
from policy_qa.reading.office import find_office

ADDRESS = "https://example.org/do-ngang"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
MIME = "application/vnd.oasis.opendocument.text"


def open_document(lines: tuple[str, ...] = LINES) -> bytes:
    """An OpenDocument text with these paragraphs; its type stands first and unpacked (OpenDocument 1.3, part 2, 3.3)."""
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="{OASIS}office:1.0" '
        f'xmlns:text="{OASIS}text:1.0" office:version="1.3"><office:body><office:text>{paragraphs}</office:text></office:body>'
        "</office:document-content>"
    )
    manifest = (
        f'<?xml version="1.0" encoding="UTF-8"?><m:manifest xmlns:m="{OASIS}manifest:1.0" m:version="1.3">'
        f'<m:file-entry m:full-path="/" m:media-type="{MIME}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"%PDF-1.7\n", ".pdf"),
        (word(), ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), ".doc"),
        (b"{\\rtf1 x}", ".rtf"),
        (open_document(), ".odt"),
        (page(), ".html"),
    ],
)
def test_the_content_names_the_suffix(tmp_path: Path, data: bytes, suffix: str) -> None:
    file = tmp_path / "download"
    file.write_bytes(data)
    assert suffix_of(file, ADDRESS) == suffix


@pytest.mark.parametrize("data", [b"", b"Not found", b"\x89PNG\r\n", b"PK\x05\x06" + b"\0" * 18, b"\0\1\2\3"])
def test_anything_else_is_refused(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "download"
    file.write_bytes(data)
    with pytest.raises(FetchFailed, match=f"không trả về tệp PDF, Word hay trang web ở {ADDRESS}"):
        suffix_of(file, ADDRESS)


@pytest.mark.slow
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not on this machine")
def test_an_open_document_is_stored(site: Site, digest: Callable[..., Document], tmp_path: Path) -> None:
    body = open_document()
    result = fetch(digest(site.serve("/a", body)), tmp_path / "official", trusted=True, load=load_document)
    assert (result.status, result.key) == ("stored", KEY), result.why
    assert result.file == str(tmp_path / "official" / f"{NAME}.odt")
    assert Path(result.file).read_bytes() == body
