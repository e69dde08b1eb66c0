"""Questions that a document does not answer though it comes near: places it lacks, bodies it does not name, things it leaves open."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from typing import Final

from policy_qa.document import Level
from policy_qa.evaluation.drafting.material import Material
from policy_qa.evaluation.drafting.wordings import Proposal, worded
from policy_qa.evaluation.questions import Kind
from policy_qa.reading.vietnamese import fold

_BODIES: Final = (
    "Bộ Y tế", "Bộ Công an", "Bộ Quốc phòng", "Bộ Ngoại giao", "Bộ Tư pháp", "Bộ Tài chính", "Bộ Công Thương", "Bộ Nội vụ",
    "Bộ Giáo dục và Đào tạo", "Bộ Xây dựng", "Bộ Nông nghiệp và Môi trường", "Bộ Khoa học và Công nghệ",
    "Ngân hàng Nhà nước", "Thanh tra Chính phủ", "Bộ Văn hóa, Thể thao và Du lịch",
)  # fmt: skip
_ALL_BODIES: Final = re.compile(
    r"\b(?:cac|moi) bo\b|bo, nganh|bo nganh|bo, co quan|co quan ngang bo|bo truong|co quan lien quan|co quan, to chuc"
)
"""Words, folded, by which any ministry may be meant."""

_LEFT_OPEN: Final[Sequence[tuple[str, Kind, str]]] = (
    ("Vi phạm {doc} thì bị phạt bao nhiêu tiền?", "figure", r"phat tien|xu phat|muc phat|tien phat"),
    ("Tổng kinh phí thực hiện {doc} là bao nhiêu tỷ đồng?", "figure", r"kinh phi|ngan sach|ty dong|trieu dong"),
    ("Lệ phí làm thủ tục theo {doc} là bao nhiêu?", "figure", r"le phi|\bphi\b|thu phi"),
    ("Cán bộ thực hiện {doc} được phụ cấp bao nhiêu một tháng?", "figure", r"phu cap|tro cap|luong"),
    ("Đơn vị thực hiện tốt {doc} được thưởng bao nhiêu tiền?", "figure", r"thuong|khen"),
    ("{doc} quy định hồ sơ phải lưu trữ bao nhiêu năm?", "figure", r"luu tru|luu giu|luu ho so|bao quan"),
    ("Lớp tập huấn theo {doc} kéo dài mấy ngày?", "figure", r"tap huan|boi duong|dao tao|huan luyen"),
    ("Đường dây nóng để hỏi về {doc} là số nào?", "content", r"duong day nong|dien thoai|hotline|tong dai"),
    ("{doc} hết hiệu lực vào ngày nào?", "date", r"het hieu luc|den het ngay|den ngay|ngung hieu luc"),
    ("Báo cáo việc thực hiện {doc} phải gửi trước ngày nào?", "date", r"bao cao"),
    ("{doc} miễn thuế cho những đối tượng nào?", "list", r"\bthue\b"),
)  # fmt: skip
"""What people ask of many documents, its kind, and words, folded, that a document has which may tell."""


def near_misses(material: Material, chance: random.Random) -> Iterator[Proposal]:
    """Questions that must be refused; each is proposed only where the document cannot answer it by any of its words."""
    if material.metadata.text_kind == "digest":
        return  # what a digest leaves out, the document may well say
    yield from _no_such_places(material, chance)
    yield from _bodies(material, chance)
    for asked, kind, telling in _LEFT_OPEN:
        if not re.search(telling, material.folded):
            question = worded("not told", chance, asked=asked.format(doc=material.name))
            yield Proposal("not told", kind, question, place=asked, reason="no_text")


def _no_such_places(material: Material, chance: random.Random) -> Iterator[Proposal]:
    articles = [p for p in material.document.walk() if p.address and p.address.last.level is Level.DIEU]
    labels = [int(p.address.last.label) for p in articles if p.address.last.label.isdigit()]
    if not labels or any(part.amends for part in material.parts):
        return  # where others are amended, their articles are quoted
    label = str(max(labels) + chance.randint(1, 9))
    question = worded("no such article", chance, doc=material.name, label=label)
    yield Proposal("no such article", "address", question, place=f"điều={label}", reason="false_premise")
    for article in articles:
        clauses = [c.address.last.label for c in article.children if c.address.last.level is Level.KHOAN]
        if len(article.address) == 1 and len(clauses) > 1 and all(c.isdigit() for c in clauses):
            label = str(max(map(int, clauses)) + chance.randint(1, 3))
            fields = {"label": label, "place": f"Điều {article.address.last.label}"}
            question = worded("no such clause", chance, doc=material.name, **fields)
            yield Proposal("no such clause", "address", question, place=str(article.address), reason="false_premise")


def _bodies(material: Material, chance: random.Random) -> Iterator[Proposal]:
    issuer = fold(material.metadata.issuer or "")
    for body in _BODIES:
        named = re.sub(r"^Bộ ", "", body)
        if fold(body) in material.folded or fold(named) in material.folded:
            continue
        if not _ALL_BODIES.search(material.folded):
            question = worded("body not named", chance, doc=material.name, who=body)
            yield Proposal("body not named", "list", question, place=body, reason="false_premise")
        if issuer and material.metadata.kind not in ("Luật", "Bộ luật", "Pháp lệnh"):
            question = worded("not the issuer", chance, doc=material.name, who=body)
            yield Proposal("not the issuer", "date", question, place=body, reason="false_premise")
