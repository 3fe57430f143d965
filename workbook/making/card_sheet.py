"""A sheet that shows one row of a table and the rows that belong to it, chosen from a list.

A folded column beside the card works out where they stand: on top the chosen row's place in its
table, beside each line for a row that belongs to it that row's place, and at the end how many there
are. All other cells pick from the tables by these places, so that no formula has to be entered as
an array.
"""

from collections.abc import Sequence
from typing import Any, Final

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue import sheets as said
from workbook.form.card import CardCell, CardLine
from workbook.form.model import Sheet
from workbook.making.card_values import (
    NOWHERE,
    CardValues,
    Source,
    is_figure,
    more_words,
    sources_of,
)
from workbook.making.entry_rules import offered
from workbook.making.palette import GUIDE_TAB, INPUT_FILL
from workbook.making.planning.measures import LINE_HEIGHT
from workbook.making.planning.plan import INPUT, LABEL, TITLE_ROW, SheetPlan
from workbook.making.sheets import link_back, protect, set_up_page
from workbook.making.styles import (
    HEADING_FONT,
    NOTE,
    PLAIN,
    TITLE,
    Look,
    dress,
    merge,
    number_format,
    write,
)
from workbook.making.styles import LABEL as LABEL_LOOK
from workbook.making.worked_out import Contents
from workbook.saving.book import FormBook, language_of, write_formula

CHOICE_ROW: Final = 2
FIRST_ROW: Final = 4
HEADING: Final = Look(size=16, horizontal="center", font=HEADING_FONT)
CENTRED_LABEL: Final = Look(fill=LABEL_LOOK.fill, boxed=True, horizontal="center")


def write_card_sheet(
    book: FormBook, shown: Sheet, plans: Sequence[SheetPlan], contents: Contents
) -> None:
    """Add the sheet of a card, showing the first row of its table."""
    card = shown.card
    assert card is not None
    values = CardValues(card, sources_of(plans, contents), book.language)
    _CardWriter(book.create_sheet(shown.name), values).write(shown)


