"""The check of the digests, on invented digests and on the shipped ones."""

from pathlib import Path

import pytest

from policy_qa.corpus import Problem, check, digest_files
from policy_qa.reading import read
from policy_qa.structure import parse

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
SEEDS = ROOT.parent / "shared" / "data" / "seeds"

HEAD = """\
number: 12/QĐ-ABC
kind: Quyết định
issuer: Ủy ban Ví dụ
date: "2020-02-29"
title: về trồng cây dọc bờ sông
nicknames: [QĐ 12]
text_kind: digest
relations:
  - {kind: căn cứ, number: 3/2019/NĐ-CP, date: "2019-01-31"}
sources: [https://example.org/12]
gaps:
  - part: kinh phí
    topics: [kinh phí, nguồn tiền]
"""
BODY = """\
# Thể thức

Số, ký hiệu của văn bản: 12/QĐ-ABC.

# Điều 1. Trồng cây

## Mục I. Quan điểm

### Khoản 1

Trồng cây là việc của mọi nhà.

# Theo báo chí và hồ sơ tra cứu

## Chữ ký

Người ký là Nguyễn Ví Dụ.
"""


def write(folder: Path, head: str = HEAD, body: str = BODY, name: str = "qd-12.md") -> Path:
    """One digest file in `folder`."""
    path = folder / name
    path.write_text(f"---\n{head}---\n\n{body}", encoding="utf-8")
    return path


def messages(folder: Path, *forbidden: str) -> list[str]:
    return [problem.message for problem in check(folder, forbidden)]


