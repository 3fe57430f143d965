"""Tables whose rows the form gives: found by their names, locked where nothing is typed."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from loaded import load_workbook
from openpyxl import Workbook
from small import check_of, details, form_of, lines, money, rule, rules_of, text

from workbook.checking.data_files import KindError
from workbook.checking.kinds import load_kind
from workbook.form.faults.form import form_faults
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.form.sample import Sample, SampleFile, prepare_sample, with_room
from workbook.form.table import GivenRow, QuoteAs, Table
from workbook.making.build import as_bytes, build_workbook
from workbook.rules.model import RuleFile, RuleSet
from workbook.rules.prepare import prepare_rules

POINTS = Field(key="分值", type="integer")
DONE = money("实际", required=False)
SCORE = money("得分", compute="分值 * 实际")
ROWS = (
    GivenRow(given={"名": "完成率", "分值": 20}),
    GivenRow(given={"名": "及时率", "分值": 30, "实际": Decimal("0.5")}),
    GivenRow(
        given={"名": "满意度"}, compute={"分值": "50", "得分": "分值 if 实际 > 0.8 else none"}
    ),
)


def given(*rows: GivenRow, columns: tuple[Field, ...] = (), **options: object) -> Table:
    columns = columns or (text("名"), POINTS, DONE, SCORE, text("说明", required=False))
    options = {"row_name": "名", "row": rows or ROWS, **options}
    return Table(**{"key": "指标", "title": "指标", "column": columns, **options})


FORM = form_of(money("总分", compute="sum(指标.得分)"), tables=[given()])
TYPED = [{"名": "完成率", "实际": 1}, {"名": "及时率"}, {"名": "满意度", "实际": 0.9}]


def scores(rows: list[dict]) -> list[Decimal | str | None]:
    entries = [row["得分"] for row in check_of(FORM, (), rows).values.tables["指标"]]
    return ["不适用" if one.is_absent else one.value for one in entries]


# reading


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_a_row_is_found_by_its_name_wherever_it_stands(order: tuple[int, ...]) -> None:
    assert scores([TYPED[n] for n in order]) == [20, 15, 50]


def test_what_is_given_is_taken_from_the_form_and_not_from_the_sheet() -> None:
    rows = [{**TYPED[0], "分值": 99}, {**TYPED[1], "实际": 7}, TYPED[2]]
    assert scores(rows) == [20, 15, 50]


def test_a_given_row_that_is_not_filled_is_blank_and_a_computed_one_may_be_absent() -> None:
    assert scores([{"名": "完成率"}, {"名": "及时率"}, {"名": "满意度", "实际": 0.5}]) == [
        None,
        15,
        "不适用",
    ]


def test_rows_that_are_missing_or_unknown_are_named() -> None:
    checked = check_of(FORM, (), [TYPED[0], {"名": "及时"}, {"名": None, "实际": 5}])
    assert lines(checked) == [
        "表!B9 指标:表「指标」里「及时率」这一行不见了。请恢复这一行的名称,或用新建的工作簿重填",
        "表!B9 指标:表「指标」里「满意度」这一行不见了。请恢复这一行的名称,或用新建的工作簿重填",
        "表!B11 指标:表「指标」里没有「及时」这一行,不会进入报告。请删去,或把名称改回原来的写法",
    ]


def test_a_rule_on_each_given_row_names_the_row() -> None:
    checked = check_of(FORM, [rule("满分", "得分 == 分值", each="指标")], TYPED)
    assert lines(checked) == ["表!E11 「及时率」得分:15.00 ≠ 分值 30,差 15.00。请核对这两个数"]
    assert [outcome.verdict for outcome in checked.outcomes] == ["相符", "不符", "相符"]


def test_given_rows_are_counted_whether_filled_or_not() -> None:
    form = form_of(money("行数", compute="count(指标)"), tables=[given()])
    assert check_of(form, (), []).values.fields["行数"].value == 3


# what an author is told


@pytest.mark.parametrize(
    ("table", "faults"),
    [
        (given(), []),
        (
            given(GivenRow(given={"名": "一", "权重": 1}, compute={"等级": "1"})),
            ["表「指标」第 1 行写了没有的列「权重」", "表「指标」第 1 行写了没有的列「等级」"],
        ),
        (
            given(GivenRow(given={"名": "一", "分值": "二十"})),
            ["表「指标」第 1 行给「分值」的值类型不对"],
        ),
        (
            given(GivenRow(given={"名": "一", "分值": 1}, compute={"分值": "2"})),
            ["表「指标」第 1 行的「分值」既给定又计算"],
        ),
        (
            given(GivenRow(given={"名": "一"}), GivenRow(given={"名": "一 "})),
            ["表「指标」给定的每一行都要有自己的 row_name"],
        ),
        (given(GivenRow(given={"分值": 1})), ["表「指标」给定的每一行都要有自己的 row_name"]),
        (given(row_name=""), ["表「指标」给定的每一行都要有自己的 row_name"]),
        (
            given(GivenRow(given={"分值": 1}), row_name="分值"),
            ["表「指标」给定了行,row_name 要是一个文字列"],
        ),
    ],
)
def test_given_rows_that_do_not_fit_their_table_are_faults(table: Table, faults: list[str]) -> None:
    assert sorted(form_faults(form_of(tables=[table]))) == sorted(faults)


@pytest.mark.parametrize(
    ("field", "faults"),
    [
        (
            money("甲", compute="乙", type="year", decimals=None),
            ["写了 compute 的只能是数字或文字,也没有可选的内容"],
        ),
        (
            Field(key="甲", type="text", compute="'一'", choices_from="明细.名称"),
            ["写了 compute 的只能是数字或文字,也没有可选的内容"],
        ),
        (text("甲", choices_from="明细.名称"), []),
        (text("甲", choices_from="明细"), ["choices_from 要写“表.文字列”,没有「明细」"]),
        (text("甲", choices_from="明细.金额"), ["choices_from 要写“表.文字列”,没有「明细.金额」"]),
        (text("甲", choices_from="总表.名称"), ["choices_from 要写“表.文字列”,没有「总表.名称」"]),
        (money("甲", prior="乙"), []),
        (money("甲", prior="丙"), ["表单里没有 prior 写的「丙」"]),
        (money("甲", prior="名"), ["prior 要写一个数字字段"]),
        (money("甲", unit="元", printed_unit="万元", printed_decimals=2), []),
        (money("甲", printed_unit="元"), ['printed_unit 只用于 unit = "元" 而印 "万元" 的数字']),
        (
            text("甲", unit="元", printed_unit="万元"),
            ['printed_unit 只用于 unit = "元" 而印 "万元" 的数字'],
        ),
    ],
)
def test_a_field_that_refers_to_what_is_not_there_is_a_fault(
    field: Field, faults: list[str]
) -> None:
    form = form_of(field, money("乙"), text("名"), tables=[details(text("名称"), money("金额"))])
    assert form_faults(form) == [f"「甲」:{fault}" for fault in faults]


def test_a_faulty_compute_is_said_of_the_form_and_a_faulty_claim_of_the_rules(
    tmp_path: Path,
) -> None:
    kind = tmp_path / "小表"
    kind.mkdir()
    form = (
        'kind = "小表"\nversion = 1\ntitle = "小表"\n[[sheet]]\nname = "一"\n[[sheet.block]]\n'
        'type = "fields"\ntitle = "各项"\n[[sheet.block.field]]\nkey = "甲"\ntype = "number"\n'
        'compute = "丙"\n'
    )
    rules = '[[rule]]\nid = "一"\nclaim = "丁 == 1"\n'
    for words, fault in (
        (form, f"{kind}/form.toml:「甲」的 compute:表单里没有「丙」"),
        (form.replace("丙", "1"), f"{kind}/rules.toml:规则「一」:表单里没有「丁」"),
    ):
        (kind / "form.toml").write_text(words, encoding="utf-8")
        (kind / "rules.toml").write_text(rules, encoding="utf-8")
        with pytest.raises(KindError) as error:
            load_kind(kind).check()
        assert error.value.faults == (fault,)


# samples


def test_a_table_grows_to_the_sample_and_given_rows_do_not() -> None:
    table = details(text("名称"), rows=2)
    form = form_of(tables=[table, given()])
    rows = tuple({"名称": f"第{n}"} for n in range(7))
    book = built(form, Sample({}, {"明细": rows}))
    assert {table.name: table.ref for table in book["表"].tables.values()} == {
        "明细": "B5:B12",
        "指标": "B16:F19",
    }
    assert with_room(form, {}) == form


def test_a_sample_fills_given_rows_by_name_and_leaves_out_what_is_computed() -> None:
    rows = ({"名": "满意度", "实际": Decimal("0.9")}, {"名": "完成率", "实际": Decimal(1)})
    sheet = built(FORM, Sample({}, {"指标": rows}))["表"]
    assert [[cell.value for cell in row[:3]] for row in sheet["B10:D12"]] == [
        ["完成率", 20, 1],
        ["及时率", 30, 0.5],
        ["满意度", sheet["C12"].value, 0.9],
    ]
    _, faults = prepare_sample(
        SampleFile({"总分": Decimal(1)}, {"指标": tuple({"得分": Decimal(1)} for _ in range(4))}),
        FORM,
    )
    assert (
        faults
        == ["「总分」是算出来的,样例里不写", "表「指标」只有 3 行,样例写了 4 行"]
        + ["「得分」是算出来的,样例里不写"] * 4
    )


# how it looks


def built(form: Form, sample: Sample, rules: RuleSet | None = None) -> Workbook:
    rules = rules or prepare_rules(RuleFile(), form)[0]
    return load_workbook(BytesIO(as_bytes(build_workbook(form, rules, sample))))


def test_a_sheet_with_given_rows_only_is_locked_but_for_what_is_typed() -> None:
    sheet = built(FORM, Sample({}, {}))["表"]
    assert sheet.protection.sheet
    unlocked = [
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    ]
    assert unlocked == ["D10", "F10", "F11", "D12", "F12"]
    where = sorted(str(one.sqref) for one in sheet.data_validations.dataValidation)
    assert where == ["D10", "D12", "F10:F12"]


def test_a_sheet_on_which_another_table_may_grow_stays_open() -> None:
    form = form_of(tables=[given(), details(text("名称"))])
    assert not built(form, Sample({}, {}))["表"].protection.sheet


def test_a_computed_column_goes_on_in_rows_that_are_added_and_a_given_one_does_not() -> None:
    table = details(text("名称"), money("金额"), money("倍", compute="金额 * 2"))
    form = form_of(tables=[table, given()])
    book = build_workbook(form, rules_of(form))
    columns = {
        f"{made.name}.{column.name}": column.calculatedColumnFormula
        for made in book["表"].tables.values()
        for column in made.tableColumns
    }
    assert [key for key, formula in columns.items() if formula] == ["明细.倍", "明细.在用"]
    assert f"={columns['明细.倍'].attr_text}" == book["表"]["D6"].value


def test_a_drop_down_offers_the_filled_rows_of_a_table(recalculate, tmp_path: Path) -> None:
    form = form_of(
        text("选", choices_from="明细.名称"),
        tables=[details(text("名称"), text("转", choices_from="指标.名")), given()],
    )
    rows = ({"名称": "一"}, {}, {"名称": "三"})
    book = build_workbook(form, rules_of(form), Sample({}, {"明细": rows}))
    names = [name for name in book.defined_names if name.startswith("选项_")]
    for number, name in enumerate(names, start=1):
        book["校验"].cell(30, number, f"=ROWS({name})")
    path = tmp_path / "选.xlsx"
    book.save(path)
    (made,) = recalculate([path])
    sheet = load_workbook(made, data_only=True)["校验"]
    assert {name: sheet.cell(30, n).value for n, name in enumerate(names, start=1)} == {
        "选项_选": 3,
        "选项_明细.转": 3,
    }
    assert {one.formula1 for one in book["表"].data_validations.dataValidation} >= set(names)


def test_the_words_above_single_cells_stand_at_the_first_of_them() -> None:
    form = form_of(money("甲"))
    (sheet,) = form.sheet
    turned = Form(
        kind="小表",
        version=1,
        title="小表",
        sheet=(type(sheet)(name="表", block=(given(), *sheet.block)),),
    )
    made = built(turned, Sample({}, {}))["表"]
    assert [made.cell(row, 2).value for row in (3, 5, 10, 11, 12)] == [
        "指标",
        "名",
        "项目",
        "各项",
        "甲 *",
    ]
    assert made.freeze_panes == "C6"


def test_a_table_of_given_rows_may_be_quoted() -> None:
    table = given(quote_as=QuoteAs(name="名", value="得分"))
    form = form_of(text("话"), tables=[table])
    checked = check_of(form, (), TYPED, 话="得{{ 满意度 }}分")
    assert checked.values.fields["话"].value == "得50.00分"
