"""The pieces of one of Excel's formulas, put together again in the rules' language."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, Protocol

from openpyxl.formula.tokenizer import Token

_OPERATORS: Final = {
    **{sign: sign for sign in ("+", "-", "*", "/", "<", ">", "<=", ">=")},
    "=": "==",
    "<>": "!=",
}
_WRITTEN: Final = {"ROUND(": "round", "ABS(": "abs", "MAX(": "max", "MIN(": "min"}
_JOINED: Final = {"SUM(": " + ", "AND(": " and ", "OR(": " or "}
_NOTHING: Final = ('""', '"-"', '"—"', '"/"')
_CONDITIONS: Final = "<>=0123456789"
_ZERO: Final = Token("0", Token.OPERAND, Token.NUMBER)


class NotUnderstoodError(Exception):
    """A formula that says more than calculating and telling cases apart."""


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


Tokens = Sequence[Token]


class Translation:
    """Reads a formula from left to right, and each function with what stands in it."""

    def __init__(self, operand: Operand) -> None:
        self._operand = operand
        self._functions: dict[str, Callable[[list[Tokens]], Said]] = {
            "IF(": self._if,
            "IFERROR(": self._if_error,
            "SUMIF(": self._sum_if,
            "COUNTIF(": self._count_if,
        }

    def of(self, tokens: Tokens, *, is_sum: bool = False) -> Said:
        """The expression of some pieces; raises `NotUnderstoodError`."""
        said: list[str] = []
        texts = 0
        index = 0
        while index < len(tokens):
            token = tokens[index]
            end = index
            areas, behind = _added(tokens, index)
            if len(areas) > 1 and (total := self._operand.total(areas)):
                said.append(total)
                end = behind - 1
            elif token.type == Token.FUNC:
                end = _closing(tokens, index)
                part = self._function(token.value.upper(), _arguments(tokens[index + 1 : end]))
                said.append(part.text)
                texts += part.is_text
            elif token.type == Token.OPERAND and token.subtype == Token.TEXT:
                said.append(_quoted(token.value))
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
        """The sum of the rows that say a word: `sum_where(项目.金额, 项目.类别, '货物')`."""
        if len(given) != 3:
            raise NotUnderstoodError("SUMIF(")
        asked, said, summed = given
        return Said(f"sum_where({self._rows(summed)}, {self._rows(asked)}, {self._words(said)})")

    def _count_if(self, given: list[Tokens]) -> Said:
        if len(given) != 2:
            raise NotUnderstoodError("COUNTIF(")
        return Said(f"count_where({self._rows(given[0])}, {self._words(given[1])})")

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
        return _quoted(f'"{said}"')

    def _if_error(self, given: list[Tokens]) -> Said:
        """What is tried; 0 without a divisor where the sheet shows that, else 不适用."""
        if len(given) != 2:
            raise NotUnderstoodError("IFERROR(")
        tried, instead = given[0], given[1] or [_ZERO]
        said = self.of(tried)
        shown = instead[0].value if len(instead) == 1 else ""
        if shown in _NOTHING:
            return Said(f"({said.text})", said.is_text) if len(tried) > 1 else said
        if shown != "0":
            raise NotUnderstoodError("IFERROR(")
        divisors = dict.fromkeys(_divisors(tried))
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
        if plain := _guarded(condition, first, second):
            said = self.of(plain)
            return Said(f"({said.text})", said.is_text)
        case, one, other = (self.of(part) for part in (condition, first, second))
        if one.is_text != other.is_text:
            raise NotUnderstoodError("IF(")
        return Said(f"({one.text} if {case.text} else {other.text})", one.is_text)


def _guarded(condition: Tokens, first: Tokens, second: Tokens) -> Tokens | None:
    """What is calculated where the condition only asks whether there is anything to do so with.

    That is so where each cell that it asks for is divided by, or is read and may be blank, and
    where the sheet shows nothing without: where it shows 0, so does the report.
    """
    asked = list(_asked(condition))
    signs = {sign for _, sign, _ in asked}
    if not asked or None in signs or len({sign == "=" for sign in signs}) > 1:
        return None
    nothing, plain = (first, second) if "=" in signs else (second, first)
    if not plain or len(nothing) > 1 or (nothing and nothing[0].value not in _NOTHING):
        return None
    read = {one.value for one in plain if one.subtype == Token.RANGE}
    divisors = set(_divisors(plain))
    is_needed = all(cell in (divisors if is_zero else read) for cell, _, is_zero in asked)
    return plain if is_needed else None


def _asked(condition: Tokens) -> Iterator[tuple[str, str | None, bool]]:
    """Each cell of a condition, the sign, and whether it is held against 0; no sign if unclear."""
    match [one.value.upper() for one in condition]:
        case ["OR(" | "AND(", *_, ")"] if _closing(condition, 0) == len(condition) - 1:
            for part in _arguments(condition[1:-1]):
                yield from _asked(part)
        case ["ISBLANK(", cell, ")"]:
            yield cell, "=", False
        case [cell, ("=" | "<>" | ">") as sign, ("0" | '""') as value]:
            is_cell = condition[0].subtype == Token.RANGE and ":" not in cell
            yield cell, sign if is_cell else None, value == "0"
        case _:
            yield "", None, False


def _divisors(tokens: Tokens) -> Iterator[str]:
    """What is divided by and may be 0: a cell, or the first piece of something longer."""
    for sign, behind in pairwise(tokens):
        if (sign.type, sign.value) == (Token.OP_IN, "/") and behind.subtype != Token.NUMBER:
            yield behind.value


def _closing(tokens: Tokens, opening: int) -> int:
    depth = 0
    for index in range(opening, len(tokens)):
        if tokens[index].type == Token.FUNC:
            depth += 1 if tokens[index].subtype == Token.OPEN else -1
        if depth == 0:
            return index
    raise NotUnderstoodError(tokens[opening].value)


def _added(tokens: Tokens, start: int) -> tuple[list[str], int]:
    """The areas that are added up from a token on and nothing else, and the token behind them.

    `SUM(F6:F8)+F9` are two. None where what stands before or behind binds one of them closer.
    """
    is_first = start == 0 or tokens[start - 1].subtype == Token.OPEN
    areas: list[str] = []
    index, is_open = start, is_first
    while is_open and index < len(tokens):
        token = tokens[index]
        end = _closing(tokens, index) if token.type == Token.FUNC else index
        inside = [token] if end == index else tokens[index + 1 : end]
        is_sum = end == index or token.value.upper() == "SUM("
        read = [one for one in inside if one.type != Token.SEP]
        if not is_sum or any(one.subtype != Token.RANGE for one in read):
            return [], start
        areas += [one.value for one in read]
        index = end + 1
        is_open = index < len(tokens) and tokens[index].value == "+"
        index += is_open
    is_bound = index < len(tokens) and tokens[index].value in (*"*/^%",)
    return ([], start) if is_bound else (areas, index)


def _arguments(tokens: Tokens) -> list[Tokens]:
    """What stands between the commas of a function."""
    return list(_split(tokens)) if tokens else []


def _split(tokens: Tokens) -> Iterator[Tokens]:
    depth, begin = 0, 0
    for index, token in enumerate(tokens):
        if token.type in (Token.FUNC, Token.PAREN):
            depth += 1 if token.subtype == Token.OPEN else -1
        if token.type == Token.SEP and depth == 0:
            yield tokens[begin:index]
            begin = index + 1
    yield tokens[begin:]


def _quoted(text: str) -> str:
    words = text[1:-1]
    if set(words) & set("'\\{}\""):
        raise NotUnderstoodError(text)
    return f"'{words}'"


def without_brackets(said: str) -> str:
    """An expression without a pair of brackets that stands around all of it."""
    depth = 0
    for index, sign in enumerate(said):
        depth += (sign == "(") - (sign == ")")
        if depth == 0 and index < len(said) - 1:
            return said
    return said[1:-1] if said.startswith("(") else said
