"""Gold on one line, as a reviewer reads and types it: `khoản 2 Điều 5 | Điều 5 + khoản 3 Điều 5`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, cast

from policy_qa.citing.reference import extract
from policy_qa.document import JSON
from policy_qa.evaluation.reviewing import Item

ALTERNATIVE: Final = " | "
"""Between the provisions of a group, any one of which will do."""
ALSO: Final = " + "
"""Between groups, each of which must be cited."""


def gold_on_a_line(gold: Sequence[Sequence[str]]) -> str:
    """Groups of gold as one line: `a | b + c`."""
    return ALSO.join(ALTERNATIVE.join(group) for group in gold)


def gold_of_line(line: str, key: str = "") -> JSON:
    """The groups that a line tells, as they stand in a set.

    Each provision is an id, or an address as in an id (`điều=5;khoản=2`) or as people say it ("khoản 2 Điều 5") of the
    document `key`.

    Raises:
        ValueError: a provision cannot be read; the message is one Vietnamese sentence.
    """
    groups = [group for group in line.split(ALSO) if group.strip()]
    return [[_provision(part.strip(), key) for part in group.split(ALTERNATIVE.strip())] for group in groups]


def _provision(said: str, key: str) -> str:
    if "#" in said:
        return said
    if not key:
        raise ValueError(f"chưa rõ {said!r} là điều khoản của văn bản nào; hãy viết cả số văn bản: SỐ@NGÀY#địa chỉ.")
    if "=" in said:
        return f"{key}#{said}"
    named = [found.address for found in extract(said) if found.address]
    if len(named) != 1:
        raise ValueError(f"không đọc được {said!r}; hãy viết như “khoản 2 Điều 5” hoặc “điều=5;khoản=2”.")
    return f"{key}#{named[0]}"


def document_of(item: Item) -> str:
    """The key of the document that a question is about: that of its gold, else of what was cited; empty if none."""
    cited = item.complaint.cited if item.complaint else ()
    versions = item.record.get("versions")
    known = cast("Mapping[str, str]", versions) if isinstance(versions, Mapping) else {}
    ids = (*(provision for group in item.gold for provision in group), *cited)
    return next((provision.partition("#")[0] for provision in ids), next(iter(known), ""))
