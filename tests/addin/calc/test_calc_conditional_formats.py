"""Conditional formats."""

from collections.abc import Iterable
from pathlib import Path
from typing import cast

import pytest
import xlwings as xw
from loaded import load_workbook
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

RED, GREEN, BLUE = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def kinds(block: xw.Range) -> list[str]:
    return [
        rule.type for rule in cast("Iterable[xw.main.ConditionalFormat]", block.conditional_formats)
    ]


def test_a_comparison_is_made_and_changed(sheet: xw.Sheet) -> None:
    block = sheet["B2:B9"]
    rule = block.conditional_formats.add_cell_value(
        "not_between", 5, "=SUM($A$1,1)", fill_color=RED, font_bold=True, stop_if_true=True
    )
    assert (rule.type, rule.operator, rule.formula1, rule.formula2, rule.formula) == (
        "cell_value", "not_between", "=5", "=SUM($A$1,1)", None,
    )  # fmt: skip
    assert (rule.fill_color, rule.font_color, rule.font_bold, rule.font_italic) == (
        RED, None, True, None,
    )  # fmt: skip
    rule.set(operator="less_than", formula1=-1, font_color=BLUE, font_italic=True, font_bold=False)
    rule.set(stop_if_true=False)
    assert (rule.operator, rule.formula1, rule.formula2, rule.stop_if_true) == (
        "less_than", "=-1", None, False,
    )  # fmt: skip
    assert (rule.fill_color, rule.font_color, rule.font_bold, rule.font_italic) == (
        RED, BLUE, False, True,
    )  # fmt: skip
    assert (rule.colors, rule.bar_color, rule.icon_set, rule.thresholds) == (None,) * 4


def test_a_formula_is_written_for_the_first_cell(sheet: xw.Sheet, tmp_path: Path) -> None:
    rule = sheet["B2:B9"].conditional_formats.add_custom('=AND(B2>$A$1,C3="a,b")', fill_color=RED)
    assert (rule.type, rule.formula, rule.operator) == ("custom", '=AND(B2>$A$1,C3="a,b")', None)
    rule.set(formula="=B2>10")
    sheet.book.save(tmp_path / "a.xlsx")
    saved = load_workbook(tmp_path / "a.xlsx").active.conditional_formatting
    assert [(str(one.sqref), [rule.formula for rule in one.rules]) for one in saved] == [
        ("B2:B9", [["B2>10"]])
    ]


def test_colours_bars_and_icons_grade_values(sheet: xw.Sheet) -> None:
    sheet["A1:A3"].value = [[1], [2], [3]]
    formats = sheet["A1:A3"].conditional_formats
    two = formats.add_color_scale([RED, GREEN])
    three = formats.add_color_scale(
        [RED, BLUE, GREEN], thresholds=[10, 50, 90], threshold_type="percent"
    )
    bar = formats.add_data_bar(BLUE, minimum=-1.5, gradient=False)
    icons = formats.add_icon_set("4_rating", thresholds=[1, 2, 3], show_value=False)
    assert (two.colors, two.threshold_types, two.thresholds, two.stop_if_true) == (
        (RED, GREEN), ("lowest_value", "highest_value"), (None, None), None,
    )  # fmt: skip
    assert (three.colors, three.threshold_types, three.thresholds) == (
        (RED, BLUE, GREEN), ("percent",) * 3, (10, 50, 90),
    )  # fmt: skip
    assert (bar.bar_color, bar.gradient, bar.show_value, bar.threshold_types, bar.thresholds) == (
        BLUE, False, True, ("number", "automatic"), (-1.5, None),
    )  # fmt: skip
    assert (icons.icon_set, icons.show_value, icons.reverse_order, icons.thresholds) == (
        "4_rating", False, False, (1, 2, 3),
    )  # fmt: skip
    assert kinds(sheet["A3"]) == ["icon_set", "data_bar", "color_scale", "color_scale"]
    assert (sheet.used_range.address, len(sheet.book.sheets)) == ("$A$1:$A$3", 1)


@pytest.mark.parametrize(
    "word", ["3_arrows", "3_symbols_2", "4_arrows_gray", "5_arrows_gray", "5_quarters"]
)
def test_icons_are_told_apart(sheet: xw.Sheet, word: str) -> None:
    assert sheet["A1:A9"].conditional_formats.add_icon_set(word).icon_set == word


