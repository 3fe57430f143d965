"""Blank required cells: they look different, are counted, and the guide leads to the first."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

from loaded import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from small import details, form_of, money, text

from workbook.checking.check import check
from workbook.checking.kinds import Kind
from workbook.form.model import Form
from workbook.form.sample import NOTHING, Sample
from workbook.making.build import build_workbook
from workbook.reading.saved import SavedBook, open_saved
from workbook.rules.model import RuleSet

Recalculate = Callable[[Sequence[Path]], list[Path]]
NEEDED = "FFFFE94D"
FORM = form_of(
    text("甲"),
    text("乙", required=False),
    tables=[
        details(
            text("名称"),
            money("金额", required=True),
            money("备数", required=False),
            rows=4,
            min_rows=2,
        )
    ],
)


def written(form: Form, sample: Sample, folder: Path, rules: RuleSet | None = None) -> Path:
    path = folder / "填报.xlsx"
    build_workbook(form, rules or RuleSet(()), sample).save(path)
    return path


def needed(sheet: Worksheet) -> dict[str, str]:
    """The test by which each range turns to the look of a blank required cell."""
    return {
        str(conditions.sqref): condition.formula[0].partition(",ISERROR(")[0]
        for conditions in sheet.conditional_formatting
        for condition in conditions.rules
        if condition.dxf.fill and condition.dxf.fill.bgColor.rgb == NEEDED
    }


def progress(path: Path, sheet: str) -> tuple[object, object, object, str]:
    """What the guide says of a sheet: wanted, filled, words; and the formula of its link."""
    row = next(
        row
        for row in load_workbook(path)["填报说明"].iter_rows()
        if str(row[1].value).endswith(f',"{sheet}")')
    )
    seen = load_workbook(path, data_only=True)["填报说明"]
    words = [seen.cell(row[1].row, number).value for number in (3, 4, 5)]
    return (*words, str(row[1].value))


def test_a_blank_required_cell_looks_different_in_tables_only_on_rows_in_use(
    tmp_path: Path,
) -> None:
    sheet = load_workbook(written(FORM, NOTHING, tmp_path))["表"]
    few = (
        "SUMPRODUCT(--((LEN(TRIM($B$11:$B$14))+LEN(TRIM($C$11:$C$14))+LEN(TRIM($D$11:$D$14)))>0))<2"
    )
    used = "(LEN(TRIM($B{0}))+LEN(TRIM($C{0}))+LEN(TRIM($D{0})))>0"
    must, may = f"OR({used.format(11)},{few})", used.format(13)
    assert needed(sheet) == {
        "C5": "IF(AND(LEN(TRIM(C5))=0)",
        **{f"{x}11:{x}12": f"IF(AND(LEN(TRIM({x}11))=0,{must})" for x in "BC"},
        **{f"{x}13:{x}14": f"IF(AND(LEN(TRIM({x}13))=0,{may})" for x in "BC"},
    }


def test_what_a_left_out_section_asks_looks_like_any_cell(department: Kind, tmp_path: Path) -> None:
    path = written(department.form, NOTHING, tmp_path, department.rules)
    book = load_workbook(path)
    assert "NOT(勾稽_免填_机构设置情况)" in needed(book["基本情况"])["C17"]
    assert book.defined_names["勾稽_免填_机构设置情况"].attr_text.startswith("OR(提纲!$E$")


def test_the_guide_counts_all_that_is_required_and_leads_to_the_first_blank(
    recalculate: Recalculate, tmp_path: Path
) -> None:
    fillings = {
        (3, "还有 5 项没填；明细 0 行", "C5"): Sample({}, {}),
        (3, "还有 4 项没填；明细 0 行", "B11"): Sample({"甲": "有"}, {}),
        (2, "还有 2 项没填；明细 1 行", "B12"): Sample(
            {"甲": "有"}, {"明细": ({"名称": "一", "金额": Decimal(1)},)}
        ),
        (1, "还有 1 项没填；明细 3 行", "C12"): Sample(
            {"甲": "有"},
            {"明细": ({"名称": "一", "金额": 1}, {"名称": "二"}, {"名称": "三", "金额": 3})},
        ),
        (0, "已填齐；明细 2 行", "A1"): Sample(
            {"甲": "有"}, {"明细": ({"名称": "一", "金额": 1}, {"名称": "二", "金额": 0})}
        ),
    }
    files = []
    for number, sample in enumerate(fillings.values()):
        files.append(written(FORM, sample, tmp_path).rename(tmp_path / f"{number}.xlsx"))
    for (_, words, first), file, made in zip(fillings, files, recalculate(files), strict=True):
        for path in (file, made):
            assert progress(path, "表")[2] == words
        assert target(made, "表") == first


def target(path: Path, sheet: str) -> str:
    """The cell to which the guide's link leads: what its formula makes of the hidden sheet."""
    formula = progress(path, sheet)[3]
    assert formula.startswith("=HYPERLINK(")
    area = formula.partition("MIN(")[2].partition(")")[0]
    name, _, cells = area.rpartition("!")
    rows = load_workbook(path, data_only=True)[name.strip("$'")][cells.replace("$", "")]
    rows = rows if isinstance(rows, tuple) else ((rows,),)
    codes = [cell.value for (cell,) in rows if isinstance(cell.value, int | float)]
    if not codes:
        return "A1"
    row, column = divmod(int(min(codes)), 1000)
    return f"{'ABCDEFGH'[column - 1]}{row}"


def test_the_guide_misses_what_the_check_misses(department: Kind, tmp_path: Path) -> None:
    fields = {k: v for n, (k, v) in enumerate(department.sample.fields.items()) if n % 3}
    tables = {
        key: tuple(
            {k: v for n, (k, v) in enumerate(row.items()) if (n + number) % 4}
            for number, row in enumerate(rows)
        )
        for key, rows in department.sample.tables.items()
    }
    tables["绩效"] = ()
    path = written(department.form, Sample(fields, tables), tmp_path, department.rules)
    book = open_saved(path)
    assert isinstance(book, SavedBook)
    findings = check(book.snapshot(department.form), department.form, department.rules).findings
    missed = sum(one.code == "required" for one in findings)
    missed += sum(int(one.found) for one in findings if one.code == "required-cells")
    few = sum(2 for one in findings if one.code == "rows-too-few")  # 标题 and 内容 of a row
    guide = load_workbook(path, data_only=True)["填报说明"]
    rows = guide.iter_rows(min_col=3, max_col=4, values_only=True)
    counted = [(wanted, done) for wanted, done in rows if isinstance(wanted, int | float)]
    assert sum(wanted - done for wanted, done in counted) == missed + few > 20
