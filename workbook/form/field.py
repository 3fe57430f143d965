"""One thing that a form asks, and the block of such things: cells of their own under one heading.

`field = { key = "基本支出", type = "number", unit = "万元", decimals = 2 }` is one line of a
form.toml; `docs/forms.md` is the author's side of what may stand in it.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from workbook.form.scoring import Grades

FieldType = Literal["text", "paragraphs", "choice", "date", "year", "integer", "number"]
NUMERIC: frozenset[FieldType] = frozenset({"integer", "number", "year"})
TEXTUAL: frozenset[FieldType] = frozenset({"text", "paragraphs", "choice"})
COMPUTED: frozenset[FieldType] = frozenset({"integer", "number", "text"})
CONVERSIONS = {("元", "万元"): 4}  # powers of ten between what is typed and what is printed
_READS_ABOVE = re.compile(r"\babove\(")


class Field(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One thing asked: a cell of its own, or a column of a table.

    `decimals` is how many the figure may have and is printed with; None keeps what was typed.
    `empty` says what a blank optional number means to a rule: "zero", or "skip" the rule.
    `compute` makes it a locked cell whose value is that expression's, in the language of rules.
    `default` puts such a formula into a cell that stays open: what is typed over it goes before.
    `prior` names the field, or the column of the same table, whose figure next year's workbook puts
    here. `carry` says whether next year's workbook takes over what stands here; None leaves it to
    the type: texts and choices stay, figures and dates do not, a year of its own counts on by one.
    `choices_from` offers the filled rows of a table's column, written `项目.名称`.
    `grades` makes the cell the word for the total that `compute` gives.
    `aside` puts a computed column to the right, among what only the program looks at.
    `printed_unit` and `printed_decimals` are what a report prints, where that is not what is typed.
    `said` are other names that texts have for the figure: reports made by hand, the clerk's prose.
    `own_formula` says that a bureau's own formula stands there, whose result is rounded when read.
    In a bureau's own form `as_share` says of a percentage that its cell holds 0.714 and shows
    71.40%, `merged` of a column that a merged cell speaks for all the rows that it covers.
    `behind` is the label in the cell itself behind which a text is typed: 填表人 of `填表人：张三`.
    `own_words` are what the form itself says in that cell before its first label.
    `period` says that the cell tells the month or the quarter of a form that is not of a year.
    `signed` lets an amount be negative. `year` says of a date whether it lies in the reported year.

        field = { key = "基本支出", type = "number", unit = "万元", decimals = 2 }
    """

    key: str
    type: FieldType
    label: str = ""
    required: bool = True
    empty: Literal["skip", "zero"] = "skip"
    unit: str = ""
    decimals: Annotated[int, Meta(ge=0, le=6)] | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    choices: tuple[str, ...] = ()
    choices_from: str = ""
    help: str = ""
    width: Annotated[int, Meta(ge=4, le=120)] | None = None
    compute: str = ""
    default: str = ""
    prior: str = ""
    carry: bool | None = None
    printed_unit: str = ""
    printed_decimals: Annotated[int, Meta(ge=0, le=6)] | None = None
    grades: Grades | None = None
    aside: bool = False
    signed: bool = False
    year: Literal["reported", "any"] = "reported"
    said: tuple[str, ...] = ()
    as_share: bool = False
    merged: bool = False
    own_formula: bool = False
    period: bool = False
    behind: str = ""
    own_words: str = ""

    @property
    def name(self) -> str:
        """The words on the sheet."""
        return self.label or self.key

    @property
    def formula(self) -> str:
        """The expression that gives the cell its value, unless a default is typed over."""
        return self.compute or self.default

    @property
    def may_be_absent(self) -> bool:
        """Whether the cell says 不适用 of itself; in a text that is a word like any other."""
        return bool(self.compute) or (bool(self.default) and self.is_number)

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to type it: the program has no value for it."""
        return not self.formula

    @property
    def is_due(self) -> bool:
        """Whether a blank cell is told: it is required, and only somebody's typing can fill it."""
        return self.required and self.is_asked

    @property
    def places(self) -> int | None:
        """Decimals of the figure, None for as many as were typed."""
        return 0 if self.type in ("integer", "year") else self.decimals

    @property
    def least(self) -> Decimal | None:
        """The smallest figure that may be typed: an amount is not negative unless it is signed."""
        is_amount = self.type == "number" and self.unit.endswith("元")
        return Decimal(0) if self.min is None and is_amount and not self.signed else self.min

    @property
    def follows(self) -> bool:
        """Whether a default takes over what stands in the row above, as `above(项目名称)` does."""
        return bool(self.default) and _READS_ABOVE.search(self.default) is not None

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a figure."""
        return self.type in NUMERIC

    @property
    def is_carried(self) -> bool:
        """Whether next year's workbook takes over what stands here."""
        return self.type in TEXTUAL if self.carry is None else self.carry

    def takes(self, value: Any) -> bool:
        """Whether a value from a data file is of the field's type; True is no figure."""
        if self.type == "date":
            return type(value) is date
        return type(value) in (int, Decimal) if self.is_number else type(value) is str


class Fields(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="fields"):
    """A block of single cells under one heading, each a defined name."""

    title: str
    field: tuple[Field, ...]