def test_the_newest_condition_is_tried_first(sheet: xw.Sheet, tmp_path: Path) -> None:
    block = sheet["B2:B9"]
    for number, colour in ((1, RED), (2, GREEN), (3, BLUE)):
        block.conditional_formats.add_cell_value("greater_than", number, fill_color=colour)
    assert [(rule.formula1, rule.fill_color) for rule in block.conditional_formats] == [
        ("=3", BLUE), ("=2", GREEN), ("=1", RED),
    ]  # fmt: skip
    block.conditional_formats[1].delete()
    sheet.book.save(tmp_path / "a.xlsx")
    saved = load_workbook(tmp_path / "a.xlsx").active.conditional_formatting
    rules = sorted((rule for one in saved for rule in one.rules), key=lambda rule: rule.priority)
    assert [rule.formula for rule in rules] == [["3"], ["1"]]


def test_clearing_leaves_the_rules_of_other_cells(sheet: xw.Sheet) -> None:
    formats = sheet["B2:D9"].conditional_formats
    formats.add_cell_value("less_than", 10)
    formats.add_data_bar(RED)
    sheet["C3:C4"].conditional_formats.clear()
    assert [kinds(sheet[cell]) for cell in ("C3", "C5", "B3", "E5")] == [
        [], ["data_bar", "cell_value"], ["data_bar", "cell_value"], [],
    ]  # fmt: skip
    formats.clear()
    assert (len(formats), kinds(sheet["B2:D9"])) == (0, [])


def test_rules_of_a_file_are_read_and_taken_out_one_by_one(app: xw.App, tmp_path: Path) -> None:
    book = Workbook()
    fill = PatternFill(bgColor="FF0000")
    for rule in (CellIsRule("equal", ["1"], fill=fill), FormulaRule(["A1>2"], fill=fill)):
        book.active.conditional_formatting.add("A1:A5", rule)
    book.save(tmp_path / "a.xlsx")
    opened = app.books.open(tmp_path / "a.xlsx")
    cell = opened.sheets[0]["A1:A5"]
    rules = cell.conditional_formats
    assert [(rule.formula1 or rule.formula, rule.fill_color) for rule in rules] == [
        ("=1", RED), ("=A1>2", RED),
    ]  # fmt: skip
    cell.conditional_formats[0].delete()
    assert kinds(cell) == ["custom"]
    opened.close()


def test_calc_draws_the_rules_of_a_cell_without_opening_the_file_again(sheet: xw.Sheet) -> None:
    """The cells themselves must know of their rules: the list of formats alone draws nothing."""
    cell = sheet["B2"]
    for text, colour in (("甲", RED), ("乙", GREEN), ("丙", BLUE)):
        cell.conditional_formats.add_custom(f'=AND($B$2<>"",B2="{text}")', fill_color=colour)
    of_cell = cell.api.ConditionalFormat
    styles = sheet.book.impl.document.StyleFamilies.getByName("CellStyles")
    drawn = [of_cell.getByIndex(n) for n in range(of_cell.getCount())]
    assert [one.getFormula1() for one in drawn] == [
        f'AND($B$2<>"";B2="{text}")' for text in ("丙", "乙", "甲")
    ]
    colours = [styles.getByName(one.getStyleName()).CellBackColor for one in drawn]
    assert colours == [0x0000FF, 0x00FF00, 0xFF0000]
    assert [rule.fill_color for rule in cell.conditional_formats] == [BLUE, GREEN, RED]


def test_a_rule_is_made_while_sheets_are_locked_and_they_stay_locked(sheet: xw.Sheet) -> None:
    """Calc itself changes no style in a book with a locked sheet; Excel does."""
    other = sheet.book.sheets.add("锁住")
    sheet["A1"].conditional_formats.add_custom("=TRUE", fill_color=GREEN)
    other.api.protect("")
    sheet["B2"].conditional_formats.add_custom("=TRUE", fill_color=RED)
    assert [rule.fill_color for rule in sheet["B2"].conditional_formats] == [RED]
    assert other.api.isProtected()
    other.api.unprotect("")
    other.api.protect("不告诉你")
    sheet["B3"].conditional_formats.add_custom("=TRUE", fill_color=GREEN)
    assert [rule.fill_color for rule in sheet["B3"].conditional_formats] == [GREEN]
    with pytest.raises(NotImplementedError, match="password"):
        sheet["B4"].conditional_formats.add_custom("=TRUE", fill_color=BLUE)
