"""The 填报说明 sheet: what to do, what the colours mean, and how far the form is filled."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from msgspec import Struct
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue import sheets as said
from workbook.form.model import Form
from workbook.form.outline import CHOICE, OUT, OUTLINE, OWN
from workbook.form.sections import HEADINGS, Section
from workbook.making.check_sheet import SUMMARY
from workbook.making.palette import (
    AMBER_FILL,
    DARK_AMBER,
    DARK_RED,
    DEFAULT_FILL,
    GUIDE_TAB,
    INPUT_FILL,
    LABEL_FILL,
    NEEDED_FILL,
    RED_FILL,
)
from workbook.making.planning.measures import SUMMARY_HEIGHT, TOLD_HEIGHT, TOLD_WIDTH, told_height
from workbook.making.planning.plan import GUIDE_WORDS, LABEL, TITLE_ROW, SheetPlan
from workbook.making.required import STEP, Lacking, left_parts
from workbook.making.sheets import protect, set_up_page
from workbook.making.styles import (
    BAND,
    CENTRED,
    HEAD,
    LINK,
    NOTE,
    PLAIN,
    TITLE,
    Look,
    dress,
    fit_row,
    merge,
    text_height,
    write,
)
from workbook.making.worked_out import WorkedOut
from workbook.reading.results import Result
from workbook.saving.book import language_of, write_formula

WIDTHS = {"A": 2.5, "B": 24, "C": 16, "D": 16, "E": TOLD_WIDTH}
LEGEND = (
    (INPUT_FILL, said.LEGEND["input"]),
    (DEFAULT_FILL, said.LEGEND["default"]),
    (LABEL_FILL, said.LEGEND["locked"]),
    (NEEDED_FILL, said.LEGEND["needed"]),
    (RED_FILL, said.LEGEND["red"]),
    (DARK_RED, said.LEGEND["dark red"]),
    (AMBER_FILL, said.LEGEND["amber"]),
    (DARK_AMBER, said.LEGEND["dark amber"]),
)


class Progress(Struct, frozen=True):
    """How far a form is filled: by sheet what it lacks, what its formulas give, what 校验 says."""

    lacking: Mapping[str, Lacking]
    results: WorkedOut
    summary: str


def write_guide_sheet(
    sheet: Worksheet, form: Form, plans: Sequence[SheetPlan], progress: Progress
) -> None:
    """Fill the first sheet of the workbook."""
    for letter, width in WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    write(sheet, TITLE_ROW, LABEL, form.title, TITLE)
    sheet.row_dimensions[TITLE_ROW].height = 32
    dress(sheet.cell(2, LABEL, said.VERSION(form.language, version=form.version)), NOTE)
    row = _write_steps(sheet, 4, form)
    row = _write_legend(sheet, row + 1, form)
    row = _write_progress(sheet, row + 1, form, plans, progress)
    _write_verdict(sheet, row, progress.summary)
    protect(sheet)
    set_up_page(sheet, tab=GUIDE_TAB)


def _band(sheet: Worksheet, row: int, words: str) -> None:
    for column in range(LABEL, LABEL + 4):
        dress(sheet.cell(row, column), BAND)
    sheet.cell(row, LABEL).value = words


def _write_steps(sheet: Worksheet, row: int, form: Form) -> int:
    _band(sheet, row, said.HOW(form.language))
    width = sum(list(WIDTHS.values())[1:])
    for i, words in enumerate(form.guide, start=1):
        text = f"{i}. {words}"
        for column in range(LABEL, LABEL + 4):
            dress(sheet.cell(row + i, column), PLAIN)
        sheet.cell(row + i, LABEL).value = text
        merge(sheet, row + i, LABEL, GUIDE_WORDS)
        sheet.row_dimensions[row + i].height = text_height(text, width) + 4
    return row + len(form.guide) + 1


def _write_legend(sheet: Worksheet, row: int, form: Form) -> int:
    _band(sheet, row, said.COLOURS(form.language))
    columns = (column for table in form.tables.values() for column in table.column)
    has_defaults = any(field.default for field in chain(form.fields.values(), columns))
    legend = [one for one in LEGEND if has_defaults or one[0] != DEFAULT_FILL]
    for i, (fill, words) in enumerate(legend, start=1):
        dress(sheet.cell(row + i, LABEL), Look(fill=fill, boxed=True))
        for column in range(LABEL + 1, LABEL + 4):
            dress(sheet.cell(row + i, column), PLAIN)
        sheet.cell(row + i, LABEL + 1).value = words(form.language)
        merge(sheet, row + i, LABEL + 1, GUIDE_WORDS)
        sheet.row_dimensions[row + i].height = 18
    return row + len(legend) + 1


def _write_progress(
    sheet: Worksheet, row: int, form: Form, plans: Sequence[SheetPlan], progress: Progress
) -> int:
    _band(sheet, row, said.PROGRESS(form.language))
    for i, words in enumerate(said.PROGRESS_HEADS):
        dress(sheet.cell(row + 1, LABEL + i, words(form.language)), HEAD)
    planned = {plan.sheet.name: plan for plan in plans}
    for i, shown in enumerate(form.sheet, start=row + 2):
        if plan := planned.get(shown.name):
            _write_sheet_progress(sheet, i, plan, progress)
        else:
            _write_card(sheet, i, shown.name)
    return row + 2 + len(form.sheet)


def _write_card(sheet: Worksheet, row: int, name: str) -> None:
    """The line of a sheet on which there is nothing to fill."""
    _link(sheet, row, name)
    for column in (LABEL + 1, LABEL + 2):
        dress(sheet.cell(row, column, "—"), CENTRED)
    dress(sheet.cell(row, GUIDE_WORDS, said.CARD_PROGRESS(language_of(sheet))), PLAIN)


def _write_verdict(sheet: Worksheet, row: int, summary: str) -> None:
    """The last line of the progress: what the sheet 校验 says."""
    check = said.CHECK(language_of(sheet))
    _link(sheet, row, check)
    for column in (LABEL + 1, LABEL + 2):
        dress(sheet.cell(row, column, "—"), CENTRED)
    dress(sheet.cell(row, GUIDE_WORDS), PLAIN)
    write_formula(sheet.cell(row, GUIDE_WORDS), f"='{check}'!{SUMMARY}", Result(summary))
    fit_row(sheet, row, told_height(summary, language_of(sheet), SUMMARY_HEIGHT))


def _write_sheet_progress(sheet: Worksheet, row: int, plan: SheetPlan, progress: Progress) -> None:
    lacking = progress.lacking.get(plan.sheet.name)
    wanted, done, left = (sheet.cell(row, LABEL + n, "—") for n in (1, 2, 3))
    for cell, look in ((wanted, CENTRED), (done, CENTRED), (left, PLAIN)):
        dress(cell, look)
    if lacking is None:
        _link(sheet, row, plan.sheet.name)
    else:
        count, blank = lacking.counts
        write_formula(wanted, f"=SUM({lacking.wanted})", Result(count))
        formula = f"={wanted.coordinate}-SUM({lacking.blank})"
        write_formula(done, formula, Result(count - blank))
        _link_to_blank(sheet, row, plan.sheet.name, lacking)
    counts = lacking.counts if lacking else None
    parts = left_parts(plan, counts, progress.results, (wanted.coordinate, done.coordinate))
    if parts:
        texts, words = zip(*parts, strict=True)
        mark = said.PROGRESS_MARK(plan.language)
        write_formula(left, "=" + f'&"{mark}"&'.join(texts), Result(mark.join(words)))
        fit_row(sheet, row, told_height(mark.join(words), plan.language, TOLD_HEIGHT))


def _link_to_blank(sheet: Worksheet, row: int, name: str, lacking: Lacking) -> None:
    """A link to the first cell of a sheet that must still be filled, else to its top."""
    cell = sheet.cell(row, LABEL)
    first, words = f"MIN({lacking.first})", name.replace('"', '""')
    address = f"ADDRESS(INT({first}/{STEP}),MOD({first},{STEP}),4)"
    target = f'"#\'{words}\'!"&IF({first}=0,"A1",{address})'
    dress(cell, LINK)
    write_formula(cell, f'=HYPERLINK({target},"{words}")', Result(name))
    fit_row(sheet, row, TOLD_HEIGHT)


def _link(sheet: Worksheet, row: int, name: str) -> None:
    cell = sheet.cell(row, LABEL)
    write(sheet, row, LABEL, name, LINK)
    cell.hyperlink = Hyperlink(cell.coordinate, location=f"'{name}'!A1")
    fit_row(sheet, row, TOLD_HEIGHT)


def left_out(form: Form, plans: Sequence[SheetPlan]) -> Mapping[str, str]:
    """By the key of a field that a section asks, a formula's text: whether it need not be filled.

    `OR(提纲!$E$12="不列入",提纲!$E$12="自己写",提纲!$E$9="不列入")` looks at the section's own row
    and at those of the headings that it stands under in the official order.
    """
    cells = list(_choices(plans))
    texts: dict[str, str] = {}
    for number, section in enumerate(form.section if cells else ()):
        parts = [f'{cells[number]}="{word}"' for word in (OUT, OWN)]
        parts += [f'{cells[one]}="{OUT}"' for one in _above(form.section, number)]
        texts |= dict.fromkeys(section.asked, f"OR({','.join(parts)})")
    return texts


def _choices(plans: Sequence[SheetPlan]) -> Iterator[str]:
    """The cell of each section's row in which the clerk chooses."""
    for plan in plans:
        for spot in plan.tables:
            if spot.table.key == OUTLINE:
                letter = get_column_letter(spot.columns[CHOICE])
                yield from (f"{plan.sheet.name}!${letter}${row}" for row in spot.rows)


def _above(sections: Sequence[Section], number: int) -> Iterator[int]:
    """The headings that a section stands under, the nearest first."""
    level = sections[number].level
    depth = HEADINGS.index(level) if level in HEADINGS else len(HEADINGS)
    for one in range(number - 1, -1, -1):
        found = sections[one].level
        if found in HEADINGS and HEADINGS.index(found) < depth:
            depth = HEADINGS.index(found)
            yield one
