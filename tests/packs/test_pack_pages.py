"""The PDF of cited pages: each page once, the quotes marked where their words stand, files that changed named."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, RectangleObject, TextStringObject
from quoting import answered, cited

from policy_qa.packs.pack import Item, Pack
from policy_qa.packs.pages import NoPages, to_pages
from policy_qa.retrieval.placing import Placer, Printed

if TYPE_CHECKING:
    from policy_qa.answer import Answer, Citation
    from policy_qa.retrieval.encoder import Encoder

BUDGET, RECORDS, CHECKS = (
    "1. Ngân sách tỉnh chi 250 triệu đồng mỗi năm cho vườn ươm.",
    "2. Chủ vườn ươm lưu hồ sơ gieo ươm trong thời hạn 07 năm.",
    "1. Sở Nông nghiệp và Môi trường chủ trì kiểm tra vườn ươm hằng quý, gửi kết quả về Ủy ban nhân dân tỉnh.",
)


@pytest.fixture(scope="module")
def placer() -> Placer:
    return Placer()


def marked_words(data: bytes) -> list[tuple[int, str]]:
    """Page (from 1) and words under each highlight, line by line, read by another library."""
    found = []
    document = pypdfium2.PdfDocument(data)
    for number, page in enumerate(PdfReader(io.BytesIO(data)).pages, 1):
        text = document[number - 1].get_textpage()
        for annotation in page.annotations or ():
            held = annotation.get_object()
            if held.get("/Subtype") != "/Highlight":
                continue
            quads = [float(corner) for corner in held["/QuadPoints"]]
            words = []
            for at in range(0, len(quads), 8):
                xs, ys = quads[at : at + 8 : 2], quads[at + 1 : at + 8 : 2]
                words.append(text.get_text_bounded(min(xs) - 0.5, min(ys), max(xs) + 0.5, max(ys)))
            found.append((number, " ".join(" ".join(words).split())))
    return found


def test_each_quote_is_marked_on_its_page_and_each_page_is_there_once(packed: Pack, placer: Placer) -> None:
    marked = to_pages(packed, placer)
    assert marked.pages == 2
    assert len(PdfReader(io.BytesIO(marked.data)).pages) == 2
    assert marked_words(marked.data) == [(1, BUDGET), (2, RECORDS), (2, CHECKS)]
    assert marked.notes == ("Không chép trang của “qd-1079-qd-ttg.md” vì không phải tệp PDF.",)


def test_each_citation_has_an_outline_entry_that_leads_to_its_page(packed: Pack, placer: Placer) -> None:
    reader = PdfReader(io.BytesIO(to_pages(packed, placer).data))
    *cited_places, note = reader.outline
    assert note.title == "Không chép trang của “qd-1079-qd-ttg.md” vì không phải tệp PDF."  # type: ignore[union-attr]
    assert [(entry.title, reader.get_destination_page_number(entry)) for entry in cited_places] == [  # type: ignore[union-attr, arg-type]
        ("Câu 1: khoản 1 Điều 3 Quyết định số 345/QĐ-UBND", 0),
        ("Câu 2: khoản 2 Điều 4 Quyết định số 345/QĐ-UBND", 1),
        ("Câu 5: khoản 1 Điều 4 Quyết định số 345/QĐ-UBND", 1),
    ]
    assert reader.metadata is not None
    assert reader.metadata.title == "Về vườn ươm cây ngập mặn"


def test_the_same_pack_gives_the_same_bytes_and_a_quote_cited_twice_one_mark(packed: Pack, placer: Placer) -> None:
    twice = replace(packed, items=packed.items + packed.items[:1])
    data = to_pages(twice, placer).data
    assert to_pages(twice, placer).data == data
    assert len(marked_words(data)) == 3


def test_files_that_are_gone_or_changed_are_named(packed: Pack, placer: Placer, tmp_path: Path) -> None:
    def moved(file: Path) -> Pack:
        items = [
            replace(i, answer=i.answer and replace(i.answer, citations=tuple(replace(c, file=str(file)) for c in i.answer.citations)))
            for i in packed.items
        ]  # fmt: skip
        return replace(packed, items=tuple(items))

    with pytest.raises(NoPages, match=r"Không còn tệp “văn bản.pdf”"):
        to_pages(moved(tmp_path / "văn bản.pdf"), placer)
    (tmp_path / "văn bản.pdf").write_bytes(b"%PDF-1.4 another")
    with pytest.raises(NoPages, match=r"Tệp “văn bản.pdf” đã thay đổi"):
        to_pages(moved(tmp_path / "văn bản.pdf"), placer)


def test_a_pack_without_pages_says_so(placer: Placer) -> None:
    with pytest.raises(NoPages, match="không có trích dẫn nào"):
        to_pages(Pack.of(["Ai?"]), placer)
    with pytest.raises(NoPages, match=r"“tep\.md” vì không phải tệp PDF"):
        to_pages(Pack(items=(Item("Gì?", answered(cited("Tưới.", kind="digest"))),)), placer)


@pytest.mark.parametrize("turn", [90, *(pytest.param(turn, marks=pytest.mark.slow) for turn in (0, 180, 270))])
def test_marks_are_right_on_pages_that_are_turned_and_cropped(
    turn: int, decision: Path, shipped_encoder: Encoder, tmp_path: Path
) -> None:
    """The page is turned and a part of the sheet shown; what it would do when opened is taken off."""
    writer = PdfWriter(clone_from=PdfReader(decision))
    for page in writer.pages:
        page.cropbox = RectangleObject((40, 30, 580, 820))
        page.rotate(turn)
        page[NameObject("/AA")] = DictionaryObject({NameObject("/O"): TextStringObject("x")})
    file = tmp_path / "xoay.pdf"
    writer.write(file)
    answer = _asked(file, tmp_path / "index", shipped_encoder)
    assert [c.quote for c in answer.citations] == [RECORDS]
    data = to_pages(Pack(items=(Item("Gì?", answer),)), Placer()).data
    [(number, words)] = marked_words(data)
    # Of a page upside down the other library gives the words backwards.
    assert (number, sorted(words.split())) == (1, sorted(RECORDS.split()))
    page = PdfReader(io.BytesIO(data)).pages[0]
    assert "/AA" not in page
    assert page.rotation == turn


def _asked(file: Path, folder: Path, encoder: Encoder) -> Answer:
    from policy_qa.answering.chain import Assistant
    from policy_qa.retrieval.index import build_index, open_index

    build_index([file], folder, encoder)
    return Assistant(open_index(folder, encoder), encoder).ask("Hồ sơ gieo ươm phải lưu bao lâu?")


def test_a_page_that_cannot_be_copied_is_named(packed: Pack) -> None:
    class Lost(Placer):
        """Finds every quote on a page that the file has not."""

        def places(self, citation: Citation) -> tuple[Printed, ...]:
            return tuple(replace(line, page=line.page + 90) for line in super().places(citation))

    with pytest.raises(NoPages, match=r"Không chép được trang 91 của tệp “quyet-dinh-345\.pdf”"):
        to_pages(packed, Lost())
