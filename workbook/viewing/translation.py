"""The pieces of one of Excel's formulas, put together again in the rules' language."""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Protocol

from openpyxl.formula.tokenizer import Token

from workbook.viewing.guards import divisors_of, guarded
from workbook.viewing.tokens import (
    NOTHING,
    NotUnderstoodError,
    Tokens,
    added_areas,
    arguments_of,
    closing_of,
    quoted_text,
    without_brackets,
)

_OPERATORS: Final = {
    **{sign: sign for sign in ("+", "-", "*", "/", "<", ">", "<=", ">=")},
    "=": "==",
    "<>": "!=",
}
_WRITTEN: Final = {
    "ROUND(": "round",
    "ABS(": "abs",
    "MAX(": "max",
    "MIN(": "min",
    "INT(": "floor",
}
_JOINED: Final = {"SUM(": " + ", "PRODUCT(": " * ", "AND(": " and ", "OR(": " or "}
_ADDS: Final = ("9", "109")  # what SUBTOTAL does with the areas behind it
_CONDITIONS: Final = "<>=0123456789"
_ZERO: Final = Token("0", Token.OPERAND, Token.NUMBER)


class Said(NamedTuple):
    """An expression, and whether it gives words."""

    text: str
    is_text: bool = False


class Operand(Protocol):
    """Gives the expression for a cell, or for all cells of a range where they are added up.

    `rows` is the column of a table that a range is all of, `words` what a label says.
    """

    def rows(self, area: str) -> str:
        """`项目.金额`; raises `NotUnderstoodError`."""

    def words(self, cell: str) -> str:
        """The words as they stand; raises `NotUnderstoodError`."""

    def total(self, areas: Sequence[str]) -> str:
        """The sum of areas that are together whole columns of tables; "" where they are not."""

    def __call__(self, area: str, *, is_sum: bool) -> str:
        """The expression; raises `NotUnderstoodError`."""


