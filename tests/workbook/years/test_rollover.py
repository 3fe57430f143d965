"""Next year's workbook, cell by cell: what is carried, what is not, and that it is said."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loaded import load_workbook
from msgspec.structs import replace
from openpyxl import Workbook
from small import Typed, details, form_of, kind_of, money, rules_of, snapshot_of, text
from spoiled import LANGUAGE, instead, zipping

from workbook.catalogue.sheets import ROW_ORDER
from workbook.checking.check import check
from workbook.checking.intake import take_in
from workbook.checking.kinds import Kind, find_kind
from workbook.files.save import OutputError
from workbook.findings.model import Finding
from workbook.form.field import Field, Fields
from workbook.form.grid import Grid, GridRow
from workbook.form.model import Form, Sheet
from workbook.form.sample import Sample
from workbook.making.build import build_workbook
from workbook.making.planning.layout import plan_sheets
from workbook.reading.saved import SavedBook, open_saved
from workbook.rules.model import RuleFile, RuleSet
from workbook.rules.prepare import prepare_rules
from workbook.xlsx.addresses import address_of
from workbook.xlsx.book import Book
from workbook.years.account import rollover_lines
from workbook.years.carry import Fate
from workbook.years.naming import Following, next_path
from workbook.years.rollover import Rollover, roll_over_file, rolled

BLANK_NEXT_YEAR = {
    "成文日期", "行政编制", "事业编制", "在职人员",
    "年初预算", "预算追加", "人员经费", "公用经费",
    "因公出国费", "公务用车购置费", "公务用车运行费", "公务接待费",
    "公车购置_本年预算数", "公车运行_本年预算数", "出国_本年预算数",
    "接待_本年预算数", "公用_本年预算数",
    "办公_本年预算数", "办公_本年决算数", "水电差旅_本年预算数", "水电差旅_本年决算数",
    "会议培训_本年预算数", "会议培训_本年决算数", "采购_本年预算数", "采购_本年决算数",
    "重点项目支出_金额",
    "存在的问题", "改进措施", "总体目标完成情况", "填报日期",
}  # fmt: skip
LAST_YEARS_FIGURES = {
    "公车购置_上年决算数": Decimal("0.00"),
    "公车运行_上年决算数": Decimal("0.00"),
    "出国_上年决算数": Decimal("0.00"),
    "接待_上年决算数": Decimal("0.86"),
    "公用_上年决算数": Decimal("23.75"),
    "办公_上年决算数": Decimal("7.95"),
    "水电差旅_上年决算数": Decimal("5.80"),
    "会议培训_上年决算数": Decimal("2.10"),
    "采购_上年决算数": Decimal("3.00"),
    "三公上年预算_金额": Decimal("1.00"),
}
KEPT_COLUMNS = {
    "项目": {"名称", "类别", "预期目标"},
    "绩效": {"标题", "内容"},
    "绩效数据": {"名称", "单位"},
    "指标": {"一级指标", "二级指标", "三级指标", "指标性质", "定性目标", "度量单位", "分值"},
    "评分": set(),
    "项目指标": {
        "项目名称", "一级指标", "二级指标", "三级指标", "指标性质", "定性目标", "度量单位", "分值",
    },
}  # fmt: skip


WHEN = ("年初", "全年", "执行")


def next_years(sample: Sample, figures: Mapping[str, Decimal], year: int) -> Sample:
    """What the department's next workbook begins with, from the lists above."""
    fields = {
        k: v for k, v in sample.fields.items() if k not in BLANK_NEXT_YEAR | {*LAST_YEARS_FIGURES}
    }
    tables = {
        key: tuple({k: v for k, v in row.items() if k in KEPT_COLUMNS[key]} for row in rows)
        for key, rows in sample.tables.items()
    }
    tables["项目"] = tuple(
        new | ({"上年决算数": old["金额"]} if "金额" in old else {})
        for new, old in zip(tables["项目"], sample.tables["项目"], strict=True)
    )
    return Sample({**fields, **figures, "年度": year}, tables)