def test_a_good_digest_has_no_problem(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "README.md").write_text("# Not a digest\n", encoding="utf-8")
    assert digest_files(tmp_path) == [tmp_path / "qd-12.md"]
    assert check(tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("number: 12/QĐ-ABC\n", "", "“number”"),
        ("number: 12/QĐ-ABC", "number: số 12", "không đúng dạng"),
        ("number: 12/QĐ-ABC", "number: 12", "“number”"),
        ("issuer: Ủy ban Ví dụ", "issuer:", "“issuer”"),
        ('"2020-02-29"', '"2021-02-29"', "ngày “2021-02-29”"),
        ('"2020-02-29"', '"29/02/2020"', "“date”"),
        ("title: về", "title: Quyết định về", "không lặp lại tên loại"),
        ("nicknames: [QĐ 12]", "nicknames: QĐ 12", "“nicknames”"),
        ("nicknames: [QĐ 12]", "nicknames: [cây]", "ít nhất hai từ"),
        ("nicknames: [QĐ 12]", "nicknames: [12]", "“nicknames”"),
        ("text_kind: digest", "text_kind: official", "phải là digest"),
        ("kind: căn cứ", "kind: nhắc tới", "“nhắc tới”"),
        ("number: 3/2019/NĐ-CP", "number: ba", "số, ký hiệu “ba”"),
        ('date: "2019-01-31"', 'date: "2019-1-31"', "relations.date"),
        (
            "  - {kind: căn cứ, number: 3/2019/NĐ-CP",
            "  - căn cứ\n  - {kind: căn cứ, number: 3/2019/NĐ-CP",
            "“relations”",
        ),
        ("sources: [https://example.org/12]", "sources: []", "“sources” còn thiếu hoặc trống"),
        (
            "gaps:\n  - part: kinh phí\n    topics: [kinh phí, nguồn tiền]\n",
            "gaps: []\n",
            "“gaps” còn thiếu hoặc trống",
        ),
        ("gaps:\n  - part: kinh phí\n    topics: [kinh phí, nguồn tiền]\n", "", "“gaps” còn thiếu hoặc trống"),
        ("part: kinh phí", "phan: kinh phí", "gaps.part"),
        ("topics: [kinh phí, nguồn tiền]", "topics: []", "topics trống"),
        ("text_kind: digest", "text_kind: digest\nsinger: A", "“singer”"),
        ("text_kind: digest", "text_kind: digest\nsigner: ''", "“signer”"),
        ("text_kind: digest", "text_kind: digest\nmottos: [sạch và xanh]", "không có trong nội dung"),
        ("text_kind: digest", "text_kind: digest\nmottos: sạch và xanh", "“mottos” phải là danh sách"),
        ('date: "2019-01-31"', 'date: "2019-02-30"', "ngày “2019-02-30” không có trong lịch"),
    ],
)
def test_front_matter(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in HEAD
    write(tmp_path, head=HEAD.replace(old, new))
    found = messages(tmp_path)
    assert len(found) == 1
    assert expected in found[0]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("# Thể thức\n", "Câu đứng ngoài.\n\n# Thể thức\n", "đứng trước tiêu đề đầu tiên"),
        ("### Khoản 1\n", "#### Khoản 1\n", "nhảy bậc"),
        ("### Khoản 1\n", "### Khoản 1\n\n### Khoản 2\n", "“điều=1;mục=I;khoản=1” không có nội dung"),
        ("# Theo báo", "### Khoản 1\n\nLặp lại.\n\n# Theo báo", "lặp lại"),
        ("### Khoản 1\n", "### Khoản 1a 2\n", "giống tên điều khoản"),
        ("của mọi nhà.", "của mọi nhà", "không kết thúc bằng dấu chấm"),
        ("của mọi nhà.", "của mọi nhà. Ai cũng trồng.", "hơn một câu"),
    ],
)
def test_provisions(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in BODY
    write(tmp_path, body=BODY.replace(old, new))
    found = messages(tmp_path)
    assert len(found) == 1
    assert expected in found[0]


def test_a_text_without_headings_has_no_provisions(tmp_path: Path) -> None:
    write(tmp_path, body="Chỉ có một câu.\n")
    assert any("ít nhất một tiêu đề" in message for message in messages(tmp_path))


def test_abbreviations_and_figures_do_not_end_a_sentence(tmp_path: Path) -> None:
    write(tmp_path, body=BODY.replace("của mọi nhà.", "của 1.000 nhà, theo Điều 2. khoản 3, ngày 1.2.2020."))
    assert check(tmp_path) == []


def test_two_files_of_one_document(tmp_path: Path) -> None:
    write(tmp_path)
    second = write(tmp_path, name="qd-12-nua.md")
    write(tmp_path, head=HEAD.replace("2020-02-29", "2021-02-28"), name="qd-12-nam-sau.md")
    found = check(tmp_path)
    assert len(found) == 1
    assert "trùng số và ngày" in found[0].message
    assert found[0].file in {tmp_path / "qd-12.md", second}


def test_files_that_cannot_be_read_are_problems_and_the_rest_is_checked(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"")
    write(tmp_path, head="number: [", name="b.md")
    write(tmp_path)
    assert [problem.file.name for problem in check(tmp_path)] == ["a.md", "b.md"]


def test_front_matter_is_required(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(BODY, encoding="utf-8")
    assert any("thiếu phần thông tin đầu tệp" in message for message in messages(tmp_path))


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert check(tmp_path) == [Problem(tmp_path, check(tmp_path)[0].message)]
    assert "không có bản tóm lược" in str(check(tmp_path)[0])


ELEVEN = "một hai ba bốn năm sáu bảy tám chín mười mốt"


@pytest.mark.parametrize(
    ("ours", "theirs", "copied"),
    [
        (f"{ELEVEN} chục.", f"… {ELEVEN} trăm …", 0),
        (f"{ELEVEN} chục.", f"… {ELEVEN} chục …", 12),
        (f"{ELEVEN} chục.", "MOT HAI BA, BON: NAM SAU “BAY” TAM CHIN MUOI\nMOT (CHUC)", 12),
        (f"Kể rằng {ELEVEN} chục triệu.", f"thấy rằng {ELEVEN} chục triệu người", 14),
        (
            "Văn bản nói về trồng cây dọc bờ sông và hồ, gọi là QĐ 12.",
            "nói về trồng cây dọc bờ sông và hồ, gọi là QĐ 12",
            0,
        ),
        # A title in the middle does not hide the copy around it.
        ("Một hai ba bốn năm sáu QĐ 12 bảy tám chín mười mốt chục.", f"{ELEVEN} chục", 12),
    ],
)
def test_runs_of_words_shared_with_a_source(tmp_path: Path, ours: str, theirs: str, copied: int) -> None:
    write(tmp_path, body=BODY.replace("Trồng cây là việc của mọi nhà.", ours))
    found = messages(tmp_path, "một bài khác", theirs)
    assert len(found) == (1 if copied else 0)
    if copied:
        assert f"trùng {copied} từ" in found[0]


def test_a_quoted_motto_is_set_aside(tmp_path: Path) -> None:
    motto = "cây xanh trước cửa, nước trong sau nhà, người vui trong ngõ nhỏ"
    write(tmp_path, body=BODY.replace("Trồng cây là việc của mọi nhà.", f"Phương châm là “{motto}”."))
    assert len(messages(tmp_path, motto)) == 1
    write(tmp_path, head=HEAD + f"mottos: ['{motto}']\n", body=BODY.replace("của mọi nhà.", f"của mọi nhà, “{motto}”."))
    assert messages(tmp_path, motto) == []


def test_a_long_passage_is_no_motto(tmp_path: Path) -> None:
    long = " ".join(f"lời{n}" for n in range(16))
    write(tmp_path, head=HEAD + f"mottos: [{long}]\n", body=BODY.replace("của mọi nhà.", f"của mọi nhà: {long}."))
    assert any("dài quá 15 từ" in message for message in messages(tmp_path))


# --- the shipped corpus -------------------------------------------------------------------------------------------


def test_the_shipped_corpus_is_in_order() -> None:
    assert list(map(str, check(CORPUS))) == []
    assert len(digest_files(CORPUS)) == 10


def test_the_shipped_corpus_copies_no_source_text() -> None:
    if not SEEDS.is_dir():
        pytest.skip("the source reports are not beside this checkout")
    seeds = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    assert seeds
    assert list(map(str, check(CORPUS, seeds))) == []


@pytest.mark.parametrize(
    ("file", "address", "reported"),
    [
        ("qd-1079-qd-ttg.md", "điều=1;mục=I;khoản=2", False),
        ("qd-1079-qd-ttg.md", "điều=1;đề mục=mục tiêu cụ thể", False),
        ("qd-1079-qd-ttg.md", "điều=1;đề mục=nhiệm vụ, giải pháp", False),
        ("qd-1079-qd-ttg.md", "đề mục=theo báo chí và hồ sơ tra cứu;đề mục=chữ ký", True),
        ("kl-57-kl-tw.md", "đề mục=mở đầu;đoạn=1", False),
        ("kl-57-kl-tw.md", "mục=1;gạch=2", False),
        ("nd-72-2015-nd-cp.md", "điều=3;khoản=4", False),
        ("nd-72-2015-nd-cp.md", "điều=7;khoản=3;điểm=d", False),
        ("nd-72-2015-nd-cp.md", "đề mục=điều chưa rõ số", False),
        ("cv-5768-btttt-ttdn.md", "mục=1;điểm=b", False),
        ("ct-44-ct-tw.md", "đề mục=theo báo chí và hồ sơ tra cứu;đề mục=quan điểm", True),
    ],
)
def test_addresses_of_the_shipped_corpus(file: str, address: str, reported: bool) -> None:
    provisions = {str(p.address): p for p in parse(read(CORPUS / file)).walk()}
    assert provisions[address].reported is reported


def test_documents_known_only_from_reports_claim_no_place_in_the_document() -> None:
    for name in ("ct-44-ct-tw.md", "tb-46-tb-tw.md", "hd-111-hd-btgtw.md", "kl-16-kl-tw.md", "kl-71-kl-tw.md"):
        assert all(provision.reported for provision in parse(read(CORPUS / name)).walk()), name
