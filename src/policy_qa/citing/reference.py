"""References to documents and provisions: found in a text by `extract`, settled by `resolve`.

The two are kept apart: `extraction` reads words only, `resolution` compares with the documents that are known, and
settles on one only when exactly one candidate remains.
"""

from __future__ import annotations

from policy_qa.citing.dates import dates
from policy_qa.citing.extraction import Reference, extract
from policy_qa.citing.naming import NameTable
from policy_qa.citing.resolution import Found, Known, KnownDocument, absolute, candidates, find, named, resolve

__all__ = [
    "Found",
    "Known",
    "KnownDocument",
    "NameTable",
    "Reference",
    "absolute",
    "candidates",
    "dates",
    "extract",
    "find",
    "named",
    "resolve",
]
