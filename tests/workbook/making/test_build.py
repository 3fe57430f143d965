"""The workbook that the clerk gets: found by name, locked where it must be, checked by itself."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from loaded import load_workbook
from openpyxl import Workbook
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet
from small import details, form_of, money, rule, rules_of, snapshot_of, text

from workbook.checking.check import check
from workbook.checking.fingerprint import read_fingerprint
from workbook.checking.kinds import Kind, find_kind
from workbook.form.field import Field, Fields
from workbook.form.model import Form, Sheet
from workbook.form.sample import Sample
from workbook.form.table import Table
from workbook.language.excel import unreadable_name
from workbook.making.build import as_bytes, build_workbook
from workbook.reading.saved import SavedBook, open_saved
from workbook.reading.snapshot import Identity, identity_of
from workbook.rules.formulas import read_by_rows, searched
from workbook.rules.model import RuleSet

NO_RULES = RuleSet(())
FILLED = ("基本情况", "预算收支", "资金来源", "项目支出", "绩效情况", "绩效数据", "问题与改进")
ANNEXES = (
    "基础数据",
    "自评表",
    "附表说明",
    "绩效指标",
    "指标评分",
    "项目指标",
    "项目自评卡",
    "提纲",
)
BOTH = ["department", "language"]


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.getfixturevalue(request.param)


def built(form: Form, rules: RuleSet = NO_RULES, **sample: object) -> Workbook:
    """The workbook as it is read back from its bytes."""
    data = as_bytes(build_workbook(form, rules, Sample(sample, {})))
    return load_workbook(BytesIO(data))


@pytest.fixture(scope="session")
def book(sample_bytes: bytes) -> Workbook:
    return load_workbook(BytesIO(sample_bytes))


def formulas(book: Workbook) -> Iterator[tuple[str, str]]:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title}!{cell.coordinate}", cell.value


# what the reader finds things by


def test_the_sheets_stand_in_the_order_of_the_form_between_guide_and_check(book: Workbook) -> None:
    assert book.sheetnames == ["填报说明", *FILLED, *ANNEXES, "校验", "选项"]
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible"] * 17 + ["hidden"]
    assert book.active.title == "填报说明"


def test_the_workbook_carries_its_kind_and_version(book: Workbook) -> None:
    properties = {one.name: str(one.value) for one in book.custom_doc_props.props}
    identity = identity_of(properties)
    assert identity == Identity("department", 5)
    assert read_fingerprint(identity.fingerprint) == find_kind("department").fingerprint
    assert max(map(len, properties.values())) <= 240
    assert book.properties.title == "部门整体支出绩效自评报告"


def test_every_field_table_rule_and_drop_down_has_its_name(kind: Kind) -> None:
    book = built(kind.form, kind.rules)
    lists = [f"选项_{f.key}" for f in kind.form.fields.values() if f.choices or f.choices_from]
    lists += [
        f"选项_{table.key}.{column.key}"
        for table in kind.form.tables.values()
        for column in table.column
        if column.choices or column.choices_from
    ]
    rules = [f"规则_{one.spec.id}" for one in kind.rules.rules]
    own = [f"勾稽_免填_{key}" for section in kind.form.section for key in section.asked]
    cards = [sheet.card.table for sheet in kind.form.sheet if sheet.card]
    own += [f"勾稽_{what}_{table}" for table in cards for what in ("可选", "选择")]
    tables = kind.form.tables.values()
    counts = [f"勾稽_行数_{table.key}" for table in tables if not table.row]
    counts += [f"勾稽_已填_{t.key}.{column.key}" for t in tables for column in t.column]
    counts += [unreadable_name(leaf) for leaf in read_by_rows(kind.rules)]
    of_rows = [
        f"勾稽_行_{table.key}.{key}"
        for table in tables
        if not table.row
        for key in (
            *(c.key for c in table.column if c.formula and not c.follows),
            *(rule.spec.id for rule in kind.rules.rules if rule.spec.each == table.key),
        )
    ]
    asking = dict.fromkeys(name.rpartition(".")[0] for name in of_rows)
    judged = dict.fromkeys(r.spec.each for r in kind.rules.rules if r.spec.each)
    of_rows += [f"{name}.在用" for name in asking]
    of_rows += [f"勾稽_行_{key}.核对" for key in judged if not kind.form.tables[key].row]
    counts += [f"勾稽_特殊_{leaf.table}.{leaf.field.key}" for leaf in searched(kind.rules)]
    names = [*kind.form.fields, *rules, *lists, *dict.fromkeys(own), *counts, *of_rows]
    names.append("勾稽_已标记")
    assert sorted(book.defined_names) == sorted(names)
    made = [name for sheet in book.worksheets for name in sheet.tables]
    assert sorted(made) == sorted(kind.form.tables)


def test_a_name_points_at_its_input_cell(book: Workbook) -> None:
    assert book.defined_names["基本支出"].attr_text == "'预算收支'!$C$17"
    assert book["预算收支"]["B17"].value == "基本支出"  # nobody has to type it
    assert str(book["预算收支"]["C17"].value).startswith("=IF(")
    assert book["预算收支"]["B18"].value == "人员经费 *"
    assert book["预算收支"]["C18"].value == 171.74
    assert [book["预算收支"][cell].value for cell in ("D17", "E17")] == [
        "万元",
        "人员经费加公用经费",
    ]


def test_a_table_has_a_header_of_its_columns_and_of_the_rules_on_its_rows(kind: Kind) -> None:
    book = built(kind.form, kind.rules)
    for sheet in book.worksheets:
        for table in sheet.tables.values():
            (header, *rows) = sheet[table.ref]
            wanted = kind.form.tables[table.name]
            shown, aside = (
                [column.name for column in wanted.column if column.aside is is_aside]
                for is_aside in (False, True)
            )
            each = [one.spec.id for one in kind.rules.rules if one.spec.each == table.name]
            asks = bool(each) or any(column.formula for column in wanted.column)
            used = ["在用"] if asks and not wanted.row else []
            order = ["行序"] if table.name == "项目指标" else []
            names = [*shown, *(["核对"] if each else []), *aside, *used, *order, *each]
            assert [cell.value for cell in header] == names == table.column_names
            assert len(rows) == (len(wanted.row) or wanted.rows)


def test_what_only_the_program_looks_at_is_folded_at_the_right(book: Workbook) -> None:
    folded = {
        sheet.title: [
            str(sheet.cell(5, column_index_from_string(letter)).value)
            for letter, one in sheet.column_dimensions.items()
            if one.hidden and one.outlineLevel == 1
        ]
        for sheet in book.worksheets
    }
    assert {title: len(names) for title, names in folded.items() if names} == {
        "项目支出": 8,
        "绩效数据": 4,
        "绩效指标": 15,
        "指标评分": 4,
        "项目指标": 19,
        "项目自评卡": 1,
    }
    assert folded["指标评分"] == ["有效分值", "评分得分一致", "评分不适用不打分", "评分扣分有原因"]
    assert book["指标评分"]["N3"].value == "校验用"
    levels = {sheet.title: sheet.sheet_format.outlineLevelCol for sheet in book.worksheets}
    assert [title for title, level in levels.items() if level] == [
        "项目支出", "绩效数据", "绩效指标", "指标评分", "项目指标", "项目自评卡",
    ]  # fmt: skip


def test_an_empty_workbook_reads_back_as_an_empty_form(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "填报.xlsx"
    build_workbook(kind.form, kind.rules).save(path)
    book = open_saved(path)
    assert isinstance(book, SavedBook)
    checked = check(book.snapshot(kind.form), kind.form, kind.rules)
    fields = kind.form.fields.values()
    required = [field.name for field in fields if field.required and field.is_asked]
    assert [one.label for one in checked.findings if one.code == "required"] == required
    assert {one.code for one in checked.findings} <= {"required", "rows-too-few", "rule-fails"}
    values = checked.values
    typed = [entry.value for entry in values.fields.values() if entry.field.is_asked]
    assert typed == [None] * sum(field.is_asked for field in fields)
    in_use = {key: len(rows) for key, rows in values.tables.items()}
    assert in_use == {key: len(table.row) for key, table in kind.form.tables.items()}


def test_the_sample_reads_back_as_it_was_written(department: Kind, sample_file: Path) -> None:
    book = open_saved(sample_file)
    assert isinstance(book, SavedBook)
    snapshot = book.snapshot(department.form)
    typed = {
        key: cell.value
        for key, cell in snapshot.names.items()
        if cell and cell.kind != "blank" and not department.form.fields[key].formula
    }
    typed |= {
        key: snapshot.names[key].value
        for key in department.sample.fields.keys() - typed.keys()  # typed over their defaults
    }
    sample = {
        k: v.strip() if isinstance(v, str) else v for k, v in department.sample.fields.items()
    }
    assert {key: _exact(value) for key, value in typed.items()} == sample


def _exact(value: object) -> object:
    return Decimal(str(value)) if isinstance(value, float) else value


# what the clerk may touch


def test_a_sheet_is_locked_but_for_its_inputs_unless_a_table_must_grow_on_it(
    book: Workbook,
) -> None:
    assert {sheet.title: sheet.protection.sheet for sheet in book.worksheets} == {
        "填报说明": True,
        "基本情况": True,
        "预算收支": True,
        "资金来源": True,
        "项目支出": False,
        "绩效情况": False,
        "绩效数据": False,
        "问题与改进": True,
        "基础数据": True,
        "自评表": True,
        "附表说明": True,
        "绩效指标": False,
        "指标评分": True,
        "项目指标": False,
        "项目自评卡": True,
        "提纲": False,
        "校验": True,
        "选项": False,
    }
    assert [sheet.protection.password for sheet in book.worksheets] == [None] * 18
    unlocked = {
        cell.coordinate
        for row in book["预算收支"].iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    names = (name.attr_text for name in book.defined_names.values())
    cells = {n.rpartition("!")[2].replace("$", "") for n in names if "'预算收支'" in n}
    assert cells - unlocked == {"C37", "C38"}  # which are computed
    assert unlocked <= cells


def test_input_cells_look_different(book: Workbook) -> None:
    sheet = book["预算收支"]
    typed, default, label = (sheet[cell].fill.fgColor.rgb for cell in ("C18", "C17", "B17"))
    computed = sheet["C38"].fill.fgColor.rgb
    assert len({typed, default, label}) == 3
    assert (book["项目支出"]["C6"].fill.fgColor.rgb, computed) == (typed, label)
    assert [sheet[cell].protection.locked for cell in ("C18", "C17", "C38")] == [False, False, True]


def validation(sheet: Worksheet, cell: str) -> dict[str, object]:
    (found,) = (one for one in sheet.data_validations.dataValidation if cell in one.sqref)
    return {
        "test": (found.type, [t for t in (found.operator, found.formula1, found.formula2) if t]),
        "prompt": (found.promptTitle, found.prompt) if found.showInputMessage else None,
        "error": (found.errorTitle, found.error) if found.showErrorMessage else None,
        "style": found.errorStyle,
    }


@pytest.mark.parametrize(
    ("place", "kind_of_test", "prompt", "error"),
    [
        (
            "预算收支!C17",
            ("custom", ["AND(ISNUMBER(C17),C17>=0,ROUND(C17,2)=C17)"]),
            ("基本支出", "人员经费加公用经费。请填数字，单位为万元，最多 2 位小数，不小于 0"),
            "基本支出请填数字，单位为万元，最多 2 位小数，不小于 0。",
        ),
        (
            "基本情况!C5",
            ("whole", ["between", "1949", "2200"]),
            ("年度", "自评的预算年度，如 2022。请填四位数的年份，如 2022"),
            "年度请填四位数的年份，如 2022。",
        ),
        (
            "基本情况!C9",
            ("list", ["选项_单位类型"]),
            ("单位类型", "请从下拉列表中选择"),
            "单位类型请从下拉列表中选择。",
        ),
        (
            "基本情况!C10",
            ("date", ["between", "DATE(1949,1,1)", "DATE(2200,1,1)"]),
            ("成文日期", "报告落款的日期，如 2023-3-15。请填日期，如 2023-3-15"),
            "成文日期请填日期，如 2023-3-15。",
        ),
        (
            "基本情况!C22",
            ("custom", ["AND(ISNUMBER(C22),C22>=0,ROUND(C22,0)=C22)"]),
            ("行政编制", "请填整数，单位为名，不小于 0"),
            "行政编制请填整数，单位为名，不小于 0。",
        ),
        (
            "绩效数据!F6",
            ("custom", ["AND(ISNUMBER(F6),F6>=0,F6<=100,ROUND(F6,1)=F6)"]),
            ("占比", "数值 ÷ 总数。请填数字，单位为%，最多 1 位小数，不小于 0，不大于 100"),
            "占比请填数字，单位为%，最多 1 位小数，不小于 0，不大于 100。",
        ),
        (
            "项目支出!D6",
            ("list", ["选项_项目.类别"]),
            ("类别", "请从下拉列表中选择"),
            "类别请从下拉列表中选择。",
        ),
        ("基本情况!C6", (None, []), ("单位名称", "单位全称，与公章一致。请填文字"), None),
    ],
)
def test_an_input_says_what_it_takes_and_refuses_the_rest(
    place: str,
    kind_of_test: tuple[str | None, list[str]],
    prompt: tuple[str, str],
    error: str | None,
    book: Workbook,
) -> None:
    sheet, _, cell = place.partition("!")
    found = validation(book[sheet], cell)
    assert (found["test"], found["prompt"]) == (kind_of_test, prompt)
    assert found["error"] == (("填写有误", error) if error else None)


def test_prompts_and_errors_keep_to_the_lengths_that_excel_allows() -> None:
    field = money("甲" * 60, label="很长的名称" * 20, help="很长的说明" * 100)
    sheet = built(form_of(field))["表"]
    found = validation(sheet, "C5")
    assert [len(part) for part in found["prompt"]] == [32, 255]
    assert [len(part) for part in found["error"]] == [4, 126]


@pytest.mark.parametrize(
    ("place", "number_format"),
    [
        ("预算收支!C17", "#,##0.00"),
        ("基本情况!C5", "0"),
        ("基本情况!C10", "yyyy-mm-dd"),
        ("基本情况!C22", "#,##0"),
        ("基本情况!C6", "@"),
        ("基本情况!C17", "General"),
        ("绩效数据!C6", "General"),
        ("绩效数据!F6", "#,##0.0"),
    ],
)
def test_a_cell_shows_its_figure_as_the_report_prints_it(
    place: str, number_format: str, book: Workbook
) -> None:
    sheet, _, cell = place.partition("!")
    assert book[sheet][cell].number_format == number_format


def test_every_sheet_prints_on_a4_in_letters_that_can_be_read(book: Workbook) -> None:
    wide = {}
    for sheet in book.worksheets[:-1]:
        setup = sheet.page_setup
        assert (setup.paperSize, setup.fitToHeight) == (9, int(sheet.title == "项目自评卡"))
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.center.text == "第 &P 页，共 &N 页"
        if setup.fitToWidth > 1:
            wide[sheet.title] = setup.fitToWidth, sheet.print_title_cols
    assert wide == {
        "项目支出": (3, "$A:$B"),
        "绩效指标": (2, "$A:$B"),
        "指标评分": (2, "$A:$B"),
        "项目指标": (2, "$A:$B"),
    }
    assert {
        s.title: (s.page_setup.orientation, s.print_title_rows) for s in book.worksheets[1:-1]
    } == {
        "基本情况": ("portrait", "$1:$3"),
        "预算收支": ("portrait", "$1:$3"),
        "资金来源": ("portrait", "$1:$5"),
        "项目支出": ("landscape", "$1:$5"),
        "绩效情况": ("portrait", "$1:$3"),
        "绩效数据": ("portrait", "$1:$5"),
        "问题与改进": ("portrait", "$1:$3"),
        "基础数据": ("landscape", "$1:$5"),
        "自评表": ("portrait", "$1:$3"),
        "附表说明": ("portrait", "$1:$3"),
        "绩效指标": ("landscape", "$1:$5"),
        "指标评分": ("landscape", "$1:$5"),
        "项目指标": ("landscape", "$1:$5"),
        "项目自评卡": ("portrait", None),
        "提纲": ("landscape", "$1:$5"),
        "校验": ("landscape", "$1:$4"),
    }


def test_headings_stay_in_sight(book: Workbook) -> None:
    assert {sheet.title: sheet.freeze_panes for sheet in book.worksheets[1:-1]} == {
        "基本情况": "C4",
        "预算收支": "C4",
        "资金来源": "C6",
        "项目支出": "C6",
        "绩效情况": "C4",
        "绩效数据": "C6",
        "问题与改进": "C4",
        "基础数据": "C6",
        "自评表": "C4",
        "附表说明": "C4",
        "绩效指标": "C6",
        "指标评分": "C6",
        "项目指标": "C6",
        "项目自评卡": "A4",
        "提纲": "C6",
        "校验": "D5",
    }


# how it checks itself


def test_the_check_sheet_has_a_row_for_each_rule(kind: Kind) -> None:
    book = built(kind.form, kind.rules)
    sheet = book["校验"]
    assert [cell.value for cell in sheet[4]][1:] == [
        "序号",
        "规则",
        "要求",
        "左边",
        "右边",
        "差额",
        "允许差",
        "结果",
        "不符时为",
        "定位",
        "依据",
    ]
    rows = list(sheet.iter_rows(min_row=5, min_col=2, max_col=3, values_only=True))
    assert rows == [(n, one.spec.id) for n, one in enumerate(kind.rules.rules, start=1)]
    for row, one in enumerate(kind.rules.rules, start=5):
        assert book.defined_names[f"规则_{one.spec.id}"].attr_text == f"'校验'!$I${row}"
        assert sheet.cell(row, 9).data_type == "f"


def test_a_rule_reads_as_a_native_formula(book: Workbook) -> None:
    (row,) = (r for r in range(5, 40) if book["校验"].cell(r, 3).value == "基本支出构成")
    difference = "ROUND(ROUND((基本支出)-(人员经费+公用经费),9),2)"
    tolerance = "0.005*COUNT(基本支出,人员经费,公用经费)"
    cells = ("基本支出", "人员经费", "公用经费")
    unreadable = "+".join(f"(LEN(TRIM({c}))>0)*(COUNT({c})=0)" for c in cells)
    own = "(COUNT(基本支出)=0)"  # a default may also say that there is none
    unreadable = unreadable.replace(own, f'{own}*(基本支出<>"不适用")')
    blank = "+".join(f"(LEN(TRIM({c}))=0)" for c in cells)
    missed = f'IF(ROUND(ABS({difference})-({tolerance}),9)<=0,"尾差","不符")'
    computed = f'IFERROR(IF({difference}=0,"相符",{missed}),"无法计算")'
    absent = f'IF((基本支出="不适用")>0,"不适用",{computed})'
    assert [book["校验"].cell(row, column).value for column in (4, 8, 9, 10, 11, 12)] == [
        "基本支出 = 人员经费 + 公用经费",
        f'=IF(OR(I{row}="相符",I{row}="尾差",I{row}="不符"),{tolerance},"")',
        f'=IF(IFERROR({unreadable}>0,TRUE),"非数值",IF({blank}>0,"未填",{absent}))',
        "错误",
        "基本支出",
        "部门决算：基本支出 = 人员经费 + 公用经费",
    ]
    assert book["校验"].cell(row, 11).hyperlink.location == "基本支出"


def test_no_formula_passes_the_lengths_that_excel_allows(kind: Kind) -> None:
    for place, formula in formulas(built(kind.form, kind.rules)):
        assert len(formula) <= 8192, place
        assert max((len(t) for t in re.findall(r'"((?:[^"]|"")*)"', formula)), default=0) <= 255


def test_conditional_formats_and_validations_hold_no_structured_reference(kind: Kind) -> None:
    book = built(kind.form, kind.rules)
    texts = [
        formula
        for sheet in book.worksheets
        for conditions in sheet.conditional_formatting
        for condition in conditions.rules
        for formula in condition.formula
    ]
    texts += [
        formula
        for sheet in book.worksheets
        for one in sheet.data_validations.dataValidation
        for formula in (one.formula1, one.formula2)
        if formula
    ]
    assert len(texts) > 20
    assert [text for text in texts if "[" in text] == []
    assert [text for text in texts if text.startswith("=")] == []


def test_the_cells_of_a_rule_turn_red_when_it_fails_and_amber_for_a_warning(
    book: Workbook,
) -> None:
    found = {
        str(conditions.sqref): [
            (condition.formula[0], condition.dxf.fill.bgColor.rgb) for condition in conditions.rules
        ]
        for conditions in book["预算收支"].conditional_formatting
    }
    assert found["C5"] == [
        (unmarked("C5", "AND(LEN(TRIM(C5))=0)"), "FFFFE94D"),
        (unmarked("C5", 'OR(规则_全年预算构成="不符")'), "FFFFC7CE"),
    ]
    spent = [
        (
            "FFFFC7CE",
            (
                "收支平衡",
                "收支平衡_用结余弥补",
                "支出合计构成",
                "支出按来源构成",
                "三公经费不超支出",
                "采购不超执行数",
            ),
        ),
        ("FFFCE0C0", ("预算完成率超百", "预算完成率偏低", "执行不超全年预算", OVER)),
    ]
    assert found["C40"] == [
        (unmarked("C40", f"OR({','.join(failing(rule) for rule in rules)})"), colour)
        for colour, rules in spent
    ]
    assert "C32" not in found


OVER = "基本支出不超全年预算"


def unmarked(cell: str, test: str) -> str:
    own = f'"预算收支!"&ADDRESS(ROW({cell}),COLUMN({cell}),4)'
    return f"IF({test},ISERROR(MATCH({own},勾稽_已标记,0)),FALSE)"


def failing(rule: str) -> str:
    return f'规则_{rule}="不符"'


# odd forms


def test_text_that_looks_like_a_formula_or_an_error_stays_text() -> None:
    form = form_of(
        text("甲", label="=标签", help="= 乙 + 丙"),
        text("乙", unit="=元"),
        text("丙"),
        text("丁"),
        text("戊"),
        tables=[details(text("名称"), title="=标题", help="=说明")],
    )
    form = Form(kind="小", version=1, title="=题", sheet=form.sheet, guide=("=第一步",))
    book = built(form, 甲="=1+1", 乙="\n=cmd|' /C calc'!A0", 丙="#REF!", 丁="-5", 戊="@SUM(1)")
    sheet = book["表"]
    assert [(sheet[f"C{row}"].value, sheet[f"C{row}"].data_type) for row in range(5, 10)] == [
        ("=1+1", "s"),
        ("=cmd|' /C calc'!A0", "s"),
        ("#REF!", "s"),
        ("-5", "s"),
        ("@SUM(1)", "s"),
    ]
    assert [bool(sheet[f"C{row}"].quotePrefix) for row in range(5, 10)] == [
        True,
        True,
        False,
        True,
        True,
    ]
    ours = [
        place
        for place, formula in formulas(book)
        if not place.startswith(("填报说明", "校验", "选项"))
    ]
    assert ours == []
    assert [sheet[cell].value for cell in ("B5", "E5", "D6")] == ["=标签 *", "= 乙 + 丙", "=元"]


def test_columns_of_the_same_name_have_their_own_drop_downs() -> None:
    def table(key: str, *choices: str) -> Table:
        column = Field(key="类别", type="choice", choices=choices)
        return Table(key=key, title=key, column=(column,), rows=2)

    choice = Field(key="类别", type="choice", choices=("子",))
    book = built(form_of(choice, tables=[table("甲表", "一", "=二"), table("乙表", "三")]))
    assert {name: one.attr_text for name, one in book.defined_names.items()} == {
        "类别": "'表'!$C$5",
        "选项_类别": "'选项'!$A$2:$A$2",
        "选项_甲表.类别": "'选项'!$B$2:$B$3",
        "选项_乙表.类别": "'选项'!$C$2:$C$2",
        "勾稽_行数_甲表": "'选项'!$E$2",
        "勾稽_已填_甲表.类别": "'选项'!$E$3",
        "勾稽_行数_乙表": "'选项'!$E$4",
        "勾稽_已填_乙表.类别": "'选项'!$E$5",
        "勾稽_已标记": "'选项'!$F$2:$F$1201",
    }
    rows, filled = (
        "=SUMPRODUCT(--((LEN(TRIM(甲表[类别])))>0))",
        "=SUMPRODUCT(--(LEN(TRIM(甲表[类别]))>0))",
    )
    assert list(book["选项"].iter_rows(max_row=3, max_col=6, values_only=True)) == [
        ("类别", "类别", "类别", "表的计数", None, "勾稽_已标记"),
        ("子", "一", "三", "勾稽_行数_甲表", rows, None),
        (None, "=二", None, "勾稽_已填_甲表.类别", filled, None),
    ]


def test_a_sheet_on_which_nothing_is_required_has_a_dash_for_its_progress() -> None:
    book = built(form_of(text("甲", required=False)))
    (row,) = (row for row in book["填报说明"].iter_rows(values_only=True) if row[1] == "表")
    assert row[1:] == ("表", "—", "—", "—")


def test_the_guide_counts_what_is_still_to_fill(
    language: Kind, recalculate: Callable[[Sequence[Path]], list[Path]], tmp_path: Path
) -> None:
    sample = Sample(
        {"甲": Decimal(1), "名单": "甲", "起日": date(2022, 1, 1)},
        {"明细": ({"名称": "一"}, {"名称": "二"})},
    )
    path = tmp_path / "填报.xlsx"
    build_workbook(language.form, language.rules, sample).save(path)
    (recalculated,) = recalculate([path])
    guide = load_workbook(recalculated, data_only=True)["填报说明"]
    rows = [row[1:5] for row in guide.iter_rows(values_only=True)]
    start = rows.index(("工作表", "必填项", "已填", "还差什么")) + 1
    assert rows[start : start + 6] == [
        ("单格", 8, 3, "还有 5 项没填"),
        ("明细表", 6, 2, '还有 4 项没填；项目"明细" 2 行；附表 0 行'),
        ("全不必填", "—", "—", "—"),
        ("计算", "—", "—", "—"),
        ("方格表", 3, 0, "还有 3 项没填"),
        ("指标表", "—", "—", "—"),
    ]
    assert rows[start + 6][3].startswith(f"共 {len(language.rules.rules)} 条规则：相符 ")


def test_a_form_of_hundreds_of_fields_has_no_formula_that_excel_refuses() -> None:
    form = form_of(*(money(f"项{number}") for number in range(250)))
    claim = "项0 == " + " + ".join(f"项{number}" for number in range(1, 40))
    book = built(form, rules_of(form, rule("合计", claim, tolerance="rounding")))
    assert max(len(formula) for _, formula in formulas(book)) <= 8192


def test_a_form_of_one_cell_without_rules_is_a_form() -> None:
    book = built(form_of(text("甲")))
    assert book.sheetnames == ["填报说明", "表", "校验", "选项"]


def test_two_tables_on_one_sheet_stand_apart() -> None:
    form = form_of(
        tables=[
            Table(key="甲", title="甲", column=(text("名称"),), rows=2),
            Table(key="乙", title="乙", column=(text("名称"), money("数")), rows=3, min_rows=1),
        ]
    )
    tables = built(form)["表"].tables.values()
    assert {table.name: table.ref for table in tables} == {"甲": "B5:B7", "乙": "B11:C14"}


def test_a_table_without_a_row_name_counts_its_rows() -> None:
    form = form_of(tables=[details(money("数"), min_rows=2)])
    snapshot = snapshot_of(form, {}, [{}, {"数": "不详"}, {}])
    assert [str(one) for one in check(snapshot, form, NO_RULES).findings] == [
        "表!B7 明细第 1 行 数:「不详」不是数字。请只填数字,不确定的不要填文字说明",
        "表!B5 明细:表「明细」至少要填 2 行,现有 1 行。请补填",
    ]


def test_sheet_names_with_spaces_and_signs_are_found_again(tmp_path: Path) -> None:
    names = ("2022 年", "收入&支出", "R1C1", "A1", "TRUE", "一-二")
    sheets = tuple(
        Sheet(name=name, block=(Fields(title="各项", field=(money(f"甲{'乙' * n}"),)),))
        for n, name in enumerate(names)
    )
    form = Form(kind="小", version=1, title="小", sheet=sheets)
    path = tmp_path / "填报.xlsx"
    sample = Sample({key: Decimal(n) for n, key in enumerate(form.fields)}, {})
    build_workbook(form, NO_RULES, sample).save(path)
    book = open_saved(path)
    assert isinstance(book, SavedBook)
    entries = check(book.snapshot(form), form, NO_RULES).values.fields.values()
    assert [(str(entry.place), entry.value) for entry in entries] == [
        ("'2022 年'!C5", 0),
        ("'收入&支出'!C5", 1),
        ("R1C1!C5", 2),
        ("A1!C5", 3),
        ("TRUE!C5", 4),
        ("'一-二'!C5", 5),
    ]


def test_a_workbook_is_built_twice_into_the_same_cells(department: Kind) -> None:
    first, second = (built(department.form, department.rules) for _ in range(2))
    for one, other in zip(first.worksheets, second.worksheets, strict=True):
        assert list(one.iter_rows(values_only=True)) == list(other.iter_rows(values_only=True))
