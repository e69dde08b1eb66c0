"""The page as a whole: head, warnings, tree beside text, what was lifted out; one file that needs no network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from policy_qa.citing.style import document_name
from policy_qa.document import DIGEST_MARK, Document, Level, Marginal, Metadata, Relation, SourceText, Span
from policy_qa.inspection.defects import Defect, defects
from policy_qa.inspection.links import links
from policy_qa.inspection.markup import LEVEL_CLASS, content_hash, date, escaped, percent, shown, tag
from policy_qa.inspection.outline import outline_html
from policy_qa.inspection.text import text_html

UNSURE: Final = 0.8
"""A field or a page recognised with less confidence than this is to be compared with the paper."""

_HERE = Path(__file__).parent
_MEDIA: Final = {"pdf": "PDF", "docx": "Word", "html": "trang web", "markdown": "Markdown", "text": "văn bản thuần"}
_FIELDS: Final = (
    ("number", "Số, ký hiệu"), ("date", "Ngày ban hành"), ("kind", "Loại"), ("issuer", "Cơ quan ban hành"),
    ("signer", "Người ký"), ("title", "Trích yếu"),
)  # fmt: skip
_MARGINALS: Final = {
    "running head": "đầu trang", "page number": "số trang", "stamp": "dấu, chữ ký số", "footnote": "chú thích",
}  # fmt: skip


def page(document: Document) -> str:
    """The HTML of the page that shows `document`.

    Complete in itself: style and script lie in it, and its content security policy lets nothing else run or load.
    """
    style, script = (_HERE / "page.css").read_text("utf-8"), (_HERE / "page.js").read_text("utf-8")
    policy = f"default-src 'none'; style-src {content_hash(style)}; script-src {content_hash(script)}; base-uri 'none'; form-action 'none'"
    found = defects(document)
    file = document.source.file
    text = text_html(document, links(document), found)
    name = document_name(document.metadata, file=file)
    mark = f" {DIGEST_MARK}" if document.metadata.text_kind == "digest" else ""
    return f"""<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{escaped(_short_name(document))} – cấu trúc văn bản</title>
<style>{style}</style>
</head>
<body data-key="{escaped(document.key)}" data-name="{escaped(name)}" data-mark="{escaped(mark)}">
<a class="skip" href="#text">Đến toàn văn</a>
{_head(document)}
{_warnings(document, found)}
<div class="columns">
{_outline(document, found)}
<main id="text" tabindex="-1" aria-label="Toàn văn"{' class="has-notes"' if 'class="noted"' in text else ""}>
{text}
</main>
</div>
{_marginals(document.source.marginals)}
<div id="chosen" role="region" aria-label="Điều khoản đang chọn" hidden></div>
<script>{script}</script>
</body>
</html>
"""


def _short_name(document: Document) -> str:
    return document_name(document.metadata, first=False, file=document.source.file)


# --- head ---------------------------------------------------------------------------------------------------------


def _head(document: Document) -> str:
    metadata, source = document.metadata, document.source
    name = _short_name(document)
    digest = metadata.text_kind == "digest"
    kind = (
        '<span class="badge digest">Bản tóm lược</span>' if digest else '<span class="badge official">Nguyên văn</span>'
    )
    fields = "".join(_field(metadata, field, words) for field, words in _FIELDS)
    return f"""<header>
