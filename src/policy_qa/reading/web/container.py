"""Where in a saved web page the document is: the container that a known portal names, or the block that holds the text."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

NOT_TEXT: Final = frozenset(
    ("script", "style", "noscript", "template", "svg", "iframe", "button", "select", "input", "textarea", "object", "embed",
     "head", "audio", "video", "canvas", "map", "datalist", "dialog", "del")
)  # fmt: skip
_AROUND: Final = frozenset(("nav", "footer", "header", "aside"))
ENOUGH: Final = 200
"""Characters of running text below which a page holds no document."""

_CLASSES: Final = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"
# In order: the first that holds text is it.
_NAMED: Final = (
    # vbpl.vn (2025) marks each provision; older documents there have only the preview.
    "//*[contains(concat(' ', normalize-space(@class)), ' prov-')]",
    f"//*[{_CLASSES.format('preview-content')}]",
    # The older vbpl.vn: the head stands outside of the text, both in one block.
    f"//*[@id='toanvancontent' or {_CLASSES.format('toanvancontent')}]/ancestor::div[{_CLASSES.format('fulltext')}][1]",
    f"//*[@id='toanvancontent' or {_CLASSES.format('toanvancontent')}]",
    # thuvienphapluat.vn.
    f"//*[@id='divContentDoc' or {_CLASSES.format('cldivContentDocVn')} or {_CLASSES.format('content1')}]",
)
_HIDDEN: Final = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
# Class names and ids of what portals set around a document, in their English and Vietnamese.
_NOISE: Final = re.compile(
    r"vbinfo|vbfile|vblienquan|comment|binh-?luan|phan-?hoi|lien-?quan|tin-?khac|related|breadcrumb|sidebar|chia-?se|social"
    r"|navbar|pagination|cookie|modal|dang-?nhap|rating|quang-?cao|advert|copyright|muc-?luc|noidungchiase",
    re.IGNORECASE,
)
_SIGNS: Final = re.compile(
    r"\s*(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*[-–]\s*Tự do|Căn cứ\s|Nơi nhận)"
)
_WEIGHT_OF_A_SIGN: Final = 500
_MOST: Final = 0.75
_BLOCKS: Final = frozenset(
    ("body", "div", "section", "article", "main", "center", "form", "table", "td", "font", "span", "blockquote")
)


def is_left_out(element: Element) -> bool:
    """Whether an element prints nothing: scripts, controls, what is hidden."""
    return (
        element.tag in NOT_TEXT
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style") or ""))
    )  # fmt: skip


def find_container(root: Element) -> tuple[Element, frozenset[Element]] | None:
    """The element that holds the document, and what inside it is no part of it; None for a page without running text."""
    for path in _NAMED:
        found = root.xpath(path)
        marked = [element for element in found if isinstance(element, Element)] if isinstance(found, list) else []
        if not marked:
            continue
        # In document order, so that what holds the first and the last holds all.
        container = _common(marked[0], marked[-1])
        weights = _weights(container)
        if weights.get(container, 0) >= ENOUGH:
            return container, _noise(container, weights)
    body = root.find(".//body")
    weights = _weights(body) if body is not None else {}
    if body is None or weights.get(body, 0) < ENOUGH:
        return None
    container = _densest(body, weights)
    around = {element for element in container.iter(*_AROUND)} if container.tag not in _AROUND else set()
    return container, _noise(container, weights) | around


def _common(first: Element, last: Element) -> Element:
    """The innermost element around both; the root where a broken page has several."""
    around = {first, *first.iterancestors()}
    shared = (element for element in (last, *last.iterancestors()) if element in around)
    return next(shared, first.getroottree().getroot())


def _densest(body: Element, weights: dict[Element, int]) -> Element:
    """The innermost block that holds most of the page's running text."""
    total, best = weights[body], body
    while True:
        inner = max(best, key=lambda child: weights.get(child, 0), default=None)
        if inner is None or weights.get(inner, 0) < _MOST * total:
            break
        best = inner
    return next(element for element in (best, *best.iterancestors()) if element.tag in _BLOCKS)


def _noise(container: Element, weights: dict[Element, int]) -> frozenset[Element]:
    """What is named like comments or links to other documents, unless most of the text is in it."""
    limit = 0.3 * weights.get(container, 0)
    return frozenset(
        element
        for element in container.iterdescendants()
        if _NOISE.search(f"{element.get('class') or ''} {element.get('id') or ''}") and weights.get(element, 0) < limit
    )


def _weights(top: Element) -> dict[Element, int]:
    """The characters of running text in each element that holds enough of them; words of links do not count."""
    heavy: dict[Element, int] = {}
    open_weights: list[int] = []
    links = 0
    walk = etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            out = element.tag in _AROUND or is_left_out(element)
            open_weights.append(0)
            links += _is_link(element)
            if out:
                walk.skip_subtree()
            elif not links:
                open_weights[-1] += _weight(element.text)
            continue
        links -= _is_link(element)
        weight = open_weights.pop()
        if weight >= ENOUGH:
            heavy[element] = weight
        if open_weights:
            open_weights[-1] += weight + (0 if links else _weight(element.tail))
    return heavy


def _is_link(element: Element) -> bool:
    # Portals put an anchor around every heading, which leads nowhere.
    return element.tag == "a" and element.get("href") is not None


def _weight(text: str | None) -> int:
    if not text or text.isspace():
        return 0
    return len(text.strip()) + (_WEIGHT_OF_A_SIGN if _SIGNS.match(text) else 0)
