"""Formulas between Excel's notation and the English one of Calc's block calls.

Calc's `setFormulaArray` takes `=SUM($Sheet1.A1;2)` for Excel's `=SUM(Sheet1!A1,2)`; a formula is
translated as text, so that a block of formulas stays one call.
"""

import re
from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache, partial
from typing import Final, NamedTuple

_TEXT: Final = r'(?P<text>"(?:[^"]|"")*")'
_FUNCTION: Final = r"(?P<function>[A-Za-z_][\w.]*)\("
_BRACKETS: Final = r"(?P<brackets>\[(?:[^\[\]]|\[[^\[\]]*\])*\])"
_EXCEL: Final = re.compile(
    rf"{_TEXT}|(?P<sheet>'(?:[^']|'')+'|[^\W\d][\w.]*)!|{_FUNCTION}|{_BRACKETS}"
    r"|(?P<error>\#[A-Z/0-9]+[!?]?)|(?P<word>[A-Za-z_][\w.]*)|(?P<sign>[(){},;@])"
    r"|(?P<meeting>(?<=[\w)\]])\s+(?=[\w$'(]))"
)
_CALC: Final = re.compile(
    rf"{_TEXT}|(?P<outside>(?:\[\d+\]|'(?:[^']|'')+'|[\w.]+\.xla[m]?)!)(?=[A-Za-z_][\w.]*\()"
    rf"|(?P<truth>TRUE\(\)|FALSE\(\))|{_FUNCTION}|(?P<sheet>\$?'(?:[^']|'')+'|\$?[^\W\d]\w*)\.(?=[$A-Za-z#])|{_BRACKETS}"
    r"|(?P<error>\#[A-Z/0-9]+[!?]?)|(?P<word>[A-Za-z_]\w*)|(?P<sign>[(){};|~!])"
)
_ROW: Final = re.compile(r"\[@(?:\[?([^\[\]]+)\]?)?\]\Z")
_ITEM: Final = re.compile(r"\[(#[^\[\]]+)\]\Z")
_THIS_ROW: Final = "[#This Row]"
_INTERSECTION: Final = "!"  # Excel writes a space between ranges whose common cells are meant

_KEPT: Final = 10_000

Functions = Mapping[str, str]
Translate = Callable[[str], str]


class FunctionNames(NamedTuple):
    """The names of functions that differ: Excel's to Calc's, and Calc's to Excel's."""

    to_calc: Functions
    to_excel: Functions


class Notation:
    """Formulas into Calc's notation and back, by the function names of one program.

    A sheet repeats its formulas, and is asked for them again and again: each is translated once.
    """

    def __init__(self, names: FunctionNames) -> None:
        self.to_calc: Translate = lru_cache(_KEPT)(partial(to_calc, functions=names.to_calc))
        self.to_excel: Translate = lru_cache(_KEPT)(partial(to_excel, functions=names.to_excel))


class _Within(Enum):
    """What the innermost open bracket encloses: a comma means something else in each."""

    ARGUMENTS = "SUM(1,2)"
    UNION = "(A1,B1)"
    ARRAY = "{1,2;3,4}"


class _Translation:
    """One formula on its way, with the brackets that are open."""

    def __init__(self, functions: Functions) -> None:
        self.functions = functions
        self._open: list[_Within] = []

    def nested(self, sign: str) -> None:
        """Follow brackets and braces."""
        if sign in "({":
            self._open.append(_Within.ARRAY if sign == "{" else _Within.UNION)
        elif self._open:
            self._open.pop()

    @property
    def within(self) -> _Within:
        return self._open[-1] if self._open else _Within.ARGUMENTS

    def named(self, function: str) -> str:
        self._open.append(_Within.ARGUMENTS)
        if function.islower():  # as Calc writes a function that it does not know
            function = function.upper()
        return self.functions.get(function.upper(), function) + "("


class _ToCalc(_Translation):
    def __call__(self, found: re.Match[str]) -> str:
        """What stands in Calc for one piece of an Excel formula."""
        kind, piece = found.lastgroup, found[found.lastgroup or 0]
        if kind == "sheet":
            return f"${piece}."
        if kind == "function":
            return self.named(piece)
        if kind == "brackets":
            return _brackets_to_calc(piece)
        if kind == "meeting":
            return _INTERSECTION
        if kind == "word" and piece.upper() in ("TRUE", "FALSE"):
            return f"{piece.upper()}()"
        return self.written(piece) if kind == "sign" else piece

    def written(self, sign: str) -> str:
        if sign == "@":
            return ""
        if sign not in ",;":
            self.nested(sign)
            return sign
        if self.within is _Within.ARRAY:
            return ";" if sign == "," else "|"
        return "~" if self.within is _Within.UNION else ";"


class _ToExcel(_Translation):
    def __call__(self, found: re.Match[str]) -> str:
        """What stands in Excel for one piece of a formula of Calc."""
        kind, piece = found.lastgroup, found[found.lastgroup or 0]
        if kind == "sheet":
            return f"{piece.removeprefix('$')}!"
        if kind == "function":
            return self.named(piece)
        if kind == "truth":
            return piece.removesuffix("()")
        if kind == "brackets":
            return re.sub(r"\]\s*;\s*\[", "],[", piece)
        return self.written(piece) if kind == "sign" else piece

    def written(self, sign: str) -> str:
        if sign == _INTERSECTION:
            return " "
        if sign == "~":
            return ","
        if sign in ";|":
            return "," if sign == ";" or self.within is not _Within.ARRAY else ";"
        self.nested(sign)
        return sign


def to_calc(formula: str, functions: Functions) -> str:
    """An Excel formula as Calc's block calls take it; `functions` maps names to Calc's."""
    return _EXCEL.sub(_ToCalc(functions), formula)


def to_excel(formula: str, functions: Functions) -> str:
    """A formula of Calc in Excel's notation; an array formula without its braces."""
    if formula.startswith("{="):
        formula = formula[1:-1]
    return _CALC.sub(_ToExcel(functions), formula)


def has_intersection(formula: str) -> bool:
    """Whether a formula of Calc asks for the cells that two ranges share."""
    return any(found["sign"] == _INTERSECTION for found in _CALC.finditer(formula))


def is_formula(value: object) -> bool:
    """Whether Excel takes a value as a formula when it is written into a cell."""
    return isinstance(value, str) and len(value) > 1 and value[0] == "="


def _brackets_to_calc(brackets: str) -> str:
    """A structured reference's columns and items in the long form that Calc reads."""
    if row := _ROW.match(brackets):
        return f"[{_THIS_ROW};[{row[1]}]]" if row[1] else f"[{_THIS_ROW}]"
    if item := _ITEM.match(brackets):
        return f"[[{item[1]}]]"
    return re.sub(r"\]\s*,\s*\[", "];[", brackets)


def function_names(calc: Mapping[str, int], excel: Mapping[str, int]) -> FunctionNames:
    """Excel's function names to Calc's where they differ, and back; arguments give operations."""
    own = {operation: name for name, operation in calc.items()}
    plain = {name.removeprefix("_xlfn."): operation for name, operation in excel.items()}
    # Excel's file format writes two operations of Calc with one name: the one of that name wins.
    plain |= {name: calc[name] for name in plain if excel.get(name) is None and name in calc}
    there = {name: own[code] for name, code in plain.items() if own.get(code, name) != name}
    back = {theirs: name for name, theirs in there.items()}
    with_prefix = {f"_XLFN.{name}": there.get(name, name) for name in plain}
    return FunctionNames(there | with_prefix, back)
