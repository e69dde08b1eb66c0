"""What was recognised and is no writing."""

import pytest
from scanned import line_of, page_of

from policy_qa.reading.scans.fragments import fragment_rows, straightening
from policy_qa.reading.scans.hocr import TextLine
from policy_qa.reading.scans.noise import is_wordlike, written

BODY = "Các đơn vị lập kế hoạch hằng năm và báo cáo"


def left_of(*lines: TextLine, body: bool = True) -> list[str]:
    """What is left of the lines, on a page with two lines of text at 200 pixels from the left edge."""
    text = [line_of(BODY, 200, base) for base in (1200, 1250)] if body else []
    sheet = page_of(*lines, *text)
    place = straightening(sheet, 595, 842)
    found = written(fragment_rows(sheet, place), 15.1, place)
    return [fragment.text for row in found for fragment in row if fragment.text != BODY]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("l@0 Quy định về rừng", "Quy định về rừng"),
        (":_@0.4 thao trường và bãi tập", "thao trường và bãi tập"),
        ("Ngoại giao thông báo: l@0", "Ngoại giao thông báo:"),
        ("Mỗi Bên giữ một bản; !@0.1", "Mỗi Bên giữ một bản;"),
        ("ngày :@0 20 tháng 6", "ngày 20 tháng 6"),
        ("Căn cứ +@0.49 Nghị định", "Căn cứ Nghị định"),
        ("khai thác =@0.9 sử dụng", "khai thác = sử dụng"),
        ("Độc lập - Tự do", "Độc lập - Tự do"),
        ("Mẫu số 6'5@0.2", "Mẫu số 6'5"),
        # Labels and dashes are kept however badly they were read: others mend them.
        ("©)@0.3 Các trường hợp", "©) Các trường hợp"),
        ("[.@0.2 Tất cả lưu học sinh", "[. Tất cả lưu học sinh"),
        ("§.@0.2 Đối với rừng", "§. Đối với rừng"),
    ],
)
def test_specks_in_a_line(line: str, left: str) -> None:
    assert left_of(line_of(line, 300, 400)) == [left]


@pytest.mark.parametrize(
    ("line", "size"),
    [
        ("k@0", 108),
        ("Ý%y@0.2 GỠ:..@0.3 ŠẮ,@0", 21),
        ("r6SnybrlgiuHfl@0", 23),
        ("ự@0.77", 32),
        ("é@0.83", 30),
        ("Xu...@0.3", 60),
    ],
)
def test_seals_and_signatures(line: str, size: float) -> None:
    assert left_of(line_of(line, 300, 400, size=size)) == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Số:@0.6 02/2023/TB-LPQT@0.26", "Số: 02/2023/TB-LPQT"),
        ("Điều@0 1.", "Điều 1."),
        ("phòng.@0.5 an@0.5 ninh;@0", "phòng. an ninh;"),
        ("12", "12"),
    ],
)
def test_words_that_were_read_badly_are_words(line: str, words: str) -> None:
    assert left_of(line_of(line, 300, 400)) == [words]


def test_a_dash_begins_where_lines_begin_and_a_speck_before() -> None:
    assert left_of(line_of("-@0.3 Rừng trồng trên đảo", 180, 400)) == ["Rừng trồng trên đảo"]
    assert left_of(line_of("-@0.3 Rừng trồng trên đảo", 200, 400)) == ["- Rừng trồng trên đảo"]
    assert left_of(line_of("-@0.9 Rừng trồng trên đảo", 180, 400)) == ["- Rừng trồng trên đảo"]
    assert left_of(line_of("~@0.4 Rừng trồng trên đảo", 200, 400)) == ["- Rừng trồng trên đảo"]


def test_a_dash_before_a_label_is_a_speck() -> None:
    assert left_of(line_of("-@0.9 1. Rừng", 200, 400), line_of("-@0.9 Điều 5. Rừng", 200, 500)) == [
        "1. Rừng",
        "Điều 5. Rừng",
    ]


def test_a_page_number_is_kept() -> None:
    assert left_of(line_of("7@0.5", 700, 90)) == ["7"]
    assert left_of(line_of("H@0.5", 700, 90)) == []


@pytest.mark.parametrize("word", ["rừng,", "(trồng", "12/3/2030", "45/2030/QĐ-BTN;", "UBND", "XIV", "kinh-tế", "90%"])
def test_wordlike(word: str) -> None:
    assert is_wordlike(word)


@pytest.mark.parametrize("word", ["r6Sny", "TÌh", ".", "ŠẮ,%", "xqz", "a|b|c"])
def test_not_wordlike(word: str) -> None:
    assert not is_wordlike(word)
