"""Blocks of fixed rows and columns, whose cells are fields called 行_列."""

from decimal import Decimal

import pytest
from msgspec.structs import replace
from openpyxl import Workbook
from small import check_of, form_of, lines, money, rule, rules_of

from workbook.form.faults.form import form_faults
from workbook.form.field import Field
from workbook.form.grid import Grid, GridCell, GridRow
from workbook.form.model import Form
from workbook.form.sample import Sample
from workbook.making.build import build_workbook
from workbook.rules.model import RuleSet

LAST, THIS = money("上年", prior="本年"), money("本年")
CHANGE = Field(
    key="增减",
    type="number",
    unit="%",
    decimals=1,
    compute="(本行.本年 - 本行.上年) / 本行.上年 * 100",
)
ROWS = (
    GridRow(key="三公", label="三公经费", compute="total(出国.本列, 用车.本列)"),
    GridRow(key="出国", indent=1),
    GridRow(
        key="用车",
        indent=1,
        required=False,
        cells={"本年": GridCell(empty="zero", help="没有不填"), "上年": GridCell(empty="zero")},
    ),
    GridRow(key="批次", unit="批", only=("本年",), required=False),
)


def grid(*rows: GridRow, columns: tuple[Field, ...] = (LAST, THIS, CHANGE)) -> Grid:
    return Grid(title="三公经费", column=columns, row=rows or ROWS, help="合计不用填")


FORM = form_of(tables=[grid()])


def test_the_cell_of_a_row_and_a_column_is_a_field_of_both() -> None:
    assert {key: (f.name, f.unit, f.compute) for key, f in FORM.fields.items()} == {
        "三公_上年": ("三公经费上年", "万元", "total(出国_上年, 用车_上年)"),
        "三公_本年": ("三公经费本年", "万元", "total(出国_本年, 用车_本年)"),
        "三公_增减": ("三公经费增减", "%", "total(出国_增减, 用车_增减)"),
        "出国_上年": ("出国上年", "万元", ""),
        "出国_本年": ("出国本年", "万元", ""),
        "出国_增减": ("出国增减", "%", "(出国_本年 - 出国_上年) / 出国_上年 * 100"),
        "用车_上年": ("用车上年", "万元", ""),
        "用车_本年": ("用车本年", "万元", ""),
        "用车_增减": ("用车增减", "%", "(用车_本年 - 用车_上年) / 用车_上年 * 100"),
        "批次_本年": ("批次本年", "批", ""),
    }
    assert [key for key, field in FORM.fields.items() if field.prior] == [
        "三公_上年",
        "出国_上年",
        "用车_上年",
    ]
    assert FORM.fields["出国_上年"].prior == "出国_本年"
    fields = FORM.fields
    assert [(f.required, f.empty, f.help) for f in (fields["出国_本年"], fields["用车_本年"])] == [
        (True, "skip", ""),
        (False, "zero", "没有不填"),
    ]


def test_a_cell_of_its_own_goes_before_its_row_and_its_row_before_its_column() -> None:
    row = GridRow(key="丙", compute="0", cells={"增减": GridCell(compute="丙.本列 / 本行.本年")})
    typed = GridRow(key="丁", compute="0", cells={"本年": GridCell(compute="")})
    fields = form_of(tables=[grid(row, typed)]).fields
    assert [fields[key].compute for key in ("丙_上年", "丙_增减", "丁_本年", "丁_增减")] == [
        "0",
        "丙_增减 / 丙_本年",
        "",
        "0",
    ]


def test_a_grid_is_filled_summed_and_checked_like_any_fields() -> None:
    checked = check_of(
        FORM, [rule("不增", "三公_本年 <= 三公_上年")], 出国_上年=2, 出国_本年=3, 用车_上年=0.5
    )
    values = {key: entry.value for key, entry in checked.values.fields.items()}
    assert [values[key] for key in ("三公_上年", "三公_本年", "出国_增减")] == [
        Decimal("2.50"),
        Decimal("3.00"),
        Decimal("50.0"),
    ]
    assert lines(checked) == ["表!D6 三公经费本年:3.00 > 三公经费上年 2.50,差 0.50。请核对这两个数"]


