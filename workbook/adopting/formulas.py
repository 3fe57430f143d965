"""Excel's formulas as expressions of the rules' language, and totals that miss a row."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from workbook.reading.spots import Spot
from workbook.xlsx.addresses import cell_at, corners_of

_OPERATORS: Final = frozenset("+-*/")
_GUARDED: Final = re.compile(
    r"=\s*IF(?:ERROR)?\((?:[^,]*=\s*0\s*,\s*(?:0|\"[^\"]*\")?\s*,)?(?P<inner>[^,]*?)(?:,[^,]*)?\)\s*",
    re.IGNORECASE,
)
_WRITTEN: Final = {
    "SUM(": "(", "ROUND(": "round(", "ABS(": "abs(", "MAX(": "max(", "MIN(": "min(",
}  # fmt: skip
_SUM: Final = re.compile(r"SUM\($", re.IGNORECASE)


class NotUnderstoodError(Exception):
    """A formula that says more than adding, taking away, multiplying and dividing."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What cells stand for: `of` one a key or None, `column` all rows of a table's column."""

    of: Callable[[Spot], str | None]
    column: Callable[[str, int, int, int, int], str | None]


def expression(formula: str, sheet: str, meaning: Meaning) -> str:
    """A formula in the rules' language: `=SUM(C3:C5)-C9` is `甲 + 乙 + 丙 - 丁`.

    A division that is guarded against a total of 0 is the division itself: the language has 不适用
    for it. Raises `NotUnderstoodError`.
    """
    match = _GUARDED.fullmatch(formula)
    if match and match["inner"].count("(") == match["inner"].count(")"):
        formula = f"={match['inner']}"
    pieces = list(_pieces(Tokenizer(formula).items, sheet, meaning))
    if not pieces:
        raise NotUnderstoodError(formula)
    said = " ".join(pieces).replace("( ", "(").replace(" )", ")").replace(" ,", ",")
    return said[1:-1] if _is_bracketed(said) else said


def _is_bracketed(said: str) -> bool:
    """Whether one pair of brackets stands around all of it."""
    depth = 0
    for index, sign in enumerate(said):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and index < len(said) - 1:
            return False
    return said.startswith("(")


def _pieces(tokens: list[Token], sheet: str, meaning: Meaning) -> Iterator[str]:
    functions: list[str] = []  # that are open
    for token in tokens:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            yield _operand(token.value, sheet, meaning, is_sum=functions[-1:] == ["SUM("])
        elif _is_plain(token):
            yield token.value
        elif token.type == Token.FUNC and token.subtype == Token.OPEN:
            functions.append(token.value.upper())
            if functions[-1] not in _WRITTEN:
                raise NotUnderstoodError(token.value)
            yield _WRITTEN[functions[-1]]
        elif token.type == Token.FUNC:
            functions.pop()
            yield ")"
        elif token.type == Token.SEP:
            yield "+" if functions[-1] == "SUM(" else ","
        elif token.type != Token.WSPACE:
            raise NotUnderstoodError(token.value)


def _is_plain(token: Token) -> bool:
    """Whether a piece of a formula is written the same in the rules' language."""
    if token.type in (Token.OP_IN, Token.OP_PRE):
        return token.value in _OPERATORS
    is_number = token.type == Token.OPERAND and token.subtype == Token.NUMBER
    return is_number or token.type == Token.PAREN


def _operand(reference: str, sheet: str, meaning: Meaning, *, is_sum: bool) -> str:
    name, area = _parted(reference, sheet)
    corners = corners_of(area)
    if corners is None:
        raise NotUnderstoodError(reference)
    if is_sum and (column := meaning.column(name, *corners)):
        return f"sum({column})"
    spots = [
        Spot(name, row, number)
        for row in range(corners.top, corners.bottom + 1)
        for number in range(corners.left, corners.right + 1)
    ]
    keys = [key for spot in spots if (key := meaning.of(spot))]
    if not keys or (len(spots) > 1 and not is_sum):
        raise NotUnderstoodError(reference)
    return " + ".join(dict.fromkeys(keys))


def _parted(reference: str, sheet: str) -> tuple[str, str]:
    name, _, area = reference.rpartition("!")
    return (name.strip("'").replace("''", "'") or sheet), area.replace("$", "")


def summed(formula: str, sheet: str) -> list[tuple[Spot, Spot]]:
    """The ranges of one column that a formula sums, each by its first and last cell."""
    found, is_sum = [], False
    for token in Tokenizer(formula).items:
        if token.type == Token.FUNC:
            is_sum = token.subtype == Token.OPEN and _SUM.match(token.value) is not None
        elif is_sum and token.type == Token.OPERAND and token.subtype == Token.RANGE:
            name, area = _parted(token.value, sheet)
            corners = corners_of(area)
            if corners is not None and corners.left == corners.right:
                found.append(
                    (
                        Spot(name, corners.top, corners.left),
                        Spot(name, corners.bottom, corners.left),
                    )
                )
    return found


def cells_read(formula: str, sheet: str) -> Iterator[Spot]:
    """Every cell that a formula reads."""
    for token in Tokenizer(formula).items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            name, area = _parted(token.value, sheet)
            corners = corners_of(area) if ":" in area else None
            single = cell_at(area)
            if single:
                yield Spot(name, *single)
            elif corners:
                for row in range(corners.top, corners.bottom + 1):
                    for column in range(corners.left, corners.right + 1):
                        yield Spot(name, row, column)


def relative(formula: str, row: int, columns: Mapping[int, str], sheet: str) -> str:
    """The expression of a formula in a table's row that reads cells of the same row only."""

    def of(spot: Spot) -> str | None:
        is_own = spot.sheet == sheet and spot.row == row
        return columns.get(spot.column) if is_own else None

    return expression(formula, sheet, Meaning(of, lambda *_: None))
