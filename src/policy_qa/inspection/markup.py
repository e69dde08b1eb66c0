"""HTML made of escaped words: nothing that a document or a file name says is ever read as markup."""

from __future__ import annotations

import base64
import hashlib
import html
import re
import unicodedata
from collections.abc import Sequence

from policy_qa.citing.address import legal, short
from policy_qa.document import Address, Level, Step

LEVEL_CLASS = {
    Level.PHU_LUC: "phuluc", Level.PHAN: "phan", Level.CHUONG: "chuong", Level.MUC: "muc", Level.TIEU_MUC: "tieumuc",
    Level.DIEU: "dieu", Level.DE_MUC: "demuc", Level.KHOAN: "khoan", Level.DIEM: "diem", Level.GACH: "gach",
    Level.DOAN: "doan",
}  # fmt: skip
"""The class of a level in the style sheet, which gives it its colour."""

_HEADING_IN_TAG = 14  # code points of an unnumbered heading in a narrow tag
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# A browser drops or replaces these anyway; the mark before them tells which one stood there.
_NOT_HTML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def content_hash(words: str) -> str:
    """What a page's policy names a script or style of its own by (CSP level 3, `'sha256-…'`)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'"


def escaped(words: str) -> str:
    """`words` as HTML text, also safe inside a quoted attribute; what HTML cannot hold becomes U+FFFD."""
    return html.escape(_NOT_HTML.sub("\ufffd", words), quote=True)


def shown(words: str) -> str:
    """`words` as HTML text in which every invisible character is shown by its number.

    Marks of writing direction can neither reorder what stands around them nor hide.
    """
    if not _INVISIBLE.search(words):
        return escaped(words)
    return "".join(
        _named(piece) if _INVISIBLE.fullmatch(piece) else escaped(piece)
        for piece in re.split(f"({_INVISIBLE.pattern})", words)
        if piece
    )


def _named(character: str) -> str:
    name = unicodedata.name(character, "ký tự điều khiển")
    return f'<span class="odd" data-c="U+{ord(character):04X}" title="{escaped(name)}">{escaped(character)}</span>'


def level_class(address: Address) -> str:
    """The class of the innermost level."""
    return LEVEL_CLASS[address.last.level]


def tag(address: Address) -> str:
    """The short form, `Đ1 · I · 2`, with unnumbered headings cut to fit a narrow column."""
    return short(Address(tuple(map(_narrow, address.steps))))


def _narrow(step: Step) -> Step:
    if step.level is not Level.DE_MUC or len(step.label) <= _HEADING_IN_TAG:
        return step
    return Step(step.level, step.label[: _HEADING_IN_TAG - 1].rstrip() + "…")


def label(step: Step) -> str:
    """The name of one node of the tree: `Điều 5`, `khoản 2`, `gạch 1`; of an unnumbered heading its words."""
    match step.level:
        case Level.GACH:
            return f"gạch {step.label}"
        case Level.DE_MUC:
            return step.label[:1].upper() + step.label[1:]
        case _:
            return legal(Address((step,)))


def percent(share: float) -> str:
    """`0.934` as `93 %`; never rounded up to certainty."""
    return f"{min(int(share * 100 + 0.5), 99 if share < 1 else 100)} %"


def date(iso: str) -> str:
    """`2022-09-14` as `14/9/2022`; anything else as it is."""
    parts: Sequence[str] = iso.split("-")
    return "/".join(part.lstrip("0") for part in reversed(parts)) if re.fullmatch(r"\d{4}-\d\d-\d\d", iso) else iso