@pytest.mark.parametrize(
    ("made", "faults"),
    [
        (
            grid(GridRow(key="甲", only=("本年", "去年"))),
            ["「三公经费」的行「甲」写了没有的列「去年」"],
        ),
        (
            grid(GridRow(key="甲", cells={"去年": GridCell()})),
            ["「三公经费」的行「甲」写了没有的列「去年」"],
        ),
        (grid(GridRow(key="甲", only=("上年",))), ["「甲_上年」:表单里没有 prior 写的「甲_本年」"]),
        (
            grid(GridRow(key="甲"), GridRow(key="甲"), columns=(THIS,)),
            ["「甲_本年」重复:字段和表的 key 在整张表单里只能出现一次"],
        ),
    ],
)
def test_what_does_not_fit_in_a_grid_is_a_fault(made: Grid, faults: list[str]) -> None:
    assert form_faults(form_of(tables=[made])) == faults


# how it looks


def built(form: Form, rules: RuleSet, **sample: Decimal) -> Workbook:
    return build_workbook(form, rules, Sample(sample, {}))


def test_a_grid_stands_under_its_heading_with_its_units_and_the_mark_of_required_rows() -> None:
    sheet = built(FORM, rules_of(FORM), 出国_本年=Decimal(3))["表"]
    words = [[sheet.cell(row, column).value for column in range(2, 6)] for row in (3, 4, 5)]
    assert words == [
        ["三公经费", None, None, None],
        ["合计不用填", "单位：万元", "单位：万元", "单位：%"],
        ["项目", "上年", "本年", "增减"],
    ]
    assert [sheet.cell(row, 2).value for row in range(6, 10)] == [
        "三公经费",
        "　出国 *",
        "　用车",
        "批次(批)",
    ]
    assert sheet["D7"].value == Decimal(3)
    assert sheet.freeze_panes == "C6"


def test_only_the_cells_that_are_typed_into_are_open_and_yellow() -> None:
    book = built(FORM, rules_of(FORM))
    sheet = book["表"]
    assert sheet.protection.sheet
    cells = [sheet.cell(row, column) for row in range(6, 10) for column in range(3, 6)]
    unlocked = [cell.coordinate for cell in cells if not cell.protection.locked]
    yellow = [cell.coordinate for cell in cells if cell.fill.fgColor.rgb == "FFFFF8DC"]
    assert unlocked == yellow == ["C7", "D7", "C8", "D8", "D9"]
    assert {str(one.sqref) for one in sheet.data_validations.dataValidation} == set(unlocked)
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == [
        "C6",
        "D6",
        "E6",
        "E7",
        "E8",
    ]
    assert book.defined_names["用车_增减"].attr_text == "'表'!$E$8"


def test_a_formula_may_say_this_row_and_this_column_in_english():
    change = "(this_row.本年 - this_row.上年) / this_row.上年 * 100"
    english = (
        GridRow(key="三公", label="三公经费", compute="total(出国.this_column, 用车.this_column)"),
    )
    columns = (LAST, THIS, replace(CHANGE, compute=change))
    made = grid(*english, *ROWS[1:], columns=columns)
    assert [field.formula for _, _, field in made.cells] == [
        field.formula for _, _, field in grid().cells
    ]


def test_only_names_of_cells_have_what_is_to_stand_between_row_and_column():
    parted = replace(grid(), between=" / ")
    assert [field.name for _, _, field in parted.cells][:2] == [
        "三公经费 / 上年",
        "三公经费 / 本年",
    ]
    assert [field.key for _, _, field in parted.cells] == [
        field.key for _, _, field in grid().cells
    ]