class _CardWriter:
    """Writes one card, row by row."""

    def __init__(self, sheet: Worksheet, values: CardValues) -> None:
        self.sheet, self.card = sheet, values.card
        self.source, self.rows = values.source, values.rows
        self.results = values.results()  # each formula takes the next
        self.last = LABEL + len(self.card.widths) - 1
        self.aside = get_column_letter(self.last + 1)
        self.chosen = f"${get_column_letter(INPUT)}${CHOICE_ROW}"

    def write(self, shown: Sheet) -> None:
        sheet = self.sheet
        sheet.column_dimensions["A"].width = 2.5
        for number, width in enumerate(self.card.widths, start=LABEL):
            sheet.column_dimensions[get_column_letter(number)].width = width
        write(sheet, TITLE_ROW, LABEL, sheet.title, TITLE)
        sheet.row_dimensions[TITLE_ROW].height = 28
        link_back(sheet, self.last)
        self._write_choice()
        self._merge(FIRST_ROW, LABEL, self.last, HEADING)
        write(sheet, FIRST_ROW, LABEL, self.card.title)
        sheet.row_dimensions[FIRST_ROW].height = 34
        end = self._write_lines()
        self._write_rest(end)
        self._fold()
        protect(sheet)
        sheet.print_area = f"B{FIRST_ROW}:{get_column_letter(self.last)}{end}"
        set_up_page(sheet, landscape=shown.landscape, tab=GUIDE_TAB)
        sheet.page_setup.fitToHeight = 1
        sheet.freeze_panes = f"A{FIRST_ROW}"

    def _write_choice(self) -> None:
        """The cell in which a row is chosen; until then it names the first."""
        sheet, table = self.sheet, self.source.table
        language = language_of(sheet)
        write(sheet, CHOICE_ROW, LABEL, said.CARD_CHOICE(language), LABEL_LOOK)
        look = Look(fill=INPUT_FILL, boxed=True, open=True)
        self._merge(CHOICE_ROW, INPUT, min(INPUT + 2, self.last), look)
        first = f"INDEX({self.source.cells(table.row_name)},1)"
        cell = sheet.cell(CHOICE_ROW, INPUT)
        self._calculate(cell, f'IF(LEN(TRIM({first}))=0,"",{first})')
        name = f"{said.OFFERED(language)}{table.key}"
        book = sheet.parent
        assert book is not None
        text = offered(self.source.cells(table.row_name))
        book.defined_names[name] = DefinedName(name, attr_text=text)
        chosen = (
            f"{said.CHOSEN(language)}{table.key}"  # by which the sheet is known for ours, renamed
        )
        where = f"{quote_sheetname(sheet.title)}!{self.chosen}"
        book.defined_names[chosen] = DefinedName(chosen, attr_text=where)
        made = DataValidation(type="list", formula1=name, allow_blank=True)
        made.showErrorMessage = made.showInputMessage = True
        made.errorTitle, made.error = said.NO_SUCH_ROW(language), said.CARD_REFUSAL(language)
        made.promptTitle, made.prompt = said.CARD_CHOICE(language), said.CARD_PROMPT(language)
        sheet.add_data_validation(made)
        made.add(cell.coordinate)
        sheet.row_dimensions[CHOICE_ROW].height = 24
        write(sheet, CHOICE_ROW + 1, LABEL, said.CARD_NOTE(language), NOTE)
        self._write_aside(FIRST_ROW, self._first(self.source, table.row_name, "0"))

    def _first(self, source: Source, key: str, after: str) -> str:
        """The place of the first row behind `after` that holds the chosen name, as a formula."""
        cells = source.cells(key)
        place = f"(ROW({cells})-MIN(ROW({cells}))+1)"
        test = f"(TRIM({cells})=TRIM({self.chosen}))*(LEN(TRIM({cells}))>0)*({place}>{after})"
        return f"{NOWHERE}-SUMPRODUCT(MAX({test}*({NOWHERE}-{place})))"

    def _write_aside(self, row: int, formula: str) -> None:
        self._calculate(self.sheet[f"{self.aside}{row}"], formula)

    def _calculate(self, cell: Any, formula: str) -> None:
        write_formula(cell, f"={formula}", next(self.results))

    def _write_lines(self) -> int:
        """Write all lines; the row of the last one."""
        row = FIRST_ROW
        for line in self.card.line:
            if not line.each:
                row += 1
                self._write_line(row, line, self.source, f"${self.aside}${FIRST_ROW}")
                continue
            before = "0"
            for _ in range(self.card.most):
                row += 1
                assert self.rows is not None
                self._write_aside(row, self._first(self.rows, self.card.by, before))
                before = f"{self.aside}{row}"
                self._write_line(row, line, self.rows, f"${self.aside}{row}")
        return row + 1 if self.rows else row

    def _write_line(self, row: int, line: CardLine, source: Source, at: str) -> None:
        column = LABEL
        for cell in line.cell:
            end = column + cell.span - 1
            if cell.words:
                self._merge(row, column, end, CENTRED_LABEL)
                write(self.sheet, row, column, cell.words)
            else:
                self._merge(row, column, end, _look(cell, source))
                formula = _formula(cell, source, at)
                self._calculate(self.sheet.cell(row, column), formula)
            column = end + 1
        self.sheet.row_dimensions[row].height = line.lines * LINE_HEIGHT + 6

    def _write_rest(self, row: int) -> None:
        """How many rows belong to the chosen one that the card has no line for."""
        if self.rows is None:
            return
        cells = self.rows.cells(self.card.by)
        count = f"SUMPRODUCT((TRIM({cells})=TRIM({self.chosen}))*(LEN(TRIM({cells}))>0))"
        self._write_aside(row, count)
        rest, most = f"${self.aside}${row}", self.card.most
        told = more_words(self.rows, language_of(self.sheet), "\0")
        begins, _, ends = told.partition("\0")
        first = f'"{begins}"&' if begins else ""
        self._merge(row, LABEL, self.last, NOTE)
        formula = f'IF({rest}>{most},{first}({rest}-{most})&"{ends}","")'
        self._calculate(self.sheet.cell(row, LABEL), formula)

    def _merge(self, row: int, first: int, last: int, look: Look) -> None:
        for column in range(first, last + 1):
            dress(self.sheet.cell(row, column), look)
        if last > first:
            merge(self.sheet, row, first, last)

    def _fold(self) -> None:
        dimension = self.sheet.column_dimensions[self.aside]
        dimension.outlineLevel, dimension.hidden = 1, True
        self.sheet.column_dimensions[get_column_letter(self.last + 2)].collapsed = True
        self.sheet.column_dimensions.max_outline = 1


def _look(cell: CardCell, source: Source) -> Look:
    """How a cell looks: money at the right, other figures centred, long texts on top."""
    field = source.column(cell.value[0])
    if is_figure(cell) and (field.is_number or field.type == "date"):
        shown = number_format(field) + ('"%"' if field.unit == "%" else "")
        side = "right" if field.unit in ("万元", "元") else "center"
        return Look(boxed=True, horizontal=side, number_format=shown)
    if field.type == "paragraphs":
        return Look(boxed=True, vertical="top")
    return PLAIN if is_figure(cell) else Look(boxed=True, horizontal="center")


def _formula(cell: CardCell, source: Source, at: str) -> str:
    """What picks from the table what a cell shows of the row whose place stands in `at`."""

    def reference(key: str) -> str:
        return f"INDEX({source.cells(key)},{at})"

    texts = [reference(key) for key in cell.value]
    if is_figure(cell):
        shown = f'IF(LEN(TRIM({texts[0]}))=0,"",{texts[0]})'
    else:
        figures = [
            f"LEN(TRIM({reference(key)}))=0" for key in cell.value if source.column(key).is_number
        ]
        shown = "&".join(texts)
        shown = f'IF(OR({",".join(figures)}),"",{shown})' if figures else shown
    if cell.rather:
        rather = reference(cell.rather)
        shown = f"IF(LEN(TRIM({rather}))>0,{rather},{shown})"
    return f'IF({at}>={NOWHERE},"",{shown})'