<p class="kicker">Cấu trúc văn bản, để đối chiếu với bản gốc</p>
<h1>{shown(name[:1].upper() + name[1:])} {kind}</h1>
<dl class="fields">{fields}</dl>
<ul class="counts" aria-label="Số điều khoản theo cấp">{"".join(_counts(document))}</ul>
<details class="about"><summary>{_summary(source)}</summary>
<dl>{"".join(_about(document))}</dl></details>
</header>"""


def _field(metadata: Metadata, field: str, words: str) -> str:
    value = getattr(metadata, field)
    if not value:
        return f'<div class="{field}"><dt>{words}</dt><dd class="missing">không thấy</dd></div>'
    sure = metadata.confidence.get(field)
    return f'<div class="{field}"><dt>{words}</dt><dd>{shown(date(value))}{"" if sure is None else _confidence(sure)}</dd></div>'


def _confidence(share: float) -> str:
    unsure = share < UNSURE
    words = "cần đối chiếu" if unsure else "độ tin cậy khi nhận dạng"
    return f' <span class="sure{" low" if unsure else ""}" title="{words}">{percent(share)}</span>'


def _counts(document: Document) -> Iterator[str]:
    counts = Counter(provision.address.last.level for provision in document.walk())
    return (f'<li class="{LEVEL_CLASS[level]}"><b>{counts[level]}</b> {level}</li>' for level in Level if counts[level])


def _summary(source: SourceText) -> str:
    """One line on the file: name, form, size, and how well its pages were recognised."""
    parts = [shown(Path(source.file.replace("\\", "/")).name), _MEDIA[source.media]]
    parts += [f"{len(source.pages)} trang"] if source.pages else []
    parts.append(f"{len(source.text):,} ký tự".replace(",", "."))
    recognised = [page.ocr for page in source.pages if page.ocr is not None]
    if recognised:
        parts.append(f"{len(recognised)} trang nhận dạng từ ảnh, thấp nhất {percent(min(recognised))}")
    return " · ".join(parts)


def _about(document: Document) -> Iterator[str]:
    """Rows for what is seldom looked at: file, hash, identity, recognised pages, relations, gaps."""
    metadata, source = document.metadata, document.source
    yield _row("Tệp", shown(source.file))
    yield _row("SHA-256", f"<code>{escaped(source.sha256)}</code>")
    yield _row("Định danh", f"<code>{shown(document.key)}</code>")
    recognised = [
        f"<li>trang {page.number}{_confidence(page.ocr)}</li>" for page in source.pages if page.ocr is not None
    ]
    if recognised:
        yield _row("Nhận dạng từ ảnh (OCR)", f'<ul class="run">{"".join(recognised)}</ul>')
    if metadata.relations:
        yield _row("Quan hệ", f"<ul>{''.join(f'<li>{shown(_relation(r))}</li>' for r in metadata.relations)}</ul>")
    if metadata.gaps:
        yield _row("Phần còn thiếu", f"<ul>{''.join(f'<li>{shown(gap.part)}</li>' for gap in metadata.gaps)}</ul>")


def _row(term: str, html: str) -> str:
    return f"<div><dt>{term}</dt><dd>{html}</dd></div>"


def _relation(relation: Relation) -> str:
    named = " ".join(part for part in (relation.name, relation.number and f"số {relation.number}") if part)
    return f"{relation.kind}: {named}" + (f" ngày {date(relation.date)}" if relation.date else "")


# --- warnings, tree, marginals ------------------------------------------------------------------------------------


def _warnings(document: Document, found: Sequence[Defect]) -> str:
    if not found:
        return '<p class="warnings none">Không có lưu ý nào khi đọc văn bản này.</p>'
    numbers = {id(provision): number for number, provision in enumerate(document.walk())}
    items = "".join(
        f'<li id="w{n}">{shown(defect.sentence)}{"".join(_where(document, defect, numbers))}</li>'
        for n, defect in enumerate(found)
    )
    return (
        f'<details class="warnings" open>'
        f"<summary>{len(found)} lưu ý khi đọc văn bản này</summary><ol>{items}</ol></details>"
    )


def _where(document: Document, defect: Defect, numbers: Mapping[int, int]) -> Iterator[str]:
    """Links to the provisions and the page that a warning speaks of."""
    for at in defect.places:
        provision = document.provision_at(Span(at, min(at + 1, len(document.source.text))))
        if provision is not None:
            yield f' <a href="#p{numbers[id(provision)]}">{shown(tag(provision.address))}</a>'
    if defect.page is not None:
        yield f' <a href="#g{defect.page}">trang {defect.page}</a>'


def _outline(document: Document, found: Sequence[Defect]) -> str:
    return f"""<nav id="outline" aria-label="Cây điều khoản"><details id="drawer" open><summary>Cây điều khoản</summary>
<div class="find"><label for="query">Tìm điều khoản hoặc từ</label>
<input id="query" type="search" autocomplete="off" spellcheck="false" placeholder="điều 5 khoản 2">
<p><span id="found" role="status"></span><button type="button" id="unfold">Mở hết</button><button type="button" id="fold">Thu gọn</button></p></div>
<div class="tree">{outline_html(document, found)}</div></details></nav>"""


def _marginals(marginals: Sequence[Marginal]) -> str:
    """What was lifted out of the text, folded; what is printed alike on several pages is one row."""
    pages: dict[tuple[str, str], list[int | None]] = {}
    for marginal in marginals:
        words = f"{marginal.mark} {marginal.text}" if marginal.mark else marginal.text
        pages.setdefault((_MARGINALS[marginal.kind], words), []).append(marginal.page)
    if not pages:
        return ""
    rows = "".join(
        f"<tr><td>{kind}</td><td>{', '.join(str(number) for number in where if number)}</td><td>{shown(text)}</td></tr>"
        for (kind, text), where in sorted(pages.items(), key=lambda item: item[0][0])
    )
    return (
        f'<details class="marginals"><summary>Đã tách khỏi toàn văn: {len(marginals)} mục (đầu trang, số trang, dấu, chú thích)'
        f'</summary><table><thead><tr><th scope="col">Loại</th><th scope="col">Trang</th><th scope="col">Lời</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )
