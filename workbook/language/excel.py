"""Cells and rows as native Excel text: what to call them, and what to ask of them."""

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from workbook.catalogue.model import Language
from workbook.catalogue.sheets import (
    FILLED_COUNT,
    ODD_COUNT,
    ROW_COUNT,
    ROW_FORMULA,
    UNREADABLE_COUNT,
)
from workbook.catalogue.verdicts import NOT_A_NUMBER, NOT_APPLICABLE
from workbook.figures.numbers import MOST_DECIMALS
from workbook.form.field import TEXTUAL, Field
from workbook.form.table import Table
from workbook.language.model import Inputs, Leaf
from workbook.xlsx.addresses import column_letters, quoted_sheet

Reference = Callable[[Leaf], str]
"""How a formula names the cell or column that an expression reads."""
CELL_ABOVE = "\x01"  # in the pattern of a formula, in place of the cell's address
# Wildcards; nothing but digits and signs that numbers, dates and times are written with.
_ODD = re.compile(r"[*?~]|^[\d\W年月日时分秒E]*$")
_HEAD = r"(?:'.|[^\[\]'])+"
_COLUMNS = rf"\[(?P<first>{_HEAD})\](?::\[(?P<last>{_HEAD})\])?"
_SIGNS = re.compile(r"[\[\]#']")  # that mean something else in the brackets of a column
_QUOTED = re.compile("'(.)")


def named(leaf: Leaf) -> str:
    """The defined name of a field, the structured reference of a column."""
    return column_cells(leaf.table, leaf.field.name) if leaf.table else leaf.field.key


def column_cells(table: str, head: str) -> str:
    """How a formula names the column of a table that stands under a head.

    Excel asks for a second pair of brackets where there are signs in it.
    """
    return f"{table}[{head}]" if head.isidentifier() else f"{table}[[{_escaped(head)}]]"


def row_cell(table: str, head: str) -> str:
    """How a formula in a table names a cell of its own row."""
    return f"{table}[[#This Row],[{_escaped(head)}]]"


def _escaped(head: str) -> str:
    return _SIGNS.sub(r"'\g<0>", head)


def own_row(table: Table) -> Reference:
    """How a formula in a row of `table` names the cells of its row, and all others.

    The cell above stands in it as `CELL_ABOVE`, which is another address in each row.
    """
    own = {column.key for column in table.column}

    def reference(leaf: Leaf) -> str:
        if leaf.is_above:
            return CELL_ABOVE
        is_own = not leaf.table and leaf.field.key in own
        return row_cell(table.key, leaf.field.name) if is_own else named(leaf)

    return reference


def row_name(table: Table, key: str, language: Language = "zh") -> str:
    """The defined name of the formula that is the same in each row of a column."""
    return f"{ROW_FORMULA(language)}{table.key}.{key}"


def by_address(formula: str, table: Table, sheet: str, heads: Mapping[str, int], head: int) -> str:
    """A formula for the rows of a table as a defined name holds it, whose row is any cell's own.

    `明细[[#This Row],[额]]*2` becomes `'表'!$C1*2`: Excel counts the row of a name from row 1, and
    takes no row of a table there. `heads` are the numbers of the columns, in row `head`.
    """

    def addressed(found: re.Match[str]) -> str:
        row = f"${head}" if found["what"] == "Headers" else "1"
        said = (_QUOTED.sub(r"\1", one) for one in (found["first"], found["last"]) if one)
        first, *last = (f"${column_letters(heads[one])}{row}" for one in said)
        return f"{quoted_sheet(sheet)}!{':'.join((first, *last))}"

    row = rf"{re.escape(table.key)}\[\[#(?P<what>This Row|Headers)\],{_COLUMNS}\]"
    return re.sub(row, addressed, formula)


def rounded_text(text: str, places: int) -> str:
    """Rounded as `numbers.rounded` does: a half that a double falls just short of is a half."""
    exact = f"ROUND({text},{MOST_DECIMALS})"
    return exact if places == MOST_DECIMALS else f"ROUND({exact},{places})"


