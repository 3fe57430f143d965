"""The 校验 sheet: every rule with both sides, difference and verdict as native formulas."""

from collections.abc import Sequence

from msgspec import Struct
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue.sheets import CHECK, CHECK_COLUMNS, COUNTED_MARK, NO_RULES
from workbook.catalogue.sheets import SUMMARY as SUMMARY_TEXT
from workbook.findings.model import Severity
from workbook.language.excel import Reference, named
from workbook.making.entry_rules import verdict_name
from workbook.making.palette import (
    AMBER_FILL,
    AMBER_INK,
    BLUE_FILL,
    BLUE_INK,
    CHECK_TAB,
    GREEN_FILL,
    GREEN_INK,
    GREY,
    LABEL_FILL,
    RED_FILL,
    RED_INK,
)
from workbook.making.planning.plan import LABEL, TITLE_ROW, SheetPlan, places_of
from workbook.making.sheets import protect, set_up_page
from workbook.making.styles import (
    CENTRED,
    FIGURE,
    HEAD,
    HELP,
    LINK,
    NOTE,
    PLAIN,
    TITLE,
    colour_when,
    dress,
    figure_format,
    fit_row,
    text_height,
    with_chinese_signs,
    write,
)
from workbook.making.styles import LABEL as LABEL_LOOK
from workbook.making.worked_out import (
    COMPARED,
    COUNTED,
    WorkedOut,
    counted_words,
    words_of_own,
)
from workbook.reading.results import NONE, Result
from workbook.rules.formulas import (
    rows_verdict_formula,
    side_formulas,
    tolerance_formula,
    verdict_formula,
)
from workbook.rules.judge import Verdict
from workbook.rules.model import Rule, RuleSet
from workbook.rules.wording import claim_words
from workbook.saving.book import FormBook, language_of, write_formula

SUMMARY = "B2"
HEAD_ROW = 4
MOST_SHOWN = 4  # decimals of a figure that a division makes endless
NUMBER, NAME, CLAIM, LEFT, RIGHT, GAP, TOLERANCE, VERDICT, SEVERITY, WHERE, SOURCE = range(
    LABEL, LABEL + len(CHECK_COLUMNS)
)


class Line(Struct, frozen=True):
    """A rule as the sheet shows it, formulas without their `=`.

    `sides` are left, right, difference and tolerance of an equation, `target` and `tip` where the
    link leads and what it says; `results` what the verdict and the sides give.

    Of 在职人员 <= 编制数: left 在职人员, right 编制数, tolerance 0, and 在职人员 the target.
    """

    rule: Rule
    verdict: str
    sides: tuple[str, str, str, str] | None
    target: str
    tip: str
    results: tuple[Result, ...] = (NONE,) * 5


def lines_of(rules: RuleSet, plans: Sequence[SheetPlan], results: WorkedOut) -> list[Line]:
    """The rules over a form that is drawn here."""
    places = places_of(plans)
    lines = []
    for rule in rules.rules:
        verdict = rows_verdict_formula(rule) if rule.spec.each else verdict_formula(rule)
        leaf = rule.subject
        place = str(places[leaf.key_on(rule.each)])
        is_single = not leaf.table and leaf.field.key in places
        # A defined name still leads to its cell after rows have been inserted.
        target = leaf.field.key if is_single else place
        sides = sides_of(rule)
        found = results.line(rule)
        lines.append(Line(rule, verdict, sides, target, place, found))
    return lines


def sides_of(rule: Rule, reference: Reference = named) -> tuple[str, str, str, str] | None:
    """The formulas of an equation's sides, None for any other claim."""
    formulas = side_formulas(rule, reference)
    return None if formulas is None else (*formulas, tolerance_formula(rule, reference))


def write_check_sheet(
    book: FormBook, lines: Sequence[Line], summary: Result, name: str = ""
) -> Worksheet:
    """Add the sheet, and a defined name for each rule's verdict."""
    title = CHECK(language_of(book.worksheets[0]))
    sheet: Worksheet = book.create_sheet(name or title)
    language = language_of(sheet)
    sheet.column_dimensions["A"].width = 2.5
    for i, (words, width) in enumerate(CHECK_COLUMNS):
        sheet.column_dimensions[get_column_letter(LABEL + i)].width = width
        dress(sheet.cell(HEAD_ROW, LABEL + i, words(language)), HEAD)
    dress(sheet.cell(TITLE_ROW, LABEL, title), TITLE)
    sheet.row_dimensions[TITLE_ROW].height = 28
    dress(sheet[SUMMARY], NOTE)
    _write_summary(sheet, [line.rule for line in lines], summary)
    for row, line in enumerate(lines, start=HEAD_ROW + 1):
        _write_line(sheet, row, line)
    if lines:
        _colour_verdicts(sheet, HEAD_ROW + 1, HEAD_ROW + len(lines))
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, CLAIM).coordinate
    protect(sheet)
    set_up_page(sheet, landscape=True, repeat=f"{TITLE_ROW}:{HEAD_ROW}", tab=CHECK_TAB)
    return sheet


