from __future__ import annotations

import time
import unicodedata
from statistics import median

import pytest
from grounding_table import CORRUPTED, PARAPHRASES, PROVISIONS, source

from policy_qa.answering.grounding import Source, Verdict, check, is_english, is_quote
from policy_qa.answering.sentences import sentences

# What is known to go wrong; a change that mends one takes it out of here.
DROPPED = {
    # "phải" where a list of targets states what is to be done without it
    "Mỗi năm phải mở ít nhất 12 lớp tập huấn cho cán bộ cấp xã.",
    # subject and complement of a negation change places
    "Đến tháng 12 năm 2025, Bộ Thông tin và Truyền thông không còn là đầu mối thực hiện Đề án 1079.",
    # the object of the first of two duties is the subject of the second
    "Nhật trình phải được nộp cho bộ phận quản lý vào ngày 25 hằng tháng.",
    # too many words of the model's own in a row
    "Luật Di sản văn hóa năm 2024 quy định thẩm quyền xếp hạng di tích quốc gia thuộc Bộ trưởng Bộ Văn hóa, Thể thao và Du "
    "lịch.",
}
SHOWN = {
    # the same words in another order, no body or document among them
    "Phương châm của Đề án là lấy chống để xây, trong đó chống là chính.",
    # who proposes decides
    "Chi bộ quyết định miễn hoặc giảm mức đóng cho đảng viên có hoàn cảnh đặc biệt khó khăn.",
}

TRUE_OF_OTHERS = {
    # two documents find the same fault with two things
    "Nguồn lực đầu tư cho chuyển đổi số còn dàn trải.",
    # two documents name the same principles
    "Thông tin đối ngoại phải chính xác, kịp thời và đúng định hướng.",
}

KEYS = sorted({key for key, _ in PARAPHRASES})


def others(key: str, at: int) -> list[Source]:
    """Two passages of other documents."""
    apart = [other for other in KEYS if other.split("|")[0] != key.split("|")[0]]
    return [source(apart[at % len(apart)]), source(apart[(7 * at + 3) % len(apart)])]


def test_the_table_is_large_enough_and_has_no_row_twice() -> None:
    assert len({statement for _, statement in PARAPHRASES}) == len(PARAPHRASES) >= 80
    assert len({(key, statement) for _, key, statement in CORRUPTED}) == len(CORRUPTED) >= 120
    assert {
        "figure", "unit", "date", "number", "body", "negation", "modality", "quote", "order", "added",
    } <= {kind for kind, _, _ in CORRUPTED}  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "Nếu có bảo lãnh của ngân hàng thì chủ vườn được vay 50 triệu đồng.",
        "Khi có bảo lãnh của ngân hàng, chủ vườn được vay 50 triệu đồng.",
        "Chủ vườn được vay 50 triệu đồng, nếu có bảo lãnh của ngân hàng.",
        "Chủ vườn được vay 50 triệu đồng khi có bảo lãnh của ngân hàng.",
        "Chủ vườn được vay 50 triệu đồng với điều kiện có bảo lãnh của ngân hàng.",
    ],
)
def test_a_condition_is_not_left_out(words: str) -> None:
    assert not check("Chủ vườn được vay 50 triệu đồng.", [Source(words)]).supported
    assert check("Chủ vườn được vay 50 triệu đồng nếu có bảo lãnh của ngân hàng.", [Source(words)]).supported
    assert check(words, [Source(words)]).supported


def test_a_condition_of_something_else_may_be_left_out() -> None:
    words = "Chủ vườn trồng hoa hồng và không được chặt cây nếu chưa có giấy phép."
    assert check("Chủ vườn trồng hoa hồng.", [Source(words)]).supported


def test_honest_paraphrases_are_shown() -> None:
    dropped = {statement for key, statement in PARAPHRASES if not check(statement, [source(key)]).supported}
    assert dropped == DROPPED


def test_corrupted_statements_are_not_shown() -> None:
    shown = {statement for _, key, statement in CORRUPTED if check(statement, [source(key)]).supported}
    assert shown == SHOWN


def test_other_passages_beside_the_right_one_change_little() -> None:
    rows = list(enumerate(PARAPHRASES))
    dropped = {said for i, (key, said) in rows if not check(said, [source(key), *others(key, i)]).supported}
    shown = {
        said for i, (_, key, said) in enumerate(CORRUPTED) if check(said, [*others(key, i), source(key)]).supported
    }
    assert len(dropped - DROPPED) <= 2
    assert shown <= SHOWN


def test_a_statement_is_not_supported_by_other_documents() -> None:
    shown = {said for i, (key, said) in enumerate(PARAPHRASES) if check(said, others(key, i)).supported}
    assert shown <= TRUE_OF_OTHERS


