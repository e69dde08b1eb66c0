"""From when to when a document is in force, as it says itself: "Nghị định này có hiệu lực thi hành từ ngày …"."""

from __future__ import annotations

import datetime
import re
from collections import deque
from dataclasses import dataclass

from policy_qa.citing.dates import dates

# Begins with the letters that stand there, so that a long text is gone through quickly.
_IN_FORCE = re.compile(r"này có hiệu lực(?: thi hành)?,?(?: kể)? (?=từ |sau )")
# What stands before it on its line: a label, a heading that ends, a sentence before; then "Nghị định".
_BEFORE = re.compile(
    r"(?:.*[.;:])?\s*(?:\w{1,4}[.)])?\s*"
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Quy định|Quy chế|Kết luận|"
    r"Hướng dẫn|Kế hoạch|Văn bản) ",
    re.DOTALL | re.IGNORECASE,
)
_FROM = re.compile(r"từ\s+(?=ngày\s+\d|\d)")
_FROM_ISSUE = re.compile(
    r"(?:sau (?P<days>\d{1,3})(?: \([^()\n]{1,30}\))? ngày,? kể )?từ ngày (?:ký(?: ban hành)?|ban hành)(?! ?\d)",
    re.IGNORECASE,
)
_TO = re.compile(r"\s*(?:,|và)?\s*(?:được )?(?:áp dụng|thực hiện)?\s*(?:cho )?đến (?:hết )?(?=ngày\s+\d|\d)")
_LONGEST_BEFORE = 300
_MOST_SAID = 100
"""How often it is read, from the end, where it stands: no honest text comes near."""
_LONGEST = 60
"""Characters in which a date must begin after the words that lead to it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The first and the last day in force; None where the document does not say."""

    since: datetime.date | None = None
    until: datetime.date | None = None


def effect(text: str, issued: str | None = None) -> Effect:
    """Reads it from a document's text; `issued` (ISO) is the day from which "từ ngày ký" counts.

    Only what is said of the whole document counts, not of some of its articles, and nothing that it quotes.
    """
    found = Effect()
    for match in deque(_IN_FORCE.finditer(text), _MOST_SAID):
        line = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _LONGEST_BEFORE)
        if _BEFORE.fullmatch(text, line, match.start()) and not _is_quoted(text, line, match.start()):
            found = _read(text, match.end(), issued) or found
    return found


def _read(text: str, at: int, issued: str | None) -> Effect | None:
    since, end = _since(text, at, issued)
    if since is None:
        return None
    to = _TO.match(text, end)
    until = _date_at(text, to.end())[0] if to else None
    return Effect(since, until if until is None or until >= since else None)


def _since(text: str, at: int, issued: str | None) -> tuple[datetime.date | None, int]:
    """The first day in force, and where the words that say it end."""
    from_issue = _FROM_ISSUE.match(text, at)
    if from_issue:
        try:
            day = datetime.date.fromisoformat(issued or "") + datetime.timedelta(days=int(from_issue["days"] or 0))
        except (ValueError, OverflowError):
            return None, at
        return day, from_issue.end()
    lead = _FROM.match(text, at)
    return _date_at(text, lead.end()) if lead else (None, at)


def _date_at(text: str, at: int) -> tuple[datetime.date | None, int]:
    """The date that begins right here, "ngày" left aside, and its end."""
    for span, iso in dates(text[at : at + _LONGEST]):
        if text[at : at + span.start].strip().lower() in ("", "ngày"):
            return datetime.date.fromisoformat(iso), at + span.end
        break
    return None, at


def _is_quoted(text: str, line: int, at: int) -> bool:
    """Whether the words stand between “ and ”, or behind a " on their line, as in what an amending document quotes."""
    return text.count("“", 0, at) > text.count("”", 0, at) or text.count('"', line, at) % 2 == 1
