"""A cell of a bureau's sheet, or several shown as one, with what may tell what it is for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Value = Decimal | int | str | date


@dataclass(frozen=True, slots=True)
class Box:
    """One cell, or several that are shown as one, with what may tell what it is for.

    `value` is what somebody typed, `cached` what a formula last gave. `choices` are those of its
    list, `note` its comment. One that `is_named`, alone or in a column of a list, is to be filled
    whatever it looks like: its author says so.

    C9 and D9 merged, with 195.49 typed in: row 9, column 3, bottom 9, right 4, value 195.49.
    """

    row: int
    column: int
    bottom: int
    right: int
    value: Value | None = None
    formula: str = ""
    cached: Value | None = None
    number_format: str = "General"
    is_locked: bool = True
    is_bordered: bool = False
    fill: str = ""
    choices: tuple[str, ...] = ()
    note: str = ""
    is_named: bool = False
    is_whole: bool = False  # by its entry rule
    typed_as: str = ""  # the arithmetic of figures that somebody typed instead of its result

    @property
    def text(self) -> str:
        """What it says, where that is words; "" for a figure."""
        return self.value.strip() if isinstance(self.value, str) and not self.formula else ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not self.formula and (self.value is None or self.value == "")

    @property
    def shown(self) -> Value | None:
        """The figure or words that it shows."""
        return self.cached if self.formula else self.value
