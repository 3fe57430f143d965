"""What a number format shows a number as, and where that is another figure than the cell holds."""

from datetime import date
from decimal import Decimal

import pytest
from msgspec.structs import replace
from small import form_of, money, snapshot_of

from workbook.entries.read import read
from workbook.figures.days import day_of, time_of
from workbook.figures.disguises import disguised
from workbook.figures.number_formats import Shows, misleads, number_format, part_for, shown_as


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", "12345.678"),
        ("G/通用格式", "12345.678"),
        ("0.00", "12345.68"),
        ("#,##0.00_);(#,##0.00)", "12345.68"),
        ("0.00;[红色]-0.00", "12345.68"),
        ("0.00%", "1234567.80%"),
        ('0.00"%"', "12345.68%"),
        (r"0.00\%", "12345.68%"),
        ("0.00_%", "12345.68"),
        ("0.0,", "12.3"),
        ('#,##0,,"百万"', "0百万"),
        ('0!.0000"万元"', "1.2346万元"),
        ('0!.0,"万"', "1.2万"),
        (r"0\.0000", "1.2346"),
        ('0.00"元"', "12345.68元"),
        ("0.0‰", "12345.7‰"),
    ],
)
def test_a_number_as_a_person_sees_it(code: str, shown: str) -> None:
    assert shown_as(Decimal("12345.678"), code) == shown


@pytest.mark.parametrize(
    ("code", "units"),
    [
        ("General", ""),
        ("0.00", ""),
        ('_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)', ""),
        ("¥#,##0.00", ""),
        ("0.00_%", ""),
        ('0.00"%"', "万元 元 人"),
        (r"0.00\%", "万元 元 人"),
        ('0.00"％"', "万元 元 人"),
        ('0.00"元"', "万元 人 %"),
        ('0.00"万元"', "元 人 %"),
        ('0.00" 人"', ""),
        ("0.00[$元]", "万元 人 %"),
        ("[$元-804]0.00", "万元 人 %"),
        ("0.00[$%]", "万元 元 人"),
        ("[$¥-804]#,##0.00", ""),
        ("0.0‰", "万元 元 人 %"),
        ("0%", "万元 元 人 % 无"),
        ("0.00%;-0.00%", "万元 元 人 % 无"),
        ("0.0,", "万元 元 人 % 无"),
        ('0!.0000"万元"', "万元 元 人 % 无"),
        (r"0\.0000", "万元 元 人 % 无"),
    ],
)
def test_where_it_is_another_figure(code: str, units: str) -> None:
    found = {unit for unit in ("万元", "元", "人", "%", "无") if misleads(code, unit.strip("无"))}
    assert found == set(units.split())


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("0.00", ("0.00",) * 3),
        ("0.00;0.00%", ("0.00", "0.00%", "0.00")),
        ('0.00;-0.00;"—";@', ("0.00", "-0.00", '"—"')),
        ('0.00";";0.0,', ('0.00";"', "0.0,", '0.00";"')),
        ("[>=10000]0.00,", ("General",) * 3),
        ("[>=5]0.00,;0.00", ("[>=5]0.00,", "0.00", "0.00")),
        ("[<0]0.00,;[=0]0;0.00", ("0.00", "[<0]0.00,", "[=0]0")),
        ("[红色][<-1]0.00;0.0", ("0.0", "[红色][<-1]0.00", "0.0")),
        ("[<=-.5E+1]0.0,;0.00", ("0.00", "[<=-.5E+1]0.0,", "0.00")),
    ],
)
def test_the_part_of_a_code_by_which_a_number_is_shown(code: str, parts: tuple[str, ...]) -> None:
    assert tuple(part_for(code, Decimal(number)) for number in (5, -5, 0)) == parts