def _write_summary(sheet: Worksheet, rules: Sequence[Rule], summary: Result) -> None:
    """One line of figures over the rules, with a formula that counts the verdicts."""
    language, count = language_of(sheet), len(rules)
    if not count:
        sheet[SUMMARY] = NO_RULES(language)
        return
    verdicts, severities = (
        f"{letter}{HEAD_ROW + 1}:{letter}{HEAD_ROW + count}"
        for letter in (get_column_letter(VERDICT), get_column_letter(SEVERITY))
    )
    parts = []
    for verdict, severity in COUNTED:
        also = f',{severities},"{severity.text(language)}"' if severity else ""
        counted = f'"&COUNTIFS({verdicts},"{verdict.word(language)}"{also})&"'
        parts.append(counted_words(verdict, severity, counted, language))
    listed = COUNTED_MARK(language).join([*parts, *words_of_own(rules, language)])
    text = SUMMARY_TEXT(language, count=count, counted=listed)
    write_formula(sheet[SUMMARY], f'="{text}"', summary)


def _write_line(sheet: Worksheet, row: int, line: Line) -> None:
    rule = line.rule
    dress(sheet.cell(row, NUMBER, row - HEAD_ROW), CENTRED)
    dress(sheet.cell(row, NAME, rule.spec.id), LABEL_LOOK)
    claim = claim_words(rule)
    claim = with_chinese_signs(claim) if rule.language == "zh" else claim
    write(sheet, row, CLAIM, claim, PLAIN)
    dress(sheet.cell(row, VERDICT), CENTRED)
    write_formula(sheet.cell(row, VERDICT), f"={line.verdict}", line.results[0])
    _write_sides(sheet, row, line)
    dress(sheet.cell(row, SEVERITY, rule.severity.text(rule.language)), CENTRED)
    write(sheet, row, WHERE, rule.subject.field.name, LINK)
    link = sheet.cell(row, WHERE)
    link.hyperlink = Hyperlink(link.coordinate, location=line.target, tooltip=line.tip)
    write(sheet, row, SOURCE, rule.spec.source, HELP)
    heights = (
        text_height(claim_words(rule), CHECK_COLUMNS[CLAIM - LABEL][1]),
        text_height(rule.spec.source, CHECK_COLUMNS[SOURCE - LABEL][1], look=HELP),
    )
    fit_row(sheet, row, max(*heights, 20))
    name = verdict_name(rule)
    where = f"{quote_sheetname(sheet.title)}!${get_column_letter(VERDICT)}${row}"
    parent = sheet.parent
    assert parent is not None
    parent.defined_names[name] = DefinedName(name, attr_text=where)


def _write_sides(sheet: Worksheet, row: int, line: Line) -> None:
    """Both sides, their difference and the tolerance, shown once the rule can be computed."""
    verdict = sheet.cell(row, VERDICT).coordinate
    computed = ",".join(f'{verdict}="{v.word(line.rule.language)}"' for v in COMPARED)
    for column in (LEFT, RIGHT, GAP, TOLERANCE):
        dress(sheet.cell(row, column), FIGURE)
    if line.sides is None:
        return
    places = figure_format(min(line.rule.decimals, MOST_SHOWN))
    shown = zip(line.sides, line.results[1:], strict=True)
    for column, (formula, result) in zip((LEFT, RIGHT, GAP, TOLERANCE), shown, strict=True):
        cell = sheet.cell(row, column)
        write_formula(cell, f'=IF(OR({computed}),{formula},"")', result)
        cell.number_format = "General" if column == TOLERANCE else places


def _colour_verdicts(sheet: Worksheet, first: int, last: int) -> None:
    language = language_of(sheet)
    fails, ties, rounding = (
        one.word(language) for one in (Verdict.FAILS, Verdict.TIES, Verdict.ROUNDING)
    )
    error = Severity.ERROR.text(language)
    verdict, severity = (f"${get_column_letter(c)}{first}" for c in (VERDICT, SEVERITY))
    where = f"{get_column_letter(VERDICT)}{first}:{get_column_letter(VERDICT)}{last}"
    looks = (
        (f'AND({verdict}="{fails}",{severity}="{error}")', RED_FILL, RED_INK),
        (f'{verdict}="{fails}"', AMBER_FILL, AMBER_INK),
        (f'{verdict}="{ties}"', GREEN_FILL, GREEN_INK),
        (f'{verdict}="{rounding}"', BLUE_FILL, BLUE_INK),
        (f'{verdict}<>""', LABEL_FILL, GREY),
    )
    for formula, fill, ink in looks:
        colour_when(sheet, where, formula, fill, ink)
