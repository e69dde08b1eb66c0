"""Office files written the same every time: Word and Excel files are archives, and archives bear the time of writing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP archive can name."""


def without_times(data: bytes, mend: Mapping[str, Callable[[bytes], bytes]] | None = None) -> bytes:
    """The archive in `data` with its parts in order, but without the time at which each was written.

    `mend` makes new contents of the parts that it names.
    """
    mend = mend or {}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as fresh:
        for part in archive.infolist():
            entry = zipfile.ZipInfo(part.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every system
            words = archive.read(part)
            fresh.writestr(entry, mend[part.filename](words) if part.filename in mend else words)
    return out.getvalue()