@pytest.mark.parametrize("key", sorted(PROVISIONS))
def test_what_is_copied_is_always_supported(key: str) -> None:
    given = PROVISIONS[key]
    for span in sentences(given.text, 0, len(given.text)):
        copied = span.of(given.text)
        assert check(copied, [given]) == Verdict(True, 1.0)
        assert check(unicodedata.normalize("NFD", copied.replace(" ", "\n ")), [given]) == Verdict(True, 1.0)
    assert check(given.text, [given]) == Verdict(True, 1.0)


CUT = Source("Cơ sở không được sử dụng thiết bị đã hết hạn, trừ trường hợp khẩn cấp.")


@pytest.mark.parametrize(
    "statement",
    ["được sử dụng thiết bị đã hết hạn", "sử dụng thiết bị đã hết hạn", "Cơ sở không được sử dụng thiết bị đã hết hạn"],
)
def test_what_is_cut_off_from_its_negation_or_exception_is_no_copy(statement: str) -> None:
    assert not check(statement, [CUT]).supported


def test_a_later_part_of_what_is_forbidden_is_no_copy() -> None:
    source = Source("Chủ vườn không được bón phân lạ, trồng cây lạ ở vườn ươm.")
    assert not check("trồng cây lạ ở vườn ươm", [source]).supported
    assert check("Chủ vườn không được bón phân lạ, trồng cây lạ ở vườn ươm", [source]).score == 1.0


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Trẻ em dưới 6 tuổi được miễn phí tham quan, còn bạn đọc được mượn tối đa 05 tài liệu trong 15 ngày.", True),
        ("Trẻ em dưới 6 tuổi được miễn phí. Bạn đọc không phải trả phí khi đọc tại chỗ.", True),
        ("Trẻ em dưới 15 tuổi được miễn phí tham quan, còn bạn đọc được mượn tối đa 05 tài liệu trong 6 ngày.", False),
    ],
)
def test_a_statement_may_rest_on_two_sources(statement: str, expected: bool) -> None:
    assert check(statement, [source("phí"), source("thư viện")]).supported is expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("do Thủ tướng Chính phủ ban hành ngày 14/9/2022", "do Bộ Chính trị ban hành ngày 15/6/2023", True),
        ("do Thủ tướng Chính phủ ban hành ngày 15/6/2023", "do Bộ Chính trị ban hành ngày 14/9/2022", False),
        ("do Bộ Chính trị ban hành", "do Thủ tướng Chính phủ ban hành", False),
    ],
)
def test_two_documents_that_are_compared_keep_their_issuers_and_dates(first: str, second: str, expected: bool) -> None:
    given = [source("qd-1079-qd-ttg.md|# Thể thức"), source("kl-57-kl-tw.md|# Thể thức")]
    assert check(f"Quyết định 1079/QĐ-TTg {first}, còn Kết luận 57-KL/TW {second}.", given).supported is expected


AIM = Source(
    "Mục tiêu tổng quát\nMục tiêu tổng quát của Chương trình là nâng cao chất lượng phục vụ bạn đọc qua cổng Internet, do thư viện "
    "tỉnh chủ trì; đọc tại chỗ mỗi tuần 3 giờ.",
    "Quyết định 12/QĐ-UBND phê duyệt Chương trình đọc sách",
)


@pytest.mark.parametrize(
    "statement",
    [
        "Mục tiêu tổng quát của Chương trình là {}.",
        "Mục tiêu tổng quát của Chương trình là {} cho Chương trình.",
        "Mục tiêu tổng quát của Chương trình, {}.",
        "Mục tiêu tổng quát của Chương trình {}.",
        "Mục tiêu tổng quát của Chương trình: {}",
        "Mục tiêu {} tổng quát của Chương trình là nâng cao chất lượng phục vụ bạn đọc.",
        "Mục tiêu tổng quát của Chương trình là nâng cao {} phục vụ bạn đọc.",
        "Mục tiêu tổng quát của Chương trình gồm {}, do thư viện tỉnh chủ trì.",
        "Mục tiêu tổng quát của Chương trình là nâng cao chất lượng phục vụ bạn đọc bằng {}.",
    ],
)
@pytest.mark.parametrize(
    "words", ["kho thóc", "rm -rf", "javascript:", "alert(", "pháo hoa", "kho thóc của làng", "HACKED", "etc\\passwd"]
)
def test_no_words_are_put_in_the_place_of_what_is_told(statement: str, words: str) -> None:
    assert not check(statement.format(words), [AIM]).supported


@pytest.mark.parametrize("word", ["thóc", "pwned", "uid="])
def test_a_single_word_is_no_predicate_either(word: str) -> None:
    assert not check(f"Mục tiêu tổng quát của Chương trình là {word}.", [AIM]).supported


