"""Fewer pools of memory: by default glibc gives nearly every thread one of its own, and none gives back what it once held."""

from __future__ import annotations

import ctypes
import sys

MOST = 2
"""Pools. Threads here compute one at a time (the interpreter's lock), so that more would save no waiting; they hold 80 MB."""
_M_ARENA_MAX = -8
"""`mallopt` in glibc's malloc.h."""


def limit_arenas() -> None:
    """Limits them for the threads that are started from now on; does nothing where the C library is another."""
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, MOST)
