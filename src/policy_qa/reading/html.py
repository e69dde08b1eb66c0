"""Web pages: the document's text out of a saved page, without menus, scripts and styles."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
from lxml import etree

from policy_qa.document import JSON, SourceText
from policy_qa.errors import UnreadableFile
from policy_qa.reading.source import RawFile, TextBuilder

_DROPPED = ("script", "style", "noscript", "template", "svg", "iframe", "form", "button", "nav", "footer", "header", "aside",
            "select", "input", "textarea", "object", "embed", "head")  # fmt: skip
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_NAMED = (
    # vbpl.vn marks each provision; the older vbpl.vn, thuvienphapluat.vn and gazette pages name their container.
    "//*[contains(concat(' ', normalize-space(@class)), ' prov-')]",
    "//*[@id='toanvancontent' or contains(concat(' ', normalize-space(@class), ' '), ' toanvancontent ')]",
    "//*[@id='divContentDoc' or contains(concat(' ', normalize-space(@class), ' '), ' content1 ')]",
)
_ENOUGH = 200  # characters of running text below which a page holds no document


def read_html(file: RawFile) -> SourceText:
    """The document's text in a saved web page.

    Raises:
        UnreadableFile: not HTML, or a page without a document (an empty shell, a login page).
    """
    root = _parse(file)
    metadata = _metadata(root)
    for element in list(root.iter(*_DROPPED)):
        # A page's own head and foot are noise; those of an article inside it are not worth the risk.
        element.drop_tree()
    for comment in list(root.iter(etree.Comment)):
        comment.drop_tree()
    container = _container(root)
    builder = TextBuilder()
    if container is not None:
        _collect(container, builder)
    if len(builder.text) < _ENOUGH:
        raise UnreadableFile(
            f"Trang web “{file.name}” không chứa văn bản (chỉ có khung trang); hãy mở trang, chờ nội dung hiện đủ rồi lưu lại."
        )
    return SourceText(
        text=builder.text,
        file=str(file.path),
        sha256=file.sha256,
        media="html",
        headings=tuple(builder.headings),
        metadata=metadata,
    )


def _parse(file: RawFile) -> lxml.html.HtmlElement:
    encoding = None
    if file.data.startswith(b"\xef\xbb\xbf") or _is_utf8(file.data):
        encoding = "utf-8"  # many saved pages declare nothing, or something else
    parser = lxml.html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False)
    try:
        return lxml.html.document_fromstring(file.data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, LookupError, ValueError) as error:
        raise UnreadableFile(f"Trang web “{file.name}” bị hỏng nên không đọc được; hãy lưu lại trang.") from error


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _metadata(root: lxml.html.HtmlElement) -> dict[str, JSON]:
    found: dict[str, JSON] = {}
    title = root.findtext(".//title")
    if title and title.strip():
        found["title"] = " ".join(title.split())
    for meta in root.iter("meta"):
        name, content = meta.get("name") or meta.get("property"), meta.get("content")
        if name in {"vbpl-original-url", "og:url"} and content:
            found["url" if name == "og:url" else "original_url"] = content
    return found


def _container(root: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    for path in _NAMED:
        marked = root.xpath(path)
        if marked:
            return _common(marked)
    return _densest(root)


def _common(marked: list[lxml.html.HtmlElement]) -> lxml.html.HtmlElement:
    """The innermost element around all of `marked`."""
    chains = [[*reversed(list(element.iterancestors())), element] for element in (marked[0], *marked[1:])]
    shared = chains[0]
    for chain in chains[1:]:
        depth = 0
        for a, b in zip(shared, chain, strict=False):
            if a is not b:
                break
            depth += 1
        shared = shared[:depth]
    return shared[-1]


def _densest(root: lxml.html.HtmlElement) -> lxml.html.HtmlElement | None:
    """The innermost block that holds most of the page's running text; words of links do not count."""
    body = root.find(".//body")
    if body is None:
        return None
    weight: dict[lxml.html.HtmlElement, int] = {}
    for element in body.iter():
        if not isinstance(element.tag, str):
            continue
        inside_link = any(up.tag == "a" for up in (element, *element.iterancestors()))
        own = 0 if inside_link else len((element.text or "").strip())
        tail = element.tail or ""
        weight[element] = weight.get(element, 0) + own
        parent = element.getparent()
        if parent is not None and not any(up.tag == "a" for up in (parent, *parent.iterancestors())):
            weight[parent] = weight.get(parent, 0) + len(tail.strip())
    for element in reversed(list(body.iter())):
        parent = element.getparent()
        if element in weight and parent is not None and element is not body:
            weight[parent] = weight.get(parent, 0) + weight[element]
    total = weight.get(body, 0)
    if total < _ENOUGH:
        return None
    best = body
    while True:
        inner = max(
            (child for child in best if isinstance(child.tag, str)), key=lambda c: weight.get(c, 0), default=None
        )
        if inner is None or weight.get(inner, 0) < 0.75 * total or inner.tag in {"p", "td", "tr", "tbody"}:
            return best
        best = inner


def _collect(container: lxml.html.HtmlElement, builder: TextBuilder) -> None:
    pieces: list[str] = []
    depth: int | None = None

    def flush() -> None:
        builder.add("".join(pieces), depth)
        pieces.clear()

    for event, element in _walk(container):
        if event == "text":
            pieces.append(element if isinstance(element, str) else "")
        elif isinstance(element, str):
            continue
        elif event == "table":
            flush()
            builder.add_table([[_words(cell) for cell in row] for row in _table(element)])
        elif event == "break":
            pieces.append("\n")
        else:
            flush()
            heading = re.fullmatch(r"h([1-6])", element.tag)
            depth = int(heading[1]) if event == "open" and heading else None
    flush()


def _walk(element: lxml.html.HtmlElement) -> Iterator[tuple[str, lxml.html.HtmlElement | str]]:
    """Text, breaks, tables and the edges of blocks, in document order."""
    tag = element.tag
    if tag == "table":
        yield "table", element
        return
    block = tag in _BLOCKS
    if block:
        yield "open", element
    if tag == "br":
        yield "break", element
    if element.text:
        yield "text", _spaced(element.text)
    for child in element:
        if isinstance(child.tag, str):
            yield from _walk(child)
        if child.tail:
            yield "text", _spaced(child.tail)
    if block:
        yield "close", element


def _spaced(text: str) -> str:
    """Line ends in the file are blanks."""
    return re.sub(r"\s+", " ", text)


def _words(element: lxml.html.HtmlElement) -> str:
    """The text of a cell, its blocks and breaks on lines of their own."""
    pieces: list[str] = []
    for event, part in _walk(element):
        if event == "text" and isinstance(part, str):
            pieces.append(part)
        elif event == "table" and not isinstance(part, str):
            pieces.append("\n" + "\n".join(" | ".join(_words(cell) for cell in row) for row in _table(part)) + "\n")
        else:
            pieces.append("\n")
    inner = TextBuilder()
    inner.add("".join(pieces))
    return inner.text


def _table(table: lxml.html.HtmlElement) -> Iterator[list[lxml.html.HtmlElement]]:
    for row in table.iter("tr"):
        if next(row.iterancestors("table"), None) is table:
            yield [cell for cell in row if cell.tag in {"td", "th"}]
