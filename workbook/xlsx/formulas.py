"""Formulas of a file: one that is written once for many cells, as it stands in each of them."""

import re
from typing import Final

from workbook.xlsx.addresses import (
    MOST_COLUMNS,
    MOST_ROWS,
    cell_at,
    column_letters,
    column_number,
)

# Texts, sheets in quotation marks and table columns are passed over whole: no address is in them.
_TOKEN: Final = re.compile(
    r"""(?P<whole>"(?:[^"]|"")*"|'(?:[^']|'')+'!?|\[(?:[^\[\]]|\[[^\[\]]*\])*\])
      | (?<![\w.$\\])(?P<c1>\$?[A-Za-z]{1,3}):(?P<c2>\$?[A-Za-z]{1,3})(?![\w(!.:$])
      | (?<![\w.$])(?P<r1>\$?[1-9]\d{0,6}):(?P<r2>\$?[1-9]\d{0,6})(?![\w(!.])
      | (?<![\w.$\\])(?P<column>\$?[A-Za-z]{1,3})(?P<row>\$?[1-9]\d{0,6})(?![\w(!.])""",
    re.VERBOSE | re.ASCII,
)


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads so many rows further down and columns further right.

    `=SUM(A1:A3)*$B$1` one column to the right is `=SUM(B1:B3)*$B$1`.
    """

    def replaced(found: re.Match[str]) -> str:
        if found["whole"]:
            return found[0]
        if found["c1"]:
            return f"{_column(found['c1'], columns)}:{_column(found['c2'], columns)}"
        if found["r1"]:
            return f"{_row(found['r1'], rows)}:{_row(found['r2'], rows)}"
        if cell_at(f"{found['column']}{found['row']}") is None:
            return found[0]  # a name that looks like an address beyond the sheet
        cell = _column(found["column"], columns), _row(found["row"], rows)
        return "#REF!" if "#REF!" in cell else "".join(cell)

    return _TOKEN.sub(replaced, formula)


def _column(letters: str, by: int) -> str:
    if letters.startswith("$"):
        return letters
    number = column_number(letters) + by
    return column_letters(number) if 0 < number <= MOST_COLUMNS else "#REF!"


def _row(digits: str, by: int) -> str:
    if digits.startswith("$"):
        return digits
    number = int(digits) + by
    return str(number) if 0 < number <= MOST_ROWS else "#REF!"
