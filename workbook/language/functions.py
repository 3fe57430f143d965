"""The functions that rules may call; each is a construct that says all of itself in one place."""

from collections.abc import Sequence
from decimal import Decimal

from workbook.catalogue.model import listed
from workbook.catalogue.rules import (
    ABOVE,
    ABSOLUTE,
    FLOOR,
    GIVEN,
    IS_ABSENT,
    LEAST,
    MOST,
    ROUNDED,
    YEAR_OF,
)
from workbook.figures.numbers import MOST_DECIMALS, rounded, whole
from workbook.form.field import Field
from workbook.language.call import Call, added
from workbook.language.constructs import in_brackets
from workbook.language.excel import ExcelCells, filled, rounded_text
from workbook.language.expression import Expression, Term
from workbook.language.model import NOTHING, PLAIN, Leaf, LookUp, NotApplicableError, Told, Type
from workbook.language.names import FieldName, Number
from workbook.language.row_functions import (
    Count,
    CountWhere,
    FigureWhere,
    Sum,
    SumWhere,
    TextWhere,
)
from workbook.language.text_functions import BeforeEnd, CountItems, EndsWith


class Total(Call):
    """`total(甲, 乙)`: the sum of those figures that are not 不适用."""

    name, more = "total", (Type.NUMBER,)

    def value(self, look_up: LookUp) -> Decimal:
        return added(
            None if isinstance(part, FieldName) and part.is_absent(look_up) else part.value(look_up)
            for part in self.arguments
        )

    def excel(self, cells: ExcelCells) -> str:
        """SUM passes over a cell that says 不适用; NA(), as elsewhere, it would hand on."""
        parts = (
            cells.reference(part.leaf) if isinstance(part, FieldName) else part.excel(cells)
            for part in self.arguments
        )
        return f"SUM({','.join(parts)})"

    def words(self, told: Told = PLAIN) -> str:
        return f"({' + '.join(part.words(told) for part in self.arguments)})"

    def terms(self) -> tuple[Term, ...] | None:
        found: tuple[Term, ...] = ()
        for part in self.arguments:
            if (terms := part.terms()) is None:
                return None
            found += terms
        return found


class Question(Call):
    """A question about a cell and not about its value."""

    takes, type, decimals = (Type.FIELD,), Type.FLAG, 0

    @property
    def asked(self) -> FieldName:
        """The cell."""
        (cell,) = self.arguments
        assert isinstance(cell, FieldName)
        return cell


class Given(Question):
    """`given(原因)`: whether something stands in the cell, be it 不适用."""

    name = "given"

    def value(self, look_up: LookUp) -> bool:
        try:
            value = look_up(self.asked.field.key)
        except NotApplicableError:
            return True
        return value is not None and value is not NOTHING and value != ""

    def excel(self, cells: ExcelCells) -> str:
        return f"({filled(cells.reference(self.asked.leaf))})"

    def words(self, told: Told = PLAIN) -> str:
        return GIVEN(told.language, of=self.asked.words(told))


class Absent(Question):
    """`absent(执行率)`: whether the cell is 不适用, which only a computed one can be."""

    name = "absent"

    def value(self, look_up: LookUp) -> bool:
        return self.asked.is_absent(look_up)

    def excel(self, cells: ExcelCells) -> str:
        leaf = self.asked.leaf
        return (
            f'({cells.reference(leaf)}="{cells.absent}")' if leaf.field.may_be_absent else "FALSE"
        )

    def words(self, told: Told = PLAIN) -> str:
        return IS_ABSENT(told.language, of=self.asked.words(told))


class Above(Call):
    """`above(项目名称)`: what stands in that column in the row above, nothing in a first row."""

    name, takes, type, decimals = "above", (Type.FIELD,), Type.TEXT, 0

    @property
    def column(self) -> Field:
        """The column."""
        (asked,) = self.arguments
        assert isinstance(asked, FieldName)
        return asked.field

    @property
    def leaf(self) -> Leaf:
        """The cell above as what is read."""
        return Leaf(self.column, is_above=True)

    @property
    def parts(self) -> tuple[Expression, ...]:
        """None: the cell of its own row, by which the column is named, is not read."""
        return ()

    def value(self, look_up: LookUp) -> str:
        return look_up(self.leaf.key) or ""

    def excel(self, cells: ExcelCells) -> str:
        return cells.cell(self.leaf)

    def words(self, told: Told = PLAIN) -> str:
        return ABOVE(told.language, of=self.column.name)


