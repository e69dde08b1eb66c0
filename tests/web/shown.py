"""What the page's scripts make of the messages that `transcript` writes."""

from __future__ import annotations

from html.parser import HTMLParser


class Reader(HTMLParser):
    """Reads HTML: its tags, its words, and the attribute that holds a message's content."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.words = ""
        self.content = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.content = dict(attrs).get("data-html") or self.content

    def handle_data(self, data: str) -> None:
        self.words += data


def content(log: str | None) -> str:
    """The HTML that a message puts into the conversation."""
    return Reader(log or "").content
