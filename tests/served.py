"""A web app of the tests on a free port of this machine, for real browsers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from policy_qa.web.app import build, listen
from policy_qa.web.services import Services


@contextmanager
def served(services: Services, app: FastAPI | None = None) -> Iterator[str]:
    """The address of a server over `services` (of `app`, where only a part is wanted), for as long as the block runs."""
    with listen("127.0.0.1", 0) as listening:
        config = uvicorn.Config(
            app or build(services),
            log_level="error",
            timeout_graceful_shutdown=1,
            proxy_headers=False,
            server_header=False,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 60
        while not server.started and time.monotonic() < deadline:
            thread.join(0.05)
        assert server.started
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
    services.database.close()
