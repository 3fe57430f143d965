"""The test of GJ_TIES written as a native formula, in the same words, where there is no Python.

It says what `ties` of `workbook.figures.cell_functions` says, except that a figure typed as text is
no figure to it, and that a day is one: a formula cannot tell a day from a number.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from workbook.catalogue import cells as said
from workbook.catalogue.model import Language

MOST_LETTERS: Final = 8_192  # of a formula in Excel
_ERRORS: Final = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")


class Area(NamedTuple):
    """Cells in one line: the reference as a formula writes it, and the sheet if another one."""

    reference: str
    is_single: bool = False
    is_row: bool = False
    sheet: str = ""


def native_ties(total: str, parts: Sequence[Area], language: Language = "zh") -> str | None:
    """The formula for a total's cell and its parts; None where Excel would find it too long."""
    every = (Area(total, is_single=True), *parts)
    added = ",".join(area.reference for area in parts)
    tests = [
        *(test for area in every for test in _faults(area, language)),
        (f"COUNT({total},{added})=0", f'"{said.UNFILLED(language)}"'),
        (f"COUNT({total})=0", f'"{said.TOTAL_UNFILLED(language)}"'),
        (f"COUNT({added})=0", f'"{said.PARTS_UNFILLED(language)}"'),
    ]
    decimals = f"MAX(0,{','.join(map(_decimals, every))})"
    gap = f"ROUND({total}-SUM({added}),{decimals})"
    # Half a unit a figure, counted in halves of the last unit, where no double is in the way.
    halves = f"ROUND(ABS({gap})*10^{decimals},0)*2"
    is_rounding = f"AND({decimals}>0,{halves}<=COUNT({added})+1)"
    off = f'IF({is_rounding},"{said.ROUNDING(language)} ","{said.FAILS(language)} ")&{gap}'
    formula = f'IF({gap}=0,"{said.TIES(language)}",{off})'
    for test, words in reversed(tests):
        formula = f"IF({test},{words},{formula})"
    return f"={formula}" if len(formula) < MOST_LETTERS else None


def _faults(area: Area, language: Language) -> Iterator[tuple[str, str]]:
    """What no sum can be made of, each with the words for the first cell of that kind."""
    error = f"ISERROR({area.reference})"
    other = f"(1-ISNUMBER({area.reference}))*(LEN(TRIM({area.reference}))>0)"
    for kind in (error, other):
        cell = area.reference if area.is_single else _first(area, kind)
        ends = said.ERROR_ENDS if kind is error else said.NO_FIGURE_ENDS
        before, behind = (one(language) for one in ends)
        words = f'"{before}"&{_error_name(cell) if kind is error else cell}&"{behind}"'
        sheet = f'"{area.sheet}!"&' if area.sheet else ""
        yield f"SUMPRODUCT(--({kind}))>0", f"{sheet}ADDRESS(ROW({cell}),COLUMN({cell}),4)&{words}"


def _first(area: Area, kind: str) -> str:
    """The first cell of a line for which `kind` is true or 1."""
    count, number = ("COLUMNS", "COLUMN") if area.is_row else ("ROWS", "ROW")
    line = area.reference
    to_the_end = f"{count}({line})-{number}({line})+MIN({number}({line}))"
    return f"INDEX({line},{count}({line})+1-SUMPRODUCT(MAX(({kind})*({to_the_end}))))"


def _error_name(cell: str) -> str:
    names = ",".join(f'"{name}"' for name in _ERRORS)
    return f'IFERROR(CHOOSE(ERROR.TYPE({cell}),{names}),"")'


def _decimals(area: Area) -> str:
    """The most decimals of a figure among the cells, -1 for none: of 15 digits, as it is shown."""
    text = f'{area.reference}&""'
    behind_dot = f'LEN({text})-FIND(".",{text}&".")'
    return behind_dot if area.is_single else f"SUMPRODUCT(MAX({behind_dot}))"
