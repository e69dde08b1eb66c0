"""Makes plain text of what a language model writes: no control characters, no HTML, no Markdown, no ids of passages."""

from __future__ import annotations

import html
import re
import unicodedata

from policy_qa.reading.invisible import without_invisible
from policy_qa.reading.vietnamese import compose

_TERMINAL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x9b[0-9;?]*[@-~]")
_SCRIPT = re.compile(
    r"<\s*(script|style|iframe|svg|object|template)\b.*?(?:<\s*/\s*\1\s*>|$)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<!--.*?(?:-->|$)|</?[A-Za-z!?][^<>]*>?|<\|[^|<>]*\|>", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_IDS = re.compile(r"\s*[\[(【]\s*(?:p\d+|\d{1,2})(?:\s*[,;]\s*(?:p\d+|\d{1,2}))*\s*[\])】]", re.IGNORECASE)
_LINE_HEAD = re.compile(r"^\s*(?:#{1,6}\s+|>+\s*|[*+•-]\s+|\|)", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<!\w)([*_]{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)|~~(.+?)~~")


def plain(text: str) -> str:
    """One line of plain text; letters, figures and punctuation stay as they are."""
    text = _TERMINAL.sub("", compose(text))
    for _ in range(3):  # "&amp;lt;b&amp;gt;" hides a tag two deep
        # what prints nothing goes first: it may stand inside a tag
        text = _TAG.sub(" ", _SCRIPT.sub(" ", without_invisible(html.unescape(text))))
    text = "".join(_letter(character) for character in text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _EMPHASIS.sub(lambda m: m[2] or m[3], _LINE_HEAD.sub("", text)).replace("**", "").replace("`", "")
    return re.sub(r"\s+(?=[.,;:!?](?:\s|$))", "", " ".join(_IDS.sub("", text).split()))


def _letter(character: str) -> str:
    if character in "\n\r\t\u2028\u2029":
        return "\n"
    return "" if unicodedata.category(character).startswith("C") else character