@pytest.mark.parametrize(
    "statement",
    [
        "Mục tiêu tổng quát của Chương trình là nâng cao chất lượng phục vụ bạn đọc qua Internet.",
        "Chương trình do thư viện tỉnh chủ trì.",
        "Đọc tại chỗ là 3 giờ mỗi tuần.",
        "Mục tiêu tổng quát: nâng cao chất lượng phục vụ bạn đọc.",
    ],
)
def test_what_the_source_tells_may_stand_behind_any_verb(statement: str) -> None:
    assert check(statement, [AIM]).supported


# --- quotes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("nguồn lực còn dàn trải", "Tuy nhiên, nguồn lực còn dàn trải.", True),
        ("nguồn  lực\ncòn dàn trải", "nguồn lực còn\tdàn trải", True),
        (unicodedata.normalize("NFD", "ủy quyền"), "việc ủy quyền", True),
        ("“phải”", "chữ “phải” ở đây", True),
        ("nguồn lực rất dàn trải", "nguồn lực còn dàn trải", False),
        ("Nguồn lực", "nguồn lực", False),  # letter by letter
        ("uỷ quyền", "ủy quyền", False),
        ("57–KL/TW", "57-KL/TW", False),
        ("dàn trải.", "dàn trải", False),
        ("5 ngày", "trong 15 ngày", False),  # cuts a figure
        ("5 triệu", "2,5 triệu", False),
        ("2", "2,5 triệu", False),
        ("quyết", "nghị quyết 1", True),
        ("quy", "nghị quyết 1", False),  # cuts a word
        ("079/QĐ-TTg", "1079/QĐ-TTg", False),
        ("", "chữ", False),
        (" ", "chữ", False),
        ("chữ", "", False),
    ],
)
def test_quotes(words: str, text: str, expected: bool) -> None:
    assert is_quote(words, text) is expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Kết luận nêu “nguồn lực còn dàn trải”.", True),
        ('Kết luận nêu "nguồn lực còn dàn trải".', True),
        ("Kết luận nêu «nguồn lực còn dàn trải».", True),
        ("Kết luận nêu “nguồn lực … dàn trải”.", True),
        ("Kết luận nêu “nguồn lực […] dàn trải”.", True),
        ("Kết luận nêu “nguồn lực còn dàn trải", True),
        ("Kết luận nêu “nguồn lực dàn trải”.", False),
        ("Kết luận nêu “nguồn lực còn thiếu”.", False),
        ("Kết luận nêu “nguồn lực còn thiếu", False),
        ("Kết luận nêu nguồn lực còn dàn trải “”.", False),
    ],
)
def test_what_stands_in_quotation_marks_is_a_quote(statement: str, expected: bool) -> None:
    assert check(statement, [Source("Kết luận nêu: nguồn lực còn dàn trải.")]).supported is expected


# --- figures, dates, numbers --------------------------------------------------------------------------------------

