from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from answers import write_corpus
from fastapi.testclient import TestClient
from offices import folders, services

from policy_qa.errors import CannotServe, NoIndex
from policy_qa.retrieval.encoder import Encoder
from policy_qa.retrieval.index import build_index
from policy_qa.web.app import build, listen, serve, url


def free_port() -> int:
    with listen("127.0.0.1", 0) as probe:
        return int(probe.getsockname()[1])


def test_the_server_is_ready_while_questions_can_be_answered_and_not_when_they_cannot(
    tmp_path: Path, encoder: Encoder
) -> None:
    build_index(write_corpus(tmp_path / "texts"), tmp_path / "index", encoder)
    client = TestClient(build(services(tmp_path, tmp_path / "index")))
    good = client.get("/readyz")
    assert (good.status_code, good.json()) == (200, {"status": "ok"})
    shutil.rmtree(tmp_path / "index", ignore_errors=True)
    bad = client.get("/readyz")
    assert bad.status_code == 503
    assert bad.json()["message"].startswith("Chưa trả lời được câu hỏi: ")


def test_the_page_is_served_and_forbids_what_lies_elsewhere(tmp_path: Path, index_dir: Path) -> None:
    page = TestClient(build(services(tmp_path, index_dir))).get("/")
    assert page.status_code == 200
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "same-origin"
    assert "fonts.googleapis.com" not in page.text


def test_a_port_in_use_is_told_with_another_to_try(tmp_path: Path, index_dir: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = int(taken.getsockname()[1])
        with pytest.raises(CannotServe, match=f"Cổng {port} trên 127.0.0.1 .*--port {port + 1}"):
            serve(folders(tmp_path, index_dir), "127.0.0.1", port)


@pytest.mark.parametrize("host", ["không-có.invalid", "203.0.113.9", "a" * 300])
def test_an_address_that_is_not_ours_is_told(host: str) -> None:
    with pytest.raises(CannotServe, match=r"--host 127\.0\.0\.1"):
        listen(host, 0)


def test_without_an_index_nothing_is_served_and_the_port_is_free_again(tmp_path: Path) -> None:
    port = free_port()
    with pytest.raises(NoIndex):
        serve(folders(tmp_path, tmp_path / "none"), "127.0.0.1", port)
    listen("127.0.0.1", port).close()


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", "http://127.0.0.1:7860"),
        ("0.0.0.0", "http://127.0.0.1:7860"),
        ("::1", "http://[::1]:7860"),
        ("may-chu", "http://may-chu:7860"),
    ],
)
def test_the_address_to_type(host: str, expected: str) -> None:
    assert url(host, 7860) == expected


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT to send to another process")
def test_ctrl_c_ends_the_server_quietly_though_a_page_is_open(tmp_path: Path, index_dir: Path) -> None:
    port = free_port()
    command = [sys.executable, "-X", "utf8", "-m", "policy_qa", "serve", "--index", str(index_dir), "--port", str(port)]
    variables = {**os.environ, "POLICY_QA_DATA": str(tmp_path / "data")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, encoding="utf-8", env=variables) as server:
        assert server.stderr
        assert f"http://127.0.0.1:{port}" in server.stderr.readline()
        with socket.create_connection(("127.0.0.1", port), timeout=10) as page:
            page.sendall(b"GET /gradio_api/heartbeat/open HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            assert b"200" in page.recv(64)
            server.send_signal(signal.SIGINT)
            said = server.stderr.read()
    assert server.returncode == 0
    assert "Đã dừng" in said and "Traceback" not in said and "ERROR" not in said
