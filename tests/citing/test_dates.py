"""Dates read and written."""

import pytest

from policy_qa.citing.dates import dates, long_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("14/9/2022", ["2022-09-14"]),
        ("14.9.2022", ["2022-09-14"]),
        ("14-9-2022", ["2022-09-14"]),
        ("14/09/2022.", ["2022-09-14"]),
        ("ngày 14 tháng 9 năm 2022", ["2022-09-14"]),
        ("ngay 05 thang 03 nam 2020", ["2020-03-05"]),
        ("2022-09-14", ["2022-09-14"]),
        ("September 14, 2022", ["2022-09-14"]),
        ("14 Sep 2022", ["2022-09-14"]),
        ("từ 01/01/2023 đến 31/12/2028", ["2023-01-01", "2028-12-31"]),
        ("31/2/2022", []),
        ("14/13/2022", []),
        ("2023-2028", []),
        ("năm 2022", []),
        ("1.000.000", []),
        ("57/2015/2016", []),
    ],
)
def test_reads(text, iso):
    assert [date for _, date in dates(text)] == iso


def test_spans_cover_the_date():
    text = "ký ngày 14 tháng 9 năm 2022 tại Hà Nội"
    ((span, _),) = dates(text)
    assert span.of(text) == "14 tháng 9 năm 2022"


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2022-09-14", "ngày 14 tháng 9 năm 2022"),
        ("2020-03-05", "ngày 05 tháng 3 năm 2020"),
        ("2018-02-06", "ngày 06 tháng 02 năm 2018"),
        ("2021-01-10", "ngày 10 tháng 01 năm 2021"),
        ("2021-12", "tháng 12 năm 2021"),
        ("2021", "năm 2021"),
    ],
)
def test_writes_with_leading_zeros_where_prescribed(iso, words):
    assert long_date(iso) == words
