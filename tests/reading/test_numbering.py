"""Word's automatic numbers: expected is what Word prints (ECMA-376), most of it compared with LibreOffice."""

from pathlib import Path

import pytest
from word import item, kind, level, number, p, restart, table, word_file

from policy_qa.reading import read

LEVELS = (
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "decimal", "%2.%3."),
    level(3, "lowerLetter", "%4)"),
)


def said(tmp_path: Path, body: str, numbering: str, **parts: str) -> list[str]:
    return read(word_file(tmp_path / "a.docx", body, numbering=numbering, **parts)).text.split("\n")


def labels(tmp_path: Path, places: str, numbering: str) -> str:
    """The labels of paragraphs given as "list:level" one after the other."""
    pairs = (place.split(":") for place in places.split())
    body = "".join(item("x", int(name), int(at)) for name, at in pairs)
    return " ".join(line.removesuffix(" x") for line in said(tmp_path, body, numbering))


@pytest.mark.parametrize(
    ("places", "numbering", "printed"),
    [
        ("1:0 1:1 1:1 1:2 1:2 1:3 1:3 1:0 1:1 1:2", kind(0, *LEVELS) + number(1, 0), "I. 1. 2. 2.1. 2.2. a) b) II. 1. 1.1."),
        ("1:0 1:0 2:0 2:0 1:0 3:0", kind(0, *LEVELS) + number(1, 0) + number(2, 0, restart(0, 1)) + number(3, 0), "I. II. I. II. III. IV."),
        ("1:0 2:0 2:0 1:0", kind(0, *LEVELS) + number(1, 0) + number(2, 0, restart(0, 5)), "I. V. VI. VII."),
        ("1:1 1:2 1:0 1:1", kind(0, *LEVELS) + number(1, 0), "1. 1.1. II. 1."),
        ("1:0 2:0 1:0", kind(0, *LEVELS) + kind(1, *LEVELS) + number(1, 0) + number(2, 1), "I. I. II."),
        (
            "1:0 1:1 1:1 1:0 1:1",
            kind(0, level(0, "upperRoman", "C%1"), level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>')) + number(1, 0),
            "CI 1. 2. CII 3.",
        ),
        (
            "1:0 1:1 1:2",
            kind(0, level(0, "upperRoman", "%1"), level(1, "upperRoman", "%1.%2", more="<w:isLgl/>"), level(2, "lowerLetter", "%1.%2.%3", more="<w:isLgl/>"))
            + number(1, 0),
            "I 1.1 1.1.1",
        ),
        ("1:0 1:0", kind(0, level(0, "decimalZero", "Mẫu %1:", start=9)) + number(1, 0), "Mẫu 09: Mẫu 10:"),
        ("1:0 1:0", kind(0, level(0, "none", "Phần")) + number(1, 0), "Phần Phần"),
        ("1:0 1:1 1:2", kind(0, level(0, "bullet", "\uf0b7"), level(1, "bullet", "+"), level(2, "bullet", "-")) + number(1, 0), "- + -"),
        ("1:0", kind(0, *LEVELS) + number(1, 0, '<w:lvlOverride w:ilvl="0">' + level(0, "upperLetter", "%1/", start=3) + "</w:lvlOverride>"), "C/"),
        ("1:0 1:0", kind(0, level(0, "lowerLetter", "%1)", start=26)) + number(1, 0), "z) aa)"),
        ("1:0", kind(0, level(0, "lowerLetter", "%1)", start=2_000_000_00)) + number(1, 0), "200000000)"),
        ("1:0", kind(0, level(0, "lowerRoman", "%1)", start=4000)) + number(1, 0), "4000)"),
        ("1:0 1:0", kind(0, level(0, "decimal", "%1.", more="<w:suff/>") + "") + number(1, 0), "1. 2."),
        ("7:0", kind(0, *LEVELS) + number(1, 0), "x"),
        ("0:0", kind(0, *LEVELS) + number(1, 0), "x"),
    ],
    ids=["levels", "set back once", "set to five", "inner first", "two kinds", "never set back", "legal", "zeros", "no number", "bullets",
         "own level", "letters", "too far for letters", "too far for Roman", "blank after", "no such list", "switched off"],
)  # fmt: skip
def test_labels(tmp_path: Path, places: str, numbering: str, printed: str) -> None:
    assert labels(tmp_path, places, numbering) == printed


def test_after_the_fourth_letter_word_prints_no_d_with_stroke(tmp_path: Path) -> None:
    assert labels(tmp_path, "1:0 " * 6, kind(0, level(0, "lowerLetter", "%1)")) + number(1, 0)) == "a) b) c) d) e) f)"


def test_nothing_between_label_and_text(tmp_path: Path) -> None:
    glued = kind(0, level(0, "decimal", "Điều %1.", more='<w:suff w:val="nothing"/>')) + number(1, 0)
    assert said(tmp_path, item("Phạm vi", 1) + item(" Đối tượng", 1), glued) == ["Điều 1.Phạm vi", "Điều 2. Đối tượng"]


def test_numbers_by_style(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="D"><w:name w:val="Điều"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="K"><w:name w:val="Khoản"/><w:basedOn w:val="D"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="Khác"/><w:basedOn w:val="K"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="O"><w:name w:val="Không"/><w:basedOn w:val="K"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        kind(0, level(0, "decimal", "Điều %1.", more='<w:pStyle w:val="D"/>'), level(1, "decimal", "%2.", more='<w:pStyle w:val="K"/>'))
        + number(1, 0)
    )  # fmt: skip

    def styled(style: str, more: str = "") -> str:
        return p("x", f'<w:pStyle w:val="{style}"/>{more}')

    body = (
        styled("D")
        + styled("K")
        + styled("L")
        + styled("O")
        + styled("D")
        + styled("K", '<w:numPr><w:ilvl w:val="0"/></w:numPr>')
    )
    assert said(tmp_path, body, numbering, styles=styles) == [
        "Điều 1. x",
        "1. x",
        "2. x",
        "x",
        "Điều 2. x",
        "Điều 3. x",
    ]


def test_a_list_that_takes_its_levels_from_a_style(tmp_path: Path) -> None:
    styles = '<w:style w:type="numbering" w:styleId="S"><w:name w:val="S"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    linked = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="S"/></w:abstractNum>'
    numbering = kind(0, *LEVELS) + linked + number(1, 0) + number(2, 5)
    assert said(tmp_path, item("x", 2) + item("y", 2, 1), numbering, styles=styles) == ["I. x", "1. y"]


def test_a_column_of_numbers(tmp_path: Path) -> None:
    numbering = kind(0, level(0, "decimal", "%1")) + number(1, 0)
    assert said(tmp_path, table([item("", 1), "Sông"], [item("", 1), "Suối"]), numbering) == ["1 | Sông", "2 | Suối"]


def test_an_empty_item_prints_no_bullet(tmp_path: Path) -> None:
    numbering = kind(0, level(0, "bullet", "-")) + number(1, 0)
    assert said(tmp_path, item("", 1) + item("x", 1), numbering) == ["- x"]


def test_a_hidden_number(tmp_path: Path) -> None:
    hidden = level(0, "decimal", "%1.").replace("</w:lvl>", "<w:rPr><w:vanish/></w:rPr></w:lvl>")
    assert said(
        tmp_path, item("x", 1) + item("y", 1, 1), kind(0, hidden, level(1, "decimal", "%1.%2.")) + number(1, 0)
    ) == ["x", "1.1. y"]


def test_a_pattern_of_megabytes_is_cut(tmp_path: Path) -> None:
    assert len(said(tmp_path, item("x", 1), kind(0, level(0, "decimal", "%1" * 500_000)) + number(1, 0))[0]) < 300


def test_numbers_in_an_old_font(tmp_path: Path) -> None:
    old = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
    by_level = level(0, "decimal", "§iÒu %1.").replace("</w:lvl>", f"<w:rPr>{old}</w:rPr></w:lvl>")
    numbering = kind(0, by_level, level(1, "decimal", "Kho¶n %2.")) + number(1, 0)
    body = item("Phạm vi", 1) + item("x", 1, 1, more=f"<w:rPr>{old}</w:rPr>")
    assert said(tmp_path, body, numbering) == ["Điều 1. Phạm vi", "Khoản 1. x"]


def test_the_default_style_numbers_paragraphs_of_unknown_styles(tmp_path: Path) -> None:
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/>{numbered}</w:style>'
    numbering = kind(0, *LEVELS) + number(1, 0)
    assert said(tmp_path, p("x") + p("y", '<w:pStyle w:val="Z"/>'), numbering, styles=styles) == ["I. x", "II. y"]