class Translation:
    """Reads a formula from left to right, and each function with what stands in it."""

    def __init__(self, operand: Operand) -> None:
        self._operand = operand
        self._functions: dict[str, Callable[[list[Tokens]], Said]] = {
            "IF(": self._if,
            "IFERROR(": self._if_error,
            "SUMIF(": lambda given: self._sum_if([*given[2:], *given[:2]]),
            "SUMIFS(": self._sum_if,
            "COUNTIF(": self._count_if,
            "COUNTIFS(": self._count_if,
            "SUBTOTAL(": self._subtotal,
        }

    def of(self, tokens: Tokens, *, is_sum: bool = False) -> Said:
        """The expression of some pieces; raises `NotUnderstoodError`."""
        said: list[str] = []
        texts = 0
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = index
            areas, behind = added_areas(tokens, index)
            if len(areas) > 1 and (total := self._operand.total(areas)):
                said.append(total)
                end = behind - 1
            elif token.type == Token.FUNC:
                end = closing_of(tokens, index)
                part = self._function(token.value.upper(), arguments_of(tokens[index + 1 : end]))
                said.append(part.text)
                texts += part.is_text
            elif token.type == Token.OPERAND and token.subtype == Token.TEXT:
                said.append(quoted_text(token.value))
                texts += 1
            elif token.type == Token.OP_POST and said[-2:-1] == ["/"]:
                said[-1] = f"({said[-1]} {self._piece(token, is_sum=is_sum)})"
            else:
                said.append(self._piece(token, is_sum=is_sum))
            index = end + 1
        if not said:
            raise NotUnderstoodError("")
        text = " ".join(said).replace("( ", "(").replace(" )", ")")
        return Said(text, is_text=texts > 0 and len(said) == 1)

    def _piece(self, token: Token, *, is_sum: bool) -> str:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            return self._operand(token.value, is_sum=is_sum)
        if token.type in (Token.OP_IN, Token.OP_PRE) and token.value in _OPERATORS:
            return _OPERATORS[token.value]
        if token.type == Token.OP_POST and token.value == "%":
            return "/ 100"  # a divisor needs brackets: see `of`
        is_number = token.type == Token.OPERAND and token.subtype == Token.NUMBER
        if is_number or token.type == Token.PAREN:
            return str(token.value)
        raise NotUnderstoodError(token.value)

    def _function(self, name: str, given: list[Tokens]) -> Said:
        if name in self._functions and given:
            return self._functions[name](given)
        said = [self.of(one, is_sum=name == "SUM(" and len(one) == 1) for one in given]
        if not said or any(one.is_text for one in said):
            raise NotUnderstoodError(name)
        texts = [one.text for one in said]
        if name in _JOINED:
            joined = _JOINED[name].join(texts)
            return Said(f"({joined})" if " " in joined else joined)
        if name in _WRITTEN:
            return Said(f"{_WRITTEN[name]}({', '.join(map(without_brackets, texts))})")
        raise NotUnderstoodError(name)

    def _sum_if(self, given: list[Tokens]) -> Said:
        """The sum of the rows that say words: `sum_where(项目.金额, 项目.类别, '货物')`.

        `given` is the column that is added up, then each column with what its rows are to say.
        """
        if len(given) < 3:
            raise NotUnderstoodError("SUMIF(")
        return Said(f"sum_where({self._rows(given[0])}, {self._tests(given[1:])})")

    def _count_if(self, given: list[Tokens]) -> Said:
        return Said(f"count_where({self._tests(given)})")

    def _tests(self, given: list[Tokens]) -> str:
        """Columns, each with what its rows are to say."""
        if len(given) % 2:
            raise NotUnderstoodError("SUMIFS(")
        pairs = zip(given[::2], given[1::2], strict=True)
        return ", ".join(f"{self._rows(asked)}, {self._words(said)}" for asked, said in pairs)

    def _subtotal(self, given: list[Tokens]) -> Said:
        """A sum, for which 9 stands: of all rows, whichever of them a filter shows."""
        if "".join(one.value for one in given[0]) not in _ADDS:
            raise NotUnderstoodError("SUBTOTAL(")
        return self._function("SUM(", given[1:])

    def _rows(self, tokens: Tokens) -> str:
        if len(tokens) != 1 or tokens[0].subtype != Token.RANGE:
            raise NotUnderstoodError("SUMIF(")
        return self._operand.rows(tokens[0].value)

    def _words(self, tokens: Tokens) -> str:
        """What rows are to say: words, and neither a figure nor a condition such as `">0"`."""
        if len(tokens) != 1 or tokens[0].subtype not in (Token.RANGE, Token.TEXT):
            raise NotUnderstoodError("SUMIF(")
        is_cell = tokens[0].subtype == Token.RANGE
        said = self._operand.words(tokens[0].value) if is_cell else tokens[0].value[1:-1]
        if not said or said[0] in _CONDITIONS or set(said) & set("*?~"):
            raise NotUnderstoodError(said)
        return quoted_text(f'"{said}"')

    def _if_error(self, given: list[Tokens]) -> Said:
        """What is tried; 0 without a divisor where the sheet shows that, else 不适用."""
        if len(given) != 2:
            raise NotUnderstoodError("IFERROR(")
        tried, instead = given[0], given[1] or [_ZERO]
        said = self.of(tried)
        shown = instead[0].value if len(instead) == 1 else ""
        if shown in NOTHING:
            return Said(f"({said.text})", said.is_text) if len(tried) > 1 else said
        if shown != "0":
            raise NotUnderstoodError("IFERROR(")
        divisors = dict.fromkeys(divisors_of(tried))
        if not divisors:
            return said
        cases = " or ".join(f"{self._operand(one, is_sum=False)} == 0" for one in divisors)
        return Said(f"(0 if {cases} else {said.text})")

    def _if(self, given: list[Tokens]) -> Said:
        """One of two; the other one alone where the first is nothing, for want of a divisor."""
        if not 2 <= len(given) <= 3:
            raise NotUnderstoodError("IF(")
        condition, first, *others = (one or [_ZERO] for one in given)  # IF(C3>0,,1) shows 0
        second = others[0] if others else []
        if plain := guarded(condition, first, second):
            said = self.of(plain)
            return Said(f"({said.text})", said.is_text)
        case, one, other = (self.of(part) for part in (condition, first, second))
        if one.is_text != other.is_text:
            raise NotUnderstoodError("IF(")
        return Said(f"({one.text} if {case.text} else {other.text})", one.is_text)