def filled(reference: str) -> str:
    """The test that a cell holds more than spaces."""
    return f"LEN(TRIM({reference}))>0"


def row_in_use(table: Table, reference: Reference) -> str:
    """How many letters somebody typed into a row: 0 in one that is not in use."""
    return "+".join(f"LEN(TRIM({reference(Leaf(column))}))" for column in table.asked)


def rows_in_use(table: Table, language: Language = "zh") -> str:
    """How many rows of a table are in use; rows that are given always are."""
    return str(len(table.row)) if table.row else rows_name(table, language)


def rows_name(table: Table, language: Language = "zh") -> str:
    """The defined name of the cell that counts the rows in use."""
    return f"{ROW_COUNT(language)}{table.key}"


def count_rows(table: Table) -> str:
    """The formula of that cell; an error anywhere in the table makes it one."""
    return f"SUMPRODUCT(--(({row_in_use(table, column_of(table))})>0))"


def filled_name(leaf: Leaf, language: Language = "zh") -> str:
    """The defined name of the cell that counts the filled cells of a column."""
    return f"{FILLED_COUNT(language)}{leaf.table}.{leaf.field.key}"


def count_filled(column: str) -> str:
    """The formula of that cell."""
    return f"SUMPRODUCT(--({filled(column)}))"


def unreadable_name(leaf: Leaf, language: Language = "zh") -> str:
    """The defined name of the cell that says whether a column holds what makes no sense."""
    return f"{UNREADABLE_COUNT(language)}{leaf.table}.{leaf.field.key}"


def count_unreadable(leaf: Leaf, language: Language = "zh") -> str:
    """The formula of that cell, 0 where all makes sense; an error among figures makes it one."""
    return f"0+{_unreadable(leaf, named(leaf), language)}"


def is_readable(column: Field) -> bool:
    """Whether a column is of words that are typed, of which all make sense."""
    return not (column.is_number or column.type == "date" or column.formula)


def odd_name(leaf: Leaf, language: Language = "zh") -> str:
    """The defined name of the cell that counts the texts of a column that are no `is_criterion`."""
    return f"{ODD_COUNT(language)}{leaf.table}.{leaf.field.key}"


def count_odd(column: str) -> str:
    """The formula of that cell."""
    without = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({column},"*",""),"?",""),"~","")'
    usual = (
        f"EXACT({column},UPPER(TRIM({column})))",
        f"ISERROR(VALUE({column}))",
        f'ISERROR(FIND(LEFT({column}),"=<>"))',
        f"(LEN({without})=LEN({column}))",
        f"(LEN({column})<256)",
    )
    return f"SUMPRODUCT(--(LEN({column})>0),1-{'*'.join(usual)})"


def is_in(text: str, column: str) -> str:
    """The test that a text stands in a column of criteria, and so is one itself."""
    found = f"EXACT({text},INDEX({column},MATCH({text},{column},0)))"
    return f"IF(LEN({text})>0,IFERROR({found},FALSE),FALSE)"


def is_criterion(text: str) -> bool:
    """Whether COUNTIFS, which knows wildcards and no case, finds a text and nothing else by it.

    It takes `>5` for a comparison, `a*` for a beginning, `abc` for ABC as well and `01` for 1.
    """
    is_usual = 0 < len(text) < 256 and text == text.upper() == " ".join(text.split())
    return is_usual and text[0] not in "=<>" and not _ODD.search(text)


def column_of(table: Table) -> Reference:
    """How a formula outside of `table` names one of its columns."""
    return lambda leaf: named(Leaf(leaf.field, table.key))


