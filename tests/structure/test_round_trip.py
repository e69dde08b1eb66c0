"""Random trees, printed and read back, give the same addresses; any text at all tiles."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from sample_texts import STATE_END, STATE_HEAD, assert_tiles, make_source

from policy_qa.structure import parse
from policy_qa.structure.grammar import LETTERS

SENTENCES = st.sampled_from(
    ["Hoa nở trên đảo.", "Người trồng hoa được hỗ trợ 1.000 đồng.", "Giá là 15-20 đồng; xem khoản 2 Điều 1."]
)
ROMANS = ["I", "II", "III", "IV", "V", "VI"]


@st.composite
def clauses(draw: st.DrawFn, parent: str, level: str) -> list[tuple[str, str]]:
    lines = []
    for number in range(1, draw(st.integers(0, 4)) + 1):
        address = f"{parent};{level}={number}".lstrip(";")
        lines.append((f"{number}. {draw(SENTENCES)}", address))
        kind = draw(st.sampled_from(["none", "points", "dashes", "decimals"]))
        for k in range(draw(st.integers(1, 12)) if kind != "none" else 0):
            label, step = {
                "points": (f"{LETTERS[k]})", f"điểm={LETTERS[k]}"),
                "dashes": ("-", f"gạch={k + 1}"),
                "decimals": (f"{number}.{k + 1}.", f"điểm={number}.{k + 1}"),
            }[kind]
            lines.append((f"{label} {draw(SENTENCES)}", f"{address};{step}"))
    return lines


@st.composite
def bodies(draw: st.DrawFn) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    chapters = draw(st.booleans())
    for number in range(1, draw(st.integers(1, 5)) + 1):
        if chapters:
            lines += [(f"Chương {ROMANS[number - 1]}", f"chương={ROMANS[number - 1]}"), ("TÊN CHƯƠNG", "")]
        lines += [(f"Điều {number}. Tên điều", f"điều={number}"), (draw(SENTENCES), "")]
        if draw(st.booleans()):
            lines += draw(clauses(f"điều={number}", "khoản"))
        else:
            for roman in ROMANS[: draw(st.integers(0, 4))]:
                lines.append((f"{roman}. TÊN MỤC", f"điều={number};mục={roman}"))
                lines += draw(clauses(f"điều={number};mục={roman}", "khoản"))
    return lines


def expected(lines: list[tuple[str, str]]) -> Iterator[str]:
    return (address for _, address in lines if address)


@settings(max_examples=60, deadline=None)
@given(bodies())
def test_a_printed_tree_is_read_back(lines: list[tuple[str, str]]) -> None:
    document = parse(make_source(STATE_HEAD + "\n".join(line for line, _ in lines) + STATE_END))
    assert_tiles(document)
    assert [str(p.address) for p in document.walk()][2:-1] == list(expected(lines))
    assert document.warnings == ()


PIECES = st.sampled_from(
    ["Điều 1. Hoa", "Điều 3.", "Điều 2. 1. Lá", "1. Một", "2. Hai:", "15. Số", "1.1. Con", "a) A", "đ) Đ", "- gạch", "+ cộng", "I. MỤC", "III- BA", "Chương I",
     "MỤC 1. TÊN", "PHỤ LỤC", "PHỤ LỤC II", "Mẫu số 01", "“Điều 9. Trích", "hết trích”", "QUYẾT ĐỊNH", "QUYẾT ĐỊNH:", "Căn cứ Luật số 1/2030/QH17;",
     "Số: 12/QĐ-TTg", "Hà Nội, ngày 1 tháng 2 năm 2031", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Nơi nhận:", "TM. CHÍNH PHỦ", "Trần Văn Hoa", "Hoa nở.", "HOA NỞ",
     "TT | Tên", "(Ban hành kèm theo)", "A. HOA", "B. LÁ", "", "  ", "\u00a0"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40) | st.lists(st.text(max_size=30), max_size=10))
def test_any_text_tiles(pieces: list[str]) -> None:
    assert_tiles(parse(make_source("\n".join(pieces))))
