"""The functions that look at a table's rows."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from workbook.catalogue.model import listed
from workbook.catalogue.rules import COUNT, COUNT_WHERE, IS_WORD, ONE_WHERE, SUM, SUM_WHERE, WHERE
from workbook.language.call import Call, added
from workbook.language.excel import (
    ExcelCells,
    filled,
    is_criterion,
    is_in,
    odd_name,
    row_cell,
    rows_in_use,
)
from workbook.language.expression import Expression, Term
from workbook.language.model import PLAIN, Column, LookUp, NotApplicableError, Told, Type
from workbook.language.names import ColumnName, FieldName, TableName, Text


class Sum(Call):
    """`sum(项目.金额)`: a column's figures added up."""

    name, takes = "sum", (Type.COLUMN,)

    def value(self, look_up: LookUp) -> Decimal:
        return added(self.arguments[0].value(look_up))

    def words(self, told: Told = PLAIN) -> str:
        return SUM(told.language, of=self.arguments[0].words(told))

    def terms(self) -> tuple[Term, ...]:
        return tuple(Term(Decimal(1), leaf) for leaf in self.leaves())


class Count(Call):
    """`count(项目)`: how many rows of a table are in use."""

    name, takes, decimals = "count", (Type.TABLE,), 0

    def value(self, look_up: LookUp) -> Decimal:
        return Decimal(len(self.arguments[0].value(look_up)))

    def excel(self, cells: ExcelCells) -> str:
        (rows,) = self.arguments
        assert isinstance(rows, TableName)
        return rows_in_use(rows.table, cells.language)

    def words(self, told: Told = PLAIN) -> str:
        return COUNT(told.language, of=self.arguments[0].words(told))


class Where(Call):
    """A function of those rows of a table that have the wanted words."""

    more = (Type.TEXTS, Type.TEXT)

    @property
    def tests(self) -> list[tuple[ColumnName, Expression]]:
        """The columns that are looked at, and the word that each has to hold."""
        pairs = self.arguments[len(self.arguments) % 2 :]  # a sum begins with another column
        columns = (one for one in pairs[::2] if isinstance(one, ColumnName))
        return list(zip(columns, pairs[1::2], strict=True))

    @property
    def fault(self) -> str:
        tables = {one.table.key for one in self.arguments if isinstance(one, ColumnName)}
        return f"函数「{self.name}」里的几列要在同一张表里" if len(tables) > 1 else ""

    def rows(self, look_up: LookUp) -> Sequence[int]:
        """The rows that have the wanted word in each column, from 0."""
        tests: list[tuple[Column, Any]] = [
            (column.value(look_up), wanted.value(look_up)) for column, wanted in self.tests
        ]
        found: Sequence[int] = min((c.rows_of.get(word, ()) for c, word in tests), key=len)
        return [row for row in found if all(column[row] == word for column, word in tests)]

    def excel(self, cells: ExcelCells) -> str:
        tests = self._tests_in_excel(cells)
        figures = [one.excel(cells) for one in self.arguments[: len(self.arguments) % 2]]
        criteria = ",".join(f"{column.excel(cells)},{w.excel(cells)}" for column, w in self.tests)
        quick = f"SUMIFS({figures[0]},{criteria})" if figures else f"COUNTIFS({criteria})"
        return self._quickly(cells, quick, f"SUMPRODUCT({','.join([*tests, *figures])})")

    def _quickly(self, cells: ExcelCells, quick: str, otherwise: str) -> str:
        """By criteria, where each wanted text is one and none in the columns is anything else."""
        texts = [wanted.text for _, wanted in self.tests if isinstance(wanted, Text)]
        if not cells.is_quick or not all(map(is_criterion, texts)):
            return otherwise
        odd = "+".join(
            dict.fromkeys(odd_name(column.leaf, cells.language) for column, _ in self.tests)
        )
        asked = ",".join(
            f"LEN({wanted.excel(cells)})>0"
            if _is_own(cells, column, wanted)
            else is_in(wanted.excel(cells), column.excel(cells))
            for column, wanted in self.tests
            if not isinstance(wanted, Text)
        )
        return f"IF({odd}=0,{f'IF(AND({asked}),{quick},0)' if asked else quick},{otherwise})"

    def _tests_in_excel(self, cells: ExcelCells) -> list[str]:
        """1 or 0 for each row, by each word that it must have."""
        return [
            test
            for column, wanted in self.tests
            for test in _where(column.excel(cells), wanted.excel(cells))
        ]

    def _rows_in_words(self, told: Told) -> str:
        language = told.language
        tests = (
            IS_WORD(language, column=column.field.key, word=_wanted(word, told))
            for column, word in self.tests
        )
        table = self.tests[0][0].table.key
        return WHERE(language, table=table, rows=listed(language, tests))