FORMS = Source(
    "Điều 3. Kinh phí\nTổng kinh phí của chương trình là 1.079 triệu đồng; 70% cán bộ dự hai mươi lớp học trong 2,5 năm.\n"
    "Hồ sơ được trả trong 15 ngày làm việc; chương trình kết thúc vào tháng 12/2025, giai đoạn tiếp theo là 2026-2028.",
    "Quyết định 1079/QĐ-TTg ngày 14/9/2022 của Thủ tướng Chính phủ\nMục IV",
)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Tổng kinh phí của chương trình là 1079 triệu đồng.", True),
        ("Tổng kinh phí của chương trình là 1.079.000.000 đồng.", True),
        ("Tổng kinh phí của chương trình là 1,079 tỷ đồng.", True),
        ("Tổng kinh phí của chương trình là 1.079 tỷ đồng.", False),
        ("Tổng kinh phí của chương trình là 1.709 triệu đồng.", False),
        ("70 phần trăm cán bộ dự lớp học.", True),
        ("Bảy mươi phần trăm cán bộ dự lớp học.", True),
        ("70 cán bộ dự lớp học.", False),
        ("Cán bộ dự 20 lớp học.", True),
        ("Cán bộ dự hai mươi lăm lớp học.", False),
        ("Cán bộ dự lớp học trong 2,5 năm.", True),
        ("Cán bộ dự lớp học trong 2,5 tháng.", False),
        ("Hồ sơ được trả trong mười lăm ngày làm việc.", True),
        ("Hồ sơ được trả trong 15 ngày.", False),
        ("Hồ sơ được trả trong 15 tháng.", False),
        ("Chương trình kết thúc vào tháng 12 năm 2025.", True),
        ("Chương trình kết thúc vào năm 2025.", True),
        ("Chương trình kết thúc vào tháng 11/2025.", False),
        ("Giai đoạn tiếp theo của chương trình là từ năm 2026 đến năm 2028.", True),
        ("Giai đoạn tiếp theo của chương trình là 2026–2028.", True),
        ("Giai đoạn tiếp theo của chương trình là 2025-2028.", False),
        ("Quyết định số 1079/QĐ-TTg ngày 14 tháng 9 năm 2022 nêu tổng kinh phí của chương trình.", True),
        ("Quyết định 1079/QĐ–TTg nêu tổng kinh phí của chương trình.", True),
        ("QĐ 1079 nêu tổng kinh phí của chương trình.", True),
        ("QĐ 1097 nêu tổng kinh phí của chương trình.", False),
        ("Quyết định 1079/QĐ-UBND nêu tổng kinh phí của chương trình.", False),
        ("Quyết định 1079/QĐ-TTg ngày 15/9/2022 nêu tổng kinh phí của chương trình.", False),
        ("Điều 3 nêu tổng kinh phí của chương trình.", True),
        ("Mục IV nêu tổng kinh phí của chương trình.", True),
        ("Mục VI nêu tổng kinh phí của chương trình.", False),
        ("Điểm c Điều 3 nêu tổng kinh phí của chương trình.", False),
        ("Điều 5 nêu tổng kinh phí của chương trình.", False),
    ],
)
def test_forms_of_figures_dates_and_numbers(statement: str, expected: bool) -> None:
    assert check(statement, [FORMS]).supported is expected


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UBND TP. Hải Lâm ban hành quy chế.", True),
        ("Ủy ban nhân dân thành phố Hải Lâm ban hành quy chế.", True),
        ("Uỷ ban nhân dân thành phố Hải Lâm ban hành quy chế.", True),
        ("HĐND thành phố Hải Lâm ban hành quy chế.", False),
        ("UBND tỉnh Hải Dương ban hành quy chế.", False),
    ],
)
def test_abbreviations_and_spellings_of_bodies(statement: str, expected: bool) -> None:
    assert check(statement, [Source("Ủy ban nhân dân thành phố Hải Lâm ban hành quy chế.")]).supported is expected


# --- what comes back ----------------------------------------------------------------------------------------------


def test_a_refusal_says_why_in_one_vietnamese_sentence_and_scores_less() -> None:
    given = source("phí")
    wrong = check("Mức thu phí tham quan danh thắng là 45.000 đồng một người.", [given])
    worse = check("Bộ Y tế quyết định ngày 01/01/1999 rằng tàu biển nộp 99 triệu đồng.", [given])
    assert wrong.why == "Nguồn dẫn không có số liệu “45.000 đồng”."
    assert 0 <= worse.score < wrong.score < 1
    for _, key, statement in CORRUPTED:
        verdict = check(statement, [source(key)])
        assert 0 <= verdict.score <= 1
        if not verdict.supported:
            assert verdict.why is not None
            assert verdict.why.endswith(".")
            assert "\n" not in verdict.why


def test_without_words_or_sources_nothing_is_supported() -> None:
    assert check(" \n", [FORMS]).why == "Câu trả lời không có nội dung."
    assert check("Điều 3 quy định kinh phí.", []).why == "Câu trả lời không dẫn nguồn nào."
    assert not check("Điều 3 quy định kinh phí.", [Source("")]).supported
    assert not check("!!! …", [FORMS]).supported


def test_english_is_told_from_vietnamese() -> None:
    assert is_english("The decree is effective from July 1, 2027.")
    assert is_english("Decision 1079/QĐ-TTg of the Prime Minister is in force.")
    assert not is_english("Nghị định có hiệu lực từ ngày 01/7/2027.")
    assert not is_english("to chuc tap huan cho can bo")
    assert not is_english("")


@pytest.mark.parametrize(
    "statement",
    ["a" * 1900, "1." * 900, "không " * 300, "“" * 1900, ", và " * 400, "57-KL/" * 300, "\u0301" * 1900, "điểm a, " * 250,
     "x" * 100_000],
)  # fmt: skip
def test_hostile_statements_are_refused_quickly(statement: str) -> None:
    long = Source("Bộ Công an không được giao việc, trừ 15 ngày. " * 1000, "Điều 1, " * 1000)
    start = time.process_time()
    assert not check(statement, [long, FORMS]).supported
    assert time.process_time() - start < 2.5


def test_a_check_takes_little_time() -> None:
    taken = []
    for i, (key, statement) in enumerate(PARAPHRASES):
        given = [source(key), *others(key, i)]
        check(statement, given)
        start = time.process_time()
        check(statement, given)
        taken.append(time.process_time() - start)
    assert median(taken) < 0.01
