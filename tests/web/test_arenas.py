from __future__ import annotations

import subprocess
import sys

import pytest

from policy_qa.web.arenas import MOST

COUNT = """
import ctypes, threading
from policy_qa.web.arenas import limit_arenas
{limit}
wait = threading.Barrier(9)
libc = ctypes.CDLL(None)
libc.malloc.argtypes = [ctypes.c_size_t]
threads = [threading.Thread(target=lambda: (libc.malloc(1000), wait.wait())) for _ in range(8)]
for thread in threads:
    thread.start()
wait.wait()
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


def arenas(limit: str) -> int:
    told = subprocess.run(
        [sys.executable, "-c", COUNT.format(limit=limit)], capture_output=True, text=True, timeout=60, check=False
    )
    if told.returncode or "<heap" not in told.stdout:
        pytest.skip("the C library is not glibc")
    return told.stdout.count("<heap nr=")


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc has them")
def test_threads_share_a_few_pools_of_memory() -> None:
    assert arenas("limit_arenas()") <= MOST < arenas("")
