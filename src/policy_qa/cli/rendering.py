"""Answers and hits as text for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy_qa.answer import Answer, Citation
from policy_qa.document import DIGEST_MARK, Passage

if TYPE_CHECKING:
    from collections.abc import Mapping

REPORTED_MARK = "(theo báo chí và hồ sơ tra cứu)"
RECOGNISED = "nhận dạng từ ảnh, độ tin cậy {percent} %"
NO_PAGE = "không chia trang"


def answer_text(answer: Answer) -> str:
    """The answer for reading: statements with [1], then the citations with quote, page and file."""
    from policy_qa.citing.rendering import BASIS, NOTES, RELATED, forms, numbers_of

    numbers = numbers_of(answer)
    blocks = [answer.message] if answer.message else []
    if answer.statements:
        blocks.append("\n".join(f"{s.text} {_marks(s.citations, numbers)}" for s in answer.statements))
    if answer.citations:
        written = zip(answer.citations, forms(answer.citations), strict=True)
        blocks.append(f"{BASIS}:\n" + "\n".join(citation_text(c, numbers[c.id], form) for c, form in written))
    if answer.related:
        nearest = "\n".join(f"  - {citation.formatted}" for citation in answer.related)
        blocks.append(f"{RELATED}:\n{nearest}")
    if answer.notes:
        blocks.append(f"{NOTES}:\n" + "\n".join(f"  - {note}" for note in answer.notes))
    if answer.dropped:
        blocks.append("Đã bỏ vì không đủ căn cứ:\n" + "\n".join(f"  - {d.text} ({d.why})" for d in answer.dropped))
    return "\n\n".join(blocks)


def citation_text(citation: Citation, number: int, form: str | None = None) -> str:
    """One numbered citation, written as `form`, else in full. Only an official text's words stand in quotation marks; a digest's are marked as ours."""
    official = citation.text_kind == "official"
    quote = " ".join(citation.quote.split("\n"))
    words = f"“{quote}”" if official else f"{quote} {DIGEST_MARK}"
    reported = f" {REPORTED_MARK}" if citation.reported else ""
    page = NO_PAGE if citation.page is None else f"trang {citation.page}"
    if citation.ocr is not None:
        page += f" ({RECOGNISED.format(percent=round(100 * citation.ocr))})"
    return f"[{number}] {form or citation.formatted}{reported}\n    {words}\n    {page} · {citation.file}"


def hit_text(passage: Passage, score: float, rank: int) -> str:
    """One found passage: rank, id, score, page, heading path, words."""
    page = "" if passage.page is None else f" · trang {passage.page}"
    path = f"\n    {' › '.join(passage.heading_path)}" if passage.heading_path else ""
    words = "\n".join(f"    {line}" for line in passage.text.split("\n"))
    return f"{rank}. {passage.id} · {score:.3f}{page}{path}\n{words}"


def _marks(citations: tuple[str, ...], numbers: Mapping[str, int]) -> str:
    return "".join(f"[{numbers[citation]}]" for citation in citations if citation in numbers)