class Round(Call):
    """`round(甲 / 乙, 2)`: rounded half up, to a number of decimals that is written out."""

    name, takes = "round", (Type.NUMBER, Type.NUMBER)

    @property
    def fault(self) -> str:
        places = self.arguments[1]
        if isinstance(places, Number) and str(places.figure) in map(str, range(MOST_DECIMALS + 1)):
            return ""
        return f"round 的位数要直接写 0 到 {MOST_DECIMALS} 的整数"

    @property
    def decimals(self) -> int:
        places = self.arguments[1]
        assert isinstance(places, Number)
        return int(places.figure)

    def value(self, look_up: LookUp) -> Decimal:
        return rounded(self.arguments[0].value(look_up), self.decimals)

    def excel(self, cells: ExcelCells) -> str:
        return rounded_text(self.arguments[0].excel(cells), self.decimals)

    def words(self, told: Told = PLAIN) -> str:
        figure = self.arguments[0].words(told)
        if told.look_up:
            return figure
        return ROUNDED(told.language, of=figure, places=self.decimals)


class Absolute(Call):
    """`abs(甲 - 乙)`."""

    name = "abs"

    def value(self, look_up: LookUp) -> Decimal:
        figure: Decimal = self.arguments[0].value(look_up)
        return abs(figure)

    def words(self, told: Told = PLAIN) -> str:
        return ABSOLUTE(told.language, of=in_brackets(self.arguments[0], told))


def _listed(parts: Sequence[Expression], told: Told) -> str:
    return listed(told.language, (one.words(told) for one in parts))


class Least(Call):
    """`min(甲, 乙)`."""

    name, more = "min", (Type.NUMBER,)

    def value(self, look_up: LookUp) -> Decimal:
        figures: list[Decimal] = [one.value(look_up) for one in self.arguments]
        return min(figures)

    def words(self, told: Told = PLAIN) -> str:
        return LEAST(told.language, of=_listed(self.arguments, told))


class Most(Call):
    """`max(甲, 乙)`."""

    name, more = "max", (Type.NUMBER,)

    def value(self, look_up: LookUp) -> Decimal:
        figures: list[Decimal] = [one.value(look_up) for one in self.arguments]
        return max(figures)

    def words(self, told: Told = PLAIN) -> str:
        return MOST(told.language, of=_listed(self.arguments, told))


class Floor(Call):
    """`floor(甲 / 乙)`: the largest whole number that is not above."""

    name, decimals = "floor", 0

    def value(self, look_up: LookUp) -> Decimal:
        return whole(self.arguments[0].value(look_up))

    def excel(self, cells: ExcelCells) -> str:
        return f"INT({rounded_text(self.arguments[0].excel(cells), MOST_DECIMALS)})"

    def words(self, told: Told = PLAIN) -> str:
        return FLOOR(told.language, of=in_brackets(self.arguments[0], told))


class Year(Call):
    """`year(日期)`."""

    name, takes, decimals = "year", (Type.DATE,), 0

    def value(self, look_up: LookUp) -> Decimal:
        return Decimal(self.arguments[0].value(look_up).year)

    def words(self, told: Told = PLAIN) -> str:
        return YEAR_OF(told.language, of=self.arguments[0].words(told))


FUNCTIONS: dict[str, type[Call]] = {
    one.name: one
    for one in (
        *(Sum, SumWhere, CountWhere, Total, Given, Absent, Count, Round, Absolute, Least, Most),
        *(CountItems, Floor, Year, TextWhere, FigureWhere, EndsWith, BeforeEnd, Above),
    )
}
"""By the name that an author writes, in the order in which messages list them."""