def _where(words: str, wanted: str) -> Iterator[str]:
    """1 in the rows with the wanted words, else 0; a blank is never wanted."""
    if not wanted.startswith('"') or wanted == '""':
        yield f"--({filled(words)})"
    yield f"--EXACT(TRIM({words}),{wanted})"


def _is_own(cells: ExcelCells, column: ColumnName, wanted: Expression) -> bool:
    """Whether a row looks for others like itself: what it wants is in the column then."""
    own = row_cell(column.leaf.table, column.leaf.field.name)
    return isinstance(wanted, FieldName) and cells.reference(wanted.leaf) == own


def _wanted(word: Expression, told: Told) -> str:
    """The word by which rows are picked: itself where it is known, what holds it otherwise."""
    if told.look_up is None or not isinstance(word, FieldName):
        return word.words(told)
    return f"“{word.figure(told)}”"


class SumWhere(Where):
    """`sum_where(指标.得分, 指标.项目, 名称)`: the figures of the picked rows added up."""

    name, takes = "sum_where", (Type.COLUMN, Type.TEXTS, Type.TEXT)

    @property
    def decimals(self) -> int:
        return self.arguments[0].decimals

    def value(self, look_up: LookUp) -> Decimal:
        figures = self.arguments[0].value(look_up)
        return added(figures[row] for row in self.rows(look_up))

    def words(self, told: Told = PLAIN) -> str:
        figures = self.arguments[0]
        assert isinstance(figures, ColumnName)
        return SUM_WHERE(told.language, rows=self._rows_in_words(told), column=figures.field.key)


class CountWhere(Where):
    """`count_where(指标.项目, 名称)`: how many rows are picked."""

    name, takes, decimals = "count_where", (Type.TEXTS, Type.TEXT), 0

    def value(self, look_up: LookUp) -> Decimal:
        return Decimal(len(self.rows(look_up)))

    def words(self, told: Told = PLAIN) -> str:
        return COUNT_WHERE(told.language, rows=self._rows_in_words(told))


class OneWhere(Where):
    """A function that finds the one row with the wanted words and says what stands in a column."""

    def found(self, look_up: LookUp) -> Any:
        """What stands there, None where there is no such row or more than one."""
        rows = self.rows(look_up)
        return self.arguments[0].value(look_up)[rows[0]] if len(rows) == 1 else None

    def is_one(self, cells: ExcelCells) -> str:
        """The test that there is one such row and no other."""
        return f"{CountWhere(self.arguments[1:]).excel(cells)}=1"

    def cell(self, cells: ExcelCells) -> str:
        """The cell in that row, whose number is all that the picked rows add up to."""
        column, tests = self.arguments[0].excel(cells), ",".join(self._tests_in_excel(cells))
        row = f"SUMPRODUCT({tests},ROW({column})-MIN(ROW({column}))+1)"
        if len(self.tests) == 1:
            ((words, wanted),) = self.tests
            row = self._quickly(cells, f"MATCH({wanted.excel(cells)},{words.excel(cells)},0)", row)
        return f"INDEX({column},{row})"

    def words(self, told: Told = PLAIN) -> str:
        column = self.arguments[0]
        assert isinstance(column, ColumnName)
        return ONE_WHERE(told.language, rows=self._rows_in_words(told), column=column.field.key)


class TextWhere(OneWhere):
    """`text_where(数据.单位, 数据.名称, 指标)`: the words in the one row picked, or none."""

    name, takes, type, decimals = "text_where", (Type.TEXTS, Type.TEXTS, Type.TEXT), Type.TEXT, 0

    def value(self, look_up: LookUp) -> str:
        return self.found(look_up) or ""

    def excel(self, cells: ExcelCells) -> str:
        return f'IF({self.is_one(cells)},TRIM({self.cell(cells)}),"")'


class FigureWhere(OneWhere):
    """`figure_where(数据.数值, 数据.名称, 指标)`: the figure in the one row that is picked.

    Where there is none, a cell that is to hold it stays blank.
    """

    name, takes = "figure_where", (Type.COLUMN, Type.TEXTS, Type.TEXT)

    @property
    def decimals(self) -> int:
        return self.arguments[0].decimals

    def value(self, look_up: LookUp) -> Decimal:
        figure: Decimal | None = self.found(look_up)
        if figure is None:
            raise NotApplicableError
        return figure

    def excel(self, cells: ExcelCells) -> str:
        return self.cell(cells)

    def is_blank(self, look_up: LookUp) -> bool:
        return self.found(look_up) is None

    def blank_test(self, cells: ExcelCells) -> str:
        return f"IF({self.is_one(cells)},NOT(ISNUMBER({self.cell(cells)})),TRUE)"
