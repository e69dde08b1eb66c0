"""Real official documents, where they lie beside the repository: every điều found, none invented."""

from pathlib import Path

import pytest
from sample_texts import assert_tiles

from policy_qa.document import Document
from policy_qa.reading import read
from policy_qa.structure import parse

DATA = Path(__file__).parents[3] / "shared" / "data"

# file, number, date, điều of the document itself, điều of what is attached, checked against the lines of each text that begin with a điều
FILES = [
    ("pdf/chi-thi-so-21-ct-ttg-469580.pdf", "21/CT-TTg", "2026-05-20", 0, 0),
    ("pdf/nghi-dinh-so-145-2026-nd-cp-469483.pdf", "145/2026/NĐ-CP", "2026-05-05", 10, 0),
    ("pdf/nghi-quyet-so-15-2026-nq-cp-469344.pdf", "15/2026/NQ-CP", "2026-04-06", 5, 0),
    ("pdf/nghi-quyet-so-17-2022-ubtvqh15-36956.pdf", "17/2022/UBTVQH15", "2022-03-23", 4, 0),
    ("pdf/quyet-dinh-so-169-qd-bldtbxh-44203.pdf", "169/QĐ-BLĐTBXH", "2025-01-24", 3, 0),
    ("pdf/quyet-dinh-so-982-qd-ttg-469699.pdf", "982/QĐ-TTg", "2026-06-04", 3, 0),
    ("pdf/van-ban-hop-nhat-so-835-vbhn-bldtbxh-41446.pdf", "835/VBHN-BLĐTBXH", "2024-03-05", 8, 9),
    ("docx/Luật-62-2025-QH15.docx", "62/2025/QH15", "2025-02-17", 2, 0),
    ("docx/VBPL_156829.docx", "04/2022/QH15", "2022-06-14", 33, 0),
    ("html/doc_000594.html", "48/2025/TT-NHNN", "2025-12-16", 15, 0),
]


def parsed(name: str) -> Document:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"no {path.name} beside the repository")
    return parse(read(path))


@pytest.mark.parametrize(("name", "number", "date", "own", "attached"), FILES)
def test_every_article_is_found_and_none_invented(name: str, number: str, date: str, own: int, attached: int) -> None:
    document = parsed(name)
    assert_tiles(document)
    assert (document.metadata.number, document.metadata.date) == (number, date)
    articles = [p.address for p in document.walk() if p.address.last.level == "điều"]
    assert [str(a) for a in articles if len(a) == 1] == [f"điều={n}" for n in range(1, own + 1)]
    assert sum(len(a) > 1 for a in articles) == attached


@pytest.mark.parametrize("name", sorted(p.name for p in (DATA / "seeds").glob("*.txt")) or ["seeds"])
def test_news_has_no_number(name: str) -> None:
    document = parsed(f"seeds/{name}")
    assert_tiles(document)
    assert document.metadata.number is None
    assert document.metadata.kind is None
