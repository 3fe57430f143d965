"""What a cell accepts and when it turns red: data validation and conditional formats."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.cells import MARKED
from workbook.catalogue.model import Language
from workbook.catalogue.sheets import (
    A_DATE,
    A_NUMBER,
    A_TEXT,
    A_WHOLE,
    A_YEAR,
    CHOOSE,
    IN_UNIT,
    LEAST,
    MOST,
    OF_CHOICES,
    OF_RULE,
    PARAGRAPHS,
    PLACES,
    PROMPT,
    PROMPT_ENDED,
    REFUSAL,
    REFUSED,
    ends,
)
from workbook.entries.limits import YEARS
from workbook.figures.numbers import plain
from workbook.findings.marked_list import MOST_MARKED
from workbook.findings.model import Severity
from workbook.form.field import Field
from workbook.form.model import Form
from workbook.language.excel import column_cells
from workbook.making.palette import AMBER_FILL, AMBER_INK, RED_FILL, RED_INK
from workbook.making.styles import colour_when, write
from workbook.rules.judge import Verdict
from workbook.rules.model import Rule
from workbook.saving.book import language_of

PROMPT_LIMIT, TITLE_LIMIT = 255, 32


def verdict_name(rule: Rule) -> str:
    """The defined name of the cell that holds a rule's verdict."""
    return f"{OF_RULE(rule.language)}{rule.spec.id}"


def choices_name(field: Field, table: str = "", language: Language = "zh") -> str:
    """The defined name of a drop-down's list; two tables may have columns of the same key."""
    own = f"{table}.{field.key}" if table else field.key
    return f"{OF_CHOICES(language)}{own}"


def asked_of(form: Form) -> list[tuple[str, Field]]:
    """All single fields, under no table's name, and all columns under theirs."""
    fields = [("", field) for field in form.fields.values()]
    fields += [(key, column) for key, table in form.tables.items() for column in table.column]
    return fields


def add_choices(sheet: Worksheet, fields: Sequence[tuple[str, Field]]) -> None:
    """The lists of all drop-downs on a sheet of their own: one in a cell ends at 255 letters."""
    language = language_of(sheet)
    book = sheet.parent
    assert book is not None
    columns = {f"{table}.{one.key}": column_cells(table, one.name) for table, one in fields}
    for table, field in fields:
        if field.choices_from in columns:
            name = choices_name(field, table, language)
            text = offered(columns[field.choices_from])
            book.defined_names[name] = DefinedName(name, attr_text=text)
    with_choices = [(table, field) for table, field in fields if field.choices]
    for number, (table, field) in enumerate(with_choices, start=1):
        letter = get_column_letter(number)
        sheet.cell(1, number, field.key)
        for row, choice in enumerate(field.choices, start=2):
            write(sheet, row, number, choice)
        where = f"{quote_sheetname(sheet.title)}!${letter}$2:${letter}${len(field.choices) + 1}"
        name = choices_name(field, table, language)
        book.defined_names[name] = DefinedName(name, attr_text=where)


def offered(column: str) -> str:
    """A table's column, as a formula names it, down to its last filled row.

    Excel takes any words at all where a drop-down's list holds blank cells.
    """
    number = f"ROW({column})-MIN(ROW({column}))+1"
    last = f"SUMPRODUCT(MAX((LEN(TRIM({column}))>0)*({number})))"
    return f"INDEX({column},1):INDEX({column},MAX(1,{last}))"


def limit_entry(sheet: Worksheet, field: Field, where: str, table: str = "") -> None:
    """Let the cells accept only what the field is, with a prompt and an error in words."""
    language = language_of(sheet)
    name = choices_name(field, table, language)
    made = _validation(field, where.split(":", maxsplit=1)[0], name)
    wanted = _wanted(field, language)
    made.allow_blank = True
    if made.type is not None:
        made.showErrorMessage = True
        made.errorStyle = "stop"
        made.errorTitle = REFUSED(language)
        made.error = REFUSAL(language, name=field.name, wanted=wanted)[:PROMPT_LIMIT]
    made.showInputMessage = True
    made.promptTitle = field.name[:TITLE_LIMIT]
    prompt = PROMPT_ENDED if field.help.endswith(ends(language)) else PROMPT
    said = prompt(language, help=field.help, wanted=wanted) if field.help else wanted
    made.prompt = said[:PROMPT_LIMIT]
    sheet.add_data_validation(made)
    made.add(where)


def _validation(field: Field, cell: str, choices: str) -> DataValidation:
    if field.choices or field.choices_from:
        return DataValidation(type="list", formula1=choices)
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


def _wanted(field: Field, language: Language) -> str:
    """What to type, in words."""
    if field.choices or field.choices_from:
        return CHOOSE(language)
    if field.type == "date":
        return A_DATE(language)
    if field.type == "year":
        return A_YEAR(language)
    if field.is_number:
        parts = [A_WHOLE(language) if field.places == 0 else A_NUMBER(language)]
        parts += [IN_UNIT(language, unit=field.unit)] if field.unit else []
        parts += [PLACES(language, places=field.places)] if field.places else []
        parts += [] if field.least is None else [LEAST(language, least=plain(field.least))]
        parts += [] if field.max is None else [MOST(language, most=plain(field.max))]
        return "".join(parts)
    return PARAGRAPHS(language) if field.type == "paragraphs" else A_TEXT(language)


def add_marked(sheet: Worksheet) -> None:
    """The list of marked cells, for those who mark: it is blank in a new workbook."""
    number = sheet.max_column + 1
    letter = get_column_letter(number)
    marked = MARKED(language_of(sheet))
    write(sheet, 1, number, marked)
    where = f"{quote_sheetname(sheet.title)}!${letter}$2:${letter}${MOST_MARKED + 1}"
    book = sheet.parent
    assert book is not None
    book.defined_names[marked] = DefinedName(marked, attr_text=where)


def unless_marked(sheet: Worksheet, cell: str, test: str) -> str:
    """The test of a conditional format, false on a cell that bears a mark.

    A conditional format covers a cell's own colour, and so the mark that says more than it does.
    """
    title = sheet.title.replace('"', '""')
    own = f'"{title}!"&ADDRESS(ROW({cell}),COLUMN({cell}),4)'
    return f"IF({test},ISERROR(MATCH({own},{MARKED(language_of(sheet))},0)),FALSE)"


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
            f'{verdict or verdict_name(rule)}="{Verdict.FAILS.word(rule.language)}"'
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
