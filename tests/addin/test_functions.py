"""Functions for cells, called as Excel calls them: through xlwings' UDF server, on COM's ranges."""

from datetime import datetime
from decimal import Decimal

import pytest
from udf_server import LAST_ROW, NOT_GIVEN, Range, Sheet, UdfServer

NA, DIV0, REF, VALUE, NAME, NUM, NULL = (
    -2146826246, -2146826281, -2146826265, -2146826273, -2146826259, -2146826252, -2146826288,
)  # fmt: skip
SPILL, CALC, UNLISTED = -2146826243, -2146826238, -2146826100
ERRORS = [
    (NA, "#N/A"), (DIV0, "#DIV/0!"), (REF, "#REF!"), (VALUE, "#VALUE!"), (NAME, "#NAME?"),
    (NUM, "#NUM!"), (NULL, "#NULL!"), (SPILL, "#SPILL!"), (CALC, "#CALC!"),
    (UNLISTED, "#2188"), ("#N/A", "#N/A"), ("#BUSY!", "#BUSY!"),
]  # fmt: skip


@pytest.fixture(scope="module")
def excel():
    server = UdfServer()
    yield server
    server.close()


def column(*values, top=1, left=2):
    sheet = Sheet({(top + i, left): v for i, v in enumerate(values) if v is not None})
    return Range(sheet, (top, left, top + len(values) - 1, left))


@pytest.mark.parametrize(("code", "name"), ERRORS)
def test_an_error_cell_is_named_in_every_argument_of_every_function(excel, code, name):
    parts = column(1.0, 2.0, code)
    one = column(code, top=7)
    assert [
        excel.call("GJ_TIES", 3.0, parts, NOT_GIVEN),
        excel.call("GJ_TIES", one, column(1.0, 2.0), NOT_GIVEN),
        excel.call("GJ_TIES", code, column(1.0, 2.0), NOT_GIVEN),
        excel.call("GJ_TIES", 3.0, column(1.0, 2.0), code),
        excel.call("GJ_TIES", 3.0, (1.0, code), NOT_GIVEN),
        excel.call("GJ_TIES", 3.0, ((1.0, 2.0), (None, code)), NOT_GIVEN),
        excel.call("GJ_RATE", one, 3.0),
        excel.call("GJ_RATE", 3.0, code),
        excel.call("GJ_UPPER", one),
        excel.call("GJ_UPPER", code),
        excel.call("GJ_RULE", code, None, 1.0),
        excel.call("GJ_RULE", one, None, 1.0),
    ] == [
        f"B3是错误值 {name},请先改正",
        f"B7是错误值 {name},请先改正",
        f"合计是错误值 {name},请先改正",
        f"允许的差额是错误值 {name},请先改正",
        f"组成数第2项是错误值 {name},请先改正",
        f"第2行第2列是错误值 {name},请先改正",
        f"B7是错误值 {name},请先改正",
        f"总数是错误值 {name},请先改正",
        f"B7是错误值 {name},请先改正",
        f"金额是错误值 {name},请先改正",
        f"规则的名称是错误值 {name},请先改正",
        f"规则的名称是错误值 {name},请先改正",
    ]


def test_a_figure_that_equals_the_number_of_an_error_is_a_figure(excel):
    assert excel.call("GJ_TIES", float(NA), column(float(NA)), NOT_GIVEN) == "相符"


def test_what_excel_hands_over_is_read_as_it_stands(excel):
    assert excel.call("GJ_TIES", 195.49, column(171.74, "", " 23.75 ", None), NOT_GIVEN) == "相符"
    assert excel.call("GJ_TIES", 3.0, column(1.0, datetime(2024, 1, 31)), NOT_GIVEN) == (
        "B2「2024-01-31 00:00:00」是日期或时间,不是数字"
    )
    assert excel.call("GJ_TIES", 3.0, column(1.0, True), NOT_GIVEN) == "B2「TRUE」是逻辑值,不是数字"
    assert excel.call("GJ_RATE", 1.0, 3.0) == pytest.approx(1 / 3)
    assert excel.call("GJ_UPPER", column("1,409.50")) == "壹仟肆佰零玖元伍角"


def test_an_amount_formatted_as_currency_keeps_all_its_decimals(excel):
    """`Range.Value` cuts it to four."""
    sheet = Sheet({(1, 1): Decimal("1.2346"), (2, 1): 1.0}, doubles={(1, 1): 1.23456})
    assert excel.call("GJ_TIES", 2.23456, Range(sheet, (1, 1, 2, 1)), NOT_GIVEN) == "相符"


