"""A sheet that shows one row of a table and the rows that belong to it, chosen from a list.

A folded column beside the card works out where they stand: on top the chosen row's place in its
table, beside each line for a row that belongs to it that row's place, and at the end how many there
are. All other cells pick from the tables by these places, so that no formula has to be entered as
an array.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from workbook.catalogue import sheets as said
from workbook.form.card import Card, CardCell, CardLine
from workbook.form.model import Sheet
from workbook.making.card_values import NOWHERE, Shown, Source
from workbook.making.entry_rules import offered
from workbook.making.layout import INPUT, LABEL, TITLE_ROW, SheetPlan
from workbook.making.palette import GUIDE_TAB, INPUT_FILL
from workbook.making.sheets import Contents, link_back, protect, set_up_page
from workbook.making.styles import HEADING_FONT, LINE_HEIGHT, NOTE, TITLE, Look, dress, merge, write
from workbook.making.styles import LABEL as LABEL_LOOK
from workbook.reading.results import Result
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
    sources = {
        spot.table.key: Source(spot, plan.sheet.name, contents)
        for plan in plans
        for spot in plan.tables
    }
    _CardWriter(book.create_sheet(shown.name), card, sources).write(shown)


class _CardWriter:
    """Writes one card, row by row."""

    def __init__(self, sheet: Worksheet, card: Card, sources: Mapping[str, Source]) -> None:
        self.sheet, self.card = sheet, card
        self.source = sources[card.table]
        self.rows = sources.get(card.rows)
        self.last = LABEL + len(card.widths) - 1
        self.aside = get_column_letter(self.last + 1)
        self.chosen = f"${get_column_letter(INPUT)}${CHOICE_ROW}"
        self.name = str(self.source.value(self.source.table.row_name, 0))
        self.place = self.source.place(self.source.table.row_name, self.name)

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
        first = f"INDEX({table.key}[{table.row_name}],1)"
        cell = sheet.cell(CHOICE_ROW, INPUT)
        write_formula(cell, f'=IF(LEN(TRIM({first}))=0,"",{first})', Result(self.name))
        name = f"{said.OFFERED(language)}{table.key}"
        book = sheet.parent
        assert book is not None
        text = offered(f"{table.key}.{table.row_name}")
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
        self._write_aside(FIRST_ROW, self._first(self.source, table.row_name, "0"), self.place)

    def _first(self, source: Source, key: str, after: str) -> str:
        """The place of the first row behind `after` that holds the chosen name, as a formula."""
        cells = f"{source.table.key}[{key}]"
        place = f"(ROW({cells})-MIN(ROW({cells}))+1)"
        test = f"(TRIM({cells})=TRIM({self.chosen}))*(LEN(TRIM({cells}))>0)*({place}>{after})"
        return f"{NOWHERE}-SUMPRODUCT(MAX({test}*({NOWHERE}-{place})))"

    def _write_aside(self, row: int, formula: str, result: int) -> None:
        write_formula(self.sheet[f"{self.aside}{row}"], f"={formula}", Result(result))

    def _write_lines(self) -> int:
        """Write all lines; the row of the last one."""
        row = FIRST_ROW
        for line in self.card.line:
            if not line.each:
                row += 1
                self._write_line(row, line, self.source, (f"${self.aside}${FIRST_ROW}", self.place))
                continue
            before, place = "0", 0
            for _ in range(self.card.most):
                row += 1
                assert self.rows is not None
                place = self.rows.place(self.card.by, self.name, place)
                self._write_aside(row, self._first(self.rows, self.card.by, before), place)
                before = f"{self.aside}{row}"
                self._write_line(row, line, self.rows, (f"${self.aside}{row}", place))
        return row + 1 if self.rows else row

    def _write_line(self, row: int, line: CardLine, source: Source, where: tuple[str, int]) -> None:
        column = LABEL
        for cell in line.cell:
            end = column + cell.span - 1
            if cell.words:
                self._merge(row, column, end, CENTRED_LABEL)
                write(self.sheet, row, column, cell.words)
            else:
                self._write_value(row, column, cell, source, where)
            column = end + 1
        self.sheet.row_dimensions[row].height = line.lines * LINE_HEIGHT + 6

    def _write_value(
        self, row: int, column: int, cell: CardCell, source: Source, where: tuple[str, int]
    ) -> None:
        shown = Shown(cell, source, where)
        self._merge(row, column, column + cell.span - 1, shown.look)
        write_formula(self.sheet.cell(row, column), f"={shown.formula}", Result(shown.result))

    def _write_rest(self, row: int) -> None:
        """How many rows belong to the chosen one that the card has no line for."""
        if self.rows is None:
            return
        cells = f"{self.rows.table.key}[{self.card.by}]"
        count = f"SUMPRODUCT((TRIM({cells})=TRIM({self.chosen}))*(LEN(TRIM({cells}))>0))"
        number = sum(1 for _ in self._own_rows(self.rows))
        self._write_aside(row, count, number)
        rest, most = f"${self.aside}${row}", self.card.most
        language = language_of(self.sheet)
        words = said.CARD_MORE(language, sheet=self.rows.sheet)
        told = said.CARD_REST(language, count="\0", words=words)
        begins, _, ends = told.partition("\0")
        first = f'"{begins}"&' if begins else ""
        formula = f'=IF({rest}>{most},{first}({rest}-{most})&"{ends}","")'
        shown = told.replace("\0", str(number - most)) if number > most else ""
        self._merge(row, LABEL, self.last, NOTE)
        write_formula(self.sheet.cell(row, LABEL), formula, Result(shown))

    def _own_rows(self, rows: Source) -> Iterator[int]:
        place = rows.place(self.card.by, self.name)
        while place < NOWHERE:
            yield place
            place = rows.place(self.card.by, self.name, place)

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
