"""Files in, `Document` out: in this process, or in one of its own with limits on memory and time.

Every file is hostile until it is read: a few kilobytes can unpack to gigabytes, and one wrong byte can crash a native
library. `Loader` survives both; `load_document` is for files that we know.
"""

from __future__ import annotations

from policy_qa.loading.document import load_document
from policy_qa.loading.loader import Limits, Loader

__all__ = ["Limits", "Loader", "load_document"]
