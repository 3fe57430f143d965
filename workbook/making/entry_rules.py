"""What a cell accepts and when it turns red: data validation and conditional formats."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workbook.figures.numbers import plain
from workbook.findings.marked_list import MARKED, MOST_MARKED
from workbook.findings.model import Severity
from workbook.form.model import Field, Form
from workbook.making.palette import AMBER_FILL, AMBER_INK, RED_FILL, RED_INK
from workbook.making.styles import colour_when, write
from workbook.reading.entries import YEARS
from workbook.rules.judge import Verdict
from workbook.rules.model import Rule

PROMPT_LIMIT, TITLE_LIMIT = 255, 32


def verdict_name(rule: Rule) -> str:
    """The defined name of the cell that holds a rule's verdict."""
    return f"规则_{rule.spec.id}"


def choices_name(field: Field, table: str = "") -> str:
    """The defined name of a drop-down's list; two tables may have columns of the same key."""
    return f"选项_{table}.{field.key}" if table else f"选项_{field.key}"


def asked_of(form: Form) -> list[tuple[str, Field]]:
    """All single fields, under no table's name, and all columns under theirs."""
    fields = [("", field) for field in form.fields.values()]
    fields += [(key, column) for key, table in form.tables.items() for column in table.column]
    return fields


def add_choices(sheet: Worksheet, fields: Sequence[tuple[str, Field]]) -> None:
    """The lists of all drop-downs on a sheet of their own: one in a cell ends at 255 letters."""
    book = sheet.parent
    assert book is not None
    for table, field in fields:
        if field.choices_from:
            name = choices_name(field, table)
            book.defined_names[name] = DefinedName(name, attr_text=offered(field.choices_from))
    with_choices = [(table, field) for table, field in fields if field.choices]
    for number, (table, field) in enumerate(with_choices, start=1):
        letter = get_column_letter(number)
        sheet.cell(1, number, field.key)
        for row, choice in enumerate(field.choices, start=2):
            write(sheet, row, number, choice)
        where = f"{quote_sheetname(sheet.title)}!${letter}$2:${letter}${len(field.choices) + 1}"
        name = choices_name(field, table)
        book.defined_names[name] = DefinedName(name, attr_text=where)


def offered(path: str) -> str:
    """A table's column down to its last filled row.

    Excel takes any words at all where a drop-down's list holds blank cells.
    """
    table, _, key = path.partition(".")
    column = f"{table}[{key}]"
    number = f"ROW({column})-MIN(ROW({column}))+1"
    last = f"SUMPRODUCT(MAX((LEN(TRIM({column}))>0)*({number})))"
    return f"INDEX({column},1):INDEX({column},MAX(1,{last}))"


def limit_entry(sheet: Worksheet, field: Field, where: str, table: str = "") -> None:
    """Let the cells accept only what the field is, with a prompt and an error in Chinese."""
    made = _validation(field, where.split(":", maxsplit=1)[0], table)
    made.allow_blank = True
    if made.type is not None:
        made.showErrorMessage = True
        made.errorStyle = "stop"
        made.errorTitle = "填写有误"
        made.error = f"{field.name}{_wanted(field)}。"[:PROMPT_LIMIT]
    made.showInputMessage = True
    made.promptTitle = field.name[:TITLE_LIMIT]
    ends = "" if field.help.endswith(("。", "。”")) or not field.help else "。"
    made.prompt = f"{field.help}{ends}{_wanted(field)}"[:PROMPT_LIMIT]
    sheet.add_data_validation(made)
    made.add(where)


def _validation(field: Field, cell: str, table: str) -> DataValidation:
    if field.choices or field.choices_from:
        return DataValidation(type="list", formula1=choices_name(field, table))
    if field.type == "date":
        first, last = (f"DATE({year},1,1)" for year in YEARS)
        return DataValidation(type="date", operator="between", formula1=first, formula2=last)
    if field.type == "year":
        first, last = (str(year) for year in YEARS)
        return DataValidation(type="whole", operator="between", formula1=first, formula2=last)
    if field.is_number:
        return DataValidation(type="custom", formula1=_number_test(field, cell))
    return DataValidation()


def _number_test(field: Field, cell: str) -> str:
    """A number within the field's limits and with no more than its decimals."""
    digits = 2 if field.as_share else 0  # that the cell's figure is smaller by
    tests = [f"ISNUMBER({cell})"]
    if field.least is not None:
        tests.append(f"{cell}>={plain(field.least.scaleb(-digits))}")
    if field.max is not None:
        tests.append(f"{cell}<={plain(field.max.scaleb(-digits))}")
    if field.places is not None:
        tests.append(f"ROUND({cell},{field.places + digits})={cell}")
    return f"AND({','.join(tests)})"


def _wanted(field: Field) -> str:
    """What to type, in words."""
    if field.choices or field.choices_from:
        return "请从下拉列表中选择"
    if field.type == "date":
        return "请填日期，如 2023-3-15"
    if field.type == "year":
        return "请填四位数的年份，如 2022"
    if field.is_number:
        kind = "整数" if field.places == 0 else "数字"
        unit = f"，单位为{field.unit}" if field.unit else ""
        places = f"，最多 {field.places} 位小数" if field.places else ""
        least = f"，不小于 {plain(field.least)}" if field.least is not None else ""
        most = f"，不大于 {plain(field.max)}" if field.max is not None else ""
        return f"请填{kind}{unit}{places}{least}{most}"
    return "分段请按 Alt+Enter" if field.type == "paragraphs" else "请填文字"


def add_marked(sheet: Worksheet) -> None:
    """The list of marked cells, for those who mark: it is blank in a new workbook."""
    number = sheet.max_column + 1
    letter = get_column_letter(number)
    write(sheet, 1, number, MARKED)
    where = f"{quote_sheetname(sheet.title)}!${letter}$2:${letter}${MOST_MARKED + 1}"
    book = sheet.parent
    assert book is not None
    book.defined_names[MARKED] = DefinedName(MARKED, attr_text=where)


def unless_marked(sheet: Worksheet, cell: str, test: str) -> str:
    """The test of a conditional format, false on a cell that bears a mark.

    A conditional format covers a cell's own colour, and so the mark that says more than it does.
    """
    title = sheet.title.replace('"', '""')
    own = f'"{title}!"&ADDRESS(ROW({cell}),COLUMN({cell}),4)'
    return f"IF({test},ISERROR(MATCH({own},{MARKED},0)),FALSE)"


def colour_failures(
    sheet: Worksheet, where: str, rules: Sequence[Rule], *, verdict: str = "", only_filled: str = ""
) -> None:
    """Turn cells red, or amber for a warning, while one of the rules that read them fails.

    `verdict` is the cell of a row's own verdict; without it each rule's name is looked at, for a
    conditional format takes no structured reference.
    """
    looks = ((Severity.ERROR, RED_FILL, RED_INK), (Severity.WARNING, AMBER_FILL, AMBER_INK))
    for severity, fill, ink in looks:
        failed = [
            f'{verdict or verdict_name(rule)}="{Verdict.FAILS}"'
            for rule in rules
            if rule.severity is severity
        ]
        if not failed:
            continue
        formula = f"OR({','.join(failed)})"
        if only_filled:
            formula = f'AND({only_filled}<>"",{formula})'
        first = where.partition(":")[0]
        colour_when(sheet, where, unless_marked(sheet, first, formula), fill, ink)