def cells_of(book: Workbook) -> dict[tuple[str, str], object]:
    """Everything that stands in a book, figures as numbers are read back."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def saved(made: Rollover, path: Path) -> Workbook:
    made.save(path)
    return load_workbook(path)


def built(kind: Kind, sample: Sample, path: Path) -> Workbook:
    build_workbook(kind.form, kind.rules, sample).save(path)
    return load_workbook(path)


def place_of(book: Workbook, key: str) -> str:
    """Where a name leads to, or a table's column in the row of a word: `项目.统战经费.金额`."""
    if key in book.defined_names:
        return str(book.defined_names[key].attr_text).replace("$", "").replace("'", "")
    name, word, column = key.split(".")
    sheet = next(one for one in book.worksheets if name in one.tables)
    rows = sheet[sheet.tables[name].ref]
    (letter,) = (cell.column_letter for cell in rows[0] if cell.value == column)
    if word == "表下":
        return f"{sheet.title}!{letter}{rows[-1][0].row + 1}"
    number = next(row[0].row for row in rows if word in [cell.value for cell in row])
    return f"{sheet.title}!{letter}{number}"


def type_at(book: Workbook, key: str, value: str | float) -> str:
    """Type a value there, and say where that is."""
    place = place_of(book, key)
    sheet, _, address = place.partition("!")
    book[sheet][address] = value
    return place


def made_from(path: Path) -> Rollover:
    made = roll_over_file(path)
    assert isinstance(made, Rollover), made
    return made


def account(made: Rollover) -> list[str]:
    return list(rollover_lines(made, Path("2023.xlsx"), Path("2022.xlsx")))


def test_every_cell_of_the_departments_next_workbook_is_what_it_should_be(
    department: Kind, sample_file: Path, tmp_path: Path
) -> None:
    before = sample_file.read_bytes()
    book = saved(made_from(sample_file), tmp_path / "2023.xlsx")
    wanted = next_years(department.sample, LAST_YEARS_FIGURES, 2023)
    assert cells_of(book) == cells_of(built(department, wanted, tmp_path / "应为.xlsx"))
    assert sample_file.read_bytes() == before


def test_the_account_of_the_departments_rollover_is_whole(
    department: Kind, sample_file: Path
) -> None:
    wanted = next_years(department.sample, {}, 2023).fields.keys() - {"年度"}
    first, notes = (
        len({field.key for sheet in department.form.sheet for field in sheet.fields
             if sheet.name == name} & wanted)
        for name in ("基本情况", "附表说明")
    )  # fmt: skip
    assert account(made_from(sample_file)) == [
        "已新建:2023.xlsx(2023 年度)",
        "结转(其余单元格空着待填):",
        f"  基本情况:沿用 {first} 格、年度加 1",
        "  项目支出:沿用 14 格、上年数 7 格",
        "  绩效情况:沿用 9 格",
        "  绩效数据:沿用 24 格",
        "  问题与改进:沿用 1 格",
        "  基础数据:上年数 10 格",
        f"  附表说明:沿用 {notes} 格",
        "  绩效指标:沿用 35 格",
        "  项目指标:沿用 98 格",
        "属于上年、按表单留空的:",
        "  基本情况:3 个数、1 个日期",
        "  预算收支:8 个数",
        "  项目支出:21 个数、项目的实际完成情况(7 行)",
        "  绩效数据:15 个数",
        "  问题与改进:存在的问题及原因分析、下一步改进措施",
        "  基础数据:14 个数",
        "  附表说明:1 个日期、年度总体目标实际完成情况",
        "  绩效指标:13 个数、指标的完成等次、指标的偏差原因分析及改进措施(2 行)",
        "  指标评分:评分的扣分原因和其他说明(3 行)",
        "  项目指标:32 个数、项目指标的完成等次(6 行)、项目指标的偏差原因分析及改进措施(3 行)",
    ]


def test_rolling_over_twice_carries_the_same_texts_and_counts_on(
    department: Kind, sample_file: Path, tmp_path: Path
) -> None:
    second, third = tmp_path / "2023.xlsx", tmp_path / "2024.xlsx"
    made_from(sample_file).save(second)
    again = made_from(second)
    first = next_years(department.sample, LAST_YEARS_FIGURES, 2023)
    wanted = next_years(first, {}, 2024)
    book = saved(again, third)
    assert cells_of(book) == cells_of(built(department, wanted, tmp_path / "应为.xlsx"))
    assert account(again)[1].startswith("上年的工作簿发现 ")
    assert account(again)[1].endswith(" 处错误,照样结转;明细见 gouji check 2022.xlsx。")


def test_quotes_go_over_as_they_were_typed(sample_file: Path, tmp_path: Path) -> None:
    book = saved(made_from(sample_file), tmp_path / "2023.xlsx")
    words = [v for (sheet, _), v in cells_of(book).items() if sheet == "基本情况"]
    assert any("科室。下设{{ 所属单位 }}{{ 所属单位数 }}个所属事业单位" in str(w) for w in words)


def test_the_new_workbook_checks_itself_and_waits_only_for_what_is_blank(
    department: Kind, sample_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "2023.xlsx"
    made_from(sample_file).save(path)
    opened = open_saved(path)
    assert isinstance(opened, SavedBook)
    snapshot = opened.snapshot(department.form)
    found = {one.code for one in check(snapshot, department.form, department.rules).findings}
    assert found == {"required", "required-cells", "quote-blank", "rule-fails"}


# an older version, and workbooks that are not as they were made


def older(kind: Kind) -> tuple[Form, RuleSet]:
    """A first version: six sheets, no prior column yet, and things that were given up since."""
    sheets = []
    for sheet in (one for one in kind.form.sheet[:7] if one.name != "资金来源"):
        blocks = []
        for block in sheet.block:
            if isinstance(block, Fields):  # in which everything was typed
                typed = (replace(one, default="") for one in block.field if not one.compute)
                block = replace(block, field=tuple(typed))  # noqa: PLW2901
            if isinstance(block, Fields) and block.title == "目标":
                gone = Field(key="分管领导", type="text", required=False)
                block = replace(block, field=(*block.field, gone))  # noqa: PLW2901
            if not isinstance(block, Fields | Grid) and block.key == "项目":
                columns = (*block.column[:3], text("负责人", required=False))
                block = replace(block, column=columns)  # noqa: PLW2901
            blocks.append(block)
        sheets.append(replace(sheet, block=tuple(blocks)))
    form = replace(kind.form, version=1, sheet=tuple(sheets))
    rules, faults = prepare_rules(RuleFile(), form)
    assert faults == []
    return form, rules


@pytest.fixture
def old_file(department: Kind, tmp_path: Path) -> Path:
    form, rules = older(department)
    fields = {k: v for k, v in department.sample.fields.items() if k in form.fields}
    projects = [
        {k: v for k, v in row.items() if k in ("名称", "金额")}
        for row in department.sample.tables["项目"]
    ]
    projects[0]["负责人"] = "王五"
    tables = {k: v for k, v in department.sample.tables.items() if k in form.tables}
    sample = Sample({**fields, "分管领导": "赵六"}, {**tables, "项目": tuple(projects)})
    path = tmp_path / "2022 年 旧版.xlsx"
    build_workbook(form, rules, sample).save(path)
    return path


def test_an_older_version_rolls_over_with_the_figures_that_the_new_one_computes(
    department: Kind, old_file: Path, tmp_path: Path
) -> None:
    made = made_from(old_file)
    assert {m.field.key: m.value for m in made.moves if m.fate is Fate.PRIOR and not m.table} == {
        "公车购置_上年决算数": Decimal("0.00"),
        "公车运行_上年决算数": Decimal("0.00"),
        "出国_上年决算数": Decimal("0.00"),
        "接待_上年决算数": Decimal("0.86"),
        "公用_上年决算数": Decimal("23.75"),
    }
    known = next_years(
        Sample(
            {k: v for k, v in department.sample.fields.items() if k in older(department)[0].fields},
            {
                "项目": [
                    {key: row[key] for key in ("名称", "金额")}
                    for row in department.sample.tables["项目"]
                ],
                **{k: department.sample.tables[k] for k in ("绩效", "绩效数据")},
            },
        ),
        {m.field.key: m.value for m in made.moves if m.fate is Fate.PRIOR and not m.table},
        2023,
    )
    book = saved(made, tmp_path / "2023.xlsx")
    assert cells_of(book) == cells_of(built(department, known, tmp_path / "应为.xlsx"))


def test_what_an_older_version_had_and_had_not_is_said(old_file: Path) -> None:
    lines = account(made_from(old_file))
    place = place_of(load_workbook(old_file), "分管领导")
    head = place_of(load_workbook(old_file), "项目.负责人.负责人")
    assert lines[1] == "上年的工作簿是第 1 版表单,新的是第 5 版;上年的没有核对。"
    assert lines[lines.index("没有结转,请看一看:") : lines.index("属于上年、按表单留空的:")] == [
        "没有结转,请看一看:",
        "  基础数据 “三公”经费本年预算数:算出它的数里,有的没有或读不出",
        f"  {place} 分管领导:表单里没有这一项(赵六)",
        f"  {head} 项目.负责人:表单里没有这一项(1 行)",
        "上年的工作簿里没有、空着待填的:",
        "  工作表“资金来源”",
        "  表“项目”的“本年预算数”列",
        "  表“项目”的“全年预算数”列",
        "  表“项目”的“预期目标”列",
        "  表“项目”的“实际完成情况”列",
        *(f"  表“项目”的“{when}{what}”列" for when in WHEN for what in ("结转", "其他")),
        "  工作表“基础数据”",
        "  工作表“自评表”",
        "  工作表“附表说明”",
        "  工作表“绩效指标”",
        "  工作表“指标评分”",
        "  工作表“项目指标”",
        "  工作表“提纲”",
    ]


def test_whatever_is_not_carried_is_told_with_its_reason(sample_file: Path) -> None:
    book = load_workbook(sample_file)
    sort = type_at(book, "单位类型", "企业")
    amount = type_at(book, "项目.民族宗教工作经费.金额", "五万")
    name = type_at(book, "项目.上级专项.名称", "=1/0")
    row = type_at(book, "评分.政府采购执行率.三级指标", "政府采购率")
    under = type_at(book, "绩效数据.表下.名称", "掉在表外")
    type_at(book, "公务接待费", "约1")
    type_at(book, "基本支出", 195.94)
    type_at(book, "整体支出绩效目标", "2022年的目标")
    follows = place_of(book, "接待_本年决算数")
    book.create_sheet("备注")["B2"] = "会议记录"
    del book.defined_names["单位负责人"]
    del book["自评表"]
    book.save(sample_file)

    lines = account(made_from(sample_file))
    assert lines[1].endswith("照样结转;明细见 gouji check 2022.xlsx。")
    assert lines[lines.index("没有结转,请看一看:") : lines.index("属于上年、按表单留空的:")] == [
        "没有结转,请看一看:",
        f"  {sort} 单位类型:「企业」不在选项里",
        f"  {amount} 项目「民族宗教工作经费」金额:「五万」不是数字",
        f"  {name} 项目第 3 行 名称:单元格里的公式没有保存过计算结果",
        f"  {follows} 公务接待本年决算数:算出它的数里,有的没有或读不出",
        f"  {under} 文字里引用的数据:表「绩效数据」下面还有内容,不在表里,不会进入报告",
        f"  {row} 部门整体支出绩效评价指标评分（投入、过程）:"
        "表「评分」里没有「政府采购率」这一行,不会进入报告",
        "  工作表“备注”:表单里没有这一项(1 格)",
        "上年的工作簿里没有、空着待填的:",
        "  工作表“自评表”",
        "  “单位负责人”",
        "  表“评分”的“政府采购执行率”行",
        "沿用的文字里写着 2022,请核对要不要改:",
        "  基本情况 整体支出绩效目标",
        "沿用的文字里直接写着数和年份,请核对要不要改;能引用的改成引用:",
        "  基本情况 整体支出绩效目标:2022年",
    ]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:9000]), "file-not-a-package"),
        (lambda path: Workbook().save(path), "kind-missing"),
        (instead(LANGUAGE), "kind-unknown"),
    ],
    ids=["broken", "no form", "another kind"],
)
def test_what_is_no_workbook_of_a_kind_that_is_here_is_a_finding(
    spoil: Callable[[Path], object], code: str, sample_file: Path
) -> None:
    spoil(sample_file)
    refused = roll_over_file(sample_file)
    assert isinstance(refused, Finding)
    assert refused.code == code


def test_a_workbook_of_a_newer_version_is_refused(department: Kind, tmp_path: Path) -> None:
    form = replace(department.form, version=department.form.version + 1)
    path = tmp_path / "2022.xlsx"
    build_workbook(form, department.rules).save(path)
    refused = roll_over_file(path)
    assert isinstance(refused, Finding)
    assert refused.code == "version-newer"


def test_a_workbook_that_is_there_is_never_written_over(sample_file: Path, tmp_path: Path) -> None:
    there = tmp_path / "2023.xlsx"
    there.write_bytes(b"mine")
    with pytest.raises(OutputError, match="已经存在,没有覆盖"):
        made_from(sample_file).save(there)
    assert there.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("last", "year", "following"),
    [
        ("2022.xlsx", 2023, "2023.xlsx"),
        ("2022年 填报.xlsx", 2023, "2023年 填报.xlsx"),
        ("二〇二二年填报.xlsx", 2023, "二〇二三年填报.xlsx"),
        ("120221.xlsx", 2023, "1202212023年.xlsx"),
        ("填报.xlsm", 2023, "填报2023年.xlsx"),
        ("填报.xlsx", None, "填报(下一年).xlsx"),
    ],
)
def test_next_years_name_is_last_years_with_the_year(
    last: str, year: int | None, following: str
) -> None:
    time = Following(year, None if year is None else year - 1)
    assert next_path(Path("甲 乙") / last, time) == Path("甲 乙") / following


# any form, in memory


FIELDS = (
    Field(key="年度", type="year"),
    Field(key="成立年份", type="year", carry=True),
    Field(key="单位", type="text"),
    Field(key="情况", type="paragraphs", carry=False),
    Field(key="类型", type="choice", choices=("甲", "乙")),
    Field(key="日期", type="date"),
    Field(key="开始", type="date", carry=True),
    money("支出"),
    money("上年支出", prior="支出"),
    money("合计", compute="支出 + 1"),
    money("上年合计", prior="合计"),
    Field(key="分值", type="number", carry=True),
)
COLUMNS = (
    text("名称"),
    text("原因", carry=False),
    Field(key="立项年度", type="year"),
    Field(key="权重", type="integer", carry=True),
    money("金额"),
    money("上年金额", prior="金额"),
)
FORM = form_of(*FIELDS, tables=[details(*COLUMNS)])
KIND = kind_of(FORM)
money_or_blank = st.none() | st.decimals(0, 10**6, places=2)
words = st.none() | st.text("甲乙2022{} =+\n", min_size=1).filter(str.strip)
years = st.none() | st.integers(1990, 2100)
days = st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1))
FILLED = st.fixed_dictionaries(
    {
        "年度": years, "成立年份": years, "单位": words, "情况": words,
        "类型": st.sampled_from([None, "甲", "乙"]), "日期": days, "开始": days,
        "支出": money_or_blank, "上年支出": money_or_blank, "上年合计": money_or_blank,
        "分值": money_or_blank,
    }
)  # fmt: skip
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "名称": words, "原因": words, "立项年度": years, "权重": st.none() | st.integers(0, 99),
            "金额": money_or_blank, "上年金额": money_or_blank,
        }
    ),
    max_size=5,
)  # fmt: skip


def filled(values: Mapping[str, Typed]) -> dict[str, Typed]:
    return {
        key: value.strip() if isinstance(value, str) else value
        for key, value in values.items()
        if value is not None
    }


def rolled_over(typed: Mapping[str, Typed], rows: Sequence[Mapping[str, Typed]] = ()) -> Rollover:
    return rolled(snapshot_of(FORM, typed, rows), KIND)


@given(FILLED, ROWS)
def test_a_rollover_carries_exactly_texts_and_prior_figures(
    typed: dict[str, Typed], rows: list[dict[str, Typed]]
) -> None:
    wanted = {key: typed[key] for key in ("成立年份", "单位", "类型", "开始", "分值")}
    wanted["年度"] = None if typed["年度"] is None else typed["年度"] + 1
    wanted["上年支出"] = typed["支出"]
    wanted["上年合计"] = None if typed["支出"] is None else typed["支出"] + 1
    following = [
        filled({"名称": row["名称"], "权重": row["权重"], "上年金额": row["金额"]}) for row in rows
    ]
    made = rolled_over(typed, rows)
    assert made.sample.fields == filled(wanted)
    assert made.sample.tables.get("明细", ()) == tuple(row for row in following if row)
    assert (made.lost, made.absent, made.leftovers) == ((), (), ())
    told = {(m.field.key, m.row) for m in made.moves}
    silent = {key for key in filled(typed) if (key, 0) not in told}
    assert silent <= {"上年支出", "上年合计"}, "what was filled is carried or told"


def test_a_table_grows_to_hold_last_years_rows(tmp_path: Path) -> None:
    rows = [{"名称": f"项目{n}", "金额": Decimal(n)} for n in range(9)]
    sample = Sample({"年度": 2022}, {"明细": tuple(rows)})
    path = tmp_path / "2022.xlsx"
    build_workbook(FORM, rules_of(FORM), sample).save(path)
    opened = open_saved(path)
    assert isinstance(opened, SavedBook)
    made = rolled(opened.snapshot(FORM), KIND)
    book = saved(made, tmp_path / "2023.xlsx")
    values = [cell.value for cell in book["表"]["B"] if str(cell.value).startswith("项目")]
    assert values[-9:] == [f"项目{n}" for n in range(9)]


def test_a_prior_figure_that_was_no_figure_last_year_is_blank() -> None:
    rate = Field(key="率", type="number", decimals=2, compute="支出 / 收入 * 100")
    form = form_of(money("支出"), money("收入"), rate, money("上年率", unit="", prior="率"))
    kind = kind_of(form)
    made = rolled(snapshot_of(form, {"支出": 0, "收入": 0}), kind)
    assert made.sample.fields == {}
    assert [(m.field.key, m.fate) for m in made.moves] == [
        ("支出", Fate.EMPTIED), ("收入", Fate.EMPTIED),
    ]  # fmt: skip


def test_a_grids_prior_column_takes_the_cell_of_its_row(tmp_path: Path) -> None:
    columns = (money("上年", prior="本年", required=False), money("本年"))
    grid = Grid(title="经费", column=columns, row=(GridRow(key="办公"), GridRow(key="会议")))
    form = Form(kind="小", version=1, title="小", sheet=(Sheet(name="表", block=(grid,)),))
    path = tmp_path / "2022.xlsx"
    sample = Sample({"办公_上年": Decimal(1), "办公_本年": Decimal(2), "会议_本年": Decimal(3)}, {})
    build_workbook(form, rules_of(form), sample).save(path)
    opened = open_saved(path)
    assert isinstance(opened, SavedBook)
    made = rolled(opened.snapshot(form), kind_of(form))
    assert made.sample.fields == {"办公_上年": Decimal(2), "会议_上年": Decimal(3)}


@pytest.mark.parametrize(
    ("words", "is_dated"),
    [
        ("2022年度的目标", True),
        ("截至二〇二二年末", True),
        ("２０２２年", True),
        ("芦办发〔2022〕17号", True),
        ("截至{{ 年度 }}年12月", False),
        ("电话 20220101", False),
        ("2021年", False),
    ],
)
def test_a_carried_text_that_names_last_year_is_pointed_at(words: str, is_dated: bool) -> None:
    made = rolled_over({"年度": 2022, "单位": words, "情况": "2022年的情况"})
    assert [move.field.key for move in made.dated] == (["单位"] if is_dated else [])


def test_figures_that_stand_in_the_carried_prose_are_listed(sample_file: Path) -> None:
    book = load_workbook(sample_file)
    type_at(
        book,
        "人员情况",
        "核定编制65名，在职{{ 在职人员 }}人，比2019年多3 人，其中女性40%、65名在岗。",
    )
    type_at(book, "机构性质", "全年支出1,211.89万元，1个、2家、3处、4次、5件。")
    type_at(book, "改进措施", "压减支出12万元。")  # which is not carried
    book.save(sample_file)
    lines = account(made_from(sample_file))
    title = "沿用的文字里直接写着数和年份,请核对要不要改;能引用的改成引用:"
    assert lines[lines.index(title) :][:3] == [
        title,
        "  基本情况 机构设置（性质和挂牌）:1,211.89万元、1个、2家、3处、4次等 6 个",
        "  基本情况 人员情况:65名、2019年、3 人、40%",
    ]


# a workbook that the program of before made


OLD = Path(__file__).parents[1] / "old"


@pytest.mark.parametrize("version", [2, 3, 4])
def test_a_workbook_of_an_earlier_version_is_refused_with_what_to_do(version: int) -> None:
    path = OLD / f"department_{version}.xlsx"
    assert [str(one) for one in take_in(path).checked.findings] == [
        f"工作簿是旧版表单(第 {version} 版),现在是第 5 版。"
        "请用 gouji upgrade 旧.xlsx 新.xlsx 换成现在的表单,填过的会搬过去;这一份请留着,不要改动"
    ]


RENAMED = ("绩效", "绩效数据", "指标", "项目指标")


def without_unit(sample: Sample, table: str) -> list[dict[str, object]]:
    rows = sample.tables[table]
    return [{k: v for k, v in row.items() if k != "度量单位"} for row in rows]


def test_a_workbook_without_an_outline_rolls_over_like_one_with_the_official(
    sample_file: Path,
) -> None:
    made = made_from(OLD / "department_3.xlsx")
    new_one = made_from(sample_file).sample
    # Its data had other names than its indicators, so that these did not follow from them.
    assert made.sample.fields == new_one.fields
    assert {k: v for k, v in made.sample.tables.items() if k not in RENAMED} == {
        k: v for k, v in new_one.tables.items() if k not in RENAMED
    }
    for key in ("指标", "项目指标"):
        assert without_unit(made.sample, key) == without_unit(new_one, key)
    new = (
        *("离退休人员", "其他各项支出年初预算数", "其他各项支出全年预算数"),
        *("使用非财政拨款结余", "上缴上级支出", "经营支出", "对附属单位补助支出"),
        *("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"),
        *("报告标题", "预算编码", "评价方式", "评价机构"),
    )
    assert made.absent == (*(f"“{name}”" for name in new), "工作表“提纲”")


def test_an_outline_without_whole_pages_is_kept_as_the_clerk_had_it() -> None:
    made = made_from(OLD / "department_4.xlsx")
    kept = {
        key: [{k: v for k, v in row.items() if v is not None} for row in made.sample.tables[key]]
        for key in ("提纲", "自加节")
    }
    assert kept == {
        "提纲": [
            {"标题": "基本情况", "改标题": "单位概况"},
            {"标题": "收入情况", "处理": "列入"},
        ],
        "自加节": [
            {
                "标题": "自评结论",
                "级别": "一级",
                "次序": Decimal(35),
                "正文": "自评得分{{ 自评总分 }}分。",
            }
        ],
    }


def test_what_the_second_version_asked_elsewhere_is_said_and_the_rest_goes_on(
    department: Kind,
) -> None:
    made = made_from(OLD / "department_2.xlsx")
    lines = account(made)
    assert lines[1] == "上年的工作簿是第 2 版表单,新的是第 5 版;上年的没有核对。"
    lost = lines[lines.index("没有结转,请看一看:") + 1 :]
    columns = [
        f"  项目自评!{letter}5 项目自评.{key}:表单里没有这一项({rows} 行)"
        for letter, key, rows in (
            ("B", "项目名称", 7),
            ("C", "主管部门", 7),
            ("D", "实施单位", 7),
            ("E", "年初财政", 7),
            ("H", "全年财政", 7),
            ("I", "全年结转", 1),
            ("K", "执行财政", 7),
            ("L", "执行结转", 1),
            ("N", "预期目标", 7),
            ("O", "实际完成情况", 7),
        )
    ]
    assert lost[: len(columns)] == columns
    names = [row["名称"] for row in department.sample.tables["项目"]]
    assert [row["名称"] for row in made.sample.tables["项目"]] == names
    last = [Decimal(str(row["金额"])) for row in department.sample.tables["项目"]]
    assert [row["上年决算数"] for row in made.sample.tables["项目"]] == last


def test_a_sheet_that_leads_nowhere_is_listed_and_the_rest_is_carried(tmp_path: Path) -> None:
    last = with_a_sheet_that_leads_nowhere("project", "项目自评", tmp_path / "2023.xlsx")
    made = roll_over_file(last)
    assert isinstance(made, Rollover)
    assert [one.name for one in made.leftovers] == ["工作表“项目自评”"]
    assert made.absent == ("工作表“项目自评”",)
    assert {move.sheet for move in made.moves} == {"基本情况", "项目指标", "自评情况"}
    told = "  工作表“项目自评”读不了,里面填的都没有搬过去,请打开原来的工作簿看一看"
    assert told in account(made)


def test_a_sheet_that_cannot_be_read_is_told_of_in_english(tmp_path: Path) -> None:
    last = with_a_sheet_that_leads_nowhere("grant_report", "Staff", tmp_path / "2023.xlsx")
    made = roll_over_file(last)
    assert isinstance(made, Rollover)
    assert (
        "  Sheet “Staff” cannot be read, and nothing entered in it was carried over; "
        "look into the old workbook"
    ) in account(made)


def with_a_sheet_that_leads_nowhere(name: str, sheet: str, path: Path) -> Path:
    """The example of a kind, of which one sheet's part is not in the file."""
    kind = find_kind(name)
    build_workbook(kind.form, kind.rules, kind.sample).save(path)
    part = Book.at(path).parts[sheet].rpartition("/")[2].encode()
    zipping(
        lambda member, data: (
            re.sub(rb'Target="[^"]*' + part, b'Target="file:///etc/passwd', data)
            if member == "xl/_rels/workbook.xml.rels"
            else data
        )
    )(path)
    return path


@pytest.mark.parametrize("number", ["1E999", "9" * 5000])
def test_a_number_that_no_cell_can_hold_breaks_no_order_of_rows(
    number: str, tmp_path: Path
) -> None:
    kind, last = find_kind("project"), tmp_path / "2023.xlsx"
    build_workbook(kind.form, kind.rules, kind.sample).save(last)
    table = next(one for one in Book.at(last).tables if one.name == "项目指标")
    plan = next(
        one
        for one in plan_sheets(kind.form, kind.rules)
        if one.tables[-1:] and one.tables[-1].table.key == "项目指标"
    )
    spot = plan.tables[-1]
    cell = address_of(spot.rows[0], spot.columns[ROW_ORDER("zh")])
    part = Book.at(last).parts[table.sheet]
    zipping(
        lambda name, data: (
            re.sub(rf'(<c r="{cell}"[^>]*><v>)[^<]*'.encode(), rb"\g<1>" + number.encode(), data)
            if name == part
            else data
        )
    )(last)
    before = take_in(last).checked.findings
    assert [one.code for one in before if one.code == "rows-moved"] == []
    assert isinstance(roll_over_file(last), Rollover)
