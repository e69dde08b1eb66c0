"""How a citation is written: in full at first mention, short afterwards.

First mention: kind, number, date, issuer, title; later: kind and number (NĐ 30/2020/NĐ-CP, phụ lục I). Places go from
small to large (NQ 351/2017/UBTVQH14, Điều 24). Laws and ordinances bear name and year, no number (NĐ 78/2025/NĐ-CP,
Điều 68). What the head of the document does not say is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from policy_qa.citing.dates import long_date
from policy_qa.citing.joining import in_order, is_open_ended, places
from policy_qa.citing.kinds import NAMED_LAWS
from policy_qa.citing.naming import law_name, year_of
from policy_qa.document import Address, Metadata
from policy_qa.reading.invisible import without_invisible

_Identity: TypeAlias = "tuple[str | None, str | None, str | None, str | None]"
_NAMELESS = "văn bản không số"
QUOTATION_MARKS = re.compile('["“”„«»]')
"""They are for words that an official text has."""

# A title that begins with one of these follows the issuer as it is: "… của Chính phủ quy định chi tiết …".
_VERBS = (
    "quy định", "phê duyệt", "ban hành", "sửa đổi", "bổ sung", "bãi bỏ", "hướng dẫn", "công bố", "thành lập", "điều chỉnh",
    "kiện toàn", "giao", "bổ nhiệm", "miễn nhiệm", "thay thế", "cho phép", "đính chính", "hợp nhất", "phân công", "phân cấp",
    "ủy quyền", "uỷ quyền", "công nhận", "quyết định", "cử", "chuyển", "tạm dừng", "kéo dài", "thông qua", "triển khai",
    "kèm theo",
)  # fmt: skip
# Names of documents and bodies keep their capital inside a sentence (NĐ 30/2020/NĐ-CP, phụ lục II).
_CAPITALS = (
    "Đảng", "Chiến lược", "Chương trình", "Đề án", "Dự án", "Quy chế", "Kế hoạch", "Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp",
    "Nghị định", "Nghị quyết", "Quyết định", "Chỉ thị", "Kết luận", "Thông tư", "Điều lệ", "Danh mục", "Nhà nước",
    "Quốc hội", "Chính phủ",
)  # fmt: skip


def first_mention(
    address: Address, metadata: Metadata, *, file: str | None = None, headings: Sequence[str] = ()
) -> str:
    """The full citation: place, kind, number, date, issuer, title.

    "khoản 2 Mục I Điều 1 Quyết định số … ngày … của … phê duyệt …". The empty address cites the document. `file` names a
    document that has neither number nor title; `headings` (as printed) give unnumbered headings their capitals.
    """
    return _cited([address], _first(metadata, file), headings)


def later_mention(
    address: Address, metadata: Metadata, *, file: str | None = None, headings: Sequence[str] = ()
) -> str:
    """The short citation: place, kind and number; of a law its name and year."""
    return _cited([address], _later(metadata, file), headings)


def joined(addresses: Sequence[Address], metadata: Metadata, *, first: bool = False, file: str | None = None) -> str:
    """Several places of one document in one citation, as `joining` writes them: "các điểm a, b khoản 2 Điều 5 Luật …".

    `first` writes the document in full.
    """
    return _cited(addresses, _first(metadata, file) if first else _later(metadata, file), ())


class Mentions:
    """Writes the citations of one text, each document in full where it is first named and short afterwards.

    Where two documents of one number are named, only the full form tells them apart.
    """

    def __init__(self) -> None:
        self._named: set[_Identity] = set()

    def cite(self, cited: Iterable[tuple[Metadata, Address]], headings: Sequence[str] = ()) -> str:
        """Places of one or of several documents in one citation.

        The places of one document are joined; documents stand in the order given, parted by ";". What has neither
        number nor title nor kind is "văn bản không số". `headings`, as printed, give unnumbered headings their capitals.
        """
        found: dict[_Identity, tuple[Metadata, list[Address]]] = {}
        for metadata, address in cited:
            identity = (metadata.number, metadata.date, metadata.kind, metadata.title)
            found.setdefault(identity, (metadata, []))[1].append(address)
        written = []
        for identity, (metadata, addresses) in found.items():
            alike = any(other[0] == metadata.number for other in {*self._named, *found} - {identity})
            in_full = identity not in self._named or (metadata.number is not None and alike)
            written.append(_cited(addresses, document_name(metadata, first=in_full), headings))
            self._named.add(identity)
        return "; ".join(written)


def document_name(metadata: Metadata, *, first: bool = True, file: str | None = None) -> str:
    """The document alone, as at first or later mention."""
    return _first(metadata, file) if first else _later(metadata, file)


# --- places -------------------------------------------------------------------------------------------------------


def _cited(addresses: Sequence[Address], document: str, headings: Sequence[str]) -> str:
    ordered = in_order(address for address in addresses if address)
    if not ordered:
        return document
    return f"{places(ordered, headings)}{',' if is_open_ended(ordered[-1]) else ''} {document}"


# --- documents ----------------------------------------------------------------------------------------------------


def _later(metadata: Metadata, file: str | None) -> str:
    if metadata.kind in NAMED_LAWS:
        return _law(metadata)
    if metadata.number:
        return f"{metadata.kind or 'văn bản'} số {metadata.number}"
    return _unnumbered(metadata, file)


def _first(metadata: Metadata, file: str | None) -> str:
    if metadata.kind in NAMED_LAWS:
        return _law(metadata)
    parts = [_later(metadata, file)]
    if metadata.date:
        parts.append(long_date(metadata.date))
    if metadata.issuer:
        parts.append(f"của {metadata.issuer}")
    if metadata.title and metadata.number:
        parts.append(_title_inside(_clean(metadata)))
    return " ".join(parts)


def _law(metadata: Metadata) -> str:
    """`Luật Trẻ em năm 2016`; a law without a name in its head is cited by its number."""
    kind = metadata.kind or ""
    if not metadata.title and kind != "Hiến pháp":
        return f"{kind} số {metadata.number}" if metadata.number else kind
    name = law_name(kind, _clean(metadata)) if metadata.title else kind
    year = year_of(metadata)
    return f"{name} năm {year}" if year else name


def _unnumbered(metadata: Metadata, file: str | None) -> str:
    title = _clean(metadata)
    kind = metadata.kind
    if not title:
        name = " ".join(without_invisible((file or "").replace("\\", "/").rsplit("/", 1)[-1]).split())
        return kind or (f"văn bản trong tệp {name}" if name else _NAMELESS)
    if kind is None or title.lower().startswith(kind.lower()):
        return title
    return f"{kind} {_title_inside(title)}"


def _clean(metadata: Metadata) -> str:
    """The title on one line; of a digest without quotation marks, because its words are not the document's."""
    title = " ".join((metadata.title or "").split()).rstrip(" .;")
    return QUOTATION_MARKS.sub("", title) if metadata.text_kind == "digest" else title


def _title_inside(title: str) -> str:
    """The title inside a sentence: "V/v …" becomes "về việc …", a bare noun phrase gets "về", its capital goes."""
    if title.isupper():
        title = title.lower()
    title = re.sub(r"^v/v:?\s+", "về việc ", title, flags=re.IGNORECASE)
    lowered = title.lower()
    if re.match(r"về\b", lowered) or any(re.match(rf"{verb}\b", lowered) for verb in _VERBS):
        return title[:1].lower() + title[1:]
    return f"về {title if _keeps_capital(title) else title[:1].lower() + title[1:]}"


def _keeps_capital(title: str) -> bool:
    """Whether the first word is a name: an acronym, part of a capitalised name ("Việt Nam"), or the name of a document."""
    first, second, *_ = [*title.split(), "", ""]
    acronym = len(first) > 1 and first.isupper()
    return acronym or second[:1].isupper() or any(re.match(rf"{name}\b", title) for name in _CAPITALS)