class ExcelCells(Struct, frozen=True):
    """The cells that an expression reads, as a formula names them and has to take them.

    With `reference` being `named`, the required figure 基本支出 is `基本支出` in a formula, and one
    that may be blank and then counts as 0 is `N(基本支出)`. With `is_quick` rows are picked by
    COUNTIFS where it finds the same ones: a formula in each row that compares all rows itself takes
    minutes in a table of some thousands.
    """

    inputs: Inputs
    reference: Reference = named
    is_quick: bool = False
    language: Language = "zh"

    @property
    def absent(self) -> str:
        """What a computed cell says that has no value."""
        return NOT_APPLICABLE(self.language)

    def cell(self, leaf: Leaf) -> str:
        """A single cell as Python reads it: text without its margins, days without their hours."""
        cell = self.reference(leaf)
        text = _present(leaf, cell, may_be_blank=leaf not in self.inputs.needed)
        if leaf.field.may_be_absent and leaf not in self.inputs.applying:
            return f'IF({cell}="{self.absent}",NA(),{text})'
        return text

    def any_unreadable(self) -> str:
        """TRUE (or an error) when a cell for a figure or a date holds something else."""
        tests = [self._unreadable(leaf) for leaf in self.inputs.leaves]
        # An error anywhere in a table that is read makes its count of rows an error too.
        tests += [f"0*{rows_in_use(table, self.language)}" for table in self.inputs.tables]
        return f"{'+'.join(tests)}>0"

    def _unreadable(self, leaf: Leaf) -> str:
        # Of a whole column it is asked once: in each of ten thousand rows that counts a column of
        # as many, LibreOffice calculates for an hour.
        if self.is_quick and leaf.table and not is_readable(leaf.field):
            return unreadable_name(leaf, self.language)
        return _unreadable(leaf, self.reference(leaf), self.language)

    def any_blank(self) -> str:
        """TRUE when a cell without a meaning for blank is; empty text where none can be."""
        by_key = {table.key: table for table in self.inputs.tables}
        tests = []
        for leaf in self.inputs.needed:
            if leaf.table:
                in_use = rows_in_use(by_key[leaf.table], self.language)
                tests.append(f"({filled_name(leaf, self.language)}<{in_use})")
            else:
                tests.append(f"(LEN(TRIM({self.reference(leaf)}))=0)")
        return f"{'+'.join(tests)}>0" if tests else ""

    def any_absent(self) -> str:
        """TRUE when a cell without which nothing results is 不适用; empty where none can be."""
        tests = [f'({self.reference(leaf)}="{self.absent}")' for leaf in self.inputs.applying]
        return f"{'+'.join(tests)}>0" if tests else ""


def _present(leaf: Leaf, cell: str, *, may_be_blank: bool) -> str:
    """A single cell that is not 不适用; a blank figure counts as 0, a blank date as nothing."""
    if leaf.field.type in TEXTUAL:
        return f"TRIM({cell})"
    if leaf.field.type == "date":
        return f"IF({filled(cell)},INT({cell}),NA())" if may_be_blank else f"INT({cell})"
    return f"N({cell})" if may_be_blank else cell  # N also of a cell of nothing but spaces


def _unreadable(leaf: Leaf, cell: str, language: Language) -> str:
    absent_word, unreadable = NOT_APPLICABLE(language), NOT_A_NUMBER(language)
    is_computed = bool(leaf.field.formula)
    is_figure = leaf.field.is_number or leaf.field.type == "date"
    if not is_figure and leaf.table:
        return f'COUNTIF({cell},"{unreadable}")' if is_computed else "0"
    if not is_figure:
        spoiled = f'+({cell}="{unreadable}")' if is_computed else ""
        return f"ISERROR({cell}){spoiled}"
    if leaf.table:
        absent = f'-COUNTIF({cell},"{absent_word}")' if is_computed else ""
        return f"({filled_name(leaf, language)}{absent}>COUNT({cell}))"
    absent = f'*({cell}<>"{absent_word}")' if is_computed else ""
    return f"({filled(cell)})*(COUNT({cell})=0){absent}"