@pytest.mark.parametrize(
    ("code", "value", "seen"),
    [
        ("[>=10000]0.00,", 171.74, None),
        ("[>=10000]0.00,", 17174, "17.17"),
        ("0.00;-0.00,", 171.74, None),
        ("0.00;-0.00,", -1717.4, "-1.72"),
        ("0.00;0.00", -5.5, "5.50"),
        ("0.00;0.00", 5.5, None),
        (";;;", 5.5, "空白"),
    ],
)
def test_a_figure_is_held_against_the_part_that_shows_it(
    code: str, value: float, seen: str | None
) -> None:
    form = form_of(money("甲", signed=True))
    snapshot = snapshot_of(form, {"甲": value})
    cell = snapshot.names["甲"]
    assert cell is not None
    names = {"甲": replace(cell, number_format=code)}
    _, found = read(replace(snapshot, names=names), form)
    assert [(one.code, one.expected) for one in found] == [("format-misleads", seen)] * bool(seen)


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        # as programs write negative figures, zeros and amounts
        ("General", (None, None, None)),
        ("", (None, None, None)),
        ("0.00;-0.00;;", (None, None, None)),
        ('0.00;-0.00;"-"', (None, None, None)),
        ("#,##0.00;[Red]#,##0.00", (None, None, None)),
        ("0.00;[色3]0.00", (None, None, None)),
        ("0.00_);(0.00)", (None, None, None)),
        ('0.00;"△"0.00', (None, None, None)),
        ('_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', (None, None, None)),
        ('"(万元)"0.00', (None, None, None)),
        ('0.00"m2"', (None, None, None)),
        ("[DBNum2][$-804]G/通用格式", (None, None, None)),
        ("# ?/?", (None, None, None)),
        # another figure
        ("0.00;0.00", (None, "5.50", None)),
        ("[$-804]0.00;[$-804]0.00", (None, "5.50", None)),
        ("General;General", (None, "5.5", None)),
        ("-0.00", ("-5.5", None, None)),
        ("(0.00)", ("-5.5", None, None)),
        (";;;", ("空白", "空白", None)),
        ("0.00;;", (None, "空白", None)),
        ('"无"', ("无", "无", None)),
        ('[>5]"很多";0.00', ("很多", None, None)),
        ('0"00"', ("600", "-600", "000")),
    ],
)
def test_a_number_that_is_hidden_or_seen_with_another_sign(
    code: str, seen: tuple[str | None, ...]
) -> None:
    assert tuple(disguised(code, Decimal(number)) for number in ("5.5", "-5.5", "0")) == seen


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("yyyy-mm-dd", Shows.DAY),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', Shows.DAY),
        ("mmm-yy", Shows.DAY),
        ("aaaa", Shows.DAY),
        ("h:mm", Shows.TIME),
        ("[h]:mm:ss", Shows.ELAPSED),
        ("mm:ss.0", Shows.TIME),
        ('上午/下午h"时"mm"分"', Shows.TIME),
        ("@", Shows.TEXT),
        ("0.00E+00", Shows.NUMBER),
        ("# ?/?", Shows.NUMBER),
        ("[红色]0.00", Shows.NUMBER),
        ("[$USD] #,##0", Shows.NUMBER),
    ],
)
def test_days_and_times_are_no_figures(code: str, shows: Shows) -> None:
    assert number_format(code).shows is shows


@pytest.mark.parametrize(
    ("serial", "day", "time", "elapsed"),
    [
        (45000, date(2023, 3, 15), "0:00:00", "1080000:00:00"),
        (45000.5, date(2023, 3, 15), "12:00:00", "1080012:00:00"),
        (44999.999999, date(2023, 3, 15), "0:00:00", "1080000:00:00"),
        (1.5, date(1900, 1, 1), "12:00:00", "36:00:00"),
        (59, date(1900, 2, 28), "0:00:00", "1416:00:00"),
        (60, None, "0:00:00", "1440:00:00"),
        (61, date(1900, 3, 1), "0:00:00", "1464:00:00"),
        (0.25, None, "6:00:00", "6:00:00"),
        (2958465, date(9999, 12, 31), "0:00:00", "71003160:00:00"),
        (2958466, None, None, None),
        (-1, None, None, None),
        (float("nan"), None, None, None),
    ],
)
def test_days_and_times_as_programs_show_them(
    serial: float, day: date | None, time: str | None, elapsed: str | None
) -> None:
    assert day_of(serial) == day
    assert time_of(serial, is_elapsed=False) == time
    assert time_of(serial, is_elapsed=True) == elapsed


def test_a_book_that_counts_from_1904_has_its_first_day_there() -> None:
    assert [day_of(n, from_1904=True) for n in (0, 43538, 2957003, 2957004)] == [
        date(1904, 1, 1), date(2023, 3, 15), date(9999, 12, 31), None,
    ]  # fmt: skip
