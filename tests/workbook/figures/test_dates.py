"""What a date typed as text is taken for."""

from datetime import date

import pytest

from workbook.figures.dates import parse_date

IDES = date(2023, 3, 15)


@pytest.mark.parametrize(
    "text",
    [
        "2023.3.15",
        "2023/3/15",
        "2023-3-15",
        "2023-03-15",
        "2023。3。15",
        "20230315",
        "２０２３．３．１５",
        "2023年3月15日",
        "2023 年 3 月 15 日",
        "2023年3月15",
        "2023年3月15号",
        "二〇二三年三月十五日",
        "二○二三年三月十五日",
        "2023年三月十五日",
        " 2023.3.15\u200b",
    ],
)
def test_one_day_however_it_is_written(text):
    assert parse_date(text) == IDES


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年十月十日", date(2023, 10, 10)),
        ("2023年12月二十日", date(2023, 12, 20)),
        ("2023年12月三十一日", date(2023, 12, 31)),
        ("2024.2.29", date(2024, 2, 29)),
    ],
)
def test_tens_and_leap_days(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3.15",
        "2023.3",
        "2023年3月",
        "15/3/2023",
        "3/15/2023",
        "23.3.15",
        "2023.3-15",
        "2023.2.29",
        "2023.13.1",
        "2023.0.1",
        "2023.3.15前后",
        "约2023年3月15日",
        "2023.3.15 10:30",
        "202303151",
        "2023年百月一日",
    ],
)
def test_what_names_no_day_or_might_name_another(text):
    assert parse_date(text) is None
