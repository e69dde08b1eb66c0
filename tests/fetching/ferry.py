"""A web server on this machine, with a digest and its official text in several formats, all invented."""

from __future__ import annotations

import contextlib
import io
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

KEY = "24/2033/NĐ-CP@2033-05-07"
NAME = "24-2033-nd-cp-2033-05-07"

LINES = (
    "CHÍNH PHỦ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 24/2033/NĐ-CP",
    "Hà Nội, ngày 07 tháng 5 năm 2033",
    "NGHỊ ĐỊNH",
    "Về quản lý bến đò ngang",
    "Điều 1. Phạm vi điều chỉnh",
    "Nghị định này quy định việc quản lý bến đò ngang trên sông, hồ và trách nhiệm của người lái đò.",
    "Điều 2. Số người trên đò",
    "1. Mỗi chuyến đò chở không quá mười chín người và phải có đủ áo phao cho từng người.",
    "2. Người lái đò không cho đò rời bến khi nước chảy xiết.",
)
DIGEST = """---
number: 24/2033/NĐ-CP
kind: Nghị định
issuer: Chính phủ
date: "2033-05-07"
title: về quản lý bến đò ngang
text_kind: digest
sources: [https://example.org/do-ngang]
official: {official}
gaps:
  - part: xử phạt
    topics: [xử phạt, mức phạt]
---

# Điều 2

Bản tóm lược viết rằng đò chở ít người.
"""
Answer = Callable[[BaseHTTPRequestHandler], None]


def page(lines: tuple[str, ...] = LINES, title: str = "Bến đò ngang", extra: str = "") -> bytes:
    """A web page with these paragraphs, as a portal serves it: with a login box in its header."""
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    login = "<header><form><input type='password' name='p'></form></header>"
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title></head>"
        f"<body>{login}{extra}<main>{paragraphs}</main></body></html>"
    ).encode()


def word(lines: tuple[str, ...] = LINES) -> bytes:
    """The same as a Word file."""
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@dataclass(frozen=True)
class Certificate:
    """A certificate for localhost that signed itself, and its key, as PEM files."""

    certificate: Path
    key: Path

    def trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.certificate)


class Site:
    """Serves what a test puts at its paths; `asked` are the requests that came, as (path, headers)."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.over = threading.Event()
        self._answers: dict[str, Answer] = {}
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                self.close_connection = True
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the client had enough
                    site._answers[self.path](self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self._thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def answer(self, path: str, function: Answer) -> str:
        """Lets `function` answer at `path`; gives the address."""
        self._answers[path] = function
        return self.url(path)

    def serve(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Serves `body` at `path`; gives the address. Underscores in header names stand for hyphens."""

        def send(request: BaseHTTPRequestHandler) -> None:
            request.send_response(status)
            for name, value in {"Content_Length": str(len(body)), **headers}.items():
                request.send_header(name.replace("_", "-"), value)
            request.end_headers()
            request.wfile.write(body)

        return self.answer(path, send)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        return self.serve(path, status=status, Location=to)