def test_a_whole_column_brings_its_used_part_alone(excel):
    sheet = Sheet({(1, 1): 5.0, (3, 2): 2.0, (9, 2): 3.0, (20, 3): 9.0})
    whole = Range(sheet, (1, 2, LAST_ROW, 2))
    said, calls = excel.called("GJ_TIES", Range(sheet, (1, 1, 1, 1)), whole, NOT_GIVEN)
    assert (said, calls) == ("相符", ["Value", "UsedRange", "Intersect", "Value"])


def test_every_area_of_a_union_counts(excel):
    sheet = Sheet({(1, 2): 1.0, (2, 2): 2.0, (1, 4): 3.0, (2, 4): NA})
    first, third = (Range(sheet, (1, c, LAST_ROW, c)) for c in (2, 4))
    union = Range(sheet, first.corners, (third,))
    assert excel.call("GJ_TIES", 6.0, union, NOT_GIVEN) == "D2是错误值 #N/A,请先改正"
    sheet.cells[2, 4] = 4.0
    assert excel.call("GJ_TIES", 10.0, union, NOT_GIVEN) == "相符"


def test_a_column_outside_the_used_range_is_blank(excel):
    far = Range(Sheet({(1, 1): 5.0}), (1, 9, LAST_ROW, 9))
    assert excel.call("GJ_TIES", 3.0, far, NOT_GIVEN) == "组成数未填"
    assert excel.call("GJ_TIES", far, far, far) == "未填"


def test_a_rule_is_asked_for_by_its_name_from_a_cell(excel):
    hint = '请写规则的名称,如 =GJ_RULE("基本支出构成")'
    assert [excel.call("GJ_RULE", one, None, 1.0) for one in (None, " ", 3.0, True)] == [hint] * 4
    assert excel.call("GJ_RULE", column("甲", "乙"), None, 1.0) == hint


def test_in_a_book_in_english_all_of_it_is_said_in_english(excel):
    english = "en"
    assert [
        excel.call("GJ_TIES", 195.94, column(171.74, 23.75), NOT_GIVEN, english),
        excel.call("GJ_TIES", 195.5, column(171.74, 23.75), NOT_GIVEN, english),
        excel.call("GJ_TIES", 195.49, column(171.74, 23.75), NOT_GIVEN, english),
        excel.call("GJ_TIES", None, column(None), NOT_GIVEN, english),
        excel.call("GJ_TIES", 3.0, (1.0, NA), NOT_GIVEN, english),
        excel.call("GJ_TIES", 3.0, column("about 3"), NOT_GIVEN, english),
        excel.call("GJ_RATE", 5.0, 0.0, english),
        excel.call("GJ_RATE", column(True), 5.0, english),
        excel.call("GJ_UPPER", "about 3", english),
        excel.call("GJ_RULE", None, None, 1.0, english),
        excel.call("GJ_FINDINGS", None, 1.0, english),
    ] == [
        "Fails by 0.45",
        "Rounding 0.01",
        "Ties",
        "Blank",
        "Parts, number 2, is the error #N/A; mend it first",
        "B1 “about 3” is no figure",
        "No rate, the base being 0",
        "B1 “TRUE” is a truth value, no figure",
        "The amount “about 3” is no figure",
        'Name a rule, like =GJ_RULE("Staff_costs")',
        "Nothing came of it. Press F9; if it stays so, press Diagnose and send the log to whoever "
        "looks after the program",
    ]


@pytest.mark.parametrize("name", ["GJ_TIES", "GJ_RATE", "GJ_UPPER", "GJ_RULE", "GJ_FINDINGS"])
def test_excel_is_given_whatever_a_function_answers(excel, name):
    """xlwings takes the annotation of a result for a converter, and knows none for a union."""
    rows = [["发现 1 处错误。", ""], ["级别", "位置"]]
    assert [excel.written(name, one) for one in ("相符", 0.25, rows)] == [
        [["相符"]],
        [[0.25]],
        rows,
    ]


def test_a_failure_of_the_program_is_a_sentence_and_a_line_in_the_log(excel):
    """Here the book behind the cell cannot be read at all."""
    for call in (("GJ_RULE", "基本支出构成", None, 1.0), ("GJ_FINDINGS", None, 1.0)):
        assert excel.call(*call) == (
            "没有算出来。请按 F9 再算一次;还是这样,请点“诊断”,把记录文件发给维护人员"
        )
