"""What is taken from Tesseract's hOCR, and that it survives being kept."""

import json

import pytest
from scanned import line_of, page_of

from policy_qa.reading.scans.hocr import Sheet, parse_hocr

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
    '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><body>'
)
PAGE = """<div class='ocr_page' title='image "unknown"; bbox 0 0 1000 1400; ppageno 0'>
<span class='ocr_line' title="bbox 100 100 400 140; baseline 0.01 -8; x_size 40; x_descenders 8; x_ascenders 10">
 <span class='ocrx_word' title='bbox 100 100 200 140; x_wconf 91'>
  <span class='ocrx_cinfo' title='x_bboxes 100 110 120 133; x_conf 99'>l</span>
  <span class='ocrx_cinfo' title='x_bboxes 121 105 150 133; x_conf 99'>ễ</span>
  <span class='ocrx_cinfo' title='x_bboxes 151 100 160 118; x_conf 50'>7</span>
 </span>
 <span class='ocrx_word' title='bbox 220 100 300 140; x_wconf 40'><span class='ocrx_cinfo'
  title='x_bboxes 220 105 300 133; x_conf 99'>&lt;b&gt;</span></span>
</span>
<span class='ocr_line' title="bbox 900 100 940 700; baseline -4.6e+03 1345.5; x_size 32; x_descenders 7; x_ascenders 9">
 <span class='ocrx_word' title='bbox 900 100 940 700; x_wconf 90'>dọc</span></span>
<span class='ocr_line' title="bbox 700 796 712 813; textangle 90; x_size 16; x_descenders 4; x_ascenders 4">
 <span class='ocrx_word' title='bbox 700 796 712 813; x_wconf 10'>x</span></span>
<div class='ocr_separator' title="bbox 100 900 400 904"></div>
</div></body></html>"""


def test_words_lines_and_rules() -> None:
    sheet = parse_hocr((HEAD + PAGE).encode())
    assert (sheet.width, sheet.height, sheet.rules) == (1000, 1400, ((100, 900, 400, 904),))
    line = sheet.lines[0]
    assert [(word.text, word.confidence, word.box) for word in line.words] == [
        ("lễ7", 0.91, (100, 100, 200, 140)),
        ("<b>", 0.4, (220, 100, 300, 140)),
    ]
    assert line.words[0].raised == (2,)
    assert (line.size, line.slope, line.base) == (40, 0.01, 131)
    assert [line.is_level for line in sheet.lines] == [True, False, False]
    assert not sheet.lies_on_its_side


def test_a_quotation_mark_is_not_a_raised_figure() -> None:
    low = PAGE.replace("151 100 160 118", "151 100 160 108")
    assert parse_hocr((HEAD + low).encode()).words[0].raised == ()


@pytest.mark.parametrize("text", [b"", b"<html></html>", b"\x00\x01", (HEAD + "<div class='ocr_page'/>").encode()])
def test_what_is_no_hocr(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"no hOCR|edges"):
        parse_hocr(text)


def test_a_sheet_survives_being_kept() -> None:
    sheet = parse_hocr((HEAD + PAGE).encode())
    assert Sheet.from_json(json.loads(json.dumps(sheet.to_json()))) == sheet


@pytest.mark.parametrize(
    "plain", [[], {}, {"size": [1], "lines": [], "rules": []}, {"size": [1, 2], "lines": [[1, 2]], "rules": []},
              {"size": [1, 2], "lines": [[1, 2, 3, [[4, 0.5, 1, 2, 3, 4]]]], "rules": []}]
)  # fmt: skip
def test_a_damaged_one_is_not_taken(plain: object) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        Sheet.from_json(plain)  # type: ignore[arg-type]


FRAME = ((90, 500, 410, 506), (405, 500, 411, 640), (92, 634, 410, 640))


def test_a_frame_filled_in_by_hand_is_a_stamp() -> None:
    assert page_of(line_of("r6Sn@0.2 5@0.4", 120, 580), rules=FRAME).stamps == [(90, 500, 411, 640)]
    assert page_of(line_of("ĐẾN Ngày", 120, 580), rules=FRAME).stamps == [(90, 500, 411, 640)]


def test_other_frames_are_none() -> None:
    form = line_of("Mẫu số 01", 120, 580)
    assert page_of(form, rules=FRAME).stamps == []
    lower = tuple((a, b + 900, c, d + 900) for a, b, c, d in FRAME)
    assert page_of(line_of("r6Sn@0.2", 120, 1480), rules=lower).stamps == []
    wide = ((90, 500, 1300, 506), (1295, 500, 1301, 640))
    assert page_of(line_of("r6Sn@0.2", 120, 580), rules=wide).stamps == []
    assert page_of(line_of("r6Sn@0.2", 120, 580), rules=FRAME[:1]).stamps == []


def test_confidence_weighs_by_length() -> None:
    assert page_of(line_of("dài@0.9 ngắnngắn@0.3", 100, 100)).confidence == pytest.approx((3 * 0.9 + 8 * 0.3) / 11)
    assert page_of().confidence == 0
