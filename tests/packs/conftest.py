"""An office's index: the shipped digests, and an invented official decision as a PDF of two pages."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "reading"))

from printed import LEFT, Sheet

from policy_qa.packs.pack import Head, Pack

if TYPE_CHECKING:
    from policy_qa.answering.chain import Assistant
    from policy_qa.retrieval.encoder import Encoder

CORPUS = Path(__file__).parents[2] / "corpus"
PAGES = (
    (
        "Điều 1. Phạm vi điều chỉnh",
        "Quyết định này quy định việc quản lý vườn ươm cây ngập mặn trên địa bàn tỉnh.",
        "Điều 2. Giải thích từ ngữ",
        "Vườn ươm cây ngập mặn là nơi gieo giống và chăm sóc cây đước, cây bần trước khi trồng.",
        "Điều 3. Kinh phí",
        "1. Ngân sách tỉnh chi 250 triệu đồng mỗi năm cho vườn ươm.",
        "2. Hợp tác xã muối góp 5% lợi nhuận mỗi năm.",
    ),
    (
        "Điều 4. Kiểm tra",
        "1. Sở Nông nghiệp và Môi trường chủ trì kiểm tra vườn ươm hằng quý, gửi kết quả về Ủy ban nhân dân tỉnh.",
        "2. Chủ vườn ươm lưu hồ sơ gieo ươm trong thời hạn 07 năm.",
        "Điều 5. Hiệu lực thi hành",
        "Quyết định này có hiệu lực từ ngày 01 tháng 4 năm 2021.",
    ),
)
QUESTIONS = (
    "Ngân sách tỉnh chi bao nhiêu cho vườn ươm cây ngập mặn?",
    "Hồ sơ gieo ươm phải lưu bao lâu?",
    "Mục tiêu chung của Đề án 1079 là gì?",
    "Mức phạt vượt đèn đỏ là bao nhiêu?",
    "Cơ quan nào chủ trì kiểm tra vườn ươm cây ngập mặn?",
)


def draw_decision(path: Path) -> Path:
    """The decision as a PDF."""
    sheet = Sheet()
    sheet.text(LEFT, 60, "ỦY BAN NHÂN DÂN", 9)
    sheet.text(330, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 9)
    sheet.text(LEFT, 74, "TỈNH AN HẢI", 9)
    sheet.text(355, 74, "Độc lập - Tự do - Hạnh phúc", 9)
    sheet.text(LEFT, 96, "Số: 345/QĐ-UBND", 10)
    sheet.text(345, 96, "An Hải, ngày 15 tháng 3 năm 2021", 10)
    sheet.centred(130, "QUYẾT ĐỊNH")
    sheet.centred(148, "Về việc ban hành Quy định quản lý vườn ươm cây ngập mặn")
    sheet.centred(180, "ỦY BAN NHÂN DÂN TỈNH AN HẢI")
    sheet.text(115, 204, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;")
    sheet.centred(230, "QUYẾT ĐỊNH:")
    y = 256.0
    for paragraph in PAGES[0]:
        y = sheet.paragraph(y, paragraph)
    sheet.next_page()
    y = 80.0
    for paragraph in PAGES[1]:
        y = sheet.paragraph(y, paragraph)
    sheet.text(340, y + 30, "TM. ỦY BAN NHÂN DÂN")
    sheet.text(360, y + 48, "KT. CHỦ TỊCH")
    sheet.text(352, y + 66, "PHÓ CHỦ TỊCH")
    sheet.text(350, y + 140, "Lê Thị Nước Mặn")
    return sheet.save(path)


@pytest.fixture(scope="session")
def decision(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_decision(tmp_path_factory.mktemp("packs") / "quyet-dinh-345.pdf")


@pytest.fixture(scope="session")
def office_index(decision: Path, shipped_encoder: Encoder) -> Path:
    """The folder of the index."""
    from policy_qa.retrieval.index import build_index

    folder = decision.parent / "index"
    build_index([decision], folder, shipped_encoder, corpus=CORPUS)
    return folder


@pytest.fixture(scope="session")
def office(office_index: Path, shipped_encoder: Encoder) -> Assistant:
    from policy_qa.answering.chain import Assistant
    from policy_qa.retrieval.index import open_index

    return Assistant(open_index(office_index, shipped_encoder), shipped_encoder)


@pytest.fixture(scope="session")
def packed(office: Assistant) -> Pack:
    """A pack that was run."""
    from policy_qa.packs.running import run

    pack = replace(
        Pack.of(QUESTIONS),
        title="Về vườn ươm cây ngập mặn",
        session="Phục vụ lớp tập huấn tháng 3",
        date="2026-03-05",
        author="Trần Thị Bãi Bồi",
        head=Head(office="Sở Nông nghiệp và Môi trường", superior="Ủy ban nhân dân tỉnh An Hải", place="An Hải"),
    )
    for step in run(pack, office.ask):
        pack = step.pack
    return pack
